//! Where words go and how they look there: data to stdout and to files, all the
//! rest to stderr. A reader who has left is no fault.

use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::Path;

use crate::config;
use crate::deliver::file::Draft;
use crate::report::Look;

use super::args::{Common, When};
use super::exit::Exit;
use super::surroundings::{Env, Stream};
use super::terminal;
use super::trouble::Trouble;
use crate::deliver::words::in_words;

/// The two streams of a run.
pub(super) struct Voice<'w> {
    stdout: Stream<'w>,
    stderr: Stream<'w>,
    color: When,
    env: Env<'w>,
}

impl<'w> Voice<'w> {
    pub fn new(stdout: Stream<'w>, stderr: Stream<'w>, env: Env<'w>, common: &Common) -> Self {
        Voice { stdout, stderr, color: common.color, env }
    }

    /// How data look on stdout.
    pub fn look(&self) -> Look {
        Look {
            colour: terminal::color(self.color, self.env, self.stdout.is_terminal),
            width: terminal::width(self.env, self.stdout.width),
            unicode: terminal::unicode(self.env),
            is_terminal: self.stdout.is_terminal,
        }
    }

    /// How messages look on stderr.
    pub fn message_look(&self) -> config::Look {
        let color = terminal::color(self.color, self.env, self.stderr.is_terminal);
        config::Look { color, width: terminal::width(self.env, self.stderr.width) }
    }

    /// Whether a person looks at the messages.
    pub fn has_company(&self) -> bool {
        self.stderr.is_terminal
    }

    /// Whether marks beyond ASCII can be shown.
    pub fn unicode(&self) -> bool {
        terminal::unicode(self.env)
    }

    /// Where messages go.
    pub fn messages(&mut self) -> &mut (dyn Write + Send + 'w) {
        self.stderr.to.as_mut()
    }

    /// Says something on stderr; nobody is left to be told where that fails.
    pub fn say(&mut self, text: &str) {
        let _ = self.stderr.to.write_all(text.as_bytes());
        let _ = self.stderr.to.flush();
    }

    /// Ends what either wrote its data or says on stderr why not.
    pub fn end(&mut self, told: Result<(), Trouble>) -> Exit {
        let Err(trouble) = told else { return Exit::Clean };
        let text = trouble.text(self.message_look());
        self.say(&text);
        trouble.exit()
    }

    /// Writes data to stdout. A reader who closed the pipe has seen enough.
    pub fn data(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Trouble> {
        let mut buffered = BufWriter::with_capacity(1 << 16, &mut self.stdout.to);
        match write(&mut buffered).and_then(|()| buffered.flush()) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                // what was not written yet is wanted by nobody
                let _ = buffered.into_parts();
                Ok(())
            }
            Err(error) => Err(Trouble::asked(format!("cannot write to stdout: {error}"), "")),
            Ok(()) => Ok(()),
        }
    }
}

/// Writes a report to a file: it takes its place only when it is complete.
pub(super) fn file(
    path: &Path,
    shown: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Trouble> {
    let put = || -> anyhow::Result<()> {
        let mut draft = Draft::begin(path)?;
        write(&mut draft)?;
        draft.finish()?.put_in_place()?.make_last()
    };
    put().map_err(|error| {
        let (what, help) = in_words(&error);
        Trouble::asked(format!("cannot write the report {}: {what}", shown.display()), help)
    })
}
