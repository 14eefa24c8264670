//! The generator keeps what it promises: the same recipe gives the same bytes,
//! the truth is the truth, and what it writes can be read by others.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop where what it made cannot be read")]

mod generator;

use std::collections::{BTreeMap, BTreeSet};

use generator::export::{Order, TextStyle};
use generator::offer::Offer;
use generator::random::Shuffle;
use generator::{Counts, Dialect, ExportStyle, Field, MasterStyle, Mutation, Recipe, damage};

const ALL: [Dialect; 3] = [Dialect::Rozetka, Dialect::Prom, Dialect::Foreign];

fn master(recipe: Recipe, style: MasterStyle) -> Vec<u8> {
    let mut bytes = Vec::new();
    recipe.write_master(style, &mut bytes).unwrap();
    bytes
}

fn export(recipe: Recipe, style: ExportStyle) -> (Vec<u8>, Counts) {
    let mut bytes = Vec::new();
    let counts = recipe.write_export(style, &mut bytes).unwrap();
    (bytes, counts)
}

/// The rows of a master by SKU.
fn rows(bytes: &[u8], delimiter: u8) -> BTreeMap<String, Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(bytes);
    let records = reader.records().map(|record| record.map(|record| record.iter().map(str::to_owned).collect()));
    let rows: Result<Vec<Vec<String>>, csv::Error> = records.collect();
    rows.unwrap().into_iter().map(|row| (row[0].clone(), row)).collect()
}

/// Listings by id: texts by element's name (attributes of the listing as `@name`, params by their name).
fn listings(bytes: &[u8]) -> BTreeMap<String, BTreeMap<String, String>> {
    use quick_xml::events::Event;
    let text = std::str::from_utf8(bytes).unwrap();
    let mut reader = quick_xml::Reader::from_str(text);
    let mut listings = BTreeMap::new();
    let mut listing: BTreeMap<String, String> = BTreeMap::new();
    let mut open: Option<String> = None;
    loop {
        let event = reader.read_event().unwrap_or_else(|error| panic!("{error} at {}", reader.buffer_position()));
        match event {
            Event::Start(tag) | Event::Empty(tag) => {
                let name = tag.name().as_ref().to_owned();
                let attributes = tag.attributes().map(|attribute| attribute.unwrap());
                let all: Vec<(String, String)> = attributes
                    .map(|one| {
                        (
                            one.key.as_ref().to_owned(),
                            quick_xml::escape::unescape(&one.value).map(Into::into).unwrap_or_default(),
                        )
                    })
                    .collect();
                if name == "offers" {
                    open = None;
                } else if name == "offer" {
                    listing = all.into_iter().map(|(key, value)| (format!("@{key}"), value)).collect();
                } else {
                    let told = all.first().map(|(_, value)| format!("[{value}]")).unwrap_or_default();
                    open = Some(format!("{name}{told}"));
                }
            }
            Event::Text(part) => add(&mut listing, open.as_ref(), &part),
            Event::CData(part) => add(&mut listing, open.as_ref(), &part),
            Event::GeneralRef(reference) => {
                let whole = format!("&{};", &*reference);
                let text = quick_xml::escape::unescape(&whole).unwrap();
                add(&mut listing, open.as_ref(), &text);
            }
            Event::End(tag) if tag.name().as_ref() == "offer" => {
                let id = listing.get("@id").cloned().unwrap_or_default();
                assert!(listings.insert(id, std::mem::take(&mut listing)).is_none(), "a listing stands twice");
            }
            Event::End(_) => open = None,
            Event::Eof => return listings,
            _ => {}
        }
    }
}

fn add(listing: &mut BTreeMap<String, String>, open: Option<&String>, text: &str) {
    if let Some(name) = open {
        listing.entry(name.clone()).or_default().push_str(text);
    }
}

#[test]
fn the_same_recipe_gives_the_same_bytes() {
    let recipe = Recipe::new(3, 200).mutated(Mutation::NIGHT);
    assert!(master(recipe, MasterStyle::SHEET) == master(recipe, MasterStyle::SHEET));
    for dialect in ALL {
        let style = ExportStyle { dialect, text: TextStyle::Escaped, order: Order::Shuffled };
        assert!(export(recipe, style) == export(recipe, style), "{dialect:?}");
        assert!(export(recipe, style).0 != export(Recipe { seed: 4, ..recipe }, style).0, "{dialect:?}");
    }
}

#[test]
fn the_bytes_are_those_of_yesterday() {
    let recipe = Recipe::new(1, 500).mutated(Mutation::NIGHT);
    let digest = |bytes: &[u8]| format!("{:032x}", xxhash_rust::xxh3::xxh3_128(bytes));
    let found: Vec<String> = [
        digest(&master(recipe, MasterStyle::PLAIN)),
        digest(&export(recipe, ExportStyle::plain(Dialect::Rozetka)).0),
        digest(&export(recipe, ExportStyle::plain(Dialect::Prom)).0),
        digest(&export(recipe, ExportStyle::plain(Dialect::Foreign)).0),
    ]
    .into();
    assert_eq!(
        found,
        [
            "b571fbcbbcfde2fafcfbb349ffdeadca",
            "f6b103b06b795e993d21639e52d7ef4e",
            "2b0bdf899cba46644559e189c8387489",
            "8188c5c891d03e1466fcd6ec4bee5ebe"
        ],
        "whoever changes the generator changes these on purpose"
    );
}

#[test]
fn the_truth_is_what_the_files_say() {
    let lively = Mutation { seed: 5, price: 2_000, description: 2_000, stock: 3_000, added: 1_000, removed: 1_000 };
    let recipe = Recipe::new(9, 400).mutated(lively);
    let truth = recipe.truth();
    assert_eq!(truth.counts, recipe.counts());
    for dialect in [Dialect::Rozetka, Dialect::Prom] {
        let (bytes, counts) = export(recipe, ExportStyle::plain(dialect));
        assert_eq!(counts, truth.counts, "{dialect:?}");
        let now = listings(&bytes);
        let same = listings(&export(recipe.mutated(Mutation::NONE), ExportStyle::plain(dialect)).0);
        let create: BTreeSet<&String> = same.keys().filter(|key| !now.contains_key(*key)).collect();
        let delete: BTreeSet<&String> = now.keys().filter(|key| !same.contains_key(*key)).collect();
        assert_eq!(create, truth.create.iter().collect());
        assert_eq!(delete, truth.delete.iter().collect());
        for (key, desired) in &same {
            let Some(existing) = now.get(key) else { continue };
            let differing: BTreeSet<&str> =
                desired.keys().filter(|name| desired.get(*name) != existing.get(*name)).map(String::as_str).collect();
            let told = truth.update.get(key).into_iter().flatten();
            let told: BTreeSet<String> =
                told.map(|field| {
                    if *field == Field::Available { "@available".into() } else { dialect.name_of(*field).to_owned() }
                })
                .collect();
            assert_eq!(differing, told.iter().map(String::as_str).collect(), "{dialect:?} {key}");
            let comes = truth.crossings.get(key).copied();
            assert_eq!(comes, told.contains("@available").then(|| desired["@available"] == "true"), "{key}");
        }
    }
    let counts = truth.counts;
    assert!(counts.create > 10 && counts.delete > 10 && counts.same > 50 && counts.crossings > 10, "{counts:?}");
}

#[test]
fn foreign_words_mean_the_same() {
    let recipe = Recipe::new(2, 300);
    let plain = listings(&export(recipe, ExportStyle::plain(Dialect::Rozetka)).0);
    let foreign = listings(&export(recipe, ExportStyle::plain(Dialect::Foreign)).0);
    assert_eq!(plain.keys().collect::<Vec<_>>(), foreign.keys().collect::<Vec<_>>());
    let alias = |name: &str| match name {
        "old_price" => "price_old".to_owned(),
        "quantity_in_stock" => "stock_quantity".to_owned(),
        "model" => "name".to_owned(),
        "model_ua" => "name_ua".to_owned(),
        other => other.to_owned(),
    };
    let number = |text: &str| text.replace([' ', '\u{a0}'], "").replace(',', ".").trim_end_matches(".00").to_owned();
    let plainly = |(name, text): (&String, &String)| {
        let text = text.trim().replace("\r\n", "\n");
        let name = alias(name);
        let text = if name.starts_with("price") { number(&text) } else { text };
        let text = if name == "picture" { text.split_whitespace().collect() } else { text };
        (name, text)
    };
    for (key, listing) in &plain {
        let one: BTreeMap<_, _> = listing.iter().map(plainly).collect();
        let other: BTreeMap<_, _> = foreign[key].iter().map(plainly).filter(|(name, _)| name != "delivery").collect();
        assert_eq!(one, other, "{key}");
    }
    let text = String::from_utf8_lossy(&export(recipe, ExportStyle::plain(Dialect::Foreign)).0).into_owned();
    for spelling in ["<old_price>", "<price_old>", "<model>", "&#x", "<delivery/>", "]]>", "&lt;p&gt;"] {
        assert!(text.contains(spelling), "{spelling}");
    }
}

#[test]
fn order_and_spelling_change_no_listing() {
    let recipe = Recipe::new(6, 300).mutated(Mutation::NIGHT);
    for dialect in [Dialect::Rozetka, Dialect::Prom] {
        let (plain, counts) = export(recipe, ExportStyle::plain(dialect));
        let style = ExportStyle { dialect, text: TextStyle::Escaped, order: Order::Shuffled };
        let (other, counts_again) = export(recipe, style);
        assert!(listings(&plain) == listings(&other), "{dialect:?}");
        assert_eq!(counts, counts_again);
        assert!(plain != other);
    }
}

#[test]
fn every_style_of_the_master_holds_the_same_rows() {
    let recipe = Recipe::new(8, 300);
    let plain = rows(&master(recipe, MasterStyle::PLAIN), b',');
    assert_eq!(plain.len(), 300);
    let shuffled = master(recipe, MasterStyle { shuffled: true, ..MasterStyle::PLAIN });
    assert!(rows(&shuffled, b',') == plain);
    assert!(shuffled != master(recipe, MasterStyle::PLAIN));
    let sheet = master(recipe, MasterStyle::SHEET);
    assert!(sheet.starts_with("\u{feff}Артикул;".as_bytes()));
    let price = 12;
    for (key, row) in rows(&sheet, b';') {
        assert_eq!(row[price], plain[&key][price].replace('.', ","));
        assert_eq!(row[5..12], plain[&key][5..12]);
    }
}

#[test]
fn offers_are_what_their_shop_promises() {
    let mut offer = Offer::default();
    let (mut titles, mut gtins) = (BTreeSet::new(), BTreeSet::new());
    let (mut grouped, mut sold_out, mut ugly) = (0, 0, [0; 6]);
    for index in 0..5_000 {
        offer.become_nth(11, index, 'S');
        assert!(titles.insert(offer.title[1].clone()), "the title of {} stands twice", offer.sku);
        assert!(offer.gtin.is_empty() || gtins.insert(offer.gtin.clone()), "the GTIN of {} stands twice", offer.sku);
        assert!(offer.title.iter().all(|title| title.chars().count() <= 110), "{:?}", offer.title);
        assert!(offer.old_price.is_none_or(|old| old > offer.price) && offer.price > 0);
        assert!((1..=10).contains(&offer.pictures.len()) && offer.attributes.len() > 2);
        grouped += u64::from(!offer.group.is_empty());
        sold_out += u64::from(offer.pieces() == 0);
        for (count, scrap) in ugly.iter_mut().zip(["]]>", "\u{a0}", "🏕️", "&nbsp;", "\r\n", " < "]) {
            *count += u64::from(offer.description[0].contains(scrap));
        }
    }
    assert!(grouped > 1_000 && sold_out > 500, "{grouped} {sold_out}");
    assert!(ugly.iter().all(|count| *count > 0), "{ugly:?}");
}

#[test]
fn a_shuffle_holds_every_number_once() {
    for len in [1, 2, 3, 17, 4_096, 5_000] {
        let shuffle = Shuffle::new(1, len);
        let numbers: BTreeSet<u64> = (0..len).map(|place| shuffle.at(place)).collect();
        assert_eq!(numbers.len() as u64, len);
        assert!(numbers.last().is_some_and(|last| *last == len - 1));
    }
}

#[test]
fn damage_is_done_and_repeats() {
    let (document, _) = export(Recipe::new(1, 3), ExportStyle::plain(Dialect::Rozetka));
    let mut kinds = BTreeSet::new();
    let mut changed = 0;
    for seed in 0..400 {
        let (bytes, names) = damage(&document, seed);
        assert!((bytes.clone(), names.clone()) == damage(&document, seed), "seed {seed}");
        changed += u64::from(bytes != document);
        kinds.extend(names);
    }
    assert!(changed > 380, "{changed}");
    assert_eq!(kinds.len(), 14, "{kinds:?}");
    assert_eq!(damage(b"", 1).0, b"");
}
