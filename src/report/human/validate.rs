//! What is wrong with the data, by code, and what goes where all the same.

use std::io;

use super::{Out, Sheet, closing, failure, finding, included, number};
use crate::engine::outcome::{ChannelOutcome, Checked, FindingGroup};
use crate::finding::Severity;
use crate::report::text::Ink;

pub(super) fn write(sheet: Sheet<'_>, out: Out<'_>) -> io::Result<()> {
    let groups = groups(sheet);
    if sheet.options.quiet {
        failures(sheet, &sheet.outcome.channels, out)?;
        let errors = groups.iter().filter(|group| group.group.severity == Severity::Error);
        return errors.into_iter().try_for_each(|group| finding::write(sheet, *group, out));
    }
    if sheet.outcome.config.is_empty() && sheet.outcome.channels.iter().any(is_by_itself) {
        return feeds(sheet, out);
    }
    failures(sheet, &sheet.outcome.channels, out)?;
    groups.iter().try_for_each(|group| finding::write(sheet, *group, out))?;
    let failed = sheet.outcome.channels.iter().any(|channel| channel.failed.is_some());
    if groups.is_empty() && !failed && !included::is_anything_left_out(sheet.outcome) {
        return clean(sheet, out);
    }
    if !groups.is_empty() || failed {
        sheet.line().end(out)?;
    }
    included::table(sheet, out)?;
    last(sheet, &groups, out)
}

/// A group of findings, and the channel that it was found for; `None` for the catalog.
#[derive(Clone, Copy)]
pub(super) struct Of<'s> {
    pub(super) group: &'s FindingGroup,
    pub(super) channel: Option<&'s ChannelOutcome>,
}

/// All findings: errors first, then by how many, then by code.
fn groups(sheet: Sheet<'_>) -> Vec<Of<'_>> {
    let catalog = sheet.outcome.findings.iter().map(|group| Of { group, channel: None });
    let of_channels = sheet.outcome.channels.iter().flat_map(of_channel);
    sorted(catalog.chain(of_channels))
}

fn of_channel(channel: &ChannelOutcome) -> impl Iterator<Item = Of<'_>> {
    channel.findings.iter().map(move |group| Of { group, channel: Some(channel) })
}

fn sorted<'s>(groups: impl Iterator<Item = Of<'s>>) -> Vec<Of<'s>> {
    let mut groups: Vec<Of<'_>> = groups.filter(|of| of.group.count > 0).collect();
    groups.sort_by(|one, other| {
        let by = |of: &Of<'_>| (std::cmp::Reverse(of.group.severity), std::cmp::Reverse(of.group.count));
        by(one).cmp(&by(other)).then_with(|| one.group.code.cmp(&other.group.code))
    });
    groups
}

/// All findings with their places.
pub(super) fn findings(sheet: Sheet<'_>, out: Out<'_>) -> io::Result<()> {
    groups(sheet).iter().try_for_each(|group| finding::write(sheet, *group, out))
}

/// What was known already.
fn baseline(sheet: Sheet<'_>, out: Out<'_>) -> io::Result<()> {
    let Some(baseline) = &sheet.outcome.baseline else { return Ok(()) };
    sheet.line().ink(Ink::Dim, super::put_aside(baseline, sheet.look)).end(out)
}

/// Whether it is a feed that was checked without a master, or was to be.
fn is_by_itself(channel: &ChannelOutcome) -> bool {
    channel.checked.is_some() || channel.failed.is_some()
}

/// Feeds by themselves: each with its own head, findings and sums.
fn feeds(sheet: Sheet<'_>, out: Out<'_>) -> io::Result<()> {
    for (number, channel) in sheet.outcome.channels.iter().enumerate() {
        if number > 0 {
            sheet.line().end(out)?;
        }
        subject(sheet, channel, out)?;
        failures(sheet, std::slice::from_ref(channel), out)?;
        let Some(checked) = channel.checked else { continue };
        let groups = sorted(of_channel(channel));
        groups.iter().try_for_each(|group| finding::write(sheet, *group, out))?;
        if !groups.is_empty() {
            sheet.line().end(out)?;
        }
        last_of_feed(sheet, checked, out)?;
    }
    Ok(())
}

/// The feed that was checked, and by which rules.
fn subject(sheet: Sheet<'_>, channel: &ChannelOutcome, out: Out<'_>) -> io::Result<()> {
    let Some(existing) = &channel.existing else { return Ok(()) };
    let look = sheet.look;
    let size = if existing.bytes == 0 { String::new() } else { format!("{}, ", look.bytes(existing.bytes)) };
    let offers = look.counted(existing.listings, "offer", "offers");
    let rules = &channel.checked_on;
    let rules = if rules.is_empty() { String::new() } else { format!(" (rules checked {rules})") };
    let line = sheet.line().ink(Ink::Bold, &existing.path);
    line.say(format!(", {size}{offers}, read as {}{rules}", channel.id)).end(out)?;
    if channel.recognised.is_empty() {
        return Ok(());
    }
    let why = format!("shape {}: {}", existing.shape, channel.recognised);
    sheet.indented(2).ink(Ink::Dim, "= ").ink(Ink::Bold, channel.id.as_str()).say(", ").sentence(
        Ink::Plain,
        &why,
        4,
        out,
    )
}

fn failures(sheet: Sheet<'_>, channels: &[ChannelOutcome], out: Out<'_>) -> io::Result<()> {
    for channel in channels {
        let Some(refusal) = &channel.failed else { continue };
        let line = sheet.line().ink(Ink::Red, sheet.look.failed()).gap(1).ink(Ink::Bold, &channel.id);
        line.say(": ").say(refusal.to_string()).end(out)?;
        failure::below(refusal, sheet.look, 4, out)?;
    }
    Ok(())
}

fn clean(sheet: Sheet<'_>, out: Out<'_>) -> io::Result<()> {
    closing::of_others(sheet, out)?;
    baseline(sheet, out)?;
    let looked_at = looked_at(sheet);
    if looked_at == 0 && sheet.outcome.master.offers > 0 {
        let line = sheet.line().ink(Ink::Yellow, "Nothing was checked: ").say("no offer is called so");
        return line.say(sheet.took()).end(out);
    }
    let offers = sheet.look.counted(looked_at, "offer is", "offers are");
    let on = match sheet.outcome.channels.as_slice() {
        [] => String::new(),
        [channel] => format!(" for {}", channel.id),
        channels => format!(" for {} channels", sheet.look.count(number(channels.len()))),
    };
    let line = sheet
        .line()
        .ink(Ink::Green, if sheet.outcome.baseline.is_some() { "No new findings: " } else { "No findings: " })
        .say(format!("{offers} valid{on}"));
    line.say(sheet.read_as()).say(sheet.took()).end(out)
}

/// Offers that were looked at: all of the master, unless only some were asked for.
fn looked_at(sheet: Sheet<'_>) -> u64 {
    let by_channel = sheet.outcome.channels.iter().map(ChannelOutcome::looked_at).max();
    by_channel.unwrap_or(sheet.outcome.master.offers).min(sheet.outcome.master.offers)
}

fn last_of_feed(sheet: Sheet<'_>, checked: Checked, out: Out<'_>) -> io::Result<()> {
    baseline(sheet, out)?;
    let look = sheet.look;
    let Checked { listings, with_errors, with_warnings } = checked;
    let clean = listings.saturating_sub(with_errors).saturating_sub(with_warnings);
    let parts = [(with_errors, "with errors"), (with_warnings, "with warnings only"), (clean, "clean")];
    let said = parts.iter().filter(|part| part.0 > 0).map(|(count, what)| format!("{} {what}", look.count(*count)));
    let said: Vec<String> = said.collect();
    let line = sheet.line().ink(Ink::Bold, look.counted(listings, "offer", "offers"));
    line.say(": ").say(said.join(", ")).say(sheet.took()).end(out)
}

fn last(sheet: Sheet<'_>, groups: &[Of<'_>], out: Out<'_>) -> io::Result<()> {
    closing::of_others(sheet, out)?;
    baseline(sheet, out)?;
    let look = sheet.look;
    let (some, all) = (looked_at(sheet), sheet.outcome.master.offers);
    let offers = look.counted(all, "offer", "offers");
    let offers = if some < all { format!("{} of {offers}", look.count(some)) } else { offers };
    let mut said = vec![offers];
    if sheet.outcome.invalid_offers > 0 {
        said.push(format!("{} invalid on some channel", look.count(sheet.outcome.invalid_offers)));
    }
    let codes = |severity: Severity, one, many| {
        let mut codes: Vec<&str> =
            groups.iter().filter(|of| of.group.severity == severity).map(|of| of.group.code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        (!codes.is_empty()).then(|| look.counted(number(codes.len()), one, many))
    };
    let kinds = [
        codes(Severity::Error, "error code", "error codes"),
        codes(Severity::Warning, "warning code", "warning codes"),
        codes(Severity::Note, "note", "notes"),
    ];
    let kinds: Vec<String> = kinds.into_iter().flatten().collect();
    let kinds = match groups.is_empty() {
        true if sheet.outcome.channels.iter().all(|channel| channel.failed.is_none()) => {
            let new = if sheet.outcome.baseline.is_some() { "new " } else { "" };
            format!("; no {new}findings")
        }
        true => String::new(),
        false => format!("; {}", kinds.join(", ")),
    };
    sheet.line().ink(Ink::Bold, said.join(", ")).say(kinds).say(sheet.read_as()).say(sheet.took()).end(out)
}
