//! What listings have in common: the brand or category that covers a group of
//! changes is usually the reason for it.

use std::collections::HashMap;

use super::Change;

/// The brands and categories of some changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Traits<'c> {
    /// How many there are in all.
    pub count: usize,
    /// Their brands.
    pub brand: Shared<'c>,
    /// Their categories.
    pub category: Shared<'c>,
}

/// One trait over some changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shared<'c> {
    /// The most frequent value; empty where no listing says.
    pub top: &'c str,
    /// How many have it.
    pub top_count: usize,
    /// How many different values there are.
    pub distinct: usize,
}

impl<'c> Traits<'c> {
    /// The trait that covers all of them, by its name and value: the brand, else the category.
    pub fn cover(&self) -> Option<(&'static str, &'c str)> {
        [("brand", &self.brand), ("category", &self.category)]
            .into_iter()
            .find(|(_, shared)| shared.top_count == self.count && self.count > 0)
            .map(|(name, shared)| (name, shared.top))
    }
}

/// The brands and categories of some changes.
pub fn traits<'c>(changes: &[&'c Change]) -> Traits<'c> {
    Traits {
        count: changes.len(),
        brand: shared(changes.iter().map(|change| change.brand.as_str())),
        category: shared(changes.iter().map(|change| change.category.as_str())),
    }
}

fn shared<'c>(values: impl Iterator<Item = &'c str>) -> Shared<'c> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for value in values.filter(|value| !value.is_empty()) {
        *counts.entry(value).or_default() += 1;
    }
    let distinct = counts.len();
    // of two that are equally frequent the first by name, so that the order of the table does not show
    let top = counts.into_iter().max_by(|one, other| one.1.cmp(&other.1).then_with(|| other.0.cmp(one.0)));
    let (top, top_count) = top.unwrap_or_default();
    Shared { top, top_count, distinct }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::ChangeKind;

    fn made_by(brand: &str, category: &str) -> Change {
        Change { brand: brand.into(), category: category.into(), ..Change::new(ChangeKind::Create, "K") }
    }

    #[test]
    fn a_trait_covers_only_if_all_have_it() {
        let changes = [made_by("Karpaty", "1"), made_by("Karpaty", "2"), made_by("", "2")];
        let all: Vec<&Change> = changes.iter().collect();
        let found = traits(&all);
        assert_eq!(found.cover(), None);
        assert_eq!((found.brand.top, found.brand.top_count, found.brand.distinct), ("Karpaty", 2, 1));
        assert_eq!(traits(&all[..2]).cover(), Some(("brand", "Karpaty")));
        assert_eq!(traits(&all[1..]).cover(), Some(("category", "2")));
        assert_eq!(traits(&[]).cover(), None);
    }
}
