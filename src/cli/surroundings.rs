//! All that the program sees of the world, as values: so that a test can run the
//! whole command line in its own world.

use std::ffi::{OsStr, OsString};
use std::io::{BufRead, BufReader, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// The environment, by name.
pub type Env<'a> = &'a dyn Fn(&str) -> Option<OsString>;

/// The world around one run.
pub struct Surroundings<'a> {
    /// The command line, the program's own name first.
    pub arguments: Vec<OsString>,
    /// The environment.
    pub env: Env<'a>,
    /// The folder that it was started in.
    pub here: PathBuf,
    /// What is handed in, or where answers to questions come from.
    pub stdin: Answers<'a>,
    /// Where data go.
    pub stdout: Stream<'a>,
    /// Where everything else goes.
    pub stderr: Stream<'a>,
    /// The time of the run.
    pub now: jiff::Timestamp,
    /// Set once the person wants it to stop.
    pub interrupted: Arc<AtomicBool>,
}

/// Where a person answers.
pub struct Answers<'a> {
    /// What it is read from.
    pub from: Box<dyn BufRead + Send + 'a>,
    /// Whether a person sits there.
    pub is_terminal: bool,
}

impl Answers<'static> {
    /// The program's stdin.
    pub fn stdin() -> Self {
        let stdin = std::io::stdin();
        Answers { is_terminal: stdin.is_terminal(), from: Box::new(BufReader::new(stdin)) }
    }
}

/// A stream that somebody reads.
pub struct Stream<'a> {
    /// Where it is written to.
    pub to: Box<dyn Write + Send + 'a>,
    /// Whether a person sits there.
    pub is_terminal: bool,
    /// How many cells its lines have, where it says so.
    pub width: Option<usize>,
}

impl Stream<'static> {
    /// The program's stdout.
    pub fn stdout() -> Self {
        let stdout = std::io::stdout();
        let width = terminal_size::terminal_size_of(&stdout).map(|size| usize::from(size.0.0));
        Stream { is_terminal: stdout.is_terminal(), width, to: Box::new(stdout) }
    }

    /// The program's stderr.
    pub fn stderr() -> Self {
        let stderr = std::io::stderr();
        let width = terminal_size::terminal_size_of(&stderr).map(|size| usize::from(size.0.0));
        Stream { is_terminal: stderr.is_terminal(), width, to: Box::new(stderr) }
    }
}

/// The value of a variable as text; what is no UTF-8 is nothing.
pub fn text_of(env: Env<'_>, name: &str) -> Option<String> {
    env(name).as_deref().and_then(OsStr::to_str).map(str::to_owned)
}
