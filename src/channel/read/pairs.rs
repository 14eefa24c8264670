//! Reading a table within a cell whose parts have names: `sku=A-XS,size=XS|sku=A-S,size=S`.

use super::super::description::{Field, Row};
use super::super::within_cell::{NamedParts, WithinCell};
use super::machine::Machine;
use crate::model::text::trimmed;

/// How such cells are read. Nodes are named as in the tree: by their paths.
#[derive(Debug, Clone)]
pub(super) struct PairsRead {
    within: WithinCell,
    /// Names that the description says.
    fixed: Vec<String>,
    /// The nodes of a name and its value.
    keyed: Option<(String, String)>,
    /// The same within the table whose rows are parts, and its node.
    rows: Option<(String, String, String)>,
    is_one_pair: bool,
}

impl PairsRead {
    /// Compiles the row of a table that stands so.
    pub(super) fn new(row: &Row, field: &Field, within: &WithinCell) -> PairsRead {
        let parts = NamedParts::of(row, &field.fields);
        let node = |row: &Row, number| {
            let standing = row.at.iter().find(|entry| entry.0 == number)?;
            Some(standing.1.first()?.path.steps.first()?.name.clone())
        };
        let rows = parts.rows.and_then(|(table, key, value)| {
            let inner = row.at.iter().find(|entry| entry.0 == table)?.1.first()?;
            Some((node(row, table)?, node(inner, key)?, node(inner, value)?))
        });
        PairsRead {
            within: within.clone(),
            fixed: parts.fixed.iter().map(|part| part.1.clone()).collect(),
            keyed: parts.keyed.and_then(|(key, value)| Some((node(row, key)?, node(row, value)?))),
            rows,
            is_one_pair: parts.is_one_pair(),
        }
    }

    /// Tells the rows of a cell.
    pub(super) fn tell<'p, 'b>(&'p self, cell: &'b str, node: &'p str, machine: &mut Machine<'_, 'b>)
    where
        'p: 'b,
    {
        let rows: Vec<&'b str> = match self.is_one_pair {
            true => self.within.pieces(cell, &self.within.rows),
            false => cell.split(self.within.rows.as_str()).collect(),
        };
        for row in rows.into_iter().filter(|row| !trimmed(row).is_empty()) {
            let is_ignored = |row: &str| {
                let name = row.split_once(self.within.pairs.as_str()).map(|part| trimmed(part.0));
                name.is_some_and(|name| self.within.ignores(name))
            };
            // a row that is one pair goes with it
            if self.is_one_pair && is_ignored(row) {
                continue;
            }
            machine.start(node, &[]);
            let parts = if self.is_one_pair { vec![row] } else { self.within.pieces(row, &self.within.parts) };
            for (name, text) in parts.into_iter().filter_map(|part| part.split_once(self.within.pairs.as_str())) {
                self.part(trimmed(name), trimmed(text), machine);
            }
            machine.end();
        }
    }

    fn part<'p, 'b>(&'p self, name: &'b str, text: &'b str, machine: &mut Machine<'_, 'b>)
    where
        'p: 'b,
    {
        if self.within.ignores(name) {
            return;
        }
        if let Some(fixed) = self.fixed.iter().find(|fixed| fixed.eq_ignore_ascii_case(name)) {
            machine.leaf(fixed, &[], text);
        } else if let Some((key, value)) = &self.keyed {
            machine.leaf(key, &[], name);
            machine.leaf(value, &[], text);
        } else if let Some((table, key, value)) = &self.rows {
            machine.start(table, &[]);
            machine.leaf(key, &[], name);
            machine.leaf(value, &[], text);
            machine.end();
        }
    }
}
