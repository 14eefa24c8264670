//! One line of a report. Everything said on it is made visible first, so that no
//! caller can forget it; blanks at its end are never written.

use std::io::{self, Write};

use anstyle::{AnsiColor, Effects, Style};

use super::{Look, cells, cut, visible, wrap};

/// What a piece of text is, for its colour; the eight colours of ANSI, and no backgrounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ink {
    /// Text.
    #[default]
    Plain,
    /// Headings and totals.
    Bold,
    /// What stays as it is.
    Dim,
    /// Deletions, errors, refusals.
    Red,
    /// Updates and warnings.
    Yellow,
    /// Creations, and what was done.
    Green,
    /// What one types or opens.
    Cyan,
    /// Words that go.
    Gone,
    /// Words that come.
    Come,
}

impl Ink {
    fn style(self) -> Style {
        let colour = |colour: AnsiColor| colour.on_default();
        match self {
            Ink::Plain => Style::new(),
            Ink::Bold => Style::new().bold(),
            Ink::Dim => Style::new().dimmed(),
            Ink::Red => colour(AnsiColor::Red),
            Ink::Yellow => colour(AnsiColor::Yellow),
            Ink::Green => colour(AnsiColor::Green),
            Ink::Cyan => colour(AnsiColor::Cyan),
            Ink::Gone => colour(AnsiColor::Red).effects(Effects::UNDERLINE),
            Ink::Come => colour(AnsiColor::Green).effects(Effects::UNDERLINE),
        }
    }
}

/// A text of several inks.
pub type Spans = Vec<(Ink, String)>;

/// A line that is being put together.
#[derive(Debug, Clone)]
pub struct Line<'l> {
    look: &'l Look,
    text: String,
    /// Cells said so far, and blanks that are only written if something follows them.
    cells: usize,
    blanks: usize,
}

impl<'l> Line<'l> {
    /// An empty line.
    pub fn new(look: &'l Look) -> Self {
        Line { look, text: String::new(), cells: 0, blanks: 0 }
    }

    /// A line that begins after so many blanks.
    pub fn indented(look: &'l Look, blanks: usize) -> Self {
        Line { blanks, ..Line::new(look) }
    }

    /// Says more, as it is.
    pub fn say(self, text: impl AsRef<str>) -> Self {
        self.ink(Ink::Plain, text)
    }

    /// Says more in a colour.
    pub fn ink(mut self, ink: Ink, text: impl AsRef<str>) -> Self {
        let text = visible(text.as_ref(), self.look.unicode);
        if text.is_empty() {
            return self;
        }
        self.text.extend(std::iter::repeat_n(' ', self.blanks));
        self.cells += self.blanks + cells(&text);
        self.blanks = 0;
        if self.look.colour && ink != Ink::Plain {
            let style = ink.style();
            self.text.push_str(&format!("{style}{text}{style:#}"));
        } else {
            self.text.push_str(&text);
        }
        self
    }

    /// Says more in several inks.
    pub fn spans(self, spans: &[(Ink, String)]) -> Self {
        spans.iter().fold(self, |line, (ink, text)| line.ink(*ink, text))
    }

    /// Says a title or text of the merchant's: cut to so many cells on a terminal, whole elsewhere.
    pub fn text(self, spans: &[(Ink, String)], limit: usize) -> Self {
        if !self.look.is_terminal {
            return self.spans(spans);
        }
        let (unicode, ellipsis) = (self.look.unicode, self.look.ellipsis());
        let mut room = limit;
        let mut line = self;
        for (at, (ink, text)) in spans.iter().enumerate() {
            let text = visible(text, unicode);
            let reserve = if at + 1 < spans.len() { cells(ellipsis) } else { 0 };
            let taken = cells(&text);
            if taken + reserve > room {
                return line.ink(*ink, cut(&format!("{text}{}", " ".repeat(reserve)), room, ellipsis));
            }
            room -= taken;
            line = line.ink(*ink, text);
        }
        line
    }

    /// Leaves so many blanks before what follows.
    pub fn gap(mut self, blanks: usize) -> Self {
        self.blanks += blanks;
        self
    }

    /// Goes to a column counted from 0, but leaves at least two blanks.
    pub fn to(self, column: usize) -> Self {
        let blanks = column.saturating_sub(self.width()).max(if self.width() == 0 { 0 } else { 2 });
        self.gap(blanks)
    }

    /// Says something that ends in the last column; after two blanks where there is no room.
    pub fn right(self, ink: Ink, text: impl AsRef<str>) -> Self {
        let text = visible(text.as_ref(), self.look.unicode).into_owned();
        let column = self.look.width.saturating_sub(cells(&text));
        if text.is_empty() { self } else { self.to(column).ink(ink, text) }
    }

    /// How many cells it takes by now, open blanks included.
    pub fn width(&self) -> usize {
        self.cells + self.blanks
    }

    /// How many cells are left in it.
    pub fn room(&self) -> usize {
        self.look.width.saturating_sub(self.width())
    }

    /// Says a sentence and writes the line; on a terminal it goes on below, after `hang` blanks.
    pub fn sentence(self, ink: Ink, text: &str, hang: usize, out: &mut dyn Write) -> io::Result<()> {
        if !self.look.is_terminal {
            return self.ink(ink, text).end(out);
        }
        let look = self.look;
        let text = visible(text, look.unicode);
        let mut lines = wrap(&text, self.room(), look.width.saturating_sub(hang)).into_iter();
        self.ink(ink, lines.next().unwrap_or_default()).end(out)?;
        lines.try_for_each(|text| Line::indented(look, hang).ink(ink, text).end(out))
    }

    /// Writes it.
    pub fn end(self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(self.text.as_bytes())?;
        out.write_all(b"\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(line: Line<'_>) -> String {
        let mut out = Vec::new();
        line.end(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn columns_and_the_right_edge_are_kept() {
        let look = Look { width: 20, ..Look::PLAIN };
        let line = Line::indented(&look, 2).say("Ціна").to(10).say("x").right(Ink::Plain, "7 UAH");
        assert_eq!(text(line), "  Ціна    x    7 UAH\n");
        let long = Line::new(&look).say("a longer text than that").right(Ink::Plain, "7 UAH");
        assert_eq!(text(long), "a longer text than that  7 UAH\n");
        assert_eq!(text(Line::new(&look).say("x").gap(3)), "x\n", "no blanks at the end");
    }

    #[test]
    fn texts_of_several_inks_are_cut_as_one() {
        let look = Look { is_terminal: true, ..Look::PLAIN };
        let spans = [(Ink::Plain, "кружка з ".to_owned()), (Ink::Gone, "[-сталі-]".into()), (Ink::Plain, " мл".into())];
        let cut = |limit| text(Line::new(&look).text(&spans, limit));
        assert_eq!(cut(21), "кружка з [-сталі-] мл\n");
        assert_eq!(cut(20), "кружка з [-сталі-]…\n");
        assert_eq!(cut(14), "кружка з [-ст…\n");
        assert_eq!(cut(9), "кружка з…\n");
        assert_eq!(text(Line::new(&Look::PLAIN).text(&spans, 3)), "кружка з [-сталі-] мл\n", "whole in a pipe");
    }

    #[test]
    fn colour_is_given_only_where_it_is_wanted_and_never_by_data() {
        let plain = Look::PLAIN;
        let colour = Look { colour: true, ..plain };
        assert_eq!(text(Line::new(&plain).ink(Ink::Red, "\u{1b}[32mx")), "␛[32mx\n");
        assert_eq!(text(Line::new(&colour).ink(Ink::Red, "\u{1b}[32mx")), "\u{1b}[31m␛[32mx\u{1b}[0m\n");
        assert_eq!(Line::new(&colour).ink(Ink::Bold, "abc").width(), 3);
    }
}
