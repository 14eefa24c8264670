//! JUnit's XML against what `junit-10.xsd` allows, and against its own figures.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Which elements stand where, with which attributes: the part of the schema that reports use.
const ALLOWED: [(&str, &str, &[&str]); 6] = [
    ("", "testsuites", &["name", "tests", "failures", "errors"]),
    ("testsuites", "testsuite", &["name", "tests", "failures", "errors"]),
    ("testsuite", "testcase", &["name", "classname"]),
    ("testcase", "failure", &["message", "type"]),
    ("testcase", "error", &["message", "type"]),
    ("testcase testsuite", "system-out", &[]),
];

pub fn check(text: &str, at: &str) {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let (mut open, mut met) = (Vec::<String>::new(), BTreeMap::<String, u64>::new());
    let mut sums = Vec::new();
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{at}: {error}")) {
            Event::Start(element) => {
                let name = enter(&element, open.last().map_or("", String::as_str), at, &mut sums);
                *met.entry(name.clone()).or_default() += 1;
                open.push(name);
            }
            Event::Empty(element) => {
                let name = enter(&element, open.last().map_or("", String::as_str), at, &mut sums);
                *met.entry(name).or_default() += 1;
            }
            Event::End(_) => drop(open.pop()),
            Event::Text(text) => {
                let text: &str = text.as_ref();
                assert!(!text.contains("]]>") && !text.contains('\u{1b}'), "{at}: {text}");
                assert!(text.trim().is_empty() || open.len() >= 3, "{at}: text outside of a case: {text}");
            }
            Event::Decl(_) | Event::GeneralRef(_) => {}
            Event::Eof => break,
            other => panic!("{at}: {other:?}"),
        }
    }
    assert!(open.is_empty(), "{at}");
    let of = |name: &str| met.get(name).copied().unwrap_or(0);
    let (whole, suites) = sums.split_first().unwrap();
    let added =
        suites.iter().fold([0; 3], |all: [u64; 3], one: &[u64; 3]| [all[0] + one[0], all[1] + one[1], all[2] + one[2]]);
    assert_eq!(*whole, added, "{at}: the sums are those of the suites");
    assert_eq!(whole[0], of("testcase"), "{at}");
    assert!(whole[1] <= of("failure") && (whole[1] > 0) == (of("failure") > 0), "{at}");
    assert!(whole[2] <= of("error") && (whole[2] > 0) == (of("error") > 0), "{at}");
}

fn enter(element: &BytesStart<'_>, parent: &str, at: &str, sums: &mut Vec<[u64; 3]>) -> String {
    let name = element.name().as_ref().to_owned();
    let rule = ALLOWED.iter().find(|rule| rule.1 == name && rule.0.split(' ').any(|one| one == parent));
    let rule = rule.unwrap_or_else(|| panic!("{at}: {name} in {parent}"));
    let mut values = BTreeMap::new();
    for attribute in element.attributes() {
        let attribute = attribute.unwrap_or_else(|error| panic!("{at}: {error}"));
        let key = attribute.key.as_ref().to_owned();
        assert!(rule.2.contains(&key.as_str()), "{at}: {key} of {name}");
        values.insert(key, attribute.value.to_string());
    }
    assert_eq!(values.len(), rule.2.len(), "{at}: {name} has {values:?}");
    if let Some(tests) = values.get("tests") {
        sums.push([tests, &values["failures"], &values["errors"]].map(|text| text.parse().unwrap()));
    }
    name
}
