//! Which language a text is in, by letters that only one of them has.

/// A language and letters that tell it from the others here.
const LETTERS: [(&str, &str, &str); 3] =
    [("kk", "Kazakh", "әғқңөұүһӘҒҚҢӨҰҮҺ"), ("uk", "Ukrainian", "іїєґІЇЄҐ"), ("ru", "Russian", "ыэёъЫЭЁЪ")];

/// The language of one text: `kk`, `uk`, `ru`, `en` where all its letters are Latin; `None` where nothing tells.
pub(super) fn of_text(text: &str) -> Option<&'static str> {
    // Kazakh has і and ы too, so its own letters go first
    if let Some(found) = LETTERS.iter().find(|language| text.contains(|letter| language.2.contains(letter))) {
        return Some(found.0);
    }
    let has_letters = text.chars().any(char::is_alphabetic);
    (has_letters && text.is_ascii()).then_some("en")
}

/// Its name for people.
pub(super) fn name(language: &str) -> &'static str {
    LETTERS.iter().find(|known| known.0 == language).map_or("Latin", |known| known.1)
}

/// The languages of many texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tally {
    counts: Vec<(&'static str, usize)>,
}

impl Tally {
    pub(super) fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Tally {
        let mut tally = Tally::default();
        for language in texts.filter_map(of_text) {
            match tally.counts.iter_mut().find(|count| count.0 == language) {
                Some(count) => count.1 += 1,
                None => tally.counts.push((language, 1)),
            }
        }
        // names of makers stand in every language
        if tally.counts.iter().any(|count| count.0 != "en" && count.1 * 4 >= tally.of_language("en")) {
            tally.counts.retain(|count| count.0 != "en");
        }
        tally.counts.sort_by_key(|count| std::cmp::Reverse(count.1));
        tally
    }

    fn of_language(&self, language: &str) -> usize {
        self.counts.iter().find(|count| count.0 == language).map_or(0, |count| count.1)
    }

    pub(super) fn has(&self, language: &str) -> bool {
        self.of_language(language) > 0
    }

    /// The language of most of them, and whether a good part of them is in another one.
    pub(super) fn most(&self) -> Option<(&'static str, bool)> {
        let (language, count) = *self.counts.first()?;
        let others: usize = self.counts.iter().skip(1).map(|other| other.1).sum();
        Some((language, others * 5 > count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_tell_languages() {
        assert_eq!(of_text("Електричний чайник, їдальня"), Some("uk"));
        assert_eq!(of_text("Электрический чайник"), Some("ru"));
        assert_eq!(of_text("Электр шәйнек"), Some("kk"));
        assert_eq!(of_text("Kettle 1.7"), Some("en"));
        assert_eq!(of_text("Чашка"), None);
        assert_eq!(of_text("1,7"), None);
    }

    #[test]
    fn most_texts_decide() {
        let tally = |texts: &[&str]| Tally::of(texts.iter().copied()).most();
        assert_eq!(tally(&["Лійка біла", "Чашка", "Bosch X"]), Some(("uk", false)));
        assert_eq!(tally(&["Лійка біла", "Чайник чёрный"]).map(|most| most.1), Some(true));
        assert_eq!(tally(&["Чашка"]), None);
    }
}
