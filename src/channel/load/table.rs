//! What a shape says of a table: what stands between cells and around values.

use super::Context;
use super::formula::not_yet;
use super::row::Standing;
use crate::channel::description::{BETWEEN_ITEMS, Field, Lines, TableForm, Wire};
use crate::model::Kind;
use crate::wire::table::Quoting;
use crate::wire::yaml::Map;

/// The keys that only tables have.
const OF_TABLES: [&str; 4] = ["separator", "quoting", "lines", "loose"];
/// The keys that tables do not have.
const NOT_OF_TABLES: [&str; 3] = ["listings", "head", "indent"];

/// The notation of a shape; `like` is that of the shape that it is like.
pub fn wire(map: &Map<'_>, like: Wire, context: &Context<'_>) -> Wire {
    let words = ["xml", "table", "json", "jsonl"].map(|word| (word, word));
    let wire = map.get("wire").and_then(|node| Some((node, node.word("wire", words, context.problems)?)));
    let wire = match wire {
        Some((_, "xml")) => Wire::Xml,
        Some((_, "table")) => Wire::Table(like.table().unwrap_or(USUAL)),
        Some((node, word)) => {
            context.problems.add(not_yet(node.problem("", "", ""), word, "documents are XML or tables for now"));
            Wire::Xml
        }
        None => like,
    };
    let (foreign, whose) = match wire {
        Wire::Xml => (&OF_TABLES[..], "tables"),
        Wire::Table(_) => (&NOT_OF_TABLES[..], "documents of nodes"),
    };
    for name in foreign.iter().filter(|name| map.get(name).is_some()) {
        let label = "remove it, or give the shape another `wire`";
        context.at_key(map, name, format!("`{name}` is for {whose}"), label);
    }
    match wire {
        Wire::Table(form) => Wire::Table(table(map, form, context)),
        wire => wire,
    }
}

/// As most tables are.
const USUAL: TableForm = TableForm { separator: b',', quoting: Quoting::Cell, lines: Lines::Quoted, loose: false };

fn table(map: &Map<'_>, like: TableForm, context: &Context<'_>) -> TableForm {
    let problems = context.problems;
    let separators = [("comma", b','), ("semicolon", b';'), ("tab", b'\t'), ("pipe", b'|')];
    let quotings = [("cell", Quoting::Cell), ("value", Quoting::Value)];
    let lines = [("quoted", Lines::Quoted), ("space", Lines::Space), ("backslash", Lines::Backslash)];
    let separator = map.get("separator").and_then(|node| node.word("separator", separators, problems));
    let quoting = map.get("quoting").and_then(|node| node.word("quoting", quotings, problems));
    let lines = map.get("lines").and_then(|node| node.word("way with line ends", lines, problems));
    let loose = map.get("loose").and_then(|node| node.flag("`loose`", problems));
    TableForm {
        separator: separator.unwrap_or(like.separator),
        quoting: quoting.unwrap_or(like.quoting),
        lines: lines.unwrap_or(like.lines),
        loose: loose.unwrap_or(like.loose),
    }
}

/// Lists and tables stand within one cell: where the rows do not say how, by the mark that is usual; and where quotes
/// stand around values, they protect what holds it.
pub fn within_cells(standing: &mut Standing, fields: &[Field], form: TableForm) {
    for (number, rows) in standing {
        let Some(field) = fields.get(*number).filter(|field| matches!(field.kind, Kind::List | Kind::Table)) else {
            continue;
        };
        for row in rows {
            if row.spelling.join.is_none() && field.spelling.join.is_none() {
                row.spelling.join = Some(BETWEEN_ITEMS.to_owned());
            }
            let is_open = row.spelling.escape.is_none() && field.spelling.escape.is_none();
            if is_open && field.kind == Kind::List && form.quoting == Quoting::Value {
                row.spelling.escape = Some("quote".to_owned());
            }
        }
    }
}
