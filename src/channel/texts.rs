//! What a rule says in plain words, with its figures; `fix` and `why` of a
//! description replace what stands here.

use rust_decimal::Decimal;

use super::codes::own_or;
use super::description::{Advice, Field, FieldNo, Forbidden, Is, Limit, ListingRule, ListingTest, Range, Rule, Test};
use super::examples;
use crate::model::{Kind, Unit};

/// The texts of one code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts {
    /// What is wrong, as the headline of a finding.
    pub what: String,
    /// Why it matters; may be empty.
    pub why: String,
    /// What to do.
    pub fix: String,
    /// Wrong → right; may be empty.
    pub example: String,
}

/// The fields beside the one that is spoken of.
#[derive(Clone, Copy)]
pub struct Among<'d> {
    /// Those of the same list.
    pub fields: &'d [Field],
    /// Those of the document's head.
    pub head: &'d [Field],
}

impl Texts {
    fn new(what: String, why: &str, fix: String) -> Texts {
        Texts { what, why: why.into(), fix, example: String::new() }
    }

    /// Those of a rule on a field.
    pub fn of_rule(rule: &Rule, field: &Field, among: &Among<'_>) -> Texts {
        let whole = rule.whole && field.kind == Kind::List;
        let whose = match field.kind {
            Kind::List if !whole => format!("an item of `{}`", field.name),
            Kind::List => format!("`{}`, all items joined,", field.name),
            _ => format!("`{}`", field.name),
        };
        let texts = of_test(&rule.test, field, &whose, among);
        let in_unit = |unit: &Unit| format!("{} {}", texts.what, unit.as_str());
        let example = examples::of_test(&rule.test, field, among);
        own_or(rule, Texts { what: rule.unit.as_ref().map_or_else(|| texts.what.clone(), in_unit), example, ..texts })
    }

    /// Those of an advice on a shape.
    pub fn of_advice(advice: &Advice, shape: &str) -> Texts {
        let what = format!("the shape `{shape}` is better not written");
        let example = format!("shape: {shape}  →  no `shape` in the config");
        Texts { what, why: advice.why.clone(), fix: advice.fix.clone(), example }
    }

    /// Those of a rule over several fields.
    pub fn of_listing_rule(rule: &ListingRule, fields: &[Field]) -> Texts {
        let names = |numbers: &[FieldNo]| names_of(numbers, fields, ", ");
        let (what, fix) = match &rule.test {
            ListingTest::Together(list) => {
                (format!("{} stand together or not at all", names(list)), "give all of them, or none".into())
            }
            ListingTest::AnyOf(list) => (format!("none of {} is there", names(list)), "give one of them".into()),
            ListingTest::OneOf(list) => (format!("exactly one of {} is to be there", names(list)), "keep one".into()),
            // a reason says more to a person than the condition
            ListingTest::Assert(_) if !rule.words.why.is_empty() => {
                (rule.words.why.trim_end_matches('.').to_owned(), String::new())
            }
            ListingTest::Assert(holds) => (format!("`{}` does not hold", holds.text), String::new()),
        };
        let or = |own: &str, else_: String| if own.is_empty() { else_ } else { own.to_owned() };
        let why = match &rule.test {
            ListingTest::Together(_) => "One of them without the others says only half of it.",
            ListingTest::AnyOf(_) => "Without any of them the channel cannot tell what it needs to know.",
            ListingTest::OneOf(_) => "Of two that say different things nobody knows which one counts.",
            ListingTest::Assert(_) => "The two contradict each other: which one the channel believes cannot be known.",
        };
        Texts {
            what,
            why: or(&rule.words.why, why.to_owned()),
            fix: or(&rule.words.fix, fix),
            example: or(&rule.words.example, examples::of_listing_test(&rule.test, fields)),
        }
    }
}

fn of_test(test: &Test, field: &Field, whose: &str, among: &Among<'_>) -> Texts {
    let name = format!("`{}`", field.name);
    match test {
        Test::Need => Texts::new(format!("{name} is missing"), "The channel asks for it.", given(field, &name)),
        Test::Chars(range) => {
            let why = "The channel refuses longer texts, or cuts them.";
            let short = "A text as short as that tells nobody what it should; the channel asks for more.";
            length(range, whose, "characters", if range.to.is_some() { why } else { short })
        }
        Test::Bytes(range) => length(range, whose, "bytes", "The channel counts bytes; a Cyrillic letter has two."),
        Test::Items(range) => items(range, field),
        Test::Range(range) => {
            let fix = format!("give a number {}", in_words(range));
            let why = "The channel takes no other number: it refuses the value or passes over it.";
            Texts::new(format!("{whose} is not {}", in_words(range)), why, fix)
        }
        Test::Above(limit) => order(&name, limit, "above", "higher", among),
        Test::Below(limit) => order(&name, limit, "below", "lower", among),
        Test::Pattern(pattern) => {
            let written = Test::written(pattern);
            let fix = format!("write it so that all of it matches `{written}`");
            let why = "What has another form the channel cannot read: it refuses the value or passes over it.";
            Texts::new(format!("{whose} is not of the form that the channel takes"), why, fix)
        }
        Test::Forbid(forbidden) => forbid(forbidden, whose),
        Test::Is(is) => of_is(*is, whose),
        Test::Unique { .. } => Texts::new(
            format!("the same {name} stands in more than one listing"),
            "The channel tells listings apart by it.",
            "add what differs, or remove the one that is out of date".into(),
        ),
        Test::Declared(table) => {
            let table = among.head.get(*table).map_or("", |table| &table.name);
            Texts::new(
                format!("{name} is not among the `{table}` at the head of the document"),
                "The channel knows only those that are declared there.",
                format!("declare it in `{table}`, or use one that is declared"),
            )
        }
        Test::Distinct(number) => {
            let inner = field.fields.get(*number).map_or("", |inner| &inner.name);
            let fix = format!("give each row another `{inner}`");
            let why = "The channel tells the rows apart by it.";
            Texts::new(format!("two rows of {name} have the same `{inner}`"), why, fix)
        }
        Test::Requires(numbers) => {
            let others = names_of(numbers, among.fields, " and ");
            let why = "The channel takes it only together with them.";
            Texts::new(format!("{name} stands without {others}"), why, format!("give {others} too"))
        }
        Test::Among(among) => Texts::new(
            format!("{whose} is no category of the channel's list"),
            "The channel passes over a category that it does not have.",
            format!("write an id or a full path of `{}`", among.setting),
        ),
    }
}

/// How to give what is missing. Categories are no field of an offer: they come from a tree.
fn given(field: &Field, name: &str) -> String {
    match field.source.as_name() {
        Some("categories") => {
            "name a file of them in the config, `master: {categories: FILE}`, or map a column to `category_path`".into()
        }
        _ => format!("give {name}"),
    }
}

fn length(range: &Range, whose: &str, of: &str, why: &str) -> Texts {
    let (what, fix) = match (range.from, range.to) {
        (None, Some(most)) => (format!("{whose} is longer than {most} {of}"), format!("shorten it to {most} {of}")),
        (Some(least), None) => (format!("{whose} is shorter than {least} {of}"), format!("write at least {least}")),
        _ => (format!("{whose} has not {} {of}", in_words(range)), format!("write {} {of}", in_words(range))),
    };
    Texts::new(what, why, fix)
}

fn items(range: &Range, field: &Field) -> Texts {
    let of = if field.kind == Kind::Table { "rows" } else { "items" };
    let name = format!("`{}`", field.name);
    let (what, fix) = match (range.from, range.to) {
        (None, Some(most)) => (format!("{name} has more than {most} {of}"), format!("keep the best {most}")),
        (Some(least), None) => (format!("{name} has fewer than {least} {of}"), format!("give at least {least}")),
        _ => (format!("{name} has not {} {of}", in_words(range)), format!("give {} {of}", in_words(range))),
    };
    let why = match range.to {
        Some(_) => "The channel passes over what is beyond that, or refuses the listing.",
        None => "The channel asks for so many.",
    };
    Texts::new(what, why, fix)
}

fn order(name: &str, limit: &Limit, side: &str, comparative: &str, among: &Among<'_>) -> Texts {
    let is_field = matches!(limit, Limit::Field(_));
    let limit = match limit {
        Limit::Number(number) => number.to_string(),
        Limit::Field(field) => among.fields.get(*field).map_or_else(String::new, |field| format!("`{}`", field.name)),
    };
    let fix = format!("make it {comparative} than {limit}, or leave it out");
    let why = match is_field {
        true => "The two say something only together: the other way round they contradict each other.",
        false => "The channel takes no such amount: it refuses the value or passes over it.",
    };
    Texts::new(format!("{name} is not {side} {limit}"), why, fix)
}

fn forbid(forbidden: &Forbidden, whose: &str) -> Texts {
    let (what, fix) = match forbidden {
        Forbidden::Pattern(pattern) => {
            let fix = format!("remove what matches `{}`", pattern.as_str());
            let why = "The channel refuses a value with it, or reads it as something else.";
            return Texts::new(format!("{whose} holds what the channel does not allow"), why, fix);
        }
        Forbidden::Html => ("holds markup", "write plain text"),
        Forbidden::Url => ("holds a web address", "remove the address"),
        Forbidden::Capitals => ("is written in capitals", "write it as in a sentence"),
    };
    Texts::new(format!("{whose} {what}"), "The channel does not allow it.", fix.into())
}

fn of_is(is: Is, whose: &str) -> Texts {
    let (what, fix, why) = match is {
        Is::Gtin => (
            "is no valid GTIN",
            "copy it from the package, or leave it out",
            "The last digit is computed from the others: a wrong number is another product's, or nobody's.",
        ),
        Is::HttpsUrl => (
            "is no https address",
            "write an address that begins with https://",
            "The channel opens no page and fetches no picture without https.",
        ),
        Is::AsciiUrl => (
            "is no address in ASCII",
            "write the whole address, and percent-encode other letters",
            "Programs that fetch addresses part at letters beyond ASCII and at blanks: nothing is found there.",
        ),
        Is::Currency => (
            "is no currency's code",
            "write the ISO 4217 code",
            "The channel knows currencies by their codes only, and a price without one is none.",
        ),
        Is::Country => {
            ("is no country's code", "write the ISO 3166 code", "The channel knows countries by their codes only.")
        }
        Is::Language => (
            "is no language's tag",
            "write the BCP 47 tag",
            "The channel knows languages by their tags only; a country's code is another language's tag.",
        ),
        Is::Integer => (
            "is no whole number",
            "write a whole number",
            "The channel takes whole numbers only: it refuses a fraction or cuts it off.",
        ),
    };
    Texts::new(format!("{whose} {what}"), why, fix.into())
}

/// `1 to 15`, `0 or more`, `at most 255`, `1`.
fn in_words(range: &Range) -> String {
    match (range.from, range.to) {
        (Some(from), Some(to)) if from == to => from.to_string(),
        (Some(from), Some(to)) => format!("{from} to {to}"),
        (Some(from), None) => format!("{from} or more"),
        (None, to) => format!("at most {}", to.unwrap_or(Decimal::ZERO)),
    }
}

fn names_of(numbers: &[FieldNo], fields: &[Field], between: &str) -> String {
    let names = numbers.iter().filter_map(|number| fields.get(*number)).map(|field| format!("`{}`", field.name));
    names.collect::<Vec<_>>().join(between)
}
