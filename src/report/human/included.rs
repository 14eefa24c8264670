//! Which offers go to a channel and which do not, and by which rule.

use std::io;

use super::{Out, Sheet, counted, keys, number};
use crate::engine::Outcome;
use crate::engine::outcome::{ChannelOutcome, LeftOut};
use crate::model::shown_of;
use crate::report::text::{Cell, Column, Ink, Row, Table, cells};

/// Reasons that are named in a line.
const REASONS: usize = 3;

/// One line for what is left out of a channel; the invalid by code and SKU where one channel is looked at.
pub(super) fn left_out(sheet: Sheet<'_>, channel: &ChannelOutcome, out: Out<'_>) -> io::Result<()> {
    let Some(said) = said(sheet, channel) else { return Ok(()) };
    sheet.indented(2).ink(Ink::Dim, sheet.look.left_out()).gap(1).sentence(Ink::Plain, &said, 4, out)?;
    if sheet.is_of_one() { invalid_by_code(sheet, &channel.invalid, out) } else { Ok(()) }
}

/// A line for each channel that has invalid offers, where there are no sections to say so.
pub(super) fn by_channel(sheet: Sheet<'_>, out: Out<'_>) -> io::Result<()> {
    let channels = || sheet.outcome.channels.iter().filter(|channel| !channel.invalid.is_empty());
    let widest = channels().map(|channel| cells(&channel.id)).max().unwrap_or(0);
    for channel in channels() {
        let Some(said) = said(sheet, channel) else { continue };
        let line = sheet.indented(2).ink(Ink::Dim, sheet.look.left_out()).gap(1);
        let text_from = line.width() + widest + 2;
        line.ink(Ink::Bold, &channel.id).to(text_from).sentence(Ink::Plain, &said, text_from, out)?;
        if sheet.is_of_one() {
            invalid_by_code(sheet, &channel.invalid, out)?;
        }
    }
    Ok(())
}

/// How many invalid offers of a channel are left out.
pub(super) fn invalid(channel: &ChannelOutcome) -> u64 {
    total(&channel.invalid).saturating_sub(channel.kept)
}

/// Whether offers do not go to some channel.
pub(super) fn is_anything_left_out(outcome: &Outcome) -> bool {
    outcome.channels.iter().any(|channel| total(&channel.excluded) + total(&channel.invalid) > 0)
}

/// What is left out of a channel, and by which rules; `None` where it is nothing.
pub(super) fn said(sheet: Sheet<'_>, channel: &ChannelOutcome) -> Option<String> {
    let excluded = total(&channel.excluded);
    let invalid = invalid(channel);
    let look = sheet.look;
    let mut said = Vec::new();
    if excluded > 0 {
        said.push(format!("{} excluded ({})", look.count(excluded), reasons(sheet, &channel.excluded)));
    }
    if invalid > 0 {
        said.push(format!("{} invalid", look.count(invalid)));
    }
    let mut words = match said.as_slice() {
        [] => String::new(),
        said => format!("{} left out: {}", look.count(excluded + invalid), said.join(", ")),
    };
    if channel.kept > 0 {
        let kept = format!("{} invalid and kept as on the channel", look.count(channel.kept));
        words = if words.is_empty() { kept } else { format!("{words}; {kept}") };
        said.push(String::new());
    }
    let codes = format!(" ({})", reasons(sheet, &channel.invalid));
    // one channel has its codes below, several have them where they fit
    if invalid > 0 && !sheet.is_of_one() && cells(&words) + cells(&codes) + 4 <= look.width {
        words.push_str(&codes);
    }
    (!said.is_empty()).then_some(words)
}

/// A line for each code that keeps offers away, with their SKUs.
pub(super) fn invalid_by_code(sheet: Sheet<'_>, invalid: &[LeftOut], out: Out<'_>) -> io::Result<()> {
    let look = sheet.look;
    let widest = invalid.iter().map(|one| cells(&one.reason)).max().unwrap_or(0);
    let count_cells = invalid.iter().map(|one| cells(&look.count(one.count))).max().unwrap_or(0).max(5);
    for one in invalid {
        let count = usize::try_from(one.count).unwrap_or(usize::MAX);
        let line = counted(look, count_cells, count).say("invalid: ");
        let column = line.width() + widest + 3;
        let line = line.say(&one.reason).to(column);
        let first: Vec<String> = one.first.iter().map(|key| keys::key(key, look)).collect();
        let room = line.room();
        line.say(keys::fitting(&first, one.count, room, look)).end(out)?;
    }
    Ok(())
}

/// The table of `validate`: what of the catalog goes where.
pub(super) fn table(sheet: Sheet<'_>, out: Out<'_>) -> io::Result<()> {
    let columns = [
        Column::left("", 0),
        Column::right("included", 2),
        Column::right("excluded", 2),
        Column::left("", 2).joined(),
        Column::right("invalid", 2),
    ];
    let look = sheet.look;
    let mut table = Table::new(look, 2, &columns).with_heading();
    for channel in &sheet.outcome.channels {
        let (excluded, invalid) = (total(&channel.excluded), total(&channel.invalid));
        let ink = if invalid > 0 { Ink::Red } else { Ink::Dim };
        table.add(Row::new([
            Cell::ink(Ink::Bold, channel.id.as_str()),
            look.count(channel.offers).into(),
            look.count(excluded).into(),
            Cell::ink(Ink::Dim, reasons(sheet, &channel.excluded)),
            Cell::ink(ink, look.count(invalid)),
        ]));
    }
    table.write(out)
}

pub(super) fn total(list: &[LeftOut]) -> u64 {
    list.iter().map(|one| one.count).sum()
}

/// The weightiest reasons with their counts: `162 stock > 0, 12 brand != 'NoName'`.
pub(super) fn reasons(sheet: Sheet<'_>, list: &[LeftOut]) -> String {
    let look = sheet.look;
    let mut list: Vec<&LeftOut> = list.iter().filter(|one| one.count > 0).collect();
    list.sort_by(|one, other| other.count.cmp(&one.count).then_with(|| one.reason.cmp(&other.reason)));
    let most = if sheet.options.limit == Some(0) { list.len() } else { shown_of(list.len(), REASONS) };
    let shown = list.get(..most).unwrap_or(&list);
    // a single reason has the count of the whole
    let one = |one: &&LeftOut| {
        if list.len() == 1 { one.reason.clone() } else { format!("{} {}", look.count(one.count), one.reason) }
    };
    let mut said: Vec<String> = shown.iter().map(one).collect();
    if let more @ 1.. = list.len() - shown.len() {
        said.push(format!("{} (--limit 0)", look.counted(number(more), "more reason", "more reasons")));
    }
    said.join(", ")
}
