//! Building the tree that is written from a shape's rows: nodes that share a parent
//! stand together in it, alternatives beside one another.

use crate::model::Kind;
use crate::wire::xml::write;

use super::super::description::{Field, FieldNo, Row, Shape};
use super::super::path::{Path, Step};
use super::nodes::{Attribute, Content, Element, NodesPlan};
use super::{IsSaid, Item, WriteProblem};

impl NodesPlan {
    /// Compiles the rows of a shape.
    pub fn new(
        shape: &Shape,
        head: &[Field],
        fields: &[Field],
        is_said: IsSaid<'_>,
    ) -> Result<NodesPlan, WriteProblem> {
        let steps = &shape.listings.path.steps;
        let problem = |what: &str| WriteProblem { path: shape.listings.path.text.clone(), what: what.into() };
        let (Some(root), Some(last)) = (steps.first(), steps.last()) else {
            return Err(problem("a path from the root to the repeating node is expected"));
        };
        if steps.len() < 2 {
            return Err(problem("the repeating node must lie inside of a root"));
        }
        let mut document = Element::new(root);
        for (prefix, addresses) in &shape.namespaces {
            document.declare(prefix, addresses.first().map_or("", String::as_str));
        }
        for (field, rows) in &shape.head {
            add_field(&mut document, head, *field, rows)?;
        }
        document.always = true;
        let parent = steps.get(1..steps.len() - 1).unwrap_or(&[]);
        document.descend_always(parent).content.push(Content::Listings);
        let mut listing = Element::new(last);
        for (field, rows) in &shape.at {
            add_field(&mut listing, fields, *field, rows)?;
        }
        document.indent(0, shape.indent);
        listing.indent(steps.len() - 1, shape.indent);
        listing.settle(&|field| is_said(field, None), &|field, part| is_said(field, Some(part)));
        Ok(NodesPlan { document, listing })
    }
}

/// Adds all alternatives of one field.
fn add_field(element: &mut Element, fields: &[Field], field: FieldNo, rows: &[Row]) -> Result<(), WriteProblem> {
    for (row, item) in Item::alternatives(fields, field, rows) {
        add_row(element, fields, row, item)?;
    }
    Ok(())
}

fn add_row(element: &mut Element, fields: &[Field], row: &Row, item: Item) -> Result<(), WriteProblem> {
    let Some(meaning) = fields.get(item.field) else { return Ok(()) };
    let path = &row.path;
    if meaning.kind == Kind::Table {
        let (parent, mut node) = repeated(element, path)?;
        for (inner, rows) in &row.at {
            add_field(&mut node, &meaning.fields, *inner, rows)?;
        }
        parent.content.push(Content::Rows(item.field, node));
        return Ok(());
    }
    if let Some(name) = &path.attribute {
        let node = element.descend(&path.steps);
        node.attributes.push(Attribute { lead: format!(" {name}=\""), item });
        return Ok(());
    }
    if meaning.kind == Kind::List && item.spelling.join.is_none() {
        let (parent, node) = repeated(element, path)?;
        parent.content.push(Content::Items(Box::new(item), node));
        return Ok(());
    }
    // one that has a place of its own is a leaf; `.` is the text of the node at hand
    match path.steps.split_last() {
        None => element.content.push(Content::Text(vec![item])),
        Some((last, before)) => {
            let mut leaf = Element::new(last);
            leaf.content.push(Content::Text(vec![item]));
            let parent = element.descend(before);
            match parent.child(last) {
                // alternatives share their node
                Some(existing) => existing.content.extend(leaf.content),
                None => parent.content.push(Content::Child(leaf)),
            }
        }
    }
    Ok(())
}

/// The parent of a repeating node, and the node.
fn repeated<'e>(element: &'e mut Element, path: &Path) -> Result<(&'e mut Element, Element), WriteProblem> {
    match path.steps.split_last() {
        Some((last, before)) if path.attribute.is_none() => Ok((element.descend(before), Element::new(last))),
        _ => Err(WriteProblem { path: path.text.clone(), what: "a node per item is expected: an element".into() }),
    }
}

impl Element {
    fn new(step: &Step) -> Self {
        let mut open = format!("<{}", step.name);
        for (name, value) in &step.told_by {
            let mut escaped = Vec::new();
            write::attribute(&mut escaped, value);
            open.push_str(&format!(" {name}=\"{}\"", String::from_utf8_lossy(&escaped)));
        }
        Element { name: step.name.clone(), told_by: step.told_by.clone(), open, ..Element::default() }
    }

    /// Adds what a prefix stands for to the start tag.
    fn declare(&mut self, prefix: &str, address: &str) {
        let mut escaped = Vec::new();
        write::attribute(&mut escaped, address);
        let name = if prefix.is_empty() { "xmlns".to_owned() } else { format!("xmlns:{prefix}") };
        self.open.push_str(&format!(" {name}=\"{}\"", String::from_utf8_lossy(&escaped)));
    }

    fn child(&mut self, step: &Step) -> Option<&mut Element> {
        self.content.iter_mut().rev().find_map(|content| match content {
            Content::Child(child) if child.name == step.name && child.told_by == step.told_by => Some(child),
            _ => None,
        })
    }

    /// The element at the end of some steps, made where it is not there.
    fn descend(&mut self, steps: &[Step]) -> &mut Element {
        let Some((first, rest)) = steps.split_first() else { return self };
        if self.child(first).is_none() {
            self.content.push(Content::Child(Element::new(first)));
        }
        // it was there or has just been pushed, and the borrow checker wants it looked up once more
        match self.content.iter_mut().rev().find_map(|content| match content {
            Content::Child(child) if child.name == first.name && child.told_by == first.told_by => Some(child),
            _ => None,
        }) {
            Some(child) => child.descend(rest),
            #[allow(clippy::unreachable)]
            None => unreachable!("the child was pushed above"),
        }
    }

    fn descend_always(&mut self, steps: &[Step]) -> &mut Element {
        let Some((first, rest)) = steps.split_first() else { return self };
        let child = self.descend(std::slice::from_ref(first));
        child.always = true;
        child.descend_always(rest)
    }

    /// Writes line breaks and blanks into the prepared pieces, from this depth on.
    fn indent(&mut self, depth: usize, indent: Option<usize>) {
        let Some(width) = indent else { return };
        let lead = format!("\n{}", " ".repeat(depth * width));
        self.open.insert_str(0, &lead);
        self.close_indent = lead;
        for content in &mut self.content {
            match content {
                Content::Child(child) | Content::Rows(_, child) | Content::Items(_, child) => {
                    child.indent(depth + 1, indent)
                }
                Content::Text(_) | Content::Leaf(_) | Content::Listings => {}
            }
        }
    }
}
