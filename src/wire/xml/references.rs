//! References: the five entities that need no declaration, and characters by number.

use super::characters::is_legal;
use super::fault::{Stop, shown};

/// The five, as they stand between `&` and `;`.
const FIVE: [(&str, char); 5] = [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\'')];

/// Entities of HTML that people take for XML's, with the number to write instead.
const OF_HTML: &[(&str, u32)] = &[
    ("nbsp", 160),
    ("laquo", 171),
    ("raquo", 187),
    ("ndash", 8211),
    ("mdash", 8212),
    ("hellip", 8230),
    ("bull", 8226),
    ("middot", 183),
    ("deg", 176),
    ("plusmn", 177),
    ("times", 215),
    ("sup2", 178),
    ("sup3", 179),
    ("frac12", 189),
    ("copy", 169),
    ("reg", 174),
    ("trade", 8482),
    ("euro", 8364),
    ("shy", 173),
    ("lsquo", 8216),
    ("rsquo", 8217),
    ("ldquo", 8220),
    ("rdquo", 8221),
    ("bdquo", 8222),
    ("thinsp", 8201),
    ("ensp", 8194),
    ("emsp", 8195),
    ("zwnj", 8204),
    ("acute", 180),
    ("micro", 181),
];

/// No reference that is right is longer.
const LONGEST: usize = 64;

/// Reads the reference whose `&` stands at `at`: its character, and the place behind its `;`.
pub(super) fn reference(text: &str, at: usize) -> Result<(char, usize), Stop> {
    let rest = text.get(at + 1..).unwrap_or_default();
    let length = rest.bytes().take(LONGEST).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
    let body = rest.get(..length).unwrap_or_default();
    match rest.as_bytes().get(length) {
        None => Err(Stop::Cut),
        Some(b';') => match character(body) {
            Some(character) => Ok((character, at + length + 2)),
            None => Err(unknown(at, body)),
        },
        Some(_) => Err(bare(at, body)),
    }
}

/// The character of a reference's body: `amp`, `#1030`, `#x406`.
pub(super) fn character(body: &str) -> Option<char> {
    let Some(number) = body.strip_prefix('#') else {
        return FIVE.iter().find(|entity| entity.0 == body).map(|entity| entity.1);
    };
    let (digits, radix) = number.strip_prefix('x').map_or((number, 10), |digits| (digits, 16));
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    // leading zeros are allowed, and numbers of any length
    let number = u32::from_str_radix(digits, radix).ok()?;
    char::from_u32(number).filter(|character| is_legal(*character))
}

#[cold]
fn unknown(at: usize, body: &str) -> Stop {
    let shown = shown(body);
    if body.starts_with('#') {
        return Stop::bad(
            at,
            format!("«&{shown};» is no character that XML allows"),
            "remove it where the file is made",
        );
    }
    let help = match OF_HTML.iter().find(|entity| entity.0 == body) {
        Some((_, number)) => format!("write &#{number}; or the character itself"),
        None => "write the character itself, or &amp; where an ampersand is meant".into(),
    };
    Stop::bad(at, format!("«&{shown};» is no entity of XML"), help)
}

#[cold]
fn bare(at: usize, body: &str) -> Stop {
    let what = if body.is_empty() {
        "an ampersand that begins no entity".into()
    } else {
        format!("«&{}» begins an entity, but no semicolon ends it", shown(body))
    };
    Stop::bad(at, what, "write &amp; where an ampersand is meant")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_five_and_numbers_are_characters() {
        for (text, expected) in [
            ("&amp;", '&'),
            ("&lt;", '<'),
            ("&gt;", '>'),
            ("&quot;", '"'),
            ("&apos;", '\''),
            ("&#1030;", 'І'),
            ("&#x406;", 'І'),
            ("&#x1F600;", '😀'),
            ("&#x0000000000000041;", 'A'),
            ("&#13;", '\r'),
        ] {
            assert_eq!(reference(text, 0), Ok((expected, text.len())), "{text}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        for text in [
            "&nbsp;",
            "&AMP;",
            "&;",
            "&#;",
            "&#x;",
            "&#0;",
            "&#1;",
            "&#xD800;",
            "&#xFFFE;",
            "&#x110000;",
            "&#X41;",
            "&#12a;",
            "&#99999999999;",
            "& ",
            "&amp ",
            "&amp<",
            "&їжак;",
            "&a:b;",
            "&#-1;",
            "&#+1;",
        ] {
            assert!(matches!(reference(text, 0), Err(Stop::Bad(_))), "{text}");
        }
        for text in ["&", "&a", "&amp", "&#", "&#x41"] {
            assert_eq!(reference(text, 0), Err(Stop::Cut), "{text}");
        }
    }

    #[test]
    fn messages_say_what_to_write() {
        let Err(Stop::Bad(fault)) = reference("x&nbsp;", 1) else { panic!() };
        assert_eq!(fault.what, "«&nbsp;» is no entity of XML");
        assert_eq!(fault.help, "write &#160; or the character itself");
        let Err(Stop::Bad(fault)) = reference("Tom & Jerry", 4) else { panic!() };
        assert_eq!(fault.what, "an ampersand that begins no entity");
    }
}
