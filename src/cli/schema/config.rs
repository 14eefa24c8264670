//! The schema of `offersync.yaml`, by the tables of its keys.

use serde_json::{Map, Value, json};

use super::parts::{DIALECT, filled, flag, list, map, of, one_or_list, open, path, percent, share, text, whole, words};
use crate::channel::registry;
use crate::config::keys::{ATTRIBUTE, COLUMN, SHIPPING, TABLES, TIER};
use crate::config::schema::{FORMATS, INVALID_WORDS};
use crate::finding::Level;
use crate::model::offer::{OFFER_FIELDS, OfferField, Suffix};
use crate::model::{DecimalStyle, Kind};
use crate::wire::yaml::Key;

/// The whole of it.
pub fn schema() -> Value {
    let mut schema = table("");
    if let Some(top) = schema.as_object_mut() {
        top.insert("$schema".to_owned(), json!(DIALECT));
        top.insert("title".to_owned(), json!("offersync.yaml"));
        let column = map(COLUMN, |key| value("master.fields.*", key));
        let definitions = json!({"column": column, "channel": channel()});
        top.insert("$defs".to_owned(), definitions);
    }
    schema
}

/// The map of a path of the tables.
fn table(path: &str) -> Value {
    let keys = TABLES.iter().find(|table| table.0 == path).map_or(&[][..], |table| table.1);
    map(keys, |key| value(path, key))
}

/// A channel; without `use` it is the built-in one that it is called after.
fn channel() -> Value {
    table("channels.*")
}

/// What stands behind a key: a map of its own, or what the table's words say.
fn value(at: &str, key: &Key) -> Value {
    let inner = if at.is_empty() { key.name.to_owned() } else { format!("{at}.{}", key.name) };
    match inner.as_str() {
        "shop" | "network" | "channels.*.guards" | "channels.*.documents.*.guards" => {
            return table(inner.strip_suffix(".documents.*.guards").map_or(&inner, |_| "channels.*.guards"));
        }
        "master" => {
            let one = table("master");
            return json!({"anyOf": [one, {"type": "array", "items": one, "minItems": 1, "maxItems": 1}]});
        }
        "master.fields" => return fields(),
        "channels" => return channels(),
        "channels.*.documents" => return open(&table("channels.*.documents.*")),
        "channels.*.guards.max-price-move" => {
            return json!({"anyOf": [percent(), table(&inner)]});
        }
        _ => {}
    }
    of_kind(key).unwrap_or_else(|| json!({}))
}

/// What a value looks like, by the table's own words for it; `None` for words that nobody knows.
fn of_kind(key: &Key) -> Option<Value> {
    let kind = key.kind.split(';').next().unwrap_or(key.kind);
    Some(match kind {
        "`1`" => json!({"enum": [1, "1"]}),
        "text" | "address" | "unit" | "names with `:` between" | "name of a shape" | "ISO 3166 code" => text(),
        "condition" | "name of a zone" | "keys with `/` between" => filled(),
        "language's tag" => json!({"type": "string", "pattern": LANGUAGE}),
        "ISO 4217 code" => json!({"type": "string", "pattern": CURRENCY}),
        "map, currency: number" => {
            let amount = json!({"anyOf": [
                {"type": "number", "exclusiveMinimum": 0},
                {"type": "string", "pattern": AMOUNT},
            ]});
            json!({"type": "object", "propertyNames": {"pattern": CURRENCY}, "additionalProperties": amount})
        }
        "path" => path(),
        // what an address may be is told by the loader
        "path or address" => {
            json!({"type": ["string", "number"], "minLength": 1, "not": {"type": "string", "pattern": "^~/|^(api|last)$"}})
        }
        "`true` or `false`" => flag(),
        "whole number" => json!({"anyOf": [
            {"type": "integer", "minimum": 1},
            {"type": "string", "pattern": "^0*[1-9][0-9]*$"},
        ]}),
        "number of a row, list of two, or `none`" => {
            let row = json!({"anyOf": [
                {"type": "integer", "minimum": 1},
                {"type": "string", "pattern": "^0*[1-9][0-9]*$"},
            ]});
            let rows = json!({"type": "array", "items": row, "minItems": 1, "maxItems": 2});
            json!({"anyOf": [row, rows, words(["none"])]})
        }
        "map, code: word" => open(&words(Level::ALL.map(|level| level.0))),
        "channel or path" => json!({"anyOf": [words(registry::names()), {"type": "string", "pattern": "/|\\.ya?ml$"}]}),
        "word" => match key.name {
            "format" => words(FORMATS.map(|format| format.0)),
            "decimal" => words([DecimalStyle::Point, DecimalStyle::Comma].map(DecimalStyle::name)),
            "invalid" => words(INVALID_WORDS.map(|word| word.0)),
            _ => filled(),
        },
        "one character, or `tab`" => json!({"type": "string", "pattern": "^(tab|\t|[^A-Za-z0-9 .\"])$"}),
        "one character, or `none`" => json!({"type": "string", "pattern": "^(none|[!-/:-@\\[-`{-~])$"}),
        "map, name: path" => open(&path()),
        "map" | "map, name: value" => open(&json!({"anyOf": [text(), list(&text()), open(&text())]})),
        "percentage or whole number" => share(),
        "percentage" => percent(),
        "`true`, `false` or whole number" => json!({"anyOf": [{"type": "boolean"}, whole()]}),
        "number" => {
            json!({"anyOf": [{"type": "number", "exclusiveMinimum": 0}, {"type": "string", "pattern": AMOUNT}]})
        }
        "cannot be set" => json!({"not": {}}),
        _ => return None,
    })
}

const LANGUAGE: &str = "^(?!(ua|kz|by|cz|gr|dk|jp|cn|ge)$)[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$";
const CURRENCY: &str = "^[A-Z]{3}$";
const AMOUNT: &str = "^[0-9]+(\\.[0-9]+)?$";

/// Channels by name: those that are built in may stand without wishes, all others say what they go by.
fn channels() -> Value {
    let built_in: Vec<&str> = registry::names().collect();
    let mut properties = Map::new();
    for name in &built_in {
        properties.insert((*name).to_owned(), json!({"anyOf": [of("channel"), {"type": "null"}]}));
    }
    let others = format!("^(?!(?:{})$)[a-z0-9][a-z0-9_-]*$", built_in.join("|"));
    json!({
        "type": "object",
        "minProperties": 1,
        "properties": properties,
        "patternProperties": {others: {"allOf": [of("channel")], "required": ["use"]}},
        "additionalProperties": false,
    })
}

/// Fields of an offer and their columns.
fn fields() -> Value {
    let (mut properties, mut patterns) = (Map::new(), Map::new());
    for field in OFFER_FIELDS {
        let mut column = column(field);
        if let Some(object) = column.as_object_mut() {
            object.insert("description".to_owned(), json!(field.about));
        }
        if field.suffix != Suffix::None {
            patterns.insert(format!("^{}\\..+$", field.name), column.clone());
        }
        properties.insert(field.name.to_owned(), column);
    }
    json!({"type": "object", "properties": properties, "patternProperties": patterns, "additionalProperties": false})
}

/// What may be said of one field's column.
fn column(field: &OfferField) -> Value {
    let item = |keys| map(keys, |key: &Key| value("", key));
    let rows = match field.name {
        "attributes" => Some(one_or_list(&json!({"anyOf": [item(ATTRIBUTE), filled()]}))),
        "tiers" => Some(one_or_list(&json!({"anyOf": [item(TIER), filled()]}))),
        "shipping" => Some(one_or_list(&json!({"anyOf": [item(SHIPPING), filled()]}))),
        "options" => Some(json!({"anyOf": [filled(), open(&filled())]})),
        _ => None,
    };
    let one = rows.unwrap_or_else(|| json!({"anyOf": [filled(), of("column")]}));
    match field.suffix {
        Suffix::None => one,
        // `stock: {kyiv: …}`, `title: {uk: …}`
        _ if field.kind == Kind::Table => json!({"anyOf": [one, open(&one)]}),
        _ => json!({"anyOf": [one, {"type": "object", "not": {"required": ["column"]}, "additionalProperties": one}]}),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_a_look() {
        for (path, keys) in TABLES {
            for key in keys.iter().filter(|key| !key.later) {
                assert!(value(path, key) != json!({}), "{path}.{}: `{}`", key.name, key.kind);
            }
        }
    }
}
