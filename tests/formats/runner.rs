//! Workflow commands as the runner of GitHub Actions reads them from what a step prints.

use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::catalogs::{HEADER, Shop};

/// One command, taken apart.
#[derive(Debug)]
pub struct Taken {
    pub name: String,
    pub properties: BTreeMap<String, String>,
    pub data: String,
}

/// Every command that the runner knows: none but annotations may come of a report.
const KNOWN: [&str; 15] = [
    "error",
    "warning",
    "notice",
    "debug",
    "group",
    "endgroup",
    "add-mask",
    "add-path",
    "set-env",
    "set-output",
    "save-state",
    "stop-commands",
    "echo",
    "add-matcher",
    "remove-matcher",
];

/// What the runner makes of a line; `None` for a line that is only printed.
pub fn parse(line: &str) -> Option<Taken> {
    second_notation(line).or_else(|| first_notation(line))
}

/// `::name key=value,key=value::data`, from the beginning of a line.
fn second_notation(line: &str) -> Option<Taken> {
    let rest = line.trim_start().strip_prefix("::")?;
    let (info, data) = rest.split_once("::")?;
    let (name, properties) = info.split_once(' ').unwrap_or((info, ""));
    KNOWN.contains(&name).then(|| {
        let pairs = properties.trim().split(',').filter_map(|pair| pair.split_once('='));
        let properties = pairs.map(|(key, value)| (key.to_owned(), unescaped(value, &["%3A:", "%2C,"]))).collect();
        Taken { name: name.to_owned(), properties, data: unescaped(data, &[]) }
    })
}

/// `##[name]data`, from anywhere in a line.
fn first_notation(line: &str) -> Option<Taken> {
    let rest = &line[line.find("##[")? + 3..];
    let (info, data) = rest.split_once(']')?;
    let name = info.split(' ').next().unwrap_or_default();
    KNOWN.contains(&name).then(|| Taken { name: name.to_owned(), properties: BTreeMap::new(), data: data.to_owned() })
}

/// The runner takes escapes back one kind after the other, the percent sign last.
fn unescaped(text: &str, further: &[&str]) -> String {
    let text = text.replace("%0D", "\r").replace("%0A", "\n");
    let text = further.iter().fold(text, |text, pair| text.replace(&pair[..3], &pair[3..]));
    text.replace("%25", "%")
}

/// All annotations of a report; fails where a line is anything else.
pub fn check(report: &str, at: &str) -> Vec<Taken> {
    let taken: Vec<Taken> = report.lines().map(|line| parse(line).unwrap_or_else(|| panic!("{at}: {line}"))).collect();
    let mut of_level = BTreeMap::<&str, usize>::new();
    for one in &taken {
        assert!(["error", "warning", "notice"].contains(&one.name.as_str()), "{at}: {one:?}");
        let keys: Vec<&str> = one.properties.keys().map(String::as_str).collect();
        assert!(keys == ["title"] || keys == ["col", "file", "line", "title"], "{at}: {one:?}");
        assert!(one.properties.get("line").is_none_or(|line| line.parse::<u64>().unwrap() >= 1), "{at}: {one:?}");
        assert!(one.properties.get("file").is_none_or(|file| !file.contains('\\')), "{at}: {one:?}");
        *of_level.entry(&one.name).or_default() += 1;
    }
    // the changes of a diff are notices beside those of findings
    assert!(of_level.iter().all(|level| *level.1 <= if *level.0 == "notice" { 20 } else { 10 }), "{at}: {of_level:?}");
    taken
}

#[test]
fn the_runner_is_read_as_it_reads() {
    let taken = parse(" ::error file=a%2Cb%3A.csv,line=3::x%0Ay%250A").unwrap();
    assert_eq!((taken.properties["file"].as_str(), taken.data.as_str()), ("a,b:.csv", "x\ny%0A"));
    assert_eq!(parse("x ##[error]y").unwrap().name, "error");
    assert!(parse("text ::error::x").is_none() && parse("::unknown::x").is_none());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_ends_a_command_or_begins_one(name in "(::|##\\[|error|\\]|%0A|%|,|=|\n|\r|[a-zі:,;%\"\u{1b}\u{202e}]){1,12}") {
        let cell = format!("\"{}\"", name.replace('"', "\"\""));
        let shop = Shop::new(&format!("{HEADER}{cell};{cell};{cell};M;{cell};{cell};{cell};{cell}\nA2;{cell};R;M;1;0;1;x\n"));
        let ran = shop.run(&["validate", "--format", "github"]);
        let taken = check(&ran.stdout, &ran.stderr);
        prop_assert!(ran.code == 2 || taken.len() > 1, "{}", ran.stdout);
        prop_assert!(taken.iter().all(|one| one.properties["title"] == "offersync" || one.properties["title"].contains('/')));
    }
}
