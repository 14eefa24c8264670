//! YAML of every sort as a config: nothing of it makes the reader fall, and no key stands twice.

use proptest::prelude::*;

use super::{message, read};

/// Corners of YAML: each is read, or refused in words.
const CORNERS: [&str; 44] = [
    "",
    "\n",
    "---\n",
    "---\n...\n",
    "--- \n--- \n",
    "# only a comment",
    "%YAML 1.2\n---\nversion: 1\n",
    "%YAML 3.0\n---\nversion: 1\n",
    "%TAG ! tag:example.com,2000:\n---\n!x version: 1\n",
    "version: !!int 1\n",
    "!!map {version: 1}\n",
    "? version\n: 1\n",
    "? [a, b]\n: 1\n",
    "? {a: b}\n: 1\n",
    "? |\n  version\n: 1\n",
    "*a\n",
    "&a version: 1\n*a : 2\n",
    "&a a: *a\n",
    "&a [*a]\n",
    "&a {b: *a}\n",
    "a: &a\nb: *a\n",
    "<<: {version: 1}\n",
    "version: 1\n<<: [*x]\n",
    "version: |\n  1\n",
    "version: >-\n\n\n  1\n",
    "version: |9\n  1\n",
    "version: \"\\x31\"\n",
    "version: \"\\uD800\"\n",
    "version: \"\\q\"\n",
    "version: '1\n",
    "version: [1\n",
    "version: {1\n",
    "version: ]\n",
    "version: }\n",
    "version:\t1\n",
    "\tversion: 1\n",
    "version: 1 : 2\n",
    "- - - - -\n",
    ": 1\n",
    "version: 1\n...\nversion: 2\n",
    "version: 1\u{85}shop: 2\u{2028}",
    "\u{0}",
    "version: 1\r\rshop: {}\r",
    "{\"version\": 1, \"shop\": {\"language\": \"uk\", \"currency\": \"UAH\"}, \"master\": {\"file\": \"a\"}, \"channels\": {\"prom\": null}}",
];

/// One key in two spellings, at the top and further down.
const TWICE: [&str; 10] = [
    "a: 1\na: 2\n",
    "a: 1\n\"a\": 2\n",
    "'a': 1\n\"a\": 2\n",
    "a: 1\n\"\\u0061\": 2\n",
    "{a: 1, a: 2}\n",
    "? a\n: 1\n? a\n: 2\n",
    "a: 1\n!!str a: 2\n",
    "&k a: 1\n*k : 2\n",
    "x: {y: [{a: 1, b: 2, a: 3}]}\n",
    "- ? |-\n    a\n  : 1\n  a: 2\n",
];

#[test]
fn corners_of_yaml_are_read_or_refused_in_words() {
    for text in CORNERS {
        let said = message(text);
        assert!(said.starts_with("error[config/") || said == "no problems\n", "{text:?}: {said}");
    }
}

#[test]
fn a_key_that_stands_twice_is_refused_however_it_is_written() {
    for text in TWICE {
        let problems = read(text).unwrap_err();
        assert!(problems.iter().any(|problem| problem.code == "config/equal-keys"), "{text:?}: {problems:#?}");
    }
}

#[test]
fn depth_and_aliases_have_a_bound() {
    for text in [
        "[".repeat(2_000),
        "token: ".repeat(50_000),
        "{a: ".repeat(100_000),
        "- ".repeat(2_000),
        format!("a: &a [{}]\nb: [{}]\n", "x,".repeat(2_000), "*a,".repeat(2_000)),
    ] {
        assert!(message(&text).contains("error[config/yaml]"));
    }
}

proptest! {
    #[test]
    fn no_config_is_too_odd(text in "[-a-cv:,\\[\\]{}#&*!|>'\"%@`?~0-9 \n\t\\\\]{0,60}") {
        message(&text);
    }

    #[test]
    fn no_value_is_too_odd(
        number in 0..12_usize,
        value in "[-a-c:,\\[\\]{}#&*!|>'\"%@`?~0-9 .єй«]{0,12}",
    ) {
        let keys = [
            "timezone", "rates", "master", "channels", "shop", "version", "a", "rates: {USD", "channels: {prom: {where",
            "channels: {prom: {guards: {max-delete", "master: {file", "channels: {prom: {settings: {token",
        ];
        let key = keys[number];
        let closing = "}".repeat(key.matches('{').count());
        message(&format!("version: 1\n{key}: {value}{closing}\n"));
    }
}
