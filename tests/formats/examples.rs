//! The jobs and hooks in `examples/`: they are read as YAML, and every offersync command in them is run on a shop.

use std::path::Path;

use serde_yaml::Value;

use crate::catalogs::run;

/// Every text below a key of this name, line by line.
fn lines_of(value: &Value, keys: &[&str], found: &mut Vec<String>) {
    match value {
        Value::Mapping(pairs) => {
            for (key, value) in pairs {
                if key.as_str().is_some_and(|key| keys.contains(&key)) {
                    texts(value, found);
                }
                lines_of(value, keys, found);
            }
        }
        Value::Sequence(items) => items.iter().for_each(|item| lines_of(item, keys, found)),
        _ => {}
    }
}

fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.extend(text.lines().map(str::to_owned)),
        Value::Sequence(items) => items.iter().for_each(|item| texts(item, found)),
        _ => {}
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let place = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &place);
        } else {
            std::fs::copy(entry.path(), place).unwrap();
        }
    }
}

#[test]
fn every_command_in_the_examples_runs() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut ran = 0;
    for file in ["ci/github-actions.yml", "ci/gitlab-ci.yml", "pre-commit/.pre-commit-config.yaml"] {
        let text = std::fs::read_to_string(examples.join(file)).unwrap();
        let value: Value = serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
        let mut lines = Vec::new();
        lines_of(&value, &["run", "script", "after_script", "entry"], &mut lines);
        // a command may stand within a condition of the shell
        let bare = |line: &'_ String| line.split("then ").last().unwrap().trim_end_matches("; fi").to_owned();
        let commands: Vec<String> = lines.iter().map(bare).filter(|line| line.starts_with("offersync ")).collect();
        assert!(!commands.is_empty(), "{file}");
        let shop = tempfile::tempdir().unwrap();
        copy(&examples.join("quickstart"), shop.path());
        // feeds of somebody else's lie beside the master
        std::fs::create_dir(shop.path().join("feeds")).unwrap();
        std::fs::copy(shop.path().join("exports/rozetka.xml"), shop.path().join("feeds/rozetka.xml")).unwrap();
        for command in &commands {
            let mut words: Vec<&str> = command.split_whitespace().skip(1).map(|word| word.trim_matches('\'')).collect();
            // pre-commit puts the files that changed behind a hook's command
            if words.ends_with(&["--as", "auto"]) {
                words.push("feeds/rozetka.xml");
            }
            let came = run(shop.path(), &words);
            // the master has errors, the feed has none
            let is_clean = words.contains(&"--exit-zero") || words.contains(&"--as");
            let expected = if is_clean { 0 } else { 1 };
            assert_eq!(came.code, expected, "{file}: {command}\n{}", came.stderr);
            for output in words.iter().filter_map(|word| word.split_once('=')).map(|output| output.1) {
                assert!(shop.path().join(output).metadata().is_ok_and(|file| file.len() > 0), "{file}: {output}");
            }
            ran += 1;
        }
    }
    assert!(ran >= 8, "{ran} commands were run");
}
