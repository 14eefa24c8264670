//! What has become of each offer on the channel, and so what a diff must find.

use std::collections::BTreeMap;

use super::offer::Offer;
use super::random::Random;
use super::{Recipe, topic};

/// How much of the channel differs from the master, in shares of ten thousand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mutation {
    pub seed: u64,
    /// Another price.
    pub price: u32,
    /// Other words in a description.
    pub description: u32,
    /// Another number of pieces.
    pub stock: u32,
    /// Listings that the master does not have, beside this share of its offers.
    pub added: u32,
    /// Offers that the channel does not have.
    pub removed: u32,
}

impl Mutation {
    /// The channel has exactly what the master says.
    pub const NONE: Mutation = Mutation { seed: 0, price: 0, description: 0, stock: 0, added: 0, removed: 0 };

    /// A common night: much stock, some prices, few texts, a little coming and going.
    pub const NIGHT: Mutation =
        Mutation { seed: 7, price: 800, description: 200, stock: 1_500, added: 50, removed: 100 };
}

/// A field that a listing can have otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    Price,
    /// The text in the shop's second language, which stands in the base tag.
    Description,
    /// The text in Ukrainian.
    DescriptionUa,
    Stock,
    Available,
}

/// What the channel has of one offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Nothing.
    Removed,
    /// A listing, with another price, another description, another stock.
    Kept { price: bool, description: Option<Field>, stock: bool },
}

/// How many listings of each fate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub create: u64,
    pub delete: u64,
    pub update: u64,
    pub same: u64,
    /// Updates by field.
    pub price: u64,
    pub description: u64,
    pub stock: u64,
    /// Updates that begin or end the sale.
    pub crossings: u64,
}

/// What a diff must find, by key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Truth {
    /// In the master, not on the channel.
    pub create: Vec<String>,
    /// On the channel, not in the master.
    pub delete: Vec<String>,
    /// On both sides, with the fields that differ.
    pub update: BTreeMap<String, Vec<Field>>,
    /// Of those, the ones that come into stock (`true`) or go out of it.
    pub crossings: BTreeMap<String, bool>,
    pub counts: Counts,
}

impl Recipe {
    /// What the channel has of the offer of this number.
    pub fn fate(&self, index: u64) -> Fate {
        let mutation = &self.mutation;
        let mut random = Random::of(mutation.seed, topic::FATE, index);
        if random.chance(mutation.removed) {
            return Fate::Removed;
        }
        let price = random.chance(mutation.price);
        let stock = random.chance(mutation.stock);
        let in_which = random.pick(&[Field::Description, Field::DescriptionUa]);
        Fate::Kept { price, description: random.chance(mutation.description).then_some(in_which), stock }
    }

    /// Whether a listing that the master does not have stands behind the offer of this number.
    pub fn is_followed_by_added(&self, index: u64) -> bool {
        Random::of(self.mutation.seed, topic::ADDED, index).chance(self.mutation.added)
    }

    /// Makes an offer into what the channel has of it, and says in which fields that differs.
    pub(super) fn mutate(&self, offer: &mut Offer, index: u64, fate: Fate) -> Vec<Field> {
        let Fate::Kept { price, description, stock } = fate else { return Vec::new() };
        let mut random = Random::of(self.mutation.seed, topic::MUTATION, index);
        let mut fields = Vec::new();
        if price {
            // between -25 % and -1 %, so that an old price stays above it
            offer.price -= offer.price * (1 + random.below(25)) / 100;
            fields.push(Field::Price);
        }
        if let Some(field) = description {
            let text = &mut offer.description[usize::from(field == Field::Description)];
            text.insert_str("<p>".len(), if random.chance(5_000) { "раніше " } else { "<b>НОВИНКА</b> " });
            fields.push(field);
        }
        if stock {
            fields.extend(change_stock(offer, &mut random));
        }
        fields
    }

    /// All that a diff must find, counted; nothing is kept.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        self.walk(|_, _, key_fate| counts.add(&key_fate));
        counts
    }

    /// All that a diff must find, by key. Grows with the catalog.
    pub fn truth(&self) -> Truth {
        let mut truth = Truth::default();
        self.walk(|offer, was_there, found| {
            truth.counts.add(&found);
            match found {
                Found::Create => truth.create.push(offer.sku.clone()),
                Found::Delete => truth.delete.push(offer.sku.clone()),
                Found::Same => {}
                Found::Update(fields) => {
                    if fields.contains(&Field::Available) {
                        truth.crossings.insert(offer.sku.clone(), was_there == 0);
                    }
                    truth.update.insert(offer.sku.clone(), fields);
                }
            }
        });
        truth
    }

    /// Tells of every key: the master's offer (or the channel's own), the pieces on the channel, what a diff finds.
    fn walk(&self, mut tell: impl FnMut(&Offer, u64, Found)) {
        let mut offer = Offer::default();
        for index in 0..self.offers {
            offer.become_nth(self.seed, index, 'S');
            match self.fate(index) {
                Fate::Removed => tell(&offer, 0, Found::Create),
                Fate::Kept { price: false, description: None, stock: false } => tell(&offer, 0, Found::Same),
                fate => {
                    let fields = self.mutate(&mut offer, index, fate);
                    tell(&offer, offer.pieces(), Found::Update(fields));
                }
            }
            if self.is_followed_by_added(index) {
                offer.become_nth(self.seed, self.offers + index, 'Z');
                tell(&offer, 0, Found::Delete);
            }
        }
    }
}

/// What a diff finds of one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    Create,
    Delete,
    Update(Vec<Field>),
    Same,
}

impl Counts {
    pub(super) fn add(&mut self, found: &Found) {
        match found {
            Found::Create => self.create += 1,
            Found::Delete => self.delete += 1,
            Found::Same => self.same += 1,
            Found::Update(fields) => {
                self.update += 1;
                for field in fields {
                    match field {
                        Field::Price => self.price += 1,
                        Field::Description | Field::DescriptionUa => self.description += 1,
                        Field::Stock => self.stock += 1,
                        Field::Available => self.crossings += 1,
                    }
                }
            }
        }
    }
}

/// Another number of pieces; in one of five cases the sale ends or begins with it.
fn change_stock(offer: &mut Offer, random: &mut Random) -> Vec<Field> {
    let before = offer.pieces();
    let after = if random.chance(2_000) {
        if before == 0 { 1 + random.below(30) } else { 0 }
    } else {
        before + 1 + random.below(9)
    };
    offer.stock = [after, 0, 0];
    if (before == 0) == (after == 0) { vec![Field::Stock] } else { vec![Field::Stock, Field::Available] }
}
