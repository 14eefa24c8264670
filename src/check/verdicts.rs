//! What was found of texts a moment ago: variants of one product have one description, and what its rules say of it need
//! not be found out again.

use xxhash_rust::xxh3::xxh3_64;

use crate::model::{Remembered, Row, RowPlace};

/// A shorter text is judged sooner than it is known again.
const LONG: usize = 64;
/// Of so many rules it can be said which of them spoke.
const MOST: usize = 63;

/// Which of a field's rules have something to say of a text; bit by bit, and with the last one all of those beyond.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Verdict(u64);

impl Verdict {
    /// Any of them may.
    pub(super) const ALL: Verdict = Verdict(u64::MAX);

    /// Whether a rule may have something to say.
    #[inline]
    pub(super) fn has(self, rule: usize) -> bool {
        self.0 >> rule.min(MOST) & 1 == 1
    }

    /// Notes that a rule has.
    pub(super) fn add(&mut self, rule: usize) {
        self.0 |= 1 << rule.min(MOST);
    }
}

/// What was found in the block at work.
#[derive(Debug, Clone, Default)]
pub struct Verdicts<'b> {
    /// The last text of each field, by its hash, with what was found: another one would be taken for it once in
    /// 2⁶⁴ comparisons.
    texts: Vec<(u64, Verdict)>,
    /// Rows of tables, by the number of the table, of which there was nothing to say; where they are kept.
    clean_rows: Option<Remembered<RowPlace<'b>, ()>>,
}

/// What a text is known by; `None` for one that is not worth it.
pub(super) fn print(text: &str) -> Option<u64> {
    (text.len() >= LONG).then(|| xxh3_64(text.as_bytes()))
}

impl<'b> Verdicts<'b> {
    /// Nothing yet, of many listings that follow each other: what was found of rows is kept too.
    pub fn of_a_block() -> Self {
        Verdicts { texts: Vec::new(), clean_rows: Some(Remembered::default()) }
    }

    /// What was found of a field's text, where it is the last one.
    pub(super) fn of(&self, field: usize, print: u64) -> Option<Verdict> {
        self.texts.get(field).filter(|last| last.0 == print).map(|last| last.1)
    }

    /// Notes what was found of a text.
    pub(super) fn note(&mut self, field: usize, print: u64, verdict: Verdict) {
        if self.texts.len() <= field {
            self.texts.resize(field + 1, (0, Verdict::ALL));
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
        let [one, other] = [one, other].map(|text| print(&text).unwrap());
        let mut second = Verdict::default();
        second.add(1);
        assert_eq!(verdicts.of(3, one), None);
        verdicts.note(3, one, second);
        assert_eq!(verdicts.of(3, one), Some(second));
        assert!(second.has(1) && !second.has(0) && !second.has(70));
        assert_eq!((verdicts.of(2, one), verdicts.of(3, other)), (None, None));
        verdicts.note(3, other, Verdict::ALL);
        assert_eq!((verdicts.of(3, one), verdicts.of(3, other)), (None, Some(Verdict::ALL)));
        assert_eq!(print("short"), None);
    }

    #[test]
    fn rules_beyond_the_last_bit_share_it() {
        let mut verdict = Verdict::default();
        verdict.add(80);
        assert!(verdict.has(63) && verdict.has(99) && !verdict.has(62));
    }
}
