//! `init` on masters as shops have them, made by hand: each with what has to be right in its config and what must
//! not be called sure, in a file beside it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may stop where the tree cannot be read, and says its figure"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use offersync::channel::registry;
use offersync::config::{self, Config, Surroundings, Uses};
use offersync::source::Columns;
use offersync::wire::yaml::Document;

/// What has to be right.
struct Expected {
    /// Field and column; of several columns that are parted by `|` any may be it, and `-` is none.
    fields: Vec<(String, String)>,
    /// Fields that must not be called sure.
    not_sure: Vec<String>,
}

impl Expected {
    fn of(path: &Path) -> Expected {
        let text = fs::read_to_string(path).unwrap();
        let mut expected = Expected { fields: Vec::new(), not_sure: Vec::new() };
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
            let (name, value) = line.split_once(": ").unwrap_or_else(|| panic!("{}: {line}", path.display()));
            match name {
                "not sure" => expected.not_sure.extend(value.split_whitespace().map(str::to_owned)),
                _ => expected.fields.push((name.to_owned(), value.to_owned())),
            }
        }
        expected
    }
}

fn masters() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/init/masters");
    let mut found: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.retain(|path| path.extension().is_some_and(|ending| ending != "expect"));
    found.sort();
    found
}

fn offersync(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_offersync"));
    command.args(arguments).current_dir(folder).env_clear().env("LC_ALL", "C.UTF-8").env("COLUMNS", "160");
    command.output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// What is wrong with the config that is proposed for one master; empty where nothing is.
fn faults(master: &Path) -> Vec<String> {
    let (folder, name) = (tempfile::tempdir().unwrap(), master.file_name().unwrap().to_str().unwrap());
    fs::copy(master, folder.path().join(name)).unwrap();
    let made = offersync(folder.path(), &["init", name]);
    if made.status.code() != Some(0) {
        return vec![format!("ends with {:?}: {}", made.status.code(), said(&made))];
    }
    let text = fs::read_to_string(folder.path().join("offersync.yaml")).unwrap();
    if std::env::var_os("OFFERSYNC_SHOW").is_some() {
        println!("{}\n{text}", said(&made));
    }
    let mut faults = Vec::new();
    let validated = offersync(folder.path(), &["validate", "--exit-zero"]);
    if validated.status.code() != Some(0) || said(&validated).contains("[config/") {
        faults.push(format!("does not validate: {}", said(&validated)));
    }
    let expected = Expected::of(&master.with_extension("expect"));
    faults.extend(wrong(&loaded(&text), &text, &expected));
    faults
}

fn loaded(text: &str) -> Config {
    let built_in: Vec<&str> = registry::names().collect();
    let document = Document { name: "offersync.yaml".to_owned(), text: text.to_owned() };
    let surroundings = Surroundings { built_in: &built_in, env: &|_| None };
    config::read(document, Path::new("offersync.yaml"), surroundings).unwrap_or_else(|problems| panic!("{problems:?}"))
}

/// Every field that is not as expected, and a price or key that is called sure and is wrong.
fn wrong(config: &Config, text: &str, expected: &Expected) -> Vec<String> {
    let mut faults = Vec::new();
    for (field, wanted) in &expected.fields {
        let is = value_of(config, field);
        let wanted_any: Vec<&str> = wanted.split(" | ").collect();
        // `# COLUMN`: proposed, and left to the merchant
        let proposed = |column: &str| {
            let line = line_of(text, field).filter(|line| line.trim_start().starts_with('#'));
            is.is_none() && line.is_some_and(|line| line.contains(column))
        };
        let fits = match wanted.strip_prefix("# ") {
            Some(column) => proposed(column),
            None => wanted_any.contains(&is.as_deref().unwrap_or("-")),
        };
        let is_sure = line_of(text, field).is_some_and(|line| line.contains("# sure"));
        if !fits && is_sure && matches!(field.as_str(), "sku" | "price") {
            faults.push(format!("WRONG AND SURE: {field} is {is:?}, should be {wanted}"));
        } else if !fits {
            faults.push(format!("{field} is {is:?}, should be {wanted}"));
        }
    }
    for field in &expected.not_sure {
        let Some(line) = line_of(text, field) else { continue };
        let is_marked = line.contains("check this") || line.trim_start().starts_with('#');
        if !is_marked {
            faults.push(format!("{field} is called sure: {line}"));
        }
    }
    faults
}

/// The column, or what else the config says under a name.
fn value_of(config: &Config, name: &str) -> Option<String> {
    match name {
        "as" => config.master.exported_by.as_ref().map(|uses| match uses {
            Uses::BuiltIn(name) => name.clone(),
            Uses::File(file) => file.shown.clone(),
            Uses::Unknown => String::new(),
        }),
        "currency" if !config.master.fields.iter().any(|mapping| mapping.field == "currency") => {
            Some(config.shop.currency.clone())
        }
        name => {
            let mapping = config.master.fields.iter().find(|mapping| mapping.field == name)?;
            Some(match &mapping.from {
                Columns::Column { column, .. } | Columns::Rows(column) => column.clone(),
                from => from.columns().join(" + "),
            })
        }
    }
}

fn line_of<'t>(text: &'t str, field: &str) -> Option<&'t str> {
    let begins = |line: &&str| line.trim_start().trim_start_matches("# ").starts_with(&format!("{field}: "));
    text.lines().find(begins)
}

#[test]
fn masters_as_shops_have_them_get_a_config_that_holds() {
    let (masters, only) = (masters(), std::env::var("OFFERSYNC_CASE").unwrap_or_default());
    let asked: Vec<&PathBuf> = masters.iter().filter(|path| path.to_string_lossy().contains(&only)).collect();
    let next = AtomicUsize::new(0);
    let found = Mutex::new(Vec::new());
    // each is a program of its own, so several can run at once
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(master) = asked.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let (name, faults) = (master.file_name().unwrap().to_string_lossy().into_owned(), faults(master));
                    found.lock().unwrap().push((name, faults));
                }
            });
        }
    });
    let mut found = found.into_inner().unwrap();
    found.sort();
    let held = found.iter().filter(|one| one.1.is_empty()).count();
    let told: Vec<String> =
        found.iter().flat_map(|(name, faults)| faults.iter().map(move |fault| format!("{name}: {fault}"))).collect();
    println!("{held} of {} masters", asked.len());
    assert!(told.is_empty(), "{held} of {} masters hold\n{}", asked.len(), told.join("\n"));
}
