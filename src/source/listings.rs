//! Offers that a channel's export was read as: one object for each, laid out like those of a master in
//! JSON, with places that lead to the listings of the export.

use super::categories::Tree;
use super::master::Master;
use super::objects::{self, is_marked};
use super::{FieldMapping, MasterOptions, Notation, OpenError};
use crate::finding::Refusal;
use crate::model::{Categories, DecimalStyle};
use crate::wire::Digest;
use crate::wire::input::{Input, Spool};

/// Offers on their way into a master.
#[derive(Debug)]
pub struct Listings<'s> {
    spool: Spool<'s>,
    starts: Vec<u64>,
}

/// The document that they were read from.
#[derive(Debug)]
pub struct Exported {
    /// Its text.
    pub input: Input,
    /// The digest of that.
    pub digest: Digest,
    /// The tree of categories that it tells.
    pub categories: Option<Categories>,
    /// Fields that the config takes from what the offers say.
    pub fields: Vec<FieldMapping>,
}

impl<'s> Listings<'s> {
    /// None yet; `shown_as` is the name of the export.
    pub fn begin(shown_as: &'s str) -> Result<Self, Refusal> {
        Ok(Listings { spool: Spool::begin(shown_as)?, starts: Vec::new() })
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// Adds an offer, an object in a line of JSON, from the listing at this place of the export.
    pub fn add(&mut self, input: &Input, offset: u64, line: &str) -> Result<(), Refusal> {
        if is_marked(line) {
            let what = "a text of this listing holds a code point of U+FDD0 to U+FDD4, which is no character";
            return Err(input.refusal_at(offset, what, "remove it where the file is made"));
        }
        self.starts.push(offset);
        self.spool.add(line)
    }

    /// The master that they make. Texts that name no language are in this one.
    pub fn master(self, exported: Exported, language: &str) -> Result<Master, OpenError> {
        let Exported { input, digest, categories, fields } = exported;
        let mut options = MasterOptions::new("", input.shown_as());
        options.notation = Notation::JsonLines;
        options.decimal = Some(DecimalStyle::Point);
        options.language = language.to_owned();
        options.fields = fields;
        let tree = categories.map(|categories| Tree::new(categories, Vec::new()));
        let seen = |_: &_, _: &_| Default::default();
        let mut opened = objects::open(&self.spool.done()?, &options, tree.is_some(), seen, Some(digest))?;
        opened.laid.of_listings(&self.starts);
        Ok(Master::of_laid(input, opened, tree))
    }
}
