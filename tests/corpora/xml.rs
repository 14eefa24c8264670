//! XML: no root is the wrong one here, and the encoding is found out as in real use.

use offersync::wire::input::{EncodingChoice, Input, Sniff};
use offersync::wire::xml::document::Mode;
use serde_json::{Value, json};

use crate::bundle::{Document, Way, refused, taken};
use crate::own::{IsListing, read_input};

/// All in order as one envelope; the children of the root as listings in order, and in blocks that are cut often.
pub const WAYS: &[Way] = &[
    ("envelope", |document| read(document, Mode::Strict, 64, |_, _| false)),
    ("strict", |document| read(document, Mode::Strict, 64, is_child)),
    ("blocks of 48", |document| read(document, Mode::Blocks, 48, is_child)),
    ("blocks of 300", |document| read(document, Mode::Blocks, 300, is_child)),
];

fn is_child(path: &[String], _: &str) -> bool {
    path.len() == 1
}

fn read(document: &Document, mode: Mode, block: usize, listings: IsListing) -> Value {
    let input = Input::from_bytes("document", document.bytes.clone(), EncodingChoice::Auto, Sniff::Xml);
    match input.and_then(|input| read_input(&input, mode, block, listings)) {
        Ok(Some(meaning)) => taken(meaning),
        Ok(None) => json!({"doubted": true}),
        Err(refusal) => refused(&refusal),
    }
}
