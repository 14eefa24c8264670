//! A table built row by row: the row's own values, what is computed from them, and
//! the selection that becomes the new row.

use bumpalo::Bump;

use crate::channel::description::FieldNo;
use crate::model::text::trimmed;
use crate::model::{Row, Value};

use super::evaluate::{Scope, value};
use super::step::{Picked, RowsStep};

/// The rows of a table.
pub(super) fn rows<'b>(step: &'b RowsStep, scope: &Scope<'_, 'b>, arena: &'b Bump) -> Value<'b> {
    let source = match scope.get(step.rows) {
        Value::Table(rows) => rows,
        Value::List(items) => of_items(items, arena),
        Value::Unsaid => return Value::Unsaid,
        _ => return Value::Empty,
    };
    if let Some(columns) = &step.picked {
        let row = |row: &Row<'b>| picked(row, columns, scope, arena);
        if let Some(rows) = all_picked(source, row, arena) {
            return rows;
        }
    }
    let mut made: bumpalo::collections::Vec<'_, Row<'b>> =
        bumpalo::collections::Vec::with_capacity_in(source.len(), arena);
    let mut row_values: bumpalo::collections::Vec<'_, Value<'b>> =
        bumpalo::collections::Vec::with_capacity_in(step.steps.len(), arena);
    for (position, row) in source.iter().enumerate() {
        row_values.clear();
        row_values.extend_from_slice(row);
        row_values.push(Value::number(rust_decimal::Decimal::from(position + 1), arena));
        let only = step
            .only
            .as_ref()
            .is_none_or(|only| only.program.holds(&|number| Scope { row: &row_values, ..*scope }.at(number)));
        if !only {
            continue;
        }
        for inner in step.steps.get(row.len() + 1..).unwrap_or(&[]) {
            let made = value(inner, &Scope { row: &row_values, ..*scope }, arena);
            row_values.push(made);
        }
        let of = |number| Scope { row: &row_values, ..*scope }.get(number);
        made.push(arena.alloc_slice_fill_iter(step.fields.iter().map(|number| of(*number))));
    }
    if made.is_empty() { Value::Empty } else { Value::Table(made.into_bump_slice()) }
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

/// All rows picked; `None` where one cannot be.
fn all_picked<'b>(
    source: &[Row<'b>],
    picked: impl Fn(&Row<'b>) -> Option<Row<'b>>,
    arena: &'b Bump,
) -> Option<Value<'b>> {
    let rows = arena.alloc_slice_fill_copy(source.len(), &[] as Row<'b>);
    for (place, row) in rows.iter_mut().zip(source) {
        *place = picked(row)?;
    }
    Some(if rows.is_empty() { Value::Empty } else { Value::Table(rows) })
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

/// A list as rows of one value.
fn of_items<'b>(items: &[&'b str], arena: &'b Bump) -> &'b [Row<'b>] {
    let row = |item: &&'b str| -> Row<'b> { arena.alloc_slice_copy(&[Value::Text(item)]) };
    arena.alloc_slice_fill_iter(items.iter().map(row))
}
