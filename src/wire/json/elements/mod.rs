//! One document with a long list of objects somewhere inside: the objects are worked on in blocks, what stands
//! around them is read in order, and the document is never held.
//!
//! First it is searched which of the paths leads to objects, hopping over brackets; then all of it is read,
//! strictly and in order, and that pass alone says what is wrong.

mod pass;
mod search;

use super::{Json, ObjectBlock, Window};
use crate::finding::Refusal;
use crate::model::listed;
use crate::wire::{Digest, input::Input};
use pass::Pass;
use search::{Found, search};

/// A document that is to be read.
#[derive(Debug, Clone, Copy)]
pub struct Elements<'i> {
    /// Where it stands.
    pub input: &'i Input,
    /// Where the objects may be: names from the top to a list of objects, or to one object alone. No name at all is
    /// the document itself. The first path that leads to objects counts; the usual one should be the first, since
    /// the search for it ends where it is found.
    pub paths: &'i [Vec<String>],
    /// How many threads may work.
    pub threads: usize,
    /// Bytes of a block.
    pub block: usize,
}

/// A member that stands beside the objects, or above them.
#[derive(Debug, Clone, Copy)]
pub struct Beside<'h> {
    /// The names from the top to it, its own last.
    pub path: &'h [String],
    /// Its value.
    pub value: Json<'h>,
    /// Where the text begins in the input that offsets count from.
    pub base: u64,
}

impl Elements<'_> {
    /// Which path leads to objects; `None` where none does, whatever is wrong with the document.
    pub fn leads(&self) -> Option<usize> {
        self.search().map(|found| found.path)
    }

    /// Streams all objects. `beside` is told of every member around them, in the order of the document: of some
    /// before the first object, of others behind the last. `start` makes a thread's own state, `work` turns a block
    /// into a result, `merge` is called with the results in the order of the document. Gives the number of the path
    /// that led to the objects, and the digest of all text. The input's emptiness, and that it did not change, are
    /// checked here.
    pub fn read<S, R, E>(
        &self,
        beside: impl FnMut(Beside<'_>) -> Result<(), E>,
        start: impl Fn() -> S + Sync,
        work: impl Fn(&mut S, ObjectBlock<'_>) -> Result<R, E> + Sync,
        merge: impl FnMut(R) -> Result<(), E> + Send,
    ) -> Result<(usize, Digest), E>
    where
        R: Send,
        E: From<Refusal> + Send,
    {
        let mut window = Window::new(self.input, self.block);
        if window.peek()?.is_none() {
            return Err(Refusal::whole(self.input.shown_as(), "the file is empty", "export it again").into());
        }
        let Some(found) = self.search() else { return Err(self.leads_nowhere(&mut window).into()) };
        let mut pass = Pass { elements: self, found, path: Vec::new(), beside, start, work, merge };
        pass.value(&mut window)?;
        window.finish()?;
        self.input.verify_unchanged()?;
        Ok((found.path, window.digest))
    }

    fn search(&self) -> Option<Found> {
        search(&mut Window::new(self.input, self.block), self.paths)
    }

    /// The refusal of a document in which no path leads to objects: first of all it may be no JSON.
    fn leads_nowhere(&self, window: &mut Window<'_>) -> Refusal {
        let mut names = Vec::new();
        let read = match window.peek() {
            Ok(Some(b'{')) => window.members(|window, name| {
                names.push(format!("«{name}» ({})", window.value(|seen| seen.json.value.kind())?));
                Ok(())
            }),
            _ => window.value(|seen| names.push(seen.json.value.kind().to_owned())),
        };
        if let Err(refusal) = read.and_then(|()| window.finish()).and_then(|()| self.input.verify_unchanged()) {
            return refusal;
        }
        let paths: Vec<String> = self.paths.iter().map(|path| shown_path(path)).collect();
        let what = format!("there is no list of objects at {}", paths.join(", nor at "));
        let help = format!("the document has: {}", listed(&names, MOST_NAMES, ""));
        Refusal::whole(self.input.shown_as(), what, help)
    }
}

/// So many names of a document are told to somebody who looks for another one.
const MOST_NAMES: usize = 8;

fn shown_path(path: &[String]) -> String {
    if path.is_empty() { "the top of the document".to_owned() } else { format!("«{}»", path.join("/")) }
}
