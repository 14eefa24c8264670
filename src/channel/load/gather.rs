//! What one listing is made of, where it is more than one row or line, and the mark that
//! some programs put before texts.

use super::Context;
use super::row::Standing;
use crate::channel::description::{Field, Gather, Shape, Wire};
use crate::model::Kind;
use crate::wire::yaml::{Key, Map, Node, Scalar, key};

/// The keys of `gather`, where lines are gathered.
pub const LINES_KEYS: [Key; 3] = [
    key("id", "the member that holds an object's id"),
    key("parent", "the member that holds the id of the object that it belongs to"),
    key("into", "the list of the parent that it comes into"),
];

/// A listing is one row, and its columns can be numbered.
const ONE_ROW: &str = "row";

/// What `gather` says.
pub fn load(map: &Map<'_>, shape: &Shape, context: &Context<'_>) -> Option<Gather> {
    let node = map.get("gather")?;
    if node.is_word(ONE_ROW) && shape.wire.table().is_some() {
        return Some(Gather::Row);
    }
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

/// The key that names columns of rows which are no listings.
pub const ASIDE: Key = key(
    "aside",
    "of a table: columns, each with words or without; a row in which one of them, or anything, stands is no listing",
);

/// The columns of rows that are left aside.
pub fn aside(map: &Map<'_>, shape: &Shape, context: &Context<'_>) -> Option<Vec<(String, Vec<String>)>> {
    let node = map.get("aside")?;
    if shape.wire.table().is_none() || !matches!(shape.gather, None | Some(Gather::Row)) {
        let what = "`aside` is for tables in which each row is a listing".to_owned();
        context.at_key(map, "aside", what, "remove it");
        return None;
    }
    let texts = |node: &Node, what| {
        let texts = node.one_or_list().iter().filter_map(|node| node.text(what, context.problems));
        texts.map(|text| text.trim().to_owned()).collect::<Vec<_>>()
    };
    Some(match &node.value {
        Scalar::Map(columns) => {
            columns.iter().map(|(name, node)| (name.text.trim().to_owned(), texts(node, "a word"))).collect()
        }
        _ => texts(node, "a column").into_iter().map(|name| (name, Vec::new())).collect(),
    })
}

/// Columns that are numbered are as many as the table's rules allow, so that every row of the file has the same.
pub fn check(standing: &Standing, fields: &[Field], node: &Node, context: &Context<'_>) {
    for (number, rows) in standing {
        let Some((field, row)) = fields.get(*number).zip(rows.first()) else { continue };
        if row.path.steps.is_empty() && field.kind == Kind::Table && field.most_rows().is_none() {
            let what = format!("`{}` has numbered columns, and nothing says how many", field.name);
            let label = "give the field a rule: `items: 0..10`";
            context.problems.add(node.problem_at(row.bytes.clone(), "config/missing-key", what, label));
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
