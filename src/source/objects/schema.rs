//! What a first pass over a list of objects learns: its columns in the order in which they are
//! met, what they hold, and the first values of each.

use indexmap::{IndexMap, IndexSet};

use super::DIALECT;
use super::leaves::{Leaf, RowOf, Tables, leaves, rows, text};
use crate::finding::Refusal;
use crate::source::sample::Sample;
use crate::wire::input::Input;
use crate::wire::json::{Json, JsonValue, Member};

/// Objects whose values are kept for a sample.
const MOST_SAMPLED: u64 = 2000;
/// Characters of a value that are kept.
const SAMPLED: usize = 64;
/// So many columns no shop has.
const MOST_COLUMNS: usize = 10_000;

/// A list of objects.
#[derive(Debug, Default)]
pub(super) struct Schema {
    columns: IndexMap<String, Column>,
    pub(super) objects: u64,
    /// The first item that is no object: where it stands, and what it is.
    pub(super) other: Option<(u64, &'static str)>,
    numbers: bool,
}

/// One column.
#[derive(Debug, Default)]
pub(super) struct Column {
    /// The number of the object in which it was met last.
    last: u64,
    /// Whether a single value stands in it anywhere, a list, rows.
    pub(super) one: bool,
    pub(super) list: bool,
    pub(super) rows: bool,
    pub(super) other: bool,
    /// The keys of its rows.
    pub(super) keys: IndexSet<String>,
    /// The first values, by the number of their object.
    values: Vec<(u64, String)>,
}

impl Column {
    /// Whether nothing stands in it but rows.
    fn is_of_rows(&self) -> bool {
        self.rows && !self.one && !self.list
    }

    fn is_blank(&self) -> bool {
        !(self.one || self.list || self.rows || self.other)
    }
}

impl Schema {
    /// Takes an object in; `place` is the input, where the text of its places begins in it, and where the object does.
    pub(super) fn add(
        &mut self,
        members: &[Member<'_>],
        tables: &Tables,
        (input, base, at): (&Input, u64, u64),
    ) -> Result<(), Refusal> {
        self.objects += 1;
        leaves(members, tables, &mut String::new(), &mut |path, value, leaf| {
            let at = base + value.offset as u64;
            if !self.note(path, leaf) {
                let what = format!("two values of one object go by the path «{path}»");
                return Err(input.refusal_at(at, what, "give one of their keys another name"));
            }
            Ok(())
        })?;
        if self.columns.len() > MOST_COLUMNS {
            let what = format!("the objects up to here have more than {MOST_COLUMNS} different keys");
            let help = "where the keys of an object are names, map it as a table: `attributes: KEY`";
            return Err(input.refusal_at(at, what, help));
        }
        Ok(())
    }

    /// Notes what stands in a column; false where this object has said it already.
    fn note(&mut self, path: &str, leaf: Leaf<'_>) -> bool {
        let column = match self.columns.get_mut(path) {
            Some(column) => column,
            None => self.columns.entry(path.to_owned()).or_default(),
        };
        if std::mem::replace(&mut column.last, self.objects) == self.objects {
            return false;
        }
        match leaf {
            Leaf::Nothing => {}
            Leaf::One(value) => {
                column.one = true;
                self.numbers |= matches!(value.value, JsonValue::Number(_));
                column.sample(self.objects, value);
            }
            Leaf::List(values) => {
                column.list = true;
                values.iter().take(1).for_each(|value| column.sample(self.objects, *value));
            }
            Leaf::Rows(value) => {
                column.rows = true;
                let rows = rows(value);
                if rows.iter().any(has_key_twice) {
                    return false;
                }
                for (key, value) in rows.into_iter().flatten() {
                    self.numbers |= matches!(value.value, JsonValue::Number(_));
                    if !column.keys.contains(key.as_ref()) {
                        column.keys.insert(key.into_owned());
                    }
                }
            }
            Leaf::Other(_) => column.other = true,
        }
        true
    }

    /// Whether any number stands in it that is no text.
    pub(super) fn has_numbers(&self) -> bool {
        self.numbers
    }

    /// The column of this name.
    pub(super) fn column(&self, name: &str) -> Option<&Column> {
        self.columns.get(name)
    }

    /// The columns and their first values as those of a table.
    pub(super) fn sample(&self) -> Sample {
        // `null` where other objects have keys under it is no column of its own
        let is_part = |(path, column): &(&String, &Column)| {
            let has_keys = |other: &String| other.strip_prefix(path.as_str()).is_some_and(|rest| rest.starts_with('.'));
            !(column.is_blank() && self.columns.keys().any(has_keys))
        };
        let columns: Vec<(&String, &Column)> = self.columns.iter().filter(is_part).collect();
        let length = usize::try_from(self.objects.min(MOST_SAMPLED)).unwrap_or(0);
        let mut records = vec![vec![String::new(); columns.len()]; length];
        for (number, (_, column)) in columns.iter().enumerate() {
            for (object, value) in &column.values {
                let record = usize::try_from(object - 1).ok().and_then(|object| records.get_mut(object));
                if let Some(cell) = record.and_then(|record| record.get_mut(number)) {
                    cell.clone_from(value);
                }
            }
        }
        let keys = |column: &Column| column.is_of_rows().then(|| column.keys.iter().cloned().collect());
        Sample {
            dialect: DIALECT,
            delimiter_guessed: false,
            names: columns.iter().map(|column| column.0.clone()).collect(),
            records,
            body: 0,
            of_objects: true,
            keys: columns.iter().map(|column| keys(column.1)).collect(),
        }
    }
}

/// Whether two values of a row come to one path: `{"name.uk": …, "name": {"uk": …}}`.
fn has_key_twice(row: &RowOf<'_>) -> bool {
    row.iter().enumerate().any(|(number, (key, _))| row.iter().take(number).any(|(earlier, _)| earlier == key))
}

impl Column {
    fn sample(&mut self, object: u64, value: Json<'_>) {
        if object <= MOST_SAMPLED
            && let Some(text) = text(&value)
        {
            self.values.push((object, text.chars().take(SAMPLED).collect()));
        }
    }
}
