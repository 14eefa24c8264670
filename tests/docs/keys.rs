//! docs/descriptions.md explains every key that the loader takes, in the part where somebody looks for it, and none
//! that the loader does not know.

use std::collections::BTreeSet;
use std::fs;

use offersync::channel::load;
use offersync::channel::load::{DOCUMENT_KEYS, KEY_TABLES};
use offersync::config::keys::DOCUMENT;
use offersync::model::Kind;
use offersync::wire::yaml::{Document, Problems, parse};

/// Where the keys of each map are explained; `true` where each begins a row of a table.
const PARTS: [(&str, &str, bool); 20] = [
    ("a channel", "The top", true),
    ("`checked`", "The top", false),
    ("a setting", "The top", true),
    ("a lookup", "The top", false),
    ("a source", "Where a value comes from", true),
    ("a field", "Kinds", true),
    ("a spelling", "Spelling", true),
    ("a test", "Rules", true),
    ("a rule", "Rules", true),
    ("where a rule counts", "Rules", true),
    ("rules of a field", "Rules", false),
    ("`unique`", "Rules", false),
    ("`within`", "Rules", false),
    ("a test over several fields", "Rules", true),
    ("a shape", "Shapes", true),
    ("a shape, further", "Shapes", true),
    ("`advise`", "Shapes", false),
    ("`listings`", "Shapes", false),
    ("`gather` of lines", "Shapes", false),
    ("a row", "Shapes", true),
];

fn document() -> String {
    fs::read_to_string(super::root().join("docs/descriptions.md")).unwrap()
}

/// A part of the document, from its heading to the next of its kind.
fn part<'d>(document: &'d str, heading: &str) -> &'d str {
    let parts = document.split("\n## ");
    parts.skip(1).find(|part| part.lines().next() == Some(heading)).unwrap_or_else(|| panic!("there is no «{heading}»"))
}

/// What stands between backticks in a line.
fn code(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|one: char| !one.is_ascii_alphanumeric() && one != '_')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
}

/// All words of a part that stand in code, within lines or in blocks.
fn in_code(part: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut in_block = false;
    for line in part.lines() {
        match line.trim_start().starts_with("```") {
            true => in_block = !in_block,
            false if in_block => found.extend(words(line)),
            false => code(line).for_each(|span| found.extend(words(span))),
        }
    }
    found
}

/// The keys that rows of tables begin with, of tables whose first column has one of these headings.
fn begin_rows(part: &str, headings: &[&str]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut is_wanted = false;
    let mut before = "";
    for line in part.lines() {
        let first = line.strip_prefix('|').and_then(|line| line.split('|').next()).unwrap_or("").trim();
        if line.starts_with('|') && !before.starts_with('|') {
            is_wanted = headings.contains(&first);
        } else if is_wanted && line.starts_with('|') {
            // the keys of a row that has several, and not what stands behind them
            found.extend(code(first).filter_map(|span| words(span).next()));
        }
        before = line;
    }
    found
}

#[test]
fn every_key_is_explained_where_it_is_looked_for() {
    let document = document();
    let mut missing = Vec::new();
    for table in KEY_TABLES {
        let (_, heading, in_rows) = PARTS.iter().find(|part| part.0 == table.of).expect("a table has its part");
        let part = part(&document, heading);
        let found = match in_rows {
            true => begin_rows(part, &["key", "test", "you write"]),
            false => in_code(part),
        };
        let keys = table.keys.iter().filter(|key| !key.later && !found.contains(key.name));
        missing.extend(
            keys.map(|key| format!("«{heading}» does not explain `{}` of {}: {}", key.name, table.of, key.about)),
        );
    }
    let found = in_code(part(&document, "Several documents"));
    missing
        .extend(DOCUMENT_KEYS.iter().filter(|key| !found.contains(**key)).map(|key| format!("`{key}` of a document")));
    let in_config = DOCUMENT.iter().filter(|key| !found.contains(key.name));
    missing.extend(in_config.map(|key| format!("`{}` of a document in the config", key.name)));
    let kinds = in_code(part(&document, "Kinds"));
    missing
        .extend(Kind::ALL.iter().filter(|kind| !kinds.contains(kind.1)).map(|kind| format!("the kind `{}`", kind.1)));
    assert!(missing.is_empty(), "\n{}", missing.join("\n"));
}

#[test]
fn no_key_is_explained_that_does_not_exist() {
    let document = document();
    let known: BTreeSet<&str> = KEY_TABLES.iter().flat_map(|table| table.keys).map(|key| key.name).collect();
    let headings: BTreeSet<&str> = PARTS.iter().map(|part| part.1).collect();
    let unknown: Vec<String> = headings
        .iter()
        .flat_map(|heading| begin_rows(part(&document, heading), &["key"]))
        .filter(|key| !known.contains(key.as_str()))
        .collect();
    assert!(unknown.is_empty(), "the loader knows no {}", unknown.join(", "));
}

#[test]
fn the_keys_that_must_be_there_are_those_that_the_loader_asks_for() {
    let document = document();
    let told = part(&document, "The top").lines().find(|line| line.contains("must be there")).expect("it is said");
    let problems = Problems::default();
    let empty = parse(Document { name: "empty.yaml".into(), text: "{}\n".into() }, &problems).unwrap();
    assert!(load(&empty, &problems).is_none());
    let asked = problems.take();
    let asked: BTreeSet<&str> = asked.iter().flat_map(|problem| code(&problem.what)).collect();
    assert_eq!(code(told).collect::<BTreeSet<_>>(), asked);
}

#[test]
fn every_example_of_a_description_is_yaml() {
    for file in ["docs/descriptions.md", "docs/shopify.md"] {
        let text = fs::read_to_string(super::root().join(file)).unwrap();
        let blocks = text.split("```yaml\n").skip(1).filter_map(|block| block.split("```").next());
        let mut count = 0;
        for block in blocks {
            count += 1;
            let problems = Problems::default();
            parse(Document { name: file.into(), text: block.into() }, &problems);
            let found: Vec<String> = problems.take().iter().map(|problem| problem.what.clone()).collect();
            assert!(found.is_empty(), "{file}: {}\n{block}", found.join("; "));
        }
        assert!(count > 0, "{file} shows none");
    }
}

#[test]
fn what_stands_in_code_and_what_begins_a_row_is_told() {
    let part = "X\nA `a: {b}` c\n| key | says |\n|---|---|\n| `d`, `e: f` | `g` |\n\n| path | is |\n|---|---|\n| `h` | |\n```yaml\ni: j\n```\n";
    let told = |words: BTreeSet<String>| words.into_iter().collect::<Vec<_>>().join(" ");
    assert_eq!(told(in_code(part)), "a b d e f g h i j");
    assert_eq!(told(begin_rows(part, &["key"])), "d e");
}
