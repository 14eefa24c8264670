//! Walking one listing: tokens from the lexer to the machine, and its values at the end.

use bumpalo::Bump;

use crate::model::Value;
use crate::wire::xml::{Attributes, Lexer, Start, Stop, Token, unescape};

use super::machine::Machine;
use super::prefixes::Prefixes;

/// Buffers that one listing after the other uses.
#[derive(Debug)]
pub struct Walk<'p, 'b> {
    prefixes: &'p Prefixes,
    open: Vec<&'b str>,
    attributes: Vec<(&'b str, &'b str)>,
}

impl<'p, 'b> Walk<'p, 'b> {
    /// For documents whose names have these prefixes.
    pub fn new(prefixes: &'p Prefixes) -> Self {
        Walk { prefixes, open: Vec::new(), attributes: Vec::new() }
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
        while let Some(open) = self.open.last().copied() {
            if !machine.wants_text() {
                lexer.skip_blanks();
            }
            match lexer.next(open)? {
                Token::Start(start) => {
                    self.take(start.attributes, lexer, arena);
                    let name = self.prefixes.element(start.name, lexer.namespaces(), arena);
                    let whole = if start.empty { Some("") } else { whole_text(lexer, start.name, arena) };
                    match whole {
                        Some(text) => machine.leaf(name, &self.attributes, text),
                        None => {
                            machine.start(name, &self.attributes);
                            self.open.push(start.name);
                        }
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

#[inline(always)]
fn whole_text<'b>(lexer: &mut Lexer<'b>, open: &str, arena: &'b Bump) -> Option<&'b str> {
    Some(unescape(lexer.whole_text(open)?, arena))
}
