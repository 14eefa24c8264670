//! Where the cells of a block's rows end: two flat lists of numbers, reused from
//! block to block, so that a row costs no allocation.

use bumpalo::Bump;
use memchr::memchr;

use super::Dialect;

/// The rows of one text, each with as many cells as the header has.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    pub(super) columns: usize,
    /// Where each cell ends: `columns` numbers a row.
    pub(super) ends: Vec<u32>,
    /// Where each row begins.
    pub(super) starts: Vec<u32>,
    /// Whether the last row ends with the text and not with a line break.
    pub(super) open_end: bool,
}

/// One row of a text.
#[derive(Debug, Clone, Copy)]
pub struct Row<'r, 'b> {
    text: &'b str,
    start: u32,
    ends: &'r [u32],
}

impl Rows {
    /// Room for rows of so many cells.
    pub fn new(columns: usize) -> Self {
        Rows { columns, ..Rows::default() }
    }

    /// How many cells a row has.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// Whether the last row ends with the text and not with a line break.
    pub fn open_end(&self) -> bool {
        self.open_end
    }

    /// The rows of the text that was split.
    #[inline]
    pub fn iter<'r, 'b>(&'r self, text: &'b str) -> impl Iterator<Item = Row<'r, 'b>> {
        let cells = self.ends.chunks_exact(self.columns.max(1));
        self.starts.iter().zip(cells).map(move |(start, ends)| Row { text, start: *start, ends })
    }

    pub(super) fn clear(&mut self) {
        self.ends.clear();
        self.starts.clear();
        self.open_end = false;
    }
}

impl<'b> Row<'_, 'b> {
    /// A cell as it stands in the text, quotes included; empty past the last one.
    #[inline]
    pub fn raw(&self, column: usize) -> &'b str {
        let start = match column {
            0 => self.start,
            _ => self.ends.get(column - 1).map_or(u32::MAX, |end| end + 1),
        };
        let end = self.ends.get(column).copied().unwrap_or(0);
        self.text.get(start as usize..end as usize).unwrap_or("")
    }

    /// Where a cell begins in the text.
    pub fn cell_start(&self, column: usize) -> u32 {
        match column.checked_sub(1) {
            None => self.start,
            Some(before) => self.ends.get(before).map_or(self.start, |end| end + 1),
        }
    }

    /// The whole row as it stands in the text, without its line break.
    pub fn text(&self) -> &'b str {
        self.text.get(self.start as usize..self.end() as usize).unwrap_or("")
    }

    /// Where the row begins in the text.
    pub fn start(&self) -> u32 {
        self.start
    }

    /// Where its last cell ends.
    pub fn end(&self) -> u32 {
        self.ends.last().copied().unwrap_or(self.start)
    }

    /// How many cells it has.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether it has no cell at all.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Whether all of its cells are blank.
    pub fn is_blank(&self, dialect: Dialect) -> bool {
        (0..self.len()).all(|column| {
            let raw = self.raw(column);
            let quoted = raw.len() >= 2 && dialect.quote.is_some_and(|quote| raw.as_bytes().first() == Some(&quote));
            let inner = if quoted { raw.get(1..raw.len() - 1).unwrap_or(raw) } else { raw };
            inner.trim().is_empty()
        })
    }
}

/// A cell's text: without its quotes, and with doubled quotes made single in the arena.
#[inline(always)]
pub fn unquoted<'b>(raw: &'b str, quote: Option<u8>, arena: &'b Bump) -> &'b str {
    match quote {
        Some(quote) if raw.as_bytes().first() == Some(&quote) => without_quotes(raw, quote, arena),
        _ => raw,
    }
}

/// A text between quotes, with those in it doubled.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// A cell's text as a text of its own.
pub fn owned_cell(raw: &str, dialect: Dialect) -> String {
    unquoted(raw, dialect.quote, &Bump::new()).to_owned()
}

fn without_quotes<'b>(raw: &'b str, quote: u8, arena: &'b Bump) -> &'b str {
    let inner = raw.get(1..raw.len().saturating_sub(1)).unwrap_or("");
    let Some(first) = memchr(quote, inner.as_bytes()) else { return inner };
    let mut text = bumpalo::collections::String::with_capacity_in(inner.len(), arena);
    let (mut rest, mut next) = (inner, Some(first));
    while let Some(at) = next {
        // one of the two stays
        let (kept, behind) = rest.split_at_checked(at + 1).unwrap_or((rest, ""));
        text.push_str(kept);
        rest = behind.get(1..).unwrap_or("");
        next = memchr(quote, rest.as_bytes());
    }
    text.push_str(rest);
    text.into_bump_str()
}
