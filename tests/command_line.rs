//! The whole command line, run in a world of its own. `OFFERSYNC_BLESS=1 cargo test --test command_line`
//! writes the expected texts anew.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop where a case cannot be read"
)]

#[path = "command_line/addresses.rs"]
mod addresses;
#[path = "command_line/channels.rs"]
mod channels;
#[path = "command_line/effective.rs"]
mod effective;
#[path = "command_line/explain.rs"]
mod explain;
#[path = "command_line/golden.rs"]
mod golden;
#[path = "command_line/help.rs"]
mod help;
#[path = "command_line/init.rs"]
mod init;
#[path = "command_line/runs.rs"]
mod runs;
#[path = "command_line/schema.rs"]
mod schema;
#[path = "command_line/shells.rs"]
mod shells;
#[path = "command_line/world.rs"]
mod world;
