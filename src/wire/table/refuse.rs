//! What is said of a broken table: the place, what stands there, the likely cause.

use super::{Dialect, Malformed};
use crate::finding::Refusal;
use crate::wire::input::Input;

/// What makes a text no table, by bytes of that text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// A record cannot be told apart from the next.
    Malformed(Malformed),
    /// A row has not as many cells as the header.
    Ragged {
        /// Where the row begins.
        start: usize,
        /// How many cells it has.
        cells: usize,
        /// How many the row behind it has; 0 where there is none.
        behind: usize,
        /// Whether the text ends with it, without a line break.
        open: bool,
    },
}

impl From<Malformed> for Broken {
    fn from(malformed: Malformed) -> Self {
        Broken::Malformed(malformed)
    }
}

/// Words what is broken. `base` is where the text begins in the input, `columns` what its header has.
pub fn refusal(input: &Input, base: u64, broken: Broken, dialect: Dialect, columns: usize) -> Refusal {
    match broken {
        Broken::Malformed(Malformed::Unclosed { opened }) => {
            let place = base + opened as u64;
            let what = format!("the quote opened before «{}» is never closed", excerpt(input, place + 1));
            let help = "close it; a quote inside of a quoted cell is written twice; if quotes mean nothing in this \
                        file, set `quote: none`";
            input.refusal_at(place, what, help)
        }
        Broken::Malformed(Malformed::BehindQuote { opened, at }) => {
            behind_quote(input, base + opened as u64, base + at as u64)
        }
        Broken::Ragged { start, cells, behind, open } => {
            let place = base + start as u64;
            let open = open && behind == 0;
            let (cause, help) = cause(cells, behind, open, dialect, columns);
            let row = if open { "the last row" } else { "this row" };
            let what = format!("{row} has {}, the header has {columns}{cause}", counted(cells));
            input.refusal_at(place, what, help)
        }
    }
}

/// Text behind a closing quote. Where the quote opened in another line, that is where somebody forgot to close it: what
/// closes it here was meant to open another cell.
fn behind_quote(input: &Input, opened: u64, at: u64) -> Refusal {
    let behind = excerpt(input, at);
    let lines = input.lines(&[opened, at]).unwrap_or_default();
    if let [line, end] = lines.as_slice()
        && line != end
    {
        let cell = excerpt(input, opened + 1);
        let what = format!(
            "the quote opened before «{cell}» is not closed in its cell: it ends in line {end} only, where «{behind}» \
             stands behind it"
        );
        let help = "close it; a quote inside of a quoted cell is written twice; if quotes mean nothing in this file, \
                    set `quote: none`";
        return input.refusal_at(opened, what, help);
    }
    let help = "write a quote inside of a quoted cell twice; if quotes mean nothing in this file, set `quote: none`";
    input.refusal_at(at, format!("text stands behind a closing quote: «{behind}»"), help)
}

fn cause(cells: usize, behind: usize, open: bool, dialect: Dialect, columns: usize) -> (String, String) {
    let delimiter = dialect.delimiter_name();
    let no_cause = String::new();
    if cells < columns && open {
        let help = "let the program that writes the file finish, or make the file again";
        return (": the file is cut".to_owned(), help.to_owned());
    }
    if cells < columns && behind > 0 && cells + behind - 1 == columns {
        let help = "put cells that hold line breaks in quotes";
        return (": a line break stands inside of a cell without quotes".to_owned(), help.to_owned());
    }
    if cells < columns {
        return (no_cause, format!("every row needs as many cells as the header, parted by {delimiter}"));
    }
    if columns == 1 {
        let help = "remove what stands above the header; if the delimiter is another one, set `delimiter`";
        return (": is the header further down?".to_owned(), help.to_owned());
    }
    let help = match dialect.quote {
        Some(_) => format!("put cells that hold {delimiter} in quotes, with no blank before the quote"),
        None => format!("use a delimiter that stands in no cell, or quotes: {delimiter} inside of a cell parts it"),
    };
    (format!(": {delimiter} stands inside of a cell"), help)
}

fn counted(cells: usize) -> String {
    match cells {
        1 => "1 cell".to_owned(),
        cells => format!("{cells} cells"),
    }
}

/// The first words from a place on, in one line.
fn excerpt(input: &Input, offset: u64) -> String {
    let length = usize::try_from(input.len().saturating_sub(offset).min(96)).unwrap_or(0);
    let mut bytes = Vec::new();
    if input.read_at(offset, length, &mut bytes).is_err() {
        return String::new();
    }
    let text = String::from_utf8_lossy(&bytes);
    text.chars().take_while(|letter| !matches!(letter, '\n' | '\r')).take(24).collect()
}
