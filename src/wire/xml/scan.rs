//! Finding the next byte that matters, sixteen at a time: the inner loops of the lexer.

use wide::u8x16;

pub(super) use crate::wire::scan::{is_blank, skip_blanks};
use crate::wire::scan::{sixteen, within};

/// So many steps of sixteen before the search is left to `memchr`, which is faster on long stretches.
const STEPS: usize = 4;

/// Where the run of ASCII name characters that begins at `at` ends; colons end it too.
#[inline(always)]
pub(super) fn plain_name_end(bytes: &[u8], at: usize) -> usize {
    let mut end = at;
    while let Some(chunk) = sixteen(bytes, end) {
        let letters = within(chunk | u8x16::splat(0x20), b'a', 25);
        let others = within(chunk, b'0', 9) | within(chunk, b'-', 1) | chunk.simd_eq(u8x16::splat(b'_'));
        let length = (!(letters | others).to_bitmask()).trailing_zeros() as usize;
        if length < 16 {
            return end + length;
        }
        end += 16;
    }
    let rest = bytes.get(end..).unwrap_or_default();
    end + rest.iter().take_while(|byte| is_plain_name(**byte)).count()
}

fn is_plain_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_')
}

/// The next `>`, where it is near.
#[inline(always)]
pub(super) fn tag_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    for _ in 0..STEPS {
        let mask = sixteen(bytes, at)?.simd_eq(u8x16::splat(b'>')).to_bitmask();
        if mask != 0 {
            return Some(at + mask.trailing_zeros() as usize);
        }
        at += 16;
    }
    None
}

/// The next `<`, `&` or `]`.
#[inline(always)]
pub(super) fn text_mark(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    for _ in 0..STEPS {
        let Some(chunk) = sixteen(bytes, at) else { break };
        let marks =
            chunk.simd_eq(u8x16::splat(b'<')) | chunk.simd_eq(u8x16::splat(b'&')) | chunk.simd_eq(u8x16::splat(b']'));
        let mask = marks.to_bitmask();
        if mask != 0 {
            return Some(at + mask.trailing_zeros() as usize);
        }
        at += 16;
    }
    memchr::memchr3(b'<', b'&', b']', bytes.get(at..)?).map(|found| at + found)
}

/// The next byte in an attribute's value that is its quote, `<`, `&`, or white space other than a blank.
#[inline(always)]
pub(super) fn value_mark(bytes: &[u8], from: usize, quote: u8) -> Option<usize> {
    let mut at = from;
    while let Some(chunk) = sixteen(bytes, at) {
        let marks = chunk.simd_eq(u8x16::splat(quote))
            | chunk.simd_eq(u8x16::splat(b'<'))
            | chunk.simd_eq(u8x16::splat(b'&'))
            | within(chunk, 0, 0x1F);
        let mask = marks.to_bitmask();
        if mask != 0 {
            return Some(at + mask.trailing_zeros() as usize);
        }
        at += 16;
    }
    let rest = bytes.get(at..)?;
    rest.iter().position(|byte| *byte == quote || matches!(byte, b'<' | b'&' | 0..0x20)).map(|found| at + found)
}

/// The next byte that may have to be written otherwise: the five, tab, line ends and their neighbours.
#[inline(always)]
pub(super) fn escape_mark(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    while let Some(chunk) = sixteen(bytes, at) {
        let marks = within(chunk, b'&', 1)
            | within(chunk, b'\t', 4)
            | chunk.simd_eq(u8x16::splat(b'"'))
            | chunk.simd_eq(u8x16::splat(b'<'))
            | chunk.simd_eq(u8x16::splat(b'>'));
        let mask = marks.to_bitmask();
        if mask != 0 {
            return Some(at + mask.trailing_zeros() as usize);
        }
        at += 16;
    }
    let marked = |byte: &u8| matches!(byte, b'&' | b'\'' | b'\t'..=b'\r' | b'"' | b'<' | b'>');
    bytes.get(at..)?.iter().position(marked).map(|found| at + found)
}

/// Whether two names or tags are the same. Most are short: two looks at eight bytes are done before a call would be.
#[inline(always)]
pub fn same_name(one: &[u8], other: &[u8]) -> bool {
    fn ends<const N: usize>(bytes: &[u8]) -> (Option<&[u8; N]>, Option<&[u8; N]>) {
        (bytes.first_chunk(), bytes.last_chunk())
    }
    one.len() == other.len()
        && match one.len() {
            17..=32 => ends::<16>(one) == ends::<16>(other),
            8..=16 => ends::<8>(one) == ends::<8>(other),
            4..=7 => ends::<4>(one) == ends::<4>(other),
            2..=3 => ends::<2>(one) == ends::<2>(other),
            _ => one == other,
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn wide_and_narrow_agree(text in "[a-z0-9_.:<&\\]\"'=\t\n А-Яїґ/>@\\[`{^-]{0,90}", from in 0usize..90) {
            let bytes = text.as_bytes();
            let from = from.min(bytes.len());
            let first = |wanted: &dyn Fn(u8) -> bool| (from..bytes.len()).find(|at| wanted(bytes[*at]));
            prop_assert_eq!(text_mark(bytes, from), first(&|byte| matches!(byte, b'<' | b'&' | b']')));
            let near = first(&|byte| byte == b'>').filter(|end| end / 16 * 16 < bytes.len());
            let end = tag_end(bytes, from);
            prop_assert!(end.is_none() || end == near);
            prop_assert!(end.is_some() || near.is_none_or(|near| near >= from + 64 || from + (near - from) / 16 * 16 + 16 > bytes.len()));
            for quote in [b'"', b'\''] {
                let mark = first(&|byte| byte == quote || byte < 0x20 || matches!(byte, b'<' | b'&'));
                prop_assert_eq!(value_mark(bytes, from, quote), mark);
            }
            prop_assert_eq!(plain_name_end(bytes, from), first(&|byte| !is_plain_name(byte)).unwrap_or(bytes.len()));
            prop_assert_eq!(skip_blanks(bytes, from), first(&|byte| !is_blank(byte)).unwrap_or(bytes.len()));
        }
    }

    proptest! {
        #[test]
        fn names_are_the_same_that_are_equal(one in "[ab]{0,18}", other in "[ab]{0,18}", at in 0usize..18) {
            prop_assert_eq!(same_name(one.as_bytes(), other.as_bytes()), one == other);
            prop_assert!(same_name(one.as_bytes(), one.clone().as_bytes()));
            let mut changed = one.clone().into_bytes();
            if let Some(byte) = changed.get_mut(at) {
                *byte = b'c';
                prop_assert!(!same_name(one.as_bytes(), &changed));
            }
        }
    }

    #[test]
    fn the_fast_name_characters_are_the_true_ones() {
        for byte in 0..=255u8 {
            let text = [byte; 16];
            let run = plain_name_end(&text, 0);
            assert_eq!(run == 16, is_plain_name(byte), "{byte:#04x}");
        }
    }
}
