//! A document read in order through a window that moves over the input: as much of it in memory as one value needs.

use bumpalo::Bump;

use super::fault::Wrong;
use super::nesting::{CHUNK, Nesting};
use super::{Json, refusal, value};
use crate::finding::Refusal;
use crate::wire::blocks::LONGEST_RECORD;
use crate::wire::scan::skip_blanks;
use crate::wire::{Digest, input::Input};

/// Bytes that must follow a place for a message to quote all it would.
const QUOTED: usize = 256;
/// The least that is read at once: more than one character.
const LEAST: usize = 64;

/// A value as it stands in the window.
pub(super) struct Seen<'w> {
    pub(super) json: Json<'w>,
    /// The value itself.
    pub(super) text: &'w str,
    /// Where the text begins in the input from which offsets count.
    pub(super) base: u64,
}

/// The window.
pub(super) struct Window<'i> {
    pub(super) input: &'i Input,
    block: usize,
    text: String,
    base: u64,
    at: usize,
    /// What follows the text is no UTF-8.
    broken: bool,
    /// Of all that was passed.
    pub(super) digest: Digest,
}

impl<'i> Window<'i> {
    /// A window at the front of an input.
    pub(super) fn new(input: &'i Input, block: usize) -> Self {
        let block = block.max(LEAST);
        Window { input, block, text: String::new(), base: 0, at: 0, broken: false, digest: Digest::new() }
    }

    /// The place of the next byte.
    pub(super) fn place(&self) -> u64 {
        self.base + self.at as u64
    }

    /// Goes past a byte that was peeked at.
    pub(super) fn step(&mut self) {
        self.at += 1;
    }

    /// Goes on at another place, up to which the digest has been told everything.
    pub(super) fn jump(&mut self, place: u64) {
        self.text.clear();
        (self.base, self.at, self.broken) = (place, 0, false);
    }

    /// The refusal of what stands here, with enough of it in sight to be quoted.
    pub(super) fn wrong(&mut self, word: impl FnOnce(&str, usize) -> Wrong) -> Refusal {
        while !self.is_at_end() && self.text.len() - self.at < QUOTED {
            if let Err(refusal) = self.more() {
                return refusal;
            }
        }
        let wrong = word(&self.text, self.at);
        // what is open was opened somewhere in the input, and not in the window
        refusal(self.input, if wrong.cut { 0 } else { self.base }, &wrong)
    }

    /// Lets go of what was read.
    pub(super) fn pass(&mut self) {
        self.digest.update(self.text.get(..self.at).unwrap_or_default().as_bytes());
        self.text.drain(..self.at);
        self.base += self.at as u64;
        self.at = 0;
    }

    fn is_at_end(&self) -> bool {
        self.base + self.text.len() as u64 >= self.input.len()
    }

    /// Reads more; false at the end of the input.
    fn more(&mut self) -> Result<bool, Refusal> {
        self.pass();
        let from = self.base + self.text.len() as u64;
        if self.broken {
            return Err(self.input.not_utf8(from));
        }
        if self.text.len() >= LONGEST_RECORD {
            let what = format!("a value that begins here does not end within {} MiB", LONGEST_RECORD >> 20);
            return Err(self.input.refusal_at(
                self.base,
                what,
                "look there for a quote or a bracket that is never closed",
            ));
        }
        let left = usize::try_from(self.input.len() - from.min(self.input.len())).unwrap_or(usize::MAX);
        let mut piece = Vec::new();
        self.input.read_at(from, left.min(self.block.max(self.text.len())), &mut piece)?;
        let right = match simdutf8::compat::from_utf8(&piece) {
            Ok(text) => text,
            Err(error) => {
                self.broken = error.error_len().is_some() || piece.len() == left;
                let right = piece.get(..error.valid_up_to()).unwrap_or_default();
                simdutf8::basic::from_utf8(right).unwrap_or_default()
            }
        };
        self.text.push_str(right);
        Ok(!piece.is_empty())
    }

    /// The next byte that is not blank; `None` at the end of the input.
    pub(super) fn peek(&mut self) -> Result<Option<u8>, Refusal> {
        loop {
            self.at = skip_blanks(self.text.as_bytes(), self.at);
            let next = self.text.as_bytes().get(self.at).copied();
            if next.is_some() || !self.more()? {
                return Ok(next);
            }
        }
    }

    /// Reads a value and shows it.
    pub(super) fn value<R>(&mut self, see: impl FnOnce(Seen<'_>) -> R) -> Result<R, Refusal> {
        self.peek()?;
        loop {
            let arena = Bump::new();
            let (length, is_at_end) = (self.text.len(), self.is_at_end());
            match value(&self.text, self.at, &arena) {
                // a number that ends with the window may go on
                Ok((json, end)) if end < length || is_at_end => {
                    let text = self.text.get(json.offset..end).unwrap_or_default();
                    let result = see(Seen { json, text, base: self.base });
                    self.at = end;
                    return Ok(result);
                }
                Err(wrong) if is_at_end || (!wrong.cut && length - wrong.offset.min(length) >= QUOTED) => {
                    return Err(refusal(self.input, self.base, &wrong));
                }
                _ => self.more()?,
            };
        }
    }

    /// Goes to behind the bracket that closes what a bracket before this place opened, reading no value.
    pub(super) fn skip(&mut self) -> Result<(), Refusal> {
        let mut nesting = Nesting::default();
        loop {
            let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
            let chunk = rest.get(..CHUNK).unwrap_or(rest);
            if let Some(close) = nesting.pass(chunk).close {
                self.at += close + 1;
                return Ok(());
            }
            self.at += chunk.len();
            if self.at >= self.text.len() && !self.more()? {
                return Err(self.input.refusal_at(self.place(), "the text ends", ""));
            }
        }
    }
}
