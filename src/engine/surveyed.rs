//! The survey run over the whole master, and what follows from all of it together.

use std::sync::Arc;

use bumpalo::Bump;
use hashbrown::HashMap;

use crate::channel::description::ListingOf;
use crate::channel::plan::{ChannelPlan, ShapePlan};
use crate::channel::project::MadeBefore;
use crate::check::catalog::CatalogRules;
use crate::check::clean;
use crate::deliver::spool::Spool;
use crate::finding::{CodeNo, Known, Refusal, Sink};
use crate::model::Categories;
use crate::model::Value;
use crate::plan::diff::inline_fields;
use crate::plan::index::{Fate, Index, RowNo};
use crate::source::{EqualSkus, Expected, Offer, OfferBlock};

use super::along::Along;
use super::difference::{Again, Kept};
use super::document;
use super::equal;
use super::feed::Piece;
use super::pipeline::{Run, Side};
use super::products::{self, Grouped, Products, Record};
use super::request::{Feeds, Stop, StopAfter};
use super::survey::{Before, BlockSurvey, ChannelSurvey, Groups, OfferAt, Survey, SurveyedChannel, offered};
use super::target;
use super::times::{Stage, Watch};

/// So many bytes of feeds wait in memory, of all channels together.
const SPOOLED: usize = 8 * 1024 * 1024;

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
    /// The offers by product, where a channel lists products.
    pub products: Products,
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
    /// Its feed, where it is written along.
    pub along: Option<Along>,
}

impl Surveyed {
    /// How many of the catalog's own findings are of offers that nobody asked for.
    pub fn findings_of_others(&self) -> u64 {
        self.findings.others()
    }

    /// The catalog's own findings; there are none afterwards.
    pub fn take_findings(&mut self) -> Sink {
        let keep = self.findings.keep().clone();
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

/// Runs the survey. Feeds that may go in the end are written along.
pub fn survey(run: &Run<'_>) -> Result<Surveyed, Stop> {
    survey_along(run, (0..run.setups.len()).map(|number| along(run, number)).collect())
}

/// Runs the survey once more, for nothing but itself.
pub fn survey_again(run: &Run<'_>) -> Result<Surveyed, Stop> {
    survey_along(run, run.setups.iter().map(|_| None).collect())
}

fn survey_along(run: &Run<'_>, mut alongs: Vec<Option<Along>>) -> Result<Surveyed, Stop> {
    let request = run.request;
    let survey = survey_of(run, &alongs);
    let threads = run.threads();
    let mut total = survey.block();
    let mut indexes: Vec<Index> = survey.channels.iter().map(|_| Index::default()).collect();
    request.progress.phase(run.master.input().shown_as(), run.master.bytes());
    let read = run.master.read(
        threads,
        request.keep(),
        || (Watch::new(request.times), Vec::new()),
        |(watch, sizes): &mut (Watch<'_>, Vec<usize>), block| {
            // what came before is reading, and waiting for other threads
            watch.took(Stage::Read);
            let mut seen = survey.block();
            // what a block gives is about as long as what the one before gave
            let rooms = seen.channels.iter_mut().zip(&*sizes);
            rooms.for_each(|(channel, size)| channel.along.piece = Piece::with_room_for(*size));
            block_of(&survey, run, block, &mut seen, watch);
            *sizes = seen.channels.iter().map(|channel| channel.along.piece.bytes.len()).collect();
            request.progress.advance(block.bytes());
            Ok::<BlockSurvey, Stop>(seen)
        },
        |block: BlockSurvey| {
            take(&mut total, &mut indexes, &mut alongs, block, run.master.expected());
            request.go_on()
        },
    )?;
    let mut findings = read.sink;
    findings.merge(total.sink);
    let products = Products::of(&std::mem::take(&mut total.grouped));
    products::survey(run, &survey, &products, &read.equal, |seen| {
        for ((ours, index), mut theirs) in total.channels.iter_mut().zip(&mut indexes).zip(seen) {
            index.append(std::mem::take(&mut theirs.rows), run.master.expected());
            ours.merge(theirs, run.master.expected());
        }
        Ok(())
    })?;
    let categories = run.master.has_tree().then(|| Arc::new(read.categories));
    let channels = indexes.into_iter().zip(total.channels).zip(alongs).map(|((index, seen), along)| ChannelSurveyed {
        index,
        seen,
        categories: categories.clone(),
        kept: HashMap::new(),
        along,
    });
    let mut surveyed = Surveyed {
        channels: channels.collect(),
        offers: read.offers,
        digest: read.digest.to_string(),
        invalid_offers: 0,
        products,
        findings,
    };
    conclude(run, &mut surveyed, &read.equal)?;
    Ok(surveyed)
}

/// What follows from all offers together: of equal ones not all go.
fn conclude(run: &Run<'_>, surveyed: &mut Surveyed, skus: &EqualSkus) -> Result<(), Stop> {
    condemn_equal_skus(run, surveyed, skus)?;
    let Surveyed { channels, products, .. } = surveyed;
    for (number, channel) in channels.iter_mut().enumerate() {
        equal::condemn_equal_values(run, number, products, channel)?;
        channel.index.seal();
    }
    surveyed.invalid_offers = invalid_offers(run, surveyed)?;
    Ok(())
}

/// How many offers are invalid on at least one channel, by the places of their records.
fn invalid_offers(run: &Run<'_>, surveyed: &Surveyed) -> Result<u64, Refusal> {
    let mut places: Vec<u64> = Vec::new();
    for (number, channel) in surveyed.channels.iter().enumerate() {
        let Some(plan) = run.prepared.plans.get(number) else { continue };
        let again = Again::of(run, number, &surveyed.products).filter(|_| plan.listing == ListingOf::Both);
        for (_, row) in channel.index.rows().filter(|(_, row)| matches!(row.fate, Fate::Invalid(_))) {
            match &again {
                // the offers of a product have rows of their own
                Some(_) if row.part == 0 => {}
                Some(again) => places.push(again.place(row)?),
                None if plan.is_of_products() => {
                    let records = surveyed.products.records_at(row.place.offset);
                    places.extend(records.iter().map(|record| record.place.offset));
                }
                None => places.push(row.place.offset),
            }
        }
    }
    places.sort_unstable();
    places.dedup();
    Ok(places.len() as u64)
}

/// Whether what the listings of a channel mean is compared with anything: with what the channel has, or with a feed that is
/// read back.
fn is_compared(run: &Run<'_>, number: usize) -> bool {
    let is_there = matches!(run.sides.get(number), Some(Side::Known(_)));
    match run.request.stop_after {
        StopAfter::Validate => false,
        StopAfter::Diff => is_there,
        StopAfter::Render => is_there || matches!(run.request.feeds, Feeds::Write | Feeds::WriteTo(_)),
    }
}

/// The feed of a channel, where it can be written along: there is one in the end, unless a guard refuses it.
fn along(run: &Run<'_>, number: usize) -> Option<Along> {
    let request = run.request;
    let plan = run.prepared.plans.get(number)?;
    let is_rendered = request.stop_after == StopAfter::Render && request.only.is_empty();
    if !is_rendered || plan.is_of_products() || matches!(run.sides.get(number), Some(Side::Refused(_))) {
        return None;
    }
    let between = plan.write()?.between();
    let target = run.setups.get(number).and_then(|setup| target::target(request, setup.config));
    match (&request.feeds, target) {
        (Feeds::Discard, _) | (_, None) => Some(Along::told(between)),
        (_, Some(target)) => {
            let spool = Spool::beside(&target.path, SPOOLED / run.setups.len().max(1));
            Some(Along::waiting(spool, between))
        }
    }
}

fn survey_of<'r>(run: &Run<'r>, alongs: &[Option<Along>]) -> Survey<'r> {
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
            compares: is_compared(run, number),
            keep: run.request.keep_of(&plan.name).together(),
            writes: alongs.get(number)?.as_ref().and_then(|_| plan.write()),
        })
    };
    let lists_products = prepared.plans.iter().any(ChannelPlan::is_of_products);
    let said = run.master.said().iter().position(|said| said.name == "group");
    Survey {
        projection: &prepared.projection,
        groups: lists_products.then_some(Groups { said }),
        channels: prepared.plans.iter().enumerate().filter_map(channel).collect(),
        catalog: CatalogRules::new(run.master.said(), &run.request.config.shop.currency),
        keep: run.request.keep().together(),
    }
}

/// So many offers take each step together: the code of one step stays at hand in the processor for all of them, as that of
/// all steps would not.
const TOGETHER: usize = 16;

/// All offers of a block.
fn block_of<'b>(
    survey: &'b Survey<'_>,
    run: &Run<'_>,
    block: &OfferBlock<'b>,
    seen: &mut BlockSurvey,
    watch: &mut Watch<'_>,
) {
    let arena: &'b Bump = block.arena;
    let mut values = Vec::new();
    let made_before = MadeBefore::default();
    let mut before: Vec<Before<'b>> = survey.channels.iter().map(|_| Before::new(arena)).collect();
    let mut looked_at = Vec::with_capacity(TOGETHER);
    for offers in block.offers.chunks(TOGETHER) {
        let checked = offers.iter().filter_map(|offer| checked(survey, run, block, offer, seen));
        looked_at.extend(checked);
        watch.took(Stage::Check);
        for (at, said) in looked_at.drain(..) {
            survey.projection.values_of_next(said, arena, &made_before, &mut values);
            survey.offer(at, &values, &mut before);
        }
        watch.took(Stage::Project);
        survey.take_waiting(&mut before, seen, watch);
    }
}

/// An offer by the catalog's own rules, with what it says; nothing of one that nobody looks at.
fn checked<'b>(
    survey: &Survey<'_>,
    run: &Run<'_>,
    block: &OfferBlock<'b>,
    offer: &Offer<'b>,
    seen: &mut BlockSurvey,
) -> Option<(OfferAt<'b>, &'b [Value<'b>])> {
    let is_looked_at = run.request.looks_at(offer.sku);
    let mut at = OfferAt {
        sku: offer.sku,
        place: offer.place,
        sku_hash: offer.sku_hash,
        fault: offer.fault,
        returns: block.returns,
    };
    let mut said = offer.values;
    if block.odd || (block.sections && clean::has_sections(said)) {
        let cleaned = block.arena.alloc_slice_copy(said);
        survey.catalog.clean(&offered(&at), cleaned, block.arena, &mut seen.sink);
        said = cleaned;
    }
    // what is found in an offer that nobody looks at is counted, and told to nobody
    at.fault = survey.catalog.check(&offered(&at), said, &mut seen.sink).or(at.fault);
    if let Some(groups) = survey.groups {
        let record = Record { place: at.place, sku: at.sku_hash, fault: at.fault };
        seen.grouped.push(Grouped { group: groups.of(said), is_looked_at, record });
    }
    is_looked_at.then_some((at, said))
}

fn take(
    total: &mut BlockSurvey,
    indexes: &mut [Index],
    alongs: &mut [Option<Along>],
    block: BlockSurvey,
    expected: Expected,
) {
    total.sink.merge(block.sink);
    total.grouped.extend(block.grouped);
    let all = total.channels.iter_mut().zip(indexes).zip(alongs).zip(block.channels);
    for (((ours, index), along), mut theirs) in all {
        index.append(std::mem::take(&mut theirs.rows), expected);
        if let Some(along) = along {
            along.take(std::mem::take(&mut theirs.along));
        }
        ours.merge(theirs, expected);
    }
}

/// Of records with one SKU none goes: which is meant cannot be known.
fn condemn_equal_skus(run: &Run<'_>, surveyed: &mut Surveyed, equal: &EqualSkus) -> Result<(), Refusal> {
    if equal.is_empty() {
        return Ok(());
    }
    let code = CodeNo::from(Known::SkuEqual);
    let Surveyed { channels, products, .. } = surveyed;
    for (number, channel) in channels.iter_mut().enumerate() {
        // of products it was known when they were made
        if run.prepared.plans.get(number).is_some_and(|plan| !plan.is_of_products()) {
            let rows = channel.index.condemn(|row| equal.contains(row.sku), Fate::Invalid(code.0));
            leave_out(run, number, products, channel, &rows, code)?;
        }
    }
    Ok(())
}

/// Notes listings that now are invalid, offer by offer.
pub fn leave_out(
    run: &Run<'_>,
    number: usize,
    products: &Products,
    channel: &mut ChannelSurveyed,
    rows: &[RowNo],
    code: CodeNo,
) -> Result<(), Refusal> {
    let Some(again) = Again::of(run, number, products) else { return Ok(()) };
    for row in rows.iter().filter_map(|row| channel.index.row(*row).copied()) {
        let arena = Bump::new();
        let skus = again.skus(&row, &arena)?;
        channel.seen.offers = channel.seen.offers.saturating_sub(skus.len() as u64);
        skus.into_iter().for_each(|sku| channel.seen.leave_invalid(code, sku));
    }
    channel.seen.listed = channel.seen.listed.saturating_sub(rows.len() as u64);
    Ok(())
}
