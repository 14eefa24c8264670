//! JSON, read strictly into small trees in which everything knows its place, and an exact writer.
//! Numbers keep their text, since no amount may pass through a float; two equal keys in one object
//! are refused, since every reader takes another one of them.
//!
//! The grammar is RFC 8259. Two more things are refused: equal keys, and values nested too deep.

mod cut;
mod elements;
mod fault;
mod keys;
mod lines;
mod members;
mod nesting;
mod number;
mod objects;
mod reader;
mod scan;
#[cfg(test)]
mod tests;
mod text;
pub mod walk;
mod window;
pub mod write;

use bumpalo::Bump;

pub use cut::{ElementsCut, LinesCut};
pub use elements::{Beside, Elements};
pub use fault::{Malformed, refusal};
pub use lines::{Lines, lines};
pub use objects::{LineBlock, ObjectBlock};
pub use reader::DEEPEST;

use crate::wire::scan::skip_blanks;
use reader::Reader;
use window::Window;

/// One value with its place.
#[derive(Debug, Clone, Copy)]
pub struct Json<'b> {
    /// Where it begins, in bytes from the front of the text it was read from.
    pub offset: usize,
    /// What it is.
    pub value: JsonValue<'b>,
}

/// What a value is.
#[derive(Debug, Clone, Copy)]
pub enum JsonValue<'b> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Flag(bool),
    /// A number, as it is written.
    Number(&'b str),
    /// A text, as it is meant.
    Text(&'b str),
    /// Values in their order.
    List(&'b [Json<'b>]),
    /// Values under names, in their order; no name stands twice.
    Object(&'b [Member<'b>]),
}

/// A value under its name.
#[derive(Debug, Clone, Copy)]
pub struct Member<'b> {
    /// The name.
    pub name: &'b str,
    /// The value.
    pub value: Json<'b>,
}

impl<'b> Json<'b> {
    /// The value under this name; `None` where it is missing, or this is no object.
    pub fn member(&self, name: &str) -> Option<Json<'b>> {
        self.members()?.iter().find(|member| member.name == name).map(|member| member.value)
    }

    /// The members of an object.
    pub fn members(&self) -> Option<&'b [Member<'b>]> {
        match self.value {
            JsonValue::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The values of a list.
    pub fn list(&self) -> Option<&'b [Json<'b>]> {
        match self.value {
            JsonValue::List(values) => Some(values),
            _ => None,
        }
    }

    /// A text, as it is meant.
    pub fn text(&self) -> Option<&'b str> {
        match self.value {
            JsonValue::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl JsonValue<'_> {
    /// What it is, in words for people.
    pub fn kind(&self) -> &'static str {
        match self {
            JsonValue::Null => "null",
            JsonValue::Flag(_) => "true or false",
            JsonValue::Number(_) => "a number",
            JsonValue::Text(_) => "a text",
            JsonValue::List(_) => "a list",
            JsonValue::Object(_) => "an object",
        }
    }
}

/// A whole text that is one value, blanks around it aside.
pub fn parse<'b>(text: &'b str, arena: &'b Bump) -> Result<Json<'b>, Malformed> {
    let (json, end) = value(text, 0, arena)?;
    match skip_blanks(text.as_bytes(), end) {
        behind if behind < text.len() => Err(*Malformed::behind(text, behind)),
        _ => Ok(json),
    }
}

/// One value at the front of a text (after blanks), and where it ended. Offsets count from the front of the text,
/// wherever the value begins.
pub fn value<'b>(text: &'b str, from: usize, arena: &'b Bump) -> Result<(Json<'b>, usize), Malformed> {
    Reader::new(arena).read(text, from)
}
