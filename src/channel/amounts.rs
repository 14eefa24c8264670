//! How amounts are spelled: their places, the unit that they are written in, and where units
//! stand by themselves, the channel's word for it.

use rust_decimal::Decimal;

use crate::model::{Kind, Number, Unit, amount};

use super::spelling::SpellingPlan;

impl SpellingPlan {
    /// A number by this spelling: places, unit, order.
    pub(super) fn number_text(&self, number: &Number<'_>) -> String {
        let (amount, unit) = self.in_unit(number);
        let digits = match self.decimals {
            Some(places) => with_places(amount, places),
            None if self.kind == Kind::Money => amount::spell_money(amount),
            None => amount::spell(amount),
        };
        match &self.spell {
            Some(spell) => filled(spell, &digits, unit.as_str()),
            None => digits,
        }
    }

    /// The amount in the unit that is written.
    pub fn in_unit(&self, number: &Number<'_>) -> (Decimal, Unit) {
        let Some(first) = self.unit.first() else { return (number.amount, number.unit) };
        if self.unit.contains(&number.unit) {
            return (number.amount, number.unit);
        }
        match number.unit.convert(number.amount, *first) {
            Some(amount) if number.unit.is_said() => (amount, *first),
            _ => (number.amount, number.unit),
        }
    }

    /// The channel's word for the unit in which an amount is written; `None` where it has none.
    pub fn unit_word(&self, number: &Number<'_>) -> Option<&str> {
        let (_, unit) = self.in_unit(number);
        let unit = unit.as_str();
        let word = self.units.iter().find(|word| word.0 == unit).map(|word| word.1.as_str());
        word.or_else(|| self.unit.iter().map(Unit::as_str).find(|known| *known == unit && self.units.is_empty()))
    }

    /// The unit that a word of the channel means; a word that it does not have, by the unit's own name.
    pub fn unit_of_word(&self, word: &str) -> Option<Unit> {
        let word = word.trim();
        let ours = self.units.iter().find(|known| known.1.eq_ignore_ascii_case(word)).map(|known| known.0.as_str());
        Unit::new(ours.unwrap_or(word)).filter(|unit| unit.is_of_measure())
    }
}

/// Exactly so many places; a number that has more keeps them, since nothing is rounded here.
fn with_places(amount: Decimal, places: u32) -> String {
    let mut amount = amount.normalize();
    if amount.scale() < places {
        amount.rescale(places);
    }
    amount.to_string()
}

/// `{number} {unit}` with both in their places, and without blanks at the ends.
fn filled(spell: &str, number: &str, unit: &str) -> String {
    let mut text = String::with_capacity(spell.len() + number.len());
    let mut rest = spell;
    while let Some((before, behind)) = rest.split_once('{') {
        text.push_str(before);
        rest = if let Some(behind) = behind.strip_prefix("number}") {
            text.push_str(number);
            behind
        } else if let Some(behind) = behind.strip_prefix("unit}") {
            text.push_str(unit);
            behind
        } else {
            text.push('{');
            behind
        };
    }
    text.push_str(rest);
    if text.trim().len() < text.len() { text.trim().to_owned() } else { text }
}
