//! One column: what its header says, and what stands in it.

use crate::model::{DecimalStyle, Marks, amount};
use crate::source::LookedColumn;

use super::values::Values;
use super::words::Heading;

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

    /// Whether its header says this, perhaps among more.
    pub(super) fn means(&self, meaning: &str) -> bool {
        self.heading.meaning == Some(meaning)
    }
}

/// The decimal mark that the numbers of a file prove; `None` where they prove none, or both.
pub(super) fn decimal(columns: &[LookedColumn]) -> Option<DecimalStyle> {
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
