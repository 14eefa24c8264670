//! The attributes of an offer: pairs in one cell, columns of their own, objects. What stood in the block before is not
//! read again.

use bumpalo::Bump;

use super::super::layout::{AttributeShape, AttributeTake, PairsTake};
use super::{Reader, text_or_empty};
use crate::model::{Row as OfferRow, TextFrom, Value};
use crate::wire::table::Row;

impl<'m: 'b, 'b> Reader<'m, 'b> {
    /// All of them as a table.
    pub(super) fn attributes(
        &mut self,
        takes: &'m [AttributeTake],
        shape: AttributeShape,
        row: Row<'_, 'b>,
    ) -> Value<'b> {
        self.rows.clear();
        for (number, take) in takes.iter().enumerate() {
            match take {
                AttributeTake::Pairs(pairs) => self.pairs(pairs, number, shape, row),
                AttributeTake::Rows(rows) => {
                    self.cells.clear();
                    self.attribute_rows(rows, shape, row);
                    let cells: &'b [Value<'b>] = self.arena.alloc_slice_copy(&self.cells);
                    self.rows.extend(cells.chunks_exact(shape.columns()));
                }
                AttributeTake::One { column, .. } => {
                    let Some(text) = self.trimmed(row, *column) else { continue };
                    let place = self.attribute_from(number, text);
                    let known = self.known_attributes.get(&place);
                    if let Some(row) = known.or_else(|| self.one_attribute(take, shape, place)) {
                        self.rows.push(row);
                    }
                }
            }
        }
        if self.rows.is_empty() { Value::Empty } else { Value::Table(self.arena.alloc_slice_copy(&self.rows)) }
    }

    /// An attribute's text, and from which source of which field it comes.
    fn attribute_from(&self, source: usize, text: &'b str) -> TextFrom<'b> {
        TextFrom { from: self.field << 16 | source, text }
    }

    /// The attribute of a column of its own; none where nothing but separators stands there.
    fn one_attribute(
        &mut self,
        take: &'m AttributeTake,
        shape: AttributeShape,
        place: TextFrom<'b>,
    ) -> Option<OfferRow<'b>> {
        let AttributeTake::One { name, unit, section, split, .. } = take else { return None };
        self.items.clear();
        match split {
            Some(split) => split.items(place.text, &mut self.marks, |item| self.items.push(item)),
            None => self.items.push(place.text),
        }
        if self.items.is_empty() {
            return None;
        }
        let values = self.arena.alloc_slice_copy(&self.items);
        let row = shape.row(name, values, [unit.as_deref(), section.as_deref()], self.arena);
        self.known_attributes.keep(place, row);
        Some(row)
    }

    /// Adds the rows of a cell of pairs.
    fn pairs(&mut self, take: &'m PairsTake, number: usize, shape: AttributeShape, row: Row<'_, 'b>) {
        let Some(text) = self.trimmed(row, take.column) else { return };
        let mut items = std::mem::take(&mut self.items);
        items.clear();
        take.split.items(text, &mut self.marks, |item| items.push(item));
        for item in &items {
            let place = self.attribute_from(number, item);
            let row = self.known_attributes.get(&place).or_else(|| {
                let (name, value) = self.pair(take, item)?;
                let row = shape.row(name, self.arena.alloc_slice_copy(&[value]), [None, None], self.arena);
                self.known_attributes.keep(place, row);
                Some(row)
            });
            self.rows.extend(row);
        }
        self.items = items;
    }
}

impl AttributeShape {
    /// How many cells a row has.
    fn columns(self) -> usize {
        2 + usize::from(self.unit) + usize::from(self.section)
    }

    /// A row of name and values, and what else the table has.
    fn row<'b>(
        self,
        name: &'b str,
        values: &'b [&'b str],
        [unit, section]: [Option<&'b str>; 2],
        arena: &'b Bump,
    ) -> OfferRow<'b> {
        let cells = [Value::Text(name), Value::List(values), text_or_empty(unit), text_or_empty(section)];
        let stands = [true, true, self.unit, self.section];
        let cells = cells.into_iter().zip(stands).filter(|cell| cell.1).map(|cell| cell.0);
        bumpalo::collections::Vec::from_iter_in(cells, arena).into_bump_slice()
    }
}
