//! Tables: a header, and a row of cells for each listing. Lists and tables stand within
//! one cell, their parts told apart by a mark of their own.

use std::borrow::Cow;

use crate::model::Value;
use crate::wire::table::{Quoting, quoted};

use super::super::description::{BETWEEN_ITEMS, BETWEEN_PARTS, Field, FieldNo, Lines, Row, Shape, TableForm};
use super::super::path::ROW_NUMBER;
use super::super::rows_in_text::as_part;
use super::pairs::PairsPlan;
use super::{IsSaid, Item};
use crate::model::words::in_single_blanks;

/// How a table is written.
#[derive(Debug)]
pub struct TablePlan {
    form: TableForm,
    columns: Vec<Column>,
}

#[derive(Debug)]
struct Column {
    header: String,
    /// Of several alternatives the one that is chosen is written.
    ways: Vec<Way>,
}

#[derive(Debug)]
enum Way {
    Value(Box<Item>),
    /// A value of a row of a table: of the row with this number, from 0.
    OfRow(FieldNo, usize, Box<Item>),
    /// A table within the cell whose parts have names.
    Pairs(Box<Item>, PairsPlan),
    /// A table within the cell, and its parts in their order.
    Rows(Box<Item>, Vec<Vec<Item>>),
}

impl TablePlan {
    /// Compiles the rows of a shape: alternatives of one field, and rows of equal headers, share a column. A field of
    /// which nobody says anything has none: blank cells would say that there is nothing.
    pub fn new(shape: &Shape, form: TableForm, fields: &[Field], is_said: IsSaid<'_>) -> TablePlan {
        let mut columns: Vec<Column> = Vec::new();
        for (field, rows) in shape.at.iter().filter(|row| is_said(row.0, None)) {
            let rows: &[Row] = &rows.iter().map(|row| without_unsaid(row, *field, is_said)).collect::<Vec<_>>();
            if rows.first().is_some_and(|row| row.path.steps.is_empty()) {
                columns.extend(numbered(fields, *field, rows));
                continue;
            }
            for (row, item) in Item::alternatives(fields, *field, rows) {
                let way = way(fields, row, item);
                match columns.iter_mut().find(|column| column.header == row.path.text) {
                    Some(column) => column.ways.push(way),
                    None => columns.push(Column { header: row.path.text.clone(), ways: vec![way] }),
                }
            }
        }
        TablePlan { form, columns }
    }

    /// The first line.
    pub fn header(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let header = |column: &Column| Some(self.form.value(Cow::Owned(column.header.clone())));
        self.line(self.columns.iter().map(header), &mut out);
        out
    }

    /// Writes the row of one listing.
    pub fn listing(&self, values: &[Value<'_>], out: &mut Vec<u8>) {
        self.line(self.columns.iter().map(|column| column.cell(values, self.form)), out);
    }

    fn line<'c>(&self, cells: impl Iterator<Item = Option<Cow<'c, str>>>, out: &mut Vec<u8>) {
        for (number, cell) in cells.enumerate() {
            if number > 0 {
                out.push(self.form.separator);
            }
            if let Some(cell) = cell {
                self.form.write_cell(&cell, out);
            }
        }
        out.push(b'\n');
    }
}

/// A column that holds a table, without the parts that may go and of which nobody says anything.
fn without_unsaid(row: &Row, field: FieldNo, is_said: IsSaid<'_>) -> Row {
    let mut row = row.clone();
    let may_go = |(_, rows): &(FieldNo, Vec<Row>)| rows.iter().any(|part| part.may_go);
    if let Some(name) = row.path.steps.first().filter(|_| row.at.iter().any(may_go)).map(|step| step.name.clone()) {
        row.at.retain(|part| !may_go(part) || is_said(field, Some(part.0)));
        let parts: Vec<&str> = row.at.iter().filter_map(|part| Some(part.1.first()?.path.text.as_str())).collect();
        row.path.text = format!("{name}({})", parts.join(BETWEEN_PARTS));
    }
    row
}

/// The columns of a table whose rows stand side by side in one row of the file: `Attribute 1 name`, as many as its
/// rules allow.
fn numbered(fields: &[Field], field: FieldNo, rows: &[Row]) -> Vec<Column> {
    let Some((meaning, row)) = fields.get(field).zip(rows.first()) else { return Vec::new() };
    let mut columns = Vec::new();
    for number in 0..meaning.most_rows().unwrap_or(0) {
        for (inner, rows) in &row.at {
            for (row, item) in Item::alternatives(&meaning.fields, *inner, rows) {
                let header = row.path.text.replace(ROW_NUMBER, &(number + 1).to_string());
                columns.push(Column { header, ways: vec![Way::OfRow(field, number, Box::new(item))] });
            }
        }
    }
    columns
}

fn way(fields: &[Field], row: &Row, item: Item) -> Way {
    let Some(meaning) = fields.get(item.field).filter(|field| !field.fields.is_empty()) else {
        return Way::Value(Box::new(item));
    };
    if let Some(within) = &row.within {
        return Way::Pairs(Box::new(item), PairsPlan::new(row, meaning, within));
    }
    let items = |number: FieldNo, rows: &[Row]| -> Vec<Item> {
        Item::alternatives(&meaning.fields, number, rows).into_iter().map(|(_, item)| item).collect()
    };
    let named = |part: &String| {
        let field = meaning.fields.iter().position(|inner| inner.name == *part);
        let row = row.at.iter().find(|entry| Some(entry.0) == field);
        row.map_or_else(Vec::new, |(number, rows)| items(*number, rows))
    };
    // where the header does not name the parts, they stand as `bare` has them
    let is_bare = row.path.steps.first().is_some_and(|step| step.name == row.path.text) && !row.bare.is_empty();
    let parts = match is_bare {
        true => row.bare.iter().map(named).collect(),
        false => row.at.iter().map(|(number, rows)| items(*number, rows)).collect(),
    };
    Way::Rows(Box::new(item), parts)
}

impl Column {
    fn cell<'v>(&'v self, values: &'v [Value<'v>], form: TableForm) -> Option<Cow<'v, str>> {
        self.ways.iter().find_map(|way| way.cell(values, form))
    }
}

impl Way {
    fn cell<'v>(&'v self, values: &'v [Value<'v>], form: TableForm) -> Option<Cow<'v, str>> {
        match self {
            Way::Value(item) => of_item(item, values, form),
            Way::OfRow(field, number, item) => match values.get(*field)? {
                Value::Table(rows) => of_item(item, rows.get(*number)?, form),
                _ => None,
            },
            Way::Pairs(item, pairs) => {
                let table = values.get(item.field).filter(|_| item.is_chosen(values));
                let Some(Value::Table(rows)) = table else { return None };
                Some(Cow::Owned(pairs.text(rows, &|text| form.in_one_line(text).into_owned())))
            }
            Way::Rows(item, parts) => {
                let table = values.get(item.field).filter(|_| item.is_chosen(values));
                let Some(Value::Table(rows)) = table else { return None };
                let mut text = String::new();
                for (number, row) in rows.iter().enumerate() {
                    text.push_str(if number > 0 { BETWEEN_ITEMS } else { "" });
                    push_parts(row, parts, form, &mut text);
                }
                Some(Cow::Owned(text))
            }
        }
    }
}

/// A single value, or a list in one cell.
fn of_item<'v>(item: &'v Item, values: &'v [Value<'v>], form: TableForm) -> Option<Cow<'v, str>> {
    match values.get(item.field)? {
        Value::List(_) if !item.is_chosen(values) => None,
        // whoever reads it takes line ends first, and backslashes before marks then
        Value::List(items) if form.lines == Lines::Backslash => {
            Some(Cow::Owned(form.in_one_line(&item.spelling.joined(items)).into_owned()))
        }
        Value::List(items) if items.iter().all(|item| form.is_in_one_line(item)) => {
            Some(item.spelling.joined_text(items))
        }
        Value::List(items) => {
            let items: Vec<Cow<'_, str>> = items.iter().map(|item| form.in_one_line(item)).collect();
            let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
            Some(Cow::Owned(item.spelling.joined(&items)))
        }
        _ => item.text(values).map(|text| form.value(text)),
    }
}

/// Adds a row of a table within a cell.
fn push_parts(row: &[Value<'_>], parts: &[Vec<Item>], form: TableForm, to: &mut String) {
    for (number, items) in parts.iter().enumerate() {
        to.push_str(if number > 0 { BETWEEN_PARTS } else { "" });
        let text = items.iter().find_map(|item| item.text(row)).unwrap_or_default();
        to.push_str(&as_part(&form.in_one_line(&text)));
    }
}

impl TableForm {
    /// A text with its line ends as they stand in a cell.
    fn in_one_line<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.lines {
            Lines::Backslash if text.contains(['\n', '\r']) || text.contains("\\n") => {
                let text = text.replace("\r\n", "\n").replace('\r', "\n");
                Cow::Owned(text.replace("\\n", "\\\\n").replace('\n', "\\n"))
            }
            Lines::Backslash => Cow::Borrowed(text),
            Lines::Quoted => Cow::Borrowed(text),
            _ if memchr::memchr3(b'\n', b'\r', b'\t', text.as_bytes()).is_none() => Cow::Borrowed(text),
            Lines::Space => in_single_blanks(text),
        }
    }

    /// Whether that changes nothing of it.
    fn is_in_one_line(&self, text: &str) -> bool {
        matches!(self.in_one_line(text), Cow::Borrowed(same) if same.len() == text.len())
    }

    /// A single value as it stands in its cell: between quotes where quotes stand around values and it needs them.
    fn value<'t>(&self, text: Cow<'t, str>) -> Cow<'t, str> {
        let text = match text {
            Cow::Borrowed(text) => self.in_one_line(text),
            Cow::Owned(text) if self.is_in_one_line(&text) => Cow::Owned(text),
            Cow::Owned(text) => Cow::Owned(self.in_one_line(&text).into_owned()),
        };
        if self.quoting == Quoting::Value && self.needs_quotes(&text) {
            return Cow::Owned(quoted(&text));
        }
        text
    }

    /// Whether a text would end its cell, or begin a quoted one.
    fn needs_quotes(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        memchr::memchr3(b'"', b'\n', b'\r', bytes).is_some() || memchr::memchr(self.separator, bytes).is_some()
    }

    /// A cell, between quotes where quotes stand around cells and it needs them.
    fn write_cell(&self, cell: &str, out: &mut Vec<u8>) {
        let ends = |cell: &str| cell.starts_with(char::is_whitespace) || cell.ends_with(char::is_whitespace);
        if self.quoting == Quoting::Cell && (self.needs_quotes(cell) || ends(cell)) {
            out.extend_from_slice(quoted(cell).as_bytes());
        } else {
            out.extend_from_slice(cell.as_bytes());
        }
    }
}
