//! What was read of a listing, a document or a row becomes values: texts by their spelling, lists
//! and rows together.

use crate::model::text::trimmed;
use crate::model::{Kind, Value};

use super::machine::{Machine, Scope};
use super::plan::FieldRead;
use crate::channel::description::FieldNo;

impl<'b> Machine<'_, 'b> {
    /// The values of a scope: texts by their spelling, lists and rows together.
    pub(super) fn close(&self, scope: &Scope<'b>) -> &'b [Value<'b>] {
        let Some(plan) = self.tree.scopes.get(scope.number) else { return &[] };
        let fields = plan.fields.as_slice();
        // written in place: handing whole values about costs more than filling twice
        let values = self.arena.alloc_slice_fill_copy(fields.len(), plan.missing());
        for (number, (field, value)) in fields.iter().zip(values.iter_mut()).enumerate() {
            self.value(scope, number, field, value);
        }
        // fields that may stand in several ways come last: their conditions may speak of the others
        for number in &plan.of_several_ways {
            let chosen = fields.get(*number).and_then(|field| self.chosen(scope, *number, field, values));
            if let (Some(place), Some(value)) = (values.get_mut(*number), chosen) {
                *place = value;
            }
        }
        values
    }

    /// Reads a field in the first of its ways; nothing happens where it does not stand there.
    #[inline]
    fn value(&self, scope: &Scope<'b>, number: FieldNo, field: &FieldRead, place: &mut Value<'b>) {
        let found = match field.kind {
            Kind::Table => self.table(scope, number),
            Kind::List if !scope.items.is_empty() => self.list(scope, number, field),
            _ => None,
        };
        if let Some(found) = found {
            *place = found;
            return;
        }
        let Some((_, spelling)) = field.ways.first() else { return };
        if field.kind == Kind::Table {
            if scope.raw.get(number).is_some_and(Option::is_some) {
                *place = Value::Empty;
            }
            return;
        }
        match (scope.raw.get(number), &spelling.default) {
            (Some(Some((text, ..))), _) => *place = spelling.read(text, self.arena),
            (_, Some(default)) => *place = spelling.of_default(default, self.arena),
            _ => {}
        }
    }

    /// The value of a field that may stand in several ways: the first whose place was there and whose condition holds.
    fn chosen(&self, scope: &Scope<'b>, number: FieldNo, field: &FieldRead, values: &[Value<'b>]) -> Option<Value<'b>> {
        let (text, ways, _) = scope.raw.get(number).copied().flatten()?;
        let of = |number: u32| values.get(number as usize).copied().unwrap_or_default();
        let mut possible = field.ways.iter().enumerate().filter(|(at, _)| ways & (1 << at.min(&31)) != 0);
        let (_, (_, spelling)) = possible.find(|(_, way)| way.0.as_ref().is_none_or(|when| when.holds(&of)))?;
        Some(spelling.read(text, self.arena))
    }

    fn table(&self, scope: &Scope<'b>, number: FieldNo) -> Option<Value<'b>> {
        let count = scope.rows.iter().filter(|row| row.0 == number).count();
        let mut rows = scope.rows.iter().filter(|row| row.0 == number).map(|row| row.1);
        let rows = || self.arena.alloc_slice_fill_with(count, |_| rows.next().unwrap_or(&[]));
        (count > 0).then(rows).map(|rows| Value::Table(rows))
    }

    fn list(&self, scope: &Scope<'b>, number: FieldNo, field: &FieldRead) -> Option<Value<'b>> {
        if let Some(mark) = field.ways.first().and_then(|way| way.1.divide()) {
            let texts = scope.items.iter().filter(|item| item.0 == number).map(|item| item.1);
            let items: Vec<&str> = texts.flat_map(|text| text.split(mark)).map(trimmed).collect();
            return (!items.is_empty()).then(|| Value::List(self.arena.alloc_slice_copy(&items)));
        }
        let count = scope.items.iter().filter(|item| item.0 == number).count();
        let mut items = scope.items.iter().filter(|item| item.0 == number).map(|item| trimmed(item.1));
        let items = || self.arena.alloc_slice_fill_with(count, |_| items.next().unwrap_or(""));
        (count > 0).then(items).map(|items| Value::List(items))
    }
}
