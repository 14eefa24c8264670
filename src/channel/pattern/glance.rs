//! What a look at a text's bytes tells of a pattern: that it is one class of characters,
//! or letters that stand in every match.

use regex_syntax::hir::{Class, ClassUnicode, Hir, HirKind};
use wide::u8x16;

/// How a text is looked at.
#[derive(Debug)]
pub(super) enum Glance {
    /// The pattern is one character of a class.
    Class(CharacterClass),
    /// Every match holds one of these, bytes of ASCII in either case.
    Holds(Vec<Box<[u8]>>),
    /// Nothing is known.
    Nothing,
}

/// A class of characters.
#[derive(Debug)]
pub(super) struct CharacterClass {
    /// Whether a character of the class may begin with a byte; exact for ASCII.
    begins: Box<[bool; 256]>,
    /// The least byte that one begins with, where it is beyond ASCII.
    least: Option<u8>,
    /// From and to, in order.
    ranges: Vec<(char, char)>,
}

impl Glance {
    pub(super) fn of(hir: &Hir) -> Glance {
        if let HirKind::Class(Class::Unicode(class)) = hir.kind() {
            return Glance::Class(CharacterClass::of(class));
        }
        let mut runs = Runs::default();
        runs.follow(hir);
        runs.end();
        if runs.best.is_empty() { Glance::Nothing } else { Glance::Holds(runs.best) }
    }

    /// Whether the pattern may match somewhere in a text.
    pub(super) fn may_match(&self, text: &str) -> bool {
        match self {
            Glance::Class(class) => class.find(text).is_some(),
            Glance::Holds(choices) => choices.iter().any(|letters| holds(text.as_bytes(), letters)),
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
        let least = (0..=u8::MAX).find(|byte| begins[usize::from(*byte)]).filter(|byte| !byte.is_ascii());
        CharacterClass { begins, least, ranges: class.ranges().iter().map(|one| (one.start(), one.end())).collect() }
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
        if let Some(least) = self.least {
            // a byte that is at least so high is its own maximum
            let is_low = |lane: &&[u8; 16]| {
                let lane = u8x16::from(**lane);
                lane.max(u8x16::splat(least)).simd_eq(lane).to_bitmask() == 0
            };
            skipped = bytes.as_chunks::<16>().0.iter().take_while(is_low).count() * 16;
        }
        let begins = |byte: &u8| self.begins[usize::from(*byte)];
        bytes.get(skipped..)?.iter().position(begins).map(|found| skipped + found)
    }
}

/// Of more choices than this each is not looked for: the pattern itself does it faster.
const MOST_CHOICES: usize = 3;

/// Runs of letters that a match must hold, while a pattern is followed from its beginning to its end.
#[derive(Default)]
struct Runs {
    now: Vec<u8>,
    /// The longest run so far; of several that are a choice one must be there, and the shortest counts.
    best: Vec<Box<[u8]>>,
}

impl Runs {
    fn follow(&mut self, hir: &Hir) {
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => {}
            HirKind::Literal(literal) => literal.0.iter().for_each(|byte| self.add(Some(*byte))),
            HirKind::Class(class) => self.add(either_case(class)),
            HirKind::Capture(capture) => self.follow(&capture.sub),
            HirKind::Concat(parts) => parts.iter().for_each(|part| self.follow(part)),
            HirKind::Repetition(repetition) if repetition.min > 0 => {
                self.end();
                self.follow(&repetition.sub);
                self.end();
            }
            HirKind::Alternation(parts) if parts.len() <= MOST_CHOICES => {
                self.end();
                self.choose(parts);
            }
            HirKind::Repetition(_) | HirKind::Alternation(_) => self.end(),
        }
    }

    fn add(&mut self, byte: Option<u8>) {
        match byte.filter(u8::is_ascii) {
            Some(byte) => self.now.push(byte),
            None => self.end(),
        }
    }

    fn end(&mut self) {
        let run = std::mem::take(&mut self.now);
        if !run.is_empty() {
            self.offer(vec![run.into_boxed_slice()]);
        }
    }

    fn offer(&mut self, choices: Vec<Box<[u8]>>) {
        let shortest = |choices: &[Box<[u8]>]| choices.iter().map(|run| run.len()).min().unwrap_or(0);
        if choices.len() <= MOST_CHOICES && shortest(&choices) > shortest(&self.best) {
            self.best = choices;
        }
    }

    /// One of these parts is in every match.
    fn choose(&mut self, parts: &[Hir]) {
        let mut choices = Vec::new();
        for part in parts {
            let mut runs = Runs::default();
            runs.follow(part);
            runs.end();
            if runs.best.is_empty() {
                return;
            }
            choices.append(&mut runs.best);
        }
        self.offer(choices);
    }
}

/// The letter of a class that holds nothing but it, in both cases.
fn either_case(class: &Class) -> Option<u8> {
    let letters: Vec<(u32, u32)> = match class {
        Class::Unicode(class) => class.ranges().iter().map(|one| (one.start().into(), one.end().into())).collect(),
        Class::Bytes(class) => class.ranges().iter().map(|one| (one.start().into(), one.end().into())).collect(),
    };
    let [(large, to), (small, end)] = letters.as_slice() else { return None };
    let byte = u8::try_from(*small).ok()?;
    let is_pair = large == to && small == end && u32::from(byte.to_ascii_uppercase()) == *large;
    is_pair.then_some(byte)
}

/// What makes letters of both cases one; other characters may become one too, which the closer look sorts out.
const SMALL: u8 = 0x20;

/// In a text of more bytes than this the first letter alone is looked for: in the languages of most it is rare.
const LONG: usize = 160;

/// Whether a text holds these letters, in either case.
fn holds(text: &[u8], letters: &[u8]) -> bool {
    let ([first, ..], [.., last]) = (letters, letters) else { return true };
    if letters.len() == 1 && !first.is_ascii_alphabetic() {
        return memchr::memchr(*first, text).is_some();
    }
    let is_here = |at: usize| text.get(at..at + letters.len()).is_some_and(|here| here.eq_ignore_ascii_case(letters));
    if text.len() > LONG {
        let (small, large) = (first.to_ascii_lowercase(), first.to_ascii_uppercase());
        return memchr::memchr2_iter(small, large, text).any(is_here);
    }
    // so many places are there at which they may begin
    let Some(places) = (text.len() + 1).checked_sub(letters.len()) else { return false };
    let small = u8x16::splat(SMALL);
    let (first, last) = (u8x16::splat(*first) | small, u8x16::splat(*last) | small);
    let lanes = |at: usize| {
        let lane = |at: usize| text.get(at..)?.first_chunk::<16>().map(|lane| u8x16::from(*lane) | small);
        let ends = lane(at + letters.len() - 1)?.simd_eq(last);
        Some((lane(at)?.simd_eq(first) & ends).to_bitmask())
    };
    let mut at = 0;
    while at < places {
        // the last places together with some that were looked at already
        let from = at.min(places.saturating_sub(16));
        let Some(mut marked) = lanes(from) else { return (at..places).any(is_here) };
        while marked != 0 {
            if is_here(from + marked.trailing_zeros() as usize) {
                return true;
            }
            marked &= marked - 1;
        }
        at = from + 16;
    }
    false
}
