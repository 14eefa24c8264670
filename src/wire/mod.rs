//! Bytes on one side; rows, tokens and trees on the other. A room for each
//! notation, with a strict reader and an exact writer.

pub mod blocks;
pub mod digest;
pub mod encoding;
pub mod fetch;
pub mod input;
pub mod json;
mod scan;
pub mod table;
mod wording;
pub mod xml;
pub mod yaml;

pub use digest::Digest;
