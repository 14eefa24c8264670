//! The existing side against the index: an export is streamed in blocks, each listing
//! met with what it should be, and what was noticed on the way becomes findings.

use std::sync::{Mutex, MutexGuard, PoisonError};

use bumpalo::Bump;

use crate::channel::description::ListingOf;
use crate::channel::plan::{Compared, FieldPlan, ShapePlan};
use crate::channel::project::product::Gathers;
use crate::channel::read::{Noticed, Remark};
use crate::check::settle::{settle, settle_next};
use crate::finding::{CodeNo, Found, Keep, Known, Refusal, Sink};
use crate::model::text::trimmed;
use crate::model::{Kind, Value};
use crate::plan::diff::{Desired, Differ, Met};
use crate::plan::index::{IndexRow, RowNo};
use crate::plan::tally::{BlockMet, Tally};
use crate::source::{Master, Offer, RecordsAgain};

use super::existing::{self, Listing};
use super::outcome::Unsaid;
use super::pipeline::Run;
use super::products::{self, Maker, Products, Record};
use super::rows_before::RowsBefore;

/// Reads desired listings again by their place in the master.
#[derive(Debug)]
pub struct Again<'a> {
    master: &'a Master,
    maker: Maker<'a>,
    products: &'a Products,
    /// Readers that no thread uses at the moment.
    idle: Mutex<Vec<RecordsAgain<'a>>>,
}

impl<'a> Again<'a> {
    /// For one channel; `None` where it was not prepared.
    pub fn of(run: &'a Run<'_>, number: usize, products: &'a Products) -> Option<Self> {
        let (plan, projection) = (run.prepared.plans.get(number)?, &run.prepared.projection);
        let selection = projection.channels.get(number)?;
        let gathers = Gathers::of(run.master.said(), &run.request.config.shop.language);
        let maker = Maker { plan, projection, selection, gathers };
        Some(Again { master: run.master, maker, products, idle: Mutex::default() })
    }

    /// The SKUs of the offers of a row: one, or those of a product.
    pub fn skus<'b>(&'b self, row: &IndexRow, arena: &'b Bump) -> Result<Vec<&'b str>, Refusal> {
        let offers = self.offers(row, arena)?;
        let own = row.part.checked_sub(1).and_then(|part| {
            let made = self.maker.made(&offers, arena);
            offers.get(*made.included.get(part as usize)?).map(|offer| offer.sku)
        });
        Ok(match self.maker.plan.listing {
            // the offers of a product have rows of their own
            ListingOf::Both => own.into_iter().collect(),
            _ => offers.iter().map(|offer| offer.sku).collect(),
        })
    }

    /// The line in which the record of a row begins.
    pub fn line(&self, row: &IndexRow) -> Result<u64, Refusal> {
        let lines = self.master.lines(&[self.place(row)?])?;
        Ok(lines.first().copied().unwrap_or(1))
    }

    /// Where the record of a row begins: of one that is of a single offer of a product, that one's.
    pub fn place(&self, row: &IndexRow) -> Result<u64, Refusal> {
        let (offset, arena) = (self.offset(row), Bump::new());
        let Some(part) = row.part.checked_sub(1).filter(|_| self.is_of_products() && offset == row.place.offset) else {
            return Ok(offset);
        };
        let offers = self.offers(row, &arena)?;
        let made = self.maker.made(&offers, &arena);
        let offer = made.included.get(part as usize).and_then(|at| offers.get(*at));
        Ok(offer.map_or(offset, |offer| offer.place.offset))
    }

    fn is_of_products(&self) -> bool {
        self.maker.plan.is_of_products()
    }

    fn offers<'b>(&'b self, row: &IndexRow, arena: &'b Bump) -> Result<Vec<Offer<'b>>, Refusal> {
        let one = [Record { place: row.place, sku: row.sku, fault: None }];
        let records = if self.is_of_products() { self.products.records_at(row.place.offset) } else { &one };
        let reader = self.idle().pop();
        let mut reader = reader.unwrap_or_else(|| self.master.records());
        let offers = products::offers(&mut reader, records, arena)?;
        self.idle().push(reader);
        Ok(offers)
    }

    fn idle(&self) -> MutexGuard<'_, Vec<RecordsAgain<'a>>> {
        // a thread that panicked while it held the lock has left a list of readers all the same
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Desired for Again<'_> {
    fn listing<'b>(&'b self, row: &IndexRow, arena: &'b Bump) -> Result<&'b [Value<'b>], Refusal> {
        let offers = self.offers(row, arena)?;
        let Maker { plan, projection, selection, .. } = &self.maker;
        let listing = match offers.as_slice() {
            _ if self.is_of_products() => self.maker.made(&offers, arena).part(row.part).unwrap_or(&[]),
            [offer, ..] => {
                let mut values = Vec::new();
                projection.values(offer.values, arena, &mut values);
                let of_part = selection.per.get(row.part as usize).unwrap_or(selection);
                projection.listing(of_part, &values, arena)
            }
            [] => &[],
        };
        Ok(settle(&plan.fields, listing, arena))
    }

    fn sku<'b>(&'b self, row: &IndexRow, arena: &'b Bump) -> Result<&'b str, Refusal> {
        if self.is_of_products() {
            return Ok(self.maker.key(self.listing(row, arena)?));
        }
        Ok(self.offers(row, arena)?.first().map_or("", |offer| offer.sku))
    }

    fn offset(&self, row: &IndexRow) -> u64 {
        // where a condition leaves offers out, which one it is takes reading them
        let is_plain = self.is_of_products() && self.maker.selection.only.is_none();
        let offer = row.part.checked_sub(1).filter(|_| is_plain);
        let record = offer.and_then(|offer| self.products.records_at(row.place.offset).get(offer as usize));
        record.map_or(row.place.offset, |record| record.place.offset)
    }
}

/// What one block of an export gave, findings included.
#[derive(Debug)]
pub struct BlockSeen {
    /// Its listings.
    pub met: BlockMet,
    /// What was noticed.
    pub sink: Sink,
    /// Listings that are kept although their records are invalid.
    pub kept: Vec<Kept>,
}

/// A listing that the channel keeps although its record is invalid.
#[derive(Debug)]
pub struct Kept {
    /// The row of the record.
    pub row: RowNo,
    /// The listing, written anew.
    pub bytes: Vec<u8>,
    /// What the document has to declare for it.
    pub category: Option<String>,
    /// The same.
    pub currency: Option<String>,
}

impl BlockSeen {
    /// Nothing yet; so many places of each code are kept.
    pub fn new(keep: Keep) -> Self {
        BlockSeen { met: BlockMet::default(), sink: Sink::new(keep), kept: Vec::new() }
    }
}

/// Takes one existing listing. Of those that no record has only the ones that `looks_at` holds for are looked at:
/// a listing may go by another key than its offer.
pub fn listing<'b>(
    differ: &Differ<'_>,
    looks_at: &dyn Fn(&str) -> bool,
    listing: Listing<'_, 'b>,
    before: &mut RowsBefore<'b>,
    seen: &mut BlockSeen,
) -> Result<(), Refusal> {
    let Listing { offset, values, noticed, arena } = listing;
    let plan = differ.plan;
    let key = key_text(differ.shape, values);
    let values = settle_next(&plan.fields, values, &mut before.settled, arena);
    let met = differ.meet(values, &mut before.meant, arena)?;
    if matches!(met, None | Some(Met::Gone(None, _))) && !looks_at(key) {
        return Ok(());
    }
    for remark in noticed {
        say(differ, remark, offset, key, &mut seen.sink);
    }
    count(differ, values, &mut seen.met);
    if matches!(met, Some(Met::Same(_) | Met::Changed(..))) {
        count_unsaid(differ, values, &mut seen.met);
    }
    match met {
        None => {
            seen.met.keyless += 1;
            let name = existing::key_name(differ);
            let message = format!("nothing stands in {name}");
            let place = || Found { offset, key: String::new(), field: name.to_owned(), message };
            seen.sink.add(Known::KeyMissing.into(), place);
        }
        Some(met) => {
            if let Met::Kept(row) = &met
                && let Some(write) = &differ.shape.write
            {
                let mut bytes = Vec::new();
                write.listing(values, &mut bytes);
                let text = |field: Option<usize>| Some(trimmed(values.get(field?)?.as_text()?).to_owned());
                let (category, currency) = (text(plan.roles.category), text(plan.roles.currency));
                seen.kept.push(Kept { row: *row, bytes, category, currency });
            }
            seen.met.met.push((offset, met));
        }
    }
    Ok(())
}

/// The text of a listing's first key, for messages.
pub fn key_text<'b>(shape: &ShapePlan, values: &[Value<'b>]) -> &'b str {
    let first = |fields: &Vec<usize>| values.get(*fields.first()?)?.as_text();
    shape.key.iter().find_map(first).map_or("", trimmed)
}

/// What guards ask for: listings by category and currency, and those for sale.
fn count(differ: &Differ<'_>, values: &[Value<'_>], met: &mut BlockMet) {
    let roles = &differ.plan.roles;
    let text = |field: Option<usize>| values.get(field?)?.as_text().map(trimmed);
    met.in_stock += differ.for_sale(values);
    met.offers += differ.offers(values).count() as u64;
    if let Some(currency) = text(roles.currency) {
        met.count_currency(currency);
    }
    if let Some(category) = text(roles.category) {
        match met.categories.get_mut(category) {
            Some(count) => *count += 1,
            None => {
                met.categories.insert(category.to_owned(), 1);
            }
        }
    }
}

/// What a listing has that nobody says: it goes with the next feed, and no field of the plan changes.
fn count_unsaid(differ: &Differ<'_>, values: &[Value<'_>], met: &mut BlockMet) {
    met.unsaid.resize(differ.unsaid.len(), 0);
    for (count, field) in met.unsaid.iter_mut().zip(&differ.unsaid) {
        let how = differ.shape.compared.get(*field);
        *count += u64::from(values.get(*field).zip(how).is_some_and(|(value, how)| stands(value, how)));
    }
}

/// Whether a document that leaves a field out would say something else than this value.
fn stands(value: &Value<'_>, how: &Compared) -> bool {
    value.is_there() && !how.spelling.goes_without_saying(value)
}

/// What a feed leaves out of what the channel has, since nobody says it. Of a part of the offers nothing can be said
/// about the whole document.
pub fn unsaid(differ: &Differ<'_>, tally: &Tally, head: &[Value<'_>], of_all: bool) -> Unsaid {
    let shape = differ.shape;
    let name = |of: &[Compared], field: usize| of.get(field).map_or(String::new(), |how| how.node.clone());
    let counted = differ.unsaid.iter().zip(&tally.unsaid).filter(|found| *found.1 > 0);
    let listings = counted.map(|(field, count)| (name(&shape.compared, *field), *count)).collect();
    let of_head = differ.plan.left_out_of_feeds(&shape.head_compared, |shape| &shape.head_compared);
    let there = |field: &&usize| {
        let both = head.get(**field).zip(shape.head_compared.get(**field));
        of_all && both.is_some_and(|(value, how)| stands(value, how))
    };
    let document = of_head.iter().filter(there).map(|field| name(&shape.head_compared, *field)).collect();
    Unsaid { listings, document }
}

/// A remark as a finding.
pub fn say(differ: &Differ<'_>, noticed: &Noticed<'_>, offset: u64, key: &str, sink: &mut Sink) {
    say_of(&differ.plan.fields, &differ.shape.compared, noticed, offset, key, sink);
}

/// The same for the document's own fields.
pub fn say_of(
    fields: &[FieldPlan],
    compared: &[Compared],
    noticed: &Noticed<'_>,
    offset: u64,
    key: &str,
    sink: &mut Sink,
) {
    let outer = noticed.table.and_then(|table| fields.get(table));
    let scope = outer.map_or(fields, |table| table.fields.as_slice());
    let field = noticed.field.and_then(|field| scope.get(field));
    let of_field = |code: fn(&FieldPlan) -> CodeNo| field.map(code);
    let code = match noticed.remark {
        Remark::Ignored => of_field(|field| field.codes.ignored),
        Remark::Refused => of_field(|field| field.codes.refused),
        Remark::Twice => of_field(|field| field.codes.twice),
        Remark::EscapedCData => Some(Known::EscapedCData.into()),
        Remark::BlankKey => Some(Known::RowKey.into()),
        Remark::RowParts => Some(Known::RowParts.into()),
        Remark::Markup => Some(Known::Markup.into()),
        Remark::LooksAlike => Some(Known::LooksAlike.into()),
    };
    let Some(code) = code else { return };
    sink.add(code, || {
        let name = outer.or(field).map(|field| field.name.clone()).unwrap_or_default();
        let text: String = noticed.text.trim().chars().take(60).collect();
        let node = noticed.table.or(noticed.field).and_then(|field| compared.get(field)).map_or("", |how| &how.node);
        let message = match noticed.remark {
            Remark::Ignored if !node.is_empty() => format!("«{text}»; the channel reads {node}"),
            Remark::BlankKey => format!("its `{}` is blank", field.map_or("key", |field| field.name.as_str())),
            Remark::Twice if field.is_some_and(|field| field.kind == Kind::Table) => "a further row of it".to_owned(),
            Remark::Markup => format!("«<{text}>»"),
            _ => format!("«{text}»"),
        };
        Found { offset, key: key.to_owned(), field: name, message }
    });
}
