//! Which characters a document may hold: one fast look at a whole block, a close one
//! only where that saw something.

use wide::u8x16;

/// What a look at a piece of text found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Characters {
    /// Whether there is a carriage return, so that line ends must be made alike.
    pub(crate) returns: bool,
    /// Where the first character stands that XML does not allow.
    pub(crate) illegal: Option<usize>,
}

impl Characters {
    /// Looks at a text.
    pub(crate) fn of(text: &str) -> Self {
        const PIECE: usize = 4096;
        let mut found = Characters { returns: false, illegal: None };
        for (piece, at) in text.as_bytes().chunks(PIECE).zip((0..).step_by(PIECE)) {
            if !is_suspicious(piece) {
                continue;
            }
            let seen = Seen::of(piece);
            found.returns |= seen.returns;
            if (seen.controls || seen.far) && found.illegal.is_none() {
                // a noncharacter may lie across the end of the piece
                let around = text.as_bytes().get(at..).unwrap_or_default();
                found.illegal = first_illegal(around.get(..piece.len() + 2).unwrap_or(around)).map(|here| at + here);
            }
        }
        found
    }
}

/// Whether a piece holds anything to look at closely: a control character other than LF, or the byte that begins
/// U+FFFE and its neighbours. Most hold nothing of the kind, and four lanes at once say so.
fn is_suspicious(piece: &[u8]) -> bool {
    let mut seen = u8x16::splat(0);
    each_lane(piece, |lane| {
        let control = lane.min(u8x16::splat(0x1F)).simd_eq(lane);
        seen |= (control ^ lane.simd_eq(u8x16::splat(b'\n'))) | lane.simd_eq(u8x16::splat(0xEF));
    });
    seen.to_bitmask() != 0
}

/// Sixteen bytes at a time, four of them to a step; the rest filled up with blanks.
#[inline(always)]
fn each_lane(piece: &[u8], mut look: impl FnMut(u8x16)) {
    let (words, tail) = piece.as_chunks::<64>();
    for word in words {
        word.as_chunks::<16>().0.iter().for_each(|lane| look(u8x16::from(*lane)));
    }
    let mut last = [b' '; 64];
    last.iter_mut().zip(tail).for_each(|(place, byte)| *place = *byte);
    last.as_chunks::<16>().0.iter().for_each(|lane| look(u8x16::from(*lane)));
}

/// What occurs in a piece, without saying where.
struct Seen {
    controls: bool,
    returns: bool,
    far: bool,
}

impl Seen {
    fn of(piece: &[u8]) -> Self {
        let none = u8x16::splat(0);
        let (mut controls, mut returns, mut far) = (none, none, none);
        each_lane(piece, |lane| {
            let control = lane.min(u8x16::splat(0x1F)).simd_eq(lane);
            let cr = lane.simd_eq(u8x16::splat(b'\r'));
            let others = lane.simd_eq(u8x16::splat(b'\t')) | lane.simd_eq(u8x16::splat(b'\n'));
            controls |= control ^ (cr | others);
            returns |= cr;
            far |= lane.simd_eq(u8x16::splat(0xEF));
        });
        Seen { controls: controls.to_bitmask() != 0, returns: returns.to_bitmask() != 0, far: far.to_bitmask() != 0 }
    }
}

/// The first byte of a control character or of U+FFFE, U+FFFF.
fn first_illegal(bytes: &[u8]) -> Option<usize> {
    let control = bytes.iter().position(|byte| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r'));
    let noncharacter =
        memchr::memchr_iter(0xEF, bytes).find(|at| matches!(bytes.get(at + 1..at + 3), Some([0xBF, 0xBE | 0xBF])));
    control.into_iter().chain(noncharacter).min()
}

/// Whether XML 1.0 allows this character.
pub(crate) fn is_legal(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn illegal_characters_are_found_wherever_they_stand() {
        for bad in ['\0', '\u{1}', '\u{b}', '\u{1f}', '\u{fffe}', '\u{ffff}'] {
            for at in [0, 1, 100, 4094, 4095, 4096, 4097, 10_000] {
                let text = format!("{}{bad}{}", "x".repeat(at), "y\u{fffd}".repeat(5000));
                assert_eq!(Characters::of(&text).illegal, Some(at), "{bad:?} at {at}");
            }
        }
        let fine = "a\t\r\n \u{7f}\u{85}\u{fffd}\u{feff}😀".repeat(3000);
        assert_eq!(Characters::of(&fine), Characters { returns: true, illegal: None });
        assert!(!Characters::of("a\n").returns);
    }

    proptest! {
        #[test]
        fn the_look_agrees_with_the_definition(text in "[a\u{0}-\u{20}\u{ffe0}-\u{ffff}\u{10000}]{0,20}", before in 4080usize..4100) {
            let text = format!("{}{text}", " ".repeat(before));
            let first = text.char_indices().find(|(_, character)| !is_legal(*character)).map(|(at, _)| at);
            prop_assert_eq!(Characters::of(&text).illegal, first);
        }
    }
}
