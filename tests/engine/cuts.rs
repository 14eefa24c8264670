//! Files that end too early. A cut feed or export is never read as one with fewer offers; a cut master is refused,
//! or told, or held by the guards.

use std::fs;

use offersync::engine::outcome::{ChannelOutcome, FeedFate};
use offersync::engine::{Outcome, Stop};
use offersync::plan::ChangeKind;

use crate::world::{Asked, World, run, stopped};

const CONFIG: &str = r#"version: 1
shop: {name: Ї, language: uk, currency: UAH}
master:
  file: master.csv
  categories: categories.csv
  fields:
    title.uk: title
    pictures: {column: pictures, split: "|"}
    attributes: [{column: attributes, split: "|", pair: "="}]
channels:
  CHANNEL: {USE feed: out/feed.xml, export: now.xml}
"#;

/// The price stands last: a cut takes digits of it away.
const HEADER: &str = "sku,title,brand,category,stock,url,pictures,attributes,price";

/// A master of so many offers.
fn master(offers: u32) -> String {
    let row = |n: u32| {
        format!(
            "K{n},\"Термос «{n}», синій\",Stan,2,5,https://a.ua/{n},https://a.ua/{n}.jpg,Колір=синій,{}.50\n",
            1000 + n
        )
    };
    format!("{HEADER}\n{}", (1..=offers).map(row).collect::<String>())
}

/// A shop with one channel, its feed rendered and its export the same.
fn shop(channel: &str, offers: u32) -> World {
    let own = match channel {
        "hotline" => "use: ./hotline.yaml, settings: {firm_id: \"1\"},",
        _ => "",
    };
    let config = CONFIG.replace("CHANNEL", channel).replace("USE", own);
    let world = World::of(&[
        ("offersync.yaml", &config),
        ("master.csv", &master(offers)),
        ("categories.csv", "id,name\n2,Термоси\n"),
    ]);
    world.write("hotline.yaml", fs::read("examples/own-channel/hotline.yaml").unwrap());
    let outcome = world.run_first(&Asked::RENDER);
    assert_eq!(fate(&outcome.channels[0]), Some(FeedFate::Written), "{:?}", outcome.channels[0].guards);
    world.write("now.xml", world.read("out/feed.xml"));
    world
}

fn fate(channel: &ChannelOutcome) -> Option<FeedFate> {
    channel.feed.as_ref().map(|feed| feed.fate)
}

/// Every cut that takes more than the last line end away is refused, and nothing is written.
fn every_cut_of_a_feed_is_refused(channel: &str) {
    let world = shop(channel, 1);
    let config = world.config();
    let whole = world.read("out/feed.xml");
    assert!(whole.ends_with(b">\n"));
    for length in 0..whole.len() - 1 {
        let cut = &whole[..length];
        world.write("now.xml", cut);
        let outcome = run(&config, &Asked::DIFF).unwrap_or_else(|stop| panic!("{length}: {}", stopped(&stop)));
        let found = &outcome.channels[0];
        assert!(found.failed.is_some() && found.changes.is_empty(), "{channel}, {length} bytes");
        // rendering looks at the feed that it replaces in the same way; a part of the cuts shows it
        if length % 7 > 0 && length + 60 < whole.len() {
            continue;
        }
        world.write("out/feed.xml", cut);
        let outcome = run(&config, &Asked::RENDER).unwrap_or_else(|stop| panic!("{length}: {}", stopped(&stop)));
        let found = &outcome.channels[0];
        assert!(found.failed.is_some() && found.feed.is_none(), "{channel}, {length} bytes");
        assert!(world.files("out") == [("out/feed.xml".to_owned(), cut.to_vec())].into(), "{channel}, {length} bytes");
    }
    world.write("now.xml", &whole[..whole.len() - 1]);
    let outcome = run(&config, &Asked::DIFF).unwrap();
    assert_eq!(
        (outcome.channels[0].counts.same, &outcome.channels[0].failed),
        (1, &None),
        "only a line end is missing"
    );
}

#[test]
fn every_cut_of_a_feed_for_rozetka_is_refused() {
    every_cut_of_a_feed_is_refused("rozetka");
}

#[test]
fn every_cut_of_a_feed_for_prom_is_refused() {
    every_cut_of_a_feed_is_refused("prom");
}

#[test]
fn every_cut_of_a_feed_for_a_channel_of_ones_own_is_refused() {
    every_cut_of_a_feed_is_refused("hotline");
}

/// What became of a cut master.
#[derive(Debug, PartialEq, Eq)]
enum Fate {
    /// The file was refused, or has columns missing.
    Refused,
    /// A guard stopped the feed.
    Guarded,
    /// The feed was written, and lost so many listings.
    Written { lost: u32 },
}

/// What rendering makes of a cut master; the old feed has to stay wherever nothing was written.
fn fate_of_cut(world: &World, outcome: Result<Outcome, Stop>, old: &[u8]) -> Fate {
    let untouched = || assert!(world.files("out") == [("out/feed.xml".to_owned(), old.to_vec())].into());
    let outcome = match outcome {
        Ok(outcome) => outcome,
        Err(Stop::Refused(_) | Stop::Problems(_)) => {
            untouched();
            return Fate::Refused;
        }
        Err(stop) => panic!("{}", stopped(&stop)),
    };
    let found = &outcome.channels[0];
    match fate(found) {
        Some(FeedFate::Refused) => {
            untouched();
            Fate::Guarded
        }
        Some(FeedFate::Written) => {
            let lost = found.changes.iter().filter(|change| change.kind == ChangeKind::Delete).count();
            Fate::Written { lost: u32::try_from(lost).unwrap() }
        }
        // the old feed says the same already
        Some(FeedFate::Equal) => {
            untouched();
            Fate::Written { lost: 0 }
        }
        other => panic!("{other:?} {:?}", found.failed),
    }
}

/// Cuts of a master with 20 offers, of which a fifth may go. What happens, by where the cut is:
/// * in the header or before the end of the first record: refused;
/// * inside of a cell or row, but behind the price's place: refused (a quote that is open, a row too short);
/// * inside of the last cell of a row, or right behind it: the rows before are read, a finding says that the line
///   end is missing, and a price that lost digits is stopped by the guard on price moves;
/// * behind a whole row: nothing can be seen in the file itself; up to four lost rows pass, five and more are stopped.
#[test]
fn a_cut_master_is_refused_told_or_guarded() {
    let world = shop("rozetka", 20);
    let config = world.config();
    let (whole, old) = (master(20), world.read("out/feed.xml"));
    let first_row = HEADER.len() + 1;
    let mut seen = [0_u32; 4];
    for length in 0..whole.len() {
        // every place of the header, of the first two rows and of the last six; every fourth in between
        if length > first_row + 250 && length + 620 < whole.len() && length % 4 > 0 {
            continue;
        }
        let cut = &whole.as_bytes()[..length];
        world.write("master.csv", cut);
        let outcome = run(&config, &Asked::RENDER);
        let codes: Vec<String> =
            outcome.iter().flat_map(|outcome| outcome.findings.iter().map(|group| group.code.clone())).collect();
        let fate = fate_of_cut(&world, outcome, &old);
        let rows = u32::try_from(cut.iter().filter(|byte| **byte == b'\n').count()).unwrap().saturating_sub(1);
        let last = cut.rsplit(|byte| *byte == b'\n').next().unwrap_or(cut);
        let cells = String::from_utf8_lossy(last).replace(", синій", "").matches(',').count();
        let in_last_cell = !last.is_empty() && cells == 8;
        let what = format!("{length}: …{}", String::from_utf8_lossy(&cut[length.saturating_sub(30)..]));
        let is_row_end = last.is_empty() && rows > 0;
        match &fate {
            Fate::Refused => assert!(!is_row_end && !in_last_cell || rows == 0, "{what}"),
            Fate::Guarded => assert!(is_row_end || in_last_cell, "{what}"),
            Fate::Written { lost } => {
                assert!((is_row_end || in_last_cell) && *lost <= 4, "{what}: {fate:?}");
                // without a digit of its price the last record is no offer that could go
                let has_price = last.last().is_some_and(u8::is_ascii_digit);
                assert_eq!(*lost, 20 - rows - u32::from(in_last_cell && has_price), "{what}");
            }
        }
        if in_last_cell && rows > 0 && fate != Fate::Refused {
            assert!(codes.iter().any(|code| code == "catalog/no-final-newline"), "{what}: {codes:?}");
        }
        let number = match fate {
            Fate::Refused => 0,
            Fate::Guarded => 1,
            Fate::Written { lost: 0 } => 2,
            Fate::Written { .. } => 3,
        };
        seen[number] += 1;
        if number > 1 {
            world.write("out/feed.xml", &old);
        }
    }
    let [refused, guarded, whole_again, fewer] = seen;
    assert!(refused > 500 && guarded > 20 && whole_again >= 1 && fewer >= 4, "{seen:?}");
}
