//! Byte offsets become lines and columns only for the few places that are shown:
//! one pass over the text up to the last of them.

use super::Input;
use crate::finding::Refusal;

/// Read at once.
const PIECE: usize = 64 * 1024;
/// Characters of a line that are shown.
const SHOWN: usize = 200;
/// Of these, at most so many before the place.
const SHOWN_BEFORE: usize = 120;
/// Bytes that hold so many characters on one side.
const SHOWN_BYTES: u64 = 4 * SHOWN as u64;

/// A place for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The line, from 1.
    pub line: u64,
    /// The column, in characters from 1.
    pub column: u64,
    /// The line's text; of a long line about 200 characters around the column.
    pub text: String,
    /// The column within `text`, from 1: less than `column` where the front was cut off.
    pub mark: u64,
}

impl Input {
    /// Lines and columns of these offsets, in their order; one pass whatever the order is.
    pub fn places(&self, offsets: &[u64]) -> Result<Vec<Line>, Refusal> {
        self.walk_to(offsets, |offset, walk| self.line_around(offset, walk))
    }

    /// The lines of these offsets, from 1, in their order: without columns and texts many are found at once.
    pub fn lines(&self, offsets: &[u64]) -> Result<Vec<u64>, Refusal> {
        self.walk_to(offsets, |_, walk| Ok(walk.line))
    }

    /// What is to be said of each offset, in their order.
    fn walk_to<T: Clone>(
        &self,
        offsets: &[u64],
        mut say: impl FnMut(u64, &Walk) -> Result<T, Refusal>,
    ) -> Result<Vec<T>, Refusal> {
        let mut order: Vec<(u64, usize)> = offsets.iter().map(|offset| (*offset).min(self.len())).zip(0..).collect();
        order.sort_unstable();
        let mut found = vec![None; offsets.len()];
        let mut walk = Walk::begin();
        let mut piece = vec![0; PIECE];
        for (offset, number) in order {
            while walk.at < offset {
                let wanted = usize::try_from(offset - walk.at).unwrap_or(usize::MAX).min(PIECE);
                let Some(window) = piece.get_mut(..wanted) else { break };
                self.read_exact_at(walk.at, window)?;
                walk.pass(window);
            }
            let said = say(offset, &walk)?;
            if let Some(slot) = found.get_mut(number) {
                *slot = Some(said);
            }
        }
        Ok(found.into_iter().flatten().collect())
    }

    fn line_around(&self, offset: u64, walk: &Walk) -> Result<Line, Refusal> {
        let from = walk.line_start.max(offset.saturating_sub(SHOWN_BYTES)).min(offset);
        let to = (offset + SHOWN_BYTES).min(self.len());
        let mut bytes = Vec::new();
        self.read_at(from, usize::try_from(to - from).unwrap_or(0), &mut bytes)?;
        let (before, after) = bytes.split_at(usize::try_from(offset - from).unwrap_or(0).min(bytes.len()));
        let end = memchr::memchr2(b'\n', b'\r', after).unwrap_or(after.len());
        let before = String::from_utf8_lossy(whole_characters(before));
        let after = String::from_utf8_lossy(after.get(..end).unwrap_or_default());
        let shown_before = before.chars().count().min(SHOWN_BEFORE);
        let mut text: String = before.chars().skip(before.chars().count() - shown_before).collect();
        let mut after = after.chars();
        text.extend(after.by_ref().take(SHOWN - shown_before));
        if after.next().is_some() {
            text.push('…');
        }
        Ok(Line { line: walk.line, column: walk.characters + 1, text, mark: shown_before as u64 + 1 })
    }
}

/// Bytes without the rest of a character that was cut at their front.
fn whole_characters(bytes: &[u8]) -> &[u8] {
    let cut = bytes.iter().take_while(|byte| **byte & 0xC0 == 0x80).count();
    bytes.get(cut..).unwrap_or_default()
}

/// Counts lines, and characters since the last line end. CR, LF and CRLF end a line.
struct Walk {
    at: u64,
    line: u64,
    line_start: u64,
    characters: u64,
    after_return: bool,
}

impl Walk {
    fn begin() -> Self {
        Walk { at: 0, line: 1, line_start: 0, characters: 0, after_return: false }
    }

    fn pass(&mut self, piece: &[u8]) {
        let mut rest = 0;
        if memchr::memchr(b'\r', piece).is_none() && !self.after_return {
            if let Some(last) = memchr::memrchr(b'\n', piece) {
                self.line += bytecount::count(piece, b'\n') as u64;
                rest = last + 1;
            }
        } else {
            for at in memchr::memchr2_iter(b'\r', b'\n', piece) {
                let follows_return = match at.checked_sub(1) {
                    Some(before) => piece.get(before) == Some(&b'\r'),
                    None => self.after_return,
                };
                let pair = follows_return && piece.get(at) == Some(&b'\n');
                self.line += u64::from(!pair);
                rest = at + 1;
            }
        }
        if rest > 0 {
            self.line_start = self.at + rest as u64;
            self.characters = 0;
        }
        self.characters += bytecount::num_chars(piece.get(rest..).unwrap_or_default()) as u64;
        self.after_return = piece.last().map_or(self.after_return, |last| *last == b'\r');
        self.at += piece.len() as u64;
    }
}
