//! Rules on one field: a test beside the field has all defaults, one in `rules` can
//! say its code, severity, condition and texts.

use super::demand::{Demand, Whose, demand};
use super::scope::ListingScope;
use super::{Context, among, formula};
use crate::channel::codes;
use crate::channel::description::{Field, Rule, Words};
use crate::finding::Severity;
use crate::model::{Kind, Unit};
use crate::wire::yaml::{Key, Map, Node, Scalar, Text, key};

/// The tests, as they stand beside a field and in its `rules`.
pub const TESTS: [Key; 15] = [
    key("need", "required or advised"),
    key("chars", "so many characters: 255 (at most), 1..15, 3..; of a list each item"),
    key("bytes", "so many bytes"),
    key("items", "so many items or rows"),
    key("range", "a number within"),
    key("above", "strictly above a number, or a field that is there"),
    key("below", "strictly below"),
    key("pattern", "a regular expression that the whole text matches"),
    key("forbid", "a regular expression that matches nowhere in it; or html, url, capitals"),
    key("is", "gtin, https_url, ascii_url, currency, country, language or integer"),
    key("unique", "true, or {without: REGEX, fold: true}: after taking that away, case aside"),
    key("declared", "the value is a key of this table of the head"),
    key("requires", "these fields are there too"),
    key("distinct", "of a table: no two rows have the same in this field of theirs"),
    key("among", "an id or full path of the list of categories that this setting names"),
];

/// Where a rule on a field counts, by the category of another.
pub const WITHIN: Key = key("within", "only where a field's category lies in some: {field, among, under}");

/// Of which amounts a rule on a quantity speaks.
pub const UNIT: Key = key("unit", "only of amounts in this unit: kg");

/// The list of further rules.
pub const RULES: Key = key("rules", "further rules; of one test only the first that fails speaks");

/// What can stand beside the test in one of `rules`; those of rules over several fields are the same.
pub const MANNERS: [Key; 8] = [
    key("code", "its code, instead of FIELD-TEST"),
    key("severity", "error, warning or note"),
    key("when", "where this fails nothing is demanded; the listing's names"),
    key("whole", "the joined text of a list, not each item"),
    key("fix", "what to do, instead of the test's own advice"),
    key("why", "why it matters"),
    key("example", "wrong → right, for `explain`; else one is made from the test"),
    key("source", "where the fact stands, for `explain`; else the pages of `checked`"),
];

/// The severities by name.
pub const SEVERITIES: [(&str, Severity); 3] =
    [("error", Severity::Error), ("warning", Severity::Warning), ("note", Severity::Note)];

/// Where a list of fields stands.
#[derive(Clone, Copy)]
pub struct Place<'l> {
    /// How the codes of its fields begin.
    pub within: &'l str,
    /// The fields of the document's head.
    pub head: &'l [Field],
    /// Whether they are fields of a listing: only those can be unique.
    pub of_listing: bool,
}

/// Reads the rules of all fields of a list, in the order of the nodes that the fields came from.
pub fn load_list(fields: &mut [Field], pairs: &[(Text, Node)], place: Place<'_>, context: &Context<'_>) {
    let known = fields.to_vec();
    for (field, (name, node)) in fields.iter_mut().zip(pairs) {
        let Scalar::Map(_) = &node.value else { continue };
        let Some(map) = node.open_map("a field", context.problems) else { continue };
        let reader = Reader { field, fields: &known, place, context };
        let (rules, required) = reader.rules(&map, name);
        (field.rules, field.required) = (rules, required);
        let rows = map.get("fields").filter(|_| field.kind == Kind::Table);
        if let Some(Scalar::Map(pairs)) = rows.map(|rows| &rows.value) {
            let within = codes::within(place.within, &field.name);
            let place = Place { within: &within, of_listing: false, ..place };
            load_list(&mut field.fields, pairs, place, context);
        }
    }
}

struct Reader<'f> {
    field: &'f Field,
    fields: &'f [Field],
    place: Place<'f>,
    context: &'f Context<'f>,
}

impl Reader<'_> {
    /// The rules of the field, and whether one of them requires it without a condition.
    fn rules(&self, map: &Map<'_>, name: &Text) -> (Vec<Rule>, bool) {
        let mut rules = Vec::new();
        for (test, node) in tests_of(map) {
            if let Some(demand) = self.demand(&test.text, node) {
                let code = codes::code_of(self.place.within, &name.text, &test.text);
                self.context.code(&code, node, &test.bytes);
                rules.push((demand.required, rule(demand, code)));
            }
        }
        if let Some(list) = map.get(RULES.name).and_then(|node| node.list("`rules`", self.context.problems)) {
            rules.extend(list.iter().filter_map(|node| self.rule(node)));
        }
        let is_always = |rule: &Rule| rule.when.is_none() && rule.within.is_none();
        let required = rules.iter().any(|(required, rule)| *required && is_always(rule));
        (rules.into_iter().map(|rule| rule.1).collect(), required)
    }

    fn demand(&self, test: &str, node: &Node) -> Option<Demand> {
        let whose = Whose { field: self.field, fields: self.fields, place: self.place };
        demand(test, node, &whose, self.context)
    }

    fn rule(&self, node: &Node) -> Option<(bool, Rule)> {
        let problems = self.context.problems;
        let map = node.map("a rule", &[&TESTS[..], &MANNERS, &[WITHIN, UNIT]].concat(), problems)?;
        let tests: Vec<&(Text, Node)> = tests_of(&map).collect();
        let [(name, value)] = tests.as_slice() else {
            let what = format!("a rule has one test, this has {}", tests.len());
            let possible: Vec<&str> = TESTS.iter().map(|test| test.name).collect();
            let bytes = tests.get(1).map_or(node.bytes.clone(), |test| test.0.bytes.clone());
            problems.add(node.problem_at(bytes, "config/value", what, format!("possible: {}", possible.join(", "))));
            return None;
        };
        let demand = self.demand(&name.text, value)?;
        let given = map.get("code").and_then(|node| self.context.given_code(node));
        let code = given.unwrap_or_else(|| codes::code_of(self.place.within, &self.field.name, &name.text));
        let at = map.key_text("code").map_or(&name.bytes, |text| &text.bytes);
        self.context.code(&code, node, at);
        let scope = ListingScope { fields: self.fields, settings: &self.context.settings };
        let required = demand.required;
        let mut rule = rule(demand, code);
        rule.severity = severity_of(&map).unwrap_or(rule.severity);
        rule.when = map.get("when").and_then(|node| formula::condition(node, &scope, problems));
        rule.within = map.get(WITHIN.name).and_then(|node| among::within(node, self.fields, self.context));
        rule.whole = map.get("whole").is_some_and(|node| self.whole(node));
        rule.unit = map.get(UNIT.name).and_then(|node| self.unit(node));
        rule.words = Words::of(&map);
        Some((required, rule))
    }

    /// The unit of the amounts that a rule speaks of.
    fn unit(&self, node: &Node) -> Option<Unit> {
        let text = node.text("`unit`", self.context.problems)?;
        let units = &self.field.spelling.unit;
        let unit = units.iter().find(|unit| unit.as_str() == text).copied();
        if unit.is_none() {
            let what = format!("`{}` is never in `{text}`", self.field.name);
            let names: Vec<&str> = units.iter().map(Unit::as_str).collect();
            let label = match names.as_slice() {
                [] => "a rule for one unit goes with a field that has `unit: [kg, lb]`".to_owned(),
                names => format!("its units: {}", names.join(", ")),
            };
            self.context.problems.add(node.problem("config/value", what, label));
        }
        unit
    }

    fn whole(&self, node: &Node) -> bool {
        let whole = node.flag("`whole`", self.context.problems).unwrap_or(false);
        if whole && self.field.kind != Kind::List {
            let what = format!("`whole` is for lists, `{}` is {}", self.field.name, self.field.kind.in_words());
            self.context.problems.add(node.problem("config/value", what, "remove it"));
        }
        whole
    }
}

fn rule(demand: Demand, code: String) -> Rule {
    let Demand { test, severity, .. } = demand;
    Rule { test, code, severity, when: None, within: None, whole: false, unit: None, words: Words::default() }
}

fn tests_of<'n>(map: &Map<'n>) -> impl Iterator<Item = &'n (Text, Node)> + use<'n> {
    map.pairs().iter().filter(|pair| TESTS.iter().any(|test| test.name == pair.0.text))
}

/// The severity that a map gives.
pub fn severity_of(map: &Map<'_>) -> Option<Severity> {
    map.get("severity").and_then(|node| node.word("severity", SEVERITIES, map.problems()))
}

impl Words {
    /// What a rule says for itself.
    pub fn of(map: &Map<'_>) -> Words {
        let said = |name| words(map, name);
        Words { fix: said("fix"), why: said("why"), example: said("example"), source: said("source") }
    }
}

/// A text for people; empty where none is given.
pub fn words(map: &Map<'_>, name: &str) -> String {
    let text = map.get(name).and_then(|node| node.text(&format!("`{name}`"), map.problems()));
    text.unwrap_or_default().to_owned()
}
