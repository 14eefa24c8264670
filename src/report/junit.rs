//! JUnit's XML, which every server for builds shows: a suite is a channel, a case is a rule. A rule that nothing
//! breaks is a case that passed; a warning does not fail its case and stands in what the case prints.

use std::io::{self, Write};

use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::told::{self, Told, counted, seen};
use super::{Failure, Look, Report, Sheet};
use crate::engine::Outcome;
use crate::engine::outcome::ChannelOutcome;
use crate::finding::{Code, Severity};

/// Places that a case names.
const PLACES: usize = 20;

/// Reports as JUnit's XML.
#[derive(Debug, Clone, Copy)]
pub struct Junit;

type Xml<'w> = quick_xml::Writer<&'w mut dyn Write>;

impl Report for Junit {
    fn outcome(&self, sheet: Sheet<'_>, out: &mut dyn Write) -> io::Result<()> {
        let outcome = sheet.outcome;
        let told = told::of(outcome);
        let of = |channel: &str| told.iter().filter(|one| one.channel == channel).collect::<Vec<_>>();
        let mut suites = vec![suite("master", told::rules_of_master(outcome), of(""))];
        for channel in &outcome.channels {
            let mut made = suite(&channel.id, told::rules_of(channel, outcome), of(&channel.id));
            made.says = changes(channel, outcome);
            suites.push(made);
        }
        write(&outcome.command, &suites, out)
    }

    fn failure(&self, failure: &Failure, _look: &Look, out: &mut dyn Write) -> io::Result<()> {
        let told = told::of_failure(failure);
        let suite = suite("offersync", std::iter::empty(), told.iter().collect());
        write(&failure.command, &[Suite { is_failure: true, ..suite }], out)
    }
}

struct Suite<'o> {
    name: &'o str,
    cases: Vec<Case<'o>>,
    says: String,
    /// What stands in it is no test that failed: there was none.
    is_failure: bool,
}

/// A rule with all that was found under it.
struct Case<'o> {
    code: &'o str,
    told: Vec<&'o Told<'o>>,
}

impl Case<'_> {
    fn fails(&self) -> bool {
        self.told.iter().any(|one| one.severity == Severity::Error)
    }
}

fn suite<'o>(name: &'o str, rules: impl Iterator<Item = &'o Code>, told: Vec<&'o Told<'o>>) -> Suite<'o> {
    let mut cases: Vec<Case<'o>> = rules.map(|code| Case { code: &code.id, told: Vec::new() }).collect();
    for one in told {
        match cases.iter_mut().find(|case| case.code == one.code) {
            Some(case) => case.told.push(one),
            None => cases.push(Case { code: &one.code, told: vec![one] }),
        }
    }
    Suite { name, cases, says: String::new(), is_failure: false }
}

/// How many of each kind change on a channel.
fn changes(channel: &ChannelOutcome, outcome: &Outcome) -> String {
    let counts = channel.counts;
    match outcome.command.as_str() {
        "validate" => String::new(),
        _ => format!("{} to delete, {} to create, {} to update", counts.delete, counts.create, counts.update),
    }
}

fn write(command: &str, suites: &[Suite<'_>], out: &mut dyn Write) -> io::Result<()> {
    let mut xml = quick_xml::Writer::new_with_indent(out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let sums = suites.iter().map(sums).fold([0; 3], |all, one| [all[0] + one[0], all[1] + one[1], all[2] + one[2]]);
    let name = format!("offersync {command}");
    let root = with_sums(BytesStart::new("testsuites"), &name, sums);
    xml.write_event(Event::Start(root))?;
    for suite in suites {
        xml.write_event(Event::Start(with_sums(BytesStart::new("testsuite"), suite.name, self::sums(suite))))?;
        suite.cases.iter().try_for_each(|case| write_case(suite, case, &mut xml))?;
        if !suite.says.is_empty() {
            text("system-out", &[], &suite.says, &mut xml)?;
        }
        xml.write_event(Event::End(BytesEnd::new("testsuite")))?;
    }
    xml.write_event(Event::End(BytesEnd::new("testsuites")))?;
    xml.into_inner().write_all(b"\n")
}

/// Cases, those that failed, those that could not be.
fn sums(suite: &Suite<'_>) -> [usize; 3] {
    let failing = suite.cases.iter().filter(|case| case.fails()).count();
    let [failures, errors] = if suite.is_failure { [0, failing] } else { [failing, 0] };
    [suite.cases.len(), failures, errors]
}

fn with_sums<'n>(mut element: BytesStart<'n>, name: &str, [tests, failures, errors]: [usize; 3]) -> BytesStart<'n> {
    element.push_attribute(("name", seen(name).as_str()));
    for (key, value) in [("tests", tests), ("failures", failures), ("errors", errors)] {
        element.push_attribute((key, value.to_string().as_str()));
    }
    element
}

fn write_case(suite: &Suite<'_>, case: &Case<'_>, xml: &mut Xml<'_>) -> io::Result<()> {
    let mut element = BytesStart::new("testcase");
    element.push_attribute(("classname", seen(suite.name).as_str()));
    element.push_attribute(("name", seen(case.code).as_str()));
    if case.told.is_empty() {
        return xml.write_event(Event::Empty(element));
    }
    xml.write_event(Event::Start(element))?;
    for one in &case.told {
        let of = if one.count > 1 { format!(": {}", counted(one.count, "place", "places")) } else { String::new() };
        let message = format!("{}{of}", seen(&one.what));
        let attributes = [("message", message.as_str()), ("type", one.severity.name())];
        match one.severity {
            Severity::Error if suite.is_failure => text("error", &attributes, &places(one), xml)?,
            Severity::Error => text("failure", &attributes, &places(one), xml)?,
            severity => text("system-out", &[], &format!("{}: {message}\n{}", severity.name(), places(one)), xml)?,
        }
    }
    xml.write_event(Event::End(BytesEnd::new("testcase")))
}

/// The first places with what is said of each, how many more there are, and what to do.
fn places(one: &Told<'_>) -> String {
    let mut lines = Vec::new();
    for place in one.places.iter().take(PLACES) {
        let file = seen(&one.file);
        let at = if file.is_empty() { String::new() } else { format!("{file}:{}:{} ", place.line, place.column) };
        lines.push(format!("{at}{}", place.said()));
    }
    if let more @ 1.. = one.count.saturating_sub(lines.len() as u64) {
        lines.push(counted(more, "more", "more"));
    }
    if !one.fix.is_empty() {
        lines.push(format!("help: {}", seen(&one.fix)));
    }
    lines.join("\n")
}

fn text(name: &str, attributes: &[(&str, &str)], text: &str, xml: &mut Xml<'_>) -> io::Result<()> {
    let mut element = BytesStart::new(name);
    attributes.iter().for_each(|attribute| element.push_attribute(*attribute));
    xml.write_event(Event::Start(element))?;
    xml.write_event(Event::Text(BytesText::new(text)))?;
    xml.write_event(Event::End(BytesEnd::new(name)))
}
