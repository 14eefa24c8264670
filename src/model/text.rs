//! Letters that only look alike: a Cyrillic «А» in a Latin name is another letter, and
//! the commonest reason why two SKUs or two tags that read the same are not the same.

use std::borrow::Cow;

/// Cyrillic letters and the Latin ones that they look like.
const LOOK_ALIKES: [(char, char); 30] = [
    ('А', 'A'),
    ('В', 'B'),
    ('Е', 'E'),
    ('І', 'I'),
    ('Ї', 'Ï'),
    ('Ј', 'J'),
    ('К', 'K'),
    ('М', 'M'),
    ('Н', 'H'),
    ('О', 'O'),
    ('Р', 'P'),
    ('С', 'C'),
    ('Т', 'T'),
    ('У', 'Y'),
    ('Х', 'X'),
    ('Ѕ', 'S'),
    ('З', '3'),
    ('Ү', 'Y'),
    ('а', 'a'),
    ('е', 'e'),
    ('і', 'i'),
    ('ї', 'ï'),
    ('ј', 'j'),
    ('о', 'o'),
    ('р', 'p'),
    ('с', 'c'),
    ('у', 'y'),
    ('х', 'x'),
    ('ѕ', 's'),
    ('һ', 'h'),
];

/// Whether a byte begins a character that is no blank: no blank of Unicode begins with one of these.
#[inline]
fn opens(byte: u8) -> bool {
    matches!(byte, 0x21..=0x7E | 0xC3..=0xE0 | 0xE4..=0xFF)
}

/// The text without blanks at its ends. Most texts have none, which their first and last bytes tell.
#[inline]
pub fn trimmed(text: &str) -> &str {
    // the same of the last character, where it has one byte, or two of which the first tells
    let closes = |before: u8, last: u8| matches!(last, 0x21..=0x7E) || matches!(before, 0xC3..=0xDF);
    match text.as_bytes() {
        [] => text,
        [0x21..=0x7E] => text,
        [first, last] if opens(*first) && closes(*first, *last) => text,
        [first, .., before, last] if opens(*first) && closes(*before, *last) => text,
        _ => text.trim(),
    }
}

/// The Latin letter that a letter looks like; itself where it looks like none.
pub fn latin_letter(letter: char) -> char {
    LOOK_ALIKES.iter().find(|pair| pair.0 == letter).map_or(letter, |pair| pair.1)
}

/// A text as it would be if every letter were the Latin one that it looks like.
pub fn latin_look(text: &str) -> String {
    text.chars().map(latin_letter).collect()
}

/// Whether a text mixes Latin letters with Cyrillic ones that look like Latin.
pub fn mixes_alphabets(text: &str) -> bool {
    let latin = text.chars().any(|letter| letter.is_ascii_alphabetic());
    latin && text.chars().any(|letter| latin_letter(letter) != letter)
}

/// Whether no feed may carry a character: control characters, of which XML knows three alone, and marks that turn
/// the direction of what follows, so that a text reads otherwise than it is (Unicode TR36).
pub fn is_unwritable(letter: char) -> bool {
    matches!(letter,
        '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{FFFE}' | '\u{FFFF}'
        | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The same in the name of a category. The mark that begins files is unseen inside of a name and makes another one of
/// it: a second category.
fn is_unwritable_in_name(letter: char) -> bool {
    letter == '\u{FEFF}' || is_unwritable(letter)
}

/// Whether a text holds a character that no feed may carry.
pub fn carries_unwritable(text: &str) -> bool {
    carries(text, is_unwritable)
}

/// The same of the name of a category, or of a path of such names.
pub fn name_carries_unwritable(name: &str) -> bool {
    carries(name, is_unwritable_in_name)
}

fn carries(text: &str, is_unwritable: fn(char) -> bool) -> bool {
    // most texts are settled by their bytes: no control character, and none that the others could begin with
    let suspicious = |byte: u8| {
        let blank = (byte == b'\t') | (byte == b'\n') | (byte == b'\r');
        ((byte < 0x20) & !blank) | (byte == 0x7F) | (byte == 0xC2) | (byte == 0xE2) | (byte == 0xEF)
    };
    // without an early end, so that the compiler looks at many bytes at once
    text.bytes().fold(0, |seen, byte| seen | u8::from(suspicious(byte))) != 0 && text.chars().any(is_unwritable)
}

/// The text without them; what was removed is added to the list.
pub fn without_unwritable(text: &str, removed: &mut Vec<char>) -> String {
    without(text, is_unwritable, removed)
}

/// The same of the name of a category, or of a path of such names.
pub fn name_without_unwritable(name: &str, removed: &mut Vec<char>) -> String {
    without(name, is_unwritable_in_name, removed)
}

fn without(text: &str, is_unwritable: fn(char) -> bool, removed: &mut Vec<char>) -> String {
    text.chars()
        .filter(|letter| {
            let stays = !is_unwritable(*letter);
            if !stays {
                removed.push(*letter);
            }
            stays
        })
        .collect()
}

/// What was taken out of a text, in words: `«Термос␟» holds U+001F`.
pub fn held(text: &str, removed: &[char]) -> String {
    let first = removed.first().copied().unwrap_or_default();
    let (around, first) = (around(text, first), u32::from(first));
    match removed.len() {
        1 => format!("«{around}» holds U+{first:04X}"),
        count => format!("«{around}» holds {count} of them, the first is U+{first:04X}"),
    }
}

/// Characters of a text that a message shows before the first that no feed may carry.
const BEFORE: usize = 20;
/// And behind it.
const BEHIND: usize = 20;

/// The text around the first of these characters.
fn around(text: &str, removed: char) -> String {
    let text = text.trim();
    let at = text.chars().position(|letter| letter == removed).unwrap_or(0);
    let from = at.saturating_sub(BEFORE);
    let shown: String = text.chars().skip(from).take(at - from + BEHIND).collect();
    let cut = |is: bool| if is { "…" } else { "" };
    let behind = text.chars().count() > at + BEHIND;
    format!("{}{shown}{}", cut(from > 0), cut(behind))
}

/// A text cut to what a message can show.
pub fn short(text: &str) -> Cow<'_, str> {
    shortened(text, 60)
}

/// A text cut to so many characters, with `…` where some are missing.
pub fn shortened(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        Some((at, _)) => Cow::Owned(format!("{}…", text.get(..at).unwrap_or(""))),
        None => Cow::Borrowed(text),
    }
}

/// How a CDATA section begins.
pub const SECTION_OPENS: &str = "<![CDATA[";

/// What stands inside of a CDATA section that is the whole text: the section itself was taken for text once.
#[inline]
pub fn inside_of_section(text: &str) -> Option<&str> {
    // nearly every text is settled by its first byte
    if text.as_bytes().first().is_none_or(|first| *first != b'<' && opens(*first)) {
        return None;
    }
    let inside = trimmed(text).strip_prefix(SECTION_OPENS)?.strip_suffix("]]>")?;
    // of several sections none is the whole text
    (!inside.contains("]]>")).then_some(inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_feed_may_carry_is_taken_out_and_told() {
        let mut removed = Vec::new();
        assert_eq!(without_unwritable("a\u{1F}б\u{202E}\u{85}«—»\u{A0}\t\n", &mut removed), "aб«—»\u{A0}\t\n");
        assert_eq!(removed, ['\u{1F}', '\u{202E}', '\u{85}']);
        assert!(!carries_unwritable("«Термос» — 1 л, 6\u{2033}"));
    }

    #[test]
    fn the_mark_that_begins_files_is_taken_out_of_names_alone() {
        assert!(name_carries_unwritable("Сад\u{FEFF}") && !carries_unwritable("Сад\u{FEFF}"));
        assert_eq!(name_without_unwritable("\u{FEFF}С\u{1}ад", &mut Vec::new()), "Сад");
        assert_eq!(held("Сад\u{FEFF}", &['\u{FEFF}']), "«Сад\u{FEFF}» holds U+FEFF");
    }

    #[test]
    fn a_text_is_shown_around_what_was_taken_out() {
        let long = format!("{}\u{0}{}", "а".repeat(50), "б".repeat(50));
        assert_eq!(around(&long, '\0'), format!("…{}\u{0}{}…", "а".repeat(20), "б".repeat(19)));
        assert_eq!(held("A\u{1}", &['\u{1}']), "«A\u{1}» holds U+0001");
    }

    #[test]
    fn trimming_is_that_of_the_standard_library() {
        for text in [
            "",
            " ",
            "a",
            " a",
            "a ",
            "\u{A0}a",
            "a\u{A0}",
            "\u{2003}a\u{3000}",
            "є",
            " є",
            "«a»",
            "a\u{85}",
            "\u{1680}b",
        ] {
            assert_eq!(trimmed(text), text.trim(), "{text:?}");
        }
    }

    #[test]
    fn a_text_is_cut_between_characters_and_says_so() {
        for (text, expected) in [("", ""), ("жито", "жито"), ("жита", "жита"), ("житам", "жита…")]
        {
            assert_eq!(shortened(text, 4), expected);
        }
    }

    #[test]
    fn a_section_that_is_the_whole_text_is_told_from_others() {
        assert_eq!(inside_of_section(" <![CDATA[<p>a</p>]]>\n"), Some("<p>a</p>"));
        assert_eq!(inside_of_section("<![CDATA[]]>"), Some(""));
        for text in ["<![CDATA[a", "a]]>", "<![CDATA[a]]> b", "x<![CDATA[a]]>", "<![CDATA[a]]>b<![CDATA[c]]>"] {
            assert_eq!(inside_of_section(text), None, "{text}");
        }
    }

    #[test]
    fn a_cyrillic_letter_in_a_latin_name_is_seen() {
        assert_eq!(latin_look("аvailable"), "available");
        assert!(mixes_alphabets("КT1182"));
        assert!(!mixes_alphabets("KT1182"));
        assert!(!mixes_alphabets("КТ1182"), "all Cyrillic is a choice, not a slip");
    }
}
