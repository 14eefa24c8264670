//! JSON Lines: an object in each line, in blocks, on any number of threads, merged in order.

use bumpalo::Bump;

use super::objects::of_lines;
use super::{LineBlock, LinesCut, refusal};
use crate::finding::Refusal;
use crate::wire::blocks::{Block, Reading, in_blocks};
use crate::wire::{Digest, input::Input};

/// The lines of a text with their offsets, without their line breaks; blank ones are left out.
pub fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    let with_offsets = text.split_inclusive('\n').map(move |line| {
        at += line.len();
        (at - line.len(), line.strip_suffix('\n').unwrap_or(line))
    });
    with_offsets.filter(|(_, line)| !line.trim_ascii().is_empty())
}

/// An input of lines that is to be read.
#[derive(Debug, Clone, Copy)]
pub struct Lines<'i> {
    /// Where they stand.
    pub input: &'i Input,
    /// How many threads may work.
    pub threads: usize,
    /// Bytes of a block.
    pub block: usize,
}

impl Lines<'_> {
    /// Streams all objects. `start` makes a thread's own state, `work` turns a block into a result, `merge` is called
    /// with the results in the order of the input. Gives the digest of all text. The input's emptiness, and that it
    /// did not change, are checked here.
    pub fn read<S, R, E>(
        &self,
        start: impl Fn() -> S + Sync,
        work: impl Fn(&mut S, LineBlock<'_>) -> Result<R, E> + Sync,
        mut merge: impl FnMut(R) -> Result<(), E> + Send,
    ) -> Result<Digest, E>
    where
        R: Send,
        E: From<Refusal> + Send,
    {
        let mut digest = Digest::new();
        let mut found = 0;
        let reading = Reading { block: self.block, ..Reading::of(self.input, self.threads) };
        in_blocks(
            &reading,
            &mut LinesCut,
            &mut digest,
            || (start(), Bump::new()),
            |(state, arena), block| {
                arena.reset();
                self.work_on(state, arena, block, &work)
            },
            |(result, objects)| {
                found += objects;
                merge(result)
            },
        )?;
        self.input.verify_unchanged()?;
        if found == 0 {
            return Err(Refusal::whole(self.input.shown_as(), "the file is empty", "export it again").into());
        }
        Ok(digest)
    }

    /// Reads a block and works on it; says how many objects it had.
    fn work_on<'b, S, R, E: From<Refusal>>(
        &self,
        state: &mut S,
        arena: &'b Bump,
        block: Block<'b>,
        work: &impl Fn(&mut S, LineBlock<'_>) -> Result<R, E>,
    ) -> Result<(R, usize), E> {
        let objects = of_lines(block.text, arena).map_err(|malformed| refusal(self.input, block.offset, &malformed))?;
        let result = work(state, LineBlock { block, objects, arena, path: 0 })?;
        Ok((result, objects.len()))
    }
}
