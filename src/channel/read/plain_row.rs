//! Rows of nothing but texts, each an element with its attributes and one text: what most rows of most feeds are.
//! They are read straight into their values, without a scope of their own.

use crate::model::text::inside_of_section;
use crate::model::{Kind, Value};

use super::machine::Machine;
use super::plan::{FieldRead, Node, ScopePlan, Target, Usage};
use super::remark::{Noticed, Remark};
use crate::channel::description::FieldNo;

/// Fields whose places fit into one number of marks.
const MOST_FIELDS: usize = 64;

impl ScopePlan {
    /// Whether every field is one text that stands in one way.
    pub(super) fn is_of_texts(&self) -> bool {
        let is_text = |field: &FieldRead| match field.ways.as_slice() {
            [(None, spelling)] => matches!(field.kind, Kind::Text | Kind::Html) && spelling.reads_as_it_stands(),
            _ => false,
        };
        self.fields.len() <= MOST_FIELDS && self.fields.iter().all(is_text)
    }
}

impl Node {
    /// Whether each of its places is read, as one of one.
    pub(super) fn is_read_plainly(&self) -> bool {
        let plain = |target: &Target| target.usage == Usage::Reads && !target.repeats && target.alternative == 0;
        self.children.is_empty() && self.attributes.iter().all(|one| plain(&one.1)) && self.text.iter().all(plain)
    }
}

/// A row that is being read.
struct Row<'r, 'b> {
    table: FieldNo,
    values: &'r mut [Value<'b>],
    /// A bit for each field that was there.
    seen: u64,
}

impl<'b> Row<'_, 'b> {
    /// Takes a text; `false` where the field was there already.
    #[inline]
    fn take(&mut self, field: FieldNo, text: &'b str) -> bool {
        let bit = 1_u64.checked_shl(u32::try_from(field).unwrap_or(u32::MAX)).unwrap_or(0);
        if self.seen & bit != 0 {
            return false;
        }
        self.seen |= bit;
        if let Some(place) = self.values.get_mut(field) {
            *place = Value::of_text(text);
        }
        true
    }

    fn remark(&self, remark: Remark, field: Option<FieldNo>, text: &'b str) -> Noticed<'b> {
        Noticed { remark, table: Some(self.table), field, text }
    }
}

impl<'p, 'b> Machine<'p, 'b> {
    /// Reads such a row.
    pub(super) fn plain_row(
        &mut self,
        node: &'p Node,
        (table, plan): (FieldNo, &'p ScopePlan),
        attributes: &[(&'b str, &'b str)],
        text: &'b str,
    ) {
        let missing = if plan.missing_is_unsaid { Value::Unsaid } else { Value::Empty };
        let mut row = Row { table, values: self.arena.alloc_slice_fill_copy(plan.fields.len(), missing), seen: 0 };
        for (name, value) in attributes {
            let mut known = false;
            for (_, target) in node.attributes.iter().filter(|attribute| attribute.0 == *name) {
                known = true;
                if !row.take(target.field, value) {
                    self.noticed.push(row.remark(Remark::Twice, Some(target.field), value));
                }
            }
            if !known && !name.is_ascii() {
                self.notice_look_alike(node, name);
            }
        }
        if let Some(first) = node.text.first() {
            let inside = inside_of_section(text);
            if inside.is_some() {
                self.noticed.push(row.remark(Remark::EscapedCData, Some(first.field), text));
            }
            for target in &node.text {
                if !row.take(target.field, inside.unwrap_or(text)) {
                    self.noticed.push(row.remark(Remark::Twice, Some(target.field), text));
                }
            }
        }
        let values: &'b [Value<'b>] = row.values;
        self.notice_blank_key(plan, Some(table), values);
        if let Some(outside) = self.scopes.last_mut() {
            outside.rows.push((table, values));
        }
    }

    /// Notes a row whose key stands there, or should, and is blank.
    #[inline]
    pub(super) fn notice_blank_key(&mut self, plan: &ScopePlan, table: Option<FieldNo>, row: &'b [Value<'b>]) {
        let is_blank = |number: &FieldNo| matches!(row.get(*number), Some(Value::Empty));
        if !plan.key.is_empty() && plan.key.iter().all(is_blank) {
            let field = plan.key.first().copied();
            self.noticed.push(Noticed { remark: Remark::BlankKey, table, field, text: "" });
        }
    }
}
