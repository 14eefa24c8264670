//! What comes out of Shopify differs in nothing from the master that it was filled from.

use std::collections::BTreeMap;

use super::{Given, Known, all, one, products};
use crate::catalog::{Catalog, SPLIT};
use crate::generated;
use crate::generator::Random;
use crate::registered::{Registered, all as every_channel};
use crate::world::{Asked, World, changes_in_words};

/// The channel; none while another one is looked at alone.
fn shopify() -> Option<Registered> {
    every_channel().into_iter().find(|channel| channel.id() == "shopify")
}

/// A catalog with whatever a product can say: labels, drafts, what is sold to order, costs, SKUs of digits, blanks.
fn catalog(seed: u64, offers: u64, known: Known) -> Catalog {
    let mut catalog = generated::catalog(seed, offers);
    let (mut group, mut number) = (String::new(), 0_u64);
    for (nth, offer) in (1_u64..).zip(&mut catalog.offers) {
        if offer["group"].is_empty() || offer["group"] != group {
            number += 1;
            group.clone_from(&offer["group"]);
        }
        let mut of_product = Random::of(seed, 101, number);
        let mut own = Random::of(seed, 102, nth);
        let mut put = |column: &str, cell: String| drop(offer.insert(column.to_owned(), cell));
        let labels = ["зима", "нове 2026", "Sale & more", "«для дому»", "zero"];
        let tags: Vec<&str> = labels[of_product.place(labels.len())..].to_vec();
        put("tags", if of_product.chance(2_000) { String::new() } else { tags.join(SPLIT) });
        put("status", of_product.pick(&["", "active", "draft", "archived"]).to_owned());
        put("group_title", format!("Виріб «{number}» & Ко"));
        put("availability", own.pick(&["", "", "під замовлення"]).to_owned());
        put(
            "cost",
            if own.chance(5_000) { format!("{}.{:02}", own.below(900), own.below(100)) } else { String::new() },
        );
        if own.chance(1_000) {
            put("weight", String::new());
        }
        if own.chance(3_000) {
            put("sku", format!("00{}", 51_000_000 + nth));
        }
        if of_product.chance(1_000) {
            put("description.uk", String::new());
        }
        match known {
            Known::FirstSku => {}
            Known::Handle => put("handle", format!("виріб-®-{number}")),
            Known::Ids => {
                put("ids.shopify", (7_000_000_000 + number).to_string());
                put("ids.shopify_variant", (41_000_000_000 + nth).to_string());
            }
        }
    }
    catalog
}

/// Reads a document as the export: the shape is recognised, and nothing differs.
fn nothing_differs(world: &World, given: &Given, products: usize) {
    world.write("now.xml", &given.text);
    let threads = 1 + given.text.len() % 2;
    let outcome = world.run(&Asked { threads, ..Asked::DIFF });
    let found = &outcome.channels[0];
    let what = format!("{}, {}", given.shape, given.what);
    assert_eq!(found.failed, None, "{what}");
    let existing = found.existing.as_ref().unwrap();
    assert_eq!((existing.shape.as_str(), existing.listings), (given.shape, products as u64), "{what}");
    assert!(!found.differs(), "{what}: {}", changes_in_words(found));
    assert_eq!(found.counts.same, products as u64, "{what}");
    let of_the_export: Vec<_> = found.findings.iter().filter(|group| group.file == "now.xml").collect();
    assert!(of_the_export.is_empty(), "{what}: {of_the_export:?}");
}

fn every_spelling(seed: u64, known: Known) {
    let Some(channel) = shopify() else { return };
    let catalog = catalog(seed, 400, known);
    let products = products(&catalog);
    assert!(products.len() > 200 && products.iter().any(|product| product.variants.len() >= 8), "{}", products.len());
    let world = generated::shop(&channel, &catalog);
    for given in all(&products, known, seed) {
        nothing_differs(&world, &given, products.len());
    }
}

#[test]
fn products_known_by_their_first_sku() {
    every_spelling(1, Known::FirstSku);
}

#[test]
fn products_known_by_their_handles() {
    every_spelling(2, Known::Handle);
}

#[test]
fn products_known_by_their_ids() {
    every_spelling(3, Known::Ids);
}

/// Most variants in real shops have no SKU: they are known by their options, and get one.
#[test]
fn variants_without_a_sku_are_known_by_their_options() {
    let Some(channel) = shopify() else { return };
    let catalog = catalog(5, 120, Known::Handle);
    let mut existing = products(&catalog);
    let mut random = Random::new(5);
    let mut expected: BTreeMap<String, usize> = BTreeMap::new();
    for product in &mut existing {
        let id = product.offer_id.clone();
        for variant in product.variants.iter_mut().filter(|_| random.chance(6_000)) {
            variant.sku.clear();
            *expected.entry(id.clone()).or_default() += 1;
        }
    }
    let world = generated::shop(&channel, &catalog);
    for given in all(&existing, Known::Handle, 5) {
        world.write("now.xml", &given.text);
        let outcome = world.run(&Asked::DIFF);
        let found = &outcome.channels[0];
        let what = format!("{}, {}: {}", given.shape, given.what, changes_in_words(found));
        assert_eq!((found.counts.create, found.counts.delete), (0, 0), "{what}");
        let is_sku = |name: &str| name.to_lowercase().ends_with("sku");
        assert!(found.changes.iter().flat_map(|change| &change.fields).all(|field| is_sku(&field.name)), "{what}");
        let told = found.changes.iter().map(|change| (change.key.clone(), change.fields.len())).collect();
        assert_eq!(expected, told, "{what}");
        assert!(found.changes.iter().all(|change| change.leaving == 0), "{what}");
    }
}

/// A shop keeps its variants in an order of its own: another first one is no change of the product.
#[test]
fn variants_in_another_order_are_the_same() {
    let Some(channel) = shopify() else { return };
    let catalog = catalog(6, 120, Known::Handle);
    let mut existing = products(&catalog);
    existing.iter_mut().for_each(|product| product.variants.reverse());
    assert!(existing.iter().any(|product| product.variants.len() > 5));
    let world = generated::shop(&channel, &catalog);
    for given in all(&existing, Known::Handle, 6) {
        nothing_differs(&world, &given, existing.len());
    }
}

#[test]
fn one_product_by_itself() {
    let Some(channel) = shopify() else { return };
    let whole = catalog(4, 60, Known::FirstSku);
    for product in products(&whole).iter().take(12) {
        let is_its = |offer: &&crate::catalog::Offer| product.variants.iter().any(|one| one.sku == offer["sku"]);
        let alone = Catalog { offers: whole.offers.iter().filter(is_its).cloned().collect() };
        let product = &products(&alone)[0];
        let world = generated::shop(&channel, &alone);
        nothing_differs(&world, &one(product), 1);
    }
}
