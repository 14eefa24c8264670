//! What a look at a text's bytes tells of a pattern: that it is one class of characters,
//! or letters that stand in every match.

use regex_syntax::hir::{Class, ClassUnicode, Hir, HirKind};
use wide::u8x16;

use super::letters::{Run, must_hold};

/// How a text is looked at.
#[derive(Debug)]
pub(super) enum Glance {
    /// The pattern is one character of a class.
    Class(CharacterClass),
    /// Every match holds one of these.
    Holds(Vec<Run>),
    /// Nothing is known.
    Nothing,
}

/// A class of characters.
#[derive(Debug)]
pub(super) struct CharacterClass {
    /// Whether a character of the class may begin with a byte; exact for ASCII.
    begins: Box<[bool; 256]>,
    /// All bytes that one may begin with, and some beyond ASCII more, as few ranges: the first byte of each, and how
    /// many follow it.
    ranges_of_bytes: Option<Vec<(u8, u8)>>,
    /// From and to, in order.
    ranges: Vec<(char, char)>,
}

impl Glance {
    pub(super) fn of(hir: &Hir) -> Glance {
        if let HirKind::Class(Class::Unicode(class)) = hir.kind() {
            return Glance::Class(CharacterClass::of(class));
        }
        let runs = must_hold(hir);
        if runs.is_empty() { Glance::Nothing } else { Glance::Holds(runs) }
    }

    /// Whether the pattern may match somewhere in a text.
    pub(super) fn may_match(&self, text: &str) -> bool {
        match self {
            Glance::Class(class) => class.find(text).is_some(),
            Glance::Holds(choices) => choices.iter().any(|run| run.is_in(text.as_bytes())),
            Glance::Nothing => true,
        }
    }
}

impl CharacterClass {
    fn of(class: &ClassUnicode) -> CharacterClass {
        let mut begins = Box::new([false; 256]);
        let first = |character: char| character.encode_utf8(&mut [0; 4]).bytes().next().unwrap_or(0);
        for range in class.ranges() {
            let bytes = first(range.start())..=first(range.end());
            bytes.for_each(|byte| begins[usize::from(byte)] = true);
        }
        let ranges = class.ranges().iter().map(|one| (one.start(), one.end())).collect();
        CharacterClass { ranges_of_bytes: few_ranges(&begins), begins, ranges }
    }

    /// Whether a character of ASCII that can be seen is of the class.
    pub(super) fn has_visible_ascii(&self) -> bool {
        (b'!'..=b'~').any(|byte| self.begins[usize::from(byte)])
    }

    /// The first character of the class.
    pub(super) fn find<'t>(&self, text: &'t str) -> Option<&'t str> {
        let bytes = text.as_bytes();
        let mut at = 0;
        loop {
            at += self.next(bytes.get(at..)?)?;
            let rest = text.get(at..).unwrap_or_default();
            if let Some(first) = rest.chars().next().filter(|first| self.has(*first)) {
                return rest.get(..first.len_utf8());
            }
            at += 1;
        }
    }

    fn has(&self, character: char) -> bool {
        let before = self.ranges.partition_point(|range| range.1 < character);
        self.ranges.get(before).is_some_and(|range| range.0 <= character)
    }

    /// Where the next byte stands with which a character of the class may begin.
    fn next(&self, bytes: &[u8]) -> Option<usize> {
        let mut skipped = 0;
        if let Some(ranges) = &self.ranges_of_bytes {
            let is_outside = |lane: &&[u8; 16]| {
                let lane = u8x16::from(**lane);
                // a byte of a range is not more than its width above its first one
                let within = |(first, width): &(u8, u8)| {
                    let above = lane - u8x16::splat(*first);
                    above.min(u8x16::splat(*width)).simd_eq(above)
                };
                ranges.iter().map(within).fold(u8x16::splat(0), |all, one| all | one).to_bitmask() == 0
            };
            skipped = bytes.as_chunks::<16>().0.iter().take_while(is_outside).count() * 16;
        }
        let begins = |byte: &u8| self.begins[usize::from(*byte)];
        bytes.get(skipped..)?.iter().position(begins).map(|found| skipped + found)
    }
}

/// With more ranges than this one byte after the other is as fast.
const MOST_RANGES: usize = 4;

/// The bytes of a class as ranges, where they are few; those beyond ASCII are one.
fn few_ranges(bytes: &[bool; 256]) -> Option<Vec<(u8, u8)>> {
    let mut ranges: Vec<(u8, u8)> = Vec::new();
    for byte in (0..=u8::MAX).filter(|byte| bytes[usize::from(*byte)]) {
        match ranges.last_mut() {
            Some((first, width)) if *first + *width + 1 == byte || !first.is_ascii() => *width = byte - *first,
            _ => ranges.push((byte, 0)),
        }
    }
    (ranges.len() <= MOST_RANGES).then_some(ranges)
}
