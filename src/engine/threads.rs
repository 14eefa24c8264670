//! How many threads a run uses: as many as a person says, else as many as there is work for. To start one and to hand
//! blocks to and fro costs more than it saves where a thread alone is done in the blink of an eye.

use std::num::NonZeroUsize;

/// Bytes of text for one channel that are worth a thread: some 30 ms of work.
const WORTH_A_THREAD: u64 = 8 << 20;

/// How many threads may work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Threads {
    /// So many, whatever there is to do.
    Exactly(NonZeroUsize),
    /// At most so many.
    UpTo(NonZeroUsize),
}

impl Threads {
    /// How many work on a text of so many bytes, which so many channels need.
    pub fn of(self, bytes: u64, channels: usize) -> usize {
        match self {
            Threads::Exactly(threads) => threads.get(),
            Threads::UpTo(most) => {
                let work = bytes.saturating_mul(channels as u64);
                usize::try_from(1 + work / WORTH_A_THREAD).unwrap_or(usize::MAX).min(most.get())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_work_is_done_by_few() {
        let four = NonZeroUsize::new(4).unwrap();
        let by = |bytes: u64, channels| Threads::UpTo(four).of(bytes, channels);
        assert_eq!((by(0, 1), by(3 << 20, 1), by(3 << 20, 41), by(u64::MAX, 41)), (1, 1, 4, 4));
        assert_eq!((by(8 << 20, 1), by(15 << 20, 1), by(16 << 20, 1)), (2, 2, 3));
        assert_eq!(Threads::Exactly(four).of(0, 1), 4);
    }
}
