//! Computing one step: plain operations over the values before it.

use bumpalo::Bump;
use rust_decimal::Decimal;

use crate::model::text::trimmed;
use crate::model::{DecimalStyle, Kind, Marks, Number, Row, TextFrom, Unit, Value, amount};

use super::super::spelling::SpellingPlan;
use super::rows::{self, MadeBefore};
use super::step::{Computed, Piece, Step, ValueNo};
use super::{Projection, lookup};

/// What a step can see: the offer's values so far, and the row's.
pub(super) struct Scope<'s, 'b> {
    pub projection: &'b Projection,
    pub values: &'s [Value<'b>],
    pub row: &'s [Value<'b>],
    /// The rows that were made before, where anybody keeps them.
    pub made_before: Option<&'s MadeBefore<'b>>,
}

impl<'b> Scope<'_, 'b> {
    /// The value of a number.
    #[inline]
    pub fn get(&self, number: ValueNo) -> Value<'b> {
        self.at(number.0)
    }

    /// The same by the number that programs use.
    #[inline]
    pub fn at(&self, number: u32) -> Value<'b> {
        let (values, number) =
            if number & ValueNo::ROW == 0 { (self.values, number) } else { (self.row, number & !ValueNo::ROW) };
        values.get(number as usize).copied().unwrap_or_default()
    }
}

/// The value of a step.
#[inline]
pub(super) fn value<'b>(step: &'b Step, scope: &Scope<'_, 'b>, arena: &'b Bump) -> Value<'b> {
    // most fields are a text that is there, and stay what they are
    if let Step::Of { value, kind: Kind::Text | Kind::Html, spelling } = step
        && let Value::Text(text) = scope.get(*value)
        && !text.is_empty()
    {
        return Value::Text(spelling.without_before(text));
    }
    any_value(step, scope, arena)
}

fn any_value<'b>(step: &'b Step, scope: &Scope<'_, 'b>, arena: &'b Bump) -> Value<'b> {
    match step {
        Step::Said(number) => scope.at(u32::try_from(*number).unwrap_or(0)),
        Step::Constant(constant) => constant.value(arena),
        Step::Sum(numbers) => sum(numbers, scope, arena),
        Step::IsAboveZero(number) => match scope.get(*number) {
            Value::Number(number) => Value::Flag(number.amount > Decimal::ZERO),
            other => not_there(other),
        },
        Step::AvailabilityOf(number) => availability_of(scope.get(*number)),
        Step::IsInStock(number) => match scope.get(*number) {
            Value::Text(word) => Value::Flag(word == "in_stock"),
            other => not_there(other),
        },
        Step::First(number) => match scope.get(*number) {
            Value::List([first, ..]) => Value::Text(first),
            other => not_there(other),
        },
        Step::Rest(number) => match scope.get(*number) {
            Value::List([_, rest @ ..]) if !rest.is_empty() => Value::List(rest),
            other => not_there(other),
        },
        Step::ByKey(values) => by_key(values, scope, arena),
        Step::Columns(table, columns) => two_columns(scope.get(*table), columns, arena),
        Step::Compute(computed) => this_computed(computed, scope, arena),
        Step::InCurrency { amount, currency } => in_currency(scope.get(*amount), scope.get(*currency), arena),
        Step::Template(pieces) => template(pieces, scope, arena),
        Step::FirstOf(numbers) => first_of(numbers, scope),
        Step::When(condition, number) => only_when(condition, *number, scope).unwrap_or(Value::Empty),
        Step::OfRole(condition, number) => only_when(condition, *number, scope).unwrap_or(Value::Unsaid),
        Step::Otherwise(number, other) => match scope.get(*number) {
            value if value.is_there() => value,
            _ => scope.get(*other),
        },
        Step::Lookup { table, by, column, quotes, path } => {
            match scope.projection.look_up(*table, by, *column, scope, arena) {
                Value::Bad(_) if !quotes => Value::Empty,
                Value::Bad(key) => Value::Bad(lookup::with_path(key, path.map(|path| scope.get(path)), arena)),
                found => found,
            }
        }
        Step::LastOfPath(number) => match scope.get(*number) {
            // the master spells its levels so, and a name may hold the mark itself
            Value::Text(path) => Value::Text(path.rsplit(" > ").next().unwrap_or(path).trim()),
            other => not_there(other),
        },
        Step::Interval(from, to) => interval(scope.get(*from), scope.get(*to), arena),
        Step::Of { value, kind, spelling } => of_kind(scope.get(*value), *kind, spelling, arena),
        Step::Rows(step) => rows::rows(step, scope, arena),
        Step::Joined(tables, key) => rows::joined(tables.map(|table| scope.get(table)), key, arena),
        Step::OneRow(parts) => one_row(parts, scope, arena),
        Step::InText(text, parts) => rows::in_text(scope.get(*text), *parts, arena),
    }
}

/// Our word for whether something can be bought, by how much there is of it.
fn availability_of(quantity: Value<'_>) -> Value<'_> {
    match quantity {
        Value::Number(number) if number.amount > Decimal::ZERO => Value::Text("in_stock"),
        Value::Number(_) => Value::Text("out_of_stock"),
        other => not_there(other),
    }
}

/// A value, where its condition holds.
#[inline]
fn only_when<'b>(condition: &Computed, number: ValueNo, scope: &Scope<'_, 'b>) -> Option<Value<'b>> {
    condition.program.holds(&|number| scope.at(number)).then(|| scope.get(number))
}

/// Whether a computed amount fills all digits that a decimal has: a third of something, cut off where there was no more
/// room. To write it would be to round it.
fn has_no_end(amount: Decimal) -> bool {
    const ALL_DIGITS: u128 = 10_u128.pow(27);
    if amount.scale() < 28 && amount.mantissa().unsigned_abs() < ALL_DIGITS {
        return false;
    }
    let amount = amount.normalize();
    amount.scale() >= 28 || amount.mantissa().unsigned_abs() >= ALL_DIGITS
}

#[cold]
fn endless<'b>(expression: &str, amount: Decimal, arena: &'b Bump) -> Value<'b> {
    let shown: String = amount::spell(amount).chars().take(12).collect();
    Value::Bad(arena.alloc_str(&format!("{expression} = {shown}… without end")))
}

/// An amount of money with its currency, where it does not name one itself.
fn in_currency<'b>(value: Value<'b>, currency: Value<'b>, arena: &'b Bump) -> Value<'b> {
    let value = match value {
        Value::Text(text) => read_number(text, arena),
        other => other,
    };
    match value {
        Value::Number(number) if !number.unit.is_said() => {
            let unit = Unit::new(plain_text(currency, arena)).unwrap_or(Unit::NONE);
            Value::of_number(Number { unit, ..*number }, arena)
        }
        other => other,
    }
}

/// What an expression comes to.
fn this_computed<'b>(computed: &'b Computed, scope: &Scope<'_, 'b>, arena: &'b Bump) -> Value<'b> {
    let compute = || match computed.program.value(&|number| scope.at(number), arena) {
        Value::Number(number) if has_no_end(number.amount) => endless(&computed.text, number.amount, arena),
        value => value,
    };
    let markup = computed.program.plain_of().map(|slot| scope.at(slot));
    let (Some(Value::Text(text)), Some(before)) = (markup, scope.made_before) else { return compute() };
    let mark = TextFrom { from: std::ptr::from_ref(computed).addr(), text };
    let known = before.plain.borrow().get(&mark);
    known.unwrap_or_else(|| {
        let made = compute();
        before.plain.borrow_mut().keep(mark, made);
        made
    })
}

/// A span of time; one that lacks an end is quoted, since it would never begin or never end.
fn interval<'b>(from: Value<'b>, to: Value<'b>, arena: &'b Bump) -> Value<'b> {
    match (from, to) {
        // an end that nobody ever says is none that one offer lacks
        (Value::Unsaid, _) | (_, Value::Unsaid) => Value::Unsaid,
        (from, to) if !from.is_there() && !to.is_there() => Value::Empty,
        (from, to) => {
            let text = arena.alloc_str(&format!("{}/{}", plain_text(from, arena), plain_text(to, arena)));
            if from.is_there() && to.is_there() { Value::Text(text) } else { Value::Bad(text) }
        }
    }
}

fn by_key<'b>(values: &'b [(String, ValueNo)], scope: &Scope<'_, 'b>, arena: &'b Bump) -> Value<'b> {
    let row = |(key, number): &'b (String, ValueNo)| -> Row<'b> {
        arena.alloc_slice_copy(&[Value::Text(key), scope.get(*number)])
    };
    Value::Table(arena.alloc_slice_fill_iter(values.iter().map(row)))
}

fn two_columns<'b>(table: Value<'b>, columns: &[usize; 2], arena: &'b Bump) -> Value<'b> {
    let Value::Table(rows) = table else { return not_there(table) };
    let row = |row: &Row<'b>| -> Row<'b> {
        arena.alloc_slice_copy(&columns.map(|column| row.get(column).copied().unwrap_or_default()))
    };
    Value::Table(arena.alloc_slice_fill_iter(rows.iter().map(row)))
}

/// A table of one row; not there where none of its parts is.
fn one_row<'b>(parts: &[ValueNo], scope: &Scope<'_, 'b>, arena: &'b Bump) -> Value<'b> {
    let values = || parts.iter().map(|part| scope.get(*part));
    if values().any(|value| !matches!(value, Value::Unsaid | Value::Empty)) {
        let row: Row<'b> = arena.alloc_slice_fill_iter(values());
        return Value::Table(arena.alloc_slice_copy(&[row]));
    }
    if values().all(|value| value == Value::Unsaid) { Value::Unsaid } else { Value::Empty }
}

/// What remains of a value of the wrong sort: the state it was in.
fn not_there(value: Value<'_>) -> Value<'_> {
    match value {
        Value::Unsaid => Value::Unsaid,
        Value::Bad(text) => Value::Bad(text),
        _ => Value::Empty,
    }
}

fn sum<'b>(numbers: &[ValueNo], scope: &Scope<'_, 'b>, arena: &'b Bump) -> Value<'b> {
    let mut total = Decimal::ZERO;
    let mut state = Value::Unsaid;
    let mut is_there = false;
    for number in numbers {
        match scope.get(*number) {
            Value::Number(number) => {
                total = total.saturating_add(number.amount);
                is_there = true;
            }
            // a quantity that cannot be read spoils the sum: half a stock is a wrong stock
            Value::Bad(text) => return Value::Bad(text),
            Value::Unsaid => {}
            _ => state = Value::Empty,
        }
    }
    if is_there { Value::number(total, arena) } else { state }
}

fn first_of<'b>(numbers: &[ValueNo], scope: &Scope<'_, 'b>) -> Value<'b> {
    let mut state = Value::Unsaid;
    for number in numbers {
        match scope.get(*number) {
            Value::Unsaid => {}
            // one that cannot be read is only quoted where nothing else is there
            value @ Value::Bad(_) => state = value,
            Value::Empty if matches!(state, Value::Bad(_)) => {}
            Value::Empty => state = Value::Empty,
            value => return value,
        }
    }
    state
}

fn template<'b>(pieces: &[Piece], scope: &Scope<'_, 'b>, arena: &'b Bump) -> Value<'b> {
    let mut text = bumpalo::collections::String::new_in(arena);
    for piece in pieces {
        match piece {
            Piece::Text(plain) => text.push_str(plain),
            Piece::Value(number) => match scope.get(*number) {
                value @ (Value::Unsaid | Value::Empty | Value::Bad(_)) => return value,
                value => text.push_str(plain_text(value, arena)),
            },
        }
    }
    Value::Text(text.into_bump_str())
}

/// The text of a value where a text is wanted: numbers in their shortest spelling, lists joined.
pub(super) fn plain_text<'b>(value: Value<'b>, arena: &'b Bump) -> &'b str {
    match value {
        Value::Text(text) | Value::Bad(text) => text,
        Value::Number(number) => arena.alloc_str(&amount::spell(number.amount)),
        Value::Flag(true) => "true",
        Value::Flag(false) => "false",
        Value::List([item]) => item,
        Value::List(items) => arena.alloc_str(&items.join(", ")),
        Value::Unsaid | Value::Empty | Value::Table(_) => "",
    }
}

/// A value as a field's kind wants it; what cannot be is kept as bad, to be quoted.
fn of_kind<'b>(value: Value<'b>, kind: Kind, spelling: &'b SpellingPlan, arena: &'b Bump) -> Value<'b> {
    let value = match (value, &spelling.default) {
        (Value::Empty, Some(default)) => spelling.of_default(default, arena),
        _ => value,
    };
    match (kind, value) {
        (_, Value::Unsaid | Value::Empty | Value::Bad(_)) => value,
        (Kind::Choice, value) => Value::Text(spelling.folded(plain_text(value, arena), arena)),
        (Kind::Flag, Value::Flag(_)) => value,
        // our own words, as constants are written
        (Kind::Flag, Value::Text("yes")) => Value::Flag(true),
        (Kind::Flag, Value::Text("no")) => Value::Flag(false),
        (Kind::Flag, value) => spelling.read(plain_text(value, arena), arena),
        (Kind::Money | Kind::Quantity | Kind::Count | Kind::Number, Value::Number(number)) => {
            in_unit(number, kind, spelling, arena)
        }
        (Kind::Money | Kind::Quantity | Kind::Count | Kind::Number, value) => {
            match read_number(plain_text(value, arena), arena) {
                Value::Number(number) => in_unit(number, kind, spelling, arena),
                other => other,
            }
        }
        (Kind::List, Value::List(_)) | (Kind::Table, Value::Table(_)) => value,
        (Kind::List, value) => match plain_text(value, arena) {
            "" => Value::Empty,
            text => Value::List(arena.alloc_slice_copy(&[text])),
        },
        (Kind::Table, _) => Value::Empty,
        (Kind::Date | Kind::Time | Kind::Interval, value) => spelling.moment(plain_text(value, arena), arena),
        // addresses are read without the blanks around them
        (Kind::Url, value) => match trimmed(plain_text(value, arena)) {
            "" => Value::Empty,
            text => Value::Text(text),
        },
        (_, value) => match plain_text(value, arena) {
            "" => Value::Empty,
            text => Value::Text(text),
        },
    }
}

/// The amount in the unit that the channel is written in; a bare count has no unit.
fn in_unit<'b>(number: &'b Number<'b>, kind: Kind, spelling: &SpellingPlan, arena: &'b Bump) -> Value<'b> {
    if kind != Kind::Quantity {
        return Value::Number(number);
    }
    let (amount, unit) = spelling.in_unit(number);
    let text = if unit == number.unit { number.text } else { "" };
    let unit = if unit.is_said() { unit } else { spelling.unit.first().copied().unwrap_or(Unit::NONE) };
    Value::of_number(Number { amount, unit, text }, arena)
}

fn read_number<'b>(text: &'b str, arena: &'b Bump) -> Value<'b> {
    match amount::read(text, Marks::Seen(DecimalStyle::Point)) {
        Ok(read) => Value::of_number(Number { amount: read.value, unit: read.unit, text }, arena),
        Err(_) => Value::Bad(text),
    }
}
