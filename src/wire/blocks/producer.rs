//! The one who reads: hands out block after block, each cut where a record ends.

use super::{Block, Cut, LONGEST_RECORD, Reading};
use crate::finding::Refusal;
use crate::wire::{Digest, input::Input};

/// What to do about a record that does not end.
const NEVER_ENDS: &str = "look there for a quote that is never closed, or an end tag that is missing";

/// Reads the input from front to end.
pub(super) struct Producer<'p> {
    reading: &'p Reading<'p>,
    cut: &'p mut (dyn Cut + Send),
    digest: &'p mut Digest,
    /// Where the next byte is read from.
    at: u64,
    /// Bytes before `at` that belong to the next block.
    carried: Vec<u8>,
    number: usize,
    done: bool,
}

/// A block that somebody took: the front of their buffer, or why there is none.
pub(super) struct Taken {
    /// Its number.
    pub(super) number: usize,
    offset: u64,
    length: Result<usize, Refusal>,
}

impl<'p> Producer<'p> {
    /// Begins at the front of the span.
    pub(super) fn new(reading: &'p Reading<'p>, cut: &'p mut (dyn Cut + Send), digest: &'p mut Digest) -> Self {
        Producer { reading, cut, digest, at: reading.span.start, carried: Vec::new(), number: 0, done: false }
    }

    /// Where the blocks that were handed out end.
    pub(super) fn end(&self) -> u64 {
        self.at - self.carried.len() as u64
    }

    /// Puts the next block into the front of `buffer`; none behind the last one or a refusal.
    pub(super) fn take(&mut self, buffer: &mut Vec<u8>) -> Option<Taken> {
        if self.done {
            return None;
        }
        let offset = self.end();
        let length = self.fill(buffer).transpose();
        self.done = !matches!(length, Some(Ok(_)));
        let number = self.number;
        self.number += 1;
        length.map(|length| Taken { number, offset, length })
    }

    /// How many bytes of `buffer` are the next block.
    fn fill(&mut self, buffer: &mut Vec<u8>) -> Result<Option<usize>, Refusal> {
        let offset = self.end();
        let mut filled = self.carried.len();
        let mut wanted = self.reading.block.max(1);
        grow(buffer, filled).copy_from_slice(&self.carried);
        loop {
            let left = self.reading.span.end.saturating_sub(self.at);
            let more = usize::try_from(left).unwrap_or(usize::MAX).min(wanted);
            let window = grow(buffer, filled + more);
            self.reading.input.read_exact_at(self.at, window.get_mut(filled..).unwrap_or_default())?;
            self.at += more as u64;
            filled += more;
            let window = grow(buffer, filled);
            let at_end = self.at >= self.reading.span.end;
            let cut = if window.is_empty() { None } else { self.cut.cut(window, at_end) };
            if let Some((block, rest)) = cut.filter(|cut| *cut > 0).and_then(|cut| window.split_at_checked(cut)) {
                self.digest.update(block);
                self.carried.clear();
                self.carried.extend_from_slice(rest);
                return Ok(Some(block.len()));
            }
            if at_end || self.cut.is_done() {
                self.carried.clear();
                self.carried.extend_from_slice(window);
                return Ok(None);
            }
            if filled >= LONGEST_RECORD {
                let what = format!("a record that begins here does not end within {} MiB", LONGEST_RECORD >> 20);
                return Err(self.reading.input.refusal_at(offset, what, NEVER_ENDS));
            }
            // as much again, so that a long record is not searched from its front too often
            wanted = filled.min(LONGEST_RECORD - filled);
        }
    }
}

/// The first `length` bytes of a buffer that keeps its length, so that it is filled with zeros only once.
fn grow(buffer: &mut Vec<u8>, length: usize) -> &mut [u8] {
    if buffer.len() < length {
        buffer.resize(length, 0);
    }
    buffer.get_mut(..length).unwrap_or_default()
}

impl Taken {
    /// The block as text.
    pub(super) fn block<'b>(&self, input: &Input, buffer: &'b [u8]) -> Result<Block<'b>, Refusal> {
        let bytes = buffer.get(..self.length.clone()?).unwrap_or_default();
        match simdutf8::basic::from_utf8(bytes) {
            Ok(text) => Ok(Block { offset: self.offset, text, number: self.number }),
            Err(_) => {
                let right = simdutf8::compat::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
                Err(input.not_utf8(self.offset + right as u64))
            }
        }
    }
}
