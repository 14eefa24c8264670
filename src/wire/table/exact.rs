//! The exact way: one record after the other by the grammar itself. It reads headers and samples,
//! splits what the fast way is not sure of, and alone words what is broken.

use memchr::{memchr, memchr3};

use super::{Broken, Dialect, Quoting, Rows};

/// A record that cannot be one, by bytes of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Malformed {
    /// A quote opened here and is not closed in the text.
    Unclosed {
        /// Where the quote stands.
        opened: usize,
    },
    /// Text stands behind the closing quote of a cell.
    BehindQuote {
        /// Where the cell's quote opened.
        opened: usize,
        /// Where the text stands that should not be there.
        at: usize,
    },
}

/// Where a record lies in its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record {
    /// Its first byte.
    pub start: usize,
    /// Behind its last cell.
    pub end: usize,
    /// Behind its line break; equal to `end` where the text ends without one.
    pub next: usize,
}

/// Reads the records of a text one by one, whatever number of cells they have.
#[derive(Debug, Clone)]
pub struct Records<'t> {
    bytes: &'t [u8],
    dialect: Dialect,
    at: usize,
}

impl<'t> Records<'t> {
    /// The records of a text.
    pub fn new(text: &'t str, dialect: Dialect) -> Self {
        Records::of_bytes(text.as_bytes(), dialect)
    }

    pub(super) fn of_bytes(bytes: &'t [u8], dialect: Dialect) -> Self {
        Records { bytes, dialect, at: 0 }
    }

    /// The next record; where each of its cells ends is told to `cell`. `None` behind the last.
    pub fn read(&mut self, mut cell: impl FnMut(usize)) -> Result<Option<Record>, Malformed> {
        let start = self.at;
        if start >= self.bytes.len() {
            return Ok(None);
        }
        loop {
            let end = cell_end(self.bytes, self.at, self.dialect)?;
            cell(end);
            let byte = self.bytes.get(end).copied();
            if byte == Some(self.dialect.delimiter) {
                self.at = end + 1;
                continue;
            }
            let two = byte == Some(b'\r') && self.bytes.get(end + 1) == Some(&b'\n');
            self.at = (end + 1 + usize::from(two)).min(self.bytes.len());
            return Ok(Some(Record { start, end, next: self.at }));
        }
    }
}

/// Where the cell ends that begins here: at a delimiter, a line break or the end of the text.
fn cell_end(bytes: &[u8], start: usize, dialect: Dialect) -> Result<usize, Malformed> {
    match (dialect.quoting, bytes.get(start)) {
        (Quoting::Value, _) => value_end(bytes, start, dialect),
        (Quoting::Cell, Some(byte)) if Some(*byte) == dialect.quote => quoted_end(bytes, start, dialect),
        (Quoting::Cell, _) => {
            let rest = bytes.get(start..).unwrap_or(&[]);
            Ok(memchr3(dialect.delimiter, b'\n', b'\r', rest).map_or(bytes.len(), |at| start + at))
        }
    }
}

fn quoted_end(bytes: &[u8], opened: usize, dialect: Dialect) -> Result<usize, Malformed> {
    let quote = dialect.quote_byte();
    let mut at = opened + 1;
    loop {
        let rest = bytes.get(at..).unwrap_or(&[]);
        at += memchr(quote, rest).ok_or(Malformed::Unclosed { opened })? + 1;
        match bytes.get(at) {
            Some(byte) if *byte == quote => at += 1,
            Some(byte) if *byte == dialect.delimiter || matches!(byte, b'\n' | b'\r') => return Ok(at),
            None => return Ok(at),
            Some(_) => return Err(Malformed::BehindQuote { opened, at }),
        }
    }
}

/// The end of a cell of values, some of them between quotes. A quote opens where a value begins: at the cell's
/// beginning, or behind one of the [`MARKS`]; anywhere else it is a letter, as in `12" pan`, and so is one whose
/// closing quote is followed by more of the value.
fn value_end(bytes: &[u8], start: usize, dialect: Dialect) -> Result<usize, Malformed> {
    let quote = dialect.quote_byte();
    let (mut at, mut begins) = (start, true);
    while let Some(byte) = bytes.get(at).copied() {
        if byte == dialect.delimiter || matches!(byte, b'\n' | b'\r') {
            return Ok(at);
        }
        if byte == quote
            && begins
            && let Some(behind) = quoted_value(bytes, at, at == start, dialect)?
        {
            (at, begins) = (behind, false);
            continue;
        }
        begins = MARKS.contains(&byte) || (begins && at > start && byte == b' ');
        at += 1;
    }
    Ok(at)
}

/// What parts the values of one cell.
pub const MARKS: [u8; 2] = [b',', b':'];

/// Behind the value whose quote opens here; `None` where the quote is a letter. Only a value that is the first of its
/// cell may hold delimiters and line breaks: a quote further in that is never closed could swallow whole rows.
fn quoted_value(bytes: &[u8], opened: usize, is_first: bool, dialect: Dialect) -> Result<Option<usize>, Malformed> {
    let quote = dialect.quote_byte();
    let mut at = opened + 1;
    let mut parts = false;
    loop {
        match bytes.get(at) {
            None if is_first => return Err(Malformed::Unclosed { opened }),
            None => return Ok(None),
            Some(byte) if *byte == quote && bytes.get(at + 1) == Some(&quote) => at += 2,
            Some(byte) if *byte == quote => break,
            Some(byte) => {
                parts |= *byte == dialect.delimiter || matches!(byte, b'\n' | b'\r');
                if parts && !is_first {
                    return Ok(None);
                }
                at += 1;
            }
        }
    }
    let ends = |byte: &u8| *byte == dialect.delimiter || matches!(byte, b'\n' | b'\r') || MARKS.contains(byte);
    match bytes.get(at + 1) {
        Some(byte) if !ends(byte) && parts => Err(Malformed::BehindQuote { opened, at: at + 1 }),
        Some(byte) if !ends(byte) => Ok(None),
        _ => Ok(Some(at + 1)),
    }
}

impl Rows {
    /// Splits whole records the exact way; the first that is broken ends it.
    pub fn split(&mut self, text: &str, dialect: Dialect) -> Result<(), Broken> {
        self.clear();
        let mut records = Records::new(text, dialect);
        loop {
            let first = self.ends.len();
            let ends = &mut self.ends;
            let Some(record) = records.read(|end| ends.push(place(end)))? else { return Ok(()) };
            let cells = self.ends.len() - first;
            let line = text.get(record.start..record.end).unwrap_or("");
            let is_open = record.next == record.end;
            // a row of nothing but delimiters that ends with the file may have been cut
            if (line.len() + 1 == cells && !is_open) || (cells == 1 && line.trim().is_empty()) {
                self.ends.truncate(first);
                continue;
            }
            if cells != self.columns {
                let mut behind = 0;
                // what comes next helps to tell the cause; it may be broken itself
                let _ = records.read(|_| behind += 1);
                return Err(Broken::Ragged { start: record.start, cells, behind, open: record.next == record.end });
            }
            self.starts.push(place(record.start));
            self.open_end = record.next == record.end;
        }
    }
}

/// Texts are blocks of a file, far shorter than 4 GiB; a longer one would find no cell.
fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
