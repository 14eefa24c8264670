//! One record of the master as an offer: borrowed from its block, gone with it.

use bumpalo::Bump;

use crate::finding::Known;
use crate::model::Value;

/// Where a record stands in the master's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RecordPlace {
    /// Where it begins, in bytes.
    pub offset: u64,
    /// How long it is, without its line break.
    pub len: u32,
    /// Whether its texts may hold what no feed may carry: characters, or a CDATA section, markup and all.
    pub unclean: bool,
}

/// An offer.
#[derive(Debug, Clone, Copy)]
pub struct Offer<'b> {
    /// Where its record stands.
    pub place: RecordPlace,
    /// Its SKU, as it stands in the file; empty where there is none.
    pub sku: &'b str,
    /// The SKU's hash, as in [`super::EqualSkus`].
    pub sku_hash: u64,
    /// What it says, in the order of [`super::Master::said`].
    pub values: &'b [Value<'b>],
    /// Why it may go to no channel, where its record is as wrong as that: the SKU cannot be one, or a
    /// price, a stock or the like cannot be read.
    pub fault: Option<Known>,
}

/// The offers of one block of the master.
#[derive(Debug, Clone, Copy)]
pub struct OfferBlock<'b> {
    /// The offers, in the order of the file.
    pub offers: &'b [Offer<'b>],
    /// Where whatever is computed from them may live as long as they do.
    pub arena: &'b Bump,
    /// Whether characters may stand in the block that no feed may carry.
    pub odd: bool,
    /// Whether line ends other than LF stand in it.
    pub returns: bool,
    /// Whether a text in it may be a CDATA section, markup and all.
    pub sections: bool,
}

impl OfferBlock<'_> {
    /// How much of the master it is, in bytes.
    pub fn bytes(&self) -> u64 {
        match self.offers {
            [first, .., last] => last.place.offset + u64::from(last.place.len) - first.place.offset,
            [only] => u64::from(only.place.len),
            [] => 0,
        }
    }
}

/// The hash by which SKUs are compared.
pub fn sku_hash(sku: &str) -> u64 {
    xxhash_rust::xxh3::xxh3_64(sku.as_bytes())
}
