//! Where a block of a table may end: behind the last line break that is a record's
//! end. The fast cut goes by the parity of quotes, the exact one reads the records.

use memchr::{memchr_iter, memrchr, memrchr2};

use super::{Dialect, Malformed, Records};
use crate::wire::blocks::Cut;

/// A record longer than this is taken for an unclosed quote: what swallows the rest of a file.
const LONGEST_RECORD: usize = 32 << 20;

/// Cuts by the parity of quotes; right as long as [`super::Scanned::sure`] holds for every block so far.
#[derive(Debug, Clone, Copy)]
pub struct FastCut {
    dialect: Dialect,
}

/// Cuts by reading every record.
#[derive(Debug, Clone, Copy)]
pub struct ExactCut {
    dialect: Dialect,
}

impl FastCut {
    /// For tables of this dialect.
    pub fn new(dialect: Dialect) -> Self {
        FastCut { dialect }
    }

    fn whole(self, bytes: &[u8]) -> Option<usize> {
        let quote = self.dialect.quote_byte();
        let mut within = bytes;
        let mut odd = memchr_iter(quote, bytes).count() % 2 == 1;
        while let Some(at) = last_line_break(within) {
            let (before, behind) = within.split_at_checked(at)?;
            odd ^= memchr_iter(quote, behind).count() % 2 == 1;
            if !odd {
                return Some(at);
            }
            within = before.get(..at - 1)?;
        }
        None
    }
}

/// Behind the last line break; a CR at the very end may be half of one, and is left for later.
fn last_line_break(bytes: &[u8]) -> Option<usize> {
    if let Some(at) = memrchr(b'\n', bytes) {
        return Some(at + 1);
    }
    let (_, all_but_one) = bytes.split_last()?;
    memrchr2(b'\r', b'\n', all_but_one).map(|at| at + 1)
}

impl ExactCut {
    /// For tables of this dialect.
    pub fn new(dialect: Dialect) -> Self {
        ExactCut { dialect }
    }

    fn whole(self, bytes: &[u8]) -> Option<usize> {
        let mut records = Records::of_bytes(bytes, self.dialect);
        let mut whole = 0;
        loop {
            match records.read(|_| ()) {
                // a record that ends with the bytes, or with half a line break, may go on
                Ok(Some(record)) if record.next < bytes.len() => whole = record.next,
                Ok(Some(record)) if bytes.last() == Some(&b'\n') && record.next > record.end => whole = record.next,
                Ok(_) | Err(Malformed::Unclosed { .. }) => break,
                // the block is broken: whoever splits it says where
                Err(Malformed::BehindQuote { .. }) => return characters(bytes),
            }
        }
        (whole > 0).then_some(whole)
    }
}

impl Cut for FastCut {
    fn cut(&mut self, bytes: &[u8], at_end: bool) -> Option<usize> {
        cut(bytes, at_end, |bytes| self.whole(bytes))
    }
}

impl Cut for ExactCut {
    fn cut(&mut self, bytes: &[u8], at_end: bool) -> Option<usize> {
        cut(bytes, at_end, |bytes| self.whole(bytes))
    }
}

/// The end of the input and too long a record go to whoever splits them, who says what is wrong.
fn cut(bytes: &[u8], at_end: bool, whole: impl FnOnce(&[u8]) -> Option<usize>) -> Option<usize> {
    if at_end {
        return Some(bytes.len());
    }
    whole(bytes).or_else(|| characters(bytes).filter(|_| bytes.len() > LONGEST_RECORD))
}

/// As many bytes as are whole characters, whatever comes next.
fn characters(bytes: &[u8]) -> Option<usize> {
    bytes.iter().rposition(u8::is_ascii).map(|at| at + 1)
}
