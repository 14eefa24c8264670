//! What is wrong with a SKU by itself, and the two hashes by which SKUs are compared at
//! the end: of the text, and of what a person sees of it.

use super::offer::sku_hash;
use super::trouble::Why;
use crate::finding::Known;
use crate::model::amount::looks_eaten;
use crate::model::text::{latin_letter, mixes_alphabets};

/// SKUs up to so many bytes are folded without an allocation.
const SHORT: usize = 64;

/// One SKU of the master, for comparing at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SkuMark {
    /// The hash of what a person sees: without case, blanks and alphabets.
    pub(super) look: u64,
    /// The hash of the text.
    pub(super) exact: u64,
    /// Where its record begins.
    pub(super) offset: u64,
}

impl SkuMark {
    /// The mark of a SKU with this hash.
    pub(super) fn new(sku: &str, exact: u64, offset: u64) -> Self {
        SkuMark { look: look_hash(sku), exact, offset }
    }
}

/// What is wrong with a SKU that is not blank.
pub(super) fn troubles(sku: &str, mut trouble: impl FnMut(Known, Why)) {
    if sku.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return;
    }
    if sku.trim().chars().any(char::is_control) {
        trouble(Known::SkuControl, Why::ControlInSku);
    }
    if sku.trim() != sku {
        trouble(Known::SkuBlanks, Why::BlanksInSku);
    }
    if let Some(why) = spoiled(sku.trim()) {
        trouble(Known::SkuEaten, why);
    }
    if !sku.is_ascii() && mixes_alphabets(sku) {
        trouble(Known::SkuLetters, Why::MixedSku);
    }
}

/// Months as spreadsheets shorten them, in the languages of the shops that this is for.
const MONTHS: [&str; 36] = [
    "січ", "лют", "бер", "кві", "тра", "чер", "лип", "сер", "вер", "жов", "лис", "гру", "янв", "фев", "мар", "апр",
    "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug",
    "sep", "oct", "nov", "dec",
];

/// What a spreadsheet has made of a SKU, where it shows.
fn spoiled(sku: &str) -> Option<Why> {
    if looks_eaten(sku) {
        return Some(Why::Eaten);
    }
    if is_date(sku) {
        return Some(Why::BecameDate);
    }
    let rest = sku.strip_prefix('#')?;
    let is_error =
        rest.ends_with(['!', '?']) || ["N/A", "Н/Д"].contains(&rest) || rest.bytes().all(|byte| byte == b'#');
    is_error.then_some(Why::SheetError)
}

/// Whether a text is a date as only a spreadsheet writes it: `01.лют`, `Mar-02`, `2026-03-01 00:00:00`.
fn is_date(sku: &str) -> bool {
    let is_day = |text: &str| matches!(text.parse::<u8>(), Ok(1..=31)) && text.len() <= 2;
    let is_month = |text: &str| {
        let text = text.trim_end_matches('.').to_lowercase();
        MONTHS.contains(&text.as_str()) && text.chars().count() == 3
    };
    let at_midnight = |text: &str| {
        let day = text.strip_suffix("00:00:00").and_then(|day| day.strip_suffix([' ', 'T']));
        day.is_some_and(|day| day.parse::<jiff::civil::Date>().is_ok())
    };
    let parts = sku.split_once(['.', '-', '/', ' ']);
    parts.is_some_and(|(one, other)| is_day(one) && is_month(other) || is_day(other) && is_month(one))
        || at_midnight(sku)
}

/// What a person sees of a SKU, hashed.
fn look_hash(sku: &str) -> u64 {
    let mut short = [0; SHORT];
    if !sku.is_ascii() || sku.len() > SHORT {
        return sku_hash(&look(sku));
    }
    let mut length = 0;
    let seen = sku.bytes().filter(|byte| !byte.is_ascii_whitespace());
    for (place, byte) in short.iter_mut().zip(seen) {
        *place = byte.to_ascii_lowercase();
        length += 1;
    }
    xxhash_rust::xxh3::xxh3_64(short.get(..length).unwrap_or(&short))
}

/// A SKU in lower case, without blanks, in Latin letters wherever others look like them.
pub(super) fn look(sku: &str) -> String {
    let seen =
        sku.chars().filter(|letter| !letter.is_whitespace() && !matches!(letter, '\u{200B}'..='\u{200D}' | '\u{FEFF}'));
    // in capitals more letters look alike: т is no t, Т is a T
    seen.flat_map(char::to_uppercase).map(latin_letter).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(sku: &str) -> Vec<Known> {
        let mut codes = Vec::new();
        troubles(sku, |code, _| codes.push(code));
        codes
    }

    #[test]
    fn what_looks_the_same_has_one_look() {
        for (one, other) in [
            ("KT1182", "kt1182"),
            ("KT1182", "КТ1182"),
            ("KT1182", "кт 1182"),
            ("KT 1182", "KT1182 "),
            ("KT1182", "KT1182\u{a0}"),
            ("Ноотбук-1", "HOOTбук-1"),
            ("KT1182", "KT\u{200B}1182"),
        ] {
            assert_eq!(look_hash(one), look_hash(other), "«{one}» «{other}»");
            assert_ne!(sku_hash(one), sku_hash(other));
        }
        for (one, other) in [("KT1182", "KT1183"), ("A-1", "A1"), ("ЖТ1", "KT1"), ("0", "O")] {
            assert_ne!(look_hash(one), look_hash(other), "«{one}» «{other}»");
        }
        let long = "k".repeat(100);
        assert_eq!(look_hash(&long), look_hash(&long.to_uppercase()));
        let limit = "k".repeat(64);
        assert_eq!(look_hash(&limit), look_hash(&limit.to_uppercase()));
    }

    #[test]
    fn troubles_of_a_sku() {
        assert_eq!(found("KT-1182/1"), []);
        assert_eq!(found("00123"), []);
        assert_eq!(found("Артикул 5"), []);
        assert_eq!(found("KT1182 "), [Known::SkuBlanks]);
        assert_eq!(found("KT\u{7}1182"), [Known::SkuControl]);
        assert_eq!(found("KT\n1182"), [Known::SkuControl]);
        assert_eq!(found("1.2E+11"), [Known::SkuEaten]);
        assert_eq!(found("1,2E+11"), [Known::SkuEaten]);
        for spoiled in ["01.лют", "1-Feb", "Mar-02", "2026-03-01 00:00:00", "#REF!", "#Н/Д", "####"] {
            assert_eq!(found(spoiled), [Known::SkuEaten], "{spoiled}");
        }
        for whole in ["01.02", "12-Kit", "#12", "May-be", "2026-03-01", "40-Mar", "A#REF!"] {
            assert_eq!(found(whole), [], "{whole}");
        }
        assert_eq!(found("4E10"), []);
        assert_eq!(found("KТ1182"), [Known::SkuLetters]);
    }
}
