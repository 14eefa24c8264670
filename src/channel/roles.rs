//! Which fields of a channel are the price, the stock, the title and so on: found by where
//! they come from, since guards and reports ask for them and every channel has its own names.

use super::description::{Field, From, Source};
use super::plan::{Roles, Variants};
use crate::model::Kind;

/// Which fields are what a report and a guard ask for, by where they come from.
pub(super) fn roles(fields: &[Field]) -> Roles {
    let from = |wanted: &[&str]| {
        fields.iter().position(|field| {
            root(&field.source).is_some_and(|name| wanted.contains(&name.split('.').next().unwrap_or(name)))
        })
    };
    let money =
        |is: &dyn Fn(&Source) -> bool| fields.iter().position(|field| field.kind == Kind::Money && is(&field.source));
    let money_from = |wanted: &str| money(&|source| root(source) == Some(wanted));
    // a channel may want the regular price where there is one, and the price of today otherwise
    let price = money(&|source| root(source) == Some("price") && source.when.is_none())
        .or_else(|| money(&|source| speaks_of(source, "price", false)))
        .or_else(|| money_from("price"));
    let old_price = money_from("old_price").filter(|field| Some(*field) != price);
    // the price of today stands there only while the regular one stands beside it
    let sale = money(&|source| speaks_of(source, "price", true)).filter(|field| Some(*field) != price);
    Roles {
        price,
        sale,
        old_price,
        stock: from(&["quantity", "stock"])
            .filter(|number| fields.get(*number).is_some_and(|field| field.kind == Kind::Count)),
        availability: from(&["availability", "in_stock"]),
        title: from(&["title"]),
        brand: from(&["brand"]),
        // its id, by which a document declares it, before its name or its path
        category: fields.iter().position(|field| root(&field.source) == Some("category")).or(from(&["category"])),
        currency: from(&["currency"]),
    }
}

/// The table of a product's offers, with the roles of a row's fields.
pub(super) fn variants(fields: &[Field]) -> Option<Variants> {
    let field = fields.iter().position(Field::is_of_offers)?;
    Some(Variants { field, roles: roles(&fields.get(field)?.fields) })
}

/// Whether one of the sources that a field may come from is a name, under a condition of its own or without one.
fn speaks_of(source: &Source, name: &str, under_condition: bool) -> bool {
    match &source.from {
        From::FirstOf(sources) => sources.iter().any(|source| speaks_of(source, name, under_condition)),
        _ => source.when.is_some() == under_condition && source.as_name() == Some(name),
    }
}

/// The first name that a source speaks of.
pub(super) fn root(source: &Source) -> Option<&str> {
    match &source.from {
        From::FirstOf(sources) => sources.first().and_then(root),
        _ => source.as_name(),
    }
}
