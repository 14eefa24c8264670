//! One code and all that was found under it: how many, where, what they have in
//! common, what to do.

use std::io;

use super::snippet::{self, Marked};
use super::validate::Of;
use super::{Out, Sheet, keys, number};
use crate::engine::outcome::{ChannelOutcome, FindingGroup, PlaceSeen};
use crate::finding::Severity;
use crate::model::shown_of;
use crate::report::text::{Ink, cells};

/// Places that are named where nobody says how many.
const PLACES: usize = 3;

pub(super) fn write(sheet: Sheet<'_>, of: Of<'_>, out: Out<'_>) -> io::Result<()> {
    let group = of.group;
    headline(sheet, of, out)?;
    let told = group.places.len();
    let shown = sheet.options.limit.map_or(shown_of(told, PLACES), |_| sheet.rows()).min(told);
    let (shown, _) = group.places.split_at(shown);
    if is_one_place(shown) {
        let (first, _) = shown.split_at(1.min(shown.len()));
        places(sheet, group, first, shown.len(), out)?;
        return notes(sheet, group, 2, &messages(shown), out);
    }
    let marked = shown.first().and_then(|place| Some((place, place.snippet.as_ref()?)));
    let gutter = match marked {
        Some((place, _)) => place.line.to_string().len(),
        None => 2,
    };
    match marked {
        Some((place, marked)) => {
            let line = sheet.indented(gutter).ink(Ink::Dim, "--> ");
            let column = place.column;
            let line = line.ink(Ink::Cyan, format!("{}:{}:{column}", group.file, place.line));
            let key = keys::key(&place.found.key, sheet.look);
            (if key.is_empty() { line } else { line.say(", ").say(key) }).end(out)?;
            let others = others(sheet, group, shown);
            let label = if others.is_empty() || place.found.message.is_empty() {
                format!("{}{others}", place.found.message)
            } else {
                format!("{}; {others}", place.found.message)
            };
            let ink = ink(group.severity);
            snippet::write(
                sheet.look,
                gutter,
                &Marked { line: place.line, text: &marked.text, mark: marked.mark.clone(), label: &label, ink },
                out,
            )?;
        }
        None => places(sheet, group, shown, shown.len(), out)?,
    }
    let said = if marked.is_none() { messages(shown.get(..1).unwrap_or_default()) } else { String::new() };
    notes(sheet, group, gutter, &said, out)
}

fn headline(sheet: Sheet<'_>, of: Of<'_>, out: Out<'_>) -> io::Result<()> {
    let group = of.group;
    let of_offers = group.places.is_empty() || group.places.iter().any(|place| !place.found.key.is_empty());
    let mut compared = sheet.outcome.channels.iter().filter(|channel| channel.checked.is_none());
    let of_listings = compared.any(|channel| channel.of_existing().any(|other| other == group));
    let (one, many) = match of_offers {
        true if of_listings => ("listing", "listings"),
        true => ("offer", "offers"),
        false => ("place", "places"),
    };
    let line = sheet.line().ink(ink(group.severity), format!("{}[{}]", group.severity.name(), group.code));
    // two channels of one description have the same codes
    let is_told = |channel: &ChannelOutcome| {
        channel.checked.is_some() || group.code.split('/').next() == channel.id.split('.').next()
    };
    let whose = of.channel.filter(|channel| !is_told(channel));
    let whose = whose.map_or(String::new(), |channel| format!(" on {}", channel.id));
    let line = line.say(whose).say(": ").ink(Ink::Bold, &group.what);
    line.right(Ink::Plain, sheet.look.counted(group.count, one, many)).end(out)
}

pub(super) fn ink(severity: Severity) -> Ink {
    match severity {
        Severity::Error => Ink::Red,
        Severity::Warning => Ink::Yellow,
        Severity::Note => Ink::Cyan,
    }
}

/// `--> feed.xml:41 K10001, :78 K10002, 11 998 more`.
fn places(sheet: Sheet<'_>, group: &FindingGroup, shown: &[PlaceSeen], told: usize, out: Out<'_>) -> io::Result<()> {
    if shown.is_empty() {
        return Ok(());
    }
    let look = sheet.look;
    let mut line = sheet.indented(2).ink(Ink::Dim, "--> ");
    let start = line.width();
    for (at, place) in shown.iter().enumerate() {
        let file = if at == 0 { group.file.as_str() } else { "" };
        let key = keys::key(&place.found.key, look);
        let said = format!("{file}:{}{}{key}", place.line, if key.is_empty() { "" } else { " " });
        let is_last = at + 1 == shown.len();
        let needed = cells(&said) + 2;
        // a list of all places goes on below
        if at > 0 && line.room() < needed {
            line.end(out)?;
            line = sheet.indented(start);
        }
        line = line.ink(Ink::Cyan, said);
        if !is_last {
            line = line.say(",").gap(1);
        }
    }
    match group.count.saturating_sub(number(told)) {
        0 => line.end(out),
        more => line.say(format!(", {}", rest(sheet, more))).end(out),
    }
}

/// How many places are left out, and what shows them.
fn rest(sheet: Sheet<'_>, more: u64) -> String {
    let way = if sheet.options.limit == Some(0) { "" } else { " (--limit 0)" };
    format!("{} more{way}", sheet.look.count(more))
}

/// The places that follow a snippet: `also 871 (KT6120), 1502 (KZ7014), 6 more`.
fn others(sheet: Sheet<'_>, group: &FindingGroup, shown: &[PlaceSeen]) -> String {
    let Some((first, others)) = shown.split_first() else { return String::new() };
    // a line that the message names is not named again
    let named = lines_named(&first.found.message);
    let is_named = |line: u64| named.contains(&line);
    let mut said: Vec<String> = Vec::new();
    for place in others.iter().filter(|place| !is_named(place.line)) {
        let key = keys::key(&place.found.key, sheet.look);
        said.push(if key.is_empty() { place.line.to_string() } else { format!("{} ({key})", place.line) });
    }
    // a line that is named and not shown is one of those that are more
    let is_shown = |line: &&u64| shown.iter().any(|place| place.line == **line);
    let known = number(shown.len() + named.iter().filter(|line| !is_shown(line)).count());
    if let more @ 1.. = group.count.saturating_sub(known) {
        said.push(rest(sheet, more));
    }
    if said.is_empty() { String::new() } else { format!("also {}", said.join(", ")) }
}

/// The lines that a message names: `in line 3`, `in lines 2, 4`.
fn lines_named(message: &str) -> Vec<u64> {
    let mut named = Vec::new();
    let mut counts = false;
    for word in message.split_whitespace() {
        match word.trim_end_matches([',', ';']).parse() {
            Ok(line) if counts => named.push(line),
            _ => counts = matches!(word, "line" | "lines"),
        }
    }
    named
}

/// Whether several findings stand at one place: those of a document stand at its channel.
fn is_one_place(places: &[PlaceSeen]) -> bool {
    let same = |pair: &[PlaceSeen]| matches!(pair, [one, other] if one.line == other.line && one.found.key.is_empty() && other.found.key.is_empty());
    places.len() > 1 && places.windows(2).all(same)
}

/// What is said of some places, each thing once.
fn messages(places: &[PlaceSeen]) -> String {
    let mut said: Vec<&str> = places.iter().map(|place| place.found.message.as_str()).collect();
    said.dedup();
    said.join("; ")
}

fn notes(sheet: Sheet<'_>, group: &FindingGroup, gutter: usize, said: &str, out: Out<'_>) -> io::Result<()> {
    let note = |name: &str, text: &str, out: Out<'_>| match text {
        "" => Ok(()),
        text => {
            let line = sheet.indented(gutter + 1).ink(Ink::Dim, "= ").ink(Ink::Bold, name).say(": ");
            line.sentence(Ink::Plain, text, gutter + 3, out)
        }
    };
    if !group.in_common.is_empty() {
        let all = sheet.look.count(group.count);
        note("in common", &format!("{} in all {all} and in no other offer", group.in_common), out)?;
    }
    note("first", if said == group.what { "" } else { said }, out)?;
    note("help", &group.fix, out)
}
