//! Prices set against each other, row by row.

use rust_decimal::Decimal;

use super::column::Column;

/// Prices of one thing are no further apart.
const ALIKE: u32 = 5;

/// How the amounts of one column stand to those of another, over the rows in which both have one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Against {
    pub(super) above: usize,
    pub(super) equal: usize,
    pub(super) below: usize,
}

impl Against {
    pub(super) fn of(one: &Column<'_>, other: &Column<'_>) -> Against {
        let mut against = Against::default();
        let pairs = one.values.amounts().into_iter().zip(other.values.amounts());
        for (one, other) in pairs.filter_map(|(one, other)| Some((paid(one)?, paid(other)?))) {
            match one.cmp(&other) {
                std::cmp::Ordering::Greater => against.above += 1,
                std::cmp::Ordering::Equal => against.equal += 1,
                std::cmp::Ordering::Less => against.below += 1,
            }
        }
        against
    }

    /// Whether it is never below, and somewhere above.
    pub(super) fn is_above(self) -> bool {
        self.below == 0 && self.above > 0
    }

    /// Whether it is below in more than a few rows.
    pub(super) fn is_often_below(self) -> bool {
        self.below * 10 > self.above + self.equal + self.below
    }

    /// Whether one could be the price as well as the other: in nearly all rows, neither is more than five times the other.
    pub(super) fn is_alike(one: &Column<'_>, other: &Column<'_>) -> bool {
        let pairs = one.values.amounts().into_iter().zip(other.values.amounts());
        let pairs: Vec<(Decimal, Decimal)> =
            pairs.filter_map(|(one, other)| Some((paid(one)?, paid(other)?))).collect();
        let times = Decimal::from(ALIKE);
        let alike = |pair: &&(Decimal, Decimal)| {
            pair.0 <= pair.1.saturating_mul(times) && pair.1 <= pair.0.saturating_mul(times)
        };
        !pairs.is_empty() && pairs.iter().filter(alike).count() * 10 >= pairs.len() * 9
    }

    /// Whether both say the same wherever both say something.
    pub(super) fn is_equal(self) -> bool {
        self.above == 0 && self.below == 0 && self.equal > 0
    }
}

/// A price of nought is none.
fn paid(amount: Option<Decimal>) -> Option<Decimal> {
    amount.filter(|amount| !amount.is_zero())
}
