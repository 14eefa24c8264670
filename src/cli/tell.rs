//! After the walk: reports to stdout and to files, hints for a person, or why
//! nothing came of it.

use std::io::{Read, Write};
use std::path::Path;

use crate::config::paths;
use crate::engine::outcome::SkuAsked;
use crate::engine::{Outcome, StopAfter};
use crate::report::{Format, Look, Sheet};

use super::exit::{self, Exit};
use super::later;
use super::run::Run;
use super::trouble::Trouble;
use super::voice;

/// So many bytes tell a report of ours.
const BEGINNING: u64 = 256;

impl Run<'_> {
    /// Writes all reports of an outcome, and says how the program ends.
    pub fn report(&mut self, outcome: &Outcome) -> Exit {
        let exit = exit::of(outcome, self.job.stop_after, &self.job.feeds, self.job.exit_zero);
        self.job.options.exit = exit.code();
        if self.common.verbose && !outcome.master.guesses.is_empty() {
            self.voice.say(&format!("{}: {}\n", outcome.master.path, outcome.master.guesses.join(", ")));
        }
        self.job.options.now = Some(self.now);
        let written = self.write_reports(outcome);
        if !self.job.options.quiet {
            outcome.unused.iter().for_each(|said| self.voice.say(&unused(said)));
        }
        for sku in outcome.skus.iter().filter(|sku| !sku.is_met) {
            self.voice.say(&unknown(sku, self.job.stop_after));
        }
        if !self.stages.is_empty() {
            let (look, stages) = (self.voice.look(), self.stages.iter());
            let took = stages.map(|(stage, took)| format!("{stage} {}", look.elapsed(*took)));
            let line = format!("time, all threads together: {}\n", took.collect::<Vec<_>>().join(", "));
            self.voice.say(&line);
        }
        match written {
            Ok(()) => exit,
            Err(trouble) => {
                self.complain(&trouble);
                trouble.exit()
            }
        }
    }

    fn write_reports(&mut self, outcome: &Outcome) -> Result<(), Trouble> {
        let options = &self.job.options;
        for output in &self.job.outputs.output {
            let sheet = Sheet { outcome, options, look: &Look::PLAIN };
            let write = |out: &mut dyn Write| output.format.report().outcome(sheet, out);
            voice::file(&self.here.join(&output.path), &output.path, write)?;
        }
        let (report, look) = (self.job.outputs.format.report(), self.voice.look());
        let sheet = Sheet { outcome, options, look: &look };
        self.voice.data(|out| report.outcome(sheet, out))?;
        if self.voice.has_company() && !options.quiet {
            let mut hints = report.hints(sheet);
            hints.retain(|hint| hint.split_whitespace().all(|word| later::command(word).is_none()));
            if !hints.is_empty() {
                self.voice.say(&format!("hint: {}\n", hints.join("    ")));
            }
        }
        Ok(())
    }

    /// Tells why nothing came of it: a person on stderr, programs where they asked to be told.
    pub fn tell(&mut self, trouble: &Trouble) -> Exit {
        self.complain(trouble);
        let mut failure = trouble.failure(self.job.name, &self.config_path.display().to_string());
        failure.whereabouts = self.whereabouts();
        for output in self.job.outputs.output.iter().filter(|output| output.format != Format::Human) {
            let path = self.here.join(&output.path);
            if !self.outputs_are_safe && !self.is_free_or_ours(&path, output.format) {
                continue;
            }
            let write = |out: &mut dyn Write| output.format.report().failure(&failure, &Look::PLAIN, out);
            if let Err(worse) = voice::file(&path, &output.path, write) {
                self.voice.say(&worse.text(self.voice.message_look()));
            }
        }
        if self.job.outputs.format != Format::Human {
            let report = self.job.outputs.format.report();
            // a stdout that is full cannot make it worse
            let _ = self.voice.data(|out| report.failure(&failure, &Look::PLAIN, out));
        }
        trouble.exit()
    }

    /// Whether a report can take this place although nobody knows yet what the config names: nothing is
    /// there, or a report of ours that nobody reads.
    fn is_free_or_ours(&self, path: &Path, format: Format) -> bool {
        if self.job.baseline.is_some_and(|file| paths::same_file(&self.place_of(file), path)) {
            return false;
        }
        match std::fs::File::open(path) {
            Ok(file) => {
                let mut beginning = Vec::new();
                let read = file.take(BEGINNING).read_to_end(&mut beginning);
                read.is_ok() && format.wrote(&String::from_utf8_lossy(&beginning))
            }
            Err(error) => error.kind() == std::io::ErrorKind::NotFound,
        }
    }

    fn complain(&mut self, trouble: &Trouble) {
        let text = trouble.text(self.voice.message_look());
        self.voice.say(&text);
    }
}

/// That nothing is called as `--sku` says, and what was probably meant.
fn unknown(sku: &SkuAsked, stop_after: StopAfter) -> String {
    let of = if stop_after == StopAfter::Validate { "no offer is" } else { "no offer and no listing is" };
    let parts: Vec<&str> = sku.pattern.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let help = match &sku.near {
        Some(near) => format!("upper and lower case count: `--sku {near}`"),
        None if parts.len() > 1 => format!("name each by itself: `--sku {}`", parts.join(" --sku ")),
        None => "look it up in the master; `*` is any number of characters, `?` is one".to_owned(),
    };
    format!("error: {of} called as `--sku {}` says\n  = help: {help}\n", sku.pattern)
}

/// That a severity was changed for nothing.
fn unused(said: &str) -> String {
    format!(
        "note: nothing was found under {said}\n  = help: leave it out, or it will hide or fail what nobody thinks of\n"
    )
}
