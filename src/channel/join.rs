//! Lists in one text: joined by a mark, and split at it again.

use bumpalo::Bump;
use wide::u8x16;

use crate::model::text::trimmed;
use crate::wire::table;

/// How an item that holds the separator is told from two items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Escape {
    /// `\` stands before the separator, and before itself.
    Backslash,
    /// The item stands in `"`, with its own doubled.
    Quotes,
}

impl Escape {
    /// The way of this name in a description.
    pub fn named(name: &str) -> Option<Escape> {
        match name {
            "\\" => Some(Escape::Backslash),
            "quote" => Some(Escape::Quotes),
            _ => None,
        }
    }
}

/// Where a joined list is split: at what joins it, blanks beside it aside.
pub(super) fn separator(join: &str) -> &str {
    match join.trim() {
        // blanks alone can join too
        "" => join,
        mark => mark,
    }
}

/// The items in one text.
pub(super) fn joined(items: &[&str], join: &str, escape: Option<Escape>) -> String {
    let separator = separator(join);
    let mut text = String::new();
    for (position, item) in items.iter().enumerate() {
        if position > 0 {
            text.push_str(join);
        }
        match escape {
            Some(Escape::Backslash) if item.contains(separator) || item.contains('\\') => {
                text.push_str(&item.replace('\\', "\\\\").replace(separator, &format!("\\{separator}")));
            }
            Some(Escape::Quotes) if item.contains(separator) || item.contains('"') => {
                text.push_str(&table::quoted(item));
            }
            _ => text.push_str(item),
        }
    }
    text
}

/// The items of a text; those of which nothing remains are left out.
pub(super) fn split<'b>(text: &'b str, separator: &str, escape: Option<Escape>, arena: &'b Bump) -> Vec<&'b str> {
    let mut items: Vec<&'b str> = match escape {
        None => text.split(separator).map(trimmed).collect(),
        Some(Escape::Backslash) => after_backslashes(text, separator, arena),
        Some(Escape::Quotes) => in_quotes(text, separator, arena),
    };
    items.retain(|item| !item.is_empty());
    items
}

fn after_backslashes<'b>(text: &'b str, separator: &str, arena: &'b Bump) -> Vec<&'b str> {
    let mut items = Vec::new();
    let mut item = String::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let behind = rest.strip_prefix('\\').unwrap_or("");
        if let Some(after) = behind.strip_prefix('\\') {
            item.push('\\');
            rest = after;
        } else if let Some(after) = behind.strip_prefix(separator) {
            item.push_str(separator);
            rest = after;
        } else if let Some(after) = rest.strip_prefix(separator) {
            items.push(&*arena.alloc_str(trimmed(&item)));
            item.clear();
            rest = after;
        } else {
            item.push(letter);
            rest = rest.get(letter.len_utf8()..).unwrap_or("");
        }
    }
    items.push(arena.alloc_str(trimmed(&item)));
    items
}

fn in_quotes<'b>(text: &'b str, separator: &str, arena: &'b Bump) -> Vec<&'b str> {
    let mut items = Vec::new();
    let mut rest = text;
    loop {
        let (item, after) = match quoted(rest, separator) {
            Some((item, after)) => (&*arena.alloc_str(&item), after),
            None => match rest.split_once(separator) {
                Some((item, after)) => (trimmed(item), Some(after)),
                None => (trimmed(rest), None),
            },
        };
        items.push(item);
        match after {
            Some(after) => rest = after,
            None => return items,
        }
    }
}

/// An item in quotes and what follows the separator behind it; `None` where none stands here as a whole.
fn quoted<'t>(text: &'t str, separator: &str) -> Option<(String, Option<&'t str>)> {
    let mut rest = text.trim_start().strip_prefix('"')?;
    let mut item = String::new();
    loop {
        let (before, after) = rest.split_once('"')?;
        item.push_str(before);
        match after.strip_prefix('"') {
            Some(more) => {
                item.push('"');
                rest = more;
            }
            None if after.trim().is_empty() => return Some((item, None)),
            None => {
                let behind = after.strip_prefix(separator).or_else(|| after.trim_start().strip_prefix(separator))?;
                return Some((item, Some(behind)));
            }
        }
    }
}

/// Whether a mark stands in a text only between two digits: `1,7 л`.
pub(super) fn stands_in_numbers(text: &str, mark: &str) -> bool {
    text.match_indices(mark).all(|(at, _)| {
        let (before, behind) = (text.get(..at).unwrap_or(""), text.get(at + mark.len()..).unwrap_or(""));
        before.ends_with(|last: char| last.is_ascii_digit()) && behind.starts_with(|first: char| first.is_ascii_digit())
    })
}

/// Whether a text holds a mark; marks are short, so their first byte is looked for.
pub(super) fn holds(text: &str, mark: &str) -> bool {
    match mark.as_bytes() {
        [one] => has_byte(text.as_bytes(), *one),
        [first, ..] => has_byte(text.as_bytes(), *first) && text.contains(mark),
        [] => false,
    }
}

/// Whether a byte stands in a text. Most texts are so short that a call would take longer than looking.
#[inline]
fn has_byte(text: &[u8], byte: u8) -> bool {
    let is_in = |lane: &[u8; 16]| u8x16::from(*lane).simd_eq(u8x16::splat(byte)).to_bitmask() != 0;
    match (text.first_chunk(), text.last_chunk()) {
        (Some(first), Some(last)) if text.len() <= 32 => is_in(first) || is_in(last),
        (Some(_), _) => memchr::memchr(byte, text).is_some(),
        _ => text.contains(&byte),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_decimal_comma_is_known_by_its_digits() {
        for (text, expected) in
            [("1,7 л", true), ("1,7, 2", false), ("чорний,матовий", false), ("7,", false), ("7", true)]
        {
            assert_eq!(stands_in_numbers(text, ","), expected, "{text}");
        }
    }

    #[test]
    fn what_others_write_is_read() {
        let arena = Bump::new();
        let read = |text, mark, escape| split(arena.alloc_str(text), mark, escape, &arena);
        assert_eq!(read("a, б,, c ,", ",", None), ["a", "б", "c"]);
        assert_eq!(read(",", ",", None), [""; 0]);
        assert_eq!(read("a\\, b, c\\\\", ",", Some(Escape::Backslash)), ["a, b", "c\\"]);
        assert_eq!(read("a\\b", ",", Some(Escape::Backslash)), ["a\\b"], "a mark before nothing is a letter");
        assert_eq!(read("\"a, \"\"b\"\"\" , 6\", c", ",", Some(Escape::Quotes)), ["a, \"b\"", "6\"", "c"]);
        assert_eq!(read("\"never closed, c", ",", Some(Escape::Quotes)), ["\"never closed", "c"]);
        assert_eq!(read("a b", separator(" "), None), ["a", "b"]);
    }

    proptest! {
        #[test]
        fn items_come_back_as_they_were(
            items in prop::collection::vec("[aб,;|\\\\\" <br>]{1,8}", 1..5),
            join in prop::sample::select(vec![", ", ",", "|", "; ", "<br>", " ", "\n"]),
            quotes in any::<bool>(),
        ) {
            let arena = Bump::new();
            let escape = if quotes { Escape::Quotes } else { Escape::Backslash };
            let items: Vec<&str> = items.iter().map(|item| item.trim()).filter(|item| !item.is_empty()).collect();
            let text = joined(&items, join, Some(escape));
            prop_assert_eq!(split(arena.alloc_str(&text), separator(join), Some(escape), &arena), items, "{}", text);
        }
    }
}
