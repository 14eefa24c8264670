//! How a table stands in a file: what is between its cells, what quotes are around, and
//! which headers are alike.

use std::borrow::Cow;

use crate::wire::table::Quoting;

/// How the cells of a table stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableForm {
    /// The byte between two cells.
    pub separator: u8,
    /// What stands between quotes.
    pub quoting: Quoting,
    /// What becomes of line ends in a cell.
    pub lines: Lines,
    /// Names of columns are alike without case, and with `_`, `-` and blanks alike; columns of one name add up.
    pub loose: bool,
    /// A letter that may stand before such names, with a colon.
    pub prefix: Option<u8>,
}

/// What stands between two items of a list in one cell, or two rows of a table, where nobody says otherwise.
pub const BETWEEN_ITEMS: &str = ",";
/// What stands between two parts of a row of a table within a cell.
pub const BETWEEN_PARTS: &str = ":";

/// What becomes of line ends in a cell of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lines {
    /// They stay, between quotes.
    Quoted,
    /// They become blanks, and tabs do too.
    Space,
    /// They become the two letters `\n`, and a backslash before an n is doubled.
    Backslash,
}

impl TableForm {
    /// A name of a column as names are compared in this table.
    pub fn name_of(&self, column: &str) -> String {
        let column = column.trim();
        if !self.loose {
            return column.to_owned();
        }
        let is_prefix = |prefix: &str| prefix.as_bytes() == self.prefix.as_slice();
        let plain = column.split_once(':').filter(|parts| is_prefix(parts.0)).map_or(column, |parts| parts.1);
        plain.to_lowercase().replace(['_', '-'], " ").split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// A cell with its line ends as they were meant.
    pub fn with_line_ends<'t>(&self, cell: &'t str) -> Cow<'t, str> {
        if self.lines != Lines::Backslash || !cell.contains("\\n") {
            return Cow::Borrowed(cell);
        }
        let parts: Vec<String> = cell.split("\\\\n").map(|part| part.replace("\\n", "\n")).collect();
        Cow::Owned(parts.join("\\n"))
    }

    /// Whether two texts that differ by their blanks alone are the same once they stand in a cell.
    pub fn folds_blanks(&self) -> bool {
        self.lines == Lines::Space
    }
}
