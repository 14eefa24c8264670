//! A merchant's text cannot talk to the terminal: what would move the cursor,
//! turn the direction of writing or stand there unseen is shown by a picture.

use std::borrow::Cow;

/// Characters that are shown by their number: controls of the second set, those that turn the direction of
/// writing, and those that nobody sees. Controls of the first set have pictures.
const SHOWN_BY_NUMBER: [(u32, u32); 21] = [
    (0x80, 0x9f),
    (0xad, 0xad),
    (0x34f, 0x34f),
    (0x61c, 0x61c),
    (0x115f, 0x1160),
    (0x17b4, 0x17b5),
    (0x180b, 0x180f),
    (0x200b, 0x200f),
    (0x2028, 0x202e),
    (0x2060, 0x206f),
    (0x2800, 0x2800),
    (0x3164, 0x3164),
    (0xfe00, 0xfe0e),
    (0xfeff, 0xfeff),
    (0xffa0, 0xffa0),
    (0xfff0, 0xfffb),
    (0xfffe, 0xffff),
    (0x1_3430, 0x1_3455),
    (0x1_bca0, 0x1_bca3),
    (0x1_d173, 0x1_d17a),
    (0xe_0000, 0xe_0fff),
];

/// The blank that groups digits, and the marks that stand in sentences, with what they become where only ASCII can
/// be shown.
const IN_ASCII: [(char, &str); 3] = [('\u{a0}', " "), ('…', "..."), ('→', "->")];

/// Cyrillic letters that look like Latin ones.
const STRANGERS: &str = "аАВЕеЗКкМНОоРрСсТтУуХхІіЈјЅѕһҺԁԛԝӏ";

/// The text with everything made visible that a terminal would obey or hide. Twice is the same as once.
pub fn visible(text: &str, unicode: bool) -> Cow<'_, str> {
    let marks: &[(char, &str)] = if unicode { &[] } else { &IN_ASCII };
    let in_ascii = |letter: char| marks.iter().find(|mark| mark.0 == letter).map(|mark| mark.1);
    if !text.chars().any(|letter| must_be_shown(letter) || in_ascii(letter).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(letter) = rest.next() {
        match letter {
            '\r' if rest.peek() == Some(&'\n') => {}
            '\u{200d}' if is_pictograph(before) && rest.peek().copied().is_some_and(is_pictograph) => {
                shown.push(letter)
            }
            _ if must_be_shown(letter) => push_shown(&mut shown, letter, unicode),
            _ => match in_ascii(letter) {
                Some(mark) => shown.push_str(mark),
                None => shown.push(letter),
            },
        }
        before = letter;
    }
    Cow::Owned(shown)
}

/// A name or key with Cyrillic letters shown that stand in a Latin word and look as if they belonged there.
pub fn strangers_shown(name: &str, unicode: bool) -> Cow<'_, str> {
    if name.is_ascii() {
        return Cow::Borrowed(name);
    }
    let mut shown = String::with_capacity(name.len());
    let mut rest = name;
    while !rest.is_empty() {
        let end = rest.find(|letter: char| !letter.is_alphabetic()).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        push_word(&mut shown, word, unicode);
        let other = after.find(char::is_alphabetic).unwrap_or(after.len());
        let (between, next) = after.split_at(other);
        shown.push_str(between);
        rest = next;
    }
    Cow::Owned(shown)
}

/// The text with its blanks shown, for two texts that differ in nothing else.
pub fn blanks_shown(text: &str, unicode: bool) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            ' ' if unicode => shown.push('␣'),
            '\u{a0}' if unicode => shown.push('⍽'),
            '\t' | '\n' | '\r' => shown.push(letter),
            _ if letter.is_whitespace() => push_number(&mut shown, letter, unicode),
            _ => shown.push(letter),
        }
    }
    visible(&shown, unicode).into_owned()
}

/// Whether a character may not be written to a terminal, or anywhere that a person looks, as it is.
pub fn must_be_shown(letter: char) -> bool {
    let code = u32::from(letter);
    match code {
        0..0x80 => letter.is_ascii_control(),
        // Latin, Greek and Cyrillic need no look at the table
        0xae..=0x34e | 0x350..=0x61b => false,
        _ => is_shown_by_number(code),
    }
}

fn is_shown_by_number(code: u32) -> bool {
    SHOWN_BY_NUMBER.iter().any(|range| (range.0..=range.1).contains(&code))
}

/// Whether a zero-width joiner beside it is part of a picture.
fn is_pictograph(letter: char) -> bool {
    matches!(u32::from(letter), 0x2190..=0x2bff | 0xfe0f | 0x1_f000..=0x1_faff)
}

fn push_shown(shown: &mut String, letter: char, unicode: bool) {
    let code = u32::from(letter);
    match letter {
        _ if !unicode => push_number(shown, letter, unicode),
        '\n' | '\r' => shown.push('⏎'),
        '\u{7f}' => shown.push('␡'),
        _ if code < 0x20 => shown.extend(char::from_u32(0x2400 + code)),
        _ => push_number(shown, letter, unicode),
    }
}

fn push_number(shown: &mut String, letter: char, unicode: bool) {
    let (open, close) = if unicode { ('⟨', '⟩') } else { ('<', '>') };
    shown.push(open);
    shown.push_str(&format!("U+{:04X}", u32::from(letter)));
    shown.push(close);
}

fn push_word(shown: &mut String, word: &str, unicode: bool) {
    let is_cyrillic = |letter: char| matches!(u32::from(letter), 0x400..=0x52f);
    let mixed = word.chars().any(|letter| letter.is_ascii_alphabetic()) && word.chars().any(is_cyrillic);
    let deceives = mixed && word.chars().filter(|letter| is_cyrillic(*letter)).all(|letter| STRANGERS.contains(letter));
    for letter in word.chars() {
        if deceives && is_cyrillic(letter) {
            push_number(shown, letter, unicode);
        } else {
            shown.push(letter);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn controls_have_pictures_and_the_unseen_have_numbers() {
        assert_eq!(visible("a\u{1b}[31mb\u{0}\t\u{7f}", true), "a␛[31mb␀␉␡");
        assert_eq!(visible("один\r\nдва\nтри\r", true), "один⏎два⏎три⏎");
        assert_eq!(visible("x\u{202e}y\u{9b}z\u{200b}", true), "x⟨U+202E⟩y⟨U+009B⟩z⟨U+200B⟩");
        assert_eq!(visible("a\u{1b}b\n1\u{a0}953", false), "a<U+001B>b<U+000A>1 953");
        assert_eq!(visible("to 50 … 150 %, 5 → 4", false), "to 50 ... 150 %, 5 -> 4");
        assert_eq!(visible("to 50 … 150 %, 5 → 4", true), "to 50 … 150 %, 5 → 4");
        assert!(matches!(visible("Електросамокат, чорний; №5 №\u{a0}6", true), Cow::Borrowed(_)));
    }

    #[test]
    fn joiners_inside_of_emoji_stay() {
        assert_eq!(visible("👩\u{200d}🔧", true), "👩\u{200d}🔧");
        assert_eq!(visible("a\u{200d}b", true), "a⟨U+200D⟩b");
        assert_eq!(visible("❤\u{fe0f}", true), "❤\u{fe0f}");
    }

    #[test]
    fn cyrillic_letters_in_latin_words_are_shown() {
        assert_eq!(strangers_shown("\u{430}vailable", true), "⟨U+0430⟩vailable");
        assert_eq!(strangers_shown("K\u{422}1182", false), "K<U+0422>1182");
        assert_eq!(strangers_shown("КТ-1182-XL", true), "КТ-1182-XL", "each word is of one script");
        assert_eq!(strangers_shown("param[Колір]", true), "param[Колір]");
        assert_eq!(strangers_shown("Bosch\u{44f}", true), "Bosch\u{44f}", "я looks like no Latin letter");
    }

    #[test]
    fn blanks_are_shown() {
        assert_eq!(blanks_shown("a b\u{a0}c\u{2009}d\n", true), "a␣b⍽c⟨U+2009⟩d⏎");
        assert_eq!(blanks_shown("a b", false), "a<U+0020>b");
    }

    proptest! {
        #[test]
        fn nothing_unseen_passes(text in any::<String>(), unicode in any::<bool>()) {
            let shown = visible(&text, unicode);
            let unseen = shown.chars().find(|letter| must_be_shown(*letter) && *letter != '\u{200d}');
            prop_assert_eq!(unseen, None);
            prop_assert_eq!(visible(&shown, unicode), &*shown);
        }
    }
}
