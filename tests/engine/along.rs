//! Feeds are written along while the master is read, before it is known which of their listings may go. What comes of
//! them is what a master without the others would give, to whomever it goes, on any number of threads.

use std::fmt::Write;

use offersync::engine::outcome::FeedSeen;
use offersync::engine::{Feeds, Outcome};

use crate::world::{Asked, World, channel};

const CONFIG: &str = r#"version: 1
shop: {name: Ї, company: Ї, url: "https://a.ua/", language: uk, currency: UAH}
master:
  file: master.csv
  categories: categories.csv
  fields:
    title.uk: title
    description.uk: description
    pictures: {column: pictures, split: "|"}
    attributes: [{column: attributes, split: "|", pair: "="}]
channels:
  rozetka: {feed: out/rozetka.xml, guards: {max-invalid: 100%}}
  second: {use: rozetka, feed: out/second.xml.gz, guards: {max-invalid: 100%}}
"#;

/// So many offers that the feeds do not fit into memory for what waits there, told by their numbers and titles.
const OFFERS: usize = 2_400;

/// Which offers have what another one has: at the beginning, at the end, and far from each other.
fn equal_sku(number: usize) -> bool {
    [0, 1_700].contains(&number)
}

/// The first of them keeps its title to itself.
fn equal_title(number: usize) -> bool {
    number == 5 || later_title(number)
}

fn later_title(number: usize) -> bool {
    [6, OFFERS - 1].contains(&number)
}

fn world(goes: impl Fn(usize) -> bool) -> World {
    let mut master = String::from("sku,title,description,brand,category,stock,price,url,pictures,attributes\n");
    let description = "Тримає тепло. ".repeat(80);
    for number in (0..OFFERS).filter(|number| goes(*number)) {
        let sku = if equal_sku(number) { "Twice".into() } else { format!("K{number}") };
        let title = if equal_title(number) { "Термос".into() } else { format!("Термос {number}") };
        let colour = ["синій", "сірий", "білий"][number % 3];
        let _ = writeln!(
            master,
            "{sku},{title},{description},Stan,2,5,100.50,https://a.ua/{number},https://a.ua/{number}.jpg,Колір={colour}|Об'єм=1 л|Вага={number}"
        );
    }
    World::of(&[("offersync.yaml", CONFIG), ("master.csv", &master), ("categories.csv", "id,name\n2,Термоси\n")])
}

fn feed<'o>(outcome: &'o Outcome, name: &str) -> &'o FeedSeen {
    channel(outcome, name).feed.as_ref().unwrap()
}

#[test]
fn what_turns_out_to_be_invalid_is_in_no_feed_wherever_it_goes() {
    let clean = world(|number| !equal_sku(number) && !later_title(number));
    let expected = clean.run(&Asked::RENDER);
    let all = world(|_| true);
    for threads in [1, 3] {
        let asked = Asked { threads, ..Asked::RENDER };
        let written = all.run(&asked);
        assert!(all.read("out/rozetka.xml") == clean.read("out/rozetka.xml"), "with {threads} threads");
        for name in ["rozetka", "second"] {
            let expected = feed(&expected, name);
            let same = |seen: &FeedSeen| (&seen.digest, seen.listings) == (&expected.digest, expected.listings);
            assert_eq!(expected.listings, OFFERS as u64 - 4);
            assert!(same(feed(&written, name)), "{name}, written");
            let discarded = all.run(&Asked { feeds: Feeds::Discard, ..asked.clone() });
            assert!(same(feed(&discarded, name)), "{name}, discarded");
            let checked = all.run(&Asked { feeds: Feeds::Check, ..asked.clone() });
            assert!(same(feed(&checked, name)), "{name}, checked");
        }
        assert_eq!(all.files("out").len(), 2, "nothing else is left there");
    }
}

#[test]
fn a_feed_that_a_guard_refuses_leaves_nothing() {
    let world = world(|_| true);
    world.write("offersync.yaml", CONFIG.replace("100%", "0"));
    let outcome = world.run(&Asked::RENDER);
    assert!(channel(&outcome, "rozetka").is_refused() && channel(&outcome, "second").is_refused());
    assert!(!world.path("out").exists(), "not even its folder");
}
