//! Columns of a table: a path is the text of a header, and a table within a cell names
//! its parts there, `shipping(country:service:price)`.

use super::Context;
use super::row::{Notation, Standing};
use crate::channel::description::{Field, Row};
use crate::channel::path::Path;
use crate::model::suggestion;
use crate::wire::yaml::{Map, Node, Problems};

/// The column whose header stands at a node.
pub fn load(node: &Node, problems: &Problems) -> Option<Path> {
    let text = node.text("a column", problems)?.trim();
    if text.is_empty() || text.chars().any(char::is_control) {
        let what = format!("`{text}` is no header of a column");
        problems.add(node.problem("config/path", what, "write it as it stands in the first line of the table"));
        return None;
    }
    Some(Path::of_name(text))
}

/// The column of a row among several that make one listing: `.` is the row itself, `../Title` the product's cell.
pub fn of_several_rows(node: &Node, problems: &Problems) -> Option<Path> {
    let text = node.text("a column", problems)?.trim();
    if text == "." {
        return Some(Path { text: text.to_owned(), ..Path::default() });
    }
    let (out, header) = match text.strip_prefix("../") {
        Some(header) => (1, header),
        None => (0, text),
    };
    let path = load(node, problems)?;
    Some(Path { out, ..Path { text: path.text, ..Path::of_name(header) } })
}

/// A column that holds a table, and the rows of its parts in their order where the header names them.
pub fn group(node: &Node, field: &Field, context: &Context<'_>) -> Option<(Path, Option<Standing>)> {
    let text = node.text("a column", context.problems)?.trim();
    let Some((name, inside)) = text.strip_suffix(')').and_then(|text| text.split_once('(')) else {
        return Some((load(node, context.problems)?, None));
    };
    let mut parts: Standing = Vec::new();
    for part in inside.split(':').map(str::trim) {
        let (part, may_go) = part.strip_suffix('?').map_or((part, false), |part| (part, true));
        match field.fields.iter().position(|inner| inner.name == part) {
            Some(number) if parts.iter().all(|known| known.0 != number) => {
                let row = Row { path: Path::of_name(part), may_go, bytes: node.bytes.clone(), ..Row::default() };
                parts.push((number, vec![row]));
            }
            Some(_) => {
                let what = format!("`{part}` stands twice in {text}");
                context.problems.add(node.problem("config/path", what, "name each part once"));
            }
            None => {
                let label = suggestion(part, field.fields.iter().map(|inner| inner.name.as_str()), "this file");
                let what = format!("`{}` has no field `{part}`", field.name);
                context.problems.add(node.problem("config/unknown-name", what, label));
            }
        }
    }
    Some((Path { text: text.to_owned(), ..Path::of_name(name.trim()) }, Some(parts)))
}

/// The parts of a table within a cell whose header does not name them; such that the channel knows and the field has
/// not are read past.
pub fn bare(map: &Map<'_>, field: &Field, notation: Notation<'_>, context: &Context<'_>) -> Vec<String> {
    let Some(node) = map.get("bare") else { return Vec::new() };
    if notation != Notation::Columns || field.fields.is_empty() {
        let what = "`bare` is for columns that hold a table".to_owned();
        context.at_key(map, "bare", what, "remove it");
        return Vec::new();
    }
    let text = node.text("`bare`", context.problems).unwrap_or_default();
    let parts: Vec<String> = text.split(':').map(|part| part.trim().to_owned()).collect();
    if parts.iter().any(String::is_empty) {
        let what = format!("`{text}` does not name its parts");
        context.problems.add(node.problem(
            "config/value",
            what,
            "write them with colons between: country:service:price",
        ));
    }
    parts
}
