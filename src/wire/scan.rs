//! Sixteen bytes at a time: what the inner loops of the strict readers are made of.

use wide::u8x16;

/// The sixteen bytes from here on; `None` near the end.
#[inline(always)]
pub(super) fn sixteen(bytes: &[u8], at: usize) -> Option<u8x16> {
    bytes.get(at..)?.first_chunk::<16>().map(|chunk| u8x16::from(*chunk))
}

/// Which of the bytes lie between `low` and `low + width`.
#[inline(always)]
pub(super) fn within(bytes: u8x16, low: u8, width: u8) -> u8x16 {
    let above = bytes - u8x16::splat(low);
    above.min(u8x16::splat(width)).simd_eq(above)
}

/// The first byte from here on that is not white space.
#[inline(always)]
pub(super) fn skip_blanks(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while bytes.get(at).is_some_and(|byte| is_blank(*byte)) {
        at += 1;
    }
    at
}

/// White space, as XML and JSON mean it.
#[inline(always)]
pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r')
}
