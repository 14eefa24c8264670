//! The one way through, stopped at four places; what it found out is an [`Outcome`].

mod asked;
mod assemble;
pub mod category_lists;
mod channels;
mod declared;
mod difference;
mod document;
mod equal;
mod existing;
mod exported;
mod feed;
mod found;
mod left_out;
mod lookups;
pub mod outcome;
pub mod pipeline;
mod prepare;
mod products;
pub mod progress;
mod remedies;
mod render;
pub mod request;
mod rows_before;
mod setting_keys;
mod setting_kinds;
pub mod sku;
mod survey;
mod surveyed;
mod target;
pub mod threads;

pub use outcome::Outcome;
pub use pipeline::run;
pub use progress::{Progress, Silent};
pub use request::{Allow, Feeds, Request, Stop, StopAfter};
pub use sku::SkuPattern;
pub use threads::Threads;
