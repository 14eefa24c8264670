//! The first part of a master, read before anything else: its header, its dialect,
//! and enough records to see how it writes its numbers.

use super::{HeaderRows, MasterOptions, header};
use crate::finding::Refusal;
use crate::model::offer::offer_field;
use crate::wire::input::Input;
use crate::wire::table::{Broken, Dialect, Malformed, Record, Records, Sniffed, owned_cell, refusal, sniff};

/// How much of the file is looked at.
const SAMPLE: usize = 256 * 1024;
/// How many records of it.
const MOST_RECORDS: usize = 2000;

/// Header and first records.
#[derive(Debug)]
pub(super) struct Sample {
    /// How cells are told apart.
    pub(super) dialect: Dialect,
    /// Whether the delimiter was found out and not given.
    pub(super) delimiter_guessed: bool,
    /// The columns' names, without blanks around them.
    pub(super) names: Vec<String>,
    /// The first records' cells.
    pub(super) records: Vec<Vec<String>>,
    /// Where the records begin in the text.
    pub(super) body: u64,
    /// Whether its records are objects, which leave out what they have nothing to say of.
    pub(super) of_objects: bool,
    /// Of columns that hold rows of objects, the keys that these have; `None` for all others.
    pub(super) keys: Vec<Option<Vec<String>>>,
}

impl Sample {
    /// Reads the header and the first records.
    pub(super) fn of(input: &Input, options: &MasterOptions) -> Result<Sample, Refusal> {
        if input.is_empty() {
            return Err(Refusal::whole(input.shown_as(), "the file is empty", "export the catalog again"));
        }
        let length = usize::try_from(input.len()).unwrap_or(usize::MAX).min(SAMPLE);
        let mut bytes = Vec::new();
        input.read_at(0, length, &mut bytes)?;
        let complete = length as u64 == input.len();
        let text = match simdutf8::compat::from_utf8(&bytes) {
            Ok(text) => text,
            // the sample's end may part a character
            Err(error) if !complete && error.error_len().is_none() => {
                bytes.get(..error.valid_up_to()).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("")
            }
            Err(error) => return Err(input.not_utf8(error.valid_up_to() as u64)),
        };
        refuse_others(input, text)?;
        let (told, hint) = told_delimiter(text).unwrap_or((0, None));
        let above = header::above(text.get(told..).unwrap_or(""), options.header);
        let (told, text) = (told + above, text.get(told + above..).unwrap_or(""));
        let delimiter = match options.delimiter.or(hint) {
            Some(delimiter) => delimiter,
            None => find_delimiter(input, text, complete, options)?,
        };
        let dialect = Dialect::new(delimiter, options.quote);
        let mut sample = Sample {
            dialect,
            delimiter_guessed: options.delimiter.or(hint).is_none(),
            names: Vec::new(),
            records: Vec::new(),
            body: 0,
            of_objects: false,
            keys: Vec::new(),
        };
        sample.read(input, text, (complete, options.header), told as u64)?;
        match options.delimiter {
            Some(_) => sample.refuse_other_delimiter(input, text, options).map(|()| sample),
            None => Ok(sample),
        }
    }

    /// Reads the header and what stands behind it; the text begins at `base` in the input.
    fn read(
        &mut self,
        input: &Input,
        text: &str,
        (complete, rows): (bool, HeaderRows),
        base: u64,
    ) -> Result<(), Refusal> {
        let mut records = Records::new(text, self.dialect);
        let refused = |broken: Malformed| refusal(input, base, Broken::Malformed(broken), self.dialect, 0);
        let (first, body) = loop {
            let Some((record, cells)) = cells_of(&mut records, text, self.dialect).map_err(refused)? else {
                return Err(Refusal::whole(input.shown_as(), "the file is blank", "export the catalog again"));
            };
            if cells.iter().any(|cell| !cell.trim().is_empty()) {
                break (cells, if rows == HeaderRows::None { record.start } else { record.next });
            }
        };
        self.body = base + body as u64;
        if !complete && self.body >= base + text.len() as u64 {
            let what = "the first line does not end: this is no table";
            return Err(input.refusal_at(0, what, "give a table with a header in its first line"));
        }
        let mut names = vec![first];
        for _ in 1..rows.count() {
            let Some((record, cells)) = cells_of(&mut records, text, self.dialect).map_err(refused)? else { break };
            self.body = base + record.next as u64;
            names.push(cells);
        }
        self.names = header::names(&names, rows);
        if rows == HeaderRows::None {
            records = Records::new(text.get(body..).unwrap_or(""), self.dialect);
        }
        let text = if rows == HeaderRows::None { text.get(body..).unwrap_or("") } else { text };
        // what is broken further down is worded by whoever reads the whole file
        while let Ok(Some((record, cells))) = cells_of(&mut records, text, self.dialect) {
            let cut = !complete && record.next >= text.len();
            if cut || self.records.len() >= MOST_RECORDS {
                break;
            }
            if cells.len() == self.names.len() {
                self.records.push(cells);
            }
        }
        Ok(())
    }

    /// A delimiter that the config gives and that does not part the header, though it may stand in names of it: nearly
    /// every column would be missing.
    fn refuse_other_delimiter(&self, input: &Input, text: &str, options: &MasterOptions) -> Result<(), Refusal> {
        let columns = |delimiter: &u8| {
            let dialect = Dialect { delimiter: *delimiter, ..self.dialect };
            known_columns(text, dialect, options)
        };
        let others = b";,\t|".iter().filter(|other| **other != self.dialect.delimiter);
        let of_declared = columns(&self.dialect.delimiter);
        let is_better = |other: &&u8| columns(other) > 1 && of_declared * 4 < columns(other);
        let Some(other) = others.max_by_key(|other| columns(other)).filter(is_better) else {
            return Ok(());
        };
        let name = |delimiter| Dialect::new(delimiter, None).delimiter_name();
        let (declared, seen) = (name(self.dialect.delimiter), name(*other));
        let what = format!("`delimiter` says {declared}, yet {seen} parts the columns of the header");
        let help = format!("say {seen} in the config, or leave `delimiter` out: it is found by itself");
        Err(input.refusal_at(0, &what, &help))
    }

    /// The same with these columns only.
    pub(super) fn only(&self, columns: &[usize]) -> Sample {
        let of = |list: &[String]| columns.iter().filter_map(|column| list.get(*column).cloned()).collect();
        Sample {
            names: of(&self.names),
            records: self.records.iter().map(|record| of(record)).collect(),
            keys: columns.iter().map(|column| self.keys.get(*column).cloned().flatten()).collect(),
            ..*self
        }
    }

    /// The keys of the rows that a column holds; `None` where it holds something else.
    pub(super) fn keys(&self, column: usize) -> Option<&[String]> {
        self.keys.get(column).and_then(Option::as_deref)
    }

    /// The first different values of a column, for messages.
    pub(super) fn values(&self, column: usize) -> Vec<&str> {
        let mut values: Vec<&str> = Vec::new();
        for cell in self.records.iter().filter_map(|record| record.get(column)) {
            let cell = cell.trim();
            if !cell.is_empty() && !values.contains(&cell) {
                values.push(cell);
            }
            if values.len() == 3 {
                break;
            }
        }
        values
    }
}

/// Blanks, and the byte order mark that some programs write in front of every part.
pub(super) fn is_margin(letter: char) -> bool {
    letter.is_whitespace() || letter == '\u{FEFF}'
}

pub(super) type CellsOfRecord = Option<(Record, Vec<String>)>;

pub(super) fn cells_of(records: &mut Records<'_>, text: &str, dialect: Dialect) -> Result<CellsOfRecord, Malformed> {
    let mut ends = Vec::new();
    let Some(record) = records.read(|end| ends.push(end))? else { return Ok(None) };
    let mut start = record.start;
    let cell = |end: &usize| {
        let cell = owned_cell(text.get(start..*end).unwrap_or(""), dialect);
        start = end + 1;
        cell
    };
    Ok(Some((record, ends.iter().map(cell).collect())))
}

/// How many columns of the header the config or an offer has a name for.
fn known_columns(text: &str, dialect: Dialect, options: &MasterOptions) -> usize {
    let wanted: Vec<&str> = options.fields.iter().flat_map(|mapping| mapping.from.columns()).collect();
    let header = cells_of(&mut Records::new(text, dialect), text, dialect).ok().flatten();
    let names = header.map(|header| header.1).unwrap_or_default();
    let is_known = |name: &str| wanted.iter().any(|column| column.trim() == name) || offer_field(name).is_some();
    names.iter().filter(|name| is_known(name.trim_matches(is_margin))).count()
}

fn find_delimiter(input: &Input, text: &str, complete: bool, options: &MasterOptions) -> Result<u8, Refusal> {
    let known = |dialect: Dialect| known_columns(text, dialect, options);
    let name = |delimiter| Dialect::new(delimiter, None).delimiter_name();
    match sniff(text, complete, options.quote, known) {
        Sniffed::Delimiter(delimiter) => Ok(delimiter),
        Sniffed::OneColumn => Ok(b','),
        Sniffed::Either(one, other) => {
            let what = format!("the cells may be parted by {} or by {}", name(one), name(other));
            Err(input.refusal_at(0, what, "say which with `delimiter` of the master in the config"))
        }
        Sniffed::None => {
            let what = "no delimiter parts the header and the rows into equally many cells";
            let help = "say `delimiter` of the master in the config, and `header` where something stands above the names of the columns";
            Err(input.refusal_at(0, what, help))
        }
    }
}

/// The line `sep=;` with which some programs tell spreadsheets the delimiter: its length, and what it says.
pub(super) fn told_delimiter(text: &str) -> Option<(usize, Option<u8>)> {
    let line = text.split(['\n', '\r']).next()?;
    let told = line.strip_prefix("sep=").or_else(|| line.strip_prefix("SEP="))?;
    let delimiter = match told.as_bytes() {
        [delimiter] if delimiter.is_ascii() => Some(*delimiter),
        _ => return None,
    };
    let behind = text.get(line.len()..)?;
    let end = if behind.starts_with("\r\n") { 2 } else { behind.len().min(1) };
    Some((line.len() + end, delimiter))
}

/// Whether a text begins as a web page does.
pub(super) fn is_page(text: &str) -> bool {
    let lower: String = text.trim_start().chars().take(16).collect::<String>().to_lowercase();
    lower.starts_with("<!doctype html") || lower.starts_with("<html")
}

/// What helps where a web page stands in place of a file.
pub(super) const FETCH_AGAIN: &str = "an error or login page was saved in place of the file: fetch it again";

/// Refuses what is text but no table.
fn refuse_others(input: &Input, text: &str) -> Result<(), Refusal> {
    let start = text.trim_start();
    let lower: String = start.chars().take(16).collect::<String>().to_lowercase();
    let (what, help) = match lower.as_str() {
        _ if is_page(start) => ("it is a web page, not a table", FETCH_AGAIN),
        xml if xml.starts_with("<?xml") => ("it is XML, not a table", "save the catalog as CSV"),
        json if json.starts_with("{\"") || json.starts_with("[{") => (
            "it is JSON, not a table",
            "say `format: json` of the master in the config, or `jsonl` where every line is an object",
        ),
        _ => return Ok(()),
    };
    Err(input.refusal_at(0, what, help))
}
