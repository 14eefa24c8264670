//! An opened input: from here on all text is UTF-8 with byte offsets that can be
//! read again, whatever the file was, and a file that changes while it is read is noticed.

mod kept;
mod open;
mod places;
mod spool;
mod storage;
#[cfg(test)]
mod tests;

use std::fs::File;
use std::time::SystemTime;

use encoding_rs::{Encoding, UTF_8};

pub use super::encoding::{EncodingChoice, Sniff};
pub use kept::Kept;
pub use places::Line;
pub use spool::Spool;

use super::encoding::{self, Likeness};
use crate::finding::Refusal;
use storage::Storage;

/// Characters of a line that are shown.
const SHOWN: usize = 200;

/// What a person does about a file that moves under us.
const LET_IT_FINISH: &str = "let the program that writes it finish, then run again";

/// An opened input.
#[derive(Debug)]
pub struct Input {
    shown_as: String,
    text: Storage,
    /// Where the text begins in `text`: behind a byte order mark.
    start: u64,
    length: u64,
    file_bytes: u64,
    sniff: Sniff,
    encoding: &'static Encoding,
    guess: Option<String>,
    watched: Option<Watched>,
    /// When it was last written, where somebody else says so.
    said: Option<SystemTime>,
}

/// What the file was like when it was opened.
#[derive(Debug)]
struct Watched {
    file: File,
    size: u64,
    modified: Option<SystemTime>,
}

impl Input {
    /// Its name, as the person gave it.
    pub fn shown_as(&self) -> &str {
        &self.shown_as
    }

    /// Bytes of text, as UTF-8.
    pub fn len(&self) -> u64 {
        self.length
    }

    /// Whether there is no text at all: whoever reads it refuses it.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The encoding that it stood in: `UTF-8`, `windows-1251` …
    pub fn encoding(&self) -> &'static str {
        self.encoding.name()
    }

    /// The encoding where it was guessed, for the report: `windows-1251 (guessed)`.
    pub fn guess(&self) -> Option<&str> {
        self.guess.as_deref()
    }

    /// The size of the file itself, packed and in its own encoding.
    pub fn file_bytes(&self) -> u64 {
        self.file_bytes
    }

    /// When the file was last written, as it was at opening or as its server says; unknown for a pipe.
    pub fn modified(&self) -> Option<SystemTime> {
        self.watched.as_ref().and_then(|watched| watched.modified).or(self.said)
    }

    /// Fills `into` with exactly these bytes, replacing what it held.
    pub fn read_at(&self, offset: u64, length: usize, into: &mut Vec<u8>) -> Result<(), Refusal> {
        into.resize(length, 0);
        self.read_exact_at(offset, into)
    }

    /// All of the text, for documents that are read as a whole.
    pub fn text(&self) -> Result<String, Refusal> {
        let mut bytes = Vec::new();
        self.read_at(0, usize::try_from(self.length).unwrap_or(usize::MAX), &mut bytes)?;
        String::from_utf8(bytes).map_err(|error| self.not_utf8(error.utf8_error().valid_up_to() as u64))
    }

    /// Fills the whole slice from this place on.
    pub(crate) fn read_exact_at(&self, offset: u64, into: &mut [u8]) -> Result<(), Refusal> {
        let wanted = into.len() as u64;
        if offset.saturating_add(wanted) > self.length {
            return Err(self.became_shorter());
        }
        let mut filled = 0;
        while let Some(rest) = into.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match self.text.read_at(self.start + offset + filled as u64, rest) {
                Ok(0) => return Err(self.became_shorter()),
                Ok(read) => filled += read,
                Err(error) => return Err(open::failed(&self.shown_as, &error)),
            }
        }
        Ok(())
    }

    /// Refuses the input if its file is not what it was when it was opened: appended to, cut or
    /// rewritten. A new file renamed over it is harmless, since the opened one is kept.
    pub fn verify_unchanged(&self) -> Result<(), Refusal> {
        let Some(watched) = &self.watched else { return Ok(()) };
        let now = watched.file.metadata().map_err(|error| open::failed(&self.shown_as, &error))?;
        if now.len() != watched.size {
            let what = format!("it changed while it was read, from {} to {} bytes", watched.size, now.len());
            return Err(Refusal::whole(&self.shown_as, what, LET_IT_FINISH));
        }
        if now.modified().ok() != watched.modified {
            return Err(Refusal::whole(&self.shown_as, "it was written to while it was read", LET_IT_FINISH));
        }
        Ok(())
    }

    fn became_shorter(&self) -> Refusal {
        Refusal::whole(&self.shown_as, "it became shorter while it was read", LET_IT_FINISH)
    }

    /// A refusal at this place of the text, with its line.
    pub fn refusal_at(&self, offset: u64, what: impl Into<String>, help: impl Into<String>) -> Refusal {
        let whole = Refusal::whole(&self.shown_as, what, help);
        let found = self.places(&[offset]).ok().and_then(|mut lines| lines.pop());
        match found {
            Some(line) => Refusal { line: Some(line.line), column: Some(line.column), text: line.text, ..whole },
            None => whole,
        }
    }

    /// The refusal of text that is not UTF-8 at this place; says what it probably is.
    pub(crate) fn not_utf8(&self, offset: u64) -> Refusal {
        let Ok((sample, at)) = self.around(offset) else { return self.became_shorter() };
        let shown = byte(&sample, at);
        let likeness = Likeness::of(&sample);
        if likeness.is_utf8() {
            let what = format!("{shown} does not belong in UTF-8: the text is damaged here");
            return self.refusal_at(offset, what, "make the file again, or replace the damaged characters");
        }
        let guessed = encoding::guess(&sample, false);
        if likeness.is_mixed(guessed) {
            return self.mixed(offset, guessed);
        }
        let name = guessed.name();
        let what = format!("{shown} does not belong in UTF-8; the text looks like {name}");
        let help = match self.sniff {
            Sniff::Xml => {
                format!("save it as UTF-8, or declare it: <?xml version=\"1.0\" encoding=\"{name}\"?>")
            }
            Sniff::Text => format!("save it as UTF-8, or set `encoding: {name}`"),
        };
        Refusal { text: in_encoding(guessed, &sample, at), ..self.refusal_at(offset, what, help) }
    }

    /// The refusal of a text in two encodings, at the first place that is not UTF-8.
    fn mixed(&self, offset: u64, guessed: &'static Encoding) -> Refusal {
        let Ok((sample, at)) = self.around(offset) else { return self.became_shorter() };
        let (shown, name) = (byte(&sample, at), guessed.name());
        let what = format!("{shown} does not belong in UTF-8, in which other lines stand; this one looks like {name}");
        let help = "save all of it in one encoding, best in UTF-8; often two files were joined";
        Refusal { text: in_encoding(guessed, &sample, at), ..self.refusal_at(offset, what, help) }
    }

    /// Some text around a place, and where in it the place is.
    fn around(&self, offset: u64) -> Result<(Vec<u8>, usize), Refusal> {
        let from = offset.saturating_sub(1024);
        let mut sample = Vec::new();
        let length = usize::try_from((self.length - from.min(self.length)).min(64 * 1024)).unwrap_or(0);
        self.read_at(from, length, &mut sample)?;
        Ok((sample, usize::try_from(offset - from).unwrap_or(0)))
    }

    fn of(shown_as: &str, text: Storage, sniff: Sniff) -> std::io::Result<Input> {
        Ok(Input {
            shown_as: shown_as.into(),
            length: text.size()?,
            file_bytes: 0,
            text,
            start: 0,
            sniff,
            encoding: UTF_8,
            guess: None,
            watched: None,
            said: None,
        })
    }
}

fn byte(sample: &[u8], at: usize) -> String {
    sample.get(at).map_or(String::new(), |byte| format!("the byte 0x{byte:02X}"))
}

/// The line around a place as it reads in an encoding: that says more than signs for lost letters.
fn in_encoding(encoding: &'static Encoding, sample: &[u8], at: usize) -> String {
    let before = sample.get(..at).unwrap_or_default();
    let start = before.iter().rposition(|byte| matches!(byte, b'\n' | b'\r')).map_or(0, |end| end + 1);
    let line = sample.get(start..).unwrap_or_default();
    let line = line.get(..memchr::memchr2(b'\n', b'\r', line).unwrap_or(line.len())).unwrap_or_default();
    encoding.decode_without_bom_handling(line).0.chars().take(SHOWN).collect()
}
