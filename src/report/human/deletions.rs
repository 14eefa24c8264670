//! What leaves a channel: shown first, with every cause, whatever the limits are.

use std::io;

use super::{Out, Parts, Sheet, counted, heading, keys, row_indent, rows};
use crate::channel::Absent;
use crate::plan::{Cause, Change, ChangeKind, causes, sums, traits};
use crate::report::text::{Ink, cells};

/// Up to so many SKUs of a cause are shown where there is room for more than a line.
const SHOWN_AT_MOST: usize = 50;
/// Where SKUs have less room than this beside a cause, they stand on lines below.
const KEYS_ROOM: usize = 30;

pub(super) fn write(sheet: Sheet<'_>, parts: &Parts<'_>, out: Out<'_>) -> io::Result<()> {
    let deletes = &parts.deletes;
    if deletes.is_empty() {
        return Ok(());
    }
    let money = sheet.look.sums(&sums(deletes.iter().copied()));
    heading(sheet.look, ChangeKind::Delete, deletes.len(), parts.channel.counts.delete)
        .say(parts.channel.absent.map_or("", what_becomes))
        .right(Ink::Plain, money)
        .end(out)?;
    let causes = causes(deletes.iter().copied());
    let labels: Vec<String> = causes.iter().map(|(cause, changes)| label(sheet, *cause, changes)).collect();
    let count_cells = parts.count_cells(sheet.look);
    let fits = |label: &usize| row_indent(count_cells) + label + 3 + KEYS_ROOM <= sheet.look.width;
    let label_cells = labels.iter().map(|label| cells(label)).filter(fits).max().unwrap_or(0);
    let places = Places { count_cells, label_cells };
    for ((_, changes), label) in causes.iter().zip(&labels) {
        places.write(sheet, label, changes, out)?;
    }
    Ok(())
}

/// Where the parts of a cause's line stand.
struct Places {
    count_cells: usize,
    label_cells: usize,
}

impl Places {
    fn write(&self, sheet: Sheet<'_>, label: &str, changes: &[&Change], out: Out<'_>) -> io::Result<()> {
        let look = sheet.look;
        let line = counted(look, self.count_cells, changes.len()).say(label);
        let indent = row_indent(self.count_cells);
        if sheet.options.names_kind(ChangeKind::Delete) {
            line.end(out)?;
            let shown = sheet.options.limit.map_or(SHOWN_AT_MOST, |_| sheet.rows());
            let shown = changes.get(..shown).unwrap_or(changes);
            rows::whole(sheet, indent, shown, out)?;
            return rows::rest(sheet, indent, changes.len() - shown.len(), out);
        }
        let column = indent + self.label_cells + 3;
        let line = if line.width() + 2 > column || column + KEYS_ROOM > look.width {
            line.end(out)?;
            sheet.indented(indent)
        } else {
            let blanks = column - line.width();
            line.gap(blanks)
        };
        let column = line.width();
        let mut lines = self.key_lines(sheet, changes, line.room()).into_iter();
        line.say(lines.next().unwrap_or_default()).end(out)?;
        lines.try_for_each(|keys| sheet.indented(column).say(keys).end(out))
    }

    /// One line of SKUs; all of up to fifty where one channel is looked at, and all where all were asked for.
    fn key_lines(&self, sheet: Sheet<'_>, changes: &[&Change], room: usize) -> Vec<String> {
        let all = sheet.options.limit == Some(0);
        let shown = if all { changes } else { changes.get(..SHOWN_AT_MOST).unwrap_or(changes) };
        let (keys, total) = (keys::shown(shown, sheet.look), super::number(changes.len()));
        if all || sheet.is_of_one() && changes.len() <= SHOWN_AT_MOST {
            return keys::wrapped(&keys, total, room, sheet.look);
        }
        vec![keys::fitting(&keys, total, room, sheet.look)]
    }
}

/// A cause in words, and whose listings they are where all are of one brand or category.
fn label(sheet: Sheet<'_>, cause: Option<&Cause>, changes: &[&Change]) -> String {
    let words = words(sheet, cause);
    match traits(changes).cover() {
        Some((name, value)) if changes.len() >= 20 => format!("{words}, {name} {value}"),
        _ => words,
    }
}

/// A cause in a few words; of two feeds the newer one stands in the place of the master.
pub(super) fn words(sheet: Sheet<'_>, cause: Option<&Cause>) -> String {
    match cause {
        Some(Cause::NotInMaster) if sheet.outcome.config.is_empty() => format!("not in {}", sheet.outcome.master.path),
        cause => cause_words(cause),
    }
}

/// A cause in a few words, for a sentence.
pub(super) fn cause_words(cause: Option<&Cause>) -> String {
    match cause {
        None => "nobody says why".into(),
        Some(Cause::NotInMaster) => "no longer in the master".into(),
        Some(Cause::Excluded(rule)) => format!("excluded by where: {rule}"),
        Some(cause @ Cause::Invalid(_)) => format!("invalid: {}", cause.code().unwrap_or("no code")),
    }
}

/// What the channel does with a listing that is missing from the feed.
fn what_becomes(absent: Absent) -> &'static str {
    match absent {
        Absent::Withdrawn => ", taken off sale (the page stays)",
        Absent::Deleted => ", removed from the channel",
        Absent::Kept => ", which the channel keeps as they are",
        Absent::Unknown => ", and it is not known what the channel does with them",
    }
}
