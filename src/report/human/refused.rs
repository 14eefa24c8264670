//! A refusal says the way on: what was measured, what is allowed, why it came to
//! that, which listings, and the command that lets exactly these pass.

use std::io;

use super::{Out, Parts, Sheet, closing, deletions, failure, included, keys, number, quoted, section};
use crate::engine::outcome::{ChannelOutcome, GuardVerdict};
use crate::plan::causes;
use crate::report::text::{Ink, Line};

/// Where the text beside `why`, `likely` and `first` begins.
const TEXT_FROM: usize = 10;

/// One line for each channel of which nothing could be found out.
pub(super) fn write_failed(sheet: Sheet<'_>, out: Out<'_>) -> io::Result<()> {
    for channel in &sheet.outcome.channels {
        if let Some(refusal) = &channel.failed {
            sheet.line().say(&channel.id).ink(Ink::Red, " failed").gap(2).say(refusal.to_string()).end(out)?;
            failure::below(refusal, sheet.look, 2, out)?;
        }
    }
    Ok(())
}

/// One line for each channel that failed or cannot be judged, and for each guard that stops one.
pub(super) fn write_short(sheet: Sheet<'_>, out: Out<'_>) -> io::Result<()> {
    write_failed(sheet, out)?;
    for channel in &sheet.outcome.channels {
        for guard in channel.guards.iter().filter(|guard| guard.stops()) {
            let line = sheet.line().say(&channel.id).ink(Ink::Red, " refused").gap(2);
            line.say(guard.name).say(": ").say(section::measured(guard)).end(out)?;
        }
        if let Some(doubt) = closing::doubt(channel) {
            sheet.line().say(&channel.id).ink(Ink::Yellow, " doubtful").gap(2).say(doubt).end(out)?;
        }
    }
    Ok(())
}

/// All that a person needs who must decide whether it is meant.
pub(super) fn write(sheet: Sheet<'_>, channel: &ChannelOutcome, out: Out<'_>) -> io::Result<()> {
    for guard in channel.guards.iter().filter(|guard| guard.stops()) {
        let line = sheet.line().ink(Ink::Red, format!("refused[{}]", guard.name)).say(": ");
        let whose = if sheet.is_of_one() { String::new() } else { format!("{}: ", channel.id) };
        line.say(whose).ink(Ink::Bold, section::measured(guard)).end(out)?;
        let why = why(sheet, channel, guard);
        if !why.is_empty() {
            part(sheet, "why").sentence(Ink::Plain, &why, TEXT_FROM, out)?;
        }
        if !guard.likely.is_empty() {
            part(sheet, "likely").sentence(Ink::Plain, &guard.likely, TEXT_FROM, out)?;
        }
        first(sheet, channel, guard, out)?;
        way_on(sheet, channel, guard, out)?;
    }
    Ok(())
}

fn part<'l>(sheet: Sheet<'l>, name: &str) -> Line<'l> {
    sheet.indented(2).ink(Ink::Dim, name).to(TEXT_FROM)
}

/// What it came from: the causes of deletions, the codes of the invalid.
fn why(sheet: Sheet<'_>, channel: &ChannelOutcome, guard: &GuardVerdict) -> String {
    match guard.name {
        "max-delete" => {
            let deletes = Parts::of(channel, Sheet { options: &Default::default(), ..sheet }).deletes;
            let said = causes(deletes).into_iter().map(|(cause, changes)| {
                format!("{} {}", sheet.look.count(number(changes.len())), deletions::cause_words(cause))
            });
            said.collect::<Vec<_>>().join(", ")
        }
        "max-invalid" => included::reasons(sheet, &channel.invalid),
        _ => String::new(),
    }
}

fn first(sheet: Sheet<'_>, channel: &ChannelOutcome, guard: &GuardVerdict, out: Out<'_>) -> io::Result<()> {
    if guard.examples.is_empty() {
        return Ok(());
    }
    let look = sheet.look;
    let shown: Vec<String> = guard.examples.iter().map(|key| keys::key(key, look)).collect();
    let command = match guard.name {
        "max-delete" => format!("diff {} --only delete", channel.id),
        "max-invalid" => format!("validate {}", channel.id),
        _ => format!("diff {}", channel.id),
    };
    let command = sheet.command(&command);
    let line = part(sheet, "first");
    let room = line.room().saturating_sub(command.chars().count() + 3);
    let keys = keys::fitting(&shown, guard.count.max(number(shown.len())), room, look);
    line.say(keys).say(" (").ink(Ink::Cyan, command).say(")").end(out)
}

fn way_on(sheet: Sheet<'_>, channel: &ChannelOutcome, guard: &GuardVerdict, out: Out<'_>) -> io::Result<()> {
    let is_final = |guard: &&GuardVerdict| guard.stops() && guard.allow().is_none();
    if channel.guards.iter().any(|other| is_final(&other) && other.name != guard.name) {
        // what nothing can open makes opening this one useless
        return Ok(());
    }
    let Some(allow) = guard.allow() else {
        return sheet.indented(TEXT_FROM).say("Nothing lets this pass; mend what stands above").end(out);
    };
    let same = |other: &&GuardVerdict| other.stops() && other.name == guard.name;
    if channel.guards.iter().rfind(same).is_some_and(|last| last != guard) {
        // one command for all lines of a guard, below the last of them
        return Ok(());
    }
    let these = match guard.to_allow() {
        0 => "this pass once".to_owned(),
        1 => "this one pass and not one more".to_owned(),
        count => format!("these {} pass and not one more", sheet.look.count(count)),
    };
    sheet.indented(TEXT_FROM).say(format!("If it is meant, this lets {these}:")).end(out)?;
    let to = match sheet.outcome.to.as_str() {
        "" => String::new(),
        folder => format!(" --to {}", quoted(folder)),
    };
    let command = sheet.command(&format!("{} {}{to} --allow {allow}", acting(sheet), channel.id));
    sheet.indented(TEXT_FROM).ink(Ink::Cyan, command).end(out)
}

/// The command that a guard stops: the one that was given, or the one that a look stands for.
fn acting(sheet: Sheet<'_>) -> &str {
    match sheet.outcome.command.as_str() {
        "diff" | "validate" => "render",
        command => command,
    }
}
