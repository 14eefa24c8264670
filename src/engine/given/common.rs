//! What listings with one fault have in common and no other listing has: that is mostly the cause. Of every trait only
//! sums are kept, however long the feed is.

use hashbrown::HashMap;
use xxhash_rust::xxh3::xxh3_64;

use crate::channel::plan::{ChannelPlan, ShapePlan};
use crate::finding::CodeNo;
use crate::model::Value;
use crate::model::text::trimmed;

/// How many traits are looked at.
pub(super) const TRAITS: usize = 4;
/// A trait with more values than this tells listings apart, and joins none.
const MOST_VALUES: usize = 50_000;
/// Characters of a value that are shown.
const SHOWN: usize = 60;

/// The fields that are looked at: maker, category, currency, availability.
#[derive(Debug, Clone, Copy)]
pub(super) struct Traits([Option<usize>; TRAITS]);

/// What a listing has of each trait: a hash and the text.
pub(super) type Has<'b> = [Option<(u64, &'b str)>; TRAITS];

impl Traits {
    pub fn of(plan: &ChannelPlan) -> Traits {
        let roles = &plan.roles;
        Traits([roles.brand, roles.category, roles.currency, roles.availability])
    }

    pub fn has<'b>(self, values: &[Value<'b>]) -> Has<'b> {
        self.0.map(|field| {
            let text = match values.get(field?)? {
                Value::Text(text) | Value::Bad(text) => trimmed(text),
                Value::Flag(true) => "true",
                Value::Flag(false) => "false",
                _ => return None,
            };
            Some((xxh3_64(text.as_bytes()), text))
        })
    }
}

/// Which value all listings with a fault share.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum Shared {
    /// None was seen yet.
    #[default]
    Unknown,
    One(u64, String),
    /// They differ, or one has none.
    Nothing,
}

impl Shared {
    fn with(&mut self, hash: u64, text: &str) {
        match self {
            Shared::Unknown => *self = Shared::One(hash, text.chars().take(SHOWN).collect()),
            Shared::One(known, _) if *known == hash => {}
            _ => *self = Shared::Nothing,
        }
    }

    fn merge(&mut self, later: Shared) {
        match later {
            Shared::Unknown => {}
            Shared::One(hash, text) => self.with(hash, &text),
            Shared::Nothing => *self = Shared::Nothing,
        }
    }
}

/// The listings with one fault.
#[derive(Debug, Clone, Default)]
struct Faulty {
    listings: u64,
    shared: [Shared; TRAITS],
}

/// The sums.
#[derive(Debug, Default)]
pub(super) struct Counted {
    listings: u64,
    /// By trait and value; `None` for a trait of too many values.
    totals: [Totals; TRAITS],
    faulty: Vec<(CodeNo, Faulty)>,
}

#[derive(Debug, Default)]
struct Totals {
    by_value: HashMap<u64, u64>,
    are_too_many: bool,
}

impl Totals {
    fn add(&mut self, hash: u64, count: u64) {
        if self.are_too_many {
            return;
        }
        *self.by_value.entry(hash).or_default() += count;
        if self.by_value.len() > MOST_VALUES {
            *self = Totals { by_value: HashMap::new(), are_too_many: true };
        }
    }
}

impl Counted {
    /// Counts a listing.
    pub fn listing(&mut self, has: &Has<'_>) {
        self.listings += 1;
        for (totals, has) in self.totals.iter_mut().zip(has) {
            if let Some((hash, _)) = has {
                totals.add(*hash, 1);
            }
        }
    }

    /// Counts a listing with a fault; one that was counted already.
    pub fn fault(&mut self, code: CodeNo, has: &Has<'_>) {
        let faulty = self.faulty(code);
        faulty.listings += 1;
        for (shared, has) in faulty.shared.iter_mut().zip(has) {
            match has {
                Some((hash, text)) => shared.with(*hash, text),
                None => *shared = Shared::Nothing,
            }
        }
    }

    /// Takes over what a later block counted.
    pub fn merge(&mut self, later: Counted) {
        self.listings += later.listings;
        for (ours, theirs) in self.totals.iter_mut().zip(later.totals) {
            if theirs.are_too_many {
                *ours = Totals { by_value: HashMap::new(), are_too_many: true };
            }
            theirs.by_value.into_iter().for_each(|(hash, count)| ours.add(hash, count));
        }
        for (code, theirs) in later.faulty {
            let ours = self.faulty(code);
            ours.listings += theirs.listings;
            ours.shared.iter_mut().zip(theirs.shared).for_each(|(ours, theirs)| ours.merge(theirs));
        }
    }

    /// What the listings with a fault have in common, and no other listing has: `vendor is Karpaty`.
    pub fn in_common(&self, code: CodeNo, traits: Traits, shape: &ShapePlan) -> Option<String> {
        let (_, faulty) = self.faulty.iter().find(|one| one.0 == code)?;
        // of one listing everything is its own; of all of them nothing is said by what all have
        if faulty.listings < 2 || faulty.listings == self.listings {
            return None;
        }
        let kept = faulty.shared.iter().zip(&self.totals).zip(traits.0);
        kept.filter_map(|((shared, totals), field)| {
            let Shared::One(hash, text) = shared else { return None };
            let name = shape.compared.get(field?).map(|how| how.node.as_str()).filter(|name| !name.is_empty())?;
            let value = if text.is_empty() { "blank" } else { text };
            (totals.by_value.get(hash) == Some(&faulty.listings)).then(|| format!("{name} is {value}"))
        })
        .next()
    }

    fn faulty(&mut self, code: CodeNo) -> &mut Faulty {
        let at = self.faulty.iter().position(|one| one.0 == code).unwrap_or_else(|| {
            self.faulty.push((code, Faulty::default()));
            self.faulty.len() - 1
        });
        // the position was found or pushed just above
        #[allow(clippy::indexing_slicing)]
        &mut self.faulty[at].1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(brand: &str) -> Has<'_> {
        [Some((xxh3_64(brand.as_bytes()), brand)), None, None, None]
    }

    fn shared(counted: &Counted) -> &Shared {
        &counted.faulty[0].1.shared[0]
    }

    #[test]
    fn blocks_together_know_what_is_shared() {
        let code = CodeNo(7);
        let mut all = Counted::default();
        for brands in [["Karpaty", "Karpaty"], ["Karpaty", "Karpaty"]] {
            let mut block = Counted::default();
            for brand in brands {
                block.listing(&has(brand));
                block.fault(code, &has(brand));
            }
            all.merge(block);
        }
        assert_eq!(shared(&all), &Shared::One(xxh3_64(b"Karpaty"), "Karpaty".into()));
        assert_eq!(all.totals[0].by_value.get(&xxh3_64(b"Karpaty")), Some(&4));
        let mut block = Counted::default();
        block.listing(&has("Osprey"));
        block.fault(code, &has("Osprey"));
        all.merge(block);
        assert_eq!(shared(&all), &Shared::Nothing);
    }

    #[test]
    fn a_trait_of_too_many_values_is_none() {
        let mut counted = Counted::default();
        for number in 0..=MOST_VALUES as u64 {
            counted.listing(&[Some((number, "")), None, None, None]);
        }
        assert!(counted.totals[0].are_too_many && counted.totals[0].by_value.is_empty());
        let mut later = Counted::default();
        later.listing(&has("Karpaty"));
        later.merge(counted);
        assert!(later.totals[0].are_too_many);
    }
}
