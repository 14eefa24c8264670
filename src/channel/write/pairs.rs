//! Writing a table within a cell whose parts have names: `sku=A-XS,size=XS|sku=A-S,size=S`.

use super::super::description::{Field, FieldNo, Row};
use super::super::within_cell::{NamedParts, WithinCell};
use super::Item;
use crate::model::{self, Value};

/// How such a table is written.
#[derive(Debug)]
pub(super) struct PairsPlan {
    within: WithinCell,
    parts: Vec<Part>,
}

#[derive(Debug)]
enum Part {
    /// A name that the description says, and its value.
    Fixed(String, Vec<Item>),
    /// A name that stands in the row, and its value.
    Keyed(Vec<Item>, Vec<Item>),
    /// The rows of a table, each with a name and a value.
    Rows(FieldNo, Vec<Item>, Vec<Item>),
}

impl PairsPlan {
    /// Compiles the row of a table that stands so.
    pub(super) fn new(row: &Row, field: &Field, within: &WithinCell) -> PairsPlan {
        let named = NamedParts::of(row, &field.fields);
        let items = |row: &Row, fields: &[Field], number: FieldNo| -> Vec<Item> {
            let rows = row.at.iter().find(|entry| entry.0 == number).map_or(&[][..], |entry| &entry.1);
            Item::alternatives(fields, number, rows).into_iter().map(|(_, item)| item).collect()
        };
        let part = |number: FieldNo| -> Option<Part> {
            if let Some((_, name)) = named.fixed.iter().find(|part| part.0 == number) {
                return Some(Part::Fixed(name.clone(), items(row, &field.fields, number)));
            }
            if let Some((key, value)) = named.keyed.filter(|keyed| keyed.1 == number) {
                return Some(Part::Keyed(items(row, &field.fields, key), items(row, &field.fields, value)));
            }
            let (table, key, value) = named.rows.filter(|rows| rows.0 == number)?;
            let inner = row.at.iter().find(|entry| entry.0 == table)?.1.first()?;
            let fields = &field.fields.get(table)?.fields;
            Some(Part::Rows(table, items(inner, fields, key), items(inner, fields, value)))
        };
        let parts = row.at.iter().filter_map(|entry| part(entry.0)).collect();
        PairsPlan { within: within.clone(), parts }
    }

    /// The text of the cell; `in_one_line` brings values into the form that cells have.
    pub(super) fn text(&self, rows: &[model::Row<'_>], in_one_line: &dyn Fn(&str) -> String) -> String {
        let rows = rows.iter().map(|row| self.row(row, in_one_line)).filter(|row| !row.is_empty());
        rows.collect::<Vec<_>>().join(&self.within.rows)
    }

    fn row(&self, row: &[Value<'_>], in_one_line: &dyn Fn(&str) -> String) -> String {
        let text = |items: &[Item], row: &[Value<'_>]| {
            let text = items.iter().find_map(|item| item.text(row)).filter(|text| !text.is_empty())?;
            Some(in_one_line(&text))
        };
        let pair = |name: &str, value: Option<String>| value.map(|value| [name, &value].join(&self.within.pairs));
        let keyed = |key: &[Item], value: &[Item], row: &[Value<'_>]| pair(&text(key, row)?, text(value, row));
        let mut parts: Vec<String> = Vec::new();
        for part in &self.parts {
            match part {
                Part::Fixed(name, value) => parts.extend(pair(name, text(value, row))),
                Part::Keyed(key, value) => parts.extend(keyed(key, value, row)),
                Part::Rows(table, key, value) => {
                    if let Some(Value::Table(rows)) = row.get(*table) {
                        parts.extend(rows.iter().filter_map(|row| keyed(key, value, row)));
                    }
                }
            }
        }
        parts.join(&self.within.parts)
    }
}
