//! The lexer: hands out only tokens that are checked. Nesting is checked by being told
//! which element is open, since comparing a name is faster than reading it.

use super::characters::Characters;
use super::fault::{Stop, shown};
use super::namespaces::Namespaces;
use super::token::{Form, RawText, Token};
use super::{references, scan};

#[cfg(test)]
mod tests;

/// How deep elements may nest.
pub const DEEPEST: usize = 64;
/// How many attributes an element may have.
pub const MOST_ATTRIBUTES: usize = 256;

/// Reads a slice of a document, token by token.
#[derive(Debug)]
pub struct Lexer<'b> {
    pub(super) text: &'b str,
    pub(super) at: usize,
    /// How many elements are open, those outside of the slice included.
    pub(super) depth: usize,
    /// Whether line ends must be looked after.
    pub(super) returns: bool,
    /// Whether a DOCTYPE may still come.
    pub(super) doctype: bool,
    /// Names of the attributes of the tag that is being read.
    pub(super) names: Vec<&'b str>,
    pub(super) namespaces: Namespaces,
    /// How deep the innermost element stands that declares a namespace.
    pub(super) declaring: usize,
    /// The same where the slice begins: while nothing deeper declares one, equal tags mean the same.
    outside: usize,
    /// Where the slice begins in the input.
    base: u64,
}

impl<'b> Lexer<'b> {
    /// A lexer over a slice that begins at this place of the input, outside of any tag, inside of `depth`
    /// elements that declare these namespaces. Refuses characters that no document may hold.
    pub fn new(text: &'b str, base: u64, depth: usize, namespaces: Namespaces) -> Result<Lexer<'b>, Stop> {
        let characters = Characters::of(text);
        if let Some(at) = characters.illegal {
            return Err(illegal(text, at));
        }
        Ok(Lexer {
            text,
            at: 0,
            depth,
            returns: characters.returns,
            doctype: false,
            names: Vec::new(),
            declaring: namespaces.deepest(),
            outside: namespaces.deepest(),
            namespaces,
            base,
        })
    }

    /// How far it has read, in bytes of its slice.
    pub fn offset(&self) -> usize {
        self.at
    }

    /// The place in the input of an offset of the slice, for findings.
    pub fn place(&self, offset: usize) -> u64 {
        self.base + offset as u64
    }

    /// The namespaces in scope: of the element whose start tag came last.
    pub fn namespaces(&self) -> &Namespaces {
        &self.namespaces
    }

    /// The text of the slice between two offsets.
    #[inline(always)]
    pub fn slice(&self, from: usize, to: usize) -> &'b str {
        self.text.get(from..to).unwrap_or_default()
    }

    /// The next token. `open` is the name of the innermost element that is open, and was opened in this slice;
    /// `""` where none is: there the slice may end.
    #[inline(always)]
    pub fn next(&mut self, open: &str) -> Result<Token<'b>, Stop> {
        loop {
            match self.text.as_bytes().get(self.at..).unwrap_or_default() {
                [b'<', b'/', ..] => return self.end(open),
                [b'<', b'!', ..] => {
                    if let Some(section) = self.bang()? {
                        return Ok(section);
                    }
                }
                [b'<', b'?', ..] => self.instruction()?,
                [b'<', _, ..] => return self.start(),
                [b'<'] => return Err(Stop::Cut),
                [] if open.is_empty() => return Ok(Token::Finish),
                [] => return Err(Stop::Cut),
                _ => return self.characters(open),
            }
        }
    }

    /// The start tag that stands here, as far as its first `>`: one that is equal to a whole tag which was read in this
    /// slice is that tag again, and need not be read. Nothing where a tag could mean something else than elsewhere.
    #[inline(always)]
    pub fn tag(&self) -> Option<&'b str> {
        let bytes = self.text.as_bytes();
        let begins = matches!(bytes.get(self.at..), Some([b'<', first, ..]) if first.is_ascii_alphabetic());
        if !begins || !self.means_the_same() || self.depth >= DEEPEST {
            return None;
        }
        let end = scan::tag_end(bytes, self.at)?;
        Some(self.slice(self.at, end + 1))
    }

    /// Whether this tag stands here, which [`Lexer::tag`] gave elsewhere in the slice.
    #[inline(always)]
    pub fn begins_with(&self, tag: &str) -> bool {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        rest.get(..tag.len()).is_some_and(|here| scan::same_name(here, tag.as_bytes()))
            && self.means_the_same()
            && self.depth < DEEPEST
    }

    /// Whether the namespaces in scope are those with which the slice begins.
    #[inline(always)]
    pub fn means_the_same(&self) -> bool {
        self.declaring == self.outside
    }

    /// Goes behind the tag that [`Lexer::tag`] gave, which is known to be right.
    #[inline(always)]
    pub fn pass(&mut self, tag: &str, empty: bool) {
        self.at += tag.len();
        self.depth += usize::from(!empty);
        self.doctype = false;
    }

    /// Goes past blanks before a tag. They are text like any other, for who does not ask for it.
    #[inline(always)]
    pub fn skip_blanks(&mut self) {
        let bytes = self.text.as_bytes();
        let at = scan::skip_blanks(bytes, self.at);
        if bytes.get(at) == Some(&b'<') {
            self.at = at;
        }
    }

    /// The text of the element that was just opened, with its end tag, where it is nothing but one plain text or one
    /// CDATA section, as most elements are. Otherwise nothing is read.
    #[inline(always)]
    pub fn whole_text(&mut self, open: &str) -> Option<RawText<'b>> {
        let bytes = self.text.as_bytes();
        let (from, to, behind) = match bytes.get(self.at..)? {
            [b'<', b'!', ..] => self.whole_section()?,
            [b'<', ..] => return None,
            _ => {
                let mark = scan::text_mark(bytes, self.at)?;
                (self.at, mark, mark)
            }
        };
        let [b'<', b'/', tag @ ..] = bytes.get(behind..)? else { return None };
        if tag.get(open.len()) != Some(&b'>') || !scan::same_name(tag.get(..open.len())?, open.as_bytes()) {
            return None;
        }
        let raw = self.slice(from, to);
        self.depth = self.depth.saturating_sub(1);
        self.at = behind + open.len() + 3;
        Some(RawText { raw, form: self.with_line_ends(raw, Form::Plain) })
    }

    /// Goes on to behind the end tag of `open`, checking everything in between.
    pub fn skip(&mut self, open: &str) -> Result<(), Stop> {
        loop {
            match self.next(open)? {
                Token::Start(start) if !start.empty => self.skip(start.name)?,
                Token::End => return Ok(()),
                Token::Finish => return Err(Stop::Cut),
                _ => {}
            }
        }
    }

    #[inline(always)]
    fn end(&mut self, open: &str) -> Result<Token<'b>, Stop> {
        let from = self.at + 2;
        let to = from + open.len();
        let bytes = self.text.as_bytes();
        if bytes.get(to) == Some(&b'>') && bytes.get(from..to) == Some(open.as_bytes()) && !open.is_empty() {
            self.depth = self.depth.saturating_sub(1);
            self.at = to + 1;
            return Ok(Token::End);
        }
        self.odd_end(open)
    }

    /// An end tag with white space before its `>`, cut, or of another element.
    #[cold]
    #[inline(never)]
    fn odd_end(&mut self, open: &str) -> Result<Token<'b>, Stop> {
        let from = self.at + 2;
        let rest = self.text.get(from..).unwrap_or_default();
        let end = rest.find([' ', '\t', '\r', '\n', '>', '<']).unwrap_or(rest.len());
        let name = rest.get(..end).unwrap_or_default();
        let close = from + name.len() + rest.bytes().skip(name.len()).take_while(|byte| scan::is_blank(*byte)).count();
        match self.text.as_bytes().get(close) {
            // the name may go on: its words are better when it is whole
            None if end == rest.len() || name == open => Err(Stop::Cut),
            Some(b'>') if name == open && !open.is_empty() => {
                self.depth = self.depth.saturating_sub(1);
                self.at = close + 1;
                Ok(Token::End)
            }
            _ if open.is_empty() => {
                let what = format!("the end tag </{}> closes nothing", shown(name));
                Err(Stop::bad(self.at, what, "remove it, or give it its start tag"))
            }
            Some(_) if name == open => Err(Stop::bad(
                self.at,
                format!("the end tag </{}> is not closed by >", shown(name)),
                "write it as </name>",
            )),
            _ => {
                let what = format!("the end tag </{}> where </{}> was expected", shown(name), shown(open));
                let help = match name.strip_suffix("&gt;").or(name.strip_suffix("&gt")) {
                    Some(meant) => format!("write </{}>", shown(meant)),
                    None => "an end tag is missing before it, or one of the two is misspelled".into(),
                };
                Err(Stop::not_closing(self.at, what, help))
            }
        }
    }

    #[inline(always)]
    fn characters(&mut self, open: &str) -> Result<Token<'b>, Stop> {
        let bytes = self.text.as_bytes();
        let from = self.at;
        let mut at = from;
        let mut form = Form::Plain;
        let end = loop {
            let Some(mark) = scan::text_mark(bytes, at) else {
                if !open.is_empty() {
                    return Err(Stop::Cut);
                }
                break bytes.len();
            };
            match bytes.get(mark) {
                Some(b'<') => break mark,
                Some(b'&') => {
                    form = Form::Escaped;
                    at = references::reference(self.text, mark)?.1;
                }
                _ => {
                    if bytes.get(mark..mark + 3) == Some(b"]]>") {
                        return Err(Stop::bad(mark, "«]]>» stands outside of a CDATA section", "write ]]&gt;"));
                    }
                    at = mark + 1;
                }
            }
        };
        let raw = self.slice(from, end);
        self.at = end;
        Ok(Token::Text(RawText { raw, form: self.with_line_ends(raw, form) }))
    }

    /// What else there is to do for a text: nothing, unless the slice has carriage returns.
    #[inline(always)]
    pub(super) fn with_line_ends(&self, raw: &str, form: Form) -> Form {
        if self.returns && form == Form::Plain && memchr::memchr(b'\r', raw.as_bytes()).is_some() {
            return Form::LineEnds;
        }
        form
    }
}

/// The fault of a character that no document may hold.
#[cold]
pub(super) fn illegal(text: &str, at: usize) -> Stop {
    let character = text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or_default();
    let what = format!("the character U+{:04X}, which no XML may hold", u32::from(character));
    Stop::bad(at, what, "remove it where the file is made")
}
