//! Channels as data: reading a description, compiling it, and carrying listings
//! between an offer's words and a document's.

mod amounts;
pub mod back;
pub mod category_list;
pub mod codes;
mod compared;
pub mod compile;
pub mod demand;
pub mod description;
mod examples;
pub mod join;
pub mod load;
mod moments;
pub mod names;
pub mod path;
pub mod pattern;
pub mod plan;
pub mod project;
pub mod read;
pub mod registry;
pub mod roles;
mod rows_in_text;
pub mod screen;
pub mod settings;
pub mod shape;
pub mod spelling;
pub mod table_form;
pub mod texts;
pub mod unasked;
pub mod within_cell;
pub mod write;
pub mod zones;

pub use description::{Absent, Description};
pub use load::load;
