//! A small table that is read at once: its delimiter is found out, its header split, its rows
//! refused with their place. Whoever reads a merchant's further tables reads them so.

use super::{Broken, Dialect, Records, Rows, Sniffed, owned_cell, refusal, sniff};
use crate::finding::Refusal;
use crate::wire::input::Input;

/// More than any such table: a file that is longer is another file.
const MOST_BYTES: u64 = 64 << 20;

/// A table with its header.
#[derive(Debug)]
pub struct Whole<'i> {
    /// Where it stands.
    pub input: &'i Input,
    /// How its cells are told apart.
    pub dialect: Dialect,
    /// The names of its columns, without blanks around them.
    pub columns: Vec<String>,
    /// Where its header stands.
    pub header_at: u64,
    text: String,
    body: usize,
}

impl<'i> Whole<'i> {
    /// Reads the text and the header of `what`, a file of categories; columns that are `known` tell the delimiter where
    /// several would do.
    pub fn read(input: &'i Input, what: &str, known: impl Fn(&str) -> bool) -> Result<Self, Refusal> {
        if input.len() > MOST_BYTES {
            return Err(Refusal::whole(input.shown_as(), format!("it is too long for {what}"), ""));
        }
        let text = input.text()?;
        let dialect = dialect(input, &text, known)?;
        let broken = |malformed| refusal(input, 0, Broken::Malformed(malformed), dialect, 0);
        match header(&text, dialect).map_err(broken)? {
            Some(Header { columns, start, body }) => {
                Ok(Whole { input, dialect, columns, header_at: start as u64, text, body })
            }
            None => Err(Refusal::whole(input.shown_as(), "the file is empty", "export it again")),
        }
    }

    /// The rows below the header, all as long as it.
    pub fn rows(&self) -> Result<Rows, Refusal> {
        let mut rows = Rows::new(self.columns.len());
        let broken = |broken| refusal(self.input, self.body as u64, broken, self.dialect, self.columns.len());
        rows.split(self.text(), self.dialect).map_err(broken)?;
        Ok(rows)
    }

    /// The text of the rows.
    pub fn text(&self) -> &str {
        self.text.get(self.body..).unwrap_or("")
    }

    /// Where the text of the rows begins in the input.
    pub fn body(&self) -> usize {
        self.body
    }
}

struct Header {
    columns: Vec<String>,
    start: usize,
    body: usize,
}

fn header(text: &str, dialect: Dialect) -> Result<Option<Header>, super::Malformed> {
    let mut ends = Vec::new();
    let Some(record) = Records::new(text, dialect).read(|end| ends.push(end))? else { return Ok(None) };
    let mut start = record.start;
    let column = |end: usize| {
        let name = owned_cell(text.get(start..end).unwrap_or(""), dialect);
        start = end + 1;
        name.trim().to_owned()
    };
    let columns = ends.into_iter().map(column).collect();
    Ok(Some(Header { columns, start: record.start, body: record.next }))
}

fn dialect(input: &Input, text: &str, known: impl Fn(&str) -> bool) -> Result<Dialect, Refusal> {
    let quote = Some(b'"');
    let known = |dialect| {
        let found = header(text, dialect).ok().flatten();
        found.map_or(0, |header| header.columns.iter().filter(|column| known(column)).count())
    };
    match sniff(text, true, quote, known) {
        Sniffed::Delimiter(delimiter) => Ok(Dialect::new(delimiter, quote)),
        Sniffed::OneColumn => Ok(Dialect::new(b',', quote)),
        Sniffed::Either(..) | Sniffed::None => {
            let what = "its cells may be parted in more than one way, or in none";
            Err(input.refusal_at(0, what, "save it as CSV with commas and cells in quotes"))
        }
    }
}
