//! What a listing sells: one offer, or each variant of a product. Guards count offers, and
//! money at stake is that of all of them.

use rust_decimal::Decimal;

use crate::channel::description::Compare;
use crate::channel::plan::{Compared, Roles};
use crate::model::Value;
use crate::model::text::trimmed;

use super::change::Change;
use super::compare::are_twins;
use super::diff::Differ;

/// The offer's own word for what can be bought at once.
const IN_STOCK: &str = "in_stock";

impl Differ<'_> {
    /// The offers of a listing: its own values, or a product's rows.
    pub fn offers<'v, 'b>(&self, values: &'v [Value<'b>]) -> impl Iterator<Item = &'v [Value<'b>]> + use<'v, 'b> {
        let table = self.plan.variants.map(|variants| values.get(variants.field));
        let rows: &[&[Value<'b>]] = match table {
            Some(Some(Value::Table(rows))) => rows,
            _ => &[],
        };
        table.is_none().then_some(values).into_iter().chain(rows.iter().copied())
    }

    /// Which fields of an offer are what, and how they are compared.
    fn of_offers(&self) -> (&Roles, &[Compared]) {
        match &self.plan.variants {
            None => (&self.plan.roles, &self.shape.compared),
            Some(variants) => {
                let compared = self.shape.compared.get(variants.field);
                (&variants.roles, compared.map_or(&[], |how| how.fields.as_slice()))
            }
        }
    }

    /// How many offers of a listing are for sale: pieces in stock, or a word that says so. What is not compared says
    /// nothing.
    pub fn for_sale(&self, values: &[Value<'_>]) -> u64 {
        let (roles, compared) = self.of_offers();
        self.offers(values).filter(|offer| says_of_sale(roles).any(|field| sells(offer, compared, field))).count()
            as u64
    }

    /// Price × stock, of all offers together.
    pub(super) fn worth(&self, values: &[Value<'_>]) -> Option<Decimal> {
        let (roles, _) = self.of_offers();
        let one = |offer: &[Value<'_>]| {
            let pieces = amount(offer, roles.stock).unwrap_or(Decimal::ONE);
            roles.paid(offer).map(|price| price.saturating_mul(pieces))
        };
        self.offers(values).filter_map(one).reduce(Decimal::saturating_add)
    }

    /// What an update moves: money at stake, offers that sell out, variants that leave.
    pub(super) fn weigh(&self, existing: &[Value<'_>], desired: &[Value<'_>], change: &mut Change) {
        let (roles, compared) = self.of_offers();
        for was in self.offers(existing) {
            let Some(will) = self.twin(was, desired) else {
                change.leaving += 1;
                continue;
            };
            change.sells_out += u64::from(sells_out(was, will, roles, compared));
            if let (Some(before), Some(after)) = (roles.paid(was), roles.paid(will))
                && before != after
            {
                let pieces = amount(will, roles.stock).unwrap_or(Decimal::ONE).max(Decimal::ONE);
                let moved = (after - before).abs().saturating_mul(pieces);
                change.at_stake = Some(change.at_stake.unwrap_or_default().saturating_add(moved));
            }
        }
    }

    /// The same offer in another listing of its product.
    fn twin<'v, 'b>(&self, offer: &[Value<'_>], among: &'v [Value<'b>]) -> Option<&'v [Value<'b>]> {
        let Some(table) = self.plan.variants.and_then(|variants| self.plan.fields.get(variants.field)) else {
            return Some(among);
        };
        self.offers(among).find(|other| are_twins(table, offer, other) == Some(true))
    }
}

/// The amount of a field, where it has one.
pub(super) fn amount(values: &[Value<'_>], field: Option<usize>) -> Option<Decimal> {
    values.get(field?)?.as_amount()
}

fn says_of_sale(roles: &Roles) -> impl Iterator<Item = usize> + use<> {
    [roles.stock, roles.availability].into_iter().flatten()
}

fn sells(offer: &[Value<'_>], compared: &[Compared], field: usize) -> bool {
    let is_compared = compared.get(field).is_some_and(|how| how.how != Compare::Not);
    is_compared && offer.get(field).is_some_and(says_for_sale)
}

/// Whether stock or availability that was there is gone; what the master does not speak of stays.
fn sells_out(was: &[Value<'_>], will: &[Value<'_>], roles: &Roles, compared: &[Compared]) -> bool {
    says_of_sale(roles).any(|field| {
        let wanted = will.get(field).filter(|value| **value != Value::Unsaid);
        sells(was, compared, field) && wanted.is_some_and(|wanted| !says_for_sale(wanted))
    })
}

/// Whether a stock or a word of availability says that an offer can be bought now.
fn says_for_sale(value: &Value<'_>) -> bool {
    match value {
        Value::Number(number) => number.amount > Decimal::ZERO,
        Value::Flag(is_available) => *is_available,
        Value::Text(word) => trimmed(word) == IN_STOCK,
        _ => false,
    }
}
