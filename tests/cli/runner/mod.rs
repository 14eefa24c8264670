//! Reads cases, runs each in a folder of its own, compares, and writes back what
//! came of them where it is told to.

mod bless;
mod case;
#[path = "../../compare/mod.rs"]
mod compare;
mod escape;
mod folder;
mod run;
#[cfg(test)]
mod tests;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use case::Case;

/// What the environment asks for.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The binary.
    pub program: PathBuf,
    /// Write what came of a case into it.
    pub bless: bool,
    /// On a build machine nothing is blessed.
    pub in_ci: bool,
    /// Only cases whose path holds this.
    pub only: String,
}

/// What came of all cases.
#[derive(Debug, Default)]
pub struct Report {
    pub run: usize,
    pub blessed: usize,
    /// One text per case that did not end as it says, in the order of the files.
    pub failures: Vec<String>,
}

impl Report {
    pub fn summary(&self) -> String {
        let Report { run, blessed, failures } = self;
        format!(
            "{run} cases, {} as they say, {blessed} blessed, {} not",
            run - blessed - failures.len(),
            failures.len()
        )
    }
}

/// Runs every case below a folder, on as many threads as the machine has.
pub fn run_all(root: &Path, settings: &Settings) -> Result<Report, String> {
    if settings.bless && settings.in_ci {
        return Err("CI does not bless: look at what came of the cases first".into());
    }
    let mut files = Vec::new();
    collect(root, &mut files);
    files.retain(|file| file.to_string_lossy().contains(&settings.only));
    files.sort();
    if files.is_empty() {
        return Err(format!("no case below {} whose path holds «{}»", root.display(), settings.only));
    }
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::new());
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let ending = run_file(root, file, settings);
                    done.lock().unwrap().push((file, ending));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap();
    done.sort_by_key(|(file, _)| *file);
    let mut report = Report { run: done.len(), ..Report::default() };
    for (file, ending) in done {
        match ending {
            Ending::AsItSays => {}
            Ending::Blessed => report.blessed += 1,
            Ending::Otherwise(why) => {
                let name = file.strip_prefix(root).unwrap_or(file);
                report.failures.push(format!("== {}\n{why}", name.display()));
            }
        }
    }
    Ok(report)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "case") {
            files.push(path);
        }
    }
}

/// How a case ended.
#[derive(Debug, PartialEq, Eq)]
enum Ending {
    AsItSays,
    Blessed,
    Otherwise(String),
}

fn run_file(root: &Path, file: &Path, settings: &Settings) -> Ending {
    let text = fs::read_to_string(file).unwrap_or_default();
    match run_text(root, &text, settings) {
        Ok((Ending::Blessed, new)) => match fs::write(file, new) {
            Ok(()) => Ending::Blessed,
            Err(error) => Ending::Otherwise(error.to_string()),
        },
        Ok((ending, _)) => ending,
        Err(why) => Ending::Otherwise(why),
    }
}

/// Runs a case, and gives its text with what came of it.
fn run_text(root: &Path, text: &str, settings: &Settings) -> Result<(Ending, String), String> {
    let case = Case::read(text)?;
    let folder = folder::Folder::lay_out(&case, &root.join("shared"))?;
    let came = run::run(&case, &folder, &settings.program)?;
    let differences = run::differences(&case, &came);
    if differences.is_empty() {
        Ok((Ending::AsItSays, String::new()))
    } else if settings.bless {
        Ok((Ending::Blessed, bless::with_expectations(&case, &came)))
    } else {
        Ok((Ending::Otherwise(differences), String::new()))
    }
}
