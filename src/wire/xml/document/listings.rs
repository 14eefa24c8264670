//! The listings of one block, one after the other.

use super::super::fault::{Stop, shown};
use super::super::{Lexer, Start, Token};

/// Hands out the listings of a block. Between two calls of [`next_listing`](Listings::next_listing) the listing is read from
/// [`lexer`](Listings::lexer) to behind its end tag.
#[derive(Debug)]
pub struct Listings<'b> {
    lexer: Lexer<'b>,
    name: &'b str,
    kind: u32,
    /// How many elements are open around the listings.
    depth: usize,
}

impl<'b> Listings<'b> {
    pub(super) fn new(lexer: Lexer<'b>, name: &'b str, kind: u32) -> Self {
        Listings { depth: lexer.depth, lexer, name, kind }
    }

    /// The kind of the listings, as the envelope numbered it.
    pub fn kind(&self) -> u32 {
        self.kind
    }

    /// The start tag of the next listing; `None` behind the last.
    #[inline]
    pub fn next_listing(&mut self) -> Result<Option<Start<'b>>, Stop> {
        if self.lexer.depth != self.depth {
            return Err(Stop::bad(self.lexer.at, "a listing was not read to its end", ""));
        }
        loop {
            match self.lexer.next("")? {
                Token::Start(start) if start.name == self.name => return Ok(Some(start)),
                Token::Finish => return Ok(None),
                Token::Text(text) if text.is_blank() => {}
                _ => {
                    let what = format!("something else than <{}> among the listings", shown(self.name));
                    return Err(Stop::bad(self.lexer.at, what, ""));
                }
            }
        }
    }

    /// The lexer, right behind the start tag that was handed out.
    pub fn lexer(&mut self) -> &mut Lexer<'b> {
        &mut self.lexer
    }

    /// Goes through what was not asked for.
    pub(super) fn finish(mut self) -> Result<(), Stop> {
        while let Some(start) = self.next_listing()? {
            if !start.empty {
                self.lexer.skip(start.name)?;
            }
        }
        Ok(())
    }
}
