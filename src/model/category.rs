//! The merchant's tree of categories: what feeds list in their heads and what an
//! offer's `category` points into.

use hashbrown::DefaultHashBuilder;
use indexmap::IndexMap;

/// One category of the merchant's own tree.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Category {
    /// The id of the category that it belongs to.
    pub parent: Option<String>,
    /// What it is called, by language; the empty language is the shop's own.
    pub names: Vec<(String, String)>,
}

/// The tree, by id, in the order of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Categories {
    /// Category by id.
    pub by_id: IndexMap<String, Category, DefaultHashBuilder>,
}

/// Why categories make no tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TreeFault<'c> {
    /// The category lies in one that there is not.
    NoParent(&'c str),
    /// It lies in itself: all on the way round, from it to the one that was met again.
    Ring(Vec<&'c str>),
    /// It lies deeper than [`DEEPEST`] levels.
    TooDeep,
}

/// How many categories one may lie in: more than in any shop's tree.
pub const DEEPEST: usize = 64;

impl Category {
    /// Its name in a language, else in the shop's own, else in whichever there is.
    pub fn name(&self, language: &str) -> Option<&str> {
        let in_language = |wanted: &str| self.names.iter().find(|name| name.0 == wanted);
        in_language(language).or_else(|| in_language("")).or_else(|| self.names.first()).map(|name| name.1.as_str())
    }
}

impl Categories {
    /// The name of a category in a language; empty where it has none.
    pub fn name_of(&self, id: &str, language: &str) -> String {
        self.by_id.get(id).and_then(|category| category.name(language)).unwrap_or("").to_owned()
    }

    /// The names from the outermost to a category, `A > B > C`.
    pub fn path_of(&self, id: &str, language: &str) -> String {
        let names: Vec<String> = self.with_ancestors(id).iter().map(|id| self.name_of(id, language)).collect();
        names.join(" > ")
    }

    /// The first category that keeps them from being a tree. A parent that is missing is told where it is named, not
    /// at all that lie below.
    pub fn fault(&self) -> Option<(&str, TreeFault<'_>)> {
        self.by_id.iter().find_map(|(id, category)| Some((id.as_str(), self.fault_above(id, category)?)))
    }

    fn fault_above<'c>(&'c self, id: &'c str, category: &'c Category) -> Option<TreeFault<'c>> {
        let mut seen = vec![id];
        let mut next = category.parent.as_deref();
        while let Some(parent) = next {
            let Some(above) = self.by_id.get(parent) else {
                return (seen.len() == 1).then_some(TreeFault::NoParent(parent));
            };
            let is_ring = seen.contains(&parent);
            if !is_ring && seen.len() > DEEPEST {
                return Some(TreeFault::TooDeep);
            }
            seen.push(parent);
            if is_ring {
                return Some(TreeFault::Ring(seen));
            }
            next = above.parent.as_deref();
        }
        None
    }

    /// The ids of a category and of all that it lies in, the outermost first. A ring is cut where it closes.
    pub fn with_ancestors(&self, id: &str) -> Vec<&str> {
        let mut path: Vec<&str> = Vec::new();
        let mut next = Some(id);
        while let Some((key, category)) = next.and_then(|id| self.by_id.get_key_value(id)) {
            if path.contains(&key.as_str()) {
                break;
            }
            path.push(key);
            next = category.parent.as_deref();
        }
        path.reverse();
        path
    }
}

/// The least of the ids that are made of paths, and how many there are: fifteen digits, so that ids
/// of all paths are equally long and fit wherever whole numbers do.
const IDS_FROM: u64 = 100_000_000_000_000;
const IDS: u64 = 900_000_000_000_000;

/// The id of a category that is known by its path only: a fixed hash of it. The path has ` > `
/// between its levels.
pub fn category_id(path: &str) -> String {
    (IDS_FROM + xxhash_rust::xxh3::xxh3_64(path.as_bytes()) % IDS).to_string()
}
