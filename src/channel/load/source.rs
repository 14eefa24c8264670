//! Where a field's value comes from: a name, an expression, a template, the first of
//! several, a constant or a lookup.

use rust_decimal::Decimal;

use super::formula;
use super::scope::SourceScope;
use crate::channel::description::{BETWEEN_PARTS, Field, From, LookupTable, Otherwise, Part, Source};
use crate::expression::{Scope, Type};
use crate::model::{Kind, suggestion};
use crate::wire::yaml::{Key, Map, Node, Problems, Scalar, key};

/// The keys of a source that stand beside a field.
pub const KEYS: [Key; 8] = [
    key("from", "a name, an expression, a template \"{{ name }}, {{ unit }}\", or a list: the first that is there"),
    key("when", "where this fails, the field is empty"),
    key("value", "a constant"),
    key("lookup", "TABLE.COLUMN: one cell of a table that the merchant supplies"),
    key("else", "what it is when the source is not there; for a table: its rows"),
    key("to", "the end of an interval that begins with `from`"),
    key("and", "of a table: another, whose rows come behind; one whose `key` is there already takes that place"),
    key("parts", "of a table whose rows stand in a text, `a:b,c:d`: the names of their parts in order, `one:two`"),
];

/// The keys of one of several sources.
const MEMBER_KEYS: [Key; 4] = [KEYS[0], KEYS[1], KEYS[2], KEYS[3]];

/// Reads the sources of one field.
pub struct Sources<'l> {
    /// What they may speak of.
    pub scope: &'l dyn Scope,
    /// The tables that the merchant supplies.
    pub lookups: &'l [LookupTable],
    /// The field's kind; the items' kind does not matter here.
    pub kind: Kind,
    /// The sub-fields of a table, for `else`.
    pub fields: &'l [Field],
    /// Where problems go.
    pub problems: &'l Problems,
}

impl Sources<'_> {
    /// The source that the keys of a field say.
    pub fn of_map(&self, map: &Map<'_>) -> Source {
        let parts = map.get("parts").map(|node| self.parts(node, map));
        // what rows stand in is a text
        let kind = if parts.is_some() && self.kind == Kind::Table { Kind::Text } else { self.kind };
        let mut source = Sources { kind, ..*self }.heart(map);
        source.parts = parts.unwrap_or_default();
        source.otherwise = map.get("else").and_then(|node| self.otherwise(node));
        if let Some(node) = map.get("to") {
            source.to = self.end(node);
        } else if self.kind == Kind::Interval && !matches!(source.from, From::Nothing) {
            self.problems.add(map.node.problem("config/missing-key", "an interval needs `to`", "where it ends"));
        }
        source.and = map.get("and").and_then(|node| self.rows_behind(node));
        source
    }

    /// The source that a node says by itself: `vendor: brand`.
    pub fn of_node(&self, node: &Node) -> Source {
        let (from, gives) = self.from(node).unwrap_or_default();
        Source { from, gives, ..Source::default() }
    }

    fn heart(&self, map: &Map<'_>) -> Source {
        let said: Vec<&str> = ["from", "value", "lookup"].into_iter().filter(|name| map.get(name).is_some()).collect();
        if let [first, second, ..] = said.as_slice() {
            let place = map.key_text(second).map_or(0..0, |text| text.bytes.clone());
            let what = format!("`{second}` and `{first}` both say where the value comes from");
            self.problems.add(map.node.problem_at(place, "config/value", what, "keep one of them"));
        }
        let found = if let Some(node) = map.get("from") {
            self.from(node)
        } else if let Some(node) = map.get("value") {
            self.constant(node)
        } else {
            map.get("lookup").and_then(|node| self.lookup(node))
        };
        let (from, gives) = found.unwrap_or_default();
        let when = map.get("when").and_then(|node| formula::condition(node, self.scope, self.problems));
        Source { from, gives, when, ..Source::default() }
    }

    fn from(&self, node: &Node) -> Option<(From, Option<Type>)> {
        match &node.value {
            Scalar::List(items) => self.first_of(node, items),
            Scalar::Text(text) if text.text.contains("{{") => self.template(node, &text.text),
            Scalar::Map(_) => {
                let map = node.map("a source", &MEMBER_KEYS, self.problems)?;
                let source = self.heart(&map);
                let gives = source.gives;
                Some((From::FirstOf(vec![source]), gives))
            }
            Scalar::Text(_) => {
                let (expression, found) = formula::value(node, self.scope, self.problems)?;
                self.fits(node, found).then_some((From::Expression(expression), Some(found)))
            }
        }
    }

    fn first_of(&self, node: &Node, items: &[Node]) -> Option<(From, Option<Type>)> {
        let sources: Vec<Source> = items.iter().map(|item| self.member(item)).collect();
        let gives = sources.iter().find_map(|source| source.gives);
        if items.is_empty() {
            self.problems.add(node.problem("config/value", "the list of sources is empty", "name at least one"));
        }
        Some((From::FirstOf(sources), gives))
    }

    fn member(&self, node: &Node) -> Source {
        match &node.value {
            Scalar::Map(_) => {
                let map = node.map("a source", &MEMBER_KEYS, self.problems);
                map.map(|map| self.heart(&map)).unwrap_or_default()
            }
            Scalar::List(_) => {
                let what = "a list of sources in a list of sources";
                self.problems.add(node.problem("config/value", what, "write them one after another"));
                Source::default()
            }
            Scalar::Text(_) => self.of_node(node),
        }
    }

    fn template(&self, node: &Node, text: &str) -> Option<(From, Option<Type>)> {
        let mut parts = Vec::new();
        let mut at = 0;
        while let Some(open) = text.get(at..).and_then(|rest| rest.find("{{")).map(|found| at + found) {
            let Some(close) = text.get(open..).and_then(|rest| rest.find("}}")).map(|found| open + found) else {
                let label = "put `}}` behind the name";
                self.problems.add(node.problem_inside(open..text.len(), "config/value", "`{{` is never closed", label));
                return None;
            };
            if let Some(before) = text.get(at..open).filter(|before| !before.is_empty()) {
                parts.push(Part::Text(before.to_owned()));
            }
            let inside = text.get(open + 2..close).unwrap_or("");
            let name = formula::part(node, open + 2, inside, self.scope, self.problems)?;
            parts.push(Part::Name(name));
            at = close + 2;
        }
        if let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            parts.push(Part::Text(rest.to_owned()));
        }
        self.fits(node, Type::Text).then_some((From::Template(parts), Some(Type::Text)))
    }

    fn constant(&self, node: &Node) -> Option<(From, Option<Type>)> {
        let text = node.text("`value`", self.problems)?;
        let fits = match self.kind {
            Kind::Flag => matches!(text, "yes" | "no"),
            Kind::Table => false,
            kind => !kind.is_number() || text.parse::<Decimal>().is_ok(),
        };
        if !fits {
            let wanted = match self.kind {
                Kind::Flag => "yes or no is expected here",
                Kind::Table => "rows come from a name",
                _ => "a number is expected here",
            };
            let what = format!("`{text}` is not {}", self.kind.in_words());
            self.problems.add(node.problem("config/value", what, wanted));
            return None;
        }
        Some((From::Constant(text.to_owned()), Some(Type::Text)))
    }

    fn lookup(&self, node: &Node) -> Option<(From, Option<Type>)> {
        let text = node.text("`lookup`", self.problems)?;
        let (name, column) = text.split_once('.').unwrap_or((text, ""));
        let refuse = |bytes, what: String, label: String| {
            self.problems.add(node.problem_inside(bytes, "config/unknown-name", what, label));
            None
        };
        let names = self.lookups.iter().map(|table| table.name.as_str());
        let Some(table) = self.lookups.iter().position(|table| table.name == name) else {
            return refuse(
                0..name.len(),
                format!("`lookups` has no table `{name}`"),
                suggestion(name, names, "this file"),
            );
        };
        let found = self.lookups.get(table)?;
        let Some(number) = found.gives.iter().position(|given| given == column) else {
            let bytes = (name.len() + 1).min(text.len())..text.len();
            let label = suggestion(column, found.gives.iter().map(String::as_str), "this file");
            return refuse(bytes, format!("the table `{name}` gives no column `{column}`"), label);
        };
        if let Some(by) = found.by.iter().find(|by| self.scope.kind_of(by).is_none()) {
            let label = suggestion(by, self.scope.possible().iter().map(String::as_str), "docs/fields.md");
            return refuse(0..text.len(), format!("`{name}` is looked up by `{by}`, which is not known here"), label);
        }
        self.fits(node, Type::Text).then_some((From::Lookup { table, column: number }, Some(Type::Text)))
    }

    fn otherwise(&self, node: &Node) -> Option<Otherwise> {
        if self.kind == Kind::Table {
            return None; // its rows are read when their fields are known
        }
        node.text("`else`", self.problems).map(|text| Otherwise::Text(text.to_owned()))
    }

    /// The rows that stand in for a table's source.
    pub fn rows_instead(&self, node: &Node) -> Option<Otherwise> {
        let rows = node.list("`else` of a table", self.problems)?;
        Some(Otherwise::Rows(rows.iter().map(|row| self.row(row)).collect()))
    }

    fn row(&self, node: &Node) -> Vec<(String, String)> {
        let Some(map) = node.open_map("a row", self.problems) else { return Vec::new() };
        let names = || self.fields.iter().map(|field| field.name.as_str());
        let cells = map.pairs().iter().filter_map(|(name, value)| {
            if !names().any(|known| known == name.text) {
                map.unknown("a row", name, names());
            }
            Some((name.text.clone(), value.text("a cell", self.problems)?.to_owned()))
        });
        cells.collect()
    }

    /// The second table of a table's rows.
    fn rows_behind(&self, node: &Node) -> Option<Box<Source>> {
        let label = "name a table, `and: options`; conditions are joined within `when`";
        if self.kind != Kind::Table {
            let what = format!("`and` is for tables, this field is {}", self.kind.in_words());
            self.problems.add(node.problem("config/value", what, label));
            return None;
        }
        let source = self.member(node);
        if source.gives? != Type::Table || source.as_name().is_none() {
            self.problems.add(node.problem("config/value", "rows come behind from a table", label));
            return None;
        }
        Some(Box::new(source))
    }

    /// The names of the parts of rows that stand in a text.
    fn parts(&self, node: &Node, map: &Map<'_>) -> Vec<String> {
        let refuse = |what: String, label: &str| {
            self.problems.add(node.problem("config/value", what, label));
            Vec::new()
        };
        if self.kind != Kind::Table {
            let what = format!("`parts` is for tables, this field is {}", self.kind.in_words());
            return refuse(what, "remove it, or give the field `fields`");
        }
        if map.get("from").is_none() || map.get("and").is_some() {
            let what = "`parts` names the parts of rows that stand in one text".to_owned();
            return refuse(what, "name that text, `from: x.NAME`, and no second table");
        }
        let Some(text) = node.text("`parts`", self.problems) else { return Vec::new() };
        let parts: Vec<String> = text.split(BETWEEN_PARTS).map(|part| part.trim().to_owned()).collect();
        let is_twice = |(number, part): (usize, &String)| parts.iter().take(number).any(|earlier| earlier == part);
        if parts.iter().any(String::is_empty) || parts.iter().enumerate().any(is_twice) {
            let what = format!("`{text}` does not name each part once");
            return refuse(what, "write their names with colons between: country:service:price");
        }
        parts
    }

    fn end(&self, node: &Node) -> Option<Box<Source>> {
        if self.kind != Kind::Interval {
            let what = format!("`to` is for intervals, this field is {}", self.kind.in_words());
            self.problems.add(node.problem("config/value", what, "add `kind: interval`"));
            return None;
        }
        Some(Box::new(self.of_node(node)))
    }

    /// Whether a value of this type can become the field's kind.
    fn fits(&self, node: &Node, found: Type) -> bool {
        let Some(wanted) = mismatch(found, self.kind) else { return true };
        let what = format!("the source is {}, the field is {}", found.in_words(), self.kind.in_words());
        self.problems.add(node.problem("config/kind", what, wanted));
        false
    }
}

/// The words of the rows that a table's source has.
fn rows_of<'l>(from: &From, words: SourceScope<'l>) -> Option<SourceScope<'l>> {
    match from {
        From::Expression(expression) => words.with_rows_of(expression.as_name()?),
        _ => None,
    }
}

/// The same where rows of a second table come behind, or stand in a text.
pub fn rows_of_both<'l>(source: &'l Source, words: SourceScope<'l>) -> Option<SourceScope<'l>> {
    match &source.and {
        _ if !source.parts.is_empty() => Some(SourceScope { row: Some(&[]), parts: &source.parts, ..words }),
        Some(and) => words.with_rows_of_both(source.as_name()?, and.as_name()?),
        None => rows_of(&source.from, words),
    }
}

/// What to do where a value of this type cannot become this kind; `None` where it can.
fn mismatch(found: Type, kind: Kind) -> Option<&'static str> {
    let is_text = matches!(kind, Kind::Text | Kind::Html | Kind::Url | Kind::Choice);
    let is_time = matches!(kind, Kind::Date | Kind::Time | Kind::Interval);
    let fits = match found {
        Type::Text => kind != Kind::Table,
        Type::Number => kind.is_number() || kind == Kind::Text,
        Type::Condition => kind == Kind::Flag,
        Type::Time => is_time,
        Type::List => is_text || matches!(kind, Kind::List | Kind::Table),
        Type::Table => kind == Kind::Table,
    };
    let advice = match found {
        _ if fits => return None,
        Type::Condition => "add `kind: flag`, or `when:` for a condition",
        Type::Time => "add `kind: time`",
        Type::List => "add `kind: list`",
        Type::Table => "add `fields:` for its rows",
        Type::Number => "add `kind: number`, money, count or quantity",
        Type::Text => "rows come from a table or a list",
    };
    Some(advice)
}
