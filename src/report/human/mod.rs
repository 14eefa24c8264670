//! For people at a terminal: counts first, one sentence last; what stops the way
//! and what leaves before what changes; and the same screen for any catalog.

use std::io::{self, Write};

use super::text::{Ink, Line};
use super::{Failure, Look, Report, Sheet, View};
use crate::engine::outcome::{BaselineSeen, ChannelOutcome};
use crate::plan::{Change, ChangeKind};

mod by;
mod closing;
mod creations;
mod deletions;
mod failure;
mod finding;
mod full;
mod further;
mod head;
mod hints;
mod included;
mod keys;
mod like;
mod names;
mod refused;
mod render;
mod rows;
mod section;
mod snippet;
mod stat;
mod unsaid;
mod updates;
mod validate;
mod values;

/// Reports for people.
#[derive(Debug, Clone, Copy)]
pub struct Human;

type Out<'w> = &'w mut dyn Write;

impl Report for Human {
    fn outcome(&self, sheet: Sheet<'_>, out: &mut dyn Write) -> io::Result<()> {
        match sheet.outcome.command.as_str() {
            "validate" => validate::write(sheet, out),
            "render" => render::write(sheet, out),
            _ => diff(sheet, out),
        }
    }

    fn failure(&self, failure: &Failure, look: &Look, out: &mut dyn Write) -> io::Result<()> {
        failure::write(failure, look, out)
    }

    fn hints(&self, sheet: Sheet<'_>) -> Vec<String> {
        hints::hints(sheet)
    }
}

fn diff(sheet: Sheet<'_>, out: Out<'_>) -> io::Result<()> {
    if sheet.options.view == View::NameOnly {
        return names::write(sheet, out);
    }
    if sheet.options.quiet {
        return refused::write_short(sheet, out);
    }
    if closing::is_clean(sheet.outcome) {
        return closing::clean(sheet, out);
    }
    if sheet.options.view == View::Stat {
        return stat::write(sheet, out);
    }
    head::write(sheet, out)?;
    for channel in &sheet.outcome.channels {
        section::write(sheet, &Parts::of(channel, sheet), out)?;
    }
    closing::diff(sheet, out)
}

/// One channel's part of a diff.
pub(super) fn section(sheet: Sheet<'_>, channel: &ChannelOutcome) -> io::Result<String> {
    let mut text = Vec::new();
    section::write(sheet, &Parts::of(channel, sheet), &mut text)?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// All findings, with their places.
pub(super) fn findings(sheet: Sheet<'_>) -> io::Result<String> {
    let mut text = Vec::new();
    validate::findings(sheet, &mut text)?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// What was known already, in a line: how many were put aside, and how many are gone.
pub(super) fn put_aside(baseline: &BaselineSeen, look: &Look) -> String {
    let BaselineSeen { path, known, gone, .. } = baseline;
    let known = look.counted(*known, "known finding is", "known findings are");
    let gone = gone.filter(|gone| *gone > 0).map_or(String::new(), |gone| {
        format!(", {} more {} gone", look.count(gone), if gone == 1 { "is" } else { "are" })
    });
    format!("{known} put aside ({path}){gone}")
}

/// The changes of a channel that are to be shown, by kind; each in the order of what is at stake.
struct Parts<'o> {
    channel: &'o ChannelOutcome,
    deletes: Vec<&'o Change>,
    updates: Vec<&'o Change>,
    creates: Vec<&'o Change>,
}

impl<'o> Parts<'o> {
    fn of(channel: &'o ChannelOutcome, sheet: Sheet<'_>) -> Self {
        let of_kind = |kind: ChangeKind| {
            let taken = channel.changes.iter().filter(|change| change.kind == kind && sheet.options.takes(change));
            let mut taken: Vec<&Change> = taken.collect();
            taken.sort_by(|one, other| one.by_stake(other));
            taken
        };
        Parts {
            channel,
            deletes: of_kind(ChangeKind::Delete),
            updates: of_kind(ChangeKind::Update),
            creates: of_kind(ChangeKind::Create),
        }
    }

    fn all(&self) -> impl Iterator<Item = &'o Change> {
        self.deletes.iter().chain(&self.updates).chain(&self.creates).copied()
    }

    /// The cells that the counts of groups take, so that they stand below one another.
    fn count_cells(&self, look: &Look) -> usize {
        let most = self.deletes.len().max(self.updates.len()).max(self.creates.len());
        super::text::cells(&look.count(number(most))).max(5)
    }
}

impl<'s> Sheet<'s> {
    fn line(&self) -> Line<'s> {
        Line::new(self.look)
    }

    fn indented(&self, blanks: usize) -> Line<'s> {
        Line::indented(self.look, blanks)
    }

    /// Listings per group.
    fn rows(&self) -> usize {
        self.options.rows(&self.outcome.channels)
    }

    /// Whether one channel was asked for, so that there is room for more of it.
    fn is_of_one(&self) -> bool {
        self.outcome.channels.len() == 1
    }

    /// How the master was read, where that was a guess that could be wrong; for the end of a sentence.
    fn read_as(&self) -> String {
        let master = &self.outcome.master;
        let guess = master.guesses.iter().find_map(|guess| guess.strip_prefix("encoding "));
        guess.map_or(String::new(), |guess| format!("; {} read as {guess}", master.path))
    }

    /// How long it took, for the end of a sentence.
    fn took(&self) -> String {
        if self.options.without_elapsed {
            return String::new();
        }
        format!(" ({})", self.look.elapsed(self.outcome.elapsed))
    }

    /// A command that a person can copy: with the same config as this one.
    fn command(&self, words: &str) -> String {
        let config = self.outcome.config.as_str();
        if config.is_empty() || config == "offersync.yaml" {
            return format!("offersync {words}");
        }
        format!("offersync {words} -c {}", quoted(config))
    }
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || "._/-+:@%".contains(letter);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// A group's own line: its count to the right, then words.
fn counted<'l>(look: &'l Look, count_cells: usize, count: usize) -> Line<'l> {
    let count = look.count(number(count));
    let blanks = count_cells.saturating_sub(super::text::cells(&count));
    Line::indented(look, 4 + blanks).say(count).gap(2)
}

/// Where the rows below a group's line begin.
fn row_indent(count_cells: usize) -> usize {
    4 + count_cells + 2
}

/// The heading of all changes of a kind; how many of how many, where not all are shown.
fn heading<'l>(look: &'l Look, kind: ChangeKind, shown: usize, all: u64) -> Line<'l> {
    let (mark, ink) = mark(kind);
    let line = Line::indented(look, 2).ink(ink, mark).gap(1).ink(Ink::Bold, look.count(number(shown)));
    let line = if number(shown) == all { line } else { line.say(format!(" of {}", look.count(all))) };
    line.gap(1).ink(Ink::Bold, kind.name())
}

fn mark(kind: ChangeKind) -> (&'static str, Ink) {
    match kind {
        ChangeKind::Delete => ("-", Ink::Red),
        ChangeKind::Create => ("+", Ink::Green),
        ChangeKind::Update => ("~", Ink::Yellow),
    }
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_for_a_shell_where_they_must_be() {
        assert_eq!(quoted("conf/shop-2.yaml"), "conf/shop-2.yaml");
        assert_eq!(quoted("мій магазин.yaml"), "'мій магазин.yaml'");
        assert_eq!(quoted("a'b; rm"), r"'a'\''b; rm'");
    }
}
