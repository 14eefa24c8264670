//! Configs that are wrong, with the whole message for each, and configs that are
//! right. `OFFERSYNC_BLESS=1 cargo test --test config` writes the messages anew.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop where a case cannot be read"
)]

#[path = "config/cases.rs"]
mod cases;
#[path = "config/good.rs"]
mod good;
#[path = "config/yaml.rs"]
mod yaml;

use std::path::Path;

use offersync::config::{self, Config, Surroundings};
use offersync::config::{Look, snippet};
use offersync::wire::yaml::{Document, Problem};

/// The built-in channels that the cases know.
const BUILT_IN: [&str; 4] = ["rozetka", "prom", "kaspi", "google"];

/// Reads a config that would stand in `shop/offersync.yaml`; the environment holds one secret.
fn read(text: &str) -> Result<Config, Vec<Problem>> {
    let env = |name: &str| (name == "KASPI_TOKEN").then(|| "s3cr3t".to_owned());
    let document = Document { name: "offersync.yaml".into(), text: text.into() };
    config::read(document, Path::new("shop/offersync.yaml"), Surroundings { built_in: &BUILT_IN, env: &env })
}

/// What a person sees of a config: its problems, or a word that there are none.
fn message(text: &str) -> String {
    match read(text) {
        Ok(_) => "no problems\n".to_owned(),
        Err(problems) => snippet::problems(&problems, Look { color: false, width: 120 }),
    }
}

#[test]
fn wrong_configs_have_these_messages() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/config/wrong");
    let checked = cases::check(&folder, message);
    assert!(checked >= 35, "only {checked} cases were found");
}
