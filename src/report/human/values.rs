//! The two sides of a changed field, as a person reads them.

use crate::plan::{FieldChange, Items};
use crate::report::Look;
use crate::report::text::{Ink, Spans, blanks_shown, cells, strangers_shown, visible};
use crate::report::words::{Piece, WordDiff, word_diff};

/// Values up to so many cells stand side by side; longer ones are told by their words.
const SHORT: usize = 24;
/// Words that are shown before and after a change.
const AROUND: usize = 3;

/// A field's name, with letters of another script shown that look as if they belonged to it.
pub(super) fn name(field: &str, look: &Look) -> String {
    strangers_shown(field, look.unicode).into_owned()
}

/// Both sides, where they are short enough to stand side by side.
pub(super) fn short(field: &FieldChange, look: &Look) -> Option<(String, String)> {
    if many(field).is_some() {
        return None;
    }
    let (from, to) = (field.from.as_deref(), field.to.as_deref());
    let only_blanks = from.zip(to).is_some_and(|(from, to)| from.split_whitespace().eq(to.split_whitespace()));
    let side = |side: Option<&str>| match side {
        None => "none".to_owned(),
        Some("") => "empty".to_owned(),
        Some(text) if only_blanks => blanks_shown(text, look.unicode),
        Some(text) => visible(text, look.unicode).into_owned(),
    };
    let sides = (side(from), side(to));
    let is_short = |side: &str| side.len() <= 4 * SHORT && cells(side) <= SHORT;
    (is_short(&sides.0) && is_short(&sides.1)).then_some(sides)
}

/// A list's items on both sides; a list of one is as good as its item.
pub(super) fn many(field: &FieldChange) -> Option<&Items> {
    field.items.as_deref().filter(|items| items.from.len().max(items.to.len()) > 1)
}

/// A text's difference where it changes, with a few words around.
pub(super) fn excerpt(field: &FieldChange, look: &Look) -> Spans {
    if let Some(items) = many(field) {
        return vec![(Ink::Plain, list(items, look))];
    }
    let diff = diff(field);
    let pieces = diff.pieces();
    let last = pieces.len().saturating_sub(1);
    let around = |(at, piece): (usize, &Piece<'_>)| match piece {
        Piece::Same(text) => (Ink::Plain, shortened(text, at > 0, at < last, look)),
        changed => span(changed, look),
    };
    pieces.iter().enumerate().map(around).collect()
}

/// How the words of a field differ.
pub(super) fn diff(field: &FieldChange) -> WordDiff<'_> {
    word_diff(field.from.as_deref().unwrap_or(""), field.to.as_deref().unwrap_or(""))
}

/// Only the words that go and come.
pub(super) fn moved_words(field: &FieldChange, look: &Look) -> Spans {
    let diff = diff(field);
    let mut spans = Spans::new();
    for piece in diff.pieces() {
        match piece {
            Piece::Same(_) if !spans.is_empty() => spans.push((Ink::Plain, " ".into())),
            Piece::Same(_) => {}
            changed => spans.push(span(&changed, look)),
        }
    }
    spans.pop_if(|last| last.1 == " ");
    for edge in [0, spans.len().saturating_sub(1)] {
        spans.get_mut(edge).into_iter().for_each(|span| span.1 = span.1.trim().to_owned());
    }
    spans
}

/// A piece with its marks; where only blanks go or come, they are shown.
pub(super) fn span(piece: &Piece<'_>, look: &Look) -> (Ink, String) {
    match piece {
        Piece::Same(text) => (Ink::Plain, (*text).to_owned()),
        Piece::Gone(text) => (Ink::Gone, marked(text, ("[-", "-]"), look)),
        Piece::Come(text) => (Ink::Come, marked(text, ("{+", "+}"), look)),
    }
}

/// A text between marks. Blanks at its ends stand outside of them, as between any two words.
fn marked(text: &str, (open, close): (&str, &str), look: &Look) -> String {
    let word = text.trim();
    if word.is_empty() {
        return format!("{open}{}{close}", blanks_shown(text, look.unicode));
    }
    let (before, after) = (text.len() - text.trim_start().len(), text.trim_end().len());
    let (before, after) = (text.get(..before).unwrap_or_default(), text.get(after..).unwrap_or_default());
    format!("{before}{open}{word}{close}{after}")
}

/// How a list changes: `3 → 4, one added as 2nd: https://…`.
pub(super) fn list(items: &Items, look: &Look) -> String {
    let added: Vec<(usize, &String)> = missing(&items.to, &items.from);
    let removed: Vec<(usize, &String)> = missing(&items.from, &items.to);
    let counts = format!("{} {} {}", items.from.len(), look.arrow(), items.to.len());
    match (removed.as_slice(), added.as_slice()) {
        ([], []) => format!("the same {} in another order", items.to.len()),
        ([], [(at, item)]) => format!("{counts}, one added as {}: {item}", ordinal(at + 1)),
        ([(at, item)], []) => format!("{counts}, one removed, the {}: {item}", ordinal(at + 1)),
        ([(was, _)], [(at, item)]) if was == at => format!("{counts}, the {} replaced: {item}", ordinal(at + 1)),
        (removed, []) => format!("{counts}, {} removed", removed.len()),
        ([], added) => format!("{counts}, {} added", added.len()),
        (removed, added) => format!("{counts}, {} added, {} removed", added.len(), removed.len()),
    }
}

/// The items of one list that the other has not, or has less often, with their places from 0.
pub(super) fn missing<'i>(items: &'i [String], others: &[String]) -> Vec<(usize, &'i String)> {
    let mut open: Vec<&String> = others.iter().collect();
    open.sort_unstable();
    let mut used = vec![false; open.len()];
    let mut is_missing = |item: &String| {
        let from = open.partition_point(|other| *other < item);
        let equal = open.iter().skip(from).take_while(|other| **other == item).count();
        let free = used.iter_mut().skip(from).take(equal).find(|used| !**used);
        free.is_none_or(|free| std::mem::replace(free, true))
    };
    items.iter().enumerate().filter(|(_, item)| is_missing(item)).collect()
}

/// A text that stays, down to a few words beside what changes.
fn shortened(text: &str, after_change: bool, before_change: bool, look: &Look) -> String {
    let words: Vec<&str> = text.split_inclusive(char::is_whitespace).collect();
    let (front, back) = (if after_change { AROUND } else { 0 }, if before_change { AROUND } else { 0 });
    // a blank at the edge counts as a word of its own here, so that `a ` is never cut to nothing
    if words.len() <= front + back + 2 {
        return text.to_owned();
    }
    let take = |range: std::ops::Range<usize>| words.get(range).unwrap_or_default().concat();
    let (head, tail) = (take(0..front + usize::from(after_change)), take(words.len() - back..words.len()));
    let mark = look.ellipsis();
    match (after_change, before_change) {
        (true, true) => format!("{head}{mark} {tail}"),
        (true, false) => format!("{head}{mark}"),
        _ => format!("{mark}{tail}"),
    }
}

fn ordinal(number: usize) -> String {
    let suffix = match (number % 10, number % 100) {
        (1, rest) if rest != 11 => "st",
        (2, rest) if rest != 12 => "nd",
        (3, rest) if rest != 13 => "rd",
        _ => "th",
    };
    format!("{number}{suffix}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(from: Option<&str>, to: Option<&str>) -> FieldChange {
        FieldChange { from: from.map(Into::into), to: to.map(Into::into), ..FieldChange::default() }
    }

    fn text(spans: &Spans) -> String {
        spans.iter().map(|span| span.1.as_str()).collect()
    }

    fn items(from: &[&str], to: &[&str]) -> Items {
        let list = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect();
        Items { from: list(from), to: list(to) }
    }

    #[test]
    fn short_values_stand_side_by_side() {
        let look = &Look::PLAIN;
        assert_eq!(short(&field(None, Some("1299")), look), Some(("none".into(), "1299".into())));
        assert_eq!(short(&field(Some(""), Some("так")), look), Some(("empty".into(), "так".into())));
        assert_eq!(short(&field(Some("a  b"), Some("a\u{a0}b")), look), Some(("a␣␣b".into(), "a⍽b".into())));
        assert_eq!(short(&field(Some("a\nb"), Some("a")), look), Some(("a⏎b".into(), "a".into())));
        assert_eq!(short(&field(Some(&"а".repeat(25)), Some("a")), look), None);
    }

    #[test]
    fn a_list_of_one_is_its_item() {
        let one = FieldChange { items: Some(Box::new(items(&["1"], &["7"]))), ..field(Some("1"), Some("7")) };
        assert_eq!(short(&one, &Look::PLAIN), Some(("1".into(), "7".into())));
        let two = FieldChange { items: Some(Box::new(items(&["1"], &["1", "7"]))), ..field(Some("1"), Some("1, 7")) };
        assert_eq!(short(&two, &Look::PLAIN), None);
        assert_eq!(text(&excerpt(&two, &Look::PLAIN)), "1 → 2, one added as 2nd: 7");
    }

    #[test]
    fn excerpts_show_a_few_words_around_the_change() {
        let from = "нуль один пів два три чотири старе п’ять шість сім вісім дев’ять десять сто";
        let change = field(Some(from), Some(&from.replace("старе", "нове")));
        assert_eq!(text(&excerpt(&change, &Look::PLAIN)), "…два три чотири [-старе-]{+нове+} п’ять шість сім …");
        assert_eq!(text(&moved_words(&change, &Look::PLAIN)), "[-старе-]{+нове+}");
        let more = field(Some("Термос 1 л Безкоштовна доставка!"), Some("Термос 1 л"));
        assert_eq!(text(&excerpt(&more, &Look::PLAIN)), "Термос 1 л [-Безкоштовна доставка!-]");
        assert_eq!(text(&moved_words(&more, &Look::PLAIN)), "[-Безкоштовна доставка!-]");
        let blank = field(Some("дуже довгий текст з одним пробілом"), Some("дуже довгий текст з\u{a0}одним пробілом"));
        assert_eq!(text(&excerpt(&blank, &Look::PLAIN)), "дуже довгий текст з[-␣-]{+⍽+}одним пробілом");
    }

    #[test]
    fn lists_say_what_came_and_went() {
        let say = |from: &[&str], to: &[&str]| list(&items(from, to), &Look::PLAIN);
        assert_eq!(say(&["a", "b", "c"], &["a", "x", "b", "c"]), "3 → 4, one added as 2nd: x");
        assert_eq!(say(&["a", "b"], &["b"]), "2 → 1, one removed, the 1st: a");
        assert_eq!(say(&["a", "b"], &["a", "c"]), "2 → 2, the 2nd replaced: c");
        assert_eq!(say(&["a", "b"], &["b", "a"]), "the same 2 in another order");
        assert_eq!(say(&["a", "a"], &["a", "b", "c"]), "2 → 3, 2 added, 1 removed");
        assert_eq!(ordinal(11) + &ordinal(21) + &ordinal(3), "11th21st3rd");
    }
}
