//! Runs of letters that stand in every match of a pattern: where a text holds none of
//! them, the pattern need not be asked.

use regex_syntax::hir::{Class, Hir, HirKind};
use wide::u8x16;

/// Letters in a row, and what follows them.
#[derive(Debug, Clone, Default)]
pub(super) struct Run {
    /// Bytes of ASCII, in either case.
    letters: Box<[u8]>,
    /// Which bytes may follow, one after the other.
    then: Vec<Bytes>,
}

/// Which bytes may stand at a place.
type Bytes = Box<[bool; 256]>;

/// The runs of which each match holds at least one; none where nothing is known.
pub(super) fn must_hold(hir: &Hir) -> Vec<Run> {
    let mut runs = Runs::default();
    runs.follow(hir);
    runs.end(Vec::new());
    runs.best
}

/// Of more choices than this each is not looked for: the pattern itself does it faster.
const MOST_CHOICES: usize = 3;
/// Of what may follow so many places are looked at.
const MOST_PLACES: usize = 3;

/// Runs while a pattern is followed from its beginning to its end.
#[derive(Default)]
struct Runs {
    now: Vec<u8>,
    /// The longest run so far; of several that are a choice one must be there, and the shortest counts.
    best: Vec<Run>,
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
                self.end(beginnings(&repetition.sub).0);
                self.follow(&repetition.sub);
                self.end(Vec::new());
            }
            HirKind::Alternation(parts) => {
                self.end(beginnings(hir).0);
                if parts.len() <= MOST_CHOICES {
                    self.choose(parts);
                }
            }
            HirKind::Repetition(_) => self.end(Vec::new()),
        }
    }

    fn add(&mut self, byte: Option<u8>) {
        match byte.filter(u8::is_ascii) {
            Some(byte) => self.now.push(byte),
            None => self.end(Vec::new()),
        }
    }

    /// Ends a run that these bytes follow.
    fn end(&mut self, then: Vec<Bytes>) {
        let letters = std::mem::take(&mut self.now).into_boxed_slice();
        if !letters.is_empty() {
            self.offer(vec![Run { letters, then }]);
        }
    }

    fn offer(&mut self, choices: Vec<Run>) {
        let shortest = |choices: &[Run]| choices.iter().map(Run::places).min().unwrap_or(0);
        if choices.len() <= MOST_CHOICES && shortest(&choices) > shortest(&self.best) {
            self.best = choices;
        }
    }

    /// One of these parts is in every match.
    fn choose(&mut self, parts: &[Hir]) {
        let mut choices = Vec::new();
        for part in parts {
            let mut runs = must_hold(part);
            if runs.is_empty() {
                return;
            }
            choices.append(&mut runs);
        }
        self.offer(choices);
    }
}

/// The bytes with which every match begins, place by place, and whether these are all of it. Behind a byte that is not of
/// ASCII the places are no longer known: its character may have any length.
fn beginnings(hir: &Hir) -> (Vec<Bytes>, bool) {
    match hir.kind() {
        HirKind::Empty => (Vec::new(), true),
        HirKind::Literal(literal) => {
            let places = literal.0.iter().map(|byte| bytes_of(&[(*byte, *byte)])).collect();
            (places, true)
        }
        HirKind::Class(class) => (vec![first_bytes(class)], true),
        HirKind::Capture(capture) => beginnings(&capture.sub),
        HirKind::Concat(parts) => {
            let mut places = Vec::new();
            for part in parts {
                let (mut further, is_all) = beginnings(part);
                places.append(&mut further);
                if !is_all || places.len() > MOST_PLACES {
                    return (places, false);
                }
            }
            (places, true)
        }
        HirKind::Alternation(parts) => {
            let each: Vec<Vec<Bytes>> = parts.iter().map(|part| beginnings(part).0).collect();
            let shortest = each.iter().map(Vec::len).min().unwrap_or(0).min(MOST_PLACES);
            let any = |place: usize| {
                let here = || each.iter().filter_map(|one| one.get(place));
                Box::new(std::array::from_fn(|byte| here().any(|bytes| bytes[byte])))
            };
            ((0..shortest).map(any).collect(), false)
        }
        HirKind::Repetition(repetition) if repetition.min > 0 => (beginnings(&repetition.sub).0, false),
        HirKind::Repetition(_) | HirKind::Look(_) => (Vec::new(), false),
    }
}

fn bytes_of(ranges: &[(u8, u8)]) -> Bytes {
    let is_in = |byte: usize| ranges.iter().any(|range| (usize::from(range.0)..=usize::from(range.1)).contains(&byte));
    Box::new(std::array::from_fn(is_in))
}

/// The bytes with which the characters of a class begin.
fn first_bytes(class: &Class) -> Bytes {
    let first = |character: char| character.encode_utf8(&mut [0; 4]).bytes().next().unwrap_or_default();
    match class {
        Class::Unicode(class) => {
            let ranges = class.ranges().iter().map(|one| (first(one.start()), first(one.end())));
            bytes_of(&ranges.collect::<Vec<_>>())
        }
        Class::Bytes(class) => bytes_of(&class.ranges().iter().map(|one| (one.start(), one.end())).collect::<Vec<_>>()),
    }
}

/// The characters of a class, where all are of ASCII.
fn ascii_ranges(class: &Class) -> Option<Vec<(u8, u8)>> {
    let ends: Vec<(u32, u32)> = match class {
        Class::Unicode(class) => class.ranges().iter().map(|one| (one.start().into(), one.end().into())).collect(),
        Class::Bytes(class) => class.ranges().iter().map(|one| (one.start().into(), one.end().into())).collect(),
    };
    let ascii = |end: u32| u8::try_from(end).ok().filter(u8::is_ascii);
    ends.iter().map(|(from, to)| Some((ascii(*from)?, ascii(*to)?))).collect()
}

/// The letter of a class that holds nothing but it, in both cases.
fn either_case(class: &Class) -> Option<u8> {
    let [(large, to), (small, end)] = ascii_ranges(class)?.try_into().ok()?;
    (large == to && small == end && small.to_ascii_uppercase() == large).then_some(small)
}

/// What makes letters of both cases one; other characters may become one too, which the closer look sorts out.
const SMALL: u8 = 0x20;

/// In a text of more bytes than this the first letter alone is looked for: in the languages of most it is rare.
const LONG: usize = 160;

impl Run {
    fn places(&self) -> usize {
        self.letters.len() + self.then.len()
    }

    /// Whether a text holds these letters, in either case, and what follows them.
    pub(super) fn is_in(&self, text: &[u8]) -> bool {
        let letters = &*self.letters;
        let ([first, ..], [.., last]) = (letters, letters) else { return true };
        let is_here = |at: usize| self.is_at(text.get(at..).unwrap_or_default());
        if letters.len() == 1 && !first.is_ascii_alphabetic() {
            return memchr::memchr_iter(*first, text).any(is_here);
        }
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

    /// Whether a text begins with them.
    fn is_at(&self, text: &[u8]) -> bool {
        let Some((head, rest)) = text.split_at_checked(self.letters.len()) else { return false };
        if !head.eq_ignore_ascii_case(&self.letters) {
            return false;
        }
        for (place, bytes) in self.then.iter().enumerate() {
            match rest.get(place) {
                Some(byte) if !bytes[usize::from(*byte)] => return false,
                Some(byte) if byte.is_ascii() => {}
                Some(_) => return true,
                None => return false,
            }
        }
        true
    }
}
