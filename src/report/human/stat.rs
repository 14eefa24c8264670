//! `--stat`: one line per channel, with a bar as long as the changes are many.

use std::io;

use super::{Out, Sheet, closing, head, included, refused};
use crate::engine::outcome::ChannelOutcome;
use crate::report::text::{Cell, Column, Ink, Row, Spans, Table};

/// The longest bar where there is room for it, and where there is not.
const BAR: u64 = 40;
const SHORT_BAR: u64 = 16;

pub(super) fn write(sheet: Sheet<'_>, out: Out<'_>) -> io::Result<()> {
    let look = sheet.look;
    let columns = [
        Column::left("", 0),
        Column::right("", 2),
        Column::left("", 1).joined(),
        Column::right("", 2),
        Column::left("", 1).joined(),
        Column::right("", 2),
        Column::left("", 1).joined(),
        Column::left("", 2),
        Column::left("", 2),
    ];
    let most = sheet.outcome.channels.iter().map(|channel| channel.counts.changed()).max().unwrap_or(0);
    let mut table = Table::new(look, 2, &columns);
    for channel in &sheet.outcome.channels {
        let counts = channel.counts;
        table.add(Row::new([
            Cell::ink(Ink::Bold, channel.id.as_str()),
            look.count(counts.delete).into(),
            "delete".into(),
            look.count(counts.create).into(),
            "create".into(),
            look.count(counts.update).into(),
            "update".into(),
            Cell::spans(bar(channel, most, if look.width < 100 { SHORT_BAR } else { BAR })),
            head::state(channel),
        ]));
    }
    table.write(out)?;
    included::by_channel(sheet, out)?;
    refused::write_failed(sheet, out)?;
    closing::diff(sheet, out)
}

/// A mark for each change, or for so many that the longest bar has `length` marks; none that there is vanishes.
fn bar(channel: &ChannelOutcome, most: u64, length: u64) -> Spans {
    let scaled = |count: u64| match count {
        0 => 0,
        _ if most <= length => count,
        _ => (u128::from(count) * u128::from(length) / u128::from(most)).max(1) as u64,
    };
    let counts = channel.counts;
    [("-", Ink::Red, counts.delete), ("+", Ink::Green, counts.create), ("~", Ink::Yellow, counts.update)]
        .into_iter()
        .map(|(mark, ink, count)| (ink, mark.repeat(usize::try_from(scaled(count)).unwrap_or(0))))
        .collect()
}
