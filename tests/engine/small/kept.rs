//! `invalid: keep-last` and `invalid: stop`: what becomes of listings whose records break rules.

use offersync::engine::outcome::FeedFate;
use offersync::plan::ChangeKind;

use super::{BOTH, master, publish, row_of, rows, shop};
use crate::world::{Asked, World, changes_in_words, channel, keys};

fn with(world: &World, more: &str) {
    let config = world.text("offersync.yaml");
    let channels: String = BOTH.lines().map(|line| line.replace('}', &format!(", {more}}}\n"))).collect();
    world.write("offersync.yaml", config.replace(BOTH, channels.trim_end()));
}

/// One listing of a feed.
fn listing(text: &str, key: &str) -> Option<String> {
    let start = text.find(&format!("<offer id=\"{key}\""))?;
    let end = start + text[start..].find("</offer>")?;
    Some(text[start..end].to_owned())
}

#[test]
fn an_invalid_record_keeps_the_listing_that_the_channel_has() {
    let mut own = rows();
    own.push(row_of("KT20", 20, "3", "100"));
    let world = shop(BOTH, &own);
    publish(&world);
    with(&world, "invalid: keep-last, guards: {max-invalid: 50%}");
    let mut changed = own.clone();
    changed[8] = row_of("KT20", 20, "3", "0");
    changed[0] = changed[0].replace("Термос 1", "Термос перший");
    world.write("master.csv", master(&changed));
    let outcome = world.run(&Asked::DIFF);
    for found in &outcome.channels {
        assert_eq!(keys(found, ChangeKind::Update), ["KT1"], "{}", changes_in_words(found));
        assert_eq!((found.counts.same, found.counts.delete), (8, 0));
    }
    // on two threads nothing else comes of it: the feed that one wrote stays
    for (threads, fate) in [(1, FeedFate::Written), (2, FeedFate::Equal)] {
        let outcome = world.run(&Asked { threads, ..Asked::RENDER });
        for name in ["rozetka", "prom"] {
            let feed = channel(&outcome, name).feed.as_ref().unwrap();
            assert_eq!((feed.fate, feed.listings), (fate, 9));
            let (now, before) = (world.text(&format!("out/{name}.xml")), world.text(&format!("now/{name}.xml")));
            assert_eq!(listing(&now, "KT20"), listing(&before, "KT20"));
            assert!(listing(&now, "KT20").is_some());
            // what is kept must stand in a category that the document declares
            assert!(now.contains("<category id=\"3\""), "{name}: {now}");
        }
    }
}

#[test]
fn what_is_kept_keeps_its_currency_declared() {
    let mut own = rows();
    own.push(row_of("KT20", 20, "2", "100").replace("UAH", "USD"));
    let world = shop(BOTH, &own);
    let config = world.text("offersync.yaml").replace("master:\n", "rates: {USD: 41.50}\nmaster:\n");
    world.write("offersync.yaml", &config);
    publish(&world);
    with(&world, "invalid: keep-last, guards: {max-invalid: 50%}");
    own[8] = row_of("KT20", 20, "2", "0").replace("UAH", "USD");
    world.write("master.csv", master(&own));
    let outcome = world.run(&Asked::DIFF);
    for found in &outcome.channels {
        assert!(!found.differs(), "{}", changes_in_words(found));
    }
    world.run(&Asked::RENDER);
    for name in ["rozetka", "prom"] {
        assert!(world.text(&format!("out/{name}.xml")).contains("<currency id=\"USD\" rate=\"41.5\""));
    }
}

#[test]
fn without_anything_to_keep_an_invalid_record_is_left_out() {
    let mut own = rows();
    own.push(row_of("KT20", 20, "2", "0"));
    let world = shop(BOTH, &own);
    with(&world, "invalid: keep-last, guards: {max-invalid: 50%}");
    std::fs::create_dir_all(world.path("out")).unwrap();
    let outcome = world.run_first(&Asked::RENDER);
    for found in &outcome.channels {
        assert_eq!(found.feed.as_ref().unwrap().listings, 8);
    }
    assert!(listing(&world.text("out/rozetka.xml"), "KT20").is_none());
}

#[test]
fn where_nothing_invalid_may_be_the_old_feed_stays() {
    let world = shop(BOTH, &rows());
    publish(&world);
    with(&world, "invalid: stop");
    let mut changed = rows();
    changed[2] = changed[2].replace("1299.50", "0");
    world.write("master.csv", master(&changed));
    let before = world.files("out");
    let outcome = world.run(&Asked::RENDER);
    for found in &outcome.channels {
        assert_eq!(found.feed.as_ref().unwrap().fate, FeedFate::Refused);
        assert!(found.guards.iter().any(|guard| guard.name == "max-invalid" && guard.stops()));
    }
    assert!(world.files("out") == before);
}
