//! What a command line says of findings: how bad codes are, and which are known already.

use std::fs::File;
use std::io::{BufReader, ErrorKind};
use std::path::Path;
use std::sync::Arc;

use crate::config::Config;
use crate::engine::{Override, Severities, Watch};
use crate::finding::{Baseline, Level, Refusal, Severity};
use crate::report::earlier;

use super::args;
use super::run::Run;
use super::trouble::Trouble;

/// Behind `--deny`: not one code, but everything that is a warning.
const WARNINGS: &str = "warnings";

/// What the flags say; the same code under two of them is a slip.
pub(super) fn severities(asked: &args::Severity) -> Result<Severities, Trouble> {
    let flags = [
        ("-A", Level::Allow, &asked.allowed),
        ("-W", Level::As(Severity::Warning), &asked.warned),
        ("-D", Level::As(Severity::Error), &asked.denied),
    ];
    let mut severities = Severities::default();
    for (flag, level, codes) in flags {
        for code in codes {
            if code == WARNINGS && flag == "-D" {
                severities.deny_warnings = true;
                continue;
            }
            match severities.given.iter().find(|given| given.code == *code) {
                Some(other) if other.flag != flag => {
                    let what = format!("`{code}` stands behind {} and behind {flag}", other.flag);
                    return Err(Trouble::asked(what, "say only one of them"));
                }
                Some(_) => {}
                None => severities.given.push(Override { code: code.clone(), level, flag }),
            }
        }
    }
    Ok(severities)
}

impl Run<'_> {
    /// What is noted of findings: what each is known by where a report tells it, and what is known already.
    pub fn watch(&self, config: &Config, channels: &[usize]) -> Result<Watch, Trouble> {
        let prints = self.job.formats().any(|format| format.tells_prints());
        let Some(path) = self.job.baseline else { return Ok(Watch { prints, baseline: None }) };
        let mut baseline = read(&self.place_of(path), &path.display().to_string())?;
        // feeds by themselves are of the channels that they are found to be of
        if !config.channels.is_empty() {
            let channels = channels.iter().filter_map(|number| config.channels.get(*number));
            baseline.only(&channels.map(|channel| channel.name.text.as_str()).collect::<Vec<_>>());
        }
        Ok(Watch { prints, baseline: Some(Arc::new(baseline)) })
    }
}

fn read(path: &Path, shown_as: &str) -> Result<Baseline, Refusal> {
    let file = File::open(path).map_err(|error| {
        let what = match error.kind() {
            ErrorKind::NotFound => "there is no such file".to_owned(),
            _ => error.to_string(),
        };
        Refusal::whole(shown_as, what, "an earlier report is made by `offersync validate -o json=FILE`")
    })?;
    earlier::baseline(BufReader::with_capacity(1 << 16, file), shown_as)
}
