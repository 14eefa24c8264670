//! All keys that descriptions have, map by map: what the loader takes and what the documents
//! have to explain are one table.

use super::{KEYS, advice, among, demand, field, gather, listing_rule, row, rule, shape, source, spelling, top};
use crate::wire::yaml::Key;

/// The keys of one kind of map.
#[derive(Debug, Clone, Copy)]
pub struct KeyTable {
    /// What the map is.
    pub of: &'static str,
    /// Its keys, those of later versions among them.
    pub keys: &'static [Key],
}

const fn table(of: &'static str, keys: &'static [Key]) -> KeyTable {
    KeyTable { of, keys }
}

/// The keys of a field and of a rule come from several tables; keys that only stand within a value have one too.
pub const KEY_TABLES: [KeyTable; 20] = [
    table("a channel", &KEYS),
    table("`checked`", &top::CHECKED_KEYS),
    table("a setting", &top::SETTING_KEYS),
    table("a lookup", &top::LOOKUP_KEYS),
    table("a source", &source::KEYS),
    table("a field", &field::OWN_KEYS),
    table("a spelling", &spelling::KEYS),
    table("a test", &rule::TESTS),
    table("a rule", &rule::MANNERS),
    table("where a rule counts", &[rule::WITHIN, rule::UNIT]),
    table("rules of a field", &[rule::RULES]),
    table("`unique`", &demand::UNIQUE_KEYS),
    table("`within`", &among::WITHIN_KEYS),
    table("a test over several fields", &listing_rule::TESTS),
    table("a shape", &shape::KEYS),
    table("a shape, further", &shape::MORE_KEYS),
    table("`advise`", &advice::KEYS),
    table("`listings`", &shape::LISTINGS_KEYS),
    table("`gather` of lines", &gather::LINES_KEYS),
    table("a row", &row::OWN_KEYS),
];
