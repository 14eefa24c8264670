//! The listings in parallel blocks. Every block must lex completely from listing to listing;
//! then, from the first on, every cut was true.

use bumpalo::Bump;

use super::super::{Lexer, Stop};
use super::cut::ListingCut;
use super::sequential::FirstListing;
use super::{ListingWork, Listings};
use crate::finding::Refusal;
use crate::wire::Digest;
use crate::wire::blocks::{Block, Reading, in_blocks};

/// Why blocks stopped.
enum Stopped<X> {
    /// Something that only the sequential pass can judge.
    Doubt,
    /// Whoever merges refused.
    Failed(X),
}

impl<X> From<Refusal> for Stopped<X> {
    /// Whatever it is, the sequential pass meets it again and words it.
    fn from(_: Refusal) -> Self {
        Stopped::Doubt
    }
}

impl<X> From<Stop> for Stopped<X> {
    fn from(_: Stop) -> Self {
        Stopped::Doubt
    }
}

/// Reads from the first listing to behind the last one that a cut can be made behind; gives that place.
/// `None` for doubt.
pub(super) fn read<W, X>(
    reading: &Reading<'_>,
    first: &FirstListing,
    work: &W,
    digest: &mut Digest,
    merge: &mut (impl FnMut(W::Out) -> Result<(), X> + Send),
) -> Result<Option<u64>, X>
where
    W: ListingWork,
    X: Send,
{
    let start = || (work.state(), Bump::new());
    let one = |(state, arena): &mut (W::State, Bump), block: Block<'_>| -> Result<W::Out, Stopped<X>> {
        let out = work_on(work, state, arena, first, block)?;
        arena.reset();
        Ok(out)
    };
    let merge = |out| merge(out).map_err(Stopped::Failed);
    let reading = reading.clone().from(first.place);
    match in_blocks(&reading, &mut ListingCut::new(&first.name), digest, start, one, merge) {
        Ok(end) => Ok(Some(end)),
        Err(Stopped::Doubt) => Ok(None),
        Err(Stopped::Failed(error)) => Err(error),
    }
}

fn work_on<'b, W: ListingWork>(
    work: &W,
    state: &mut W::State,
    arena: &'b Bump,
    first: &'b FirstListing,
    block: Block<'b>,
) -> Result<W::Out, Stop> {
    let lexer = Lexer::new(block.text, block.offset, first.depth, first.namespaces.clone())?;
    let mut listings = Listings::new(lexer, &first.name, first.kind);
    let out = work.block(state, &mut listings, arena)?;
    listings.finish()?;
    Ok(out)
}
