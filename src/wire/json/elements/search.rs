//! Which path leads to objects, and where: found by brackets and names, before anything is read. What is wrong with
//! the document ends the search, and is left to whoever reads it.

use super::Window;
use crate::finding::Refusal;

/// Where the objects are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    /// Which path leads there.
    pub(super) path: usize,
    /// Where the list, or the one object, begins.
    pub(super) place: u64,
}

/// Looks for the first of the paths that leads to objects.
pub(super) fn search(window: &mut Window<'_>, paths: &[Vec<String>]) -> Option<Found> {
    let mut search = Search { paths, here: Vec::new(), best: None };
    // why it ended does not matter: either the best was found, or reading the document will fail
    let _ = search.value(window);
    search.best
}

struct Search<'s> {
    paths: &'s [Vec<String>],
    here: Vec<String>,
    best: Option<Found>,
}

/// The search ends: nothing better can be found, or the document is broken.
struct Ended;

impl From<Refusal> for Ended {
    fn from(_: Refusal) -> Self {
        Ended
    }
}

impl Search<'_> {
    /// Looks at the value that begins here, and goes to behind it.
    fn value(&mut self, window: &mut Window<'_>) -> Result<(), Ended> {
        let first = window.peek()?;
        let place = window.place();
        match first {
            Some(b'{') => {
                self.consider(place)?;
                if self.goes_further() {
                    return window.members(|window, name| self.member(window, name));
                }
                window.step();
                window.skip()?;
            }
            Some(b'[') => {
                window.step();
                if matches!(window.peek()?, Some(b'{' | b']')) {
                    self.consider(place)?;
                }
                window.skip()?;
            }
            _ => window.value(|_| ())?,
        }
        Ok(())
    }

    fn member(&mut self, window: &mut Window<'_>, name: String) -> Result<(), Ended> {
        self.here.push(name);
        self.value(window)?;
        self.here.pop();
        Ok(())
    }

    /// Paths that come before the best one so far.
    fn better(&self) -> &[Vec<String>] {
        let end = self.best.map_or(self.paths.len(), |best| best.path);
        self.paths.get(..end).unwrap_or_default()
    }

    /// Objects begin at this place: is it where a path leads?
    fn consider(&mut self, place: u64) -> Result<(), Ended> {
        if let Some(path) = self.better().iter().position(|path| *path == self.here) {
            self.best = Some(Found { path, place });
        }
        if self.better().is_empty() { Err(Ended) } else { Ok(()) }
    }

    /// Whether a path leads through here.
    fn goes_further(&self) -> bool {
        self.better().iter().any(|path| path.len() > self.here.len() && path.starts_with(&self.here))
    }
}
