//! Writing JSON: what is written here reads back as what it was, and nothing is escaped that need not be.

use super::scan::text_mark;

/// What is written to: bytes of a feed, or a text.
pub trait Out {
    /// Adds a text as it is.
    fn put(&mut self, text: &str);
}

impl Out for Vec<u8> {
    #[inline]
    fn put(&mut self, text: &str) {
        self.extend_from_slice(text.as_bytes());
    }
}

impl Out for String {
    #[inline]
    fn put(&mut self, text: &str) {
        self.push_str(text);
    }
}

/// Adds a text in its quotes. The quote, the backslash and control characters are escaped, and nothing else.
pub fn text(out: &mut impl Out, text: &str) {
    let bytes = text.as_bytes();
    out.put("\"");
    let mut done = 0;
    while let Some(mark) = text_mark(bytes, done) {
        out.put(text.get(done..mark).unwrap_or_default());
        escape(out, bytes.get(mark).copied().unwrap_or_default());
        done = mark + 1;
    }
    out.put(text.get(done..).unwrap_or_default());
    out.put("\"");
}

fn escape(out: &mut impl Out, byte: u8) {
    match byte {
        b'"' => out.put("\\\""),
        b'\\' => out.put("\\\\"),
        b'\n' => out.put("\\n"),
        b'\r' => out.put("\\r"),
        b'\t' => out.put("\\t"),
        8 => out.put("\\b"),
        12 => out.put("\\f"),
        other => out.put(&format!("\\u{other:04x}")),
    }
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
