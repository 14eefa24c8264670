//! Before the walk: the config, the channels that were asked for, and files that
//! must not be overwritten.

use std::path::{Path, PathBuf};

use crate::config::{self, Config, FilePath, discover, paths};
use crate::engine::{Feeds, Stop, StopAfter, slips};
use crate::finding::Refusal;
use crate::model::suggestion;

use super::args::Common;
use super::channels;
use super::run::Run;
use super::surroundings::{Env, text_of};
use super::trouble::Trouble;

/// The config that was named, on the command line or in the environment.
pub(super) fn named(common: &Common, env: Env<'_>) -> Option<PathBuf> {
    let of_environment = || env("OFFERSYNC_CONFIG").filter(|path| !path.is_empty()).map(PathBuf::from);
    common.config.clone().or_else(of_environment)
}

/// What can be read of the config at a path that starts from a folder.
pub(super) fn read(path: &Path, here: &Path, env: Env<'_>) -> Result<config::Draft, Refusal> {
    let env = |name: &str| text_of(env, name);
    let surroundings = config::Surroundings { built_in: &channels::built_in(), env: &env };
    config::draft(&here.join(path), &path.display().to_string(), surroundings)
}

/// The config at a path that starts from a folder.
pub(super) fn load(path: &Path, here: &Path, env: Env<'_>) -> Result<Config, Trouble> {
    let draft = read(path, here, env)?;
    match draft.is_clean() {
        true => draft.finished().map_err(|problems| Stop::Problems(problems).into()),
        false => Err(Stop::Problems(slips::of_draft(draft)).into()),
    }
}

impl Run<'_> {
    /// The config that was named, or the nearest one; with another master where one was asked for.
    pub fn config(&mut self) -> Result<Config, Trouble> {
        self.config_path = discover::find(named(self.common, self.env).as_deref(), &self.here)?;
        load(&self.config_path, &self.here, self.env)
    }

    /// Another master than the config's, where one was asked for.
    pub fn master(&self, config: &Config) -> Result<Option<FilePath>, Trouble> {
        let Some(master) = &self.common.master else { return Ok(None) };
        let (shown, path) = (master.display().to_string(), self.place_of(master));
        let is_master = |feed: &FilePath| paths::same_file(&feed.path, &path);
        let feeds = config.channels.iter().find(|channel| channel.feed.as_ref().is_some_and(is_master));
        match feeds {
            Some(channel) => {
                let what = format!("the master {shown} is the feed of `{}`", channel.name.text);
                Err(Trouble::asked(what, "it would be overwritten: name another file"))
            }
            None => Ok(Some(FilePath { shown, path, bytes: config.master.file.bytes.clone() })),
        }
    }

    /// The channels that were asked for, by number, in the config's order.
    pub fn channels(&self, config: &Config, is_given: bool) -> Result<Vec<usize>, Trouble> {
        // of feeds that are given the names are those of feeds
        if is_given {
            return Ok(Vec::new());
        }
        let asked_for = &self.job.channels;
        let names = || config.channels.iter().map(|channel| channel.name.text.as_str());
        if let Some(unknown) = asked_for.iter().find(|asked| names().all(|name| name != *asked)) {
            let what = format!("{} has no channel `{unknown}`", self.config_path.display());
            return Err(Trouble::asked(what, suggestion(unknown, names(), "the config")));
        }
        // a channel comes with its further documents
        let is_of = |name: &str, asked: &str| name == asked || name.split_once('.').is_some_and(|of| of.0 == asked);
        let is_asked = |name: &str| asked_for.is_empty() || asked_for.iter().any(|asked| is_of(name, asked));
        let asked: Vec<usize> = (0..).zip(names()).filter(|entry| is_asked(entry.1)).map(|entry| entry.0).collect();
        let writes = self.job.stop_after == StopAfter::Render && matches!(self.job.feeds, Feeds::Write | Feeds::Check);
        let channels = asked.iter().filter_map(|number| config.channels.get(*number));
        match channels.clone().find(|channel| writes && channel.feed.is_none()) {
            Some(channel) => {
                let (name, config) = (&channel.name.text, self.config_path.display());
                let help = format!("give it one in {config}, `feed: out/{name}.xml`, or say --to DIR");
                Err(Trouble::asked(format!("`{name}` has no feed to write"), help))
            }
            None => Ok(asked),
        }
    }

    /// A report that would take the place of an input or a feed is a slip.
    pub fn refuse_to_overwrite(&mut self, config: &Config) -> Result<(), Trouble> {
        let outputs = &self.job.outputs.output;
        let files = config.files();
        for (number, output) in outputs.iter().enumerate() {
            let path = self.place_of(&output.path);
            let mut earlier = outputs.iter().take(number).map(|other| self.place_of(&other.path));
            let is_baseline = self.job.baseline.is_some_and(|file| paths::same_file(&self.place_of(file), &path));
            let role = if is_baseline {
                Some("the baseline".to_owned())
            } else if earlier.any(|other| paths::same_file(&other, &path)) {
                Some("another report".to_owned())
            } else {
                files.iter().find(|file| paths::same_file(&file.1, &path)).map(|file| file.0.clone())
            };
            if let Some(role) = role {
                let what = format!("the report {} is {role}", output.path.display());
                return Err(Trouble::asked(what, "it would be overwritten: name another file"));
            }
        }
        self.outputs_are_safe = true;
        Ok(())
    }
}
