//! A channel's feed as the master: what it carries comes back, so that the same channel gets the same
//! feed from it, and another one what the two have in common.

use std::fs;

use offersync::engine::outcome::ChannelOutcome;
use offersync::engine::{Feeds, SkuPattern};
use offersync::plan::{Change, ChangeKind};

use crate::generator::shop::Shop;
use crate::generator::{Dialect, Recipe};
use crate::world::{Asked, World, changes_in_words, channel, stopped};

/// The channels: name, what is said of each in the config, the description whose export its feed is, and the feed's ending.
const CHANNELS: [(&str, &str, &str, &str); 11] = [
    ("rozetka", "", "rozetka", "xml"),
    ("prom", "", "prom", "xml"),
    ("google", "", "google", "tsv"),
    ("rss", "use: google, shape: rss, ", "google", "xml"),
    ("meta", "", "meta", "csv"),
    ("shopify", "", "shopify", "jsonl"),
    ("woocommerce", "use: ./woocommerce.yaml, ", "./woocommerce.yaml", "csv"),
    ("yandex", "use: ./yandex.yaml, ", "./yandex.yaml", "xml"),
    ("eva", "use: ./eva.yaml, ", "./eva.yaml", "xml"),
    ("maudau", "use: ./maudau.yaml, ", "./maudau.yaml", "xml"),
    ("kasta", "use: ./kasta.yaml, ", "./kasta.yaml", "xml"),
];

/// The world with these files of a shop, the feeds of all channels rendered from its own master.
fn rendered(world: World, before: &str, master: &str) -> (World, String, String) {
    for (_, _, description, _) in CHANNELS.iter().filter(|channel| channel.2.starts_with("./")) {
        let example = World::fixtures().join("../examples/channels").join(description);
        fs::copy(example, world.path(description)).unwrap();
    }
    let channel = |(name, uses, _, ending): &(&str, &str, &str, &str)| {
        format!("  {name}: {{{uses}feed: feeds/{name}.{ending}}}\n")
    };
    let channels: String = CHANNELS.iter().map(channel).collect();
    world.write("offersync.yaml", format!("{before}{master}channels:\n{channels}"));
    world.run(&Asked { threads: 2, ..Asked::RENDER });
    (world, before.to_owned(), channels)
}

/// A shop of so many offers, with what its config says before the master, and of the channels.
fn shop(seed: u64, offers: u64) -> (World, String, String) {
    let shop = Shop::plain(Recipe::new(seed, offers), &[Dialect::Rozetka]);
    let world = World::new();
    shop.lay_out(world.folder()).unwrap();
    let config = shop.config();
    let (before, rest) = config.split_once("master:\n").unwrap();
    let (master, _) = rest.split_once("channels:\n").unwrap();
    rendered(world, before, &format!("master:\n{master}"))
}

/// A shop of few offers with what the generator does not make: promotions, tiers, delivery, words of every kind.
fn few() -> (World, String, String) {
    let world = World::of(&[("catalog.json", include_str!("catalog.json"))]);
    let before = "version: 1\nshop: {name: Крамниця, company: ФОП К., url: \"https://s.example\", language: uk, currency: UAH}\n";
    rendered(world, before, "master: {file: catalog.json}\n")
}

/// Takes the feed of a channel as the master of all of them.
fn take_as_master(world: &World, before: &str, channels: &str, name: &str) {
    let (_, _, description, ending) = CHANNELS.iter().find(|channel| channel.0 == name).unwrap();
    fs::copy(world.path(&format!("feeds/{name}.{ending}")), world.path(&format!("master.{ending}"))).unwrap();
    let master = format!("master: {{file: master.{ending}, as: {description}}}\n");
    world.write("offersync.yaml", format!("{before}{master}channels:\n{channels}"));
}

/// The changes of a channel, but those of fields of which the master does not tell all.
fn differing<'o>(seen: &'o ChannelOutcome, untold: &[(&str, &str)]) -> Vec<&'o Change> {
    let is_untold = |name: &str| untold.iter().any(|one| one.0 == seen.id && name.starts_with(one.1));
    let differs = |change: &&Change| {
        change.kind != ChangeKind::Update || change.fields.iter().any(|field| !is_untold(&field.name))
    };
    seen.changes.iter().filter(differs).collect()
}

#[test]
fn a_feed_as_the_master_gives_the_same_feed() {
    for (world, before, channels) in [shop(4, 150), few()] {
        for (name, _, _, _) in CHANNELS {
            take_as_master(&world, &before, &channels, name);
            for threads in [1, 2] {
                let asked = Asked { channels: &[name], threads, ..Asked::DIFF };
                let outcome = world.try_to(&asked).unwrap_or_else(|stop| panic!("{name}: {}", stopped(&stop)));
                let seen = channel(&outcome, name);
                assert!(seen.counts.same > 0 && seen.document.is_empty(), "{name}: {}", changes_in_words(seen));
                let differing = differing(seen, &[]);
                assert!(differing.is_empty(), "{name}: {:?}", differing.first());
                let there = seen.existing.as_ref().map_or(0, |existing| existing.listings);
                assert_eq!(seen.counts.same + seen.counts.update, there, "{name}: every listing has come back");
            }
        }
    }
}

#[test]
fn what_two_channels_have_in_common_goes_from_one_to_the_other() {
    let (world, before, channels) = shop(5, 200);
    take_as_master(&world, &before, &channels, "rozetka");
    let outcome = world.run(&Asked { channels: &["prom"], ..Asked::DIFF });
    let seen = channel(&outcome, "prom");
    // a unit stands in the name of a param of Rozetka's
    assert!(differing(seen, &[("prom", "param")]).is_empty(), "{}", changes_in_words(seen));
    assert!(seen.document.is_empty(), "{}", changes_in_words(seen));
    let asked = Asked { channels: &["prom"], feeds: Feeds::WriteTo(world.path("of")), ..Asked::RENDER };
    world.run(&asked);
    let (feed, own) = (world.text("of/prom.xml"), world.text("feeds/prom.xml"));
    for node in ["name", "name_ua", "price", "oldprice", "quantity_in_stock", "picture", "categoryId", "description"] {
        let count = |text: &str| text.matches(&format!("<{node}>")).count();
        assert!(count(&feed) > 0 && count(&feed) == count(&own), "{node}: {} for {}", count(&feed), count(&own));
    }
    assert_eq!(feed.matches("<category ").count(), own.matches("<category ").count());
    assert!(feed.contains("<param name=\"Колір\">"), "params arrive");
}

#[test]
fn a_stock_that_an_export_does_not_carry_is_not_written() {
    let (world, before, channels) = shop(6, 60);
    let channels = channels.replace("feeds/prom.xml", "first/prom.xml");
    take_as_master(&world, &before, &channels, "google");
    let asked = Asked { channels: &["prom"], feeds: Feeds::WriteTo(world.path("of")), ..Asked::RENDER };
    let outcome = world.run(&asked);
    let feed = world.text("of/prom.xml");
    assert!(feed.matches("<offer ").count() > 30, "{outcome:?}");
    assert!(!feed.contains("quantity_in_stock"), "nobody says it");
    assert!(feed.contains("available=\"true\"") && feed.contains("available=\"\""), "the availability is said");
}

#[test]
fn conditions_and_skus_are_asked_of_its_offers() {
    let (world, before, channels) = shop(7, 80);
    let channels = channels.replace("rozetka: {", "rozetka: {where: \"price > 1000\", ");
    take_as_master(&world, &before, &channels, "rozetka");
    let outcome = world.run(&Asked { channels: &["rozetka"], ..Asked::VALIDATE });
    let excluded: u64 = channel(&outcome, "rozetka").excluded.iter().map(|left| left.count).sum();
    assert!(excluded > 0 && excluded < outcome.master.offers, "{excluded} of {}", outcome.master.offers);
    let feed = world.text("feeds/rozetka.xml");
    let sku = feed.split("<offer id=\"").nth(3).and_then(|rest| rest.split('"').next()).unwrap();
    let only = vec![SkuPattern::new(format!("{}*", &sku[..sku.len() - 1]))];
    let outcome = world.run(&Asked { channels: &["prom"], only, ..Asked::VALIDATE });
    let listed = channel(&outcome, "prom").desired;
    assert!((1..80).contains(&listed), "{listed}");
}

/// Prom's own export of what was fed to it: numbers of its own instead of SKUs, its bank's rate, no stock.
fn as_prom_exports_it(feed: &str) -> String {
    let mut number = 1_900_000_000_u64;
    let mut export = String::new();
    for line in feed.lines().filter(|line| !line.contains("<quantity_in_stock>")) {
        let line = line
            .replace(" in_stock=\"true\"", "")
            .replace(" selling_type=\"u\"", "")
            .replace("rate=\"1\"", "rate=\"CB\"");
        match line.split_once("<offer id=\"") {
            Some((before, rest)) => {
                number += 1;
                let (_, rest) = rest.split_once('"').unwrap();
                export.push_str(&format!("{before}<offer id=\"{number}\"{rest}\n"));
            }
            None => export.extend([&line, "\n"]),
        }
    }
    export
}

#[test]
fn what_prom_hands_out_goes_to_itself_and_to_others() {
    let (world, before, channels) = shop(8, 120);
    let export = as_prom_exports_it(&world.text("feeds/prom.xml"));
    world.write("feeds/prom.xml", &export);
    let channels = channels.replace("prom: {feed: feeds/prom.xml", "prom: {feed: out/prom.xml, export: feeds/prom.xml");
    // goes there by the seller's codes, which it has for want of SKUs
    let channels = channels.replace("feed: feeds/yandex.xml", "feed: out/yandex.xml");
    take_as_master(&world, &before, &channels, "prom");
    let outcome = world.run(&Asked { channels: &["prom"], ..Asked::DIFF });
    let seen = channel(&outcome, "prom");
    assert_eq!(seen.existing.as_ref().map(|existing| existing.shape.as_str()), Some("export"));
    assert!(seen.counts.same > 100 && seen.counts.update == 0, "{:?} {}", seen.counts, changes_in_words(seen));
    let outcome = world.run(&Asked { channels: &["rozetka"], ..Asked::VALIDATE });
    let missing =
        channel(&outcome, "rozetka").findings.iter().find(|group| group.code == "rozetka/stock-need").unwrap();
    assert!(missing.fix.starts_with("no export of Prom.ua of this kind says it"), "{}", missing.fix);
    world.run(&Asked { channels: &["yandex"], feeds: Feeds::WriteTo(world.path("of")), ..Asked::RENDER });
    let (feed, own) = (world.text("of/yandex.xml"), world.text("feeds/yandex.xml"));
    for node in ["price", "picture", "categoryId", "name", "vendor"] {
        let count = |text: &str| text.matches(&format!("<{node}>")).count();
        assert!(count(&feed) > 0 && count(&feed) == count(&own), "{node}: {} for {}", count(&feed), count(&own));
    }
}

/// A document of Kaspi's, read as the master with these words beside `as`; the shop sells on Kaspi and on Rozetka.
fn of_kaspi(settings: &str, stores: &str) -> World {
    let offer = |sku: &str, pieces: [u32; 2]| {
        let [first, second] = pieces;
        format!(
            "<offer sku=\"{sku}\"><model>Чашка {sku}</model><brand>Acme</brand><availabilities>\
             <availability available=\"yes\" storeId=\"PP1\" stockCount=\"{first}\"/>\
             <availability available=\"yes\" storeId=\"PP \u{00AB}2\u{00BB}\" stockCount=\"{second}\"/>\
             </availabilities><price>990</price></offer>"
        )
    };
    let offers = [offer("K1", [3, 4]), offer("K2", [1, 9])].concat();
    let document = format!(
        "<kaspi_catalog xmlns=\"kaspiShopping\" date=\"2026-11-20 10:00:00\"><company>C</company>\
         <merchantid>1</merchantid><offers>{offers}</offers></kaspi_catalog>"
    );
    let world = World::of(&[("now.xml", &document)]);
    let example = World::fixtures().join("../examples/channels/kaspi.yaml");
    fs::copy(example, world.path("kaspi.yaml")).unwrap();
    let config = format!(
        "version: 1\nshop: {{name: К, language: uk, currency: KZT}}\nmaster: {{file: now.xml, as: ./kaspi.yaml{settings}}}\n\
         channels:\n  kaspi:\n    use: ./kaspi.yaml\n    feed: out.xml\n    export: now.xml\n\
         \u{20}   settings: {{company: C, merchantid: \"1\", stores: {stores}}}\n  rozetka: {{feed: rozetka.xml}}\n"
    );
    world.write("offersync.yaml", config);
    world
}

#[test]
fn rows_of_warehouses_come_back_by_the_channels_names_or_the_merchants() {
    let by_its_own = of_kaspi("", "{PP1: PP1, \"PP «2»\": \"PP «2»\"}");
    let by_ours =
        of_kaspi(", settings: {stores: {almaty: PP1, astana: \"PP «2»\"}}", "{almaty: PP1, astana: \"PP «2»\"}");
    for world in [by_its_own, by_ours] {
        let outcome = world.run(&Asked { channels: &["kaspi"], ..Asked::DIFF });
        let seen = channel(&outcome, "kaspi");
        assert!(seen.counts.same == 2 && !seen.differs(), "{}", changes_in_words(seen));
    }
    let unknown = of_kaspi(", settings: {shops: {almaty: PP1}}", "{PP1: PP1}").try_to(&Asked::DIFF);
    let said = stopped(&unknown.unwrap_err());
    assert!(said.contains("Kaspi.kz asks for no setting `shops`"), "{said}");
}

#[test]
fn what_an_export_cannot_say_is_told_with_a_remedy_that_helps() {
    let world = of_kaspi("", "{PP1: PP1, \"PP «2»\": \"PP «2»\"}");
    let outcome = world.run(&Asked { channels: &["rozetka"], ..Asked::VALIDATE });
    let fix = |code: &str| {
        let found = channel(&outcome, "rozetka").findings.iter().find(|group| group.code == code);
        found.map(|group| group.fix.clone()).unwrap_or_default()
    };
    let cannot = "no export of Kaspi.kz of this kind says it: take a master that does, or leave the channel out";
    assert_eq!(fix("rozetka/picture-need"), cannot);
    assert_eq!(fix("rozetka/category-need"), cannot);
}
