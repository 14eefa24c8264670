//! For programs: `offersync/report/1`. One object, streamed from the outcome as it
//! stands; keys may come, none goes. Amounts are texts, and sums carry their currency.

use std::io::{self, Write};

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::{Failure, Look, Report, Sheet};
use crate::engine::Outcome;

mod changes;
mod channel;
mod escape;
mod findings;

/// What the object says it is.
pub const FORMAT: &str = "offersync/report/1";

/// Reports in JSON. They hold the whole outcome, whatever part of it a person asked to see.
#[derive(Debug, Clone, Copy)]
pub struct Json;

impl Report for Json {
    fn outcome(&self, sheet: Sheet<'_>, out: &mut dyn Write) -> io::Result<()> {
        inert(&OutcomeView { outcome: sheet.outcome, exit: sheet.options.exit }, out)
    }

    fn failure(&self, failure: &Failure, _look: &Look, out: &mut dyn Write) -> io::Result<()> {
        inert(&FailureView(failure), out)
    }
}

/// A list whose items are made one by one as they are written.
struct Each<I: Iterator, V>(I, fn(I::Item) -> V);

impl<I: Iterator + Clone, V: Serialize> Serialize for Each<I, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.clone().map(self.1))
    }
}

struct OutcomeView<'o> {
    outcome: &'o Outcome,
    exit: u8,
}

impl Serialize for OutcomeView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Outcome { command, config, to: _, master, channels, findings, .. } = self.outcome;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("format", FORMAT)?;
        map.serialize_entry("command", command)?;
        map.serialize_entry("config", config)?;
        map.serialize_entry("master", &channel::MasterView::from(master))?;
        map.serialize_entry("invalid_offers", &self.outcome.invalid_offers)?;
        map.serialize_entry("channels", &Each(channels.iter(), channel::ChannelView))?;
        map.serialize_entry("findings", &Each(findings.iter(), |group| findings::GroupView { group, channel: "" }))?;
        if self.outcome.findings_of_others > 0 {
            map.serialize_entry("findings_of_others", &self.outcome.findings_of_others)?;
        }
        let unknown: Vec<&str> =
            self.outcome.skus.iter().filter(|sku| !sku.is_met).map(|sku| sku.pattern.as_str()).collect();
        if !unknown.is_empty() {
            map.serialize_entry("unknown_skus", &unknown)?;
        }
        if let Some(baseline) = &self.outcome.baseline {
            map.serialize_entry("baseline", &findings::BaselineView(baseline))?;
        }
        if !self.outcome.unused.is_empty() {
            map.serialize_entry("unused_severities", &self.outcome.unused)?;
        }
        map.serialize_entry("exit", &self.exit)?;
        map.end()
    }
}

struct FailureView<'f>(&'f Failure);

impl Serialize for FailureView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Failure { command, config, errors, exit, .. } = self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("format", FORMAT)?;
        map.serialize_entry("command", command)?;
        map.serialize_entry("config", config)?;
        map.serialize_entry("error", &errors.first().map(findings::WrongView::from))?;
        map.serialize_entry("more", &Each(errors.iter().skip(1), findings::WrongView::from))?;
        map.serialize_entry("exit", exit)?;
        map.end()
    }
}

/// Writes a value as compact JSON in which nothing stands raw that is not plainly to be seen.
pub(super) fn inert(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let mut serializer = serde_json::Serializer::with_formatter(&mut *out, escape::Inert);
    value.serialize(&mut serializer).map_err(io::Error::from)?;
    out.write_all(b"\n")
}
