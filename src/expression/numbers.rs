//! Exact arithmetic over numbers with units. What cannot be computed exactly in
//! meaning (two currencies, a quotient by zero, too many digits) gives nothing.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::tree::Operator;
use crate::model::{Number, Unit};

/// An amount and its unit, without the text that it stood in.
#[derive(Debug, Clone, Copy)]
pub struct Amount {
    pub amount: Decimal,
    pub unit: Unit,
}

impl Amount {
    /// A number as it was written in the expression.
    pub fn bare(amount: Decimal) -> Self {
        Amount { amount, unit: Unit::NONE }
    }

    /// `self operator other`.
    pub fn with(self, operator: Operator, other: Amount) -> Option<Amount> {
        let amount = match operator {
            Operator::Plus | Operator::Minus => return self.sum(operator, other),
            Operator::Times => self.amount.checked_mul(other.amount)?,
            Operator::Over => self.amount.checked_div(other.amount)?,
            _ => return None,
        };
        Some(Amount { amount, unit: self.unit_beside(operator, other) })
    }

    /// Greater or less; two currencies, or a length and a weight, have no order.
    pub fn order(self, other: Amount) -> Option<Ordering> {
        if self.unit == other.unit || !self.unit.is_said() || !other.unit.is_said() {
            return Some(self.amount.cmp(&other.amount));
        }
        if let Some(converted) = other.unit.convert(other.amount, self.unit) {
            return Some(self.amount.cmp(&converted));
        }
        Some(self.unit.convert(self.amount, other.unit)?.cmp(&other.amount))
    }

    fn sum(self, operator: Operator, other: Amount) -> Option<Amount> {
        let (left, right) = (self.unit, other.unit);
        let unit = if left.is_said() { left } else { right };
        let addend = if right.is_said() && right != unit { right.convert(other.amount, unit)? } else { other.amount };
        let amount = match operator {
            Operator::Plus => self.amount.checked_add(addend)?,
            _ => self.amount.checked_sub(addend)?,
        };
        Some(Amount { amount, unit })
    }

    /// A price times a count is a price, a price over a price a bare number.
    fn unit_beside(self, operator: Operator, other: Amount) -> Unit {
        match (self.unit.is_said(), other.unit.is_said()) {
            (true, false) => self.unit,
            (false, true) if operator == Operator::Times => other.unit,
            _ => Unit::NONE,
        }
    }
}

impl From<Number<'_>> for Amount {
    fn from(number: Number<'_>) -> Self {
        Amount { amount: number.amount, unit: number.unit }
    }
}
