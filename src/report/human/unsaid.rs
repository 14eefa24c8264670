//! What a feed takes away although nothing of it is compared: fields that the channel has and of which nobody says
//! anything.

use std::io;

use super::{Out, Sheet};
use crate::engine::outcome::ChannelOutcome;
use crate::model::listed;
use crate::report::text::Ink;

/// So many fields are named.
const NAMED: usize = 8;

/// The warning in a channel's section.
pub(super) fn write(sheet: Sheet<'_>, channel: &ChannelOutcome, out: Out<'_>) -> io::Result<()> {
    let Some(said) = said(sheet, channel).filter(|_| sheet.options.only.is_empty()) else { return Ok(()) };
    sheet.indented(2).ink(Ink::Yellow, "!").gap(1).sentence(Ink::Plain, &said, 4, out)
}

/// The same for each channel, where there are no sections.
pub(super) fn by_channel(sheet: Sheet<'_>, out: Out<'_>) -> io::Result<()> {
    for channel in &sheet.outcome.channels {
        if let Some(said) = said(sheet, channel) {
            let line = sheet.indented(2).ink(Ink::Yellow, "!").gap(1).ink(Ink::Bold, &channel.id).gap(2);
            line.sentence(Ink::Plain, &said, 4, out)?;
        }
    }
    Ok(())
}

fn said(sheet: Sheet<'_>, channel: &ChannelOutcome) -> Option<String> {
    if channel.unsaid.is_empty() {
        return None;
    }
    let all = channel.existing.as_ref().map_or(0, |existing| existing.listings);
    let of_listings = channel.unsaid.listings.iter().map(|(field, count)| match *count == all {
        true => field.clone(),
        false => format!("{field} ({})", sheet.look.count(*count)),
    });
    let of_document = channel.unsaid.document.iter().map(|field| format!("{field} of the document"));
    let fields: Vec<String> = of_listings.chain(of_document).collect();
    Some(format!("a feed leaves out what the channel has and nothing here says: {}", listed(&fields, NAMED, "")))
}
