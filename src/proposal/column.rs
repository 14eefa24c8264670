//! One column: what its header says, and what stands in it.

use crate::model::{DecimalStyle, Marks, amount};
use crate::source::LookedColumn;

use super::values::Values;
use super::words::{Heading, NOTHING};

/// A column of the master.
#[derive(Debug, Clone)]
pub(super) struct Column<'l> {
    pub(super) looked: &'l LookedColumn,
    pub(super) heading: Heading,
    pub(super) values: Values<'l>,
}

impl<'l> Column<'l> {
    pub(super) fn of(looked: &'l LookedColumn, marks: Marks) -> Self {
        Column { looked, heading: Heading::of(&looked.title), values: Values::of(&looked.cells, marks) }
    }

    /// Whether its header says nothing that is known: «Тип» is no field, and «Тип кріплення» may be anything.
    pub(super) fn is_unknown(&self) -> bool {
        let heading = &self.heading;
        heading.meaning.is_none() || (heading.meaning == Some(NOTHING) && !heading.is_exact())
    }

    /// Whether its header says this, perhaps among more.
    pub(super) fn means(&self, meaning: &str) -> bool {
        self.heading.meaning == Some(meaning)
    }
}

/// The columns without the few rows in which much less stands than in others: totals, and names of groups between offers.
pub(super) fn without_totals(columns: &[LookedColumn]) -> Vec<LookedColumn> {
    let rows = columns.first().map_or(0, |column| column.cells.len());
    let filled =
        |row: usize| columns.iter().filter(|column| column.cells.get(row).is_some_and(|cell| !cell.is_empty())).count();
    let filled: Vec<usize> = (0..rows).map(filled).collect();
    let mut sorted = filled.clone();
    sorted.sort_unstable();
    let usual = sorted.get(rows / 2).copied().unwrap_or(0);
    let is_sparse = |row: usize| filled.get(row).is_some_and(|filled| filled * 10 < usual * 6);
    let sparse = (0..rows).filter(|row| is_sparse(*row)).count();
    // many of them are a way to write offers
    let few = sparse <= (rows / 20).max(1);
    let kept = |column: &LookedColumn| LookedColumn {
        cells: (0..)
            .zip(&column.cells)
            .filter(|(row, _)| !few || !is_sparse(*row))
            .map(|cell| cell.1.clone())
            .collect(),
        ..column.clone()
    };
    columns.iter().map(kept).collect()
}

/// The decimal mark that the numbers of a file prove; `None` where they prove none, or both.
pub(super) fn decimal<'l>(columns: impl IntoIterator<Item = &'l LookedColumn>) -> Option<DecimalStyle> {
    let mut proven: Option<DecimalStyle> = None;
    for column in columns {
        let of_column = Values::of(&column.cells, Marks::Unknown);
        if !of_column.are_amounts() {
            continue;
        }
        for cell in &of_column.filled {
            match amount::read(cell, Marks::Unknown).ok().and_then(|amount| amount.proves) {
                Some(style) if proven.is_some_and(|other| other != style) => return None,
                found => proven = proven.or(found),
            }
        }
    }
    proven
}
