//! Values of flags: what they mean, and what is said of those that mean nothing.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use crate::config::{Allowing, GUARD_NAMES};
use crate::engine::{Allow, SkuPattern};
use crate::report::{By, Format, FormatProblem, Only};

/// A report that goes to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Its format.
    pub format: Format,
    /// The file.
    pub path: PathBuf,
}

pub(super) fn only(text: &str) -> Result<Only, String> {
    if text.is_empty() { Err("delete, create, update or the name of a field".into()) } else { Ok(Only::named(text)) }
}

pub(super) fn by(text: &str) -> Result<By, String> {
    By::named(text).ok_or_else(|| format!("possible: {}", By::ALL.map(|entry| entry.0).join(", ")))
}

pub(super) fn sku(text: &str) -> Result<SkuPattern, String> {
    if text.is_empty() { Err("a SKU, with * and ? for anything".into()) } else { Ok(SkuPattern::new(text)) }
}

pub(super) fn limit(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| "a whole number; 0 is all".into())
}

pub(super) fn threads(text: &str) -> Result<NonZeroUsize, String> {
    text.parse().map_err(|_| "a whole number, at least 1".into())
}

pub(super) fn format(text: &str) -> Result<Format, String> {
    let today = || Format::names().join(", ");
    Format::named(text).map_err(|problem| match problem {
        FormatProblem::Later => format!("{text} comes with a later version; today: {}", today()),
        FormatProblem::Unknown => format!("possible: {}", today()),
    })
}

pub(super) fn output(text: &str) -> Result<Output, String> {
    let (name, path) = text.split_once('=').ok_or("write FORMAT=FILE: json=plan.json")?;
    let format = format(name)?;
    match path {
        "" => Err("the file's name is missing: json=plan.json".into()),
        "-" => Err(format!("for stdout say --format {name}")),
        path => Ok(Output { format, path: path.into() }),
    }
}

pub(super) fn allow(text: &str) -> Result<Allow, String> {
    let (name, count) = match text.split_once('=') {
        Some((name, count)) => (name, Some(count)),
        None => (text, None),
    };
    let Some((guard, allowing)) = GUARD_NAMES.into_iter().find(|guard| guard.0 == name) else {
        let names = GUARD_NAMES.iter().filter(|guard| guard.1 != Allowing::Never).map(|guard| guard.0);
        return Err(format!("there is no such guard; possible: {}", names.collect::<Vec<_>>().join(", ")));
    };
    let count = count.map(|count| count.parse::<u64>().map_err(|_| format!("how many? {guard}=412"))).transpose()?;
    match (allowing, count) {
        (Allowing::Never, _) => Err("nothing lets a feed without listings pass".into()),
        (Allowing::Count, None) => Err(format!("how many may pass? The refusal names the figure: {guard}=412")),
        (Allowing::Bare, Some(_)) => Err(format!("it has no figure: --allow {guard}")),
        (_, count) => Ok(Allow { guard, count }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guards_are_opened_by_their_figure() {
        assert_eq!(allow("max-delete=412"), Ok(Allow { guard: "max-delete", count: Some(412) }));
        assert_eq!(allow("shrink"), Ok(Allow { guard: "shrink", count: None }));
        for wrong in ["max-delete", "max-delete=", "max-delete=-1", "max-delete=20%", "shrink=1", "empty", "all", ""] {
            assert!(allow(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn outputs_name_a_format_and_a_file() {
        assert_eq!(output("json=a=b.json"), Ok(Output { format: Format::Json, path: "a=b.json".into() }));
        for wrong in ["json", "json=", "json=-", "xml=a", "html=a.html", "=a"] {
            assert!(output(wrong).is_err(), "{wrong}");
        }
        assert!(format("html").unwrap_err().contains("later version"));
    }
}
