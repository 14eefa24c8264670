//! Why the lexer stops: the text ends too early, or something stands where it may not.

pub(super) use crate::wire::wording::shown;

/// Why there is no next token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// The text ends in the middle of something; more of it may mend that.
    Cut,
    /// It is not well-formed, whatever follows.
    Bad(Box<Fault>),
}

/// What is not well-formed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where, in bytes from the front of the lexer's text.
    pub offset: usize,
    /// What stands there, quoted.
    pub what: String,
    /// What to do; may be empty.
    pub help: String,
    /// Whether it is about the element that is open: where that was opened helps then.
    pub(super) closing: bool,
}

impl Stop {
    /// A fault at this place.
    #[cold]
    pub fn bad(offset: usize, what: impl Into<String>, help: impl Into<String>) -> Stop {
        Stop::Bad(Box::new(Fault { offset, what: what.into(), help: help.into(), closing: false }))
    }

    /// A fault of an end tag that is not the one of the element that is open.
    #[cold]
    pub(super) fn not_closing(offset: usize, what: String, help: String) -> Stop {
        Stop::Bad(Box::new(Fault { offset, what, help, closing: true }))
    }
}
