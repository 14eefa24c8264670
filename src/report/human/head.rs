//! The first lines of a diff: what is compared, and the counts of every channel.

use std::io;

use super::{Out, Sheet, closing};
use crate::engine::outcome::{ChannelOutcome, ExistingSeen};
use crate::report::text::{Cell, Column, Ink, Row, Table};

pub(super) fn write(sheet: Sheet<'_>, out: Out<'_>) -> io::Result<()> {
    let look = sheet.look;
    let master = &sheet.outcome.master;
    let is_of_feeds = sheet.outcome.config.is_empty();
    let (desired, stands) = if is_of_feeds { ("New", "Old") } else { ("Desired", "Existing") };
    if !master.path.is_empty() {
        let offers = look.counted(master.offers, "offer", "offers");
        let line = sheet.line().ink(Ink::Bold, desired).to(10).say(&master.path).say(", ").say(offers);
        let guesses = master.guesses.join(", ");
        let line = if guesses.is_empty() { line } else { line.ink(Ink::Dim, format!(" ({guesses})")) };
        line.end(out)?;
    }
    if let Some(existing) = existing(sheet) {
        sheet.line().ink(Ink::Bold, stands).to(10).say(existing).end(out)?;
    }
    if is_of_feeds {
        recognised(sheet, out)?;
    }
    table(sheet, out)
}

/// Why the feeds were taken for those of this channel, where nobody said so.
fn recognised(sheet: Sheet<'_>, out: Out<'_>) -> io::Result<()> {
    for channel in sheet.outcome.channels.iter().filter(|channel| !channel.recognised.is_empty()) {
        let line = sheet.line().ink(Ink::Bold, "Channel").to(10);
        line.say(&channel.id).say(": ").sentence(Ink::Plain, &channel.recognised, 10, out)?;
    }
    Ok(())
}

/// What the existing side is: one file by name, of several the oldest.
fn existing(sheet: Sheet<'_>) -> Option<String> {
    let look = sheet.look;
    let channels = &sheet.outcome.channels;
    let exports: Vec<(&ChannelOutcome, &ExistingSeen)> =
        channels.iter().filter_map(|channel| Some((channel, channel.existing.as_ref()?))).collect();
    if let [(_, existing)] = exports.as_slice() {
        let listings = look.counted(existing.listings, "listing", "listings");
        let age = age(existing, sheet).map_or(String::new(), |age| format!(" ({age})"));
        let of = if existing.modified.is_empty() { String::new() } else { format!(", of {}{age}", existing.modified) };
        return Some(format!("{}, {listings}{of}", existing.path));
    }
    let oldest = exports.iter().filter_map(|export| Some((instant(export.1)?, export))).min_by_key(|export| export.0);
    let count = look.counted(super::number(exports.len()), "export", "exports");
    match oldest {
        _ if exports.is_empty() => None,
        None => Some(count),
        Some((_, (channel, existing))) => {
            let age = age(existing, sheet).map_or(String::new(), |age| format!(", {age}"));
            Some(format!("{count}, the oldest of {} ({}{age})", existing.modified, channel.id))
        }
    }
}

fn instant(existing: &ExistingSeen) -> Option<jiff::Timestamp> {
    existing.modified.parse().ok()
}

fn age(existing: &ExistingSeen, sheet: Sheet<'_>) -> Option<String> {
    let seconds = sheet.options.now?.as_second().checked_sub(instant(existing)?.as_second())?;
    Some(sheet.look.ago(u64::try_from(seconds).ok()?))
}

fn table(sheet: Sheet<'_>, out: Out<'_>) -> io::Result<()> {
    let look = sheet.look;
    let apart = if look.width < 90 { 2 } else { 4 };
    let columns = [
        Column::left("", 0),
        Column::right("delete", 2),
        Column::right("create", 2),
        Column::right("update", 2),
        Column::right("same", 2),
        Column::right("was", apart),
        Column::left(look.arrow(), 1).joined(),
        Column::left("will be", 1).joined(),
        // two feeds are only looked at
        Column::left(if sheet.outcome.config.is_empty() { "" } else { "render" }, apart),
    ];
    let mut table = Table::new(look, 2, &columns).with_heading();
    for channel in &sheet.outcome.channels {
        let counts = channel.counts;
        let in_ink = |count: u64, ink| Cell::ink(if count == 0 { Ink::Dim } else { ink }, look.count(count));
        let was = channel.existing.as_ref().map_or_else(|| "none".into(), |existing| look.count(existing.listings));
        let mut cells = vec![
            Cell::ink(Ink::Bold, channel.id.as_str()),
            in_ink(counts.delete, Ink::Red),
            in_ink(counts.create, Ink::Green),
            in_ink(counts.update, Ink::Yellow),
            Cell::ink(Ink::Dim, look.count(counts.same)),
            was.into(),
            look.arrow().into(),
            look.count(channel.desired).into(),
            state(channel),
        ];
        if channel.failed.is_some() {
            cells.iter_mut().take(8).skip(1).for_each(|cell| *cell = Cell::default());
        }
        table.add(Row::new(cells));
    }
    table.write(out)
}

/// What a render would do.
pub(super) fn state(channel: &ChannelOutcome) -> Cell {
    let names = |wanted: &dyn Fn(&&crate::engine::outcome::GuardVerdict) -> bool| -> String {
        let mut names: Vec<&str> = channel.guards.iter().filter(wanted).map(|guard| guard.name).collect();
        // a guard may have a second line, for a limit of the channel's own
        names.dedup();
        names.join(", ")
    };
    if channel.failed.is_some() {
        return Cell::ink(Ink::Red, "failed");
    }
    if channel.is_refused() {
        return Cell::ink(Ink::Red, format!("refused: {}", names(&|guard| guard.stops())));
    }
    if closing::doubt(channel).is_some() {
        return Cell::ink(Ink::Yellow, "doubtful");
    }
    if !channel.differs() {
        return Cell::ink(Ink::Dim, "equal");
    }
    if channel.guards.is_empty() {
        // a part of the listings was looked at: nobody can say what all of them would do
        return Cell::default();
    }
    match names(&|guard| !guard.ok && guard.allowed) {
        allowed if allowed.is_empty() => Cell::ink(Ink::Green, "ready"),
        allowed => Cell::ink(Ink::Green, format!("ready, allowed: {allowed}")),
    }
}
