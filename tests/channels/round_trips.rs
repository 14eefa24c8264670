//! Writing and reading: whatever stands in the master arrives, or is named; the same bytes each time; and
//! what was written differs in nothing from what was meant.

use std::collections::{BTreeMap, BTreeSet};

use offersync::channel::description::Wire;
use offersync::engine::Outcome;
use offersync::engine::outcome::{ChannelOutcome, FeedFate, FindingGroup};
use offersync::finding::Severity;
use offersync::model::markup::plain;

use crate::catalog::{Catalog, common, good, with};
use crate::generated;
use crate::given_out::products;
use crate::hostile::{self, Odd, arrives_as, is_unwritable};
use crate::registered::{Registered, all};
use crate::sheet;
use crate::tree::Node;
use crate::world::{Asked, World, changes_in_words};

/// Renders, and gives the feed's text.
fn rendered(world: &World, asked: &Asked<'_>) -> (Outcome, String) {
    let outcome = world.run_first(asked);
    let channel = &outcome.channels[0];
    assert_eq!(channel.failed, None);
    let stopped: Vec<_> = channel.guards.iter().filter(|guard| guard.stops()).collect();
    assert!(stopped.is_empty(), "{stopped:?}");
    assert_eq!(channel.feed.as_ref().map(|feed| feed.fate), Some(FeedFate::Written));
    let text = world.text("out/feed.xml");
    (outcome, text)
}

/// The export is the feed: nothing may differ.
fn differs_in_nothing(world: &World, channel: &Registered, listings: u64) {
    let outcome = world.run(&Asked::DIFF);
    let found = &outcome.channels[0];
    assert_eq!(found.failed, None);
    let words = changes_in_words(found);
    assert!(!found.differs(), "{}: {words}", channel.id());
    assert_eq!(found.counts.same, listings, "{}", channel.id());
    let of_the_export: Vec<&FindingGroup> = found.findings.iter().filter(|group| group.file == "now.xml").collect();
    assert!(of_the_export.is_empty(), "{}: {of_the_export:?}", channel.id());
}

/// Listings of a feed by key; those of products by the SKUs of their offers.
pub fn listings(channel: &Registered, feed: &str) -> BTreeMap<String, Node> {
    let shape = &channel.description.shapes[0];
    if shape.wire == Wire::JsonLines {
        let lines: Vec<Node> = feed.lines().map(Node::parse_json).collect();
        let skus = |line: &Node| -> Vec<String> {
            line.at(&["input", "variants", "sku"]).iter().map(|sku| sku.text.trim().to_owned()).collect()
        };
        return lines.iter().flat_map(|line| skus(line).into_iter().map(|sku| (sku, line.clone()))).collect();
    }
    if let Some(form) = shape.wire.table() {
        let key = &shape.at.iter().find(|row| row.0 == channel.description.key[0][0]).unwrap().1[0].path.text;
        let rows = sheet::rows(feed, form);
        let count = rows.len();
        let keyed: BTreeMap<String, Node> =
            rows.into_iter().map(|row| (row.at(&[key])[0].text.trim().to_owned(), row)).collect();
        assert_eq!(keyed.len(), count, "a key stands twice");
        return keyed;
    }
    let names: Vec<&str> = shape.listings.path.steps.iter().map(|step| step.name.as_str()).collect();
    let key = &shape.at.iter().find(|row| row.0 == channel.description.key[0][0]).unwrap().1[0].path;
    let root = Node::parse(feed);
    assert_eq!(root.name, names[0]);
    let keyed = root.at(&names[1..]).into_iter().map(|listing| {
        let key = match &key.attribute {
            Some(name) => listing.attribute(name).unwrap_or_default().to_owned(),
            None => listing.at(&[&key.steps[0].name])[0].text.clone(),
        };
        (key.trim().to_owned(), listing.clone())
    });
    let keyed: Vec<(String, Node)> = keyed.collect();
    let count = keyed.len();
    let keyed: BTreeMap<String, Node> = keyed.into_iter().collect();
    assert_eq!(keyed.len(), count, "a key stands twice");
    keyed
}

fn names(groups: &[FindingGroup], sku: &str, accept: impl Fn(&FindingGroup) -> bool) -> bool {
    groups.iter().filter(|group| accept(group)).any(|group| group.places.iter().any(|place| place.found.key == sku))
}

/// Whether a hostile text arrived in its listing, or is named; why not, otherwise.
fn arrived(
    channel: &Registered,
    odd: &Odd,
    outcome: &Outcome,
    listings: &BTreeMap<String, Node>,
    is_written: bool,
) -> Result<(), String> {
    let sku = odd.offer["sku"].as_str();
    let named = |accept: &dyn Fn(&FindingGroup) -> bool| {
        names(&outcome.findings, sku, accept) || names(&outcome.channels[0].findings, sku, accept)
    };
    let is_error = |group: &FindingGroup| group.severity == Severity::Error;
    let Some(listing) = listings.get(&arrives_as(sku)) else {
        return if named(&is_error) { Ok(()) } else { Err("it was left out, and nothing says why".into()) };
    };
    // where a table has no line ends, blanks are alike
    let folds = channel.description.shapes[0].wire.table().is_some_and(|form| form.folds_blanks());
    let read = |text: &str| match folds {
        true => arrives_as(text).split_whitespace().collect::<Vec<_>>().join(" "),
        false => arrives_as(text),
    };
    let (text, said) = (read(&odd.text), read(&plain(&arrives_as(&odd.text))));
    let texts: Vec<String> = listing.all_texts().into_iter().map(read).collect();
    // an item of a list in a cell may have marks before its commas
    let escaped = text.replace('\\', "\\\\").replace(',', "\\,");
    let is_there = texts.iter().any(|there| {
        there.contains(&text)
            || (channel.takes_plain_text() && there.contains(&said))
            || (channel.escapes_items() && there.contains(&escaped))
    });
    if odd.text.chars().any(is_unwritable) && !named(&|group| group.code == "catalog/unwritable") {
        return Err("characters were taken out, and nothing says so".into());
    }
    if is_there || !is_written || named(&|_| true) {
        return Ok(());
    }
    Err(format!("«{text}» is not in {texts:?}"))
}

/// The columns whose text stands in a listing.
fn written_columns(channel: &Registered) -> BTreeSet<String> {
    let mark = "Позначка7";
    let odd: Vec<Odd> = hostile::columns(channel)
        .iter()
        .enumerate()
        .map(|(number, column)| hostile::of(column, "a mark", mark, number))
        .collect();
    let (_, feed) = rendered(&channel.shop(&hostile::catalog(&odd)), &Asked::RENDER);
    let listings = listings(channel, &feed);
    let stands = |odd: &&Odd| {
        let listing = listings.get(odd.offer["sku"].as_str());
        listing.is_some_and(|listing| listing.all_texts().iter().any(|text| text.contains(mark)))
    };
    odd.iter().filter(stands).map(|odd| odd.column.clone()).collect()
}

#[test]
fn hostile_texts_arrive_or_are_named() {
    for channel in all() {
        let odd = hostile::offers(&channel);
        let world = channel.shop(&hostile::catalog(&odd));
        let (outcome, feed) = rendered(&world, &Asked::RENDER);
        let raw: Vec<char> = feed.chars().filter(|letter| is_unwritable(*letter)).collect();
        assert!(raw.is_empty(), "{}: {:?} stand in the feed", channel.id(), raw);
        let listings = listings(&channel, &feed);
        assert!(listings.len() > hostile::TEXTS.len() * 3, "{}: only {} listings", channel.id(), listings.len());
        let written = written_columns(&channel);
        assert!(written.len() >= 3, "{}: {written:?}", channel.id());
        let complaints: Vec<String> = odd
            .iter()
            .filter_map(|odd| {
                let fault = arrived(&channel, odd, &outcome, &listings, written.contains(&odd.column)).err()?;
                Some(format!("{}: {} in {}: {fault}", channel.id(), odd.what, odd.column))
            })
            .collect();
        assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
        world.write("now.xml", &feed);
        differs_in_nothing(&world, &channel, outcome.channels[0].desired);
    }
}

#[test]
fn the_same_bytes_each_time_on_any_number_of_threads() {
    for channel in all() {
        let mut offers: Vec<_> = hostile::offers(&channel).into_iter().map(|odd| odd.offer).collect();
        offers.extend(common());
        // enough for several blocks
        offers.extend((0..40).map(|number| {
            let long = format!("<p>{}</p>", "Дуже довгий опис. ".repeat(1_500));
            with(good(50_000 + number), &[("description.uk", &long), ("title.ru", ""), ("description.ru", "")])
        }));
        let world = channel.shop(&Catalog { offers });
        let (one, bytes) = rendered(&world, &Asked::RENDER);
        let digest = |outcome: &Outcome| outcome.channels[0].feed.as_ref().unwrap().digest.clone();
        for threads in [1, 2, 5] {
            // a feed that is there and says the same would stay as it is
            std::fs::remove_file(world.path("out/feed.xml")).unwrap();
            let (again, same) = rendered(&world, &Asked { threads, ..Asked::RENDER });
            assert!(same == bytes, "{} on {threads} threads", channel.id());
            assert_eq!(digest(&again), digest(&one));
            let said =
                |channel: &ChannelOutcome| format!("{:?}", (&channel.findings, &channel.invalid, channel.desired));
            assert_eq!(said(&again.channels[0]), said(&one.channels[0]), "{} on {threads} threads", channel.id());
            assert_eq!(again.findings, one.findings);
        }
    }
}

#[test]
fn the_order_of_the_master_changes_no_listing() {
    for channel in all() {
        let mut offers = common();
        offers.extend(hostile::offers(&channel).into_iter().map(|odd| odd.offer));
        let catalog = channel.priced(&Catalog { offers });
        let world = channel.shop(&catalog);
        let (outcome, feed) = rendered(&world, &Asked::RENDER);
        world.write("now.xml", &feed);
        world.write("master.csv", catalog.shuffled().csv());
        differs_in_nothing(&world, &channel, outcome.channels[0].desired);
    }
}

#[test]
fn a_description_of_300_000_characters_arrives() {
    for channel in all() {
        let long = "Опис із «лапками» & <b>тегами</b> ]]> 🔥. ".repeat(7_500);
        assert!(long.chars().count() > 300_000);
        let written = written_columns(&channel);
        let columns: Vec<String> = hostile::columns(&channel)
            .into_iter()
            .filter(|column| column.contains("description") || column.contains("title") || column.starts_with("attr"))
            .collect();
        let odd: Vec<Odd> =
            columns.iter().enumerate().map(|(number, column)| hostile::of(column, "long", &long, number)).collect();
        let mut catalog = hostile::catalog(&odd);
        catalog.offers.extend((0..40).map(good));
        let world = channel.shop(&catalog);
        let (outcome, feed) = rendered(&world, &Asked { threads: 2, ..Asked::RENDER });
        let listings = listings(&channel, &feed);
        for odd in &odd {
            arrived(&channel, odd, &outcome, &listings, written.contains(&odd.column))
                .unwrap_or_else(|why| panic!("{} {}: {why:.300}", channel.id(), odd.column));
        }
        world.write("now.xml", &feed);
        differs_in_nothing(&world, &channel, listings.len() as u64);
    }
}

#[test]
fn money_is_exact_to_the_last_kopeck() {
    for channel in all() {
        let amounts = ["0.01", "999999999.99", "100000000.10", "1299.9", "1299.00", "0.1", "12.345", "1e2"];
        let offers = amounts.iter().enumerate().map(|(number, amount)| with(good(number), &[("price", amount)]));
        let world = channel.shop_as_it_is(&Catalog { offers: offers.collect() });
        let (outcome, feed) = rendered(&world, &Asked::RENDER);
        let listings = listings(&channel, &feed);
        let written = match channel.price_places() {
            Some(0) => ["", "", "", "", "1299", "", ""],
            Some(2) => ["0.01", "999999999.99", "100000000.10", "1299.90", "1299.00", "0.10", ""],
            _ => ["0.01", "999999999.99", "100000000.10", "1299.90", "1299", "0.10", "12.345"],
        };
        for (number, written) in written.iter().enumerate() {
            let sku = format!("K{number:05}");
            if written.is_empty() {
                let is_named = names(&outcome.channels[0].findings, &sku, |group| group.code.ends_with("-decimals"));
                assert!(is_named && !listings.contains_key(&sku), "{}: nothing is rounded", channel.id());
                continue;
            }
            let texts = listings[&sku].all_texts().join(" ");
            assert!(texts.split(' ').any(|text| text == *written), "{}: {written} in {texts}", channel.id());
        }
        assert!(names(&outcome.findings, "K00007", |group| group.code == "catalog/number-eaten"));
        world.write("now.xml", &feed);
        differs_in_nothing(&world, &channel, written.iter().filter(|text| !text.is_empty()).count() as u64);
    }
}

#[test]
fn an_empty_catalog_is_refused() {
    for channel in all() {
        let world = channel.shop(&Catalog { offers: vec![good(1), good(2)] });
        world.write("out/feed.xml", "old");
        let header = String::from_utf8(Catalog { offers: vec![good(1)] }.csv()).unwrap();
        world.write("master.csv", header.lines().next().unwrap());
        assert!(world.try_to(&Asked::RENDER).is_err(), "{}", channel.id());
        assert_eq!(world.text("out/feed.xml"), "old");
        // offers there are, but none may go
        std::fs::remove_file(world.path("out/feed.xml")).unwrap();
        let free = |number| with(good(number), &[("price", "0")]);
        world.write("master.csv", Catalog { offers: vec![free(1), free(2)] }.csv());
        let outcome = world.run_first(&Asked::RENDER);
        let found = &outcome.channels[0];
        assert_eq!(found.feed.as_ref().unwrap().fate, FeedFate::Refused, "{}", channel.id());
        assert!(found.guards.iter().any(|guard| guard.name == "empty" && guard.stops() && guard.allow().is_none()));
        assert!(world.files("out").is_empty());
    }
}

/// The feed is to be of this shape.
fn write_as(world: &World, shape: &str) {
    let config = world.text("offersync.yaml").replace("    feed:", &format!("    shape: {shape}\n    feed:"));
    world.write("offersync.yaml", config);
}

#[test]
fn a_generated_catalog_comes_back_from_every_shape_that_is_written() {
    for channel in all() {
        let catalog = generated::further(generated::catalog(17, 300));
        for shape in channel.description.shapes.iter().filter(|shape| !shape.read_only) {
            let world = generated::shop(&channel, &catalog);
            write_as(&world, &shape.name);
            let (outcome, feed) = rendered(&world, &Asked { threads: 2, ..Asked::RENDER });
            assert!(outcome.channels[0].invalid.is_empty(), "{}: {:?}", channel.id(), outcome.channels[0].invalid);
            let (offers, products) = (catalog.offers.len(), products(&catalog));
            let listings = match channel.lists_products() {
                true => products.len(),
                false if channel.lists_variations_beside_products() => {
                    offers + products.iter().filter(|product| product.variants[0].sku != product.offer_id).count()
                }
                false => offers,
            };
            world.write("now.xml", &feed);
            differs_in_nothing(&world, &channel, listings as u64);
        }
    }
}

#[test]
fn every_shape_that_is_written_is_read_back() {
    for channel in all() {
        let others = channel.description.shapes.iter().skip(1).filter(|shape| !shape.read_only);
        for shape in others {
            let mut offers = common();
            offers.extend(hostile::offers(&channel).into_iter().map(|odd| odd.offer));
            let world = channel.shop(&Catalog { offers });
            write_as(&world, &shape.name);
            let (outcome, feed) = rendered(&world, &Asked::RENDER);
            world.write("now.xml", &feed);
            differs_in_nothing(&world, &channel, outcome.channels[0].desired);
        }
    }
}
