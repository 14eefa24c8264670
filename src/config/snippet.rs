//! Problems and refusals as text for people: the place, the line itself with the
//! mark under it, what was probably meant, and one sentence at the end.

use annotate_snippets::renderer::{AnsiColor, Style};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::finding::Refusal;
use crate::wire::yaml::Problem;

/// How messages look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// With colours.
    pub color: bool,
    /// How many cells a line may have; longer ones are cut around the mark.
    pub width: usize,
}

/// So many bytes of a line are shown before a mark, and behind it.
const LONGEST: usize = 4_000;

/// All problems, each with its line, and how many there are of them.
pub fn problems(list: &[Problem], look: Look) -> String {
    let renderer = renderer(look);
    let mut text = String::new();
    for problem in list {
        text.push_str(&one(problem, &renderer));
        text.push('\n');
    }
    text.push_str(&last_sentence(list));
    text.push('\n');
    text
}

/// Why an input was refused, with its line where one is to blame.
pub fn refusal(refusal: &Refusal, look: Look) -> String {
    let title = Level::ERROR.primary_title(refusal.to_string());
    let mut group = Group::with_title(title);
    if let Some(line) = refusal.line.filter(|_| !refusal.text.is_empty()) {
        let source = Snippet::source(refusal.text.as_str()).line_start(usize::try_from(line).unwrap_or(usize::MAX));
        group = group.element(match refusal.column.and_then(|column| usize::try_from(column).ok()) {
            Some(column) => source.annotation(AnnotationKind::Primary.span(character(&refusal.text, column))),
            None => source.annotation(AnnotationKind::Visible.span(0..refusal.text.len())),
        });
    }
    if !refusal.help.is_empty() {
        group = group.element(Level::HELP.message(refusal.help.as_str()));
    }
    said(&[group], look)
}

/// An error without a place.
pub fn error(what: &str, help: &str, look: Look) -> String {
    let mut group = Group::with_title(Level::ERROR.primary_title(what));
    if !help.is_empty() {
        group = group.element(Level::HELP.message(help));
    }
    said(&[group], look)
}

/// A message; of one that shows no line, without the bar that stands beside lines.
fn said(groups: &[Group<'_>], look: Look) -> String {
    let rendered = renderer(look).render(groups);
    let plain = |line: &str| anstream::adapter::strip_str(line).to_string();
    let has_lines =
        rendered.lines().any(|line| plain(line).trim_start().starts_with(|first: char| first.is_ascii_digit()));
    let is_bar = |line: &str| plain(line).trim() == "|";
    let mut text = String::with_capacity(rendered.len() + 1);
    for line in rendered.lines().filter(|line| has_lines || !is_bar(line)) {
        text.push_str(line);
        text.push('\n');
    }
    text
}

fn renderer(look: Look) -> Renderer {
    if !look.color {
        return Renderer::plain().term_width(look.width);
    }
    Renderer::styled()
        .term_width(look.width)
        .hyperlink(false)
        .error(AnsiColor::Red.on_default().bold())
        .help(AnsiColor::Cyan.on_default())
        .line_num(Style::new().dimmed())
        .emphasis(Style::new().bold())
}

fn one(problem: &Problem, renderer: &Renderer) -> String {
    let (text, mark) = marked_line(problem);
    let mark_start = mark.start;
    let mark = mark.start..floor(text, mark.end.min(mark.start + LONGEST));
    let text = text.get(..floor(text, mark.end + LONGEST)).unwrap_or(text);
    let source = Snippet::source(text).path(problem.document.name.as_str()).line_start(problem.line_and_column().0);
    let mut annotation = AnnotationKind::Primary.span(mark);
    if !problem.label.is_empty() {
        annotation = annotation.label(problem.label.as_str());
    }
    let title = Group::with_title(Level::ERROR.primary_title(problem.what.as_str()).id(problem.code));
    let (line, column) = problem.line_and_column();
    let mut group = match mark_start <= LONGEST {
        true => title.element(source.annotation(annotation)),
        // nobody could read a line as long as that
        false => title.element(Origin::path(problem.document.name.as_str()).line(line).char_column(column)),
    };
    if !problem.help.is_empty() {
        group = group.element(Level::HELP.message(problem.help.as_str()));
    }
    renderer.render(&[group])
}

/// The line that a problem begins in, and the part of it that is marked: never past its end.
fn marked_line(problem: &Problem) -> (&str, std::ops::Range<usize>) {
    let text = problem.document.text.as_str();
    let start = floor(text, problem.bytes.start);
    let line_start = text.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let line = text.get(line_start..).and_then(|rest| rest.lines().next()).unwrap_or("");
    let from = (start - line_start).min(line.len());
    let until = floor(line, problem.bytes.end.saturating_sub(line_start)).max(from);
    let trimmed = line.get(from..until).map_or(from, |marked| from + marked.trim_end().len());
    (line, from..trimmed)
}

/// The greatest character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|place| text.is_char_boundary(*place)).unwrap_or(0)
}

/// The bytes of the character in a column, counted from 1; the end of the line for a column past it.
fn character(line: &str, column: usize) -> std::ops::Range<usize> {
    line.char_indices()
        .nth(column.saturating_sub(1))
        .map_or(line.len()..line.len(), |(at, character)| at..at + character.len_utf8())
}

fn last_sentence(list: &[Problem]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for problem in list {
        if !names.contains(&problem.document.name.as_str()) {
            names.push(&problem.document.name);
        }
    }
    let errors = if list.len() == 1 { "1 error".to_owned() } else { format!("{} errors", list.len()) };
    format!("{errors} in {}; nothing was read or sent", names.join(", "))
}

#[cfg(test)]
mod tests {
    use std::ops::Range;
    use std::sync::Arc;

    use super::*;
    use crate::wire::yaml::Document;

    const PLAIN: Look = Look { color: false, width: 100 };

    fn problem(name: &str, text: &str, bytes: Range<usize>) -> Problem {
        let document = Arc::new(Document { name: name.into(), text: text.into() });
        let (what, label) = ("a channel has no key `stok`".into(), "did you mean `stock`?".into());
        Problem { code: "config/unknown-key", what, label, help: String::new(), document, bytes }
    }

    #[test]
    fn a_problem_shows_its_line() {
        let text = "channels:\r\n  north:\r\n    stok: {reserve: 2}\r\n";
        let problem = Problem { help: "look".into(), ..problem("offersync.yaml", text, 25..29) };
        let shown = [
            "error[config/unknown-key]: a channel has no key `stok`",
            " --> offersync.yaml:3:5",
            "  |",
            "3 |     stok: {reserve: 2}",
            "  |     ^^^^ did you mean `stock`?",
            "  |",
            "  = help: look",
            "1 error in offersync.yaml; nothing was read or sent",
            "",
        ];
        assert_eq!(problems(&[problem], PLAIN), shown.join("\n"));
    }

    #[test]
    fn documents_are_named_once_each() {
        let list = [problem("a.yaml", "x: 1\n", 0..1), problem("a.yaml", "x: 1\n", 3..4), problem("b.yaml", "y", 0..1)];
        assert!(problems(&list, PLAIN).ends_with("\n3 errors in a.yaml, b.yaml; nothing was read or sent\n"));
    }

    #[test]
    fn a_mark_never_leaves_its_line_or_splits_a_character() {
        let text = "б: {a: 1,\n    b: 2}\n";
        for start in 0..=text.len() + 2 {
            for end in start..=text.len() + 2 {
                let problem = problem("x", text, start..end);
                let (line, mark) = marked_line(&problem);
                assert!(line.get(mark.clone()).is_some(), "{start}..{end}: {mark:?} of «{line}»");
                problems(&[problem], PLAIN);
            }
        }
    }

    #[test]
    fn a_refusal_shows_its_line_and_cannot_talk_to_the_terminal() {
        let refusal = Refusal {
            input: "catalog.csv".into(),
            is_output: false,
            line: Some(214),
            column: Some(4),
            text: "K;\"Термос\u{1b}[31m;1".into(),
            what: "the quote is never closed".into(),
            help: "close it".into(),
        };
        let shown = [
            "error: cannot read catalog.csv: line 214, column 4: the quote is never closed",
            "    |",
            "214 | K;\"Термос␛[31m;1",
            "    |    ^",
            "    |",
            "    = help: close it",
            "",
        ];
        assert_eq!(super::refusal(&refusal, PLAIN), shown.join("\n"));
    }

    #[test]
    fn a_refusal_of_a_whole_input_is_one_line() {
        let whole = Refusal::whole("catalog.csv", "there is no such file", "");
        assert_eq!(refusal(&whole, PLAIN), "error: cannot read catalog.csv: there is no such file\n");
        let helped = "error: no such channel\n = help: look\n";
        assert_eq!(error("no such channel", "look", PLAIN), helped);
        assert!(refusal(&whole, Look { color: true, width: 100 }).starts_with("\u{1b}[1m\u{1b}[31merror"));
    }
}
