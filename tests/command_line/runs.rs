//! Runs from config to exit code, with a walk of the test's own.

use std::cell::RefCell;
use std::io::ErrorKind;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use offersync::cli::Exit;
use offersync::engine::outcome::{ChannelOutcome, Counts, FeedFate, FeedSeen};
use offersync::engine::{Feeds, Outcome, Request, Stop, StopAfter, Threads};
use offersync::finding::Refusal;

use super::world::{Ran, World};

const CONFIG: &str = "version: 1
shop: {language: uk, currency: UAH}
master: {file: catalog.csv}
channels:
  rozetka: {feed: out/rozetka.xml}
  prom: {feed: out/prom.xml, export: exports/prom.xml}
";

/// A folder with a config, and one below it.
fn shop() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join(".git")).unwrap();
    std::fs::create_dir_all(folder.path().join("notes")).unwrap();
    std::fs::write(folder.path().join("offersync.yaml"), CONFIG).unwrap();
    folder
}

fn changed(id: &str) -> ChannelOutcome {
    ChannelOutcome { id: id.into(), counts: Counts { update: 1, ..Counts::default() }, ..ChannelOutcome::default() }
}

fn nothing(_: &Request<'_>) -> Result<Outcome, Stop> {
    Ok(Outcome::default())
}

fn run(arguments: &[&str], walk: &dyn Fn(&Request<'_>) -> Result<Outcome, Stop>) -> Ran {
    World::at(shop().path()).run(arguments, walk)
}

#[test]
fn a_run_is_asked_what_the_command_line_says() {
    let asked = RefCell::new(Vec::new());
    let walk = |request: &Request<'_>| {
        let feeds = request.feeds.clone();
        asked.borrow_mut().push((request.stop_after, request.channels.clone(), feeds, request.places));
        assert_eq!(request.now.to_string(), "2026-11-21T10:00:00Z");
        Ok(Outcome::default())
    };
    let shop = shop();
    let world = World::at(shop.path());
    world.run(&["validate"], &walk);
    world.run(&["diff", "prom", "rozetka", "--limit", "0"], &walk);
    world.run(&["diff", "prom", "--format", "json"], &walk);
    world.run(&["render", "--check"], &walk);
    world.run(&["render", "--to", "elsewhere", "prom", "prom"], &walk);
    let elsewhere = Feeds::WriteTo(shop.path().join("elsewhere"));
    let expected = [
        (StopAfter::Validate, vec![0, 1], Feeds::Write, 20),
        (StopAfter::Diff, vec![0, 1], Feeds::Write, usize::MAX),
        (StopAfter::Diff, vec![1], Feeds::Write, 100),
        (StopAfter::Render, vec![0, 1], Feeds::Check, 20),
        (StopAfter::Render, vec![1], elsewhere, 20),
    ];
    assert_eq!(*asked.borrow(), expected);
}

#[test]
fn guards_skus_and_threads_go_along() {
    let walk = |request: &Request<'_>| {
        assert!(
            request.only.iter().all(|pattern| pattern.fits("KT1"))
                && request.threads == Threads::Exactly(NonZeroUsize::new(3).unwrap())
        );
        let allowed: Vec<_> = request.allow.iter().map(|one| (one.guard, one.count)).collect();
        assert!(allowed.is_empty() || allowed == [("max-delete", Some(412)), ("shrink", None)]);
        Ok(Outcome::default())
    };
    assert_eq!(run(&["diff", "--sku", "KT*", "-j", "3"], &walk).exit, Exit::Clean);
    assert_eq!(run(&["render", "-j3", "--allow", "max-delete=412", "--allow", "shrink"], &walk).exit, Exit::Clean);
}

#[test]
fn runs_end_with_their_codes() {
    let differs = |_: &Request<'_>| Ok(Outcome { channels: vec![changed("prom")], ..Outcome::default() });
    assert_eq!(run(&["diff"], &nothing).exit, Exit::Clean);
    assert_eq!(run(&["diff"], &differs).exit, Exit::Found);
    assert_eq!(run(&["diff", "--exit-zero"], &differs).exit, Exit::Clean);
    let feed = |fate| ChannelOutcome { feed: Some(FeedSeen { fate, ..FeedSeen::default() }), ..changed("prom") };
    let refused = |_: &Request<'_>| {
        let channels = vec![feed(FeedFate::Written), feed(FeedFate::Refused)];
        Ok(Outcome { channels, ..Outcome::default() })
    };
    assert_eq!(run(&["render"], &refused).exit, Exit::Refused);
    let stopped = run(&["diff"], &|_| Err(Stop::Interrupted));
    assert_eq!(stopped.exit, Exit::Interrupted);
    assert_eq!(stopped.stderr, "error: stopped by you; nothing half done was left behind\n");
}

#[test]
fn the_config_is_found_above_or_named() {
    let shop = shop();
    let mut below = World::at(&shop.path().join("notes"));
    let seen = |request: &Request<'_>| {
        assert_eq!(request.config.channels.len(), 2);
        Ok(Outcome::default())
    };
    assert_eq!(below.run(&["diff"], &seen).exit, Exit::Clean);
    std::fs::write(shop.path().join("notes/other.yaml"), CONFIG.replace("  rozetka: {feed: out/rozetka.xml}\n", ""))
        .unwrap();
    let other = |request: &Request<'_>| {
        assert_eq!(request.config.channels.len(), 1);
        Ok(Outcome::default())
    };
    assert_eq!(below.run(&["diff", "-c", "other.yaml"], &other).exit, Exit::Clean);
    below.env.push(("OFFERSYNC_CONFIG", "other.yaml".into()));
    assert_eq!(below.run(&["diff"], &other).exit, Exit::Clean);
    assert_eq!(below.run(&["diff", "-c", "../offersync.yaml"], &seen).exit, Exit::Clean, "the flag goes first");
    let nowhere = tempfile::tempdir().unwrap();
    std::fs::create_dir(nowhere.path().join(".git")).unwrap();
    let ran = World::at(nowhere.path()).run(&["diff"], &nothing);
    assert_eq!(ran.exit, Exit::Failed);
    assert!(
        ran.stderr.starts_with("error: cannot read offersync.yaml: there is none in this folder\n"),
        "{}",
        ran.stderr
    );
}

#[test]
fn what_is_asked_for_and_is_not_there() {
    let unknown = run(&["diff", "rozeta"], &nothing);
    assert_eq!((unknown.exit, unknown.stdout.as_str()), (Exit::Failed, ""));
    assert!(unknown.stderr.starts_with("error: offersync.yaml has no channel `rozeta`\n"), "{}", unknown.stderr);
    assert!(unknown.stderr.contains("did you mean `rozetka`"), "{}", unknown.stderr);
    let shop = shop();
    std::fs::write(shop.path().join("offersync.yaml"), CONFIG.replace("feed: out/prom.xml, ", "")).unwrap();
    let world = World::at(shop.path());
    let ran = world.run(&["render"], &nothing);
    assert_eq!(ran.exit, Exit::Failed);
    assert!(ran.stderr.starts_with("error: `prom` has no feed to write\n"), "{}", ran.stderr);
    assert_eq!(world.run(&["render", "rozetka"], &nothing).exit, Exit::Clean);
    assert_eq!(world.run(&["render", "--to", "x"], &nothing).exit, Exit::Clean);
    assert_eq!(world.run(&["diff"], &nothing).exit, Exit::Clean);
}

#[test]
fn another_master_is_read_instead() {
    let shop = shop();
    let world = World::at(&shop.path().join("notes"));
    let expected = shop.path().join("notes/new.csv");
    let walk = |request: &Request<'_>| {
        let file = request.master.as_ref().unwrap();
        assert_eq!((file.shown.as_str(), &file.path), ("new.csv", &expected));
        Ok(Outcome::default())
    };
    assert_eq!(world.run(&["diff", "--master", "new.csv"], &walk).exit, Exit::Clean);
    let ran = world.run(&["render", "--master", "../out/prom.xml"], &nothing);
    assert!(ran.stderr.starts_with("error: the master ../out/prom.xml is the feed of `prom`\n"), "{}", ran.stderr);
}

#[test]
fn a_report_never_takes_the_place_of_an_input() {
    let shop = shop();
    let world = World::at(shop.path());
    for (file, role) in [
        ("offersync.yaml", "this config"),
        ("catalog.csv", "the master"),
        ("./out/../out/prom.xml", "the feed of `prom`"),
        ("exports/prom.xml", "the export of `prom`"),
    ] {
        let ran = world.run(&["diff", "-o", &format!("json={file}")], &nothing);
        assert_eq!(ran.exit, Exit::Failed);
        assert!(ran.stderr.starts_with(&format!("error: the report {file} is {role}\n")), "{}", ran.stderr);
    }
    assert_eq!(std::fs::read_to_string(shop.path().join("offersync.yaml")).unwrap(), CONFIG);
    let twice = world.run(&["diff", "-o", "json=a.json", "-o", "human=./a.json"], &nothing);
    assert!(twice.stderr.starts_with("error: the report ./a.json is another report\n"), "{}", twice.stderr);
}

#[test]
fn a_report_never_takes_the_place_of_a_file_that_a_setting_names() {
    let shop = shop();
    let with =
        CONFIG.replace("{feed: out/prom.xml,", "{settings: {tree: tree.txt, seller: \"7001\"}, feed: out/prom.xml,");
    std::fs::write(shop.path().join("offersync.yaml"), with).unwrap();
    std::fs::write(shop.path().join("tree.txt"), "1 - Одяг\n").unwrap();
    let world = World::at(shop.path());
    let ran = world.run(&["diff", "-o", "json=tree.txt"], &nothing);
    assert!(ran.stderr.starts_with("error: the report tree.txt is the setting `tree` of `prom`\n"), "{}", ran.stderr);
    assert_eq!(world.run(&["diff", "-o", "json=7001"], &nothing).exit, Exit::Clean, "a number that is no file");
}

#[test]
fn a_broken_config_is_told_to_people_and_programs_and_overwrites_nothing() {
    let shop = shop();
    let broken = CONFIG.replace("feed: out/rozetka.xml", "fed: out/rozetka.xml");
    std::fs::write(shop.path().join("offersync.yaml"), &broken).unwrap();
    std::fs::write(shop.path().join("catalog.csv"), "sku\n1\n").unwrap();
    let world = World::at(shop.path());
    let arguments =
        ["diff", "--format", "json", "-o", "json=new.json", "-o", "json=catalog.csv", "-o", "json=offersync.yaml"];
    let ran = world.run(&arguments, &nothing);
    assert_eq!(ran.exit, Exit::Failed);
    assert!(ran.stderr.ends_with("1 error in offersync.yaml; nothing was read or sent\n"), "{}", ran.stderr);
    for text in [ran.stdout.clone(), std::fs::read_to_string(shop.path().join("new.json")).unwrap()] {
        let json: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(json["format"], "offersync/report/1");
        assert_eq!(json["exit"], 2);
    }
    assert_eq!(std::fs::read_to_string(shop.path().join("catalog.csv")).unwrap(), "sku\n1\n");
    assert_eq!(std::fs::read_to_string(shop.path().join("offersync.yaml")).unwrap(), broken);
    let again = world.run(&["diff", "-o", "json=new.json"], &nothing);
    assert_eq!(again.exit, Exit::Failed);
    assert!(std::fs::read_to_string(shop.path().join("new.json")).unwrap().contains("offersync/report/1"));
}

#[test]
fn a_refused_input_is_shown_with_its_line() {
    let refusal = Refusal {
        input: "catalog.csv".into(),
        is_output: false,
        line: Some(214),
        column: Some(3),
        text: "K;\"Термос".into(),
        what: "the quote is never closed".into(),
        help: "close it".into(),
    };
    let ran = run(&["diff"], &|_| Err(Stop::Refused(refusal.clone())));
    assert_eq!((ran.exit, ran.stdout.as_str()), (Exit::Failed, ""));
    let expected = [
        "error: cannot read catalog.csv: line 214, column 3: the quote is never closed",
        "    |",
        "214 | K;\"Термос",
        "    |   ^",
        "    |",
        "    = help: close it",
        "",
    ];
    assert_eq!(ran.stderr, expected.join("\n"));
}

#[test]
fn reports_go_to_stdout_and_files() {
    let shop = shop();
    let world = World::at(shop.path());
    let differs = |_: &Request<'_>| Ok(Outcome { channels: vec![changed("prom")], ..Outcome::default() });
    let ran = world.run(&["diff", "--format", "json", "-o", "json=plan.json", "-o", "human=plan.txt"], &differs);
    assert_eq!((ran.exit, ran.stderr.as_str()), (Exit::Found, ""));
    let json: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(
        (&json["command"], &json["config"], &json["exit"]),
        (&"diff".into(), &"offersync.yaml".into(), &1.into())
    );
    let file: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(shop.path().join("plan.json")).unwrap()).unwrap();
    assert_eq!(file, json);
    assert!(!std::fs::read_to_string(shop.path().join("plan.txt")).unwrap().contains('\u{1b}'));
    let nowhere = world.run(&["diff", "-o", "json=no/such/folder/plan.json"], &differs);
    assert_eq!(nowhere.exit, Exit::Failed);
    assert!(
        nowhere.stderr.starts_with("error: cannot write the report no/such/folder/plan.json: "),
        "{}",
        nowhere.stderr
    );
}

#[test]
fn a_reader_who_left_is_no_fault_and_a_full_disk_is() {
    let differs = |_: &Request<'_>| Ok(Outcome { channels: vec![changed("prom")], ..Outcome::default() });
    let shop = shop();
    let mut world = World::at(shop.path());
    world.stdout_fails = Some(ErrorKind::BrokenPipe);
    let left = world.run(&["diff"], &differs);
    assert_eq!((left.exit, left.stderr.as_str()), (Exit::Found, ""));
    world.stdout_fails = Some(ErrorKind::StorageFull);
    let full = world.run(&["diff"], &differs);
    assert_eq!(full.exit, Exit::Failed);
    assert!(full.stderr.starts_with("error: cannot write to stdout: "), "{}", full.stderr);
}

#[test]
fn hints_are_for_a_person_only() {
    let differs = |_: &Request<'_>| Ok(Outcome { channels: vec![changed("prom")], ..Outcome::default() });
    let shop = shop();
    let mut world = World::at(shop.path());
    assert_eq!(world.run(&["diff"], &differs).stderr, "");
    world.is_terminal = true;
    assert!(world.run(&["diff"], &differs).stderr.starts_with("hint: "), "a terminal is told what to try next");
    assert_eq!(world.run(&["diff", "-q"], &differs).stderr, "");
    let hint = world.run(&["diff"], &differs).stderr;
    assert!(!hint.contains("push") && !hint.contains("explain"), "nothing of a later version is advised: {hint}");
}

#[test]
fn feeds_elsewhere_are_named_from_here() {
    let shop = shop();
    let path = shop.path().join("elsewhere/prom.xml").display().to_string();
    let feed = Some(FeedSeen { path, fate: FeedFate::Written, ..FeedSeen::default() });
    let written = |_: &Request<'_>| {
        let channels = vec![ChannelOutcome { feed: feed.clone(), ..changed("prom") }];
        Ok(Outcome { channels, ..Outcome::default() })
    };
    let ran = World::at(shop.path()).run(&["render", "--to", "elsewhere", "--format", "json"], &written);
    let json: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(json["channels"][0]["feed"]["path"], "elsewhere/prom.xml");
}

#[test]
fn phases_are_told_where_more_was_asked_for() {
    let walk = |request: &Request<'_>| {
        request.progress.phase("catalog.csv", 2_500_000);
        request.progress.advance(1_000);
        Ok(Outcome::default())
    };
    assert_eq!(run(&["diff"], &walk).stderr, "");
    assert_eq!(run(&["diff", "-v"], &walk).stderr, "catalog.csv, 2.5 MB\n");
    assert_eq!(run(&["diff", "-v", "--progress", "never"], &walk).stderr, "");
    assert_eq!(run(&["diff", "-q"], &walk).stderr, "");
}

#[test]
fn a_config_without_owner_in_common_is_not_found_from_nowhere() {
    let ran = World::at(&PathBuf::from("/nowhere/at/all")).run(&["diff"], &nothing);
    assert_eq!(ran.exit, Exit::Failed);
}
