//! What a shape says of a table: what stands between cells and around values.

use super::Context;
use super::row::Standing;
use crate::channel::description::{BETWEEN_ITEMS, Field, Lines, TableForm, Wire};
use crate::model::Kind;
use crate::wire::table::Quoting;
use crate::wire::yaml::{Map, Node};

/// The keys that only tables have.
const OF_TABLES: [&str; 4] = ["separator", "quoting", "lines", "loose"];
/// The keys that tables do not have.
const NOT_OF_TABLES: [&str; 3] = ["listings", "head", "indent"];
/// The keys that JSON does not have.
const NOT_OF_JSON: [&str; 4] = ["head", "indent", "prefix", "namespaces"];

/// What to write for somebody who names a table as its files are named.
fn by_file_name(node: &Node) -> Option<&'static str> {
    let names = [("csv", "write `wire: table`"), ("tsv", "write `wire: table` and `separator: tab`")];
    names.iter().find(|name| node.is_word(name.0)).map(|name| name.1)
}

/// The notation of a shape; `like` is that of the shape that it is like.
pub fn wire(map: &Map<'_>, like: Wire, context: &Context<'_>) -> Wire {
    let of_table = Wire::Table(like.table().unwrap_or(USUAL));
    let words = [("xml", Wire::Xml), ("table", of_table), ("json", Wire::Json), ("jsonl", Wire::JsonLines)];
    let said = map.get("wire").and_then(|node| match by_file_name(node) {
        Some(label) => {
            context.problems.add(node.problem(
                "config/value",
                "tables are one wire, whatever parts their cells",
                label,
            ));
            Some(of_table)
        }
        None => node.word("wire", words, context.problems),
    });
    let wire = said.unwrap_or(like);
    let refuse = |names: &[&str], whose: &str| {
        for name in names.iter().filter(|name| map.get(name).is_some()) {
            let label = "remove it, or give the shape another `wire`";
            context.at_key(map, name, format!("`{name}` is for {whose}"), label);
        }
    };
    if wire.table().is_none() {
        refuse(&OF_TABLES, "tables");
    } else {
        refuse(&NOT_OF_TABLES, "documents of nodes");
    }
    if wire.is_json() {
        refuse(&NOT_OF_JSON, "documents of nodes");
    }
    if wire == Wire::JsonLines {
        refuse(&["listings"], "documents; in JSON Lines each line is a listing");
    }
    match wire {
        Wire::Table(form) => Wire::Table(table(map, form, context)),
        wire => wire,
    }
}

/// As most tables are.
const USUAL: TableForm =
    TableForm { separator: b',', quoting: Quoting::Cell, lines: Lines::Quoted, loose: false, prefix: None };

fn table(map: &Map<'_>, like: TableForm, context: &Context<'_>) -> TableForm {
    let problems = context.problems;
    let separators = [("comma", b','), ("semicolon", b';'), ("tab", b'\t'), ("pipe", b'|')];
    let quotings = [("cell", Quoting::Cell), ("value", Quoting::Value)];
    let lines = [("quoted", Lines::Quoted), ("space", Lines::Space), ("backslash", Lines::Backslash)];
    let separator = map.get("separator").and_then(|node| node.word("separator", separators, problems));
    let quoting = map.get("quoting").and_then(|node| node.word("quoting", quotings, problems));
    let lines = map.get("lines").and_then(|node| node.word("way with line ends", lines, problems));
    let loose = map.get("loose").and_then(|node| node.flag("`loose`", problems));
    let form = TableForm {
        separator: separator.unwrap_or(like.separator),
        quoting: quoting.unwrap_or(like.quoting),
        lines: lines.unwrap_or(like.lines),
        loose: loose.unwrap_or(like.loose),
        prefix: prefix(map, context).or(like.prefix),
    };
    // a comma parts values, and a value further in may hold no line end
    if form.quoting == Quoting::Value && (form.separator != b'\t' || form.lines != Lines::Space) {
        let what = "values are quoted one by one only between tabs and without line ends".to_owned();
        context.at_key(map, "quoting", what, "add `separator: tab` and `lines: space`, or quote whole cells");
    }
    form
}

/// The letter that may stand before headers, `g:`.
fn prefix(map: &Map<'_>, context: &Context<'_>) -> Option<u8> {
    let node = map.get("prefix")?;
    let text = node.text("`prefix`", context.problems)?;
    match text.as_bytes() {
        [letter, b':'] if letter.is_ascii_alphabetic() => Some(*letter),
        _ => {
            let what = format!("`{text}` is no prefix of a header");
            context.problems.add(node.problem("config/value", what, "a letter and a colon: \"g:\""));
            None
        }
    }
}

/// Refuses columns of two fields that a reader could not tell apart.
pub fn check(standing: &Standing, fields: &[Field], form: TableForm, node: &Node, context: &Context<'_>) {
    let mut taken: Vec<(String, usize)> = Vec::new();
    for (number, row) in standing.iter().flat_map(|(number, rows)| rows.iter().map(move |row| (*number, row))) {
        for path in row.paths() {
            let Some(name) = path.steps.first().map(|step| form.name_of(&step.name)) else { continue };
            let other = taken.iter().find(|taken| taken.0 == name && taken.1 != number);
            if let (Some((_, other)), Some(field)) = (other.filter(|_| form.loose), fields.get(number)) {
                let other = fields.get(*other).map_or("", |field| field.name.as_str());
                let what = format!("`{other}` and `{}` stand at headers that are alike", field.name);
                let label = "give each a header of its own";
                context.problems.add(node.problem_at(row.bytes.clone(), "config/order", what, label));
            }
            taken.push((name, number));
        }
    }
}

/// Lists stand within one cell: where the rows do not say how, by the mark that is usual; and where quotes stand around
/// values, they protect what holds it.
pub fn within_cells(standing: &mut Standing, fields: &[Field], form: TableForm) {
    for (number, rows) in standing {
        let Some(field) = fields.get(*number) else { continue };
        // columns of a row within the row
        rows.iter_mut()
            .filter(|row| row.path.steps.is_empty())
            .for_each(|row| within_cells(&mut row.at, &field.fields, form));
        for row in rows.iter_mut().filter(|_| field.kind == Kind::List) {
            if row.spelling.join.is_none() && field.spelling.join.is_none() {
                row.spelling.join = Some(BETWEEN_ITEMS.to_owned());
            }
            let is_open = row.spelling.escape.is_none() && field.spelling.escape.is_none();
            if is_open && form.quoting == Quoting::Value {
                row.spelling.escape = Some("quote".to_owned());
            }
        }
    }
}
