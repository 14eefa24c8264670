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
