//! `network`: what may be read from addresses, and within which bounds.

use crate::wire::fetch::Network;
use crate::wire::yaml::Node;

use super::amount;
use super::keys;
use super::load::Reading;

/// No run waits longer than a day.
const MOST_SECONDS: u64 = 86_400;
/// A terabyte.
const MOST_MEGABYTES: u64 = 1_000_000;

pub(super) fn read(node: &Node, reading: &Reading<'_>) -> Network {
    let mut network = Network::default();
    let Some(map) = node.map("`network`", keys::NETWORK, reading.problems) else { return network };
    let number = |key: &str, most: u64| {
        let node = map.get(key)?;
        let number = amount::text(node).and_then(amount::whole).filter(|number| (1..=most).contains(number));
        if number.is_none() {
            let label = format!("a whole number from 1 to {most} is expected here");
            reading.problem(node.problem("config/value", format!("network.{key} is no such number"), label));
        }
        number
    };
    if let Some(seconds) = number("seconds", MOST_SECONDS) {
        network.seconds = seconds;
    }
    if let Some(megabytes) = number("megabytes", MOST_MEGABYTES) {
        network.most_bytes = megabytes.saturating_mul(1_000_000);
    }
    if let Some(node) = map.get("private") {
        network.private = node.word("flag", [("true", true), ("false", false)], reading.problems).unwrap_or(false);
    }
    network
}
