//! What the cells of a column are like, whatever it is called.

use hashbrown::HashSet;
use rust_decimal::Decimal;

use crate::model::{Marks, Unit, amount, gtin};
use crate::source::is_word_of;

/// The cells of a column.
#[derive(Debug, Clone)]
pub(super) struct Values<'c> {
    /// All cells, blank ones too.
    pub(super) cells: &'c [String],
    /// Those that are not blank.
    pub(super) filled: Vec<&'c str>,
    marks: Marks,
}

impl<'c> Values<'c> {
    pub(super) fn of(cells: &'c [String], marks: Marks) -> Self {
        Values { cells, filled: cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect(), marks }
    }

    pub(super) fn is_blank(&self) -> bool {
        self.filled.is_empty()
    }

    /// Whether something stands in every row.
    pub(super) fn is_complete(&self) -> bool {
        !self.is_blank() && self.filled.len() == self.cells.len()
    }

    /// How many cells are blank or say what another one says.
    pub(super) fn unfit_for_a_key(&self) -> usize {
        let distinct: HashSet<&str> = self.filled.iter().copied().collect();
        self.cells.len() - distinct.len()
    }

    /// What keeps it from being a key, with the first value that does; nothing does where all differ.
    pub(super) fn why_no_key(&self) -> String {
        let (mut seen, mut twice) = (HashSet::new(), Vec::new());
        for cell in &self.filled {
            if !seen.insert(*cell) && !twice.contains(cell) {
                twice.push(*cell);
            }
        }
        let equal = twice.first().map(|first| match twice.len() - 1 {
            0 => format!("«{first}» stands more than once"),
            1 => format!("«{first}» and another one stand more than once"),
            more => format!("«{first}» and {more} others stand more than once"),
        });
        let blank = match self.cells.len() - self.filled.len() {
            0 => None,
            1 => Some("1 cell is blank".to_owned()),
            some => Some(format!("{some} cells are blank")),
        };
        equal.into_iter().chain(blank).collect::<Vec<_>>().join(", ")
    }

    /// Whether something holds of nearly all cells that are not blank.
    pub(super) fn mostly(&self, holds: impl Fn(&str) -> bool) -> bool {
        let count = self.filled.iter().filter(|cell| holds(cell)).count();
        !self.is_blank() && count * 10 >= self.filled.len() * 9
    }

    /// Whether something holds of any cell.
    pub(super) fn any(&self, holds: impl Fn(&str) -> bool) -> bool {
        self.filled.iter().any(|cell| holds(cell))
    }

    /// The amount of each row, where one stands there.
    pub(super) fn amounts(&self) -> Vec<Option<Decimal>> {
        self.cells.iter().map(|cell| self.amount(cell)).collect()
    }

    fn amount(&self, cell: &str) -> Option<Decimal> {
        match amount::read(cell, self.marks) {
            Ok(amount) => Some(amount.value),
            // which of the two it is does not matter for telling columns apart
            Err(amount::NotAnAmount::Ambiguous { decimal, .. }) => Some(decimal),
            Err(_) => None,
        }
    }

    pub(super) fn are_amounts(&self) -> bool {
        self.mostly(|cell| self.amount(cell).is_some())
    }

    /// How many cells hold no amount that can be read, and the first of them.
    pub(super) fn unread(&self) -> Option<(usize, &'c str)> {
        let mut unread = self.filled.iter().copied().filter(|cell| self.amount(cell).is_none());
        let first = unread.next()?;
        Some((unread.count() + 1, first))
    }

    /// Whether they are amounts, and some are written with decimals, as `1450,00` is.
    pub(super) fn have_fractions(&self) -> bool {
        self.are_amounts() && self.any(|cell| self.amount(cell).is_some_and(|amount| amount.scale() > 0))
    }

    pub(super) fn are_counts(&self) -> bool {
        self.mostly(|cell| self.amount(cell).is_some_and(|amount| amount.fract().is_zero()))
    }

    /// Whether they only count the rows.
    pub(super) fn are_row_numbers(&self) -> bool {
        (1..).zip(&self.filled).all(|(number, cell): (usize, _)| cell.parse() == Ok(number))
    }

    pub(super) fn are_gtins(&self) -> bool {
        self.mostly(|cell| matches!(cell.len(), 8 | 12..=14) && cell.bytes().all(|byte| byte.is_ascii_digit()))
    }

    /// How many are GTINs to the last digit.
    pub(super) fn good_gtins(&self) -> usize {
        self.filled.iter().filter(|cell| gtin::check(cell).is_ok()).count()
    }

    pub(super) fn are_addresses(&self) -> bool {
        self.mostly(|cell| cell.starts_with("http://") || cell.starts_with("https://") || cell.starts_with("//"))
    }

    pub(super) fn are_pictures(&self) -> bool {
        let endings = [".jpg", ".jpeg", ".png", ".webp", ".gif"];
        self.are_addresses() && self.mostly(|cell| endings.iter().any(|ending| cell.to_lowercase().contains(ending)))
    }

    /// Whether they are words of a field that is a choice.
    pub(super) fn are_words_of(&self, field: &str) -> bool {
        self.mostly(|cell| is_word_of(field, cell))
    }

    /// The currencies that stand beside the numbers, each once.
    pub(super) fn units(&self) -> Vec<Unit> {
        let mut units: Vec<Unit> = Vec::new();
        for unit in self.filled.iter().filter_map(|cell| amount::read(cell, self.marks).ok()).map(|amount| amount.unit)
        {
            if unit != Unit::NONE && !units.contains(&unit) {
                units.push(unit);
            }
        }
        units
    }

    /// The first of these that stands between several parts of a cell, in most cells that have any.
    pub(super) fn split_by(&self, candidates: &[&'static str]) -> Option<&'static str> {
        let count = |between: &&&'static str| self.filled.iter().filter(|cell| cell.contains(**between)).count();
        candidates.iter().filter(|between| count(between) > 0).max_by_key(count).copied()
    }
}
