//! Of which codes enough places are kept already: what blocks behind them find of these is counted, and its places,
//! with all their words, need not be made.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::CodeNo;

/// As many words as codes have numbers, a bit for each.
const WORDS: usize = (1 << 16) / 64;

/// What one sum and the blocks that go into it know together; by itself nothing.
#[derive(Clone, Default)]
pub(super) struct Enough(Option<Arc<[AtomicU64; WORDS]>>);

impl Enough {
    /// For a sum and its blocks.
    pub fn shared() -> Enough {
        Enough(Some(Arc::new([const { AtomicU64::new(0) }; WORDS])))
    }

    /// Notes that the sum has enough places of a code. Whoever does not see it yet makes some in vain.
    pub fn note(&self, code: CodeNo) {
        if let Some(word) = self.word(code) {
            word.fetch_or(bit(code), Ordering::Relaxed);
        }
    }

    /// Whether it has.
    pub fn is_noted(&self, code: CodeNo) -> bool {
        self.word(code).is_some_and(|word| word.load(Ordering::Relaxed) & bit(code) != 0)
    }

    fn word(&self, code: CodeNo) -> Option<&AtomicU64> {
        self.0.as_ref()?.get(usize::from(code.0) / 64)
    }
}

fn bit(code: CodeNo) -> u64 {
    1 << (code.0 % 64)
}

impl fmt::Debug for Enough {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.0.is_some() { "of a sum" } else { "of nothing" })
    }
}
