//! An outcome as text: for people at a terminal, for programs. A report takes no
//! decision and finds nothing out; one file or folder per format, one trait.

use std::io::{self, Write};

pub mod failure;
pub mod human;
pub mod json;
pub mod options;
pub mod text;
pub mod words;

pub use failure::Failure;
pub use human::Human;
pub use json::Json;
pub use options::{By, Only, Options, View};
pub use text::Look;

use crate::engine::Outcome;

/// What every part of a report is made from.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'s> {
    /// What was found out and done.
    pub outcome: &'s Outcome,
    /// What was asked for.
    pub options: &'s Options,
    /// Where it goes.
    pub look: &'s Look,
}

/// A format that outcomes are reported in.
pub trait Report {
    /// Writes an outcome.
    fn outcome(&self, sheet: Sheet<'_>, out: &mut dyn Write) -> io::Result<()>;

    /// Writes why there is no outcome.
    fn failure(&self, failure: &Failure, look: &Look, out: &mut dyn Write) -> io::Result<()>;

    /// What to try next, for a person at a terminal; none where `look` is of none. It is said apart from the
    /// report, each hint a command or flags.
    fn hints(&self, _sheet: Sheet<'_>) -> Vec<String> {
        Vec::new()
    }
}

/// A format by its name on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// For people.
    #[default]
    Human,
    /// `offersync/report/1`.
    Json,
}

/// Why a name is no format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormatProblem {
    /// Nothing is called so.
    Unknown,
    /// It is to come in a later version.
    Later,
}

/// The formats by name; those without one are to come.
pub const FORMATS: [(&str, Option<Format>); 7] = [
    ("human", Some(Format::Human)),
    ("json", Some(Format::Json)),
    ("markdown", None),
    ("html", None),
    ("github", None),
    ("sarif", None),
    ("junit", None),
];

impl Format {
    /// The format of this name.
    pub fn named(name: &str) -> Result<Format, FormatProblem> {
        match FORMATS.iter().find(|entry| entry.0 == name) {
            None => Err(FormatProblem::Unknown),
            Some((_, None)) => Err(FormatProblem::Later),
            Some((_, Some(format))) => Ok(*format),
        }
    }

    /// The names of the formats that there are.
    pub fn names() -> Vec<&'static str> {
        FORMATS.iter().filter(|entry| entry.1.is_some()).map(|entry| entry.0).collect()
    }

    /// What writes it.
    pub fn report(self) -> &'static dyn Report {
        match self {
            Format::Human => &Human,
            Format::Json => &Json,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_known_by_name_and_those_to_come_say_so() {
        assert_eq!(Format::named("json"), Ok(Format::Json));
        assert_eq!(Format::named("html"), Err(FormatProblem::Later));
        assert_eq!(Format::named("yaml"), Err(FormatProblem::Unknown));
        assert_eq!(Format::names(), ["human", "json"]);
    }
}
