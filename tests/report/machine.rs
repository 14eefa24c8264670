//! The JSON that programs read.

use offersync::engine::Outcome;
use offersync::report::failure::Wrong;
use offersync::report::{Failure, Format, Look, Only, Options};
use serde_json::Value;

use crate::{report, shops};

fn json(outcome: &Outcome, options: &Options) -> Value {
    let text = report(Format::Json, outcome, options, &Look::PLAIN);
    assert!(text.ends_with("}\n") && text.lines().count() == 1);
    serde_json::from_str(&text).unwrap()
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

/// Fails unless all of these keys are there.
fn has(value: &Value, expected: &[&str]) {
    let keys = keys(value);
    assert!(expected.iter().all(|key| keys.contains(key)), "{expected:?} in {keys:?}");
}

#[test]
fn the_keys_are_those_that_were_promised() {
    let mut outcome = shops::rendered();
    outcome.channels[0].findings = shops::findings().channels[0].findings.clone();
    outcome.findings = shops::findings().findings;
    let value = json(&outcome, &Options { exit: 4, ..Options::default() });
    assert_eq!(keys(&value)[0], "format");
    assert_eq!((&value["format"], &value["exit"]), (&"offersync/report/1".into(), &4.into()));
    has(&value, &["format", "command", "config", "master", "channels", "findings", "exit"]);
    has(&value["master"], &["path", "digest", "offers"]);
    let channel = &value["channels"][0];
    let promised =
        ["id", "counts", "changes", "groups", "guards", "findings", "excluded", "invalid", "feed", "delivery"];
    has(channel, &promised);
    assert_eq!(keys(&channel["counts"]), ["create", "update", "delete", "same"]);
    has(&channel["changes"][0], &["kind", "key", "cause", "at_stake", "fields"]);
    assert_eq!(keys(&channel["changes"][30]["fields"][0]), ["name", "from", "to"]);
    has(&channel["groups"][0], &["kind", "fields", "trait", "count", "at_stake"]);
    has(&value["channels"][3]["guards"][0], &["name", "value", "limit", "ok", "examples", "allow"]);
    assert_eq!(value["channels"][3]["guards"][0]["allow"], "max-delete=61");
    assert_eq!(keys(&channel["excluded"][0]), ["sku", "rule"]);
    assert_eq!(keys(&channel["invalid"][0]), ["sku", "codes"]);
    has(&channel["feed"], &["path", "bytes", "digest", "listings"]);
    let finding = &value["findings"][0];
    has(finding, &["code", "severity", "place", "message", "help", "count", "in_common", "places"]);
    assert_eq!(keys(&finding["place"]), ["file", "line", "column", "sku", "channel", "field", "message"]);
    assert_eq!(channel["findings"][0]["place"]["channel"], "rozetka");
}

#[test]
fn amounts_are_texts_and_sums_have_a_currency() {
    let value = json(&shops::four_channels(), &Options::default());
    let channels = value["channels"].as_array().unwrap();
    let groups = channels.iter().flat_map(|channel| channel["groups"].as_array().unwrap());
    let sums: Vec<&Value> = groups.flat_map(|group| group["at_stake"].as_array().unwrap()).collect();
    assert!(!sums.is_empty());
    assert!(sums.iter().all(|sum| sum["amount"].is_string() && sum["currency"].is_string()));
    let changes = channels.iter().flat_map(|channel| channel["changes"].as_array().unwrap());
    assert!(changes.into_iter().all(|change| change["at_stake"].is_string() || change["at_stake"].is_null()));
}

#[test]
fn groups_are_a_partition_of_the_changes() {
    let value = json(&shops::large(), &Options::default());
    let channel = &value["channels"][0];
    for kind in ["delete", "create", "update"] {
        let groups = channel["groups"].as_array().unwrap().iter().filter(|group| group["kind"] == kind);
        let sum: u64 = groups.map(|group| group["count"].as_u64().unwrap()).sum();
        assert_eq!(Some(sum), channel["counts"][kind].as_u64());
    }
}

#[test]
fn what_a_person_asked_to_see_takes_nothing_from_a_program() {
    let outcome = shops::four_channels();
    let asked = Options { only: vec![Only::named("price")], limit: Some(1), quiet: true, ..Options::default() };
    assert_eq!(json(&outcome, &asked), json(&outcome, &Options::default()));
}

#[test]
fn a_failure_is_an_object_too() {
    let failure = Failure {
        command: "diff".into(),
        config: String::new(),
        errors: vec![Wrong::plain("first", "do this"), Wrong::plain("second", "")],
        exit: 2,
        ..Failure::default()
    };
    let mut out = Vec::new();
    Format::Json.report().failure(&failure, &Look::PLAIN, &mut out).unwrap();
    let value: Value = serde_json::from_slice(&out).unwrap();
    has(&value, &["format", "command", "error", "exit"]);
    assert_eq!((value["error"]["message"].as_str(), value["exit"].as_u64()), (Some("first"), Some(2)));
    assert_eq!(value["more"][0]["message"], "second");
}
