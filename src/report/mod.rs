//! An outcome as text: for people at a terminal, for programs. A report takes no
//! decision and finds nothing out; one file or folder per format, one trait.

use std::io::{self, Write};

pub mod earlier;
pub mod failure;
pub mod github;
pub mod human;
pub mod json;
pub mod junit;
pub mod markdown;
pub mod options;
pub mod sarif;
pub mod text;
mod told;
mod whereabouts;
pub mod words;

pub use failure::Failure;
pub use github::Github;
pub use human::Human;
pub use json::Json;
pub use junit::Junit;
pub use markdown::Markdown;
pub use options::{By, Only, Options, View};
pub use sarif::Sarif;
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
    /// For a comment or the summary of a job.
    Markdown,
    /// Workflow commands of GitHub Actions.
    Github,
    /// SARIF 2.1.0.
    Sarif,
    /// JUnit's XML.
    Junit,
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
    ("markdown", Some(Format::Markdown)),
    ("html", None),
    ("github", Some(Format::Github)),
    ("sarif", Some(Format::Sarif)),
    ("junit", Some(Format::Junit)),
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
            Format::Markdown => &Markdown,
            Format::Github => &Github,
            Format::Sarif => &Sarif,
            Format::Junit => &Junit,
        }
    }

    /// How many places of each finding it tells.
    pub fn places(self) -> usize {
        match self {
            Format::Human | Format::Markdown | Format::Github | Format::Junit => 20,
            Format::Json => 100,
            Format::Sarif => sarif::MOST_RESULTS,
        }
    }

    /// Whether it tells what each finding is known by.
    pub fn tells_prints(self) -> bool {
        matches!(self, Format::Json | Format::Sarif)
    }

    /// Whether a file that begins so was written in this format by this program.
    pub fn wrote(self, beginning: &str) -> bool {
        match self {
            Format::Human => false,
            Format::Json => beginning.contains("\"offersync/report/"),
            Format::Markdown => beginning.starts_with(markdown::MARK),
            Format::Github => {
                ["::error ", "::warning ", "::notice "].iter().any(|command| beginning.starts_with(command))
            }
            Format::Sarif => beginning.contains("\"name\":\"offersync\""),
            Format::Junit => beginning.contains("<testsuites name=\"offersync "),
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
        assert_eq!(Format::names(), ["human", "json", "markdown", "github", "sarif", "junit"]);
    }
}
