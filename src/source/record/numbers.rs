//! Amounts, counts and measures: nearly all are digits with at most one mark, and go a quick way.

use rust_decimal::Decimal;

use super::super::layout::NumberTake;
use super::super::objects::NUMBER;
use super::super::trouble::Why;
use super::Reader;
use crate::finding::Known;
use crate::model::amount;
use crate::model::{DecimalStyle, Kind, Marks, NotAnAmount, Number, Unit, Value};
use crate::wire::table::Row;

impl<'m: 'b, 'b> Reader<'m, 'b> {
    #[inline(always)]
    pub(super) fn number(&mut self, take: &NumberTake, row: Row<'_, 'b>, value: &mut Value<'b>) {
        let Some(text) = self.trimmed(row, take.column) else {
            *value = Value::Empty;
            return;
        };
        match plain_amount(text, self.ground.marks).filter(|_| self.ground.rarer.is_none()) {
            Some(amount) if take.kind != Kind::Count || amount.scale() == 0 => {
                *value = Value::of_number(Number { amount, unit: take.unit, text }, self.arena);
            }
            _ => *value = self.odd_number(take, text),
        }
    }

    /// A number that is not digits with at most one mark.
    pub(super) fn odd_number(&mut self, take: &NumberTake, text: &'b str) -> Value<'b> {
        let (text, marks) = match text.strip_prefix(NUMBER).filter(|_| self.ground.objects) {
            Some(text) => (text, Marks::Declared(DecimalStyle::Point)),
            None => (text, self.ground.marks),
        };
        let read = match amount::read(text, marks) {
            Ok(read) => read,
            Err(why) => {
                let code = match why {
                    NotAnAmount::Ambiguous { .. } => Known::NumberAmbiguous,
                    _ if take.detail => Known::Detail,
                    NotAnAmount::Exponent => Known::NumberEaten,
                    _ => Known::Number,
                };
                return self.bad(code, take.column, text, Why::Amount(why));
            }
        };
        let Some(unit) = unit_for(take, read.unit) else {
            let code = if take.detail { Known::Detail } else { Known::Number };
            return self.bad(code, take.column, text, Why::WrongUnit(take.kind));
        };
        let is_other = match (marks, read.proves) {
            (Marks::Seen(seen), Some(proved)) => seen != proved,
            (Marks::Unknown, Some(proved)) => self.ground.rarer == Some(proved),
            _ => false,
        };
        if is_other {
            self.trouble(Known::NumberMixed, take.column, text, Why::OtherMark);
        }
        if take.kind == Kind::Count && read.value.normalize().scale() > 0 {
            self.trouble(Known::CountFraction, take.column, text, Why::NotWhole);
        }
        Value::of_number(Number { amount: read.value, unit, text }, self.arena)
    }
}

/// The amount of digits with at most one mark, where its meaning is settled.
#[inline]
fn plain_amount(text: &str, marks: Marks) -> Option<Decimal> {
    match marks {
        Marks::Declared(DecimalStyle::Comma) => amount::plain(text, b',').map(|read| read.0),
        Marks::Declared(DecimalStyle::Point) | Marks::Seen(DecimalStyle::Point) => {
            amount::plain(text, b'.').map(|read| read.0)
        }
        Marks::Seen(DecimalStyle::Comma) => amount::plain(text, b',').filter(|read| read.1).map(|read| read.0),
        Marks::Unknown => {
            let alone = |mark| amount::plain(text, mark).filter(|read| read.1).map(|read| read.0);
            alone(b'.').or_else(|| alone(b','))
        }
    }
}

/// The unit of a number: what the cell says, else what the mapping says; `None` where the cell's
/// does not go with the kind.
fn unit_for(take: &NumberTake, said: Unit) -> Option<Unit> {
    let is_pieces = said.as_str() == "pcs";
    match take.kind {
        _ if !said.is_said() => Some(take.unit),
        Kind::Money => (!said.is_of_measure() && !is_pieces).then_some(said),
        Kind::Quantity => said.is_of_measure().then_some(said),
        _ => is_pieces.then_some(Unit::NONE),
    }
}
