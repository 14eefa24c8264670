//! What one listing is made of, where it is more than one row or line, and the mark that
//! some programs put before texts.

use super::Context;
use crate::channel::description::{Gather, Shape, Wire};
use crate::wire::yaml::{Key, Map, Scalar, key};

const LINES_KEYS: [Key; 3] = [
    key("id", "the member that holds an object's id"),
    key("parent", "the member that holds the id of the object that it belongs to"),
    key("into", "the list of the parent that it comes into"),
];

/// What `gather` says.
pub fn load(map: &Map<'_>, shape: &Shape, context: &Context<'_>) -> Option<Gather> {
    let node = map.get("gather")?;
    if !map.get("read_only").is_some_and(|node| node.is_word("true")) && !shape.read_only {
        let what = "a listing that is made of several rows is only read for now".to_owned();
        context.at_key(map, "gather", what, "add `read_only: true`");
    }
    match (&node.value, shape.wire) {
        (Scalar::Map(_), Wire::JsonLines) => {
            let inner = node.map("`gather`", &LINES_KEYS, context.problems)?;
            let name = |key| {
                let text = inner.required("`gather`", key)?.text("the name of a member", context.problems)?;
                Some(text.to_owned())
            };
            Some(Gather::Lines { id: name("id")?, parent: name("parent")?, into: name("into")? })
        }
        (Scalar::Text(_) | Scalar::List(_), Wire::Table(_)) => {
            let names = node.one_or_list().iter().filter_map(|node| node.text("a column", context.problems));
            Some(Gather::Rows(names.map(|name| name.trim().to_owned()).collect()))
        }
        (_, wire) => {
            let (what, label) = match wire {
                Wire::Table(_) => ("rows of a table are gathered by a column", "name it: `gather: Handle`"),
                Wire::JsonLines => {
                    ("lines are gathered by their parents", "{id: id, parent: __parentId, into: children}")
                }
                _ => ("`gather` is for tables and for JSON Lines", "remove it"),
            };
            context.at_key(map, "gather", what.to_owned(), label);
            None
        }
    }
}

/// The mark that is taken off.
pub fn strip(map: &Map<'_>, shape: &Shape, context: &Context<'_>) -> Option<char> {
    let text = map.get("strip")?.text("`strip`", context.problems)?;
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(mark), None) if shape.gather.is_some() && shape.wire.table().is_some() => Some(mark),
        _ => {
            let what = format!("`{text}` is no mark before the texts of a table whose rows are gathered");
            context.at_key(map, "strip", what, "write a single letter, and `gather` the column of the listing");
            None
        }
    }
}
