//! Writing XML: what is written here reads back as what it was, in our reader and in
//! everybody else's. Characters that no document can carry are taken out first, and counted.

use bumpalo::Bump;
use bumpalo::collections::String as ArenaString;

use super::characters::{Characters, is_legal};
use super::scan;

/// What a byte becomes; empty for one that stays.
type Table = [&'static str; 256];

const TEXT: Table = {
    let mut table = [""; 256];
    table[b'&' as usize] = "&amp;";
    table[b'<' as usize] = "&lt;";
    table[b'>' as usize] = "&gt;";
    table[b'"' as usize] = "&quot;";
    table[b'\'' as usize] = "&apos;";
    // a reader would take it for a line end
    table[b'\r' as usize] = "&#13;";
    table
};

const ATTRIBUTE: Table = {
    let mut table = TEXT;
    // a reader would take these for blanks
    table[b'\t' as usize] = "&#9;";
    table[b'\n' as usize] = "&#10;";
    table
};

/// Adds text between tags.
pub fn text(out: &mut Vec<u8>, text: &str) {
    escape(out, text, &TEXT);
}

/// Adds the value of an attribute, for either kind of quotes.
pub fn attribute(out: &mut Vec<u8>, value: &str) {
    escape(out, value, &ATTRIBUTE);
}

/// Adds text as a CDATA section; where it holds `]]>` as several, since that would end the section.
/// A carriage return stays, and every reader makes a line feed of it: no section can carry one.
pub fn cdata(out: &mut Vec<u8>, text: &str) {
    const OPEN: &[u8] = b"<![CDATA[";
    const CLOSE: &[u8] = b"]]>";
    out.reserve(text.len() + OPEN.len() + CLOSE.len());
    out.extend_from_slice(OPEN);
    let bytes = text.as_bytes();
    let mut done = 0;
    for at in memchr::memchr_iter(b'>', bytes) {
        if at >= 2 && bytes.get(at - 2..at) == Some(b"]]") {
            out.extend_from_slice(bytes.get(done..at).unwrap_or_default());
            out.extend_from_slice(CLOSE);
            out.extend_from_slice(OPEN);
            done = at;
        }
    }
    out.extend_from_slice(bytes.get(done..).unwrap_or_default());
    out.extend_from_slice(CLOSE);
}

fn escape(out: &mut Vec<u8>, text: &str, table: &Table) {
    out.reserve(text.len());
    let bytes = text.as_bytes();
    let (mut done, mut at) = (0, 0);
    while let Some(mark) = scan::escape_mark(bytes, at) {
        at = mark + 1;
        let instead = bytes.get(mark).and_then(|byte| table.get(usize::from(*byte))).copied().unwrap_or_default();
        if !instead.is_empty() {
            out.extend_from_slice(bytes.get(done..mark).unwrap_or_default());
            out.extend_from_slice(instead.as_bytes());
            done = at;
        }
    }
    out.extend_from_slice(bytes.get(done..).unwrap_or_default());
}

/// The text without the characters that XML cannot carry, and how many there were.
pub fn clean<'b>(text: &'b str, arena: &'b Bump) -> (&'b str, usize) {
    let Some(first) = Characters::of(text).illegal else { return (text, 0) };
    let mut kept = ArenaString::with_capacity_in(text.len(), arena);
    let (before, rest) = text.split_at(first);
    kept.push_str(before);
    kept.extend(rest.chars().filter(|character| is_legal(*character)));
    let removed = rest.chars().filter(|character| !is_legal(*character)).count();
    (kept.into_bump_str(), removed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(write: fn(&mut Vec<u8>, &str), value: &str) -> String {
        let mut out = Vec::new();
        write(&mut out, value);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_means_something_to_a_reader_is_escaped() {
        assert_eq!(
            written(text, "ТОВ «Ко» & <b>\"'</b>\r\n\t"),
            "ТОВ «Ко» &amp; &lt;b&gt;&quot;&apos;&lt;/b&gt;&#13;\n\t"
        );
        assert_eq!(written(attribute, "a\tb\nc\r\"'<&>"), "a&#9;b&#10;c&#13;&quot;&apos;&lt;&amp;&gt;");
        assert_eq!(written(text, ""), "");
        assert_eq!(written(text, "&"), "&amp;");
    }

    proptest! {
        #[test]
        fn no_byte_that_must_be_escaped_is_missed(value in "[a-zїЖ😀<>&\"'\r\n\t;=]{0,80}") {
            let by_hand = |wanted: &Table| -> String {
                let one = |character: char| {
                    let instead = u8::try_from(character).ok().filter(u8::is_ascii).map_or("", |byte| wanted[byte as usize]);
                    if instead.is_empty() { character.to_string() } else { instead.to_string() }
                };
                value.chars().map(one).collect()
            };
            prop_assert_eq!(written(text, &value), by_hand(&TEXT));
            prop_assert_eq!(written(attribute, &value), by_hand(&ATTRIBUTE));
        }
    }

    #[test]
    fn a_section_is_split_where_it_would_end() {
        assert_eq!(written(cdata, "<p>Термос & чай</p>"), "<![CDATA[<p>Термос & чай</p>]]>");
        assert_eq!(written(cdata, "a]]>b"), "<![CDATA[a]]]]><![CDATA[>b]]>");
        assert_eq!(written(cdata, "]]>]]>"), "<![CDATA[]]]]><![CDATA[>]]]]><![CDATA[>]]>");
        assert_eq!(written(cdata, "]] >]>"), "<![CDATA[]] >]>]]>");
        assert_eq!(written(cdata, ""), "<![CDATA[]]>");
    }

    #[test]
    fn characters_that_cannot_go_are_counted() {
        let arena = Bump::new();
        let text = "Термос 😀\n";
        assert_eq!(clean(text, &arena), (text, 0));
        assert_eq!(clean(text, &arena).0.as_ptr(), text.as_ptr(), "clean text is not copied");
        assert_eq!(clean("\0Тер\u{b}мос\u{ffff}\u{fffe}\u{fffd}\t", &arena), ("Термос\u{fffd}\t", 4));
        assert_eq!(clean("\u{1}", &arena), ("", 1));
    }
}
