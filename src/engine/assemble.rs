//! One channel's part of the outcome: the difference, the guards, and what is left out.

use bumpalo::Bump;
use hashbrown::HashMap;

use crate::channel::plan::{ChannelPlan, FieldPlan, ShapePlan};
use crate::channel::project::{FieldSaid, Projection};
use crate::check::listing::{Context, check_head};
use crate::check::settle::settle;
use crate::config::Invalid;
use crate::finding::{Found, Refusal, Severity, Sink};
use crate::model::{Kind, Value};
use crate::plan::diff::{Differ, inline_fields};
use crate::plan::guard::{self, Allowed, CategoryNames, Measured};
use crate::plan::moves::{self, Rates};
use crate::plan::tally::Tally;
use crate::plan::{ChangeKind, Changes, FieldChange, compare};
use crate::source::category_id;

use super::channels::ChannelSetup;
use super::declared;
use super::difference::{Again, unsaid};
use super::document::{self, Used};
use super::existing::{self, Existing};
use super::found;
use super::left_out::{excluded, invalid, sources_of};
use super::outcome::{ChannelOutcome, Counts, ExistingSeen, FindingGroup, GuardVerdict};
use super::pipeline::{Run, Side};
use super::products::Products;
use super::request::{Stop, StopAfter};
use super::surveyed::{ChannelSurveyed, Surveyed, shape_of};
use super::target;

/// Of so many changes the lines in the master are found.
const MOST_LINES: usize = 2_000;

/// What guards have to know of the documents around the listings.
#[derive(Default)]
struct Beside {
    rates: Rates,
    /// What the existing document calls its categories, by id.
    categories: HashMap<String, String>,
}

/// What a channel's outcome is made of, while it is made.
struct Making<'m, 'r> {
    run: &'m Run<'r>,
    number: usize,
    plan: &'m ChannelPlan,
    shape: &'m ShapePlan,
}

/// The outcome of one channel, as far as the survey and the existing side tell.
pub fn channel(run: &Run<'_>, surveyed: &mut Surveyed, number: usize, arena: &Bump) -> Result<ChannelOutcome, Stop> {
    let (Some(plan), Some(shape), Some(setup), Some(survey)) = (
        run.prepared.plans.get(number),
        shape_of(run, number),
        run.setups.get(number),
        surveyed.channels.get_mut(number),
    ) else {
        return Ok(ChannelOutcome::default());
    };
    let mut outcome = ChannelOutcome {
        id: plan.name.clone(),
        title: plan.title.clone(),
        description: setup.description.id.clone(),
        absent: Some(plan.absent),
        replaces: target::replaced(run.request, setup.config),
        overdue: target::overdue(run.request, setup.config, setup.description.refresh),
        desired: survey.seen.listed,
        offers: survey.seen.offers,
        excluded: excluded(run, number, &survey.seen.excluded),
        invalid: invalid(&run.prepared.codes, survey),
        checked_on: setup.description.checked_on.clone(),
        field_names: shape.compared.iter().map(|how| how.node.clone()).collect(),
        ..ChannelOutcome::default()
    };
    let making = Making { run, number, plan, shape };
    let head = making.check_head(survey);
    let terms = run.terms_of(number);
    let sink = std::mem::replace(&mut survey.seen.sink, Sink::new(0));
    let spot = |found: &Found| run.master.spot(found.offset, &sources_of(&setup.description, &found.field));
    outcome.findings = found::groups(sink, terms, run.master.input(), &spot)?;
    let head_errors: Vec<String> =
        head.iter().filter(|group| group.severity == Severity::Error).map(|group| group.code.clone()).collect();
    outcome.findings.extend(head);
    let keep = run.request.keep_of(&plan.name);
    outcome.findings.extend(found::of_shape(shape, setup.config, keep, (terms, run.request.config)));
    found::sort(&mut outcome.findings);
    if run.request.stop_after == StopAfter::Validate {
        return Ok(outcome);
    }
    let products = &surveyed.products;
    match run.sides.get(number) {
        Some(Side::Refused(refusal)) => outcome.failed = Some(refusal.clone()),
        Some(Side::Known(existing)) => making.difference(existing, survey, products, &mut outcome, arena)?,
        _ => making.all_new(survey, products, &mut outcome)?,
    }
    outcome.guards.extend(guard::document(&head_errors));
    Ok(outcome)
}

impl Making<'_, '_> {
    /// The document's own fields against the channel's rules.
    fn check_head(&self, survey: &ChannelSurveyed) -> Vec<FindingGroup> {
        let Some(setup) = self.run.setups.get(self.number) else { return Vec::new() };
        let config = self.run.request.config;
        let (projection, _) = self.head(setup, survey);
        let arena = Bump::new();
        let values = document::values(&projection, &arena);
        // what the document declares follows from its listings: where there is none, that is said already
        let is_asked = |field: &FieldPlan| field.kind != Kind::Table || survey.seen.listed > 0;
        let carried: Vec<bool> = self.plan.head.iter().map(is_asked).collect();
        let context = Context {
            plan: self.plan,
            declared: &[],
            offset: 0,
            id: 0,
            key: "",
            carried: &carried,
            is_faulty: false,
            offers: &[],
        };
        let mut sink = Sink::new(self.run.request.keep_of(&self.plan.name));
        // nobody ever wrote the numbers that are made of paths
        let path_of = |id: &str| {
            let path = survey.categories.as_deref()?.path_of(id, "");
            (category_id(&path) == id).then_some(path)
        };
        check_head(&context, values, &path_of, &mut sink);
        found::of_config(sink, self.run.terms_of(self.number), config, &setup.config.name.bytes)
    }

    /// The fields of the document that is to be written.
    fn head(&self, setup: &ChannelSetup<'_>, survey: &ChannelSurveyed) -> (Projection, Vec<FieldSaid>) {
        let config = self.run.request.config;
        document::projection(config, setup, survey.categories.as_deref(), &used(survey), self.run.now)
    }

    /// Compares the existing side with the index.
    fn difference(
        &self,
        existing: &Existing,
        survey: &mut ChannelSurveyed,
        products: &Products,
        outcome: &mut ChannelOutcome,
        arena: &Bump,
    ) -> Result<(), Stop> {
        let run = self.run;
        run.request.progress.phase(&self.plan.name, existing.input.len());
        let again = self.again(products)?;
        let differ = self.differ(survey, &again);
        let seen = match existing::compare(&existing.input, &differ, run.request, arena) {
            Ok(seen) => seen,
            // an export that cannot be trusted is the trouble of one channel; a master that changed is everybody's
            Err(refusal) if refusal.input == existing.input.shown_as() => {
                outcome.failed = Some(if existing.is_export { refusal } else { existing::of_own_feed(refusal) });
                return Ok(());
            }
            Err(refusal) => return Err(refusal.into()),
        };
        let mut tally = seen.tally;
        if existing.is_export && tally.existing == 0 && run.request.only.is_empty() {
            let help = "fetch it again; while the channel really has nothing, leave `export` out of the config";
            outcome.failed =
                Some(Refusal::whole(existing.input.shown_as(), "there is not a single listing in it", help));
            return Ok(());
        }
        self.add_missing(survey, &differ, &mut tally)?;
        outcome.unsaid = unsaid(&differ, &tally, seen.head, run.request.only.is_empty());
        outcome.existing = Some(self.existing_seen(existing, &tally, seen.digest));
        outcome.kept = tally.kept.len() as u64;
        outcome.desired += outcome.kept;
        survey.keep(seen.kept);
        let head = run.setups.get(self.number).map(|setup| self.head(setup, survey).0).unwrap_or_default();
        let beside = self.beside(&head, seen.head);
        outcome.document = self.head_changes(&head, seen.head);
        outcome.findings.extend(found::groups(
            seen.sink,
            run.terms_of(self.number),
            &existing.input,
            &found::as_found,
        )?);
        found::sort(&mut outcome.findings);
        self.conclude(survey, tally, Some(&beside), outcome)
    }

    /// What the documents on both sides declare.
    fn beside(&self, head: &Projection, existing: &[Value<'_>]) -> Beside {
        let Some(setup) = self.run.setups.get(self.number) else { return Beside::default() };
        let now = declared::rates(&setup.description, existing);
        let arena = Bump::new();
        let will = match now.is_empty() {
            true => HashMap::new(),
            false => declared::rates(&setup.description, document::values(head, &arena)),
        };
        Beside { rates: Rates::new(now, will), categories: declared::categories(&setup.description, existing) }
    }

    /// There is nothing yet: every listing is to be created.
    fn all_new(
        &self,
        survey: &mut ChannelSurveyed,
        products: &Products,
        outcome: &mut ChannelOutcome,
    ) -> Result<(), Stop> {
        let again = self.again(products)?;
        let mut tally = Tally::new(survey.index.len());
        match self.run.request.names_all_new {
            true => self.add_missing(survey, &self.differ(survey, &again), &mut tally)?,
            false => tally.only_counted = tally.unseen(&survey.index).count() as u64,
        }
        self.conclude(survey, tally, None, outcome)
    }

    /// Listings that should be there and were not met.
    fn add_missing(&self, survey: &ChannelSurveyed, differ: &Differ<'_>, tally: &mut Tally) -> Result<(), Stop> {
        let mut arena = Bump::new();
        for row in tally.unseen(&survey.index).collect::<Vec<_>>() {
            self.run.request.go_on()?;
            arena.reset();
            if let Some(row) = survey.index.row(row) {
                tally.changes.push(differ.missing(row, &arena)?);
            }
        }
        tally.changes.sort();
        Ok(())
    }

    fn again<'a>(&'a self, products: &'a Products) -> Result<Again<'a>, Refusal> {
        let again = Again::of(self.run, self.number, products);
        again.ok_or_else(|| Refusal::whole(&self.plan.name, "the channel was not prepared", ""))
    }

    fn differ<'d>(&'d self, survey: &'d ChannelSurveyed, again: &'d Again<'d>) -> Differ<'d> {
        let setup = self.run.setups.get(self.number);
        Differ {
            plan: self.plan,
            shape: self.shape,
            index: &survey.index,
            inline: inline_fields(self.plan, &self.shape.compared),
            desired: again,
            condition: setup.and_then(|setup| setup.config.only.as_ref()).map_or("", |only| only.text.as_str()),
            codes: &self.run.prepared.codes,
            keeps_invalid: setup.is_some_and(|setup| setup.config.invalid == Invalid::KeepLast)
                && self.shape.write.is_some(),
            unsaid: self.plan.left_out_of_feeds(&self.shape.compared, |shape| &shape.compared),
        }
    }

    /// Counts and guards, once all changes are known.
    fn conclude(
        &self,
        survey: &ChannelSurveyed,
        mut tally: Tally,
        beside: Option<&Beside>,
        outcome: &mut ChannelOutcome,
    ) -> Result<(), Stop> {
        let has_existing = beside.is_some();
        let nothing = Beside::default();
        let beside = beside.unwrap_or(&nothing);
        outcome.counts = Counts {
            create: tally.changes.of_kind(ChangeKind::Create).count() as u64 + tally.only_counted,
            update: tally.changes.of_kind(ChangeKind::Update).count() as u64,
            delete: tally.changes.of_kind(ChangeKind::Delete).count() as u64,
            same: tally.same,
        };
        if let Some(setup) = self.run.setups.get(self.number) {
            moves::mark(self.plan, &setup.config.guards, &beside.rates, &mut tally.changes);
        }
        if self.run.request.only.is_empty() {
            outcome.guards = self.guards(survey, &tally, has_existing, beside);
        }
        self.name_categories(survey, &mut tally.changes);
        if self.plan.roles.currency.is_none() {
            let currency = &self.run.request.config.shop.currency;
            tally.changes.iter_mut().for_each(|change| change.currency.clone_from(currency));
        }
        self.find_lines(&mut tally.changes)?;
        outcome.changes = tally.changes;
        Ok(())
    }

    /// People know their categories by name.
    fn name_categories(&self, survey: &ChannelSurveyed, changes: &mut Changes) {
        let Some(categories) = survey.categories.as_deref() else { return };
        let language = &self.run.request.config.shop.language;
        for change in changes.iter_mut() {
            if let Some(name) = categories.by_id.get(&change.category).and_then(|category| category.name(language)) {
                change.category = name.to_owned();
            }
        }
    }

    /// The lines of changed records, where there are few enough for anybody to look at them one by one.
    fn find_lines(&self, changes: &mut Changes) -> Result<(), Stop> {
        if changes.len() > MOST_LINES {
            return Ok(());
        }
        let offsets: Vec<u64> = changes.iter().filter_map(|change| change.master_offset).collect();
        let lines = self.run.master.lines(&offsets)?;
        let with_place = changes.iter_mut().filter(|change| change.master_offset.is_some());
        for (change, line) in with_place.zip(lines) {
            change.master_line = Some(line);
        }
        Ok(())
    }

    fn guards(
        &self,
        survey: &ChannelSurveyed,
        tally: &Tally,
        has_existing: bool,
        beside: &Beside,
    ) -> Vec<GuardVerdict> {
        let Some(setup) = self.run.setups.get(self.number) else { return Vec::new() };
        let invalid: u64 = survey.seen.invalid.iter().map(|left| left.1.count).sum();
        let first: Vec<String> = survey.seen.invalid.iter().flat_map(|left| left.1.first.clone()).collect();
        let measured = Measured {
            plan: self.plan,
            tally,
            rates: &beside.rates,
            categories: CategoryNames {
                tree: survey.categories.as_deref(),
                language: &self.run.request.config.shop.language,
                declared: &beside.categories,
            },
            has_existing,
            desired: survey.seen.listed,
            desired_offers: survey.seen.offers,
            invalid,
            invalid_first: &first,
            stops_at_invalid: setup.config.invalid == Invalid::Stop,
        };
        guard::verdicts(&measured, &setup.config.guards, &allowed(self.run))
    }

    fn existing_seen(&self, existing: &Existing, tally: &Tally, digest: String) -> ExistingSeen {
        let zone = &self.run.request.config.timezone;
        let modified = existing.input.modified().and_then(|time| jiff::Timestamp::try_from(time).ok());
        ExistingSeen {
            path: existing.input.shown_as().to_owned(),
            shape: self.shape.name.clone(),
            listings: tally.existing,
            bytes: existing.input.file_bytes(),
            complete: self.shape.complete,
            modified: modified.map(|time| rfc3339(time, zone)).unwrap_or_default(),
            digest,
            is_replaced: existing.is_replaced,
        }
    }

    /// Nodes of the document that differ, where it is of the shape that is written.
    fn head_changes(&self, head: &Projection, existing: &[Value<'_>]) -> Vec<FieldChange> {
        // of a part of the offers nothing can be said about the whole document
        if self.shape.read_only || !self.run.request.only.is_empty() {
            return Vec::new();
        }
        let arena = Bump::new();
        let desired = settle(&self.plan.head, document::values(head, &arena), &arena);
        let settled = Bump::new();
        let existing = settle(&self.plan.head, settled.alloc_slice_copy(existing), &settled);
        compare::head_changes(self.plan, &self.shape.head_compared, existing, desired)
    }
}

/// Whether a new feed is suspiciously small beside the one that it replaces.
pub fn shrink(run: &Run<'_>, number: usize, was: u64, will: u64) -> Option<GuardVerdict> {
    let setup = run.setups.get(number)?;
    Some(guard::shrink(was, will, &setup.config.guards, &allowed(run)))
}

fn allowed(run: &Run<'_>) -> Vec<Allowed> {
    let allow = run.request.allow.iter();
    allow.map(|allow| Allowed { guard: allow.guard.to_owned(), count: allow.count }).collect()
}

/// What a channel's listings use.
pub fn used(survey: &ChannelSurveyed) -> Used {
    Used { categories: survey.seen.categories.clone(), currencies: survey.seen.currencies.clone() }
}

/// An instant with its zone's offset, `2026-11-21T06:00:04+02:00`.
pub fn rfc3339(time: jiff::Timestamp, zone: &jiff::tz::TimeZone) -> String {
    jiff::fmt::strtime::format("%Y-%m-%dT%H:%M:%S%:z", &time.to_zoned(zone.clone())).unwrap_or_default()
}
