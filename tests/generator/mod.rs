//! Catalogs of any size from a seed, in flat memory, with the channel's side of
//! them and the exact list of what a diff must find. Everything here is invented.
//!
//! The same recipe gives the same bytes on every machine.

#![allow(dead_code, unused_imports, reason = "each test and each bench uses a part of it")]

pub mod categories;
pub mod damage;
pub mod export;
pub mod fate;
pub mod further;
mod listing;
pub mod master;
pub mod objects;
pub mod offer;
mod prose;
pub mod random;
mod sentences;
pub mod shop;
mod words;

pub use damage::damage;
pub use export::{Dialect, ExportStyle, Order, TextStyle};
pub use fate::{Counts, Field, Mutation, Truth};
pub use master::MasterStyle;
pub use random::Random;

/// A catalog and what has become of it on the channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recipe {
    pub seed: u64,
    pub offers: u64,
    pub mutation: Mutation,
}

impl Recipe {
    /// A catalog whose channel has exactly what the master says.
    pub fn new(seed: u64, offers: u64) -> Self {
        Recipe { seed, offers, mutation: Mutation::NONE }
    }

    /// The same catalog with another fate on the channel.
    pub fn mutated(self, mutation: Mutation) -> Self {
        Recipe { mutation, ..self }
    }
}

/// What chance is asked about, so that no two questions share their numbers.
mod topic {
    pub const SPLIT: u64 = 1;
    pub const PRODUCT: u64 = 2;
    pub const OFFER: u64 = 3;
    pub const FATE: u64 = 4;
    pub const ADDED: u64 = 5;
    pub const MUTATION: u64 = 6;
    pub const SPELLING: u64 = 7;
    pub const DAMAGE: u64 = 8;
}
