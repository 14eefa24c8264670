//! Documents that others have gathered to try readers with, and what ours say of them. They are not kept here:
//! `tests/judges/judge_corpora.sh` fetches them, asks these tests for verdicts and holds those against the collections' own. Those on XML
//! come of `tests/xml.rs`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop where it fails")]

#[path = "corpora/bundle.rs"]
mod bundle;
#[path = "corpora/json.rs"]
mod json;
#[path = "corpora/tables.rs"]
mod tables;
#[path = "corpora/yaml.rs"]
mod yaml;

#[test]
#[ignore = "tests/judges/judge_corpora.sh asks for it"]
fn verdicts_on_json() {
    bundle::judge(json::WAYS);
}

#[test]
#[ignore = "tests/judges/judge_corpora.sh asks for it"]
fn verdicts_on_tables() {
    bundle::judge(tables::WAYS);
}

#[test]
#[ignore = "tests/judges/judge_corpora.sh asks for it"]
fn verdicts_on_yaml() {
    bundle::judge(yaml::WAYS);
}
