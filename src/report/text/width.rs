//! Widths in cells of a terminal, measured by what a reader takes for one
//! character: a combining mark takes none, an emoji two however it is put together.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The cells that a text takes.
pub fn cells(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    if text.chars().all(is_plain) { text.chars().count() } else { measured(text) }
}

/// Whether a character takes one cell, whatever stands beside it: what most texts of our shops are made of, and known
/// faster than by the tables.
fn is_plain(letter: char) -> bool {
    matches!(letter, ' '..='~' | 'А'..='я' | 'Ѐ'..='Џ' | 'ѐ'..='ҁ' | 'Ҋ'..='ԯ' | '«' | '»' | '–' | '—' | '…' | '’')
}

fn measured(text: &str) -> usize {
    text.graphemes(true).map(grapheme_cells).sum()
}

/// The text, cut to so many cells and ended by `ellipsis` if it was longer.
pub fn cut<'t>(text: &'t str, limit: usize, ellipsis: &str) -> Cow<'t, str> {
    // no character is wider than four cells' worth of bytes is long, so most texts need no measuring
    if text.len() <= limit || cells(text) <= limit {
        return Cow::Borrowed(text);
    }
    let room = limit.saturating_sub(cells(ellipsis));
    let mut taken = 0;
    let mut end = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        taken += grapheme_cells(grapheme);
        if taken > room {
            break;
        }
        end = at + grapheme.len();
    }
    let kept = text.get(..end).unwrap_or_default().trim_end();
    Cow::Owned(format!("{kept}{ellipsis}"))
}

fn grapheme_cells(grapheme: &str) -> usize {
    grapheme.width().min(2)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn cells_are_counted_by_grapheme() {
        assert_eq!(cells("іїєґәғқңөұүһ"), 12);
        assert_eq!(cells("e\u{301}и\u{306}"), 2);
        assert_eq!(cells("🛴"), 2);
        assert_eq!(cells("👩\u{200d}🔧"), 2);
        assert_eq!(cells("🇺🇦"), 2);
        assert_eq!(cells("→…✓"), 3);
        assert_eq!(cells("漢字"), 4);
    }

    #[test]
    fn texts_are_cut_between_graphemes() {
        assert_eq!(cut("Куртка зимова", 13, "…"), "Куртка зимова");
        assert_eq!(cut("Куртка зимова", 12, "…"), "Куртка зимо…");
        assert_eq!(cut("Куртка зимова", 8, "…"), "Куртка…", "no blank before the mark");
        assert_eq!(cut("a🛴b🛴c", 4, "…"), "a🛴…");
        assert_eq!(cut("a🛴b🛴c", 3, "…"), "a…");
        assert_eq!(cut("abcdef", 5, "..."), "ab...");
    }

    proptest! {
        #[test]
        fn plain_texts_are_as_wide_as_they_are_measured(text in "[ -~Ѐ-ҁҊ-ԯ«»–—…’\u{301}🛴]{0,12}") {
            prop_assert_eq!(cells(&text), measured(&text));
        }

        #[test]
        fn a_cut_text_is_never_wider(text in "[ -~а-яіїєґ🛴漢\u{301}]{0,30}", limit in 1usize..30) {
            prop_assert!(cells(&cut(&text, limit, "…")) <= limit);
        }
    }
}
