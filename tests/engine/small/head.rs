//! What a document says of itself: the categories that the offers' own paths make are compared like those of a file.

use offersync::engine::outcome::FeedFate;

use super::publish;
use crate::world::{Asked, World, channel};

const CONFIG: &str = r#"version: 1
shop: {name: Калина, company: ФОП Калина О., url: "https://kalyna.example", language: uk, currency: UAH}
master: {file: master.csv, fields: {attributes: [{name: Колір, column: color}]}}
channels:
  rozetka: {feed: out/rozetka.xml, export: now/rozetka.xml}
  prom: {feed: out/prom.xml, export: now/prom.xml}
"#;

/// Three offers on two shelves, known by their paths alone.
fn shop() -> World {
    let header = "sku,title.uk,title.ru,brand,price,stock,category_path,pictures,description.uk,description.ru,color";
    let row = |number: u32, path: &str| {
        format!(
            "KT{number},Термос {number},Термос рус {number},Dzherelo,1299,5,{path},\
             https://kalyna.example/{number}.jpg,Опис {number},Описание {number},синій"
        )
    };
    let rows = [row(1, "Похід > Термоси"), row(2, "Похід > Термоси"), row(3, "Похід > Намети")];
    let master = format!("{header}\n{}\n", rows.join("\n"));
    World::of(&[("offersync.yaml", CONFIG), ("master.csv", &master)])
}

/// The ids of the categories at the head of a feed, by name.
fn id_of(feed: &str, name: &str) -> String {
    let line = feed.lines().find(|line| line.contains(&format!(">{name}</category>"))).unwrap();
    line.split('"').nth(1).unwrap().to_owned()
}

fn document(world: &World, name: &str) -> Vec<(String, Option<String>, Option<String>)> {
    let outcome = world.run(&Asked::DIFF);
    let found = channel(&outcome, name);
    assert!(found.failed.is_none(), "{:?}", found.failed);
    assert_eq!((found.counts.same, found.changes.len()), (3, 0));
    found.document.iter().map(|one| (one.name.clone(), one.from.clone(), one.to.clone())).collect()
}

#[test]
fn categories_of_paths_that_are_the_same_are_no_difference() {
    let world = shop();
    publish(&world);
    for name in ["rozetka", "prom"] {
        assert_eq!(document(&world, name), []);
    }
}

#[test]
fn a_category_of_a_path_that_is_called_otherwise_is_a_difference() {
    let world = shop();
    publish(&world);
    for name in ["rozetka", "prom"] {
        let file = format!("now/{name}.xml");
        let text = world.text(&file);
        let id = id_of(&text, "Намети");
        world.write(&file, text.replace(">Намети<", ">Палатки<"));
        let changed = [(format!("category[{id}]"), Some("Палатки".to_owned()), Some("Намети".to_owned()))];
        assert_eq!(document(&world, name), changed);
    }
}

#[test]
fn categories_of_paths_that_a_feed_has_lost_are_a_difference() {
    let world = shop();
    publish(&world);
    for name in ["rozetka", "prom"] {
        let file = format!("now/{name}.xml");
        let text = world.text(&file);
        let (from, to) = (text.find("<categories>").unwrap(), text.find("</categories>").unwrap());
        let id = id_of(&text, "Термоси");
        world.write(&file, format!("{}{}", &text[..from], &text[to + "</categories>".len()..]));
        let lost = document(&world, name);
        assert!(lost.contains(&(format!("category[{id}]"), None, Some("Термоси".to_owned()))), "{lost:?}");
    }
}

#[test]
fn a_number_that_a_table_gives_to_a_category_of_a_path_is_a_difference_until_it_is_written() {
    let world = shop();
    publish(&world);
    let id = id_of(&world.text("now/rozetka.xml"), "Термоси");
    let other = id_of(&world.text("now/rozetka.xml"), "Намети");
    world.write("rz.csv", format!("category,rz_id\n{id},80004\n{other},80005\n"));
    let line = "rozetka: {feed: out/rozetka.xml, lookups: {categories: rz.csv}, ";
    world.write("offersync.yaml", CONFIG.replace("rozetka: {feed: out/rozetka.xml, ", line));
    let changed = document(&world, "rozetka");
    assert_eq!(changed[0], (format!("category[{id}]@rz_id"), None, Some("80004".to_owned())), "{changed:?}");
    assert_eq!(changed.len(), 2, "{changed:?}");
    let outcome = world.run(&Asked { channels: &["rozetka"], ..Asked::RENDER });
    let feed = channel(&outcome, "rozetka").feed.clone().unwrap();
    assert_eq!(feed.fate, FeedFate::Written);
    world.write("now/rozetka.xml", world.read("out/rozetka.xml"));
    assert_eq!(document(&world, "rozetka"), []);
}

const OWN: &str = r#"id: own
title: Own
checked: {on: 2026-11-21, at: a page}
head:
  date: {from: now, kind: time, volatile: true}
  category: {from: categories, key: id, fields: {id: {from: id}, name: {from: name}}}
fields:
  id: {from: sku, need: required}
  shelf: {from: category.name}
  category: {from: category, need: required, declared: category}
shapes:
  feed:
    wire: xml
    listings: shop/offer
    head: {date: "@date", category: {path: category, at: {id: "@id", name: .}}}
    at: {id: "@id", shelf: shelf, category: categoryId}
"#;

#[test]
fn a_category_s_name_before_its_id_takes_nothing_from_the_head() {
    let world = shop();
    let config = CONFIG.split("channels:").next().unwrap();
    world.write("offersync.yaml", format!("{config}channels:\n  own: {{use: ./own.yaml, feed: out/own.xml}}\n"));
    world.write("own.yaml", OWN);
    world.run(&Asked::RENDER);
    let feed = world.text("out/own.xml");
    assert!(!id_of(&feed, "Намети").is_empty() && feed.matches("</category>").count() == 3, "{feed}");
    // ISO 8601 with the zone's distance and without its name, to the second
    let date = feed.split("date=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    assert!(date.parse::<jiff::Timestamp>().is_ok() && date.len() == "2026-12-01T10:00:00+00:00".len(), "{date}");
}
