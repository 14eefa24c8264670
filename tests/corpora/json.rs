//! JSON: as a tree, as a walk of the lists of a document of any size, and as the objects of a list in blocks.

use bumpalo::Bump;
use offersync::finding::Refusal;
use offersync::wire::input::{EncodingChoice, Input, Sniff};
use offersync::wire::json::{Elements, Json, JsonValue, parse, refusal, walk};
use serde_json::{Value, json};

use crate::bundle::{Document, Way, refused, taken};

pub const WAYS: &[Way] = &[("tree", tree), ("walk", in_a_walk), ("blocks", in_blocks)];

fn opened(document: &Document) -> Result<Input, Refusal> {
    Input::from_bytes("document", document.bytes.clone(), EncodingChoice::Auto, Sniff::Text)
}

fn verdict<T: Into<Value>>(read: Result<T, Refusal>) -> Value {
    read.map_or_else(|refusal| refused(&refusal), taken)
}

fn tree(document: &Document) -> Value {
    verdict(opened(document).and_then(|input| {
        let (text, arena) = (input.text()?, Bump::new());
        let root = parse(&text, &arena).map_err(|malformed| refusal(&input, 0, &malformed))?;
        Ok(meaning(root))
    }))
}

/// Hands out the values of lists alone.
fn in_a_walk(document: &Document) -> Value {
    verdict(opened(document).and_then(|input| {
        let mut found = Vec::new();
        walk::document(&input, &mut |_, _, value| {
            found.push(meaning(value));
            Ok(())
        })?;
        Ok(found)
    }))
}

/// Takes a document with objects at its top alone.
fn in_blocks(document: &Document) -> Value {
    verdict(opened(document).and_then(|input| {
        let mut found = Vec::new();
        let top = [Vec::new()];
        let elements = Elements { input: &input, paths: &top, threads: 2, block: 16 };
        elements.read(
            |_| Ok::<_, Refusal>(()),
            || (),
            |(), block| Ok(block.objects.iter().map(|object| meaning(*object)).collect::<Vec<_>>()),
            |objects| {
                found.extend(objects);
                Ok(())
            },
        )?;
        Ok(found)
    }))
}

/// A value as others write it; numbers as their text, under a name that tells them from texts.
fn meaning(json: Json<'_>) -> Value {
    match json.value {
        JsonValue::Null => Value::Null,
        JsonValue::Flag(flag) => flag.into(),
        JsonValue::Number(text) => json!({"number": text}),
        JsonValue::Text(text) => text.into(),
        JsonValue::List(values) => values.iter().map(|value| meaning(*value)).collect(),
        JsonValue::Object(members) => {
            let members = members.iter().map(|member| (member.name.to_owned(), meaning(member.value)));
            json!({"object": members.collect::<serde_json::Map<_, _>>()})
        }
    }
}
