//! The last sentence of a diff: what would happen in all, and what would be refused.

use std::collections::BTreeSet;
use std::io;

use super::{Out, Sheet, included, section, unsaid};
use crate::channel::registry;
use crate::engine::Outcome;
use crate::engine::outcome::{ChannelOutcome, FindingGroup};
use crate::finding::Severity;
use crate::model::{listed as cut, nearest};
use crate::plan::{ChangeKind, FieldChange};
use crate::report::options::{Only, SORTS};
use crate::report::text::Ink;

/// Whether there is nothing to say but that all is equal.
pub(super) fn is_clean(outcome: &Outcome) -> bool {
    let clean = |channel: &ChannelOutcome| {
        let noticed = channel.of_existing().next().is_some();
        !channel.differs() && !channel.is_refused() && channel.failed.is_none() && !noticed
    };
    // what is wrong with the newer of two feeds may hide a change
    let is_doubtful = outcome.config.is_empty() && outcome.findings.iter().any(is_told);
    !is_doubtful && outcome.channels.iter().all(clean)
}

/// The one line of a clean diff.
pub(super) fn clean(sheet: Sheet<'_>, out: Out<'_>) -> io::Result<()> {
    let is_nothing = |channel: &ChannelOutcome| {
        channel.looked_at() == 0 && channel.existing.as_ref().is_none_or(|existing| existing.listings == 0)
    };
    if sheet.outcome.channels.iter().all(is_nothing) && sheet.outcome.master.offers > 0 {
        let line = sheet.line().ink(Ink::Yellow, "Nothing was compared: ");
        return line.say("no offer and no listing is called so").say(sheet.took()).end(out);
    }
    included::by_channel(sheet, out)?;
    section::all_overdue(sheet, out)?;
    unsaid::by_channel(sheet, out)?;
    let said =
        format!("{}{}{}{}", matching(sheet, "channel", "channels"), invalid(sheet), sheet.read_as(), sheet.took());
    sheet.line().ink(Ink::Green, "No changes: ").sentence(Ink::Plain, &said, 2, out)
}

/// What matches only because nothing of it goes: `; 8 invalid left out in 2 channels`.
fn invalid(sheet: Sheet<'_>) -> String {
    let channels = &sheet.outcome.channels;
    let sum = |of: fn(&ChannelOutcome) -> u64| channels.iter().map(of).sum::<u64>();
    let parts = [
        (sum(included::invalid), "invalid left out"),
        (sum(|channel| channel.kept), "invalid and kept as on the channel"),
    ];
    let look = sheet.look;
    let said = parts.iter().filter(|part| part.0 > 0).map(|(count, what)| format!("{} {what}", look.count(*count)));
    let said: Vec<String> = said.collect();
    if said.is_empty() {
        return String::new();
    }
    let of: Vec<&str> = channels.iter().filter(|one| !one.invalid.is_empty()).map(|one| one.id.as_str()).collect();
    let of = match of.as_slice() {
        _ if sheet.is_of_one() => String::new(),
        [one] => format!(" in {one}"),
        of => format!(" in {} channels", look.count(super::number(of.len()))),
    };
    format!("; {}{of}", said.join(", "))
}

/// What matches what.
pub(super) fn matching(sheet: Sheet<'_>, one: &str, many: &str) -> String {
    let channels = &sheet.outcome.channels;
    let master = &sheet.outcome.master.path;
    match channels.as_slice() {
        [channel] if sheet.outcome.config.is_empty() => {
            let existing = channel.existing.as_ref().map_or("", |existing| &existing.path);
            format!("{master} says what {existing} says")
        }
        channels => {
            let names: Vec<&str> = sheet.outcome.skus.iter().map(|sku| sku.pattern.as_str()).collect();
            let on = match channels {
                [channel] => channel.id.clone(),
                channels => sheet.look.counted(super::number(channels.len()), one, many),
            };
            match names.as_slice() {
                [] if channels.len() == 1 => format!("{on} matches the master"),
                [] => format!("{on} match the master"),
                // of the others nothing is known
                [one] if !one.contains(['*', '?']) => format!("{one} on {on} matches the master"),
                names => format!("{} on {on} match the master", cut(names, CODES, "")),
            }
        }
    }
}

/// How many of each in all channels, what would be refused, and how long it took.
pub(super) fn diff(sheet: Sheet<'_>, out: Out<'_>) -> io::Result<()> {
    let channels = &sheet.outcome.channels;
    let sum = |of: fn(&ChannelOutcome) -> u64| channels.iter().map(of).sum::<u64>();
    let counts = [
        (sum(|channel| channel.counts.delete), "delete"),
        (sum(|channel| channel.counts.create), "create"),
        (sum(|channel| channel.counts.update), "update"),
    ];
    let look = sheet.look;
    let said =
        counts.iter().filter(|count| count.0 > 0).map(|(count, what)| format!("{} to {what}", look.count(*count)));
    let mut said: Vec<String> = said.collect();
    let nodes = sum(|channel| super::number(channel.document.len()));
    if nodes > 0 && said.is_empty() {
        said.push(format!("{} to change", look.counted(nodes, "node of the document", "nodes of the document")));
    }
    let differing = channels.iter().filter(|channel| channel.differs()).count();
    if differing > 1 {
        let last = said.pop().unwrap_or_default();
        said.push(format!("{last} in {} channels", look.count(super::number(differing))));
    }
    let is_known = channels.iter().any(|channel| channel.failed.is_none());
    let said = match said.is_empty() {
        true if is_known => "nothing to change".to_owned(),
        true => "nothing was compared".to_owned(),
        false => said.join(", "),
    };
    if channels.len() > 1 {
        sheet.line().end(out)?;
    }
    if nothing_taken(sheet) {
        let there = format!(": there are changes of {}{}", kinds_and_fields(sheet).join(", "), meant(sheet));
        sheet.line().ink(Ink::Yellow, "--only takes nothing").sentence(Ink::Plain, &there, 2, out)?;
    }
    catalog(sheet, out)?;
    let rest = format!("{}{}", verdict(sheet), sheet.took());
    sheet.line().ink(Ink::Bold, said).sentence(Ink::Plain, &rest, 2, out)
}

/// That something is wrong with the master itself: which codes, and who says more.
pub(super) fn catalog(sheet: Sheet<'_>, out: Out<'_>) -> io::Result<()> {
    let (mut codes, mut files) = (Vec::new(), Vec::new());
    for group in sheet.outcome.findings.iter().filter(|group| is_told(group)) {
        let (code, file) = (group.code.as_str(), group.file.as_str());
        codes.extend((!codes.contains(&code)).then_some(code));
        files.extend((!files.contains(&file)).then_some(file));
    }
    if codes.is_empty() {
        return of_others(sheet, out);
    }
    let found = format!("found in {}: {}", listed(&files), cut(&codes, CODES, ""));
    let line = sheet.line().ink(Ink::Yellow, "!").gap(1).say(found).say(" (");
    line.ink(Ink::Cyan, sheet.command(&validate(sheet))).say(")").end(out)?;
    of_others(sheet, out)
}

fn is_told(group: &FindingGroup) -> bool {
    group.count > 0 && group.severity > Severity::Note
}

/// The command that says more of the master, or of the newer of two feeds.
fn validate(sheet: Sheet<'_>) -> String {
    match sheet.outcome.channels.as_slice() {
        [channel] if sheet.outcome.config.is_empty() => {
            // one that somebody described is named by its file, which only he knows
            let of = channel.id.split('.').next().unwrap_or_default();
            let by = if registry::text(of).is_some() { channel.id.as_str() } else { "FILE" };
            format!("validate --as {by} {}", super::quoted(&sheet.outcome.master.path))
        }
        _ => "validate".to_owned(),
    }
}

/// How much was found in offers that nobody asked for.
pub(super) fn of_others(sheet: Sheet<'_>, out: Out<'_>) -> io::Result<()> {
    let (count, file) = (sheet.outcome.findings_of_others, &sheet.outcome.master.path);
    if count == 0 {
        return Ok(());
    }
    let (findings, verb) = match count {
        1 => ("1 more finding".to_owned(), "belongs"),
        _ => (format!("{} more findings", sheet.look.count(count)), "belong"),
    };
    let line = sheet.line().ink(Ink::Dim, format!("{findings} in {file} {verb} to other offers ("));
    line.ink(Ink::Cyan, sheet.command("validate")).ink(Ink::Dim, ")").end(out)
}

/// Codes that are named in a line.
const CODES: usize = 4;

/// Whether a part was asked for that there is nothing of.
fn nothing_taken(sheet: Sheet<'_>) -> bool {
    let mut changes = sheet.outcome.channels.iter().flat_map(|channel| &channel.changes);
    !sheet.options.only.is_empty() && !changes.any(|change| sheet.options.takes(change))
}

/// What `--only` could take: kinds, and fields of updates.
/// What may have been meant by a word of `--only` that is no kind and no field of these changes.
fn meant(sheet: Sheet<'_>) -> String {
    let there = kinds_and_fields(sheet);
    let known =
        there.iter().map(String::as_str).chain(SORTS.map(|sort| sort.0)).chain(ChangeKind::ALL.map(ChangeKind::name));
    let near = sheet.options.only.iter().filter_map(|only| match only {
        Only::Field(name) => nearest(name, known.clone()).filter(|near| near != name),
        Only::Kind(_) => None,
    });
    let near: Vec<String> = near.map(|near| format!("`{near}`")).collect();
    if near.is_empty() { String::new() } else { format!("; did you mean {}?", near.join(", ")) }
}

fn kinds_and_fields(sheet: Sheet<'_>) -> Vec<String> {
    let changes = || sheet.outcome.channels.iter().flat_map(|channel| &channel.changes);
    let is_there = |kind: &ChangeKind| changes().any(|change| change.kind == *kind);
    let kinds = ChangeKind::ALL.into_iter().filter(is_there).map(|kind| kind.name().to_owned());
    let base = |field: &FieldChange| field.name.split(['[', '@']).next().unwrap_or("").to_owned();
    let fields: BTreeSet<String> = changes().flat_map(|change| &change.fields).map(base).collect();
    kinds.chain(fields.into_iter().filter(|name| !name.is_empty())).collect()
}

fn verdict(sheet: Sheet<'_>) -> String {
    let channels = &sheet.outcome.channels;
    let named = |wanted: fn(&ChannelOutcome) -> bool| -> Vec<&str> {
        channels.iter().filter(|channel| wanted(channel)).map(|channel| channel.id.as_str()).collect()
    };
    let failed = named(|channel| channel.failed.is_some());
    let refused = named(ChannelOutcome::is_refused);
    let mut said = String::new();
    match refused.as_slice() {
        [] if failed.is_empty() && channels.iter().any(|channel| channel.differs() && !channel.guards.is_empty()) => {
            said.push_str("; would pass every guard");
            // only a feed that was rendered shows how long it is
            if channels.iter().any(|channel| channel.differs() && channel.replaces.is_some()) {
                said.push_str(", shrink aside");
            }
        }
        [] => {}
        [_] if channels.len() == 1 => said.push_str("; would be refused"),
        names => said.push_str(&format!("; {} would be refused", listed(names))),
    }
    let goes_by_another = |channel: &&ChannelOutcome| channel.differs() && channel.goes_by_another().is_some();
    match channels.iter().filter(goes_by_another).count() {
        0 => {}
        1 => said.push_str(", going by the export"),
        _ => said.push_str(", going by the exports"),
    }
    if !failed.is_empty() {
        said.push_str(&format!("; {} failed", listed(&failed)));
    }
    let doubts = channels.iter().filter_map(doubt).map(|doubt| format!("; {doubt}"));
    said.extend(doubts);
    said
}

/// Where nothing differs in what could be read: what is wrong with the rest, which may hide a change.
pub(super) fn doubt(channel: &ChannelOutcome) -> Option<String> {
    let is_error = |group: &&FindingGroup| group.count > 0 && group.severity == Severity::Error;
    let codes: Vec<&str> = channel.of_existing().filter(is_error).map(|group| group.code.as_str()).collect();
    let existing = channel.existing.as_ref().filter(|_| !channel.differs() && !codes.is_empty())?;
    Some(format!("errors in {} may hide a change: {}", existing.path, cut(&codes, CODES, "")))
}

/// `one, two and three`.
pub(super) fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}
