//! Tables within a cell whose parts have names: `size=XS,color=Black`. What stands between
//! them, and which field says the names that the description does not.

use super::Context;
use super::row::Notation;
use crate::channel::description::{BETWEEN_ITEMS, BETWEEN_PARTS, Field, Row};
use crate::channel::path::Path;
use crate::channel::within_cell::{NamedParts, WithinCell, named_by};
use crate::model::{Kind, suggestion};
use crate::wire::yaml::{Map, Node};

/// What stands between the rows and the parts of a table within its cell.
pub fn within(map: &Map<'_>, field: &Field, notation: Notation<'_>, context: &Context<'_>) -> Option<WithinCell> {
    let mark = |name: &str| {
        let node = map.get(name)?;
        let text = node.text(&format!("`{name}`"), context.problems)?;
        if text.trim().is_empty() {
            let what = "nothing between them: they could not be told apart".to_owned();
            context.problems.add(node.problem("config/value", what, "a mark, as = or |"));
            return None;
        }
        Some(text.to_owned())
    };
    let Some(pairs) = mark("pairs") else {
        for name in ["rows", "parts"].into_iter().filter(|name| map.get(name).is_some()) {
            context.at_key(
                map,
                name,
                format!("`{name}` goes with `pairs`"),
                "add what stands between name and value: pairs: \"=\"",
            );
        }
        return None;
    };
    if notation != Notation::Columns || field.fields.is_empty() {
        context.at_key(map, "pairs", "`pairs` is for columns that hold a table".to_owned(), "remove it");
        return None;
    }
    let rows = mark("rows").unwrap_or_else(|| BETWEEN_ITEMS.to_owned());
    let several = map.get("parts").is_some();
    // where rows are single pairs, nothing stands between their parts
    let parts = if several { mark("parts").unwrap_or_else(|| BETWEEN_PARTS.to_owned()) } else { rows.clone() };
    if pairs == rows || pairs == parts || (several && rows == parts) {
        let what = format!("`rows` «{rows}», `parts` «{parts}» and `pairs` «{pairs}» have to be told apart");
        context.at_key(map, "pairs", what, "give each a mark of its own; without `rows` that is a comma");
    }
    let names = map.get("ignored").map(Node::one_or_list).unwrap_or_default();
    let ignored = names.iter().filter_map(|node| Some(node.text("a name", context.problems)?.trim().to_owned()));
    Some(WithinCell { rows, parts, pairs, ignored: ignored.collect() })
}

/// Settles the parts of a table whose parts have names: the field that says a name stands where the name does.
pub fn settle(row: &mut Row, field: &Field, map: &Map<'_>, context: &Context<'_>) {
    let Some(within) = row.within.clone() else { return };
    say_names(row, &field.fields, map, context);
    let has_parts = map.get("parts").is_some();
    for (number, rows) in &mut row.at {
        let Some(table) = field.fields.get(*number).filter(|inner| inner.kind == Kind::Table) else { continue };
        for inner in rows {
            say_names(inner, &table.fields, map, context);
            let is_keyed = inner.at.iter().any(|(_, rows)| rows.iter().any(|row| named_by(&row.path).is_some()));
            if inner.path.text != "." || !is_keyed || !has_parts {
                let what = format!("the rows of `{}` are to be parts beside the others", table.name);
                let label = "write {path: ., at: {value: \"<name>\"}}, and `parts` beside `pairs`";
                context.at_key(map, "at", what, label);
            }
        }
    }
    mark(row, &field.fields, &within);
}

/// Says of each part what its text may not hold.
fn mark(row: &mut Row, fields: &[Field], within: &WithinCell) {
    let parts = NamedParts::of(row, fields);
    for (number, rows) in &mut row.at {
        for inner in rows {
            inner.marks = Some(parts.marks_of(*number, within));
            for (number, rows) in &mut inner.at {
                let marks = parts.marks_within_rows(*number, within);
                rows.iter_mut().for_each(|row| row.marks = Some(marks.clone()));
            }
        }
    }
}

/// Where a value stands at `<name>`, the field `name` stands there too.
fn say_names(row: &mut Row, fields: &[Field], map: &Map<'_>, context: &Context<'_>) {
    let keyed: Vec<(String, std::ops::Range<usize>)> = row
        .at
        .iter()
        .flat_map(|(_, rows)| rows)
        .filter_map(|inner| Some((named_by(&inner.path)?.to_owned(), inner.bytes.clone())))
        .collect();
    if keyed.len() > 1 {
        let what = "two values have names of their own: which name is whose could not be told".to_owned();
        context.at_key(map, "at", what, "keep one of them");
    }
    for (name, bytes) in keyed.into_iter().take(1) {
        let Some(number) = fields.iter().position(|field| field.name == name) else {
            let label = suggestion(&name, fields.iter().map(|field| field.name.as_str()), "this file");
            let what = format!("there is no field `{name}` here to say the name");
            context.problems.add(map.node.problem_at(bytes, "config/unknown-name", what, label));
            continue;
        };
        if fields.get(number).is_some_and(|field| matches!(field.kind, Kind::Table | Kind::List)) {
            let what = format!("`{name}` is not a single text, which a name is");
            context.problems.add(map.node.problem_at(bytes, "config/value", what, "name a field that holds one text"));
            continue;
        }
        if row.at.iter().all(|known| known.0 != number) {
            let path = Path { text: format!("name of <{name}>"), ..Path::of_name(&name) };
            row.at.insert(0, (number, vec![Row { path, bytes, ..Row::default() }]));
        }
    }
}
