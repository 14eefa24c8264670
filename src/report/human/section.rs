//! One channel of a diff: what stops it, what leaves, what changes, what comes,
//! and what never got that far.

use std::io;

use super::validate::Of;
use super::{Out, Parts, Sheet, creations, deletions, failure, finding, full, included, unsaid, updates};
use crate::engine::outcome::{ChannelOutcome, FindingGroup, GuardVerdict, Overdue};
use crate::finding::Severity;
use crate::report::View;
use crate::report::text::{Cell, Column, Ink, Row, Table};

pub(super) fn write(sheet: Sheet<'_>, parts: &Parts<'_>, out: Out<'_>) -> io::Result<()> {
    let channel = parts.channel;
    if !is_shown(sheet, channel) {
        return Ok(());
    }
    sheet.line().end(out)?;
    heading(sheet, channel, out)?;
    if let Some(refusal) = &channel.failed {
        sheet.indented(2).ink(Ink::Red, sheet.look.failed()).gap(1).say(refusal.to_string()).end(out)?;
        return failure::below(refusal, sheet.look, 4, out);
    }
    notes(sheet, channel, out)?;
    guards(sheet, channel, out)?;
    if sheet.options.view == View::Full {
        full::write(sheet, parts, out)?;
    } else {
        deletions::write(sheet, parts, out)?;
        updates::write(sheet, parts, out)?;
        document(sheet, channel, out)?;
        creations::write(sheet, parts, out)?;
    }
    included::left_out(sheet, channel, out)?;
    unsaid::write(sheet, channel, out)?;
    told(sheet, channel).try_for_each(|group| finding::write(sheet, Of { group, channel: None }, out))
}

/// What is told of the export: notes only to those who want to see all.
fn told<'o>(sheet: Sheet<'_>, channel: &'o ChannelOutcome) -> impl Iterator<Item = &'o FindingGroup> {
    let full = sheet.options.view == View::Full;
    channel.of_existing().filter(move |group| full || group.severity > Severity::Note)
}

fn is_shown(sheet: Sheet<'_>, channel: &ChannelOutcome) -> bool {
    let invalid = !channel.invalid.is_empty();
    let noticed = told(sheet, channel).next().is_some();
    channel.differs() || channel.is_refused() || channel.failed.is_some() || invalid || noticed
}

fn heading(sheet: Sheet<'_>, channel: &ChannelOutcome, out: Out<'_>) -> io::Result<()> {
    let sums = channel.at_stake();
    let stake = if sums.is_empty() { String::new() } else { format!("at stake {}", sheet.look.sums(&sums)) };
    sheet.line().ink(Ink::Bold, &channel.id).right(Ink::Bold, stake).end(out)
}

/// What one must know of the existing side to read the rest.
fn notes(sheet: Sheet<'_>, channel: &ChannelOutcome, out: Out<'_>) -> io::Result<()> {
    let of_existing = match &channel.existing {
        None => Some("nothing to compare with, no export and no feed yet: everything is new".to_owned()),
        Some(existing) if !existing.complete => {
            Some("the export holds a part of what the channel has: what it lacks may still be there".to_owned())
        }
        Some(_) => None,
    };
    let of_feed = channel.goes_by_another().filter(|_| sheet.outcome.command == "diff");
    let of_feed = of_feed.map(|feed| {
        let check = sheet.command(&format!("render --check {}", channel.id));
        format!(
            "compared with the export, and so are the guards; a render replaces {feed}, and its guards compare with that \
             one: {check} says what it would do"
        )
    });
    for note in of_existing.into_iter().chain(of_feed) {
        sheet.indented(2).ink(Ink::Dim, sheet.look.left_out()).gap(1).sentence(Ink::Dim, &note, 4, out)?;
    }
    overdue(sheet, channel, out)
}

/// Feeds that have to be written anew although nothing of them changes.
pub(super) fn all_overdue(sheet: Sheet<'_>, out: Out<'_>) -> io::Result<()> {
    sheet.outcome.channels.iter().try_for_each(|channel| overdue(sheet, channel, out))
}

fn overdue(sheet: Sheet<'_>, channel: &ChannelOutcome, out: Out<'_>) -> io::Result<()> {
    let Some(Overdue { age, after }) = channel.overdue else { return Ok(()) };
    let (ago, after) = (sheet.look.ago(age), sheet.look.span(after));
    let render = sheet.command(&format!("render {}", channel.id));
    let said = format!("its feed was written {ago}: {} wants it anew after {after} ({render})", channel.id);
    sheet.indented(2).ink(Ink::Yellow, "!").gap(1).sentence(Ink::Plain, &said, 4, out)
}

const GUARD_COLUMNS: [Column; 4] = [Column::left("", 0), Column::left("", 1), Column::left("", 2), Column::left("", 2)];

/// The guards that say no, whether or not they were told to let it pass.
fn guards(sheet: Sheet<'_>, channel: &ChannelOutcome, out: Out<'_>) -> io::Result<()> {
    let mut table = Table::new(sheet.look, 2, &GUARD_COLUMNS);
    for guard in channel.guards.iter().filter(|guard| !guard.ok) {
        let ink = if guard.stops() { Ink::Red } else { Ink::Yellow };
        let passes = if guard.allowed { "allowed to pass" } else { "" };
        let row = Row::new([Cell::ink(ink, "!"), Cell::ink(ink, guard.name), measured(guard).into(), passes.into()]);
        let likely = (!guard.likely.is_empty()).then(|| vec![(Ink::Plain, format!("likely: {}", guard.likely))]);
        table.add(row.with_below(likely.into_iter().collect()));
    }
    table.write(out)
}

/// What a guard measured, and what it allows.
pub(super) fn measured(guard: &GuardVerdict) -> String {
    if guard.limit.is_empty() { guard.value.clone() } else { format!("{}, allowed {}", guard.value, guard.limit) }
}

/// Nodes of the document itself that differ.
pub(super) fn document(sheet: Sheet<'_>, channel: &ChannelOutcome, out: Out<'_>) -> io::Result<()> {
    if channel.document.is_empty() || !sheet.options.takes_kind(crate::plan::ChangeKind::Update) {
        return Ok(());
    }
    let nodes = sheet.look.counted(super::number(channel.document.len()), "node", "nodes");
    sheet.indented(2).ink(Ink::Yellow, "~").gap(1).ink(Ink::Bold, nodes).say(" of the document").end(out)?;
    let mut table = Table::new(sheet.look, 9, &super::rows::FIELD_COLUMNS);
    for field in &channel.document {
        table.add(super::rows::field_row(sheet, field));
    }
    table.write(out)
}
