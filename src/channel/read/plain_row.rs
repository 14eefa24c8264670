//! Rows of nothing but texts and lists of one item, each an element with its attributes and one text: what most rows
//! of most feeds are. They are read straight into their values, without a scope of their own.

use bumpalo::Bump;

use crate::model::text::inside_of_section;
use crate::model::{Kind, Value};

use super::leaf::whole;
use super::machine::{Machine, Scope};
use super::plan::{FieldRead, Node, ScopePlan, Target, Usage};
use super::remark::{Noticed, Remark};
use crate::channel::description::FieldNo;

/// Fields whose places fit into one number of marks.
const MOST_FIELDS: usize = 64;

impl ScopePlan {
    /// Whether every field is one text that stands in one way, or a list that most often is one item however it stands.
    pub(super) fn is_plain(&self) -> bool {
        let is_plain = |field: &FieldRead| match (field.kind, field.ways.as_slice()) {
            (_, []) => true,
            (Kind::Text | Kind::Html, [(None, spelling)]) => spelling.reads_as_it_stands(),
            (Kind::List, [.., (None, _)]) => field.ways.iter().all(|way| way.1.leaves_one_item()),
            _ => false,
        };
        self.fields.len() <= MOST_FIELDS && self.fields.iter().all(is_plain)
    }

    /// Whether a text is the whole value of a field: any is, but one that a list would split.
    #[inline]
    pub(super) fn is_whole(&self, field: FieldNo, text: &str) -> bool {
        let field = self.fields.get(field);
        field.is_none_or(|field| field.kind != Kind::List || field.ways.iter().all(|way| way.1.is_one_item(text)))
    }
}

impl Node {
    /// Whether each of its places is read, and is that of all ways of a field.
    pub(super) fn is_read_plainly(&self, scope: &ScopePlan) -> bool {
        let plain = |target: &Target, here: usize| {
            let ways = scope.fields.get(target.field).map_or(0, |field| field.ways.len());
            target.usage == Usage::Reads && !target.repeats && here == ways
        };
        let in_text = |field: FieldNo| self.text.iter().filter(|other| other.field == field).count();
        let in_attribute = |one: &(String, Target)| {
            self.attributes.iter().filter(|o| o.0 == one.0 && o.1.field == one.1.field).count()
        };
        self.attributes.iter().all(|one| plain(&one.1, in_attribute(one)))
            && self.text.iter().all(|target| plain(target, in_text(target.field)))
    }

    /// The places of its text, each once: further ways of a field say the same there.
    pub(super) fn texts(&self) -> impl Iterator<Item = &Target> {
        self.text.iter().filter(|target| target.alternative == 0)
    }

    /// The places of an attribute, each once.
    pub(super) fn named<'n>(&'n self, name: &'n str) -> impl Iterator<Item = &'n Target> {
        let named = self.attributes.iter().filter(move |one| one.1.alternative == 0 && one.0 == name);
        named.map(|attribute| &attribute.1)
    }
}

/// A row that is being read.
struct Row<'r, 'b> {
    table: FieldNo,
    plan: &'r ScopePlan,
    values: &'b mut [Value<'b>],
    arena: &'b Bump,
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
            let is_list = self.plan.fields.get(field).is_some_and(|field| field.kind == Kind::List);
            *place = whole(text, is_list, self.arena);
        }
        true
    }

    fn remark(&self, remark: Remark, field: Option<FieldNo>, text: &'b str) -> Noticed<'b> {
        Noticed { remark, table: Some(self.table), field, text }
    }
}

impl<'p, 'b> Machine<'p, 'b> {
    /// Reads such a row; `false`, and nothing is read, where a list in it may have several items.
    pub(super) fn plain_row(
        &mut self,
        node: &'p Node,
        (table, plan): (FieldNo, &'p ScopePlan),
        attributes: &[(&'b str, &'b str)],
        text: &'b str,
    ) -> bool {
        let is_whole = |target: &Target, text: &str| plan.is_whole(target.field, text);
        let mut named = attributes.iter().flat_map(|(name, text)| node.named(name).map(move |target| (target, *text)));
        if !node.texts().all(|target| is_whole(target, text)) || !named.all(|(target, text)| is_whole(target, text)) {
            return false;
        }
        let values = self.arena.alloc_slice_fill_copy(plan.fields.len(), plan.missing());
        let mut row = Row { table, plan, values, arena: self.arena, seen: 0 };
        for (name, value) in attributes {
            let mut known = false;
            for target in node.named(name) {
                known = true;
                if !row.take(target.field, value) {
                    self.noticed.push(row.remark(Remark::Twice, Some(target.field), value));
                }
            }
            if !known && !name.is_ascii() {
                self.notice_look_alike(node, name);
            }
        }
        // a container's own text is the blanks between its elements
        let is_text = node.children.is_empty() || !text.trim().is_empty();
        if let Some(first) = node.text.first().filter(|_| is_text) {
            let inside = inside_of_section(text);
            if inside.is_some() {
                self.noticed.push(row.remark(Remark::EscapedCData, Some(first.field), text));
            }
            for target in node.texts() {
                if !row.take(target.field, inside.unwrap_or(text)) {
                    self.noticed.push(row.remark(Remark::Twice, Some(target.field), text));
                }
            }
        }
        let values: &'b [Value<'b>] = row.values;
        self.notice_blank_key(plan, Some(table), values);
        self.notice_further_row(plan, Some(table));
        if let Some(outside) = self.scopes.last_mut() {
            outside.rows.push((table, values));
        }
        true
    }

    /// Notes a further row of a table that has one.
    #[inline]
    pub(super) fn notice_further_row(&mut self, plan: &ScopePlan, table: Option<FieldNo>) {
        let is_there = |scope: &Scope<'_>| scope.rows.iter().any(|row| Some(row.0) == table);
        if plan.is_one_row && self.scopes.last().is_some_and(is_there) {
            self.notice(Remark::Twice, table, "");
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
