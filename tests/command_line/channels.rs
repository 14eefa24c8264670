//! `channels`: the list, one channel, its description.

use std::path::Path;

use offersync::channel::registry;
use offersync::cli::Exit;

use super::golden;
use super::world::{Ran, World};

fn run(arguments: &[&str]) -> Ran {
    World::at(Path::new("/nowhere")).run(arguments, &|_| panic!("nothing is computed here"))
}

#[test]
fn all_channels_are_listed() {
    let ran = run(&["channels"]);
    assert_eq!((ran.exit, ran.stderr.as_str()), (Exit::Clean, ""));
    assert_eq!(ran.stdout.lines().count(), registry::names().count() + 1);
    for name in registry::names() {
        assert!(ran.stdout.lines().any(|line| line.starts_with(name)), "{name}");
    }
}

#[test]
fn one_channel_shows_its_fields() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/command_line/channels");
    let ran = World::at(&folder).run(&["channels", "./bazaar.yaml"], &|_| panic!());
    assert_eq!((ran.exit, ran.stderr.as_str()), (Exit::Clean, ""));
    golden::check("channels/bazaar.txt", &ran.stdout);
}

#[test]
fn every_built_in_channel_can_be_shown_in_part() {
    for name in registry::names() {
        let all = run(&["channels", name, "--limit", "0"]);
        assert_eq!((all.exit, all.stderr.as_str()), (Exit::Clean, ""), "{name}");
        let few = run(&["channels", name, "--limit", "2"]).stdout;
        let more = all.stdout.lines().count() - few.lines().count();
        assert!(few.contains(&format!("\n{more} more: --limit 0. ")), "{few}");
        // a heading that no more than two rows follow, for what it asks for, its head, and each of its documents
        let headings = ["  asks for ", "  head ", "  field "];
        let is_heading = |line: &str| headings.iter().any(|heading| line.starts_with(heading));
        let rows = few.split_inclusive('\n').skip(1).skip_while(|line| !is_heading(line)).collect::<Vec<_>>();
        let tables = rows.iter().filter(|line| is_heading(line)).count();
        assert!(tables > 0 && rows.len() <= tables * 3 + tables + 1, "{few}");
    }
}

#[test]
fn categories_are_searched_by_words() {
    let mut said = String::new();
    for line in [
        "google --category coats",
        "google --category FOOD dog --limit 2",
        "meta --category 5598",
        "google --category shirtz",
        "google --category Взуття",
        "prom --category coats",
        "./bazaar.yaml --category coats",
        "./stall.yaml --category coats",
    ] {
        let arguments: Vec<&str> = std::iter::once("channels").chain(line.split(' ')).collect();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/command_line/channels");
        let ran = World::at(&folder).run(&arguments, &|_| panic!("nothing is computed here"));
        assert_eq!(ran.exit == Exit::Clean, ran.stderr.is_empty(), "{line}");
        said.push_str(&format!("$ offersync channels {line}\n{}{}", ran.stdout, ran.stderr));
    }
    golden::check("channels/categories.txt", &said);
}

#[test]
fn a_description_can_be_started_from() {
    for name in registry::names() {
        let ran = run(&["channels", name, "--yaml"]);
        assert_eq!(Some(ran.stdout.as_str()), registry::text(name));
    }
}

#[test]
fn a_description_of_ones_own_is_shown_too() {
    let folder = tempfile::tempdir().unwrap();
    let name = registry::names().next().unwrap();
    std::fs::write(folder.path().join("mine.yaml"), registry::text(name).unwrap()).unwrap();
    let world = World::at(folder.path());
    let mine = world.run(&["channels", "./mine.yaml"], &|_| panic!());
    assert_eq!((mine.exit, &mine.stdout), (Exit::Clean, &run(&["channels", name]).stdout));
    std::fs::write(folder.path().join("mine.yaml"), "id: mine\nfeilds: {}\n").unwrap();
    let broken = world.run(&["channels", "./mine.yaml"], &|_| panic!());
    assert_eq!((broken.exit, broken.stdout.as_str()), (Exit::Failed, ""));
    assert!(broken.stderr.contains("--> ./mine.yaml:2:1"), "{}", broken.stderr);
}

#[test]
fn an_unknown_channel_names_the_nearest() {
    let ran = run(&["channels", "rozeta"]);
    assert_eq!((ran.exit, ran.stdout.as_str()), (Exit::Failed, ""));
    assert!(ran.stderr.starts_with("error: there is no built-in channel `rozeta`\n"), "{}", ran.stderr);
    assert!(ran.stderr.contains("did you mean `rozetka`"), "{}", ran.stderr);
}
