//! The map of the house. Rooms stand on floors; each uses only the floors below it
//! (`tests/floors.rs` holds them to it). The one way through, and the words used on it,
//! are in `ARCHITECTURE.md`.
//!
//! The library does not print, read the environment, look at the clock or exit:
//! values come in, values go out, and the binary decides how they look.

// floor 0
pub mod finding;
pub mod model;
// floor 1
pub mod expression;
pub mod wire;
// floor 2
pub mod channel;
pub mod source;
// floor 3
pub mod config;
// floor 4
pub mod check;
pub mod plan;
pub mod proposal;
// floor 5
pub mod deliver;
// floor 6
pub mod engine;
// floor 7
pub mod report;
// floor 8
pub mod cli;
