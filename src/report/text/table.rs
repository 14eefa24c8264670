//! Tables: columns of equal width, free text last so that a wrongly measured
//! title shifts nothing, and `name: value` where a terminal is too narrow.

use std::io::{self, Write};

use super::{Ink, Line, Look, Spans, cells, visible};

/// Under this a table becomes lines of `name: value`.
const NARROW: usize = 80;
/// Under this a title has its own line.
const TITLE_BELOW: usize = 90;
/// Under this a title beside other columns has [`SHORT_TITLE`] cells.
const TITLE_SHORT: usize = 100;
const SHORT_TITLE: usize = 12;

/// A column.
#[derive(Debug, Clone, Copy, Default)]
pub struct Column {
    /// Its name; shown in a heading and where the table becomes `name: value`.
    pub name: &'static str,
    /// Whether its cells end in one column rather than begin in one.
    pub right: bool,
    /// Blanks before it.
    pub gap: usize,
    /// Whether it belongs to the value before it, where the table becomes `name: value`.
    pub joined: bool,
}

/// One cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell(Spans);

/// A row: its cells, a text that alone may be cut, and whole lines below it.
#[derive(Debug, Clone, Default)]
pub struct Row {
    cells: Vec<Cell>,
    text: Spans,
    below: Vec<Spans>,
}

/// Rows under columns.
#[derive(Debug, Clone)]
pub struct Table<'l> {
    look: &'l Look,
    indent: usize,
    columns: Vec<Column>,
    rows: Vec<Row>,
    heading: bool,
}

impl Column {
    /// Cells that begin in one column.
    pub const fn left(name: &'static str, gap: usize) -> Self {
        Column { name, right: false, gap, joined: false }
    }

    /// Cells that end in one column.
    pub const fn right(name: &'static str, gap: usize) -> Self {
        Column { name, right: true, gap, joined: false }
    }

    /// The same column, joined to the one before it.
    pub const fn joined(self) -> Self {
        Column { joined: true, ..self }
    }
}

impl Cell {
    /// A cell in a colour.
    pub fn ink(ink: Ink, text: impl Into<String>) -> Self {
        Cell(vec![(ink, text.into())])
    }

    /// A cell in several.
    pub fn spans(spans: Spans) -> Self {
        Cell(spans)
    }

    fn cells(&self) -> usize {
        self.0.iter().map(|span| cells(&span.1)).sum()
    }
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Cell::ink(Ink::Plain, text)
    }
}

impl Row {
    /// A row of cells.
    pub fn new(cells: impl IntoIterator<Item = Cell>) -> Self {
        Row { cells: cells.into_iter().collect(), ..Row::default() }
    }

    /// The same with a title or text behind.
    pub fn with_text(self, text: Spans) -> Self {
        Row { text, ..self }
    }

    /// The same with lines below, which are never cut.
    pub fn with_below(self, below: Vec<Spans>) -> Self {
        Row { below, ..self }
    }
}

impl<'l> Table<'l> {
    /// A table without rows.
    pub fn new(look: &'l Look, indent: usize, columns: &[Column]) -> Self {
        Table { look, indent, columns: columns.to_vec(), rows: Vec::new(), heading: false }
    }

    /// The same with the columns' names above.
    pub fn with_heading(mut self) -> Self {
        self.heading = true;
        self
    }

    /// Adds a row.
    pub fn add(&mut self, mut row: Row) {
        // widths are measured of what is shown
        for (_, text) in row.cells.iter_mut().flat_map(|cell| &mut cell.0) {
            *text = visible(text, self.look.unicode).into_owned();
        }
        self.rows.push(row);
    }

    /// Writes all rows.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.heading && self.look.width < NARROW {
            return self.rows.iter().try_for_each(|row| self.write_as_lines(row, out));
        }
        let widths = self.widths();
        if self.heading {
            let names = self.columns.iter().map(|column| Cell::ink(Ink::Dim, column.name));
            self.write_row(&Row::new(names), &widths, out)?;
        }
        self.rows.iter().try_for_each(|row| self.write_row(row, &widths, out))
    }

    fn widths(&self) -> Vec<usize> {
        let width = |(at, column): (usize, &Column)| {
            let named = if self.heading { cells(column.name) } else { 0 };
            self.rows.iter().filter_map(|row| row.cells.get(at)).map(Cell::cells).fold(named, usize::max)
        };
        self.columns.iter().enumerate().map(width).collect()
    }

    fn write_row(&self, row: &Row, widths: &[usize], out: &mut dyn Write) -> io::Result<()> {
        let mut line = Line::indented(self.look, self.indent);
        // a column that is empty in all rows takes no room, nor does the gap before it
        for ((cell, column), width) in row.cells.iter().zip(&self.columns).zip(widths).filter(|cell| *cell.1 > 0) {
            let blanks = width.saturating_sub(cell.cells());
            let (before, after) = if column.right { (blanks, 0) } else { (0, blanks) };
            line = line.gap(column.gap + before).spans(&cell.0).gap(after);
        }
        self.write_text(line, &row.text, out)?;
        self.write_below(row, out)
    }

    fn write_text(&self, line: Line<'_>, text: &[(Ink, String)], out: &mut dyn Write) -> io::Result<()> {
        let look = self.look;
        if text.is_empty() {
            return line.end(out);
        }
        let line = line.gap(2);
        let beside = if look.width < TITLE_SHORT { line.room().min(SHORT_TITLE) } else { line.room() };
        let is_beside = look.width >= TITLE_BELOW && (!look.is_terminal || beside >= SHORT_TITLE);
        if is_beside {
            return line.text(text, beside).end(out);
        }
        line.end(out)?;
        let below = Line::indented(look, self.indent + 2);
        let room = below.room();
        below.text(text, room).end(out)
    }

    fn write_below(&self, row: &Row, out: &mut dyn Write) -> io::Result<()> {
        row.below.iter().try_for_each(|spans| Line::indented(self.look, self.indent + 2).spans(spans).end(out))
    }

    fn write_as_lines(&self, row: &Row, out: &mut dyn Write) -> io::Result<()> {
        let mut indent = self.indent;
        let mut open: Option<Line<'_>> = None;
        for (cell, column) in row.cells.iter().zip(&self.columns).filter(|cell| cell.0.cells() > 0) {
            open = Some(match open {
                Some(line) if column.joined => line.gap(1).spans(&cell.0),
                before => {
                    before.map_or(Ok(()), |line| line.end(out))?;
                    let line = Line::indented(self.look, indent);
                    indent = self.indent + 2;
                    let named = if column.name.is_empty() { line } else { line.say(column.name).say(":").gap(1) };
                    named.spans(&cell.0)
                }
            });
        }
        open.map_or(Ok(()), |line| line.end(out))?;
        if !row.text.is_empty() {
            let line = Line::indented(self.look, indent);
            let room = line.room();
            line.text(&row.text, room).end(out)?;
        }
        self.write_below(row, out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: [Column; 4] =
        [Column::left("", 0), Column::right("was", 2), Column::left("will be", 1).joined(), Column::left("push", 2)];

    fn table(look: Look, title: &str) -> String {
        let mut table = Table::new(&look, 2, &COLUMNS).with_heading();
        table.add(Row::new(["bazaar".into(), "1 234".into(), "5".into(), Cell::ink(Ink::Red, "refused")]));
        let title = if title.is_empty() { vec![] } else { vec![(Ink::Plain, title.to_owned())] };
        table.add(Row::new(["kiosk".into(), "0".into(), "17".into(), "ready".into()]).with_text(title));
        let mut out = Vec::new();
        table.write(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn cells_stand_below_one_another() {
        let head = "            was will be  push\n";
        let rows = "  bazaar  1 234 5        refused\n  kiosk       0 17       ready\n";
        assert_eq!(table(Look::PLAIN, ""), format!("{head}{rows}"));
    }

    #[test]
    fn a_narrow_terminal_gets_names_and_values() {
        let expected = "  bazaar\n    was: 1 234 5\n    push: refused\n  kiosk\n    was: 0 17\n    push: ready\n";
        assert_eq!(table(Look { width: 79, ..Look::PLAIN }, ""), expected);
    }

    #[test]
    fn titles_are_cut_on_a_terminal_only() {
        let title = "Куртка зимова Karpaty Говерла, синя, розмір M, з капюшоном і хутряною опушкою, дуже тепла";
        let last = |look: Look| table(look, title).lines().last().unwrap_or_default().to_owned();
        let terminal = |width: usize| Look { width, is_terminal: true, ..Look::PLAIN };
        assert!(last(Look::PLAIN).ends_with("дуже тепла"));
        assert_eq!(cells(&last(terminal(100))), 100);
        assert!(last(terminal(99)).ends_with("  ready    Куртка зимо…"));
        assert!(last(terminal(89)).starts_with("    Куртка") && last(terminal(89)).ends_with('…'), "a line of its own");
    }
}
