//! Why a run came to nothing: told to the person on stderr, and to programs in
//! the formats that they asked for.

use crate::config::{LoadError, Look, snippet};
use crate::deliver::words::in_words;
use crate::engine::Stop;
use crate::finding::Refusal;
use crate::report::Failure;
use crate::report::failure::Wrong;

use super::exit::Exit;

/// Why a run came to nothing.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The walk was stopped.
    Stopped(Stop),
    /// What was asked for cannot be done.
    Asked {
        /// What is wrong.
        what: String,
        /// What to do; may be empty.
        help: String,
    },
}

impl Trouble {
    pub fn asked(what: impl Into<String>, help: impl Into<String>) -> Self {
        Trouble::Asked { what: what.into(), help: help.into() }
    }

    pub fn exit(&self) -> Exit {
        if matches!(self, Trouble::Stopped(Stop::Interrupted)) { Exit::Interrupted } else { Exit::Failed }
    }

    /// For a person.
    pub fn text(&self, look: Look) -> String {
        match self {
            Trouble::Stopped(Stop::Refused(refusal)) => snippet::refusal(refusal, look),
            Trouble::Stopped(Stop::Problems(problems)) => snippet::problems(problems, look),
            Trouble::Stopped(Stop::Interrupted) => snippet::error(INTERRUPTED, "", look),
            Trouble::Stopped(Stop::Asked { what, help }) | Trouble::Asked { what, help } => {
                snippet::error(what, help, look)
            }
            Trouble::Stopped(Stop::Failed(error)) => {
                let (what, help) = in_words(error);
                snippet::error(&what, help, look)
            }
        }
    }

    /// For programs.
    pub fn failure(&self, command: &str, config: &str) -> Failure {
        let errors = match self {
            Trouble::Stopped(Stop::Refused(refusal)) => vec![Wrong::from(refusal)],
            Trouble::Stopped(Stop::Problems(problems)) => problems.iter().map(Wrong::from).collect(),
            Trouble::Stopped(Stop::Interrupted) => vec![Wrong::plain(INTERRUPTED, "")],
            Trouble::Stopped(Stop::Failed(error)) => {
                let (what, help) = in_words(error);
                vec![Wrong::plain(what, help)]
            }
            Trouble::Stopped(Stop::Asked { what, help }) | Trouble::Asked { what, help } => {
                vec![Wrong::plain(what, help)]
            }
        };
        Failure {
            command: command.into(),
            config: config.into(),
            errors,
            exit: self.exit().code(),
            ..Failure::default()
        }
    }
}

const INTERRUPTED: &str = "stopped by you; nothing half done was left behind";

impl From<Stop> for Trouble {
    fn from(stop: Stop) -> Self {
        Trouble::Stopped(stop)
    }
}

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        Trouble::Stopped(Stop::Refused(refusal))
    }
}

impl From<LoadError> for Trouble {
    fn from(error: LoadError) -> Self {
        Trouble::Stopped(match error {
            LoadError::Refused(refusal) => Stop::Refused(refusal),
            LoadError::Problems(problems) => Stop::Problems(problems),
        })
    }
}
