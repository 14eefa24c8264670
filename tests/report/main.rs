//! What reports look like. The golden files in `tests/golden/report` are written anew by
//!
//! ```text
//! OFFERSYNC_BLESS=1 cargo test --test report
//! ```
//!
//! and `git diff tests/golden` is then to be read as a reviewer reads it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod builder;
mod golden;
mod machine;
mod principles;
mod programs;
mod shops;

use offersync::engine::Outcome;
use offersync::report::{Format, Look, Options, Sheet};

/// A report as text.
fn report(format: Format, outcome: &Outcome, options: &Options, look: &Look) -> String {
    let mut out = Vec::new();
    format.report().outcome(Sheet { outcome, options, look }, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// A report for people.
fn human(outcome: &Outcome, options: &Options, look: &Look) -> String {
    report(Format::Human, outcome, options, look)
}

/// A terminal without colours.
fn terminal(width: usize) -> Look {
    Look { width, is_terminal: true, ..Look::PLAIN }
}
