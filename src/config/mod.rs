//! The merchant's wishes: `offersync.yaml`, read with all its problems at once,
//! before anything else is opened.

mod amount;
mod channels;
pub mod codes;
pub mod discover;
pub mod draft;
mod fields;
mod files;
pub mod guards;
pub mod keys;
mod language;
pub mod load;
pub mod mask;
mod master;
mod network;
pub mod paths;
pub mod schema;
pub mod secret;
mod severity;
mod shop;
pub mod snippet;

pub use draft::Draft;
pub use guards::{Allowing, GUARD_NAMES, Guards, Limit, PriceMove};
pub use load::{LoadError, Surroundings, draft, load, read};
pub use paths::{Export, FilePath};
pub use schema::{
    ChannelConfig, Config, Invalid, MasterConfig, SettingGiven, SettingValue, SeveritySet, Shop, Uses, Written,
};
pub use snippet::Look;
