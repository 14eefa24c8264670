//! What a document declares for its listings: what currencies are worth, and what categories are called.

use hashbrown::HashMap;
use rust_decimal::Decimal;

use crate::channel::description::{Description, Field};
use crate::model::Value;
use crate::model::text::trimmed;

/// What currencies are worth, by code.
pub fn rates(description: &Description, head: &[Value<'_>]) -> HashMap<String, Decimal> {
    let rows = rows(description, head, "currencies", ["code", "rate", ""]);
    rows.into_iter().filter_map(|[code, rate, _]| Some((text(code)?, rate?.as_amount()?))).collect()
}

/// The paths of categories, by id.
pub fn categories(description: &Description, head: &[Value<'_>]) -> HashMap<String, String> {
    let rows = rows(description, head, "categories", ["id", "name", "parent"]);
    let read = |[id, name, parent]: Cells<'_, '_>| Some((text(id)?, (text(name)?, text(parent))));
    let known: HashMap<String, (String, Option<String>)> = rows.into_iter().filter_map(read).collect();
    known.keys().map(|id| (id.clone(), path(&known, id))).collect()
}

/// The names from the outermost to a category. A ring ends where as many were named as there are.
fn path(known: &HashMap<String, (String, Option<String>)>, id: &str) -> String {
    let mut names: Vec<&str> = Vec::new();
    let mut next = Some(id);
    while let Some((name, parent)) = next.and_then(|id| known.get(id)).filter(|_| names.len() < known.len()) {
        names.push(name);
        next = parent.as_deref();
    }
    names.reverse();
    names.join(" > ")
}

/// The cells of a row, in the order in which they were asked for.
type Cells<'h, 'b> = [Option<&'h Value<'b>>; 3];

/// The rows of the field that holds a table, told by where it and its columns come from.
fn rows<'h, 'b>(
    description: &Description,
    head: &'h [Value<'b>],
    table: &str,
    columns: [&str; 3],
) -> Vec<Cells<'h, 'b>> {
    let found = description.head.iter().zip(head).find(|(field, _)| comes_from(field, table));
    let Some((field, Value::Table(rows))) = found else { return Vec::new() };
    let numbers = columns.map(|column| field.fields.iter().position(|field| comes_from(field, column)));
    rows.iter().map(|row| numbers.map(|number| number.and_then(|number| row.get(number)))).collect()
}

fn comes_from(field: &Field, name: &str) -> bool {
    field.source.as_name() == Some(name)
}

fn text(value: Option<&Value<'_>>) -> Option<String> {
    value?.as_text().map(|text| trimmed(text).to_owned()).filter(|text| !text.is_empty())
}
