//! The options of a variant: what tells it from the others of its group.

use super::super::layout::PairsTake;
use super::Reader;
use crate::model::Value;
use crate::wire::table::Row;

impl<'m: 'b, 'b> Reader<'m, 'b> {
    /// A column for each axis.
    pub(super) fn options(&mut self, axes: &'m [(String, usize)], row: Row<'_, 'b>) -> Value<'b> {
        self.cells.clear();
        for (axis, column) in axes {
            if let Some(text) = self.trimmed(row, *column) {
                self.cells.extend([Value::Text(axis), Value::Text(text)]);
            }
        }
        self.table(2)
    }

    /// Axes and values as pairs in one cell.
    pub(super) fn option_pairs(&mut self, take: &'m PairsTake, row: Row<'_, 'b>) -> Value<'b> {
        self.take_pairs(take, row);
        self.cells.clear();
        for (name, value) in self.names.iter().zip(&self.items) {
            self.cells.extend([Value::Text(name), Value::Text(value)]);
        }
        self.table(2)
    }
}
