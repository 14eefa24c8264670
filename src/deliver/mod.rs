//! Handing feeds over. A feed is complete where it is going before anybody can see it.

pub mod file;
mod parts;
pub mod spool;
pub mod words;
