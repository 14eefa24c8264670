//! A channel's export as somebody's master: which fields of a listing go back to which fields of an
//! offer, settled once for a shape. A field goes back to the first plain name that it comes from; constants, templates
//! and lookups give nothing, and a description's `back` says the rest.

mod asked;
mod columns;
mod form;
mod named;
mod offers;
#[cfg(test)]
mod tests;
mod tree;
mod written;

use super::description::{Description, Field, FieldNo, Shape};
use super::project::KnownName;
use columns::{Column, Places, columns};
use named::Named;

pub use asked::Param;
pub use offers::{Returned, Said};
pub use tree::{Odd, categories, currency};

/// How listings of one shape become offers.
#[derive(Debug)]
pub struct Back {
    /// What a listing says of an offer; of a product, what holds for all of its offers.
    columns: Vec<Column>,
    /// The offers of a product.
    rows: Option<Rows>,
    /// Tables whose rows stand for the merchant's own names.
    named: Vec<Named>,
    /// The field that tells a product from its variants, which are listings of their own.
    role: Option<FieldNo>,
}

/// The table of a product's offers, and what its rows say.
#[derive(Debug)]
struct Rows {
    table: FieldNo,
    columns: Vec<Column>,
    /// Fields without which a row is no offer: a table may have rows of pictures alone.
    needed: Vec<FieldNo>,
}

/// Whether documents of a shape have a field of a table's rows.
fn is_in_rows(shape: &Shape, table: FieldNo, number: FieldNo) -> bool {
    let rows = shape.at.iter().filter(|row| row.0 == table).flat_map(|row| &row.1);
    rows.flat_map(|row| &row.at).any(|row| row.0 == number)
}

impl Back {
    /// Settles it for documents of this shape; `language` is that of texts which name none, `answers` are those to the
    /// description's settings.
    pub fn new(description: &Description, shape: &Shape, language: &str, answers: &[KnownName]) -> Back {
        let is_carried = |number: FieldNo| shape.at.iter().any(|row| row.0 == number);
        let fields = &description.fields;
        let carried = || fields.iter().enumerate().filter(|(number, _)| is_carried(*number));
        let is_of_role = |field: &Field| field.source.as_name() == Some(super::names::ROLE);
        let table = carried().find(|(_, field)| field.is_of_offers());
        let rows = table.map(|(table, field)| {
            let is_carried = |number: FieldNo| is_in_rows(shape, table, number);
            let needed =
                field.fields.iter().enumerate().filter(|(number, inner)| inner.required && is_carried(*number));
            let places = Places { fields: &field.fields, is_carried: &is_carried, language };
            Rows { table, columns: columns(&places, &description.back_of_rows), needed: needed.map(first).collect() }
        });
        Back {
            columns: columns(&Places { fields, is_carried: &is_carried, language }, &description.back),
            rows,
            named: carried().filter_map(|field| Named::of(field, answers)).collect(),
            role: carried().find(|(_, field)| is_of_role(field)).map(first),
        }
    }

    /// The names that a config may call columns: fields of an offer, in full.
    pub fn names(&self) -> Vec<&str> {
        let of_rows = self.rows.iter().flat_map(|rows| &rows.columns);
        self.columns.iter().chain(of_rows).map(|column| column.name.as_str()).collect()
    }

    /// Whether anything goes back to a field of an offer.
    pub fn has(&self, name: &str) -> bool {
        let of_rows = self.rows.iter().flat_map(|rows| &rows.columns);
        self.columns.iter().chain(of_rows).any(|column| column.name == name) || self.has_named(name)
    }

    /// Whether rows that have names of their own go back to the parts of a field, `stock.PP1`.
    pub fn has_named(&self, base: &str) -> bool {
        self.named.iter().any(|named| named.has(base))
    }

    /// The fields of an offer to which anything goes back, without language or key.
    pub fn fields(&self) -> Vec<String> {
        let of_rows = self.rows.iter().flat_map(|rows| &rows.columns);
        let columns = self.columns.iter().chain(of_rows).chain(self.named.iter().flat_map(Named::columns));
        columns.map(|column| column.name.split('.').next().unwrap_or_default().to_owned()).collect()
    }

    /// Whether the variants of a product are listings beside the product's own, which says what they do not.
    pub fn is_of_families(&self) -> bool {
        self.role.is_some()
    }
}

fn first<T>((number, _): (FieldNo, T)) -> FieldNo {
    number
}
