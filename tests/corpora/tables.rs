//! Tables: at once, and as a stream in blocks of every size in which two records can meet.

use bumpalo::Bump;
use offersync::finding::Refusal;
use offersync::wire::input::{EncodingChoice, Input, Sniff};
use offersync::wire::table::{Rows, Table, Whole, unquoted};
use serde_json::Value;

use crate::bundle::{Document, Way, refused, taken};

pub const WAYS: &[Way] = &[
    ("at once", |document| read(document, at_once)),
    ("blocks of 1", |document| read(document, |whole| in_blocks(whole, 1))),
    ("blocks of 8", |document| read(document, |whole| in_blocks(whole, 8))),
    ("blocks of 40", |document| read(document, |whole| in_blocks(whole, 40))),
];

/// The rows of a table, its header first.
type Cells = Vec<Vec<String>>;

fn read(document: &Document, body: impl Fn(&Whole<'_>) -> Result<Cells, Refusal>) -> Value {
    let cells =
        Input::from_bytes("document", document.bytes.clone(), EncodingChoice::Auto, Sniff::Text).and_then(|input| {
            let whole = Whole::read(&input, "a table", |_| false)?;
            let mut cells = vec![whole.columns.clone()];
            cells.extend(body(&whole)?);
            Ok(cells)
        });
    cells.map_or_else(|refusal| refused(&refusal), taken)
}

fn at_once(whole: &Whole<'_>) -> Result<Cells, Refusal> {
    Ok(cells(&whole.rows()?, whole.text(), whole))
}

fn in_blocks(whole: &Whole<'_>, block: usize) -> Result<Cells, Refusal> {
    let table = Table {
        input: whole.input,
        dialect: whole.dialect,
        columns: whole.columns.len(),
        body: whole.body() as u64,
        threads: 2,
        block,
    };
    let mut found = Vec::new();
    table.read(
        || (),
        |(), block| Ok::<_, Refusal>(cells(block.rows, block.block.text, whole)),
        |rows| {
            found.extend(rows);
            Ok(())
        },
    )?;
    Ok(found)
}

fn cells(rows: &Rows, text: &str, whole: &Whole<'_>) -> Cells {
    let arena = Bump::new();
    let row = rows.iter(text).filter(|row| !row.is_blank(whole.dialect));
    row.map(|row| (0..row.len()).map(|at| unquoted(row.raw(at), whole.dialect.quote, &arena).to_owned()).collect())
        .collect()
}
