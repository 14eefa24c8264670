//! What a file looks like that is to be an export: one in another notation than the channel's is refused by what it is,
//! before a reader says what of its own notation is missing in it.

use crate::channel::Description;
use crate::channel::description::Wire;
use crate::finding::Refusal;
use crate::wire::input::Input;

use super::nodes::A_WEB_PAGE;

/// How much of a file is looked at.
const BEGINNING: usize = 4096;

/// What a file looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Looks {
    /// A web page.
    Page,
    /// Any other document of nodes.
    Xml,
    /// Members or a list.
    Json,
    /// Rows, with this between their cells.
    Table(u8),
    /// Nothing that one could name.
    Unknown,
}

/// Refuses a file that is in a notation in which the channel has no documents.
pub(super) fn refuse_others(description: &Description, input: &Input) -> Result<(), Refusal> {
    let mut bytes = Vec::new();
    input.read_at(0, usize::try_from(input.len()).unwrap_or(usize::MAX).min(BEGINNING), &mut bytes)?;
    let looks = looks(&String::from_utf8_lossy(&bytes));
    let has = |is: fn(Wire) -> bool| description.shapes.iter().any(|shape| is(shape.wire));
    let what = match &looks {
        // among nodes a page is known by its root, wherever that stands
        Looks::Page if !has(|wire| wire == Wire::Xml) => super::THIS_IS_A_PAGE.to_owned(),
        Looks::Xml if !has(|wire| wire == Wire::Xml) => "this looks like XML".to_owned(),
        Looks::Json if !has(Wire::is_json) => "this looks like JSON".to_owned(),
        Looks::Table(separator) if !has_table(description, *separator) => {
            let kind = match (separator, has(|wire| wire.table().is_some())) {
                (b'\t', false) => "TSV, a table with tabs between its cells".to_owned(),
                (b'\t', true) => "a table with tabs between its cells".to_owned(),
                (b',', false) => "CSV, a table with commas between its cells".to_owned(),
                (b',', true) => "a table with commas between its cells".to_owned(),
                (other, _) => format!("a table with «{}» between its cells", char::from(*other)),
            };
            format!("this looks like {kind}")
        }
        _ => return Ok(()),
    };
    let mut own: Vec<&str> = Vec::new();
    for shape in &description.shapes {
        let words = shape.wire.in_words();
        own.extend((!own.contains(&words)).then_some(words));
    }
    let what = format!("{what}, where a document of {} is {}", description.title, either(&own));
    let help = match looks {
        Looks::Page => A_WEB_PAGE,
        Looks::Json => "check that the file belongs to this channel; a server's error may have been saved in its place",
        _ => "check that the file belongs to this channel, and which kind of file was exported",
    };
    Err(input.refusal_at(0, what, help))
}

/// `XML, CSV or TSV`.
fn either(words: &[&str]) -> String {
    match words {
        [before @ .., last] if !before.is_empty() => format!("{} or {last}", before.join(", ")),
        words => words.concat(),
    }
}

fn has_table(description: &Description, separator: u8) -> bool {
    let mut forms = description.shapes.iter().filter_map(|shape| shape.wire.table());
    forms.any(|form| form.separator == separator)
}

fn looks(text: &str) -> Looks {
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    match text.bytes().next() {
        Some(b'<') => {
            let lower = text.to_lowercase();
            let is_page = ["<!doctype html", "<html"].iter().any(|begin| lower.contains(begin));
            if is_page { Looks::Page } else { Looks::Xml }
        }
        Some(b'{' | b'[') => Looks::Json,
        _ => table(text).unwrap_or(Looks::Unknown),
    }
}

/// A table: the separator that stands most often in its first line, and as often in the second. A word of a server
/// and the trace of a program are none.
fn table(text: &str) -> Option<Looks> {
    if text.contains('<') && !text.contains('\t') {
        return None;
    }
    let mut lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let first = lines.next()?;
    let count = |line: &str, separator: u8| line.bytes().filter(|byte| *byte == separator).count();
    let (most, separator) =
        b"\t;,|".iter().map(|separator| (count(first, *separator), *separator)).max_by_key(|one| one.0)?;
    let is_prose = first.contains(", ") || first.contains("; ");
    let goes_on = lines.next().is_none_or(|second| count(second, separator) >= most);
    (most > 0 && !is_prose && goes_on).then_some(Looks::Table(separator))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_told_by_its_beginning() {
        for (text, expected) in [
            ("\u{FEFF}<?xml version=\"1.0\"?>\n<!DOCTYPE html>\n<html>", Looks::Page),
            ("<HTML><body>", Looks::Page),
            ("<yml_catalog>", Looks::Xml),
            (" {\"a\":1}", Looks::Json),
            ("[]", Looks::Json),
            ("id\ttitle\n1\tЛампа, <b>біла</b>\n", Looks::Table(b'\t')),
            ("# a template\nid;price\n1;2", Looks::Table(b';')),
            ("id,price\n", Looks::Table(b',')),
            ("id,price\n\"1\",\"a, b\"", Looks::Table(b',')),
            ("Warning: fopen(a,b) failed\n<yml_catalog>", Looks::Unknown),
            ("Sorry, too many requests", Looks::Unknown),
            ("Unauthorized", Looks::Unknown),
            ("", Looks::Unknown),
        ] {
            assert_eq!(looks(text), expected, "{text}");
        }
    }
}
