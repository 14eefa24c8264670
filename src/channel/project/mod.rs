//! From an offer's words to every channel's fields. At load each distinct source gets
//! one number over *all* channels; for each offer every number is computed once, and a
//! listing is a selection of them.

pub mod build;
mod channel;
mod evaluate;
mod fold;
pub mod lookup;
mod names;
pub mod product;
mod rows;
pub mod step;
mod tables;

use bumpalo::Bump;

use super::description::FieldNo;
use crate::expression::Program;
use crate::model::Value;

pub use build::{Builder, FieldSaid};
pub use lookup::LookupData;
pub use names::{Known, KnownName};
pub use rows::MadeBefore;
pub use step::{Constant, Step, ValueNo};

/// All sources of all channels, numbered, and which of them are whose fields.
#[derive(Debug, Default)]
pub struct Projection {
    /// In an order in which each needs only those before it; the first are what the master says.
    steps: Vec<Step>,
    /// How many of them are said, by an offer's record or by its product.
    said: usize,
    /// Tables that the merchant supplied.
    lookups: Vec<LookupData>,
    /// Per channel.
    pub channels: Vec<Selection>,
}

/// Which values are one channel's fields.
#[derive(Debug, Default)]
pub struct Selection {
    /// The value of each field, in the order of the channel's fields.
    pub fields: Vec<ValueNo>,
    /// Which offers the config lets become listings.
    pub only: Option<Program>,
    /// Where there is a listing at all, by the description.
    pub exists: Option<Program>,
    /// One for each row of a setting, where an offer has a listing for each; else none.
    pub per: Vec<Selection>,
    /// The tables of a product's offers; their places among `fields` hold nothing.
    pub offers: Vec<OffersTable>,
}

/// A table with a row for each offer of a product.
#[derive(Debug, Default)]
pub struct OffersTable {
    /// Its field.
    pub field: FieldNo,
    /// Offers for which it fails have no row.
    pub only: Option<Program>,
    /// The values of the row's fields, among those of its offer.
    pub fields: Vec<ValueNo>,
}

impl Projection {
    /// Computes every value of one offer. `offer` holds what the master says, in its order.
    pub fn values<'b>(&'b self, offer: &[Value<'b>], arena: &'b Bump, values: &mut Vec<Value<'b>>) {
        self.values_in_product(offer, &[], arena, values);
    }

    /// The same where many offers of a block follow each other.
    pub fn values_of_next<'b>(
        &'b self,
        offer: &[Value<'b>],
        arena: &'b Bump,
        made_before: &MadeBefore<'b>,
        values: &mut Vec<Value<'b>>,
    ) {
        self.compute(offer, &[], arena, Some(made_before), values);
    }

    /// The same of one offer of a product; `product` is what its offers say together, in the order of
    /// [`product::said`].
    pub fn values_in_product<'b>(
        &'b self,
        offer: &[Value<'b>],
        product: &[Value<'b>],
        arena: &'b Bump,
        values: &mut Vec<Value<'b>>,
    ) {
        self.compute(offer, product, arena, None, values);
    }

    fn compute<'b>(
        &'b self,
        offer: &[Value<'b>],
        product: &[Value<'b>],
        arena: &'b Bump,
        made_before: Option<&MadeBefore<'b>>,
        values: &mut Vec<Value<'b>>,
    ) {
        values.clear();
        values.extend_from_slice(offer);
        values.extend_from_slice(product);
        values.resize(self.said, Value::Unsaid);
        for step in self.steps.get(self.said..).unwrap_or(&[]) {
            let scope = evaluate::Scope { projection: self, values, row: &[], made_before };
            values.push(evaluate::value(step, &scope, arena));
        }
    }

    /// Whether an offer becomes a listing of a channel, by the channel's `where`.
    pub fn is_included(&self, selection: &Selection, values: &[Value<'_>]) -> bool {
        let Some(only) = &selection.only else { return true };
        only.holds(&|number| values.get(number as usize).copied().unwrap_or_default())
    }

    /// Whether there is a listing at all, by the description.
    pub fn exists(&self, selection: &Selection, values: &[Value<'_>]) -> bool {
        let Some(exists) = &selection.exists else { return true };
        exists.holds(&|number| values.get(number as usize).copied().unwrap_or_default())
    }

    /// The fields of one channel's listing.
    pub fn listing<'b>(&self, selection: &Selection, values: &[Value<'b>], arena: &'b Bump) -> &'b [Value<'b>] {
        let of = |number: &ValueNo| values.get(number.0 as usize).copied().unwrap_or_default();
        arena.alloc_slice_fill_iter(selection.fields.iter().map(of))
    }
}

#[cfg(test)]
mod tests;
