//! What everybody here talks about: an offer's closed list of fields, values in
//! their three states, exact amounts and units.

pub mod address;
pub mod amount;
pub mod category;
pub mod figures;
pub mod gtin;
pub mod kind;
pub mod listed;
pub mod markup;
pub mod moment;
pub mod nearest;
pub mod offer;
pub mod remembered;
pub mod text;
pub mod unit;
pub mod value;
pub mod words;

pub use amount::{Amount, DecimalStyle, Marks, NotAnAmount};
pub use category::{Categories, Category, category_id};
pub use kind::Kind;
pub use listed::{listed, shown_of};
pub use nearest::{nearest, suggestion};
pub use offer::{OFFER_FIELDS, OfferField, Said, Suffix};
pub use remembered::{Remembered, RowPlace, TextFrom};
pub use unit::Unit;
pub use value::{Number, Row, Value};
