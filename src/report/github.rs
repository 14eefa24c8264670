//! Workflow commands of GitHub Actions: what is shown beside the line of a file. A step shows ten of a
//! level, so the tenth says how many more there are.

use std::io::{self, Write};

use super::told::{self, Told, counted};
use super::{Failure, Look, Report, Sheet};
use crate::engine::Outcome;
use crate::finding::Severity;

/// What a step shows of a level.
const MOST: usize = 10;
/// So many places of one code.
const OF_A_CODE: usize = 3;

/// Reports as workflow commands.
#[derive(Debug, Clone, Copy)]
pub struct Github;

impl Report for Github {
    fn outcome(&self, sheet: Sheet<'_>, out: &mut dyn Write) -> io::Result<()> {
        write(&told::of(sheet.outcome), out)?;
        changes(sheet.outcome, out)
    }

    fn failure(&self, failure: &Failure, _look: &Look, out: &mut dyn Write) -> io::Result<()> {
        write(&told::of_failure(failure), out)
    }
}

fn command(severity: Severity) -> (&'static str, &'static str, &'static str) {
    match severity {
        Severity::Error => ("error", "more error", "more errors"),
        Severity::Warning => ("warning", "more warning", "more warnings"),
        Severity::Note => ("notice", "more note", "more notes"),
    }
}

fn write(told: &[Told<'_>], out: &mut dyn Write) -> io::Result<()> {
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let of_level: Vec<&Told<'_>> = told.iter().filter(|one| one.severity == severity).collect();
        let all: u64 = of_level.iter().map(|one| one.count).sum();
        // each code once before any of them twice
        let rounds = (0..OF_A_CODE).flat_map(|round| of_level.iter().map(move |one| (*one, round)));
        let places: Vec<_> = rounds.filter(|(one, round)| *round < one.places.len()).collect();
        let is_all = all <= places.len() as u64 && places.len() <= MOST;
        let shown = places.len().min(if is_all { MOST } else { MOST - 1 });
        for (one, round) in places.iter().take(shown) {
            annotate(one, *round, out)?;
        }
        if let more @ 1.. = all.saturating_sub(shown as u64) {
            let (name, singular, plural) = command(severity);
            let codes = counted(of_level.len() as u64, "code", "codes");
            writeln!(
                out,
                "::{name} title=offersync::{}",
                data(&format!("{} of {codes}", counted(more, singular, plural)))
            )?;
        }
    }
    Ok(())
}

fn annotate(one: &Told<'_>, round: usize, out: &mut dyn Write) -> io::Result<()> {
    let Some(place) = one.places.get(round) else { return Ok(()) };
    let title = match one.channel {
        channel if channel.is_empty() || one.code.starts_with(&format!("{channel}/")) => one.code.to_string(),
        channel => format!("{} on {channel}", one.code),
    };
    let mut properties = vec![format!("title={}", property(&title))];
    if !one.file.is_empty() {
        let place = format!("file={},line={},col={}", property(&one.file), place.line, place.column);
        properties.insert(0, place);
    }
    let all =
        if one.count > 1 { format!(" (one of {})", counted(one.count, "place", "places")) } else { String::new() };
    let mut lines = vec![format!("{}{all}", told::seen(&one.what)), place.said(), told::seen(&one.fix)];
    lines.retain(|line| !line.is_empty());
    writeln!(out, "::{} {}::{}", command(one.severity).0, properties.join(","), data(&lines.join("\n")))
}

/// How many of each kind change on a channel: nothing to mend, so a notice without a place.
fn changes(outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    if outcome.command == "validate" {
        return Ok(());
    }
    for channel in outcome.channels.iter().filter(|channel| channel.differs()).take(MOST) {
        let counts = channel.counts;
        let said = format!("{} to delete, {} to create, {} to update", counts.delete, counts.create, counts.update);
        writeln!(out, "::notice title={}::{}", property(&channel.id), data(&said))?;
    }
    Ok(())
}

/// A text behind `::`, as the runner takes it back.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A text behind `=`, as the runner takes it back.
fn property(text: &str) -> String {
    data(&told::seen(text)).replace(':', "%3A").replace(',', "%2C")
}
