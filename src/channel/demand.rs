//! What a channel demands of a field and of a listing: the tests of its rules,
//! before they are compiled.

use std::sync::Arc;

use crate::expression::Expression;
use crate::finding::Severity;
use crate::model::Unit;

use super::category_list::CategoryList;
use super::description::FieldNo;
use super::pattern::Pattern;

/// From and to, either open.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// At least.
    pub from: Option<rust_decimal::Decimal>,
    /// At most.
    pub to: Option<rust_decimal::Decimal>,
}

/// A demand on one field.
#[derive(Debug, Clone)]
pub struct Rule {
    /// What is demanded.
    pub test: Test,
    /// The code without the channel: `name-chars`.
    pub code: String,
    /// How bad it is.
    pub severity: Severity,
    /// Speaks the listing's names; where it fails nothing is demanded.
    pub when: Option<Arc<Expression>>,
    /// Only where another field is of these categories.
    pub within: Option<Within>,
    /// Looks at the joined text, not each item.
    pub whole: bool,
    /// Only of amounts in this unit.
    pub unit: Option<Unit>,
    /// What it says for itself.
    pub words: Words,
}

/// What a rule says for itself, instead of what its test would; empty for that.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// What to do.
    pub fix: String,
    /// Why it matters.
    pub why: String,
    /// Wrong → right.
    pub example: String,
    /// Where the fact stands.
    pub source: String,
}

/// What a rule can demand.
#[derive(Debug, Clone)]
pub enum Test {
    /// It is there.
    Need,
    /// So many characters.
    Chars(Range),
    /// So many bytes.
    Bytes(Range),
    /// So many items or rows.
    Items(Range),
    /// A number within.
    Range(Range),
    /// Strictly above a number or a field that is there.
    Above(Limit),
    /// Strictly below.
    Below(Limit),
    /// The whole text matches; anchored at both ends, as [`Test::written`] says without its anchors.
    Pattern(Pattern),
    /// Nothing in the text matches.
    Forbid(Forbidden),
    /// A check that needs more than a pattern.
    Is(Is),
    /// No other listing has it; what is taken away first, and whether case counts.
    Unique {
        /// Taken away before comparing.
        without: Option<Pattern>,
        /// Case aside.
        fold: bool,
    },
    /// The value is a key of that table of the head, by number.
    Declared(FieldNo),
    /// These fields are there too.
    Requires(Vec<FieldNo>),
    /// No two rows have the same in this field of theirs.
    Distinct(FieldNo),
    /// The value is an id or a full path of a list of categories.
    Among(Among),
}

/// A list of categories that a rule speaks of.
#[derive(Debug, Clone)]
pub struct Among {
    /// The setting that names the merchant's file, which is also the list's name.
    pub setting: String,
    /// The list; what the merchant's file says comes to it before the description is compiled.
    pub list: Arc<CategoryList>,
}

/// Where a rule counts: a field's category lies in one of some.
#[derive(Debug, Clone)]
pub struct Within {
    /// The field that says the category.
    pub field: FieldNo,
    /// The list that it is of.
    pub among: Among,
    /// Ids or paths of the outer categories.
    pub under: Vec<String>,
}

impl Test {
    /// What a pattern is put between, so that the whole text must match.
    pub const ANCHORS: (&'static str, &'static str) = ("^(?:", ")$");

    /// A pattern as it stands in the description.
    pub fn written(pattern: &Pattern) -> &str {
        let text = pattern.as_str();
        let inside = text.strip_prefix(Self::ANCHORS.0).and_then(|text| text.strip_suffix(Self::ANCHORS.1));
        inside.unwrap_or(text)
    }
}

/// A number, or a field.
#[derive(Debug, Clone, PartialEq)]
pub enum Limit {
    /// A number.
    Number(rust_decimal::Decimal),
    /// A field of the same list.
    Field(FieldNo),
}

/// What may not occur in a text.
#[derive(Debug, Clone)]
pub enum Forbidden {
    /// A match of this.
    Pattern(Pattern),
    /// Tags or entities.
    Html,
    /// A web address.
    Url,
    /// A text that shouts: more capitals than a name needs.
    Capitals,
}

/// Checks that need more than a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Is {
    /// A GTIN with its check digit, outside of the restricted ranges.
    Gtin,
    /// An https address.
    HttpsUrl,
    /// An address of ASCII only.
    AsciiUrl,
    /// A currency's code.
    Currency,
    /// A country's code.
    Country,
    /// A language's tag.
    Language,
    /// A whole number.
    Integer,
}

/// A demand over several fields of a listing.
#[derive(Debug, Clone)]
pub struct ListingRule {
    /// What is demanded.
    pub test: ListingTest,
    /// The code without the channel.
    pub code: String,
    /// How bad it is.
    pub severity: Severity,
    /// Where it fails nothing is demanded.
    pub when: Option<Arc<Expression>>,
    /// What it says for itself.
    pub words: Words,
}

/// A finding about a shape itself: that it is written at all.
#[derive(Debug, Clone)]
pub struct Advice {
    /// The code without the channel.
    pub code: String,
    /// How bad it is: a warning or a note.
    pub severity: Severity,
    /// Why it is better not written.
    pub why: String,
    /// What to do.
    pub fix: String,
}

/// What a rule over several fields can demand.
#[derive(Debug, Clone)]
pub enum ListingTest {
    /// All of them or none.
    Together(Vec<FieldNo>),
    /// At least one.
    AnyOf(Vec<FieldNo>),
    /// Exactly one.
    OneOf(Vec<FieldNo>),
    /// This holds.
    Assert(Arc<Expression>),
}
