//! A refusal: an input that cannot be read, is cut, empty or of the wrong kind, or an output that cannot be
//! written. Nothing comes of it; the program ends with 2 and says where and why.

use std::fmt;

/// Why an input or output was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The input or output, as the person named it.
    pub input: String,
    /// It was to be written, and not read.
    pub is_output: bool,
    /// Line from 1, where one is to blame.
    pub line: Option<u64>,
    /// Column from 1, in characters.
    pub column: Option<u64>,
    /// The line itself, cut to what helps; empty where there is none to show.
    pub text: String,
    /// What is wrong, with the value quoted: ``the quote opened before «Термос» is never closed``.
    pub what: String,
    /// What to do about it; may be empty.
    pub help: String,
}

impl Refusal {
    /// A refusal of a whole input.
    pub fn whole(input: &str, what: impl Into<String>, help: impl Into<String>) -> Self {
        Refusal {
            input: input.into(),
            is_output: false,
            line: None,
            column: None,
            text: String::new(),
            what: what.into(),
            help: help.into(),
        }
    }

    /// A refusal of an output.
    pub fn unwritten(output: &str, what: impl Into<String>, help: impl Into<String>) -> Self {
        Refusal { is_output: true, ..Refusal::whole(output, what, help) }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let act = if self.is_output { "write" } else { "read" };
        write!(formatter, "cannot {act} {}", self.input)?;
        match (self.line, self.column) {
            (Some(line), Some(column)) => write!(formatter, ": line {line}, column {column}")?,
            (Some(line), None) => write!(formatter, ": line {line}")?,
            _ => {}
        }
        write!(formatter, ": {}", self.what)
    }
}

impl std::error::Error for Refusal {}
