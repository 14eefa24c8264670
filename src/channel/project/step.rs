//! One numbered source: what has to be done to get a value from those before it.

use rust_decimal::Decimal;

use crate::expression::Program;
use crate::model::{Kind, Number, Unit, Value};

use super::super::description::FieldNo;
use super::super::spelling::SpellingPlan;

/// The number of a value: of the offer, or with [`ValueNo::ROW`] of the row at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ValueNo(pub u32);

impl ValueNo {
    /// Marks a value of the row at hand.
    pub const ROW: u32 = 1 << 31;

    /// A value of the row at hand.
    pub fn of_row(number: usize) -> Self {
        ValueNo(u32::try_from(number).unwrap_or(0) | Self::ROW)
    }

    /// A value of the offer.
    pub fn of_offer(number: usize) -> Self {
        ValueNo(u32::try_from(number).unwrap_or(0))
    }

    /// Its number in the row at hand; `None` for a value of the offer.
    pub fn in_row(self) -> Option<usize> {
        (self.0 & Self::ROW != 0).then_some((self.0 & !Self::ROW) as usize)
    }
}

/// A value that is known at load.
#[derive(Debug, Clone, PartialEq)]
pub enum Constant {
    /// Nobody says anything.
    Unsaid,
    /// There is none.
    Empty,
    /// A text.
    Text(String),
    /// A number.
    Number(Decimal, Unit),
    /// Yes or no.
    Flag(bool),
    /// Items.
    List(Vec<String>),
    /// Rows.
    Table(Vec<Vec<Constant>>),
}

impl Constant {
    /// The value, borrowed.
    pub fn value<'b>(&'b self, arena: &'b bumpalo::Bump) -> Value<'b> {
        match self {
            Constant::Unsaid => Value::Unsaid,
            Constant::Empty => Value::Empty,
            Constant::Text(text) => Value::Text(text),
            Constant::Number(amount, unit) => {
                Value::of_number(Number { amount: *amount, unit: *unit, text: "" }, arena)
            }
            Constant::Flag(flag) => Value::Flag(*flag),
            Constant::List(items) => Value::List(arena.alloc_slice_fill_iter(items.iter().map(String::as_str))),
            Constant::Table(rows) => {
                let row = |cells: &'b Vec<Constant>| -> &'b [Value<'b>] {
                    arena.alloc_slice_fill_iter(cells.iter().map(|cell| cell.value(arena)))
                };
                Value::Table(arena.alloc_slice_fill_iter(rows.iter().map(row)))
            }
        }
    }
}

/// A program with the text it was written as: two of one text and one resolution are the same.
#[derive(Debug, Clone)]
pub struct Computed {
    /// As written.
    pub text: String,
    /// The numbers that its names resolved to, in the order of the text.
    pub resolved: Vec<ValueNo>,
    /// What computes it.
    pub program: Program,
}

impl PartialEq for Computed {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text && self.resolved == other.resolved
    }
}

/// A part of a template.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// As it stands.
    Text(String),
    /// A value's text.
    Value(ValueNo),
}

/// What has to be done for one value.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// The offer's own field; also the row's own, within a table.
    Said(usize),
    /// Known at load.
    Constant(Constant),
    /// The sum of those that are there; not there if none is.
    Sum(Vec<ValueNo>),
    /// Whether a quantity is above zero.
    IsAboveZero(ValueNo),
    /// A word for whether it can be bought, from a quantity.
    AvailabilityOf(ValueNo),
    /// Whether a word of availability means that it can be bought now.
    IsInStock(ValueNo),
    /// The first item of a list.
    First(ValueNo),
    /// All but the first item.
    Rest(ValueNo),
    /// Values by the keys that they go by: `stock[key]`; a table of key and value.
    ByKey(Vec<(String, ValueNo)>),
    /// Two columns of a table, to find the second by the first: `attributes[key]`.
    Columns(ValueNo, [usize; 2]),
    /// An expression.
    Compute(Computed),
    /// Texts and values joined; there only if every part is.
    Template(Vec<Piece>),
    /// The first that is there.
    FirstOf(Vec<ValueNo>),
    /// A value, or empty where the condition fails.
    When(Computed, ValueNo),
    /// A value, or unsaid where the listing has no such role: a variant's row says nothing of what its product says.
    OfRole(Computed, ValueNo),
    /// A value, or another where it is not there.
    Otherwise(ValueNo, ValueNo),
    /// A cell of a lookup table: number of the table, its keys, number of the column.
    Lookup {
        /// Number among the tables that were supplied.
        table: usize,
        /// What its line is found by; a list among them gives a list.
        by: Vec<ValueNo>,
        /// Number of the column.
        column: usize,
        /// A key that is not there gives a bad value that quotes it; else nothing.
        quotes: bool,
        /// The path of the category that is among the keys, which is quoted where its id was made of it.
        path: Option<ValueNo>,
    },
    /// The last part of a path, `A > B > C`.
    LastOfPath(ValueNo),
    /// An amount of money with the currency of its offer, where it names none: for spellings that write it.
    InCurrency {
        /// The amount.
        amount: ValueNo,
        /// The currency's code.
        currency: ValueNo,
    },
    /// A span of time from one to the other; both have to be there.
    Interval(ValueNo, ValueNo),
    /// A value as the field's kind wants it.
    Of {
        /// The value.
        value: ValueNo,
        /// The field's kind.
        kind: Kind,
        /// Folding, units, the default.
        spelling: Box<SpellingPlan>,
    },
    /// A table built row by row.
    Rows(Box<RowsStep>),
    /// The rows of one table and behind them those of another; those whose key is there already stand in that one's
    /// place. The key is the first of these fields that both rows have.
    Joined([ValueNo; 2], Vec<FieldNo>),
    /// A table of one row, of these.
    OneRow(Vec<ValueNo>),
    /// The rows that stand in a text, each of so many parts.
    InText(ValueNo, usize),
}

impl PartialEq for SpellingPlan {
    /// Only what changes a value counts here, not how it is written.
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
            && self.values == other.values
            && self.fold == other.fold
            && self.default == other.default
            && self.unit == other.unit
            && self.join == other.join
            && self.before == other.before
            && self.format == other.format
            && self.zone == other.zone
    }
}

/// A table built row by row from another.
#[derive(Debug, Clone, PartialEq)]
pub struct RowsStep {
    /// The table.
    pub rows: ValueNo,
    /// Rows for which it fails are not there.
    pub only: Option<Computed>,
    /// What is computed per row; the first are the row's own values.
    pub steps: Vec<Step>,
    /// Which of them are the fields of the new rows.
    pub fields: Vec<ValueNo>,
    /// Fields without which nothing of the row is there: a row in which all of these are missing is left out at once.
    pub key: Vec<FieldNo>,
    /// The rows stand in a text: where there is none, one is made of what is around it, unless that says nothing.
    pub in_text: bool,
    /// What the new rows hold, where nothing of it has to be computed.
    pub picked: Option<Vec<Picked>>,
    /// Whether a new row follows from the old one alone, wherever that stands and whatever its offer says.
    pub of_row_alone: bool,
}

/// A field of a new row that is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picked {
    /// A column of the old row, a text as it stands.
    Text(usize),
    /// A column of the old row, a list as it stands.
    List(usize),
    /// A value of the offer, or one that is known at load.
    Offer(ValueNo),
}

impl Step {
    /// The values that it is made of; of a table, the table that it is made of.
    pub fn inputs(&self) -> Vec<ValueNo> {
        match self {
            Step::Said(_) | Step::Constant(_) => Vec::new(),
            Step::Sum(numbers) | Step::FirstOf(numbers) | Step::OneRow(numbers) | Step::Lookup { by: numbers, .. } => {
                numbers.clone()
            }
            Step::ByKey(values) => values.iter().map(|value| value.1).collect(),
            Step::Compute(computed) => computed.resolved.clone(),
            Step::Template(pieces) => pieces.iter().filter_map(Piece::value).collect(),
            Step::When(condition, number) | Step::OfRole(condition, number) => {
                condition.resolved.iter().copied().chain([*number]).collect()
            }
            Step::Otherwise(number, other) | Step::Interval(number, other) => vec![*number, *other],
            Step::InCurrency { amount, currency } => vec![*amount, *currency],
            Step::Rows(rows) => vec![rows.rows],
            Step::Joined(tables, _) => tables.to_vec(),
            Step::IsAboveZero(number)
            | Step::AvailabilityOf(number)
            | Step::IsInStock(number)
            | Step::LastOfPath(number)
            | Step::First(number)
            | Step::Rest(number)
            | Step::Columns(number, _)
            | Step::InText(number, _)
            | Step::Of { value: number, .. } => vec![*number],
        }
    }

    /// Whether it needs the row at hand.
    pub fn uses_row(&self) -> bool {
        match self {
            Step::Said(number) => number & ValueNo::ROW as usize != 0,
            // these are of the offer, whatever stands in its rows
            Step::Rows(_) | Step::Joined(..) | Step::ByKey(_) | Step::Columns(..) => false,
            step => step.inputs().iter().any(|number| number.in_row().is_some()),
        }
    }
}

impl Piece {
    /// The value that it is; `None` for a text as it stands.
    pub fn value(&self) -> Option<ValueNo> {
        match self {
            Piece::Text(_) => None,
            Piece::Value(number) => Some(*number),
        }
    }
}

impl RowsStep {
    /// With `picked` found out.
    pub fn settled(self) -> Self {
        let picked = |number: &ValueNo| {
            let Some(at) = number.in_row() else { return Some(Picked::Offer(*number)) };
            let Step::Of { value, kind, spelling } = self.steps.get(at)? else { return None };
            if spelling.before.is_some() {
                return None;
            }
            let column = value.in_row().filter(|at| matches!(self.steps.get(*at), Some(Step::Said(_))))?;
            match kind {
                Kind::Text | Kind::Html => Some(Picked::Text(column)),
                Kind::List => Some(Picked::List(column)),
                _ => None,
            }
        };
        let picked = self.fields.iter().map(picked).collect::<Option<Vec<Picked>>>();
        RowsStep { picked: picked.filter(|_| self.only.is_none()), ..self }
    }

    /// Whether new rows follow from the old ones alone; `is_known` says what is the same for every offer.
    pub fn follows_from_rows(&self, is_known: impl Fn(ValueNo) -> bool) -> bool {
        let said = self.steps.iter().take_while(|step| matches!(step, Step::Said(_))).count();
        // the last that every row says is its position
        let position = said.checked_sub(1);
        let is_of_row = |number: &ValueNo| match number.in_row() {
            Some(at) => Some(at) != position,
            None => is_known(*number),
        };
        let computed = self.steps.iter().skip(said);
        let asked = computed.flat_map(Step::inputs).chain(self.fields.iter().copied());
        let conditions = self.only.iter().flat_map(|only| only.resolved.iter().copied());
        // a lookup by a row's value is as sure as the row
        asked.chain(conditions).all(|number| is_of_row(&number))
    }
}
