//! The one way through: config → channels → master → survey → differences → guards →
//! feeds. `validate`, `diff` and `render` are this walk, stopped at three places, so that
//! a diff can never disagree with the render that follows it.

use jiff::Timestamp;

use bumpalo::Bump;

use crate::finding::{Codes, Found, Known, Refusal, Sink};
use crate::source::Master;
use crate::wire::yaml::Problems;

use super::channels::{self, ChannelSetup};
use super::existing::{self, Existing};
use super::exported::Opened;
use super::found::{self, Terms};
use super::given;
use super::outcome::{BaselineSeen, FindingGroup, MasterSeen, Outcome, SkuAsked};
use super::prepare::{Prepared, prepare};
use super::request::{Feeds, Request, Stop, StopAfter};
use super::severities::{self, Settled};
use super::sku::SkuPattern;
use super::surveyed::{self, Surveyed};
use super::target::{self, Shows};
use super::{assemble, opening, remedies, render, setting_keys, slips};

/// The existing side of one channel.
#[derive(Debug)]
pub enum Side {
    /// There is none: everything is to be created.
    None,
    /// It was opened and recognised.
    Known(Existing),
    /// It cannot be trusted.
    Refused(Refusal),
}

/// What all steps of a run share.
#[derive(Debug)]
pub struct Run<'r> {
    /// What was asked.
    pub request: &'r Request<'r>,
    /// The channels.
    pub setups: &'r [ChannelSetup<'r>],
    /// The master.
    pub master: &'r Master,
    /// Everything compiled.
    pub prepared: &'r Prepared,
    /// What each channel has now.
    pub sides: &'r [Side],
    /// The time of the run, with its zone.
    pub now: &'r str,
}

impl Run<'_> {
    /// What codes mean on a channel.
    pub fn terms_of(&self, number: usize) -> Terms<'_> {
        let Settled { catalog, channels, .. } = &self.prepared.levels;
        Terms { codes: &self.prepared.codes, levels: channels.get(number).unwrap_or(catalog) }
    }

    /// What codes mean in the master.
    pub fn terms(&self) -> Terms<'_> {
        Terms { codes: &self.prepared.codes, levels: &self.prepared.levels.catalog }
    }

    /// How many threads work on the master.
    pub fn threads(&self) -> usize {
        self.request.threads.of(self.master.bytes(), self.prepared.plans.len())
    }
}

/// Walks as far as the request says.
pub fn run(request: &Request<'_>) -> Result<Outcome, Stop> {
    if let Some(given) = &request.given {
        return given::run(request, given);
    }
    let problems = Problems::default();
    let config = request.config;
    let setups = channels::set_up(config, &request.channels, &problems);
    demand_feeds(request, &setups, &problems);
    let mut codes = Codes::new();
    let opened = opening::master(request, &mut codes, &problems)?;
    if let Some(opened) = &opened {
        setups.iter().for_each(|setup| setting_keys::check(config, setup, opened.master.said(), &problems));
    }
    if !problems.is_empty() {
        return Err(Stop::Problems(slips::of_all(config, &request.channels, problems)));
    }
    let Some(Opened { master, noticed, exported_by }) = opened else { return Err(Stop::Problems(Vec::new())) };
    // no channel dates its feed by parts of a second
    let now = Timestamp::from_second(request.now.as_second()).unwrap_or(request.now);
    let now = now.to_zoned(config.timezone.clone()).to_string();
    let mut prepared = prepare(config, &setups, &master, &now, codes, &problems);
    let levels = severities::settle(request, &setups, &prepared.codes, &problems);
    clean(&problems)?;
    let levels = levels?;
    prepared.plans.iter_mut().zip(&levels.channels).for_each(|(plan, levels)| severities::apply(plan, levels));
    prepared.levels = levels;
    if let Some(baseline) = &request.watch.baseline {
        baseline.bind(&prepared.codes);
    }
    if let Some(exporter) = exported_by {
        let Prepared { plans, codes, .. } = &mut prepared;
        let described = plans.iter().zip(&setups);
        described.for_each(|(plan, setup)| remedies::put(&plan.fields, &setup.description.fields, &exporter, codes));
    }
    let sides: Vec<Side> = setups.iter().map(|setup| side(request, setup)).collect();
    let run = Run { request, setups: &setups, master: &master, prepared: &prepared, sides: &sides, now: &now };
    let outcome = walk(&run, noticed)?;
    Ok(Outcome { rules: prepared.codes.into_list(), ..outcome })
}

fn walk(run: &Run<'_>, noticed: Sink) -> Result<Outcome, Stop> {
    let request = run.request;
    let mut surveyed = surveyed::survey(run)?;
    request.go_on()?;
    let arena = Bump::new();
    let mut outcome = Outcome {
        command: request.stop_after.name().to_owned(),
        config: request.config.document.name.clone(),
        master: MasterSeen {
            path: run.master.input().shown_as().to_owned(),
            digest: surveyed.digest.clone(),
            offers: surveyed.offers,
            guesses: run.master.guesses().to_vec(),
        },
        findings_of_others: surveyed.findings_of_others(),
        findings: catalog_findings(run, &mut surveyed, noticed)?,
        invalid_offers: surveyed.invalid_offers,
        ..Outcome::default()
    };
    for number in 0..run.setups.len() {
        request.go_on()?;
        outcome.channels.push(assemble::channel(run, &mut surveyed, number, &arena)?);
    }
    if request.stop_after == StopAfter::Render {
        render::render(run, &mut surveyed, &mut outcome)?;
    }
    if request.only.is_empty() {
        outcome.unused = run.prepared.levels.unused();
    }
    outcome.baseline = baseline_seen(request);
    outcome.skus = request.only.iter().map(asked).collect();
    request.progress.done();
    Ok(outcome)
}

/// What of a baseline was met.
pub(super) fn baseline_seen(request: &Request<'_>) -> Option<BaselineSeen> {
    request.watch.baseline.as_ref().map(|baseline| {
        // what was put aside is named one by one only where a report tells it
        let met = if request.watch.prints { baseline.met() } else { Vec::new() };
        let known = baseline.known();
        let gone = request.only.is_empty().then(|| baseline.gone());
        BaselineSeen { path: baseline.shown_as.clone(), known, gone, met }
    })
}

pub(super) fn asked(pattern: &SkuPattern) -> SkuAsked {
    SkuAsked { pattern: pattern.as_str().to_owned(), is_met: pattern.is_met(), near: pattern.near() }
}

/// What was found in the master, what was noticed in an export that is one, and what in the file of its categories.
fn catalog_findings(run: &Run<'_>, surveyed: &mut Surveyed, noticed: Sink) -> Result<Vec<FindingGroup>, Stop> {
    let terms = run.terms();
    let spot = |found: &Found| run.master.spot(found.offset, &[&found.field]);
    let mut groups = found::groups(surveyed.take_findings(), terms, run.master.input(), &spot)?;
    let of_export = found::groups(noticed, terms, run.master.input(), &found::as_found)?;
    groups.extend(of_export);
    found::sort(&mut groups);
    if let Some((input, unwritable)) = run.master.unwritable_categories() {
        let mut sink = Sink::new(run.request.keep());
        unwritable.iter().for_each(|found| sink.add(Known::Unwritable.into(), || found.clone()));
        groups.extend(found::groups(sink, terms, input, &found::as_found)?);
        found::sort(&mut groups);
    }
    Ok(groups)
}

fn clean(problems: &Problems) -> Result<(), Stop> {
    if problems.is_empty() { Ok(()) } else { Err(Stop::Problems(problems.take())) }
}

/// Rendering needs a place to write to.
fn demand_feeds(request: &Request<'_>, setups: &[ChannelSetup<'_>], problems: &Problems) {
    let needs = request.stop_after == StopAfter::Render && request.feeds != Feeds::Discard;
    for setup in setups.iter().filter(|setup| needs && setup.config.feed.is_none()) {
        let name = &setup.config.name;
        let what = format!("{} has no `feed`, the file that render writes", name.text);
        let label = format!("write feed: out/{}.xml here", name.text);
        problems.add(request.config.problem(name.bytes.clone(), "config/missing-key", what, label));
    }
}

/// What a channel has now, as far as it can be trusted.
fn side(request: &Request<'_>, setup: &ChannelSetup<'_>) -> Side {
    match target::shows(request, setup.config) {
        Ok(None) => Side::None,
        Ok(Some(shows)) => open_side(request, setup, &shows).map_or_else(Side::Refused, Side::Known),
        Err(refusal) => Side::Refused(refusal),
    }
}

/// What to do where the export that was named is not there.
const NO_EXPORT: &str =
    "check the path and its spelling; while there is no export yet, leave `export` out of the config";

fn open_side(request: &Request<'_>, setup: &ChannelSetup<'_>, shows: &Shows) -> Result<Existing, Refusal> {
    let Shows { origin, is_export, is_replaced } = shows;
    let come = origin.come(request)?;
    let existing = existing::open(&setup.description, &come, (!is_export).then_some(setup.written));
    let existing = existing.map_err(|refusal| match *is_export && origin.is_missing() {
        true => Refusal { help: NO_EXPORT.into(), ..refusal },
        false if *is_export => refusal,
        false => existing::of_own_feed(refusal),
    })?;
    if *is_replaced && existing.shape != setup.written {
        let what = "it is no feed of the shape that is rendered, so it is not replaced";
        return Err(Refusal::whole(origin.shown(), what, "move it away, or name another `feed`"));
    }
    Ok(Existing { is_export: *is_export, is_replaced: *is_replaced, ..existing })
}
