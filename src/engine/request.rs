//! What one run is asked to do: the same walk for every command, stopped at
//! different places.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::config::{Config, FilePath};
use crate::finding::{Baseline, Keep, Refusal};
use crate::wire::fetch::Network;
use crate::wire::yaml::Problem;

use super::given::Given;
use super::progress::Progress;
use super::severities::Severities;
use super::sku::SkuPattern;
use super::threads::Threads;
use super::times::Times;

/// One run.
#[derive(Clone)]
pub struct Request<'a> {
    /// Where the walk ends.
    pub stop_after: StopAfter,
    /// The config.
    pub config: &'a Config,
    /// The channels to look at, by number in the config, in its order.
    pub channels: Vec<usize>,
    /// Another master than the config's.
    pub master: Option<FilePath>,
    /// Only these SKUs; any where it is empty. Never together with rendering.
    pub only: Vec<SkuPattern>,
    /// What becomes of the feeds.
    pub feeds: Feeds,
    /// Guards that are opened for this run.
    pub allow: Vec<Allow>,
    /// How many places of each finding are kept.
    pub places: usize,
    /// Whether a report names the listings of a channel that has nothing yet; else it is enough to count them.
    pub names_all_new: bool,
    /// What else is noted of findings.
    pub watch: Watch,
    /// Codes that are made something else.
    pub severities: Severities,
    /// How many threads may work.
    pub threads: Threads,
    /// The time of the run: what feeds are dated with.
    pub now: jiff::Timestamp,
    /// Who is told where the time goes, where anybody asks.
    pub times: Option<&'a Times>,
    /// What may be read from addresses.
    pub network: Network,
    /// Feeds that are looked at by themselves, by no config and no master.
    pub given: Option<Given>,
    /// Who is told how far it has come.
    pub progress: &'a dyn Progress,
    /// Set once the person wants it to stop: nothing half done may be left behind.
    pub interrupted: &'a AtomicBool,
}

/// What is noted of findings beside some of their places.
#[derive(Debug, Clone, Default)]
pub struct Watch {
    /// What each is known by.
    pub prints: bool,
    /// What is known already, and is put aside.
    pub baseline: Option<Arc<Baseline>>,
}

/// Where the walk ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StopAfter {
    /// The listings are checked.
    Validate,
    /// They are compared with what the channel has, and the guards have spoken.
    Diff,
    /// The feeds are rendered and read back.
    Render,
}

/// What becomes of rendered feeds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Feeds {
    /// Each takes the place of the one at `feed`.
    #[default]
    Write,
    /// Each is written to this folder, named after its channel.
    WriteTo(PathBuf),
    /// Each is compared with the one at `feed`; nothing is written.
    Check,
    /// Each is rendered and written nowhere.
    Discard,
}

/// A guard that is opened for one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allow {
    /// `max-delete`.
    pub guard: &'static str,
    /// So many and not one more; `None` for a guard without a figure.
    pub count: Option<u64>,
}

/// Why a run has no outcome. What was found out by then is of no use: nothing was written.
#[derive(Debug)]
pub enum Stop {
    /// An input cannot be trusted.
    Refused(Refusal),
    /// A config or a description does not fit what it speaks of.
    Problems(Vec<Problem>),
    /// The person stopped it.
    Interrupted,
    /// What was asked for makes no sense.
    Asked {
        /// What is wrong.
        what: String,
        /// What to do; may be empty.
        help: String,
    },
    /// Something else went wrong: a full disk, a missing right.
    Failed(anyhow::Error),
}

impl StopAfter {
    /// The command that stops there.
    pub fn name(self) -> &'static str {
        match self {
            StopAfter::Validate => "validate",
            StopAfter::Diff => "diff",
            StopAfter::Render => "render",
        }
    }
}

impl Request<'_> {
    /// Whether an offer or listing of this key is looked at.
    pub fn looks_at(&self, key: &str) -> bool {
        // each is asked: one that nothing fits is told
        self.only.is_empty() || self.only.iter().filter(|pattern| pattern.meets(key)).count() > 0
    }

    /// What is kept of findings: where some SKUs were asked for, theirs.
    pub fn keep(&self) -> Keep {
        let keep = self.keep_of("");
        if self.only.is_empty() {
            return keep;
        }
        let only = self.only.clone();
        keep.only(move |key| only.iter().any(|pattern| pattern.fits(key)))
    }

    /// What is kept of a channel's own findings; of the catalog's without a name.
    pub fn keep_of(&self, channel: &str) -> Keep {
        let Watch { prints, baseline } = &self.watch;
        Keep::from(self.places).of_channel(channel).prints(*prints).beyond(baseline.clone())
    }

    /// Ends the walk where the person wants it to stop.
    pub fn go_on(&self) -> Result<(), Stop> {
        if self.interrupted.load(Ordering::Relaxed) { Err(Stop::Interrupted) } else { Ok(()) }
    }

    /// Whether a guard that counts this many is opened for this run.
    pub fn allows(&self, guard: &str, count: u64) -> bool {
        let opened = |allow: &Allow| allow.guard == guard && allow.count.is_none_or(|allowed| count <= allowed);
        self.allow.iter().any(opened)
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Stop::Refused(refusal)
    }
}

impl From<Vec<Problem>> for Stop {
    fn from(problems: Vec<Problem>) -> Self {
        Stop::Problems(problems)
    }
}

impl From<anyhow::Error> for Stop {
    fn from(error: anyhow::Error) -> Self {
        match error.downcast::<Refusal>() {
            Ok(refusal) => Stop::Refused(refusal),
            Err(error) => Stop::Failed(error),
        }
    }
}

impl fmt::Debug for Request<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Request")
            .field("stop_after", &self.stop_after)
            .field("channels", &self.channels)
            .field("master", &self.master)
            .field("only", &self.only)
            .field("feeds", &self.feeds)
            .field("allow", &self.allow)
            .field("places", &self.places)
            .field("severities", &self.severities)
            .field("threads", &self.threads)
            .finish_non_exhaustive()
    }
}
