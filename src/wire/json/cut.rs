//! Where a block may end: behind a line, or behind the comma that follows an element of a list.

use super::nesting::{CHUNK, Nesting};
use crate::wire::blocks::Cut;

/// Cuts behind the last line break. Texts hold none, so that every line break ends a record.
#[derive(Debug, Clone, Copy, Default)]
pub struct LinesCut;

impl Cut for LinesCut {
    fn cut(&mut self, bytes: &[u8], at_end: bool) -> Option<usize> {
        if at_end {
            return Some(bytes.len());
        }
        memchr::memrchr(b'\n', bytes).map(|at| at + 1)
    }
}

/// Cuts behind the comma of the last whole element of a list. It begins behind the list's bracket; the last element,
/// which no comma follows, and the bracket that closes the list are left to the caller.
#[derive(Debug, Clone, Copy, Default)]
pub struct ElementsCut {
    nesting: Nesting,
    /// Bytes from the front that were looked at.
    seen: usize,
    is_done: bool,
}

impl Cut for ElementsCut {
    fn cut(&mut self, bytes: &[u8], _: bool) -> Option<usize> {
        let mut whole = None;
        while !self.is_done
            && let Some(chunk) = bytes.get(self.seen..).and_then(|rest| rest.first_chunk::<CHUNK>())
        {
            let top = self.nesting.pass(chunk);
            whole = top.comma.map(|at| self.seen + at + 1).or(whole);
            self.is_done = top.close.is_some();
            self.seen += CHUNK;
        }
        self.seen -= whole.unwrap_or(0);
        whole
    }

    fn is_done(&self) -> bool {
        self.is_done
    }
}
