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

impl Master {
    /// Where the cell stands that a field of the record that begins here is taken from; `title` is taken from
    /// `title.uk` where nothing else says it. `None` where no single cell says it.
    pub fn cell_of(&self, record: u64, field: &str) -> Result<Option<Range<u64>>, Refusal> {
        let said = self.layout.said.iter().position(|said| said.name == field).or_else(|| {
            let of_language = |name: &str| name.strip_prefix(field).is_some_and(|rest| rest.starts_with('.'));
            self.layout.said.iter().position(|said| of_language(&said.name))
        });
        let columns = said.and_then(|said| self.layout.takes.get(said)).map(|take| take.columns()).unwrap_or_default();
        let [column] = columns.as_slice() else { return Ok(None) };
        Ok(cell_at(&self.input, self.dialect, record, *column)?.map(|cell| cell.0))
    }
}
