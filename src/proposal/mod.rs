//! A config proposed for a master that nobody has mapped yet: which column is which field, how sure that is and
//! why. What would cost the merchant something if it were wrong, a price or a key, is called sure only where header
//! and values both say so and nothing speaks against it.

mod attributes;
mod choose;
mod column;
mod currency;
mod exported;
mod fields;
mod key;
mod language;
mod money;
mod prices;
mod properties;
mod publish;
mod stock;
mod unused;
mod values;
mod words;
mod write;

pub use choose::{Mapped, Proposal, propose};
pub use exported::of_export;
pub use properties::Property;
pub use publish::Published;
pub use write::{Draft, Reading, Sold, text};

/// Whether a text is what columns are called.
pub fn is_name(text: &str) -> bool {
    words::is_name(text)
}

/// How sure it is that a column is a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// Something speaks for it, and something may speak against it: a person has to look.
    Guess,
    /// The header or the values say so.
    Likely,
    /// Header and values say so, and nothing speaks against it.
    Sure,
}

impl Certainty {
    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            Certainty::Guess => "guess",
            Certainty::Likely => "likely",
            Certainty::Sure => "sure",
        }
    }
}
