//! One cell of a record, read again for a message: where it stands and what it holds.

use std::ops::Range;

use super::Master;
use crate::finding::Refusal;
use crate::wire::input::Input;
use crate::wire::table::{Dialect, Records};

/// Read at first to find a cell: most records are shorter.
const WINDOW: usize = 4 * 1024;

/// The cell of the record that begins here: its bytes in the file, and its text as it stands there.
pub(super) fn cell_at(
    input: &Input,
    dialect: Dialect,
    record: u64,
    column: usize,
) -> Result<Option<(Range<u64>, String)>, Refusal> {
    let rest = usize::try_from(input.len().saturating_sub(record)).unwrap_or(usize::MAX);
    let mut window = WINDOW;
    loop {
        let mut bytes = Vec::new();
        input.read_at(record, window.min(rest), &mut bytes)?;
        let valid = bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid());
        let mut ends = Vec::new();
        let _ = Records::new(valid, dialect).read(|end| ends.push(end));
        let end = ends.get(column).copied();
        // the last end that was seen may be the window's, not the cell's
        if let Some(end) = end.filter(|end| *end < valid.len() || window >= rest) {
            let start = column.checked_sub(1).and_then(|before| ends.get(before)).map_or(0, |end| end + 1);
            let text = valid.get(start..end).unwrap_or("").to_owned();
            return Ok(Some((record + start as u64..record + end as u64, text)));
        }
        if window >= rest {
            return Ok(None);
        }
        window *= 16;
    }
}

/// Where something was found, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The place in the file.
    pub at: u64,
    /// The cell or value that is meant; `None` where no single one is.
    pub cell: Option<Range<u64>>,
}

impl Master {
    /// Where in the file a place of the records lies. One of a whole record is brought to the cell that one of these
    /// fields is taken from, the first that has one; `title` is taken from `title.uk` where nothing else says it.
    pub fn spot(&self, offset: u64, fields: &[&str]) -> Result<Spot, Refusal> {
        let mut cell = None;
        if self.begins_record(offset)? {
            for field in fields {
                cell = match self.column_of(field) {
                    Some(column) => self.cell(offset, column)?,
                    None => None,
                };
                if cell.is_some() {
                    break;
                }
            }
        } else if let Some(laid) = &self.laid
            && let Some(column) = laid.column(offset)?
        {
            cell = self.cell(offset, column)?;
        }
        let start = || self.laid.as_ref().map_or(offset, |laid| laid.object(offset));
        Ok(Spot { at: cell.as_ref().map_or_else(start, |cell| cell.start), cell })
    }

    /// Whether a record begins here, and no cell further in.
    fn begins_record(&self, offset: u64) -> Result<bool, Refusal> {
        let Some(before) = offset.checked_sub(1) else { return Ok(true) };
        match &self.laid {
            Some(laid) => Ok(laid.begins_row(offset)),
            None => {
                let mut byte = Vec::new();
                self.input.read_at(before, 1, &mut byte)?;
                Ok(matches!(byte.as_slice(), b"\n" | b"\r"))
            }
        }
    }

    /// The only column that a field is taken from.
    fn column_of(&self, field: &str) -> Option<usize> {
        let said = self.layout.said.iter().position(|said| said.name == field).or_else(|| {
            let of_language = |name: &str| name.strip_prefix(field).is_some_and(|rest| rest.starts_with('.'));
            self.layout.said.iter().position(|said| of_language(&said.name))
        });
        let columns = said.and_then(|said| self.layout.takes.get(said)).map(|take| take.columns()).unwrap_or_default();
        match columns.as_slice() {
            [column] => Some(*column),
            _ => None,
        }
    }

    /// Where a cell of the record around this place stands in the file.
    fn cell(&self, record: u64, column: usize) -> Result<Option<Range<u64>>, Refusal> {
        match (&self.laid, self.layout.columns.get(column)) {
            (Some(laid), Some(path)) => laid.value(&self.input, record, path),
            _ => Ok(cell_at(&self.input, self.dialect, record, column)?.map(|cell| cell.0)),
        }
    }
}
