//! A text with single blanks between its words: what the standard library's words joined by blanks are, without a look
//! at each character.

use std::borrow::Cow;

use wide::u8x16;

/// The words of a text with one blank between them; most texts stand like that already, and are not copied.
pub fn in_single_blanks(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    let Some((mut from, mut to)) = odd_blanks(text, 0) else { return Cow::Borrowed(text) };
    let mut joined = String::with_capacity(text.len());
    let mut done = 0;
    loop {
        joined.push_str(text.get(done..from).unwrap_or_default());
        joined.push(' ');
        done = to;
        match odd_blanks(text, done) {
            Some(next) => (from, to) = next,
            None => break,
        }
    }
    joined.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(joined)
}

/// The next blanks, from a place on, that are not one single space; from and to. Blanks within a text have letters on both
/// sides.
fn odd_blanks(text: &str, from: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        at = odd_byte(bytes, at)?;
        let rest = text.get(at..)?;
        let letters = rest.trim_start();
        match rest.len() - letters.len() {
            // a letter that begins like a blank, or a space before one
            0 => at += rest.chars().next().map_or(1, char::len_utf8),
            1 if bytes.get(at) == Some(&b' ') => at += 1,
            blanks => return Some((at, at + blanks)),
        }
    }
}

/// The next byte, from a place on, with which odd blanks may begin: all that may begin a blank but a space with something
/// else behind it.
fn odd_byte(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    while let Some(lane) = bytes.get(at..).and_then(|rest| rest.first_chunk::<16>()) {
        let (spaces, others) = may_begin_blanks(u8x16::from(*lane));
        let blanks = spaces | others;
        // a space is odd where a blank may follow; what follows the last one is not known here
        let odd = others | (spaces & ((blanks >> 1) | 1 << 15));
        if odd != 0 {
            return Some(at + odd.trailing_zeros() as usize);
        }
        at += 16;
    }
    let rest = bytes.get(at..)?;
    let is_odd = |byte: &u8| matches!(byte, b'\t'..=b'\r' | b' ' | 0xC2 | 0xE1..=0xE3);
    rest.iter().position(is_odd).map(|found| at + found)
}

/// Which bytes are spaces, and which others may begin a blank: those of ASCII, U+0085 and U+00A0, and a few from U+1680 to
/// U+3000. Of the letters of most languages the first byte tells that they are none.
fn may_begin_blanks(lane: u8x16) -> (u32, u32) {
    let within = |first: u8, width: u8| {
        let above = lane - u8x16::splat(first);
        above.min(u8x16::splat(width)).simd_eq(above)
    };
    let others = within(b'\t', b'\r' - b'\t') | lane.simd_eq(u8x16::splat(0xC2)) | within(0xE1, 2);
    (lane.simd_eq(u8x16::splat(b' ')).to_bitmask(), others.to_bitmask())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn words_are_those_of_the_standard_library(
            text in "[ \t\r\n\u{b}\u{c}aбів—\u{85}\u{a0}\u{1680}\u{2003}\u{200b}\u{2028}\u{202f}\u{205f}\u{3000}\u{180e}]{0,30}",
            letters in "[ a-cб—]{0,60}",
        ) {
            for text in [&text, &letters, &format!("{letters}{text}{letters}")] {
                let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
                prop_assert_eq!(in_single_blanks(text), joined, "{:?}", text);
            }
        }
    }

    #[test]
    fn a_text_that_stands_so_already_is_not_copied() {
        for text in ["a", "Куртка — синя, 42", " a b ", "", "Куртка зимова «Говерла» — синя, розмір 42, для чоловіків"]
        {
            assert!(matches!(in_single_blanks(text), Cow::Borrowed(_)), "{text}");
        }
        assert!(matches!(in_single_blanks("a  b"), Cow::Owned(_)));
    }
}
