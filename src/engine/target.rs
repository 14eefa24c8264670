//! Where a channel's feed goes, and which file shows what the channel has now.

use crate::config::{ChannelConfig, FilePath};
use crate::deliver::file;
use crate::finding::Refusal;

use super::origin::Origin;
use super::outcome::Overdue;
use super::request::{Feeds, Request, StopAfter};

/// What shows what a channel has now.
#[derive(Debug)]
pub struct Shows {
    /// Where it is.
    pub origin: Origin,
    /// It is an export, and not a feed of ours.
    pub is_export: bool,
    /// It is the feed that this run replaces.
    pub is_replaced: bool,
}

/// Where a channel's feed goes; nowhere when it is discarded.
pub fn target(request: &Request<'_>, channel: &ChannelConfig) -> Option<FilePath> {
    let feed = channel.feed.as_ref()?;
    match &request.feeds {
        Feeds::Discard => None,
        Feeds::Write | Feeds::Check => Some(feed.clone()),
        Feeds::WriteTo(folder) => {
            let path = folder.join(format!("{}{}", channel.name.text, ending(&feed.shown)));
            Some(FilePath { shown: path.display().to_string(), path, bytes: feed.bytes.clone() })
        }
    }
}

/// The file that a channel's listings are compared with. A diff asks the export first, a render the feed that it
/// replaces; each takes another where the first is not there, so that the guards have something to look at. A feed
/// that was not rendered yet is no mistake; an export that is named and not there is one. What can never be
/// replaced is refused before anything is read: a pipe would be waited for without end.
pub fn shows(request: &Request<'_>, channel: &ChannelConfig) -> Result<Option<Shows>, Refusal> {
    let export = || {
        let origin = channel.export.clone().map(Origin::from);
        origin.map(|origin| Shows { origin, is_export: true, is_replaced: false })
    };
    let feed = || readable(channel.feed.clone(), false);
    match (request.stop_after, &request.feeds) {
        (StopAfter::Validate, _) | (StopAfter::Render, Feeds::Discard) => Ok(None),
        (StopAfter::Diff, _) => export().map_or_else(feed, |export| Ok(Some(export))),
        (StopAfter::Render, _) => {
            let target = target(request, channel);
            if let Some(target) = &target {
                file::replaceable(&target.path).map_err(|what| refused(target, &what))?;
            }
            let there = readable(target, true)?.map_or_else(feed, |target| Ok(Some(target)))?;
            Ok(there.or_else(export))
        }
    }
}

/// The feed that a render would replace, by its name.
pub fn replaced(request: &Request<'_>, channel: &ChannelConfig) -> Option<String> {
    target(request, channel).filter(|feed| feed.path.is_file()).map(|feed| feed.shown)
}

/// Whether the feed was written longer ago than the channel, which wants it anew after so many seconds, keeps it:
/// a diff says so, a render writes it anew.
pub fn overdue(request: &Request<'_>, channel: &ChannelConfig, refresh: Option<u64>) -> Option<Overdue> {
    let writes = matches!(request.feeds, Feeds::Write | Feeds::WriteTo(_));
    let after = refresh.filter(|_| request.stop_after != StopAfter::Validate && writes)?;
    let written = target(request, channel)?.path.metadata().ok()?.modified().ok()?;
    let written = jiff::Timestamp::try_from(written).ok()?;
    let age = u64::try_from(request.now.duration_since(written).as_secs()).ok()?;
    (age > after).then_some(Overdue { age, after })
}

/// A feed that is there and can be read; links are followed.
fn readable(feed: Option<FilePath>, is_replaced: bool) -> Result<Option<Shows>, Refusal> {
    let Some(feed) = feed.filter(|feed| feed.path.symlink_metadata().is_ok()) else { return Ok(None) };
    if !feed.path.is_file() {
        // what cannot be read for want of a right is told by whoever opens it
        file::replaceable(&feed.path).map_err(|what| refused(&feed, &what))?;
    }
    Ok(Some(Shows { origin: Origin::File(feed), is_export: false, is_replaced }))
}

fn refused(feed: &FilePath, what: &str) -> Refusal {
    let what = format!("it is {what}, and a feed is only ever written over a regular file");
    Refusal::unwritten(&feed.shown, what, "move it away, or name another `feed`")
}

/// The ending of a feed's name, `.xml` or `.xml.gz`.
fn ending(name: &str) -> &str {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.find('.').and_then(|at| file.get(at..)).unwrap_or("")
}
