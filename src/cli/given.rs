//! `--as CHANNEL`: feeds by themselves, without a config. Here it is found out what was named: files, patterns of files,
//! stdin, addresses; and the channel whose rules count.

use std::path::{Path, PathBuf};

use glob::{MatchOptions, Pattern, glob_with};

use crate::channel::registry;
use crate::config::{Config, FilePath, paths};
use crate::engine::{ByRules, Given, Origin, StopAfter};
use crate::finding::Refusal;
use crate::model::suggestion;
use crate::wire::fetch::{Address, Network, is_address};
use crate::wire::input::Kept;

use super::args::Common;
use super::run::Run;
use super::surroundings::{Env, text_of};
use super::trouble::Trouble;

/// What stdin is called, on the command line and in reports.
const STDIN: (&str, &str) = ("-", "stdin");
/// What makes a pattern of a path.
const OF_A_PATTERN: [char; 3] = ['*', '?', '['];

impl Run<'_> {
    /// What is looked at by itself; `None` where a config says what is looked at.
    pub fn given(&mut self) -> Result<Option<Given>, Trouble> {
        let Some(by) = self.job.rules else { return Ok(None) };
        let by = self.by_rules(by)?;
        let named = self.job.channels;
        let mut feeds = Vec::new();
        for name in named {
            self.add_feeds(name, &mut feeds)?;
        }
        let is_diff = self.job.stop_after == StopAfter::Diff;
        match (is_diff, feeds.len()) {
            (true, 2) | (false, 1..) => {}
            (true, count) => {
                let what = format!("`diff --as` compares two feeds, and {count} were named");
                return Err(Trouble::asked(what, "name the older one, then the newer one"));
            }
            (false, _) => {
                let help = "name a file, an address, or `-` for stdin";
                return Err(Trouble::asked("`validate --as` was given no feed", help));
            }
        }
        self.refuse_to_overwrite_feeds(&feeds)?;
        Ok(Some(Given { by, feeds }))
    }

    fn by_rules(&self, by: &str) -> Result<ByRules, Trouble> {
        if by == "auto" {
            return Ok(ByRules::Auto);
        }
        if by.contains('/') || by.ends_with(".yaml") || by.ends_with(".yml") {
            return Ok(ByRules::Described(self.file(Path::new(by))));
        }
        let (name, part) = by.split_once('.').map_or((by, None), |(name, part)| (name, Some(part.to_owned())));
        if registry::text(name).is_some() {
            return Ok(ByRules::BuiltIn(name.to_owned(), part));
        }
        let near = suggestion(name, registry::names().chain(["auto"]), "`offersync channels`");
        let help = format!("{near}; one of your own is named by its file: --as ./{name}.yaml");
        Err(Trouble::asked(format!("there is no built-in channel `{name}`"), help))
    }

    fn file(&self, path: &Path) -> FilePath {
        FilePath { shown: path.display().to_string(), path: self.place_of(path), bytes: 0..0 }
    }

    fn add_feeds(&mut self, name: &str, feeds: &mut Vec<Origin>) -> Result<(), Trouble> {
        if name == STDIN.0 {
            let is_stdin = |feed: &Origin| matches!(feed, Origin::Kept(kept) if kept.shown_as() == STDIN.1);
            if feeds.iter().any(is_stdin) {
                return Err(Trouble::asked("stdin was named twice", "it can be read once: save one of the two"));
            }
            feeds.push(Origin::Kept(Kept::of_pipe(STDIN.1, &mut self.stdin)?));
        } else if is_address(name) {
            let wrong = |wrong: crate::wire::fetch::WrongAddress| Refusal::whole(&wrong.shown, wrong.what, wrong.help);
            feeds.push(Origin::Address(Address::read(name).map_err(wrong)?));
        } else if name.contains(OF_A_PATTERN) && self.place_of(Path::new(name)).symlink_metadata().is_err() {
            let found = self.matching(name)?;
            feeds.extend(found.iter().map(|path| Origin::File(self.file(path))));
        } else {
            feeds.push(Origin::File(self.file(Path::new(name))));
        }
        Ok(())
    }

    /// The files that a pattern stands for, where no shell has spelled it out; in order.
    fn matching(&self, pattern: &str) -> Result<Vec<PathBuf>, Trouble> {
        let here = self.here.display().to_string();
        let whole = match Path::new(pattern).is_absolute() {
            true => pattern.to_owned(),
            false => format!("{}/{pattern}", Pattern::escape(&here)),
        };
        let options =
            MatchOptions { require_literal_separator: true, require_literal_leading_dot: true, ..MatchOptions::new() };
        let wrong = |what: String| Trouble::asked(format!("«{pattern}»: {what}"), "put the name of a file in quotes");
        let mut found = Vec::new();
        for path in glob_with(&whole, options).map_err(|error| wrong(error.msg.to_owned()))? {
            let path = path.map_err(|error| wrong(error.error().to_string()))?;
            if !path.is_dir() {
                found.push(path.strip_prefix(&self.here).map(Path::to_owned).unwrap_or(path));
            }
        }
        match found.is_empty() {
            true => {
                Err(Trouble::asked(format!("no file is called as «{pattern}» says"), "check the path and its spelling"))
            }
            false => Ok(found),
        }
    }

    /// A report that would take the place of a feed is a slip.
    fn refuse_to_overwrite_feeds(&mut self, feeds: &[Origin]) -> Result<(), Trouble> {
        for output in &self.job.outputs.output {
            let path = self.place_of(&output.path);
            let is_it = |feed: &&Origin| matches!(feed, Origin::File(file) if paths::same_file(&file.path, &path));
            if let Some(feed) = feeds.iter().find(is_it) {
                let what = format!("the report {} is the feed {}", output.path.display(), feed.shown());
                return Err(Trouble::asked(what, "it would be overwritten: name another file"));
            }
        }
        Ok(())
    }
}

/// What may be read from the network: flags before the environment before the config.
pub(super) fn network(common: &Common, config: &Config, env: Env<'_>) -> Result<Network, Trouble> {
    let said = |name: &str| match text_of(env, name).as_deref() {
        None | Some("") => Ok(None),
        Some("true" | "1" | "yes") => Ok(Some(true)),
        Some("false" | "0" | "no") => Ok(Some(false)),
        Some(other) => Err(Trouble::asked(format!("{name} is «{other}»"), "it is true or false")),
    };
    Ok(Network {
        offline: common.offline || said("OFFERSYNC_OFFLINE")?.unwrap_or(false),
        private: common.private || said("OFFERSYNC_NETWORK_PRIVATE")?.unwrap_or(config.network.private),
        ..config.network
    })
}
