//! Which words of a text change. Made only for what is printed, and bounded by
//! the length of the texts rather than by the clock: the same texts always give
//! the same answer.

use std::ops::Range;

use similar::{Algorithm, DiffOp, DiffableStr, capture_diff_slices};

mod paragraphs;

pub use paragraphs::{Part, paragraph_diff};

/// Beyond so many words between the first and the last that differ, no smaller difference is looked for.
const WORDS_AT_MOST: usize = 4_000;
/// Words that may alternate in one line between those that go and those that come.
const ALTERNATIONS_IN_A_LINE: usize = 3;
/// A piece of two texts, read in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'t> {
    /// In both.
    Same(&'t str),
    /// Only in the first.
    Gone(&'t str),
    /// Only in the second.
    Come(&'t str),
}

/// Where two texts differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordDiff<'t> {
    from: &'t str,
    to: &'t str,
    /// Bytes of the one in place of bytes of the other.
    places: Vec<(Range<usize>, Range<usize>)>,
}

/// The words that differ.
pub fn word_diff<'t>(from: &'t str, to: &'t str) -> WordDiff<'t> {
    let (old, new) = (from.tokenize_words(), to.tokenize_words());
    let mut places: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    let (mut old_at, mut new_at) = (Offsets::default(), Offsets::default());
    for (gone, come) in differences(&old, &new) {
        let place = (old_at.bytes(&old, gone), new_at.bytes(&new, come));
        match places.last_mut() {
            // with nothing but a blank between them, two places read as one
            Some(last) if is_blank(from.get(last.0.end..place.0.start)) => {
                last.0.end = place.0.end;
                last.1.end = place.1.end;
            }
            _ => places.push(place),
        }
    }
    WordDiff { from, to, places }
}

impl<'t> WordDiff<'t> {
    /// In how many places the texts differ.
    pub fn places(&self) -> usize {
        self.places.len()
    }

    /// Whether it reads well in one line: words that go and words that come alternate at most three times.
    pub fn fits_one_line(&self) -> bool {
        let mut kinds: Vec<bool> = Vec::new();
        for (gone, come) in &self.places {
            kinds.extend(
                [(!gone.is_empty()).then_some(false), (!come.is_empty()).then_some(true)].into_iter().flatten(),
            );
        }
        kinds.dedup();
        kinds.len() <= ALTERNATIONS_IN_A_LINE
    }

    /// Both texts in pieces.
    pub fn pieces(&self) -> Vec<Piece<'t>> {
        let mut pieces = Vec::new();
        let mut at = 0;
        let mut push = |piece: Piece<'t>| match piece {
            Piece::Same("") | Piece::Gone("") | Piece::Come("") => {}
            piece => pieces.push(piece),
        };
        for (gone, come) in &self.places {
            push(Piece::Same(self.from.get(at..gone.start).unwrap_or_default()));
            push(Piece::Gone(self.from.get(gone.clone()).unwrap_or_default()));
            push(Piece::Come(self.to.get(come.clone()).unwrap_or_default()));
            at = gone.end;
        }
        push(Piece::Same(self.from.get(at..).unwrap_or_default()));
        pieces
    }
}

/// Bytes of tokens, counted on from the last that was asked for.
#[derive(Default)]
struct Offsets {
    token: usize,
    byte: usize,
}

impl Offsets {
    fn bytes(&mut self, tokens: &[&str], range: Range<usize>) -> Range<usize> {
        let start = self.go(tokens, range.start);
        start..self.go(tokens, range.end)
    }

    fn go(&mut self, tokens: &[&str], to: usize) -> usize {
        self.byte += tokens.get(self.token..to).unwrap_or_default().iter().map(|token| token.len()).sum::<usize>();
        self.token = to;
        self.byte
    }
}

/// Tokens of the one in place of tokens of the other, in order.
fn differences(old: &[&str], new: &[&str]) -> Vec<(Range<usize>, Range<usize>)> {
    let front = old.iter().zip(new).take_while(|pair| pair.0 == pair.1).count();
    let (old_rest, new_rest) = (old.get(front..).unwrap_or_default(), new.get(front..).unwrap_or_default());
    let back = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|pair| pair.0 == pair.1).count();
    let middle = |rest: &[&'_ str]| 0..rest.len() - back;
    let (gone, come) = (middle(old_rest), middle(new_rest));
    if gone.is_empty() && come.is_empty() {
        return Vec::new();
    }
    let moved = |range: Range<usize>| range.start + front..range.end + front;
    if gone.len() + come.len() > WORDS_AT_MOST {
        return vec![(moved(gone), moved(come))];
    }
    let (old, new) = (old_rest.get(gone).unwrap_or_default(), new_rest.get(come).unwrap_or_default());
    capture_diff_slices(Algorithm::Myers, old, new)
        .into_iter()
        .filter(|op| !matches!(op, DiffOp::Equal { .. }))
        .map(|op| (moved(op.old_range()), moved(op.new_range())))
        .collect()
}

fn is_blank(text: Option<&str>) -> bool {
    text.is_some_and(|text| text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn inline(from: &str, to: &str) -> String {
        let pieces = word_diff(from, to).pieces();
        let show = |piece: &Piece<'_>| match piece {
            Piece::Same(text) => (*text).to_owned(),
            Piece::Gone(text) => format!("[-{text}-]"),
            Piece::Come(text) => format!("{{+{text}+}}"),
        };
        pieces.iter().map(show).collect()
    }

    #[test]
    fn changed_words_stand_between_those_that_stay() {
        assert_eq!(inline("сталь, 450 мл", "сталь, 500 мл"), "сталь, [-450-]{+500+} мл");
        assert_eq!(inline("а б в г", "а х у г"), "а [-б в-]{+х у+} г", "a blank between two places is no place");
        assert_eq!(inline("", "новий текст"), "{+новий текст+}");
        assert_eq!(inline("те саме", "те саме"), "те саме");
        assert_eq!(word_diff("а б в", "а Б в Г").places(), 2);
    }

    #[test]
    fn one_line_holds_three_alternations() {
        assert!(word_diff("а б в", "а Б в Г").fits_one_line(), "gone, come, come");
        assert!(!word_diff("а б в г", "а Б в Г").fits_one_line(), "gone, come, gone, come");
        assert!(word_diff("а б в г д е", "а в д").fits_one_line(), "only gone");
    }

    #[test]
    fn texts_without_end_are_taken_whole() {
        let from: String = (0..30_000).map(|number| format!("а{number} ")).collect();
        let to: String = (0..30_000).rev().map(|number| format!("б{number} ")).collect();
        assert_eq!(word_diff(&from, &to).places(), 1);
    }

    proptest! {
        #[test]
        fn pieces_spell_both_texts(from in "[абв \n]{0,40}", to in "[абв \n]{0,40}") {
            let side = |pieces: &[Piece<'_>], which: bool| -> String {
                pieces.iter().map(|piece| match piece {
                    Piece::Same(text) => text,
                    Piece::Gone(text) if !which => text,
                    Piece::Come(text) if which => text,
                    _ => "",
                }).collect()
            };
            let pieces = word_diff(&from, &to).pieces();
            prop_assert_eq!(side(&pieces, false), from.clone());
            prop_assert_eq!(side(&pieces, true), to.clone());
        }
    }
}
