//! The suite that every channel passes just because it is there: built-in, or described beside an example.
//! `OFFERSYNC_BLESS=1 cargo test --test channels` writes the golden feeds anew: read the change before you commit it.
//! `OFFERSYNC_CHANNEL=NAME` beside it looks at one channel alone.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop where it fails")]

#[path = "channels/cases/mod.rs"]
mod cases;
#[path = "channels/catalog.rs"]
mod catalog;
#[path = "channels/changes/mod.rs"]
mod changes;
#[path = "channels/entries.rs"]
mod entries;
#[path = "channels/generated.rs"]
mod generated;
#[path = "generator/mod.rs"]
mod generator;
#[path = "channels/given_out/mod.rs"]
mod given_out;
#[path = "channels/golden.rs"]
mod golden;
#[path = "channels/hostile.rs"]
mod hostile;
#[path = "channels/limits/mod.rs"]
mod limits;
#[path = "channels/own_exports.rs"]
mod own_exports;
#[path = "channels/registered.rs"]
mod registered;
#[path = "channels/returned.rs"]
mod returned;
#[path = "channels/round_trips.rs"]
mod round_trips;
#[path = "channels/sane.rs"]
mod sane;
#[path = "channels/sheet.rs"]
mod sheet;
#[path = "channels/spellings/mod.rs"]
mod spellings;
#[path = "channels/tree.rs"]
mod tree;
#[path = "world/mod.rs"]
mod world;
