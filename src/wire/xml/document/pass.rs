//! The tokens of one view of the window: what is around the listings goes to the envelope,
//! listings that are whole are worked on together.

use bumpalo::Bump;

use super::super::{Lexer, RawText, Start, Stop, Token, unescape};
use super::sequential::{FirstListing, Until};
use super::standing::Standing;
use super::window::View;
use super::wording::Wording;
use super::{Element, Envelope, ListingWork, Listings};
use crate::finding::Refusal;

/// How the tokens of a view ended.
pub(super) enum Passed {
    /// More text is needed from this offset on.
    More(usize),
    /// A listing begins here, and the pass was to go no further.
    Listing(usize, FirstListing),
    /// The first listing was read, and the pass was to go no further.
    Enough,
}

/// A pass over one view.
pub(super) struct Pass<'p, 'b, E, W: ListingWork> {
    pub(super) view: &'p View<'b>,
    pub(super) wording: &'p Wording<'p>,
    pub(super) arena: &'b Bump,
    pub(super) until: Until,
    pub(super) standing: &'p mut Standing,
    pub(super) envelope: &'p mut E,
    pub(super) work: &'p W,
    pub(super) state: &'p mut W::State,
    pub(super) batch: Option<Batch<'b>>,
}

/// Listings of one view that wait to be worked on together.
pub(super) struct Batch<'b> {
    from: usize,
    to: usize,
    name: &'b str,
    kind: u32,
}

/// Where the results of batches go.
type Merge<'m, O, X> = &'m mut dyn FnMut(O) -> Result<(), X>;

impl<'b, E: Envelope, W: ListingWork> Pass<'_, 'b, E, W> {
    /// Goes through all tokens that are whole.
    pub(super) fn run<X: From<Refusal>>(&mut self, merge: Merge<'_, W::Out, X>) -> Result<Passed, X> {
        let namespaces = self.standing.namespaces.clone();
        let mut lexer = Lexer::new(self.view.text, self.view.base, self.standing.depth(), namespaces)
            .map_err(|stop| self.refused(stop, 0))?;
        lexer.await_doctype(self.standing.doctype);
        let passed = self.tokens(&mut lexer, merge)?;
        self.flush(&lexer, merge)?;
        self.standing.doctype = lexer.awaits_doctype();
        self.standing.namespaces = lexer.namespaces().within(self.standing.depth());
        Ok(passed)
    }

    fn tokens<X: From<Refusal>>(&mut self, lexer: &mut Lexer<'b>, merge: Merge<'_, W::Out, X>) -> Result<Passed, X> {
        if !self.standing.begun {
            match lexer.declaration() {
                Ok(()) => self.standing.begun = true,
                Err(Stop::Cut) => return Ok(Passed::More(0)),
                Err(stop) => return Err(self.refused(stop, 0).into()),
            }
        }
        loop {
            let at = lexer.offset();
            match lexer.next(self.standing.open()) {
                Ok(Token::Start(start)) => {
                    if let Some(passed) = self.start(lexer, start, merge)? {
                        return Ok(passed);
                    }
                }
                Ok(Token::End) => {
                    self.flush(lexer, merge)?;
                    self.envelope.end();
                    self.standing.leave();
                }
                Ok(Token::Text(text)) => self.text(lexer, text, false, merge)?,
                Ok(Token::CData(text)) => self.text(lexer, text, true, merge)?,
                // what was skipped before the cut is behind
                Ok(Token::Finish) | Err(Stop::Cut) => return Ok(Passed::More(lexer.offset())),
                Err(stop) => return Err(self.refused(stop, at).into()),
            }
        }
    }

    /// A start tag: of the envelope, or of a listing.
    fn start<X: From<Refusal>>(
        &mut self,
        lexer: &mut Lexer<'b>,
        start: Start<'b>,
        merge: Merge<'_, W::Out, X>,
    ) -> Result<Option<Passed>, X> {
        if self.standing.is_complete() {
            return Err(self.wording.second_root(start).into());
        }
        if self.standing.depth() > 0
            && let Some(kind) = self.envelope.listing(&self.standing.path, start.name)
        {
            return self.listing(lexer, start, kind, merge);
        }
        self.flush(lexer, merge)?;
        let place = lexer.place(start.offset);
        self.standing.enter(start.name, place);
        let attributes: Vec<(&str, &str)> = start
            .attributes
            .into_iter()
            .map(|attribute| (attribute.name, unescape(attribute.value, self.arena)))
            .collect();
        let element =
            Element { path: &self.standing.path, attributes: &attributes, place, namespaces: lexer.namespaces() };
        self.envelope.start(element).map_err(|objection| self.wording.objected(place, objection))?;
        if start.empty {
            self.envelope.end();
            self.standing.leave();
        }
        Ok(None)
    }

    /// A listing: looked through to its end first, so that nobody sees half a listing.
    fn listing<X: From<Refusal>>(
        &mut self,
        lexer: &mut Lexer<'b>,
        start: Start<'b>,
        kind: u32,
        merge: Merge<'_, W::Out, X>,
    ) -> Result<Option<Passed>, X> {
        self.standing.among = Some(self.standing.depth());
        if self.until == Until::Listing {
            let first = FirstListing {
                name: start.name.into(),
                kind,
                place: lexer.place(start.offset),
                depth: self.standing.depth(),
                namespaces: lexer.namespaces().within(self.standing.depth()),
            };
            return Ok(Some(Passed::Listing(start.offset, first)));
        }
        if !start.empty {
            match lexer.skip(start.name) {
                Ok(()) => {}
                Err(Stop::Cut) => return Ok(Some(Passed::More(start.offset))),
                Err(stop) => return Err(self.refused(stop, start.offset).into()),
            }
        }
        if self.batch.as_ref().is_some_and(|batch| batch.name != start.name || batch.kind != kind) {
            self.flush(lexer, merge)?;
        }
        let to = lexer.offset();
        self.batch.get_or_insert(Batch { from: start.offset, to, name: start.name, kind }).to = to;
        Ok((self.until == Until::AfterListing).then_some(Passed::Enough))
    }

    /// Text outside of the listings.
    fn text<X: From<Refusal>>(
        &mut self,
        lexer: &Lexer<'b>,
        text: RawText<'b>,
        section: bool,
        merge: Merge<'_, W::Out, X>,
    ) -> Result<(), X> {
        let blank = text.is_blank() && !section;
        if self.standing.depth() == 0 {
            let close = if section { "]]>".len() } else { 0 };
            let at = lexer.offset() - text.raw().len() - close;
            return if blank { Ok(()) } else { Err(self.wording.stray(self.standing, text, at).into()) };
        }
        if blank && self.standing.among == Some(self.standing.depth()) {
            return Ok(());
        }
        self.flush(lexer, merge)?;
        self.envelope.text(unescape(text, self.arena));
        Ok(())
    }

    /// Has the listings that wait worked on.
    fn flush<X: From<Refusal>>(&mut self, lexer: &Lexer<'b>, merge: Merge<'_, W::Out, X>) -> Result<(), X> {
        let Some(batch) = self.batch.take() else { return Ok(()) };
        let out = self.worked(lexer, &batch).map_err(|stop| match stop {
            Stop::Bad(mut fault) => {
                fault.offset += batch.from;
                self.refused(Stop::Bad(fault), batch.from)
            }
            Stop::Cut => self.refused(Stop::Cut, batch.from),
        })?;
        merge(out)
    }

    fn worked(&mut self, lexer: &Lexer<'b>, batch: &Batch<'b>) -> Result<W::Out, Stop> {
        let depth = self.standing.depth();
        let text = lexer.slice(batch.from, batch.to);
        let inner = Lexer::new(text, lexer.place(batch.from), depth, lexer.namespaces().within(depth))?;
        let mut listings = Listings::new(inner, batch.name, batch.kind);
        let out = self.work.block(self.state, &mut listings, self.arena)?;
        listings.finish()?;
        Ok(out)
    }

    fn refused(&self, stop: Stop, from: usize) -> Refusal {
        self.wording.fault(self.standing, stop, from)
    }
}
