//! Whole reports, compared with files.

use std::fs;
use std::path::PathBuf;

use offersync::engine::Outcome;
use offersync::engine::outcome::Counts;
use offersync::finding::Refusal;
use offersync::plan::ChangeKind;
use offersync::report::failure::Wrong;
use offersync::report::{By, Failure, Format, Look, Only, Options, Sheet, View};

use crate::{builder, human, report, shops, terminal};

/// Compares with a golden file, or writes it where `OFFERSYNC_BLESS` says so.
pub fn check(name: &str, actual: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/report").join(name);
    if std::env::var_os("OFFERSYNC_BLESS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, actual).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(expected == actual, "{} differs; the report is now:\n{actual}", path.display());
}

pub fn options() -> Options {
    Options { now: "2026-11-21T12:12:00+02:00".parse().ok(), ..Options::default() }
}

#[test]
fn diff_of_four_channels() {
    let outcome = shops::four_channels();
    check("diff.txt", &human(&outcome, &options(), &terminal(100)));
    check("diff-80.txt", &human(&outcome, &options(), &terminal(80)));
    check("diff-70.txt", &human(&outcome, &options(), &terminal(70)));
    check("diff-120.txt", &human(&outcome, &options(), &terminal(120)));
    check("diff-pipe.txt", &human(&outcome, &options(), &Look::PLAIN));
    check("diff-c-locale.txt", &human(&outcome, &options(), &Look { unicode: false, ..Look::PLAIN }));
    check("diff-colour.txt", &human(&outcome, &options(), &Look { colour: true, ..terminal(100) }));
}

#[test]
fn diff_of_one_channel() {
    let outcome = shops::one_channel();
    check("one.txt", &human(&outcome, &options(), &terminal(100)));
    let only = |names: &[&str]| Options { only: names.iter().map(|name| Only::named(name)).collect(), ..options() };
    check("one-only-delete.txt", &human(&outcome, &only(&["delete"]), &terminal(100)));
    check("one-only-price.txt", &human(&outcome, &Options { limit: Some(5), ..only(&["price"]) }, &terminal(100)));
    check("one-by-brand.txt", &human(&outcome, &Options { by: Some(By::Brand), ..options() }, &terminal(100)));
    check("one-by-field.txt", &human(&outcome, &Options { by: Some(By::Field), ..options() }, &terminal(100)));
}

#[test]
fn other_views_of_a_diff() {
    let outcome = shops::four_channels();
    let view = |view| Options { view, ..options() };
    check("stat.txt", &human(&outcome, &view(View::Stat), &terminal(100)));
    check("full.txt", &human(&shops::every_sort(), &view(View::Full), &terminal(100)));
    let only = vec![Only::Kind(ChangeKind::Delete)];
    check("names.txt", &human(&outcome, &Options { only, ..view(View::NameOnly) }, &terminal(100)));
    check("quiet.txt", &human(&outcome, &Options { quiet: true, ..options() }, &terminal(100)));
}

#[test]
fn a_catalog_of_any_length_makes_one_screen() {
    let outcome = shops::large();
    let text = human(&outcome, &options(), &terminal(100));
    assert!(outcome.channels[0].counts.changed() > 160_000);
    assert!(text.lines().count() < 60, "{text}");
    check("large.txt", &text);
}

#[test]
fn findings() {
    let outcome = shops::findings();
    check("validate.txt", &human(&outcome, &options(), &terminal(100)));
    check("validate-70.txt", &human(&outcome, &options(), &terminal(70)));
    check("validate-all.txt", &human(&outcome, &Options { limit: Some(0), ..options() }, &terminal(100)));
    check("validate-as.txt", &human(&shops::feed_by_itself(), &options(), &terminal(100)));
}

#[test]
fn feeds() {
    let mut outcome = shops::rendered();
    check("render.txt", &human(&outcome, &options(), &terminal(100)));
    check("render-c-locale.txt", &human(&outcome, &options(), &Look { unicode: false, ..Look::PLAIN }));
    outcome.config = "../shop's.yaml".into();
    check("render-quiet.txt", &human(&outcome, &Options { quiet: true, ..options() }, &terminal(100)));
}

#[test]
fn clean_is_one_line() {
    let clean = |command: &str, count: usize| {
        let mut outcome = builder::outcome(command);
        outcome.channels = ["rozetka", "prom", "google", "kaspi"][..count]
            .iter()
            .map(|id| builder::channel(id, 7, vec![], "UAH"))
            .collect();
        for channel in &mut outcome.channels {
            channel.counts = Counts { same: 7, ..Counts::default() };
            channel.feed = Some(offersync::engine::outcome::FeedSeen {
                fate: offersync::engine::outcome::FeedFate::Equal,
                ..Default::default()
            });
        }
        human(&outcome, &options(), &terminal(100))
    };
    assert_eq!(clean("diff", 4), "No changes: 4 channels match the master (24 ms)\n");
    assert_eq!(clean("diff", 1), "No changes: rozetka matches the master (24 ms)\n");
    assert_eq!(clean("render", 4), "No changes: 4 feeds match the master; nothing was written (24 ms)\n");
    assert_eq!(clean("validate", 4), "No findings: 7 offers are valid for 4 channels (24 ms)\n");
    let mut quiet = shops::one_channel();
    quiet.channels.clear();
    assert_eq!(human(&quiet, &Options { quiet: true, ..options() }, &terminal(100)), "");
}

#[test]
fn hints_are_for_terminals() {
    let hints = |outcome: &Outcome, look: Look| {
        Format::Human.report().hints(Sheet { outcome, options: &options(), look: &look })
    };
    assert_eq!(
        hints(&shops::four_channels(), terminal(100)),
        ["offersync diff rozetka", "offersync render prom google"]
    );
    assert_eq!(hints(&shops::four_channels(), Look::PLAIN), Vec::<String>::new());
    let one = hints(&shops::one_channel(), terminal(100));
    assert_eq!(one[..2], ["offersync diff rozetka --only delete", "offersync why V40017 price"]);
    assert_eq!(hints(&shops::findings(), terminal(100))[0], "offersync explain rozetka/param-missing");
    assert_eq!(hints(&shops::rendered(), terminal(100)), ["offersync diff kaspi"]);
}

#[test]
fn failures() {
    let refusal = Refusal {
        line: Some(214),
        column: Some(8),
        text: "VT1182;\"Термос Verba".into(),
        ..Refusal::whole("data/goods.csv", "the quote opened before «Термос Verba» is never closed", "close it")
    };
    let secret = Wrong {
        code: "config/unknown-key".into(),
        message: "a channel has no key `stok`".into(),
        file: "offersync.yaml".into(),
        line: Some(31),
        column: Some(5),
        text: "    stok: {reserve: 2}".into(),
        marked: 4,
        label: "did you mean `stock`?".into(),
        ..Wrong::default()
    };
    let failure = |errors| Failure {
        command: "diff".into(),
        config: "offersync.yaml".into(),
        errors,
        exit: 2,
        ..Failure::default()
    };
    let text = |failure: &Failure, format: Format| {
        let mut out = Vec::new();
        format.report().failure(failure, &terminal(100), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    check("failure-input.txt", &text(&failure(vec![Wrong::from(&refusal)]), Format::Human));
    check("failure-config.txt", &text(&failure(vec![secret.clone(), secret]), Format::Human));
    check("failure-input.json", &text(&failure(vec![Wrong::from(&refusal)]), Format::Json));
    check(
        "failure-plain.txt",
        &text(&failure(vec![Wrong::plain("no config here or above", "offersync init")]), Format::Human),
    );
}

#[test]
fn json() {
    let mut outcome = shops::every_sort();
    outcome.channels.push(shops::failed());
    outcome.findings = shops::findings().findings;
    check("diff.json", &report(Format::Json, &outcome, &Options { exit: 1, ..options() }, &Look::PLAIN));
}
