//! How much of a file a channel's description knows, to tell whose export it is before anybody says.

use crate::channel::Description;
use crate::channel::description::Wire;
use crate::channel::path::Path;
use crate::channel::read::TableRead;
use crate::config::FilePath;
use crate::engine::origin::Origin;
use crate::finding::Refusal;

use super::{open, table};

/// A header that is a channel's own has at least so many columns.
const FEWEST: usize = 4;

/// How many columns of a file's header a channel knows, where it can be that channel's document: it has the shape of
/// one, all columns that a listing must have there, and few others. A document of nodes or members has no header; its
/// shape alone tells, and counts as one.
pub fn known_columns(description: &Description, file: &FilePath) -> Result<Option<usize>, Refusal> {
    let existing = open(description, &Origin::File(file.clone()), None)?;
    let Some(shape) = description.shapes.get(existing.shape) else { return Ok(None) };
    let Wire::Table(form) = shape.wire else { return Ok(Some(1)) };
    let read = TableRead::new(shape, form, &description.fields);
    let Some(header) = table::header(&existing.input, &read)? else { return Ok(None) };
    let named = header.cells.iter().filter(|cell| !cell.is_empty()).count();
    let strange = read.strange(&header.cells).count().min(named);
    let has = |path: &Path| path.steps.first().is_some_and(|column| read.has(&header.cells, &column.name));
    let has_all = shape.at.iter().all(|(number, rows)| {
        let is_required = description.fields.get(*number).is_some_and(|field| field.required);
        !is_required || rows.iter().flat_map(|row| row.paths()).any(has)
    });
    let known = named - strange;
    Ok((has_all && known >= FEWEST && strange * 3 <= known).then_some(known))
}
