//! Where findings go while offers stream by: exact counts for every code, and the
//! first few places of each. Sinks of two blocks merge in the blocks' order, so
//! that the places kept do not depend on the number of threads.

use std::fmt;
use std::sync::Arc;

use super::CodeNo;

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
}

/// Which keys a person asked for.
type Asked = Arc<dyn Fn(&str) -> bool + Send + Sync>;

/// What a sink keeps: so many places of each code, and, where a person asked for some offers, only theirs.
#[derive(Clone, Default)]
pub struct Keep {
    places: usize,
    asked: Option<Asked>,
}

/// Collects findings by code.
#[derive(Debug, Clone)]
pub struct Sink {
    groups: Vec<(CodeNo, Group)>,
    keep: Keep,
    others: u64,
}

impl From<usize> for Keep {
    fn from(places: usize) -> Self {
        Keep { places, asked: None }
    }
}

impl Keep {
    /// Only of the keys that were asked for; what has no key is of all.
    pub fn only(self, asked: impl Fn(&str) -> bool + Send + Sync + 'static) -> Self {
        Keep { asked: Some(Arc::new(asked)), ..self }
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
        Sink { groups: Vec::new(), keep: keep.into(), others: 0 }
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
        let keep = self.keep.places;
        let group = self.group(code);
        group.count += 1;
        if group.first.len() < keep {
            group.first.push(place());
        }
    }

    /// Takes over what a later block found.
    pub fn merge(&mut self, later: Sink) {
        let keep = self.keep.places;
        self.others += later.others;
        for (code, mut theirs) in later.groups {
            let ours = self.group(code);
            ours.count += theirs.count;
            let room = keep.saturating_sub(ours.first.len());
            theirs.first.truncate(room);
            ours.first.append(&mut theirs.first);
        }
    }

    /// What is kept.
    pub fn keep(&self) -> &Keep {
        &self.keep
    }

    /// Whether a place is of use behind so many that were made: one beyond those that are kept is not, unless it has to
    /// be asked whose it is.
    pub fn wants(&self, made: usize) -> bool {
        self.keep.asked.is_some() || made < self.keep.places
    }

    /// How many findings are of keys that nobody asked for.
    pub fn others(&self) -> u64 {
        self.others
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// What was found, by code number.
    pub fn into_groups(mut self) -> Vec<(CodeNo, Group)> {
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
