//! Problems in a document that a person wrote: each with its code, place and the
//! names that were possible there, all of them collected before anybody is told.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

/// A document by name and text: what a problem's snippet is cut from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its path, as the person named it.
    pub name: String,
    /// The whole text.
    pub text: String,
}

/// One problem in one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// `config/unknown-key`.
    pub code: &'static str,
    /// What is wrong, in one line.
    pub what: String,
    /// Said under the marked place: ``did you mean `stock`?``; may be empty.
    pub label: String,
    /// What to do; may be empty.
    pub help: String,
    /// The document.
    pub document: Arc<Document>,
    /// The bytes to mark.
    pub bytes: Range<usize>,
}

impl Problem {
    /// Line and column of the marked place, from 1; columns in characters.
    pub fn line_and_column(&self) -> (usize, usize) {
        let before = self.document.text.get(..self.bytes.start).unwrap_or(&self.document.text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let column = before.get(line_start..).map_or(0, |text| text.chars().count()) + 1;
        (before.matches('\n').count() + 1, column)
    }
}

/// Where problems are collected; copies share one list.
#[derive(Debug, Clone, Default)]
pub struct Problems {
    list: Rc<RefCell<Vec<Problem>>>,
    told_in: &'static str,
}

impl Problems {
    /// Those of documents whose keys are all explained in this one: `docs/config.md`.
    pub fn of_keys_in(told_in: &'static str) -> Problems {
        Problems { told_in, ..Problems::default() }
    }

    /// The document that explains all keys.
    pub fn told_in(&self) -> &'static str {
        if self.told_in.is_empty() { "the documents" } else { self.told_in }
    }

    /// Adds one.
    pub fn add(&self, problem: Problem) {
        self.list.borrow_mut().push(problem);
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.borrow().is_empty()
    }

    /// All of them, in the order of their documents and places; the list is empty afterwards.
    pub fn take(&self) -> Vec<Problem> {
        let mut list = self.list.take();
        list.sort_by(|one, other| {
            (&one.document.name, one.bytes.start).cmp(&(&other.document.name, other.bytes.start))
        });
        list
    }
}
