//! What the formats of other programs tell of an outcome, in one list: findings, guards that say no,
//! feeds that were not written, inputs that were refused. Most severe first, then the most frequent.

use std::borrow::Cow;

use super::Failure;
use super::failure::Wrong;
use super::text::visible;
use super::whereabouts::from_here;
use crate::engine::Outcome;
use crate::engine::outcome::{ChannelOutcome, FeedFate, FindingGroup, GuardVerdict, PlaceSeen};
use crate::finding::{Code, Fingerprint, Severity};

/// Longer texts are cut: a description is no message.
const LONGEST: usize = 1_000;

/// Codes of what is told beside findings: how it is called, what it is, what to do.
pub(super) const BESIDE: [(&str, &str, &str); 5] = [
    (INPUT, "an input cannot be trusted", "see the message; nothing was concluded from it"),
    (GUARD, "a guard says no", "look with `offersync diff`; where it is meant, let exactly this pass with `--allow`"),
    (NOTHING, "there is nothing valid to write", "mend the errors of the channel; the feed stays as it was"),
    (DIFFERS, "the feed is not what the master makes of it", "render it"),
    (FAILED, "the run failed", "see the message"),
];

/// An input that was refused.
pub(super) const INPUT: &str = "run/input";
/// A guard that stops a channel.
pub(super) const GUARD: &str = "run/guard";
/// A feed without a valid listing.
const NOTHING: &str = "run/nothing-valid";
/// A feed that a render would change.
pub(super) const DIFFERS: &str = "run/feed-differs";
/// A run without an outcome.
const FAILED: &str = "run/failed";

/// One thing that is told, with all its places.
pub(super) struct Told<'o> {
    pub severity: Severity,
    pub code: Cow<'o, str>,
    /// The channel that it is of; empty for the master.
    pub channel: &'o str,
    /// From where the program was started; empty where no file is to blame.
    pub file: String,
    pub what: Cow<'o, str>,
    pub fix: Cow<'o, str>,
    pub count: u64,
    pub places: Vec<Place<'o>>,
}

/// A place, and what is said of it.
pub(super) struct Place<'o> {
    pub line: u64,
    pub column: u64,
    pub sku: &'o str,
    pub message: Cow<'o, str>,
    pub print: Option<Fingerprint>,
}

impl<'o> Told<'o> {
    fn group(group: &'o FindingGroup, channel: &'o str, outcome: &Outcome) -> Self {
        let place = |(number, place): (usize, &'o PlaceSeen)| Place {
            line: place.line.max(1),
            column: place.column.max(1),
            sku: &place.found.key,
            message: Cow::Borrowed(&place.found.message),
            print: group.prints.get(number).copied(),
        };
        Told {
            severity: group.severity,
            code: Cow::Borrowed(&group.code),
            channel,
            file: from_here(&group.file, &outcome.config, &outcome.whereabouts),
            what: Cow::Borrowed(&group.what),
            fix: Cow::Borrowed(&group.fix),
            count: group.count,
            places: group.places.iter().enumerate().map(place).collect(),
        }
    }

    /// Something of which there is one.
    fn one(severity: Severity, code: &'o str, channel: &'o str, message: String) -> Self {
        let (what, fix) = BESIDE.iter().find(|one| one.0 == code).map_or(("", ""), |one| (one.1, one.2));
        let place = Place { line: 1, column: 1, sku: "", message: Cow::Owned(message), print: None };
        let (what, fix) = (Cow::Borrowed(what), Cow::Borrowed(fix));
        Told {
            severity,
            code: Cow::Borrowed(code),
            channel,
            file: String::new(),
            what,
            fix,
            count: 1,
            places: vec![place],
        }
    }

    fn at(mut self, file: String, line: Option<u64>, column: Option<u64>) -> Self {
        self.file = file;
        if let Some(place) = self.places.first_mut() {
            (place.line, place.column) = (line.unwrap_or(1).max(1), column.unwrap_or(1).max(1));
        }
        self
    }
}

impl Place<'_> {
    /// `KT1182: «…» should end in 1`, as a person may see it.
    pub fn said(&self) -> String {
        let (sku, message) = (seen(self.sku), seen(&self.message));
        match (sku.is_empty(), message.is_empty()) {
            (false, false) => format!("{sku}: {message}"),
            _ => format!("{sku}{message}"),
        }
    }
}

/// A text with nothing unseen in it, and not longer than anybody reads.
pub(super) fn seen(text: &str) -> String {
    let shown = visible(text, true);
    match shown.char_indices().nth(LONGEST) {
        None => shown.into_owned(),
        Some((end, _)) => format!("{}…", shown.get(..end).unwrap_or_default()),
    }
}

/// Everything that is told of an outcome.
pub(super) fn of(outcome: &Outcome) -> Vec<Told<'_>> {
    let catalog = outcome.findings.iter().map(|group| Told::group(group, "", outcome));
    let mut told: Vec<Told<'_>> = catalog.collect();
    for channel in &outcome.channels {
        told.extend(channel.findings.iter().map(|group| Told::group(group, &channel.id, outcome)));
        told.extend(beside(channel, outcome));
    }
    told.retain(|one| one.count > 0);
    told.sort_by(|one, other| {
        let weight = |told: &Told<'_>| (std::cmp::Reverse(told.severity), std::cmp::Reverse(told.count));
        weight(one)
            .cmp(&weight(other))
            .then_with(|| one.code.cmp(&other.code))
            .then_with(|| one.channel.cmp(other.channel))
    });
    told
}

/// What stops a channel although its listings are in order.
pub(super) fn beside<'o>(channel: &'o ChannelOutcome, outcome: &'o Outcome) -> Vec<Told<'o>> {
    let mut told = Vec::new();
    if let Some(refusal) = &channel.failed {
        let file = from_here(&refusal.input, &outcome.config, &outcome.whereabouts);
        let one = Told::one(Severity::Error, INPUT, &channel.id, refusal.to_string());
        let fix = Cow::Borrowed(refusal.help.as_str());
        told.push(Told { fix, ..one.at(file, refusal.line, refusal.column) });
    }
    let renders = outcome.command == "render";
    // a diff shows the guards, a render is stopped by them
    let severity = if renders { Severity::Error } else { Severity::Warning };
    let stopping = channel.guards.iter().filter(|guard| guard.stops());
    told.extend(stopping.map(|guard| Told::one(severity, GUARD, &channel.id, measured(guard))));
    let fate = channel.feed.as_ref().map(|feed| feed.fate);
    let stopped = channel.failed.is_some() || channel.is_refused();
    match fate {
        Some(FeedFate::Refused) if renders && !stopped => {
            told.push(Told::one(
                Severity::Error,
                NOTHING,
                &channel.id,
                format!("nothing was written for {}", channel.id),
            ));
        }
        Some(FeedFate::WouldDiffer) => {
            let changed = channel.counts.changed();
            told.push(Told::one(Severity::Error, DIFFERS, &channel.id, format!("{changed} listings would change")));
        }
        _ => {}
    }
    told
}

/// What a guard measured, what it allows, and what lets this pass.
pub(super) fn measured(guard: &GuardVerdict) -> String {
    let limit = if guard.limit.is_empty() { String::new() } else { format!(", allowed {}", guard.limit) };
    let way = guard.allow().map_or(String::new(), |allow| format!("; --allow {allow} lets it pass"));
    format!("{}: {}{limit}{way}", guard.name, guard.value)
}

/// Everything that is told of a run that has no outcome.
pub(super) fn of_failure(failure: &Failure) -> Vec<Told<'_>> {
    let told = |wrong: &'_ Wrong| {
        let label = if wrong.label.is_empty() { String::new() } else { format!(": {}", wrong.label) };
        let one = Told::one(Severity::Error, FAILED, "", format!("{}{label}", wrong.message));
        let code = if wrong.code.is_empty() { one.code.clone() } else { Cow::Owned(wrong.code.clone()) };
        let file = match wrong.file.as_str() {
            "" => String::new(),
            file => from_here(file, &failure.config, &failure.whereabouts),
        };
        Told { code, fix: Cow::Owned(wrong.help.clone()), ..one }.at(file, wrong.line, wrong.column)
    };
    failure.errors.iter().map(told).collect()
}

/// The codes that something could have been found under in the master.
pub(super) fn rules_of_master(outcome: &Outcome) -> impl Iterator<Item = &Code> {
    outcome.rules.iter().filter(|code| code.id.starts_with("catalog/"))
}

/// Those that something could have been found under on a channel.
pub(super) fn rules_of<'o>(channel: &ChannelOutcome, outcome: &'o Outcome) -> impl Iterator<Item = &'o Code> {
    let its_own = format!("{}/", channel.description);
    let looks_at_export = channel.existing.is_some();
    let is_its = move |id: &str| id.starts_with(&its_own) || looks_at_export && id.starts_with("export/");
    outcome.rules.iter().filter(move |code| is_its(&code.id))
}

/// Figures for people in a report for programs: no-break spaces between groups.
pub(super) fn counted(count: u64, one: &str, many: &str) -> String {
    super::Look::PLAIN.counted(count, one, many)
}
