use std::sync::LazyLock;

use bumpalo::Bump;

use super::*;
use crate::wire::input::{EncodingChoice, Input, Sniff};

mod elements;
mod lines;
mod second_opinion;
mod wording;

/// A value on one line: numbers and texts as they were kept, each with its place.
fn told(json: Json<'_>) -> String {
    let inside = match json.value {
        JsonValue::Null => "null".into(),
        JsonValue::Flag(flag) => flag.to_string(),
        JsonValue::Number(number) => number.into(),
        JsonValue::Text(text) => format!("{text:?}"),
        JsonValue::List(values) => {
            format!("[{}]", values.iter().map(|value| told(*value)).collect::<Vec<_>>().join(" "))
        }
        JsonValue::Object(members) => {
            let member = |member: &Member<'_>| format!("{}={}", member.name, told(member.value));
            format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(" "))
        }
    };
    format!("{}:{inside}", json.offset)
}

fn read(text: &str) -> String {
    let arena = Bump::new();
    match parse(text, &arena) {
        Ok(json) => told(json),
        Err(malformed) => panic!("{text}: {malformed:?}"),
    }
}

fn input(text: &str) -> Input {
    Input::from_bytes("m.json", text.as_bytes().to_vec(), EncodingChoice::Auto, Sniff::Text).unwrap()
}

/// The sizes of blocks and numbers of threads that streams are tried with.
const STREAMS: [(usize, usize); 8] = [(1, 1), (64, 1), (64, 2), (100, 2), (300, 1), (1000, 2), (4096, 1), (4096, 2)];

/// The objects of a block, with their places in the input.
fn told_block(block: &ObjectBlock<'_>) -> Vec<String> {
    let place = |json: &Json<'_>| block.block.offset + json.offset as u64;
    let value = |json: &Json<'_>| told(*json).split_once(':').unwrap().1.to_owned();
    block.objects.iter().map(|json| format!("{} {}", place(json), strip(&value(json)))).collect()
}

/// Without the places of what is inside.
fn strip(told: &str) -> String {
    static PLACE: LazyLock<regex::Regex> = LazyLock::new(|| regex::Regex::new(r"(^|[ \[=])\d+:").unwrap());
    PLACE.replace_all(told, "$1").into_owned()
}

fn refused(text: &str) -> Malformed {
    match parse(text, &Bump::new()) {
        Ok(json) => panic!("{text} is read as {}", told(json)),
        Err(malformed) => malformed,
    }
}

#[test]
fn every_value_is_read_with_its_place() {
    assert_eq!(
        read(" {\"a\": [1, -0.50e+3, \"x\"],\n\"b\":{} ,\"\" : [ ]}\r\n"),
        "1:{a=7:[8:1 11:-0.50e+3 21:\"x\"] b=31:{} =40:[]}"
    );
    assert_eq!(read("[null,true,false]"), "0:[1:null 6:true 11:false]");
    assert_eq!(read("\t0"), "1:0");
    assert_eq!(read("-0"), "0:-0");
    assert_eq!(read("19.990000000000000001E-0400"), "0:19.990000000000000001E-0400");
    assert_eq!(read("\"\""), "0:\"\"");
}

#[test]
fn escapes_become_what_they_mean() {
    assert_eq!(read(r#""a\"\\\/\b\f\n\r\tb\u0456\u041Fz""#), "0:\"a\\\"\\\\/\\u{8}\\u{c}\\n\\r\\tbіПz\"");
    assert_eq!(read(r#""\ud83d\ude00\uD834\uDD1E\uFFFF\u0000""#), "0:\"😀𝄞\\u{ffff}\\0\"");
    assert_eq!(read(r#"{"a\u0062":1}"#), "0:{ab=11:1}");
}

#[test]
fn text_without_escapes_is_not_copied() {
    let arena = Bump::new();
    let text = "\"Термокружка з кришкою\"";
    let json = parse(text, &arena).unwrap();
    assert_eq!(json.text().unwrap().as_ptr(), text[1..].as_ptr());
    assert_eq!(arena.allocated_bytes(), 0);
}

#[test]
fn members_are_found_by_name() {
    let arena = Bump::new();
    let json = parse(r#"{"id":7,"tags":["a"],"title":"x"}"#, &arena).unwrap();
    assert!(matches!(json.member("id").unwrap().value, JsonValue::Number("7")));
    assert_eq!(json.member("title").unwrap().text(), Some("x"));
    assert_eq!(json.member("tags").unwrap().list().unwrap().len(), 1);
    assert_eq!(json.members().unwrap().len(), 3);
    assert!(json.member("Id").is_none() && json.member("tags").unwrap().member("a").is_none());
}

#[test]
fn one_value_is_read_from_within_a_text() {
    let arena = Bump::new();
    let text = "[ {\"a\":1} , 22, x";
    let (first, end) = value(text, 1, &arena).unwrap();
    assert_eq!((told(first).as_str(), end), ("2:{a=7:1}", 9));
    let (second, end) = value(text, end + 2, &arena).unwrap();
    assert_eq!((told(second).as_str(), end), ("12:22", 14));
    assert_eq!(value(text, end + 1, &arena).unwrap_err().offset, 16);
    let past = value(text, text.len(), &arena).unwrap_err();
    assert!(past.cut && past.offset == text.len());
}

/// Everything that the grammar has, on one line.
const SMALL: &str = r#" {"name":"Термос \"0.5\" л \ud83d\ude00\u0456","price":-12.50e+10,"tags":[true,false,null,[],{}, "a\\"],"n":{"k":{"x":0}}}"#;

#[test]
fn a_document_that_is_cut_anywhere_is_refused_as_cut() {
    read(SMALL);
    for at in (0..SMALL.len()).filter(|at| SMALL.is_char_boundary(*at)) {
        let malformed = refused(&SMALL[..at]);
        assert!(malformed.cut, "{}: {malformed:?}", &SMALL[..at]);
        let opened = SMALL.as_bytes().get(malformed.offset).copied();
        assert!(
            malformed.offset == at || matches!(opened, Some(b'{' | b'[' | b'"' | b't' | b'f' | b'n')),
            "{malformed:?}"
        );
    }
}

#[test]
fn values_nest_as_deep_as_allowed_and_no_deeper() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    read(&nested(DEEPEST));
    assert_eq!(refused(&nested(DEEPEST + 1)).offset, DEEPEST);
    // not even many of them, and side by side is not deep
    assert_eq!(refused(&"{\"a\":".repeat(1_000_000)).offset, 5 * DEEPEST);
    read(&format!("[{}[]]", "[[]],".repeat(1000)));
}

#[test]
fn equal_keys_are_found_in_small_and_big_objects() {
    for members in [2, 5, 16, 17, 18, 100, 20_000] {
        let key = |number: usize| format!("\"key{number}\":{number}");
        let keys: Vec<_> = (0..members).map(key).collect();
        read(&format!("{{{}}}", keys.join(",")));
        for again in [0, members / 2, members - 1] {
            let text = format!("{{{},\"ke\\u0079{again}\":0}}", keys.join(","));
            let malformed = refused(&text);
            assert_eq!(malformed.offset, text.rfind(",").unwrap() + 1);
            assert_eq!(malformed.what, format!("the key «key{again}» stands twice in one object"));
        }
    }
    read(r#"{"a":{"a":1},"b":[{"a":1},{"a":2}]}"#);
}
