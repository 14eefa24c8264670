//! Finding the next byte that matters in a text, sixteen at a time.

use wide::u8x16;

use crate::wire::scan::{sixteen, within};

/// The next quote, backslash or control character: where a text ends, is escaped or is broken when it is read, and
/// what must be escaped when it is written.
#[inline(always)]
pub(super) fn text_mark(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    while let Some(chunk) = sixteen(bytes, at) {
        let marks = chunk.simd_eq(u8x16::splat(b'"')) | chunk.simd_eq(u8x16::splat(b'\\')) | within(chunk, 0, 0x1F);
        let mask = marks.to_bitmask();
        if mask != 0 {
            return Some(at + mask.trailing_zeros() as usize);
        }
        at += 16;
    }
    bytes.get(at..)?.iter().position(|byte| is_mark(*byte)).map(|found| at + found)
}

fn is_mark(byte: u8) -> bool {
    matches!(byte, b'"' | b'\\' | 0..0x20)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn wide_and_narrow_agree(text in "[a-z \u{0}-\u{21}А-Яїґ\\\\\"😀]{0,90}", from in 0usize..90) {
            let bytes = text.as_bytes();
            let from = from.min(bytes.len());
            prop_assert_eq!(text_mark(bytes, from), (from..bytes.len()).find(|at| is_mark(bytes[*at])));
        }
    }

    #[test]
    fn the_marks_are_the_true_ones() {
        for byte in 0..=255u8 {
            assert_eq!(text_mark(&[byte; 16], 0).is_some(), is_mark(byte), "{byte:#04x}");
        }
    }
}
