//! The survey of channels whose listings are products, once all records of the master are known.

use bumpalo::Bump;

use crate::channel::plan::{ChannelPlan, ShapePlan};
use crate::channel::project::product::Gathers;
use crate::check::listing::{Context, check};
use crate::check::settle::settle;
use crate::finding::{CodeNo, Found, Known};
use crate::model::Value;
use crate::plan::index::{Fate, IndexRow};
use crate::plan::meaning::{Meaning, key_hash, meaning, same_meaning};
use crate::source::{EqualSkus, Offer, sku_hash};
use crate::wire::blocks::in_parts;

use super::super::pipeline::Run;
use super::super::request::Stop;
use super::super::survey::{ChannelSurvey, Survey, SurveyedChannel};
use super::make::{self, Made, Maker};
use super::{Products, Record};

/// Surveys all products for each channel that lists products; `take` gets what each part gave, by channel.
pub fn survey(
    run: &Run<'_>,
    survey: &Survey<'_>,
    products: &Products,
    equal: &EqualSkus,
    mut take: impl FnMut(Vec<ChannelSurvey>) -> Result<(), Stop> + Send,
) -> Result<(), Stop> {
    let gathers = Gathers::of(run.master.said(), &run.request.config.shop.language);
    let part = |records: &mut crate::source::RecordsAgain<'_>, number: usize| {
        let mut seen = survey.block().channels;
        for product in products.part(number) {
            let arena = Bump::new();
            let records_of = products.records(product);
            let offers = make::offers(records, records_of, &arena)?;
            for (channel, seen) in survey.channels.iter().zip(&mut seen).filter(|one| one.0.plan.variants.is_some()) {
                let (projection, selection) = (survey.projection, channel.selection);
                let maker = Maker { plan: channel.plan, projection, selection, gathers };
                let product = Product { records: records_of, offers: &offers, equal };
                channel.product(&maker, &product, &arena, seen);
            }
        }
        Ok::<_, Stop>(seen)
    };
    in_parts(
        products.parts(),
        run.request.threads.get(),
        || run.master.records(),
        part,
        |seen| {
            run.request.go_on()?;
            take(seen)
        },
    )
}

/// The records of one product, read.
struct Product<'p, 'b> {
    records: &'p [Record],
    offers: &'p [Offer<'b>],
    equal: &'p EqualSkus,
}

impl SurveyedChannel<'_> {
    /// Takes one product for this channel.
    fn product<'b>(&self, maker: &'b Maker<'_>, product: &Product<'_, 'b>, arena: &'b Bump, seen: &mut ChannelSurvey) {
        let made = maker.made(product.offers, arena);
        let listing = made.listing.values;
        let sku = sku_hash(maker.key(listing));
        let place = product.records.first().map(|record| record.place).unwrap_or_default();
        let row = IndexRow { meaning: Meaning::default(), place, sku, fate: Fate::Excluded };
        let key = |way: usize| key_hash(listing, self.shape.key.get(way)?);
        let is_included = |at: &usize| made.included.contains(at);
        let left_out = product.offers.iter().enumerate().filter(|(at, _)| !is_included(at));
        left_out.for_each(|(_, offer)| seen.excluded.add(offer.sku));
        if made.included.is_empty() {
            seen.rows.push(row, key);
            return;
        }
        let offers: Vec<&Offer<'b>> = made.included.iter().filter_map(|at| product.offers.get(*at)).collect();
        if let Some(code) = self.wrong(maker, product, &made, &offers, seen) {
            offers.iter().for_each(|offer| seen.leave_invalid(code, offer.sku));
            seen.rows.push(IndexRow { fate: Fate::Invalid(code.0), ..row }, key);
            return;
        }
        seen.listed += 1;
        seen.offers += offers.len() as u64;
        self.note_used(listing, seen);
        let meaning = match self.compares {
            // texts are read again with whatever line ends they have
            true => meaning(settle(&self.plan.fields, listing, arena), &self.shape.compared, &self.inline, true),
            false => Meaning::default(),
        };
        seen.rows.push(IndexRow { meaning, fate: Fate::Listed, ..row }, key);
    }

    /// Why a product does not go: one of its records is wrong, else the first rule that it breaks.
    fn wrong<'b>(
        &self,
        maker: &Maker<'_>,
        product: &Product<'_, 'b>,
        made: &Made<'b>,
        offers: &[&Offer<'b>],
        seen: &mut ChannelSurvey,
    ) -> Option<CodeNo> {
        let fault_of = |record: &Record| match product.equal.contains(record.sku) {
            true => Some(Known::SkuEqual),
            false => record.fault,
        };
        let records = made.included.iter().filter_map(|at| product.records.get(*at));
        let fault = records.clone().find_map(fault_of);
        let place = |offer: &&Offer<'b>| (offer.place.offset, offer.sku);
        let rows: Vec<(u64, &str)> = made.listing.rows.iter().filter_map(|at| offers.get(*at)).map(place).collect();
        let offset = product.records.first().map_or(0, |record| record.place.offset);
        let context = Context {
            plan: self.plan,
            declared: &self.declared,
            offset,
            key: maker.key(made.listing.values),
            carried: &self.written().carried,
            is_faulty: fault.is_some(),
            offers: &rows,
        };
        let marks = seen.uniques.marks();
        let checked = check(&context, made.listing.values, &mut seen.uniques, &mut seen.sink);
        let code = fault.map(CodeNo::from).or(checked.errors.first().copied());
        if code.is_some() {
            seen.uniques.back_to(&marks);
        } else {
            varies(self.plan, self.written(), maker, made, offers, seen);
        }
        code
    }
}

/// Says where the offers of a product disagree about what is the product's: the first one's counts.
fn varies(
    plan: &ChannelPlan,
    written: &ShapePlan,
    maker: &Maker<'_>,
    made: &Made<'_>,
    offers: &[&Offer<'_>],
    seen: &mut ChannelSurvey,
) {
    for (number, (field, how)) in plan.fields.iter().zip(&written.compared).enumerate() {
        let is_asked = field.of_first_offer && written.carried.get(number).copied().unwrap_or(false);
        let Some(value_no) = maker.selection.fields.get(number).filter(|_| is_asked) else { continue };
        let all: Vec<Value<'_>> =
            made.values.iter().map(|values| values.get(value_no.0 as usize).copied().unwrap_or_default()).collect();
        let first = all.first().copied().unwrap_or_default();
        let Some(at) = all.iter().position(|value| !same_meaning(&first, value, how)) else { continue };
        let (Some(offer), Some(leads)) = (offers.get(at), offers.first()) else { continue };
        seen.sink.add(field.codes.varies, || {
            let said = |value: &Value<'_>| match crate::plan::compare::shown(value, how) {
                Some(text) => format!("«{}»", text.chars().take(SHOWN).collect::<String>()),
                None => "nothing".to_owned(),
            };
            let other = all.get(at).copied().unwrap_or_default();
            let message = format!("{}, but {} with {}", said(&other), said(&first), leads.sku);
            Found { offset: offer.place.offset, key: offer.sku.to_owned(), field: field.name.clone(), message }
        });
    }
}

/// Characters of a value that a message shows.
const SHOWN: usize = 40;
