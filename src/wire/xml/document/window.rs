//! A window that moves over the input: never the whole document in memory, never less than
//! one token or one listing.

use super::super::characters::Characters;
use crate::finding::Refusal;
use crate::wire::Digest;
use crate::wire::blocks::{LONGEST_RECORD, Reading};

/// What the window shows.
pub(super) struct View<'w> {
    /// Legal text, up to what stands in its way.
    pub(super) text: &'w str,
    /// Where it begins in the input.
    pub(super) base: u64,
    /// What follows.
    pub(super) then: Then,
}

/// What follows the text of a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Then {
    /// More of the input.
    More,
    /// Its end.
    End,
    /// Bytes that are no UTF-8.
    NotUtf8,
    /// A character that no document may hold.
    Illegal(char),
}

/// The window.
pub(super) struct Window<'r> {
    reading: &'r Reading<'r>,
    bytes: Vec<u8>,
    filled: usize,
    base: u64,
}

impl<'r> Window<'r> {
    pub(super) fn new(reading: &'r Reading<'r>) -> Self {
        Window { reading, bytes: Vec::new(), filled: 0, base: 0 }
    }

    /// Looks at what is there.
    pub(super) fn view(&self) -> View<'_> {
        let bytes = self.bytes.get(..self.filled).unwrap_or_default();
        let at_end = self.base + self.filled as u64 >= self.reading.input.len();
        let (text, then) = match simdutf8::compat::from_utf8(bytes) {
            Ok(text) if at_end => (text, Then::End),
            Ok(text) => (text, Then::More),
            Err(error) => {
                let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
                let text = simdutf8::basic::from_utf8(valid).unwrap_or_default();
                let cut = error.error_len().is_none() && !at_end;
                (text, if cut { Then::More } else { Then::NotUtf8 })
            }
        };
        match Characters::of(text).illegal {
            None => View { text, base: self.base, then },
            Some(at) => {
                let (text, rest) = text.split_at(at);
                View { text, base: self.base, then: Then::Illegal(rest.chars().next().unwrap_or_default()) }
            }
        }
    }

    /// Moves on over what was read, and reads more. Whether it could: no token and no listing may be longer
    /// than the limit.
    pub(super) fn advance(&mut self, consumed: usize, digest: &mut Digest) -> Result<bool, Refusal> {
        self.pass(consumed, digest);
        if self.filled >= LONGEST_RECORD {
            return Ok(false);
        }
        let wanted = if consumed > 0 { self.reading.block.max(1) } else { self.reading.block.max(self.filled).max(1) };
        let from = self.base + self.filled as u64;
        let left = self.reading.input.len() - from.min(self.reading.input.len());
        let more = usize::try_from(left).unwrap_or(usize::MAX).min(wanted).min(LONGEST_RECORD - self.filled);
        if self.bytes.len() < self.filled + more {
            self.bytes.resize(self.filled + more, 0);
        }
        let window = self.bytes.get_mut(self.filled..self.filled + more).unwrap_or_default();
        self.reading.input.read_exact_at(from, window)?;
        self.filled += more;
        Ok(true)
    }

    /// Moves on over what was read, without reading more.
    pub(super) fn pass(&mut self, consumed: usize, digest: &mut Digest) {
        digest.update(self.bytes.get(..consumed).unwrap_or_default());
        self.bytes.copy_within(consumed..self.filled, 0);
        self.filled -= consumed;
        self.base += consumed as u64;
    }

    /// Goes on at another place of the input.
    pub(super) fn jump(&mut self, place: u64) {
        self.filled = 0;
        self.base = place;
    }
}
