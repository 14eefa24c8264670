//! A whole table as a stream: in blocks, on any number of threads, merged in order.
//! Blocks are split the fast way; from the first one that it is not sure of, the exact
//! way goes on, and it alone says what is broken.

use super::{Dialect, ExactCut, FastCut, Rows, refusal};
use crate::finding::Refusal;
use crate::wire::blocks::{Block, Cut, Reading, in_blocks};
use crate::wire::{Digest, input::Input};

/// A table that is to be read.
#[derive(Debug, Clone, Copy)]
pub struct Table<'i> {
    /// Where it stands.
    pub input: &'i Input,
    /// How its cells are told apart.
    pub dialect: Dialect,
    /// How many cells a record has.
    pub columns: usize,
    /// Where the records begin, behind the header.
    pub body: u64,
    /// How many threads may work.
    pub threads: usize,
    /// Bytes of a block.
    pub block: usize,
}

/// The records of one block.
#[derive(Debug, Clone, Copy)]
pub struct RecordBlock<'b> {
    /// Its text.
    pub block: Block<'b>,
    /// Where its rows and cells stand in it.
    pub rows: &'b Rows,
    /// Whether there may be characters that nobody writes on purpose.
    pub odd: bool,
}

/// Why a pass over the blocks ended early.
enum Stop<E> {
    /// The block that begins here cannot be split the fast way.
    Doubt(u64),
    Failed(E),
}

impl<E: From<Refusal>> From<Refusal> for Stop<E> {
    fn from(refusal: Refusal) -> Self {
        Stop::Failed(refusal.into())
    }
}

impl Table<'_> {
    /// Streams all records. `start` makes a thread's own state, `work` turns a block into a result, `merge` is called
    /// with the results in the order of the file. Gives the digest of all its text, the header included.
    pub fn read<S, R, E>(
        &self,
        start: impl Fn() -> S + Sync,
        work: impl Fn(&mut S, RecordBlock<'_>) -> Result<R, E> + Sync,
        mut merge: impl FnMut(R) -> Result<(), E> + Send,
    ) -> Result<Digest, E>
    where
        R: Send,
        E: From<Refusal> + Send,
    {
        let mut digest = self.digest_to(self.body)?;
        let (mut from, mut exact) = (self.body, false);
        loop {
            let whole = Reading::of(self.input, self.threads);
            let reading = Reading { block: self.block, ..whole.from(from) };
            let (mut fast_cut, mut exact_cut) = (FastCut::new(self.dialect), ExactCut::new(self.dialect));
            let cut: &mut (dyn Cut + Send) = if exact { &mut exact_cut } else { &mut fast_cut };
            let pass = in_blocks(
                &reading,
                cut,
                &mut digest,
                || (Rows::new(self.columns), start()),
                |(rows, state), block| {
                    let odd = self.split(rows, block, exact)?;
                    work(state, RecordBlock { block, rows, odd }).map_err(Stop::Failed)
                },
                |result| merge(result).map_err(Stop::Failed),
            );
            match pass {
                Ok(_) => return Ok(digest),
                Err(Stop::Failed(error)) => return Err(error),
                // all blocks before this one were sure, so this one begins where a record does
                Err(Stop::Doubt(offset)) => {
                    (from, exact) = (offset, true);
                    digest = self.digest_to(offset)?;
                }
            }
        }
    }

    /// Splits a block; says whether odd characters stand in it.
    fn split<E: From<Refusal>>(&self, rows: &mut Rows, block: Block<'_>, exact: bool) -> Result<bool, Stop<E>> {
        let scanned = rows.scan(block.text, self.dialect);
        if exact {
            rows.split(block.text, self.dialect)
                .map_err(|broken| refusal(self.input, block.offset, broken, self.dialect, self.columns))?;
        } else if !scanned.sure {
            return Err(Stop::Doubt(block.offset));
        }
        Ok(scanned.odd)
    }

    /// The digest of the text up to here.
    fn digest_to(&self, end: u64) -> Result<Digest, Refusal> {
        let (mut digest, mut at, mut piece) = (Digest::new(), 0, Vec::new());
        while at < end {
            let length = (end - at).min(1 << 20);
            self.input.read_at(at, usize::try_from(length).unwrap_or(0), &mut piece)?;
            digest.update(&piece);
            at += length;
        }
        Ok(digest)
    }
}
