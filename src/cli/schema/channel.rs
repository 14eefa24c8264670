//! The schema of a channel's description, by the tables of its keys.

use serde_json::{Map, Value, json};

use super::parts::{DIALECT, filled, flag, list, map, of, one_or_list, open, text, words};
use crate::channel::load::{DOCUMENT_KEYS, KEY_TABLES, KEYS};
use crate::finding::Severity;
use crate::model::Kind;
use crate::wire::yaml::Key;

/// The whole of it.
pub fn schema() -> Value {
    let mut schema = map(&KEYS, |key| value("a channel", key));
    if let Some(top) = schema.as_object_mut() {
        top.insert("$schema".to_owned(), json!(DIALECT));
        top.insert("title".to_owned(), json!("a channel's description"));
        top.insert("required".to_owned(), json!(["id", "title", "checked", "fields", "shapes"]));
        top.insert("$defs".to_owned(), definitions());
    }
    schema
}

/// The maps that stand within one another, by what they are of in the tables.
fn definitions() -> Value {
    let document: Vec<&Key> = KEYS.iter().filter(|key| DOCUMENT_KEYS.contains(&key.name)).collect();
    let source = of_tables(&["a source"]);
    let field = of_tables(&["a source", "a field", "a spelling", "a test", "rules of a field"]);
    let row = of_tables(&["a row", "a spelling"]);
    let shape = of_tables(&["a shape", "a shape, further"]);
    let places = json!({"anyOf": [
        open(&one_or_list(&json!({"anyOf": [text(), of("row")]}))),
        {"type": "array", "items": {"anyOf": [text(), open(&one_or_list(&json!({"anyOf": [text(), of("row")]})))]}},
    ]});
    let members = json!({"anyOf": [text(), list(&json!({"anyOf": [text(), of("source")]})), of("source")]});
    json!({
        "document": map(document, |key| value("a channel", key)),
        "fields": open(&json!({"anyOf": [members, of("field")]})),
        "field": field,
        "source": source,
        "from": members,
        "rule": of_tables(&["a test", "a rule", "where a rule counts"]),
        "listing-rule": of_tables(&["a test over several fields", "a rule"]),
        "setting": of_tables(&["a setting"]),
        "lookup": required(of_tables(&["a lookup"]), &["by", "gives"]),
        "shape": shape,
        "row": row,
        "places": places,
    })
}

/// A map with the keys of several tables.
fn of_tables(names: &[&str]) -> Value {
    let mut all = Map::new();
    for table in names.iter().filter_map(|name| KEY_TABLES.iter().find(|table| table.of == *name)) {
        let one = map(table.keys, |key| value(table.of, key));
        if let Some(properties) = one.get("properties").and_then(Value::as_object) {
            all.extend(properties.clone());
        }
    }
    json!({"type": "object", "additionalProperties": false, "properties": all})
}

fn required(mut map: Value, keys: &[&str]) -> Value {
    if let Some(map) = map.as_object_mut() {
        map.insert("required".to_owned(), json!(keys));
    }
    map
}

/// What stands behind a key of a table.
fn value(table: &str, key: &Key) -> Value {
    let known = match table {
        "a channel" => of_channel(key.name),
        "a shape" | "a shape, further" | "`listings`" => of_shape(key.name),
        "a source" | "a field" | "a spelling" | "a row" => of_field(table, key.name),
        _ => of_rule(table, key.name),
    };
    known.unwrap_or_else(|| json!({}))
}

fn of_channel(key: &str) -> Option<Value> {
    let names = one_or_list(&one_or_list(&text()));
    Some(match key {
        "id" => json!({"type": "string", "pattern": "^[a-z][a-z0-9_-]*$"}),
        "title" | "per" | "where" => filled(),
        "checked" => required(of_tables(&["`checked`"]), &["on", "at"]),
        "key" => names,
        "head" | "fields" => of("fields"),
        "rules" => list(&of("listing-rule")),
        "shapes" => json!({"type": "object", "minProperties": 1, "additionalProperties": of("shape")}),
        "settings" => open(&of("setting")),
        "lookups" => open(&of("lookup")),
        "back" => open(&json!({"anyOf": [of("from"), open(&of("from"))]})),
        "currencies" => one_or_list(&text()),
        "absent" => words(["withdrawn", "deleted", "kept", "unknown"]),
        "refresh" => json!({"type": "string", "pattern": "^[0-9]+ *(m|min|h|d)$"}),
        "quarantine" => open(&range()),
        "listing" => words(["offer", "product", "both"]),
        "documents" => open(&of("document")),
        _ => return None,
    })
}

fn of_shape(key: &str) -> Option<Value> {
    let paths = one_or_list(&text());
    Some(match key {
        "wire" => json!({"anyOf": [words(["xml", "table", "json", "jsonl"]), {"type": "string"}]}),
        "like" | "prefix" | "path" => text(),
        "without" | "detect" | "read" | "ignored" | "refused" => paths,
        "read_only" | "complete" | "loose" => flag(),
        "key" => one_or_list(&one_or_list(&text())),
        "missing" => words(["unsaid", "empty"]),
        "listings" => json!({"anyOf": [text(), of_tables(&["`listings`"])]}),
        "head" | "at" => of("places"),
        "indent" => json!({"anyOf": [{"type": "integer", "minimum": 0}, {"enum": ["none"]}]}),
        "namespaces" => open(&one_or_list(&text())),
        "gather" => json!({"anyOf": [one_or_list(&text()), of_tables(&["`gather` of lines"])]}),
        "strip" => json!({"type": ["string", "number"]}),
        "separator" => words(["comma", "semicolon", "tab", "pipe"]),
        "quoting" => words(["cell", "value"]),
        "lines" => words(["quoted", "space", "backslash"]),
        "advise" => required(of_tables(&["`advise`"]), &["code", "why", "fix"]),
        "aside" => json!({"anyOf": [one_or_list(&text()), open(&one_or_list(&text()))]}),
        _ => return None,
    })
}

fn of_field(table: &str, key: &str) -> Option<Value> {
    let kinds = || words(Kind::ALL.map(|kind| kind.1));
    let pairs = || open(&text());
    Some(match (table, key) {
        (_, "from" | "and" | "to") => of("from"),
        (_, "when" | "value" | "lookup" | "where" | "about" | "spell" | "before" | "format" | "join" | "divide") => {
            text()
        }
        (_, "unsaid" | "unit_at" | "path" | "default" | "pairs") => text(),
        (_, "empty") => json!({"type": ["string", "number", "boolean", "null"]}),
        ("a row", "rows") => text(),
        (_, "else") => json!({"anyOf": [text(), list(&pairs()), pairs()]}),
        (_, "parts" | "bare" | "read" | "instead" | "ignored" | "refused" | "key" | "unit") => one_or_list(&text()),
        (_, "kind" | "of") => kinds(),
        (_, "fields") => of("fields"),
        (_, "at") => of("places"),
        (_, "compare") => words(["exact", "text", "html", "number", "set", "ordered", "count", "said", "none"]),
        (_, "volatile" | "inherits") => flag(),
        (_, "values") => json!({"anyOf": [list(&text()), pairs()]}),
        (_, "fold" | "units") => pairs(),
        (_, "also") => open(&one_or_list(&text())),
        (_, "decimals") => json!({"type": "integer", "minimum": 0}),
        (_, "escape") => words(["\\", "quote"]),
        (_, "as") => words(["cdata", "text", "string", "number"]),
        _ => return None,
    })
}

fn of_rule(table: &str, key: &str) -> Option<Value> {
    Some(match (table, key) {
        (_, "need") => words(["required", "advised"]),
        (_, "chars" | "bytes" | "items" | "range") => range(),
        (_, "above" | "below" | "when" | "fix" | "why" | "example" | "source" | "unit" | "about" | "default") => text(),
        (
            _,
            "pattern" | "forbid" | "declared" | "distinct" | "among" | "field" | "id" | "parent" | "into" | "assert",
        ) => text(),
        ("`unique`", "without") => text(),
        (_, "is") => words(["gtin", "https_url", "ascii_url", "currency", "country", "language", "integer"]),
        (_, "unique") => json!({"anyOf": [{"const": true}, of_tables(&["`unique`"])]}),
        (_, "requires" | "under" | "by" | "gives") => one_or_list(&text()),
        (_, "together" | "any_of" | "one_of") => json!({"type": "array", "items": text(), "minItems": 2}),
        (_, "rules") => list(&of("rule")),
        (_, "within") => of_tables(&["`within`"]),
        (_, "whole" | "fold") => flag(),
        (_, "code") => json!({"type": ["string", "number"], "pattern": "^[A-Za-z0-9-]+$"}),
        ("`advise`", "severity") => words(["warning", "note"]),
        (_, "severity") => words([Severity::Error, Severity::Warning, Severity::Note].map(Severity::name)),
        ("a setting", "kind") => words(["text", "url", "flag", "money", "count", "number", "list", "table"]),
        ("a setting", "list") => words(["known", "own"]),
        ("`checked`", "on") => json!({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}),
        ("`checked`", "at") => one_or_list(&text()),
        _ => return None,
    })
}

/// `255`, `1..15`, `0..`.
fn range() -> Value {
    json!({"anyOf": [{"type": "number"}, {"type": "string", "pattern": "^ *-?[0-9.]* *(\\.\\.)? *-?[0-9.]* *$", "minLength": 1}]})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_a_look() {
        for table in KEY_TABLES.iter().map(|table| (table.of, table.keys)).chain([("a channel", &KEYS[..])]) {
            for key in table.1.iter().filter(|key| !key.later) {
                assert!(value(table.0, key) != json!({}), "{}: {}", table.0, key.name);
            }
        }
    }
}
