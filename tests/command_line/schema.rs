//! `schema`: what it takes is what the loaders take, and what it refuses they refuse, as far as a schema can tell.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use offersync::channel::{load, registry};
use offersync::cli::Exit;
use offersync::config::{self, Surroundings};
use offersync::wire::yaml::{Document, Problems, parse};
use serde_json::{Value, json};

use super::world::World;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn printed(of: &str) -> Value {
    let ran = World::at(Path::new("/nowhere")).run(&["schema", of], &|_| panic!("nothing is computed here"));
    assert_eq!((ran.exit, ran.stderr.as_str()), (Exit::Clean, ""));
    serde_json::from_str(&ran.stdout).unwrap()
}

fn validator(schema: &Value) -> Validator {
    assert!(jsonschema::meta::is_valid(schema), "it is a schema of its dialect");
    jsonschema::draft202012::new(schema).unwrap()
}

fn wrong(validator: &Validator, value: &Value) -> Vec<String> {
    validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap()
}

/// All files below a folder with this ending.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let (mut found, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

#[test]
fn every_config_that_is_right_is_right_by_the_schema() {
    let validator = validator(&printed("config"));
    let mut checked = 0;
    for folder in ["examples", "tests/config/good", "tests/cli/shared"] {
        let names = files(&root().join(folder), ".yaml");
        let is_config = |path: &&PathBuf| path.ends_with("offersync.yaml") || folder.ends_with("good");
        for path in names.iter().filter(is_config) {
            let found = wrong(&validator, &yaml(&std::fs::read_to_string(path).unwrap()));
            assert!(found.is_empty(), "{}:\n{}", path.display(), found.join("\n"));
            checked += 1;
        }
    }
    assert!(checked >= 9, "only {checked}");
}

#[test]
fn every_description_is_right_by_the_schema() {
    let validator = validator(&printed("channel"));
    let mut all: Vec<(String, String)> =
        registry::BUILT_IN.iter().map(|channel| (channel.name.to_owned(), channel.text.to_owned())).collect();
    // configs of other programs begin with a point
    let is_hidden = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    let is_description = |path: &PathBuf| !path.ends_with("offersync.yaml") && !is_hidden(path);
    for path in files(&root().join("examples"), ".yaml").into_iter().filter(is_description) {
        all.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
    }
    assert!(all.len() >= 13);
    for (name, text) in all {
        let found = wrong(&validator, &yaml(&text));
        assert!(found.is_empty(), "{name}:\n{}", found.join("\n"));
    }
}

/// The schema of reports without room for members that it does not name.
fn strict(mut schema: Value) -> Value {
    fn tighten(value: &mut Value) {
        if let Some(map) = value.as_object_mut() {
            if map.contains_key("properties") {
                map.insert("additionalProperties".to_owned(), json!(false));
            }
            map.values_mut().for_each(tighten);
        } else if let Some(list) = value.as_array_mut() {
            list.iter_mut().for_each(tighten);
        }
    }
    tighten(&mut schema);
    schema
}

#[test]
fn every_report_has_the_members_of_the_schema_and_no_other() {
    let validator = validator(&strict(printed("report")));
    let mut reports: Vec<(String, String)> = files(&root().join("tests/golden"), ".json")
        .into_iter()
        .filter(|path| !path.to_string_lossy().ends_with(".sarif.json"))
        .map(|path| (path.display().to_string(), std::fs::read_to_string(path).unwrap()))
        .collect();
    for (folder, lines) in [
        ("examples/quickstart", &["validate --format json", "diff --format json", "render --check --format json"][..]),
        ("examples/shopify", &["diff --format json"]),
        ("examples/own-channel", &["diff --format json", "diff --format json --sku nobody*"]),
        ("tests", &["validate --format json -c none.yaml"]),
    ] {
        for line in lines {
            let arguments: Vec<&str> = line.split(' ').collect();
            let ran = World::at(&root().join(folder)).run(&arguments, &|request| offersync::engine::run(request));
            reports.push((format!("{folder}: {line}"), ran.stdout));
        }
    }
    assert!(reports.len() >= 9, "{}", reports.len());
    for (name, text) in reports {
        let report: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}: {text}"));
        let found = wrong(&validator, &report);
        assert!(found.is_empty(), "{name}:\n{}", found.join("\n"));
    }
}

/// Everything that can be put in the place of a value, or into a map, by a slip.
fn mutated(value: &Value, at: &mut Vec<String>, whole: &Value, each: &mut dyn FnMut(&str, Value)) {
    let pointer = at.iter().map(|part| format!("/{}", part.replace('~', "~0").replace('/', "~1"))).collect::<String>();
    let mut put = |kind: &str, change: &dyn Fn(&mut Value)| {
        let mut copy = whole.clone();
        change(copy.pointer_mut(&pointer).unwrap());
        each(&format!("{}: {kind}", at.join(".")), copy);
    };
    if !at.is_empty() {
        put("a map", &|place| *place = json!({"zzz": {"zzz": ["x"]}}));
        put("a list", &|place| *place = json!([["x"]]));
        put("nothing", &|place| *place = Value::Null);
    }
    match value {
        Value::Object(map) => {
            put("an unknown key", &|place| {
                place.as_object_mut().unwrap().insert("zzz".to_owned(), json!("x"));
            });
            for (name, inner) in map {
                at.push(name.clone());
                mutated(inner, at, whole, each);
                at.pop();
            }
        }
        Value::Array(list) => {
            for (number, inner) in list.iter().enumerate() {
                at.push(number.to_string());
                mutated(inner, at, whole, each);
                at.pop();
            }
        }
        _ => {}
    }
}

/// Where loader and schema differ over mutations of a document: what the schema alone refuses, and what the loader alone
/// does.
fn differences(
    whole: &Value,
    validator: &Validator,
    takes: &dyn Fn(String) -> bool,
) -> (Vec<String>, BTreeSet<String>, usize) {
    assert!(takes(whole.to_string()) && validator.is_valid(whole));
    let (mut too_strict, mut too_mild, mut refused) = (Vec::new(), BTreeSet::new(), 0);
    mutated(whole, &mut Vec::new(), whole, &mut |name, mutant| match (
        takes(mutant.to_string()),
        validator.is_valid(&mutant),
    ) {
        (true, false) => too_strict.push(name.to_owned()),
        (false, true) => drop(too_mild.insert(name.to_owned())),
        (false, false) => refused += 1,
        (true, true) => {}
    });
    (too_strict, too_mild, refused)
}

const CONFIG: &str = r#"
version: 1
shop: {name: Калина, company: Калина, url: "https://kalyna.example", language: uk, currency: UAH}
timezone: Europe/Kyiv
rates: {USD: 41.50}
master:
  file: catalog.csv
  encoding: utf-8
  delimiter: ";"
  quote: none
  decimal: comma
  fields:
    sku: Артикул
    title.uk: Назва
    stock: {kyiv: Склад}
    weight: {column: Вага, unit: kg}
    pictures: {column: Фото, split: "|"}
    attributes: [{column: Х, split: "|", pair: "="}, {column: Колір, name: Колір, unit: см, section: Вигляд}]
    tiers: [{column: Гурт, quantity: 10}]
    shipping: [{column: Доставка, country: UA, region: Київ, service: Пошта}]
    options: {Колір: Колір}
  categories: categories.csv
channels:
  prom:
    feed: out/prom.xml
    export: exports/prom.xml
    where: stock > 0
    lookups: {categories: maps/c.csv}
    settings: {merchantid: "3", stores: {kyiv: PP1}, list: [a, b]}
    guards: {max-delete: 10%, max-update: 5, max-price-move: {limit: 40%, share: 1%}, category-gone: 2, shrink: 50%}
    invalid: stop
    shape: feed
    documents: {further: {feed: out/further.xml, export: exports/f.xml, guards: {zero-stock: 30%}, invalid: stop, shape: feed}}
  stall: {use: ./stall.yaml}
"#;

/// What only the loader can tell of a config.
const BEYOND_CONFIG: [&str; 0] = [];

#[test]
fn slips_in_a_config_are_refused_by_both() {
    let built_in: Vec<&str> = registry::names().collect();
    let takes = |text: String| {
        let document = Document { name: "offersync.yaml".into(), text };
        let surroundings = Surroundings { built_in: &built_in, env: &|_| None };
        config::read(document, Path::new("/nowhere/offersync.yaml"), surroundings).is_ok()
    };
    let (too_strict, too_mild, refused) = differences(&yaml(CONFIG), &validator(&printed("config")), &takes);
    assert_eq!(too_strict, Vec::<String>::new(), "the loader takes these");
    assert_eq!(too_mild.iter().map(String::as_str).collect::<Vec<_>>(), BEYOND_CONFIG, "only the loader refuses these");
    assert!(refused > 150, "{refused}");
}

/// What only the loader can tell of a description: names that are looked up, and what goes with which kind.
const BEYOND_CHANNEL: [&str; 9] = [
    "fields.available.values: an unknown key",
    "fields.param.fields: an unknown key",
    "fields: an unknown key",
    "head.currency.fields: an unknown key",
    "head: an unknown key",
    "shapes.feed.at.param.at: an unknown key",
    "shapes.feed.at: an unknown key",
    "shapes.feed.head.currency.at: an unknown key",
    "shapes.feed.head: an unknown key",
];

#[test]
fn slips_in_a_description_are_refused_by_both() {
    let takes = |text: String| {
        let problems = Problems::default();
        parse(Document { name: "stall.yaml".into(), text }, &problems)
            .is_some_and(|node| load(&node, &problems).is_some())
    };
    let text = std::fs::read_to_string(root().join("tests/command_line/channels/bazaar.yaml")).unwrap();
    let (too_strict, too_mild, refused) = differences(&yaml(&text), &validator(&printed("channel")), &takes);
    assert_eq!(too_strict, Vec::<String>::new(), "the loader takes these");
    assert_eq!(
        too_mild.iter().map(String::as_str).collect::<Vec<_>>(),
        BEYOND_CHANNEL,
        "only the loader refuses these"
    );
    assert!(refused > 100, "{refused}");
}
