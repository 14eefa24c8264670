//! Patterns of descriptions. They are checked when they are read and compiled when a text first asks; most texts never
//! ask, since a glance at their bytes says that nothing in them can match.

mod glance;
mod letters;

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use regex::Regex;
use regex_syntax::hir::{Hir, HirKind};

use glance::Glance;

/// A pattern of at most so many bytes, without a count of repetitions, is surely within what can be compiled.
const SURELY_SMALL: usize = 256;

/// A regular expression. Its copies share what is compiled.
#[derive(Debug, Clone)]
pub struct Pattern(Arc<Compiled>);

#[derive(Debug)]
struct Compiled {
    text: String,
    glance: Glance,
    regex: OnceLock<Regex>,
}

impl Pattern {
    /// Reads a pattern; the error says why it is none.
    pub fn new(text: &str) -> Result<Pattern, String> {
        let hir = match regex_syntax::parse(text) {
            Ok(hir) if text.len() <= SURELY_SMALL && !counts(&hir) => hir,
            // one that is too big to be compiled, or wrong, says so now
            _ => return Regex::new(text).map(|regex| Self::compiled(text, regex)).map_err(|error| error.to_string()),
        };
        Ok(Self::of(text, Glance::of(&hir), OnceLock::new()))
    }

    fn compiled(text: &str, regex: Regex) -> Pattern {
        let hir = regex_syntax::parse(text).unwrap_or_else(|_| Hir::empty());
        Self::of(text, Glance::of(&hir), OnceLock::from(regex))
    }

    fn of(text: &str, glance: Glance, regex: OnceLock<Regex>) -> Pattern {
        Pattern(Arc::new(Compiled { text: text.to_owned(), glance, regex }))
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0.text
    }

    /// Whether it matches somewhere.
    pub fn is_match(&self, text: &str) -> bool {
        match &self.0.glance {
            Glance::Class(class) => class.find(text).is_some(),
            glance => glance.may_match(text) && self.regex().is_match(text),
        }
    }

    /// Whether a glance says that it matches nowhere; it may match nowhere all the same where this does not say so.
    pub fn surely_not_in(&self, text: &str) -> bool {
        !self.0.glance.may_match(text)
    }

    /// Whether it is surely in no text of nothing but the characters of ASCII that can be seen.
    pub fn is_beyond_visible_ascii(&self) -> bool {
        matches!(&self.0.glance, Glance::Class(class) if !class.has_visible_ascii())
    }

    /// The first match.
    pub fn find<'t>(&self, text: &'t str) -> Option<&'t str> {
        match &self.0.glance {
            Glance::Class(class) => class.find(text),
            glance => glance.may_match(text).then(|| self.regex().find(text))?.map(|found| found.as_str()),
        }
    }

    /// A text without its matches.
    pub fn taken_from<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.0.glance.may_match(text) { self.regex().replace_all(text, "") } else { Cow::Borrowed(text) }
    }

    #[allow(clippy::expect_used, reason = "it was parsed, and is too small to be too big")]
    fn regex(&self) -> &Regex {
        self.0.regex.get_or_init(|| Regex::new(&self.0.text).expect("a small pattern that was parsed"))
    }
}

/// Whether a part of a pattern stands several times in what it is compiled to.
fn counts(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Repetition(part) => part.min > 1 || part.max.is_some_and(|most| most > 1) || counts(&part.sub),
        HirKind::Capture(part) => counts(&part.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().any(counts),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Of every sort: classes, letters of either case, folds beyond ASCII, places, choices.
    const PATTERNS: [&str; 22] = [
        r"[\s\p{Cyrillic}]",
        "[^A-Za-z0-9]",
        ".",
        r"\+",
        ",",
        "[éє-їa]",
        r"[\p{Emoji_Presentation}\x{FE0F}]",
        r"(?i)//(?:drive|docs)\.example\.",
        r"(?i)dropbox\.com/.*(?:[^1]|[^=]1)$",
        r"(?i)\.(?:avif|bmp|tiff?)(?:[?#]|$)",
        r"\s*\([^)]*\)$",
        r"(?i)\b(https?://|www\.)\S+",
        "(?i)(?:^|\\P{L})(?:акці[яї]|sks)",
        "(?i)sks",
        "(?:ab)+c|x",
        "a?b*(?-u:[/d])o{2}",
        "x?(?:ab|c(?:tif|bmp)d)y*",
        "(?:ab|c?)x|ab",
        "(?i)(?:abab|docs)",
        r"\.(?:av[if]|b+|c(?:tif|\d)?[x-z]|(?i:docs))",
        r"/(?:(?-u:[/d])o|.x|a)",
        "[!-/:-@\\[-`{-~]",
    ];

    proptest! {
        #[test]
        fn a_glance_never_changes_what_is_found(
            parts in proptest::collection::vec(
                prop_oneof![
                    "[ -~\n]{0,3}", "[а-яїєґ🎁é\u{FE0F}\u{3000}ſK]{0,2}",
                    Just("//Docs.EXAMPLE.".to_owned()), Just("DropBox.com/x?dl=1".to_owned()), Just(".TIF".to_owned()),
                    Just(" (синій)".to_owned()), Just("ſKs".to_owned()), Just("ababc".to_owned()),
                ], 0..40),
        ) {
            let text = parts.concat();
            for written in PATTERNS {
                let (pattern, regex) = (Pattern::new(written).unwrap(), Regex::new(written).unwrap());
                prop_assert_eq!(pattern.is_match(&text), regex.is_match(&text), "{}", written);
                prop_assert!(!pattern.surely_not_in(&text) || !regex.is_match(&text), "{}", written);
                prop_assert_eq!(pattern.find(&text), regex.find(&text).map(|found| found.as_str()), "{}", written);
                prop_assert_eq!(pattern.taken_from(&text), regex.replace_all(&text, ""), "{}", written);
            }
        }
    }

    #[test]
    fn what_is_wrong_or_too_big_is_said_at_once() {
        for wrong in ["[a-z", "a{2", "(", r"\p{Nothing}"] {
            let error = Regex::new(wrong).map(|_| String::new()).unwrap_or_else(|error| error.to_string());
            assert_eq!(Pattern::new(wrong).err().unwrap_or_default(), error, "{wrong}");
        }
        assert!(Pattern::new(r"\w{1000}{1000}").unwrap_err().contains("size limit"));
        let longest = r"\W\w".repeat(SURELY_SMALL / 4);
        assert!(Pattern::new(&longest).unwrap().0.regex.get().is_none());
        assert!(Regex::new(&longest).is_ok(), "what is compiled later can be");
    }

    #[test]
    fn what_may_follow_tells_most_addresses_from_a_match() {
        let pattern = Pattern::new(r"(?i)\.(?:avif|bmp|heic|pdf|psd|svg|tiff?)(?:[?#]|$)").unwrap();
        for address in ["https://cdn.shop.example.ua/img/1/S00000001_1.jpg", "https://sv.example/a.png?b=1.webp"] {
            assert!(pattern.surely_not_in(address), "{address}");
        }
        for address in ["https://a.example/1.SVG", "https://a.example/1.tif?x", "https://a.example/1.\u{17F}vg"] {
            assert!(pattern.is_match(address) && !pattern.surely_not_in(address), "{address}");
        }
    }

    #[test]
    fn most_texts_compile_nothing() {
        let texts = ["https://cdn.shop.example/img/1/S00000001_1.jpg", "Кросівки — «жіночі» 95 % & еластан; 3-х"];
        for (written, is_needed) in [
            (PATTERNS[0], false),
            (PATTERNS[6], false),
            (PATTERNS[7], false),
            (PATTERNS[9], false),
            (PATTERNS[11], true),
        ] {
            let pattern = Pattern::new(written).unwrap();
            let found = texts.iter().filter(|text| pattern.is_match(text)).count();
            assert!(found <= 1, "{written}");
            assert_eq!(pattern.0.regex.get().is_some(), is_needed, "{written}");
        }
    }
}
