//! What was found out a moment ago: the rows of a catalog's tables come again and again, and nobody has to read, build,
//! check or hash `Колір=синій` a second time within a block.

use std::marker::PhantomData;

use super::Row;

/// How many things are remembered; each has one place, and the next one that has the same takes it over.
const PLACES: usize = 1 << PLACE_BITS;
const PLACE_BITS: u32 = 9;

/// What is known of things by what they are made of.
#[derive(Debug, Clone)]
pub struct Remembered<K, V>(Vec<Option<(K, V)>>);

impl<K, V> Default for Remembered<K, V> {
    fn default() -> Self {
        Remembered(Vec::new())
    }
}

/// What things are known by.
pub trait Mark: Eq + Copy {
    /// A number of which every bit is as good as another; it must be found faster than what it spares.
    fn mixed(&self) -> u64;
}

impl<K: Mark, V: Copy> Remembered<K, V> {
    /// What is known of it.
    #[inline]
    pub fn get(&self, mark: &K) -> Option<V> {
        let kept = self.0.get(place(mark))?.as_ref()?;
        (kept.0 == *mark).then_some(kept.1)
    }

    /// Keeps what was found out.
    #[inline]
    pub fn keep(&mut self, mark: K, value: V) {
        if self.0.is_empty() {
            self.0.resize(PLACES, None);
        }
        if let Some(kept) = self.0.get_mut(place(&mark)) {
            *kept = Some((mark, value));
        }
    }
}

#[inline]
fn place(mark: &impl Mark) -> usize {
    (mark.mixed() >> (u64::BITS - PLACE_BITS)) as usize
}

/// An odd number with its bits all over: by it, the upper bits of a product come from all bits of the other side.
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

/// Where a row lies, and of which table it is: while its arena stands, what lies there is one and the same row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowPlace<'b> {
    address: usize,
    cells: usize,
    table: usize,
    /// The arena stands as long as anybody knows the place.
    arena: PhantomData<Row<'b>>,
}

impl<'b> RowPlace<'b> {
    /// Where this row lies, as one of the table that a number tells from all others.
    #[inline]
    pub fn of(table: usize, row: Row<'b>) -> Self {
        RowPlace { address: row.as_ptr().addr(), cells: row.len(), table, arena: PhantomData }
    }
}

impl Mark for RowPlace<'_> {
    #[inline]
    fn mixed(&self) -> u64 {
        (self.address as u64 ^ (self.table as u64).rotate_left(48)).wrapping_mul(SPREAD)
    }
}

/// A text, and where it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextFrom<'b> {
    /// A number that no other place has.
    pub from: usize,
    /// The text.
    pub text: &'b str,
}

impl Mark for TextFrom<'_> {
    #[inline]
    fn mixed(&self) -> u64 {
        let bytes = self.text.as_bytes();
        let (first, last) = match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
            (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
            _ => (bytes.iter().fold(0, |all, byte| all << 8 | u64::from(*byte)), 0),
        };
        let ends = first.wrapping_mul(SPREAD).rotate_left(29) ^ last ^ (bytes.len() as u64).rotate_left(56);
        (ends ^ (self.from as u64).rotate_left(17)).wrapping_mul(SPREAD)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Value;

    #[test]
    fn what_was_kept_is_known_until_another_takes_its_place() {
        let mark = |number: usize| TextFrom { from: number, text: "Колір=синій" };
        let mut known = Remembered::default();
        assert_eq!(known.get(&mark(1)), None);
        for number in 0..4 * PLACES {
            known.keep(mark(number), number);
            assert_eq!(known.get(&mark(number)), Some(number));
        }
        let kept = (0..4 * PLACES).filter(|number| known.get(&mark(*number)).is_some()).count();
        assert!(kept > PLACES / 4 && kept <= PLACES, "{kept} are kept");
        assert!((0..4 * PLACES).all(|number| known.get(&mark(number)).is_none_or(|value| value == number)));
    }

    #[test]
    fn a_row_is_known_by_where_it_lies() {
        let (one, other) = ([Value::Flag(true), Value::Empty], [Value::Flag(true), Value::Empty]);
        assert_eq!(RowPlace::of(0, &one), RowPlace::of(0, &one));
        assert_ne!(RowPlace::of(0, &one), RowPlace::of(0, &other), "equal rows are two");
        assert_ne!(RowPlace::of(0, &one), RowPlace::of(0, &one[..1]), "a row's front is another row");
        assert_ne!(RowPlace::of(0, &one), RowPlace::of(1, &one), "the same row in another table");
    }

    #[test]
    fn a_text_is_known_by_all_of_its_letters() {
        let mut known = Remembered::default();
        known.keep(TextFrom { from: 1, text: "Потужність=5" }, ());
        for (from, text) in [(2, "Потужність=5"), (1, "Потужнiсть=5"), (1, "5"), (1, "")] {
            assert_eq!(known.get(&TextFrom { from, text }), None, "{from} {text}");
        }
    }
}
