//! Writing JSON: what is written here reads back as what it was, and nothing is escaped that need not be.

use super::scan::text_mark;

/// Adds a text in its quotes. The quote, the backslash and control characters are escaped, and nothing else.
pub fn text(out: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes();
    out.reserve(bytes.len() + 2);
    out.push(b'"');
    let mut done = 0;
    while let Some(mark) = text_mark(bytes, done) {
        out.extend_from_slice(bytes.get(done..mark).unwrap_or_default());
        escape(out, bytes.get(mark).copied().unwrap_or_default());
        done = mark + 1;
    }
    out.extend_from_slice(bytes.get(done..).unwrap_or_default());
    out.push(b'"');
}

fn escape(out: &mut Vec<u8>, byte: u8) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let letter = match byte {
        b'"' | b'\\' => byte,
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        8 => b'b',
        12 => b'f',
        _ => {
            let digit = |half: u8| DIGITS.get(usize::from(half)).copied().unwrap_or(b'0');
            out.extend_from_slice(&[b'\\', b'u', b'0', b'0', digit(byte >> 4), digit(byte & 15)]);
            return;
        }
    };
    out.extend_from_slice(&[b'\\', letter]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(value: &str) -> String {
        let mut out = b"before ".to_vec();
        text(&mut out, value);
        String::from_utf8(out).unwrap().strip_prefix("before ").unwrap().into()
    }

    #[test]
    fn what_must_be_escaped_is_and_nothing_else() {
        assert_eq!(written(""), r#""""#);
        assert_eq!(
            written("Термос «Ко» </b> & ' / \u{7f}\u{2028}\u{2029}😀"),
            "\"Термос «Ко» </b> & ' / \u{7f}\u{2028}\u{2029}😀\""
        );
        assert_eq!(written("\"a\\b\"\n\r\t\u{8}\u{c}"), r#""\"a\\b\"\n\r\t\b\f""#);
        assert_eq!(written("\0\u{b}\u{1f}"), r#""\u0000\u000b\u001f""#);
    }

    proptest! {
        #[test]
        fn it_is_what_another_writer_writes(value in "([a-zїЖ😀\u{2028}/]{0,20}[\u{0}-\u{20}\"\\\\]?){0,5}") {
            prop_assert_eq!(written(&value), serde_json::to_string(&value).unwrap());
        }
    }
}
