//! Elements of one text whose place was found out once: where the same start tag stands in the same node again, its text
//! goes straight to its field, and its row is the row before with another text.

use bumpalo::Bump;

use crate::channel::description::FieldNo;
use crate::model::text::{inside_of_section, trimmed};
use crate::model::{Kind, Row, TextFrom, Value};

use super::machine::{Machine, Standing};
use super::plan::{Node, ScopePlan, Target, Tree, Usage};

/// What an element of one text does.
#[derive(Debug, Clone, Copy)]
pub(super) enum Leaf<'b> {
    /// More than can be said beforehand.
    Other,
    /// It is the only place of a field.
    Text(FieldNo),
    /// It is an item of a list.
    Item(FieldNo),
    /// It is a row of a table.
    Row(LeafRow<'b>),
}

/// A row whose attributes are known.
#[derive(Debug, Clone, Copy)]
pub(super) struct LeafRow<'b> {
    table: FieldNo,
    /// The scope of its fields.
    scope: usize,
    /// Its values, without that of its text.
    values: &'b [Value<'b>],
    /// The place of its text, where anybody asks for it.
    text: Option<TextPlace>,
    /// Its node may hold others: a text of nothing but blanks is what stands between them.
    holds_others: bool,
}

/// The field of a row that its text is.
#[derive(Debug, Clone, Copy)]
struct TextPlace {
    field: FieldNo,
    is_list: bool,
}

impl Tree {
    /// What an element of this node with these attributes does, whatever its text.
    pub(super) fn leaf<'b>(&self, node: &Node, attributes: &[(&'b str, &'b str)], arena: &'b Bump) -> Leaf<'b> {
        let holds_others = !node.children.is_empty();
        if let Some((table, scope)) = node.row {
            let plan = self.scopes.get(scope).filter(|_| node.plain_row);
            let row = plan.and_then(|plan| row(node, plan, attributes, arena));
            let row = row.map(|(values, text)| Leaf::Row(LeafRow { table, scope, values, text, holds_others }));
            return row.unwrap_or(Leaf::Other);
        }
        match (node.text.as_slice(), attributes) {
            ([Target { field, alternative: 0, repeats, usage: Usage::Reads }], []) if !holds_others => match repeats {
                true => Leaf::Item(*field),
                false => Leaf::Text(*field),
            },
            _ => Leaf::Other,
        }
    }
}

/// The values of a row with these attributes, and the place of its text; `None` where something is to be said of it.
fn row<'b>(
    node: &Node,
    plan: &ScopePlan,
    attributes: &[(&'b str, &'b str)],
    arena: &'b Bump,
) -> Option<(Row<'b>, Option<TextPlace>)> {
    let values = arena.alloc_slice_fill_copy(plan.fields.len(), plan.missing());
    let mut seen = Vec::new();
    let mut places = Vec::new();
    for (name, text) in attributes {
        let before = places.len();
        places.extend(node.named(name).map(|target| (target, Some(*text))));
        if before == places.len() && !name.is_ascii() {
            return None;
        }
    }
    let mut texts = node.texts();
    places.extend(texts.next().map(|target| (target, None)));
    if texts.next().is_some() {
        return None;
    }
    let mut of_text = None;
    for (target, text) in places {
        if seen.contains(&target.field) {
            return None;
        }
        seen.push(target.field);
        let is_list = plan.fields.get(target.field)?.kind == Kind::List;
        match text {
            Some(text) if !plan.is_whole(target.field, text) => return None,
            Some(text) => *values.get_mut(target.field)? = whole(text, is_list, arena),
            None => of_text = Some(TextPlace { field: target.field, is_list }),
        }
    }
    let is_blank = |number: &FieldNo| matches!(values.get(*number), Some(Value::Empty) | None);
    let is_nameless = !plan.key.is_empty() && plan.key.iter().all(is_blank);
    // a further row of a table that has one is told, and so looked at each time
    (!is_nameless && !plan.is_one_row).then_some((values as Row<'b>, of_text))
}

/// A text as the whole value of a field.
#[inline]
pub(super) fn whole<'b>(text: &'b str, is_list: bool, arena: &'b Bump) -> Value<'b> {
    match Value::of_text(text) {
        Value::Text(text) if is_list => Value::List(arena.alloc_slice_copy(&[trimmed(text)])),
        value => value,
    }
}

impl<'b> Machine<'_, 'b> {
    /// A whole element that holds nothing but this text: start tag, text and end tag in one.
    pub fn leaf(&mut self, name: &'b str, attributes: &[(&'b str, &'b str)], text: &'b str) {
        self.leaf_again(name, attributes, text, &mut Standing::default());
    }

    /// The same of one whose place may be known.
    pub(super) fn leaf_again(
        &mut self,
        name: &'b str,
        attributes: &[(&'b str, &'b str)],
        text: &'b str,
        standing: &mut Standing<'b>,
    ) {
        if self.unknown > 0 {
            return;
        }
        let inside = self.frames.last().map(|frame| frame.node);
        if let Some((there, _, leaf)) = &standing.0
            && inside == Some(*there)
            && self.known_leaf(leaf, text)
        {
            return;
        }
        self.any_leaf(name, attributes, text, standing);
    }

    /// The same of any element, with all that there is to say of it.
    fn any_leaf(
        &mut self,
        name: &'b str,
        attributes: &[(&'b str, &'b str)],
        text: &'b str,
        standing: &mut Standing<'b>,
    ) {
        let tree = self.tree;
        let child = self.child_again(name, attributes, standing);
        let Some((number, node)) = child.and_then(|number| Some((number, tree.nodes.get(number)?))) else {
            self.notice_unknown_child(name);
            return;
        };
        if let Some((field, scope)) = node.row {
            let plan = tree.scopes.get(scope).filter(|_| node.plain_row);
            if plan.is_some_and(|plan| self.plain_row(node, (field, plan), attributes, text)) {
                return;
            }
            self.open_scope(scope, Some(field));
        }
        if !attributes.is_empty() {
            self.attributes(number, node, attributes);
        }
        if !node.text.is_empty() {
            self.take_text(node, text);
        }
        if node.row.is_some() {
            self.end_row();
        }
    }

    /// Takes the text of an element that does this; `false`, and nothing is taken, where there is more to it.
    #[inline]
    fn known_leaf(&mut self, leaf: &Leaf<'b>, text: &'b str) -> bool {
        if inside_of_section(text).is_some() {
            return false;
        }
        let Some(scope) = self.scopes.last_mut() else { return false };
        match leaf {
            Leaf::Other => return false,
            Leaf::Text(field) => match scope.raw.get_mut(*field) {
                Some(place @ None) => *place = Some((text, 1, 0)),
                _ => return false,
            },
            Leaf::Item(field) => scope.items.push((*field, text)),
            Leaf::Row(LeafRow { table, scope: number, values, text: place, holds_others }) => {
                let Some(TextPlace { field, is_list }) = *place else {
                    scope.rows.push((*table, values));
                    return true;
                };
                let place = TextFrom { from: values.as_ptr().addr(), text };
                if let Some(row) = self.known_rows.get(&place) {
                    scope.rows.push((*table, row));
                    return true;
                }
                let plan = self.tree.scopes.get(*number);
                if *holds_others && trimmed(text).is_empty() {
                    return false;
                }
                if is_list && !plan.is_some_and(|plan| plan.is_whole(field, text)) {
                    return false;
                }
                let row = self.arena.alloc_slice_copy(values);
                if let Some(value) = row.get_mut(field) {
                    *value = whole(text, is_list, self.arena);
                }
                self.known_rows.keep(place, row);
                scope.rows.push((*table, row));
            }
        }
        true
    }
}
