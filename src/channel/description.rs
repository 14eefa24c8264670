//! A channel as data: what it means by each field, and how a kind of document
//! spells them. This is a description after reading and before compiling; names
//! are resolved to numbers within the description, expressions are parsed and typed.

use std::sync::Arc;

use jiff::tz::TimeZone;
use rust_decimal::prelude::ToPrimitive;

use crate::expression::{Expression, Type};
use crate::model::{Kind, Unit};
use crate::wire::yaml::Document;

use super::category_list::CategoryList;
pub use super::shape::{Gather, Row, Shape, Wire};
pub use super::table_form::{BETWEEN_ITEMS, BETWEEN_PARTS, Lines, TableForm};

pub use super::demand::{
    Advice, Among, Forbidden, Is, Limit, ListingRule, ListingTest, Range, Rule, Test, Within, Words,
};

/// The number of a field in its list: [`Description::fields`], [`Description::head`] or a table's own.
pub type FieldNo = usize;

/// A channel.
#[derive(Debug, Clone)]
pub struct Description {
    /// The document it was read from, for messages.
    pub document: Arc<Document>,
    /// Its name in configs, codes and on the command line.
    pub id: String,
    /// Its name for people.
    pub title: String,
    /// When its facts were last read, `2026-11-21`.
    pub checked_on: String,
    /// Where they were read.
    pub checked_at: Vec<String>,
    /// What a listing stands for.
    pub listing: ListingOf,
    /// The setting for each of whose rows an offer has a listing of its own.
    pub per: Option<String>,
    /// Where it fails there is no listing: of an offer, or of an offer and a row of `per`.
    pub exists: Option<Arc<Expression>>,
    /// Further documents of the channel, each described like a channel of its own, by name.
    pub documents: Vec<(String, Description)>,
    /// How listings are matched: the first of these that both sides have; each one field or several together.
    pub key: Vec<Vec<FieldNo>>,
    /// Fields of the document.
    pub head: Vec<Field>,
    /// Fields of a listing.
    pub fields: Vec<Field>,
    /// Rules over several fields.
    pub rules: Vec<ListingRule>,
    /// How documents of this channel are spelled; the first is written unless the config names another.
    pub shapes: Vec<Shape>,
    /// What the merchant is asked for.
    pub settings: Vec<Setting>,
    /// Tables that the merchant supplies.
    pub lookups: Vec<LookupTable>,
    /// The currencies that the channel takes; empty where it takes any.
    pub currencies: Vec<String>,
    /// It takes the shop's own currency and no other.
    pub takes_shop_currency: bool,
    /// What becomes of a listing that is missing from the feed.
    pub absent: Absent,
    /// After how many seconds an unchanged feed is written anew.
    pub refresh: Option<u64>,
    /// Price limits of the channel's own: new ÷ old outside of the range holds the listing.
    pub quarantine: Vec<(FieldNo, Range)>,
    /// Reading an export back as a master: offer field ← source over the listing's names.
    pub back: Vec<(String, Source)>,
    /// The same over the names of a row, where the rows of a listing are offers.
    pub back_of_rows: Vec<(String, Source)>,
}

/// What a listing stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ListingOf {
    /// One offer.
    #[default]
    Offer,
    /// A product: all offers of one group, or one offer without a group.
    Product,
    /// Each product of two offers or more, and each offer.
    Both,
}

/// What becomes of a listing that is missing from the feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absent {
    /// Taken off sale; its page stays.
    Withdrawn,
    /// Removed.
    Deleted,
    /// Nothing: it stays as it is.
    Kept,
    /// Not known.
    Unknown,
}

/// A setting that the merchant is asked for.
#[derive(Debug, Clone)]
pub struct Setting {
    /// Its name: `settings.NAME` in sources.
    pub name: String,
    /// What it holds; a table is a map whose rows are `key` and `value`.
    pub kind: Kind,
    /// Whether it must be given.
    pub required: bool,
    /// What holds where it is not given.
    pub default: Option<String>,
    /// It names a file of categories; with what is in their list before the file is read.
    pub list: Option<Arc<CategoryList>>,
    /// For people.
    pub about: String,
}

/// A table that the merchant supplies under `lookups:`.
#[derive(Debug, Clone)]
pub struct LookupTable {
    /// Its name.
    pub name: String,
    /// Names of the offer, or of the row of a table, that a line is found by; also its columns.
    pub by: Vec<String>,
    /// The columns that it gives.
    pub gives: Vec<String>,
}

/// One field: what it means, where it comes from, what the channel demands.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name, which is also its code's name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// What the items of a list are.
    pub of: Kind,
    /// Where its value comes from; `None` where nothing says so (a field that is only read).
    pub source: Source,
    /// Rows of a table for which this fails are not there. Speaks the row's names and the offer's.
    pub only: Option<Arc<Expression>>,
    /// The fields of a table's rows; empty for other kinds.
    pub fields: Vec<Field>,
    /// The row fields that a table's rows are matched by; the first that is there counts. Empty: in order.
    pub key: Vec<FieldNo>,
    /// How it is spelled wherever a shape does not say otherwise.
    pub spelling: Spelling,
    /// What the channel demands of it.
    pub rules: Vec<Rule>,
    /// How two values are compared.
    pub compare: Compare,
    /// In no comparison and no digest: it changes with the clock.
    pub volatile: bool,
    /// In an export that is somebody's master a variant has from its product what it does not say.
    pub inherits: bool,
    /// Whether it is required without a condition: a table's row that lacks it is not written.
    pub required: bool,
    /// For people.
    pub about: String,
}

/// Where a value comes from.
#[derive(Debug, Clone, Default)]
pub struct Source {
    /// What it is.
    pub from: From,
    /// What comes of it before it becomes the field's kind; `None` where nothing says where it comes from.
    /// A list whose field is a plain text gives its only item; of several, which is meant cannot be known.
    pub gives: Option<Type>,
    /// Where this fails, the field is empty.
    pub when: Option<Arc<Expression>>,
    /// What it is when the source is not there.
    pub otherwise: Option<Otherwise>,
    /// The end of an interval that begins with `from`.
    pub to: Option<Box<Source>>,
    /// The table whose rows come behind those of `from`.
    pub and: Option<Box<Source>>,
    /// Of a table whose rows stand in a text: what the parts of a row are called, in their order. Empty for all others.
    pub parts: Vec<String>,
}

/// The heart of a source.
#[derive(Debug, Clone, Default)]
pub enum From {
    /// Nothing says where it comes from.
    #[default]
    Nothing,
    /// A name, or an amount or condition to compute.
    Expression(Arc<Expression>),
    /// Texts and names joined; there only if every part is.
    Template(Vec<Part>),
    /// The first that is there.
    FirstOf(Vec<Source>),
    /// A constant.
    Constant(String),
    /// One cell of a lookup table: table and column, by number.
    Lookup {
        /// Number in [`Description::lookups`].
        table: usize,
        /// Number in its `gives`.
        column: usize,
    },
}

/// What stands in for a source that is not there.
#[derive(Debug, Clone)]
pub enum Otherwise {
    /// A text.
    Text(String),
    /// A table's rows: sub-field name and text.
    Rows(Vec<Vec<(String, String)>>),
}

/// A part of a template.
#[derive(Debug, Clone)]
pub enum Part {
    /// As it stands.
    Text(String),
    /// The value of a name.
    Name(Arc<Expression>),
}

impl Part {
    /// The names that it speaks of.
    fn names(&self) -> Vec<&str> {
        match self {
            Part::Text(_) => Vec::new(),
            Part::Name(expression) => expression.names().into_iter().map(|used| used.name).collect(),
        }
    }
}

/// How values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compare {
    /// To the letter.
    Exact,
    /// Trimmed, line ends alike.
    Text,
    /// As markup: what a browser shows.
    Html,
    /// As numbers, units converted.
    Number,
    /// As instants, however they are spelled.
    Instant,
    /// In any order; rows by the table's key.
    Set,
    /// In order.
    Ordered,
    /// Only how many there are.
    Count,
    /// As it is, where both sides have one.
    Said,
    /// Not at all.
    Not,
}

/// What a field's spelling may say; a shape's row overrides what it names.
#[derive(Debug, Clone, Default)]
pub struct Spelling {
    /// Our word (`yes` and `no` for a flag) → the channel's; empty where any word goes.
    pub values: Vec<(String, String)>,
    /// Our word → our word, before `values`.
    pub fold: Vec<(String, String)>,
    /// Further words of theirs → ours, when reading.
    pub also: Vec<(String, String)>,
    /// A value equal to it is not written; nothing written means it.
    pub default: Option<String>,
    /// How an empty value stands.
    pub empty: Option<EmptyAs>,
    /// A word in a number's place by which nothing is said.
    pub unsaid: Option<String>,
    /// Exactly so many places.
    pub decimals: Option<u32>,
    /// The units that are written: the first unless the value's own is among them.
    pub unit: Vec<Unit>,
    /// A unit's name → the channel's word for it, where units stand in a place of their own.
    pub units: Vec<(String, String)>,
    /// `{number} {unit}`.
    pub spell: Option<String>,
    /// What stands before a text in the document, and not in the catalog.
    pub before: Option<String>,
    /// A date's or time's format by strftime.
    pub format: Option<String>,
    /// The zone of times that name none: no key, but the config's.
    pub zone: Option<TimeZone>,
    /// A list in one node, joined by this.
    pub join: Option<String>,
    /// A mark at which one node is several items of a list, when reading.
    pub divide: Option<String>,
    /// The mark before a separator inside an item.
    pub escape: Option<String>,
    /// How it stands in the document.
    pub form: Option<Form>,
}

/// How an empty value stands in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EmptyAs {
    /// Not at all.
    Omit,
    /// JSON null.
    Null,
    /// As this text.
    Text(String),
}

/// How a value stands in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// XML: in a CDATA section.
    CData,
    /// XML: as escaped text.
    Text,
    /// JSON: in quotes.
    String,
    /// JSON: bare.
    Number,
}

impl Description {
    /// Whether amounts have to know their currency: it stands beside them, or the channel takes some only and no field
    /// tells which it is. Otherwise 31.25 dollars would be sold for 31.25 hryvnias.
    pub fn amounts_have_currencies(&self) -> bool {
        let tells = |field: &Field| field.source.as_name() == Some("currency");
        let takes_some = self.takes_shop_currency || !self.currencies.is_empty();
        let is_silent = takes_some && !self.fields.iter().any(tells);
        is_silent || self.shapes.iter().any(Shape::writes_units)
    }
}

impl Field {
    /// Whether it is the table of a product's offers.
    pub fn is_of_offers(&self) -> bool {
        self.source.as_name() == Some(super::names::OFFERS)
    }

    /// Whether it is a table without a source, whose one row is made of what its parts come from.
    pub fn is_one_row(&self) -> bool {
        let is_fed = |part: &Field| !matches!(part.source.from, From::Nothing);
        self.kind == Kind::Table && matches!(self.source.from, From::Nothing) && self.fields.iter().any(is_fed)
    }

    /// How many rows or items it has at most, where a rule says so.
    pub fn most_rows(&self) -> Option<usize> {
        let most = |rule: &Rule| match &rule.test {
            Test::Items(range) if rule.when.is_none() => range.to?.to_usize(),
            _ => None,
        };
        self.rules.iter().find_map(most)
    }

    /// Whether it is a product's field that each of its offers says, so that they can disagree. Where each has a listing
    /// of its own beside the product's, only words are asked for: texts and pictures are a variant's own as a rule.
    pub fn is_of_first_offer(&self, listing: ListingOf) -> bool {
        let is_asked = match listing {
            ListingOf::Offer => false,
            ListingOf::Product => true,
            ListingOf::Both => matches!(self.kind, Kind::Choice | Kind::Flag),
        };
        let names = || self.source.names().into_iter();
        let is_of_product = |name: &str| name.starts_with("group") || name == "sku";
        is_asked && !self.is_of_offers() && names().next().is_some() && !names().any(is_of_product)
    }
}

impl Source {
    /// All names that it speaks of, conditions aside.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = match &self.from {
            From::Expression(expression) => expression.names().into_iter().map(|used| used.name).collect(),
            From::Template(parts) => parts.iter().flat_map(Part::names).collect(),
            From::FirstOf(members) => members.iter().flat_map(Source::names).collect(),
            From::Nothing | From::Constant(_) | From::Lookup { .. } => Vec::new(),
        };
        names.extend(self.and.iter().flat_map(|and| and.names()));
        names
    }

    /// The name that it is, where it is a name and nothing else.
    pub fn as_name(&self) -> Option<&str> {
        match &self.from {
            From::Expression(expression) => expression.as_name(),
            _ => None,
        }
    }
}

impl Spelling {
    /// Whether it says that the unit stands beside the amount.
    pub fn writes_unit(&self) -> bool {
        self.spell.as_deref().is_some_and(|spell| spell.contains("{unit}"))
    }
}
