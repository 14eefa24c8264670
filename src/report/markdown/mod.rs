//! Markdown for a comment on a pull request or the summary of a job: counts first, then what stops the
//! way, then findings by code; what one may want to read stands folded below, as people see it at a terminal.

use std::io::{self, Write};

use super::told::{self, Told, counted};
use super::{Failure, Human, Look, Report, Sheet};
use crate::engine::outcome::{ChannelOutcome, FeedFate, LeftOut};
use crate::finding::Severity;

mod page;
mod text;

use page::Page;
use text::code;

/// The first line, by which a comment is found again that is to be replaced.
pub const MARK: &str = "<!-- offersync -->";
/// Codes in the table of findings.
const CODES: usize = 40;
/// Channels in a table, and things that stop them.
const CHANNELS: usize = 100;

/// Reports in Markdown.
#[derive(Debug, Clone, Copy)]
pub struct Markdown;

impl Report for Markdown {
    fn outcome(&self, sheet: Sheet<'_>, out: &mut dyn Write) -> io::Result<()> {
        let sheet = Sheet { look: &Look::PLAIN, ..sheet };
        let told = told::of(sheet.outcome);
        let mut page = Page::new();
        page.add(&format!("{MARK}\n### {}\n\n", headline(sheet, &told)));
        match sheet.outcome.command.as_str() {
            "validate" => included(sheet, &mut page),
            "render" => feeds(sheet, &mut page),
            _ => changes(sheet, &mut page),
        }
        stops(sheet, &mut page);
        findings(&told, &mut page);
        baseline(sheet, &mut page);
        details(sheet, &told, &mut page)?;
        out.write_all(page.into_text().as_bytes())
    }

    fn failure(&self, failure: &Failure, _look: &Look, out: &mut dyn Write) -> io::Result<()> {
        let mut page = Page::new();
        page.add(&format!("{MARK}\n### offersync {} failed\n\n", failure.command));
        let told = told::of_failure(failure);
        let said = told.iter().flat_map(|one| one.places.iter().map(move |place| (one, place)));
        let rows: Vec<String> =
            said.map(|(one, place)| format!("- {}\n", code(&in_a_line(one, place), false))).collect();
        page.rows(rows.into_iter(), CODES, |more| format!("- {} more\n", count(more)));
        let mut whole = Vec::new();
        Human.failure(failure, &Look::PLAIN, &mut whole)?;
        page.details("All of it", &String::from_utf8_lossy(&whole), usize::MAX, more_lines);
        out.write_all(page.into_text().as_bytes())
    }
}

fn in_a_line(one: &Told<'_>, place: &told::Place<'_>) -> String {
    let at = if one.file.is_empty() { String::new() } else { format!("{}:{}:{} ", one.file, place.line, place.column) };
    format!("{at}{}", place.said())
}

fn count(number: usize) -> String {
    Look::PLAIN.count(number as u64)
}

fn more_lines(left: usize) -> String {
    format!("{} more in the report at a terminal", counted(left as u64, "line", "lines"))
}

/// What came of it, in a few words.
fn headline(sheet: Sheet<'_>, told: &[Told<'_>]) -> String {
    let channels = &sheet.outcome.channels;
    let said: Vec<String> = match sheet.outcome.command.as_str() {
        "validate" => {
            let of = |severity: Severity| told.iter().filter(|one| one.severity == severity).map(|one| one.count).sum();
            let counts: [u64; 3] = [of(Severity::Error), of(Severity::Warning), of(Severity::Note)];
            let words = [("error", "errors"), ("warning", "warnings"), ("note", "notes")];
            let said = counts.into_iter().zip(words).filter(|one| one.0 > 0);
            said.map(|(count, (one, many))| counted(count, one, many)).collect()
        }
        "render" => {
            let fate = |wanted: &[FeedFate]| channels.iter().filter(|one| wanted.contains(&fate_of(one))).count();
            let fates = [
                (fate(&[FeedFate::Written]), "written"),
                (fate(&[FeedFate::WouldDiffer]), "would differ"),
                (fate(&[FeedFate::Refused]), "refused"),
                (fate(&[FeedFate::Equal, FeedFate::Discarded]), "unchanged"),
            ];
            fates
                .into_iter()
                .filter(|one| one.0 > 0)
                .map(|(number, word)| format!("{} {word}", count(number)))
                .collect()
        }
        _ => {
            let sum = |of: fn(&ChannelOutcome) -> u64| channels.iter().map(of).sum::<u64>();
            let counts = [
                (sum(|channel| channel.counts.delete), "to delete"),
                (sum(|channel| channel.counts.create), "to create"),
                (sum(|channel| channel.counts.update), "to update"),
            ];
            let said = counts.into_iter().filter(|one| one.0 > 0);
            said.map(|(number, word)| format!("{} {word}", Look::PLAIN.count(number))).collect()
        }
    };
    let said = match (said.as_slice(), sheet.outcome.command.as_str()) {
        ([], "validate") => "no findings".to_owned(),
        ([], _) => "no changes".to_owned(),
        (said, _) => said.join(", "),
    };
    format!("offersync {}: {said}", sheet.outcome.command)
}

fn fate_of(channel: &ChannelOutcome) -> FeedFate {
    match &channel.feed {
        Some(feed) if channel.failed.is_none() && !channel.is_refused() => feed.fate,
        _ => FeedFate::Refused,
    }
}

/// A table with a row for each channel.
fn table(sheet: Sheet<'_>, head: &str, row: impl Fn(&ChannelOutcome) -> Vec<String>, page: &mut Page) {
    let cells = head.split('|').count();
    let rule: String = (0..cells).map(|cell| if cell == 0 { "---|" } else { "--:|" }).collect();
    page.add(&format!("|{head}|\n|{rule}\n"));
    let line = |channel: &ChannelOutcome| {
        let cells = row(channel);
        format!("| {} | {} |\n", code(&channel.id, true), cells.join(" | "))
    };
    let rows: Vec<String> = sheet.outcome.channels.iter().map(line).collect();
    page.rows(rows.into_iter(), CHANNELS, |more| format!("\n{} more\n", counted(more as u64, "channel", "channels")));
}

fn included(sheet: Sheet<'_>, page: &mut Page) {
    let sum = |list: &[LeftOut]| Look::PLAIN.count(list.iter().map(|one| one.count).sum());
    let row = |channel: &ChannelOutcome| {
        vec![Look::PLAIN.count(channel.offers), sum(&channel.excluded), sum(&channel.invalid)]
    };
    table(sheet, " channel | included | excluded | invalid ", row, page);
}

fn changes(sheet: Sheet<'_>, page: &mut Page) {
    let row = |channel: &ChannelOutcome| {
        let (counts, look) = (channel.counts, Look::PLAIN);
        let was = channel.existing.as_ref().map_or("none".to_owned(), |existing| look.count(existing.listings));
        let state = match channel {
            _ if channel.failed.is_some() => "failed",
            _ if channel.is_refused() => "would be refused",
            _ if !channel.differs() => "equal",
            _ => "ready",
        };
        let counts = [counts.delete, counts.create, counts.update, counts.same].map(|number| look.count(number));
        let mut cells = counts.to_vec();
        cells.push(format!("{was} → {}", look.count(channel.desired)));
        cells.push(state.to_owned());
        cells
    };
    table(sheet, " channel | delete | create | update | same | was → will be | render ", row, page);
}

fn feeds(sheet: Sheet<'_>, page: &mut Page) {
    let row = |channel: &ChannelOutcome| {
        let fate = match fate_of(channel) {
            FeedFate::Written => "written",
            FeedFate::WouldDiffer => "would differ",
            FeedFate::Equal => "unchanged",
            FeedFate::Discarded => "written nowhere",
            FeedFate::Refused if channel.failed.is_some() => "failed",
            FeedFate::Refused => "refused",
        };
        let listings = channel.feed.as_ref().map_or(0, |feed| feed.listings);
        vec![Look::PLAIN.count(listings), Look::PLAIN.count(channel.counts.changed()), fate.to_owned()]
    };
    table(sheet, " channel | listings | changed | feed ", row, page);
}

/// What stops channels, and what lets it pass.
fn stops(sheet: Sheet<'_>, page: &mut Page) {
    let of = |channel| {
        told::beside(channel, sheet.outcome)
            .into_iter()
            .flat_map(move |one| one.places)
            .map(move |place| format!("- {} {}\n", code(&channel.id, false), code(&place.message, false)))
    };
    let rows: Vec<String> = sheet.outcome.channels.iter().flat_map(of).collect();
    if !rows.is_empty() {
        page.add("\n");
        page.rows(rows.into_iter(), CHANNELS, |more| format!("- {} more\n", count(more)));
    }
}

/// Findings by code.
fn findings(told: &[Told<'_>], page: &mut Page) {
    let found: Vec<&Told<'_>> = told.iter().filter(|one| !one.code.starts_with("run/")).collect();
    if found.is_empty() {
        return;
    }
    page.add("\n|  | code | channel | how many | what | first |\n|---|---|---|--:|---|---|\n");
    let row = |one: &&Told<'_>| {
        let channel = if one.channel.is_empty() { String::new() } else { code(one.channel, true) };
        let first = one.places.first().map_or(String::new(), |place| code(&in_a_line(one, place), true));
        let (severity, many, what) = (one.severity.name(), Look::PLAIN.count(one.count), code(&one.what, true));
        format!("| {severity} | {} | {channel} | {many} | {what} | {first} |\n", code(&one.code, true))
    };
    let rows: Vec<String> = found.iter().map(row).collect();
    page.rows(rows.into_iter(), CODES, |more| format!("\n{} more\n", counted(more as u64, "code", "codes")));
}

/// What was known already.
fn baseline(sheet: Sheet<'_>, page: &mut Page) {
    if let Some(baseline) = &sheet.outcome.baseline {
        page.add(&format!("\n{}\n", code(&super::human::put_aside(baseline, sheet.look), false)));
    }
}

/// All of it as people see it at a terminal, folded.
fn details(sheet: Sheet<'_>, told: &[Told<'_>], page: &mut Page) -> io::Result<()> {
    let is_about_changes = sheet.outcome.command == "diff";
    let shown: Vec<&ChannelOutcome> = match is_about_changes {
        true => sheet.outcome.channels.iter().filter(|channel| channel.differs()).collect(),
        false => Vec::new(),
    };
    for (number, channel) in shown.iter().enumerate() {
        let text = super::human::section(sheet, channel)?;
        // those that follow have their part of what is left
        let most = page.room() / (shown.len() - number);
        let changed = counted(channel.counts.changed(), "change", "changes");
        let summary = format!("<code>{}</code>: {changed}", channel.id);
        page.details(&summary, text.trim_start_matches('\n'), most, more_lines);
    }
    let found = told.iter().any(|one| !one.code.starts_with("run/"));
    if found && !is_about_changes {
        let text = super::human::findings(sheet)?;
        page.details("Findings with their lines", &text, usize::MAX, more_lines);
    }
    Ok(())
}
