//! The second pass: every object becomes a row, and its place is kept beside it.

use hashbrown::HashMap;

use super::leaves::{Leaf, leaves};
use super::places::{Laid, Start};
use super::plan::Plan;
use super::spelled::{Marked, cell};
use crate::finding::Refusal;
use crate::source::{MasterOptions, Notation};
use crate::wire::Digest;
use crate::wire::input::{Input, Spool};
use crate::wire::json::{JsonValue, Member};

/// Lays out the objects of the list at this path; `known` is the print of the text that they were made of, where it is
/// not this one.
pub(super) fn lay(
    input: &Input,
    options: &MasterOptions,
    path: &str,
    plan: &Plan,
    known: Option<Digest>,
) -> Result<Laid, Refusal> {
    let mut laying = Laying {
        input,
        plan,
        numbers: plan.columns.iter().map(|column| column.0.as_str()).zip(0..).collect(),
        cells: vec![String::new(); plan.columns.len()],
        line: String::new(),
        spool: Spool::begin(input.shown_as())?,
        starts: Vec::new(),
        numbered: Vec::new(),
    };
    super::walk(input, options.notation, &mut |at, base, value| match value.members() {
        Some(members) if at == path => laying.object(members, base, base + value.offset as u64),
        _ => Ok(()),
    })?;
    let digest = known.map_or_else(|| digest(input), Ok)?;
    input.verify_unchanged()?;
    Ok(Laid {
        rows: laying.spool.done()?,
        starts: laying.starts,
        numbered: laying.numbered,
        digest,
        open_end: options.notation == Notation::Yaml && !ends_line(input)?,
        exact: options.notation != Notation::Yaml,
    })
}

/// The print of the file's text.
fn digest(input: &Input) -> Result<Digest, Refusal> {
    let (mut digest, mut at, mut piece) = (Digest::new(), 0, Vec::new());
    while at < input.len() {
        let length = (input.len() - at).min(1 << 20);
        input.read_at(at, usize::try_from(length).unwrap_or(0), &mut piece)?;
        digest.update(&piece);
        at += length;
    }
    Ok(digest)
}

/// Whether the text ends with a line break.
fn ends_line(input: &Input) -> Result<bool, Refusal> {
    let mut last = Vec::new();
    input.read_at(input.len().saturating_sub(1), 1, &mut last)?;
    Ok(matches!(last.as_slice(), b"\n" | b"\r"))
}

struct Laying<'p> {
    input: &'p Input,
    plan: &'p Plan,
    /// The numbers of the columns.
    numbers: HashMap<&'p str, usize>,
    cells: Vec<String>,
    line: String,
    spool: Spool<'p>,
    starts: Vec<Start>,
    /// Rows whose SKU is a number and no text.
    numbered: Vec<u64>,
}

impl Laying<'_> {
    fn object(&mut self, members: &[Member<'_>], base: u64, at: u64) -> Result<(), Refusal> {
        self.cells.iter_mut().for_each(String::clear);
        let row = self.spool.len();
        let (plan, cells, numbers, input) = (self.plan, &mut self.cells, &self.numbers, self.input);
        let mut is_numbered = false;
        leaves(members, &plan.tables, &mut String::new(), &mut |path, _, leaf| {
            let Some(number) = numbers.get(path).copied() else { return Ok(()) };
            let (Some((_, form)), Some(text)) = (plan.columns.get(number), cells.get_mut(number)) else {
                return Ok(());
            };
            is_numbered |= number == plan.sku && is_whole_number(leaf);
            cell(form, leaf, plan.comma, text).map_err(|Marked(offset)| {
                let what = "the text holds a code point of U+FDD0 to U+FDD4, which is no character";
                input.refusal_at(base + offset as u64, what, "remove it where the file is made")
            })
        })?;
        self.line.clear();
        for (number, cell) in self.cells.iter().enumerate() {
            if number > 0 {
                self.line.push('\t');
            }
            push_cell(cell, &mut self.line);
        }
        self.line.push('\n');
        self.spool.add(&self.line)?;
        self.starts.push(Start { row, object: at });
        self.numbered.extend(is_numbered.then_some(row));
        Ok(())
    }
}

/// Whether a number stands there, of digits only: others show what was made of them.
fn is_whole_number(leaf: Leaf<'_>) -> bool {
    let Leaf::One(value) = leaf else { return false };
    matches!(value.value, JsonValue::Number(text) if text.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A cell in quotes where it needs them.
fn push_cell(cell: &str, line: &mut String) {
    if !cell.contains(['"', '\t', '\n', '\r']) {
        line.push_str(cell);
        return;
    }
    line.push('"');
    for (number, part) in cell.split('"').enumerate() {
        line.push_str(if number > 0 { "\"\"" } else { "" });
        line.push_str(part);
    }
    line.push('"');
}
