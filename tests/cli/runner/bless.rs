//! Writes a case anew with what came of it. What a case begins with stays as it
//! is; wildcards stay where they still fit; what no two runs share becomes one.

use std::fmt::Write as _;
use std::sync::LazyLock;

use regex::Regex;

use super::case::{Case, FileSection};
use super::compare;
use super::run::{Came, Text};

/// What differs from run to run: pattern and what stands for it in a case.
static OF_THE_MOMENT: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    [
        (r"\(\d+(\.\d+)? (ms|s|min)\)", "([..])"),
        (r#"date="\d{4}-\d\d-\d\d \d\d:\d\d""#, "date=\"[..]\""),
        (r#""elapsed_ms": ?\d+"#, "\"elapsed_ms\": [..]"),
        (r"\d+ (s|min|h|days?) ago", "[..] ago"),
    ]
    .into_iter()
    .map(|(pattern, stands_for)| (Regex::new(pattern).unwrap(), stands_for))
    .collect()
});

/// The case with what came of it as its expectations.
pub fn with_expectations(case: &Case, came: &Came) -> String {
    let mut text = format!("{}\n\n", case.about);
    for (head, names) in [("shared", &case.shared), ("without", &case.without)] {
        for name in names {
            let _ = writeln!(text, "--- {head}: {name}");
        }
    }
    for file in &case.files {
        let _ = write!(text, "--- file: {}{}\n{}", file.name, attributes(&file.attributes), file.text);
    }
    for (step, came) in case.steps.iter().zip(&came.steps) {
        if let Some(stdin) = &step.stdin {
            let _ = write!(text, "--- stdin{}\n{}", attributes(&stdin.attributes), stdin.text);
        }
        let _ = write!(text, "$ {}\n--- exit: {}\n", step.command, came.exit);
        section(&mut text, "stdout", &step.stdout, &came.stdout);
        section(&mut text, "stderr", &step.stderr, &came.stderr);
    }
    for (name, came) in &came.changed {
        match case.after.iter().find(|file| file.name == *name) {
            Some(old) if old.has("any") => {
                let _ = writeln!(text, "--- after: {name} any");
            }
            Some(old) => file(&mut text, name, old, came),
            None => file(&mut text, name, &FileSection::default(), came),
        }
    }
    for name in &came.gone {
        let _ = writeln!(text, "--- gone: {name}");
    }
    if came.changed.is_empty() && came.gone.is_empty() {
        text.push_str("--- unchanged\n");
    }
    text
}

fn section(text: &mut String, name: &str, old: &FileSection, came: &Text) {
    if !came.text.is_empty() {
        let _ = write!(text, "--- {name}{}\n{}", open_end(came), of_no_moment(old, came));
    }
}

fn file(text: &mut String, name: &str, old: &FileSection, came: &Text) {
    let _ = write!(text, "--- after: {name}{}\n{}", open_end(came), of_no_moment(old, came));
}

fn open_end(came: &Text) -> &'static str {
    if came.ends_open { " no-final-newline" } else { "" }
}

fn of_no_moment(old: &FileSection, came: &Text) -> String {
    if compare::matches(&old.text, &came.text) {
        return old.text.clone();
    }
    let kept = compare::keep_wildcards(&old.text, &came.text);
    OF_THE_MOMENT.iter().fold(kept, |text, (pattern, stands_for)| pattern.replace_all(&text, *stands_for).into_owned())
}

fn attributes(attributes: &[(String, String)]) -> String {
    let mut text = String::new();
    for (name, value) in attributes {
        let _ = if value.is_empty() { write!(text, " {name}") } else { write!(text, " {name}={value}") };
    }
    text
}
