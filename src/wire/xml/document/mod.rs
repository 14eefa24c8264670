//! A document with its listings: what stands around them is read in order, the listings
//! in parallel blocks. At the first doubt the whole document is read again, strictly in
//! order, and that pass alone says what is wrong.

mod cut;
mod listings;
mod parallel;
mod pass;
mod sequential;
mod standing;
#[cfg(test)]
mod tests;
mod window;
mod wording;

use bumpalo::Bump;

use super::{Namespaces, Stop};
use crate::finding::Refusal;
use crate::wire::blocks::Reading;
use crate::wire::{Digest, input::Input};
use sequential::{Halt, Sequential, Until};

pub use listings::Listings;

/// Who is told of all that stands outside of the listings, in order.
pub trait Envelope {
    /// Whether the element of this name, a child of the one at `path`, is a listing, and of which kind: a number of
    /// the envelope's own. Asked of every element but the root; the answer may depend on nothing but the two.
    fn listing(&self, path: &[String], name: &str) -> Option<u32>;

    /// An element begins that is no listing. Refusing the root is how a document of the wrong kind is refused.
    fn start(&mut self, element: Element<'_>) -> Result<(), Objection>;

    /// Text inside of the element that began last; there may be several pieces of it. Blanks between listings are
    /// not told.
    fn text(&mut self, text: &str);

    /// The element that began last ends.
    fn end(&mut self);
}

/// An element outside of the listings.
#[derive(Debug, Clone, Copy)]
pub struct Element<'e> {
    /// The names from the root to it, its own last.
    pub path: &'e [String],
    /// Its attributes: name and value.
    pub attributes: &'e [(&'e str, &'e str)],
    /// Where its tag begins in the input.
    pub place: u64,
    /// The namespaces in scope.
    pub namespaces: &'e Namespaces,
}

/// Why an envelope refuses the document at an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// What is wrong with it.
    pub what: String,
    /// What to do; may be empty.
    pub help: String,
}

/// Who works on the listings.
pub trait ListingWork: Sync {
    /// What a thread keeps from block to block.
    type State;
    /// What comes of a block.
    type Out: Send;

    /// The state that a thread begins with.
    fn state(&self) -> Self::State;

    /// Works on all listings of a block. The arena lives as long as the block. How listings fall into blocks
    /// depends on nothing but the document, yet not on the mode alone: results must not depend on it.
    fn block<'b>(
        &self,
        state: &mut Self::State,
        listings: &mut Listings<'b>,
        arena: &'b Bump,
    ) -> Result<Self::Out, Stop>;
}

/// How a document is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The listings in parallel blocks.
    Blocks,
    /// All in order.
    Strict,
}

/// How reading ended.
#[derive(Debug)]
pub enum Outcome {
    /// All of it was read; the digest of its text.
    Whole(Digest),
    /// Blocks could not be relied on: what came of them is void. Read again in [`Mode::Strict`].
    Doubt,
}

/// Reads a document. `merge` gets the results of the blocks in the order of the document. In [`Mode::Strict`]
/// the outcome is never [`Outcome::Doubt`]. The input's emptiness, and that it did not change, are checked here.
pub fn read<E, W, X>(
    reading: &Reading<'_>,
    mode: Mode,
    envelope: &mut E,
    work: &W,
    mut merge: impl FnMut(W::Out) -> Result<(), X> + Send,
) -> Result<Outcome, X>
where
    E: Envelope,
    W: ListingWork,
    X: From<Refusal> + Send,
{
    let mut pass = Sequential::new(reading, envelope, work)?;
    let until = if mode == Mode::Blocks { Until::Listing } else { Until::End };
    if let Halt::Listing(listing) = pass.run(until, &mut merge)? {
        let Some(end) = parallel::read(reading, &listing, work, &mut pass.digest, &mut merge)? else {
            reading.input.verify_unchanged()?;
            return Ok(Outcome::Doubt);
        };
        pass.resume(end);
        pass.run(Until::End, &mut merge)?;
    }
    reading.input.verify_unchanged()?;
    Ok(Outcome::Whole(pass.digest))
}

/// Reads a document as far as its first listing, and that listing: enough to see which kind of document it is.
/// None where it has no listing; then all of it was read.
pub fn read_head<E, W>(input: &Input, envelope: &mut E, work: &W) -> Result<Option<W::Out>, Refusal>
where
    E: Envelope,
    W: ListingWork,
{
    let reading = Reading::of(input, 1);
    let mut first = None;
    let mut pass = Sequential::new(&reading, envelope, work)?;
    pass.run(Until::AfterListing, &mut |out| -> Result<(), Refusal> {
        first = Some(out);
        Ok(())
    })?;
    Ok(first)
}
