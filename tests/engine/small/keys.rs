//! How listings find their offers: keys that stand twice, keys that are not there, and other ways to match.

use offersync::engine::SkuPattern;
use offersync::engine::outcome::FeedFate;
use offersync::plan::ChangeKind;

use super::{BOTH, master, publish, row, rows, shop};
use crate::world::{Asked, World, changes_in_words, channel, fields, keys};

fn replaced(world: &World, name: &str, from: &str, to: &str) {
    let text = world.text(name);
    assert!(text.contains(from), "{name} has no {from}:\n{text}");
    world.write(name, text.replacen(from, to, 1));
}

/// The listing of a key, from its tag to behind its end.
fn listing(text: &str, key: &str) -> String {
    let start = text.find(&format!("<offer id=\"{key}\"")).unwrap();
    let end = start + text[start..].find("</offer>").unwrap() + "</offer>".len();
    text[start..end].to_owned()
}

#[test]
fn of_two_listings_with_one_key_the_first_is_compared_and_both_are_told() {
    let world = shop(BOTH, &rows());
    publish(&world);
    for name in ["now/rozetka.xml", "now/prom.xml"] {
        let text = world.text(name);
        let second = listing(&text, "KT3");
        let twice = format!("{}</offers>", second.replace("1299.50", "5"));
        world.write(name, text.replace("</offers>", &twice));
    }
    for threads in [1, 2] {
        let outcome = world.run(&Asked { threads, ..Asked::DIFF });
        for found in &outcome.channels {
            assert_eq!((found.counts.same, found.changes.len()), (8, 0), "{}", changes_in_words(found));
            let equal = found.findings.iter().find(|group| group.code == "export/key-equal").unwrap();
            assert_eq!((equal.count, equal.places[0].found.key.as_str()), (1, "KT3"));
            assert_eq!(found.existing.as_ref().unwrap().listings, 9);
        }
    }
}

#[test]
fn a_key_that_the_master_does_not_have_is_deleted_once_however_often_it_stands() {
    let world = shop(BOTH, &rows());
    publish(&world);
    world.write("master.csv", master(&rows()[..7]));
    for name in ["now/rozetka.xml", "now/prom.xml"] {
        let text = world.text(name);
        let twice = format!("{0}\n{0}</offers>", listing(&text, "KT8"));
        world.write(name, text.replace("</offers>", &twice));
    }
    let outcome = world.run(&Asked::DIFF);
    for found in &outcome.channels {
        assert_eq!(keys(found, ChangeKind::Delete), ["KT8"], "{}", found.id);
        let equal = found.findings.iter().find(|group| group.code == "export/key-equal").unwrap();
        assert_eq!(equal.count, 2, "{}", found.id);
    }
}

#[test]
fn a_listing_without_a_key_is_told_and_touches_nothing() {
    let world = shop(BOTH, &rows());
    publish(&world);
    for name in ["now/rozetka.xml", "now/prom.xml"] {
        replaced(&world, name, "<offer id=\"KT3\"", "<offer id=\" \"");
    }
    let outcome = world.run(&Asked::DIFF);
    for found in &outcome.channels {
        assert_eq!(keys(found, ChangeKind::Create), ["KT3"]);
        assert_eq!((found.counts.same, found.counts.delete), (7, 0));
        assert!(found.findings.iter().any(|group| group.code == "export/key-missing" && group.count == 1));
    }
}

#[test]
fn records_with_one_sku_go_nowhere() {
    let world = shop(BOTH, &rows());
    publish(&world);
    let mut twice = rows();
    twice.push(row(3).replace("Термос 3", "Інша назва"));
    world.write("master.csv", master(&twice));
    let outcome = world.run(&Asked::DIFF);
    assert!(outcome.findings.iter().any(|group| group.code == "catalog/sku-equal" && group.count == 2));
    for found in &outcome.channels {
        assert_eq!(keys(found, ChangeKind::Delete), ["KT3"], "{}", changes_in_words(found));
        assert_eq!(found.counts.same, 7);
        assert_eq!(found.desired, 7);
    }
}

/// What Prom itself hands out: its own numbers, no stock, the seller's article.
fn of_prom(feed: &str) -> String {
    let mut number = 900_000;
    let listings = feed.lines().map(|line| {
        let line = match line.find("<offer id=\"") {
            Some(at) => {
                number += 1;
                let rest = &line[at + "<offer id=\"".len()..];
                format!("{}<offer id=\"{number}\"{}", &line[..at], &rest[rest.find('"').unwrap() + 1..])
            }
            None => line.to_owned(),
        };
        let line = line
            .replace("rate=\"1\"", "rate=\"CB\"")
            .replace("https://kalyna.example/1.jpg", "https://images.prom.ua/1.jpg");
        if line.contains("<quantity_in_stock>") || line.contains("<mpn>") { String::new() } else { format!("{line}\n") }
    });
    listings.collect()
}

#[test]
fn proms_own_export_is_matched_by_the_article() {
    let world = shop(BOTH, &rows());
    publish(&world);
    let export = of_prom(&world.text("now/prom.xml"));
    world.write("now/prom.xml", &export);
    let outcome = world.run(&Asked { channels: &["prom"], ..Asked::DIFF });
    let found = channel(&outcome, "prom");
    assert_eq!(found.existing.as_ref().unwrap().shape, "export");
    assert_eq!((found.counts.same, found.changes.len()), (8, 0), "{}", changes_in_words(found));
    world.write(
        "now/prom.xml",
        export.replacen("1299.50", "1100", 1).replacen("<vendorCode>DZ-2<", "<vendorCode>OTHER<", 1),
    );
    let outcome = world.run(&Asked { channels: &["prom"], ..Asked::DIFF });
    let found = channel(&outcome, "prom");
    let update = found.changes.iter().find(|change| change.kind == ChangeKind::Update).unwrap();
    // people know their SKUs; a listing that no record has goes by the channel's own number
    assert_eq!((update.key.as_str(), fields(update)), ("KT1", vec!["price"]));
    assert_eq!(keys(found, ChangeKind::Create), ["KT2"]);
    assert_eq!(keys(found, ChangeKind::Delete), ["900002"]);
    let of_listings = found.findings.iter().filter(|group| group.file == "now/prom.xml");
    assert_eq!(of_listings.count(), 0, "{:?}", found.findings);
    // somebody who looks at one offer names its SKU, whatever key its listing has
    let only = vec![SkuPattern::new("KT1")];
    let outcome = world.run(&Asked { channels: &["prom"], only, ..Asked::DIFF });
    let found = channel(&outcome, "prom");
    assert_eq!((found.counts.update, found.changes.len()), (1, 1), "{}", changes_in_words(found));
}

/// A currency without a rate is written with the word that the channel's own exports have, too.
#[test]
fn a_feed_of_ours_is_never_taken_for_the_channels_own_export() {
    let mut mixed = rows();
    mixed.push(row(20).replace("UAH", "USD"));
    let world = shop(BOTH, &mixed);
    std::fs::create_dir_all(world.path("out")).unwrap();
    let render = Asked { channels: &["prom"], ..Asked::RENDER };
    let feed = |outcome: &offersync::engine::Outcome| {
        channel(outcome, "prom").feed.as_ref().map(|feed| (feed.fate, feed.listings))
    };
    let first = feed(&world.run_first(&render));
    let outcome = world.run(&render);
    assert_eq!(first, Some((FeedFate::Written, 9)));
    assert_eq!(feed(&outcome), Some((FeedFate::Equal, 9)), "{:?}", channel(&outcome, "prom").failed);
    assert_eq!(channel(&outcome, "prom").existing.as_ref().unwrap().shape, "feed");
}
