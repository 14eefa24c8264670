//! Finding a category by its words: all that have them, and the one that somebody most likely meant.

use std::collections::{BTreeMap, HashMap};

use super::Entry;

/// The words of a list, each with the entries that have it.
#[derive(Debug)]
pub(super) struct Words {
    by_word: BTreeMap<String, Vec<Place>>,
    /// Of each entry: how many words and levels it has.
    sizes: Vec<Size>,
}

#[derive(Debug, Clone, Copy)]
struct Place {
    entry: usize,
    /// The word stands in the last level, which says what the goods are.
    in_last: bool,
}

#[derive(Debug, Clone, Copy)]
struct Size {
    words: usize,
    levels: usize,
}

/// How well an entry has the words that are looked for; the greater, the better.
#[derive(Debug, Clone, Copy, Default)]
struct Fit {
    words: usize,
    in_last: usize,
    exact: usize,
}

impl Fit {
    fn add(&mut self, best: Fit) {
        self.words += 1;
        self.in_last += best.in_last;
        self.exact += best.exact;
    }

    /// What it weighs beside the words that the entry has and nobody looked for.
    fn weight(self, size: Size) -> isize {
        let found = 3 * self.words + 2 * self.in_last + self.exact;
        let rest = size.words.saturating_sub(self.words);
        isize::try_from(4 * found).unwrap_or(isize::MAX).saturating_sub_unsigned(rest)
    }
}

impl Words {
    /// The words of these entries.
    pub(super) fn new(entries: &[Entry]) -> Self {
        let mut by_word: BTreeMap<String, Vec<Place>> = BTreeMap::new();
        let mut sizes = Vec::with_capacity(entries.len());
        for (number, entry) in entries.iter().enumerate() {
            let last = entry.path.rfind(" > ").map_or(0, |at| at + 3);
            let mut count = 0;
            for (at, word) in words_of(&entry.path) {
                count += 1;
                by_word.entry(word).or_default().push(Place { entry: number, in_last: at >= last });
            }
            sizes.push(Size { words: count, levels: entry.path.matches(" > ").count() + 1 });
        }
        Words { by_word, sizes }
    }

    /// The entries that have all the words of a text, or words that begin so; the best first.
    pub(super) fn search(&self, text: &str) -> Vec<usize> {
        let wanted = distinct(text);
        let begins = |known: &str, word: &str| known.starts_with(word);
        let fits = self.fits(&wanted, &begins);
        let mut found: Vec<(usize, Fit)> = fits.into_iter().filter(|one| one.1.words == wanted.len()).collect();
        let rank = |(number, fit): &(usize, Fit)| {
            let levels = self.sizes.get(*number).map_or(0, |size| size.levels);
            (std::cmp::Reverse((fit.in_last, fit.exact)), levels, *number)
        };
        found.sort_by_key(rank);
        found.into_iter().map(|one| one.0).collect()
    }

    /// The entry that a text most likely means.
    pub(super) fn nearest(&self, text: &str) -> Option<usize> {
        let fits = self.fits(&distinct(text), &is_near);
        let weighed = fits
            .into_iter()
            .filter_map(|(number, fit)| Some((fit.weight(*self.sizes.get(number)?), std::cmp::Reverse(number))));
        weighed.max().map(|best| best.1.0)
    }

    /// The entries that have one of the words at least, and how well.
    fn fits(&self, wanted: &[String], is_meant: &dyn Fn(&str, &str) -> bool) -> HashMap<usize, Fit> {
        let mut fits: HashMap<usize, Fit> = HashMap::new();
        for word in wanted {
            let mut of_word: HashMap<usize, Fit> = HashMap::new();
            for (known, places) in self.by_word.iter().filter(|known| is_meant(known.0, word)) {
                let exact = usize::from(known == word);
                for place in places {
                    let best = of_word.entry(place.entry).or_default();
                    best.in_last = best.in_last.max(usize::from(place.in_last));
                    best.exact = best.exact.max(exact);
                }
            }
            of_word.into_iter().for_each(|(entry, best)| fits.entry(entry).or_default().add(best));
        }
        fits
    }
}

/// The words of a text in small letters, each with its place.
fn words_of(text: &str) -> impl Iterator<Item = (usize, String)> {
    let part = |letter: char| !(letter.is_alphanumeric() || letter == '\'');
    let words = text.split(part).filter(|word| !word.is_empty());
    words.map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word.to_lowercase()))
}

/// The words of a text, each once.
fn distinct(text: &str) -> Vec<String> {
    let mut words: Vec<String> = words_of(text).map(|word| word.1).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// Letters of a word from which on a slip or another ending leaves it recognisable.
const LONG_ENOUGH: usize = 4;

/// Whether two words are one with another ending, or with a slip.
fn is_near(known: &str, word: &str) -> bool {
    let letters = |text: &str| text.chars().count();
    let (one, other) = (letters(known), letters(word));
    known == word
        || one.min(other) >= LONG_ENOUGH
            && one.abs_diff(other) <= 3
            && (known.starts_with(word)
                || word.starts_with(known)
                || one.abs_diff(other) <= 1 && strsim::damerau_levenshtein(known, word) == 1)
}

#[cfg(test)]
mod tests {
    use super::super::{CategoryList, Origin};

    #[test]
    fn words_are_found_in_any_order_and_by_their_beginnings() {
        let list = CategoryList::new(Origin::Known, Vec::new());
        let first = |text: &str| list.search(text).first().map(|entry| entry.path.clone());
        assert_eq!(first("JACK coats"), first("coats & jackets"));
        assert!(first("coats jackets").is_some_and(|path| path.ends_with("> Coats & Jackets")));
        assert_eq!(first("5598"), first("coats jackets"));
        assert_eq!(first("dog").as_deref(), Some("Animals & Pet Supplies > Pet Supplies > Dog Supplies"));
        assert!(list.search("coats qqqq").is_empty() && list.search(" & ").is_empty());
    }

    #[test]
    fn the_nearest_is_found_by_words() {
        let list = CategoryList::new(Origin::Known, Vec::new());
        let nearest = |text: &str| list.nearest(text).map(|entry| entry.path.clone()).unwrap_or_default();
        for text in ["Apparel > Jackets", "Apparel & Accesories > Clothing > Outerwear > Coat & Jacket"] {
            assert!(nearest(text).ends_with("Outerwear > Coats & Jackets"), "{text}: {}", nearest(text));
        }
        assert_eq!(nearest("Електроніка"), "");
        assert_eq!(nearest("Apparel > Jackets"), nearest("Apparel > Jackets"), "known from the first time");
    }
}
