//! Addresses of the web: what channels, shops and the catalog's own rules take for one.

use wide::u8x16;

use super::text::trimmed;

/// How addresses of the web begin; over the first one alone pictures are loaded nearly everywhere.
pub const SCHEMES: [&str; 2] = ["https://", "http://"];

/// An address: one of the schemes, a host with a point or `localhost`, no blanks, no control characters.
pub fn is_address(text: &str, schemes: &[&str]) -> bool {
    let behind = |scheme: &&str| {
        let (head, rest) = text.split_at_checked(scheme.len())?;
        (head == *scheme || head.eq_ignore_ascii_case(scheme)).then_some(rest)
    };
    let Some(rest) = schemes.iter().find_map(behind) else { return false };
    let is_clean = || !text.chars().any(|letter| letter.is_whitespace() || letter.is_control());
    is_host(host(rest)) && (is_visible_ascii(text.as_bytes()) || is_clean())
}

/// Whether a text is an address of the web, its blanks aside.
pub fn is_web_address(text: &str) -> bool {
    is_address(trimmed(text), &SCHEMES)
}

/// The beginning of what follows a scheme, up to its path.
fn host(rest: &str) -> &[u8] {
    let bytes = rest.as_bytes();
    let path = memchr::memchr3(b'/', b'?', b'#', bytes);
    bytes.get(..path.unwrap_or(bytes.len())).unwrap_or_default()
}

/// A name with a point within it, and nobody's name before it.
fn is_host(host: &[u8]) -> bool {
    match host {
        [b'.', ..] | [.., b'.'] => false,
        host => memchr::memchr(b'.', host).is_some() && memchr::memchr(b'@', host).is_none(),
    }
}

/// Whether there is nothing but the characters of ASCII that can be seen, as in nearly every address.
pub fn is_visible_ascii(bytes: &[u8]) -> bool {
    let (low, width) = (u8x16::splat(b'!'), u8x16::splat(b'~' - b'!'));
    let mut visible = u8x16::splat(0xFF);
    let mut look = |lane: &[u8; 16]| {
        let above = u8x16::from(*lane) - low;
        visible &= above.min(width).simd_eq(above);
    };
    bytes.as_chunks::<16>().0.iter().for_each(&mut look);
    match bytes.last_chunk::<16>() {
        Some(last) => look(last),
        None => return bytes.iter().all(u8::is_ascii_graphic),
    }
    visible.to_bitmask() == 0xFFFF
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn visible_ascii_is_that_of_the_standard_library(text in "[!-~ \u{7F}é]{0,40}") {
            prop_assert_eq!(is_visible_ascii(text.as_bytes()), text.bytes().all(|byte| byte.is_ascii_graphic()));
        }
    }

    #[test]
    fn addresses_have_a_scheme_a_host_and_no_blanks() {
        let web = |text: &str| is_address(text, &["https://", "http://"]);
        for address in ["https://a.ua", "HTTP://a.ua/б/1.jpg?x=1#y", "https://а.укр/x@y", "https://a.b.c:8080"] {
            assert!(web(address), "{address}");
        }
        for other in [
            "a.ua",
            "ftp://a.ua",
            "https://a",
            "https://.ua",
            "https://a.",
            "https://x@a.ua",
            "https://a.ua/ b",
            "https://a.ua/\u{A0}б",
        ] {
            assert!(!web(other), "{other}");
        }
    }
}
