//! Texts: borrowed where they mean what they say, put together in the arena where something is escaped.

use bumpalo::collections::String as ArenaString;

use super::fault::{Malformed, Wrong};
use super::reader::Reader;
use super::scan::text_mark;

impl<'b> Reader<'b> {
    /// The text whose quote opens here.
    #[inline(always)]
    pub(super) fn string(&mut self) -> Result<&'b str, Wrong> {
        let bytes = self.text.as_bytes();
        let from = self.at + 1;
        if let Some(end) = text_mark(bytes, from)
            && bytes.get(end) == Some(&b'"')
        {
            self.at = end + 1;
            return Ok(self.text.get(from..end).unwrap_or_default());
        }
        self.escaped()
    }

    /// A text that is not as simple as that.
    #[inline(never)]
    fn escaped(&mut self) -> Result<&'b str, Wrong> {
        let bytes = self.text.as_bytes();
        let opened = self.at;
        let mut done = opened + 1;
        let mut meant = ArenaString::new_in(self.arena);
        while let Some(mark) = text_mark(bytes, done) {
            meant.push_str(self.text.get(done..mark).unwrap_or_default());
            match bytes.get(mark) {
                Some(b'"') => {
                    self.at = mark + 1;
                    return Ok(meant.into_bump_str());
                }
                Some(b'\\') => {
                    let (character, end) = self.escape(mark)?;
                    meant.push(character);
                    done = end;
                }
                _ => return Err(Malformed::control(self.text, mark)),
            }
        }
        Err(Malformed::unclosed_text(self.text, opened))
    }

    /// The character of the escape at `at`, and where it ends. `self.at` is where the text opened.
    fn escape(&self, at: usize) -> Result<(char, usize), Wrong> {
        let character = match self.text.as_bytes().get(at + 1) {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{C}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.by_number(at),
            Some(_) => return Err(Malformed::no_escape(self.text, at)),
            None => return Err(Malformed::unclosed_text(self.text, self.at)),
        };
        Ok((character, at + 2))
    }

    /// `\u0456`, or the two of a character beyond U+FFFF.
    fn by_number(&self, at: usize) -> Result<(char, usize), Wrong> {
        let first = self.unit(at)?;
        if let Some(character) = char::from_u32(first) {
            return Ok((character, at + 6));
        }
        let rest = self.text.get(at + 6..).unwrap_or_default();
        if first >= 0xDC00 {
            return Err(Malformed::half(self.text, at));
        }
        if rest.is_empty() || rest == "\\" {
            return Err(Malformed::unclosed_text(self.text, self.at));
        }
        if !rest.starts_with("\\u") {
            return Err(Malformed::half(self.text, at));
        }
        let second = self.unit(at + 6)?;
        let low = second.checked_sub(0xDC00).filter(|low| *low < 0x400);
        match low.and_then(|low| char::from_u32(0x10000 + ((first - 0xD800) << 10) + low)) {
            Some(character) => Ok((character, at + 12)),
            None => Err(Malformed::half(self.text, at)),
        }
    }

    /// The four digits of the `\u` at `at`.
    fn unit(&self, at: usize) -> Result<u32, Wrong> {
        let mut unit = 0;
        for place in at + 2..at + 6 {
            let Some(byte) = self.text.as_bytes().get(place) else {
                return Err(Malformed::unclosed_text(self.text, self.at));
            };
            let digit = char::from(*byte).to_digit(16).ok_or_else(|| Malformed::no_escape(self.text, at))?;
            unit = unit * 16 + digit;
        }
        Ok(unit)
    }
}
