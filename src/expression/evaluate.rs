//! Computing a program for one offer or one row. A condition allocates nothing; a
//! value allocates only for a text that it makes, in the block's arena.

use std::cmp::Ordering;

use bumpalo::Bump;

use super::numbers::Amount;
use super::program::{Condition, Formula, Program};
use super::slug::{Slug, slug};
use super::tree::Operator;
use crate::model::markup::plain;
use crate::model::{Number, Value};

/// A value on the way: numbers without their text, slugs and plain texts that are not written out.
#[derive(Clone, Copy)]
enum Operand<'v> {
    /// There is none, or nobody says anything.
    Missing {
        unsaid: bool,
    },
    Number(Amount),
    Text(&'v str),
    Slug(&'v str),
    /// What a text says without its markup.
    Plain(&'v str),
    Flag(bool),
    /// A list, a table, or a text that is not of its field's kind.
    Other(Value<'v>),
}

const EMPTY: Operand<'static> = Operand::Missing { unsaid: false };

impl Program {
    /// Whether it holds; `values` gives the value of a slot.
    pub fn holds<'b, F>(&self, values: &F) -> bool
    where
        F: Fn(u32) -> Value<'b> + ?Sized,
    {
        match &self.0 {
            Formula::Condition(condition) => condition.holds(values),
            formula => formula.holds(values),
        }
    }

    /// The slot of whose text it is the plain text; `None` where it is anything else.
    pub fn plain_of(&self) -> Option<u32> {
        match &self.0 {
            Formula::Plain(part) => match part.as_ref() {
                Formula::Slot(slot) => Some(*slot),
                _ => None,
            },
            _ => None,
        }
    }

    /// Its value. A name's own value comes as it is; an amount that is computed has no text.
    pub fn value<'b, F>(&self, values: &F, arena: &'b Bump) -> Value<'b>
    where
        F: Fn(u32) -> Value<'b> + ?Sized,
    {
        match &self.0 {
            Formula::Slot(slot) => values(*slot),
            Formula::Keyed(slot, key) => keyed(values(*slot), key.operand(values)),
            Formula::Text(text) => Value::Text(arena.alloc_str(text)),
            Formula::First(slot, most) => first(values(*slot), *most),
            Formula::All(slot, key) => all(values(*slot), key.operand(values), arena),
            formula => match formula.operand(values) {
                Operand::Missing { unsaid: true } => Value::Unsaid,
                Operand::Number(Amount { amount, unit }) => Value::of_number(Number { amount, unit, text: "" }, arena),
                Operand::Flag(flag) => Value::Flag(flag),
                Operand::Slug(text) => Value::Text(arena.alloc_str(&slug(text).collect::<String>())),
                Operand::Plain(text) => match plain(text).as_str() {
                    "" => Value::Empty,
                    said => Value::Text(arena.alloc_str(said)),
                },
                _ => Value::Empty,
            },
        }
    }
}

impl Condition {
    fn holds<'b, F>(&self, values: &F) -> bool
    where
        F: Fn(u32) -> Value<'b> + ?Sized,
    {
        match self {
            Condition::Always(holds) => *holds,
            Condition::Holds(formula) => formula.holds(values),
            Condition::Not(part) => !part.holds(values),
            Condition::All(parts) => parts.iter().all(|part| part.holds(values)),
            Condition::Any(parts) => parts.iter().any(|part| part.holds(values)),
            Condition::CompareNumber(operator, slot, amount) => match values(*slot) {
                Value::Number(number) => operator.holds(number.amount.cmp(amount)),
                _ => *operator == Operator::Differs,
            },
            Condition::Compare(operator, left, right) => {
                let order = order(left.operand(values), right.operand(values));
                order.map_or(*operator == Operator::Differs, |order| operator.holds(order))
            }
            Condition::In(part, list, not) => {
                let part = part.operand(values);
                let found = || list.iter().any(|item| order(part, item.operand(values)) == Some(Ordering::Equal));
                // what is not there is in no list
                (part.is_there() && found()) != *not
            }
            Condition::InList(part, list, not) => {
                let part = part.operand(values);
                let found = match list.operand(values) {
                    Operand::Other(Value::List(items)) if part.is_there() => {
                        items.iter().any(|item| order(part, Operand::Text(item)) == Some(Ordering::Equal))
                    }
                    _ => false,
                };
                found != *not
            }
        }
    }
}

impl Formula {
    fn holds<'b, F>(&self, values: &F) -> bool
    where
        F: Fn(u32) -> Value<'b> + ?Sized,
    {
        match self.operand(values) {
            Operand::Flag(flag) => flag,
            operand => operand.is_there(),
        }
    }

    fn operand<'v, 'b: 'v, F>(&'v self, values: &F) -> Operand<'v>
    where
        F: Fn(u32) -> Value<'b> + ?Sized,
    {
        match self {
            Formula::Slot(slot) => values(*slot).into(),
            Formula::Number(amount) => Operand::Number(Amount::bare(*amount)),
            Formula::Text(text) => Operand::Text(text),
            // of all of them only whether there are any is asked here
            Formula::Keyed(slot, key) | Formula::All(slot, key) => keyed(values(*slot), key.operand(values)).into(),
            Formula::First(slot, most) => first(values(*slot), *most).into(),
            Formula::Condition(condition) => Operand::Flag(condition.holds(values)),
            Formula::Negative(part) => {
                part.operand(values).amount(|number| Some(Amount { amount: -number.amount, ..number }))
            }
            Formula::Scaled(part, factor) => part
                .operand(values)
                .amount(|number| Some(Amount { amount: number.amount.checked_mul(*factor)?, ..number })),
            Formula::Both(operator, left, right) => match (left.operand(values), right.operand(values)) {
                (Operand::Number(left), Operand::Number(right)) => {
                    left.with(*operator, right).map_or(EMPTY, Operand::Number)
                }
                (left, right) => Operand::Missing { unsaid: left.is_unsaid() || right.is_unsaid() },
            },
            Formula::Slug(part) => match part.operand(values) {
                // a slug is its own slug
                Operand::Text(text) | Operand::Slug(text) if slug(text).next().is_some() => Operand::Slug(text),
                other => Operand::Missing { unsaid: other.is_unsaid() },
            },
            Formula::Plain(part) => match part.operand(values) {
                Operand::Text(text) => Operand::Plain(text),
                other => Operand::Missing { unsaid: other.is_unsaid() },
            },
            Formula::Count(part) => match part.operand(values) {
                Operand::Other(Value::List(items)) => counted(items.len()),
                Operand::Other(Value::Table(rows)) => counted(rows.len()),
                Operand::Missing { unsaid: false } => counted(0),
                other => Operand::Missing { unsaid: other.is_unsaid() },
            },
        }
    }
}

impl<'v> Operand<'v> {
    fn is_there(&self) -> bool {
        !matches!(self, Operand::Missing { .. })
    }

    fn is_unsaid(&self) -> bool {
        matches!(self, Operand::Missing { unsaid: true })
    }

    fn amount(self, of: impl FnOnce(Amount) -> Option<Amount>) -> Operand<'v> {
        match self {
            Operand::Number(number) => of(number).map_or(EMPTY, Operand::Number),
            other => Operand::Missing { unsaid: other.is_unsaid() },
        }
    }
}

impl<'v> From<Value<'v>> for Operand<'v> {
    fn from(value: Value<'v>) -> Self {
        match value {
            Value::Unsaid => Operand::Missing { unsaid: true },
            Value::Empty => EMPTY,
            Value::Text(text) => Operand::Text(text),
            Value::Number(number) => Operand::Number((*number).into()),
            Value::Flag(flag) => Operand::Flag(flag),
            other => Operand::Other(other),
        }
    }
}

/// The first items of a list; what is no list has none.
fn first(list: Value<'_>, most: usize) -> Value<'_> {
    match list {
        Value::List(items) => Value::List(items.get(..most).unwrap_or(items)),
        Value::Unsaid => Value::Unsaid,
        _ => Value::Empty,
    }
}

fn counted(items: usize) -> Operand<'static> {
    Operand::Number(Amount::bare(items.into()))
}

/// The order of two values of one type; values of two types, or one that is not there, have none.
fn order(left: Operand<'_>, right: Operand<'_>) -> Option<Ordering> {
    match (left, right) {
        (Operand::Number(left), Operand::Number(right)) => left.order(right),
        (Operand::Text(left), Operand::Text(right)) => Some(left.cmp(right)),
        (Operand::Slug(left), Operand::Slug(right)) => Some(slug(left).cmp(slug(right))),
        (Operand::Slug(left), Operand::Text(right)) => Some(slug(left).cmp(right.chars())),
        (Operand::Text(left), Operand::Slug(right)) => Some(left.chars().cmp::<Slug<'_>>(slug(right))),
        (Operand::Flag(left), Operand::Flag(right)) => Some(left.cmp(&right)),
        (Operand::Plain(left), Operand::Plain(right)) => Some(plain(left).cmp(&plain(right))),
        (Operand::Plain(left), right) => order(Operand::Text(&plain(left)), right),
        (left, Operand::Plain(right)) => order(left, Operand::Text(&plain(right))),
        _ => None,
    }
}

/// The texts in the second fields of all rows whose first field is the key, as a list.
fn all<'b>(table: Value<'b>, key: Operand<'_>, arena: &'b Bump) -> Value<'b> {
    let Value::Table(rows) = table else { return keyed(table, key) };
    let mut items: Vec<&'b str> = Vec::new();
    for row in
        rows.iter().filter(|row| row.first().is_some_and(|first| order((*first).into(), key) == Some(Ordering::Equal)))
    {
        match row.get(1) {
            Some(Value::List(list)) => items.extend(*list),
            Some(Value::Text(text)) => items.push(text),
            _ => {}
        }
    }
    if items.is_empty() { keyed(table, key) } else { Value::List(arena.alloc_slice_copy(&items)) }
}

/// The second field of the row whose first field is the key; the first item where that is a list.
fn keyed<'b>(table: Value<'b>, key: Operand<'_>) -> Value<'b> {
    let Value::Table(rows) = table else {
        return if matches!(table, Value::Unsaid) { Value::Unsaid } else { Value::Empty };
    };
    let has_key = |first: &Value<'b>| order((*first).into(), key) == Some(Ordering::Equal);
    let row = rows.iter().find(|row| row.first().is_some_and(has_key));
    match row.and_then(|row| row.get(1)) {
        Some(Value::List(items)) => items.first().map_or(Value::Empty, |item| Value::Text(item)),
        Some(value) => *value,
        None => Value::Empty,
    }
}
