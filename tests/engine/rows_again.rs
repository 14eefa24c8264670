//! Rows of tables that come again within a block are read, built, checked and hashed once. What is to be said of them is
//! said of every listing that has them all the same, and what differs is found wherever it stands.

use std::fmt::Write;

use offersync::engine::Outcome;
use offersync::plan::ChangeKind;

use crate::world::{Asked, World, changes_in_words, channel, keys};

const CONFIG: &str = r#"version: 1
shop: {name: Ї, company: Ї, url: "https://a.ua/", language: uk, currency: UAH}
master:
  file: master.csv
  categories: categories.csv
  fields:
    title.uk: title
    pictures: {column: pictures, split: "|"}
    attributes: [{name: Розмір, column: size}, {column: attributes, split: "|", pair: "="}]
channels:
  rozetka: {feed: out/feed.xml, export: now.xml}
"#;

/// Offers with these sizes and attributes.
fn master(offers: &[(&str, &str)]) -> String {
    let mut text = String::from("sku,title,brand,category,stock,price,url,pictures,size,attributes\n");
    for (number, (size, attributes)) in offers.iter().enumerate() {
        let _ = writeln!(
            text,
            "K{number},Термос {number},Stan,2,5,100.50,https://a.ua/{number},https://a.ua/{number}.jpg,{size},{attributes}"
        );
    }
    text
}

fn world(offers: &[(&str, &str)]) -> World {
    World::of(&[
        ("offersync.yaml", CONFIG.replace(", export: now.xml", "").as_str()),
        ("master.csv", &master(offers)),
        ("categories.csv", "id,name\n2,Термоси\n"),
    ])
}

fn found(outcome: &Outcome, code: &str) -> u64 {
    let groups = outcome.findings.iter().chain(&channel(outcome, "rozetka").findings);
    groups.filter(|group| group.code == code).map(|group| group.count).sum()
}

#[test]
fn equal_rows_are_told_of_each_time() {
    let (clean, twice, blank) = ("Колір=синій|Вага=5", "Колір=синій|Колір=синій", "Колір=синій|Вага=");
    let offers = [("S", clean), ("S", twice), ("M", clean), ("S", twice), ("", blank), ("S", twice), ("L", blank)];
    let world = world(&offers);
    let outcome = world.run(&Asked::VALIDATE);
    assert_eq!(found(&outcome, "rozetka/param-key"), 3, "of each offer that has a param twice");
    assert_eq!(found(&outcome, "catalog/pair-blank"), 2, "of each that has a name without a value");
}

#[test]
fn rows_that_differ_are_found_among_equal_ones() {
    let offers: Vec<(&str, &str)> = (0..40).map(|n| (["S", "M", ""][n % 3], "Колір=синій|Матеріал=сталь")).collect();
    let world = world(&offers);
    world.run(&Asked::RENDER);
    let feed = world.text("out/feed.xml");
    world.write("offersync.yaml", CONFIG);
    for (what, from, to, changed) in [
        ("nothing", "", "", 0),
        ("a value", ">синій<", ">синій, темний<", 1),
        ("a name", "\"Матеріал\"", "\"матеріал\"", 1),
        ("a row that is gone", "<param name=\"Колір\">синій</param>", "", 1),
        ("a row twice", "<param name=\"Колір\">", "<param name=\"Колір\">синій</param><param name=\"Колір\">", 1),
        ("blanks around it", ">синій<", ">  синій\n<", 0),
        ("a section", ">синій<", "><![CDATA[синій]]><", 0),
    ] {
        // in the middle, with equal rows before and behind
        let at = feed.match_indices(from).nth(if from.is_empty() { 0 } else { 20 }).map(|found| found.0).unwrap();
        world.write("now.xml", format!("{}{to}{}", &feed[..at], &feed[at + from.len()..]));
        let outcome = world.run(&Asked::DIFF);
        let seen = channel(&outcome, "rozetka");
        assert_eq!(keys(seen, ChangeKind::Update).len(), changed, "{what}: {}", changes_in_words(seen));
    }
}
