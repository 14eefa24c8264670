//! What was found of texts a moment ago: variants of one product have one description, and what its rules say of it need
//! not be found out again.

use xxhash_rust::xxh3::xxh3_64;

use crate::channel::screen::Rules;
use crate::model::{Remembered, Row, RowPlace};

/// A shorter text is judged sooner than it is known again.
pub(super) const LONG: usize = 64;

/// What was found in the block at work.
#[derive(Debug, Clone, Default)]
pub struct Verdicts<'b> {
    /// The last text of each field, by its hash, with what was found: another one would be taken for it once in
    /// 2⁶⁴ comparisons.
    texts: Vec<(u64, Rules)>,
    /// Rows of tables, by the number of the table, of which there was nothing to say; where they are kept.
    clean_rows: Option<Remembered<RowPlace<'b>, ()>>,
}

/// What a text is known by.
pub(super) fn print(text: &str) -> u64 {
    xxh3_64(text.as_bytes())
}

impl<'b> Verdicts<'b> {
    /// Nothing yet, of many listings that follow each other: what was found of rows is kept too.
    pub fn of_a_block() -> Self {
        Verdicts { texts: Vec::new(), clean_rows: Some(Remembered::default()) }
    }

    /// What was found of a field's text, where it is the last one.
    pub(super) fn of(&self, field: usize, print: u64) -> Option<Rules> {
        self.texts.get(field).filter(|last| last.0 == print).map(|last| last.1)
    }

    /// Notes what was found of a text.
    pub(super) fn note(&mut self, field: usize, print: u64, verdict: Rules) {
        if self.texts.len() <= field {
            self.texts.resize(field + 1, (0, Rules::ALL));
        }
        if let Some(last) = self.texts.get_mut(field) {
            *last = (print, verdict);
        }
    }

    /// Whether there was nothing to say of a row.
    #[inline]
    pub(super) fn is_clean(&self, table: usize, row: Row<'b>) -> bool {
        self.clean_rows.as_ref().is_some_and(|clean| clean.get(&RowPlace::of(table, row)).is_some())
    }

    /// Notes that there was nothing to say of a row.
    pub(super) fn note_clean(&mut self, table: usize, row: Row<'b>) {
        if let Some(clean) = &mut self.clean_rows {
            clean.keep(RowPlace::of(table, row), ());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_long_text_of_a_field_is_known() {
        let (one, other) = ("а".repeat(LONG), "б".repeat(LONG));
        let mut verdicts = Verdicts::default();
        let [one, other] = [one, other].map(|text| print(&text));
        let mut second = Rules::NONE;
        second.add(1);
        assert_eq!(verdicts.of(3, one), None);
        verdicts.note(3, one, second);
        assert_eq!(verdicts.of(3, one), Some(second));
        assert!(second.has(1) && !second.has(0) && !second.has(70));
        assert_eq!((verdicts.of(2, one), verdicts.of(3, other)), (None, None));
        verdicts.note(3, other, Rules::ALL);
        assert_eq!((verdicts.of(3, one), verdicts.of(3, other)), (None, Some(Rules::ALL)));
    }
}
