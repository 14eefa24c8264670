//! Holds the house to its plan: who may use whom, who may name a channel, how
//! long a file and a function may be, and what a library does not do.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where the tree cannot be read")]

#[path = "floors/arrows.rs"]
mod arrows;
#[path = "floors/sizes.rs"]
mod sizes;
#[path = "floors/tokens.rs"]
mod tokens;
#[path = "floors/words.rs"]
mod words;

use std::fs;
use std::path::{Path, PathBuf};

/// A source file, its path relative to the repository with `/` between.
struct SourceFile {
    path: String,
    text: String,
}

/// Every `.rs` file below these folders of the repository, in order.
fn source_files(folders: &[&str]) -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in folders {
        collect(&root.join(folder), &mut found);
    }
    found.sort();
    let read = |path: &PathBuf| SourceFile {
        path: path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/"),
        text: fs::read_to_string(path).expect("a source file is UTF-8"),
    };
    found.iter().map(read).collect()
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("a folder can be listed").path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Fails with every complaint about every file.
fn hold(folders: &[&str], check: impl Fn(&SourceFile) -> Vec<String>) {
    let files = source_files(folders);
    assert!(files.len() > 10, "the source is where it is expected");
    let complaints: Vec<String> = files.iter().flat_map(check).collect();
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn rooms_use_only_the_floors_below() {
    hold(&["src"], |file| arrows::complaints(&file.path, &file.text));
}

#[test]
fn no_code_names_a_channel() {
    hold(&["src"], |file| words::channels_named(&file.path, &file.text));
}

#[test]
fn the_library_does_not_print_exit_or_look_around() {
    hold(&["src"], |file| words::doings_of_a_program(&file.path, &file.text));
}

#[test]
fn files_and_functions_stay_short() {
    hold(&["src", "tests", "benches"], |file| sizes::complaints(&file.path, &file.text));
}
