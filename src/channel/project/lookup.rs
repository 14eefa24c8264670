//! Tables that the merchant supplies: a marketplace's codes by category, by
//! category and attribute, by category, attribute and value.

use bumpalo::Bump;
use hashbrown::{HashMap, HashSet};

use crate::model::{Value, category_id};

use super::Projection;
use super::evaluate::{Scope, plain_text};
use super::step::ValueNo;

/// One lookup table, read.
#[derive(Debug, Clone, Default)]
pub struct LookupData {
    lines: HashMap<Vec<String>, Vec<String>>,
    /// All keys without their last part.
    beginnings: HashSet<Vec<String>>,
}

impl LookupData {
    /// Adds a line; the line that was there under the same key, if any.
    pub fn insert(&mut self, key: Vec<String>, cells: Vec<String>) -> Option<Vec<String>> {
        if let Some((_, beginning)) = key.split_last() {
            self.beginnings.insert(beginning.to_vec());
        }
        self.lines.insert(key, cells)
    }

    /// Adds a line under one more key, unless there is one.
    pub fn insert_further(&mut self, key: Vec<String>, cells: Vec<String>) {
        if !self.lines.contains_key(&key) {
            self.insert(key, cells);
        }
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// What a key that is not there gives. A table of values lists those of the attributes that have a list; of an
    /// attribute that it does not know at all it says nothing.
    fn miss<'b>(&self, key: &[&str], arena: &'b Bump) -> Value<'b> {
        let beginning = key.split_last().map(|split| split.1).unwrap_or(&[]);
        match self.beginnings.contains(&Key(beginning)) {
            true => Value::Bad(arena.alloc_str(&key.join(BETWEEN))),
            false => Value::Empty,
        }
    }

    fn cell(&self, key: &[&str], column: usize) -> Option<&str> {
        let cells = self.lines.get(&Key(key))?;
        cells.get(column).map(String::as_str).filter(|cell| !cell.is_empty())
    }
}

/// A borrowed key that hashes as the owned one does.
#[derive(Hash)]
struct Key<'k>(&'k [&'k str]);

impl hashbrown::Equivalent<Vec<String>> for Key<'_> {
    fn equivalent(&self, key: &Vec<String>) -> bool {
        self.0.len() == key.len() && self.0.iter().zip(key).all(|(one, other)| *one == other.as_str())
    }
}

/// A key that is in no line, for people: nobody ever wrote the number that was made of a category's path.
#[cold]
pub(super) fn with_path<'b>(key: &'b str, path: Option<Value<'b>>, arena: &'b Bump) -> &'b str {
    let Some(path) = path.as_ref().and_then(Value::as_text) else { return key };
    let is_made = |part: &str| part == category_id(path);
    let parts: Vec<&str> = key.split(BETWEEN).map(|part| if is_made(part) { path } else { part }).collect();
    arena.alloc_str(&parts.join(BETWEEN))
}

/// What stands between the parts of a key, for people.
const BETWEEN: &str = " / ";

impl Projection {
    /// The cell for some keys; for a list among the keys one cell per item. A key that is not there gives a bad
    /// value that quotes it.
    pub(super) fn look_up<'b>(
        &'b self,
        table: usize,
        by: &[ValueNo],
        column: usize,
        scope: &Scope<'_, 'b>,
        arena: &'b Bump,
    ) -> Value<'b> {
        let Some(data) = self.lookups.get(table) else { return Value::Unsaid };
        let mut key: Vec<&str> = Vec::with_capacity(by.len());
        let mut list: Option<(usize, &[&str])> = None;
        for (position, number) in by.iter().enumerate() {
            match scope.get(*number) {
                Value::Unsaid | Value::Empty => return Value::Empty,
                Value::List(items) if items.len() > 1 => {
                    list = Some((position, items));
                    key.push("");
                }
                value => key.push(plain_text(value, arena).trim()),
            }
        }
        let Some((position, items)) = list else {
            return data.cell(&key, column).map_or_else(|| data.miss(&key, arena), Value::Text);
        };
        let mut cells = bumpalo::collections::Vec::with_capacity_in(items.len(), arena);
        for item in items {
            if let Some(place) = key.get_mut(position) {
                *place = item.trim();
            }
            match data.cell(&key, column) {
                Some(cell) => cells.push(cell),
                // half of the ids would be another value than the merchant's
                None => return data.miss(&key, arena),
            }
        }
        Value::List(cells.into_bump_slice())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(parts: &[&str]) -> Vec<String> {
        parts.iter().map(|part| (*part).to_owned()).collect()
    }

    #[test]
    fn a_miss_speaks_only_where_the_table_knows_the_attribute() {
        let mut data = LookupData::default();
        data.insert(key(&["1", "Колір", "синій"]), key(&["77"]));
        let arena = Bump::new();
        assert_eq!(data.cell(&["1", "Колір", "синій"], 0), Some("77"));
        assert_eq!(data.miss(&["1", "Колір", "рожевий"], &arena), Value::Bad("1 / Колір / рожевий"));
        assert_eq!(data.miss(&["1", "Довжина", "12"], &arena), Value::Empty);
        let mut categories = LookupData::default();
        categories.insert(key(&["1"]), key(&["80001"]));
        assert_eq!(categories.miss(&["2"], &arena), Value::Bad("2"), "every category is asked for");
    }
}
