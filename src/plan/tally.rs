//! All listings of an export together: which records were met, what changes, and the
//! sums that guards ask for. Blocks are taken over in their order, so that the first of
//! two equal keys is the first of the document on any number of threads.

use super::changes::Changes;
use super::diff::Met;
use super::index::{Fate, Index, RowNo};
use hashbrown::{HashMap, HashSet};

/// What one block of an export gave.
#[derive(Debug, Default)]
pub struct BlockMet {
    /// Each listing: where it begins, and what became of it.
    pub met: Vec<(u64, Met)>,
    /// Listings without a key.
    pub keyless: u64,
    /// Listings and pieces by category, for the guards.
    pub categories: HashMap<String, u64>,
    /// Offers in these listings: of a product each variant.
    pub offers: u64,
    /// Offers that are in stock or available now.
    pub in_stock: u64,
    /// Listings by the currency of their price.
    pub currencies: Vec<(String, u64)>,
    /// Listings that stay and have one of the fields that nobody says, for each of them.
    pub unsaid: Vec<u64>,
}

impl BlockMet {
    /// Counts a listing with this currency. Nearly all of a feed have one, so a search finds it first.
    pub fn count_currency(&mut self, currency: &str) {
        match self.currencies.iter_mut().find(|one| one.0 == currency) {
            Some(one) => one.1 += 1,
            None => self.currencies.push((currency.to_owned(), 1)),
        }
    }
}

/// A listing whose key another listing had before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Twice {
    /// Of a record of the master.
    Row(RowNo),
    /// Of none; the key.
    Unknown(String),
}

/// The whole export.
#[derive(Debug, Default)]
pub struct Tally {
    seen: Vec<u64>,
    /// Keys of listings that no record has.
    unknown: HashSet<String>,
    /// Listings read.
    pub existing: u64,
    /// Listings without a key, or with one that another had before.
    pub odd: u64,
    /// Listings that are as they should be.
    pub same: u64,
    /// Invalid records whose existing listing is kept.
    pub kept: Vec<RowNo>,
    /// Listings whose key another listing had before, by their places.
    pub twice: Vec<(u64, Twice)>,
    /// Everything that changes.
    pub changes: Changes,
    /// Listings to be created that nobody asked to name.
    pub only_counted: u64,
    /// Existing listings by category.
    pub categories: HashMap<String, u64>,
    /// Existing offers: of a product each variant.
    pub offers: u64,
    /// Existing offers that are in stock or available.
    pub in_stock: u64,
    /// Existing listings by the currency of their price.
    pub currencies: HashMap<String, u64>,
    /// Existing listings that stay and have one of the fields that nobody says, for each of them.
    pub unsaid: Vec<u64>,
}

impl Tally {
    /// For an index of so many rows.
    pub fn new(rows: usize) -> Self {
        Tally { seen: vec![0; rows.div_ceil(64)], ..Tally::default() }
    }

    /// Takes over the next block.
    pub fn take(&mut self, block: BlockMet) {
        for (category, count) in block.categories {
            *self.categories.entry(category).or_default() += count;
        }
        for (currency, count) in block.currencies {
            *self.currencies.entry(currency).or_default() += count;
        }
        self.unsaid.resize(self.unsaid.len().max(block.unsaid.len()), 0);
        self.unsaid.iter_mut().zip(block.unsaid).for_each(|(sum, count)| *sum += count);
        self.in_stock += block.in_stock;
        self.offers += block.offers;
        self.existing += block.keyless;
        self.odd += block.keyless;
        for (offset, met) in block.met {
            self.existing += 1;
            if let Some(twice) = self.seen_before(&met) {
                self.twice.push((offset, twice));
                self.odd += 1;
                continue;
            }
            match met {
                Met::Same(_) => self.same += 1,
                Met::Kept(row) => {
                    self.same += 1;
                    self.kept.push(row);
                }
                Met::Changed(_, change) | Met::Gone(_, change) => self.changes.push(change),
            }
        }
    }

    /// Rows that should be listed and were not met, in the order of the master.
    pub fn unseen<'i>(&'i self, index: &'i Index) -> impl Iterator<Item = RowNo> + 'i {
        index
            .rows()
            .filter(|(number, row)| row.fate == Fate::Listed && !self.was_seen(*number))
            .map(|(number, _)| number)
    }

    /// Notes what was met; what of it had been met already.
    fn seen_before(&mut self, met: &Met) -> Option<Twice> {
        match met {
            Met::Same(row) | Met::Kept(row) | Met::Changed(row, _) | Met::Gone(Some(row), _) => {
                (!self.see(*row)).then_some(Twice::Row(*row))
            }
            Met::Gone(None, change) if self.unknown.contains(&change.key) => Some(Twice::Unknown(change.key.clone())),
            Met::Gone(None, change) => {
                self.unknown.insert(change.key.clone());
                None
            }
        }
    }

    /// Marks a row as met; `false` where it was already.
    fn see(&mut self, row: RowNo) -> bool {
        let bit = 1_u64 << (row % 64);
        let Some(word) = self.seen.get_mut(row as usize / 64) else { return false };
        let new = *word & bit == 0;
        *word |= bit;
        new
    }

    fn was_seen(&self, row: RowNo) -> bool {
        self.seen.get(row as usize / 64).is_some_and(|word| word & (1 << (row % 64)) != 0)
    }
}
