//! Walking one listing: tokens from the lexer to the machine, and its values at the end.

use bumpalo::Bump;

use crate::model::Value;
use crate::wire::xml::{Attributes, Lexer, Start, Stop, Token, unescape};

use super::machine::{Machine, Standing};
use super::prefixes::Prefixes;
use super::tags::{KnownTag, Tags};

/// Buffers that one listing after the other uses.
#[derive(Debug)]
pub struct Walk<'p, 'b> {
    prefixes: &'p Prefixes,
    open: Vec<&'b str>,
    attributes: Vec<(&'b str, &'b str)>,
    tags: Tags<'b>,
}

impl<'p, 'b> Walk<'p, 'b> {
    /// For documents whose names have these prefixes.
    pub fn new(prefixes: &'p Prefixes) -> Self {
        Walk { prefixes, open: Vec::new(), attributes: Vec::new(), tags: Tags::new() }
    }

    /// Reads the listing whose start tag the lexer has just handed out, to behind its end tag.
    pub fn listing(
        &mut self,
        machine: &mut Machine<'_, 'b>,
        lexer: &mut Lexer<'b>,
        start: Start<'b>,
        arena: &'b Bump,
    ) -> Result<&'b [Value<'b>], Stop> {
        self.take(start.attributes, lexer, arena);
        machine.begin(&self.attributes);
        if start.empty {
            return Ok(machine.finish());
        }
        self.open.clear();
        self.open.push(start.name);
        self.tags.begin();
        while let Some(open) = self.open.last().copied() {
            if !machine.wants_text() {
                lexer.skip_blanks();
            }
            let (known, raw) = self.tags.known(lexer);
            if let Some(known) = known {
                lexer.pass(known.raw, known.empty);
                let name = known.name;
                if !element(known, machine, lexer, arena) {
                    self.open.push(name);
                }
                continue;
            }
            match lexer.next(open)? {
                Token::Start(start) => {
                    let mut tag = self.tag(start, lexer, raw.unwrap_or_default(), arena);
                    if !element(&mut tag, machine, lexer, arena) {
                        self.open.push(start.name);
                    }
                    if raw.is_some() && !tag.raw.is_empty() {
                        self.tags.keep(tag);
                    }
                }
                Token::End => {
                    self.open.pop();
                    if !self.open.is_empty() {
                        machine.end();
                    }
                }
                Token::Text(text) | Token::CData(text) => machine.text(unescape(text, arena)),
                Token::Finish => return Err(Stop::Cut),
            }
        }
        Ok(machine.finish())
    }

    /// A start tag, read; with its letters where it can be known again by them: all of them were read, and none
    /// declares a namespace.
    fn tag(&mut self, start: Start<'b>, lexer: &Lexer<'b>, raw: &'b str, arena: &'b Bump) -> KnownTag<'b> {
        self.take(start.attributes, lexer, arena);
        let is_whole = start.offset + raw.len() == lexer.offset() && lexer.means_the_same();
        KnownTag {
            raw: if is_whole { raw } else { "" },
            name: start.name,
            meant: self.prefixes.element(start.name, lexer.namespaces(), arena),
            attributes: arena.alloc_slice_copy(&self.attributes),
            empty: start.empty,
            standing: Standing::default(),
        }
    }

    #[inline]
    fn take(&mut self, attributes: Attributes<'b>, lexer: &Lexer<'b>, arena: &'b Bump) {
        self.attributes.clear();
        if attributes.is_empty() {
            return;
        }
        for attribute in attributes {
            let name = self.prefixes.attribute(attribute.name, lexer.namespaces(), arena);
            self.attributes.push((name, unescape(attribute.value, arena)));
        }
    }
}

/// Tells an element whose start tag was read, with its text and its end tag where that is all; whether it was.
#[inline(always)]
fn element<'b>(tag: &mut KnownTag<'b>, machine: &mut Machine<'_, 'b>, lexer: &mut Lexer<'b>, arena: &'b Bump) -> bool {
    let whole = if tag.empty { Some("") } else { whole_text(lexer, tag.name, arena) };
    match whole {
        Some(text) => machine.leaf_again(tag.meant, tag.attributes, text, &mut tag.standing),
        None => machine.start_again(tag.meant, tag.attributes, &mut tag.standing),
    }
    whole.is_some()
}

#[inline(always)]
fn whole_text<'b>(lexer: &mut Lexer<'b>, open: &str, arena: &'b Bump) -> Option<&'b str> {
    Some(unescape(lexer.whole_text(open)?, arena))
}
