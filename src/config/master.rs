//! `master`: the merchant's own file and how it is read.

use std::path::Path;

use encoding_rs::Encoding;

use crate::model::DecimalStyle;
use crate::source::{HeaderRows, Notation};
use crate::wire::yaml::{Map, Node, Scalar, nearest};

use super::channels::{settings, uses_of};
use super::fields;
use super::keys;
use super::load::Reading;
use super::paths;
use super::schema::{FORMATS, MasterConfig, Quote, Uses, ending};

/// Encodings that are suggested for a name that is none.
const ENCODINGS: [&str; 8] =
    ["auto", "utf-8", "utf-16le", "utf-16be", "windows-1251", "windows-1252", "koi8-u", "ibm866"];

/// Endings of files whose notation a later version will read.
const LATER_ENDINGS: [&str; 4] = ["xlsx", "xls", "ods", "xml"];

/// The master: a map, or a list with one.
pub(super) fn read(node: &Node, reading: &Reading<'_>) -> Option<MasterConfig> {
    let Scalar::List(items) = &node.value else { return one(node, reading) };
    let first = match items.as_slice() {
        [] => {
            reading.problem(node.problem("config/value", "`master` is an empty list", "name your file"));
            return None;
        }
        [first, rest @ ..] => {
            for second in rest {
                let what = "a second master is not possible yet: joining masters comes with a later version";
                reading.problem(second.problem("config/not-yet", what, "remove it for now"));
            }
            first
        }
    };
    one(first, reading)
}

fn one(node: &Node, reading: &Reading<'_>) -> Option<MasterConfig> {
    if let Some(path) = super::amount::text(node) {
        let label = format!("write `master: {{file: {path}}}`");
        reading.problem(node.problem("config/kind", "`master` must be a map", label));
        return None;
    }
    let map = node.map("`master`", keys::MASTER, reading.problems)?;
    let exported_by = map.get("as").map(|node| uses_of(node, "as", reading));
    let file = reading.required(&map, "`master`", keys::MASTER, "file").and_then(|node| {
        if exported_by.is_none() {
            notation(node, reading);
        }
        paths::file(node, "the master", reading)
    });
    let settings = map.get("settings").map(|node| settings(node, reading)).unwrap_or_default();
    let format = map.get("format").and_then(|node| node.word("format", FORMATS, reading.problems));
    let items = map.get("items").and_then(|node| items(node, reading));
    let encoding = map.get("encoding").and_then(|node| encoding(node, reading));
    let delimiter = map.get("delimiter").and_then(|node| delimiter(node, reading));
    let quote = map.get("quote").and_then(|node| quote(node, reading)).unwrap_or(Quote::Mark(b'"'));
    let header = map.get("header").and_then(|node| header(node, reading)).unwrap_or_default();
    let decimals = [DecimalStyle::Point, DecimalStyle::Comma].map(|style| (style.name(), style));
    let decimal = map.get("decimal").and_then(|node| node.word("decimal mark", decimals, reading.problems));
    let fields = map.get("fields").map(|node| fields::read(node, reading)).unwrap_or_default();
    let categories = map.get("categories").and_then(|node| paths::file(node, "the file of categories", reading));
    if let (Some(delimiter), Quote::Mark(quote)) = (delimiter, quote)
        && delimiter == quote
    {
        let place = map.get("quote").or(map.get("delimiter")).unwrap_or(node);
        reading.problem(place.problem("config/value", "`delimiter` and `quote` are the same character", ""));
    }
    if exported_by.is_some() {
        said_by_the_channel(&map, reading);
    }
    let is_of_a_channel = exported_by.is_some();
    let exported_by = exported_by.map(|uses| uses.unwrap_or(Uses::Unknown));
    let file = file?;
    let config = MasterConfig {
        file,
        exported_by,
        settings,
        format,
        items,
        encoding,
        delimiter,
        quote,
        header,
        decimal,
        fields,
        categories,
    };
    if !is_of_a_channel {
        of_the_other_kind(&map, &config, reading);
    }
    Some(config)
}

/// Refuses keys of files of one's own beside `as`: the channel's description says all of that.
fn said_by_the_channel(map: &Map<'_>, reading: &Reading<'_>) {
    let goes_with_it = |name: &&str| matches!(*name, "file" | "as" | "settings" | "fields");
    let others = keys::MASTER.iter().map(|key| key.name).filter(|name| !goes_with_it(name));
    for text in others.filter_map(|name| map.key_text(name)) {
        let what = format!("a master that is a channel's export has no `{}`", text.text);
        let label = "the channel's description says how it is read: remove this";
        reading.problem(map.node.problem_at(text.bytes.clone(), "config/value", what, label));
    }
}

/// Refuses keys that mean something in tables only, or in objects only.
fn of_the_other_kind(map: &Map<'_>, config: &MasterConfig, reading: &Reading<'_>) {
    if let Some(text) = map.key_text("settings") {
        let what = "a master of your own has no `settings`";
        let label = "they go with `as`, a channel's export; a channel's own stand with the channel";
        reading.problem(map.node.problem_at(text.bytes.clone(), "config/value", what, label));
    }
    let format = config.format_of(&config.file.path);
    let (keys, label): (&[&str], _) = match format.notation() {
        Notation::Table => (&["items"], "a table is a list already; `items` is for JSON and YAML"),
        Notation::JsonLines => (&["items", "delimiter", "quote", "header"], "every line is an offer: remove this"),
        Notation::Json | Notation::Yaml => (&["delimiter", "quote", "header"], "it is for tables: remove this"),
    };
    for text in keys.iter().filter_map(|key| map.key_text(key)) {
        let what = format!("a master in {} has no `{}`", format.in_words(), text.text);
        reading.problem(map.node.problem_at(text.bytes.clone(), "config/value", what, label));
    }
}

/// Where in a document the list of offers stands: names with `/` between them.
fn items(node: &Node, reading: &Reading<'_>) -> Option<String> {
    let text = node.text("items", reading.problems)?;
    let path = text.trim_matches('/');
    if path.split('/').any(|name| name.trim().is_empty()) {
        let label = "write the keys that lead to the list of offers: `products`, `data/products`";
        reading.problem(node.problem("config/value", "`items` must be a path of keys", label));
        return None;
    }
    Some(path.to_owned())
}

/// Refuses a notation that cannot be read yet, by the file's ending.
fn notation(node: &Node, reading: &Reading<'_>) {
    let Scalar::Text(text) = &node.value else { return };
    let ending = ending(Path::new(&text.text));
    if LATER_ENDINGS.contains(&ending.as_str()) {
        let what = format!("a master in {} comes with a later version", ending.to_uppercase());
        let label = match ending == "xml" {
            true => "where it is a channel's feed or export, name the channel beside it: `as: CHANNEL`",
            false => "save it as CSV for now",
        };
        reading.problem(node.problem("config/not-yet", what, label));
    }
}

fn encoding(node: &Node, reading: &Reading<'_>) -> Option<&'static Encoding> {
    let name = node.text("encoding", reading.problems)?;
    if name == "auto" {
        return None;
    }
    let found = Encoding::for_label(name.as_bytes());
    if found.is_none() {
        let label = match nearest(name, ENCODINGS) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("possible: {} and others", ENCODINGS.join(", ")),
        };
        reading.problem(node.problem("config/value", format!("`{name}` is no encoding"), label));
    }
    found
}

fn delimiter(node: &Node, reading: &Reading<'_>) -> Option<u8> {
    let read = match node.text("delimiter", reading.problems)? {
        "tab" | "\t" => Some(b'\t'),
        text => mark(text).filter(|byte| !byte.is_ascii_alphanumeric() && !b" .\"".contains(byte)),
    };
    if read.is_none() {
        let what = "`delimiter` must be one character";
        reading.problem(node.problem(
            "config/value",
            what,
            "possible: `;` `,` `|` `tab` and others that no number has",
        ));
    }
    read
}

fn quote(node: &Node, reading: &Reading<'_>) -> Option<Quote> {
    let read = match node.text("quote", reading.problems)? {
        "none" => Some(Quote::None),
        text => mark(text).filter(|byte| byte.is_ascii_punctuation()).map(Quote::Mark),
    };
    if read.is_none() {
        let label = "possible: one mark like `\"`, or `none`";
        reading.problem(node.problem("config/value", "`quote` must be one mark", label));
    }
    read
}

/// The rows that name the columns: a number, a list of two, or `none`.
fn header(node: &Node, reading: &Reading<'_>) -> Option<HeaderRows> {
    /// A header further down is none.
    const LAST: usize = 1000;
    if node.is_word("none") {
        return Some(HeaderRows::None);
    }
    let number = |node: &Node| match &node.value {
        Scalar::Text(text) => text.text.parse().ok().filter(|row| (1..=LAST).contains(row)),
        _ => None,
    };
    let read = match node.one_or_list() {
        [row] => number(row).map(|row| HeaderRows::Rows(row, row)),
        [first, last] => match (number(first), number(last)) {
            (Some(first), Some(last)) if first < last => Some(HeaderRows::Rows(first, last)),
            _ => None,
        },
        _ => None,
    };
    if read.is_none() {
        let label =
            "write the row that names the columns (`2`), the first and the last where several do (`[1, 2]`), or `none`";
        reading.problem(node.problem("config/value", "`header` must be one or two numbers of rows, or `none`", label));
    }
    read
}

/// The single ASCII character of a text.
fn mark(text: &str) -> Option<u8> {
    match text.as_bytes() {
        [byte] if byte.is_ascii() && !byte.is_ascii_control() => Some(*byte),
        _ => None,
    }
}
