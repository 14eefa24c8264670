//! Why there is no outcome: an input that was refused, a config with problems,
//! or anything else that the program could not do.

use crate::engine::outcome::Whereabouts;
use crate::finding::Refusal;
use crate::wire::yaml::Problem;

/// Why nothing was computed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Failure {
    /// The command that was asked for.
    pub command: String,
    /// The config's path; empty where none was found or needed.
    pub config: String,
    /// What is wrong, in the order in which it should be read; at least one.
    pub errors: Vec<Wrong>,
    /// The code that the program will end with.
    pub exit: u8,
    /// Where the program was started, and what is named from there.
    pub whereabouts: Whereabouts,
}

/// One thing that is wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wrong {
    /// `config/unknown-key`; empty where there is no code for it.
    pub code: String,
    /// What is wrong, value quoted.
    pub message: String,
    /// What to do; may be empty.
    pub help: String,
    /// The file; empty where none is to blame.
    pub file: String,
    /// Line from 1.
    pub line: Option<u64>,
    /// Column from 1, in characters.
    pub column: Option<u64>,
    /// The line's text; empty where there is none to show.
    pub text: String,
    /// How many characters are marked in it.
    pub marked: usize,
    /// Said at the mark; may be empty.
    pub label: String,
}

impl From<&Refusal> for Wrong {
    fn from(refusal: &Refusal) -> Self {
        Wrong {
            message: refusal.to_string(),
            help: refusal.help.clone(),
            file: refusal.input.clone(),
            line: refusal.line,
            column: refusal.column,
            text: refusal.text.clone(),
            marked: 1,
            ..Wrong::default()
        }
    }
}

impl From<&Problem> for Wrong {
    fn from(problem: &Problem) -> Self {
        let (line, column) = problem.line_and_column();
        let text = problem.document.text.lines().nth(line.saturating_sub(1)).unwrap_or("");
        let marked = problem.document.text.get(problem.bytes.clone()).unwrap_or("");
        let marked = marked.lines().next().unwrap_or("").chars().count();
        Wrong {
            code: problem.code.into(),
            message: problem.what.clone(),
            help: problem.help.clone(),
            file: problem.document.name.clone(),
            line: u64::try_from(line).ok(),
            column: u64::try_from(column).ok(),
            text: text.into(),
            marked: marked.max(1),
            label: problem.label.clone(),
        }
    }
}

impl Wrong {
    /// Something that has no place: a message and what to do.
    pub fn plain(message: impl Into<String>, help: impl Into<String>) -> Self {
        Wrong { message: message.into(), help: help.into(), ..Wrong::default() }
    }
}
