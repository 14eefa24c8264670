//! Which delimiter a table has, where nobody says so: the one by which the header and
//! every row of a sample have equally many cells. If two would do, nobody guesses.

use super::{Dialect, Records};

/// Delimiters that tables have.
const CANDIDATES: [u8; 4] = [b',', b';', b'\t', b'|'];
/// How many rows are looked at.
const MOST_ROWS: usize = 200;

/// What a sample says of the delimiter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sniffed {
    /// Only this one fits.
    Delimiter(u8),
    /// None stands in the header: a table of one column.
    OneColumn,
    /// Both fit, so neither is taken.
    Either(u8, u8),
    /// None fits.
    None,
}

/// How well a delimiter fits a sample.
struct Fit {
    delimiter: u8,
    /// Cells of the header; 0 where none could be read.
    header: usize,
    /// Rows that have as many cells as the header, and rows that have not.
    even: usize,
    odd: usize,
}

/// Finds the delimiter of a sample. `complete` says that the sample is the whole text; else its
/// last record may be cut and does not count. Where several fit, the one wins by which the header has
/// the most columns that are `known`: those that the merchant has named.
pub fn sniff(sample: &str, complete: bool, quote: Option<u8>, known: impl Fn(Dialect) -> usize) -> Sniffed {
    let dialect = |delimiter| Dialect::new(delimiter, quote);
    let all: Vec<Fit> = CANDIDATES.into_iter().map(|delimiter| fit(sample, complete, dialect(delimiter))).collect();
    let (fits, others): (Vec<Fit>, Vec<Fit>) = all.into_iter().partition(|fit| fit.header > 1);
    let all_even: Vec<&Fit> = fits.iter().filter(|fit| fit.odd == 0).collect();
    // a single broken row must not hide the delimiter: reading says which row it is
    let mostly: Vec<&Fit> = fits.iter().filter(|fit| fit.even > fit.odd).collect();
    let best = if all_even.is_empty() { mostly } else { all_even };
    match best.as_slice() {
        // rows of several cells below one that has a single cell: the header is further down
        [] if fits.is_empty() && others.iter().all(|fit| fit.header == 0 || fit.even >= fit.odd) => Sniffed::OneColumn,
        [] => match fits.as_slice() {
            [only] => Sniffed::Delimiter(only.delimiter),
            _ => Sniffed::None,
        },
        [one] => Sniffed::Delimiter(one.delimiter),
        [one, other, ..] => {
            let counts = best.iter().map(|fit| (known(dialect(fit.delimiter)), fit.delimiter));
            let mut counts: Vec<(usize, u8)> = counts.collect();
            counts.sort_unstable();
            match counts.as_slice() {
                [.., (less, _), (most, delimiter)] if most > less => Sniffed::Delimiter(*delimiter),
                _ => Sniffed::Either(one.delimiter, other.delimiter),
            }
        }
    }
}

fn fit(sample: &str, complete: bool, dialect: Dialect) -> Fit {
    let mut records = Records::new(sample, dialect);
    let mut fit = Fit { delimiter: dialect.delimiter, header: 0, even: 0, odd: 0 };
    while fit.even + fit.odd < MOST_ROWS {
        let mut cells = 0;
        let record = match records.read(|_| cells += 1) {
            Ok(Some(record)) => record,
            Ok(None) => break,
            // the end of the sample may lie in a quoted cell; with another delimiter quotes look wrong
            Err(super::Malformed::Unclosed { .. }) if !complete => break,
            Err(_) => {
                fit.odd += 1;
                break;
            }
        };
        let line = sample.get(record.start..record.end).unwrap_or("");
        let cut = !complete && record.next == sample.len();
        if line.trim().is_empty() || line.len() + 1 == cells || cut {
            continue;
        }
        match fit.header {
            0 => fit.header = cells,
            columns if columns == cells => fit.even += 1,
            _ => fit.odd += 1,
        }
    }
    fit
}
