//! The master as objects: the same offers as in the CSV file, with texts by language, stocks by
//! warehouse, lists and tables nested as programs write them.

use std::io::{self, Write};

use super::Recipe;
use super::master::{COLUMNS, MEASURES, is_shared};
use super::offer::Offer;
use super::prose::{push_money, push_padded};
use super::random::Shuffle;

/// What the objects are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    JsonLines,
    /// One object with the list in it, beside something else.
    Json,
    Yaml,
}

impl Notation {
    pub const ALL: [Notation; 3] = [Notation::JsonLines, Notation::Json, Notation::Yaml];

    /// Where a shop keeps the master.
    pub fn path(self) -> &'static str {
        match self {
            Notation::JsonLines => "catalog/master.jsonl",
            Notation::Json => "catalog/master.json",
            Notation::Yaml => "catalog/master.yaml",
        }
    }

    /// The same config for a master of objects.
    pub fn config(self, of_table: &str) -> String {
        let mut config = of_table.replace("catalog/master.csv", self.path());
        for (column, path) in [
            (": Назва\n", ": Назва.uk\n"),
            (": Назва рос\n", ": Назва.ru\n"),
            (": Назва қаз\n", ": Назва.kk\n"),
            (": Опис\n", ": Опис.uk\n"),
            (": Опис рос\n", ": Опис.ru\n"),
            (": Опис қаз\n", ": Опис.kk\n"),
            ("Склад Київ", "Склад.Київ"),
            ("Склад Львів", "Склад.Львів"),
            ("Склад Одеса", "Склад.Одеса"),
            ("{column: Фото, split: \"|\"}", "Фото"),
            ("{column: Характеристики, split: \"|\", pair: \"=\"}", "Характеристики"),
        ] {
            assert!(config.contains(column), "the config has no {column}");
            config = config.replace(column, path);
        }
        config
    }
}

/// A value as it is written.
enum Written {
    Nothing,
    Text(String),
    Number(String),
    List(Vec<Written>),
    Object(Vec<(String, Written)>),
}

impl Recipe {
    /// Writes the master as objects.
    pub fn write_objects(&self, notation: Notation, shuffled: bool, into: &mut dyn Write) -> io::Result<()> {
        let shuffle = Shuffle::new(self.seed, self.offers);
        let mut offer = Offer::default();
        into.write_all(
            match notation {
                Notation::JsonLines => "",
                Notation::Json => "{\n  \"shop\": \"Калина\",\n  \"data\": {\"offers\": [\n",
                Notation::Yaml => "shop: Калина\ndata:\n  offers:\n",
            }
            .as_bytes(),
        )?;
        for place in 0..self.offers {
            let index = if shuffled { shuffle.at(place) } else { place };
            offer.become_nth(self.seed, index, 'S');
            let mut text = String::new();
            let object = Written::Object(object(&offer, index));
            match notation {
                Notation::Yaml => block(&object, 1, &mut text),
                _ => inline(&object, &mut text),
            }
            let between = match notation {
                Notation::Json if place + 1 < self.offers => ",\n",
                Notation::Yaml => "",
                _ => "\n",
            };
            into.write_all(text.as_bytes())?;
            into.write_all(between.as_bytes())?;
        }
        if notation == Notation::Json {
            into.write_all("  ]}\n}\n".as_bytes())?;
        }
        into.flush()
    }
}

/// Every other offer spells what can be spelled in two ways in the other one.
fn object(offer: &Offer, index: u64) -> Vec<(String, Written)> {
    let text = |text: &str| if text.is_empty() { Written::Nothing } else { Written::Text(text.to_owned()) };
    let key = |at: usize| COLUMNS[at].to_owned();
    let spelled = |fill: &dyn Fn(&mut String)| {
        let mut number = String::new();
        fill(&mut number);
        if index.is_multiple_of(2) { Written::Number(number) } else { Written::Text(number) }
    };
    let money = |kopecks: u64| spelled(&|into| push_money(into, kopecks, '.'));
    let by = |names: [&str; 3], values: Vec<Written>| {
        Written::Object(names.iter().map(|name| (*name).to_owned()).zip(values).collect())
    };
    let languages = |texts: &[String; 3]| by(["uk", "ru", "kk"], texts.iter().map(|one| text(one)).collect());
    let first = [&*offer.sku, &offer.group, &offer.gtin, offer.brand, &offer.mpn];
    let mut members: Vec<(String, Written)> =
        first.into_iter().enumerate().map(|(at, one)| (key(at), text(one))).collect();
    members.push(("Назва".into(), languages(&offer.title)));
    members.push(("Опис".into(), languages(&offer.description)));
    members.push((key(11), Written::Number(offer.category.to_string())));
    members.push((key(12), money(offer.price)));
    // a key that is missing is a cell that is blank
    members.extend(offer.old_price.map(|price| (key(13), money(price))));
    let stock = offer.stock.map(|pieces| Written::Number(pieces.to_string()));
    members.push(("Склад".into(), by(["Київ", "Львів", "Одеса"], stock.into_iter().collect())));
    members.extend([(17, offer.colour), (18, offer.size), (19, offer.country)].map(|(at, one)| (key(at), text(one))));
    members.push((
        key(20),
        spelled(&|into| {
            into.push_str(&(offer.grams / 1000).to_string());
            into.push('.');
            push_padded(into, offer.grams % 1000, 3);
        }),
    ));
    members.push((key(21), text(&offer.url)));
    members.push((key(22), Written::List(offer.pictures.iter().map(|one| text(one)).collect())));
    members.push((key(23), attributes(offer, index)));
    for (at, measure) in MEASURES.into_iter().enumerate() {
        let value = offer.attributes.iter().find(|attribute| attribute.0 == measure);
        members.extend(value.map(|value| (key(24 + at), text(&value.1))));
    }
    members
}

fn attributes(offer: &Offer, index: u64) -> Written {
    let shared = offer.attributes.iter().filter(|attribute| is_shared(attribute.0));
    let pairs = shared.map(|one| (one.0.to_owned(), Written::Text(one.1.clone())));
    if index.is_multiple_of(2) {
        return Written::Object(pairs.collect());
    }
    let row = |(name, value)| Written::Object(vec![("name".into(), Written::Text(name)), ("value".into(), value)]);
    Written::List(pairs.map(row).collect())
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

fn inline(value: &Written, into: &mut String) {
    let mut several = |open: char, close: char, items: &mut dyn Iterator<Item = (Option<&str>, &Written)>| {
        into.push(open);
        for (nth, (key, item)) in items.enumerate() {
            into.push_str(if nth > 0 { ", " } else { "" });
            if let Some(key) = key {
                into.push_str(&quoted(key));
                into.push_str(": ");
            }
            inline(item, into);
        }
        into.push(close);
    };
    match value {
        Written::List(items) => several('[', ']', &mut items.iter().map(|item| (None, item))),
        Written::Object(members) => {
            several('{', '}', &mut members.iter().map(|(key, item)| (Some(key.as_str()), item)));
        }
        Written::Nothing => into.push_str("null"),
        Written::Text(text) => into.push_str(&quoted(text)),
        Written::Number(number) => into.push_str(number),
    }
}

/// A value as YAML writes it in blocks, as an item of a list at this depth.
fn block(value: &Written, depth: usize, into: &mut String) {
    let Written::Object(members) = value else { return };
    for (nth, (key, value)) in members.iter().enumerate() {
        into.push_str(&"  ".repeat(depth));
        into.push_str(if nth == 0 { "- " } else { "  " });
        into.push_str(&quoted(key));
        into.push(':');
        match value {
            Written::Object(inner) if !inner.is_empty() => {
                for (key, value) in inner {
                    into.push_str(&format!("\n{}{}: ", "  ".repeat(depth + 2), quoted(key)));
                    inline(value, into);
                }
                into.push('\n');
            }
            Written::List(items) if !items.is_empty() => {
                for item in items {
                    into.push_str(&format!("\n{}- ", "  ".repeat(depth + 1)));
                    inline(item, into);
                }
                into.push('\n');
            }
            Written::Nothing => into.push('\n'),
            plain => {
                into.push(' ');
                inline(plain, into);
                into.push('\n');
            }
        }
    }
}
