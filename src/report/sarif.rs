//! SARIF 2.1.0, which code hosts take for their lists of alerts. Every result has a line and a column from 1 and a path
//! relative to where offersync was started; there are 5,000 of them at most, no code pushes the others
//! out, and what is left out is said.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::json::inert;
use super::told::{self, Place, Told, counted, seen};
use super::whereabouts::{as_uri, from_here};
use super::{Failure, Look, Report, Sheet};
use crate::engine::Outcome;
use crate::engine::outcome::Whereabouts;
use crate::finding::{Code, Severity};

/// What hosts show of a file.
pub const MOST_RESULTS: usize = 5_000;
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// Reports in SARIF.
#[derive(Debug, Clone, Copy)]
pub struct Sarif;

impl Report for Sarif {
    fn outcome(&self, sheet: Sheet<'_>, out: &mut dyn Write) -> io::Result<()> {
        let (outcome, told) = (sheet.outcome, told::of(sheet.outcome));
        let whole = Whole {
            rules: rules(&outcome.rules, &told),
            file: file(&outcome.config, &outcome.master.path, &outcome.whereabouts),
            succeeded: outcome.channels.iter().all(|channel| channel.failed.is_none()),
            exit: sheet.options.exit,
            notes: changes(outcome),
        };
        write(&told, whole, out)
    }

    fn failure(&self, failure: &Failure, _look: &Look, out: &mut dyn Write) -> io::Result<()> {
        let told = told::of_failure(failure);
        let whole = Whole {
            rules: rules(&[], &told),
            file: file(&failure.config, "", &failure.whereabouts),
            succeeded: false,
            exit: failure.exit,
            notes: told.iter().flat_map(|one| &one.places).map(Place::said).collect(),
        };
        write(&told, whole, out)
    }
}

/// What there is to say beside the results.
struct Whole<'o> {
    rules: Vec<Rule<'o>>,
    /// Where something stands that is in no file: hosts refuse a result without one.
    file: String,
    succeeded: bool,
    exit: u8,
    notes: Vec<String>,
}

fn file(config: &str, master: &str, whereabouts: &Whereabouts) -> String {
    match (config, master) {
        ("", "") => "offersync.yaml".to_owned(),
        ("", master) => from_here(master, "", whereabouts),
        (config, _) => from_here(config, "", whereabouts),
    }
}

/// How many of each kind change on every channel: no fault, so no result.
fn changes(outcome: &Outcome) -> Vec<String> {
    let differing = outcome.channels.iter().filter(|channel| channel.differs());
    let said = differing.map(|channel| {
        let counts = channel.counts;
        format!("{}: {} to delete, {} to create, {} to update", channel.id, counts.delete, counts.create, counts.update)
    });
    said.collect()
}

#[derive(Serialize)]
struct Text<'t> {
    text: Cow<'t, str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'o> {
    id: Cow<'o, str>,
    short_description: Text<'o>,
    #[serde(skip_serializing_if = "Option::is_none")]
    full_description: Option<Text<'o>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Text<'o>>,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    level: Severity,
}

/// Every code once, whatever was found, and what else the results name.
fn rules<'o>(codes: &'o [Code], told: &[Told<'o>]) -> Vec<Rule<'o>> {
    let mut rules: Vec<Rule<'o>> = codes.iter().map(rule).collect();
    for one in told {
        if !rules.iter().any(|rule| rule.id == one.code) {
            let text = Text { text: or_name(seen(&one.what), &one.code) };
            let help = (!one.fix.is_empty()).then(|| Text { text: seen(&one.fix).into() });
            let default_configuration = Configuration { level: one.severity };
            let id = one.code.clone();
            rules.push(Rule { id, short_description: text, full_description: None, help, default_configuration });
        }
    }
    rules
}

fn rule(code: &Code) -> Rule<'_> {
    let text = |text: &str| (!text.is_empty()).then(|| Text { text: seen(text).into() });
    let help = [code.fix.as_str(), code.example.as_str()];
    let help: Vec<&str> = help.into_iter().filter(|part| !part.is_empty()).collect();
    Rule {
        id: Cow::Borrowed(&code.id),
        short_description: Text { text: or_name(seen(&code.what), &code.id) },
        full_description: text(&code.why),
        help: text(&help.join("\n")),
        default_configuration: Configuration { level: code.severity },
    }
}

fn or_name<'t>(text: String, name: &str) -> Cow<'t, str> {
    Cow::Owned(if text.is_empty() { name.to_owned() } else { text })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Log<'o> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'o>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'o> {
    tool: Tool<'o>,
    invocations: [Invocation; 1],
    column_kind: &'static str,
    results: Vec<Finding<'o>>,
}

#[derive(Serialize)]
struct Tool<'o> {
    driver: Driver<'o>,
}

#[derive(Serialize)]
struct Driver<'o> {
    name: &'static str,
    version: &'static str,
    rules: Vec<Rule<'o>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    exit_code: u8,
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: Severity,
    message: Text<'static>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding<'o> {
    rule_id: &'o str,
    rule_index: usize,
    level: Severity,
    message: Text<'o>,
    locations: [Location<'o>; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    partial_fingerprints: Option<Prints>,
}

#[derive(Serialize)]
struct Prints {
    #[serde(rename = "offersync/v1")]
    print: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'o> {
    physical_location: Physical<'o>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<Logical>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical<'o> {
    artifact_location: Artifact<'o>,
    region: Region,
}

#[derive(Serialize)]
struct Artifact<'o> {
    uri: Cow<'o, str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u64,
    start_column: u64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Logical {
    name: String,
    kind: &'static str,
}

fn write(told: &[Told<'_>], whole: Whole<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Whole { rules, file, succeeded, exit, notes } = whole;
    let most = most_of_each(told);
    let mut results = Vec::new();
    for one in told {
        let rule_index = rules.iter().position(|rule| rule.id == one.code).unwrap_or_default();
        let uri = as_uri(if one.file.is_empty() { &file } else { &one.file });
        let places = one.places.iter().take(most);
        results.extend(places.map(|place| finding(one, place, rule_index, uri.clone())));
    }
    let all: u64 = told.iter().map(|one| one.count).sum();
    let cut = (all > results.len() as u64).then(|| {
        let of = counted(all, "finding", "findings");
        format!(
            "{} of {of} are told here; a report in JSON counts all",
            counted(results.len() as u64, "result", "results")
        )
    });
    let note = |text: String| Notification { level: Severity::Note, message: Text { text: text.into() } };
    let invocation = Invocation {
        execution_successful: succeeded,
        exit_code: exit,
        tool_execution_notifications: cut.into_iter().chain(notes).map(note).collect(),
    };
    let driver = Driver { name: "offersync", version: env!("CARGO_PKG_VERSION"), rules };
    let run = Run { tool: Tool { driver }, invocations: [invocation], column_kind: "unicodeCodePoints", results };
    inert(&Log { schema: SCHEMA, version: "2.1.0", runs: [run] }, out)
}

/// How many results each code may have, so that all of them together are not too many.
fn most_of_each(told: &[Told<'_>]) -> usize {
    let with = |most: usize| told.iter().map(|one| one.places.len().min(most)).sum::<usize>();
    let (mut fits, mut too_many) = (0, MOST_RESULTS + 1);
    while too_many - fits > 1 {
        let middle = fits.midpoint(too_many);
        if with(middle) <= MOST_RESULTS { fits = middle } else { too_many = middle }
    }
    fits
}

fn finding<'o>(one: &'o Told<'_>, place: &'o Place<'_>, rule_index: usize, uri: String) -> Finding<'o> {
    let said = [seen(&one.what), place.said(), seen(&one.fix)];
    let said: Vec<String> = said.into_iter().filter(|part| !part.is_empty()).collect();
    let logical = [(place.sku, "offer"), (one.channel, "channel")];
    let logical = logical.into_iter().filter(|part| !part.0.is_empty());
    Finding {
        rule_id: &one.code,
        rule_index,
        level: one.severity,
        message: Text { text: or_name(said.join("\n"), &one.code) },
        locations: [Location {
            physical_location: Physical {
                artifact_location: Artifact { uri: uri.into() },
                region: Region { start_line: place.line, start_column: place.column },
            },
            logical_locations: logical.map(|(name, kind)| Logical { name: seen(name), kind }).collect(),
        }],
        partial_fingerprints: place.print.map(|print| Prints { print: print.to_string() }),
    }
}
