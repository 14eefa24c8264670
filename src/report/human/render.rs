//! What became of each feed.

use std::io;

use super::{Out, Sheet, closing, failure, included, refused};
use crate::engine::outcome::{ChannelOutcome, FeedFate};
use crate::report::text::{Cell, Column, Ink, Row, Table};

pub(super) fn write(sheet: Sheet<'_>, out: Out<'_>) -> io::Result<()> {
    let channels = &sheet.outcome.channels;
    let all_equal = channels.iter().all(|channel| fate(channel) == Some(FeedFate::Equal) && channel.invalid.is_empty());
    if sheet.options.quiet {
        return refusals(sheet, out);
    }
    if all_equal && !channels.is_empty() {
        let line = sheet.line().ink(Ink::Green, "No changes: ");
        let line = line.say(closing::matching(sheet, "feed", "feeds")).say("; nothing was written");
        return line.say(sheet.read_as()).say(sheet.took()).end(out);
    }
    lines(sheet, out)?;
    closing::catalog(sheet, out)?;
    refusals(sheet, out)?;
    last(sheet, out)
}

/// What became of a channel's feed; `None` where nothing could.
fn fate(channel: &ChannelOutcome) -> Option<FeedFate> {
    if channel.failed.is_some() {
        return None;
    }
    if channel.is_refused() {
        return Some(FeedFate::Refused);
    }
    Some(channel.feed.as_ref().map_or(FeedFate::Refused, |feed| feed.fate))
}

/// A fate's mark, ink and word.
fn words(sheet: Sheet<'_>, fate: Option<FeedFate>) -> (&'static str, Ink, &'static str) {
    let (done, failed) = (sheet.look.done(), sheet.look.failed());
    match fate {
        None => (failed, Ink::Red, "failed"),
        Some(FeedFate::Written) => (done, Ink::Green, "written"),
        Some(FeedFate::WouldDiffer) => ("~", Ink::Yellow, "would differ"),
        Some(FeedFate::Equal) => (done, Ink::Dim, "unchanged"),
        Some(FeedFate::Discarded) => (done, Ink::Green, "rendered, written nowhere"),
        Some(FeedFate::Refused) => (failed, Ink::Red, "refused"),
    }
}

const COLUMNS: [Column; 7] = [
    Column::left("", 0),
    Column::left("", 1),
    Column::left("", 2),
    Column::right("", 2),
    Column::right("", 2),
    Column::right("", 2),
    Column::left("", 2),
];

fn lines(sheet: Sheet<'_>, out: Out<'_>) -> io::Result<()> {
    let mut table = Table::new(sheet.look, 2, &COLUMNS);
    for channel in &sheet.outcome.channels {
        let left_out = included::said(sheet, channel);
        let left_out = left_out.map(|said| vec![(Ink::Dim, format!("{} {said}", sheet.look.left_out()))]);
        table.add(row(sheet, channel).with_below(left_out.into_iter().collect()));
    }
    table.write(out)?;
    match sheet.outcome.channels.as_slice() {
        [channel] => included::invalid_by_code(sheet, &channel.invalid, out),
        _ => Ok(()),
    }
}

fn row(sheet: Sheet<'_>, channel: &ChannelOutcome) -> Row {
    let look = sheet.look;
    let (mark, ink, word) = words(sheet, fate(channel));
    let head = [Cell::ink(ink, mark), Cell::ink(Ink::Bold, channel.id.as_str()), Cell::ink(ink, word)];
    let Some(feed) = &channel.feed else { return Row::new(head) };
    let path = Cell::ink(Ink::Cyan, feed.path.as_str());
    if feed.fate == FeedFate::Refused && feed.bytes == 0 {
        // it was refused before there was anything to count
        return Row::new(head.into_iter().chain([Cell::default(), Cell::default(), Cell::default(), path]));
    }
    let changed = match channel.counts.changed() {
        // without anything to compare with, every listing is new
        _ if channel.existing.is_none() => String::new(),
        0 if feed.fate == FeedFate::Written => none_changed(sheet, channel),
        0 => String::new(),
        changed => format!("{} changed", look.count(changed)),
    };
    let numbers = [
        Cell::from(look.counted(feed.listings, "listing", "listings")),
        changed.into(),
        look.bytes(feed.bytes).into(),
        path,
    ];
    Row::new(head.into_iter().chain(numbers))
}

/// What is said of a feed that was written although no listing of it changed.
fn none_changed(sheet: Sheet<'_>, channel: &ChannelOutcome) -> String {
    let after = channel.overdue.map(|overdue| sheet.look.span(overdue.after));
    format!("none changed{}", after.map_or(String::new(), |after| format!(", wanted anew after {after}")))
}

fn refusals(sheet: Sheet<'_>, out: Out<'_>) -> io::Result<()> {
    for (channel, refusal) in sheet.outcome.channels.iter().filter_map(|one| Some((one, one.failed.as_ref()?))) {
        if !sheet.options.quiet {
            sheet.line().end(out)?;
        }
        let line = sheet.line().ink(Ink::Red, "failed").say(": ").say(&channel.id).say(": ");
        line.ink(Ink::Bold, refusal.to_string()).end(out)?;
        failure::below(refusal, sheet.look, 2, out)?;
        stays(sheet, channel, out)?;
    }
    for channel in sheet.outcome.channels.iter().filter(|channel| fate(channel) == Some(FeedFate::Refused)) {
        if !sheet.options.quiet {
            sheet.line().end(out)?;
        }
        refused::write(sheet, channel, out)?;
        if !channel.is_refused() {
            let line = sheet.line().ink(Ink::Red, "refused").say(": ");
            line.say(&channel.id).say(": there is nothing valid to write").end(out)?;
            included::invalid_by_code(sheet, &channel.invalid, out)?;
        }
        stays(sheet, channel, out)?;
    }
    Ok(())
}

/// That a channel's feed was not written, and what of it is still there.
fn stays(sheet: Sheet<'_>, channel: &ChannelOutcome, out: Out<'_>) -> io::Result<()> {
    if channel.feed.as_ref().is_some_and(|feed| feed.fate == FeedFate::Written) {
        // it went wrong only after the feed was in its place
        return Ok(());
    }
    // of several channels others may have theirs
    let whose = if sheet.is_of_one() { String::new() } else { format!(" for {}", channel.id) };
    let existing = channel.existing.as_ref().filter(|existing| existing.is_replaced);
    let stays = existing.map_or(String::new(), |existing| format!("; {} stays as it is", existing.path));
    sheet.line().say(format!("Nothing was written{whose}")).say(stays).end(out)
}

fn last(sheet: Sheet<'_>, out: Out<'_>) -> io::Result<()> {
    let channels = &sheet.outcome.channels;
    let look = sheet.look;
    let fates = [
        Some(FeedFate::Written),
        Some(FeedFate::WouldDiffer),
        Some(FeedFate::Equal),
        Some(FeedFate::Discarded),
        Some(FeedFate::Refused),
        None,
    ];
    let said = fates.into_iter().filter_map(|wanted| {
        let count = channels.iter().filter(|channel| fate(channel) == wanted).count();
        (count > 0).then(|| format!("{} {}", look.count(super::number(count)), words(sheet, wanted).2))
    });
    let said: Vec<String> = said.collect();
    let feeds = look.counted(super::number(channels.len()), "feed", "feeds");
    if channels.iter().any(|channel| matches!(fate(channel), None | Some(FeedFate::Refused))) {
        sheet.line().end(out)?;
    }
    sheet.line().ink(Ink::Bold, feeds).say(": ").say(said.join(", ")).say(sheet.read_as()).say(sheet.took()).end(out)
}
