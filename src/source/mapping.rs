//! Which column of the master says which field of an offer: what the config asks
//! for, before anybody has looked into the file.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::model::Unit;

/// One field of an offer and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldMapping {
    /// The field's full name: `title.uk`.
    pub field: String,
    /// Where its value stands.
    pub from: Columns,
    /// The place in the config, for messages.
    pub bytes: Range<usize>,
}

/// Where a value stands in the master.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Columns {
    /// In one column.
    Column {
        /// Its name.
        column: String,
        /// The unit of its numbers, where the cells do not say one.
        unit: Option<Unit>,
        /// What stands between the items of a list.
        split: Option<String>,
    },
    /// Rows that are objects in the file, in one column.
    Rows(String),
    /// Names and values of attributes, or quantities and prices, all in one column: `Колір=синій|Розмір=XS`, `10=95`.
    Pairs {
        /// Its name.
        column: String,
        /// What stands between two pairs.
        split: String,
        /// What stands between a name and its value, a quantity and its price.
        pair: String,
    },
    /// The value of one attribute.
    Attribute {
        /// The attribute's name.
        name: String,
        /// The column of its value.
        column: String,
        /// The unit of its value.
        unit: Option<String>,
        /// The group of attributes that it belongs to.
        section: Option<String>,
        /// What stands between several values.
        split: Option<String>,
    },
    /// What tells variants apart: axis and column.
    Options(Vec<(String, String)>),
    /// The price from one quantity on.
    Tier {
        /// The quantity.
        quantity: Decimal,
        /// The column of the price.
        column: String,
    },
    /// What delivery to one place costs.
    Shipping {
        /// Where to.
        country: String,
        /// The part of the country.
        region: Option<String>,
        /// The carrier or the kind of delivery.
        service: Option<String>,
        /// The column of the price.
        column: String,
    },
    /// Rows of several fields, all in one column: `UA:Нова Пошта:70`.
    Parts {
        /// Its name.
        column: String,
        /// What stands between two rows.
        split: String,
        /// The fields of a row in their order, `:` between them.
        parts: Vec<String>,
    },
}

impl Columns {
    /// The names of its columns.
    pub fn columns(&self) -> Vec<&str> {
        match self {
            Columns::Rows(column)
            | Columns::Column { column, .. }
            | Columns::Pairs { column, .. }
            | Columns::Attribute { column, .. }
            | Columns::Tier { column, .. }
            | Columns::Shipping { column, .. }
            | Columns::Parts { column, .. } => vec![column],
            Columns::Options(axes) => axes.iter().map(|axis| axis.1.as_str()).collect(),
        }
    }
}
