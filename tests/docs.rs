//! What the documents say is true: every command in them runs and ends as it
//! says, and the table of channels is that of the program.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop where the tree cannot be read"
)]

#[path = "docs/channels.rs"]
mod channels;
#[path = "compare/mod.rs"]
mod compare;
#[path = "docs/config.rs"]
mod config;
#[path = "docs/console.rs"]
mod console;
#[path = "docs/keys.rs"]
mod keys;
#[path = "docs/links.rs"]
mod links;
#[path = "docs/names.rs"]
mod names;
#[path = "docs/table.rs"]
mod table;

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every document of the repository, relative to its root.
fn documents() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = Vec::new();
    let examples = fs::read_dir(root().join("examples")).unwrap().map(|entry| entry.unwrap().file_name());
    let examples = examples.map(|name| Path::new("examples").join(name));
    for folder in ["", "docs", "tests/cli"].map(PathBuf::from).into_iter().chain(examples) {
        for entry in fs::read_dir(root().join(&folder)).into_iter().flatten().flatten() {
            let name = folder.join(entry.file_name());
            if name.extension().is_some_and(|extension| extension == "md") {
                found.push(name);
            }
        }
    }
    found.sort();
    found
}

#[test]
fn every_command_of_a_document_ends_as_it_says() {
    let mut failures = Vec::new();
    let mut commands = 0;
    for document in documents() {
        let text = fs::read_to_string(root().join(&document)).unwrap();
        let blocks = console::commands(&text);
        commands += blocks.len();
        let start = if document.starts_with("examples") { document.parent().unwrap() } else { Path::new("") };
        let run = console::run(&blocks, root(), start, Path::new(env!("CARGO_BIN_EXE_offersync")));
        failures.extend(run.into_iter().map(|failure| format!("{}:{failure}", document.display())));
    }
    assert!(commands > 5, "the README shows commands");
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

#[test]
fn every_link_leads_somewhere() {
    let mut failures = Vec::new();
    for document in documents() {
        let text = fs::read_to_string(root().join(&document)).unwrap();
        let from = root().join(&document);
        failures.extend(
            links::dead(&text, from.parent().unwrap())
                .into_iter()
                .map(|link| format!("{}: {link}", document.display())),
        );
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}
