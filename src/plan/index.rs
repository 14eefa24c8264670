//! The desired side as an index: for each record of the master its key, what it
//! means, and its place. The export is streamed against it in any order; nothing else
//! of a catalog is kept.

use hashbrown::HashTable;

use crate::source::{Expected, RecordPlace};

use super::meaning::Meaning;

/// What a record of the master becomes on the channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fate {
    /// A listing.
    #[default]
    Listed,
    /// A condition leaves it out: its number among the channel's conditions.
    Excluded,
    /// It breaks rules: the number of its weightiest code.
    Invalid(u16),
}

/// One record of the master, as a channel sees it.
#[derive(Debug, Clone, Copy, Default)]
pub struct IndexRow {
    /// What its listing means.
    pub meaning: Meaning,
    /// Where its record stands.
    pub place: RecordPlace,
    /// The hash of its SKU, by which a record is known again when it is read once more.
    pub sku: u64,
    /// What becomes of it.
    pub fate: Fate,
    /// Which of several listings of one record or product it is; the number counts from 0.
    pub part: u32,
}

impl IndexRow {
    /// What tells it from all other rows: where its record begins, and which of the record's listings it is.
    pub fn id(&self) -> u64 {
        row_id(self.place.offset, self.part)
    }
}

/// Bits of an id that are a place: no master is longer.
const PLACE_BITS: u32 = 48;

/// The id of a row whose record begins at a place; see [`IndexRow::id`].
pub fn row_id(offset: u64, part: u32) -> u64 {
    offset | u64::from(part) << PLACE_BITS
}

/// The place in an id.
pub fn place_of(id: u64) -> u64 {
    id & ((1 << PLACE_BITS) - 1)
}

/// The number of a row.
pub type RowNo = u32;

/// A record's keys are not there.
const NO_KEY: u64 = 0;

/// All records of the master, as one channel sees them.
#[derive(Debug, Default)]
pub struct Index {
    rows: Vec<IndexRow>,
    /// For each way to match listings: the hash of each row's key, 0 for none.
    keys: Vec<Vec<u64>>,
    tables: Vec<HashTable<RowNo>>,
}

/// Rows that one block of the master gave, before they join the index.
#[derive(Debug, Default)]
pub struct IndexRows {
    rows: Vec<IndexRow>,
    keys: Vec<Vec<u64>>,
}

impl IndexRows {
    /// None yet, for so many ways to match listings.
    pub fn new(ways: usize) -> Self {
        IndexRows { rows: Vec::new(), keys: vec![Vec::new(); ways] }
    }

    /// Adds a row; `key` gives the hash for each way to match.
    pub fn push(&mut self, row: IndexRow, mut key: impl FnMut(usize) -> Option<u64>) {
        self.rows.push(row);
        for (way, keys) in self.keys.iter_mut().enumerate() {
            keys.push(key(way).unwrap_or(NO_KEY));
        }
    }
}

impl Index {
    /// Takes over the rows of the next block. The first tells how much room all will need: growing little by little
    /// would move everything again and again.
    pub fn append(&mut self, mut block: IndexRows, expected: Expected) {
        expected.reserve(&mut self.rows, block.rows.len());
        self.rows.append(&mut block.rows);
        if self.keys.len() < block.keys.len() {
            let room = self.rows.capacity();
            self.keys.resize_with(block.keys.len(), || Vec::with_capacity(room));
        }
        for (ours, mut theirs) in self.keys.iter_mut().zip(block.keys) {
            ours.append(&mut theirs);
        }
    }

    /// Changes what becomes of the listed records for which something holds; gives their numbers.
    pub fn condemn(&mut self, holds: impl Fn(&IndexRow) -> bool, fate: Fate) -> Vec<RowNo> {
        let mut condemned = Vec::new();
        for (number, row) in self.rows.iter_mut().enumerate() {
            if row.fate == Fate::Listed && holds(row) {
                row.fate = fate;
                condemned.extend(RowNo::try_from(number));
            }
        }
        condemned
    }

    /// Builds the tables; rows are found only afterwards.
    pub fn seal(&mut self) {
        self.tables = self.keys.iter().map(|keys| table(keys, &self.rows)).collect();
    }

    /// The row with a key; if several have it, the first that was added and is listed, else the first.
    pub fn find(&self, way: usize, key: u64) -> Option<RowNo> {
        let keys = self.keys.get(way)?;
        let of = |row: &RowNo| keys.get(*row as usize).copied().unwrap_or(NO_KEY);
        self.tables.get(way)?.find(key, |row| of(row) == key).copied()
    }

    /// A row's key for a way to match.
    pub fn key(&self, way: usize, row: RowNo) -> Option<u64> {
        self.keys.get(way)?.get(row as usize).copied().filter(|key| *key != NO_KEY)
    }

    /// A row.
    pub fn row(&self, row: RowNo) -> Option<&IndexRow> {
        self.rows.get(row as usize)
    }

    /// All rows with their numbers, in the order of the master.
    pub fn rows(&self) -> impl Iterator<Item = (RowNo, &IndexRow)> {
        self.rows.iter().enumerate().map(|(number, row)| (RowNo::try_from(number).unwrap_or(RowNo::MAX), row))
    }

    /// The number of the first row whose record begins at a place or behind it.
    pub fn first_at(&self, offset: u64) -> usize {
        self.rows.partition_point(|row| row.place.offset < offset)
    }

    /// How many ways there are to match.
    pub fn ways(&self) -> usize {
        self.keys.len()
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

fn table(keys: &[u64], rows: &[IndexRow]) -> HashTable<RowNo> {
    let is_listed = |row: RowNo| rows.get(row as usize).is_some_and(|row| row.fate == Fate::Listed);
    let of = |row: &RowNo| keys.get(*row as usize).copied().unwrap_or(NO_KEY);
    let mut table = HashTable::with_capacity(keys.len());
    for (number, key) in keys.iter().enumerate() {
        let Ok(number) = RowNo::try_from(number) else { break };
        if *key == NO_KEY {
            continue;
        }
        match table.find_mut(*key, |row| of(row) == *key) {
            None => {
                table.insert_unique(*key, number, of);
            }
            // what does not go must not hide what goes
            Some(row) if !is_listed(*row) && is_listed(number) => *row = number,
            Some(_) => {}
        }
    }
    table
}
