//! `schema`: JSON Schema 2020-12 for editors and programs. What keys there are, what each means, whether it must be there
//! and what holds where nothing is said are read off the tables that the loaders go by; only what a value may look like is
//! said here, by the words that those tables have for it.

mod channel;
mod config;
mod parts;
mod report;

use serde_json::Value;

use super::args::{Schema, SchemaOf};
use super::trouble::Trouble;
use super::voice::Voice;

/// Prints a schema.
pub(super) fn run(asked: &Schema, voice: &mut Voice<'_>) -> Result<(), Trouble> {
    let schema = of(asked.of);
    voice.data(|out| writeln!(out, "{schema:#}"))
}

/// The schema of something.
fn of(what: SchemaOf) -> Value {
    match what {
        SchemaOf::Config => config::schema(),
        SchemaOf::Channel => channel::schema(),
        SchemaOf::Report => report::schema(),
    }
}
