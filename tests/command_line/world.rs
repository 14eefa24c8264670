//! A world to run the command line in: its own folder, environment and clock.

use std::ffi::OsString;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use offersync::cli::{self, Answers, Exit, Stream, Surroundings};
use offersync::engine::{Outcome, Request, Stop};

/// What came of a run.
#[derive(Debug)]
pub struct Ran {
    pub exit: Exit,
    pub stdout: String,
    pub stderr: String,
}

/// A world that is not run yet.
pub struct World {
    pub here: PathBuf,
    pub env: Vec<(&'static str, OsString)>,
    pub is_terminal: bool,
    /// What a person types, where there is a terminal.
    pub answers: &'static str,
    /// How the reader of stdout is lost, if he is.
    pub stdout_fails: Option<ErrorKind>,
}

impl World {
    pub fn at(here: &Path) -> Self {
        World {
            here: here.to_owned(),
            env: vec![("LANG", "uk_UA.UTF-8".into())],
            is_terminal: false,
            answers: "",
            stdout_fails: None,
        }
    }

    pub fn run(&self, arguments: &[&str], walk: &dyn Fn(&Request<'_>) -> Result<Outcome, Stop>) -> Ran {
        let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
        let env = |name: &str| self.env.iter().find(|pair| pair.0 == name).map(|pair| pair.1.clone());
        let is_terminal = self.is_terminal;
        let failing = self.stdout_fails.map(Failing);
        let to: Box<dyn Write + Send + '_> = match failing {
            Some(failing) => Box::new(failing),
            None => Box::new(&mut stdout),
        };
        let world = Surroundings {
            arguments: std::iter::once("offersync").chain(arguments.iter().copied()).map(OsString::from).collect(),
            env: &env,
            here: self.here.clone(),
            stdin: Answers { from: Box::new(self.answers.as_bytes()), is_terminal },
            stdout: Stream { to, is_terminal, width: None },
            stderr: Stream { to: Box::new(&mut stderr), is_terminal, width: None },
            now: "2026-11-21T10:00:00Z".parse().unwrap(),
            interrupted: Arc::new(AtomicBool::new(false)),
        };
        let exit = cli::run(world, walk);
        Ran { exit, stdout: String::from_utf8(stdout).unwrap(), stderr: String::from_utf8(stderr).unwrap() }
    }
}

/// A stream that takes nothing.
struct Failing(ErrorKind);

impl Write for Failing {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(self.0.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Err(self.0.into())
    }
}
