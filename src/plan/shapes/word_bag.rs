//! Which words a text lost and which it won, as two numbers: cheap enough for
//! every changed text of a large catalog, where a true difference is only made
//! for what is printed.

use xxhash_rust::xxh3::xxh3_64;

/// What happened to the words of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum WordMove {
    /// These went and those came; equal numbers mean equal words.
    Words(u64, u64),
    /// The same words in another order.
    Order,
    /// The same words in the same order: only blanks differ.
    Blanks,
}

/// Compares texts; keeps its buffers from one to the next.
#[derive(Debug, Default)]
pub(super) struct WordBag {
    from: Vec<u64>,
    to: Vec<u64>,
}

/// Told apart from any text, the empty one included.
const NOTHING: u64 = 0x9e37_79b9_7f4a_7c15;

impl WordBag {
    /// How one text became another.
    pub(super) fn compare(&mut self, from: Option<&str>, to: Option<&str>) -> WordMove {
        let (old, new) = without_common_ends(from.unwrap_or(""), to.unwrap_or(""));
        fill(&mut self.from, old);
        fill(&mut self.to, new);
        if self.from == self.to && from.is_some() == to.is_some() {
            return WordMove::Blanks;
        }
        self.from.sort_unstable();
        self.to.sort_unstable();
        let (gone, come) = differences(&self.from, &self.to);
        if gone == 0 && come == 0 && from.is_some() == to.is_some() {
            return WordMove::Order;
        }
        let side = |text: Option<&str>, sum: u64| if text.is_none() { sum ^ NOTHING } else { sum };
        WordMove::Words(side(from, gone), side(to, come))
    }
}

/// The middles of two texts, cut at blanks, so that only what differs is looked at word by word.
fn without_common_ends<'t>(from: &'t str, to: &'t str) -> (&'t str, &'t str) {
    let equal = |pair: &(u8, u8)| pair.0 == pair.1;
    let front = from.bytes().zip(to.bytes()).take_while(equal).count();
    let front = word_start(from, front);
    let (from, to) = (from.get(front..).unwrap_or(from), to.get(front..).unwrap_or(to));
    let back = from.bytes().rev().zip(to.bytes().rev()).take_while(equal).count();
    let back = from.len() - word_end(from, from.len() - back);
    let keep = |text: &'t str| text.get(..text.len() - back).unwrap_or(text);
    (keep(from), keep(to))
}

/// The start of the word that a byte position lies in, after an ASCII blank.
fn word_start(text: &str, position: usize) -> usize {
    let before = text.as_bytes().get(..position).unwrap_or_default();
    before.iter().rposition(u8::is_ascii_whitespace).map_or(0, |at| at + 1)
}

/// The end of the word that a byte position lies in, before an ASCII blank.
fn word_end(text: &str, position: usize) -> usize {
    let after = text.as_bytes().get(position..).unwrap_or_default();
    after.iter().position(u8::is_ascii_whitespace).map_or(text.len(), |at| position + at)
}

fn fill(hashes: &mut Vec<u64>, text: &str) {
    hashes.clear();
    hashes.extend(text.split_whitespace().map(|word| xxh3_64(word.as_bytes())));
}

/// The sums of what stands only in the one and only in the other; both sorted.
fn differences(from: &[u64], to: &[u64]) -> (u64, u64) {
    let (mut gone, mut come) = (0u64, 0u64);
    let (mut old, mut new) = (from.iter().peekable(), to.iter().peekable());
    loop {
        match (old.peek(), new.peek()) {
            (Some(one), Some(other)) if one == other => {
                old.next();
                new.next();
            }
            (Some(one), other) if other.is_none_or(|other| one < other) => {
                gone = gone.wrapping_add(**one);
                old.next();
            }
            (_, Some(other)) => {
                come = come.wrapping_add(**other);
                new.next();
            }
            _ => return (gone, come),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn compare(from: &str, to: &str) -> WordMove {
        WordBag::default().compare(Some(from), Some(to))
    }

    #[test]
    fn equal_words_gone_and_come_are_one_move_wherever_they_stand() {
        let one = compare("Термос 1 л. Безкоштовна доставка! Синій", "Термос 1 л. Синій");
        let other = compare("Безкоштовна доставка! Куртка зимова", "Куртка зимова");
        assert_eq!(one, other);
        assert!(matches!(one, WordMove::Words(_, 0)));
        assert_ne!(one, compare("Безкоштовна доставка Куртка", "Куртка"));
        assert_ne!(compare("a b", "a c"), compare("a c", "a b"), "there is not back");
    }

    #[test]
    fn blanks_order_and_nothing_are_told_apart() {
        assert_eq!(compare("a  b", "a b"), WordMove::Blanks);
        assert_eq!(compare("a\u{a0}b", "a b"), WordMove::Blanks);
        assert_eq!(compare("a b c", "c a b"), WordMove::Order);
        let mut bag = WordBag::default();
        assert_ne!(bag.compare(None, Some("1299")), bag.compare(Some(""), Some("1299")));
        assert!(matches!(bag.compare(None, Some("")), WordMove::Words(..)));
    }

    proptest! {
        #[test]
        fn common_ends_never_change_the_words(a in "[аб ]{0,12}", b in "[аб ]{0,12}", front in "[абв ]{0,9}", back in "[абв ]{0,9}") {
            let bare = compare(&a, &b);
            let dressed = compare(&format!("{front} {a} {back}"), &format!("{front} {b} {back}"));
            if let (WordMove::Words(..), _) | (_, WordMove::Words(..)) = (bare, dressed) {
                prop_assert_eq!(bare, dressed);
            }
        }
    }
}
