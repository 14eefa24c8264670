//! All columns together: every column is at most one field, every field comes from at most one column, and what is
//! surer goes first.

use hashbrown::HashSet;

use crate::model::{DecimalStyle, Marks};
use crate::source::Looked;

use super::column::{Column, decimal, without_totals};
use super::language::Tally;
use super::properties::{Property, properties};
use super::publish::{Published, published};
use super::unused::unused;
use super::{Certainty, currency, fields, key, prices, publish, stock};

/// Fields whose texts are in some language.
pub(super) const TEXTS: [&str; 5] = ["title", "description", "short_description", "group_title", "keywords"];

/// A column that may be a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Claim {
    pub(super) column: usize,
    pub(super) field: String,
    pub(super) certainty: Certainty,
    pub(super) why: String,
    /// What a person should look at; empty where nothing speaks against it.
    pub(super) check: String,
    /// It is written down, and not taken.
    pub(super) is_left_out: bool,
    /// Of equally sure claims to a field the one of the highest rank holds.
    pub(super) rank: usize,
    /// Further keys of the mapping: `split`, `unit`, `pair`.
    pub(super) more: Vec<(&'static str, String)>,
}

impl Claim {
    pub(super) fn new(column: usize, field: impl Into<String>, certainty: Certainty, why: impl Into<String>) -> Claim {
        let (field, why, check) = (field.into(), why.into(), String::new());
        Claim { column, field, certainty, why, check, is_left_out: false, rank: 0, more: Vec::new() }
    }

    /// The same, marked for a person to look at.
    pub(super) fn marked(self, check: impl Into<String>) -> Claim {
        Claim { check: check.into(), ..self }
    }

    /// The same, written down and not taken.
    pub(super) fn left_out(self, check: impl Into<String>) -> Claim {
        Claim { is_left_out: true, ..self.marked(check) }
    }

    /// The same, not surer than this.
    pub(super) fn at_most(self, certainty: Certainty, check: impl Into<String>) -> Claim {
        Claim { certainty: self.certainty.min(certainty), ..self.marked(check) }
    }

    pub(super) fn with(mut self, key: &'static str, value: impl Into<String>) -> Claim {
        self.more.push((key, value.into()));
        self
    }
}

/// A column of the master and what it was taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapped {
    /// The name by which the config maps it.
    pub column: String,
    /// The field; empty where it is not used.
    pub field: String,
    /// How sure that is.
    pub certainty: Certainty,
    /// Why.
    pub why: String,
    /// What a person should look at; empty where nothing speaks against it.
    pub check: String,
    /// It is written into the config behind a `#`.
    pub is_left_out: bool,
    /// Further keys of the mapping.
    pub more: Vec<(&'static str, String)>,
    /// Its first values, each once, and the share of rows in which it is blank.
    pub first: Vec<String>,
    /// Of a hundred rows, in how many it is blank.
    pub blank: usize,
}

/// What is proposed for a master.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// Its columns, in the order of the file.
    pub columns: Vec<Mapped>,
    /// Those of them that are properties of the goods.
    pub properties: Vec<Property>,
    /// The shop's language, and what there is to check about it.
    pub language: (String, String),
    /// The shop's currency, and what there is to check about it.
    pub currency: (String, String),
    /// What stands before the decimals of its numbers, where they prove it.
    pub decimal: Option<DecimalStyle>,
    /// Which offers the merchant means to sell, where a column says it.
    pub published: Option<Published>,
}

/// Proposes a mapping. `in_exports` are the texts that stand in what channels gave out, where that is at hand: keys among
/// them are those that the channels know.
pub fn propose(looked: &Looked, in_exports: &HashSet<String>) -> Proposal {
    let style = decimal(looked.columns.iter());
    let marks = style.map_or(Marks::Unknown, Marks::Seen);
    let offers = without_totals(&looked.columns);
    let columns: Vec<Column<'_>> = offers.iter().map(|column| Column::of(column, marks)).collect();
    let mut claims: Vec<Claim> = key::claim(&columns, in_exports).into_iter().collect();
    claims.extend(prices::claims(&columns));
    claims.extend(stock::claims(&columns));
    claims.extend(publish::claim(&columns));
    claims.extend((0..columns.len()).filter_map(|number| fields::by_name(number, &columns)));
    claims.extend(columns.iter().enumerate().filter_map(|(number, column)| fields::by_values(number, column)));
    // the order in which they were made breaks ties
    claims.sort_by_key(|claim| (claim.is_left_out, std::cmp::Reverse((claim.certainty, claim.rank))));
    let chosen = settled(claims, &columns);
    let language = language(&chosen, &columns);
    Proposal {
        currency: currency::of_columns(&chosen, &columns, &language.0),
        columns: columns.iter().enumerate().map(|(number, column)| mapped(number, column, &chosen, &columns)).collect(),
        properties: properties(&chosen, &columns, &language.0),
        language,
        published: published(&chosen, &columns),
        // other columns' habits do not decide what a price means
        decimal: chosen.iter().find(|claim| claim.field == "price").and_then(|price| {
            style.filter(|_| looked.columns.get(price.column).is_some_and(|price| decimal([price]) == style))
        }),
    }
}

/// Of claims to one column or one field the first holds; the key and the price go before all else.
fn settled(claims: Vec<Claim>, columns: &[Column<'_>]) -> Vec<Claim> {
    let is_first = |claim: &Claim| matches!(claim.field.as_str(), "sku" | "price") && !claim.is_left_out;
    let (first, others): (Vec<Claim>, Vec<Claim>) = claims.into_iter().partition(is_first);
    let mut chosen: Vec<Claim> = Vec::new();
    for mut claim in first.into_iter().chain(others) {
        if columns.get(claim.column).is_none_or(|column| column.looked.keys.is_none()) {
            claim.field = in_language(&claim, columns);
        }
        // a text without a language is in the shop's, and so may be another one
        let base = |field: &str| TEXTS.iter().find(|text| field.split('.').next() == Some(*text)).copied();
        let is_same = |other: &Claim| {
            let is_bare = TEXTS.contains(&claim.field.as_str()) || TEXTS.contains(&other.field.as_str());
            other.field == claim.field
                || (is_bare && base(&other.field).is_some() && base(&other.field) == base(&claim.field))
        };
        let is_taken = |other: &Claim| other.column == claim.column || (is_same(other) && !claim.is_left_out);
        if !chosen.iter().any(is_taken) {
            chosen.push(claim);
        }
    }
    chosen
}

/// The field with the language of its texts, where they show one.
fn in_language(claim: &Claim, columns: &[Column<'_>]) -> String {
    let Some(column) = columns.get(claim.column).filter(|_| TEXTS.contains(&claim.field.as_str())) else {
        return claim.field.clone();
    };
    let seen = Tally::of(column.values.filled.iter().copied()).most();
    match (column.heading.language, seen) {
        // the header is believed where the letters do not say the contrary
        (Some(said), Some((seen, false))) if seen != said && seen != "en" => format!("{}.{seen}", claim.field),
        (Some(said), _) => format!("{}.{said}", claim.field),
        (None, Some((seen, _))) => format!("{}.{seen}", claim.field),
        (None, None) => claim.field.clone(),
    }
}

fn mapped(number: usize, column: &Column<'_>, chosen: &[Claim], columns: &[Column<'_>]) -> Mapped {
    let claim = chosen.iter().find(|claim| claim.column == number).cloned();
    let claim = claim.unwrap_or_else(|| Claim::new(number, "", Certainty::Guess, unused(column, chosen, columns)));
    let mut first: Vec<String> = Vec::new();
    for cell in &column.values.filled {
        if first.len() < 3 && !first.iter().any(|other| other == cell) {
            first.push((*cell).to_owned());
        }
    }
    let rows = column.values.cells.len().max(1);
    let Claim { field, certainty, why, check, is_left_out, more, .. } = claim;
    let blank = (rows - column.values.filled.len().min(rows)) * 100 / rows;
    Mapped { column: column.looked.name.clone(), field, certainty, why, check, is_left_out, more, first, blank }
}

/// The language of most titles.
fn language(chosen: &[Claim], columns: &[Column<'_>]) -> (String, String) {
    let titles = chosen.iter().filter(|claim| claim.field == "title" || claim.field.starts_with("title."));
    let texts = || {
        titles
            .clone()
            .filter_map(|claim| columns.get(claim.column))
            .flat_map(|column| column.values.filled.iter().copied())
    };
    let said: Vec<&str> = titles.clone().filter_map(|claim| claim.field.strip_prefix("title.")).collect();
    let seen = Tally::of(texts()).most();
    let all = ["uk", "kk", "ru", "en"];
    let preferred = all.into_iter().find(|language| said.contains(language));
    match (preferred, seen) {
        (Some(language), _) => (language.to_owned(), String::new()),
        (None, Some((language, _))) => (language.to_owned(), String::new()),
        (None, None) => ("uk".to_owned(), "the letters of the titles do not tell the language".to_owned()),
    }
}
