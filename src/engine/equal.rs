//! Values that may stand in one listing only: known when the whole master has been
//! read. The first listing keeps its place, the later ones do not go.

use bumpalo::Bump;

use crate::channel::description::ListingOf;
use crate::channel::plan::{ChannelPlan, RulePlan, TestPlan};
use crate::finding::{Found, Refusal};
use crate::model::{Value, shown_of};
use crate::plan::diff::Desired;
use crate::plan::index::{Fate, Index, IndexRow, RowNo, place_of};

use super::difference::Again;
use super::pipeline::Run;
use super::products::Products;
use super::request::Stop;
use super::surveyed::{ChannelSurveyed, leave_out};

/// A demand that a value stands in one listing only.
struct Demand<'r> {
    /// The number of its field.
    field: usize,
    /// The field's name.
    name: &'r str,
    rule: &'r RulePlan,
    /// The number of its set.
    set: usize,
}

/// A listing that shares its value with others.
struct Sharing<'s> {
    /// What tells it from the others.
    id: u64,
    /// All that have the value, in the order of the master.
    all: &'s [u64],
}

/// Says which listings have equal values that may not be equal, and leaves out all but the first of each.
pub fn condemn_equal_values(
    run: &Run<'_>,
    number: usize,
    products: &Products,
    channel: &mut ChannelSurveyed,
) -> Result<(), Stop> {
    let (Some(plan), Some(again)) = (run.prepared.plans.get(number), Again::of(run, number, products)) else {
        return Ok(());
    };
    for demand in demands(plan) {
        let mut later: Vec<u64> = Vec::new();
        for (first, others) in channel.seen.uniques.equal(demand.set) {
            // what goes nowhere is equal to nothing
            let is_listed = |id: &u64| row_at(channel, *id).is_some_and(|row| row.fate == Fate::Listed);
            let mut all: Vec<u64> = std::iter::once(first).chain(others).filter(is_listed).collect();
            all.sort_unstable_by_key(|id| (place_of(*id), *id));
            for id in all.iter().copied().filter(|_| all.len() > 1) {
                say(&again, channel, &demand, &Sharing { id, all: &all })?;
            }
            later.extend(all.into_iter().skip(1));
        }
        if plan.listing == ListingOf::Both {
            with_their_product(plan, &channel.index, &mut later);
        }
        later.sort_unstable();
        if demand.rule.is_error && !later.is_empty() {
            let is_later = |row: &IndexRow| later.binary_search(&row.id()).is_ok();
            let rows = channel.index.condemn(is_later, Fate::Invalid(demand.rule.code.0));
            leave_out(run, number, products, channel, &rows, demand.rule.code)?;
        }
    }
    Ok(())
}

/// Adds what does not go without these: variants do not without their product's own listing, one that names its offers
/// not without any of them, and none without all.
fn with_their_product(plan: &ChannelPlan, index: &Index, later: &mut Vec<u64>) {
    let mut products: Vec<u64> = later.iter().map(|id| place_of(*id)).collect();
    products.sort_unstable();
    products.dedup();
    for place in products {
        let first = RowNo::try_from(index.first_at(place)).unwrap_or(RowNo::MAX);
        let here = (first..).map_while(|row| index.row(row)).take_while(|row| row.place.offset == place);
        let listed: Vec<&IndexRow> = here.filter(|row| row.fate == Fate::Listed).collect();
        let goes = |row: &&&IndexRow| !later.contains(&row.id());
        let loses_its_own = listed.iter().any(|row| row.part == 0 && later.contains(&row.id()));
        let staying = listed.iter().filter(goes).filter(|row| row.part != 0).count();
        if loses_its_own || plan.names_offers || staying == 0 {
            let others: Vec<u64> = listed.iter().filter(goes).map(|row| row.id()).collect();
            later.extend(others);
        }
    }
}

fn demands(plan: &ChannelPlan) -> Vec<Demand<'_>> {
    let fields = plan.fields.iter().enumerate();
    let all = fields.flat_map(|(number, field)| field.rules.iter().map(move |rule| (number, field, rule)));
    let unique = all.filter_map(|(field, plan, rule)| match rule.test {
        TestPlan::Unique { set, .. } => Some(Demand { field, name: &plan.name, rule, set }),
        _ => None,
    });
    unique.collect()
}

fn row_at(channel: &ChannelSurveyed, id: u64) -> Option<&IndexRow> {
    let first = RowNo::try_from(channel.index.first_at(place_of(id))).ok()?;
    let mut here = (first..).map_while(|row| channel.index.row(row));
    here.find(|row| row.id() >= id || row.place.offset > place_of(id)).filter(|row| row.id() == id)
}

fn say(
    again: &Again<'_>,
    channel: &mut ChannelSurveyed,
    demand: &Demand<'_>,
    sharing: &Sharing<'_>,
) -> Result<(), Refusal> {
    let mut failed = None;
    let row = |id: u64| row_at(channel, id).copied().unwrap_or_default();
    let this = row(sharing.id);
    let beside = sharing.all.len().saturating_sub(1);
    let others = sharing.all.iter().filter(|other| **other != sharing.id).take(shown_of(beside, 1));
    let others: Vec<IndexRow> = others.map(|other| row(*other)).collect();
    channel.seen.sink.add(demand.rule.code, || {
        let is_later = sharing.all.first().is_some_and(|first| *first != sharing.id);
        let goes = if demand.rule.is_error && is_later { "; only the first of them goes" } else { "" };
        let worded = worded(again, demand, (&this, &others), beside - others.len());
        let (sku, message) = worded.unwrap_or_else(|refusal| {
            failed = Some(refusal);
            Default::default()
        });
        let message = format!("{message}{goes}");
        Found { offset: again.offset(&this), key: sku, field: demand.name.to_owned(), message }
    });
    failed.map_or(Ok(()), Err)
}

/// The SKU of a listing, and what is said of it; read again from its record.
fn worded(
    again: &Again<'_>,
    demand: &Demand<'_>,
    (this, others): (&IndexRow, &[IndexRow]),
    further: usize,
) -> Result<(String, String), Refusal> {
    let arena = Bump::new();
    let sku = again.sku(this, &arena)?;
    let value = again.listing(this, &arena)?.get(demand.field).and_then(Value::as_text).unwrap_or("").trim();
    let mut beside = Vec::new();
    for other in others {
        let sku = again.sku(other, &arena)?;
        // what goes by the value itself is told apart by its place
        beside.push(if sku == value { format!("line {}", again.line(other)?) } else { sku.to_owned() });
    }
    let more = match further {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let beside = beside.join(", ");
    let value: String = value.chars().take(SHOWN).collect();
    Ok((sku.to_owned(), format!("«{value}» stands in {beside}{more} too")))
}

/// Characters of a value that a message shows.
const SHOWN: usize = 60;
