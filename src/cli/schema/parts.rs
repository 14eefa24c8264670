//! What values look like, wherever they stand: texts, words, figures, and maps by a table of keys.

use serde_json::{Map, Value, json};

use crate::wire::yaml::Key;

/// The dialect of all schemas.
pub const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// A text; a number and a word are texts too, as they are written.
pub fn text() -> Value {
    json!({"type": ["string", "number", "boolean"]})
}

/// A text that is not blank.
pub fn filled() -> Value {
    json!({"type": ["string", "number", "boolean"], "minLength": 1})
}

/// One of some words.
pub fn words<'w>(words: impl IntoIterator<Item = &'w str>) -> Value {
    json!({"enum": words.into_iter().collect::<Vec<_>>()})
}

/// `true` or `false`.
pub fn flag() -> Value {
    json!({"type": "boolean"})
}

/// The path of a file, and no address.
pub fn path() -> Value {
    json!({"type": ["string", "number"], "minLength": 1, "not": {"type": "string", "pattern": "^[A-Za-z0-9+.-]+://|^~/|/$"}})
}

/// A percentage.
pub fn percent() -> Value {
    json!({"type": "string", "pattern": "^[0-9]+(\\.[0-9]+)?[ \u{a0}\u{202f}]*%$"})
}

/// A whole number.
pub fn whole() -> Value {
    json!({"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": "^[0-9]+$"}]})
}

/// A percentage or a whole number.
pub fn share() -> Value {
    json!({"anyOf": [whole(), percent()]})
}

/// One of these, or a list of them.
pub fn one_or_list(item: &Value) -> Value {
    json!({"anyOf": [item, list(item)]})
}

/// A list.
pub fn list(item: &Value) -> Value {
    json!({"type": "array", "items": item})
}

/// A map whose keys the writer chooses.
pub fn open(value: &Value) -> Value {
    json!({"type": "object", "additionalProperties": value})
}

/// A reference to a part of the same schema.
pub fn of(part: &str) -> Value {
    json!({"$ref": format!("#/$defs/{part}")})
}

/// A map with these keys and no other; `value` says what stands behind each.
pub fn map<'k>(keys: impl IntoIterator<Item = &'k Key>, value: impl Fn(&Key) -> Value) -> Value {
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for key in keys.into_iter().filter(|key| !key.later) {
        properties.insert(key.name.to_owned(), described(key, value(key)));
        if key.needed {
            required.push(key.name);
        }
    }
    let mut map = json!({"type": "object", "additionalProperties": false, "properties": properties});
    if let (Some(map), false) = (map.as_object_mut(), required.is_empty()) {
        map.insert("required".to_owned(), json!(required));
    }
    map
}

/// What stands behind a key, with what the table says of it.
fn described(key: &Key, mut value: Value) -> Value {
    let Some(object) = value.as_object_mut() else { return value };
    object.insert("description".to_owned(), json!(key.about));
    if let Some(usual) = key.usual.strip_prefix('`').and_then(|usual| usual.strip_suffix('`')) {
        object.insert("default".to_owned(), json!(usual));
    }
    if let Some(example) = example(key) {
        object.insert("examples".to_owned(), json!([example]));
    }
    value
}

/// The value of the key in its example, which may hold keys beside it.
fn example(key: &Key) -> Option<Value> {
    let flow = format!("{{{}}}", key.example);
    let block = serde_yaml::from_str::<Value>(key.example).ok();
    let map = block.filter(Value::is_object).filter(|map| map.get(key.name).is_some());
    map.or_else(|| serde_yaml::from_str(&flow).ok())?.get(key.name).cloned()
}
