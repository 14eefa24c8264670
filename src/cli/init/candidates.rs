//! The master, where it is not named: the only file of this folder that can be one.

use std::path::{Path, PathBuf};

use crate::model::listed;

use super::super::trouble::Trouble;
use super::super::voice::Voice;
use super::ask::Person;
use super::exports::{self, Export};
use super::reading::may_hold_offers;
use super::{NoConfig, choice};

/// Endings of files that can be masters.
const ENDINGS: [&str; 9] = ["csv", "tsv", "txt", "json", "jsonl", "ndjson", "xml", "yml", "yaml"];
/// Endings of files that a person may have meant, and that cannot be read.
const WORKBOOKS: [&str; 3] = ["xlsx", "xls", "ods"];

/// The master.
pub(super) struct Master {
    /// As it was named.
    pub shown: String,
    /// Where it is.
    pub path: PathBuf,
}

impl Master {
    pub(super) fn named(file: &Path, here: &Path) -> Master {
        Master { shown: file.display().to_string(), path: here.join(file) }
    }
}

/// The only file here that can be a master; of several a person chooses.
pub(super) fn only(here: &Path, person: &mut Person<'_>, voice: &mut Voice<'_>) -> Result<Master, NoConfig> {
    let mut names = with_endings(here, &ENDINGS);
    // configs and descriptions have that ending too
    names.retain(|name| !name.ends_with(".yaml") || may_hold_offers(&Master::named(Path::new(name), here)));
    if names.len() > 1 {
        let exports = exports::among(&names, here, &choice::built_in_descriptions()?);
        let is_own = |name: &&String| exports.iter().all(|export| export.file != **name);
        let own: Vec<String> = names.iter().filter(is_own).cloned().collect();
        names = if own.is_empty() { names } else { own };
    }
    if names.len() > 1 {
        let plausible: Vec<String> =
            names.iter().filter(|name| may_hold_offers(&Master::named(Path::new(name), here))).cloned().collect();
        names = if plausible.is_empty() { names } else { plausible };
    }
    match names.as_slice() {
        [] => Err(none(here).into()),
        [only] => Ok(Master::named(Path::new(only), here)),
        several => {
            let choices: Vec<(String, String)> = several.iter().map(|name| (name.clone(), String::new())).collect();
            let chosen = person.choose("Which of these files has your offers?", &choices, voice);
            match chosen.as_deref().map(|chosen| chosen.first().and_then(|number| several.get(*number))) {
                Some(Some(name)) => Ok(Master::named(Path::new(name), here)),
                _ => {
                    let what = format!("several files here may be the master: {}", listed(several, 12, ""));
                    let help = format!(
                        "name the one with your offers: offersync init {}",
                        several.first().map_or("", String::as_str)
                    );
                    Err(NoConfig::Unanswered(what, help))
                }
            }
        }
    }
}

/// What channels gave out and lies beside the master.
pub(super) fn beside(master: &Master) -> Result<Vec<Export>, Trouble> {
    let folder = master.path.parent().unwrap_or(Path::new("."));
    let mut names = with_endings(folder, &ENDINGS);
    names.retain(|name| Some(name.as_ref()) != master.path.file_name());
    Ok(exports::among(&names, folder, &choice::built_in_descriptions()?))
}

fn none(here: &Path) -> Trouble {
    match with_endings(here, &WORKBOOKS).first() {
        Some(workbook) => {
            let what = format!("{workbook} is a workbook, which cannot be read yet");
            Trouble::asked(what, "save it as CSV in UTF-8 from the program that made it, then: offersync init FILE.csv")
        }
        None => {
            let help = "name it: offersync init MASTER; it is CSV, TSV, JSON, JSON Lines, YAML or a channel's export";
            Trouble::asked("no file in this folder looks like a master", help)
        }
    }
}

/// The files of a folder with one of these endings, perhaps packed, by name.
fn with_endings(here: &Path, endings: &[&str]) -> Vec<String> {
    let entries = std::fs::read_dir(here).into_iter().flatten().flatten();
    let files = entries.filter(|entry| entry.path().metadata().is_ok_and(|about| about.is_file()));
    let names = files.filter_map(|entry| entry.file_name().into_string().ok());
    let fits = |name: &String| {
        let lower = name.to_lowercase();
        let bare = lower.strip_suffix(".gz").unwrap_or(&lower);
        !name.starts_with('.') && bare.rsplit_once('.').is_some_and(|parts| endings.contains(&parts.1))
    };
    let mut names: Vec<String> = names.filter(fits).collect();
    names.sort();
    names
}
