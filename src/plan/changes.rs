//! All changes of a channel together. Each stays where it was made: there may be a million of
//! them, and putting them in order, or making room for more, only moves their places about.

use super::change::{Change, ChangeKind};

/// Changes, in the order in which they were found until they are sorted.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Changes(#[allow(clippy::vec_box, reason = "a change is large, and is moved often")] Vec<Box<Change>>);

impl Changes {
    /// One after the other.
    pub fn iter(&self) -> <&Changes as IntoIterator>::IntoIter {
        self.into_iter()
    }

    /// The same, to be changed.
    pub fn iter_mut(&mut self) -> <&mut Changes as IntoIterator>::IntoIter {
        self.into_iter()
    }

    /// The first one.
    pub fn first(&self) -> Option<&Change> {
        self.iter().next()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Those of a kind.
    pub fn of_kind(&self, kind: ChangeKind) -> impl Iterator<Item = &Change> + Clone {
        self.iter().filter(move |change| change.kind == kind)
    }

    /// Adds one.
    pub fn push(&mut self, change: impl Into<Box<Change>>) {
        self.0.push(change.into());
    }

    /// Puts them in the order of reports: deletes, creates, updates; each by what is at stake, then by key.
    pub fn sort(&mut self) {
        self.0.sort_by(|one, other| one.kind.cmp(&other.kind).then_with(|| one.by_stake(other)));
    }
}

impl FromIterator<Change> for Changes {
    fn from_iter<I: IntoIterator<Item = Change>>(changes: I) -> Self {
        Changes(changes.into_iter().map(Box::new).collect())
    }
}

impl<'c> IntoIterator for &'c Changes {
    type Item = &'c Change;
    type IntoIter = std::iter::Map<std::slice::Iter<'c, Box<Change>>, fn(&'c Box<Change>) -> &'c Change>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().map(Box::as_ref)
    }
}

impl<'c> IntoIterator for &'c mut Changes {
    type Item = &'c mut Change;
    type IntoIter = std::iter::Map<std::slice::IterMut<'c, Box<Change>>, fn(&'c mut Box<Change>) -> &'c mut Change>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter_mut().map(Box::as_mut)
    }
}
