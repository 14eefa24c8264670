//! What there is to say of a product, out of the cells of its offers.

use crate::catalog::{Catalog, Offer, SPLIT};
use crate::generated::SIZE;

/// By what the products of a shop are known to the master.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// The shop never heard of the master: by the first variant's SKU, or by the metafield where there is one.
    FirstSku,
    Handle,
    /// By Shopify's own numbers.
    Ids,
}

/// A product.
#[derive(Debug, Clone)]
pub struct Product {
    pub id: u64,
    /// What the metafield of the app holds.
    pub offer_id: String,
    pub handle: String,
    pub title: String,
    /// Nothing where it is blank.
    pub body: Option<String>,
    pub vendor: String,
    pub kind: String,
    pub tags: Vec<String>,
    /// In small letters.
    pub status: String,
    /// Names with their values.
    pub options: Vec<(String, Vec<String>)>,
    pub pictures: Vec<String>,
    pub variants: Vec<Variant>,
}

/// A variant.
#[derive(Debug, Clone)]
pub struct Variant {
    pub id: u64,
    pub sku: String,
    pub barcode: Option<String>,
    pub price: String,
    pub compare_at: Option<String>,
    /// Sold without stock.
    pub continues: bool,
    pub cost: Option<String>,
    pub grams: Option<u64>,
    pub pieces: u64,
    /// Where it stands on each option of the product.
    pub values: Vec<String>,
}

/// The products of a catalog, by the first offer of each.
pub fn products(catalog: &Catalog) -> Vec<Product> {
    let mut groups: Vec<(String, Vec<&Offer>)> = Vec::new();
    for offer in &catalog.offers {
        let key = cell(offer, "group").unwrap_or_else(|| offer["sku"].clone());
        match groups.iter_mut().find(|group| group.0 == key) {
            Some(group) => group.1.push(offer),
            None => groups.push((key, vec![offer])),
        }
    }
    (1..).zip(&groups).map(|(number, (key, offers))| product(number, key, offers)).collect()
}

fn cell(offer: &Offer, column: &str) -> Option<String> {
    offer.get(column).filter(|cell| !cell.is_empty()).cloned()
}

fn items(offer: &Offer, column: &str) -> Vec<String> {
    cell(offer, column).map(|cell| cell.split(SPLIT).map(str::to_owned).collect()).unwrap_or_default()
}

fn product(number: u64, key: &str, offers: &[&Offer]) -> Product {
    let first = offers[0];
    let options = options(offers);
    let mut pictures: Vec<String> = Vec::new();
    for picture in offers.iter().flat_map(|offer| items(offer, "pictures")) {
        if !pictures.contains(&picture) {
            pictures.push(picture);
        }
    }
    let id = 8_000_000_000 + number;
    let variants = (1..).zip(offers).map(|(nth, offer)| variant(id * 100 + nth, offer, &options)).collect();
    Product {
        id: cell(first, "ids.shopify").map_or(id, |id| id.parse().unwrap()),
        offer_id: key.to_owned(),
        handle: cell(first, "handle").unwrap_or_else(|| format!("p-{number}")),
        title: cell(first, "group_title").or_else(|| cell(first, "title.uk")).unwrap(),
        body: cell(first, "description.uk"),
        vendor: first["brand"].clone(),
        kind: match first["category"].as_str() {
            "1" => "Похід".to_owned(),
            "2" => "Термоси & чашки <1 л>".to_owned(),
            "3" => "Намети".to_owned(),
            other => panic!("the category {other} has no name here"),
        },
        tags: items(first, "tags"),
        status: cell(first, "status").unwrap_or_else(|| "active".to_owned()),
        options,
        pictures,
        variants,
    }
}

/// The options of a product with their values; Shopify gives one without any an option of its own.
fn options(offers: &[&Offer]) -> Vec<(String, Vec<String>)> {
    let mut options: Vec<(String, Vec<String>)> = Vec::new();
    for (name, column) in [("Колір", "colour"), ("Розмір", SIZE)] {
        let mut values: Vec<String> = Vec::new();
        for value in offers.iter().filter_map(|offer| cell(offer, column)) {
            if !values.contains(&value) {
                values.push(value);
            }
        }
        if !values.is_empty() {
            options.push((name.to_owned(), values));
        }
    }
    if options.is_empty() {
        options.push(("Title".to_owned(), vec!["Default Title".to_owned()]));
    }
    options
}

fn variant(id: u64, offer: &Offer, options: &[(String, Vec<String>)]) -> Variant {
    let value = |(name, _): &(String, Vec<String>)| match name.as_str() {
        "Колір" => offer["colour"].clone(),
        "Розмір" => offer[SIZE].clone(),
        _ => "Default Title".to_owned(),
    };
    let pieces = |column: &str| -> u64 { cell(offer, column).map_or(0, |cell| cell.parse().unwrap()) };
    Variant {
        id: cell(offer, "ids.shopify_variant").map_or(id, |id| id.parse().unwrap()),
        sku: offer["sku"].clone(),
        barcode: cell(offer, "gtin"),
        price: offer["price"].clone(),
        compare_at: cell(offer, "old_price"),
        continues: cell(offer, "availability").is_some_and(|word| word == "під замовлення"),
        cost: cell(offer, "cost"),
        grams: cell(offer, "weight").map(|weight| weight.trim_end_matches(" g").parse().unwrap()),
        pieces: pieces("stock.kyiv") + pieces("stock.odesa"),
        values: options.iter().map(value).collect(),
    }
}
