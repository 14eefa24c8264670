//! Listings as JSON: the tree of a shape's rows as members within members, written into one
//! buffer. What nobody says is left out; what is empty stands as null, unless the shape says otherwise.

use std::borrow::Cow;

use crate::model::{Kind, Value};
use crate::wire::json::write;

use super::super::description::{EmptyAs, Form};
use super::Item;

/// How listings are written as JSON.
#[derive(Debug)]
pub struct MembersPlan {
    pub(super) listing: Object,
    /// What stands before the first listing and behind the last; `None` for a listing in each line.
    pub(super) document: Option<(String, String)>,
}

/// An object, written where something in it is said.
#[derive(Debug, Clone, Default)]
pub(super) struct Object {
    /// Members that tell it from others: name and value, ready to be written.
    pub constants: Vec<String>,
    pub members: Vec<Member>,
}

#[derive(Debug, Clone)]
pub(super) struct Member {
    pub name: String,
    /// `"name":`.
    pub lead: String,
    pub content: Content,
}

#[derive(Debug, Clone)]
pub(super) enum Content {
    Object(Object),
    /// A list of objects that constants tell apart.
    Told(Vec<Object>),
    /// A single value; of several the first that is chosen.
    Value(Vec<Item>),
    /// The unit of an amount.
    Unit(Item),
    /// An object per row of a table.
    Rows(Item, Wrapped),
    /// An item per item of a list, each between these.
    Items(Item, [String; 2]),
}

/// An object within others that hold nothing else.
#[derive(Debug, Clone)]
pub(super) struct Wrapped {
    pub around: [String; 2],
    pub object: Object,
}

impl MembersPlan {
    /// Writes one listing: a line of its own, or an item with a comma before it.
    pub fn listing(&self, values: &[Value<'_>], out: &mut Vec<u8>) {
        let in_document = self.document.is_some();
        if in_document {
            out.extend_from_slice(b",\n");
        }
        if !self.listing.write(values, out) {
            out.extend_from_slice(b"{}");
        }
        if !in_document {
            out.push(b'\n');
        }
    }

    /// What stands before the first listing and behind the last.
    pub fn envelope(&self) -> (Vec<u8>, Vec<u8>) {
        match &self.document {
            Some((before, after)) => (before.as_bytes().to_vec(), after.as_bytes().to_vec()),
            None => Default::default(),
        }
    }
}

impl Object {
    /// Writes it; `false` where nothing had to be said and nothing was written.
    fn write(&self, values: &[Value<'_>], out: &mut Vec<u8>) -> bool {
        let start = out.len();
        out.push(b'{');
        for constant in &self.constants {
            begin_item(out, start);
            out.extend_from_slice(constant.as_bytes());
        }
        let mut something = false;
        for member in &self.members {
            let before = out.len();
            begin_item(out, start);
            out.extend_from_slice(member.lead.as_bytes());
            match member.content.write(values, out) {
                true => something = true,
                false => out.truncate(before),
            }
        }
        if something {
            out.push(b'}');
        } else {
            out.truncate(start);
        }
        something
    }
}

/// A comma before all but the first within the bracket that stands at `open`.
fn begin_item(out: &mut Vec<u8>, open: usize) {
    if out.len() > open + 1 {
        out.push(b',');
    }
}

impl Content {
    fn write(&self, values: &[Value<'_>], out: &mut Vec<u8>) -> bool {
        match self {
            Content::Object(object) => object.write(values, out),
            Content::Told(objects) => list(out, |out, start| {
                let mut something = false;
                for object in objects {
                    let before = out.len();
                    begin_item(out, start);
                    match object.write(values, out) {
                        true => something = true,
                        false => out.truncate(before),
                    }
                }
                something
            }),
            Content::Value(items) => items.iter().any(|item| item.value(values, out)),
            Content::Unit(item) => item.unit(values, out),
            Content::Rows(item, wrapped) => rows(item, wrapped, values, out),
            Content::Items(item, around) => items(item, around, values, out),
        }
    }
}

/// A list; `false` from what writes its items takes it back.
fn list(out: &mut Vec<u8>, write: impl FnOnce(&mut Vec<u8>, usize) -> bool) -> bool {
    let start = out.len();
    out.push(b'[');
    if !write(out, start) {
        out.truncate(start);
        return false;
    }
    out.push(b']');
    true
}

fn rows(item: &Item, wrapped: &Wrapped, values: &[Value<'_>], out: &mut Vec<u8>) -> bool {
    if !item.is_chosen(values) {
        return false;
    }
    let Some(Value::Table(rows)) = values.get(item.field) else { return item.nothing(values, out, b"[]") };
    list(out, |out, start| {
        for row in *rows {
            let before = out.len();
            begin_item(out, start);
            out.extend_from_slice(wrapped.around[0].as_bytes());
            match wrapped.object.write(row, out) {
                true => out.extend_from_slice(wrapped.around[1].as_bytes()),
                false => out.truncate(before),
            }
        }
        true
    })
}

fn items(item: &Item, around: &[String; 2], values: &[Value<'_>], out: &mut Vec<u8>) -> bool {
    if !item.is_chosen(values) {
        return false;
    }
    let Some(Value::List(items)) = values.get(item.field) else { return item.nothing(values, out, b"[]") };
    list(out, |out, start| {
        for text in *items {
            begin_item(out, start);
            out.extend_from_slice(around[0].as_bytes());
            write::text(out, text);
            out.extend_from_slice(around[1].as_bytes());
        }
        true
    })
}

impl Item {
    /// Writes a single value; `false` where nothing stands there.
    fn value(&self, values: &[Value<'_>], out: &mut Vec<u8>) -> bool {
        if !self.is_chosen(values) {
            return false;
        }
        let Some(value) = values.get(self.field) else { return false };
        if !value.is_there() && !matches!(value, Value::Bad(_)) {
            return self.nothing(values, out, b"null");
        }
        let Some(text) = self.spelling.text(value) else { return false };
        match self.is_bare(value) {
            true => out.extend_from_slice(text.as_bytes()),
            false => write::text(out, &text),
        }
        true
    }

    /// Writes how it stands that there is none; `false` where nothing does.
    fn nothing(&self, values: &[Value<'_>], out: &mut Vec<u8>, usual: &[u8]) -> bool {
        // what nobody says is left as it is
        if !matches!(values.get(self.field), Some(Value::Empty)) {
            return false;
        }
        match &self.spelling.empty_as {
            None if self.spelling.default.is_some() => return false,
            None => out.extend_from_slice(usual),
            Some(EmptyAs::Null) => out.extend_from_slice(b"null"),
            Some(EmptyAs::Omit) => return false,
            Some(EmptyAs::Text(text)) => write::text(out, text),
        }
        true
    }

    /// Whether a value stands without quotes: numbers and flags do, but for money, whose places count.
    fn is_bare(&self, value: &Value<'_>) -> bool {
        match (self.spelling.form, value) {
            (Some(Form::String), _) => false,
            (form, Value::Number(_)) => {
                let is_plain = !self.spelling.writes_unit;
                is_plain && (form == Some(Form::Number) || self.spelling.kind != Kind::Money)
            }
            (_, Value::Flag(_)) => self.spelling.values.is_empty(),
            _ => false,
        }
    }

    fn unit(&self, values: &[Value<'_>], out: &mut Vec<u8>) -> bool {
        let Some(Value::Number(number)) = values.get(self.field).filter(|_| self.is_chosen(values)) else {
            return false;
        };
        let Some(word) = self.spelling.unit_word(number) else { return false };
        write::text(out, &Cow::Borrowed(word));
        true
    }
}

/// A member's name as it is written, with its colon.
pub(super) fn lead(name: &str) -> String {
    let mut out = Vec::new();
    write::text(&mut out, name);
    format!("{}:", String::from_utf8_lossy(&out))
}
