//! Values that may stand in one listing only. While listings stream by only a stable
//! 64-bit hash and a place are kept of each; what is equal is found by sorting at the end.

use std::borrow::Cow;

use xxhash_rust::xxh3::xxh3_64;

use crate::channel::pattern::Pattern;
use crate::model::text::trimmed;
use crate::source::Expected;

/// One value that was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seen {
    /// A hash of the value.
    pub hash: u64,
    /// Where its record begins.
    pub offset: u64,
}

/// Everything that was seen, by set.
#[derive(Debug, Clone, Default)]
pub struct UniqueSets {
    sets: Vec<Vec<Seen>>,
}

impl UniqueSets {
    /// So many sets.
    pub fn new(sets: usize) -> Self {
        UniqueSets { sets: vec![Vec::new(); sets] }
    }

    /// Notes a value.
    pub fn add(&mut self, set: usize, text: &str, without: Option<&Pattern>, fold: bool, offset: u64) {
        let mut text = match without.map_or(Cow::Borrowed(text), |without| without.taken_from(trimmed(text))) {
            Cow::Borrowed(rest) => Cow::Borrowed(trimmed(rest)),
            Cow::Owned(rest) => Cow::Owned(rest.trim().to_owned()),
        };
        if fold {
            text = Cow::Owned(small_letters(&text));
        }
        if let Some(set) = self.sets.get_mut(set) {
            set.push(Seen { hash: xxh3_64(text.as_bytes()), offset });
        }
    }

    /// How much has been noted in each set so far; what came after can be taken back.
    pub fn marks(&self) -> Vec<usize> {
        self.sets.iter().map(Vec::len).collect()
    }

    /// Takes back all that was noted after the marks: a listing that does not go cannot be equal to one that does.
    pub fn back_to(&mut self, marks: &[usize]) {
        for (set, mark) in self.sets.iter_mut().zip(marks) {
            set.truncate(*mark);
        }
    }

    /// Takes over what a later block saw; the first tells how much room all will need.
    pub fn merge(&mut self, later: UniqueSets, expected: Expected) {
        if self.sets.len() < later.sets.len() {
            self.sets.resize(later.sets.len(), Vec::new());
        }
        for (ours, mut theirs) in self.sets.iter_mut().zip(later.sets) {
            expected.reserve(ours, theirs.len());
            ours.append(&mut theirs);
        }
    }

    /// The places of equal values in a set: of each value its first place, and the later ones.
    pub fn equal(&mut self, set: usize) -> Vec<(u64, Vec<u64>)> {
        let Some(seen) = self.sets.get_mut(set) else { return Vec::new() };
        seen.sort_unstable();
        let groups = seen.chunk_by(|one, other| one.hash == other.hash).filter(|group| group.len() > 1);
        let mut equal: Vec<(u64, Vec<u64>)> = groups
            .filter_map(|group| {
                let (first, later) = group.split_first()?;
                Some((first.offset, later.iter().map(|seen| seen.offset).collect()))
            })
            .collect();
        equal.sort_unstable();
        equal
    }
}

/// A text in small letters, as the standard library has them. Latin and Cyrillic need no look into its tables.
fn small_letters(text: &str) -> String {
    if let Some(small) = small_in_place(text.as_bytes().to_vec()) {
        return small;
    }
    // what a small sigma is depends on its place
    if text.contains('Σ') {
        return text.to_lowercase();
    }
    let mut small = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            ' '..='@' | '['..='~' | 'а'..='я' | 'ѐ'..='џ' => small.push(letter),
            'A'..='Z' => small.push(letter.to_ascii_lowercase()),
            'А'..='Я' => small.push(char::from_u32(u32::from(letter) + 0x20).unwrap_or(letter)),
            'Ѐ'..='Џ' => small.push(char::from_u32(u32::from(letter) + 0x50).unwrap_or(letter)),
            _ => small.extend(letter.to_lowercase()),
        }
    }
    small
}

/// The same in place, where there is nothing but ASCII and the Cyrillic letters whose small ones are as long.
fn small_in_place(mut text: Vec<u8>) -> Option<String> {
    let mut rest = text.as_mut_slice();
    while let [first, behind @ ..] = rest {
        rest = match (*first, behind) {
            (0..0x80, behind) => {
                first.make_ascii_lowercase();
                behind
            }
            // А to П, Р to Я, Ѐ to Џ; their small ones
            (0xD0, [second, behind @ ..]) => {
                (*first, *second) = match *second {
                    0x90..=0x9F => (0xD0, *second + 0x20),
                    0xA0..=0xAF => (0xD1, *second - 0x20),
                    0x80..=0x8F => (0xD1, *second + 0x10),
                    small => (0xD0, small),
                };
                behind
            }
            (0xD1, [0x80..=0x9F, behind @ ..]) => behind,
            _ => return None,
        };
    }
    String::from_utf8(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn small_letters_are_those_of_the_standard_library(
            text in prop_oneof!["[ -~А-яЀ-џ]{0,20}", "[ -~А-яЀ-џҐґҢңİßΣσẞÀ-ÿ]{0,20}"],
        ) {
            prop_assert_eq!(small_letters(&text), text.to_lowercase());
        }
    }

    #[test]
    fn equal_values_are_found_with_all_their_places() {
        let brackets = Pattern::new(r"\s*\([^)]*\)$").unwrap();
        let mut sets = UniqueSets::new(2);
        for (offset, name) in ["Куртка", "Шапка", "Куртка", "куртка (синя)"].iter().enumerate()
        {
            sets.add(0, name, None, false, offset as u64);
            sets.add(1, name, Some(&brackets), true, offset as u64);
        }
        assert_eq!(sets.equal(0), [(0, vec![2])]);
        assert_eq!(sets.equal(1), [(0, vec![2, 3])]);
    }

    #[test]
    fn what_is_taken_back_is_not_equal_to_anything() {
        let mut sets = UniqueSets::new(1);
        sets.add(0, "a", None, false, 0);
        let marks = sets.marks();
        sets.add(0, "a", None, false, 1);
        sets.back_to(&marks);
        assert!(sets.equal(0).is_empty());
    }
}
