//! A big input in blocks of whole records: read one after the other, worked on by
//! several threads, merged strictly in order. What comes out is the same on any number of them.

mod producer;
#[cfg(test)]
mod tests;
mod turn;

use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{Digest, input::Input};
use crate::finding::Refusal;
use producer::Producer;
use turn::Turn;

/// Bytes of a block, unless one record is longer.
pub const BLOCK: usize = 128 * 1024;
/// The longest record that is read.
pub const LONGEST_RECORD: usize = 64 << 20;

/// Whole records, as they stand in the input.
#[derive(Debug, Clone, Copy)]
pub struct Block<'b> {
    /// Where it begins in the input.
    pub offset: u64,
    /// The records.
    pub text: &'b str,
    /// Its number, from 0.
    pub number: usize,
}

/// Finds where records end.
pub trait Cut {
    /// How many bytes from the front are whole records. `None` where there is not one: more is read
    /// then and asked again from the same front. At the end of the input, `None` leaves the rest to the caller.
    fn cut(&mut self, bytes: &[u8], at_end: bool) -> Option<usize>;

    /// Whether the records ended, although the input goes on: no more is read then.
    fn is_done(&self) -> bool {
        false
    }
}

/// What is read, and how.
#[derive(Debug, Clone)]
pub struct Reading<'i> {
    /// The input.
    pub input: &'i Input,
    /// The part of it.
    pub span: Range<u64>,
    /// How many threads work; 1 works without starting any.
    pub threads: usize,
    /// Bytes read for one block.
    pub block: usize,
}

impl<'i> Reading<'i> {
    /// All of an input, in blocks of [`BLOCK`].
    pub fn of(input: &'i Input, threads: usize) -> Self {
        Reading { input, span: 0..input.len(), threads, block: BLOCK }
    }

    /// The same from this place on.
    pub fn from(self, offset: u64) -> Self {
        Reading { span: offset..self.span.end, ..self }
    }
}

/// Reads in blocks. `start` makes a thread's own state, `work` turns a block into a result, and `merge` is
/// called with the results in the order of the blocks. The first error by that order wins, whoever finds it.
/// All text of the blocks goes into the digest. Returns where the last block ended.
pub fn in_blocks<S, R, E>(
    reading: &Reading<'_>,
    cut: &mut (dyn Cut + Send),
    digest: &mut Digest,
    start: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, Block<'_>) -> Result<R, E> + Sync,
    merge: impl FnMut(R) -> Result<(), E> + Send,
) -> Result<u64, E>
where
    R: Send,
    E: From<Refusal> + Send,
{
    let producer = Mutex::new(Producer::new(reading, cut, digest));
    let turn = Turn::new(merge);
    let worker = || {
        let _guard = turn.stop_on_panic();
        let mut state = start();
        let mut buffer = Vec::new();
        loop {
            let taken = lock(&producer).take(&mut buffer);
            let Some(taken) = taken else { return };
            let result = taken.block(reading.input, &buffer).map_err(E::from).and_then(|block| work(&mut state, block));
            if !turn.take(taken.number, result) {
                return;
            }
        }
    };
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..reading.threads).map(|_| scope.spawn(worker)).collect();
        worker();
        for other in others {
            if let Err(panic) = other.join() {
                std::panic::resume_unwind(panic);
            }
        }
    });
    turn.outcome()?;
    let end = lock(&producer).end();
    Ok(end)
}

/// A lock that a panic elsewhere does not close: the panic itself is passed on at the end.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
