//! Writing documents of a shape: the tree of its rows, walked once per listing into
//! one buffer. A node whose fields have nothing to say is not written.

mod tree;

use bumpalo::Bump;

use crate::expression::Program;
use crate::model::Value;
use crate::wire::xml::write;

use super::description::{FieldNo, Form};
use super::spelling::SpellingPlan;

pub use tree::WriteProblem;
pub(super) use tree::number_of;

/// How a document of one shape is written.
#[derive(Debug)]
pub struct WritePlan {
    /// The root, with the place of the listings in it.
    document: Element,
    /// One listing.
    listing: Element,
}

/// An element with what stands in it.
#[derive(Debug, Clone, Default)]
struct Element {
    name: String,
    /// Attributes that tell it from its brothers.
    told_by: Vec<(String, String)>,
    /// Line break, indent, `<name` and constant attributes.
    open: String,
    attributes: Vec<Attribute>,
    content: Vec<Content>,
    /// Line break and indent before the end tag where elements stand inside.
    close_indent: String,
    /// Written even where nothing stands inside: what leads to the listings.
    always: bool,
}

#[derive(Debug, Clone)]
struct Attribute {
    /// ` name="`.
    lead: String,
    item: Item,
}

#[derive(Debug, Clone)]
enum Content {
    Child(Element),
    Text(Item),
    /// An element per row of a table.
    Rows(FieldNo, Element),
    /// An element per item of a list.
    Items(Item, Element),
    /// Here the listings stand.
    Listings,
}

/// A value in its place.
#[derive(Debug, Clone)]
struct Item {
    field: FieldNo,
    spelling: SpellingPlan,
    cdata: bool,
    /// Of several alternatives: the conditions that must hold (`true`) or fail.
    chosen: Vec<(Program, bool)>,
}

/// What one listing or document says, and where it goes.
struct Pen<'w, 'b> {
    values: &'w [Value<'b>],
    out: &'w mut Vec<u8>,
    arena: &'b Bump,
    /// Where the listings begin in `out`, once they were come by.
    listings_at: Option<usize>,
}

impl WritePlan {
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
        if !self.item.is_chosen(pen.values) {
            return false;
        }
        let value = pen.values.get(self.item.field).copied().unwrap_or_default();
        let Some(text) = self.item.spelling.text(&value) else { return false };
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
    /// Of several alternatives, whether this is the one.
    fn is_chosen(&self, values: &[Value<'_>]) -> bool {
        let of = |number: u32| values.get(number as usize).copied().unwrap_or_default();
        self.chosen.iter().all(|(condition, wanted)| condition.holds(&of) == *wanted)
    }

    fn write(&self, pen: &mut Pen<'_, '_>) -> bool {
        if !self.is_chosen(pen.values) {
            return false;
        }
        let value = pen.values.get(self.field).copied().unwrap_or_default();
        let Some(text) = self.spelling.text(&value) else { return false };
        self.form(pen.out, &text);
        true
    }

    fn form(&self, out: &mut Vec<u8>, text: &str) {
        if self.cdata { write::cdata(out, text) } else { write::text(out, text) }
    }

    /// Whether a value stands in a CDATA section: asked for, or markup by default.
    fn is_cdata(spelling: &SpellingPlan) -> bool {
        match spelling.form {
            Some(form) => form == Form::CData,
            None => spelling.kind == crate::model::Kind::Html,
        }
    }
}
