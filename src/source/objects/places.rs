//! From a place in the rows back to the file: the object that the row was laid out from, and in
//! it the value that a cell shows.

use std::ops::Range;

use bumpalo::Bump;

use super::DIALECT;
use crate::finding::Refusal;
use crate::wire::Digest;
use crate::wire::blocks::LONGEST_RECORD;
use crate::wire::input::Input;
use crate::wire::json::{self, Json, JsonValue, Member};
use crate::wire::table::Records;

/// Read at first to find a value: most objects are shorter.
const WINDOW: usize = 8 * 1024;

/// Where a row begins, and the object that it was laid out from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Start {
    pub(super) row: u64,
    pub(super) object: u64,
}

/// Objects, laid out as rows.
#[derive(Debug)]
pub(in crate::source) struct Laid {
    /// The rows.
    pub(in crate::source) rows: Input,
    /// Where each begins, in their order.
    pub(super) starts: Vec<Start>,
    /// Where the rows begin whose SKU is a number in the file, and no text.
    pub(in crate::source) numbered: Vec<u64>,
    /// The print of the file.
    pub(in crate::source) digest: Digest,
    /// Whether the last object may have been cut: its file ends without a line break, and nothing else ends it.
    pub(in crate::source) open_end: bool,
    /// Whether an object can be read again by itself, to find a value in it.
    pub(super) exact: bool,
}

impl Laid {
    /// Rows that were made of listings: of each offer, where its listing stands in the export. What a
    /// cell shows stands there in the channel's words, so that it is not looked for.
    pub(in crate::source) fn of_listings(&mut self, listings: &[u64]) {
        self.starts.iter_mut().zip(listings).for_each(|(start, listing)| start.object = *listing);
        (self.exact, self.open_end) = (false, false);
    }

    /// The row that a place lies in.
    fn start(&self, at: u64) -> Option<Start> {
        let behind = self.starts.partition_point(|start| start.row <= at);
        behind.checked_sub(1).and_then(|number| self.starts.get(number)).copied()
    }

    /// Where the object begins from whose row this place is.
    pub(in crate::source) fn object(&self, at: u64) -> u64 {
        self.start(at).map_or(0, |start| start.object)
    }

    /// The number of that object, from 1.
    pub(in crate::source) fn number(&self, at: u64) -> usize {
        self.starts.partition_point(|start| start.row <= at)
    }

    /// Where the last row begins.
    pub(in crate::source) fn last(&self) -> u64 {
        self.starts.last().map_or(0, |start| start.row)
    }

    /// Whether a row begins here.
    pub(in crate::source) fn begins_row(&self, at: u64) -> bool {
        self.start(at).is_some_and(|start| start.row == at)
    }

    /// The number of the column whose cell begins here.
    pub(in crate::source) fn column(&self, at: u64) -> Result<Option<usize>, Refusal> {
        let Some(start) = self.start(at) else { return Ok(None) };
        let mut bytes = Vec::new();
        self.rows.read_at(start.row, usize::try_from(at - start.row).unwrap_or(0), &mut bytes)?;
        let text = String::from_utf8_lossy(&bytes);
        let mut cells = 0;
        // what stands before the cell ends with a tab, so that one cell more is counted
        let _ = Records::new(&text, DIALECT).read(|_| cells += 1);
        Ok(Some(if bytes.is_empty() { 0 } else { usize::max(cells, 1) - 1 }))
    }

    /// Where the value stands that the object of this row has under a path, quotes included.
    pub(in crate::source) fn value(&self, input: &Input, row: u64, path: &str) -> Result<Option<Range<u64>>, Refusal> {
        if !self.exact {
            return Ok(None);
        }
        let object = self.object(row);
        let rest = usize::try_from(input.len().saturating_sub(object)).unwrap_or(usize::MAX).min(LONGEST_RECORD);
        let mut window = WINDOW;
        loop {
            let mut bytes = Vec::new();
            input.read_at(object, window.min(rest), &mut bytes)?;
            let text = bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid());
            let arena = Bump::new();
            match json::value(text, 0, &arena) {
                Ok((value, _)) => {
                    let found = value.members().and_then(|members| find(members, path));
                    let end = |value: Json<'_>| json::value(text, value.offset, &arena).map(|read| read.1).ok();
                    let place = |value: Json<'_>| Some(object + value.offset as u64..object + end(value)? as u64);
                    return Ok(found.and_then(place));
                }
                Err(_) if window >= rest => return Ok(None),
                Err(_) => window *= 16,
            }
        }
    }
}

/// The value under a path of keys; one of them may hold points itself.
fn find<'n>(members: &'n [Member<'n>], path: &str) -> Option<Json<'n>> {
    members.iter().find_map(|member| {
        let rest = path.strip_prefix(member.name.trim())?;
        match (rest.strip_prefix('.'), member.value.value) {
            (None, _) => rest.is_empty().then_some(member.value),
            (Some(rest), JsonValue::Object(inner)) => find(inner, rest),
            _ => None,
        }
    })
}
