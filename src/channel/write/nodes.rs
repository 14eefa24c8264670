//! Documents of nodes: the tree of a shape's rows, walked once per listing into one
//! buffer. A node whose fields have nothing to say is not written.

use bumpalo::Bump;

use crate::model::Value;
use crate::wire::xml::write;

use super::super::description::FieldNo;
use super::Item;

/// How a document of nodes is written.
#[derive(Debug)]
pub struct NodesPlan {
    /// The root, with the place of the listings in it.
    pub(super) document: Element,
    /// One listing.
    pub(super) listing: Element,
}

/// An element with what stands in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Element {
    pub name: String,
    /// Attributes that tell it from its brothers.
    pub told_by: Vec<(String, String)>,
    /// Line break, indent, `<name` and constant attributes.
    pub open: String,
    pub attributes: Vec<Attribute>,
    pub content: Vec<Content>,
    /// Line break and indent before the end tag where elements stand inside.
    pub close_indent: String,
    /// Written even where nothing stands inside: what leads to the listings.
    pub always: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Attribute {
    /// ` name="`.
    pub lead: String,
    pub item: Item,
}

#[derive(Debug, Clone)]
pub(super) enum Content {
    Child(Element),
    Text(Item),
    /// An element per row of a table.
    Rows(FieldNo, Element),
    /// An element per item of a list.
    Items(Item, Element),
    /// Here the listings stand.
    Listings,
}

/// What one listing or document says, and where it goes.
struct Pen<'w, 'b> {
    values: &'w [Value<'b>],
    out: &'w mut Vec<u8>,
    arena: &'b Bump,
    /// Where the listings begin in `out`, once they were come by.
    listings_at: Option<usize>,
}

impl NodesPlan {
    /// Writes one listing: a line break, its element, no line break after it.
    pub fn listing<'b>(&self, values: &[Value<'b>], out: &mut Vec<u8>, arena: &'b Bump) {
        let mut pen = Pen { values, out, arena, listings_at: None };
        self.listing.write(&mut pen);
    }

    /// The bytes before the first listing and those after the last, for what a document says of itself.
    pub fn envelope<'b>(&self, head: &[Value<'b>], arena: &'b Bump) -> (Vec<u8>, Vec<u8>) {
        let mut out = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>".to_vec();
        let mut pen = Pen { values: head, out: &mut out, arena, listings_at: None };
        self.document.write(&mut pen);
        let at = pen.listings_at.unwrap_or(out.len());
        let mut after = out.split_off(at);
        after.push(b'\n');
        (out, after)
    }
}

impl Element {
    /// Writes it; `false` where nothing had to be said and nothing was written.
    fn write(&self, pen: &mut Pen<'_, '_>) -> bool {
        let before = pen.out.len();
        pen.out.extend_from_slice(self.open.as_bytes());
        let mut something = self.always;
        for attribute in &self.attributes {
            something |= attribute.write(pen);
        }
        pen.out.push(b'>');
        let inside = pen.out.len();
        let mut elements = false;
        for content in &self.content {
            let (wrote, was_element) = content.write(pen);
            something |= wrote;
            elements |= wrote && was_element;
        }
        if !something {
            pen.out.truncate(before);
            return false;
        }
        if pen.out.len() == inside && !self.always {
            pen.out.pop();
            pen.out.extend_from_slice(b"/>");
            return true;
        }
        if elements {
            pen.out.extend_from_slice(self.close_indent.as_bytes());
        }
        pen.out.extend_from_slice(b"</");
        pen.out.extend_from_slice(self.name.as_bytes());
        pen.out.push(b'>');
        true
    }
}

impl Attribute {
    fn write(&self, pen: &mut Pen<'_, '_>) -> bool {
        let Some(text) = self.item.text(pen.values) else { return false };
        pen.out.extend_from_slice(self.lead.as_bytes());
        write::attribute(pen.out, &text);
        pen.out.push(b'"');
        true
    }
}

impl Content {
    /// Whether something was written, and whether that was elements.
    fn write(&self, pen: &mut Pen<'_, '_>) -> (bool, bool) {
        match self {
            Content::Child(element) => (element.write(pen), true),
            Content::Text(item) => (item.write(pen), false),
            Content::Rows(field, element) => (rows(*field, element, pen), true),
            Content::Items(item, element) => (items(item, element, pen), true),
            Content::Listings => {
                pen.listings_at = Some(pen.out.len());
                (true, true)
            }
        }
    }
}

fn rows(field: FieldNo, element: &Element, pen: &mut Pen<'_, '_>) -> bool {
    let Some(Value::Table(rows)) = pen.values.get(field) else { return false };
    let mut something = false;
    for row in *rows {
        let mut inner = Pen { values: row, out: &mut *pen.out, arena: pen.arena, listings_at: None };
        something |= element.write(&mut inner);
    }
    something
}

fn items(item: &Item, element: &Element, pen: &mut Pen<'_, '_>) -> bool {
    if !item.is_chosen(pen.values) {
        return false;
    }
    let items = match pen.values.get(item.field) {
        Some(Value::List(items)) => *items,
        _ => return false,
    };
    for text in items {
        pen.out.extend_from_slice(element.open.as_bytes());
        pen.out.push(b'>');
        item.form(pen.out, text);
        pen.out.extend_from_slice(b"</");
        pen.out.extend_from_slice(element.name.as_bytes());
        pen.out.push(b'>');
    }
    !items.is_empty()
}

impl Item {
    fn write(&self, pen: &mut Pen<'_, '_>) -> bool {
        let Some(text) = self.text(pen.values) else { return false };
        self.form(pen.out, &text);
        true
    }

    fn form(&self, out: &mut Vec<u8>, text: &str) {
        if self.cdata { write::cdata(out, text) } else { write::text(out, text) }
    }
}
