//! What a config has to say of a master that is a channel's export: its description maps the columns, and only the
//! shop's language and currency are left.

use super::Proposal;
use super::currency;
use super::language::Tally;

/// What is proposed for an export with this beginning.
pub fn of_export(text: &str) -> Proposal {
    let pieces = text.split(['<', '>', '\n', '\t', ',', ';', '"']).map(str::trim).filter(|piece| piece.contains(' '));
    let tally = Tally::of(pieces.filter(|piece| !piece.contains(['=', '/'])));
    let language = match tally.most() {
        Some((language, false)) => (language.to_owned(), String::new()),
        Some((language, true)) => {
            let preferred = if tally.has("uk") { "uk" } else { language };
            (preferred.to_owned(), "texts of several languages stand in it".to_owned())
        }
        None => ("en".to_owned(), "no text in it tells the language".to_owned()),
    };
    Proposal {
        columns: Vec::new(),
        properties: Vec::new(),
        currency: currency::of_text(text, &language.0),
        language,
        decimal: None,
        published: None,
    }
}
