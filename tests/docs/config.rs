//! docs/config.md has every key of a config, made from the table that the loader reads configs by: with examples that it
//! takes, and with the defaults that guards have.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use offersync::config::guards::{Allowing, CATEGORY_OF, FEW, GUARD_NAMES};
use offersync::config::keys::{GUARDS, TABLES};
use offersync::config::{self, Guards, Limit, Surroundings};
use offersync::wire::yaml::{Document, Key};
use serde_yaml::{Mapping, Value};

use super::table;

/// A config in which every map of the tables stands, as small as it may be.
const WHOLE: &str = "\
version: 1
shop: {language: uk, currency: UAH}
network: {private: true}
master: {file: catalog.csv, fields: {weight: {column: Вага}, pictures: {column: Фото}, attributes: [{column: Колір, name: Колір}], tiers: [{column: Гурт, quantity: 10}], shipping: [{column: Доставка, country: UA}]}}
channels: {prom: {documents: {further: {feed: out/further.xml}}, guards: {max-price-move: {limit: 40%}}}}
";

/// What the loader says of a config; nothing where it takes it.
fn problems(text: &str) -> Vec<(String, String)> {
    let env = |name: &str| name.ends_with("TOKEN").then(|| "s3cr3t".to_owned());
    let document = Document { name: "offersync.yaml".into(), text: text.into() };
    let surroundings = Surroundings { built_in: &["rozetka", "prom", "google"], env: &env };
    let found = config::read(document, Path::new("offersync.yaml"), surroundings).err().unwrap_or_default();
    found.into_iter().map(|problem| (problem.code.to_owned(), problem.what)).collect()
}

/// The map of a config that stands at the path of a table; `*` is what the whole config has there.
fn at<'v>(whole: &'v mut Value, path: &str, key: &Key) -> &'v mut Mapping {
    let of_field = if key.name == "unit" { "weight" } else { "pictures" };
    let names = path.split('.').filter(|name| !name.is_empty());
    let found = names.fold((whole, ""), |(value, before), name| {
        let name = match (before, name) {
            ("fields", "*") => of_field,
            ("channels", "*") => "prom",
            ("documents", "*") => "further",
            _ => name,
        };
        let inner = value.get_mut(name).unwrap_or_else(|| panic!("{path}: the whole config has no {name}"));
        (if inner.is_sequence() { &mut inner[0] } else { inner }, name)
    });
    found.0.as_mapping_mut().expect("the keys of a table stand in a map")
}

fn written(key: &Key) -> String {
    format!("`{}`", key.example.replace('|', "\\|"))
}

fn cells(cells: &[&str]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

/// What stands in the documents for the keys of one map.
fn keys(keys: &[Key]) -> String {
    let mut text =
        "| key | what stands there | where nothing is said | what it is | example |\n|---|---|---|---|---|\n"
            .to_owned();
    for key in keys.iter().filter(|key| !key.later) {
        let usual = if key.needed { "**must be there**" } else { key.usual };
        let example = if key.example.is_empty() { String::new() } else { written(key) };
        text += &cells(&[&format!("`{}`", key.name), key.kind, usual, key.about, &example]);
    }
    let later: Vec<String> = keys.iter().filter(|key| key.later).map(|key| format!("`{}`", key.name)).collect();
    if !later.is_empty() {
        let _ = writeln!(text, "\nOf a later version, and refused until then: {}.", later.join(", "));
    }
    text
}

/// A limit as a config would say it, and what is said of few listings.
fn limit(limit: Limit) -> (String, &'static str) {
    match limit {
        Limit::Usual(share) => (format!("`{share}%`"), "half"),
        Limit::Percent(share) => (format!("`{share}%`"), "the same"),
        Limit::Count(count) => (format!("`{count}`"), "the same"),
    }
}

/// What holds for a guard of which the config says nothing, in general and where there are few listings.
fn usual(name: &str) -> (String, &'static str) {
    let guards = Guards::default();
    let moves = guards.max_price_move;
    match name {
        "empty" => ("at least one listing".to_owned(), "the same"),
        "max-delete" => limit(guards.max_delete),
        "max-update" => limit(guards.max_update),
        "max-price-move" => {
            (format!("`{{limit: {}%, share: {}}}`", moves.limit, limit(moves.share).0.trim_matches('`')), "the same")
        }
        "zero-stock" => limit(guards.zero_stock),
        "category-gone" => (
            match guards.category_gone {
                Some(0) => "`true`",
                Some(_) => "a number",
                None => "`false`",
            }
            .to_owned(),
            "the same",
        ),
        "shrink" => (format!("`{}%`", guards.shrink), "the same"),
        "max-invalid" => limit(guards.max_invalid),
        name => panic!("nobody says what holds for the guard {name}"),
    }
}

fn guards() -> String {
    let few = format!("below {FEW}");
    let mut text = cells(&[
        "guard",
        "what stands there",
        "where nothing is said",
        &few,
        "what it watches",
        "`--allow`",
        "example",
    ]);
    text += "|---|---|---|---|---|---|---|\n";
    for (name, allowing) in GUARD_NAMES {
        let key = GUARDS.iter().find(|key| key.name == name).expect("a guard has its key");
        let allow = match allowing {
            Allowing::Count => format!("`{name}=N`"),
            Allowing::Bare => format!("`{name}`"),
            Allowing::Never => "never".to_owned(),
        };
        let (usual, of_few) = usual(name);
        let example = if key.example.is_empty() { String::new() } else { written(key) };
        text += &cells(&[&format!("`{name}`"), key.kind, &usual, of_few, key.about, &allow, &example]);
    }
    let later: Vec<String> = GUARDS.iter().filter(|key| key.later).map(|key| format!("`{}`", key.name)).collect();
    let _ = writeln!(text, "\nOf a later version, and refused until then: {}.", later.join(", "));
    text
}

/// The rule of small shops, with the figures that the guards go by.
fn small() -> String {
    format!(
        "**Small shops.** Where fewer than {FEW} are there to be counted, a share says little: the guards that say «half» refuse\n\
         what is more than half of them, and but for `max-delete` one alone always passes. From {FEW} on one alone passes them too.\n\
         So it is only where the config says nothing: what you write holds as it stands, at every size. `category-gone`\n\
         looks only at categories that had {CATEGORY_OF} listings or more.\n"
    )
}

#[test]
fn every_key_of_a_config_has_its_row() {
    let mut tables: Vec<(&str, String)> = TABLES
        .iter()
        .map(|(path, of)| match *path {
            "channels.*.guards" => (*path, guards()),
            "" => ("top", keys(of)),
            path => (path, keys(of)),
        })
        .collect();
    tables.push(("small", small()));
    table::keep("docs/config.md", &tables);
}

#[test]
fn every_example_of_a_key_is_taken() {
    assert_eq!(problems(WHOLE), []);
    let mut wrong = Vec::new();
    for (path, of) in TABLES {
        for key in of.iter().filter(|key| !key.example.is_empty()) {
            let mut whole: Value = serde_yaml::from_str(WHOLE).unwrap();
            let example = format!("{{{}}}", key.example);
            let example: Mapping =
                serde_yaml::from_str(&example).unwrap_or_else(|_| serde_yaml::from_str(key.example).unwrap());
            assert!(example.contains_key(key.name), "{path}: the example of {} shows another key", key.name);
            let map = at(&mut whole, path, key);
            // what an item of a table holds stands in its example as a whole
            if path.starts_with("master.fields") || example.contains_key("as") {
                map.retain(|name, _| name == "file");
            }
            map.extend(example);
            let found = problems(&serde_yaml::to_string(&whole).unwrap());
            wrong.extend(
                found.into_iter().map(|found| format!("{path}.{}: {} in «{}»", key.name, found.1, key.example)),
            );
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_keys_that_must_be_there_are_those_that_the_loader_misses() {
    for (path, of) in TABLES {
        for key in *of {
            let mut whole: Value = serde_yaml::from_str(WHOLE).unwrap();
            at(&mut whole, path, key).remove(key.name);
            let codes: Vec<String> =
                problems(&serde_yaml::to_string(&whole).unwrap()).into_iter().map(|found| found.0).collect();
            let is_missed = codes.iter().any(|code| code == "config/missing-key" || code == "config/version");
            // an attribute, a price and what delivery costs need one of two keys
            let one_of_two = ["name", "quantity", "country"].contains(&key.name) && path.starts_with("master.fields");
            assert_eq!(is_missed, key.needed || one_of_two, "{path}.{}: {codes:?}", key.name);
        }
    }
}

#[test]
fn every_config_of_the_document_is_one() {
    let text = fs::read_to_string(super::root().join("docs/config.md")).unwrap();
    let blocks: Vec<&str> = text.split("```yaml\n").skip(1).filter_map(|block| block.split("```").next()).collect();
    assert!(blocks.len() > 1);
    for block in blocks {
        let begins = block.starts_with("version");
        let rest = if begins { "" } else { "version: 1\nshop: {language: uk, currency: UAH}\nchannels: {prom: }\n" };
        assert_eq!(problems(&format!("{rest}{block}")), [], "{block}");
    }
}

#[test]
fn what_the_guards_do_with_few_is_what_is_told() {
    let usual = GUARD_NAMES.iter().filter(|guard| usual(guard.0).1 == "half").count();
    assert_eq!(usual, 4, "max-delete, max-update, zero-stock and max-invalid give way");
}
