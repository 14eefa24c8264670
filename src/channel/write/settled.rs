//! What is known of a tree of nodes at load: a description speaks of far more than most masters say, and what nobody
//! says is no node in any listing. Alternatives ask only what those before them have not asked.

use super::super::description::FieldNo;
use super::Item;
use super::nodes::{Content, Element, Leaf};

/// Whether anybody says anything of a field.
type Said<'s> = &'s dyn Fn(FieldNo) -> bool;

impl Element {
    /// Leaves out what nobody says; `of_part` tells of the fields of tables.
    pub(super) fn settle(&mut self, is_said: Said<'_>, of_part: &dyn Fn(FieldNo, FieldNo) -> bool) {
        self.attributes.retain_mut(|attribute| attribute.item.settle(is_said));
        let mut settled = Vec::with_capacity(self.content.len());
        for mut content in std::mem::take(&mut self.content) {
            if content.settle(is_said, of_part) {
                join(&mut settled, content);
            }
        }
        for content in &mut settled {
            match content {
                Content::Text(items) => ask_once(items),
                Content::Child(child) => {
                    if let Some(leaf) = child.as_leaf() {
                        *content = Content::Leaf(leaf);
                    }
                }
                _ => {}
            }
        }
        self.content = settled;
    }

    /// The same element where it holds nothing but a text.
    fn as_leaf(&self) -> Option<Leaf> {
        let [Content::Text(items)] = self.content.as_slice() else { return None };
        let is_leaf = self.attributes.is_empty() && !self.always;
        is_leaf.then(|| Leaf {
            open: format!("{}>", self.open),
            items: items.clone(),
            close: format!("</{}>", self.name),
        })
    }
}

impl Content {
    /// Whether anything of it may ever be written.
    fn settle(&mut self, is_said: Said<'_>, of_part: &dyn Fn(FieldNo, FieldNo) -> bool) -> bool {
        match self {
            Content::Child(child) => {
                child.settle(is_said, of_part);
                child.always || !child.attributes.is_empty() || !child.content.is_empty()
            }
            Content::Text(items) | Content::Leaf(Leaf { items, .. }) => {
                items.retain_mut(|item| item.settle(is_said));
                !items.is_empty()
            }
            Content::Rows(field, row) => {
                let field = *field;
                // of tables within tables nobody knows it
                row.settle(&|part| of_part(field, part), &|_, _| true);
                is_said(field)
            }
            Content::Items(item, _) => item.settle(is_said),
            Content::Listings => true,
        }
    }
}

impl Item {
    /// Whether it may ever stand there. Conditions that nobody's word can change are forgotten.
    fn settle(&mut self, is_said: Said<'_>) -> bool {
        let is_unsaid = |slot: u32| !is_said(slot as usize);
        let mut may_be = is_said(self.field);
        self.chosen.retain(|(condition, wanted)| match condition.settled(&is_unsaid) {
            Some(holds) => {
                may_be &= holds == *wanted;
                false
            }
            None => true,
        });
        may_be
    }
}

/// Adds content; alternatives of one field stand together.
fn join(settled: &mut Vec<Content>, content: Content) {
    match (settled.last_mut(), content) {
        (Some(Content::Text(before)), Content::Text(mut items))
            if before.first().map(|item| item.field) == items.first().map(|item| item.field) =>
        {
            before.append(&mut items);
        }
        (_, content) => settled.push(content),
    }
}

/// Whoever comes to an alternative knows that those before it failed.
fn ask_once(items: &mut [Item]) {
    let mut asked = 0;
    for item in items {
        let own = item.chosen.iter().filter(|(_, wanted)| *wanted).count();
        if item.chosen.len() - own == asked {
            item.chosen.retain(|(_, wanted)| *wanted);
        }
        asked += own;
    }
}
