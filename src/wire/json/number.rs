//! Numbers: checked by the grammar and kept as they are written.

use super::fault::{Malformed, Wrong};
use super::reader::Reader;

impl<'b> Reader<'b> {
    /// The number that begins here with a minus or a digit.
    #[inline(always)]
    pub(super) fn number(&mut self) -> Result<&'b str, Wrong> {
        let bytes = self.text.as_bytes();
        let from = self.at;
        let first = from + usize::from(bytes.get(from) == Some(&b'-'));
        let mut at = self.digits(first)?;
        if bytes.get(first) == Some(&b'0') && at > first + 1 {
            return Err(Malformed::leading_zero(self.text, from));
        }
        if bytes.get(at) == Some(&b'.') {
            at = self.digits(at + 1)?;
        }
        if matches!(bytes.get(at), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
            at = self.digits(at + 1 + sign)?;
        }
        self.at = at;
        Ok(self.text.get(from..at).unwrap_or_default())
    }

    /// Where the digits end that must stand here.
    #[inline(always)]
    fn digits(&self, from: usize) -> Result<usize, Wrong> {
        let bytes = self.text.as_bytes();
        let mut at = from;
        while bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        if at > from { Ok(at) } else { Err(Malformed::no_digit(self.text, self.at, from, self.open)) }
    }
}
