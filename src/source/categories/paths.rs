//! The tree that offers' paths make: noted while they stream by, each path once.

use std::collections::HashMap;

use super::{category_id, category_levels};
use crate::finding::{Found, Known, Refusal, Sink};
use crate::model::{Categories, Category};

/// A path that one thread has met for the first time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::source) struct NewPath {
    pub(in crate::source) path: String,
    /// The id that stands beside it; `None` where it follows from the path.
    pub(in crate::source) id: Option<String>,
    /// The offer that says it.
    pub(in crate::source) offset: u64,
    pub(in crate::source) sku: String,
}

/// The paths that one thread has met. A thread's blocks come in the order of the file, so whoever
/// meets a path first of all reports it there, however the blocks are shared out.
#[derive(Debug, Default)]
pub(in crate::source) struct SeenPaths(hashbrown::HashSet<(u64, u64)>);

impl SeenPaths {
    /// Whether this thread meets the path with this id for the first time.
    pub(in crate::source) fn is_new(&mut self, path: &str, id: Option<&str>) -> bool {
        let hash = |text: &str| xxhash_rust::xxh3::xxh3_64(text.as_bytes());
        self.0.insert((hash(path), id.map_or(0, hash)))
    }
}

/// All paths of a master, in the order of their first offers.
#[derive(Debug, Default)]
pub(in crate::source) struct Paths {
    in_order: Vec<NewPath>,
    /// By path: the ids that stand beside it.
    ids: HashMap<String, Vec<Option<String>>>,
}

impl Paths {
    /// Takes paths over from a block.
    pub(in crate::source) fn add(&mut self, paths: Vec<NewPath>) {
        for new in paths {
            let ids = self.ids.entry(new.path.clone()).or_default();
            if !ids.contains(&new.id) {
                ids.push(new.id.clone());
                self.in_order.push(new);
            }
        }
    }

    /// The tree: every level of every path, parents before children. An id that stands beside two paths
    /// keeps the first, and a finding says so.
    pub(in crate::source) fn into_categories(self, shown_as: &str, sink: &mut Sink) -> Result<Categories, Refusal> {
        let mut tree = Growing::default();
        for new in &self.in_order {
            let mut parent = None;
            for (path, name) in category_levels(&new.path) {
                let (id, given) = self.id_of(path, new);
                match tree.path_of.get(&id) {
                    Some(other) if other != path && given => tell(new, &id, other, sink),
                    Some(other) if other != path => return Err(same_id(shown_as, &id, other, path)),
                    Some(_) => {}
                    None => tree.add(&id, path, name, parent),
                }
                parent = Some(id);
            }
        }
        Ok(tree.categories)
    }

    /// The id of a level, and whether an offer says it.
    fn id_of(&self, path: &str, new: &NewPath) -> (String, bool) {
        let own = if path == new.path { Some(&new.id) } else { self.ids.get(path).and_then(|ids| ids.first()) };
        match own {
            Some(Some(id)) => (id.clone(), true),
            _ => (category_id(path), false),
        }
    }
}

/// A tree that is being put together.
#[derive(Debug, Default)]
struct Growing {
    categories: Categories,
    path_of: HashMap<String, String>,
}

impl Growing {
    fn add(&mut self, id: &str, path: &str, name: &str, parent: Option<String>) {
        self.path_of.insert(id.to_owned(), path.to_owned());
        let names = vec![(String::new(), name.to_owned())];
        self.categories.by_id.insert(id.to_owned(), Category { parent, names });
    }
}

fn tell(new: &NewPath, id: &str, other: &str, sink: &mut Sink) {
    sink.add(Known::CategoryPaths.into(), || Found {
        offset: new.offset,
        key: new.sku.clone(),
        field: "category_path".to_owned(),
        message: format!("category {id} is «{}» here, and «{other}» before", new.path),
    });
}

fn same_id(shown_as: &str, id: &str, one: &str, other: &str) -> Refusal {
    let what = format!("two paths of categories make the same id {id}: «{one}» and «{other}»");
    Refusal::whole(shown_as, what, "change one of the names a little, or give categories ids of their own")
}
