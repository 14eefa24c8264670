//! The marks of a document that is read through a window: those of objects and lists too big to be held.

use hashbrown::HashSet;

use super::fault::{Malformed, Open};
use super::refusal;
use super::window::Window;
use crate::finding::Refusal;

impl Window<'_> {
    /// Goes through the object that begins here; `visit` is called where the value of each member begins, and goes
    /// to behind it.
    pub(super) fn members<E: From<Refusal>>(
        &mut self,
        mut visit: impl FnMut(&mut Self, String) -> Result<(), E>,
    ) -> Result<(), E> {
        let open = Open::Object(self.opened());
        let mut keys = HashSet::new();
        self.step();
        if self.peek()? == Some(b'}') {
            self.step();
            return Ok(());
        }
        loop {
            let key = self.key(open, &mut keys)?;
            visit(self, key)?;
            if !self.goes_on(open)? {
                return Ok(());
            }
        }
    }

    /// The next place as what is open counts it: from the front of the input.
    pub(super) fn opened(&self) -> usize {
        usize::try_from(self.place()).unwrap_or(usize::MAX)
    }

    /// The key that must stand here, with its colon; no other may be like it.
    fn key(&mut self, open: Open, keys: &mut HashSet<String>) -> Result<String, Refusal> {
        if self.peek()? != Some(b'"') {
            return Err(self.wrong(|text, at| Malformed::no_name(text, at, open)));
        }
        let place = self.opened();
        let key = self.value(|seen| seen.json.text().unwrap_or_default().to_owned())?;
        if !keys.insert(key.clone()) {
            return Err(refusal(self.input, 0, &Malformed::twice(place, &key)));
        }
        if self.peek()? != Some(b':') {
            return Err(self.wrong(|text, at| Malformed::unexpected(text, at, open, "«:»")));
        }
        self.step();
        Ok(key)
    }

    /// Goes past the comma or the closing bracket that must stand here; says whether it was the comma.
    pub(super) fn goes_on(&mut self, open: Open) -> Result<bool, Refusal> {
        let (close, expected) = match open {
            Open::List(_) => (b']', "«,» or «]»"),
            _ => (b'}', "«,» or «}»"),
        };
        let next = self.peek()?;
        if next == Some(b',') || next == Some(close) {
            self.step();
            return Ok(next == Some(b','));
        }
        Err(self.wrong(|text, at| Malformed::unexpected(text, at, open, expected)))
    }

    /// What must follow the document: nothing.
    pub(super) fn finish(&mut self) -> Result<(), Refusal> {
        if self.peek()?.is_some() {
            return Err(self.wrong(Malformed::behind));
        }
        self.pass();
        Ok(())
    }
}
