//! What matters about a listing beside its values.

use super::machine::Machine;
use super::plan::{Node, NodeNo};
use crate::channel::description::FieldNo;
use crate::model::text::latin_look;

/// Something about a listing that matters although it could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remark {
    /// A value at a place that the channel does not read.
    Ignored,
    /// A value where it may not stand.
    Refused,
    /// A single node that stands twice.
    Twice,
    /// The CDATA section itself was escaped and stands there as text.
    EscapedCData,
    /// A row of a table whose key is blank.
    BlankKey,
    /// A row in a cell has more parts than its header names; the first that is too many.
    RowParts,
    /// An element where a text belongs.
    Markup,
    /// A name that only looks like one that the channel knows.
    LooksAlike,
}

/// A remark with its field and what stands there.
#[derive(Debug, Clone, Copy)]
pub struct Noticed<'b> {
    /// What is to be said.
    pub remark: Remark,
    /// The table whose row it is about, where it is about a row's field.
    pub table: Option<FieldNo>,
    /// The field; for [`Remark::LooksAlike`] none.
    pub field: Option<FieldNo>,
    /// What stands there.
    pub text: &'b str,
}

impl<'b> Machine<'_, 'b> {
    pub(super) fn notice(&mut self, remark: Remark, field: Option<FieldNo>, text: &'b str) {
        let table = self.scopes.last().and_then(|scope| scope.row_of);
        self.noticed.push(Noticed { remark, table, field, text });
    }

    /// What is to be said of an element in the node at hand that nobody knows.
    #[cold]
    pub(super) fn notice_unknown_child(&mut self, name: &'b str) {
        let tree = self.tree;
        let Some(node) = self.frames.last().and_then(|frame| tree.nodes.get(frame.node)) else { return };
        self.notice_look_alike(node, name);
        // once for a text, however many elements stand in it
        let field = node.text.first().map(|target| target.field);
        if let Some(frame) = self.frames.last().filter(|_| field.is_none()) {
            self.strangers.note(frame.node, name, false);
        }
        let is_said = self.noticed.last().is_some_and(|last| last.remark == Remark::Markup && last.field == field);
        if field.is_some() && !is_said {
            self.notice(Remark::Markup, field, name);
        }
    }

    /// That the row at hand has more parts than its header names.
    #[cold]
    pub(super) fn notice_parts(&mut self, row: &'b str) {
        let outside = self.scopes.iter().rev().nth(1).and_then(|scope| scope.row_of);
        let table = self.scopes.last().and_then(|scope| scope.row_of);
        self.noticed.push(Noticed { remark: Remark::RowParts, table: outside, field: table, text: row });
    }

    /// What is to be said of an attribute that nobody knows.
    #[cold]
    pub(super) fn notice_unknown_attribute(&mut self, number: NodeNo, node: &Node, name: &'b str) {
        self.notice_look_alike(node, name);
        // what declares and tells nodes apart says nothing by itself
        let is_of_xml = name.starts_with("xml");
        if !is_of_xml && self.scopes.len() == 1 && !node.told_by.iter().any(|told| told.0 == name) {
            self.strangers.note(number, name, true);
        }
    }

    /// A name with Cyrillic letters that reads like one that is known in a node.
    pub(super) fn notice_look_alike(&mut self, node: &Node, name: &'b str) {
        if name.is_ascii() {
            return;
        }
        let plain = latin_look(name);
        let attribute = node.attributes.iter().any(|attribute| attribute.0 == plain);
        let child =
            node.children.iter().any(|child| self.tree.nodes.get(*child).is_some_and(|node| node.name == plain));
        if attribute || child {
            self.notice(Remark::LooksAlike, None, name);
        }
    }
}
