//! A channel that lists a product and, beside it, each of its variations, which say what it does not: rows by key, worked out from both sides'
//! products as the tests know them.

use std::collections::BTreeMap;

use super::mutation::mutated;
use super::products::with_handles;
use super::{SEEDS, finds, rows_truth, written};
use crate::given_out::{Product, Variant, products};
use crate::registered::all;

/// What a row says, in words of the tests.
type Row = BTreeMap<String, String>;

/// All rows of a catalog: a product of several variants has one of its own, under its group; one alone is
/// a row that says both.
fn rows(products: &[Product]) -> BTreeMap<String, Row> {
    let mut rows = BTreeMap::new();
    for product in products {
        let is_single = product.variants.len() == 1;
        if !is_single {
            rows.insert(product.offer_id.clone(), of_product(product, "variable"));
        }
        for variant in &product.variants {
            let mut row = of_variant(product, variant);
            match is_single {
                true => row.extend(of_product(product, "simple")),
                false => row.extend([("Parent".to_owned(), product.offer_id.clone())]),
            }
            rows.insert(variant.sku.clone(), row);
        }
    }
    rows
}

fn of_product(product: &Product, sort: &str) -> Row {
    let mut row: Row = [
        ("Type", sort.to_owned()),
        ("name", product.title.clone()),
        ("text", product.body.clone().unwrap_or_default()),
        ("kind", product.kind.clone()),
        ("pictures", product.pictures.len().to_string()),
        ("weight", format!("{:?}", product.variants[0].grams)),
        // those of the first offer, and variations do not say them
        ("attributes", product.variants[0].sku.clone()),
    ]
    .map(|(word, value)| (word.to_owned(), value))
    .into();
    for (name, values) in product.options.iter().filter(|option| option.0 != "Title") {
        row.insert(name.clone(), values.join("|"));
    }
    row
}

fn of_variant(product: &Product, variant: &Variant) -> Row {
    let mut row: Row = [
        ("Type", "variation".to_owned()),
        ("pictures", "1".to_owned()),
        ("stock", variant.pieces.to_string()),
        ("sale", (variant.pieces > 0).to_string()),
        ("price", variant.price.clone()),
        ("weight", format!("{:?}", variant.grams)),
    ]
    .map(|(word, value)| (word.to_owned(), value))
    .into();
    for ((name, _), value) in product.options.iter().zip(&variant.values).filter(|one| one.0.0 != "Title") {
        if !value.is_empty() {
            row.insert(name.clone(), value.clone());
        }
    }
    row
}

/// The program's name of a field in the same words.
fn word(name: &str) -> String {
    let word = match name {
        "Name" => "name",
        "Description" => "text",
        "Categories" => "kind",
        "Images" => "pictures",
        "Weight (kg)" => "weight",
        "Stock" => "stock",
        "In stock?" => "sale",
        "Sale price" | "Regular price" => "price",
        name => match name.split(['[', ']']).nth(1) {
            Some(axis @ ("Колір" | "Розмір")) => axis,
            Some(_) => "attributes",
            None => name,
        },
    };
    word.to_owned()
}

#[test]
fn every_change_of_a_product_or_a_variation_is_found_and_none_is_invented() {
    for channel in all().iter().filter(|channel| channel.id() == "woocommerce") {
        for seed in SEEDS {
            let mut mutated = with_handles(mutated(seed));
            for offer in mutated.master.offers.iter_mut().chain(&mut mutated.channel.offers) {
                offer.insert("short_description.uk".into(), String::new());
            }
            let (desired, existing) = (products(&mutated.master), products(&mutated.channel));
            let truth = rows_truth(&rows(&desired), &rows(&existing));
            for shape in channel.description.shapes.iter().filter(|shape| shape.complete) {
                let export = written(channel, &shape.name, &mutated.channel);
                finds((channel, &shape.name), &mutated.master, &export, &truth, |found| found.in_words(word), seed);
            }
        }
    }
}
