//! Every help text to the letter, and what is said of slips on the command line.

use std::path::Path;

use offersync::cli::Exit;
use offersync::engine::Outcome;

use super::golden;
use super::world::{Ran, World};

const COMMANDS: [&str; 9] =
    ["init", "validate", "diff", "render", "channels", "explain", "schema", "completions", "man"];

fn run(arguments: &[&str]) -> Ran {
    World::at(Path::new("/nowhere")).run(arguments, &|_| panic!("nothing is computed here"))
}

/// The first help, and that of every command.
fn helps() -> Vec<String> {
    let of = |command: &&str| run(&[command, "-h"]).stdout;
    std::iter::once(run(&["--help"]).stdout).chain(COMMANDS.iter().map(of)).collect()
}

#[test]
fn helps_are_as_they_were() {
    golden::check("help/top.txt", &run(&["--help"]).stdout);
    for command in COMMANDS {
        let ran = run(&[command, "--help"]);
        golden::check(&format!("help/{command}.txt"), &ran.stdout);
        assert_eq!((ran.exit, ran.stderr.as_str()), (Exit::Clean, ""));
        assert_eq!(run(&[command, "-h"]).stdout, ran.stdout, "one help, whichever way it is asked for");
    }
}

#[test]
fn every_help_ends_with_exit_codes_and_three_examples() {
    for help in helps() {
        let (_, end) = help.split_once("\nExit codes: ").unwrap_or_else(|| panic!("{help}"));
        let (codes, examples) = end.split_once("\nExamples:").unwrap_or_else(|| panic!("{help}"));
        assert!(codes.contains("0 ") && codes.contains("2 failed"), "{codes}");
        let examples: Vec<&str> = examples.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        assert_eq!(examples.len(), 3, "{examples:?}");
        for example in examples {
            assert!(example.starts_with("offersync "), "{example}");
        }
    }
}

#[test]
fn helps_fit_into_a_hundred_cells() {
    for help in helps() {
        for line in help.lines() {
            assert!(line.chars().count() <= 100, "{line}");
        }
    }
}

#[test]
fn the_examples_of_the_helps_can_be_read() {
    for help in helps() {
        let (_, examples) = help.split_once("\nExamples:").unwrap();
        for example in examples.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let example = example.split(['>', '&', '#']).next().unwrap();
            let arguments: Vec<&str> = example.split_whitespace().skip(1).map(|word| word.trim_matches('\'')).collect();
            let ran = World::at(Path::new("/nowhere")).run(&arguments, &|_| Ok(Outcome::default()));
            assert!(!ran.stderr.contains("Usage:"), "{example}: {}", ran.stderr);
        }
    }
}

#[test]
fn every_command_stands_in_the_first_help() {
    let help = run(&["--help"]).stdout;
    for command in COMMANDS {
        assert!(help.contains(&format!(" {command} ")), "{command}");
    }
}

#[test]
fn what_is_wrong_with_a_command_line() {
    let mut said = String::new();
    for line in [
        "",
        "valdate",
        "push rozetka",
        "why KT1182 price",
        "diff --at 2026-11-27",
        "diff --as prom a.xml",
        "diff --as prom a.xml b.xml --master m.csv",
        "validate --as prom",
        "validate --offline --private",
        "diff --baseline known.json",
        "render -n",
        "diff --format html",
        "diff -o html=x.html",
        "diff -o json",
        "diff -o json=-",
        "diff --stat --full",
        "diff --by colour",
        "diff --limit many",
        "render --sku KT*",
        "render --check --discard",
        "render --allow max-delete",
        "render --allow empty",
        "render --allow max-deletes=3",
        "render --allow shrink=3",
        "render --exit-zero",
        "channels --yaml",
        "channels --category coats",
        "channels google --category coats --yaml",
        "validate -j 0",
        "diff --sttat",
        "diff -q -v",
        "schema",
        "schema plan",
        "completions powershell",
        "man pushh",
        "channels --print-config",
        "channels google --configured",
    ] {
        let ran = run(&line.split_whitespace().collect::<Vec<_>>());
        assert_eq!((ran.exit, ran.stdout.as_str()), (Exit::Failed, ""), "{line}");
        said.push_str(&format!("$ offersync {line}\n{}\n", ran.stderr.trim_end()));
    }
    golden::check("usage.txt", &said);
}

#[test]
fn the_version_is_said() {
    for flag in ["-V", "--version"] {
        let ran = run(&[flag]);
        assert_eq!((ran.exit, ran.stdout), (Exit::Clean, format!("offersync {}\n", env!("CARGO_PKG_VERSION"))));
    }
}

#[test]
fn colours_are_there_when_they_are_wanted() {
    assert!(!run(&["diff", "--help"]).stdout.contains('\u{1b}'));
    for arguments in [&["diff", "--color", "always", "--help"][..], &["diff", "--color=always", "--help"]] {
        assert!(run(arguments).stdout.contains('\u{1b}'), "{arguments:?}");
    }
    assert!(run(&["push", "--color=always"]).stderr.starts_with("\u{1b}[1m\u{1b}[31merror"));
    let mut terminal = World::at(Path::new("/nowhere"));
    terminal.is_terminal = true;
    assert!(terminal.run(&["--help"], &|_| panic!()).stdout.contains('\u{1b}'));
    terminal.env.push(("NO_COLOR", "1".into()));
    assert!(!terminal.run(&["--help"], &|_| panic!()).stdout.contains('\u{1b}'));
}
