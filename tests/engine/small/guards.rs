//! What guards measure, against what, and what they let pass.

use offersync::engine::outcome::{ChannelOutcome, FeedFate};
use offersync::engine::{Allow, Feeds};
use offersync::plan::guard::GuardVerdict;

use super::{master, row_of, shop};
use crate::world::{Asked, World, channel};

const FEEDS: &str = "  rozetka: {feed: out/rozetka.xml}\n  prom: {feed: out/prom.xml}";

/// So many offers.
fn many(count: u32) -> Vec<String> {
    (1..=count).map(|number| row_of(&format!("KT{number}"), number, "2", "1299.50")).collect()
}

/// A shop whose feeds stand in their places.
fn published(channels: &str, rows: &[String]) -> World {
    let world = shop(channels, rows);
    let outcome = world.run(&Asked::RENDER);
    for channel in &outcome.channels {
        assert_eq!(fate(channel), FeedFate::Written, "{:?} {:?}", channel.failed, channel.guards);
    }
    world
}

fn fate(channel: &ChannelOutcome) -> FeedFate {
    channel.feed.as_ref().map_or(FeedFate::Refused, |feed| feed.fate)
}

/// Every guard that stops a channel, with what it measured.
fn stops(channel: &ChannelOutcome) -> Vec<String> {
    let stopping = channel.guards.iter().filter(|guard| guard.stops());
    let said = |guard: &GuardVerdict| format!("{}: {}, allowed {}", guard.name, guard.value, guard.limit);
    stopping.map(|guard| said(guard).replace('\u{a0}', " ")).collect()
}

fn guarded(guards: &str) -> String {
    FEEDS.replace("xml}", &format!("xml, guards: {{{guards}}}}}"))
}

#[test]
fn a_folder_of_ones_own_is_guarded_like_any_place() {
    let world = published(FEEDS, &many(100));
    let before = world.files("out");
    world.write("master.csv", master(&many(3)));
    for folder in ["out", "tonight"] {
        let outcome = world.run(&Asked { feeds: Feeds::WriteTo(world.path(folder)), ..Asked::RENDER });
        for channel in &outcome.channels {
            assert_eq!(stops(channel), ["max-delete: 97 of 100 listings, 97.0 %, allowed 20.0 %"], "{folder}");
        }
    }
    assert_eq!(world.files("out"), before);
    assert!(!world.path("tonight").exists());
}

#[test]
fn a_first_feed_waits_for_the_export_that_was_named() {
    let world =
        shop("  rozetka: {feed: out/rozetka.xml, export: exports/typo.xml}\n  prom: {feed: out/prom.xml}", &many(3));
    let outcome = world.run(&Asked::RENDER);
    let failed = channel(&outcome, "rozetka").failed.as_ref().map(ToString::to_string).unwrap_or_default();
    assert_eq!(failed, "cannot read exports/typo.xml: there is no such file");
    assert!(!world.path("out/rozetka.xml").exists());
    assert_eq!(fate(channel(&outcome, "prom")), FeedFate::Written);
}

#[test]
fn a_stock_that_is_nowhere_any_more_sells_out() {
    let world = published("  prom: {feed: out/prom.xml}", &many(100));
    let blank: Vec<String> = many(100).iter().map(|row| row.replace(",UAH,5,", ",UAH,,")).collect();
    world.write("master.csv", master(&blank));
    let outcome = world.run(&Asked::RENDER);
    for channel in &outcome.channels {
        assert_eq!(stops(channel), ["zero-stock: 100 of 100 listings in stock, 100.0 %, allowed 30.0 %"]);
    }
    let none: Vec<String> = many(100).iter().map(|row| row.replace(",UAH,5,", ",UAH,0,")).collect();
    world.write("master.csv", master(&none));
    let outcome = world.run(&Asked::RENDER);
    assert!(outcome.channels.iter().all(|channel| stops(channel).len() == 1));
}

#[test]
fn a_share_that_somebody_wrote_is_exact_at_every_size() {
    for (guards, before, after, passes) in [
        ("max-delete: 0%", 100, 99, false),
        ("max-delete: 1%", 100, 99, true),
        ("max-delete: 0%, shrink: 1%", 10, 5, false),
        ("max-delete: 10%, shrink: 1%", 19, 10, false),
        ("max-delete: 90%, shrink: 1%, category-gone: false", 10, 1, true),
        ("shrink: 1%", 10, 5, true),
        ("shrink: 1%", 100, 99, true),
    ] {
        let world = published(&guarded(guards), &many(before));
        world.write("master.csv", master(&many(after)));
        let outcome = world.run(&Asked::RENDER);
        for channel in &outcome.channels {
            assert_eq!(stops(channel).is_empty(), passes, "{guards}, {before} → {after}: {:?}", stops(channel));
        }
    }
    for (guards, count, invalid, passes) in
        [("max-invalid: 0%", 100, 1, false), ("max-invalid: 90%", 9, 6, true), ("zero-stock: 1%", 9, 6, false)]
    {
        let world = shop(&guarded(guards), &many(count));
        let wrong = |(number, row): (usize, String)| if number < invalid { row.replace("1299.50", "0") } else { row };
        world.write("master.csv", master(&many(count).into_iter().enumerate().map(wrong).collect::<Vec<_>>()));
        let outcome = world.run(&Asked::RENDER);
        for channel in &outcome.channels {
            assert_eq!(stops(channel).is_empty(), passes, "{guards}: {:?}", stops(channel));
        }
    }
}

#[test]
fn a_diff_says_which_feed_a_render_goes_by() {
    let channels = "  rozetka: {feed: out/rozetka.xml, export: now/rozetka.xml}\n  prom: {feed: out/prom.xml}";
    let world = shop(channels, &many(3));
    world.write("now/rozetka.xml", "");
    let only_prom = Asked { channels: &["prom"], ..Asked::RENDER };
    world.run(&only_prom);
    world.write("now/rozetka.xml", world.text("out/prom.xml"));
    let outcome = world.run(&Asked::DIFF);
    assert_eq!(
        (&channel(&outcome, "rozetka").replaces, &channel(&outcome, "prom").replaces.as_deref()),
        (&None, &Some("out/prom.xml"))
    );
    assert_eq!(channel(&outcome, "prom").goes_by_another(), None, "it is the feed itself");
    world.write("out/rozetka.xml", world.text("out/prom.xml"));
    let outcome = world.run(&Asked::DIFF);
    assert_eq!(channel(&outcome, "rozetka").goes_by_another(), Some("out/rozetka.xml"));
}

/// The lines of `max-price-move`: whether each lets the plan pass, and how many it counts.
fn moves(channel: &ChannelOutcome) -> Vec<(bool, u64)> {
    let lines = channel.guards.iter().filter(|guard| guard.name == "max-price-move");
    lines.map(|guard: &GuardVerdict| (guard.ok, guard.count)).collect()
}

#[test]
fn a_channels_quarantine_holds_beside_the_limit_of_the_shop() {
    let priced = |price: &str| -> Vec<String> {
        let mut rows = many(30);
        rows[0] = rows[0].replace("1299.50", price);
        rows[1] = rows[1].replace("1299.50", "700");
        rows
    };
    let world = published(FEEDS, &many(30));
    world.write("master.csv", master(&priced("600")));
    let outcome = world.run(&Asked::DIFF);
    assert_eq!(moves(channel(&outcome, "rozetka")), [(false, 2), (false, 1)]);
    assert_eq!(moves(channel(&outcome, "prom")), [(false, 2)]);
    // what opens one line of a guard opens the other, and not one more
    let guards = &channel(&outcome, "rozetka").guards;
    let commands: Vec<String> = guards.iter().filter(|guard| !guard.ok).filter_map(GuardVerdict::allow).collect();
    assert_eq!(commands, ["max-price-move=2", "max-price-move=2"]);
    let allowed = |count| {
        let allow = vec![Allow { guard: "max-price-move", count: Some(count) }];
        world.run(&Asked { allow, feeds: Feeds::Check, ..Asked::RENDER })
    };
    assert!(!stops(channel(&allowed(1), "rozetka")).is_empty());
    assert!(stops(channel(&allowed(2), "rozetka")).is_empty());
    // the shop's own limit changes nothing of the channel's
    let world = published(&guarded("max-price-move: 95%"), &many(30));
    world.write("master.csv", master(&priced("600")));
    let outcome = world.run(&Asked::DIFF);
    assert_eq!(moves(channel(&outcome, "rozetka")), [(true, 0), (false, 1)]);
    assert_eq!(moves(channel(&outcome, "prom")), [(true, 0)]);
}

#[test]
fn one_bad_target_stops_no_other_channel() {
    let world = shop(FEEDS, &many(3));
    std::fs::create_dir_all(world.path("out/prom.xml")).unwrap();
    let outcome = world.run(&Asked::RENDER);
    let failed = |name: &str| channel(&outcome, name).failed.as_ref().map(ToString::to_string);
    let what = "cannot write out/prom.xml: it is a folder, and a feed is only ever written over a regular file";
    assert_eq!((failed("rozetka"), failed("prom").as_deref()), (None, Some(what)));
    assert_eq!(fate(channel(&outcome, "rozetka")), FeedFate::Written);

    let world = shop(&FEEDS.replace("out/prom", "no/such/prom"), &many(3));
    let outcome = world.run(&Asked::RENDER);
    let failed = channel(&outcome, "prom").failed.as_ref().map(ToString::to_string).unwrap_or_default();
    assert!(failed.starts_with("cannot write no/such/prom.xml: there is no folder "), "{failed}");
    assert_eq!(fate(channel(&outcome, "rozetka")), FeedFate::Written);
}

#[cfg(unix)]
#[test]
fn a_pipe_is_refused_before_anybody_waits_for_it() {
    let world = shop(FEEDS, &many(3));
    std::fs::create_dir(world.path("out")).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(world.path("out/prom.xml")).status().unwrap().success());
    std::os::unix::fs::symlink("nowhere", world.path("out/rozetka.xml")).unwrap();
    for asked in [Asked::DIFF, Asked::RENDER, Asked { feeds: Feeds::Check, ..Asked::RENDER }] {
        let outcome = world.run(&asked);
        for (name, what) in [("prom", "a pipe"), ("rozetka", "a link")] {
            let failed = channel(&outcome, name).failed.as_ref().map(ToString::to_string).unwrap_or_default();
            assert!(failed.contains(&format!("it is {what}, and a feed")), "{failed}");
        }
    }
    let config = world.text("offersync.yaml").replace("file: master.csv", "file: /dev/zero");
    world.write("offersync.yaml", config);
    let stop = world.try_to(&Asked::VALIDATE).unwrap_err();
    assert!(crate::world::stopped(&stop).contains("it is a device, not a file"), "{}", crate::world::stopped(&stop));
}

/// The same shop with rates of foreign currencies.
fn with_rate(world: &World, rate: &str) {
    let config = world.text("offersync.yaml");
    let config: String =
        config.lines().filter(|line| !line.starts_with("rates:")).map(|line| format!("{line}\n")).collect();
    world.write("offersync.yaml", config.replacen("master:\n", &format!("rates: {{USD: {rate}}}\nmaster:\n"), 1));
}

#[test]
fn prices_are_compared_in_one_currency() {
    let in_dollars = |price: &str, count: usize| -> Vec<String> {
        let dollars = |row: &String| row.replace("1299.50,,UAH", &format!("{price},,USD"));
        let rows = many(100);
        rows[..count].iter().map(dollars).chain(rows[count..].iter().cloned()).collect()
    };
    let world = shop(FEEDS, &many(100));
    with_rate(&world, "41.5");
    world.run(&Asked::RENDER);
    world.write("master.csv", master(&in_dollars("1299.50", 40)));
    let outcome = world.run(&Asked::DIFF);
    assert_eq!(moves(channel(&outcome, "prom")), [(false, 40)]);
    assert_eq!(moves(channel(&outcome, "rozetka")), [(false, 40), (false, 40)]);
    // 31.30 dollars are what 1299.50 hryvnias were
    world.write("master.csv", master(&in_dollars("31.30", 40)));
    let outcome = world.run(&Asked::DIFF);
    assert_eq!(moves(channel(&outcome, "prom")), [(true, 0)]);

    let world = shop(FEEDS, &in_dollars("1299.50", 100));
    with_rate(&world, "41.5");
    world.run(&Asked::RENDER);
    with_rate(&world, "4.15");
    let outcome = world.run(&Asked::DIFF);
    assert_eq!(moves(channel(&outcome, "prom")), [(false, 100)], "{:?}", channel(&outcome, "prom").document);
    // a price that makes up for the rate does not move
    let mut rows = in_dollars("1299.50", 100);
    rows[0] = rows[0].replace("1299.50,,USD", "12995,,USD");
    rows[1] = rows[1].replace(",USD,5,", ",USD,4,");
    world.write("master.csv", master(&rows));
    let outcome = world.run(&Asked::DIFF);
    assert_eq!(moves(channel(&outcome, "prom")), [(false, 99)]);
}

#[test]
fn a_category_that_is_gone_is_named() {
    let config = |rows: &str| format!("sku,title,category_path,price,stock,pictures,description,attributes\n{rows}");
    let row = |number: u32, path: &str| {
        format!(
            "KT{number},Термос {number},{path},100,5,https://kalyna.example/{number}.jpg,Опис {number},Колір=синій\n"
        )
    };
    let rows: String =
        (1..=30).map(|number| row(number, if number <= 3 { "Похід > Намети" } else { "Похід > Термоси" })).collect();
    let world = World::of(&[
        (
            "offersync.yaml",
            "version: 1\nshop: {name: Калина, company: К, url: \"https://kalyna.example\", language: uk, currency: UAH}\n\
             master: {file: master.csv, fields: {title: title, attributes: [{column: attributes, split: \"|\", pair: \"=\"}]}}\n\
             channels:\n  prom: {feed: out/prom.xml}\n",
        ),
        ("master.csv", &config(&rows)),
    ]);
    world.run(&Asked::RENDER);
    let left: String = (4..=30).map(|number| row(number, "Похід > Термоси")).collect();
    world.write("master.csv", config(&left));
    let outcome = world.run(&Asked::RENDER);
    let found = channel(&outcome, "prom");
    assert_eq!(stops(found), ["category-gone: Похід > Намети: all 3 listings leave, allowed 0"]);
    let left: String =
        (2..=30).map(|number| row(number, if number == 3 { "Похід > Намети" } else { "Похід > Термоси" })).collect();
    world.write("master.csv", config(&left));
    assert!(stops(channel(&world.run(&Asked::RENDER), "prom")).is_empty());
}
