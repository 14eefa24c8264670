//! A channel's export as somebody's master: which fields of a listing go back to which fields of an
//! offer, settled once for a shape. A field goes back to the first plain name that it comes from; constants, templates
//! and lookups give nothing, and a description's `back` says the rest.

mod columns;
mod form;
mod offers;
#[cfg(test)]
mod tests;
mod tree;
mod written;

use super::description::{Description, Field, FieldNo, ListingOf, Shape};
use columns::{Column, Places, columns};

pub use offers::{Returned, Said};
pub use tree::{Odd, categories, currency};

/// How listings of one shape become offers.
#[derive(Debug)]
pub struct Back {
    /// What a listing says of an offer; of a product, what holds for all of its offers.
    columns: Vec<Column>,
    /// The table of a product's offers, with what its rows say.
    rows: Option<(FieldNo, Vec<Column>)>,
    /// The field that tells a product from its variants, which are listings of their own.
    role: Option<FieldNo>,
}

impl Back {
    /// Settles it for documents of this shape; `language` is that of texts which name none.
    pub fn new(description: &Description, shape: &Shape, language: &str) -> Back {
        let is_carried = |number: FieldNo| shape.at.iter().any(|row| row.0 == number);
        let fields = &description.fields;
        let is_of_role = |field: &Field| field.source.as_name() == Some(super::names::ROLE);
        // where each offer has a listing of its own, the product's only names them
        let is_table = |field: &Field| field.is_of_offers() && description.listing == ListingOf::Product;
        let table = fields.iter().enumerate().find(|(number, field)| is_table(field) && is_carried(*number));
        let rows = table.map(|(number, field)| {
            let places = Places { fields: &field.fields, is_carried: &|_| true, language };
            (number, columns(&places, &[]))
        });
        Back {
            columns: columns(&Places { fields, is_carried: &is_carried, language }, &description.back),
            rows,
            role: fields.iter().enumerate().find(|(number, field)| is_of_role(field) && is_carried(*number)).map(first),
        }
    }

    /// Whether anything goes back to a field of an offer.
    pub fn has(&self, name: &str) -> bool {
        let of_rows = self.rows.iter().flat_map(|rows| &rows.1);
        self.columns.iter().chain(of_rows).any(|column| column.name == name)
    }

    /// Whether the variants of a product are listings beside the product's own, which says what they do not.
    pub fn is_of_families(&self) -> bool {
        self.role.is_some()
    }
}

fn first<T>((number, _): (FieldNo, T)) -> FieldNo {
    number
}
