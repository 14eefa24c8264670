//! Lists of categories that channels publish: an id and a full path each. One is built in; a merchant's
//! own file adds to it, or stands alone. Nothing is put in order before somebody asks for what is not there.

mod file;
mod published;
mod words;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

pub use file::read;

/// One category of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its id; a list may have paths only.
    pub id: Option<u32>,
    /// The names from the outermost on, with ` > ` between them.
    pub path: String,
}

/// Where a list comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The list that is built in, and what a file of the merchant's adds to it.
    Known,
    /// The merchant's file alone.
    Own,
}

impl Origin {
    /// The origins by name.
    pub const ALL: [(&'static str, Origin); 2] = [("known", Origin::Known), ("own", Origin::Own)];
}

/// A list of categories.
#[derive(Debug)]
pub struct CategoryList {
    origin: Origin,
    /// What the merchant's file says.
    given: Vec<Entry>,
    /// All of it in order; made when it is first asked for.
    ordered: OnceLock<Ordered>,
    /// Texts that are not in the list, with the nearest that is: the same ones come again and again.
    nearest: Mutex<HashMap<String, Option<usize>>>,
}

/// The whole list, to be looked through.
#[derive(Debug)]
struct Ordered {
    entries: Vec<Entry>,
    by_id: HashMap<u32, usize>,
    /// By path as paths are compared.
    by_path: HashMap<String, usize>,
    words: words::Words,
}

impl Entry {
    /// The entry as it is shown: `5598 «Apparel & Accessories > …»`.
    pub fn shown(&self) -> String {
        match self.id {
            Some(id) => format!("{id} «{}»", self.path),
            None => format!("«{}»", self.path),
        }
    }
}

impl CategoryList {
    /// A list with what a file of the merchant's says.
    pub fn new(origin: Origin, given: Vec<Entry>) -> Arc<Self> {
        Arc::new(CategoryList { origin, given, ordered: OnceLock::new(), nearest: Mutex::default() })
    }

    /// The same with what a file of the merchant's says.
    pub fn with(&self, given: Vec<Entry>) -> Arc<Self> {
        Self::new(self.origin, given)
    }

    /// Whether there is nothing in it: it is the merchant's own, and no file was named.
    pub fn is_empty(&self) -> bool {
        self.origin == Origin::Own && self.given.is_empty()
    }

    /// All entries: those of the merchant's file, then those that are built in.
    pub fn entries(&self) -> &[Entry] {
        &self.ordered().entries
    }

    /// Whether a text is an id or a full path of it; case and the blanks around `>` aside.
    pub fn has(&self, text: &str) -> bool {
        let is_published = self.origin == Origin::Known && published::has(text.trim());
        is_published || self.position(text).is_some()
    }

    /// The path of an id or a path, as the list writes it.
    pub fn path_of(&self, text: &str) -> Option<&str> {
        let published =
            if self.given.is_empty() && self.origin == Origin::Known { published::path_of(text.trim()) } else { None };
        published.or_else(|| Some(self.entries().get(self.position(text)?)?.path.as_str()))
    }

    /// Whether the category of an id or path is that of another, or lies in it.
    pub fn lies_in(&self, text: &str, outer: &str) -> bool {
        let (Some(path), Some(outer)) = (self.path_of(text), self.path_of(outer)) else { return false };
        path.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with(" > "))
    }

    /// The entry that was most likely meant, by its words.
    pub fn nearest(&self, text: &str) -> Option<&Entry> {
        let ordered = self.ordered();
        let find = || ordered.words.nearest(text);
        let number = match self.nearest.lock() {
            Ok(mut known) => match known.get(text) {
                Some(found) => *found,
                None => *known.entry(text.to_owned()).or_insert_with(find),
            },
            // another thread died while it wrote; what it knew can be found again
            Err(_) => find(),
        };
        ordered.entries.get(number?)
    }

    /// The entries that have all these words, or words that begin so; the best first. A number is an id.
    pub fn search(&self, text: &str) -> Vec<&Entry> {
        let ordered = self.ordered();
        let of_id = text.trim().parse().ok().and_then(|id: u32| ordered.by_id.get(&id).copied());
        let numbers = of_id.map_or_else(|| ordered.words.search(text), |number| vec![number]);
        numbers.into_iter().filter_map(|number| ordered.entries.get(number)).collect()
    }

    fn position(&self, text: &str) -> Option<usize> {
        let ordered = self.ordered();
        match id_of(text.trim()) {
            Some(id) => ordered.by_id.get(&id).copied(),
            None => ordered.by_path.get(&compared(text)).copied(),
        }
    }

    fn ordered(&self) -> &Ordered {
        self.ordered.get_or_init(|| {
            let known = if self.origin == Origin::Known { published::entries() } else { Vec::new() };
            Ordered::new(self.given.iter().cloned().chain(known))
        })
    }
}

impl Ordered {
    fn new(all: impl Iterator<Item = Entry>) -> Self {
        let (mut entries, mut by_id, mut by_path) = (Vec::new(), HashMap::new(), HashMap::new());
        for entry in all {
            let path = compared(&entry.path);
            let is_known = by_path.contains_key(&path);
            let number = entries.len();
            // an id or path that the merchant's file has too is its own
            let has_new_id = entry.id.is_some_and(|id| !by_id.contains_key(&id));
            let of_path = by_path.entry(path).or_insert(number);
            if let (true, Some(id)) = (has_new_id, entry.id) {
                by_id.insert(id, *of_path);
            }
            match entries.get_mut(*of_path) {
                Some(Entry { id, .. }) if is_known => *id = id.or(entry.id),
                _ => entries.push(entry),
            }
        }
        let words = words::Words::new(&entries);
        Ordered { entries, by_id, by_path, words }
    }
}

/// The id that a text is, where it is one.
fn id_of(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

/// A path as paths are compared.
fn compared(path: &str) -> String {
    written(path).to_lowercase()
}

/// A path as it is written: one blank around each `>` and between words.
fn written(path: &str) -> String {
    let levels = path.split('>').map(|level| level.split_whitespace().collect::<Vec<_>>().join(" "));
    levels.collect::<Vec<_>>().join(" > ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(paths: &[&str]) -> Arc<CategoryList> {
        let entry = |(number, path): (usize, &&str)| Entry { id: Some(number as u32 + 1), path: (*path).to_owned() };
        CategoryList::new(Origin::Own, paths.iter().enumerate().map(entry).collect())
    }

    #[test]
    fn ids_and_paths_are_in_the_list() {
        let known = CategoryList::new(Origin::Known, Vec::new());
        for text in ["1", " 5598 ", "Animals & Pet Supplies", "apparel & accessories>CLOTHING", "543703"] {
            assert!(known.has(text), "{text}");
        }
        for text in ["", "0", "99999999999", "Clothing", "Apparel & Accessories > Clothing > ", "1 - Animals"] {
            assert!(!known.has(text), "{text}");
        }
        assert!(!known.is_empty() && CategoryList::new(Origin::Own, Vec::new()).is_empty());
    }

    #[test]
    fn a_file_adds_to_the_list_that_is_built_in() {
        let newer = vec![
            Entry { id: Some(900_001), path: "Animals & Pet Supplies > Robots".into() },
            Entry { id: Some(1), path: "Тварини".into() },
        ];
        let list = CategoryList::new(Origin::Known, newer);
        for text in ["900001", "animals & pet supplies > robots", "тварини", "Animals & Pet Supplies", "2"] {
            assert!(list.has(text), "{text}");
        }
        assert_eq!(list.path_of("1"), Some("Тварини"), "the merchant's copy goes first");
        assert_eq!(list.entries().iter().filter(|entry| entry.path == "Тварини").count(), 1);
    }

    #[test]
    fn what_lies_in_a_category_does_so_by_its_levels() {
        let list = own(&["Одяг", "Одяг > Куртки", "Одяг та взуття"]);
        assert!(list.lies_in("2", "1") && list.lies_in("одяг>куртки", "1") && list.lies_in("1", "1"));
        assert!(!list.lies_in("3", "1") && !list.lies_in("1", "2") && !list.lies_in("7", "1"));
    }
}
