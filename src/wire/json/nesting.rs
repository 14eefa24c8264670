//! How deep a place is nested, found 64 bytes at a time without reading values: where the text is JSON it is right,
//! and where it is none, whoever reads the values notices.

use wide::u8x16;

/// Bytes looked at together.
pub(super) const CHUNK: usize = 64;

/// Where a text stands, within the list or object that it began in.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Nesting {
    /// How many lists and objects are open further inside.
    depth: usize,
    in_text: bool,
    /// Whether the next byte is escaped.
    escaped: bool,
}

/// What stands at no depth in a chunk.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Top {
    /// The last comma.
    pub(super) comma: Option<usize>,
    /// The bracket that closes what the text began in; nothing behind it was looked at.
    pub(super) close: Option<usize>,
}

/// A bit for each byte of a chunk that is the one or the other, outside of texts.
struct Outside {
    opens: u64,
    closes: u64,
    commas: u64,
}

impl Nesting {
    /// Goes on over a chunk: [`CHUNK`] bytes, or fewer.
    #[inline(always)]
    pub(super) fn pass(&mut self, chunk: &[u8]) -> Top {
        let outside = self.outside(chunk);
        let (opens, closes) = (outside.opens.count_ones() as usize, outside.closes.count_ones() as usize);
        if closes < self.depth {
            self.depth = self.depth + opens - closes;
            return Top::default();
        }
        self.top(&outside)
    }

    /// The same bracket by bracket.
    fn top(&mut self, outside: &Outside) -> Top {
        let mut top = Top::default();
        let mut marks = outside.opens | outside.closes | outside.commas;
        while marks != 0 {
            let bit = marks & marks.wrapping_neg();
            marks ^= bit;
            let at = bit.trailing_zeros() as usize;
            if outside.opens & bit != 0 {
                self.depth += 1;
            } else if self.depth > 0 {
                self.depth -= usize::from(outside.closes & bit != 0);
            } else if outside.commas & bit != 0 {
                top.comma = Some(at);
            } else {
                top.close = Some(at);
                return top;
            }
        }
        top
    }

    #[inline(always)]
    fn outside(&mut self, chunk: &[u8]) -> Outside {
        let mut padded = [0; CHUNK];
        let bytes = match chunk.first_chunk::<CHUNK>() {
            Some(whole) => whole,
            None => {
                padded.iter_mut().zip(chunk).for_each(|(to, from)| *to = *from);
                &padded
            }
        };
        let masks = Masks::of(bytes);
        let escaped = self.escaped_bytes(masks.backslashes, chunk.len());
        let texts = parity(masks.quotes & !escaped) ^ if self.in_text { u64::MAX } else { 0 };
        self.in_text = texts >> (chunk.len().clamp(1, CHUNK) - 1) & 1 == 1;
        Outside { opens: masks.opens & !texts, closes: masks.closes & !texts, commas: masks.commas & !texts }
    }

    /// Which bytes stand behind a backslash that is itself not escaped.
    #[inline(always)]
    fn escaped_bytes(&mut self, backslashes: u64, length: usize) -> u64 {
        if backslashes == 0 && !self.escaped {
            return 0;
        }
        let mut escaped = u128::from(self.escaped);
        let mut rest = u128::from(backslashes) & !escaped;
        while rest != 0 {
            let next = (rest & rest.wrapping_neg()) << 1;
            escaped |= next;
            rest &= (rest - 1) & !next;
        }
        self.escaped = escaped >> length & 1 == 1;
        escaped as u64
    }
}

/// A bit for each byte of a chunk that is the one or the other.
#[derive(Default)]
struct Masks {
    quotes: u64,
    backslashes: u64,
    opens: u64,
    closes: u64,
    commas: u64,
}

impl Masks {
    #[inline(always)]
    fn of(bytes: &[u8; CHUNK]) -> Masks {
        let mut masks = Masks::default();
        for (number, sixteen) in bytes.as_chunks::<16>().0.iter().enumerate() {
            let sixteen = u8x16::from(*sixteen);
            let mask = |found: u8x16| u64::from(found.to_bitmask()) << (16 * number);
            // `[` and `{`, `]` and `}` differ in this bit
            let folded = sixteen | u8x16::splat(0x20);
            masks.quotes |= mask(sixteen.simd_eq(u8x16::splat(b'"')));
            masks.backslashes |= mask(sixteen.simd_eq(u8x16::splat(b'\\')));
            masks.opens |= mask(folded.simd_eq(u8x16::splat(b'{')));
            masks.closes |= mask(folded.simd_eq(u8x16::splat(b'}')));
            masks.commas |= mask(sixteen.simd_eq(u8x16::splat(b',')));
        }
        masks
    }
}

/// For each bit whether it and those below it are odd in number: which bytes stand between quotes.
#[inline(always)]
fn parity(mut bits: u64) -> u64 {
    for shift in [1, 2, 4, 8, 16, 32] {
        bits ^= bits << shift;
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The last comma of the front, and where it is closed, byte by byte.
    fn narrow(text: &str) -> Top {
        let (mut depth, mut in_text, mut escaped) = (0, false, false);
        let mut top = Top::default();
        for (at, byte) in text.bytes().enumerate() {
            let was_escaped = std::mem::take(&mut escaped);
            match byte {
                b'\\' => escaped = !was_escaped,
                b'"' if !was_escaped => in_text = !in_text,
                _ if in_text => {}
                b'[' | b'{' => depth += 1,
                b']' | b'}' if depth == 0 => return Top { close: Some(at), ..top },
                b']' | b'}' => depth -= 1,
                b',' if depth == 0 => top.comma = Some(at),
                _ => {}
            }
        }
        top
    }

    fn wide(text: &str, step: usize) -> Top {
        let mut nesting = Nesting::default();
        let mut all = Top::default();
        for (number, chunk) in text.as_bytes().chunks(step).enumerate() {
            let top = nesting.pass(chunk);
            all.comma = top.comma.map(|at| number * step + at).or(all.comma);
            if let Some(close) = top.close {
                all.close = Some(number * step + close);
                break;
            }
        }
        all
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn wide_and_narrow_agree(text in "([\\[{]{0,5}[a,]{0,9}(\"[a,{}\\[\\]]{0,70}(\\\\[\"\\\\]){0,40}\")?[}\\]]{0,5}){0,8}", step in 1usize..=64) {
            prop_assert_eq!(wide(&text, step), narrow(&text));
            prop_assert_eq!(wide(&text, CHUNK), narrow(&text));
        }

        #[test]
        fn they_agree_where_nothing_is_json(text in "[\\[\\]{}\",\\\\aж]{0,200}", step in 1usize..=64) {
            prop_assert_eq!(wide(&text, step), narrow(&text));
        }
    }
}
