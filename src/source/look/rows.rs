//! The first rows of a table: what parts their cells, and which of them are names and which are offers.

use super::super::sample::{cells_of, told_delimiter};
use super::super::{HeaderRows, MasterOptions};
use crate::finding::Refusal;
use crate::model::{Marks, amount};
use crate::wire::input::Input;
use crate::wire::table::{Dialect, Records, Sniffed, sniff};

/// Delimiters that tables have.
const CANDIDATES: [u8; 4] = [b';', b'\t', b',', b'|'];
/// How much of the file is looked at.
const BEGINNING: usize = 64 * 1024;
/// How many rows of it.
const MOST_ROWS: usize = 100;
/// A header stands in one of so many rows.
const MOST_ABOVE: usize = 12;

/// What was found out.
pub(super) struct Found {
    pub delimiter: u8,
    pub header: HeaderRows,
}

/// Rows by one delimiter.
struct Parted {
    delimiter: u8,
    rows: Vec<Vec<String>>,
    /// How many cells most rows have.
    width: usize,
}

/// Looks at the first rows; `None` where they are left to the reader, who finds out by itself or says what is wrong.
pub(super) fn found(
    input: &Input,
    options: &MasterOptions,
    is_name: &dyn Fn(&str) -> bool,
) -> Result<Option<Found>, Refusal> {
    let length = usize::try_from(input.len()).unwrap_or(usize::MAX).min(BEGINNING);
    let (mut bytes, complete) = (Vec::new(), length as u64 == input.len());
    input.read_at(0, length, &mut bytes)?;
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) => text,
        Err(error) => bytes.get(..error.valid_up_to()).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or(""),
    };
    if text.trim_start().starts_with(['<', '{', '[']) || told_delimiter(text).is_some() {
        return Ok(None);
    }
    let names = |dialect: Dialect| first_cells(text, dialect).iter().filter(|cell| is_name(cell)).count();
    let parted = match (options.delimiter, sniff(text, complete, options.quote, names)) {
        (Some(delimiter), _) | (None, Sniffed::Delimiter(delimiter)) => {
            Some(parted(text, complete, delimiter, options))
        }
        _ => CANDIDATES
            .iter()
            .map(|delimiter| parted(text, complete, *delimiter, options))
            .filter(|parted| parted.width > 1)
            .max_by_key(Parted::fitness),
    };
    Ok(parted.map(|parted| Found { delimiter: parted.delimiter, header: parted.header(is_name) }))
}

fn first_cells(text: &str, dialect: Dialect) -> Vec<String> {
    cells_of(&mut Records::new(text, dialect), text, dialect).ok().flatten().map(|first| first.1).unwrap_or_default()
}

fn parted(text: &str, complete: bool, delimiter: u8, options: &MasterOptions) -> Parted {
    let dialect = Dialect::new(delimiter, options.quote);
    let (mut records, mut rows) = (Records::new(text, dialect), Vec::new());
    while let Ok(Some((record, cells))) = cells_of(&mut records, text, dialect) {
        if rows.len() >= MOST_ROWS || (!complete && record.next >= text.len()) {
            break;
        }
        rows.push(cells.iter().map(|cell| cell.trim().to_owned()).collect::<Vec<String>>());
    }
    let widths = || rows.iter().map(Vec::len);
    let width = widths().max_by_key(|width| widths().filter(|other| other == width).count()).unwrap_or(0);
    Parted { delimiter, rows, width }
}

impl Parted {
    /// How well the delimiter fits: in which share of the rows it makes equally many cells, and how many.
    fn fitness(&self) -> usize {
        let even = self.rows.iter().filter(|row| row.len() == self.width).count();
        (even * 100 / self.rows.len().max(1)).pow(2) * self.width.min(40)
    }

    fn header(&self, is_name: &dyn Fn(&str) -> bool) -> HeaderRows {
        let known = |row: &Vec<String>| row.iter().filter(|cell| is_name(cell)).count();
        let begin = self.rows.iter().position(|row| self.filled(row) > 0).unwrap_or(0);
        let above = self.rows.iter().take(MOST_ABOVE).enumerate();
        // the first of those with most names that columns have; `max_by_key` would give the last
        let most = above.clone().map(|(_, row)| known(row)).max().unwrap_or(0);
        let enough = if self.width > 3 { 2 } else { 1 };
        let best = above.clone().find(|(_, row)| most >= enough && known(row) == most).map(|found| found.0);
        let Some(names) = best else {
            let full = above.clone().find(|(_, row)| self.filled(row) * 2 > self.width).map_or(begin, |found| found.0);
            return match self.is_data(full) {
                true => HeaderRows::None,
                false if full == begin => HeaderRows::First,
                false => HeaderRows::Rows(full + 1, full + 1),
            };
        };
        let first = if names > 0 && self.spans(names - 1) { names - 1 } else { names };
        let last = if first == names && (self.completes(names) || self.repeats(names)) { names + 1 } else { names };
        match (first, last) {
            (first, last) if first == last && first == begin => HeaderRows::First,
            (first, last) => HeaderRows::Rows(self.line(first), self.line(last)),
        }
    }

    /// Rows are counted in lines by those who read them, and names hold no line breaks but by accident.
    fn line(&self, row: usize) -> usize {
        row + 1 + self.rows.iter().take(row).flatten().map(|cell| cell.matches('\n').count()).sum::<usize>()
    }

    fn filled(&self, row: &[String]) -> usize {
        row.iter().filter(|cell| !cell.is_empty()).count()
    }

    /// Whether a row holds what names never are: amounts, addresses, long numbers.
    fn is_data(&self, row: usize) -> bool {
        self.rows.get(row).is_some_and(|row| row.iter().any(|cell| is_value(cell)))
    }

    /// Whether names that hold for several columns stand in a row: several of them, blanks behind, and nothing else.
    fn spans(&self, row: usize) -> bool {
        let Some(cells) = self.rows.get(row).filter(|cells| cells.len() == self.width) else { return false };
        (2..self.width).contains(&self.filled(cells)) && !self.is_data(row)
    }

    /// Whether the row behind goes on with the names: it has no values, and stands where this one is blank.
    fn completes(&self, row: usize) -> bool {
        let (Some(cells), Some(behind)) = (self.rows.get(row), self.rows.get(row + 1)) else { return false };
        let goes_on = cells.iter().zip(behind).any(|(cell, behind)| cell.is_empty() && !behind.is_empty());
        let has_blank = behind.iter().any(String::is_empty);
        goes_on && has_blank && !self.is_data(row + 1) && self.is_data(row + 2)
    }

    /// Whether a name stands over several columns, once in each, and the row behind tells these apart.
    fn repeats(&self, row: usize) -> bool {
        let (Some(cells), Some(behind)) = (self.rows.get(row), self.rows.get(row + 1)) else { return false };
        let mut pairs = cells.windows(2).zip(behind.windows(2));
        let tells = pairs.any(|(above, below)| match (above, below) {
            ([one, other], [left, right]) => !one.is_empty() && one == other && left != right,
            _ => false,
        });
        tells && self.filled(behind) == behind.len() && !self.is_data(row + 1) && self.is_data(row + 2)
    }
}

/// Whether a cell is a value, and no name.
fn is_value(cell: &str) -> bool {
    cell.contains("://") || amount::read(cell, Marks::Unknown).is_ok()
}
