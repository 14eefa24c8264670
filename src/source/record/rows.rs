//! Rows that are objects in the file: nothing parts them that could stand in a text.

use super::super::layout::{AttributeShape, RowPart, RowsTake, Take};
use super::super::objects::{FIELD, ITEM, OTHER_FORM, ROW};
use super::super::pieces::trimmed;
use super::super::trouble::Why;
use super::Reader;
use crate::finding::Known;
use crate::model::{Kind, Unit, Value};
use crate::source::layout::NumberTake;
use crate::wire::table::Row;

impl<'m: 'b, 'b> Reader<'m, 'b> {
    /// What stands in the cells of a value in another form than its field takes.
    #[cold]
    pub(super) fn other_form(&mut self, take: &'m Take, row: Row<'_, 'b>) -> Option<Value<'b>> {
        let mut cells = take.columns().into_iter().map(|column| (column, self.cell(row, column)));
        let (column, text) = cells.find_map(|(column, text)| Some((column, text.strip_prefix(OTHER_FORM)?)))?;
        Some(self.bad(Known::Form, column, text, Why::OtherForm))
    }

    /// A table of such rows.
    #[inline(never)]
    pub(super) fn rows(&mut self, take: &'m RowsTake, row: Row<'_, 'b>) -> Value<'b> {
        self.cells.clear();
        self.each_row(take, row, |reader, part| {
            for field in &take.fields {
                let value = reader.part(take.column, field, part(field.part));
                reader.cells.push(value);
            }
        });
        self.table(take.fields.len())
    }

    /// Adds the rows of attributes; what other sources say beside name and value is empty here.
    pub(super) fn attribute_rows(&mut self, take: &'m RowsTake, shape: AttributeShape, row: Row<'_, 'b>) {
        let of_name = |name: &str| take.fields.iter().find(|field| field.name == name);
        let (unit, section) = (of_name("unit"), of_name("section"));
        self.each_row(take, row, |reader, part| {
            let beside = [(shape.unit, unit), (shape.section, section)];
            let beside = beside.into_iter().filter(|said| said.0).map(|said| said.1);
            for field in take.fields.iter().take(2).map(Some).chain(beside) {
                let value = field.map_or(Value::Empty, |field| reader.part(take.column, field, part(field.part)));
                reader.cells.push(value);
            }
        });
    }

    /// Takes the rows that say something; `add` is given the texts of a row by the numbers of their keys.
    fn each_row(
        &mut self,
        take: &'m RowsTake,
        row: Row<'_, 'b>,
        mut add: impl FnMut(&mut Self, &dyn Fn(usize) -> &'b str),
    ) {
        let Some(text) = self.trimmed(row, take.column) else { return };
        for text in text.split(ROW) {
            let parts: Vec<&'b str> = text.split(FIELD).map(trimmed).collect();
            let part = |number: usize| parts.get(number).copied().unwrap_or("");
            if self.is_whole(take, &part) {
                add(self, &part);
            }
        }
    }

    /// Whether a row says something: a pair its name and its value, a row of prices its price.
    fn is_whole(&mut self, take: &RowsTake, part: &dyn Fn(usize) -> &'b str) -> bool {
        let text = |field: Option<&RowPart>| field.map_or("", |field| part(field.part));
        let (first, last) = (text(take.fields.first()), text(take.fields.last()));
        if !take.pairs {
            let lacks_quantity =
                take.fields.first().is_some_and(|field| field.kind == Kind::Number) && first.is_empty();
            if lacks_quantity && !last.is_empty() {
                self.trouble(Known::Number, take.column, last, Why::NoQuantity);
            }
            let takes_time = |field: &RowPart| field.kind == Kind::Count && !part(field.part).is_empty();
            return !lacks_quantity && (!last.is_empty() || take.fields.iter().any(takes_time));
        }
        let value = text(take.fields.get(1));
        match (first.is_empty(), value.split(ITEM).all(|item| trimmed(item).is_empty())) {
            (false, false) => return true,
            (false, true) => self.trouble(Known::PairBlank, take.column, first, Why::NoValue),
            (true, false) => self.trouble(Known::Pair, take.column, value, Why::NoPair),
            (true, true) => {}
        }
        false
    }

    /// One field of a row.
    fn part(&mut self, column: usize, field: &RowPart, text: &'b str) -> Value<'b> {
        let other = text.strip_prefix(OTHER_FORM);
        match field.kind {
            _ if text.is_empty() => Value::Empty,
            _ if other.is_some() => self.bad(Known::Form, column, other.unwrap_or(text), Why::OtherForm),
            Kind::List => {
                let items = text.split(ITEM).map(trimmed).filter(|item| !item.is_empty());
                Value::List(bumpalo::collections::Vec::from_iter_in(items, self.arena).into_bump_slice())
            }
            // the form of a single text, and several stand there
            _ if text.contains(ITEM) => {
                let shown = self.arena.alloc_str(&format!("[{}]", text.replace(ITEM, ", ")));
                self.bad(Known::Form, column, shown, Why::OtherForm)
            }
            Kind::Text => Value::Text(text),
            kind => self.odd_number(&NumberTake { column, kind, unit: Unit::NONE, detail: false }, text),
        }
    }
}
