//! The rows of a shape: where each field stands, and what differs from its own
//! spelling there.

use super::path::Grammar;
use super::scope::ListingScope;
use super::{Context, column, field, formula, pairs, path, spelling};
use crate::channel::description::{EmptyAs, Field, FieldNo, Form, Row, Spelling};
use crate::channel::path::Path;
use crate::model::{Kind, suggestion};
use crate::wire::yaml::{Key, Map, Node, Scalar, Text, key};

/// The keys of a row beside those of a spelling.
pub const OWN_KEYS: [Key; 13] = [
    key("path", "where it is written and read"),
    key("read", "other places that the channel reads"),
    key("instead", "of nodes: places that are read where nothing stands at those; the first before the next"),
    key("ignored", "places that look alike, but that the channel does not read"),
    key("refused", "places that are read so that the rest can be checked"),
    key("at", "the fields of a table's row, from its node"),
    key("when", "the listing's names; of several rows the first whose condition holds"),
    key("compare", "exact, text, html, number, set, ordered, count, said or none"),
    key("unit_at", "where the unit of a quantity stands by itself"),
    key("bare", "a column that holds a table: its parts where the header does not name them, a:b:c"),
    key("pairs", "a column that holds a table: what stands between a part's name and its value"),
    key("rows", "with `pairs`: what stands between two rows, a comma where nobody says"),
    key("parts", "with `pairs`: what stands between two parts of a row, where it has several"),
];

/// What a path means in a shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation<'n> {
    /// Nodes on the way down; a field that gives no path stands under its own name with this prefix.
    Nodes(&'n str),
    /// The header of a column, whatever stands in it.
    Columns,
    /// The same where several rows make one listing.
    SeveralRows,
    /// Members within members.
    Members,
}

/// Where the fields of one list stand: field by number, with its rows.
pub type Standing = Vec<(FieldNo, Vec<Row>)>;

/// Reads `at` or `head`: a map of field → row, or a list of names and one-pair maps.
pub fn load_all(node: &Node, fields: &[Field], notation: Notation<'_>, context: &Context<'_>) -> Standing {
    let mut standing: Standing = Vec::new();
    let mut add = |name: &Text, row: Option<&Node>| {
        let Some(number) = fields.iter().position(|field| field.name == name.text) else {
            let label = suggestion(&name.text, fields.iter().map(|field| field.name.as_str()), "this file");
            let what = format!("there is no field `{}` here", name.text);
            context.problems.add(node.problem_at(name.bytes.clone(), "config/unknown-name", what, label));
            return;
        };
        if standing.iter().any(|known| known.0 == number) {
            let what = format!("`{}` has a row already", name.text);
            let label = "several rows of one field stand in a list";
            context.problems.add(node.problem_at(name.bytes.clone(), "config/equal-keys", what, label));
            return;
        }
        let Some(field) = fields.get(number) else { return };
        let rows = match row {
            Some(row) => load(row, field, fields, notation, context),
            None => vec![Row { bytes: name.bytes.clone(), ..under_its_own_name(field, notation) }],
        };
        standing.push((number, rows));
    };
    match &node.value {
        Scalar::Map(pairs) => pairs.iter().for_each(|(name, row)| add(name, Some(row))),
        Scalar::List(items) => items.iter().for_each(|item| match &item.value {
            Scalar::Text(name) => add(name, None),
            Scalar::Map(pairs) => pairs.iter().for_each(|(name, row)| add(name, Some(row))),
            Scalar::List(_) => drop(item.text("a field's name", context.problems)),
        }),
        Scalar::Text(_) => drop(node.open_map("the rows", context.problems)),
    }
    standing
}

/// A field that stands under its own name, and so do its sub-fields.
fn under_its_own_name(field: &Field, notation: Notation<'_>) -> Row {
    Row { path: own_path(field, notation), at: rows_by_name(field, notation), ..Row::default() }
}

fn rows_by_name(field: &Field, notation: Notation<'_>) -> Standing {
    field.fields.iter().enumerate().map(|(number, one)| (number, vec![under_its_own_name(one, notation)])).collect()
}

/// Where a field stands that gives no path.
fn own_path(field: &Field, notation: Notation<'_>) -> Path {
    match notation {
        Notation::Nodes(prefix) => Path::of_name(&format!("{prefix}{}", field.name)),
        Notation::Columns | Notation::SeveralRows | Notation::Members => Path::of_name(&field.name),
    }
}

/// Places that are read where nothing stands at the others.
fn instead(map: &Map<'_>, field: &Field, notation: Notation<'_>, context: &Context<'_>) -> Vec<Path> {
    let is_single = !matches!(field.kind, Kind::List | Kind::Table);
    if map.get("instead").is_none() || (is_single && matches!(notation, Notation::Nodes(_))) {
        return paths(map, "instead", notation, context);
    }
    context.at_key(map, "instead", "`instead` is for single values in nodes".to_owned(), "write `read`");
    Vec::new()
}

/// The rows of one field: one, or alternatives.
fn load(node: &Node, field: &Field, fields: &[Field], notation: Notation<'_>, context: &Context<'_>) -> Vec<Row> {
    let nodes = node.one_or_list();
    let rows: Vec<Row> = nodes.iter().filter_map(|node| row(node, field, fields, notation, context)).collect();
    // a row without `when` always holds: what follows it is never reached
    let always = rows.iter().position(|row| row.when.is_none());
    if let Some(next) = always.filter(|_| rows.len() == nodes.len()).and_then(|at| nodes.get(at + 1)) {
        let what = format!("this row of `{}` is never reached", field.name);
        let label = "the row before it has no `when`";
        context.problems.add(next.problem("config/value", what, label));
    }
    rows
}

fn row(node: &Node, field: &Field, fields: &[Field], notation: Notation<'_>, context: &Context<'_>) -> Option<Row> {
    let problems = context.problems;
    if matches!(node.value, Scalar::Text(_)) {
        let (path, parts) = place(node, field, notation, context)?;
        let at = parts.unwrap_or_else(|| rows_by_name(field, notation));
        return Some(Row { path, at, bytes: node.bytes.clone(), ..Row::default() });
    }
    let keys = [&OWN_KEYS[..], &spelling::KEYS].concat();
    let map = node.map("a row", &keys, problems)?;
    let scope = ListingScope { fields, settings: &context.settings };
    let path_node = map.get("path");
    let (path, parts) = match path_node {
        Some(node) => place(node, field, notation, context)?,
        None => (own_path(field, notation), None),
    };
    let unit_at = unit_at(&map, field, notation, context);
    let mut spelling = spelling_of(&map, field, notation, context);
    if unit_at.is_some() && spelling.spell.is_none() && field.spelling.spell.is_some() {
        // the unit that the field has beside its number elsewhere stands in a place of its own here
        spelling.spell = Some("{number}".to_owned());
    }
    let mut row = Row {
        path,
        read: paths(&map, "read", notation, context),
        instead: instead(&map, field, notation, context),
        // within a cell they are names of parts
        ignored: if map.get("pairs").is_some() { Vec::new() } else { paths(&map, "ignored", notation, context) },
        refused: paths(&map, "refused", notation, context),
        at: rows_of_table(&map, field, parts, notation, context),
        may_go: false,
        bare: column::bare(&map, field, notation, context),
        within: pairs::within(&map, field, notation, context),
        marks: None,
        when: map.get("when").and_then(|node| formula::condition(node, &scope, problems)),
        unit_at,
        spelling,
        compare: field::compare(&map, field, context),
        bytes: path_node.map_or(node.bytes.clone(), |node| node.bytes.clone()),
    };
    pairs::settle(&mut row, field, &map, context);
    Some(row)
}

/// Where the unit of a quantity stands by itself.
fn unit_at(map: &Map<'_>, field: &Field, notation: Notation<'_>, context: &Context<'_>) -> Option<Path> {
    let node = map.get("unit_at")?;
    if notation != Notation::Members || field.kind != Kind::Quantity {
        let what = "`unit_at` is for quantities in JSON".to_owned();
        context.at_key(map, "unit_at", what, "write the unit beside the number: spell: \"{number} {unit}\"");
        return None;
    }
    one_path(node, notation, context)
}

/// The row's spelling; a way to stand that is another notation's is a problem.
fn spelling_of(map: &Map<'_>, field: &Field, notation: Notation<'_>, context: &Context<'_>) -> Spelling {
    let spelling = spelling::load(map, field);
    let in_json = notation == Notation::Members;
    let is_foreign = spelling.form.is_some_and(|form| matches!(form, Form::String | Form::Number) != in_json);
    if is_foreign {
        let label = if in_json { "string or number" } else { "cdata or text" };
        context.at_key(map, "as", "a value cannot stand so in this notation".into(), label);
    }
    if spelling.empty == Some(EmptyAs::Null) && !in_json {
        context.at_key(map, "empty", "`null` stands in JSON only".into(), "omit, or a text");
    }
    spelling
}

/// Where a field stands; of a column that names the parts of a table, their rows too.
fn place(
    node: &Node,
    field: &Field,
    notation: Notation<'_>,
    context: &Context<'_>,
) -> Option<(Path, Option<Standing>)> {
    match notation {
        Notation::Columns if field.kind == Kind::Table => column::group(node, field, context),
        _ => Some((one_path(node, notation, context)?, None)),
    }
}

/// The path that a node says.
pub fn one_path(node: &Node, notation: Notation<'_>, context: &Context<'_>) -> Option<Path> {
    match notation {
        Notation::Nodes(_) => path::load(node, 0, Grammar::Nodes, context.problems),
        Notation::Members => path::load(node, 0, Grammar::Members, context.problems),
        Notation::Columns => column::load(node, context.problems),
        Notation::SeveralRows => column::of_several_rows(node, context.problems),
    }
}

fn rows_of_table(
    map: &Map<'_>,
    field: &Field,
    parts: Option<Standing>,
    notation: Notation<'_>,
    context: &Context<'_>,
) -> Standing {
    let Some(node) = map.get("at") else { return parts.unwrap_or_else(|| rows_by_name(field, notation)) };
    if field.kind != Kind::Table {
        let what = format!("`at` is for tables, `{}` is {}", field.name, field.kind.in_words());
        context.at_key(map, "at", what, "write the path alone");
        return Vec::new();
    }
    if parts.is_some() {
        let what = format!("the parts of `{}` stand in its path already", field.name);
        context.at_key(map, "at", what, "leave one of the two out");
        return Vec::new();
    }
    load_all(node, &field.fields, notation, context)
}

/// The paths under a key, one or several.
pub fn paths(map: &Map<'_>, name: &str, notation: Notation<'_>, context: &Context<'_>) -> Vec<Path> {
    let nodes = map.get(name).map_or(&[][..], |node| node.one_or_list());
    nodes.iter().filter_map(|node| one_path(node, notation, context)).collect()
}
