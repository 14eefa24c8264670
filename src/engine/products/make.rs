//! One product made of its records, for one channel: read again, without those that its
//! condition leaves out, and the listing that the others make.

use bumpalo::Bump;

use crate::channel::description::ListingOf;
use crate::channel::plan::ChannelPlan;
use crate::channel::project::product::{Gathers, ProductListing, Role};
use crate::channel::project::{Projection, Selection};
use crate::check::clean;
use crate::finding::Refusal;
use crate::model::Value;
use crate::model::text::trimmed;
use crate::source::{Offer, RecordsAgain};

use super::Record;

/// Makes products of one channel.
#[derive(Debug, Clone, Copy)]
pub struct Maker<'m> {
    /// The channel.
    pub plan: &'m ChannelPlan,
    /// The sources of all channels.
    pub projection: &'m Projection,
    /// The channel's own.
    pub selection: &'m Selection,
    /// Where records say what products gather.
    pub gathers: Gathers,
}

/// A product, made.
#[derive(Debug)]
pub struct Made<'b> {
    /// The numbers of the offers that are in it.
    pub included: Vec<usize>,
    /// The values of each of them, of which the channel's fields are some.
    pub values: Vec<&'b [Value<'b>]>,
    /// The listing.
    pub listing: ProductListing<'b>,
    /// Where each offer has a listing of its own beside it: those.
    pub each: Vec<&'b [Value<'b>]>,
}

/// Reads the records of a product again, without what no feed may carry.
pub fn offers<'b, 'm: 'b>(
    records: &mut RecordsAgain<'m>,
    product: &[Record],
    arena: &'b Bump,
) -> Result<Vec<Offer<'b>>, Refusal> {
    let one = |record: &Record| {
        let offer = records.offer_at(record.place, record.sku, arena)?;
        let values = if offer.place.unclean { clean::cleaned(offer.values, arena) } else { offer.values };
        Ok(Offer { values, ..offer })
    };
    product.iter().map(one).collect()
}

impl<'b> Made<'b> {
    /// The listings with their numbers: 0 is the product's, from 1 on those of its offers.
    pub fn listings(&self) -> Vec<(u32, &'b [Value<'b>])> {
        let whole = (self.each.len() != 1).then_some((0, self.listing.values));
        whole.into_iter().chain((1..).zip(self.each.iter().copied())).collect()
    }

    /// The listing of a number.
    pub fn part(&self, part: u32) -> Option<&'b [Value<'b>]> {
        match part.checked_sub(1) {
            None => Some(self.listing.values),
            Some(offer) => self.each.get(offer as usize).copied(),
        }
    }
}

impl Maker<'_> {
    /// The product that offers make. Where the channel's condition leaves out all of them it is made of all, so that
    /// it can be known again.
    pub fn made<'b>(&'b self, offers: &[Offer<'b>], arena: &'b Bump) -> Made<'b> {
        let mut buffer = Vec::new();
        let mut is_included = |offer: &Offer<'b>| {
            self.selection.only.is_none() || {
                self.projection.values(offer.values, arena, &mut buffer);
                self.projection.is_included(self.selection, &buffer)
            }
        };
        let included: Vec<usize> =
            offers.iter().enumerate().filter(|(_, offer)| is_included(offer)).map(|one| one.0).collect();
        let all: Vec<usize> = (0..offers.len()).collect();
        let of = if included.is_empty() { &all } else { &included };
        let said: Vec<&'b [Value<'b>]> = of.iter().filter_map(|at| offers.get(*at)).map(|offer| offer.values).collect();
        let is_alone = said.len() < 2;
        let together = self.gathers.values(&said, if is_alone { Role::Single } else { Role::Product }, arena);
        let values: Vec<&'b [Value<'b>]> = said.iter().map(|said| self.values(said, &together, arena)).collect();
        let listing = self.projection.product(self.selection, &values, arena);
        let each = match self.plan.listing {
            ListingOf::Both => {
                let role = if is_alone { Role::Single } else { Role::Variant };
                said.iter().map(|said| self.own_listing(said, role, arena)).collect()
            }
            _ => Vec::new(),
        };
        Made { included, values, listing, each }
    }

    fn values<'b>(&'b self, said: &[Value<'b>], product: &[Value<'b>], arena: &'b Bump) -> &'b [Value<'b>] {
        let mut buffer = Vec::new();
        self.projection.values_in_product(said, product, arena, &mut buffer);
        arena.alloc_slice_copy(&buffer)
    }

    /// The listing of one offer, to which what it says alone is what its product says.
    fn own_listing<'b>(&'b self, said: &'b [Value<'b>], role: Role, arena: &'b Bump) -> &'b [Value<'b>] {
        let own = self.gathers.values(&[said], role, arena);
        let values = self.values(said, &own, arena);
        self.projection.listing(self.selection, values, arena)
    }

    /// What the listing goes by, for messages: the text of its first key.
    pub fn key<'b>(&self, listing: &[Value<'b>]) -> &'b str {
        let shape = self.plan.shapes.get(self.plan.written);
        let fields = shape.into_iter().flat_map(|shape| shape.key.iter().filter_map(|fields| fields.first()));
        let texts = fields.filter_map(|field| listing.get(*field)?.as_text());
        texts.map(trimmed).find(|text| !text.is_empty()).unwrap_or("")
    }
}
