//! Findings that are known already: an earlier report's. What stands there is put
//! aside and fails nothing; each of them covers one finding and not one more.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{PoisonError, RwLock, RwLockReadGuard};

use super::{CodeNo, Codes, Fingerprint};

/// All that is known; a few bytes for each.
#[derive(Debug, Default)]
pub struct Baseline {
    /// The report's name, as the person named it.
    pub shown_as: String,
    groups: Vec<Known>,
    run: RwLock<OfRun>,
}

/// What a run, or the judgement of one of several feeds, has of it.
#[derive(Debug, Default)]
struct OfRun {
    /// For each code, which groups are its own; nothing while the codes are not known.
    by_code: Option<Vec<Vec<usize>>>,
    /// The channels that feeds by themselves were found to be of; of others nobody looks.
    seen: Option<Vec<String>>,
}

/// What is known under one code of one channel.
#[derive(Debug)]
struct Known {
    channel: String,
    code: String,
    /// In order, each with how often it stands there and how many of those no finding was met for yet.
    prints: Vec<(Fingerprint, u32, AtomicU32)>,
}

/// What is known and was met again, under one code of one channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Met {
    /// The channel; empty for the catalog.
    pub channel: String,
    /// The code.
    pub code: String,
    /// Each as often as it was met.
    pub prints: Vec<Fingerprint>,
}

impl Baseline {
    /// Nothing yet.
    pub fn new(shown_as: &str) -> Self {
        Baseline { shown_as: shown_as.to_owned(), ..Baseline::default() }
    }

    /// Adds what is known under one code of a channel.
    pub fn add(&mut self, channel: &str, code: &str, mut prints: Vec<Fingerprint>) {
        // several feeds of one channel stand in a report one after the other
        if let Some(at) = self.groups.iter().position(|group| group.channel == channel && group.code == code) {
            let before = self.groups.swap_remove(at);
            prints.extend(before.prints.iter().flat_map(|one| (0..one.1).map(|_| one.0)));
        }
        prints.sort_unstable();
        let mut counted: Vec<(Fingerprint, u32, AtomicU32)> = Vec::with_capacity(prints.len());
        for print in prints {
            match counted.last_mut() {
                Some(last) if last.0 == print => last.1 = last.1.saturating_add(1),
                _ => counted.push((print, 1, AtomicU32::new(0))),
            }
        }
        counted.iter_mut().for_each(|one| one.2 = AtomicU32::new(one.1));
        counted.shrink_to_fit();
        self.groups.push(Known { channel: channel.to_owned(), code: code.to_owned(), prints: counted });
    }

    /// Only what these channels and the catalog have: of others nobody looks, so none of theirs is gone.
    pub fn only(&mut self, channels: &[&str]) {
        self.groups.retain(|group| group.channel.is_empty() || channels.contains(&group.channel.as_str()));
    }

    /// Says which codes a run has; before that nothing can be told apart.
    pub fn bind(&self, codes: &Codes) {
        let of = |code: &str| (0..).zip(&self.groups).filter(|one| one.1.code == code).map(|one| one.0).collect();
        let by_code = codes.iter().map(|(_, code)| of(&code.id)).collect();
        self.run.write().unwrap_or_else(PoisonError::into_inner).by_code = Some(by_code);
    }

    /// The same for a feed that was found to be of this channel; each of several feeds has codes of its own.
    pub fn bind_to_feed(&self, codes: &Codes, channel: &str) {
        self.bind(codes);
        let mut run = self.run.write().unwrap_or_else(PoisonError::into_inner);
        run.seen.get_or_insert_default().push(channel.to_owned());
    }

    fn run(&self) -> RwLockReadGuard<'_, OfRun> {
        self.run.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a finding may be known; `true` also while nobody can say.
    pub fn may_know(&self, channel: &str, code: CodeNo, print: Fingerprint) -> bool {
        let run = self.run();
        let Some(by_code) = &run.by_code else { return true };
        self.one(by_code, channel, code, print).is_some()
    }

    /// Whether a finding is known; each of those that are covers one, in the order in which it is asked.
    pub fn take(&self, channel: &str, code: CodeNo, print: Fingerprint) -> bool {
        let run = self.run();
        let one = run.by_code.as_ref().and_then(|by_code| self.one(by_code, channel, code, print));
        let less = |left: u32| left.checked_sub(1);
        one.is_some_and(|one| one.2.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less).is_ok())
    }

    /// How many are gone: no finding was met for them.
    pub fn gone(&self) -> u64 {
        let prints = self.looked_for().flat_map(|group| &group.prints);
        prints.map(|one| u64::from(one.2.load(Ordering::Relaxed))).sum()
    }

    /// How many were met again.
    pub fn known(&self) -> u64 {
        let all: u64 = self.looked_for().flat_map(|group| &group.prints).map(|one| u64::from(one.1)).sum();
        all.saturating_sub(self.gone())
    }

    /// What was met again.
    pub fn met(&self) -> Vec<Met> {
        let met = |group: &Known| {
            let times = |one: &(Fingerprint, u32, AtomicU32)| one.1 - one.2.load(Ordering::Relaxed).min(one.1);
            let prints = group.prints.iter().flat_map(|one| (0..times(one)).map(|_| one.0)).collect();
            Met { channel: group.channel.clone(), code: group.code.clone(), prints }
        };
        self.groups.iter().map(met).filter(|met| !met.prints.is_empty()).collect()
    }

    /// What could have been met.
    fn looked_for(&self) -> impl Iterator<Item = &Known> {
        let seen = self.run().seen.clone();
        let is_seen = move |channel: &str| seen.as_ref().is_none_or(|seen| seen.iter().any(|other| other == channel));
        self.groups.iter().filter(move |group| group.channel.is_empty() || is_seen(&group.channel))
    }

    fn one(
        &self,
        by_code: &[Vec<usize>],
        channel: &str,
        code: CodeNo,
        print: Fingerprint,
    ) -> Option<&(Fingerprint, u32, AtomicU32)> {
        let groups = by_code.get(usize::from(code.0))?.iter().filter_map(|number| self.groups.get(*number));
        groups.filter(|group| group.channel == channel).find_map(|group| {
            let at = group.prints.binary_search_by_key(&print, |one| one.0).ok()?;
            group.prints.get(at)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Known as Code;

    #[test]
    fn each_covers_one_finding_of_its_code_and_channel() {
        let print = |number| Fingerprint(number);
        let mut baseline = Baseline::new("findings.json");
        baseline.add("", "catalog/gtin-check", vec![print(7), print(3), print(7)]);
        baseline.add("bazaar", "export/key-equal", vec![print(3)]);
        baseline.add("market", "export/key-equal", vec![print(9)]);
        baseline.only(&["bazaar"]);
        assert!(baseline.may_know("", CodeNo::from(Code::GtinCheck), print(8)), "nobody can say yet");
        baseline.bind(&Codes::new());
        let take = |channel, code: Code, number| baseline.take(channel, code.into(), print(number));
        assert!(!baseline.may_know("", Code::GtinCheck.into(), print(8)));
        assert!(take("", Code::GtinCheck, 7) && take("", Code::GtinCheck, 7), "it stands there twice");
        assert!(!take("", Code::GtinCheck, 7), "and not three times");
        assert!(!take("", Code::GtinLength, 3) && !take("market", Code::KeyEqual, 9) && !take("", Code::KeyEqual, 3));
        assert!(take("bazaar", Code::KeyEqual, 3));
        assert_eq!((baseline.gone(), baseline.known()), (1, 3));
        let met = baseline.met();
        assert_eq!((met.len(), met[0].prints.as_slice()), (2, [print(7), print(7)].as_slice()));
    }
}
