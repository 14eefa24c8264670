//! `explain`: a page for every code that can be met.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use offersync::channel::{Description, codes, load, registry};
use offersync::cli::Exit;
use offersync::config::codes::CONFIG_CODES;
use offersync::finding::{Code, Codes};
use offersync::wire::yaml::{Document, Problems, parse};

use super::golden;
use super::world::{Ran, World};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn run_at(here: &Path, arguments: &[&str]) -> Ran {
    World::at(here).run(arguments, &|_| panic!("nothing is computed here"))
}

fn run(arguments: &[&str]) -> Ran {
    run_at(Path::new("/nowhere"), arguments)
}

fn described(name: &str, text: &str) -> Description {
    let problems = Problems::default();
    let node = parse(Document { name: name.into(), text: text.into() }, &problems).unwrap();
    load(&node, &problems).unwrap_or_else(|| panic!("{name}: {:?}", problems.take()))
}

/// The descriptions of the examples.
fn examples() -> Vec<PathBuf> {
    let folder = |name: &str| std::fs::read_dir(root().join("examples").join(name)).unwrap();
    let files = folder("channels").chain(folder("own-channel")).map(|entry| entry.unwrap().path());
    let is_description = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "yaml");
    files.filter(is_description).filter(|path| !path.ends_with("offersync.yaml")).collect()
}

/// Every code of every channel, built in and of the examples, those of further documents too.
fn of_channels() -> Vec<(String, Vec<Code>)> {
    let built_in = registry::BUILT_IN.iter().map(|channel| described(channel.name, channel.text));
    let examples = examples();
    let own =
        examples.iter().map(|path| described(&path.display().to_string(), &std::fs::read_to_string(path).unwrap()));
    let mut all = Vec::new();
    for channel in built_in.chain(own) {
        all.push((channel.id.clone(), codes::all(&channel)));
        all.extend(channel.documents.iter().map(|(_, document)| (document.id.clone(), codes::all(document))));
    }
    all
}

#[test]
fn every_code_says_what_why_an_example_and_what_to_do() {
    let mut bad = Vec::new();
    let ours = vec![("ours".to_owned(), Codes::new().iter().map(|code| code.1.clone()).collect::<Vec<_>>())];
    for (channel, codes) in of_channels().into_iter().chain(ours) {
        let mut seen = HashSet::new();
        for code in codes {
            let sides = code.example.split_once('→').map(|(wrong, right)| (wrong.trim(), right.trim()));
            let reasons = [
                ("no what", code.what.is_empty()),
                ("no reason", code.why.trim().is_empty() || code.why == code.fix),
                ("a reason that is no sentence", !code.why.ends_with(['.', ')'])),
                ("no fix", code.fix.is_empty()),
                (
                    "no example",
                    sides.is_none_or(|(wrong, right)| wrong.is_empty() || right.is_empty() || wrong == right),
                ),
                (
                    "the same page as another",
                    !seen.insert((code.field.clone(), code.what.clone(), code.why.clone(), code.example.clone())),
                ),
            ];
            bad.extend(
                reasons.iter().filter(|reason| reason.1).map(|reason| format!("{}: {} ({channel})", code.id, reason.0)),
            );
        }
    }
    for code in CONFIG_CODES {
        let is_whole = ![code.what, code.why, code.fix].iter().any(|text| text.is_empty());
        assert!(is_whole && code.why.ends_with('.') && code.example.contains("  →  "), "{}", code.id);
    }
    assert!(bad.is_empty(), "{} of them:\n{}", bad.len(), bad.join("\n"));
}

#[test]
fn examples_of_patterns_are_wrong_and_right_as_they_say() {
    use offersync::channel::description::{Field, Forbidden, Test};
    fn look(fields: &[Field], bad: &mut Vec<String>, seen: &mut usize) {
        for field in fields {
            for rule in field.rules.iter().filter(|rule| !rule.words.example.is_empty()) {
                let Some((wrong, right)) = rule.words.example.split_once("  →  ") else { continue };
                let holds = |text: &str| match &rule.test {
                    Test::Pattern(pattern) => Some(pattern.is_match(text)),
                    // what forbids everything is about another field that is there
                    Test::Forbid(Forbidden::Pattern(pattern)) if !matches!(pattern.as_str(), "." | "(?s).+") => {
                        Some(!pattern.is_match(text))
                    }
                    _ => None,
                };
                *seen += usize::from(holds(wrong).is_some());
                if holds(wrong) == Some(true) || holds(right) == Some(false) {
                    bad.push(format!("{}: {}", rule.code, rule.words.example));
                }
            }
            look(&field.fields, bad, seen);
        }
    }
    let (mut bad, mut seen) = (Vec::new(), 0);
    for channel in registry::BUILT_IN {
        let channel = described(channel.name, channel.text);
        look(&channel.head, &mut bad, &mut seen);
        look(&channel.fields, &mut bad, &mut seen);
    }
    assert!(bad.is_empty(), "{}", bad.join("\n"));
    assert!(seen >= 40, "only {seen} were looked at");
}

#[test]
fn every_code_of_an_error_in_a_config_has_a_page() {
    let mut sources = vec![root().join("src")];
    let mut missing = Vec::new();
    while let Some(path) = sources.pop() {
        if path.is_dir() {
            sources.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        for part in text.split('"').filter(|part| part.starts_with("config/") || *part == "channel/path") {
            let is_code = part.bytes().all(|byte| byte.is_ascii_lowercase() || b"-/".contains(&byte));
            if is_code && part != "config/" && !CONFIG_CODES.iter().any(|code| code.id == part) {
                missing.push(format!("{part} ({})", path.display()));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_code_that_is_listed_has_a_page() {
    let list = run(&["explain"]);
    assert_eq!((list.exit, list.stderr.as_str()), (Exit::Clean, ""));
    let ids: Vec<&str> =
        list.stdout.lines().filter_map(|line| line.split_whitespace().next()).filter(|id| id.contains('/')).collect();
    assert!(ids.len() > 700, "{}", ids.len());
    // a page costs all descriptions: one in a few is asked for, another few each time the list grows
    for id in ids.iter().step_by(37) {
        let page = run(&["explain", id]);
        assert_eq!((page.exit, page.stderr.as_str()), (Exit::Clean, ""), "{id}");
        for part in ["  What     ", "  Why      ", "  Example  ", "  Fix      "] {
            assert!(page.stdout.contains(part), "{id}:\n{}", page.stdout);
        }
    }
}

#[test]
fn pages_and_slips() {
    let mut said = String::new();
    let own = root().join("examples/own-channel");
    for (here, line) in [
        (Path::new("/nowhere"), "rozetka/name-unique"),
        (Path::new("/nowhere"), "rozetka/head-currency-rate-uah"),
        (Path::new("/nowhere"), "google/color-need"),
        (Path::new("/nowhere"), "catalog/gtin-check"),
        (Path::new("/nowhere"), "export/key-equal"),
        (Path::new("/nowhere"), "config/unknown-column"),
        (Path::new("/nowhere"), "rozetka/name-uniqe"),
        (Path::new("/nowhere"), "gtin-check"),
        (Path::new("/nowhere"), "nothing-of-the-kind"),
        (Path::new("/nowhere"), "hotline/name-need"),
        (&own, "hotline/name-need"),
    ] {
        let ran = run_at(here, &["explain", line]);
        assert_eq!(ran.exit == Exit::Clean, ran.stderr.is_empty(), "{line}");
        said.push_str(&format!("$ offersync explain {line}\n{}{}", ran.stdout, ran.stderr));
    }
    golden::check("explain.txt", &said);
}
