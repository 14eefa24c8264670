//! Nodes of listings that a shape does not know, counted while they are passed over: nobody reads them, but whoever
//! describes a channel wants to know that they are there.

use super::plan::{Node, NodeNo, Tree};
use crate::model::nearest;

/// Different nodes that are told apart in a block; in a document that has more, nobody would read the list.
const MOST: usize = 64;

/// A node that nobody knows, or an attribute.
#[derive(Debug, Clone, Copy)]
struct Stranger<'b> {
    /// The node in which it stands.
    within: NodeNo,
    name: &'b str,
    is_attribute: bool,
    count: u64,
    first: u64,
}

/// Those of the listings of a block.
#[derive(Debug, Default)]
pub struct Strangers<'b> {
    all: Vec<Stranger<'b>>,
    /// Where the listing at hand begins.
    pub(super) offset: u64,
}

/// Those of a document, by their paths in a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strange {
    /// `name/part`, `@attribute`.
    pub path: String,
    /// How many there are.
    pub count: u64,
    /// Where the first listing with one begins.
    pub first: u64,
}

impl<'b> Strangers<'b> {
    /// Counts one.
    #[cold]
    pub(super) fn note(&mut self, within: NodeNo, name: &'b str, is_attribute: bool) {
        let is_it = |one: &Stranger<'_>| one.within == within && one.is_attribute == is_attribute && one.name == name;
        match self.all.iter().position(is_it) {
            Some(at) => self.all.get_mut(at).into_iter().for_each(|known| known.count += 1),
            None if self.all.len() < MOST => {
                self.all.push(Stranger { within, name, is_attribute, count: 1, first: self.offset });
            }
            None => {}
        }
    }

    /// All of them with their paths.
    pub(super) fn told(&self, tree: &Tree) -> Vec<Strange> {
        let told = |one: &Stranger<'_>| {
            let mut path = tree.path(one.within);
            path.push(if one.is_attribute { format!("@{}", one.name) } else { one.name.to_owned() });
            Strange { path: path.join("/"), count: one.count, first: one.first }
        };
        self.all.iter().map(told).collect()
    }
}

impl Tree {
    /// Whether it has a node or an attribute at such a path, whatever tells the nodes on it from their brothers.
    pub fn knows(&self, path: &str) -> bool {
        let names: Vec<&str> = path.split('/').collect();
        self.has_below(0, &names)
    }

    fn has_below(&self, node: NodeNo, names: &[&str]) -> bool {
        let Some(node) = self.nodes.get(node) else { return false };
        match names {
            [] => true,
            [name] if name.starts_with('@') => node.has_attribute(name.trim_start_matches('@')),
            [name, rest @ ..] => node.children.iter().any(|child| {
                self.nodes.get(*child).is_some_and(|node| node.name == *name) && self.has_below(*child, rest)
            }),
        }
    }

    /// The name that was probably meant by one that stands where it is not known.
    pub fn nearest(&self, path: &str) -> Option<String> {
        let (within, name) = path.rsplit_once('/').unwrap_or(("", path));
        let mut node = self.nodes.first()?;
        for step in within.split('/').filter(|step| !step.is_empty()) {
            let mut children = node.children.iter().filter_map(|child| self.nodes.get(*child));
            node = children.find(|child| child.name == step)?;
        }
        if let Some(name) = name.strip_prefix('@') {
            return nearest(name, node.attributes.iter().map(|known| known.0.as_str())).map(|near| format!("@{near}"));
        }
        let children = node.children.iter().filter_map(|child| self.nodes.get(*child));
        nearest(name, children.map(|child| child.name.as_str())).map(str::to_owned)
    }

    /// The names that lead to a node.
    fn path(&self, node: NodeNo) -> Vec<String> {
        let mut names = Vec::new();
        let mut at = node;
        let parent = |of: NodeNo| self.nodes.iter().position(|node| node.children.contains(&of));
        while let (Some(node), Some(above)) = (self.nodes.get(at), parent(at)) {
            names.push(node.name.clone());
            at = above;
        }
        names.reverse();
        names
    }
}

impl Node {
    /// Whether it has an attribute, be it one that tells it from its brothers.
    fn has_attribute(&self, name: &str) -> bool {
        self.attributes.iter().any(|known| known.0 == name) || self.told_by.iter().any(|known| known.0 == name)
    }
}
