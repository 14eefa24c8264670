//! The master and a channel as JSON.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::Each;
use super::changes::{ChangeView, FieldView, groups};
use super::findings::{GroupView, WrongView};
use crate::channel::Absent;
use crate::engine::outcome::{
    ChannelOutcome, Checked, ExistingSeen, FeedFate, FeedSeen, GuardVerdict, LeftOut, MasterSeen,
};

#[derive(Serialize)]
pub(super) struct MasterView<'o> {
    path: &'o str,
    digest: &'o str,
    offers: u64,
    guesses: &'o [String],
}

impl<'o> From<&'o MasterSeen> for MasterView<'o> {
    fn from(master: &'o MasterSeen) -> Self {
        let MasterSeen { path, digest, offers, guesses } = master;
        MasterView { path, digest, offers: *offers, guesses }
    }
}

pub(super) struct ChannelView<'o>(pub(super) &'o ChannelOutcome);

impl Serialize for ChannelView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let channel = self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &channel.id)?;
        map.serialize_entry("title", &channel.title)?;
        map.serialize_entry("absent", &channel.absent.map(absent))?;
        map.serialize_entry("existing", &channel.existing.as_ref().map(ExistingView::from))?;
        map.serialize_entry("replaces", &channel.replaces)?;
        map.serialize_entry("overdue", &channel.overdue)?;
        map.serialize_entry("desired", &channel.desired)?;
        map.serialize_entry("offers", &channel.offers)?;
        map.serialize_entry("kept", &channel.kept)?;
        map.serialize_entry("counts", &channel.counts)?;
        map.serialize_entry("changes", &Each(channel.changes.iter(), ChangeView::from))?;
        map.serialize_entry("document", &Each(channel.document.iter(), FieldView))?;
        map.serialize_entry("unsaid", &Each(channel.unsaid.listings.iter(), UnsaidView::from))?;
        map.serialize_entry("document_unsaid", &channel.unsaid.document)?;
        map.serialize_entry("groups", &groups(&channel.changes))?;
        map.serialize_entry("guards", &Each(channel.guards.iter(), GuardView::from))?;
        let findings = channel.findings.iter().map(|group| GroupView { group, channel: &channel.id });
        map.serialize_entry("findings", &findings.collect::<Vec<_>>())?;
        map.serialize_entry("excluded", &excluded(&channel.excluded))?;
        map.serialize_entry("excluded_by", &Each(channel.excluded.iter(), Total::by_rule))?;
        map.serialize_entry("invalid", &invalid(&channel.invalid))?;
        map.serialize_entry("invalid_by", &Each(channel.invalid.iter(), Total::by_code))?;
        if !channel.recognised.is_empty() {
            map.serialize_entry("recognised", &channel.recognised)?;
        }
        map.serialize_entry("checked", &channel.checked.map(CheckedView::from))?;
        map.serialize_entry("feed", &channel.feed.as_ref().map(FeedView::from))?;
        map.serialize_entry("delivery", &None::<()>)?;
        map.serialize_entry("failed", &channel.failed.as_ref().map(WrongView::from))?;
        map.end()
    }
}

#[derive(Serialize)]
struct UnsaidView<'o> {
    field: &'o str,
    listings: u64,
}

impl<'o> From<&'o (String, u64)> for UnsaidView<'o> {
    fn from((field, listings): &'o (String, u64)) -> Self {
        UnsaidView { field, listings: *listings }
    }
}

fn absent(absent: Absent) -> &'static str {
    match absent {
        Absent::Withdrawn => "withdrawn",
        Absent::Deleted => "deleted",
        Absent::Kept => "kept",
        Absent::Unknown => "unknown",
    }
}

#[derive(Serialize)]
struct ExistingView<'o> {
    path: &'o str,
    shape: &'o str,
    listings: u64,
    bytes: u64,
    complete: bool,
    modified: &'o str,
    digest: &'o str,
}

impl<'o> From<&'o ExistingSeen> for ExistingView<'o> {
    fn from(existing: &'o ExistingSeen) -> Self {
        let ExistingSeen { path, shape, listings, bytes, complete, modified, digest, is_replaced: _ } = existing;
        ExistingView { path, shape, listings: *listings, bytes: *bytes, complete: *complete, modified, digest }
    }
}

#[derive(Serialize)]
struct GuardView<'o> {
    name: &'o str,
    value: &'o str,
    limit: &'o str,
    count: u64,
    ok: bool,
    allowed: bool,
    likely: &'o str,
    examples: &'o [String],
    /// What `--allow` must be given to let this pass and no more.
    allow: Option<String>,
}

impl<'o> From<&'o GuardVerdict> for GuardView<'o> {
    fn from(guard: &'o GuardVerdict) -> Self {
        let GuardVerdict { name, value, count, limit, ok, allowed, likely, examples, beside: _, can_be_allowed: _ } =
            guard;
        let allow = (!ok).then(|| guard.allow()).flatten();
        GuardView { name, value, limit, count: *count, ok: *ok, allowed: *allowed, likely, examples, allow }
    }
}

#[derive(Serialize)]
struct ExcludedView<'o> {
    sku: &'o str,
    rule: &'o str,
}

#[derive(Serialize)]
struct InvalidView<'o> {
    sku: &'o str,
    codes: [&'o str; 1],
}

fn excluded(list: &[LeftOut]) -> Vec<ExcludedView<'_>> {
    list.iter().flat_map(|one| one.first.iter().map(|sku| ExcludedView { sku, rule: &one.reason })).collect()
}

fn invalid(list: &[LeftOut]) -> Vec<InvalidView<'_>> {
    list.iter().flat_map(|one| one.first.iter().map(|sku| InvalidView { sku, codes: [&one.reason] })).collect()
}

/// How many in all, where the SKUs are only the first.
#[derive(Serialize)]
struct Total<'o> {
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'o str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'o str>,
    count: u64,
}

impl<'o> Total<'o> {
    fn by_rule(left_out: &'o LeftOut) -> Self {
        Total { rule: Some(&left_out.reason), code: None, count: left_out.count }
    }

    fn by_code(left_out: &'o LeftOut) -> Self {
        Total { rule: None, code: Some(&left_out.reason), count: left_out.count }
    }
}

#[derive(Serialize)]
struct CheckedView {
    listings: u64,
    with_errors: u64,
    with_warnings: u64,
}

impl From<Checked> for CheckedView {
    fn from(checked: Checked) -> Self {
        let Checked { listings, with_errors, with_warnings } = checked;
        CheckedView { listings, with_errors, with_warnings }
    }
}

#[derive(Serialize)]
struct FeedView<'o> {
    path: &'o str,
    bytes: u64,
    digest: &'o str,
    listings: u64,
    fate: &'static str,
}

impl<'o> From<&'o FeedSeen> for FeedView<'o> {
    fn from(feed: &'o FeedSeen) -> Self {
        let FeedSeen { path, bytes, digest, listings, fate } = feed;
        let fate = match fate {
            FeedFate::Written => "written",
            FeedFate::WouldDiffer => "would-differ",
            FeedFate::Equal => "equal",
            FeedFate::Discarded => "discarded",
            FeedFate::Refused => "refused",
        };
        FeedView { path, bytes: *bytes, digest, listings: *listings, fate }
    }
}
