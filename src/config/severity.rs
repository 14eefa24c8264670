//! `severity`: codes that are worse, or less bad, to this merchant than they are by themselves.

use crate::finding::Level;
use crate::wire::yaml::Node;

use super::load::Reading;
use super::schema::{SeveritySet, Written};

/// Codes with what they are made; whether there are such codes shows when the channels are set up.
pub(super) fn read(node: &Node, reading: &Reading<'_>) -> Vec<SeveritySet> {
    let Some(map) = node.open_map("`severity`", reading.problems) else { return Vec::new() };
    let one = |(code, node): &(crate::wire::yaml::Text, Node)| {
        let level = node.word("severity", Level::ALL, reading.problems)?;
        Some(SeveritySet { code: Written { text: code.text.clone(), bytes: code.bytes.clone() }, level })
    };
    map.pairs().iter().filter_map(one).collect()
}
