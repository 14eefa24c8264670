//! Where in the document a sequential pass stands: what is open around it, and what may still come.

use super::super::Namespaces;

/// Where the pass stands.
#[derive(Debug, Default)]
pub(super) struct Standing {
    /// The names of the elements that are open.
    pub(super) path: Vec<String>,
    /// Where their tags begin.
    pub(super) opened: Vec<u64>,
    /// What they declare.
    pub(super) namespaces: Namespaces,
    /// Whether the XML declaration, or its absence, is behind.
    pub(super) begun: bool,
    /// Whether a DOCTYPE may still come.
    pub(super) doctype: bool,
    /// Whether the root has begun.
    pub(super) rooted: bool,
    /// How deep the listings stand that are being read: blanks between them are nobody's.
    pub(super) among: Option<usize>,
}

impl Standing {
    /// The name of the innermost element that is open.
    pub(super) fn open(&self) -> &str {
        self.path.last().map_or("", String::as_str)
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.path.len()
    }

    /// Whether the document may end here.
    pub(super) fn is_complete(&self) -> bool {
        self.rooted && self.path.is_empty()
    }

    /// An element begins.
    pub(super) fn enter(&mut self, name: &str, place: u64) {
        self.path.push(name.into());
        self.opened.push(place);
        self.rooted = true;
    }

    /// The innermost element ends.
    pub(super) fn leave(&mut self) {
        self.path.pop();
        self.opened.pop();
        if self.among.is_some_and(|depth| depth > self.path.len()) {
            self.among = None;
        }
    }
}
