//! Files of cases: `=== NAME`, the input, `---`, what is expected of it.

use std::fmt::Write;
use std::path::Path;

/// Checks every case of every file of a folder, or writes down what comes of it; gives their number.
pub fn check(folder: &Path, outcome: impl Fn(&str) -> String) -> usize {
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let bless = std::env::var_os("OFFERSYNC_BLESS").is_some();
    let (mut checked, mut wrong) = (0, String::new());
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let mut written = String::new();
        for case in text.split("=== ").skip(1) {
            let (name, rest) = case.split_once('\n').expect("a case has a name");
            let (input, expected) = rest.split_once("---\n").expect("a case has an expectation");
            let actual = outcome(input);
            checked += 1;
            if actual.trim_end() != expected.trim_end() && !bless {
                writeln!(wrong, "{}: {name}\n--- expected\n{expected}--- is\n{actual}", file.display()).unwrap();
            }
            write!(written, "=== {name}\n{input}---\n{}\n\n", actual.trim_end()).unwrap();
        }
        if bless {
            std::fs::write(&file, written).unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    checked
}
