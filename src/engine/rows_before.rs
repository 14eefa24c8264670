//! What was found of the rows of tables that stood in a block before: most listings have some that others had.

use crate::channel::write::WrittenRows;
use crate::check::settle::SettledRows;
use crate::plan::meaning::MeantRows;

/// The rows before, of one channel and one side.
#[derive(Debug, Default)]
pub struct RowsBefore<'b> {
    /// Those that stay as they are.
    pub settled: SettledRows<'b>,
    /// What they mean.
    pub meant: MeantRows<'b>,
    /// Where they were written.
    pub written: WrittenRows<'b>,
}
