//! Listings of an export on their way against the index.

use bumpalo::Bump;
use hashbrown::HashMap;

use super::super::difference::{self, BlockSeen, Kept};
use super::super::request::Request;
use super::super::rows_before::RowsBefore;
use super::taker::{Listing, Taker, stream};
use super::{Compared, key_name};
use crate::channel::plan::{ChannelPlan, ShapePlan};
use crate::finding::{Found, Known, Refusal, Sink};
use crate::plan::diff::Differ;
use crate::plan::tally::{Tally, Twice};
use crate::wire::input::Input;

/// Compares each listing with what it should be.
struct Comparing<'c, 'd> {
    differ: &'c Differ<'d>,
    request: &'c Request<'c>,
}

/// What blocks of an export gave, put together in their order.
struct Sum {
    tally: Tally,
    sink: Sink,
    kept: HashMap<u64, Kept>,
}

impl Taker for Comparing<'_, '_> {
    type Block = BlockSeen;
    type Sum = Sum;

    fn plan(&self) -> &ChannelPlan {
        self.differ.plan
    }

    fn shape(&self) -> &ShapePlan {
        self.differ.shape
    }

    fn block(&self) -> BlockSeen {
        BlockSeen::new(self.request.keep_of(&self.differ.plan.name))
    }

    fn sink<'s>(&self, block: &'s mut BlockSeen) -> &'s mut Sink {
        &mut block.sink
    }

    fn listing<'b>(
        &self,
        listing: Listing<'_, 'b>,
        before: &mut RowsBefore<'b>,
        block: &mut BlockSeen,
    ) -> Result<(), Refusal> {
        difference::listing(self.differ, &|key| self.request.looks_at(key), listing, before, block)
    }

    fn sum(&self) -> Result<Sum, Refusal> {
        let (tally, sink) =
            (Tally::new(self.differ.index.len()), Sink::new(self.request.keep_of(&self.differ.plan.name)));
        Ok(Sum { tally, sink, kept: HashMap::new() })
    }

    fn add(&self, block: BlockSeen, sum: &mut Sum) -> Result<(), Refusal> {
        sum.sink.merge(block.sink);
        for listing in block.kept {
            if let Some(row) = self.differ.index.row(listing.row) {
                sum.kept.entry(row.id()).or_insert(listing);
            }
        }
        sum.tally.take(block.met);
        Ok(())
    }
}

/// Streams an export against the index.
pub fn compare<'b>(
    input: &Input,
    differ: &Differ<'_>,
    request: &Request<'_>,
    arena: &'b Bump,
) -> Result<Compared<'b>, Refusal> {
    let streamed = stream(input, &Comparing { differ, request }, request, arena)?;
    let Sum { mut tally, mut sink, kept } = streamed.sum;
    say_twice(differ, std::mem::take(&mut tally.twice), &mut sink)?;
    sink.merge(streamed.of_head);
    Ok(Compared { tally, sink, kept, head: streamed.head, digest: streamed.digest.to_string() })
}

/// Tells of listings whose key another one had before.
fn say_twice(differ: &Differ<'_>, twice: Vec<(u64, Twice)>, sink: &mut Sink) -> Result<(), Refusal> {
    let mut failed = None;
    for (offset, twice) in twice {
        sink.add(Known::KeyEqual.into(), || {
            let sku = |row| {
                let arena = Bump::new();
                let Some(row) = differ.index.row(row) else { return Ok(String::new()) };
                Ok(differ.desired.sku(row, &arena)?.to_owned())
            };
            let key = match twice {
                Twice::Unknown(key) => key,
                Twice::Row(row) => sku(row).unwrap_or_else(|refusal| {
                    failed = Some(refusal);
                    String::new()
                }),
            };
            let message = format!("«{key}» stands in a listing before this one");
            Found { offset, key, field: key_name(differ).to_owned(), message }
        });
    }
    failed.map_or(Ok(()), Err)
}
