//! A table built row by row: the row's own values, what is computed from them, and
//! the selection that becomes the new row.

use std::cell::RefCell;

use bumpalo::Bump;

use crate::channel::description::FieldNo;
use crate::model::text::trimmed;
use crate::model::{Remembered, Row, RowPlace, TextFrom, Value};

use super::super::description::{BETWEEN_ITEMS, BETWEEN_PARTS};
use super::super::rows_in_text::{goes_on, outside_of_quotes, without_quotes};
use super::evaluate::{Scope, plain_text, value};
use super::step::{Picked, RowsStep};

/// What was made in a block before.
#[derive(Debug, Default)]
pub struct MadeBefore<'b> {
    /// Rows, by what makes them and by the row that they were made of; nothing where that one has no new row.
    rows: RefCell<Remembered<RowPlace<'b>, Option<Row<'b>>>>,
    /// Plain texts, by what makes them and by the markup that they were made of: variants share theirs.
    pub(super) plain: RefCell<Remembered<TextFrom<'b>, Value<'b>>>,
}

/// The rows of a table.
pub(super) fn rows<'b>(step: &'b RowsStep, scope: &Scope<'_, 'b>, arena: &'b Bump) -> Value<'b> {
    let source = match scope.get(step.rows) {
        Value::Table(rows) => rows,
        Value::List(items) => of_items(items, arena),
        Value::Unsaid => return Value::Unsaid,
        Value::Bad(text) if step.in_text => return Value::Bad(text),
        _ => return Value::Empty,
    };
    let mut making = Making { step, scope, arena, row_values: bumpalo::collections::Vec::new_in(arena) };
    let known_rows = scope.made_before.map(|before| &before.rows).filter(|_| step.of_row_alone);
    let mut made: bumpalo::collections::Vec<'_, Row<'b>> =
        bumpalo::collections::Vec::with_capacity_in(source.len(), arena);
    match known_rows {
        Some(known_rows) => {
            let mut known_rows = known_rows.borrow_mut();
            let making_it = std::ptr::from_ref(step).addr();
            made.extend(source.iter().filter_map(|row| {
                let place = RowPlace::of(making_it, row);
                known_rows.get(&place).unwrap_or_else(|| {
                    let new = making.row(row, 0);
                    known_rows.keep(place, new);
                    new
                })
            }));
        }
        None => made.extend(source.iter().enumerate().filter_map(|(position, row)| making.row(row, position))),
    }
    if made.is_empty() { Value::Empty } else { Value::Table(made.into_bump_slice()) }
}

/// What new rows are made with.
struct Making<'m, 's, 'b> {
    step: &'b RowsStep,
    scope: &'m Scope<'s, 'b>,
    arena: &'b Bump,
    /// The values of the row at work.
    row_values: bumpalo::collections::Vec<'b, Value<'b>>,
}

impl<'b> Making<'_, '_, 'b> {
    /// The new row of an old one, where it has one.
    fn row(&mut self, row: Row<'b>, position: usize) -> Option<Row<'b>> {
        let Making { step, scope, arena, .. } = *self;
        if let Some(columns) = &step.picked
            && let Some(row) = picked(row, columns, scope, arena)
        {
            return Some(row);
        }
        let values = &mut self.row_values;
        values.clear();
        values.extend_from_slice(row);
        values.push(Value::number(rust_decimal::Decimal::from(position + 1), arena));
        let only = step
            .only
            .as_ref()
            .is_none_or(|only| only.program.holds(&|number| Scope { row: values, ..*scope }.at(number)));
        if !only {
            return None;
        }
        for inner in step.steps.get(row.len() + 1..).unwrap_or(&[]) {
            let made = value(inner, &Scope { row: values, ..*scope }, arena);
            values.push(made);
        }
        let of = |number| Scope { row: values, ..*scope }.get(number);
        let row: Row<'b> = arena.alloc_slice_fill_iter(step.fields.iter().map(|number| of(*number)));
        (!step.in_text || row.iter().any(Value::is_there)).then_some(row)
    }
}

/// A row of some of another row's values; `None` where one of them is not there as it is wanted.
fn picked<'b>(row: &[Value<'b>], columns: &[Picked], scope: &Scope<'_, 'b>, arena: &'b Bump) -> Option<Row<'b>> {
    let made = arena.alloc_slice_fill_copy(columns.len(), Value::Unsaid);
    for (place, column) in made.iter_mut().zip(columns) {
        *place = match column {
            Picked::Text(column) => match row.get(*column)? {
                Value::Text(text) | Value::List([text]) if !text.is_empty() => Value::Text(text),
                _ => return None,
            },
            Picked::List(column) => match row.get(*column)? {
                list @ Value::List(_) => *list,
                _ => return None,
            },
            Picked::Offer(number) => scope.get(*number),
        };
    }
    Some(made)
}

/// The rows of two tables, one behind the other; of two with one key the second's, in the place of the first's.
pub(super) fn joined<'b>(tables: [Value<'b>; 2], key: &[FieldNo], arena: &'b Bump) -> Value<'b> {
    let (first, second) = match tables {
        [Value::Table(first), Value::Table(second)] => (first, second),
        [table @ Value::Table(_), _] | [_, table @ Value::Table(_)] => return table,
        [first, Value::Unsaid] => return first,
        [_, second] => return second,
    };
    let is_one = |one: &Row<'b>, other: &Row<'b>| {
        let texts = |number: &FieldNo| Some((one.get(*number)?.as_text()?, other.get(*number)?.as_text()?));
        key.iter().find_map(texts).is_some_and(|(one, other)| trimmed(one) == trimmed(other))
    };
    let mut rows = bumpalo::collections::Vec::with_capacity_in(first.len() + second.len(), arena);
    rows.extend(first.iter().map(|row| second.iter().find(|other| is_one(row, other)).copied().unwrap_or(*row)));
    rows.extend(second.iter().filter(|row| !first.iter().any(|known| is_one(known, row))));
    Value::Table(rows.into_bump_slice())
}

/// The rows that stand in a text, or in several; where there is none, one in which no part says anything. A row that has
/// more parts than there are is quoted: which of them is which cannot be known.
pub(super) fn in_text<'b>(value: Value<'b>, parts: usize, arena: &'b Bump) -> Value<'b> {
    let texts: &[&str] = match value {
        Value::Bad(text) => return Value::Bad(text),
        Value::List(items) => items,
        other => &[plain_text(other, arena)],
    };
    let mut rows: bumpalo::collections::Vec<'_, Row<'b>> = bumpalo::collections::Vec::new_in(arena);
    let mut before = "";
    for text in texts.iter().flat_map(|text| outside_of_quotes(text, BETWEEN_ITEMS)).map(trimmed) {
        // a decimal comma would make two rows of one amount
        if goes_on(before, text) {
            return Value::Bad(arena.alloc_str(&[before, BETWEEN_ITEMS, text].concat()));
        }
        before = text;
        let row = arena.alloc_slice_fill_copy(parts, Value::Empty);
        let mut places = row.iter_mut();
        for part in outside_of_quotes(text, BETWEEN_PARTS) {
            let Some(place) = places.next() else { return Value::Bad(text) };
            *place = Value::of_text(without_quotes(part, arena));
        }
        if row.iter().any(Value::is_there) {
            rows.push(row);
        }
    }
    if rows.is_empty() {
        rows.push(arena.alloc_slice_fill_copy(parts, Value::Empty));
    }
    Value::Table(rows.into_bump_slice())
}

/// A list as rows of one value.
fn of_items<'b>(items: &[&'b str], arena: &'b Bump) -> &'b [Row<'b>] {
    let row = |item: &&'b str| -> Row<'b> { arena.alloc_slice_copy(&[Value::Text(item)]) };
    arena.alloc_slice_fill_iter(items.iter().map(row))
}
