//! JSON that is safe to look at: what a terminal would obey stands in it as
//! `\u202e`, which every reader of JSON takes for the same character.

use std::io::{self, Write};

use serde_json::ser::Formatter;

use crate::report::text::visible::must_be_shown;

/// Compact JSON in which nothing stands raw that is not plainly to be seen.
pub(super) struct Inert;

impl Formatter for Inert {
    fn write_string_fragment<W: Write + ?Sized>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, letter)) = rest.char_indices().find(|(_, letter)| must_be_shown(*letter)) {
            writer.write_all(rest.get(..at).unwrap_or_default().as_bytes())?;
            for unit in letter.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = rest.get(at + letter.len_utf8()..).unwrap_or_default();
        }
        writer.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::Serialize;

    use super::*;

    fn json(text: &str) -> String {
        let mut out = Vec::new();
        text.serialize(&mut serde_json::Serializer::with_formatter(&mut out, Inert)).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_unseen_is_escaped() {
        assert_eq!(json("a\u{1b}\u{7f}\u{9b}\u{202e}\u{e0041}\"\n"), r#""a\u001b\u007f\u009b\u202e\udb40\udc41\"\n""#);
        assert_eq!(json("Термос №5"), "\"Термос №5\"");
    }

    proptest! {
        #[test]
        fn every_text_comes_back(text in any::<String>()) {
            let written = json(&text);
            prop_assert!(!written.chars().any(must_be_shown));
            prop_assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
        }
    }
}
