//! What a diff finds is exactly what the generator did to the channel, for every channel, order,
//! spelling and number of threads.

use std::collections::BTreeMap;
use std::fs;

use offersync::engine::outcome::ChannelOutcome;
use offersync::plan::ChangeKind;

use crate::generator::shop::Shop;
use crate::generator::{Dialect, ExportStyle, Field, MasterStyle, Mutation, Order, Recipe, TextStyle, Truth};
use crate::world::{Asked, World, changes_in_words, channel, fields, keys};

/// Much of everything, so that every kind of change meets every other.
const LIVELY: Mutation = Mutation { seed: 0, price: 1_200, description: 700, stock: 1_500, added: 300, removed: 300 };

/// The channels with the dialect of their exports.
const CHANNELS: [(&str, Dialect); 3] =
    [("rozetka", Dialect::Rozetka), ("prom", Dialect::Prom), ("bazaar", Dialect::Foreign)];

/// Lays out a shop whose exports are of these styles, with the merchant's own channel beside the built-in ones.
fn lay_out(world: &World, recipe: Recipe, master: MasterStyle, text: TextStyle, order: Order) {
    let of = |dialect| ExportStyle { dialect, text, order };
    let shop = Shop { recipe, master, exports: vec![of(Dialect::Rozetka), of(Dialect::Prom)] };
    shop.lay_out(world.folder()).unwrap();
    let mut foreign = Vec::new();
    recipe.write_export(of(Dialect::Foreign), &mut foreign).unwrap();
    world.write("exports/bazaar.xml", foreign);
    world.write("bazaar.yaml", fs::read("tests/engine/bazaar.yaml").unwrap());
    let own = "  bazaar:\n    use: ./bazaar.yaml\n    feed: out/bazaar.xml\n    export: exports/bazaar.xml\n";
    world.write("offersync.yaml", format!("{}{own}", shop.config()));
}

/// Whether a channel's part of an outcome says the truth and nothing else.
fn says_the_truth(found: &ChannelOutcome, dialect: Dialect, truth: &Truth) {
    let words = || format!("{}: {}", found.id, changes_in_words(found));
    let sorted = |keys: &[String]| {
        let mut keys = keys.to_vec();
        keys.sort();
        keys
    };
    assert!(found.failed.is_none() && found.invalid.is_empty(), "{:?} {:?}", found.failed, found.invalid);
    assert_eq!(keys(found, ChangeKind::Create), sorted(&truth.create), "{}", words());
    assert_eq!(keys(found, ChangeKind::Delete), sorted(&truth.delete), "{}", words());
    let updates = found.changes.iter().filter(|change| change.kind == ChangeKind::Update);
    let found_fields: BTreeMap<&str, Vec<&str>> = updates.map(|change| (change.key.as_str(), fields(change))).collect();
    let name = |field: &Field| dialect.name_of(*field);
    let true_fields = truth.update.iter().map(|(key, fields)| {
        let mut names: Vec<&str> = fields.iter().map(name).collect();
        names.sort_unstable();
        (key.as_str(), names)
    });
    assert_eq!(found_fields, true_fields.collect(), "{}", words());
    let counts = (found.counts.create, found.counts.delete, found.counts.update, found.counts.same);
    let true_counts = truth.counts;
    assert_eq!(counts, (true_counts.create, true_counts.delete, true_counts.update, true_counts.same));
    assert!(found.document.is_empty(), "{}", words());
}

/// One catalog, in every order and spelling, on one thread and on two.
fn every_way(seed: u64) {
    let recipe = Recipe::new(seed, 2_000).mutated(Mutation { seed: seed * 31, ..LIVELY });
    let truth = recipe.truth();
    let (masters, mut nth) = ([MasterStyle::PLAIN, MasterStyle::SHEET], 0);
    for text in [TextStyle::CData, TextStyle::Escaped] {
        for order in [Order::Master, Order::Shuffled] {
            let world = World::new();
            let master = MasterStyle { shuffled: nth == 2, ..masters[nth % 2] };
            lay_out(&world, recipe, master, text, order);
            nth += 1;
            for threads in [1, 2] {
                let outcome = world.run(&Asked { threads, ..Asked::DIFF });
                assert_eq!(outcome.master.offers, recipe.offers);
                for (name, dialect) in CHANNELS {
                    says_the_truth(channel(&outcome, name), dialect, &truth);
                }
            }
        }
    }
}

#[test]
fn the_first_catalog() {
    every_way(1);
}

#[test]
fn the_second_catalog() {
    every_way(2);
}

#[test]
fn the_third_catalog() {
    every_way(3);
}

#[test]
fn the_fourth_catalog() {
    every_way(4);
}

#[test]
fn the_fifth_catalog() {
    every_way(5);
}
