//! Whether two pieces of markup show the same: attribute order, case of names,
//! entities, no-break blanks and runs of blanks aside.

use std::borrow::Cow;

use crate::model::markup::{is_block, letter, name, opens_markup, tag};

/// Whether two texts show the same in a browser.
pub fn same(one: &str, other: &str) -> bool {
    let (one, other) = from_last_common_block(one.trim(), other.trim());
    canonical(one) == canonical(other)
}

/// Both from the last tag of a block on up to which they are the same letters: whatever stands before it shows the same,
/// and such a tag parts it from what follows.
fn from_last_common_block<'t>(one: &'t str, other: &'t str) -> (&'t str, &'t str) {
    let common = common_bytes(one.as_bytes(), other.as_bytes());
    let (mut at, mut block) = (0, 0);
    while let Some(rest) = one.get(at..) {
        let end = match tag(rest) {
            Some((_, after)) => one.len() - after.len(),
            // whether this is the beginning of a tag may be told by what differs
            None if rest.starts_with('<') => break,
            None => memchr::memchr(b'<', rest.as_bytes()).map_or(one.len(), |found| at + found),
        };
        if end > common || end == at {
            break;
        }
        if tag(rest).is_some_and(|(tag, _)| is_block(tag)) {
            block = at;
        }
        at = end;
    }
    (one.get(block..).unwrap_or(one), other.get(block..).unwrap_or(other))
}

/// How many bytes at their beginning two texts have in common.
fn common_bytes(one: &[u8], other: &[u8]) -> usize {
    const STEP: usize = 32;
    let chunks = one.chunks_exact(STEP).zip(other.chunks_exact(STEP)).take_while(|(one, other)| one == other);
    let at = chunks.count() * STEP;
    let rest = one.get(at..).into_iter().flatten().zip(other.get(at..).into_iter().flatten());
    at + rest.take_while(|(one, other)| one == other).count()
}

/// Markup in a form in which equal means that it shows the same. `<` stands there before tags only: one that is text
/// is written `&lt;`, and `&` therefore `&amp;`, so that a tag that customers read is never taken for one that works.
fn canonical(markup: &str) -> String {
    let mut out = String::with_capacity(markup.len());
    let mut rest = markup.trim();
    while !rest.is_empty() {
        match tag(rest) {
            Some((tag, after)) => {
                while out.ends_with(' ') && is_block(tag) {
                    out.pop();
                }
                push_tag(&mut out, tag);
                rest = if is_block(tag) { after.trim_start() } else { after };
            }
            None => {
                let behind_first = rest.as_bytes().get(1..).unwrap_or_default();
                let at = memchr::memchr(b'<', behind_first).map_or(rest.len(), |at| at + 1);
                let (text, after) = rest.split_at(at);
                push_text(&mut out, text);
                rest = after;
            }
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn push_tag(out: &mut String, tag: &str) {
    out.push('<');
    if tag.starts_with('/') {
        out.push('/');
    }
    out.push_str(&name(tag).to_lowercase());
    let mut attributes = attributes(tag);
    attributes.sort();
    for (name, value) in attributes {
        out.push_str(&format!(" {name}=\"{value}\""));
    }
    out.push('>');
}

/// Attributes with their names in small letters, entities resolved, and nothing in a value that could end it.
fn attributes(tag: &str) -> Vec<(String, String)> {
    let after_name = tag.trim_start_matches('/');
    let mut rest = after_name.get(name(tag).len()..).unwrap_or("").trim_end_matches('/').trim();
    let mut list = Vec::new();
    while !rest.is_empty() {
        let end = rest.find(|letter: char| letter == '=' || letter.is_whitespace()).unwrap_or(rest.len());
        let (attribute, after) = rest.split_at(end);
        let Some(value) = after.trim_start().strip_prefix('=').map(str::trim_start) else {
            list.push((attribute.to_lowercase(), String::new()));
            rest = after.trim_start();
            continue;
        };
        let quote = value.chars().next().filter(|letter| matches!(letter, '"' | '\''));
        let (value, after) = match quote {
            Some(quote) => value.get(1..).and_then(|inner| inner.split_once(quote)).unwrap_or((value, "")),
            None => value.split_once(char::is_whitespace).unwrap_or((value, "")),
        };
        let value = resolved(value).trim().replace('<', "&lt;").replace('"', "&quot;");
        list.push((attribute.to_lowercase(), value));
        rest = after.trim_start();
    }
    list
}

/// Text with entities resolved and runs of blanks as one.
fn push_text(out: &mut String, text: &str) {
    // a no-break blank is white space too
    let text = match text.strip_prefix('<') {
        Some(after) if !opens_markup(after) => {
            out.push_str("&lt;");
            resolved(after)
        }
        _ => resolved(text),
    };
    let (first, mut rest) = first_word(&text);
    out.push_str(first);
    while let Some((word, behind)) = rest.map(first_word) {
        rest = behind;
        // what is empty lies between two blanks
        if !out.ends_with(' ') && !ends_with_block(out) {
            out.push(' ');
        }
        out.push_str(word);
    }
}

/// What stands before the first blank of a text, and what stands behind it, where there is one.
fn first_word(text: &str) -> (&str, Option<&str>) {
    // every blank begins with one of these, and most other letters of most texts do not
    let may_begin = |byte: u8| byte <= b' ' || matches!(byte, 0xC2 | 0xE1..=0xE3);
    let mut from = 0;
    while let Some(found) = text.as_bytes().get(from..).and_then(|rest| rest.iter().position(|byte| may_begin(*byte))) {
        let (word, behind) = text.split_at(from + found);
        let Some(letter) = behind.chars().next() else { break };
        let after = behind.get(letter.len_utf8()..).unwrap_or_default();
        if letter.is_whitespace() {
            return (word, Some(after));
        }
        from = text.len() - after.len();
    }
    (text, None)
}

/// Whether a canonical text ends with the tag of a block.
fn ends_with_block(out: &str) -> bool {
    out.ends_with('>')
        && out.rfind('<').and_then(|at| out.get(at + 1..out.len().saturating_sub(1))).is_some_and(is_block)
}

/// Text with entities resolved, but for `<` and `&`, which are spelled one way.
fn resolved(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(rest.get(..at).unwrap_or(""));
        rest = rest.get(at..).unwrap_or("");
        let entity =
            rest.get(1..).and_then(|inner| inner.split_once(';')).map(|split| split.0).filter(|e| e.len() <= 10);
        match entity.and_then(|entity| Some((entity, letter(entity)?))) {
            Some((entity, letter)) => {
                match letter {
                    '<' => out.push_str("&lt;"),
                    '&' => out.push_str("&amp;"),
                    _ => out.push(letter),
                }
                rest = rest.get(entity.len() + 2..).unwrap_or("");
            }
            None => {
                out.push_str("&amp;");
                rest = rest.get(1..).unwrap_or("");
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Markup of few pieces, so that two often begin alike.
    fn pieces() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "<p>",
            "</p>",
            "<br/>",
            "<b>",
            "</b>",
            "<li class='a > b'>",
            "<p",
            "<",
            ">",
            " ",
            "\n",
            "&nbsp;",
            "a",
            "ї",
            "&lt;",
            "\"",
        ]);
        prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn a_common_beginning_changes_nothing(begin in pieces(), one in pieces(), other in pieces()) {
            let (one, other) = (format!("{begin}{one}"), format!("{begin}{other}"));
            prop_assert_eq!(same(&one, &other), canonical(&one) == canonical(&other), "{} | {}", one, other);
        }

        #[test]
        fn words_are_those_of_the_standard_library(text in "[a-яіҐ \t\n\u{85}\u{A0}«—\u{2003}\u{3000}\u{1680}é]{0,20}") {
            let (mut words, mut rest) = (Vec::new(), Some(text.as_str()));
            while let Some((word, behind)) = rest.map(first_word) {
                words.push(word);
                rest = behind;
            }
            prop_assert_eq!(words, text.split(char::is_whitespace).collect::<Vec<_>>());
        }
    }

    #[test]
    fn what_shows_the_same_is_the_same() {
        for (one, other) in [
            ("<p>a &amp; b</p>", "<P>a & b</P>"),
            ("<p class=\"d\" id='x'>a</p>", "<p id=\"x\" class=\"d\">a</p>"),
            ("a&nbsp;b", "a\u{A0}b"),
            ("a&nbsp;b", "a b"),
            ("<p>a</p>\n\n<p>b</p>", "<p>a</p><p>b</p>"),
            ("a<br/>b", "a<br>b"),
            ("a\r\n b", "a b"),
            ("&#8212; &#x2014;", "— —"),
            ("t < 40 °C", "t &lt; 40 °C"),
            ("t<40 °C & <", "t&#60;40 °C &amp; &lt;"),
            ("a -> b", "a -&gt; b"),
            ("<p title='a &quot; < b'>a</p>", "<p title='a \" &lt; b'>a</p>"),
        ] {
            assert!(same(one, other), "{one} | {other}: {} | {}", canonical(one), canonical(other));
        }
    }

    #[test]
    fn what_shows_otherwise_is_not() {
        for (one, other) in [
            ("<p>a</p>", "<p>b</p>"),
            ("<b>a</b> b", "<b>a</b>b"),
            ("<p class=\"d\">a</p>", "<p class=\"e\">a</p>"),
            ("<p>a</p>", "<b>a</b>"),
            ("a &amp;nbsp; b", "a &nbsp; b"),
            ("&lt;p&gt;Bold&lt;/p&gt;", "<p>Bold</p>"),
            ("a &lt;b&gt; c", "a <b> c"),
            ("a &#60;b&#x3E; c", "a <b> c"),
            ("a &amp;lt; c", "a &lt; c"),
            ("&lt;!-- a --&gt;", "<!-- a -->"),
            ("&lt;p", "<p"),
            ("<p title='a\" class=\"b'>a</p>", "<p title='a' class='b'>a</p>"),
            ("a", ""),
        ] {
            assert!(!same(one, other), "{one} | {other}");
        }
    }

    #[test]
    fn text_is_not_lost() {
        assert_eq!(canonical("a[b[0]]>1"), "a[b[0]]>1");
        assert_eq!(canonical("<"), "&lt;");
        assert_eq!(canonical("<p"), "<p");
    }
}
