//! A channel's own document as the master: whatever a complete shape holds comes back as the offers that it
//! stands for, and gives the same document.

use offersync::engine::Outcome;
use offersync::engine::outcome::ChannelOutcome;
use offersync::plan::{Change, ChangeKind, FieldChange};

use crate::catalog::{Catalog, SPLIT, common, with};
use crate::changes::written_in;
use crate::generated;
use crate::given_out::{self, Known, products};
use crate::registered::{Registered, all};
use crate::world::{Asked, World, changes_in_words, stopped};

/// What does not come back: channel, field, what stands in it then, and why.
const UNTOLD: [(&str, &str, &str, &str); 3] = [
    ("google", "description", "&nbsp;", OF_CHARACTERS),
    ("meta", "description", "&nbsp;", OF_CHARACTERS),
    (
        "magento",
        "configurable_variation_labels",
        "",
        "options come back by their codes, which are what the shop knows them by",
    ),
];
const OF_CHARACTERS: &str =
    "a plain text becomes an offer's description, which is HTML: there a character's name is the character";

/// What a document in a shape gives rise to: channel, shape, finding, and why.
const SAID: [(&str, &[&str], &str, &str); 1] = [(
    "meta",
    &["rss", "atom"],
    "meta/fb-product-category-lookup",
    "Google's shapes have no place for Meta's own category, and ids that are made of paths are in no table of the shop",
)];

/// The changes but those of which the document does not tell.
fn differing<'o>(found: &'o ChannelOutcome, channel: &Registered) -> Vec<&'o Change> {
    let is_untold = |change: &FieldChange| {
        UNTOLD.iter().any(|(id, field, text, _)| {
            let there = change.from.as_deref().unwrap_or_default();
            *id == channel.id() && change.name.trim_start_matches("g:").starts_with(field) && there.contains(text)
        })
    };
    let differs = |change: &&Change| change.kind != ChangeKind::Update || !change.fields.iter().all(is_untold);
    found.changes.iter().filter(differs).collect()
}

/// A shop whose master is this document, which is also what the channel has.
fn of_document(channel: &Registered, catalog: &Catalog, document: &[u8]) -> World {
    let world = generated::shop(channel, catalog);
    let config = world.text("offersync.yaml");
    let (before, rest) = config.split_once("master:\n").unwrap();
    let (_, channels) = rest.split_once("channels:\n").unwrap();
    // what the channel is asked, whoever reads its document is asked as well
    let asked = channels.lines().find_map(|line| line.trim().strip_prefix("settings: "));
    let asked = asked.map_or(String::new(), |answers| format!(", settings: {answers}"));
    let master = format!("master: {{file: master.doc, as: ./{}.yaml{asked}}}\n", channel.id());
    world.write("offersync.yaml", format!("{before}{master}channels:\n{channels}"));
    // where offers come back with the channel's categories, the tables speak of those
    if channel.description.back.iter().any(|said| said.0 == "category") {
        for table in channel.description.lookups.iter().filter(|table| table.by[0] == "category") {
            let file = format!("lookups/{}.csv", table.name);
            world.write(&file, by_codes(&world.text(&file)));
        }
    }
    world.write("master.doc", document);
    world.write("now.xml", document);
    world
}

/// A table whose rows go by the codes that the shop's table of categories gives for 1, 2 and 3.
fn by_codes(table: &str) -> String {
    let row = |line: &str| match line.split_once(',') {
        Some((category @ ("1" | "2" | "3"), rest)) => format!("{},{rest}\n", 999 + category.parse::<u32>().unwrap()),
        _ => format!("{line}\n"),
    };
    table.lines().map(row).collect()
}

/// Offers that say what shops commonly say, sizes and labels among it.
fn rich() -> Catalog {
    let tags = format!("зима{SPLIT}новинка");
    let offers = common().into_iter().enumerate().map(|(number, offer)| {
        let is_variant = offer.get("group").is_some_and(|group| group.starts_with('7'));
        let size = if is_variant { ["S", "M"][number % 2] } else { "" };
        // in the table of every lookup
        let category = if offer["category"] == "4" { "3".to_owned() } else { offer["category"].clone() };
        with(
            offer,
            &[
                ("category", &category),
                (generated::SIZE, size),
                ("tags", &tags),
                ("weight", "500 g"),
                ("length", "30 cm"),
            ],
        )
    });
    Catalog { offers: offers.collect() }
}

/// What is wrong with a document as the master; nothing where all of it comes back.
fn wrong(channel: &Registered, shape: &str, catalog: &Catalog) -> Vec<String> {
    let (document, before) = written_in(channel, shape, catalog);
    let world = of_document(channel, catalog, &document);
    let outcome = match world.try_to(&Asked::DIFF) {
        Ok(outcome) => outcome,
        Err(stop) => return vec![stopped(&stop)],
    };
    let found = &outcome.channels[0];
    let mut wrong: Vec<String> = found.failed.iter().map(|failed| format!("{failed:?}")).collect();
    let differing = differing(found, channel);
    if !differing.is_empty() || !found.document.is_empty() {
        wrong.push(format!("{:?}\n{}", found.counts, changes_in_words(found)));
    }
    let there = found.existing.as_ref().map_or(0, |existing| existing.listings);
    if there < 15 || there != found.counts.same + found.counts.update {
        wrong.push(format!("{there} listings, {:?}", found.counts));
    }
    let of_shape = SAID.iter().filter(|said| said.0 == channel.id() && said.1.contains(&shape)).map(|said| said.2);
    let known: Vec<&str> = codes(&before).into_iter().chain(of_shape).collect();
    wrong.extend(codes(&outcome).into_iter().filter(|code| !known.contains(code)).map(|code| format!("{code} is new")));
    wrong
}

/// All that was found.
fn codes(outcome: &Outcome) -> Vec<&str> {
    let groups = outcome.findings.iter().chain(&outcome.channels[0].findings);
    groups.map(|group| group.code.as_str()).collect()
}

#[test]
fn a_document_as_the_master_gives_the_same_document() {
    let mut all_wrong = Vec::new();
    for channel in all() {
        // what a shop gives out of its products is not written by the shapes that read it
        let shapes = channel.description.shapes.iter().take(if channel.lists_products() { 1 } else { usize::MAX });
        for shape in shapes.filter(|shape| shape.complete) {
            for catalog in [rich(), generated::catalog(11, 60), generated::further(generated::catalog(13, 60))] {
                let wrong = wrong(&channel, &shape.name, &channel.priced(&catalog));
                all_wrong.extend(wrong.iter().map(|wrong| format!("{} {}: {wrong}", channel.id(), shape.name)));
            }
        }
    }
    assert!(all_wrong.is_empty(), "{}", all_wrong.join("\n"));
}

#[test]
fn what_a_shop_gives_out_comes_back() {
    let mut all_wrong = Vec::new();
    for channel in all().iter().filter(|channel| channel.lists_products()) {
        for catalog in [rich(), generated::catalog(12, 60)] {
            for given in given_out::all(&products(&catalog), Known::Handle, 5) {
                let world = of_document(channel, &catalog, given.text.as_bytes());
                let outcome =
                    world.try_to(&Asked::DIFF).unwrap_or_else(|stop| panic!("{}: {}", given.what, stopped(&stop)));
                let found = &outcome.channels[0];
                let there = found.existing.as_ref().map_or(0, |existing| existing.listings);
                if found.counts.same != there || there < 10 {
                    all_wrong.push(format!(
                        "{} {}: {:?} {:?} {:?}\n{}",
                        given.shape,
                        given.what,
                        found.counts,
                        found.invalid,
                        codes(&outcome),
                        changes_in_words(found)
                    ));
                }
            }
        }
    }
    assert!(all_wrong.is_empty(), "{}", all_wrong.join("\n"));
}

/// What a channel of products finds where a document of another channel is the master, with these keys beside `as`.
fn found_by_shopify(channel: &Registered, document: &[u8], catalog: &Catalog, beside: &str) -> (Vec<String>, u64) {
    let world = of_document(channel, catalog, document);
    let config = world.text("offersync.yaml");
    let (before, _) = config.split_once("channels:\n").unwrap();
    let before = before.trim_end().strip_suffix('}').unwrap().to_owned();
    world.write("offersync.yaml", format!("{before}{beside}}}\nchannels:\n  shopify: {{feed: out/shopify.jsonl}}\n"));
    let outcome = world.try_to(&Asked::RENDER).unwrap_or_else(|stop| panic!("{}: {}", channel.id(), stopped(&stop)));
    (codes(&outcome).into_iter().map(str::to_owned).collect(), outcome.channels[0].desired)
}

#[test]
fn params_that_the_config_names_tell_variants_apart() {
    let mut told_apart = Vec::new();
    for channel in all().iter().filter(|channel| !channel.lists_products()) {
        let catalog = channel.priced(&rich());
        let shape = &channel.description.shapes[0].name;
        let (document, _) = written_in(channel, shape, &catalog);
        let alike = |codes: &[String]| codes.iter().any(|code| code == "shopify/variants-alike");
        let (codes, listings) = found_by_shopify(channel, &document, &catalog, "");
        if !alike(&codes)
            || !channel.description.fields.iter().any(|field| field.source.as_name() == Some("attributes"))
        {
            continue;
        }
        let beside = ", fields: {options: {Розмір: \"attributes['Розмір']\"}}";
        let (codes, with_options) = found_by_shopify(channel, &document, &catalog, beside);
        assert!(!alike(&codes), "{}: {codes:?}", channel.id());
        assert!(with_options > listings, "{}: {with_options} after {listings}", channel.id());
        told_apart.push(channel.id().to_owned());
    }
    assert!(told_apart.len() > 1, "{told_apart:?}");
}
