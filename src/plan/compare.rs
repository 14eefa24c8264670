//! Comparing two listings field by field, in canonical form: amounts as numbers, markup
//! as what a browser shows, rows by their key. What differs is said in the words of the
//! document, with values as they stand there.

use std::borrow::Cow;
use std::collections::VecDeque;

use crate::channel::description::Compare;
use crate::channel::plan::{ChannelPlan, Compared, FieldPlan, Roles};
use crate::channel::spelling::SpellingPlan;
use crate::model::{Kind, Number, Value};

use super::change::{FieldChange, FieldSort, Items};
use super::markup;
use super::meaning::{canonical_text, instants};

/// Two sides of a comparison.
#[derive(Debug, Clone, Copy)]
struct Sides<'v, 'b> {
    existing: &'v Value<'b>,
    desired: &'v Value<'b>,
    /// The values beside each: those of its listing, document or row.
    among: [&'v [Value<'b>]; 2],
}

/// The fields in which two listings differ, the weightiest first, and the numbers of those that are the same.
pub fn field_changes(
    plan: &ChannelPlan,
    compared: &[Compared],
    existing: &[Value<'_>],
    desired: &[Value<'_>],
) -> (Vec<FieldChange>, Box<[u16]>) {
    let among = [existing, desired];
    let mut changes = Vec::new();
    let mut same = Vec::new();
    for (number, (field, how)) in plan.fields.iter().zip(compared).enumerate() {
        if how.how == Compare::Not {
            continue;
        }
        let (Some(existing), Some(desired)) = (existing.get(number), desired.get(number)) else { continue };
        let before = changes.len();
        let sides = Sides { existing, desired, among };
        changed(field, how, sides, sort(&plan.roles, number, field.kind), &mut changes);
        if changes.len() == before && (existing.is_there() || desired.is_there()) {
            same.extend(u16::try_from(number));
        }
    }
    changes.sort_by_key(|change| change.sort);
    (changes, same.into())
}

/// The same for the document's own fields.
pub fn head_changes(
    plan: &ChannelPlan,
    compared: &[Compared],
    existing: &[Value<'_>],
    desired: &[Value<'_>],
) -> Vec<FieldChange> {
    let among = [existing, desired];
    let mut changes = Vec::new();
    for (number, (field, how)) in plan.head.iter().zip(compared).enumerate() {
        let (Some(existing), Some(desired)) = (existing.get(number), desired.get(number)) else { continue };
        if how.how != Compare::Not {
            changed(field, how, Sides { existing, desired, among }, FieldSort::Other, &mut changes);
        }
    }
    changes
}

/// What a field is to a merchant.
pub fn sort(roles: &Roles, number: usize, kind: Kind) -> FieldSort {
    let is = |role: Option<usize>| role == Some(number);
    if is(roles.price) || is(roles.sale) {
        FieldSort::Price
    } else if is(roles.stock) {
        FieldSort::Stock
    } else if is(roles.availability) {
        FieldSort::Availability
    } else if kind == Kind::Money {
        FieldSort::Money
    } else if kind == Kind::Html || is(roles.title) {
        FieldSort::Text
    } else {
        FieldSort::Other
    }
}

fn changed(field: &FieldPlan, how: &Compared, sides: Sides<'_, '_>, sort: FieldSort, changes: &mut Vec<FieldChange>) {
    if same(sides, how) {
        return;
    }
    let no_rows: &[&[Value<'_>]] = &[];
    match (sides.existing, sides.desired) {
        (Value::Table(existing), Value::Table(desired)) => table(field, how, existing, desired, sort, changes),
        (Value::Table(existing), _) => table(field, how, existing, no_rows, sort, changes),
        (_, Value::Table(desired)) => table(field, how, no_rows, desired, sort, changes),
        _ => changes.push(change(how.node.clone(), sides, how, sort)),
    }
}

fn change(name: String, sides: Sides<'_, '_>, how: &Compared, sort: FieldSort) -> FieldChange {
    let numbers = sides.existing.as_amount().zip(sides.desired.as_amount());
    // the same amount in another currency has moved by nobody knows how much
    let numbers = numbers.filter(|(from, to)| from != to);
    let [there, wanted] = sides.among.map(|values| how.spelling_among(values));
    let (from, to) = (spelled(sides.existing, there), spelled(&computed(sides.desired), wanted));
    FieldChange { name, from, to, sort, numbers, items: items(sides, how) }
}

/// A number without the master's own spelling: it stands in the document as the channel writes it.
fn computed<'b>(value: &Value<'b>) -> Value<'b> {
    match value {
        Value::Number(number) => Value::Number(Number { text: "", ..*number }),
        value => *value,
    }
}

/// Both sides item by item, where each item is a node of its own.
fn items(sides: Sides<'_, '_>, how: &Compared) -> Option<Box<Items>> {
    if how.spelling.join.is_some() {
        return None;
    }
    let owned = |value: &Value<'_>| match value {
        Value::List(items) => items.iter().map(|item| item.trim().to_owned()).collect(),
        _ => Vec::new(),
    };
    let is_list = matches!(sides.existing, Value::List(_)) || matches!(sides.desired, Value::List(_));
    is_list.then(|| Box::new(Items { from: owned(sides.existing), to: owned(sides.desired) }))
}

/// A value as it stands in the document; a list item by item, each on a line of its own.
pub fn shown(value: &Value<'_>, how: &Compared) -> Option<String> {
    spelled(value, &how.spelling)
}

fn spelled(value: &Value<'_>, spelling: &SpellingPlan) -> Option<String> {
    match value {
        Value::Unsaid | Value::Empty => None,
        Value::Number(number) if !number.text.is_empty() && spelling.kind != Kind::Quantity => {
            Some(number.text.trim().to_owned())
        }
        Value::List(items) => Some(spelling.joined(items)),
        Value::Table(_) => None,
        value => spelling.text(value).map(|text| text.into_owned()),
    }
}

/// Whether two values mean the same.
fn same(sides: Sides<'_, '_>, how: &Compared) -> bool {
    match (sides.existing, sides.desired) {
        (Value::Unsaid, _) | (_, Value::Unsaid) => true,
        (Value::Text(existing), Value::Text(desired)) => same_text(existing, desired, how),
        (Value::Number(existing), Value::Number(desired)) => {
            let units = existing.unit == desired.unit || !existing.unit.is_said() || !desired.unit.is_said();
            existing.amount == desired.amount && (units || !how.spelling.compares_units())
        }
        (Value::Flag(existing), Value::Flag(desired)) => existing == desired,
        (Value::Bad(existing), Value::Bad(desired)) => existing.trim() == desired.trim(),
        (Value::List(existing), Value::List(desired)) => {
            let [there, wanted] = sides.among.map(|values| how.spelling_among(values));
            let pieces = |items, spelling| pieces(items, spelling, how.folds_blanks);
            same_items(pieces(existing, there), pieces(desired, wanted), how.how)
        }
        (Value::Table(existing), Value::Table(desired)) => same_rows(existing, desired, how),
        (existing, desired) => is_nothing(existing) && is_nothing(desired),
    }
}

/// Whether nothing is there, or a text of nothing but blanks.
fn is_nothing(value: &Value<'_>) -> bool {
    match value {
        Value::Text(text) => text.trim().is_empty(),
        value => !value.is_there(),
    }
}

fn same_text(existing: &str, desired: &str, how: &Compared) -> bool {
    let alike = || canonical_text(existing, how.folds_blanks) == canonical_text(desired, how.folds_blanks);
    match how.how {
        Compare::Exact if !how.folds_blanks => existing == desired,
        Compare::Instant => instants(existing) == instants(desired),
        Compare::Html => alike() || markup::same(existing, desired),
        _ => alike(),
    }
}

/// The items of a list in canonical form. What is joined without escape cannot be split without doubt, so pieces
/// of which nothing remains do not count there.
fn pieces<'i>(items: &'i [&'i str], spelling: &'i SpellingPlan, folded: bool) -> Vec<Cow<'i, str>> {
    let all = spelling.compared_items(items).map(|item| canonical_text(item, folded));
    all.filter(|piece| !piece.is_empty() || !spelling.joins_with_doubt()).collect()
}

fn same_items(mut existing: Vec<Cow<'_, str>>, mut desired: Vec<Cow<'_, str>>, how: Compare) -> bool {
    match how {
        Compare::Count => return existing.len() == desired.len(),
        Compare::Set => {
            existing.sort_unstable();
            desired.sort_unstable();
        }
        _ => {}
    }
    existing == desired
}

fn same_row(existing: &[Value<'_>], desired: &[Value<'_>], how: &Compared) -> bool {
    let cells = existing.iter().zip(desired).zip(&how.fields);
    let mut compared = cells.filter(|(_, how)| how.how != Compare::Not);
    compared.all(|((one, other), how)| same(Sides { existing: one, desired: other, among: [existing, desired] }, how))
}

fn same_rows(existing: &[&[Value<'_>]], desired: &[&[Value<'_>]], how: &Compared) -> bool {
    if existing.len() != desired.len() || how.how == Compare::Count {
        return existing.len() == desired.len();
    }
    if how.how == Compare::Ordered {
        return existing.iter().zip(desired).all(|(one, other)| same_row(one, other, how));
    }
    // rows mostly stand in one order on both sides: then each finds its twin at the end, at the first look
    let mut left: Vec<&&[Value<'_>]> = desired.iter().rev().collect();
    existing.iter().all(|row| match left.iter().rposition(|other| same_row(row, other, how)) {
        Some(at) => {
            left.remove(at);
            true
        }
        None => false,
    })
}

/// Rows that differ, each by the name of its key: `param[Колір]`.
fn table(
    field: &FieldPlan,
    how: &Compared,
    existing: &[&[Value<'_>]],
    desired: &[&[Value<'_>]],
    sort: FieldSort,
    changes: &mut Vec<FieldChange>,
) {
    // rows mostly stand in one order: the twin is the first that is left
    let mut left: VecDeque<(String, &[Value<'_>])> =
        desired.iter().enumerate().map(|(position, row)| (row_name(field, row, position), *row)).collect();
    for (position, row) in existing.iter().enumerate() {
        let name = row_name(field, row, position);
        let twin = left.iter().position(|other| other.0 == name).and_then(|at| left.remove(at));
        let twin = twin.map_or(&[] as &[Value<'_>], |twin| twin.1);
        row_changes(field, how, &name, row, twin, sort, changes);
    }
    for (name, row) in left {
        row_changes(field, how, &name, &[], row, sort, changes);
    }
}

/// A row's key, else its position.
fn row_name(field: &FieldPlan, row: &[Value<'_>], position: usize) -> String {
    let key = field.key.iter().find_map(|number| row.get(*number).and_then(Value::as_text));
    key.map_or_else(|| (position + 1).to_string(), |key| key.trim().to_owned())
}

fn row_changes(
    field: &FieldPlan,
    how: &Compared,
    name: &str,
    existing: &[Value<'_>],
    desired: &[Value<'_>],
    sort: FieldSort,
    changes: &mut Vec<FieldChange>,
) {
    let before = changes.len();
    for (number, inner) in how.fields.iter().enumerate() {
        let (Some(there), Some(wanted)) = (cell(existing, number), cell(desired, number)) else { continue };
        let sides = Sides { existing: &there, desired: &wanted, among: [existing, desired] };
        if inner.how == Compare::Not || field.key.contains(&number) || same(sides, inner) {
            continue;
        }
        changes.push(change(format!("{}[{name}]{}", how.node, inner.node), sides, inner, sort));
    }
    // a row of nothing but its key is there or not
    if changes.len() == before && existing.is_empty() != desired.is_empty() {
        let key = |row: &[Value<'_>]| (!row.is_empty()).then(|| name.to_owned());
        changes.push(FieldChange {
            name: format!("{}[{name}]", how.node),
            from: key(existing),
            to: key(desired),
            sort,
            ..FieldChange::default()
        });
    }
}

/// A cell of a row; of a row that is not there, nothing.
fn cell<'b>(row: &[Value<'b>], number: usize) -> Option<Value<'b>> {
    if row.is_empty() { Some(Value::Empty) } else { row.get(number).copied() }
}
