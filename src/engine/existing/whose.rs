//! How much of a file a channel's description knows, to tell whose export it is before anybody says.

use crate::channel::Description;
use crate::channel::description::{FieldNo, Row, TableForm, Wire};
use crate::channel::path::{Path, ROW_NUMBER};
use crate::channel::read::TableRead;
use crate::config::FilePath;
use crate::engine::origin::Origin;
use crate::finding::Refusal;

use super::{open, table};

/// A header that is a channel's own has at least so many columns.
const FEWEST: usize = 6;

/// How many columns of a file's header a channel knows, where it can be that channel's document: it has the shape of
/// one, all columns that a listing must have there, and knows half of them or more. A document of nodes or members has no header; its
/// shape alone tells, and counts as one.
pub fn known_columns(description: &Description, file: &FilePath) -> Result<Option<usize>, Refusal> {
    let existing = open(description, &Origin::File(file.clone()), None)?;
    let Some(shape) = description.shapes.get(existing.shape) else { return Ok(None) };
    let Wire::Table(form) = shape.wire else { return Ok(Some(1)) };
    let read = TableRead::new(shape, form, &description.fields);
    let Some(header) = table::header(&existing.input, &read)? else { return Ok(None) };
    let named: Vec<&String> = header.cells.iter().filter(|cell| !cell.is_empty()).collect();
    let mut columns = Vec::new();
    shape.at.iter().for_each(|entry| add_columns(entry, form, &mut columns));
    let known = named.iter().filter(|cell| columns.contains(&unnumbered(cell, form))).count();
    let has = |path: &Path| path.steps.first().is_some_and(|column| read.has(&header.cells, &column.name));
    let has_all = shape.at.iter().all(|(number, rows)| {
        let is_required = description.fields.get(*number).is_some_and(|field| field.required);
        !is_required || rows.iter().flat_map(|row| row.paths()).any(has)
    });
    Ok((has_all && known >= FEWEST && known * 2 >= named.len()).then_some(known))
}

/// The columns of a field's rows, and of the fields within them.
fn add_columns((_, rows): &(FieldNo, Vec<Row>), form: TableForm, columns: &mut Vec<String>) {
    for row in rows {
        let names = row.paths().flat_map(|path| path.steps.iter().map(|step| unnumbered(&step.name, form)));
        columns.extend(names.filter(|name| !name.is_empty() && name != "."));
        row.at.iter().for_each(|entry| add_columns(entry, form, columns));
    }
}

/// A column's name as headers are compared, without the number that tells it from others of its kind.
fn unnumbered(name: &str, form: TableForm) -> String {
    let letters =
        name.replace(ROW_NUMBER, "").replace(|letter: char| letter.is_ascii_digit() || matches!(letter, '[' | ']'), "");
    form.name_of(&letters)
}
