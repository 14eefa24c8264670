//! Start tags and their attributes.

use super::attributes::Attributes;
use super::fault::{Stop, shown};
use super::lexer::{DEEPEST, Lexer, MOST_ATTRIBUTES};
use super::token::{Start, Token};
use super::{names, references, scan};

/// The part of a tag behind its name.
struct Rest<'b> {
    attributes: Attributes<'b>,
    /// Whether an attribute has a prefix or declares a namespace.
    prefixed: bool,
    empty: bool,
    /// Behind the `>`.
    end: usize,
}

impl<'b> Lexer<'b> {
    #[inline(always)]
    pub(super) fn start(&mut self) -> Result<Token<'b>, Stop> {
        let offset = self.at;
        if self.declaring > self.depth {
            self.leave_namespaces();
        }
        let read = names::name(self.text, offset + 1, "an element")?;
        let name = self.slice(offset + 1, read.end);
        let rest = if self.text.as_bytes().get(read.end) == Some(&b'>') {
            Rest { attributes: Attributes::NONE, prefixed: false, empty: false, end: read.end + 1 }
        } else {
            self.rest_of_tag(name, read.end)?
        };
        if self.depth >= DEEPEST {
            return Err(Stop::bad(offset, format!("elements nest deeper than {DEEPEST}"), "no feed nests so deep"));
        }
        if read.prefixed || rest.prefixed {
            self.namespaces.enter(offset, self.depth + 1, name, rest.attributes)?;
            self.declaring = self.namespaces.deepest();
        }
        self.doctype = false;
        self.depth += usize::from(!rest.empty);
        self.at = rest.end;
        Ok(Token::Start(Start { name, attributes: rest.attributes, empty: rest.empty, offset }))
    }

    #[cold]
    fn leave_namespaces(&mut self) {
        self.namespaces.leave(self.depth);
        self.declaring = self.namespaces.deepest();
    }

    #[inline(always)]
    fn rest_of_tag(&mut self, name: &str, from: usize) -> Result<Rest<'b>, Stop> {
        let bytes = self.text.as_bytes();
        self.names.clear();
        let (mut plain, mut prefixed) = (true, false);
        let mut at = from;
        // the first attribute, and where it ends
        let mut first = None;
        loop {
            let next = scan::skip_blanks(bytes, at);
            let close = match bytes.get(next..).unwrap_or_default() {
                [b'>', ..] => Some((false, next + 1)),
                [b'/', b'>', ..] => Some((true, next + 2)),
                [] | [b'/'] => return Err(Stop::Cut),
                _ if next == at => return Err(self.mangled(name, next)),
                _ => None,
            };
            if let Some((empty, end)) = close {
                let (first, behind) = first.unzip();
                let attributes = Attributes { first, rest: self.slice(behind.unwrap_or(at), at), plain };
                return Ok(Rest { attributes, prefixed, empty, end });
            }
            let read = names::name(self.text, next, "an attribute")?;
            let attribute = self.slice(next, read.end);
            prefixed |= read.prefixed || attribute == "xmlns";
            if self.names.contains(&attribute) || self.names.len() >= MOST_ATTRIBUTES {
                return Err(one_too_many(name, attribute, next, self.names.len()));
            }
            self.names.push(attribute);
            let value = self.value(attribute, read.end, &mut plain)?;
            at = value.1 + 1;
            if first.is_none() {
                first = Some(((attribute, self.slice(value.0, value.1)), at));
            }
        }
    }

    /// Reads `= "value"`; gives where the value begins and where its closing quote stands.
    #[inline(always)]
    fn value(&self, attribute: &str, from: usize, plain: &mut bool) -> Result<(usize, usize), Stop> {
        let bytes = self.text.as_bytes();
        let equals = scan::skip_blanks(bytes, from);
        let open = scan::skip_blanks(bytes, equals + 1);
        let quote = match (bytes.get(equals), bytes.get(open)) {
            (Some(b'='), Some(quote @ (b'"' | b'\''))) => *quote,
            (Some(b'='), Some(_)) => return Err(unquoted(attribute, open)),
            (Some(b'='), None) | (None, _) => return Err(Stop::Cut),
            _ => return Err(without_value(attribute, from)),
        };
        let mut at = open + 1;
        loop {
            let Some(mark) = scan::value_mark(bytes, at, quote) else { return Err(Stop::Cut) };
            match bytes.get(mark) {
                Some(b'<') => return Err(tag_in_value(attribute, mark)),
                Some(b'&') => {
                    *plain = false;
                    at = references::reference(self.text, mark)?.1;
                }
                Some(byte) if *byte == quote => return Ok((open + 1, mark)),
                _ => {
                    *plain = false;
                    at = mark + 1;
                }
            }
        }
    }

    #[cold]
    fn mangled(&self, name: &str, at: usize) -> Stop {
        let next: String = self.text.get(at..).unwrap_or_default().chars().take(1).collect();
        let what = format!("«{}» where white space or > was expected in the tag <{}>", shown(&next), shown(name));
        Stop::bad(at, what, "")
    }
}

#[cold]
fn one_too_many(name: &str, attribute: &str, at: usize, count: usize) -> Stop {
    if count >= MOST_ATTRIBUTES {
        return Stop::bad(
            at,
            format!("<{}> has more than {MOST_ATTRIBUTES} attributes", shown(name)),
            "no tag has so many: a quote or > may be missing",
        );
    }
    let what = format!("the attribute «{}» stands twice in <{}>", shown(attribute), shown(name));
    Stop::bad(at, what, "leave one of them")
}

#[cold]
fn unquoted(attribute: &str, at: usize) -> Stop {
    let what = format!("the value of the attribute «{}» does not stand in quotes", shown(attribute));
    Stop::bad(at, what, "write it as name=\"value\"")
}

#[cold]
fn without_value(attribute: &str, at: usize) -> Stop {
    let what = format!("the attribute «{}» has no value", shown(attribute));
    Stop::bad(at, what, "write it as name=\"value\"")
}

#[cold]
fn tag_in_value(attribute: &str, at: usize) -> Stop {
    let what = format!("a < in the value of the attribute «{}»", shown(attribute));
    Stop::bad(at, what, "write &lt;, or close the quote before it")
}
