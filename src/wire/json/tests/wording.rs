//! What people are told.

use super::*;

fn said(text: &str) -> (usize, String, bool) {
    let malformed = refused(text);
    (malformed.offset, format!("{} | {}", malformed.what, malformed.help), malformed.cut)
}

fn all_said(cases: &[(&str, usize, &str)]) {
    for (text, offset, what) in cases {
        assert_eq!(said(text), (*offset, (*what).to_owned(), false), "{text}");
    }
}

#[test]
fn what_is_no_json_is_refused_in_its_place() {
    let cases = [
        ("[1,]", 3, "«]» stands where a value was expected | remove the comma before it"),
        ("{\"a\":1,}", 7, "«}» stands where a key was expected | remove the comma before it"),
        ("{a:1}", 1, "«a» stands where a key was expected | keys stand in double quotes: \"price\""),
        ("{\"a\" 1}", 5, "«1» stands where «:» was expected | "),
        ("{\"a\":1 \"b\":2}", 7, "«b» stands where «,» or «}» was expected | is a comma missing before it?"),
        ("[1 2]", 3, "«2» stands where «,» or «]» was expected | "),
        ("[1}", 2, "«}» stands where «,» or «]» was expected | "),
        (
            "[1] // x",
            4,
            "«//» stands behind the end of the document | a document is one value: remove what follows it, or put all values into one list",
        ),
        ("[1, // x", 4, "«//» stands where a value was expected | JSON has no comments: remove it"),
        ("['a']", 1, "«'a'» is no value | texts stand in double quotes"),
        ("[.5]", 1, "«.5» is no value | write the number without +, and with a digit before the dot"),
        ("[5.]", 1, "«5.» is no number: a digit is missing behind «5.» | write 0.5 and not .5, 5 and not 5. or +5"),
        ("[-]", 1, "«-» is no number: a digit is missing behind «-» | write 0.5 and not .5, 5 and not 5. or +5"),
        ("[1e+]", 1, "«1e+» is no number: a digit is missing behind «1e+» | write 0.5 and not .5, 5 and not 5. or +5"),
        (
            "[-012]",
            1,
            "the number «-012» begins with a zero | remove the zero; what is no amount but a code stands in double quotes",
        ),
    ];
    all_said(&cases);
    for word in ["NaN", "Infinity", "True", "nul1", "truefalse", "undefined", "\u{feff}1", "\u{a0}1", "п"] {
        let (offset, what, is_cut) = said(&format!("[{word}]"));
        assert!(offset == 1 && what.contains("is no value | a value is a text in double quotes") && !is_cut, "{what}");
    }
}

#[test]
fn what_may_not_stand_in_a_text_is_refused_in_its_place() {
    let cases = [
        ("[\"a\tb\"]", 3, "the character U+0009 stands unescaped in a text | write it as \\t"),
        (
            "[\"a\nb\"]",
            3,
            "the character U+000A stands unescaped in a text | write a line break in a text as \\n; is a closing quote missing?",
        ),
        (
            "[\"a\u{1}\"]",
            3,
            "the character U+0001 stands unescaped in a text | write it as \\u0001, or remove it where the file is made",
        ),
        (r#"["\x"]"#, 2, "«\\x» is no escape | write a backslash in a text twice: \\\\"),
        (r#"["\u12g4"]"#, 2, "«\\u12g4» is no escape | write a backslash in a text twice: \\\\"),
        (r#"["\u12"]"#, 2, "«\\u12» is no escape | write a backslash in a text twice: \\\\"),
        (r#"["\ud83d"]"#, 2, "«\\ud83d» is half a character, and its other half is missing | make the file again"),
        (
            r#"["\ude00\ud83d"]"#,
            2,
            "«\\ude00» is half a character, and its other half is missing | make the file again",
        ),
        (
            r#"["\ud83d\u0041"]"#,
            2,
            "«\\ud83d» is half a character, and its other half is missing | make the file again",
        ),
        (
            r#"["\ud83d\ud83d"]"#,
            2,
            "«\\ud83d» is half a character, and its other half is missing | make the file again",
        ),
    ];
    all_said(&cases);
}

#[test]
fn what_ends_too_early_names_what_is_open() {
    let help = "the file is cut: let the program that writes it finish, or fetch it again";
    let cases = [
        ("", 0, "the text ends where a value was expected"),
        ("  ", 2, "the text ends where a value was expected"),
        ("[[1],", 0, "the list that begins here is never closed: a value was expected"),
        ("[{\"a\":1", 1, "the object that begins here is never closed: «,» or «}» was expected"),
        ("{\"a\"", 0, "the object that begins here is never closed: «:» was expected"),
        ("{ ", 0, "the object that begins here is never closed: a key was expected"),
        ("{\"a\":\"Терм", 5, "the quote opened before «Терм» is never closed"),
        ("[fal", 1, "the text ends in the middle of a word: «fal»"),
        ("[1.", 0, "the text ends in the middle of the number «1.»"),
    ];
    for (text, offset, what) in cases {
        assert_eq!(said(text), (offset, format!("{what} | {help}"), true), "{text}");
    }
}

#[test]
fn a_refusal_has_line_and_column() {
    let text = "{\n  \"ціна\": 1,\n  \"ціна\": 2\n}";
    let input = input(text);
    let refusal = refusal(&input, 0, &refused(text));
    assert_eq!(refusal.to_string(), "cannot read m.json: line 3, column 3: the key «ціна» stands twice in one object");
    let inner = text.find("\"").unwrap();
    let behind = refusal_of_inner(&input, inner);
    assert_eq!(behind.to_string(), "cannot read m.json: line 2, column 9: «:» stands behind the end of the document");
}

/// The refusal of a text that begins within an input.
fn refusal_of_inner(input: &Input, from: usize) -> crate::finding::Refusal {
    let mut bytes = Vec::new();
    input.read_at(from as u64, 20, &mut bytes).unwrap();
    refusal(input, from as u64, &refused(std::str::from_utf8(&bytes).unwrap()))
}
