//! What may stand before the root: the XML declaration, and a DOCTYPE without
//! declarations of its own. Nothing that it names is ever fetched.

use super::fault::{Stop, shown};
use super::lexer::Lexer;
use super::{names, scan};

impl Lexer<'_> {
    /// Reads the XML declaration, if there is one; the lexer must stand at the beginning of the document.
    /// From here on a DOCTYPE may come.
    pub(crate) fn declaration(&mut self) -> Result<(), Stop> {
        self.doctype = true;
        let rest = self.text.get(self.at..).unwrap_or_default();
        let Some(body) = rest.strip_prefix("<?xml") else {
            return if "<?xml".starts_with(rest) { Err(Stop::Cut) } else { Ok(()) };
        };
        match body.bytes().next() {
            None => return Err(Stop::Cut),
            Some(byte) if scan::is_blank(byte) || byte == b'?' => {}
            Some(_) => return Ok(()),
        }
        let length = memchr::memmem::find(body.as_bytes(), b"?>").ok_or(Stop::Cut)?;
        if !is_declaration(body.get(..length).unwrap_or_default()) {
            let what = format!(
                "this XML declaration is not in order: <?xml{}?>",
                shown(body.get(..length).unwrap_or_default())
            );
            return Err(Stop::bad(self.at, what, "write <?xml version=\"1.0\" encoding=\"UTF-8\"?>"));
        }
        self.at += "<?xml".len() + length + "?>".len();
        Ok(())
    }

    /// Whether a DOCTYPE may still come.
    pub(crate) fn awaits_doctype(&self) -> bool {
        self.doctype
    }

    /// Lets a DOCTYPE come, or not any more.
    pub(crate) fn await_doctype(&mut self, may_come: bool) {
        self.doctype = may_come;
    }

    /// Reads a DOCTYPE from behind its keyword on.
    pub(super) fn doctype(&mut self, from: usize) -> Result<(), Stop> {
        let begin = self.at;
        let mut reader = Reader { text: self.text, at: from, begin };
        reader.blanks_needed()?;
        reader.at = names::name(self.text, reader.at, "the root in a DOCTYPE")?.end;
        let apart = reader.blanks()?;
        match reader.rest().as_bytes() {
            rest if b"SYSTEM".starts_with(rest) || b"PUBLIC".starts_with(rest) => return Err(Stop::Cut),
            rest if apart && rest.starts_with(b"SYSTEM") => {
                reader.at += 6;
                reader.quoted(|_| true)?;
            }
            rest if apart && rest.starts_with(b"PUBLIC") => {
                reader.at += 6;
                reader.quoted(is_public)?;
                reader.quoted(|_| true)?;
            }
            _ => {}
        }
        reader.blanks()?;
        if reader.rest().starts_with('[') {
            reader.at += 1;
            reader.blanks()?;
            if !reader.rest().starts_with(']') {
                let what = "the DOCTYPE has declarations of its own";
                return Err(Stop::bad(reader.at, what, "remove them: a feed must be readable without"));
            }
            reader.at += 1;
            reader.blanks()?;
        }
        if !reader.rest().starts_with('>') {
            return Err(reader.odd());
        }
        self.at = reader.at + 1;
        self.doctype = false;
        Ok(())
    }
}

/// Goes through a DOCTYPE.
struct Reader<'t> {
    text: &'t str,
    at: usize,
    begin: usize,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Skips white space; whether there was any. Something must follow.
    fn blanks(&mut self) -> Result<bool, Stop> {
        let from = self.at;
        self.at = scan::skip_blanks(self.text.as_bytes(), from);
        if self.at >= self.text.len() { Err(Stop::Cut) } else { Ok(self.at > from) }
    }

    fn blanks_needed(&mut self) -> Result<(), Stop> {
        if self.blanks()? { Ok(()) } else { Err(self.odd()) }
    }

    /// Skips white space and a text in quotes.
    fn quoted(&mut self, fits: impl Fn(&str) -> bool) -> Result<(), Stop> {
        self.blanks_needed()?;
        let rest = self.rest();
        let Some(quote) = rest.chars().next().filter(|quote| matches!(quote, '"' | '\'')) else {
            return Err(self.odd());
        };
        let inside = rest.get(1..).unwrap_or_default();
        let length = inside.find(quote).ok_or(Stop::Cut)?;
        if !fits(inside.get(..length).unwrap_or_default()) {
            return Err(self.odd());
        }
        self.at += length + 2;
        Ok(())
    }

    fn odd(&self) -> Stop {
        Stop::bad(self.begin, "this DOCTYPE is not in order", "a feed needs none: remove it")
    }
}

/// Whether a public identifier holds only what it may.
fn is_public(text: &str) -> bool {
    text.chars().all(|character| {
        character.is_ascii_alphanumeric()
            || matches!(character, ' ' | '\r' | '\n')
            || "-'()+,./:=?;!*#@$_%".contains(character)
    })
}

/// Whether this is the inside of an XML declaration: version, then encoding, then standalone.
fn is_declaration(body: &str) -> bool {
    let mut rest = body;
    let mut last = 0;
    while !rest.trim_ascii().is_empty() {
        let Some((name, value, after)) = pseudo_attribute(rest) else { return false };
        let (place, fits) = match name {
            "version" => (1, is_version(value)),
            "encoding" => (2, is_encoding_name(value)),
            "standalone" => (3, matches!(value, "yes" | "no")),
            _ => return false,
        };
        if !fits || place <= last || (last == 0 && place != 1) {
            return false;
        }
        last = place;
        rest = after;
    }
    last > 0
}

/// White space, `name = "value"`, and what is left behind it.
fn pseudo_attribute(text: &str) -> Option<(&str, &str, &str)> {
    let blank = |character: char| matches!(character, ' ' | '\t' | '\r' | '\n');
    let named = text.trim_start_matches(blank);
    if named.len() == text.len() {
        return None;
    }
    let (name, value) = named.split_once('=')?;
    let value = value.trim_start_matches(blank);
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let (value, after) = value.get(1..)?.split_once(quote)?;
    Some((name.trim_end_matches(blank), value, after))
}

fn is_version(value: &str) -> bool {
    value.strip_prefix("1.").is_some_and(|minor| !minor.is_empty() && minor.bytes().all(|byte| byte.is_ascii_digit()))
}

fn is_encoding_name(value: &str) -> bool {
    value.starts_with(|first: char| first.is_ascii_alphabetic())
        && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
}
