//! Reading the rows of a table: which column is which field, and what stands in a cell,
//! told to the machine as if each cell were a node.

use std::borrow::Cow;

use bumpalo::Bump;

use super::super::description::{BETWEEN_ITEMS, BETWEEN_PARTS, Field, Row, Shape, TableForm};
use super::super::path::Path;
use super::super::rows_in_text::{goes_on, outside_of_quotes, without_quotes};
use super::machine::Machine;
use super::pairs::PairsRead;
use crate::model::nearest;
use crate::model::text::trimmed;
use crate::model::{Kind, Value};
use crate::wire::table::{Dialect, Quoting, Row as Cells, unquoted};

/// How the rows of a table are read.
#[derive(Debug)]
pub struct TableRead {
    /// How its cells stand.
    pub form: TableForm,
    columns: Vec<Column>,
    /// Columns of rows that are no listings, by their names as they are compared.
    aside: Vec<(String, Vec<String>)>,
    /// Columns by which the document is known, in the same way.
    detect: Vec<String>,
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
    /// Rows of parts with names.
    Pairs(PairsRead),
    /// Rows: their parts where the header does not name them, and those that are known.
    Rows {
        bare: Vec<String>,
        parts: Vec<String>,
    },
}

/// Which column of a file is what.
#[derive(Debug)]
pub struct Header<'p> {
    dialect: Dialect,
    columns: Vec<Known<'p>>,
    /// Columns of rows that are no listings, with their names.
    aside: Vec<Aside<'p>>,
}

#[derive(Debug)]
struct Known<'p> {
    /// The numbers of its columns, of one name there may be several; each with the parts of its rows.
    at: Vec<(usize, Vec<String>)>,
    node: &'p str,
    holds: &'p Holds,
}

/// A column that tells rows which are no listings.
#[derive(Debug)]
struct Aside<'p> {
    number: usize,
    name: String,
    /// Which words do; none where any does.
    words: &'p [String],
}

impl TableRead {
    /// Compiles the rows of a shape.
    pub fn new(shape: &Shape, form: TableForm, fields: &[Field]) -> TableRead {
        let mut columns: Vec<Column> = Vec::new();
        for (field, rows) in shape.at.iter().filter_map(|(number, rows)| Some((fields.get(*number)?, rows))) {
            for row in rows {
                for path in row.paths() {
                    let Some(column) = column(path, field, row, form) else { continue };
                    if columns.iter().all(|known| known.name != column.name) {
                        columns.push(column);
                    }
                }
            }
        }
        let aside = shape.aside.iter().map(|(name, words)| (form.name_of(name), words.clone())).collect();
        let names = shape.detect.iter().filter(|detect| detect.0).filter_map(|detect| detect.1.steps.first());
        TableRead { form, columns, aside, detect: names.map(|step| form.name_of(&step.name)).collect() }
    }

    /// The dialect of such tables.
    pub fn dialect(&self) -> Dialect {
        Dialect { quoting: self.form.quoting, ..Dialect::new(self.form.separator, Some(b'"')) }
    }

    /// Whether a header has a column.
    pub fn has(&self, header: &[String], column: &str) -> bool {
        let name = self.form.name_of(column);
        let is_it = |cell: &String| {
            self.column(cell).map_or_else(|| self.form.name_of(cell) == name, |known| known.0.name == name)
        };
        header.iter().any(is_it)
    }

    /// Whether a line names any column that the channel knows.
    pub fn knows(&self, line: &[String]) -> bool {
        line.iter().any(|cell| self.column(cell).is_some())
    }

    /// The column that was probably meant by a cell that names none.
    pub fn nearest(&self, cell: &str) -> Option<&str> {
        // what is unknown of a column that is known is a part of it
        if self.column(cell).is_some() {
            return None;
        }
        let name = self.form.name_of(cell);
        let near = nearest(&name, self.columns.iter().map(|column| column.name.as_str()))?;
        self.columns.iter().find(|column| column.name == near).map(|column| column.node.as_str())
    }

    /// The cells of a header that name no column, and of those whose rows have unknown parts these: `shipping(tax)`.
    pub fn strange<'h>(&self, header: &'h [String]) -> impl Iterator<Item = Cow<'h, str>> {
        let is_named = |cell: &str| {
            let name = self.form.name_of(cell);
            self.aside.iter().any(|aside| aside.0 == name) || self.detect.contains(&name)
        };
        header.iter().filter(|cell| !trimmed(cell).is_empty()).filter_map(move |cell| {
            let Some((column, mut parts)) = self.column(cell) else {
                return (!is_named(cell)).then_some(Cow::Borrowed(cell.as_str()));
            };
            let Holds::Rows { bare, parts: known } = &column.holds else { return None };
            parts.retain(|part| !known.contains(part) && !bare.contains(part));
            (!parts.is_empty()).then(|| Cow::Owned(format!("{}({})", column.node, parts.join(BETWEEN_PARTS))))
        })
    }

    /// The column of a header's cell, and the parts that the cell names.
    fn column(&self, cell: &str) -> Option<(&Column, Vec<String>)> {
        let named = |name: &str| {
            let name = self.form.name_of(name);
            self.columns.iter().find(|column| column.name == name)
        };
        if let Some(column) = named(cell) {
            return Some((column, Vec::new()));
        }
        // in brackets stand parts only where there is a table
        let (base, parts) = parts_of(cell)?;
        let column = named(base)?;
        let Holds::Rows { parts: known, .. } = &column.holds else { return None };
        let alike = |part: String| {
            let known = known.iter().find(|known| self.form.name_of(known) == self.form.name_of(&part));
            known.cloned().unwrap_or(part)
        };
        Some((column, parts.into_iter().map(alike).collect()))
    }

    /// Which column of a file with this header is what.
    pub fn header(&self, header: &[String]) -> Header<'_> {
        let mut columns: Vec<Known<'_>> = Vec::new();
        for (number, cell) in header.iter().enumerate() {
            let Some((column, parts)) = self.column(cell) else { continue };
            let parts = match &column.holds {
                Holds::Rows { bare, .. } if parts.is_empty() => bare.clone(),
                _ => parts,
            };
            match columns.iter_mut().find(|known| known.node == column.node && self.form.loose) {
                Some(known) => known.at.push((number, parts)),
                None => columns.push(Known { at: vec![(number, parts)], node: &column.node, holds: &column.holds }),
            }
        }
        let aside = header.iter().enumerate().filter_map(|(number, cell)| {
            let (_, words) = self.aside.iter().find(|aside| aside.0 == self.form.name_of(cell))?;
            Some(Aside { number, name: cell.clone(), words })
        });
        Header { dialect: self.dialect(), columns, aside: aside.collect() }
    }
}

fn column(path: &Path, field: &Field, row: &Row, form: TableForm) -> Option<Column> {
    let node = path.steps.first()?.name.clone();
    let between = row.spelling.join.as_ref().or(field.spelling.join.as_ref());
    let between = between.cloned().unwrap_or_else(|| BETWEEN_ITEMS.to_owned());
    let holds = match field.kind {
        Kind::List => Holds::Items(between),
        Kind::Table if let Some(within) = &row.within => Holds::Pairs(PairsRead::new(row, field, within)),
        Kind::Table => {
            let own = row.at.iter().filter_map(|(_, rows)| Some(rows.first()?.path.steps.first()?.name.clone()));
            let parts: Vec<String> = own.collect();
            Holds::Rows { bare: if row.bare.is_empty() { parts.clone() } else { row.bare.clone() }, parts }
        }
        _ => Holds::Value,
    };
    Some(Column { name: form.name_of(&node), node, holds })
}

/// The name of a header that names parts, and these: `shipping(country:price)`.
fn parts_of(header: &str) -> Option<(&str, Vec<String>)> {
    let (base, inside) = header.trim().strip_suffix(')').and_then(|header| header.split_once('('))?;
    Some((base, inside.split(BETWEEN_PARTS).map(|part| part.trim().to_owned()).collect()))
}

impl Header<'_> {
    /// Why a row is no listing: the column that says so, and what stands there.
    pub fn aside<'b>(&self, cells: Cells<'_, 'b>, arena: &'b Bump) -> Option<(&str, &'b str)> {
        self.aside.iter().find_map(|aside| {
            let text = trimmed(self.value(cells.raw(aside.number), arena));
            let is_meant = aside.words.is_empty() || aside.words.iter().any(|word| word.eq_ignore_ascii_case(text));
            (is_meant && !text.is_empty()).then_some((aside.name.as_str(), text))
        })
    }

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
                Holds::Pairs(pairs) => {
                    known.at.iter().for_each(|at| pairs.tell(self.cell(cells.raw(at.0), arena), known.node, machine));
                }
                Holds::Value => {
                    let texts = known.at.iter().map(|at| self.value(cells.raw(at.0), arena));
                    texts.filter(|text| !text.is_empty()).for_each(|text| machine.leaf(known.node, &[], text));
                }
                Holds::Items(between) => {
                    let texts = known.at.iter().map(|at| self.cell(cells.raw(at.0), arena));
                    let texts: Vec<&str> = texts.filter(|text| !trimmed(text).is_empty()).collect();
                    match texts.as_slice() {
                        [] => {}
                        [only] => machine.leaf(known.node, &[], only),
                        several => machine.leaf(known.node, &[], arena.alloc_str(&several.join(between))),
                    }
                }
                Holds::Rows { .. } => {
                    for (at, parts) in &known.at {
                        rows(self.cell(cells.raw(*at), arena), known.node, parts, machine, arena);
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
        match self.dialect.quoting {
            Quoting::Cell => self.cell(raw, arena),
            Quoting::Value => without_quotes(raw, arena),
        }
    }
}

/// Tells the rows of a table within a cell.
fn rows<'p, 'b>(cell: &'b str, node: &'p str, parts: &'p [String], machine: &mut Machine<'_, 'b>, arena: &'b Bump)
where
    'p: 'b,
{
    let mut before = "";
    for row in outside_of_quotes(cell, BETWEEN_ITEMS).filter(|row| !trimmed(row).is_empty()) {
        machine.start(node, &[]);
        let mut texts = outside_of_quotes(row, BETWEEN_PARTS);
        for (part, text) in parts.iter().zip(texts.by_ref()) {
            let text = without_quotes(trimmed(text), arena);
            if !text.is_empty() {
                machine.leaf(part, &[], text);
            }
        }
        // a decimal comma has made two rows of one amount
        if texts.any(|text| !trimmed(text).is_empty()) || goes_on(before, row) {
            machine.notice_parts(row);
        }
        before = row;
        machine.end();
    }
}
