//! Channels whose listings are offers.

use std::collections::BTreeMap;

use super::mutation::{Mutated, mutated};
use super::shows::{self, Shows};
use super::{SEEDS, Truth, finds, written};
use crate::catalog::Offer;
use crate::registered::{Registered, all};

/// What has to be found, from what was done.
fn truth(mutated: &Mutated, shows: Shows) -> Truth {
    let offer = |sku: &String| -> &Offer { mutated.master.offers.iter().find(|offer| offer["sku"] == *sku).unwrap() };
    let mut update = BTreeMap::new();
    for (sku, what) in &mutated.changed {
        let mut names: Vec<String> = what.iter().flat_map(|what| shows.fields(*what, offer(sku))).collect();
        names.sort();
        if !names.is_empty() {
            update.insert(sku.clone(), names);
        }
    }
    let sorted = |skus: &std::collections::BTreeSet<String>| skus.iter().cloned().collect();
    Truth { create: sorted(&mutated.created), delete: sorted(&mutated.deleted), update }
}

#[test]
fn every_change_of_an_offer_is_found_and_none_is_invented() {
    let lists_offers = |channel: &&Registered| !channel.lists_products() && !channel.lists_variations_beside_products();
    for channel in all().iter().filter(lists_offers) {
        for shape in channel.description.shapes.iter().filter(|shape| shape.complete) {
            let shows = shows::of(channel.id(), &shape.name);
            for seed in SEEDS {
                let mutated = mutated(seed);
                let export = written(channel, &shape.name, &mutated.channel);
                let truth = truth(&mutated, shows);
                finds((channel, &shape.name), &mutated.master, &export, &truth, |told| told, seed);
            }
        }
    }
}
