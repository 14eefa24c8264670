//! A value in its three states: there, empty (somebody says that there is none)
//! or unsaid (nobody says anything). Values borrow from the block they were read
//! from, so that a catalog of any length passes through without owned strings.

use bumpalo::Bump;
use rust_decimal::Decimal;

use super::Unit;
use super::text::trimmed;

/// What one field of an offer or of a listing holds.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub enum Value<'b> {
    /// Nobody says anything: written as nothing, compared with nothing.
    #[default]
    Unsaid,
    /// Somebody says that there is none.
    Empty,
    /// Text, markup, a URL, or a word of a choice (our word, not the channel's).
    Text(&'b str),
    /// A count, a number, an amount of money, a quantity. It lies elsewhere, since most values are texts and all of them
    /// are handed about.
    Number(&'b Number<'b>),
    /// Yes or no.
    Flag(bool),
    /// Items in order.
    List(&'b [&'b str]),
    /// Rows; every row has the same fields in the same order.
    Table(&'b [Row<'b>]),
    /// A text that is not of the field's kind, kept so that a finding can quote it.
    Bad(&'b str),
}

/// Values are handed about by the hundred for each offer.
const _: () = assert!(size_of::<Value<'_>>() <= 24);

/// One row of a table: its fields' values, in the order of the table's fields.
pub type Row<'b> = &'b [Value<'b>];

/// An exact decimal with its unit.
#[derive(Debug, Clone, Copy)]
pub struct Number<'b> {
    /// The amount.
    pub amount: Decimal,
    /// A currency's code or a unit of measure; [`Unit::NONE`] where none was said.
    pub unit: Unit,
    /// How it stood in the file; empty for an amount that was computed.
    pub text: &'b str,
}

impl Number<'_> {
    /// Whether two amounts are one, whatever units of a measure they are counted in.
    pub fn measures_the_same(&self, other: &Number<'_>) -> bool {
        let (one, unit) = self.unit.in_base(self.amount);
        (one, unit) == other.unit.in_base(other.amount)
    }
}

impl PartialEq for Number<'_> {
    /// Amount and unit; how it was spelled does not count (`1299.00` is `1299`).
    fn eq(&self, other: &Self) -> bool {
        self.amount == other.amount && self.unit == other.unit
    }
}

impl<'b> Value<'b> {
    /// A text as it stands; one of nothing but blanks says that there is none.
    #[inline]
    pub fn of_text(text: &'b str) -> Self {
        if trimmed(text).is_empty() { Value::Empty } else { Value::Text(text) }
    }

    /// A number, put where the others are.
    #[inline]
    pub fn of_number(number: Number<'b>, arena: &'b Bump) -> Self {
        Value::Number(arena.alloc(number))
    }

    /// A computed number without unit.
    pub fn number(amount: Decimal, arena: &'b Bump) -> Self {
        Value::of_number(Number { amount, unit: Unit::NONE, text: "" }, arena)
    }

    /// Whether something is there.
    pub fn is_there(&self) -> bool {
        !matches!(self, Value::Unsaid | Value::Empty)
    }

    /// The text of a text or of a bad value.
    pub fn as_text(&self) -> Option<&'b str> {
        match *self {
            Value::Text(text) | Value::Bad(text) => Some(text),
            _ => None,
        }
    }

    /// The amount of a number.
    pub fn as_amount(&self) -> Option<Decimal> {
        match self {
            Value::Number(number) => Some(number.amount),
            _ => None,
        }
    }
}
