//! One test: what it demands, and whether it is one for this kind of field.

use super::rule::Place;
use super::{Context, among, field, range};
use crate::channel::description::{Field, Forbidden, Is, Limit, Test};
use crate::channel::pattern::Pattern;
use crate::finding::Severity;
use crate::model::{Kind, suggestion};
use crate::wire::yaml::{Key, Map, Node, Scalar, key};

/// What a test demands.
pub struct Demand {
    /// The test.
    pub test: Test,
    /// How bad it is unless the rule says otherwise.
    pub severity: Severity,
    /// Whether the field must be there: `need: required`.
    pub required: bool,
}

/// The field that is tested, and those beside it.
#[derive(Clone, Copy)]
pub struct Whose<'f> {
    /// The field.
    pub field: &'f Field,
    /// All of its list.
    pub fields: &'f [Field],
    /// Where the list stands.
    pub place: Place<'f>,
}

/// The keys of `unique`, where it is more than `true`.
pub const UNIQUE_KEYS: [Key; 2] =
    [key("without", "what is taken away before comparing, a regular expression"), key("fold", "case aside")];

const IS: [(&str, Is); 7] = [
    ("gtin", Is::Gtin),
    ("https_url", Is::HttpsUrl),
    ("ascii_url", Is::AsciiUrl),
    ("currency", Is::Currency),
    ("country", Is::Country),
    ("language", Is::Language),
    ("integer", Is::Integer),
];

/// The test of this name with this value.
pub fn demand(test: &str, node: &Node, whose: &Whose<'_>, context: &Context<'_>) -> Option<Demand> {
    if test == "need" {
        return need(node, context);
    }
    fits(test, node, whose, context)?;
    let problems = context.problems;
    let test = match test {
        "chars" => Test::Chars(range::load(node, "characters", true, problems)?),
        "bytes" => Test::Bytes(range::load(node, "bytes", true, problems)?),
        "items" => Test::Items(range::load(node, "items", true, problems)?),
        "range" => Test::Range(range::load(node, "a number", false, problems)?),
        "above" => Test::Above(limit(node, whose, context)?),
        "below" => Test::Below(limit(node, whose, context)?),
        "pattern" => Test::Pattern(pattern(node, context)?),
        "forbid" => Test::Forbid(forbidden(node, context)?),
        "is" => Test::Is(node.word("test of `is`", IS, problems)?),
        "unique" => unique(node, context)?,
        "declared" => Test::Declared(declared(node, whose, context)?),
        "distinct" => Test::Distinct(distinct(node, whose, context)?),
        "among" => Test::Among(among::list(node, context)?),
        _ => {
            let names = node.one_or_list().iter();
            Test::Requires(names.filter_map(|name| field::number(name, whose.fields, context)).collect())
        }
    };
    Some(Demand { test, severity: Severity::Error, required: false })
}

fn need(node: &Node, context: &Context<'_>) -> Option<Demand> {
    let required = node.word("need", [("required", true), ("advised", false)], context.problems)?;
    let severity = if required { Severity::Error } else { Severity::Warning };
    Some(Demand { test: Test::Need, severity, required })
}

/// Whether the test is one for this field; says for which it is, where it is not.
fn fits(test: &str, node: &Node, whose: &Whose<'_>, context: &Context<'_>) -> Option<()> {
    let field = whose.field;
    let item = if field.kind == Kind::List { field.of } else { field.kind };
    let is_time = matches!(item, Kind::Date | Kind::Time | Kind::Interval);
    let (fits, whom) = match test {
        "pattern" | "forbid" if is_time => (true, ""),
        "chars" | "bytes" | "pattern" | "forbid" => (field::is_text(item), "texts"),
        "distinct" => (field.kind == Kind::Table, "tables"),
        "items" => (matches!(field.kind, Kind::List | Kind::Table), "lists and tables"),
        "range" | "above" | "below" => (item.is_number(), "numbers"),
        "is" if node.is_word("integer") => (field::is_text(item) || item.is_number(), "numbers"),
        "is" => (field::is_text(item), "texts"),
        "unique" => (whose.place.of_listing && !matches!(field.kind, Kind::List | Kind::Table), "fields of a listing"),
        "declared" | "among" => (field::is_text(item), "texts"),
        _ => (true, ""),
    };
    if fits {
        return Some(());
    }
    let what = format!("`{test}` is for {whom}, `{}` is {}", field.name, field.kind.in_words());
    let label = match test {
        "unique" => "rows of a table are told apart by its `key`",
        "range" | "above" | "below" => "add `kind: money`, count, quantity or number",
        _ => "remove it, or give the field another `kind`",
    };
    context.problems.add(node.problem("config/value", what, label));
    None
}

fn limit(node: &Node, whose: &Whose<'_>, context: &Context<'_>) -> Option<Limit> {
    let text = node.text("a limit", context.problems)?;
    if let Ok(number) = text.parse() {
        return Some(Limit::Number(number));
    }
    let number = field::number(node, whose.fields, context)?;
    let other = whose.fields.get(number)?;
    if other.kind.is_number() {
        return Some(Limit::Field(number));
    }
    let what = format!("`{text}` is no limit: it is {}", other.kind.in_words());
    context.problems.add(node.problem("config/value", what, "name a field that holds a number"));
    None
}

/// A pattern for the whole text.
fn pattern(node: &Node, context: &Context<'_>) -> Option<Pattern> {
    let written = regex(node, context)?;
    let (before, behind) = Test::ANCHORS;
    Pattern::new(&format!("{before}{}{behind}", written.as_str())).ok()
}

fn regex(node: &Node, context: &Context<'_>) -> Option<Pattern> {
    let text = node.text("a regular expression", context.problems)?;
    if let Some(known) = context.patterns.borrow().get(text) {
        return Some(known.clone());
    }
    match Pattern::new(text) {
        Ok(pattern) => {
            context.patterns.borrow_mut().insert(text.to_owned(), pattern.clone());
            Some(pattern)
        }
        Err(error) => {
            // the last line of the crate's message is the reason, the ones before draw the place
            let reason = error.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
            context.problems.add(node.problem("config/value", "this is no regular expression", reason));
            None
        }
    }
}

fn forbidden(node: &Node, context: &Context<'_>) -> Option<Forbidden> {
    match node.text("`forbid`", context.problems)? {
        "html" => Some(Forbidden::Html),
        "url" => Some(Forbidden::Url),
        "capitals" => Some(Forbidden::Capitals),
        _ => regex(node, context).map(Forbidden::Pattern),
    }
}

fn unique(node: &Node, context: &Context<'_>) -> Option<Test> {
    if !matches!(node.value, Scalar::Map(_)) {
        let unique = node.flag("`unique`", context.problems)?;
        if !unique {
            let what = "`unique: false` demands nothing";
            context.problems.add(node.problem("config/value", what, "write true, or remove it"));
        }
        return unique.then_some(Test::Unique { without: None, fold: false });
    }
    let map: Map<'_> = node.map("`unique`", &UNIQUE_KEYS, context.problems)?;
    let without = map.get("without").and_then(|node| regex(node, context));
    let fold = map.get("fold").and_then(|node| node.flag("`fold`", context.problems)).unwrap_or(false);
    Some(Test::Unique { without, fold })
}

/// The field of a row that tells rows apart.
fn distinct(node: &Node, whose: &Whose<'_>, context: &Context<'_>) -> Option<usize> {
    field::number(node, &whose.field.fields, context)
}

fn declared(node: &Node, whose: &Whose<'_>, context: &Context<'_>) -> Option<usize> {
    let name = node.text("`declared`", context.problems)?;
    let head = whose.place.head;
    let tables = head.iter().filter(|field| field.kind == Kind::Table && !field.key.is_empty());
    let found = head.iter().position(|field| field.name == name && field.kind == Kind::Table && !field.key.is_empty());
    if found.is_none() {
        let label = suggestion(name, tables.map(|field| field.name.as_str()), "this file");
        let what = format!("the head has no table `{name}` with a `key`");
        context.problems.add(node.problem("config/unknown-name", what, label));
    }
    found
}
