//! Reports for other programs, compared with files.

use offersync::engine::Outcome;
use offersync::engine::outcome::{BaselineSeen, Whereabouts};
use offersync::finding::{Code, Fingerprint, Severity};
use offersync::report::failure::Wrong;
use offersync::report::{Failure, Format, Look, Options};

use crate::golden::{check, options};
use crate::{builder, report, shops};

const FORMATS: [(Format, &str); 4] = [
    (Format::Markdown, "md"),
    (Format::Github, "github.txt"),
    (Format::Sarif, "sarif.json"),
    (Format::Junit, "junit.xml"),
];

/// The version changes with every release, and no golden file with it.
fn versionless(text: &str) -> String {
    text.replace(&format!("\"version\":\"{}\"", env!("CARGO_PKG_VERSION")), "\"version\":\"0.0.0\"")
}

fn check_all(name: &str, outcome: &Outcome) {
    for (format, ending) in FORMATS {
        let text = report(format, outcome, &Options { exit: 1, ..options() }, &Look::PLAIN);
        check(&format!("{name}.{ending}"), &versionless(&text));
    }
}

fn code(id: &str, severity: Severity) -> Code {
    Code {
        field: String::new(),
        id: id.into(),
        severity,
        what: format!("what {id} means"),
        why: "why it matters".into(),
        example: "wrong  →  right".into(),
        fix: "mend it".into(),
        source: String::new(),
    }
}

#[test]
fn findings() {
    let mut outcome = shops::findings();
    outcome.rules = vec![
        code("catalog/gtin-check", Severity::Error),
        code("catalog/date", Severity::Warning),
        code("rozetka/param-missing", Severity::Error),
        code("rozetka/never-broken", Severity::Warning),
    ];
    for channel in &mut outcome.channels {
        channel.description.clone_from(&channel.id);
    }
    outcome.findings[0].prints = (0..outcome.findings[0].count).map(Fingerprint).collect();
    let (path, met) = ("known.json".to_owned(), Vec::new());
    outcome.baseline = Some(BaselineSeen { path, known: 12_000, gone: Some(3), met });
    outcome.config = "conf/offersync.yaml".into();
    outcome.whereabouts = Whereabouts { here: "/srv/shop".into(), from_here: vec!["conf/offersync.yaml".into()] };
    check_all("programs-validate", &outcome);
}

#[test]
fn changes_and_feeds() {
    check_all("programs-diff", &shops::four_channels());
    check_all("programs-render", &shops::rendered());
    let mut failed = builder::outcome("diff");
    failed.channels = vec![shops::failed()];
    check_all("programs-input", &failed);
}

#[test]
fn failures() {
    let wrong = Wrong {
        code: "config/unknown-key".into(),
        message: "a channel has no key `stok`".into(),
        file: "offersync.yaml".into(),
        line: Some(31),
        column: Some(5),
        label: "did you mean `stock`?".into(),
        ..Wrong::default()
    };
    let (errors, command) = (vec![wrong, Wrong::plain("no config here or above", "name one")], "diff".to_owned());
    let failure = Failure { command, config: "offersync.yaml".into(), errors, exit: 2, ..Failure::default() };
    for (format, ending) in FORMATS {
        let mut out = Vec::new();
        format.report().failure(&failure, &Look::PLAIN, &mut out).unwrap();
        check(&format!("programs-failure.{ending}"), &versionless(&String::from_utf8(out).unwrap()));
    }
}

#[test]
fn a_large_plan_is_a_page() {
    let text = report(Format::Markdown, &shops::large(), &options(), &Look::PLAIN);
    assert!(text.len() < 60_000 && text.lines().count() < 120, "{text}");
    let text = report(Format::Github, &shops::large(), &options(), &Look::PLAIN);
    assert!(text.lines().count() <= 20, "{text}");
}

#[test]
fn a_page_that_would_be_too_long_says_what_is_left_out() {
    let mut outcome = shops::findings();
    let group = outcome.findings[0].clone();
    outcome.findings = (0..500)
        .map(|n| {
            let mut one = group.clone();
            one.code = format!("catalog/of-number-{n}");
            one
        })
        .collect();
    let text = report(Format::Markdown, &outcome, &options(), &Look::PLAIN);
    assert!(text.len() <= 60_000, "{}", text.len());
    assert!(text.contains(" more") && text.ends_with("</details>\n"), "{text}");
}
