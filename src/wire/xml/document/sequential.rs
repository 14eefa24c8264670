//! The sequential pass: all tokens in order, listing by listing, in a window that moves.
//! Nobody is handed a listing that is not whole and well-formed.

use bumpalo::Bump;

use super::super::Namespaces;
use super::pass::{Pass, Passed};
use super::standing::Standing;
use super::window::{Then, Window};
use super::wording::Wording;
use super::{Envelope, ListingWork};
use crate::finding::Refusal;
use crate::wire::Digest;
use crate::wire::blocks::Reading;

/// How far a pass goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Until {
    /// To the end of the document.
    End,
    /// To the start tag of the first listing.
    Listing,
    /// To behind the first listing.
    AfterListing,
}

/// Where a pass stopped.
pub(super) enum Halt {
    /// At the end.
    End,
    /// At the first listing.
    Listing(FirstListing),
}

/// The first listing of a document, for whoever goes on from there.
#[derive(Debug)]
pub(super) struct FirstListing {
    pub(super) name: String,
    pub(super) kind: u32,
    pub(super) place: u64,
    /// How many elements are open around it.
    pub(super) depth: usize,
    pub(super) namespaces: Namespaces,
}

/// A sequential pass.
pub(super) struct Sequential<'r, E, W: ListingWork> {
    reading: &'r Reading<'r>,
    window: Window<'r>,
    standing: Standing,
    envelope: &'r mut E,
    work: &'r W,
    state: W::State,
    pub(super) digest: Digest,
}

impl<'r, E: Envelope, W: ListingWork> Sequential<'r, E, W> {
    pub(super) fn new(reading: &'r Reading<'r>, envelope: &'r mut E, work: &'r W) -> Result<Self, Refusal> {
        if reading.input.is_empty() {
            let help = "make sure that whatever writes it has finished";
            return Err(Refusal::whole(reading.input.shown_as(), "the file is empty", help));
        }
        Ok(Sequential {
            reading,
            window: Window::new(reading),
            standing: Standing::default(),
            envelope,
            work,
            state: work.state(),
            digest: Digest::new(),
        })
    }

    /// Goes on behind the listings that others have read.
    pub(super) fn resume(&mut self, place: u64) {
        self.window.jump(place);
    }

    /// Reads on.
    pub(super) fn run<X: From<Refusal>>(
        &mut self,
        until: Until,
        merge: &mut dyn FnMut(W::Out) -> Result<(), X>,
    ) -> Result<Halt, X> {
        let mut arena = Bump::new();
        let mut consumed = 0;
        loop {
            arena.reset();
            let grown = self.window.advance(consumed, &mut self.digest)?;
            let view = self.window.view();
            let wording = Wording { input: self.reading.input, view: &view };
            if !grown {
                return Err(wording.too_long().into());
            }
            let mut pass = Pass {
                view: &view,
                wording: &wording,
                arena: &arena,
                until,
                standing: &mut self.standing,
                envelope: self.envelope,
                work: self.work,
                state: &mut self.state,
                batch: None,
            };
            consumed = match pass.run(merge)? {
                Passed::More(consumed) => consumed,
                Passed::Enough => return Ok(Halt::End),
                Passed::Listing(at, listing) => {
                    self.window.pass(at, &mut self.digest);
                    return Ok(Halt::Listing(listing));
                }
            };
            if view.then == Then::More {
                continue;
            }
            if view.then != Then::End || consumed < view.text.len() || !self.standing.is_complete() {
                return Err(wording.ends_early(&self.standing, consumed).into());
            }
            self.window.pass(consumed, &mut self.digest);
            return Ok(Halt::End);
        }
    }
}
