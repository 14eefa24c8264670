//! One product made of its records, for one channel: read again, without those that its
//! condition leaves out, and the listing that the others make.

use bumpalo::Bump;

use crate::channel::plan::ChannelPlan;
use crate::channel::project::product::{Gathers, ProductListing};
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
        let together = self.gathers.values(&said, arena);
        let mut buffer = Vec::new();
        let values: Vec<&'b [Value<'b>]> = said
            .iter()
            .map(|said| -> &'b [Value<'b>] {
                self.projection.values_in_product(said, &together, arena, &mut buffer);
                arena.alloc_slice_copy(&buffer)
            })
            .collect();
        let listing = self.projection.product(self.selection, &values, arena);
        Made { included, values, listing }
    }

    /// What the listing goes by, for messages: the text of its first key.
    pub fn key<'b>(&self, listing: &[Value<'b>]) -> &'b str {
        let shape = self.plan.shapes.get(self.plan.written);
        let fields = shape.into_iter().flat_map(|shape| shape.key.iter().filter_map(|fields| fields.first()));
        let texts = fields.filter_map(|field| listing.get(*field)?.as_text());
        texts.map(trimmed).find(|text| !text.is_empty()).unwrap_or("")
    }
}
