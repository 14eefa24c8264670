//! The table of codes: what each finding means, why it matters and how it is
//! mended. Codes of the catalog stand here; those of a channel come from its
//! description and join them at load.

use super::{Severity, fixed_codes};

/// A code of the program's own, known before any channel is loaded.
#[derive(Debug, Clone, Copy)]
pub struct FixedCode {
    /// Its name in the code; stands at its own number in [`fixed_codes`].
    pub known: Known,
    /// `catalog/sku-equal`.
    pub id: &'static str,
    /// How bad it is unless the config says otherwise.
    pub severity: Severity,
    /// What is wrong, as the headline of a finding.
    pub what: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// An example, wrong → right.
    pub example: &'static str,
    /// What to do.
    pub fix: &'static str,
}

/// A code with all its texts, whether it is ours or a channel's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// `rozetka/name-unique`.
    pub id: String,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, as the headline of a finding.
    pub what: String,
    /// Why it matters; empty where there is no more to say.
    pub why: String,
    /// An example, wrong → right; may be empty.
    pub example: String,
    /// What to do; may be empty.
    pub fix: String,
    /// Where the fact comes from: a page of the channel's manual; empty for our own.
    pub source: String,
    /// The field that it speaks of, `name`; empty where it speaks of several or of none.
    pub field: String,
}

/// A code's number in [`Codes`]: what travels in the stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CodeNo(pub u16);

impl CodeNo {
    /// The number of a code that cannot be said.
    pub const NONE: CodeNo = CodeNo(u16::MAX);
}

/// All codes of one run, by number.
#[derive(Debug, Clone, Default)]
pub struct Codes {
    list: Vec<Code>,
}

/// The codes of our own, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u16)]
pub enum Known {
    /// Two records with one SKU.
    SkuEqual,
    /// A GTIN whose last digit does not follow from the others.
    GtinCheck,
    /// A GTIN of an impossible length, or not of digits.
    GtinLength,
    /// A GTIN from a range for a company's own use.
    GtinRestricted,
    /// A price of zero or less.
    PriceZero,
    /// An amount that cannot be meant.
    PriceAbsurd,
    /// An amount that names another currency than its offer.
    Currency,
    /// A stock below zero.
    StockNegative,
    /// An old price that is not above the price.
    OldPrice,
    /// An address that is none.
    Address,
    /// Characters that no feed may carry.
    Unwritable,
    /// A text that is a CDATA section, markup and all.
    SectionAsText,
    /// An offer whose record itself is wrong.
    Faulty,
    /// A record without a SKU.
    SkuBlank,
    /// A SKU that a spreadsheet has turned into a number.
    SkuEaten,
    /// A SKU with a line break or another control character in it.
    SkuControl,
    /// A SKU with blanks at its ends.
    SkuBlanks,
    /// SKUs that differ only in what nobody sees.
    SkuLike,
    /// A SKU of Latin and Cyrillic letters.
    SkuLetters,
    /// A price or a stock that is no number.
    Number,
    /// A number that can be read in two ways.
    NumberAmbiguous,
    /// A number that a spreadsheet has rounded.
    NumberEaten,
    /// A number with the other decimal mark than its neighbours.
    NumberMixed,
    /// A count that is not whole.
    CountFraction,
    /// A property of the goods that is not what its field holds.
    Detail,
    /// A date that is none.
    Date,
    /// A word that is none of those that the field knows.
    Choice,
    /// A GTIN that a spreadsheet has turned into a number.
    GtinEaten,
    /// A pair without its separator.
    Pair,
    /// Attributes in two languages that do not go together.
    Translation,
    /// A pair without a value.
    PairBlank,
    /// Several addresses in a cell that is not split.
    ListUnsplit,
    /// Characters that were lost before.
    Replacement,
    /// A category that the tree does not have.
    CategoryUnknown,
    /// A category with two paths.
    CategoryPaths,
    /// A last record without a line break.
    NoFinalNewline,
    /// A list or an object where a single value belongs.
    Form,
    /// A SKU that is a number in the file.
    SkuNumber,
    /// A key that the config maps and no object has.
    KeyAbsent,
    /// A listing without a key.
    KeyMissing,
    /// Two listings with one key.
    KeyEqual,
    /// A CDATA section that was escaped along with its text.
    EscapedCData,
    /// A row of a table with a blank key.
    RowKey,
    /// A row in a cell has more parts than its header names.
    RowParts,
    /// Elements where a text belongs.
    Markup,
    /// A name with Cyrillic letters that looks like one that the channel knows.
    LooksAlike,
    /// A listing outside of the place where listings stand.
    ListingPlace,
    /// Nodes that the channel's description does not know.
    Strange,
    /// A row of an export that is no listing of its own.
    RowAside,
    /// A listing of an export that is the master stands in several categories.
    FurtherPlaces,
}

impl From<Known> for CodeNo {
    fn from(known: Known) -> Self {
        CodeNo(known as u16)
    }
}

impl Codes {
    /// The program's own codes.
    pub fn new() -> Self {
        let list = fixed_codes()
            .map(|fixed| Code {
                id: fixed.id.into(),
                severity: fixed.severity,
                what: fixed.what.into(),
                why: fixed.why.into(),
                example: fixed.example.into(),
                fix: fixed.fix.into(),
                source: String::new(),
                field: String::new(),
            })
            .collect();
        Codes { list }
    }

    /// Adds a channel's code and gives its number.
    pub fn add(&mut self, code: Code) -> CodeNo {
        let number = CodeNo(u16::try_from(self.list.len()).unwrap_or(u16::MAX));
        self.list.push(code);
        number
    }

    /// Says something else to do about a code.
    pub fn put_fix(&mut self, number: CodeNo, fix: &str) {
        if let Some(code) = self.list.get_mut(usize::from(number.0)) {
            code.fix = fix.to_owned();
        }
    }

    /// The code of a number.
    pub fn get(&self, number: CodeNo) -> Option<&Code> {
        self.list.get(usize::from(number.0))
    }

    /// The number of an id; for codes of our own, which stand in [`fixed_codes`].
    pub fn number(&self, id: &str) -> Option<CodeNo> {
        let position = self.list.iter().position(|code| code.id == id)?;
        u16::try_from(position).ok().map(CodeNo)
    }

    /// All codes, in the order of their numbers.
    pub fn into_list(self) -> Vec<Code> {
        self.list
    }

    /// All codes with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (CodeNo, &Code)> {
        self.list.iter().enumerate().filter_map(|(number, code)| Some((CodeNo(u16::try_from(number).ok()?), code)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_our_own_stands_at_its_number() {
        for (number, code) in fixed_codes().enumerate() {
            assert_eq!(usize::from(CodeNo::from(code.known).0), number, "{}", code.id);
            assert!(!code.what.is_empty() && !code.fix.is_empty(), "{}", code.id);
        }
        let mut ids: Vec<_> = fixed_codes().map(|code| code.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), fixed_codes().count(), "codes are unique");
    }
}
