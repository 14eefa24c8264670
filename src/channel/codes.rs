//! Codes of a channel's findings: how they are named, and all of them with their
//! texts, so that `explain` and the run know every one before the first offer.

use super::description::{Description, Field, Rule, Words};
use super::texts::{Among, Texts};
use super::unasked::Unasked;
use crate::finding::{Code, Severity};
use crate::model::Kind;

/// What stands before a head field's name in its codes.
pub const HEAD: &str = "head-";

/// The code of a test on a field, without the channel: `price-old-above`; `within` is the beginning
/// that its list gives: nothing, `head-`, `param-`.
pub fn code_of(within: &str, field: &str, test: &str) -> String {
    format!("{within}{}-{test}", field.replace('_', "-"))
}

/// The beginning of the codes of a table's own fields.
pub fn within(within: &str, table: &str) -> String {
    format!("{within}{}-", table.replace('_', "-"))
}

/// All codes of a channel, `rozetka/name-chars` and the like, in the order of the description.
pub fn all(description: &Description) -> Vec<Code> {
    let mut codes = Collector { description, codes: Vec::new() };
    codes.of_fields(&description.head, HEAD, "head.");
    codes.of_fields(&description.fields, "", "");
    for rule in &description.rules {
        let texts = Texts::of_listing_rule(rule, &description.fields);
        codes.add("", rule.code.clone(), rule.severity, texts, &rule.words.source);
    }
    for (shape, advice) in description.shapes.iter().filter_map(|shape| Some((shape, shape.advice.as_ref()?))) {
        codes.add("", advice.code.clone(), advice.severity, Texts::of_advice(advice, &shape.name), "");
    }
    codes.codes
}

struct Collector<'d> {
    description: &'d Description,
    codes: Vec<Code>,
}

impl Collector<'_> {
    /// `path` is the beginning of the fields' names: `head.`, `param.`.
    fn of_fields(&mut self, fields: &[Field], within: &str, path: &str) {
        for field in fields {
            let name = format!("{path}{}", field.name);
            for rule in &field.rules {
                let texts = Texts::of_rule(rule, field, &Among { fields, head: &self.description.head });
                self.add(&name, rule.code.clone(), rule.severity, texts, &rule.words.source);
            }
            for unasked in Unasked::of_field(field, self.description) {
                let texts = unasked.texts_of(field, &self.description.currencies);
                self.add(&name, code_of(within, &field.name, unasked.name()), unasked.severity(), texts, "");
            }
            if field.kind == Kind::Table {
                self.of_fields(&field.fields, &super::codes::within(within, &field.name), &format!("{name}."));
            }
        }
    }

    /// The page that a rule names, else all that the description was made from; and when they were read.
    fn source(&self, named: &str) -> String {
        let pages = self.description.checked_at.join("; ");
        match self.description.checked_on.as_str() {
            _ if !named.is_empty() => named.to_owned(),
            "" => pages,
            day => format!("{pages}; read {day}"),
        }
    }

    fn add(&mut self, field: &str, code: String, severity: Severity, texts: Texts, source: &str) {
        self.codes.push(Code {
            id: format!("{}/{code}", self.description.id),
            severity,
            what: texts.what,
            why: texts.why,
            example: texts.example,
            fix: texts.fix,
            source: self.source(source),
            field: field.to_owned(),
        });
    }
}

/// The texts of a rule, those that it gives itself before those of its test.
pub fn own_or(rule: &Rule, texts: Texts) -> Texts {
    let or = |own: &str, test: String| if own.is_empty() { test } else { own.to_owned() };
    let Words { fix, why, example, .. } = &rule.words;
    Texts { why: or(why, texts.why), fix: or(fix, texts.fix), example: or(example, texts.example), ..texts }
}
