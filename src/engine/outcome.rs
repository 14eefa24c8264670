//! What a run found out and did, as plain data: everything that a report shows
//! comes from here, and the exit code too.

use std::ops::Range;
use std::time::Duration;

use rust_decimal::Decimal;

use crate::channel::Absent;
use crate::finding::baseline::Met;
use crate::finding::{Code, Fingerprint, Found, Refusal, Severity};
use crate::plan::{Changes, FieldChange, sums};

pub use crate::plan::guard::GuardVerdict;

/// A whole run.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// `validate`, `diff`, `render`.
    pub command: String,
    /// The config's path, as given or found.
    pub config: String,
    /// The folder of `--to`, as it was given; empty where each feed has its own place.
    pub to: String,
    /// The master as it was read.
    pub master: MasterSeen,
    /// Every channel that was looked at, in the config's order.
    pub channels: Vec<ChannelOutcome>,
    /// What was found in the catalog itself; a channel's findings stand with the channel.
    pub findings: Vec<FindingGroup>,
    /// How much more was found there, in offers that nobody asked for (`--sku`).
    pub findings_of_others: u64,
    /// Which SKUs were asked for; none where all were.
    pub skus: Vec<SkuAsked>,
    /// What is known already and was put aside, where an earlier report was given.
    pub baseline: Option<BaselineSeen>,
    /// What was said of the severity of codes that nothing was found under.
    pub unused: Vec<String>,
    /// Every code that something could have been found under; a channel's own begin with its description's name.
    pub rules: Vec<Code>,
    /// Where the program was started, and what is named from there.
    pub whereabouts: Whereabouts,
    /// How many offers of the master are invalid on at least one channel.
    pub invalid_offers: u64,
    /// How long it took.
    pub elapsed: Duration,
}

/// Where a program was started: reports for other programs name files from there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Whereabouts {
    /// The folder itself.
    pub here: String,
    /// Paths that start there already, and not in the config's folder; also folders of such.
    pub from_here: Vec<String>,
}

/// An earlier report whose findings are known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BaselineSeen {
    /// Its path.
    pub path: String,
    /// How many findings were put aside.
    pub known: u64,
    /// How many of those that stand there are found no more; `None` where only a part was looked at.
    pub gone: Option<u64>,
    /// What was put aside, one by one; only where a report tells what findings are known by.
    pub met: Vec<Met>,
}

/// A pattern for SKUs that was asked for, and what came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SkuAsked {
    /// As it was written.
    pub pattern: String,
    /// Whether any offer or listing is called so.
    pub is_met: bool,
    /// One that would be but for upper and lower case.
    pub near: Option<String>,
}

/// The master as it was read.
#[derive(Debug, Clone, Default)]
pub struct MasterSeen {
    /// Its path, relative to the config.
    pub path: String,
    /// A digest of its bytes, `xxh3:…`.
    pub digest: String,
    /// Records read.
    pub offers: u64,
    /// What was guessed about it and how: `delimiter ;`, `encoding windows-1251 (guessed)`.
    pub guesses: Vec<String>,
}

/// One channel.
#[derive(Debug, Clone, Default)]
pub struct ChannelOutcome {
    /// Its name in the config.
    pub id: String,
    /// Its name for people.
    pub title: String,
    /// The name of its description, with which the codes of its rules begin.
    pub description: String,
    /// What becomes of a listing that leaves the feed.
    pub absent: Option<Absent>,
    /// What the channel has now; `None` where there is no export and no feed yet.
    pub existing: Option<ExistingSeen>,
    /// The feed that a render would replace, and whose guards it would obey; `None` where there is none yet.
    pub replaces: Option<String>,
    /// That feed stands there for longer than the channel keeps what is not written anew; a diff says so, since a
    /// render is what is missing.
    pub overdue: Option<Overdue>,
    /// Listings that should be there.
    pub desired: u64,
    /// Offers that go there: as many as listings, but where a listing is a product; an offer that goes into
    /// several documents counts in each.
    pub offers: u64,
    /// Of the listings, those that stay as the channel has them although their records are invalid.
    pub kept: u64,
    /// How many of each.
    pub counts: Counts,
    /// Every listing that changes: deletes, creates, updates; each by what is at stake, then by key.
    pub changes: Changes,
    /// The names of the fields of a listing, as the existing document has them; changes speak of them by number.
    pub field_names: Vec<String>,
    /// Nodes of the document that differ: `currency[USD]@rate`.
    pub document: Vec<FieldChange>,
    /// What stays as the plan has it, and yet goes with a feed.
    pub unsaid: Unsaid,
    /// The guards, each with its verdict.
    pub guards: Vec<GuardVerdict>,
    /// Offers that a condition leaves out, by condition.
    pub excluded: Vec<LeftOut>,
    /// Offers that are invalid, by their weightiest code.
    pub invalid: Vec<LeftOut>,
    /// What was found, by code.
    pub findings: Vec<FindingGroup>,
    /// The feed, where one was rendered or compared.
    pub feed: Option<FeedSeen>,
    /// When the facts of its description were last read, `2026-11-21`; empty where nobody says.
    pub checked_on: String,
    /// Why a document was taken for one of this channel, where nobody said so; else empty.
    pub recognised: String,
    /// How a feed came out that was checked by itself, without a master (`validate --as`).
    pub checked: Option<Checked>,
    /// Why nothing could be found out about it: an input that cannot be trusted.
    pub failed: Option<Refusal>,
}

/// Fields that the channel has and of which nobody says anything: they are compared with nothing, and a feed leaves them
/// out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unsaid {
    /// In how many listings that stay each of them stands; those that stand in none are not here.
    pub listings: Vec<(String, u64)>,
    /// Those of the document itself.
    pub document: Vec<String>,
}

impl Unsaid {
    /// Whether a feed leaves out nothing.
    pub fn is_empty(&self) -> bool {
        self.listings.is_empty() && self.document.is_empty()
    }
}

/// A feed that has to be written anew although nothing of it may have changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Overdue {
    /// How long ago it was written, in seconds.
    pub age: u64,
    /// After how long the channel wants it anew, in seconds.
    pub after: u64,
}

/// How a feed came out of a check by itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Checked {
    /// Listings in it.
    pub listings: u64,
    /// Of them, those with at least one error.
    pub with_errors: u64,
    /// Of them, those with warnings but no error.
    pub with_warnings: u64,
}

/// The existing side of a channel.
#[derive(Debug, Clone, Default)]
pub struct ExistingSeen {
    /// The path it was read from.
    pub path: String,
    /// The shape that it has, by its name in the description.
    pub shape: String,
    /// Listings read.
    pub listings: u64,
    /// How long the file is.
    pub bytes: u64,
    /// Whether a listing that is missing here is missing on the channel.
    pub complete: bool,
    /// When the file was last changed, RFC 3339.
    pub modified: String,
    /// A digest of its bytes.
    pub digest: String,
    /// It is the feed that this run replaces.
    pub is_replaced: bool,
}

/// How many listings of each fate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    /// To be created.
    pub create: u64,
    /// To be updated.
    pub update: u64,
    /// To be deleted.
    pub delete: u64,
    /// The same on both sides.
    pub same: u64,
}

impl Counts {
    /// How many change in any way.
    pub fn changed(self) -> u64 {
        self.create + self.update + self.delete
    }
}

/// Offers that do not go, for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LeftOut {
    /// The condition as written, or the code.
    pub reason: String,
    /// How many.
    pub count: u64,
    /// The first SKUs.
    pub first: Vec<String>,
}

/// Everything found under one code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingGroup {
    /// The code.
    pub code: String,
    /// How bad.
    pub severity: Severity,
    /// The headline.
    pub what: String,
    /// What to do; may be empty.
    pub fix: String,
    /// A trait that holds for all of them and for no other offer: `vendor is Karpaty`; may be empty.
    pub in_common: String,
    /// The file that the places are in.
    pub file: String,
    /// How many offers or listings.
    pub count: u64,
    /// The first places, resolved.
    pub places: Vec<PlaceSeen>,
    /// What all of them are known by, where that was asked for; those of the places come first.
    pub prints: Vec<Fingerprint>,
}

/// A place, resolved to what a person can go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceSeen {
    /// Line from 1.
    pub line: u64,
    /// Column from 1, in characters.
    pub column: u64,
    /// What was found there.
    pub found: Found,
    /// The line itself, where it alone shows the fault.
    pub snippet: Option<Snippet>,
}

/// A line of a file with the fault marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The line's text, without its end.
    pub text: String,
    /// The bytes of `text` to mark.
    pub mark: Range<usize>,
}

/// The feed that was rendered or compared.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FeedSeen {
    /// Its path; empty where it was discarded.
    pub path: String,
    /// How long it is.
    pub bytes: u64,
    /// A digest of its bytes, volatile nodes aside.
    pub digest: String,
    /// Listings in it.
    pub listings: u64,
    /// What became of it.
    pub fate: FeedFate,
}

/// What became of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FeedFate {
    /// Written anew.
    Written,
    /// Compared (`--check`): it would differ.
    WouldDiffer,
    /// Compared or about to be written: already equal.
    Equal,
    /// Written nowhere (`--discard`).
    Discarded,
    /// Refused by a guard, or for having nothing valid to write; the old feed stays.
    #[default]
    Refused,
}

impl ChannelOutcome {
    /// Whether a guard stops it.
    pub fn is_refused(&self) -> bool {
        self.guards.iter().any(GuardVerdict::stops)
    }

    /// Offers that were looked at: those that go, and those that do not.
    pub fn looked_at(&self) -> u64 {
        let left: u64 = self.excluded.iter().chain(&self.invalid).map(|left| left.count).sum();
        self.offers + left
    }

    /// The feed by which a render goes, where the guards here went by something else.
    pub fn goes_by_another(&self) -> Option<&str> {
        let existing = self.existing.as_ref().map(|existing| existing.path.as_str());
        self.replaces.as_deref().filter(|feed| !self.guards.is_empty() && Some(*feed) != existing)
    }

    /// Whether anything differs between what is and what should be.
    pub fn differs(&self) -> bool {
        self.counts.changed() > 0 || !self.document.is_empty()
    }

    /// What was found in the export or feed that it was compared with.
    pub fn of_existing(&self) -> impl Iterator<Item = &FindingGroup> {
        let file = self.existing.as_ref().map(|existing| existing.path.as_str());
        self.findings.iter().filter(move |group| Some(group.file.as_str()) == file)
    }

    /// What is at stake in all changes, by currency.
    pub fn at_stake(&self) -> Vec<(String, Decimal)> {
        sums(self.changes.iter())
    }
}
