//! A line of a file with the fault marked under it.

use std::io;
use std::ops::Range;

use super::Out;
use crate::report::Look;
use crate::report::text::{Ink, Line, cells, strangers_shown, visible};

/// Cells of a long line that stay before the mark.
const BEFORE: usize = 30;

/// A line with a mark.
pub(super) struct Marked<'m> {
    /// Its number from 1.
    pub(super) line: u64,
    /// Its text.
    pub(super) text: &'m str,
    /// The bytes to mark.
    pub(super) mark: Range<usize>,
    /// Said beside the mark; may be empty.
    pub(super) label: &'m str,
    /// The colour of the mark.
    pub(super) ink: Ink,
}

/// Writes the line and the mark, the number right-aligned in so many cells.
pub(super) fn write(look: &Look, gutter: usize, marked: &Marked<'_>, out: Out<'_>) -> io::Result<()> {
    let (before, found, after) = cut_around(look, gutter, marked);
    bar(Line::indented(look, gutter)).end(out)?;
    let number = marked.line.to_string();
    let line = Line::indented(look, gutter.saturating_sub(number.len())).ink(Ink::Dim, number);
    bar(line).gap(1).say(&before).say(&found).say(after).end(out)?;
    let under = "^".repeat(cells(&found).max(1));
    let line = bar(Line::indented(look, gutter)).gap(1 + cells(&before)).ink(marked.ink, under);
    line.gap(1).ink(marked.ink, marked.label).end(out)
}

fn bar(line: Line<'_>) -> Line<'_> {
    line.gap(1).ink(Ink::Dim, "|")
}

/// The text before the mark, the marked text and what follows, of a long line only what is around the mark.
/// What is marked stands with its strangers shown: they are often the fault.
fn cut_around(look: &Look, gutter: usize, marked: &Marked<'_>) -> (String, String, String) {
    let text = marked.text;
    let start = floor(text, marked.mark.start);
    let end = floor(text, marked.mark.end).max(start);
    let show = |part: &str| visible(&part.replace('\t', "    "), look.unicode).into_owned();
    let side = |range: Range<usize>| text.get(range).unwrap_or_default();
    let mut before = show(side(0..start));
    let found = visible(&strangers_shown(side(start..end), look.unicode), look.unicode).into_owned();
    let mut after = show(side(end..text.len()));
    let room = look.width.saturating_sub(gutter + 3);
    if cells(&before) + cells(&found) + cells(&after) > room {
        before = last_cells(&before, BEFORE, look.ellipsis());
        let rest = room.saturating_sub(cells(&before) + cells(&found)).max(BEFORE);
        after = super::super::text::cut(&after, rest, look.ellipsis()).into_owned();
    }
    (before, found, after)
}

/// The end of a text, so many cells of it, after a mark if it was longer.
fn last_cells(text: &str, limit: usize, ellipsis: &str) -> String {
    if cells(text) <= limit {
        return text.to_owned();
    }
    let room = limit.saturating_sub(cells(ellipsis));
    let starts = text.char_indices().map(|(at, _)| at).rev();
    let fits = starts.take_while(|at| cells(text.get(*at..).unwrap_or_default()) <= room).last();
    format!("{ellipsis}{}", fits.and_then(|at| text.get(at..)).unwrap_or_default())
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(look: Look, text: &str, mark: Range<usize>) -> String {
        let mut out = Vec::new();
        let marked = Marked { line: 214, text, mark, label: "should end in 7", ink: Ink::Red };
        write(&look, 4, &marked, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_mark_stands_under_what_is_wrong() {
        let text = "KT5502;Термос 1 л;4820000000018;6";
        let start = text.find("4820").unwrap();
        let expected = "     |\n 214 | KT5502;Термос 1 л;4820000000018;6\n     |                   ^^^^^^^^^^^^^ should end in 7\n";
        assert_eq!(shown(Look::PLAIN, text, start..start + 13), expected);
    }

    #[test]
    fn strangers_controls_and_tabs_do_not_shift_it() {
        let text = "\t\u{1b}<offer \u{430}vailable=\"true\">";
        let start = text.find('\u{430}').unwrap();
        let expected = "     |\n 214 |     ␛<offer ⟨U+0430⟩vailable=\"true\">\n     |             ^^^^^^^^^^^^^^^^ should end in 7\n";
        assert_eq!(shown(Look::PLAIN, text, start..start + 10), expected);
    }

    #[test]
    fn of_a_long_line_what_is_around_the_mark_is_shown() {
        let text = format!("{}<price>1,234</price>{}", "слово ".repeat(50_000), "слово ".repeat(50_000));
        let start = text.find("1,2").unwrap();
        let lines = shown(Look { width: 80, ..Look::PLAIN }, &text, start..start + 5);
        let line = lines.lines().nth(1).unwrap();
        assert!(line.contains("<price>1,234</price>") && cells(line) <= 80, "{line}");
        assert!(shown(Look::PLAIN, "short", 2..900).contains("^^^"), "a mark beyond the end is cut");
    }
}
