//! Damaged documents and masters, thousands of them: each is read or refused, and none ends the program. More of
//! them by `OFFERSYNC_MUTATIONS=100000 cargo test --test engine mutations`.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};

use offersync::engine::Stop;

use crate::generator::shop::Shop;
use crate::generator::{Dialect, ExportStyle, MasterStyle, Mutation, Order, Recipe, TextStyle, damage};
use crate::world::{Asked, World, run, stopped};

/// How many channels one run looks at: most of what a small run does, it does once.
const AT_ONCE: u64 = 20;

/// How many there are, and a place for the first: tests that share the work do not share seeds.
fn asked(usual: u64) -> u64 {
    let more = std::env::var("OFFERSYNC_MUTATIONS").ok().and_then(|count| count.parse().ok());
    more.unwrap_or(usual)
}

/// A small shop with so many channels of one description, each with an export of its own.
fn shop(uses: &str, channels: u64, recipe: Recipe) -> World {
    let world = World::new();
    let shop = Shop { recipe, master: MasterStyle::PLAIN, exports: Vec::new() };
    shop.lay_out(world.folder()).unwrap();
    world.write("bazaar.yaml", fs::read("tests/engine/bazaar.yaml").unwrap());
    let channel = |number| format!("  c{number}: {{use: {uses}, export: now/{number}.xml}}\n");
    let channels: String = (0..channels).map(channel).collect();
    world.write("offersync.yaml", format!("{}{channels}", shop.config()));
    world
}

/// Whole documents to damage: every dialect, with texts in every form.
fn documents(recipe: Recipe, dialects: &[Dialect]) -> Vec<Vec<u8>> {
    let mut documents = Vec::new();
    for dialect in dialects {
        for text in [TextStyle::CData, TextStyle::Escaped] {
            let mut bytes = Vec::new();
            let style = ExportStyle { dialect: *dialect, text, order: Order::Master };
            recipe.write_export(style, &mut bytes).unwrap();
            documents.push(bytes);
        }
    }
    documents
}

/// Reads damaged documents as exports; how many were read and how many refused.
fn damaged_exports(uses: &str, dialects: &[Dialect], first: u64, count: u64) -> (u64, u64) {
    let recipe = Recipe::new(7, 2).mutated(Mutation { seed: 2, price: 3_000, ..Mutation::NIGHT });
    let world = shop(uses, AT_ONCE, recipe);
    let config = world.config();
    let documents = documents(recipe, dialects);
    let (mut read, mut refused) = (0, 0);
    for batch in 0..count.div_ceil(AT_ONCE) {
        let seeds: Vec<u64> = (0..AT_ONCE).map(|number| first + batch * AT_ONCE + number).collect();
        for (number, seed) in seeds.iter().enumerate() {
            let whole = &documents[usize::try_from(*seed).unwrap() % documents.len()];
            world.write(&format!("now/{number}.xml"), damage(whole, *seed).0);
        }
        let asked = Asked { threads: 1 + usize::try_from(batch).unwrap() % 2, ..Asked::DIFF };
        let outcome = catch_unwind(AssertUnwindSafe(|| run(&config, &asked)))
            .unwrap_or_else(|_| panic!("one of the seeds {seeds:?} ends the program"))
            .unwrap_or_else(|stop| panic!("one of the seeds {seeds:?} ends the run: {}", stopped(&stop)));
        for (channel, seed) in outcome.channels.iter().zip(&seeds) {
            match (&channel.failed, &channel.existing) {
                (None, Some(existing)) => {
                    let counts = channel.counts;
                    let met = counts.same + counts.update + counts.delete;
                    assert!(met <= existing.listings, "seed {seed}: {counts:?} of {}", existing.listings);
                    read += 1;
                }
                (Some(refusal), None) => {
                    assert!(!refusal.what.is_empty(), "seed {seed}");
                    refused += 1;
                }
                other => panic!("seed {seed}: {other:?}"),
            }
        }
    }
    (read, refused)
}

#[test]
fn damaged_exports_are_read_or_refused() {
    let (read, refused) = damaged_exports("./bazaar.yaml", &[Dialect::Foreign, Dialect::Rozetka], 0, asked(8_000));
    assert!(read > refused / 20 && refused > read / 20, "{read} read, {refused} refused: the damage tells nothing");
}

#[test]
fn damaged_exports_of_rozetka_are_read_or_refused() {
    let (read, refused) = damaged_exports("rozetka", &[Dialect::Rozetka, Dialect::Foreign], 1_000_000, asked(1_000));
    assert!(read > refused / 20 && refused > read / 20, "{read} read, {refused} refused: the damage tells nothing");
}

#[test]
fn damaged_exports_of_prom_are_read_or_refused() {
    let (read, refused) = damaged_exports("prom", &[Dialect::Prom], 2_000_000, asked(1_000));
    assert!(read > refused / 20 && refused > read / 20, "{read} read, {refused} refused: the damage tells nothing");
}

/// Damage for tables: what the damage for documents would insert means nothing there.
fn damaged_table(whole: &[u8], seed: u64) -> Vec<u8> {
    // its marks become those of a table
    let (bytes, _) = damage(whole, seed);
    let swapped = bytes.into_iter().map(|byte| match byte {
        b'<' => b'"',
        b'>' => b',',
        b'/' if seed.is_multiple_of(3) => b'\n',
        b'=' if seed.is_multiple_of(5) => b'"',
        b'&' => b'\r',
        other => other,
    });
    swapped.collect()
}

#[test]
fn damaged_masters_are_read_or_refused() {
    let recipe = Recipe::new(11, 6);
    let world = shop("./bazaar.yaml", 1, recipe);
    let config = world.config();
    world.write("now/0.xml", documents(recipe, &[Dialect::Foreign]).remove(0));
    let mut wholes = Vec::new();
    for style in [MasterStyle::PLAIN, MasterStyle::SHEET] {
        let mut bytes = Vec::new();
        recipe.write_master(style, &mut bytes).unwrap();
        wholes.push(bytes);
    }
    let (mut read, mut refused) = (0, 0);
    for seed in 0..asked(2_000) {
        let whole = &wholes[usize::try_from(seed).unwrap() % 2];
        let bytes = if seed % 4 < 2 { damage(whole, seed).0 } else { damaged_table(whole, seed) };
        world.write("catalog/master.csv", bytes);
        let asked = Asked { threads: 1 + usize::try_from(seed / 2).unwrap() % 2, ..Asked::DIFF };
        let outcome = catch_unwind(AssertUnwindSafe(|| run(&config, &asked)));
        match outcome.unwrap_or_else(|_| panic!("the seed {seed} ends the program")) {
            Ok(_) => read += 1,
            Err(Stop::Refused(_) | Stop::Problems(_)) => refused += 1,
            Err(stop) => panic!("seed {seed}: {}", stopped(&stop)),
        }
    }
    assert!(read > refused / 20 && refused > read / 20, "{read} read, {refused} refused: the damage tells nothing");
}
