//! Names with prefixes: what a prefix stands for counts, whatever the document calls it.

use crate::world::{Asked, World, channel};

const CONFIG: &str = r#"version: 1
shop: {name: Калина, company: ФОП Калина О., url: "https://kalyna.example", language: uk, currency: UAH}
master: {file: master.csv}
channels:
  fair: {use: fair.yaml, feed: out/fair.xml, export: now/fair.xml}
"#;

const FAIR: &str = r#"id: fair
title: Ярмарок
checked: {on: 2026-11-21, at: nowhere}
head: {seller: {from: shop.name}}
fields:
  id: sku
  name: title
  price: {from: price, kind: money}
  place: {value: "5"}
shapes:
  feed:
    wire: xml
    prefix: "p:"
    namespaces: {"": [urn:fair, urn:fair:old], p: urn:price}
    listings: fair/goods/item
    head: {seller: seller}
    at: [id: "@id", name: name, price, place: "place/@p:number"]
"#;

fn shop() -> (World, String) {
    let master = "sku,title.uk,price\nKT1,Термос,1299\nKT2,Намет,8500.50\n";
    let world = World::of(&[("offersync.yaml", CONFIG), ("master.csv", master), ("fair.yaml", FAIR)]);
    std::fs::create_dir_all(world.path("out")).unwrap();
    let outcome = world.run_first(&Asked::RENDER);
    assert!(channel(&outcome, "fair").failed.is_none(), "{:?}", channel(&outcome, "fair").failed);
    let feed = world.text("out/fair.xml");
    (world, feed)
}

fn changes(world: &World, feed: &str) -> (u64, Vec<String>, Vec<String>) {
    world.write("now/fair.xml", feed);
    let outcome = world.run(&Asked::DIFF);
    let seen = channel(&outcome, "fair");
    assert!(seen.failed.is_none(), "{:?}", seen.failed);
    let names = |change: &offersync::plan::Change| change.fields.iter().map(|one| one.name.clone()).collect::<Vec<_>>();
    let document = seen.document.iter().map(|one| one.name.clone()).collect();
    (seen.counts.same, seen.changes.iter().flat_map(names).collect(), document)
}

#[test]
fn prefixes_are_declared_once_and_read_by_what_they_stand_for() {
    let (world, feed) = shop();
    let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
        <fair xmlns=\"urn:fair\" xmlns:p=\"urn:price\">\n  <seller>Калина</seller>\n  <goods>\n    \
        <item id=\"KT1\">\n      <name>Термос</name>\n      <p:price>1299</p:price>\n      <place p:number=\"5\"/>\n    </item>\n    \
        <item id=\"KT2\">\n      <name>Намет</name>\n      <p:price>8500.50</p:price>\n      <place p:number=\"5\"/>\n    </item>\n  \
        </goods>\n</fair>\n";
    assert_eq!(feed, expected);
    let same = (2, Vec::new(), Vec::new());
    for (what, text) in [
        ("itself", feed.clone()),
        ("another prefix", feed.replace("xmlns:p", "xmlns:q").replace("p:", "q:")),
        ("an older address", feed.replace("urn:fair", "urn:fair:old")),
        ("no address at all", feed.replace(" xmlns=\"urn:fair\"", "")),
        ("an address declared further in", {
            let inner = "<p:price xmlns:p=\"urn:price\">";
            let further = feed.replace(" xmlns:p=\"urn:price\"", "").replace("<p:price>", inner);
            further.replace("<place p:", "<place xmlns:p=\"urn:price\" p:")
        }),
    ] {
        assert_eq!(changes(&world, &text), same, "{what}");
    }
}

#[test]
fn a_prefix_that_stands_for_something_else_is_not_ours() {
    let (world, feed) = shop();
    let other = feed.replace("urn:price", "urn:other");
    let (same, changed, _) = changes(&world, &other);
    assert_eq!(
        (same, changed),
        (0, ["p:price", "place/@p:number", "p:price", "place/@p:number"].map(String::from).to_vec())
    );
}
