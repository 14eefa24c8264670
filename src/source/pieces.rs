//! Cells that hold several things: where one ends and the next begins, without the
//! blanks that people leave around separators.

use bumpalo::Bump;
use wide::u8x16;

use crate::model::text::{name_carries_unwritable, name_without_unwritable};

/// What stands between two pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Split {
    /// One ASCII character.
    Byte(u8),
    /// Any other text.
    Text(String),
}

/// A piece of a cell of pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    /// A name and its value; the value may be blank.
    Pair(&'t str, &'t str),
    /// A piece that is no pair.
    Odd(&'t str),
}

impl Split {
    /// Splits at this text.
    pub(super) fn at(text: &str) -> Split {
        match text.as_bytes() {
            [byte] if byte.is_ascii() => Split::Byte(*byte),
            _ => Split::Text(text.to_owned()),
        }
    }

    /// The items, blanks around them removed and blank ones left out. `marks` is room to work in.
    pub(super) fn items<'t>(&self, text: &'t str, marks: &mut Vec<u32>, item: impl FnMut(&'t str)) {
        let items = |piece: &&str| !piece.is_empty();
        match self {
            Split::Byte(byte) => {
                find(text, *byte, marks);
                let mut start = 0;
                let ends = marks.iter().map(|at| *at as usize).chain(std::iter::once(text.len()));
                let pieces = ends.map(|end| trimmed(between(text, std::mem::replace(&mut start, end + 1), end)));
                pieces.filter(items).for_each(item);
            }
            Split::Text(separator) => text.split(separator.as_str()).map(trimmed).filter(items).for_each(item),
        }
    }

    /// All parts of a text, blank ones too: for cells in which the place of a part counts.
    pub(super) fn parts<'t>(&self, text: &'t str) -> Vec<&'t str> {
        match self {
            Split::Byte(byte) => text.split(char::from(*byte)).map(trimmed).collect(),
            Split::Text(separator) => text.split(separator.as_str()).map(trimmed).collect(),
        }
    }

    /// An item as a pair, parted here.
    pub(super) fn of<'t>(&self, item: &'t str) -> Piece<'t> {
        let parts = match self {
            Split::Byte(byte) => item.split_once(char::from(*byte)),
            Split::Text(separator) => item.split_once(separator.as_str()),
        };
        match parts {
            Some((name, value)) if !trimmed(name).is_empty() => Piece::Pair(trimmed(name), trimmed(value)),
            _ => Piece::Odd(item),
        }
    }

    /// Whether a path stands there already with ` > ` between its levels, as nearly always.
    pub(super) fn parts_levels(&self, text: &str) -> bool {
        let mut start = 0;
        let mut level_ends = |at: usize| {
            let level = between(text, start, at);
            start = at + 2;
            text.as_bytes().get(at + 1) == Some(&b' ')
                && level.strip_suffix(' ').is_some_and(|level| !level.is_empty() && trimmed(level).len() == level.len())
        };
        *self == Split::Byte(b'>') && memchr::memchr_iter(b'>', text.as_bytes()).all(&mut level_ends) && {
            let last = between(text, start, text.len());
            !last.is_empty() && trimmed(last).len() == last.len()
        }
    }
}

#[inline(always)]
fn between(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or("")
}

/// Where an ASCII character stands, sixteen bytes at a step.
#[inline]
fn find(text: &str, byte: u8, found: &mut Vec<u32>) {
    found.clear();
    let wanted = u8x16::splat(byte);
    let mut take = |lane: &[u8; 16], base: u32| {
        let lane = u8x16::from(*lane);
        let mut bits = lane.simd_eq(wanted).to_bitmask();
        while bits != 0 {
            found.push(base + bits.trailing_zeros());
            bits &= bits - 1;
        }
    };
    let (lanes, tail) = text.as_bytes().as_chunks::<16>();
    let mut base = 0;
    for lane in lanes {
        take(lane, base);
        base += 16;
    }
    // no separator is the byte 0xFF, which UTF-8 never has
    let mut last = [0xFF; 16];
    last.iter_mut().zip(tail).for_each(|(place, byte)| *place = *byte);
    take(&last, base);
}

/// A text without what no feed may carry, and without the blanks that then stand around it.
pub(super) fn writable<'b>(text: &'b str, arena: &'b Bump) -> &'b str {
    if name_carries_unwritable(text) {
        trimmed(arena.alloc_str(&name_without_unwritable(text, &mut Vec::new())))
    } else {
        text
    }
}

/// The text without blanks around it; quick where there is nothing to do, as nearly always.
#[inline(always)]
pub(super) fn trimmed(text: &str) -> &str {
    let plain_ends = match text.as_bytes() {
        [] => return text,
        [only] => only.is_ascii_graphic(),
        [first, .., before, last] => begins_plain(*first) && (last.is_ascii_graphic() || is_letter(*before)),
        [first, last] => begins_plain(*first) && (last.is_ascii_graphic() || is_letter(*first)),
    };
    if plain_ends { text } else { text.trim() }
}

/// Whether a first byte begins no blank.
#[inline(always)]
fn begins_plain(byte: u8) -> bool {
    byte.is_ascii_graphic() || is_letter(byte)
}

/// Whether a byte begins a character of two bytes that is no blank: Greek, Cyrillic and further
/// letters, and the Latin ones with marks.
#[inline(always)]
fn is_letter(byte: u8) -> bool {
    (0xC3..0xE0).contains(&byte)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn items<'t>(split: &Split, text: &'t str) -> Vec<&'t str> {
        let mut items = Vec::new();
        split.items(text, &mut Vec::new(), |item| items.push(item));
        items
    }

    fn pairs<'t>(split: &Split, pair: &Split, text: &'t str) -> Vec<Piece<'t>> {
        items(split, text).into_iter().map(|item| pair.of(item)).collect()
    }

    #[test]
    fn items_lose_the_blanks_around_them() {
        assert_eq!(items(&Split::at("|"), "a | б|| c \u{a0}|"), ["a", "б", "c"]);
        assert_eq!(items(&Split::at(", "), "a, б, c,d"), ["a", "б", "c,d"]);
        assert!(items(&Split::at("|"), " | ").is_empty());
        assert_eq!(Split::at("·"), Split::Text("·".into()));
    }

    #[test]
    fn pairs_part_at_the_first_mark() {
        let (split, pair) = (Split::at("|"), Split::at("="));
        assert_eq!(
            pairs(&split, &pair, "Колір = синій|a=b=c|XS| |=x|Розмір="),
            [
                Piece::Pair("Колір", "синій"),
                Piece::Pair("a", "b=c"),
                Piece::Odd("XS"),
                Piece::Odd("=x"),
                Piece::Pair("Розмір", "")
            ]
        );
    }

    #[test]
    fn spelled_paths_are_told_from_others() {
        let levels = Split::at(">");
        for (path, spelled) in [
            ("A > Б > C", true),
            ("A", true),
            ("A > B > ", false),
            ("A>B", false),
            ("A  > B", false),
            ("A >  B", false),
            ("A\u{a0} > B", false),
            ("> A", false),
            (" > A", false),
            ("A > > B", false),
            ("A >", false),
        ] {
            assert_eq!(levels.parts_levels(path), spelled, "{path}");
        }
        assert!(!Split::at("/").parts_levels("A"), "only ` > ` needs no rewriting");
    }

    proptest! {
        #[test]
        fn trimming_is_trimming(text in "[ a\u{a0}\u{85}\u{2003}\u{3000}éбқ1]{0,5}") {
            prop_assert_eq!(trimmed(&text), text.trim());
        }

        #[test]
        fn one_character_parts_like_a_text(text in "[a-zб=| ]{0,60}") {
            let (split, pair) = (Split::at("|"), Split::at("="));
            let (slow_split, slow_pair) = (Split::Text("|".into()), Split::Text("=".into()));
            prop_assert_eq!(items(&split, &text), items(&slow_split, &text));
            prop_assert_eq!(pairs(&split, &pair, &text), pairs(&slow_split, &slow_pair, &text));
        }
    }
}
