//! The fast way: 64 bytes at a step become masks of quotes, delimiters and line breaks; what lies
//! inside of quotes is the running parity of the quotes. Parity alone is fooled by a quote inside
//! of a cell without quotes, so every opening quote must stand at a cell's beginning and every
//! closing one at a cell's end: where that holds for a whole block, parity and the exact way agree.

use wide::u8x16;

use super::{Dialect, Quoting, Rows};

/// What the fast way says of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scanned {
    /// Whether the rows that were found are surely right; if not, the exact way must split.
    pub sure: bool,
    /// Whether there may be characters that nobody writes on purpose: control characters, marks that turn
    /// the direction of writing, U+FEFF, or U+FFFD to U+FFFF.
    pub odd: bool,
}

impl Rows {
    /// Splits whole records the fast way. The rows are of use only where it says that it is sure.
    pub fn scan(&mut self, text: &str, dialect: Dialect) -> Scanned {
        self.clear();
        let mut scan = Scan::new(text, dialect, self);
        let (words, tail) = text.as_bytes().as_chunks::<64>();
        let mut base = 0;
        for word in words {
            scan.word(word, base, u64::MAX);
            base += 64;
        }
        if !tail.is_empty() {
            let mut last = [b' '; 64];
            last.iter_mut().zip(tail).for_each(|(place, byte)| *place = *byte);
            scan.word(&last, base, (1 << tail.len()) - 1);
        }
        scan.finish()
    }
}

struct Scan<'s> {
    text: &'s str,
    rows: &'s mut Rows,
    quote: u8x16,
    delimiter: u8x16,
    /// Where the row at work begins in the text, and in the list of ends.
    row: u32,
    first: usize,
    /// All ones while the bytes before lie inside of quotes.
    inside: u64,
    /// 1 where the byte before is a boundary or a quote: an opening quote may follow.
    may_open: u64,
    /// 1 where the byte before closes a cell's quotes: a boundary or a quote must follow.
    closed: u64,
    /// Bits of quotes where none may stand.
    wrong: u64,
    /// Quotes may stand around single values of a cell: what they are then is for the exact way to say.
    anywhere: bool,
    /// There is a quote.
    quoted: bool,
    odd: u8x16,
    begun_odd: bool,
    ragged: bool,
}

impl<'s> Scan<'s> {
    fn new(text: &'s str, dialect: Dialect, rows: &'s mut Rows) -> Self {
        Scan {
            text,
            first: rows.ends.len(),
            rows,
            quote: u8x16::splat(dialect.quote_byte()),
            delimiter: u8x16::splat(dialect.delimiter),
            row: 0,
            inside: 0,
            may_open: 1,
            closed: 0,
            wrong: 0,
            anywhere: dialect.quoting == Quoting::Value,
            quoted: false,
            odd: u8x16::splat(0),
            begun_odd: false,
            ragged: false,
        }
    }

    #[inline(always)]
    fn word(&mut self, word: &[u8; 64], base: u32, valid: u64) {
        let lanes = word.as_chunks::<16>().0;
        let quotes = valid & mask(lanes, |lane| lane.simd_eq(self.quote));
        self.look_for_odd(lanes, base, valid);
        if quotes == 0 && self.inside != 0 {
            // in the middle of a long text there is nothing else to find
            self.may_open = 0;
            return;
        }
        self.quoted |= quotes != 0;
        let (delimiters, breaks) = (mask(lanes, |lane| lane.simd_eq(self.delimiter)), mask(lanes, breaks));
        let inside = running_parity(quotes) ^ self.inside;
        self.inside = 0u64.wrapping_sub(inside >> 63);
        let boundaries = (delimiters | breaks) & !inside & valid;
        let edges = boundaries | quotes;
        let closes = quotes & !inside;
        self.wrong |= quotes & inside & !(edges << 1 | self.may_open);
        self.wrong |= (closes << 1 | self.closed) & !edges & valid;
        self.may_open = edges >> 63;
        self.closed = closes >> 63;
        if boundaries & breaks == 0 {
            self.take_cells(boundaries, base);
        } else {
            self.take_rows(boundaries, breaks, base);
        }
    }

    /// Notes control characters, tabs among them, and characters that may be odd.
    #[inline(always)]
    fn look_for_odd(&mut self, lanes: &[[u8; 16]], base: u32, valid: u64) {
        let mut begun = u8x16::splat(0);
        for lane in lanes {
            let lane = u8x16::from(*lane);
            let control = lane.min(u8x16::splat(0x1F)).simd_eq(lane);
            self.odd |= (control ^ breaks(lane)) | lane.simd_eq(u8x16::splat(0x7F));
            begun |= begins(lane);
        }
        if begun.to_bitmask() != 0 {
            self.begun_odd |= self.begins_odd(mask(lanes, begins) & valid, base);
        }
    }

    /// Whether one of these bytes begins U+0080 to U+009F, U+202A to U+202E, U+2066 to U+2069, U+FEFF, or U+FFFD
    /// to U+FFFF.
    fn begins_odd(&self, mut bits: u64, base: u32) -> bool {
        let mut odd = false;
        while bits != 0 {
            let at = (base + bits.trailing_zeros()) as usize;
            bits &= bits - 1;
            odd |= matches!(
                self.text.as_bytes().get(at..).unwrap_or_default(),
                [0xC2, 0x80..=0x9F, ..]
                    | [0xE2, 0x80, 0xAA..=0xAE, ..]
                    | [0xE2, 0x81, 0xA6..=0xA9, ..]
                    | [0xEF, 0xBB, 0xBF, ..]
                    | [0xEF, 0xBF, 0xBD..=0xBF, ..]
            );
        }
        odd
    }

    #[inline(always)]
    fn take_cells(&mut self, mut boundaries: u64, base: u32) {
        while boundaries != 0 {
            self.rows.ends.push(base + boundaries.trailing_zeros());
            boundaries &= boundaries - 1;
        }
    }

    fn take_rows(&mut self, mut boundaries: u64, breaks: u64, base: u32) {
        while boundaries != 0 {
            let bit = boundaries.trailing_zeros();
            boundaries &= boundaries - 1;
            if breaks >> bit & 1 == 0 {
                self.rows.ends.push(base + bit);
            } else {
                self.end_row(base + bit);
            }
        }
    }

    /// A line break outside of quotes. The second half of CRLF belongs to the first.
    fn end_row(&mut self, at: u32) {
        if at < self.row {
            return;
        }
        let bytes = self.text.as_bytes();
        let two = bytes.get(at as usize) == Some(&b'\r') && bytes.get(at as usize + 1) == Some(&b'\n');
        self.take_row(at, false);
        self.row = at + 1 + u32::from(two);
    }

    /// The cells since the last row, the last of which ends here, are a row, unless it is an empty one.
    fn take_row(&mut self, end: u32, is_open: bool) {
        self.rows.ends.push(end);
        let cells = self.rows.ends.len() - self.first;
        let line = self.text.get(self.row as usize..end as usize).unwrap_or("");
        let blank = (line.len() + 1 == cells && !is_open) || (cells == 1 && line.trim().is_empty());
        if cells == self.rows.columns && !blank {
            self.rows.starts.push(self.row);
        } else {
            self.ragged |= !blank;
            self.rows.ends.truncate(self.first);
        }
        self.first = self.rows.ends.len();
    }

    fn finish(mut self) -> Scanned {
        let end = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        if self.row < end {
            let before = self.rows.starts.len();
            self.take_row(end, true);
            self.rows.open_end = self.rows.starts.len() > before;
        }
        let sure =
            self.wrong == 0 && !(self.anywhere && self.quoted) && self.inside == 0 && !self.ragged && end < u32::MAX;
        // tabs are seldom enough in texts to be told from the others only here
        let is_odd = |byte: &u8| byte.is_ascii_control() && !matches!(byte, b'\t' | b'\n' | b'\r');
        let controls = self.odd.to_bitmask() != 0 && self.text.as_bytes().iter().any(is_odd);
        Scanned { sure, odd: self.begun_odd || controls }
    }
}

/// Which of 64 bytes are what is looked for, by one bit each.
#[inline(always)]
fn mask(lanes: &[[u8; 16]], is: impl Fn(u8x16) -> u8x16) -> u64 {
    let bits = |lane: &[u8; 16]| u64::from(is(u8x16::from(*lane)).to_bitmask());
    lanes.iter().rev().fold(0, |mask, lane| mask << 16 | bits(lane))
}

/// Line feeds and carriage returns.
#[inline(always)]
fn breaks(lane: u8x16) -> u8x16 {
    lane.simd_eq(u8x16::splat(b'\n')) | lane.simd_eq(u8x16::splat(b'\r'))
}

/// Bytes that begin characters of three bytes, or of two from U+0080 on: dashes, typographic quotes, no-break blanks,
/// and rarely an odd one.
#[inline(always)]
fn begins(lane: u8x16) -> u8x16 {
    (lane & u8x16::splat(0xF0)).simd_eq(u8x16::splat(0xE0)) | lane.simd_eq(u8x16::splat(0xC2))
}

/// For each bit, the parity of the ones up to and with it.
#[inline(always)]
fn running_parity(mut bits: u64) -> u64 {
    for shift in [1, 2, 4, 8, 16, 32] {
        bits ^= bits << shift;
    }
    bits
}
