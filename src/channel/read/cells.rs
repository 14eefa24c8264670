//! Reading the rows of a table: which column is which field, and what stands in a cell,
//! told to the machine as if each cell were a node.

use bumpalo::Bump;

use super::super::description::{BETWEEN_ITEMS, BETWEEN_PARTS, Field, Lines, Row, Shape, TableForm};
use super::super::path::Path;
use super::machine::Machine;
use crate::model::text::trimmed;
use crate::model::{Kind, Value};
use crate::wire::table::{Dialect, Quoting, Row as Cells, unquoted};

/// How the rows of a table are read.
#[derive(Debug)]
pub struct TableRead {
    /// How its cells stand.
    pub form: TableForm,
    columns: Vec<Column>,
}

/// A column that the channel knows.
#[derive(Debug)]
struct Column {
    /// Its header, which is also the name of its node.
    node: String,
    /// The header as headers are compared.
    name: String,
    holds: Holds,
}

/// What the cells of a column hold.
#[derive(Debug, Clone)]
enum Holds {
    Value,
    /// Items with this between them.
    Items(String),
    /// Rows with this between them, and their parts where the header does not name them.
    Rows(String, Vec<String>),
}

/// Which column of a file is what.
#[derive(Debug)]
pub struct Header<'p> {
    dialect: Dialect,
    form: TableForm,
    columns: Vec<Known<'p>>,
}

#[derive(Debug)]
struct Known<'p> {
    /// The numbers of its columns: of one name there may be several.
    at: Vec<usize>,
    node: &'p str,
    holds: &'p Holds,
    /// The parts of rows, as this header names them.
    parts: Vec<String>,
}

impl TableRead {
    /// Compiles the rows of a shape.
    pub fn new(shape: &Shape, form: TableForm, fields: &[Field]) -> TableRead {
        let mut columns: Vec<Column> = Vec::new();
        for (field, rows) in shape.at.iter().filter_map(|(number, rows)| Some((fields.get(*number)?, rows))) {
            for row in rows {
                for path in [&row.path].into_iter().chain(&row.read).chain(&row.ignored).chain(&row.refused) {
                    let Some(column) = column(path, field, row, form) else { continue };
                    if columns.iter().all(|known| known.name != column.name) {
                        columns.push(column);
                    }
                }
            }
        }
        TableRead { form, columns }
    }

    /// The dialect of such tables.
    pub fn dialect(&self) -> Dialect {
        Dialect { quoting: self.form.quoting, ..Dialect::new(self.form.separator, Some(b'"')) }
    }

    /// Whether a header has a column.
    pub fn has(&self, header: &[String], column: &str) -> bool {
        header.iter().any(|cell| self.form.name_of(parts_of(cell).0) == self.form.name_of(column))
    }

    /// Which column of a file with this header is what.
    pub fn header(&self, header: &[String], dialect: Dialect) -> Header<'_> {
        let mut columns: Vec<Known<'_>> = Vec::new();
        for (number, cell) in header.iter().enumerate() {
            let (base, parts) = parts_of(cell);
            let name = self.form.name_of(base);
            let Some(column) = self.columns.iter().find(|column| column.name == name) else { continue };
            if let Some(known) = columns.iter_mut().find(|known| known.node == column.node && self.form.loose) {
                known.at.push(number);
                continue;
            }
            let parts = match (&column.holds, parts.is_empty()) {
                (Holds::Rows(_, bare), true) => bare.clone(),
                _ => parts,
            };
            columns.push(Known { at: vec![number], node: &column.node, holds: &column.holds, parts });
        }
        Header { dialect, form: self.form, columns }
    }
}

fn column(path: &Path, field: &Field, row: &Row, form: TableForm) -> Option<Column> {
    let node = path.steps.first()?.name.clone();
    let between = row.spelling.join.as_ref().or(field.spelling.join.as_ref());
    let between = between.cloned().unwrap_or_else(|| BETWEEN_ITEMS.to_owned());
    let holds = match field.kind {
        Kind::List => Holds::Items(between),
        Kind::Table => {
            let own = row.at.iter().filter_map(|(number, _)| field.fields.get(*number)).map(|inner| inner.name.clone());
            Holds::Rows(between, if row.bare.is_empty() { own.collect() } else { row.bare.clone() })
        }
        _ => Holds::Value,
    };
    Some(Column { name: form.name_of(&node), node, holds })
}

/// The name of a header, and the parts that it names: `shipping(country:price)`.
fn parts_of(header: &str) -> (&str, Vec<String>) {
    let named = header.trim().strip_suffix(')').and_then(|header| header.split_once('('));
    match named {
        Some((base, inside)) => (base, inside.split(BETWEEN_PARTS).map(|part| part.trim().to_owned()).collect()),
        None => (header, Vec::new()),
    }
}

impl Header<'_> {
    /// Reads a row: its values in the order of the fields.
    pub fn listing<'p, 'b>(
        &'p self,
        cells: Cells<'_, 'b>,
        machine: &mut Machine<'_, 'b>,
        arena: &'b Bump,
    ) -> &'b [Value<'b>]
    where
        'p: 'b,
    {
        machine.begin(&[]);
        for known in &self.columns {
            match known.holds {
                Holds::Value => {
                    let texts = known.at.iter().map(|at| self.value(cells.raw(*at), arena));
                    texts.filter(|text| !text.is_empty()).for_each(|text| machine.leaf(known.node, &[], text));
                }
                Holds::Items(between) => {
                    let texts = known.at.iter().map(|at| self.cell(cells.raw(*at), arena));
                    let texts: Vec<&str> = texts.filter(|text| !trimmed(text).is_empty()).collect();
                    match texts.as_slice() {
                        [] => {}
                        [only] => machine.leaf(known.node, &[], only),
                        several => machine.leaf(known.node, &[], arena.alloc_str(&several.join(between))),
                    }
                }
                Holds::Rows(between, _) => {
                    for cell in known.at.iter().map(|at| self.cell(cells.raw(*at), arena)) {
                        self.rows(cell, known, between, machine, arena);
                    }
                }
            }
        }
        machine.finish()
    }

    /// A cell without the quotes around it, where they stand around cells.
    fn cell<'b>(&self, raw: &'b str, arena: &'b Bump) -> &'b str {
        match self.dialect.quoting {
            Quoting::Cell => unquoted(raw, self.dialect.quote, arena),
            Quoting::Value => raw,
        }
    }

    /// The single value of a cell.
    fn value<'b>(&self, raw: &'b str, arena: &'b Bump) -> &'b str {
        let text = match self.dialect.quoting {
            Quoting::Cell => self.cell(raw, arena),
            Quoting::Value => without_quotes(raw, arena),
        };
        match self.form.lines {
            Lines::Backslash if text.contains("\\n") => arena.alloc_str(&text.replace("\\n", "\n")),
            _ => text,
        }
    }

    fn rows<'p, 'b>(
        &'p self,
        cell: &'b str,
        known: &'p Known<'p>,
        between: &str,
        machine: &mut Machine<'_, 'b>,
        arena: &'b Bump,
    ) where
        'p: 'b,
    {
        for row in outside_of_quotes(cell, between).filter(|row| !trimmed(row).is_empty()) {
            machine.start(known.node, &[]);
            for (part, text) in known.parts.iter().zip(outside_of_quotes(row, BETWEEN_PARTS)) {
                let text = without_quotes(trimmed(text), arena);
                if !text.is_empty() {
                    machine.leaf(part, &[], text);
                }
            }
            machine.end();
        }
    }
}

/// A value without the quotes around it, and with those in it made single. One that quotes do not hold as a whole
/// stays as it is.
fn without_quotes<'b>(raw: &'b str, arena: &'b Bump) -> &'b str {
    let text = trimmed(raw);
    match text.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')) {
        Some(inside) if !inside.replace("\"\"", "").contains('"') => match inside.contains('"') {
            true => arena.alloc_str(&inside.replace("\"\"", "\"")),
            false => inside,
        },
        _ => text,
    }
}

/// The parts of a text, told apart by a mark that does not stand between quotes.
fn outside_of_quotes<'t>(text: &'t str, mark: &str) -> impl Iterator<Item = &'t str> {
    let (mut rest, mark) = (Some(text), mark.to_owned());
    std::iter::from_fn(move || {
        let text = rest?;
        let mut quoted = false;
        let end = text.char_indices().find(|(at, letter)| {
            quoted ^= *letter == '"';
            !quoted && text.get(*at..).is_some_and(|behind| behind.starts_with(mark.as_str()))
        });
        let (part, behind) = match end {
            Some((at, _)) => (text.get(..at)?, text.get(at + mark.len()..)),
            None => (text, None),
        };
        rest = behind;
        Some(part)
    })
}
