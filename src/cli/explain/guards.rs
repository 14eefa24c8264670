//! Pages of guards: reports name them as they name codes, and people ask for both in the same way.

use std::io::{self, Write};

use crate::config::guards::{Allowing, FEW, GUARD_NAMES, usual};
use crate::config::keys::GUARDS;
use crate::report::Look;
use crate::report::text::{Ink, Line};

use super::TEXT;

/// Whether a guard is called so.
pub(super) fn is_guard(name: &str) -> bool {
    GUARD_NAMES.iter().any(|guard| guard.0 == name)
}

/// The page of one guard.
pub(super) fn page(name: &str, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let key = GUARDS.iter().find(|key| key.name == name);
    let about = key.map_or("", |key| key.about);
    Line::new(look).ink(Ink::Bold, name).say(": a guard; what is over it is not written").end(out)?;
    let config = key.map_or("", |key| key.example);
    let config = if config.is_empty() { String::new() } else { format!("guards: {{{config}}}") };
    for (part, text) in [("What", about.to_owned()), ("Limit", limit(name)), ("Config", config), ("Once", once(name))] {
        if !text.is_empty() {
            Line::indented(look, 2).ink(Ink::Dim, part).to(TEXT).sentence(Ink::Plain, &text, TEXT, out)?;
        }
    }
    Ok(())
}

/// What it goes by where the config says nothing.
fn limit(name: &str) -> String {
    match usual(name) {
        Some(usual) if name.starts_with("max-") && name != "max-price-move" || name == "zero-stock" => {
            format!("{usual} where the config says nothing; half where there are fewer than {FEW}")
        }
        Some(usual) => format!("{usual} where the config says nothing"),
        None => String::new(),
    }
}

/// How it is passed without a change of the config.
fn once(name: &str) -> String {
    match GUARD_NAMES.iter().find(|guard| guard.0 == name).map(|guard| guard.1) {
        Some(Allowing::Count) => {
            format!("offersync render --allow {name}=N lets N pass and not one more; a refusal says the command")
        }
        Some(Allowing::Bare) => format!("offersync render --allow {name}"),
        Some(Allowing::Never) | None => "nothing lets it pass".to_owned(),
    }
}
