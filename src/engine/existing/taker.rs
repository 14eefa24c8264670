//! Streaming a document to whoever takes its listings: whether they are compared with the index or
//! become a master, they are read in one way.

use bumpalo::Bump;

use super::super::request::Request;
use super::super::rows_before::RowsBefore;
use super::{gather, members, nodes, table};
use crate::channel::plan::{ChannelPlan, ShapePlan};
use crate::channel::read::Noticed;
use crate::finding::{Refusal, Sink};
use crate::model::Value;
use crate::wire::Digest;
use crate::wire::input::Input;

/// One listing as it streams by.
#[derive(Debug, Clone, Copy)]
pub struct Listing<'n, 'b> {
    /// Where it begins in the document.
    pub offset: u64,
    /// Its values, in the channel's fields.
    pub values: &'b [Value<'b>],
    /// What matters beside them.
    pub noticed: &'n [Noticed<'b>],
    /// What lives as long as its block.
    pub arena: &'b Bump,
}

/// Who takes the listings of a document.
pub trait Taker: Sync {
    /// What comes of a block of them.
    type Block: Send;
    /// What comes of all blocks.
    type Sum: Send;

    /// The channel.
    fn plan(&self) -> &ChannelPlan;

    /// The shape of the document.
    fn shape(&self) -> &ShapePlan;

    /// A block of which nothing was taken yet.
    fn block(&self) -> Self::Block;

    /// Where the findings of a block go.
    fn sink<'s>(&self, block: &'s mut Self::Block) -> &'s mut Sink;

    /// Takes one listing.
    fn listing<'b>(
        &self,
        listing: Listing<'_, 'b>,
        before: &mut RowsBefore<'b>,
        block: &mut Self::Block,
    ) -> Result<(), Refusal>;

    /// The sum of no blocks. A document may be read a second time, from its beginning: the first sum is void then.
    fn sum(&self) -> Result<Self::Sum, Refusal>;

    /// Adds a block; they come in the order of the document.
    fn add(&self, block: Self::Block, sum: &mut Self::Sum) -> Result<(), Refusal>;
}

/// A document that was read to its end.
#[derive(Debug)]
pub struct Streamed<'b, S> {
    /// What was made of its listings.
    pub sum: S,
    /// What it says of itself.
    pub head: &'b [Value<'b>],
    /// What was noticed there.
    pub of_head: Sink,
    /// The names in it that the channel does not know.
    pub strange: Vec<String>,
    /// The digest of its text.
    pub digest: Digest,
}

impl<S> Streamed<'_, S> {
    /// A document that says nothing of itself.
    pub(super) fn without_head(sum: S, digest: Digest) -> Self {
        Streamed { sum, head: &[], of_head: Sink::new(1), strange: Vec::new(), digest }
    }
}

/// Streams a document of the taker's shape.
pub fn stream<'b, T: Taker>(
    input: &Input,
    taker: &T,
    request: &Request<'_>,
    arena: &'b Bump,
) -> Result<Streamed<'b, T::Sum>, Refusal> {
    let shape = taker.shape();
    let read = &shape.read;
    match (&shape.gather, &read.members, &read.table) {
        (Some(gather), Some(members), _) => gather::stream(input, gather, members, taker, request),
        (None, Some(members), _) => members::stream(input, members, taker, request),
        (_, _, Some(table)) => table::stream(input, table, taker, request),
        _ => nodes::stream(input, taker, request, arena),
    }
}
