//! A text as part of an address: small letters, digits and single hyphens. Cyrillic
//! goes to Latin letters by the Ukrainian passport table (decree 55 of 2010), with
//! the letters of Russian, Belarusian and Kazakh that it lacks.

use std::str::Chars;

/// Letters that are written with others; the second spelling is that inside of a word.
const LETTERS: [(char, &str, &str); 50] = [
    ('а', "a", "a"),
    ('б', "b", "b"),
    ('в', "v", "v"),
    ('г', "h", "h"),
    ('ґ', "g", "g"),
    ('д', "d", "d"),
    ('е', "e", "e"),
    ('є', "ye", "ie"),
    ('ж', "zh", "zh"),
    ('з', "z", "z"),
    ('и', "y", "y"),
    ('і', "i", "i"),
    ('ї', "yi", "i"),
    ('й', "y", "i"),
    ('к', "k", "k"),
    ('л', "l", "l"),
    ('м', "m", "m"),
    ('н', "n", "n"),
    ('о', "o", "o"),
    ('п', "p", "p"),
    ('р', "r", "r"),
    ('с', "s", "s"),
    ('т', "t", "t"),
    ('у', "u", "u"),
    ('ф', "f", "f"),
    ('х', "kh", "kh"),
    ('ц', "ts", "ts"),
    ('ч', "ch", "ch"),
    ('ш', "sh", "sh"),
    ('щ', "shch", "shch"),
    ('ю', "yu", "iu"),
    ('я', "ya", "ia"),
    ('ё', "yo", "io"),
    ('ы', "y", "y"),
    ('э', "e", "e"),
    ('ў', "u", "u"),
    ('ә', "a", "a"),
    ('ғ', "g", "g"),
    ('қ', "q", "q"),
    ('ң', "n", "n"),
    ('ө', "o", "o"),
    ('ұ', "u", "u"),
    ('ү', "u", "u"),
    ('һ', "h", "h"),
    ('ß', "ss", "ss"),
    ('æ', "ae", "ae"),
    ('œ', "oe", "oe"),
    ('ø', "o", "o"),
    ('ł', "l", "l"),
    ('ı', "i", "i"),
];

/// Latin letters with a mark, after the letter that they become.
const MARKED: [(char, &str); 17] = [
    ('a', "àáâãäåāăą"),
    ('c', "çćĉċč"),
    ('d', "ďđ"),
    ('e', "èéêëēĕėęě"),
    ('g', "ĝğġģ"),
    ('i', "ìíîïĩīĭį"),
    ('k', "ķ"),
    ('l', "ĺļľ"),
    ('n', "ñńņň"),
    ('o', "òóôõöōŏő"),
    ('r', "ŕŗř"),
    ('s', "śŝşšș"),
    ('t', "ţťț"),
    ('u', "ùúûüũūŭůűų"),
    ('w', "ŵ"),
    ('y', "ýÿŷ"),
    ('z', "źżž"),
];

/// The letters of a slug, one by one: nothing is collected for a comparison.
pub struct Slug<'t> {
    text: Chars<'t>,
    before: Option<char>,
    within_word: bool,
    begun: bool,
    hyphen: bool,
    waiting: Chars<'static>,
    kept: Option<char>,
}

/// The slug of a text, letter by letter.
pub fn slug(text: &str) -> Slug<'_> {
    Slug {
        text: text.chars(),
        before: None,
        within_word: false,
        begun: false,
        hyphen: false,
        waiting: "".chars(),
        kept: None,
    }
}

impl Slug<'_> {
    /// Takes one letter of the text; what comes of it waits in `waiting` and `kept`.
    fn take(&mut self, letter: char) {
        let joins = matches!(letter, '\'' | '’' | 'ʼ' | '`' | 'ь' | 'ъ' | '\u{300}'..='\u{36f}');
        if joins {
            return;
        }
        if !letter.is_alphanumeric() {
            (self.hyphen, self.within_word) = (self.begun, false);
            return;
        }
        let spelled = LETTERS.iter().find(|entry| entry.0 == letter);
        match spelled {
            _ if letter.is_ascii() => self.kept = Some(letter),
            // «зг» is not to be taken for «ж»
            _ if letter == 'г' && self.before == Some('з') => self.waiting = "gh".chars(),
            Some((_, _, inside)) if self.within_word => self.waiting = inside.chars(),
            Some((_, first, _)) => self.waiting = first.chars(),
            None => {
                let plain = MARKED.iter().find(|entry| entry.1.contains(letter)).map_or(letter, |entry| entry.0);
                self.kept = Some(plain);
            }
        }
        (self.before, self.within_word) = (Some(letter), true);
    }
}

impl Iterator for Slug<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        while self.kept.is_none() && self.waiting.as_str().is_empty() {
            let letter = self.text.next()?;
            self.take(letter.to_lowercase().next().unwrap_or(letter));
        }
        if self.hyphen {
            self.hyphen = false;
            return Some('-');
        }
        self.begun = true;
        self.kept.take().or_else(|| self.waiting.next())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn slug_of(text: &str) -> String {
        slug(text).collect()
    }

    #[test]
    fn texts_become_parts_of_an_address() {
        for (text, expected) in [
            ("Термокружка Contigo Byron 470 мл, синя", "termokruzhka-contigo-byron-470-ml-synia"),
            ("  Об'єм — 1,5 л!  ", "obiem-1-5-l"),
            ("Згорани Єнакієве їжак Щука", "zghorany-yenakiieve-yizhak-shchuka"),
            ("Электрочайник Bosch", "elektrochainyk-bosch"),
            ("Қазақстан Өскемен", "qazaqstan-oskemen"),
            ("Żółć Straße", "zolc-strasse"),
            ("и\u{306}од", "yod"),
            ("茶 Tea", "茶-tea"),
            ("!!!", ""),
        ] {
            assert_eq!(slug_of(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_slug_of_a_slug_is_the_same(text in "\\PC{0,40}") {
            let once = slug_of(&text);
            prop_assert!(!once.starts_with('-') && !once.ends_with('-') && !once.contains("--"), "{once}");
            prop_assert_eq!(slug_of(&once), once);
        }
    }
}
