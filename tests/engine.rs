//! The engine on real files: what it finds is what is there, whatever order, spelling and number of threads;
//! what it cannot trust it refuses; and where something fails the old feed stays.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop where it fails")]

#[path = "generator/mod.rs"]
mod generator;
#[path = "world/mod.rs"]
mod world;

#[path = "engine/along.rs"]
mod along;
#[path = "engine/cuts.rs"]
mod cuts;
#[path = "engine/exported/mod.rs"]
mod exported;
#[path = "engine/mutations.rs"]
mod mutations;
#[path = "engine/notations.rs"]
mod notations;
#[path = "engine/rows_again.rs"]
mod rows_again;
#[path = "engine/small/mod.rs"]
mod small;
#[path = "engine/truth.rs"]
mod truth;
