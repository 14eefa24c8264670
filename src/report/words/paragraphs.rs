//! Long texts by paragraph: those that stay are counted, those that change are
//! shown by their words.

use super::{WordDiff, differences, is_blank, word_diff};

/// What ends a paragraph besides a line break.
const ENDS: [&str; 9] = ["</p>", "</li>", "</ul>", "</ol>", "</div>", "</tr>", "<br>", "<br/>", "<br />"];

/// A part of two texts of several paragraphs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part<'t> {
    /// So many paragraphs are the same.
    Same(usize),
    /// One that differs.
    Changed(WordDiff<'t>),
}

/// The paragraphs that differ, each by its words.
pub fn paragraph_diff<'t>(from: &'t str, to: &'t str) -> Vec<Part<'t>> {
    let (old, new) = (paragraphs(from), paragraphs(to));
    let mut parts = Vec::new();
    let mut same_from = 0;
    let mut same = |parts: &mut Vec<Part<'t>>, until: usize, next: usize| {
        let passed = old.get(same_from..until).unwrap_or_default();
        let count = passed.iter().filter(|paragraph| !is_blank(Some(paragraph))).count();
        parts.extend((count > 0).then_some(Part::Same(count)));
        same_from = next;
    };
    for (gone, come) in differences(&old, &new) {
        same(&mut parts, gone.start, gone.end);
        let (gone, come) = (old.get(gone).unwrap_or_default(), new.get(come).unwrap_or_default());
        for number in 0..gone.len().max(come.len()) {
            let side = |list: &[&'t str]| list.get(number).copied().unwrap_or_default();
            parts.push(Part::Changed(word_diff(side(gone), side(come))));
        }
    }
    same(&mut parts, old.len(), old.len());
    parts
}

/// The paragraphs of a text, their ends included; markup in one line has them too.
fn paragraphs(text: &str) -> Vec<&str> {
    let mut paragraphs = Vec::new();
    let mut start = 0;
    for (at, mark) in text.match_indices(['\n', '>']) {
        let end = at + mark.len();
        let so_far = text.get(start..end).unwrap_or_default();
        let closes = |tag: &str| {
            let tail = so_far.len().checked_sub(tag.len()).and_then(|from| so_far.get(from..));
            tail.is_some_and(|tail| tail.eq_ignore_ascii_case(tag))
        };
        if mark == "\n" || ENDS.iter().any(|tag| closes(tag)) {
            paragraphs.push(so_far);
            start = end;
        }
    }
    paragraphs.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    paragraphs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn paragraphs_that_stay_are_only_counted() {
        let from = "<p>Один</p><p>Два</p><p>Три слова тут</p>\nЧотири\n\nП’ять\n";
        let to = "<p>Один</p><p>Два</p><p>Три слова там</p>\nЧотири\n\nП’ять\n";
        let parts = paragraph_diff(from, to);
        let shape: Vec<_> = parts.iter().map(|part| matches!(part, Part::Changed(_))).collect();
        assert_eq!(shape, [false, true, false]);
        assert_eq!((&parts[0], &parts[2]), (&Part::Same(2), &Part::Same(2)));
        assert_eq!(paragraph_diff("a\nb", "a\nb"), [Part::Same(2)]);
    }

    proptest! {
        #[test]
        fn paragraphs_are_the_whole_text(text in "[абв \n>p/<li]{0,60}") {
            prop_assert_eq!(paragraphs(&text).concat(), text);
        }
    }
}
