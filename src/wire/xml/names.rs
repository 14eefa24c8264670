//! Names: plain ASCII ones at speed, all others by the letter of the fifth edition
//! and of Namespaces in XML.

use super::fault::{Stop, shown};
use super::scan;

/// A name that was read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name {
    /// Behind its last byte.
    pub(super) end: usize,
    /// Whether it has a prefix.
    pub(super) prefixed: bool,
}

/// Reads the name that must begin at `at`; `what` it is the name of is for the message.
#[inline(always)]
pub(super) fn name(text: &str, at: usize, what: &str) -> Result<Name, Stop> {
    let bytes = text.as_bytes();
    let end = scan::plain_name_end(bytes, at);
    let begins = bytes.get(at).is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'_');
    match bytes.get(end) {
        Some(next) if begins && next.is_ascii() && *next != b':' => Ok(Name { end, prefixed: false }),
        _ => careful(text, at, what),
    }
}

/// Names that hold a colon or letters beyond ASCII, and what is no name at all.
#[cold]
#[inline(never)]
fn careful(text: &str, at: usize, what: &str) -> Result<Name, Stop> {
    let rest = text.get(at..).unwrap_or_default();
    let length = rest.find(|character| !is_name_character(character)).unwrap_or(rest.len());
    let name = rest.get(..length).unwrap_or_default();
    let mut parts = name.split(':');
    let (first, second, third) = (parts.next(), parts.next(), parts.next());
    if length == rest.len() {
        return Err(Stop::Cut);
    }
    let sane = |part: &str| part.starts_with(is_name_start);
    if third.is_some() || !first.is_some_and(sane) || !second.is_none_or(sane) {
        return Err(no_name(at, rest, name, what));
    }
    Ok(Name { end: at + length, prefixed: second.is_some() })
}

fn no_name(at: usize, rest: &str, name: &str, what: &str) -> Stop {
    if name.is_empty() {
        let next: String = rest.chars().take(1).collect();
        return Stop::bad(at, format!("«{}» where the name of {what} was expected", shown(&next)), "");
    }
    let what = format!("«{}» cannot be the name of {what}", shown(name));
    Stop::bad(at, what, "a name begins with a letter and has at most one colon, inside")
}

/// Whether a name may begin with it.
fn is_name_start(character: char) -> bool {
    matches!(character,
        'A'..='Z' | 'a'..='z' | '_' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
        | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}' | '\u{200D}' | '\u{2070}'..='\u{218F}'
        | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}'
        | '\u{10000}'..='\u{EFFFF}')
}

/// Whether it may stand in a name, colons included.
fn is_name_character(character: char) -> bool {
    is_name_start(character)
        || matches!(character,
            '0'..='9' | '-' | '.' | ':' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}' | '\u{2040}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<(usize, bool), Stop> {
        name(text, 0, "an element").map(|name| (name.end, name.prefixed))
    }

    #[test]
    fn names_are_those_of_the_fifth_edition() {
        assert_eq!(read("offer>"), Ok((5, false)));
        assert_eq!(read("stock_quantity-of.this-very-long-name x"), Ok((37, false)));
        assert_eq!(read("g:id "), Ok((4, true)));
        assert_eq!(read("ціна>"), Ok((8, false)));
        assert_eq!(read("цена:їжак="), Ok((17, true)));
        assert_eq!(read("a\u{b7}b="), Ok((4, false)));
        for bad in ["1a>", "-a>", ".>", ":a>", "a:>", "a:b:c>", "a:1>", "\u{b7}>", "×>", " a>", "&>", "a:-b>"] {
            assert!(matches!(read(bad), Err(Stop::Bad(_))), "{bad}");
        }
    }

    #[test]
    fn a_name_at_the_end_may_go_on() {
        for cut in ["", "a", "offer", "a:", "g:id", "ці"] {
            assert_eq!(read(cut), Err(Stop::Cut), "{cut}");
        }
    }
}
