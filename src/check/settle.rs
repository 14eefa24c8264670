//! What remains of a listing once it was checked: rows that lack what they need are not
//! there, and neither is a code that a lookup table did not have. The same on both
//! sides, so that neither can differ from the other by what nobody would write.

use bumpalo::Bump;

use crate::channel::plan::{FieldPlan, RulePlan};
use crate::model::{Remembered, Row, RowPlace, Value};

/// Rows that stay as they are, by the number of their table.
pub type SettledRows<'b> = Remembered<RowPlace<'b>, ()>;

/// The values of a listing, settled.
pub fn settle<'b>(fields: &[FieldPlan], values: &'b [Value<'b>], arena: &'b Bump) -> &'b [Value<'b>] {
    if !fields.iter().zip(values).any(|(field, value)| changes(field, value)) {
        return values;
    }
    all_settled(fields, values, arena)
}

/// The same where many listings of a block follow each other.
pub fn settle_next<'b>(
    fields: &[FieldPlan],
    values: &'b [Value<'b>],
    known: &mut SettledRows<'b>,
    arena: &'b Bump,
) -> &'b [Value<'b>] {
    let mut known_to_stay = |table: usize, field: &FieldPlan, row: Row<'b>| {
        let place = RowPlace::of(table, row);
        known.get(&place).is_some() || {
            let stays = row_stays(field, row);
            if stays {
                known.keep(place, ());
            }
            stays
        }
    };
    let mut stays = fields.iter().zip(values).enumerate().map(|(number, (field, value))| match value {
        Value::Table(rows) => rows.iter().all(|row| known_to_stay(number, field, row)),
        value => !changes(field, value),
    });
    if stays.all(|stays| stays) { values } else { all_settled(fields, values, arena) }
}

fn all_settled<'b>(fields: &[FieldPlan], values: &'b [Value<'b>], arena: &'b Bump) -> &'b [Value<'b>] {
    let settled = fields.iter().zip(values).map(|(field, value)| one_settled(field, value, arena));
    arena.alloc_slice_fill_iter(settled.collect::<Vec<_>>())
}

fn changes(field: &FieldPlan, value: &Value<'_>) -> bool {
    match value {
        Value::Bad(_) => field.looked_up,
        Value::Table(rows) => !rows.iter().all(|row| row_stays(field, row)),
        _ => false,
    }
}

/// Whether a row has all that it needs and nothing that would not be written.
fn row_stays(field: &FieldPlan, row: &[Value<'_>]) -> bool {
    is_whole(field, row) && !row_changes(field, row)
}

fn one_settled<'b>(field: &FieldPlan, value: &Value<'b>, arena: &'b Bump) -> Value<'b> {
    match value {
        Value::Bad(_) if field.looked_up => Value::Empty,
        Value::Table(rows) => table(field, rows, arena),
        other => *other,
    }
}

fn table<'b>(field: &FieldPlan, rows: &[Row<'b>], arena: &'b Bump) -> Value<'b> {
    let rows: Vec<Row<'b>> = rows
        .iter()
        .filter(|row| is_whole(field, row))
        .map(|row| if row_changes(field, row) { row_settled(field, row, arena) } else { *row })
        .collect();
    if rows.is_empty() { Value::Empty } else { Value::Table(arena.alloc_slice_copy(&rows)) }
}

/// Whether a row has all that it needs.
fn is_whole(field: &FieldPlan, row: &[Value<'_>]) -> bool {
    field.needed.iter().all(|number| match (field.fields.get(*number), row.get(*number)) {
        (Some(inner), Some(value)) => is_known(inner, value) || !is_needed(inner, row),
        _ => true,
    })
}

/// Whether a row field has a value that will be written.
fn is_known(inner: &FieldPlan, value: &Value<'_>) -> bool {
    value.is_there() && !(inner.looked_up && matches!(value, Value::Bad(_)))
}

/// Whether a row cannot do without a field: always, or by a demand whose condition holds here.
fn is_needed(inner: &FieldPlan, row: &[Value<'_>]) -> bool {
    let of = |number: u32| row.get(number as usize).copied().unwrap_or_default();
    let demanded = |rule: &RulePlan| rule.is_demand() && rule.when.as_ref().is_none_or(|when| when.holds(&of));
    inner.required || inner.rules.iter().any(demanded)
}

fn row_changes(field: &FieldPlan, row: &[Value<'_>]) -> bool {
    let in_table = |number: &usize| {
        field.fields.get(*number).zip(row.get(*number)).is_some_and(|(inner, value)| changes(inner, value))
    };
    field.looking_up.iter().any(|number| matches!(row.get(*number), Some(Value::Bad(_))))
        || field.tables.iter().any(in_table)
}

fn row_settled<'b>(field: &FieldPlan, row: &[Value<'b>], arena: &'b Bump) -> Row<'b> {
    let settled = field.fields.iter().zip(row).map(|(inner, value)| one_settled(inner, value, arena));
    arena.alloc_slice_fill_iter(settled.collect::<Vec<_>>())
}
