//! The words for a document that is refused: what stands there, where, and what was open.

use super::super::fault::shown;
use super::super::{Lexer, RawText, Start, Stop, Token};
use super::Objection;
use super::standing::Standing;
use super::window::{Then, View};
use crate::finding::Refusal;
use crate::wire::blocks::LONGEST_RECORD;
use crate::wire::input::Input;
use crate::wire::wording::CUT;

/// Words for what is wrong in a view of an input.
pub(super) struct Wording<'w> {
    pub(super) input: &'w Input,
    pub(super) view: &'w View<'w>,
}

impl Wording<'_> {
    /// A refusal at an offset of the view. If the file was changed meanwhile, that is the reason.
    fn at(&self, offset: usize, what: impl Into<String>, help: impl Into<String>) -> Refusal {
        self.at_place(self.view.base + offset as u64, what, help)
    }

    fn at_place(&self, place: u64, what: impl Into<String>, help: impl Into<String>) -> Refusal {
        match self.input.verify_unchanged() {
            Err(changed) => changed,
            Ok(()) => self.input.refusal_at(place, what, help),
        }
    }

    /// What the lexer found, having begun at `from`.
    pub(super) fn fault(&self, standing: &Standing, stop: Stop, from: usize) -> Refusal {
        let Stop::Bad(fault) = stop else { return self.ends_early(standing, from) };
        let mut what = fault.what;
        if fault.closing
            && let Some((_, place)) = self.innermost(standing, from)
        {
            what.push_str(&self.opened_at(place));
        }
        self.at(fault.offset, what, fault.help)
    }

    /// The text ends, or goes on in a way that no document can, in something that begins at `from`.
    pub(super) fn ends_early(&self, standing: &Standing, from: usize) -> Refusal {
        let end = self.view.text.len();
        match self.view.then {
            Then::NotUtf8 => return self.input.not_utf8(self.view.base + end as u64),
            Then::Illegal(character) => {
                let what = format!("the character U+{:04X}, which no XML may hold", u32::from(character));
                return self.at(end, what, "remove it where the file is made");
            }
            Then::More | Then::End => {}
        }
        let (last, innermost) = self.broken(standing, from);
        let rest = self.view.text.get(last..).unwrap_or_default();
        for (begin, kind) in [("<!--", "comment"), ("<![CDATA[", "CDATA section"), ("<?", "processing instruction")] {
            if rest.starts_with(begin) {
                return self.at(last, format!("the {kind} that begins here never ends"), CUT);
            }
        }
        match innermost {
            Some((name, place)) => {
                let opened = self.opened_at(place);
                let tag = if rest.starts_with('<') { "in the middle of a tag, " } else { "" };
                let what = format!("the document ends {tag}where </{}> was still expected{opened}", shown(&name));
                self.at(end, what, CUT)
            }
            None if rest.trim().is_empty() => self.at(end, "the document has no root element", CUT),
            None => self.at(last, "the document ends in the middle of a tag", CUT),
        }
    }

    /// A token or listing that does not end within the limit.
    pub(super) fn too_long(&self) -> Refusal {
        let what = format!("what begins here does not end within {} MiB", LONGEST_RECORD >> 20);
        self.at(0, what, "look there for an end tag, a comment or a CDATA section that is never closed")
    }

    /// A second root.
    pub(super) fn second_root(&self, start: Start<'_>) -> Refusal {
        let what = format!("<{}> begins behind the end of the root", shown(start.name));
        self.at(start.offset, what, "a document has one root: two files may have been joined")
    }

    /// Text outside of the root.
    pub(super) fn stray(&self, standing: &Standing, text: RawText<'_>, at: usize) -> Refusal {
        let blanks = text.raw().len() - text.raw().trim_ascii_start().len();
        // the view may hold only the beginning of it
        let place = self.view.base + (at + blanks) as u64;
        let mut bytes = Vec::new();
        let length = usize::try_from((self.input.len() - place).min(200)).unwrap_or(0);
        let read = self.input.read_at(place, length, &mut bytes);
        let seen = String::from_utf8_lossy(&bytes);
        let seen = seen.split(['<', '\n', '\r']).next().unwrap_or_default().trim_ascii_end();
        let raw = shown(if read.is_ok() { seen } else { text.raw().trim_ascii() });
        if standing.rooted {
            return self.at_place(
                place,
                format!("«{raw}» behind the end of the root"),
                "remove it where the file is made",
            );
        }
        self.at_place(
            place,
            format!("«{raw}» where the root of an XML document was expected"),
            "an error was probably saved in place of the document: fetch it again",
        )
    }

    /// What the envelope says.
    pub(super) fn objected(&self, place: u64, objection: Objection) -> Refusal {
        self.at_place(place, objection.what, objection.help)
    }

    fn opened_at(&self, place: u64) -> String {
        let line = self.input.lines(&[place]).ok().and_then(|lines| lines.first().copied());
        line.map_or(String::new(), |line| format!(" (opened in line {line})"))
    }

    fn innermost(&self, standing: &Standing, from: usize) -> Option<(String, u64)> {
        self.broken(standing, from).1
    }

    /// Reads again from `from` on: where the token begins that does not end well, and which element is open there.
    fn broken(&self, standing: &Standing, from: usize) -> (usize, Option<(String, u64)>) {
        let mut open: Vec<(String, u64)> = standing.path.iter().cloned().zip(standing.opened.iter().copied()).collect();
        let text = self.view.text.get(from..).unwrap_or_default();
        let base = self.view.base + from as u64;
        let Ok(mut lexer) = Lexer::new(text, base, standing.depth(), standing.namespaces.clone()) else {
            return (from, open.pop());
        };
        lexer.await_doctype(standing.doctype);
        loop {
            let last = lexer.offset();
            match lexer.next(open.last().map_or("", |open| open.0.as_str())) {
                Ok(Token::Start(start)) if !start.empty => open.push((start.name.into(), lexer.place(start.offset))),
                Ok(Token::End) => drop(open.pop()),
                Ok(Token::Finish) | Err(_) => return (from + lexer.offset().max(last), open.pop()),
                Ok(_) => {}
            }
        }
    }
}
