//! Tables as text: records of cells, read strictly. A row that has not as many cells as the header,
//! a quote that is never closed, text behind a closing quote: each is a broken file, refused with
//! its place, and never a guess about what was meant.
//!
//! A cell that begins with the quote runs to the closing one; a quote in it is doubled. A quote
//! further inside of a cell without quotes (`6,7" screen`) is legal text. The fast way splits by
//! the parity of quotes and proves on the way that parity was enough; where it was not, it says so,
//! and the exact way splits again.

mod cut;
mod exact;
mod refuse;
mod rows;
mod scan;
mod sniff;
mod stream;
mod whole;

pub use cut::{ExactCut, FastCut};
pub use exact::{MARKS, Malformed, Record, Records};
pub use refuse::{Broken, refusal};
pub use rows::{Row, Rows, owned_cell, quoted, unquoted};
pub use scan::Scanned;
pub use sniff::{Sniffed, sniff};
pub use stream::{RecordBlock, Table};
pub use whole::Whole;

/// How a table's cells are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// The byte between two cells; ASCII.
    pub delimiter: u8,
    /// The byte around cells that hold a delimiter or a line break; `None` where there is none.
    pub quote: Option<u8>,
    /// What stands between quotes.
    pub quoting: Quoting,
}

/// What quotes stand around.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Quoting {
    /// Whole cells, as in RFC 4180.
    #[default]
    Cell,
    /// Single values, several of which may make up a cell, with commas or colons in between: `A,"B, C"`. A quote that
    /// stands elsewhere is a letter: `12" pan`.
    Value,
}

impl Dialect {
    /// A dialect whose quotes stand around whole cells.
    pub const fn new(delimiter: u8, quote: Option<u8>) -> Self {
        Dialect { delimiter, quote, quoting: Quoting::Cell }
    }

    /// The delimiter in words, for people.
    pub fn delimiter_name(self) -> String {
        match self.delimiter {
            b'\t' => "TAB".to_owned(),
            delimiter => format!("«{}»", char::from(delimiter)),
        }
    }

    /// A byte that stands for the quote in comparisons; where there is none, one that UTF-8 never has.
    fn quote_byte(self) -> u8 {
        self.quote.unwrap_or(0xFF)
    }
}

#[cfg(test)]
mod tests;
