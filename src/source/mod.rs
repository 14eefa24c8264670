//! The merchant's own files, read into offers: which column says which field, what
//! every cell means exactly, and what is wrong with it.

mod arrange;
mod categories;
mod cell;
mod equal;
mod header;
mod layout;
mod listings;
mod look;
pub mod mapping;
mod master;
mod objects;
mod offer;
mod options;
mod pieces;
mod read;
mod record;
mod sample;
mod sku;
#[cfg(test)]
mod tests;
mod trouble;
mod words;

pub use categories::{category_id, category_levels};
pub use cell::Spot;
pub use equal::EqualSkus;
pub use listings::{Exported, Listings};
pub use look::{Looked, LookedColumn, look};
pub use mapping::{Columns, FieldMapping};
pub use master::{Expected, Master, RecordsAgain};
pub use offer::{Offer, OfferBlock, RecordPlace, sku_hash};
pub use options::{CategoriesFile, HeaderRows, MappingProblem, MasterOptions, Notation, OpenError};
pub use read::Read;
pub use words::is_word_of;
