//! The machine that walks the tree while a document streams by: it is told of start
//! tags, text and end tags, and gives the values of a listing at its end.

use bumpalo::Bump;

use crate::model::text::inside_of_section;
use crate::model::{Remembered, Row, TextFrom, Value};

pub use super::remark::{Noticed, Remark};

use super::leaf::Leaf;
use super::plan::{Node, NodeNo, Target, Tree, Usage};
use super::strange::{Strange, Strangers};
use crate::channel::description::FieldNo;

/// What has been read of one scope: a listing, a document, a row.
#[derive(Debug, Default)]
pub(super) struct Scope<'b> {
    pub(super) number: usize,
    /// The table whose row it is, in the scope outside.
    pub(super) row_of: Option<FieldNo>,
    pub(super) raw: Vec<Option<(&'b str, u32, u8)>>,
    pub(super) items: Vec<(FieldNo, &'b str)>,
    pub(super) rows: Vec<(FieldNo, Row<'b>)>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Frame<'b> {
    pub(super) node: NodeNo,
    text: &'b str,
    opens_scope: bool,
    /// Whether anybody asks for its text: most of what stands between elements is line breaks.
    wants_text: bool,
    /// Where among the children the one that came last stands: documents mostly follow the order of their shape.
    near: usize,
}

/// Where an element with certain attributes stood: in which node, as which, and what it does there with one text.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Standing<'b>(pub(super) Option<(NodeNo, NodeNo, Leaf<'b>)>);

/// Walks one tree.
#[derive(Debug)]
pub struct Machine<'p, 'b> {
    pub(super) tree: &'p Tree,
    pub(super) arena: &'b Bump,
    pub(super) frames: Vec<Frame<'b>>,
    pub(super) scopes: Vec<Scope<'b>>,
    idle: Vec<Scope<'b>>,
    /// Rows that were read before, by where those of their start tag lie and by their text.
    pub(super) known_rows: Remembered<TextFrom<'b>, Row<'b>>,
    /// How deep inside of a node that nobody knows.
    pub(super) unknown: usize,
    pub(super) noticed: Vec<Noticed<'b>>,
    /// What nobody knows, of all its listings.
    pub(super) strangers: Strangers<'b>,
}

impl<'p, 'b> Machine<'p, 'b> {
    /// A machine for a tree; what it gives lives as long as the arena and the text it is told.
    pub fn new(tree: &'p Tree, arena: &'b Bump) -> Self {
        Machine {
            tree,
            arena,
            frames: Vec::new(),
            scopes: Vec::new(),
            idle: Vec::new(),
            known_rows: Remembered::default(),
            unknown: 0,
            noticed: Vec::new(),
            strangers: Strangers::default(),
        }
    }

    /// Forgets the listing before.
    pub(super) fn begin_scopes(&mut self) {
        self.frames.clear();
        self.noticed.clear();
        self.unknown = 0;
        while let Some(scope) = self.scopes.pop() {
            self.idle.push(scope);
        }
    }

    /// Begins a listing or document with the attributes of its own node.
    pub fn begin(&mut self, attributes: &[(&'b str, &'b str)]) {
        self.begin_scopes();
        self.open_scope(0, None);
        self.frames.push(Frame { node: 0, text: "", opens_scope: true, wants_text: false, near: 0 });
        let tree = self.tree;
        let Some(node) = tree.nodes.first() else { return };
        if let Some(frame) = self.frames.last_mut() {
            frame.wants_text = !node.text.is_empty();
        }
        self.attributes(0, node, attributes);
    }

    /// A start tag inside.
    pub fn start(&mut self, name: &'b str, attributes: &[(&'b str, &'b str)]) {
        self.start_again(name, attributes, &mut Standing::default());
    }

    /// The same of one whose place may be known.
    pub(super) fn start_again(
        &mut self,
        name: &'b str,
        attributes: &[(&'b str, &'b str)],
        standing: &mut Standing<'b>,
    ) {
        if self.unknown > 0 {
            self.unknown += 1;
            return;
        }
        let tree = self.tree;
        let child = self.child_again(name, attributes, standing);
        let Some((number, node)) = child.and_then(|number| Some((number, tree.nodes.get(number)?))) else {
            self.notice_unknown_child(name);
            self.unknown = 1;
            return;
        };
        if let Some((field, scope)) = node.row {
            self.open_scope(scope, Some(field));
        }
        let (opens_scope, wants_text) = (node.row.is_some(), !node.text.is_empty());
        self.frames.push(Frame { node: number, text: "", opens_scope, wants_text, near: 0 });
        if !attributes.is_empty() {
            self.attributes(number, node, attributes);
        }
    }

    /// Whether the node at hand asks for its text.
    #[inline]
    pub fn wants_text(&self) -> bool {
        self.unknown == 0 && self.frames.last().is_some_and(|frame| frame.wants_text)
    }

    /// Text inside of the node at hand; unescaped already.
    #[inline]
    pub fn text(&mut self, text: &'b str) {
        if self.unknown > 0 {
            return;
        }
        let Some(frame) = self.frames.last_mut().filter(|frame| frame.wants_text) else { return };
        frame.text = match frame.text {
            "" => text,
            before => self.arena.alloc_str(&[before, text].concat()),
        };
    }

    /// An end tag inside.
    #[inline]
    pub fn end(&mut self) {
        if self.unknown > 0 {
            self.unknown -= 1;
            return;
        }
        let Some(frame) = self.frames.pop() else { return };
        self.take_text_of(frame);
        if frame.opens_scope && !self.frames.is_empty() {
            self.end_row();
        }
    }

    /// The row at hand is complete.
    pub(super) fn end_row(&mut self) {
        let Some(scope) = self.scopes.pop() else { return };
        let row = self.close(&scope);
        if let Some(plan) = self.tree.scopes.get(scope.number) {
            self.notice_blank_key(plan, scope.row_of, row);
            self.notice_further_row(plan, scope.row_of);
        }
        if let (Some(field), Some(outside)) = (scope.row_of, self.scopes.last_mut()) {
            outside.rows.push((field, row));
        }
        self.idle.push(scope);
    }

    /// Ends the listing or document: its values in the order of the fields.
    pub fn finish(&mut self) -> &'b [Value<'b>] {
        while self.frames.len() > 1 {
            self.end();
        }
        if let Some(frame) = self.frames.pop() {
            self.take_text_of(frame);
        }
        self.finish_scope()
    }

    /// The values of the outermost scope.
    pub(super) fn finish_scope(&mut self) -> &'b [Value<'b>] {
        let Some(scope) = self.scopes.pop() else { return &[] };
        let values = self.close(&scope);
        self.idle.push(scope);
        values
    }

    /// Says where the listing begins that comes next.
    pub fn stands_at(&mut self, offset: u64) {
        self.strangers.offset = offset;
    }

    /// The nodes that nobody knows, of all listings up to now.
    pub fn strange(&self) -> Vec<Strange> {
        self.strangers.told(self.tree)
    }

    /// What was noticed since the beginning of the listing.
    pub fn noticed(&self) -> &[Noticed<'b>] {
        &self.noticed
    }

    pub(super) fn open_scope(&mut self, number: usize, row_of: Option<FieldNo>) {
        let mut scope = self.idle.pop().unwrap_or_default();
        let fields = self.tree.scopes.get(number).map_or(0, |scope| scope.fields.len());
        scope.number = number;
        scope.row_of = row_of;
        scope.raw.clear();
        scope.raw.resize(fields, None);
        scope.items.clear();
        scope.rows.clear();
        self.scopes.push(scope);
    }

    /// The child of the node at hand that an element is; where it stood in this node before, it is the same again.
    #[inline]
    pub(super) fn child_again(
        &mut self,
        name: &str,
        attributes: &[(&'b str, &'b str)],
        standing: &mut Standing<'b>,
    ) -> Option<NodeNo> {
        let inside = self.frames.last()?.node;
        if let Some((_, child, _)) = standing.0.filter(|known| known.0 == inside) {
            return Some(child);
        }
        let child = self.child(name, attributes)?;
        let leaf = self.tree.nodes.get(child).map(|node| self.tree.leaf(node, attributes, self.arena));
        *standing = Standing(Some((inside, child, leaf.unwrap_or(Leaf::Other))));
        Some(child)
    }

    fn child(&mut self, name: &str, attributes: &[(&str, &str)]) -> Option<NodeNo> {
        let tree = self.tree;
        let frame = self.frames.last_mut()?;
        let children = tree.nodes.get(frame.node)?.children.as_slice();
        if let Some(near) = children.get(frame.near).filter(|near| tree.is_alone(**near, name)) {
            return Some(*near);
        }
        if let Some(next) = children.get(frame.near + 1).filter(|next| tree.is_alone(**next, name)) {
            frame.near += 1;
            return Some(*next);
        }
        let fits = |child: &NodeNo| {
            tree.nodes.get(*child).is_some_and(|node| {
                let told = |told: &(String, String)| {
                    attributes.iter().any(|attribute| attribute.0 == told.0 && attribute.1 == told.1)
                };
                node.name == name && node.told_by.iter().all(told)
            })
        };
        frame.near = children.iter().position(fits)?;
        children.get(frame.near).copied()
    }

    pub(super) fn attributes(&mut self, number: NodeNo, node: &'p Node, attributes: &[(&'b str, &'b str)]) {
        for (name, value) in attributes {
            let mut known = false;
            for (_, target) in node.attributes.iter().filter(|attribute| attribute.0 == *name) {
                self.put(target, value);
                known = true;
            }
            if !known {
                self.notice_unknown_attribute(number, node, name);
            }
        }
    }

    #[inline]
    fn take_text_of(&mut self, frame: Frame<'b>) {
        let tree = self.tree;
        if let Some(node) = tree.nodes.get(frame.node).filter(|_| frame.wants_text) {
            self.take_text(node, frame.text);
        }
    }

    pub(super) fn take_text(&mut self, node: &'p Node, text: &'b str) {
        // a container's own text is the blanks between its elements
        if !node.children.is_empty() && text.trim().is_empty() {
            return;
        }
        let text = match inside_of_section(text) {
            Some(inner) => {
                let field = node.text.first().map(|target| target.field);
                self.notice(Remark::EscapedCData, field, text);
                inner
            }
            None => text,
        };
        for target in &node.text {
            self.put(target, text);
        }
    }

    /// Notes that a list or table stands there, whatever it holds.
    pub(super) fn note_there(&mut self, field: FieldNo) {
        let place = self.scopes.last_mut().and_then(|scope| scope.raw.get_mut(field));
        if let Some(place) = place.filter(|place| place.is_none()) {
            *place = Some(("", 1, 0));
        }
    }

    /// An amount with the unit that stands elsewhere.
    pub(super) fn with_unit(&self, target: &Target, amount: &'b str, unit: Option<&'b str>) -> &'b str {
        let scope = self.scopes.last().and_then(|scope| self.tree.scopes.get(scope.number));
        let way = scope.and_then(|scope| scope.fields.get(target.field)?.ways.get(target.alternative));
        match (way, unit.filter(|unit| !unit.is_empty() && !amount.is_empty())) {
            (Some((_, spelling)), Some(word)) if !spelling.stands_for_nothing(amount) => {
                let unit = spelling.unit_of_word(word);
                self.arena.alloc_str(&format!("{amount} {}", unit.as_ref().map_or(word, |unit| unit.as_str())))
            }
            _ => amount,
        }
    }

    #[inline]
    pub(super) fn put(&mut self, target: &Target, text: &'b str) {
        match target.usage {
            Usage::Ignores => return self.notice(Remark::Ignored, Some(target.field), text),
            Usage::Refuses => self.notice(Remark::Refused, Some(target.field), text),
            Usage::Reads | Usage::ReadsInstead(_) => {}
        }
        let Some(scope) = self.scopes.last_mut() else { return };
        if target.repeats {
            scope.items.push((target.field, text));
            return;
        }
        let Some(place) = scope.raw.get_mut(target.field) else { return };
        let bit = 1_u32 << target.alternative.min(31);
        let rank = if let Usage::ReadsInstead(rank) = target.usage { rank } else { 0 };
        match place {
            // what stands at a place that is read before counts, whichever stands first in the document
            Some((_, _, before)) if rank > 0 && *before <= rank => {}
            Some((_, _, before)) if *before > rank => *place = Some((text, bit, rank)),
            // the alternatives of one field may share a node
            Some((_, alternatives, _)) if *alternatives & bit == 0 && target.alternative > 0 => *alternatives |= bit,
            Some(_) => self.notice(Remark::Twice, Some(target.field), text),
            None => *place = Some((text, bit, rank)),
        }
    }
}
