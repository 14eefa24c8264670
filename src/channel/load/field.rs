//! The fields of one list, of the document's head, of listings or of a table's rows;
//! their rules come after, when all fields of the list are known.

use super::scope::SourceScope;
use super::source::Sources;
use super::{Context, rule, source, spelling};
use crate::channel::description::{Compare, Field, FieldNo, Spelling};
use crate::model::{Kind, suggestion};
use crate::wire::yaml::{Key, Map, Node, Problems, Scalar, Text, key, later};

/// The keys of a field beside those of its source, spelling and rules.
pub const OWN_KEYS: [Key; 9] = [
    key("kind", "text, html, url, choice, flag, money, quantity, count, number, date, time, interval, list, table"),
    key("of", "what the items of a list are"),
    key("fields", "the fields of a table's rows"),
    key("key", "the field that rows are matched by; of several the first that is there"),
    key("where", "rows for which it fails are not there"),
    key("compare", "exact, text, html, number, set, ordered, count, said or none"),
    key("volatile", "in no comparison: it changes with the clock"),
    key("inherits", "in an export that is the master a variant has from its product what it does not say"),
    key("about", "for people"),
];

/// Words that an expression would not take for a name.
const RESERVED: [&str; 6] = ["or", "and", "not", "in", "true", "false"];

/// How a comparison is written, and the kinds that it is for.
type CompareWord = (&'static str, Compare, fn(Kind) -> bool);

const COMPARE: [CompareWord; 9] = [
    ("exact", Compare::Exact, |kind| !matches!(kind, Kind::List | Kind::Table)),
    ("text", Compare::Text, |kind| is_text(kind) || kind == Kind::List),
    ("html", Compare::Html, is_text),
    ("number", Compare::Number, Kind::is_number),
    ("set", Compare::Set, |kind| matches!(kind, Kind::List | Kind::Table)),
    ("ordered", Compare::Ordered, |kind| matches!(kind, Kind::List | Kind::Table)),
    ("count", Compare::Count, |kind| matches!(kind, Kind::List | Kind::Table)),
    ("said", Compare::Said, |kind| matches!(kind, Kind::Flag | Kind::Choice | Kind::Count)),
    ("none", Compare::Not, |_| true),
];

/// Whether a kind is spelled as plain text.
pub fn is_text(kind: Kind) -> bool {
    matches!(kind, Kind::Text | Kind::Html | Kind::Url | Kind::Choice)
}

/// All keys of a field.
pub fn keys() -> Vec<Key> {
    let later = [later("bare", "columns that hold tables come with table shapes")];
    [&source::KEYS[..], &OWN_KEYS, &spelling::KEYS, &rule::TESTS, &[rule::RULES], &later].concat()
}

/// The fields of a list, one for every pair of the node, in order.
pub fn load_list(pairs: &[(Text, Node)], scope: SourceScope<'_>, context: &Context<'_>) -> Vec<Field> {
    let keys = keys();
    pairs.iter().map(|(name, node)| load(name, node, &keys, scope, context)).collect()
}

fn load(name: &Text, node: &Node, keys: &[Key], scope: SourceScope<'_>, context: &Context<'_>) -> Field {
    check_name(name, node, context);
    let mut field = blank(&name.text);
    if !matches!(node.value, Scalar::Map(_)) {
        field.source = sources(&field, &scope, context).of_node(node);
        return field;
    }
    let Some(map) = node.map(&format!("the field `{}`", name.text), keys, context.problems) else { return field };
    (field.kind, field.of) = kinds(&map, context);
    field.source = sources(&field, &scope, context).of_map(&map);
    if field.kind == Kind::Table {
        table(&mut field, &map, scope, context);
    }
    field.spelling = spelling::load(&map, &field);
    field.compare = compare(&map, &field, context).unwrap_or_else(|| compared_by_default(&field));
    field.inherits = map.get("inherits").and_then(|node| node.flag("`inherits`", context.problems)).unwrap_or(false);
    field.volatile = map.get("volatile").and_then(|node| node.flag("`volatile`", context.problems)).unwrap_or(false);
    let about = map.get("about").and_then(|node| node.text("`about`", context.problems));
    field.about = about.unwrap_or_default().to_owned();
    field
}

fn blank(name: &str) -> Field {
    Field {
        name: name.to_owned(),
        kind: Kind::Text,
        of: Kind::Text,
        source: Default::default(),
        only: None,
        fields: Vec::new(),
        key: Vec::new(),
        spelling: Spelling::default(),
        rules: Vec::new(),
        compare: Compare::Text,
        inherits: false,
        volatile: false,
        required: false,
        about: String::new(),
    }
}

fn sources<'l>(field: &'l Field, scope: &'l SourceScope<'l>, context: &'l Context<'_>) -> Sources<'l> {
    Sources { scope, lookups: &context.lookups, kind: field.kind, fields: &field.fields, problems: context.problems }
}

fn check_name(name: &Text, node: &Node, context: &Context<'_>) {
    let mut letters = name.text.chars();
    let first = letters.next().is_some_and(|one| one.is_ascii_alphabetic());
    let rest = letters.all(|one| one.is_ascii_alphanumeric() || one == '_');
    if first && rest && !RESERVED.contains(&name.text.as_str()) {
        return;
    }
    let what = format!("`{}` is no name of a field", name.text);
    let label = "Latin letters, digits and _, a letter first, and no word of the language: or, and, not, in, …";
    context.problems.add(node.problem_at(name.bytes.clone(), "config/value", what, label));
}

fn kinds(map: &Map<'_>, context: &Context<'_>) -> (Kind, Kind) {
    let problems = context.problems;
    let words = || Kind::ALL.iter().map(|entry| (entry.1, entry.0));
    let has_fields = map.get("fields").is_some();
    let kind = map.get("kind").and_then(|node| node.word("kind", words(), problems));
    if let (Some(kind), true, Some(node)) = (kind, has_fields, map.get("kind"))
        && kind != Kind::Table
    {
        let what = format!("a field with `fields` is a table, not {}", kind.in_words());
        problems.add(node.problem("config/kind", what, "remove `kind`, or `fields`"));
    }
    let kind = if has_fields { Kind::Table } else { kind.unwrap_or_default() };
    if kind == Kind::Table && !has_fields {
        problems.add(map.node.problem("config/missing-key", "a table needs `fields`", "the fields of its rows"));
    }
    let Some(node) = map.get("of") else { return (kind, Kind::Text) };
    if kind != Kind::List {
        let what = format!("`of` is for lists, this field is {}", kind.in_words());
        problems.add(node.problem("config/kind", what, "add `kind: list`"));
    }
    let scalars = words().filter(|word| !matches!(word.1, Kind::List | Kind::Table | Kind::Interval));
    (kind, node.word("kind of an item", scalars, problems).unwrap_or_default())
}

fn table(field: &mut Field, map: &Map<'_>, scope: SourceScope<'_>, context: &Context<'_>) {
    let problems = context.problems;
    let Some(node) = map.get("fields") else { return };
    if scope.row.is_some() {
        let at = map.key_text("fields").map_or(node.bytes.clone(), |text| text.bytes.clone());
        let what = "a row of this table cannot hold a table".to_owned();
        problems.add(node.problem_at(at, "config/value", what, "only the rows of `offers` can"));
        return;
    }
    let source = field.source.clone();
    let of_rows = source::rows_of_both(&source, scope);
    if field.is_of_offers() && field.source.when.is_some() {
        let what = "the offers of a product are always there".to_owned();
        context.at_key(map, "when", what, "`where` leaves single offers out");
    }
    // without a source of rows there is one, and it speaks of what is around it
    let is_one_row = map.get("from").is_none();
    let rows = if is_one_row { scope } else { of_rows.unwrap_or(SourceScope { row: Some(&[]), ..scope }) };
    let Some(list) = node.open_map("`fields`", problems) else { return };
    // what is wrong with the names of parts is said already
    let has_parts = map.get("parts").is_some();
    let knows_rows = of_rows.is_some() || field.source.gives.is_none() || has_parts;
    let is_wrong = of_rows.is_none() && !is_one_row;
    // where the rows are not known every name in them would seem wrong
    let quiet = Problems::default();
    let fields = match is_wrong {
        true => load_list(list.pairs(), rows, &context.with(&quiet)),
        false => load_list(list.pairs(), rows, context),
    };
    field.fields = fields;
    if !knows_rows {
        let place = map.get("from").unwrap_or(map.node);
        let what = format!("the rows of `{}` come from no table", field.name);
        problems.add(place.problem("config/value", what, "name a table or a list: attributes, tiers, pictures, …"));
    }
    if is_one_row {
        one_row(field, map, context);
    }
    field.key = key_of(map, field, context);
    let only = map.get("where").and_then(|node| super::formula::condition(node, &rows, problems));
    field.only = only;
    if let Some(node) = map.get("else") {
        field.source.otherwise = sources(field, &scope, context).rows_instead(node);
    }
}

/// What a table of one row cannot have.
fn one_row(field: &Field, map: &Map<'_>, context: &Context<'_>) {
    if map.get("where").is_some() {
        let what = format!("`{}` has one row, made of what its fields come from", field.name);
        context.at_key(map, "where", what, "`when` says when it is there; or name the table of its rows: `from`");
    }
    if field.fields.iter().any(|part| part.kind == Kind::Table) {
        let what = format!("the one row of `{}` cannot hold a table", field.name);
        context.at_key(map, "fields", what, "give that table a field of its own, or name where rows come from: `from`");
    }
}

fn key_of(map: &Map<'_>, field: &Field, context: &Context<'_>) -> Vec<FieldNo> {
    let Some(node) = map.get("key") else { return Vec::new() };
    let numbers = node.one_or_list().iter().filter_map(|item| number(item, &field.fields, context));
    numbers.collect()
}

/// The number of the field that a node names.
pub fn number(node: &Node, fields: &[Field], context: &Context<'_>) -> Option<FieldNo> {
    let name = node.text("a field's name", context.problems)?;
    let found = fields.iter().position(|field| field.name == name);
    if found.is_none() {
        let label = suggestion(name, fields.iter().map(|field| field.name.as_str()), "this file");
        context.problems.add(node.problem("config/unknown-name", format!("there is no field `{name}` here"), label));
    }
    found
}

/// The comparison that a map says, if it fits the field's kind.
pub fn compare(map: &Map<'_>, field: &Field, context: &Context<'_>) -> Option<Compare> {
    let node = map.get("compare")?;
    let words = COMPARE.iter().map(|entry| (entry.0, (entry.1, entry.2)));
    let (compare, fits) = node.word("comparison", words, context.problems)?;
    if fits(field.kind) {
        return Some(compare);
    }
    let fitting: Vec<&str> = COMPARE.iter().filter(|entry| (entry.2)(field.kind)).map(|entry| entry.0).collect();
    let what = format!("`{}` is {}: it cannot be compared so", field.name, field.kind.in_words());
    context.problems.add(node.problem("config/value", what, format!("possible: {}", fitting.join(", "))));
    None
}

fn compared_by_default(field: &Field) -> Compare {
    match field.kind {
        Kind::Text => Compare::Text,
        Kind::Html => Compare::Html,
        kind if kind.is_number() => Compare::Number,
        Kind::List => Compare::Ordered,
        Kind::Table if field.key.is_empty() => Compare::Ordered,
        Kind::Table => Compare::Set,
        Kind::Date | Kind::Time | Kind::Interval => Compare::Instant,
        _ => Compare::Exact,
    }
}
