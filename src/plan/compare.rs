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
        let within = plan.variants.filter(|variants| variants.field == number).map(|variants| variants.roles);
        let sorted = Sorted { own: sort(&plan.roles, number, field.kind), within };
        changed("", field, how, sides, &sorted, &mut changes);
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
            let sorted = Sorted { own: FieldSort::Other, within: None };
            changed("", field, how, Sides { existing, desired, among }, &sorted, &mut changes);
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

/// What a field is to a merchant, and what the fields of its rows are where each row is an offer.
#[derive(Debug, Clone, Copy)]
struct Sorted {
    own: FieldSort,
    within: Option<Roles>,
}

impl Sorted {
    /// The same of a field of its rows.
    fn of_row(&self, number: usize, field: Option<&FieldPlan>) -> Sorted {
        let kind = field.map(|field| field.kind).unwrap_or_default();
        let own = self.within.map_or(self.own, |roles| sort(&roles, number, kind));
        Sorted { own, within: None }
    }
}

/// Says how a field differs; `around` is the name of the row that it stands in.
fn changed(
    around: &str,
    field: &FieldPlan,
    how: &Compared,
    sides: Sides<'_, '_>,
    sorted: &Sorted,
    changes: &mut Vec<FieldChange>,
) {
    if same(sides, how) {
        return;
    }
    let node = format!("{around}{}", how.node);
    let rows = |value: &Value<'_>| matches!(value, Value::Table(_));
    if !rows(sides.existing) && !rows(sides.desired) {
        return changes.push(change(node, sides, how, sorted.own));
    }
    let (existing, desired) = (rows_of(sides.existing), rows_of(sides.desired));
    if how.how == Compare::Count {
        // nothing but their number was compared
        let [from, to] = [existing, desired].map(|rows| (!rows.is_empty()).then(|| rows.len().to_string()));
        return changes.push(FieldChange { name: node, from, to, sort: sorted.own, ..FieldChange::default() });
    }
    let before = changes.len();
    table(&node, field, how, (existing, desired), sorted, changes);
    // the same rows in another order, where the order counts
    if changes.len() == before {
        let names = |rows: &[&[Value<'_>]]| {
            let name = |(position, row): (usize, &&[Value<'_>])| row_name(field, row, position);
            Some(rows.iter().enumerate().map(name).collect::<Vec<_>>().join(", "))
        };
        let (from, to) = (names(existing), names(desired));
        changes.push(FieldChange { name: node, from, to, sort: sorted.own, ..FieldChange::default() });
    }
}

fn rows_of<'v, 'b>(value: &'v Value<'b>) -> &'v [&'b [Value<'b>]] {
    match value {
        Value::Table(rows) => rows,
        _ => &[],
    }
}

fn change(name: String, sides: Sides<'_, '_>, how: &Compared, sort: FieldSort) -> FieldChange {
    let numbers = sides.existing.as_amount().zip(sides.desired.as_amount());
    // the same amount in another currency has moved by nobody knows how much
    let numbers = numbers.filter(|(from, to)| from != to);
    let [there, wanted] = sides.among.map(|values| how.spelling_among(values));
    let (from, to) = (spelled(sides.existing, there), computed(sides.desired, wanted));
    FieldChange { name, from, to, sort, numbers, items: items(sides, how) }
}

/// A value as the channel writes it: a number without the master's own spelling.
fn computed(value: &Value<'_>, spelling: &SpellingPlan) -> Option<String> {
    match value {
        Value::Number(number) => spelled(&Value::Number(&Number { text: "", ..**number }), spelling),
        value => spelled(value, spelling),
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
            (existing.amount == desired.amount && (units || !how.spelling.compares_units()))
                || (how.spelling.compares_units() && existing.measures_the_same(desired))
        }
        (Value::Flag(existing), Value::Flag(desired)) => existing == desired,
        (Value::Bad(existing), Value::Bad(desired)) => existing.trim() == desired.trim(),
        (Value::List(existing), Value::List(desired)) => {
            let [there, wanted] = sides.among.map(|values| how.spelling_among(values));
            let pieces = |items, spelling| pieces(items, spelling, how.folds_blanks);
            same_items(pieces(existing, there), pieces(desired, wanted), how.how)
        }
        (Value::Table(existing), Value::Table(desired)) => same_rows(existing, desired, how),
        (existing, desired) => match (is_nothing(existing), is_nothing(desired)) {
            (true, true) => true,
            (one, other) => (one || other) && how.how == Compare::Said,
        },
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
        Compare::Instant => instants(existing, &how.spelling) == instants(desired, &how.spelling),
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
    node: &str,
    field: &FieldPlan,
    how: &Compared,
    (existing, desired): (&[&[Value<'_>]], &[&[Value<'_>]]),
    sorted: &Sorted,
    changes: &mut Vec<FieldChange>,
) {
    // rows mostly stand in one order: the twin is the first that is left
    let mut left: VecDeque<(usize, &[Value<'_>])> = desired.iter().copied().enumerate().collect();
    for (position, row) in existing.iter().enumerate() {
        let is_twin = |(other_position, other): &(usize, &[Value<'_>])| {
            are_twins(field, row, other).unwrap_or(*other_position == position)
        };
        let twin = left.iter().position(is_twin).and_then(|at| left.remove(at));
        let named_by = twin.map_or(*row, |twin| twin.1);
        let name = row_name(field, named_by, position);
        let twin = twin.map_or(&[] as &[Value<'_>], |twin| twin.1);
        row_changes(&format!("{node}[{name}]"), field, how, (row, twin), sorted, changes);
    }
    for (position, row) in left {
        let name = row_name(field, row, position);
        row_changes(&format!("{node}[{name}]"), field, how, (&[], row), sorted, changes);
    }
}

/// Whether two rows are the same one: by the first field of the key that both have. Where neither has any, their
/// places alone can tell: `None`.
pub(super) fn are_twins(field: &FieldPlan, one: &[Value<'_>], other: &[Value<'_>]) -> Option<bool> {
    let of = |row: &[Value<'_>], number: usize| row.get(number).is_some_and(|value| key_text(value).is_some());
    let both = |number: &&usize| of(one, **number) && of(other, **number);
    match field.key.iter().find(both) {
        Some(number) => Some(one.get(*number).and_then(key_text) == other.get(*number).and_then(key_text)),
        None if field.key.iter().any(|number| of(one, *number) || of(other, *number)) => Some(false),
        None => None,
    }
}

/// The text of a row's key: of the first of its fields that is there; of a table that of its rows together.
pub(super) fn row_key(field: &FieldPlan, row: &[Value<'_>]) -> Option<String> {
    field.key.iter().find_map(|number| key_text(row.get(*number)?)).map(Cow::into_owned)
}

/// The field by which two rows are the same one; of a row alone, its key.
fn key_field(field: &FieldPlan, existing: &[Value<'_>], desired: &[Value<'_>]) -> Option<usize> {
    let has = |row: &[Value<'_>], number: usize| row.is_empty() || row.get(number).and_then(key_text).is_some();
    field.key.iter().copied().find(|number| has(existing, *number) && has(desired, *number))
}

/// A row of an axis and a value: `Колір=синій`.
fn joined(row: &[Value<'_>]) -> String {
    row.iter().filter_map(Value::as_text).map(str::trim).collect::<Vec<_>>().join("=")
}

fn key_text<'v>(value: &'v Value<'_>) -> Option<Cow<'v, str>> {
    match value {
        Value::Table(rows) => {
            let texts: Vec<String> = rows.iter().map(|row| joined(row)).collect();
            (!texts.is_empty()).then(|| Cow::Owned(texts.join(", ")))
        }
        value => value.as_text().map(str::trim).filter(|text| !text.is_empty()).map(Cow::Borrowed),
    }
}

/// A row's key, else its position.
fn row_name(field: &FieldPlan, row: &[Value<'_>], position: usize) -> String {
    row_key(field, row).unwrap_or_else(|| (position + 1).to_string())
}

/// What differs in the row of a name.
fn row_changes(
    name: &str,
    field: &FieldPlan,
    how: &Compared,
    (existing, desired): (&[Value<'_>], &[Value<'_>]),
    sorted: &Sorted,
    changes: &mut Vec<FieldChange>,
) {
    let before = changes.len();
    let key = key_field(field, existing, desired);
    for (number, inner) in how.fields.iter().enumerate() {
        let (Some(there), Some(wanted)) = (cell(existing, number), cell(desired, number)) else { continue };
        let sides = Sides { existing: &there, desired: &wanted, among: [existing, desired] };
        if inner.how == Compare::Not || key == Some(number) || same(sides, inner) {
            continue;
        }
        if let Some(field) = field.fields.get(number) {
            changed(name, field, inner, sides, &sorted.of_row(number, Some(field)), changes);
        }
    }
    // a row of nothing but its key is there or not
    if changes.len() == before && existing.is_empty() != desired.is_empty() {
        let key = |row: &[Value<'_>]| (!row.is_empty()).then(|| row_key(field, row).unwrap_or_else(|| name.to_owned()));
        let (from, to) = (key(existing), key(desired));
        changes.push(FieldChange { name: name.to_owned(), from, to, sort: sorted.own, ..FieldChange::default() });
    }
}

/// A cell of a row; of a row that is not there, nothing.
fn cell<'b>(row: &[Value<'b>], number: usize) -> Option<Value<'b>> {
    if row.is_empty() { Some(Value::Empty) } else { row.get(number).copied() }
}
