//! Shopify's catalog as it comes out of Shopify: by REST, by the storefront, by a bulk query, by a page of
//! GraphQL, from the admin's button. Written here from the master's cells alone, to the facts of Shopify's own pages.

mod equal;
mod graphql;
mod product;
mod rest;
mod sheet;

pub use product::{Known, Product, Variant, products};

/// One document of a shape.
pub struct Given {
    /// The shape that it has to be read as.
    pub shape: &'static str,
    pub what: &'static str,
    pub text: String,
}

/// A catalog in every spelling that can be read; `seed` puts what has no order into another one.
pub fn all(products: &[Product], known: Known, seed: u64) -> Vec<Given> {
    let given = |shape, what, text| Given { shape, what, text };
    vec![
        given("rest", "a list under `products`", rest::products(products)),
        given("rest", "an array alone", rest::array(products)),
        given("storefront", "the storefront's list", rest::storefront(products)),
        given("bulk", "children behind their product", graphql::bulk(products, known, None)),
        given("bulk", "children anywhere", graphql::bulk(products, known, Some(seed))),
        given("graphql", "nodes", graphql::page(products, known, graphql::Connection::Nodes)),
        given("graphql", "edges", graphql::page(products, known, graphql::Connection::Edges)),
        given("csv", "headers of old", sheet::table(products, sheet::Headers::Old, false)),
        given("csv", "headers of old, rows of a product apart", sheet::table(products, sheet::Headers::Old, true)),
        given("csv", "headers of today", sheet::table(products, sheet::Headers::New, false)),
        given("csv", "headers of today, rows of a product apart", sheet::table(products, sheet::Headers::New, true)),
    ]
}

/// One product by itself, as REST answers for one.
pub fn one(product: &Product) -> Given {
    Given { shape: "rest", what: "one product under `product`", text: rest::one(product) }
}
