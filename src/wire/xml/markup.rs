//! CDATA sections, and what is checked and skipped: comments and processing instructions.

use super::fault::{Stop, shown};
use super::lexer::Lexer;
use super::token::{Form, RawText, Token};
use super::{names, scan};

const SECTION: &[u8] = b"<![CDATA[";

impl<'b> Lexer<'b> {
    /// What begins with `<!`: a CDATA section is a token, the others are skipped.
    pub(super) fn bang(&mut self) -> Result<Option<Token<'b>>, Stop> {
        const COMMENT: &[u8] = b"<!--";
        const DOCTYPE: &[u8] = b"<!DOCTYPE";
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if rest.starts_with(SECTION) {
            return self.section(self.at + SECTION.len()).map(Some);
        }
        if rest.starts_with(COMMENT) {
            return self.comment(self.at + COMMENT.len()).map(|()| None);
        }
        if rest.starts_with(DOCTYPE) && self.doctype {
            return self.doctype(self.at + DOCTYPE.len()).map(|()| None);
        }
        if [SECTION, COMMENT, DOCTYPE].iter().any(|begin| begin.starts_with(rest)) {
            return Err(Stop::Cut);
        }
        Err(self.unknown_markup())
    }

    fn section(&mut self, from: usize) -> Result<Token<'b>, Stop> {
        let end = self.section_end(from).ok_or(Stop::Cut)?;
        let raw = self.slice(from, end);
        self.at = end + 3;
        Ok(Token::CData(RawText { raw, form: self.with_line_ends(raw, Form::Plain) }))
    }

    /// Where the `]]>` stands that closes the section whose inside begins here.
    fn section_end(&self, from: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = from;
        loop {
            at += memchr::memchr(b']', bytes.get(at..)?)?;
            if bytes.get(at + 1..at + 3) == Some(b"]>") {
                return Some(at);
            }
            at += 1;
        }
    }

    /// Where the inside of the section that begins at hand begins and ends, and what is behind it begins.
    pub(super) fn whole_section(&self) -> Option<(usize, usize, usize)> {
        let from = self.at + SECTION.len();
        if self.text.as_bytes().get(self.at..from) != Some(SECTION) {
            return None;
        }
        let end = self.section_end(from)?;
        Some((from, end, end + 3))
    }

    fn comment(&mut self, from: usize) -> Result<(), Stop> {
        let rest = self.text.as_bytes().get(from..).unwrap_or_default();
        let Some(found) = memchr::memmem::find(rest, b"--") else { return Err(Stop::Cut) };
        match rest.get(found + 2) {
            Some(b'>') => {
                self.at = from + found + 3;
                Ok(())
            }
            Some(_) => Err(Stop::bad(from + found, "two hyphens inside of a comment", "XML allows only one in a row")),
            None => Err(Stop::Cut),
        }
    }

    /// Skips what begins with `<?`.
    pub(super) fn instruction(&mut self) -> Result<(), Stop> {
        let from = self.at + 2;
        let read = names::name(self.text, from, "a processing instruction")?;
        let target = self.slice(from, read.end);
        if target.eq_ignore_ascii_case("xml") {
            let what = "an XML declaration that does not stand at the very beginning";
            return Err(Stop::bad(self.at, what, "remove what stands before it, blanks and line ends too"));
        }
        if read.prefixed {
            let what = format!("«{}» cannot be the name of a processing instruction", shown(target));
            return Err(Stop::bad(from, what, "it may not have a colon"));
        }
        let rest = self.text.as_bytes().get(read.end..).unwrap_or_default();
        match rest {
            [b'?', b'>', ..] => self.at = read.end + 2,
            [b'?'] => return Err(Stop::Cut),
            [blank, ..] if scan::is_blank(*blank) => {
                self.at = read.end + memchr::memmem::find(rest, b"?>").ok_or(Stop::Cut)? + 2;
            }
            _ => return Err(Stop::bad(read.end, format!("white space is missing behind <?{}", shown(target)), "")),
        }
        Ok(())
    }

    #[cold]
    fn unknown_markup(&self) -> Stop {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let Some(end) = rest.find([' ', '>', '\t', '\n', '\r']) else { return Stop::Cut };
        let begin = rest.get(..end).unwrap_or_default();
        if begin == "<!DOCTYPE" {
            return Stop::bad(self.at, "a DOCTYPE in this place", "one may stand before the root, and only there");
        }
        if begin.eq_ignore_ascii_case("<!doctype") {
            return Stop::bad(self.at, "this begins an HTML page, not a feed", "");
        }
        Stop::bad(self.at, format!("«{}» begins nothing that XML knows", shown(begin)), "")
    }
}
