//! Writing documents of a shape: nodes, or rows of a table, one listing after the other
//! into one buffer.

mod cells;
mod members;
mod members_tree;
mod nodes;
mod pairs;
mod settled;
mod tree;

use std::borrow::Cow;

use crate::expression::Program;
use crate::model::{Kind, Remembered, RowPlace, Value};

use super::description::{Field, FieldNo, Form, Row, Shape, Wire};
use super::spelling::SpellingPlan;
use cells::TablePlan;
use members::MembersPlan;
use nodes::NodesPlan;

/// Where in a buffer rows stand that were written there: most listings have some that others had.
pub type WrittenRows<'b> = Remembered<RowPlace<'b>, (usize, usize)>;

/// How a document of one shape is written.
#[derive(Debug)]
pub enum WritePlan {
    /// Nodes within nodes.
    Nodes(Box<NodesPlan>),
    /// A header and rows.
    Table(TablePlan),
    /// Members within members.
    Members(MembersPlan),
}

/// Whether anybody says anything of a field of a listing, or of a field of its rows.
type IsSaid<'s> = &'s dyn Fn(FieldNo, Option<FieldNo>) -> bool;

/// A row that cannot be written, with its path: said at load.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriteProblem {
    /// The path as it stands in the description.
    pub path: String,
    /// What is wrong with it.
    pub what: String,
}

impl WritePlan {
    /// Compiles the rows of a shape. Conditions in rows are compiled over the numbers of the fields beside them.
    /// `is_said` tells of which fields of a listing, and of its rows, anybody says anything.
    pub fn new(
        shape: &Shape,
        head: &[Field],
        fields: &[Field],
        is_said: IsSaid<'_>,
    ) -> Result<WritePlan, WriteProblem> {
        match shape.wire {
            Wire::Xml => NodesPlan::new(shape, head, fields, is_said).map(|plan| WritePlan::Nodes(Box::new(plan))),
            Wire::Table(form) => Ok(WritePlan::Table(TablePlan::new(shape, form, fields, is_said))),
            Wire::Json | Wire::JsonLines => MembersPlan::new(shape, fields).map(WritePlan::Members),
        }
    }

    /// Writes one listing. The bytes of several stand one behind the other between those of the envelope.
    pub fn listing(&self, values: &[Value<'_>], out: &mut Vec<u8>) {
        self.next_listing(values, out, &mut WrittenRows::default());
    }

    /// The same where many listings of a block follow each other in one buffer; `known` is of that buffer alone.
    pub fn next_listing<'b>(&self, values: &[Value<'b>], out: &mut Vec<u8>, known: &mut WrittenRows<'b>) {
        match self {
            WritePlan::Nodes(plan) => plan.listing(values, out, known),
            WritePlan::Table(plan) => plan.listing(values, out),
            WritePlan::Members(plan) => plan.listing(values, out),
        }
    }

    /// The bytes before the first listing and those after the last, for what a document says of itself.
    pub fn envelope(&self, head: &[Value<'_>]) -> (Vec<u8>, Vec<u8>) {
        match self {
            WritePlan::Nodes(plan) => plan.envelope(head),
            WritePlan::Table(plan) => (plan.header(), Vec::new()),
            WritePlan::Members(plan) => plan.envelope(),
        }
    }

    /// What stands between two listings, and so at the beginning of each: the first in a document goes without.
    pub fn between(&self) -> &'static [u8] {
        match self {
            WritePlan::Members(plan) if plan.document.is_some() => b",",
            _ => b"",
        }
    }
}

/// A value in its place.
#[derive(Debug, Clone)]
struct Item {
    field: FieldNo,
    spelling: SpellingPlan,
    /// Of nodes: whether it stands in a CDATA section.
    cdata: bool,
    /// Of several alternatives: the conditions that must hold (`true`) or fail.
    chosen: Vec<(Program, bool)>,
}

impl Item {
    /// The alternatives of one field, each with the conditions by which it is the one.
    fn alternatives<'r>(fields: &[Field], field: FieldNo, rows: &'r [Row]) -> Vec<(&'r Row, Item)> {
        let Some(meaning) = fields.get(field) else { return Vec::new() };
        let mut earlier: Vec<Program> = Vec::new();
        let item = |row: &'r Row| {
            let mut chosen: Vec<(Program, bool)> = earlier.iter().map(|program| (program.clone(), false)).collect();
            if let Some(when) = &row.when {
                let program = when.compile(&mut |name| number_of(fields, name));
                chosen.push((program.clone(), true));
                earlier.push(program);
            }
            let spelling = SpellingPlan::new(meaning.kind, &meaning.spelling, &row.spelling);
            (row, Item { field, cdata: is_cdata(&spelling), spelling, chosen })
        };
        rows.iter().map(item).collect()
    }

    /// Of several alternatives, whether this is the one.
    fn is_chosen(&self, values: &[Value<'_>]) -> bool {
        let of = |number: u32| values.get(number as usize).copied().unwrap_or_default();
        self.chosen.iter().all(|(condition, wanted)| condition.holds(&of) == *wanted)
    }

    /// Its text among these values; `None` where nothing stands there.
    fn text<'v>(&'v self, values: &'v [Value<'v>]) -> Option<Cow<'v, str>> {
        if !self.is_chosen(values) {
            return None;
        }
        self.said(values)
    }

    /// The same of one that is chosen.
    fn said<'v>(&'v self, values: &'v [Value<'v>]) -> Option<Cow<'v, str>> {
        self.spelling.text(values.get(self.field)?)
    }
}

/// Whether a value stands in a CDATA section: asked for, or markup by default.
fn is_cdata(spelling: &SpellingPlan) -> bool {
    match spelling.form {
        Some(form) => form == Form::CData,
        None => spelling.kind == Kind::Html,
    }
}

/// The number that a name has among fields; names were checked at load.
pub(super) fn number_of(fields: &[Field], name: &str) -> u32 {
    fields.iter().position(|field| field.name == name).and_then(|number| u32::try_from(number).ok()).unwrap_or(u32::MAX)
}
