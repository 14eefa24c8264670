//! Whether a key stands twice in one object: without comparing every key with every other.

use hashbrown::HashSet;

use super::Member;

/// So many keys are compared one by one where there is doubt.
const FEW: usize = 16;

/// The keys of an object so far.
#[derive(Default)]
pub(super) struct Keys<'b> {
    /// A bit for each key; keys whose bits differ are different.
    seen: u128,
    /// All keys, where there are many.
    many: HashSet<&'b str>,
}

impl<'b> Keys<'b> {
    /// Whether this key stands among the members so far; they are all that came before it.
    #[inline(always)]
    pub(super) fn stands(&mut self, key: &'b str, members: &[Member<'b>]) -> bool {
        if members.len() >= FEW {
            return self.stands_among_many(key, members);
        }
        let bit = 1_u128 << mixed(key.as_bytes());
        let fresh = self.seen & bit == 0;
        self.seen |= bit;
        !fresh && members.iter().any(|member| member.name == key)
    }

    #[inline(never)]
    fn stands_among_many(&mut self, key: &'b str, members: &[Member<'b>]) -> bool {
        if self.many.is_empty() {
            self.many.extend(members.iter().map(|member| member.name));
        }
        !self.many.insert(key)
    }
}

/// A number below 128 that equal keys share: from the length and three bytes.
#[inline(always)]
fn mixed(key: &[u8]) -> u32 {
    let byte = |at: usize| key.get(at).map_or(0, |byte| u32::from(*byte));
    let length = key.len();
    let sum = byte(0).wrapping_mul(5) + byte(length / 2).wrapping_mul(31) + byte(length.saturating_sub(1));
    (sum.wrapping_mul(7) + (length as u32 & 0xFF).wrapping_mul(11)) & 127
}
