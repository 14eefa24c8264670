//! Reports for other programs, written by the program itself about twenty catalogs as ugly as
//! catalogs are: each has to be valid where it goes, and no text in a catalog may speak for the report.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

#[path = "formats/baseline.rs"]
mod baseline;
#[path = "formats/catalogs.rs"]
mod catalogs;
#[path = "formats/examples.rs"]
mod examples;
#[path = "formats/junit.rs"]
mod junit;
#[path = "formats/markdown.rs"]
mod markdown;
#[path = "formats/runner.rs"]
mod runner;
#[path = "formats/sarif.rs"]
mod sarif;

use catalogs::{Shop, all};

#[test]
fn every_report_is_valid_whatever_stands_in_the_catalog() {
    let schema = sarif::schema();
    let mut found = std::collections::BTreeSet::new();
    for (name, text) in all() {
        let shop = Shop::new(&text);
        for command in ["validate", "diff", "render"] {
            let ran = shop.run(&[
                command,
                "--format",
                "github",
                "-o",
                "json=r.json",
                "-o",
                "sarif=r.sarif",
                "-o",
                "junit=r.xml",
                "-o",
                "markdown=r.md",
            ]);
            let at = format!("{name}, {command}: {}", ran.stderr);
            assert!([0, 1, 2, 3].contains(&ran.code), "{at}");
            assert!(!ran.stderr.contains("has a fault"), "{at}");
            let json: serde_json::Value = serde_json::from_str(&shop.read("r.json")).expect(&at);
            assert_eq!(json["exit"].as_i64(), Some(i64::from(ran.code)), "{at}");
            found.extend(catalogs::codes(&json));
            sarif::check(&schema, &shop.read("r.sarif"), &at);
            junit::check(&shop.read("r.xml"), &at);
            markdown::check(&shop.read("r.md"), &at);
            runner::check(&ran.stdout, &at);
            for file in ["r.json", "r.sarif", "r.xml", "r.md"] {
                let raw = shop.read(file);
                let unseen =
                    |letter: char| letter.is_control() && letter != '\n' || "\u{202e}\u{200b}\u{feff}".contains(letter);
                assert!(!raw.chars().any(unseen), "{at}: {file}");
            }
        }
    }
    assert!(found.len() >= 15, "findings of many kinds: {found:?}");
}

#[test]
fn thousands_of_equal_findings_are_a_screen_and_what_is_cut_is_said() {
    let mut text = catalogs::HEADER.to_owned();
    (0..6_000).for_each(|number| text.push_str(&format!("A{number};Лійка {number};R;M{number};;349,00;5;\n")));
    let shop = Shop::new(&text);
    let args = ["-o", "sarif=r.sarif", "-o", "junit=r.xml", "-o", "markdown=r.md", "-o", "json=r.json"];
    let human = shop.run(&[&["validate"], &args[..]].concat());
    assert_eq!(human.code, 1, "{}", human.stderr);
    assert!(human.stdout.lines().count() < 60, "{}", human.stdout);
    let github = shop.run(&["validate", "--format", "github"]);
    runner::check(&github.stdout, "github");
    assert!(github.stdout.lines().count() <= 30 && github.stdout.contains(" more error"), "{}", github.stdout);
    let sarif: serde_json::Value = serde_json::from_str(&shop.read("r.sarif")).unwrap();
    assert!((4_990..=5_000).contains(&sarif["runs"][0]["results"].as_array().unwrap().len()));
    let cut = sarif["runs"][0]["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].as_str().unwrap();
    assert!(cut.contains(" results of ") && cut.contains(" findings are told here"), "{cut}");
    assert!(shop.read("r.md").lines().count() < 200 && shop.read("r.md").len() < 60_000);
    assert!(shop.read("r.xml").len() < 200_000 && shop.read("r.xml").contains("5\u{a0}980 more"));
    let json: serde_json::Value = serde_json::from_str(&shop.read("r.json")).unwrap();
    let group = json["channels"][0]["findings"].as_array().unwrap().iter().find(|one| one["count"] == 6_000).unwrap();
    assert_eq!(group["places"].as_array().unwrap().len(), 5_000, "as many as the report that wants most");
    assert_eq!(group["fingerprints"].as_array().unwrap().len(), 6_000, "all of them can be known again");
}
