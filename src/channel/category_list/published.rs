//! The list that is built in: goods of all kinds by number and English path, as the crate carries it, in tables
//! that are searched where they lie.

use known_categories::ProductCategory;

use super::{Entry, id_of};

/// No id of the list is higher; a test holds it to the list.
const HIGHEST_ID: u32 = 600_000;

/// Whether a text is an id or, to the letter, a path of it.
pub(super) fn has(text: &str) -> bool {
    find(text).is_some()
}

/// The path of an id, or of a path to the letter.
pub(super) fn path_of(text: &str) -> Option<&'static str> {
    find(text).map(|category| category.name())
}

fn find(text: &str) -> Option<ProductCategory> {
    match id_of(text) {
        Some(id) => ProductCategory::from_id(id).ok(),
        None => ProductCategory::from_name(text).ok(),
    }
}

/// All of it, by id. The crate has no list of its own, only ways to find.
pub(super) fn entries() -> Vec<Entry> {
    let found = (0..=HIGHEST_ID).filter_map(|id| ProductCategory::from_id(id).ok());
    let mut entries: Vec<Entry> =
        found.map(|category| Entry { id: Some(category.id()), path: category.name().to_owned() }).collect();
    entries.sort_by(|one, other| one.path.cmp(&other.path));
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_whole() {
        let entries = entries();
        assert_eq!(entries.len(), 5_582);
        let parents = entries.iter().filter_map(|entry| entry.path.rsplit_once(" > "));
        assert!(parents.map(|parent| parent.0).all(has), "whatever a category lies in is there too");
        assert_eq!(path_of("166"), Some("Apparel & Accessories"));
    }
}
