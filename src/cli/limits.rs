//! What a channel wants of one field, in the few words that fit into a table.

use crate::channel::description::{
    Field, FieldNo, Forbidden, From, Is, Limit, LookupTable, Otherwise, Part, Range, Rule, Source, Test, Within,
};
use crate::finding::Severity;

/// Longer patterns say nothing to anybody, and those with flags little.
const LONGEST_PATTERN: usize = 24;

/// A field among its brothers.
#[derive(Clone, Copy)]
pub(super) struct Words<'d> {
    pub field: &'d Field,
    /// The fields of the same list.
    pub among: &'d [Field],
    /// The fields of the document.
    pub head: &'d [Field],
    /// The tables that the merchant supplies.
    pub lookups: &'d [LookupTable],
}

impl Words<'_> {
    /// `required`, `advised`, with its condition.
    pub fn need(&self) -> String {
        let needs = self.field.rules.iter().filter(|rule| matches!(rule.test, Test::Need));
        let words = needs.map(|rule| {
            let word = if rule.severity == Severity::Error { "required" } else { "advised" };
            self.with_condition(word.to_owned(), rule)
        });
        words.collect::<Vec<_>>().join("; ")
    }

    /// Where its value comes from.
    pub fn from(&self) -> String {
        self.source(&self.field.source)
    }

    /// What limits it.
    pub fn limit(&self) -> String {
        let rules = self.field.rules.iter().filter(|rule| !matches!(rule.test, Test::Need));
        let words = rules.map(|rule| {
            let word = self.test(rule);
            let mild = if rule.severity == Severity::Error { "" } else { " (advised)" };
            self.with_condition(format!("{word}{mild}"), rule)
        });
        let word = |pair: &(String, String)| if pair.1.is_empty() { "\"\"".to_owned() } else { pair.1.clone() };
        let choices = self.field.spelling.values.iter().map(word).collect::<Vec<_>>();
        let choices = (!choices.is_empty()).then(|| format!("one of {}", choices.join(" | ")));
        let unwritten = self.field.spelling.default.as_ref().map(|text| format!("not written: {text}"));
        words.chain(choices).chain(unwritten).collect::<Vec<_>>().join(", ")
    }

    fn source(&self, source: &Source) -> String {
        let from = match &source.from {
            From::Nothing => String::new(),
            From::Expression(expression) => expression.text.clone(),
            From::Template(parts) => parts.iter().map(part).collect(),
            From::FirstOf(sources) => {
                sources.iter().map(|source| self.source(source)).collect::<Vec<_>>().join(", else ")
            }
            From::Constant(text) => format!("«{text}»"),
            From::Lookup { table, column } => self.lookup(*table, *column),
        };
        let from = match source.parts.as_slice() {
            [] => from,
            parts => format!("{from}({})", parts.join(":")),
        };
        let and = source.and.as_ref().map(|and| format!(" and {}", self.source(and)));
        let to = source.to.as_ref().map(|to| format!(" to {}", self.source(to)));
        let when = source.when.as_ref().map(|when| format!(" when {}", when.text));
        let otherwise = source.otherwise.as_ref().map(otherwise);
        [Some(from), and, to, when, otherwise].into_iter().flatten().collect()
    }

    fn lookup(&self, table: usize, column: usize) -> String {
        let Some(table) = self.lookups.get(table) else { return String::new() };
        format!("lookup {}.{}", table.name, table.gives.get(column).map_or("", String::as_str))
    }

    fn test(&self, rule: &Rule) -> String {
        let in_all = if rule.whole { " in all" } else { "" };
        match &rule.test {
            Test::Need => String::new(),
            Test::Chars(range) => format!("{} characters{in_all}", figures(range)),
            Test::Bytes(range) => format!("{} bytes{in_all}", figures(range)),
            Test::Items(range) => format!("{} of them", figures(range)),
            Test::Range(range) => {
                rule.unit.map_or_else(|| figures(range), |unit| format!("{} {}", figures(range), unit.as_str()))
            }
            Test::Above(limit) => format!("above {}", self.bound(limit)),
            Test::Below(limit) => format!("below {}", self.bound(limit)),
            Test::Pattern(pattern) => {
                in_own_words("all of it like", Test::written(pattern), [&rule.words.fix, &rule.words.why], rule)
            }
            Test::Forbid(Forbidden::Pattern(pattern)) if pattern.as_str() == "." => "to be left out".into(),
            Test::Forbid(Forbidden::Pattern(pattern)) => {
                in_own_words("nothing like", pattern.as_str(), [&rule.words.why, &rule.words.fix], rule)
            }
            Test::Forbid(Forbidden::Html) => "no markup".into(),
            Test::Forbid(Forbidden::Url) => "no address".into(),
            Test::Forbid(Forbidden::Capitals) => "not in capitals".into(),
            Test::Is(is) => is_in_words(*is).to_owned(),
            Test::Unique { without: None, .. } => "unique".into(),
            Test::Unique { without: Some(without), .. } => {
                format!("unique without {}", pattern_or_code(without.as_str(), rule))
            }
            Test::Declared(number) => format!("declared in {}", name_of(*number, self.head)),
            Test::Distinct(number) => {
                let inner = self.field.fields.get(*number).map_or("", |inner| inner.name.as_str());
                format!("no two with one {inner}")
            }
            Test::Requires(numbers) => {
                let names = numbers.iter().map(|number| name_of(*number, self.among));
                format!("with {}", names.collect::<Vec<_>>().join(" and "))
            }
            Test::Among(among) => format!("an id or path of {}", among.setting),
        }
    }

    fn with_condition(&self, word: String, rule: &Rule) -> String {
        let within =
            |within: &Within| format!("{} is within {}", name_of(within.field, self.among), within.under.join(" or "));
        let conditions = [rule.when.as_ref().map(|when| when.text.clone()), rule.within.as_ref().map(within)];
        let conditions: Vec<String> = conditions.into_iter().flatten().collect();
        if conditions.is_empty() { word } else { format!("{word} when {}", conditions.join(", and ")) }
    }

    fn bound(&self, limit: &Limit) -> String {
        match limit {
            Limit::Number(number) => number.to_string(),
            Limit::Field(number) => name_of(*number, self.among).to_owned(),
        }
    }
}

/// What stands in where the source is not there.
fn otherwise(otherwise: &Otherwise) -> String {
    let row = |cells: &Vec<(String, String)>| {
        let cells = cells.iter().map(|(name, text)| format!("{name} «{text}»"));
        cells.collect::<Vec<_>>().join(", ")
    };
    match otherwise {
        Otherwise::Text(text) => format!(", else «{text}»"),
        Otherwise::Rows(rows) => format!(", else {}", rows.iter().map(row).collect::<Vec<_>>().join("; ")),
    }
}

fn part(part: &Part) -> String {
    match part {
        Part::Text(text) => text.clone(),
        Part::Name(name) => format!("{{{{ {} }}}}", name.text.trim()),
    }
}

fn name_of(number: FieldNo, fields: &[Field]) -> &str {
    fields.get(number).map_or("", |field| &field.name)
}

/// `at most 255`, `1 to 15`, `at least 1`.
fn figures(range: &Range) -> String {
    match (range.from, range.to) {
        (Some(from), Some(to)) if from == to => format!("exactly {from}"),
        (Some(from), Some(to)) => format!("{from} to {to}"),
        (Some(from), None) => format!("at least {from}"),
        (None, Some(to)) => format!("at most {to}"),
        (None, None) => "any".into(),
    }
}

/// A short pattern as it is; another by what the description says of it in words, where it says anything.
fn in_own_words(like: &str, pattern: &str, said: [&String; 2], rule: &Rule) -> String {
    let is_plain = pattern.chars().count() <= LONGEST_PATTERN && !pattern.contains("(?");
    let said = said.into_iter().map(|words| words.trim_end_matches('.')).find(|words| !words.is_empty());
    match said.filter(|_| !is_plain) {
        Some(words) => as_a_part(words),
        None => format!("{like} {}", pattern_or_code(pattern, rule)),
    }
}

/// A sentence as a part of another: an article at its beginning is written small.
fn as_a_part(sentence: &str) -> String {
    let article = ["A ", "An ", "The "].into_iter().find(|article| sentence.starts_with(article));
    article.map_or_else(|| sentence.to_owned(), |article| sentence.replacen(article, &article.to_lowercase(), 1))
}

/// A short pattern as it is; a long one by the code of its rule.
fn pattern_or_code<'r>(pattern: &'r str, rule: &'r Rule) -> &'r str {
    if pattern.chars().count() <= LONGEST_PATTERN { pattern } else { &rule.code }
}

fn is_in_words(is: Is) -> &'static str {
    match is {
        Is::Gtin => "a valid GTIN",
        Is::HttpsUrl => "an https address",
        Is::AsciiUrl => "an address in ASCII",
        Is::Currency => "a currency's code",
        Is::Country => "a country's code",
        Is::Language => "a language's tag",
        Is::Integer => "a whole number",
    }
}
