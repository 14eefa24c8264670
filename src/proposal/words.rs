//! What a header says: the field that its words stand for, and beside it a language, a currency, a unit, a place.

use std::sync::LazyLock;

use crate::model::Unit;
use crate::model::amount::{currency_word, unit_word};

/// All words, by what they stand for.
const TEXT: &str = include_str!("header_words.txt");
/// What a column that is none of an offer's fields stands for.
pub(super) const NOTHING: &str = "-";
const LANGUAGE: &str = "@language.";
const NOISE: &str = "@noise";

/// Words that stand for something.
struct Phrase {
    meaning: &'static str,
    words: Vec<&'static str>,
    /// It means so only where no other words stand beside it.
    is_whole: bool,
}

static PHRASES: LazyLock<Vec<Phrase>> = LazyLock::new(|| {
    let lines = TEXT.lines().filter(|line| !line.starts_with('#'));
    let meanings = lines.filter_map(|line| line.split_once(':'));
    let phrases =
        meanings.flat_map(|(meaning, phrases)| phrases.split('|').map(move |phrase| (meaning.trim(), phrase)));
    phrases
        .map(|(meaning, phrase)| {
            let (phrase, is_whole) = phrase.trim().strip_prefix('=').map_or((phrase, false), |phrase| (phrase, true));
            Phrase { meaning, words: phrase.split_whitespace().collect(), is_whole }
        })
        .collect()
});

/// What a header says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Heading {
    /// A field, a role that begins with `@`, or [`NOTHING`].
    pub(super) meaning: Option<&'static str>,
    /// Words that are left over: the place of a stock, or what makes the meaning unsure.
    pub(super) rest: Vec<String>,
    /// The language that it names.
    pub(super) language: Option<&'static str>,
    /// The currency that it names.
    pub(super) currency: Option<Unit>,
    /// The unit of measure that it names.
    pub(super) unit: Option<Unit>,
}

impl Heading {
    /// Reads a header.
    pub(super) fn of(title: &str) -> Heading {
        let mut words = words_of(title);
        let whole = best(&words, |meaning| meaning != NOISE);
        if whole
            .as_ref()
            .is_some_and(|(phrase, _)| phrase.words.len() == words.len() && !phrase.meaning.starts_with(LANGUAGE))
        {
            return Heading { meaning: whole.map(|found| found.0.meaning), ..Heading::default() };
        }
        let mut heading = Heading::default();
        let last = words.len().saturating_sub(1);
        let mut at = 0..;
        words.retain(|word| !heading.takes(word, at.next() == Some(last)));
        if let Some((phrase, used)) = best(&words, |meaning| meaning != NOISE && !meaning.starts_with(LANGUAGE)) {
            heading.meaning = Some(phrase.meaning);
            heading.rest = (0..).zip(words).filter(|word| !used.contains(&word.0)).map(|word| word.1).collect();
            heading.rest.retain(|word| !is_noise(word));
        }
        heading
    }

    /// Whether the words say what they say and nothing else.
    pub(super) fn is_exact(&self) -> bool {
        self.meaning.is_some() && self.rest.is_empty()
    }

    /// Takes in a word that is said beside the name; a unit is said behind it.
    fn takes(&mut self, word: &str, is_last: bool) -> bool {
        let mut of_language = PHRASES.iter().filter(|phrase| phrase.meaning.starts_with(LANGUAGE));
        let language = of_language.find(|phrase| matches!(phrase.words.as_slice(), [one] if fits(one, word)));
        if let Some(language) = language.and_then(|phrase| phrase.meaning.strip_prefix(LANGUAGE)) {
            self.language = self.language.or(Some(language));
            return true;
        }
        if let Some(currency) = currency_word(word) {
            self.currency = Some(currency);
            return true;
        }
        // letters that are units stand in names too: `Ціна т` is no price of a ton
        let unit = unit_word(word).filter(|unit| is_last && (unit.is_of_measure() || word.chars().count() > 1));
        self.unit = self.unit.or(unit);
        unit.is_some()
    }
}

/// Whether a word beside a name says nothing more.
fn is_noise(word: &str) -> bool {
    PHRASES.iter().any(|phrase| phrase.meaning == NOISE && phrase.words == [word])
}

/// Whether columns are called so.
pub(super) fn is_name(title: &str) -> bool {
    let heading = Heading::of(title);
    let words = words_of(title).len();
    heading.meaning.is_some() && words <= 6 && heading.rest.len() * 2 <= words && !title.contains("://")
}

/// The phrase that says most of these words, and which of them it uses.
fn best(words: &[String], may: impl Fn(&str) -> bool) -> Option<(&'static Phrase, Vec<usize>)> {
    let mut found: Option<(&'static Phrase, Vec<usize>)> = None;
    for phrase in PHRASES.iter().filter(|phrase| may(phrase.meaning) && phrase.words.len() <= words.len()) {
        let mut used = Vec::new();
        let all = phrase.words.iter().all(|wanted| {
            let at = (0..).zip(words).find(|(at, word)| !used.contains(at) && fits(wanted, word)).map(|found| found.0);
            used.extend(at);
            at.is_some()
        });
        let is_alone = || (0..).zip(words).all(|(at, word)| used.contains(&at) || is_noise(word));
        if all
            && (!phrase.is_whole || is_alone())
            && found.as_ref().is_none_or(|found| found.0.words.len() < phrase.words.len())
        {
            found = Some((phrase, used));
        }
    }
    found
}

fn fits(wanted: &str, word: &str) -> bool {
    match wanted.strip_suffix('*') {
        Some(stem) => word.starts_with(stem),
        None => wanted == word,
    }
}

/// The words of a header in small letters; what stands between them does not matter, nor do apostrophes.
fn words_of(title: &str) -> Vec<String> {
    let mut spaced = String::new();
    let mut before = ' ';
    for letter in title.chars().filter(|letter| !matches!(letter, '\'' | '’' | 'ʼ' | '`')) {
        // `imageLink` is two words, `SKU` is one
        if before.is_lowercase() && letter.is_uppercase() {
            spaced.push(' ');
        }
        let is_sign = matches!(letter, '$' | '€' | '₴' | '₸' | '£' | '№');
        match letter {
            _ if is_sign => spaced.extend([' ', letter, ' ']),
            _ if letter.is_alphanumeric() => {
                spaced.extend(letter.to_lowercase().map(|letter| if letter == 'ё' { 'е' } else { letter }))
            }
            _ => spaced.push(' '),
        }
        before = letter;
    }
    spaced.split_whitespace().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::offer::offer_field;

    fn meaning(title: &str) -> &'static str {
        Heading::of(title).meaning.unwrap_or("?")
    }

    #[test]
    fn every_meaning_is_a_field_or_a_role() {
        for phrase in PHRASES.iter() {
            let is_role = ["@key.", "@price.", "@unit.", "@stock.", "@publish", "@language.", NOISE]
                .iter()
                .any(|role| phrase.meaning.starts_with(role));
            assert!(
                is_role || phrase.meaning == NOTHING || offer_field(phrase.meaning).is_some(),
                "{}",
                phrase.meaning
            );
            assert!(!phrase.words.is_empty(), "{}", phrase.meaning);
        }
    }

    #[test]
    fn no_phrase_stands_for_two_things() {
        let mut seen: Vec<Vec<&str>> = Vec::new();
        for phrase in PHRASES.iter().filter(|phrase| phrase.meaning != NOISE) {
            let mut words = phrase.words.clone();
            words.sort_unstable();
            assert!(!seen.contains(&words), "{} {words:?}", phrase.meaning);
            seen.push(words);
        }
    }

    #[test]
    fn headers_say_their_field_and_more() {
        assert_eq!(meaning("Ціна, грн"), "price");
        assert_eq!(Heading::of("Ціна, грн").currency, Unit::new("UAH"));
        assert_eq!(meaning("Ціна закупівельна, грн"), "cost");
        assert_eq!(meaning("Роздрібна ціна"), "@price.retail");
        assert_eq!(meaning("Price (tax excl.)"), "@price.net");
        assert_eq!(meaning("imageLink"), "pictures");
        assert_eq!(meaning("Опис_укр"), "description");
        assert_eq!(Heading::of("name(uk-ua)").language, Some("uk"));
        assert_eq!(Heading::of("Склад Львів").rest, ["львів"]);
        assert_eq!(Heading::of("Вага, кг").unit, Unit::new("kg"));
        assert!(!Heading::of("Ціна 2").is_exact() && Heading::of("Ціна").is_exact());
        assert_eq!(meaning("В наявності?"), "availability");
        assert!(!is_name("Термокружка сталева 450 мл, синя") && is_name("Артикул"));
    }
}
