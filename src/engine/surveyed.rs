//! The survey run over the whole master, and what follows from all of it together.

use std::sync::Arc;

use bumpalo::Bump;
use hashbrown::HashMap;

use crate::channel::plan::{ChannelPlan, ShapePlan};
use crate::check::catalog::CatalogRules;
use crate::check::clean;
use crate::finding::{CodeNo, Known, Refusal, Sink};
use crate::model::Categories;
use crate::plan::diff::inline_fields;
use crate::plan::index::{Fate, Index, RowNo};
use crate::source::{EqualSkus, Expected, OfferBlock};

use super::difference::Kept;
use super::document;
use super::equal;
use super::pipeline::{Run, Side};
use super::request::Stop;
use super::survey::{BlockSurvey, ChannelSurvey, OfferAt, Survey, SurveyedChannel, offered};

/// What the survey found out.
#[derive(Debug)]
pub struct Surveyed {
    /// By channel.
    pub channels: Vec<ChannelSurveyed>,
    /// Records read.
    pub offers: u64,
    /// The digest of the master's text.
    pub digest: String,
    /// Offers that are invalid on at least one channel.
    pub invalid_offers: u64,
    findings: Sink,
}

/// What it found out for one channel.
#[derive(Debug)]
pub struct ChannelSurveyed {
    /// The desired side.
    pub index: Index,
    /// Counts, findings, what is left out.
    pub seen: ChannelSurvey,
    /// The merchant's tree of categories, where there is one.
    pub categories: Option<Arc<Categories>>,
    /// Bytes of listings that the channel keeps although their records are invalid, by the place of the record.
    pub kept: HashMap<u64, Vec<u8>>,
}

impl Surveyed {
    /// The catalog's own findings; there are none afterwards.
    pub fn take_findings(&mut self) -> Sink {
        let keep = self.findings.keep();
        std::mem::replace(&mut self.findings, Sink::new(keep))
    }
}

impl ChannelSurveyed {
    /// Takes listings that the channel keeps; what they use the document has to declare too.
    pub fn keep(&mut self, kept: HashMap<u64, Kept>) {
        for (place, listing) in kept {
            self.seen.categories.extend(listing.category);
            self.seen.currencies.extend(listing.currency);
            self.kept.insert(place, listing.bytes);
        }
    }
}

/// The shape of a channel whose comparison counts in this run.
pub fn shape_of<'r>(run: &Run<'r>, number: usize) -> Option<&'r ShapePlan> {
    let plan = run.prepared.plans.get(number)?;
    let shape = match run.sides.get(number) {
        Some(Side::Known(existing)) => existing.shape,
        _ => plan.written,
    };
    plan.shapes.get(shape)
}

/// Runs the survey.
pub fn survey(run: &Run<'_>) -> Result<Surveyed, Stop> {
    let request = run.request;
    let survey = survey_of(run);
    let threads = request.threads.get();
    let mut total = survey.block();
    let mut indexes: Vec<Index> = survey.channels.iter().map(|_| Index::default()).collect();
    request.progress.phase(run.master.input().shown_as(), run.master.bytes());
    let read = run.master.read(
        threads,
        request.places,
        || (),
        |(), block| {
            let mut seen = survey.block();
            block_of(&survey, run, block, &mut seen);
            request.progress.advance(block.bytes());
            Ok::<BlockSurvey, Stop>(seen)
        },
        |block: BlockSurvey| {
            take(&mut total, &mut indexes, block, run.master.expected());
            request.go_on()
        },
    )?;
    let mut findings = read.sink;
    findings.merge(total.sink);
    let categories = run.master.has_tree().then(|| Arc::new(read.categories));
    let channels = indexes.into_iter().zip(total.channels).map(|(index, seen)| ChannelSurveyed {
        index,
        seen,
        categories: categories.clone(),
        kept: HashMap::new(),
    });
    let mut surveyed = Surveyed {
        channels: channels.collect(),
        offers: read.offers,
        digest: read.digest.to_string(),
        invalid_offers: 0,
        findings,
    };
    condemn_equal_skus(run, &mut surveyed, &read.equal)?;
    for (number, channel) in surveyed.channels.iter_mut().enumerate() {
        equal::condemn_equal_values(run, number, channel)?;
        channel.index.seal();
    }
    surveyed.invalid_offers = invalid_offers(&surveyed.channels);
    Ok(surveyed)
}

/// How many offers are invalid on at least one channel; every channel has a row for each, in one order.
fn invalid_offers(channels: &[ChannelSurveyed]) -> u64 {
    let most = channels.iter().map(|channel| channel.index.len()).max().unwrap_or(0);
    let is_invalid = |number: &usize| {
        let row = RowNo::try_from(*number).unwrap_or(RowNo::MAX);
        let mut rows = channels.iter().filter_map(|channel| channel.index.row(row));
        rows.any(|row| matches!(row.fate, Fate::Invalid(_)))
    };
    (0..most).filter(is_invalid).count() as u64
}

fn survey_of<'r>(run: &Run<'r>) -> Survey<'r> {
    let prepared = run.prepared;
    let channel = |(number, plan): (usize, &'r ChannelPlan)| {
        let selection = prepared.projection.channels.get(number)?;
        let setup = run.setups.get(number)?;
        let shape = shape_of(run, number)?;
        Some(SurveyedChannel {
            plan,
            shape,
            selection,
            declared: document::declared(run.request.config, setup, run.master.categories()),
            inline: inline_fields(plan, &shape.compared),
            compares: run.request.stop_after != super::StopAfter::Validate,
        })
    };
    Survey {
        projection: &prepared.projection,
        channels: prepared.plans.iter().enumerate().filter_map(channel).collect(),
        catalog: CatalogRules::new(run.master.said(), &run.request.config.shop.currency),
        keep: run.request.places,
    }
}

/// All offers of a block.
fn block_of<'b>(survey: &'b Survey<'_>, run: &Run<'_>, block: &OfferBlock<'b>, seen: &mut BlockSurvey) {
    let arena: &'b Bump = block.arena;
    let mut values = Vec::new();
    for offer in block.offers {
        if !run.request.looks_at(offer.sku) {
            continue;
        }
        let mut at = OfferAt {
            sku: offer.sku,
            place: offer.place,
            sku_hash: offer.sku_hash,
            fault: offer.fault,
            returns: block.returns,
        };
        let mut said = offer.values;
        if block.odd || (block.sections && clean::has_sections(said)) {
            let cleaned = arena.alloc_slice_copy(said);
            survey.catalog.clean(&offered(&at), cleaned, arena, &mut seen.sink);
            said = cleaned;
        }
        at.fault = survey.catalog.check(&offered(&at), said, &mut seen.sink).or(at.fault);
        survey.projection.values(said, arena, &mut values);
        survey.offer(at, &values, arena, seen);
    }
}

fn take(total: &mut BlockSurvey, indexes: &mut [Index], block: BlockSurvey, expected: Expected) {
    total.sink.merge(block.sink);
    for ((ours, index), mut theirs) in total.channels.iter_mut().zip(indexes).zip(block.channels) {
        index.append(std::mem::take(&mut theirs.rows), expected);
        ours.merge(theirs, expected);
    }
}

/// Of records with one SKU none goes: which is meant cannot be known.
fn condemn_equal_skus(run: &Run<'_>, surveyed: &mut Surveyed, equal: &EqualSkus) -> Result<(), Refusal> {
    if equal.is_empty() {
        return Ok(());
    }
    let code = CodeNo::from(Known::SkuEqual);
    for channel in &mut surveyed.channels {
        let rows = channel.index.condemn(|row| equal.contains(row.sku), Fate::Invalid(code.0));
        leave_out(run, channel, &rows, code)?;
    }
    Ok(())
}

/// Notes records that were listed and now are invalid.
pub fn leave_out(run: &Run<'_>, channel: &mut ChannelSurveyed, rows: &[RowNo], code: CodeNo) -> Result<(), Refusal> {
    for row in rows {
        let sku = sku_of(run, &channel.index, *row)?;
        channel.seen.leave_invalid(code, &sku);
    }
    channel.seen.listed = channel.seen.listed.saturating_sub(rows.len() as u64);
    Ok(())
}

/// The SKU of a row, read again from its record.
fn sku_of(run: &Run<'_>, index: &Index, row: RowNo) -> Result<String, Refusal> {
    let Some(row) = index.row(row) else { return Ok(String::new()) };
    let arena = Bump::new();
    Ok(run.master.records().offer_at(row.place, row.sku, &arena)?.sku.to_owned())
}
