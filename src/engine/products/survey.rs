//! The survey of channels whose listings are products, once all records of the master are known.

use bumpalo::Bump;

use crate::channel::plan::{ChannelPlan, ShapePlan};
use crate::channel::project::product::Gathers;
use crate::check::listing::{Context, check};
use crate::check::settle::settle;
use crate::check::verdicts::Verdicts;
use crate::finding::{CodeNo, Found, Known};
use crate::model::Value;
use crate::plan::index::{Fate, IndexRow, row_id};
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
            for (channel, seen) in survey.channels.iter().zip(&mut seen).filter(|one| one.0.plan.is_of_products()) {
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
        run.threads(),
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

/// One listing of a product on its way.
struct Listing<'l, 'b> {
    part: u32,
    values: &'b [Value<'b>],
    /// The offers that it says something of.
    offers: Vec<&'l Offer<'b>>,
    /// Those of the rows of its table of offers.
    rows: Vec<(u64, &'b str)>,
    code: Option<CodeNo>,
}

impl SurveyedChannel<'_> {
    /// Takes one product for this channel.
    fn product<'b>(&self, maker: &'b Maker<'_>, product: &Product<'_, 'b>, arena: &'b Bump, seen: &mut ChannelSurvey) {
        let made = maker.made(product.offers, arena);
        let is_included = |at: &usize| made.included.contains(at);
        let left_out = product.offers.iter().enumerate().filter(|(at, _)| !is_included(at));
        left_out.for_each(|(_, offer)| seen.excluded.add(offer.sku));
        let mut listings = listings(&made, product);
        let mut verdicts = Verdicts::default();
        if !made.included.is_empty() {
            for listing in &mut listings {
                listing.code = self.wrong(maker, product, listing, &mut verdicts, seen);
            }
            condemn_together(&mut listings, self.plan.names_offers);
            if listings.first().is_some_and(|first| first.part == 0 && first.code.is_none()) {
                let offers = made.included.iter().filter_map(|at| product.offers.get(*at)).collect::<Vec<_>>();
                varies(self.plan, self.written(), maker, &made, &offers, seen);
            }
        }
        for listing in &listings {
            self.take(maker, product, listing, made.included.is_empty(), arena, seen);
        }
    }

    /// Puts a listing into the index.
    fn take<'b>(
        &self,
        maker: &Maker<'_>,
        product: &Product<'_, 'b>,
        listing: &Listing<'_, 'b>,
        is_excluded: bool,
        arena: &'b Bump,
        seen: &mut ChannelSurvey,
    ) {
        let (values, part) = (listing.values, listing.part);
        let place = product.records.first().map(|record| record.place).unwrap_or_default();
        let sku = sku_hash(maker.key(values));
        let key = |way: usize| key_hash(values, self.shape.key.get(way)?);
        let row = IndexRow { meaning: Meaning::default(), place, sku, fate: Fate::Excluded, part };
        if is_excluded {
            return seen.rows.push(row, key);
        }
        if let Some(code) = listing.code {
            listing.offers.iter().for_each(|offer| seen.leave_invalid(code, offer.sku));
            return seen.rows.push(IndexRow { fate: Fate::Invalid(code.0), ..row }, key);
        }
        seen.listed += 1;
        seen.offers += listing.offers.len() as u64;
        self.note_used(values, seen);
        let meaning = match self.compares {
            // texts are read again with whatever line ends they have
            true => meaning(settle(&self.plan.fields, values, arena), &self.shape.compared, &self.inline, true),
            false => Meaning::default(),
        };
        seen.rows.push(IndexRow { meaning, fate: Fate::Listed, ..row }, key);
    }

    /// Why a listing does not go: one of its records is wrong, else the first rule that it breaks.
    fn wrong<'b>(
        &self,
        maker: &Maker<'_>,
        product: &Product<'_, 'b>,
        listing: &Listing<'_, 'b>,
        verdicts: &mut Verdicts<'b>,
        seen: &mut ChannelSurvey,
    ) -> Option<CodeNo> {
        let fault_of = |offer: &&Offer<'b>| match product.equal.contains(offer.sku_hash) {
            true => Some(Known::SkuEqual),
            false => product.fault_of(offer.place.offset),
        };
        let fault = listing.offers.iter().find_map(fault_of);
        let first = product.records.first().map_or(0, |record| record.place.offset);
        let context = Context {
            plan: self.plan,
            declared: &self.declared,
            offset: listing.offers.first().map_or(first, |offer| offer.place.offset),
            id: row_id(first, listing.part),
            key: maker.key(listing.values),
            carried: &self.written().carried,
            is_faulty: fault.is_some(),
            offers: &listing.rows,
        };
        let marks = seen.uniques.marks();
        let checked = check(&context, listing.values, &mut seen.uniques, verdicts, &mut seen.sink);
        let code = fault.map(CodeNo::from).or(checked.errors.first().copied());
        if code.is_some() {
            seen.uniques.back_to(&marks);
        }
        code
    }
}

impl Product<'_, '_> {
    /// What is wrong with the record that begins at a place.
    fn fault_of(&self, offset: u64) -> Option<Known> {
        self.records.iter().find(|record| record.place.offset == offset)?.fault
    }
}

/// The listings of a product. Where each offer has one of its own, the product's speaks of none of them.
fn listings<'l, 'b>(made: &Made<'b>, product: &Product<'l, 'b>) -> Vec<Listing<'l, 'b>> {
    let all: Vec<usize> = match made.included.is_empty() {
        true => (0..product.offers.len()).collect(),
        false => made.included.clone(),
    };
    let offers: Vec<&'l Offer<'b>> = all.iter().filter_map(|at| product.offers.get(*at)).collect();
    let of = |(part, values): (u32, &'b [Value<'b>])| {
        let own = part.checked_sub(1).and_then(|at| offers.get(at as usize)).copied();
        let offers: Vec<&'l Offer<'b>> = match part {
            0 if made.each.is_empty() => offers.clone(),
            0 => Vec::new(),
            _ => own.into_iter().collect(),
        };
        let place = |offer: &&Offer<'b>| (offer.place.offset, offer.sku);
        let rows = if part == 0 { made.listing.rows } else { &[] };
        let rows = rows.iter().filter_map(|at| offers.get(*at)).map(place).collect();
        Listing { part, values, offers, rows, code: None }
    };
    made.listings().into_iter().map(of).collect()
}

/// A product goes with one offer at least, and its offers go with their product. One that names its offers goes with
/// all of them: it would speak of what is not there.
fn condemn_together(listings: &mut [Listing<'_, '_>], names_offers: bool) {
    let [whole, each @ ..] = listings else { return };
    if whole.part != 0 || each.is_empty() {
        return;
    }
    if names_offers {
        whole.code = whole.code.or(each.iter().find_map(|listing| listing.code));
    }
    match whole.code {
        Some(code) => each.iter_mut().for_each(|listing| listing.code = listing.code.or(Some(code))),
        None if each.iter().all(|listing| listing.code.is_some()) => {
            whole.code = each.first().and_then(|listing| listing.code);
        }
        None => {}
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
