//! Amounts as people and programs write them, read exactly or not at all: text to
//! decimal to text, never through a float, never by a silent guess.
//!
//! # Which mark is the decimal one
//!
//! A number has at most one decimal mark, a point or a comma. Its whole part may be grouped in
//! threes by the other mark, by a blank (plain, no-break, narrow, thin) or by an apostrophe; one
//! number groups by one mark only, and a group never follows a leading zero.
//!
//! * **A declared style** decides everything. `1,234` is 1234 in the point style and 1.234 in the
//!   comma style; a spelling that does not fit (`1,5` in the point style) is refused.
//! * **Without one** a spelling counts only if it can be read in one way: both marks are there
//!   (`1,234.50`), one of them stands twice (`1.234.567`), blanks group (`1 234,5`), the digits
//!   after a single mark are not three (`1299,90`), or those before it are none, more than three,
//!   or begin with a zero (`.5`, `1234.567`, `0,125`).
//! * What is left is **ambiguous**: one mark with one to three digits before it and exactly three
//!   behind (`12.345`, `1,234`). Where the file's other numbers have shown the point style
//!   (`1299.90` beside it), `12.345` is a decimal: weights in three places are what programs
//!   write. A comma never gets that benefit: `1,234` stays ambiguous until the style is declared,
//!   whatever its neighbours show, for both habits meet in files edited by hand.
//!
//! A currency or a unit may stand on either side (`1 299,90 грн`, `UAH 12.50`, `2.5 kg`, `-$5`).
//! `NaN`, `inf`, `по запросу` are no numbers; `1.2E+11` is refused with a reason of its own, since
//! a spreadsheet has eaten the digits; more digits than a decimal holds exactly (28) are refused.

mod reading;
mod spelling;
mod words;

use std::fmt;

use rust_decimal::Decimal;

use super::Unit;

pub use reading::{looks_eaten, plain, read};
pub use spelling::{spell, spell_money};
pub use words::{currency_word, unit_word};

/// Which mark stands before the decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DecimalStyle {
    /// `1234.50`, grouped as `1,234.50`.
    Point,
    /// `1234,50`, grouped as `1.234,50`.
    Comma,
}

impl DecimalStyle {
    /// Its name in a config.
    pub fn name(self) -> &'static str {
        match self {
            DecimalStyle::Point => "point",
            DecimalStyle::Comma => "comma",
        }
    }

    /// The style of this name.
    pub fn named(name: &str) -> Option<DecimalStyle> {
        [DecimalStyle::Point, DecimalStyle::Comma].into_iter().find(|style| style.name() == name)
    }
}

/// What is known of the way a file writes its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Marks {
    /// The merchant has declared the style.
    Declared(DecimalStyle),
    /// Other numbers of the file have shown it, and none has shown the other.
    Seen(DecimalStyle),
    /// Nothing is known, or both styles were seen.
    #[default]
    Unknown,
}

/// An exact number that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// The number.
    pub value: Decimal,
    /// The currency or unit beside it; [`Unit::NONE`] where none stood there.
    pub unit: Unit,
    /// The style that this spelling proves by itself, whatever is known of the file.
    pub proves: Option<DecimalStyle>,
}

/// Why a text is no amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotAnAmount {
    /// Nothing stands there.
    Blank,
    /// No number, or digits that are no number (`1.2.3`, `12 34`, `по запросу`).
    NoNumber,
    /// A number in exponent notation, `1.2E+11`: digits are lost.
    Exponent,
    /// It can be read in two ways.
    Ambiguous {
        /// With the mark before decimals.
        decimal: Decimal,
        /// With the mark between thousands.
        grouped: Decimal,
        /// Which style makes the first of the two.
        style: DecimalStyle,
        /// The style that other numbers of the file show.
        seen: Option<DecimalStyle>,
    },
    /// A mark stands where the declared style has none.
    AgainstStyle(DecimalStyle),
    /// The word beside the number is no currency and no unit that is known.
    UnknownWord(String),
    /// More digits than can be held exactly.
    TooLong,
}

impl fmt::Display for NotAnAmount {
    /// What is wrong, to stand behind the quoted text: `«12 34» is not a number`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotAnAmount::Blank => formatter.write_str("is blank"),
            NotAnAmount::NoNumber => formatter.write_str("is not a number"),
            NotAnAmount::Exponent => formatter.write_str("is in exponent notation: a spreadsheet has dropped digits"),
            NotAnAmount::Ambiguous { decimal, grouped, style, seen } => {
                let (decimal, grouped, other) = (spell(*decimal), spell(*grouped), style.other().name());
                write!(formatter, "is {decimal} with `decimal: {}`, {grouped} with `decimal: {other}`", style.name())?;
                match seen {
                    Some(seen) => write!(formatter, ", where other numbers of the file have a decimal {}", seen.name()),
                    None => Ok(()),
                }
            }
            NotAnAmount::AgainstStyle(style) => {
                write!(formatter, "does not fit `decimal: {}`, which the config says", style.name())
            }
            NotAnAmount::UnknownWord(word) => {
                write!(formatter, "is not a number: «{word}» is no known currency or unit")
            }
            NotAnAmount::TooLong => formatter.write_str("has more digits than can be held exactly (28)"),
        }
    }
}

#[cfg(test)]
mod tests;
