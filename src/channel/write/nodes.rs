//! Documents of nodes: the tree of a shape's rows, walked once per listing into one
//! buffer. A node whose fields have nothing to say is not written.

use crate::model::{RowPlace, Value};
use crate::wire::xml::write;

use super::super::description::FieldNo;
use super::{Item, WrittenRows};

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
    /// An element that holds nothing but a text.
    Leaf(Leaf),
    /// Of alternatives the first that is chosen.
    Text(Vec<Item>),
    /// An element per row of a table.
    Rows(FieldNo, Element),
    /// An element per item of a list.
    Items(Box<Item>, Element),
    /// Here the listings stand.
    Listings,
}

#[derive(Debug, Clone)]
pub(super) struct Leaf {
    /// Line break, indent, start tag.
    pub open: String,
    pub items: Vec<Item>,
    pub close: String,
}

/// What one listing or document says, and where it goes.
struct Pen<'w, 'b> {
    values: &'w [Value<'b>],
    out: &'w mut Vec<u8>,
    /// The rows that stand in `out` already.
    known: &'w mut WrittenRows<'b>,
    /// Where the listings begin in `out`, once they were come by.
    listings_at: Option<usize>,
}

impl NodesPlan {
    /// Writes one listing: a line break, its element, no line break after it.
    pub fn listing<'b>(&self, values: &[Value<'b>], out: &mut Vec<u8>, known: &mut WrittenRows<'b>) {
        let mut pen = Pen { values, out, known, listings_at: None };
        self.listing.write(&mut pen);
    }

    /// The bytes before the first listing and those after the last, for what a document says of itself.
    pub fn envelope(&self, head: &[Value<'_>]) -> (Vec<u8>, Vec<u8>) {
        let mut out = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>".to_vec();
        let mut pen = Pen { values: head, out: &mut out, known: &mut WrittenRows::default(), listings_at: None };
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

impl Leaf {
    fn write(&self, pen: &mut Pen<'_, '_>) -> bool {
        let Some(item) = chosen(&self.items, pen.values) else { return false };
        let Some(text) = item.said(pen.values) else { return false };
        pen.out.extend_from_slice(self.open.as_bytes());
        let inside = pen.out.len();
        item.form(pen.out, &text);
        if pen.out.len() == inside {
            pen.out.pop();
            pen.out.extend_from_slice(b"/>");
        } else {
            pen.out.extend_from_slice(self.close.as_bytes());
        }
        true
    }
}

impl Content {
    /// Whether something was written, and whether that was elements.
    fn write(&self, pen: &mut Pen<'_, '_>) -> (bool, bool) {
        match self {
            Content::Child(element) => (element.write(pen), true),
            Content::Leaf(leaf) => (leaf.write(pen), true),
            Content::Text(items) => (chosen(items, pen.values).is_some_and(|item| item.write(pen)), false),
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
        let place = RowPlace::of(std::ptr::from_ref(element).addr(), row);
        if let Some((start, end)) = pen.known.get(&place) {
            pen.out.extend_from_within(start..end);
            something |= start < end;
            continue;
        }
        let start = pen.out.len();
        let mut inner = Pen { values: row, out: &mut *pen.out, known: &mut *pen.known, listings_at: None };
        something |= element.write(&mut inner);
        pen.known.keep(place, (start, pen.out.len()));
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

/// Of alternatives the one that is chosen.
fn chosen<'i>(items: &'i [Item], values: &[Value<'_>]) -> Option<&'i Item> {
    items.iter().find(|item| item.is_chosen(values))
}

impl Item {
    /// Writes the text of one that is chosen.
    fn write(&self, pen: &mut Pen<'_, '_>) -> bool {
        let Some(text) = self.said(pen.values) else { return false };
        self.form(pen.out, &text);
        true
    }

    fn form(&self, out: &mut Vec<u8>, text: &str) {
        if self.cdata { write::cdata(out, text) } else { write::text(out, text) }
    }
}
