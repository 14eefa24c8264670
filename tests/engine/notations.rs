//! A master says the same in every notation: its feeds are the same bytes as those of the CSV file,
//! and a diff finds the same.

use std::fs::File;
use std::io::BufWriter;

use offersync::engine::Feeds;

use crate::generator::objects::Notation;
use crate::generator::shop::Shop;
use crate::generator::{Dialect, Mutation, Recipe};
use crate::world::{Asked, World, changes_in_words, channel, stopped};

const CHANNELS: [&str; 2] = ["rozetka", "prom"];

/// Writes the shop's master in a notation, and a config that reads it.
fn put(world: &World, shop: &Shop, notation: Notation) {
    let mut file = BufWriter::new(File::create(world.path(notation.path())).unwrap());
    shop.recipe.write_objects(notation, shop.master.shuffled, &mut file).unwrap();
    world.write("offersync.yaml", notation.config(&shop.config()));
}

#[test]
fn feeds_of_objects_are_the_feeds_of_the_table() {
    for seed in 1..3 {
        let recipe = Recipe::new(seed, 300).mutated(Mutation { seed: seed * 7, ..Mutation::NIGHT });
        let shop = Shop::plain(recipe, &[Dialect::Rozetka, Dialect::Prom]);
        let world = World::new();
        shop.lay_out(world.folder()).unwrap();
        let of_table = world.run(&Asked { feeds: Feeds::WriteTo(world.path("table")), ..Asked::RENDER });
        let feeds = world.files("table");
        assert_eq!(feeds.len(), CHANNELS.len());
        for notation in Notation::ALL {
            put(&world, &shop, notation);
            for threads in [1, 2] {
                let folder = format!("{notation:?}-{threads}");
                let asked = Asked { feeds: Feeds::WriteTo(world.path(&folder)), threads, ..Asked::RENDER };
                let outcome = world.try_to(&asked).unwrap_or_else(|stop| panic!("{notation:?}: {}", stopped(&stop)));
                assert_eq!(outcome.master.offers, recipe.offers);
                let rendered = world.files(&folder);
                for name in CHANNELS {
                    let path = |folder: &str| format!("{folder}/{name}.xml");
                    assert!(rendered[&path(&folder)] == feeds[&path("table")], "{notation:?} {name} {threads}");
                    let words = |outcome| changes_in_words(channel(outcome, name));
                    assert_eq!(words(&outcome), words(&of_table), "{notation:?} {name}");
                }
                assert_eq!(outcome.findings.len(), of_table.findings.len(), "{notation:?}");
            }
        }
    }
}

#[test]
fn a_diff_over_objects_finds_what_was_done() {
    let recipe = Recipe::new(9, 400).mutated(Mutation { seed: 3, price: 1_200, ..Mutation::NIGHT });
    let truth = recipe.truth();
    let shop = Shop::plain(recipe, &[Dialect::Rozetka]);
    let world = World::new();
    shop.lay_out(world.folder()).unwrap();
    for notation in Notation::ALL {
        put(&world, &shop, notation);
        let outcome = world.run(&Asked { threads: 2, ..Asked::DIFF });
        let counts = channel(&outcome, "rozetka").counts;
        let found = (counts.create, counts.delete, counts.update, counts.same);
        let made = (truth.counts.create, truth.counts.delete, truth.counts.update, truth.counts.same);
        assert_eq!(found, made, "{notation:?}");
    }
}
