//! Checking: a channel's rules over its listings, and the catalog's own over offers.
//! It takes no decision but one: whether a listing is valid.

mod broken;
pub mod catalog;
pub mod clean;
pub mod listing;
pub mod settle;
mod test;
mod unasked;
pub mod unique;
pub mod verdicts;

pub use listing::{Checked, check};
pub use unique::{Seen, UniqueSets};
