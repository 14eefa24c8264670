//! Rows of parts in one text, `a:b,c:d`: told apart by marks, and between quotes where a part holds one of them. So stand
//! tables in a cell, and so a merchant's column may hold the rows of a group.

use std::borrow::Cow;

use bumpalo::Bump;

use super::description::BETWEEN_PARTS;
use crate::model::text::trimmed;
use crate::wire::table::{MARKS, quoted};

/// A part as it stands in such a text: between quotes where it holds a mark.
pub(super) fn as_part(text: &str) -> Cow<'_, str> {
    let is_marked = text.bytes().any(|byte| byte == b'"' || MARKS.contains(&byte));
    if is_marked { Cow::Owned(quoted(text)) } else { Cow::Borrowed(text) }
}

/// A value without the quotes around it, and with those in it made single. One that quotes do not hold as a whole
/// stays as it is.
pub(super) fn without_quotes<'b>(raw: &'b str, arena: &'b Bump) -> &'b str {
    let text = trimmed(raw);
    match text.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')) {
        Some(inside) if !inside.replace("\"\"", "").contains('"') => match inside.contains('"') {
            true => arena.alloc_str(&inside.replace("\"\"", "\"")),
            false => inside,
        },
        _ => text,
    }
}

/// The parts of a text, told apart by a mark that does not stand between quotes. A quote opens where a value begins,
/// and closes where one ends; any other is a letter.
pub(super) fn outside_of_quotes<'t>(text: &'t str, mark: &'static str) -> impl Iterator<Item = &'t str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = mark_outside(text, mark);
        rest = end.and_then(|at| text.get(at + mark.len()..));
        text.get(..end.unwrap_or(text.len()))
    })
}

/// Whether what stands behind a comma belongs to the number before it, `a:90` and `50 UAH` of `a:90,50 UAH`: a single
/// part that begins with a digit, behind a row of several that ends in one.
pub(super) fn goes_on(before: &str, row: &str) -> bool {
    let is_digit = |one: char| one.is_ascii_digit();
    let (before, row) = (trimmed(before), trimmed(row));
    row.starts_with(is_digit)
        && before.ends_with(is_digit)
        && mark_outside(row, BETWEEN_PARTS).is_none()
        && mark_outside(before, BETWEEN_PARTS).is_some()
}

/// Where the first mark stands that is not between quotes.
fn mark_outside(text: &str, mark: &str) -> Option<usize> {
    let (bytes, mut at, mut begins) = (text.as_bytes(), 0, true);
    while let Some(byte) = bytes.get(at).copied() {
        if text.get(at..).is_some_and(|rest| rest.starts_with(mark)) {
            return Some(at);
        }
        if byte == b'"' && begins {
            let behind = closing(bytes, at + 1).map(|closing| closing + 1);
            let ends = |behind: &usize| bytes.get(*behind).is_none_or(|byte| MARKS.contains(byte));
            if let Some(behind) = behind.filter(ends) {
                (at, begins) = (behind, false);
                continue;
            }
        }
        begins = MARKS.contains(&byte) || (begins && byte == b' ');
        at += 1;
    }
    None
}

/// The quote that closes what begins here; doubled ones are letters.
fn closing(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == b'"')?;
        if bytes.get(at + 1) != Some(&b'"') {
            return Some(at);
        }
        at += 2;
    }
}

#[cfg(test)]
mod tests {
    use super::super::description::BETWEEN_ITEMS;
    use super::*;

    #[test]
    fn what_follows_a_number_behind_a_comma_may_be_the_rest_of_it() {
        for (before, row) in [("kalyna:gold:90", "50 UAH"), ("UA::7", " 5 "), ("a:1", "000")] {
            assert!(goes_on(before, row), "{before},{row}");
        }
        for (before, row) in
            [("kalyna:gold:90", "50:gold"), ("kalyna:gold", "50 UAH"), ("90", "50"), ("a:9", "b"), ("a:\"9\"", "5")]
        {
            assert!(!goes_on(before, row), "{before},{row}");
        }
    }

    #[test]
    fn quotes_hold_marks_only_around_whole_values() {
        for (text, mark, parts) in [
            ("a:b:c", BETWEEN_PARTS, vec!["a", "b", "c"]),
            ("a:\"b:c\":d", BETWEEN_PARTS, vec!["a", "\"b:c\"", "d"]),
            ("a:12\":c", BETWEEN_PARTS, vec!["a", "12\"", "c"]),
            ("\"a\" b:c", BETWEEN_PARTS, vec!["\"a\" b", "c"]),
            ("a:\"x,y\",b:z", BETWEEN_ITEMS, vec!["a:\"x,y\"", "b:z"]),
            ("a:6\",b:\"7\"\"\"", BETWEEN_ITEMS, vec!["a:6\"", "b:\"7\"\"\""]),
            ("\"a,b", BETWEEN_ITEMS, vec!["\"a", "b"]),
            ("", BETWEEN_ITEMS, vec![""]),
        ] {
            assert_eq!(outside_of_quotes(text, mark).collect::<Vec<_>>(), parts, "{text}");
        }
    }
}
