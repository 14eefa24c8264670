//! A channel that lists a product, which names its variants, and each of them as a row that says all of itself: rows by
//! key, worked out from both sides' cells.

use std::collections::{BTreeMap, BTreeSet};

use super::mutation::mutated;
use super::products::with_handles;
use super::{SEEDS, finds, rows_truth, written};
use crate::catalog::{Catalog, Offer, PAIR, SPLIT};
use crate::generated::SIZE;
use crate::registered::all;

type Row = BTreeMap<String, String>;

/// All rows of a catalog.
fn rows(catalog: &Catalog) -> BTreeMap<String, Row> {
    let mut groups: BTreeMap<&str, Vec<&Offer>> = BTreeMap::new();
    for offer in &catalog.offers {
        let key = if offer["group"].is_empty() { &offer["sku"] } else { &offer["group"] };
        groups.entry(key).or_default().push(offer);
    }
    let mut rows = BTreeMap::new();
    for (key, offers) in groups {
        let is_alone = offers.len() == 1;
        if !is_alone {
            rows.insert(key.to_owned(), of_product(&offers));
        }
        for offer in offers {
            let mut row = of_offer(offer);
            row.extend(is_alone.then(|| ("url_key".to_owned(), offer["handle"].clone())));
            rows.insert(offer["sku"].clone(), row);
        }
    }
    rows
}

fn of_product(offers: &[&Offer]) -> Row {
    let mut row = said(offers[0]);
    row.insert("name".into(), offers[0]["group_title"].clone());
    row.insert("url_key".into(), offers[0]["handle"].clone());
    let axes: BTreeSet<&str> = offers.iter().flat_map(|offer| options(offer)).map(|option| option.0).collect();
    let own: BTreeSet<&str> = options(offers[0]).into_iter().map(|option| option.0).collect();
    row.extend(attributes(offers[0]).into_iter().filter(|one| !own.contains(one.0)).map(of_code));
    row.extend(axes.into_iter().map(|axis| (format!("label {}", code(axis)), axis.to_owned())));
    row.extend(offers.iter().map(|offer| (format!("variant {}", offer["sku"]), format!("{:?}", options(offer)))));
    row
}

fn of_offer(offer: &Offer) -> Row {
    let mut row = said(offer);
    let amounts = [
        ("name", offer["title.uk"].clone()),
        ("price", offer["price"].clone()),
        ("stock", offer["stock.kyiv"].clone()),
        ("sale", (offer["stock.kyiv"] != "0").to_string()),
    ];
    row.extend(amounts.map(|(word, value)| (word.to_owned(), value)));
    row.extend(options(offer).into_iter().map(of_code));
    row.extend(attributes(offer).into_iter().map(of_code));
    row
}

/// What rows of products and variants say alike.
fn said(offer: &Offer) -> Row {
    let pictures: Vec<&str> = offer["pictures"].split(SPLIT).collect();
    [
        ("text", offer["description.uk"].clone()),
        ("kind", offer["category"].clone()),
        ("weight", offer.get("weight").cloned().unwrap_or_default()),
        ("picture", pictures[0].to_owned()),
        ("pictures", (pictures.len() - 1).to_string()),
    ]
    .map(|(word, value)| (word.to_owned(), value))
    .into()
}

fn options(offer: &Offer) -> Vec<(&str, &str)> {
    let all = [("Колір", "colour"), ("Розмір", SIZE)].map(|(name, column)| (name, offer[column].as_str()));
    all.into_iter().filter(|option| !option.1.is_empty()).collect()
}

fn attributes(offer: &Offer) -> Vec<(&str, &str)> {
    offer["attributes"].split(SPLIT).filter_map(|pair| pair.split_once(PAIR)).collect()
}

fn of_code((name, value): (&str, &str)) -> (String, String) {
    (format!("attribute {}", code(name)), value.to_owned())
}

/// The codes that the table of attributes has.
fn code(name: &str) -> &str {
    match name {
        "Колір" => "a1000",
        "Матеріал" => "a1001",
        "Розмір" => "a1002",
        name => name,
    }
}

/// The program's name of a field in the same words.
fn word(name: &str) -> String {
    let word = match name {
        "description" => "text",
        "categories" => "kind",
        "base_image" => "picture",
        "additional_images" => "pictures",
        "qty" => "stock",
        "is_in_stock" => "sale",
        "special_price" => "price",
        name => name,
    };
    let Some((table, row)) = word.split_once('[') else { return word.to_owned() };
    let row = row.split(']').next().unwrap();
    let kind = match table {
        "additional_attributes" => "attribute",
        "configurable_variations" => "variant",
        "configurable_variation_labels" => "label",
        other => other,
    };
    format!("{kind} {row}")
}

/// The option of a variant cannot hold the mark between its parts; an attribute can.
fn without_commas(offer: &mut Offer) {
    for (name, column) in [("Колір", "colour"), ("Розмір", SIZE)] {
        let (before, after) = (offer[column].clone(), offer[column].replace(',', ""));
        let [before, after] = [before, after].map(|value| format!("{name}{PAIR}{value}"));
        let attributes = offer["attributes"].replace(&before, &after);
        offer.insert("attributes".into(), attributes);
        offer.insert(column.into(), offer[column].replace(',', ""));
    }
}

/// A table with one more column, in which nothing stands.
fn with_column(table: &[u8], name: &str) -> Vec<u8> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(table);
    let mut writer = csv::Writer::from_writer(Vec::new());
    for (number, record) in reader.records().enumerate() {
        let mut record = record.unwrap();
        record.push_field(if number == 0 { name } else { "" });
        writer.write_record(&record).unwrap();
    }
    writer.into_inner().unwrap()
}

#[test]
fn every_change_of_a_product_or_a_variant_that_it_names_is_found_and_none_is_invented() {
    for channel in all().iter().filter(|channel| channel.id() == "magento") {
        for seed in SEEDS {
            let mut mutated = with_handles(mutated(seed));
            for offer in mutated.master.offers.iter_mut().chain(&mut mutated.channel.offers) {
                offer.insert("short_description.uk".into(), String::new());
                without_commas(offer);
            }
            let (mut desired, mut existing) = (rows(&mutated.master), rows(&mutated.channel));
            for shape in channel.description.shapes.iter().filter(|shape| shape.complete) {
                let mut export = written(channel, &shape.name, &mutated.channel);
                if !shape.detect.is_empty() {
                    export = with_column(&export, "created_at");
                    // its pictures lie in folders of its own
                    desired.values_mut().chain(existing.values_mut()).for_each(|row| drop(row.remove("picture")));
                }
                let truth = rows_truth(&desired, &existing);
                finds((channel, &shape.name), &mutated.master, &export, &truth, |found| found.in_words(word), seed);
            }
        }
    }
}
