//! Where findings go while offers stream by: exact counts for every code, and the
//! first few places of each. Sinks of two blocks merge in the blocks' order, so
//! that the places kept do not depend on the number of threads.

use std::fmt;
use std::sync::Arc;

use super::enough::Enough;
use super::{Baseline, CodeNo, Fingerprint};

/// One place where something was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// Where in the file the record or node begins, in bytes; resolved to line and column at the end.
    pub offset: u64,
    /// The offer's SKU or the listing's key; empty for the document.
    pub key: String,
    /// The field's name, as the person who must mend it knows it; empty where none applies.
    pub field: String,
    /// What exactly stands there, with the value quoted: ``price «по запросу» is not a number``.
    pub message: String,
}

/// All that was found under one code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Group {
    /// How many offers or listings.
    pub count: u64,
    /// The first of them, at most [`Sink::keep`].
    pub first: Vec<Found>,
    /// What all of them are known by, where that was asked for; those of the first come first.
    pub prints: Vec<Fingerprint>,
}

/// Which keys a person asked for.
type Asked = Arc<dyn Fn(&str) -> bool + Send + Sync>;

/// What a sink keeps: so many places of each code, and, where a person asked for some offers, only theirs.
#[derive(Clone, Default)]
pub struct Keep {
    places: usize,
    asked: Option<Asked>,
    /// Whose findings they are; nobody's for the catalog's.
    channel: Arc<str>,
    /// Whether what each is known by is kept.
    prints: bool,
    /// What is known already.
    baseline: Option<Arc<Baseline>>,
    /// Of which codes a sum has enough.
    enough: Enough,
}

/// Collects findings by code.
#[derive(Debug, Clone)]
pub struct Sink {
    groups: Vec<(CodeNo, Group)>,
    keep: Keep,
    others: u64,
    /// Of a block: what may be known already. Which of several equal ones is new shows in the order of the blocks.
    unsettled: Vec<(CodeNo, Fingerprint, Found)>,
    /// It is the sum of blocks, and takes what it is given in their order.
    is_sum: bool,
}

impl From<usize> for Keep {
    fn from(places: usize) -> Self {
        Keep { places, ..Keep::default() }
    }
}

impl Keep {
    /// Only of the keys that were asked for; what has no key is of all.
    pub fn only(self, asked: impl Fn(&str) -> bool + Send + Sync + 'static) -> Self {
        Keep { asked: Some(Arc::new(asked)), ..self }
    }

    /// Also what each is known by.
    pub fn prints(self, prints: bool) -> Self {
        Keep { prints, ..self }
    }

    /// Nothing of what is known already.
    pub fn beyond(self, baseline: Option<Arc<Baseline>>) -> Self {
        Keep { baseline, ..self }
    }

    /// The same for one sum and the blocks that go into it in their order: what the sum would drop is not made.
    pub fn together(&self) -> Self {
        Keep { enough: Enough::shared(), ..self.clone() }
    }

    /// The same for a channel's own findings, of all its keys: it looks at none but those that were asked for.
    pub fn of_channel(&self, name: &str) -> Self {
        Keep { asked: None, channel: name.into(), ..self.clone() }
    }

    fn makes_all(&self) -> bool {
        self.prints || self.baseline.is_some()
    }

    /// How many places of each code.
    pub fn places(&self) -> usize {
        self.places
    }
}

impl fmt::Debug for Keep {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} places of {} keys", self.places, if self.asked.is_some() { "some" } else { "all" })
    }
}

impl Sink {
    /// A sink that keeps this.
    pub fn new(keep: impl Into<Keep>) -> Self {
        Sink { groups: Vec::new(), keep: keep.into(), others: 0, unsettled: Vec::new(), is_sum: false }
    }

    /// Counts a finding; the place is made only if it is kept, or if it has to be asked whose it is.
    pub fn add(&mut self, code: CodeNo, place: impl FnOnce() -> Found) {
        if let Some(asked) = &self.keep.asked {
            let found = place();
            match found.key.is_empty() || asked(&found.key) {
                true => self.add_asked(code, || found),
                false => self.others += 1,
            }
        } else {
            self.add_asked(code, place);
        }
    }

    fn add_asked(&mut self, code: CodeNo, place: impl FnOnce() -> Found) {
        if self.keep.makes_all() {
            return self.add_known_by(code, place());
        }
        let is_enough = self.keep.enough.is_noted(code);
        let keep = self.keep.places;
        let group = self.group(code);
        group.count += 1;
        if !is_enough && group.first.len() < keep {
            group.first.push(place());
        }
    }

    fn add_known_by(&mut self, code: CodeNo, found: Found) {
        let print = Fingerprint::of(&self.keep.channel, &found);
        let baseline = self.keep.baseline.as_ref();
        match baseline.filter(|baseline| baseline.may_know(&self.keep.channel, code, print)) {
            Some(_) if !self.is_sum => self.unsettled.push((code, print, found)),
            Some(baseline) if baseline.take(&self.keep.channel, code, print) => {}
            _ => self.add_new(code, print, found),
        }
    }

    fn add_new(&mut self, code: CodeNo, print: Fingerprint, found: Found) {
        let Keep { places, prints, .. } = self.keep;
        let group = self.group(code);
        group.count += 1;
        if prints {
            group.prints.push(print);
        }
        if group.first.len() < places {
            group.first.push(found);
        }
    }

    /// Finds out what of the doubtful is new.
    fn settle(&mut self, unsettled: Vec<(CodeNo, Fingerprint, Found)>) {
        let Some(baseline) = self.keep.baseline.clone() else { return };
        for (code, print, found) in unsettled {
            if !baseline.take(&self.keep.channel, code, print) {
                self.add_new(code, print, found);
            }
        }
    }

    /// Takes over what a later block found.
    pub fn merge(&mut self, mut later: Sink) {
        let keep = self.keep.places;
        self.is_sum = true;
        let ours = std::mem::take(&mut self.unsettled);
        self.settle(ours);
        // what of a block is new only now comes behind what was new from the first
        let theirs = std::mem::take(&mut later.unsettled);
        later.settle(theirs);
        self.others += later.others;
        for (code, mut theirs) in later.groups {
            let ours = self.group(code);
            ours.count += theirs.count;
            ours.prints.append(&mut theirs.prints);
            let room = keep.saturating_sub(ours.first.len());
            theirs.first.truncate(room);
            ours.first.append(&mut theirs.first);
            if ours.first.len() >= keep {
                self.keep.enough.note(code);
            }
        }
    }

    /// What is kept.
    pub fn keep(&self) -> &Keep {
        &self.keep
    }

    /// Whether a place is of use behind so many that were made: one beyond those that are kept is not, unless it has to
    /// be asked whose it is.
    pub fn wants(&self, made: usize) -> bool {
        self.keep.asked.is_some() || self.keep.makes_all() || made < self.keep.places
    }

    /// How many findings are of keys that nobody asked for.
    pub fn others(&self) -> u64 {
        self.others
    }

    /// How often each code was found so far; what came after is told by [`Sink::found_since`].
    pub fn marks(&self, marks: &mut Vec<u64>) {
        marks.clear();
        marks.extend(self.groups.iter().map(|group| group.1.count));
    }

    /// The codes that were found since the marks were taken.
    pub fn found_since<'s>(&'s self, marks: &'s [u64]) -> impl Iterator<Item = CodeNo> + 's {
        let before = |at: usize| marks.get(at).copied().unwrap_or(0);
        let groups = self.groups.iter().enumerate();
        groups.filter(move |(at, group)| group.1.count > before(*at)).map(|(_, group)| group.0)
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty() && self.unsettled.is_empty()
    }

    /// What was found, by code number.
    pub fn into_groups(mut self) -> Vec<(CodeNo, Group)> {
        let unsettled = std::mem::take(&mut self.unsettled);
        self.settle(unsettled);
        self.groups.sort_by_key(|group| group.0);
        self.groups
    }

    fn group(&mut self, code: CodeNo) -> &mut Group {
        let at = self.groups.iter().position(|group| group.0 == code).unwrap_or_else(|| {
            self.groups.push((code, Group::default()));
            self.groups.len() - 1
        });
        // the position was found or pushed just above
        #[allow(clippy::indexing_slicing)]
        &mut self.groups[at].1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(key: &str) -> Found {
        Found { offset: 0, key: key.into(), field: String::new(), message: String::new() }
    }

    #[test]
    fn counts_are_exact_and_places_bounded() {
        let mut first = Sink::new(2);
        let mut second = Sink::new(2);
        first.add(CodeNo(1), || found("a"));
        for key in ["b", "c", "d"] {
            second.add(CodeNo(1), || found(key));
        }
        first.merge(second);
        let groups = first.into_groups();
        assert_eq!(groups[0].1.count, 4);
        let keys: Vec<_> = groups[0].1.first.iter().map(|place| place.key.as_str()).collect();
        assert_eq!(keys, ["a", "b"]);
    }

    #[test]
    fn what_is_known_is_put_aside_in_the_order_of_the_blocks() {
        let mut baseline = Baseline::new("findings.json");
        let print = |key: &str| Fingerprint::of("", &found(key));
        baseline.add("", "catalog/gtin-check", vec![print("a"), print("a"), print("b"), print("gone")]);
        let (baseline, code) = (Arc::new(baseline), crate::finding::Known::GtinCheck.into());
        baseline.bind(&crate::finding::Codes::new());
        let keep = || Keep::from(2).prints(true).beyond(Some(baseline.clone()));
        let (mut first, mut second) = (Sink::new(keep()), Sink::new(keep()));
        ["a", "x"].into_iter().for_each(|key| first.add(code, || found(key)));
        ["a", "b", "a", "y", "z"].into_iter().for_each(|key| second.add(code, || found(key)));
        let mut sum = Sink::new(keep());
        // a block that was finished sooner does not take what an earlier one has a claim to
        sum.merge(first);
        sum.merge(second);
        sum.add(code, || found("b"));
        assert_eq!(baseline.gone(), 1);
        let groups = sum.into_groups();
        let keys: Vec<_> = groups[0].1.first.iter().map(|place| place.key.as_str()).collect();
        assert_eq!((groups[0].1.count, keys), (5, vec!["x", "y"]), "the third a and the second b are new");
        let known_by = [print("x"), print("y"), print("z"), print("a"), print("b")];
        assert_eq!(groups[0].1.prints, known_by, "those of the places come first");
    }

    #[test]
    fn of_keys_that_nobody_asked_for_only_the_number_is_known() {
        let keep = || Keep::from(2).only(|key| key == "a");
        let (mut first, mut second) = (Sink::new(keep()), Sink::new(keep()));
        ["b", "a"].into_iter().for_each(|key| first.add(CodeNo(1), || found(key)));
        ["c", ""].into_iter().for_each(|key| second.add(CodeNo(1), || found(key)));
        first.merge(second);
        assert_eq!(first.others(), 2);
        let groups = first.into_groups();
        let keys: Vec<_> = groups[0].1.first.iter().map(|place| place.key.as_str()).collect();
        assert_eq!((groups[0].1.count, keys), (2, vec!["a", ""]), "what has no key is of all");
    }
}
