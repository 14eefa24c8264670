//! Feeds that somebody gives, by nobody's config: judged by a channel's rules and by all that an export tells, or two of
//! them compared. Each is read as every export is; nothing is known of a master.

mod beside;
mod channel;
mod common;
mod equal;
mod judge;
mod pair;
mod spots;
mod stored;
mod told;
mod which;

use beside::Beside;

use super::origin::Origin;
use super::outcome::{ChannelOutcome, Outcome};
use super::pipeline::asked;
use super::request::{Request, Stop, StopAfter};
use crate::config::FilePath;
use crate::finding::Refusal;

/// What is given.
#[derive(Debug, Clone)]
pub struct Given {
    /// The channel whose rules count.
    pub by: ByRules,
    /// The feeds; of two that are compared the older one first.
    pub feeds: Vec<Origin>,
}

/// The channel whose rules count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ByRules {
    /// The one whose document it is, as far as that can be seen.
    Auto,
    /// A built-in one, by its name; and one of its further documents.
    BuiltIn(String, Option<String>),
    /// One that somebody described.
    Described(FilePath),
}

/// Judges the feeds, or compares two.
pub fn run(request: &Request<'_>, given: &Given) -> Result<Outcome, Stop> {
    let channels = channel::candidates(request.config, &given.by)?;
    let mut outcome = match (request.stop_after, given.feeds.as_slice()) {
        (StopAfter::Diff, [old, new]) => pair::compared(request, &channels, old, new)?,
        (StopAfter::Diff, feeds) => {
            let what = format!("two feeds are compared, and {} were given", feeds.len());
            return Err(Stop::Failed(anyhow::anyhow!(what)));
        }
        _ => validated(request, &channels, &given.feeds)?,
    };
    request.go_on()?;
    outcome.command = request.stop_after.name().to_owned();
    outcome.skus = request.only.iter().map(asked).collect();
    request.progress.done();
    Ok(outcome)
}

/// A feed, come from where it is; a person who stopped that is not told of a fault.
fn come(request: &Request<'_>, feed: &Origin) -> Result<Origin, Stop> {
    let came = feed.come(request);
    request.go_on()?;
    Ok(came?)
}

fn validated(request: &Request<'_>, channels: &[channel::Channel], feeds: &[Origin]) -> Result<Outcome, Stop> {
    let (mut outcome, mut beside) = (Outcome::default(), Beside::default());
    for feed in feeds {
        request.go_on()?;
        let judged = match judge::judged(request, channels, feed, &mut beside) {
            Err(Stop::Refused(refusal)) if feeds.len() > 1 => failed(channels, refusal),
            judged => judged?,
        };
        outcome.channels.push(judged);
    }
    beside.tell(request, &mut outcome);
    Ok(outcome)
}

/// One of several feeds cannot be trusted: the others are judged all the same.
fn failed(channels: &[channel::Channel], refusal: Refusal) -> ChannelOutcome {
    let (id, title) = match channels {
        [one] => (one.id.clone(), one.description.title.clone()),
        _ => ("auto".to_owned(), String::new()),
    };
    ChannelOutcome { id, title, failed: Some(refusal), ..ChannelOutcome::default() }
}
