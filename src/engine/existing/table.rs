//! Exports that are tables: the header, then the rows in blocks.

use bumpalo::Bump;

use crate::channel::read::{Machine, TableRead};
use crate::finding::{Found, Known, Refusal};
use crate::model::Value;
use crate::wire::blocks::BLOCK;
use crate::wire::input::Input;
use crate::wire::table::{Dialect, RecordBlock, Records, Table, owned_cell};

use super::super::difference;
use super::super::request::Request;
use super::super::rows_before::RowsBefore;
use super::super::times::{Stage, Watch};
use super::strange;
use super::taker::{Listing, Streamed, Taker};

/// How much of a file is looked at for its header.
const HEADER: usize = 256 * 1024;

/// The first line of a table.
pub(super) struct Header {
    /// The names of its columns.
    pub cells: Vec<String>,
    /// Where the rows begin.
    pub body: u64,
}

/// The header of a table; none where the text does not begin with a line.
pub(super) fn header(input: &Input, read: &TableRead) -> Result<Option<Header>, Refusal> {
    let length = usize::try_from(input.len()).unwrap_or(usize::MAX).min(HEADER);
    let mut bytes = Vec::new();
    input.read_at(0, length, &mut bytes)?;
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) => text,
        // the end of what was read may part a character
        Err(error) => bytes.get(..error.valid_up_to()).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or(""),
    };
    let dialect = read.dialect();
    let (mut records, mut ends) = (Records::new(text, dialect), Vec::new());
    loop {
        ends.clear();
        let Ok(Some(record)) = records.read(|end| ends.push(end)) else { return Ok(None) };
        let line = text.get(record.start..record.end).unwrap_or("");
        if line.trim().is_empty() {
            continue;
        }
        let mut start = record.start;
        let cell = |end: &usize| {
            let raw = text.get(start..*end).unwrap_or("").trim_matches(is_margin);
            start = end + 1;
            owned_cell(raw, Dialect::new(dialect.delimiter, dialect.quote)).trim().to_owned()
        };
        let cells: Vec<String> = ends.iter().map(cell).collect();
        // templates of channels begin with lines that explain their columns
        if cells.first().is_some_and(|first| first.starts_with('#')) && !read.knows(&cells) {
            continue;
        }
        return Ok(Some(Header { cells, body: record.next as u64 }));
    }
}

/// What is said of a row that is no listing.
pub(super) fn said_aside(column: &str, text: &str) -> String {
    format!("«{text}» stands in `{column}`")
}

/// Tells a row that is no listing, by what it would be as one.
pub(super) fn tell_aside<T: Taker>(
    taker: &T,
    taken: &mut T::Block,
    (offset, values): (u64, &[Value<'_>]),
    message: &str,
) {
    let (key, message) = (difference::key_text(taker.shape(), values).to_owned(), message.to_owned());
    taker.sink(taken).add(Known::RowAside.into(), || Found { offset, key, field: String::new(), message });
}

/// Blanks, and the byte order mark that some programs write in front of every part.
fn is_margin(letter: char) -> bool {
    letter.is_whitespace() || letter == '\u{FEFF}'
}

/// Streams such an export.
pub(super) fn stream<'b, T: Taker>(
    input: &Input,
    read: &TableRead,
    taker: &T,
    request: &Request<'_>,
) -> Result<Streamed<'b, T::Sum>, Refusal> {
    let Some(header) = header(input, read)? else {
        return Err(input.refusal_at(0, "there is no header in it", "give a table with a header in its first line"));
    };
    let (dialect, threads) = (read.dialect(), request.threads.of(input.len(), 1));
    let columns = read.header(&header.cells);
    let table = Table { input, dialect, columns: header.cells.len(), body: header.body, threads, block: BLOCK };
    let mut sum = taker.sum()?;
    let work = |arena: &mut Bump, RecordBlock { block, rows, .. }: RecordBlock<'_>| {
        arena.reset();
        let arena = &*arena;
        let mut machine = Machine::new(&taker.shape().read.listing, arena);
        let (mut taken, mut before) = (taker.block(), RowsBefore::default());
        let mut last = None;
        let mut watch = Watch::new(request.times);
        for row in rows.iter(block.text).filter(|row| !row.is_blank(dialect)) {
            let offset = block.offset + u64::from(row.start());
            let values = columns.listing(row, &mut machine, arena);
            if let Some((column, text)) = columns.aside(row, arena) {
                tell_aside(taker, &mut taken, (offset, values), &said_aside(column, text));
                last = Some((offset, values));
                continue;
            }
            watch.took(Stage::Read);
            taker.listing(Listing { offset, values, noticed: machine.noticed(), arena }, &mut before, &mut taken)?;
            watch.took(Stage::Diff);
            last = Some((offset, values));
        }
        if let Some((offset, values)) = last.filter(|_| rows.open_end()) {
            let key = difference::key_text(taker.shape(), values).to_owned();
            let message = "no line break stands behind the last row".to_owned();
            let sink = taker.sink(&mut taken);
            sink.add(Known::NoFinalNewline.into(), || Found { offset, key, field: String::new(), message });
        }
        request.progress.advance(block.text.len() as u64);
        Ok::<T::Block, Refusal>(taken)
    };
    let digest = table.read(Bump::new, work, |block| taker.add(block, &mut sum))?;
    input.verify_unchanged()?;
    let mut streamed = Streamed::without_head(sum, digest);
    streamed.strange = strange::columns(&header.cells, taker.shape(), taker.plan(), &mut streamed.of_head);
    Ok(streamed)
}
