//! What has become of a catalog on a channel, offer by offer, by chance that repeats.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::catalog::{Catalog, Offer, PAIR};
use crate::generated::{self, SIZE};
use crate::generator::Random;

/// What a channel has otherwise than the master.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    Price,
    /// Another number of pieces.
    Stock,
    /// None left, or some again.
    Sale,
    Text,
    /// The variant's colour.
    Colour,
    /// One more option, with its attribute.
    Option,
}

/// A master, what a channel has, and what tells them apart.
pub struct Mutated {
    pub master: Catalog,
    pub channel: Catalog,
    /// SKUs that only the master has.
    pub created: BTreeSet<String>,
    /// SKUs that only the channel has.
    pub deleted: BTreeSet<String>,
    pub changed: BTreeMap<String, BTreeSet<What>>,
}

/// How many offers a master has.
pub const OFFERS: u64 = 48;

/// The catalog of a seed, and its fate.
pub fn mutated(seed: u64) -> Mutated {
    let mut master = generated::catalog(seed, OFFERS);
    let mut random = Random::new(seed ^ 0x5eed);
    for offer in &mut master.offers {
        // all of it lies where every channel looks
        offer.insert("stock.kyiv".into(), pieces(offer).to_string());
        offer.insert("stock.odesa".into(), "0".into());
    }
    give_an_option(&mut master, &mut random);
    let mut all = Mutated {
        channel: Catalog { offers: Vec::new() },
        created: BTreeSet::new(),
        deleted: BTreeSet::new(),
        changed: BTreeMap::new(),
        master,
    };
    for (number, offer) in (0..).zip(&all.master.offers) {
        let sku = offer["sku"].clone();
        if random.chance(700) {
            all.created.insert(sku);
        } else {
            let (there, what) = changed(offer, &mut random);
            all.channel.offers.push(there);
            if !what.is_empty() {
                all.changed.insert(sku, what);
            }
        }
        if random.chance(700) {
            let mut more = generated::offer(seed, OFFERS + number, 'Z');
            // a variant of the product before it, or a product of its own
            more.insert("group".into(), if random.chance(5_000) { offer["group"].clone() } else { String::new() });
            more.insert("colour".into(), format!("відтінок {number}"));
            more.insert(SIZE.into(), if offer[SIZE] == NEW_SIZE { String::new() } else { offer[SIZE].clone() });
            all.deleted.insert(more["sku"].clone());
            all.channel.offers.push(more);
        }
    }
    all
}

/// Some products have an option that the channel has not heard of.
fn give_an_option(master: &mut Catalog, random: &mut Random) {
    let mut last = (String::new(), false);
    for offer in &mut master.offers {
        if offer["group"].is_empty() || !offer[SIZE].is_empty() {
            continue;
        }
        if last.0 != offer["group"] {
            last = (offer["group"].clone(), random.chance(5_000));
        }
        if last.1 {
            offer.insert(SIZE.into(), NEW_SIZE.into());
            let attributes = format!("{}‖{SIZE}{PAIR}{NEW_SIZE}", offer["attributes"]);
            offer.insert("attributes".into(), attributes);
        }
    }
}

const NEW_SIZE: &str = "єдиний";

/// What the channel has of an offer.
fn changed(offer: &Offer, random: &mut Random) -> (Offer, BTreeSet<What>) {
    let (mut there, mut what) = (offer.clone(), BTreeSet::new());
    if offer[SIZE] == NEW_SIZE {
        there.insert(SIZE.into(), String::new());
        let attributes = offer["attributes"].replace(&format!("‖{SIZE}{PAIR}{NEW_SIZE}"), "");
        there.insert("attributes".into(), attributes);
        what.insert(What::Option);
    }
    if random.chance(1_500) {
        let price: Decimal = offer["price"].parse().unwrap();
        let less = price - Decimal::from(1 + random.below(25));
        there.insert("price".into(), less.to_string());
        what.insert(What::Price);
    }
    if random.chance(1_500) {
        what.extend(change_stock(&mut there, random));
    }
    if random.chance(800) {
        for column in ["description.uk", "description.ru"] {
            there.insert(column.into(), format!("<p>раніше</p>{}", offer[column]));
        }
        what.insert(What::Text);
    }
    if !offer["colour"].is_empty() && random.chance(800) {
        let (before, after) =
            (format!("Колір{PAIR}{}", offer["colour"]), format!("Колір{PAIR}колишній {}", offer["sku"]));
        there.insert("attributes".into(), offer_attributes(&there, &before, &after));
        there.insert("colour".into(), format!("колишній {}", offer["sku"]));
        what.insert(What::Colour);
    }
    (there, what)
}

fn offer_attributes(offer: &Offer, before: &str, after: &str) -> String {
    assert!(offer["attributes"].contains(before), "{offer:?}");
    offer["attributes"].replace(before, after)
}

/// Another number of pieces; in one of four cases the sale begins or ends with it.
fn change_stock(there: &mut Offer, random: &mut Random) -> Vec<What> {
    let before = pieces(there);
    let after = match (random.chance(2_500), before) {
        (_, 0) => 1 + random.below(30),
        (true, _) => 0,
        (false, _) => before + 1 + random.below(9),
    };
    there.insert("stock.kyiv".into(), after.to_string());
    if (before == 0) == (after == 0) { vec![What::Stock] } else { vec![What::Stock, What::Sale] }
}

fn pieces(offer: &Offer) -> u64 {
    ["stock.kyiv", "stock.odesa"].iter().map(|column| offer[*column].parse::<u64>().unwrap()).sum()
}
