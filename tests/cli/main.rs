//! Runs the command line as people do: every `*.case` file below this folder is a
//! small shop, one or more commands, and all that must come of them.
//!
//! How a case is written stands in `README.md` beside this file.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops where it cannot go on")]

mod runner;

use std::path::Path;

#[test]
fn every_case_ends_as_it_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli");
    let settings = runner::Settings {
        program: env!("CARGO_BIN_EXE_offersync").into(),
        bless: std::env::var_os("OFFERSYNC_BLESS").is_some_and(|value| value == "1"),
        in_ci: std::env::var_os("CI").is_some(),
        only: std::env::var("OFFERSYNC_CASE").unwrap_or_default(),
    };
    let report = runner::run_all(&root, &settings).unwrap();
    assert!(report.failures.is_empty(), "\n{}\n{}", report.failures.join("\n"), report.summary());
    println!("{}", report.summary());
}
