//! The merchant's tree of categories: from a file of its own, or put together from the
//! paths that the offers say.

mod file;
mod paths;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use crate::finding::Found;
use crate::model::Categories;
use crate::wire::input::Input;

pub(super) use paths::{NewPath, Paths, SeenPaths};

pub use crate::model::category_id;

/// The levels of a path from the outermost on: the path up to and with each level, and its name.
pub fn category_levels(path: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut start = 0;
    let ends = path.match_indices(" > ").map(|found| found.0).chain(std::iter::once(path.len()));
    ends.map(move |end| {
        let name = path.get(start..end).unwrap_or("");
        start = end + 3;
        (path.get(..end).unwrap_or(""), name)
    })
}

/// A tree that was read from a file.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) categories: Categories,
    /// Ids by path, in every language in which all levels have a name.
    by_path: HashMap<String, String>,
    /// Its cells that held characters which no feed may carry.
    pub(super) unwritable: Vec<Found>,
    /// Where they stand; `None` of a text that was no file.
    pub(super) input: Option<Input>,
}

impl Tree {
    /// The tree with its paths.
    pub(super) fn new(categories: Categories, unwritable: Vec<Found>) -> Self {
        let mut by_path = HashMap::new();
        for id in categories.by_id.keys() {
            let levels = categories.with_ancestors(id);
            let named = levels.last().and_then(|last| categories.by_id.get(*last));
            for (language, _) in named.map(|category| category.names.as_slice()).unwrap_or_default() {
                let names = levels.iter().filter_map(|level| categories.by_id.get(*level)?.name(language));
                let path = names.collect::<Vec<_>>().join(" > ");
                by_path.entry(path).or_insert_with(|| id.clone());
            }
        }
        Tree { categories, by_path, unwritable, input: None }
    }

    /// The id that a cell means: an id, or a path of names.
    pub(super) fn find(&self, text: &str) -> Option<&str> {
        if let Some((id, _)) = self.categories.by_id.get_key_value(text) {
            return Some(id);
        }
        if let Some(id) = self.by_path.get(text) {
            return Some(id);
        }
        let spelled = text.split('>').map(str::trim).collect::<Vec<_>>().join(" > ");
        self.by_path.get(&spelled).map(String::as_str)
    }
}
