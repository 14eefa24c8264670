//! How many instructions `diff` and `render` take for 20,000 offers, against the counts in
//! `benches/instructions.txt`: `cargo bench --bench instructions`. Ends with an error where one takes over a tenth
//! more than it did. `OFFERSYNC_BLESS=1` writes the counts anew.
//!
//! Time on a shared machine moves by a quarter from one minute to the next; a count of instructions hardly moves at
//! all. It is no measure of speed, but tells at once which change made the program do more. `valgrind` counts.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a program for a person at a terminal")]

#[path = "../tests/generator/mod.rs"]
mod generator;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use generator::shop::Shop;
use generator::{Dialect, Mutation, Recipe};

const PROGRAM: &str = env!("CARGO_BIN_EXE_offersync");
const OFFERS: u64 = 20_000;
/// More than so much over what was committed is refused.
const ALLOWED: f64 = 1.10;
/// So far below it the committed count tells nothing any more.
const STALE: f64 = 0.90;

/// What is counted: a name, and the command line behind the program's name.
const CASES: [(&str, &[&str]); 4] = [
    ("diff rozetka", &["diff", "rozetka", "--exit-zero", "--format", "json", "-j", "1"]),
    ("diff prom", &["diff", "prom", "--exit-zero", "--format", "json", "-j", "1"]),
    ("render rozetka", &["render", "rozetka", "--discard", "-q", "-j", "1"]),
    ("render prom", &["render", "prom", "--discard", "-q", "-j", "1"]),
];

fn main() -> ExitCode {
    let folder = tempfile::tempdir().unwrap();
    let recipe = Recipe::new(1, OFFERS).mutated(Mutation::NIGHT);
    Shop::plain(recipe, &[Dialect::Rozetka, Dialect::Prom]).lay_out(folder.path()).unwrap();
    // two at a time: they do not disturb each other's counts
    let counts: BTreeMap<&str, u64> = CASES
        .chunks(2)
        .flat_map(|pair| {
            let running: Vec<_> = pair.iter().map(|case| (case.0, counting(folder.path(), case.0, case.1))).collect();
            running.into_iter().map(|(name, child)| (name, counted(name, child)))
        })
        .collect();
    if std::env::var_os("OFFERSYNC_BLESS").is_some() {
        fs::write(committed_path(), told(&counts)).unwrap();
        return ExitCode::SUCCESS;
    }
    compare(&counts)
}

/// Begins to count; what the program itself says is not wanted.
fn counting(folder: &Path, name: &str, arguments: &[&str]) -> std::process::Child {
    let out = folder.join(format!("{}.callgrind", name.replace(' ', "-")));
    let mut command = Command::new("valgrind");
    command.arg("--tool=callgrind").arg(format!("--callgrind-out-file={}", out.display()));
    command.arg(PROGRAM).args(arguments).current_dir(folder).stdout(Stdio::null()).stderr(Stdio::piped());
    command.spawn().unwrap_or_else(|error| panic_with(&format!("valgrind does not start ({error}); install it")))
}

/// The count, once it is done.
fn counted(name: &str, child: std::process::Child) -> u64 {
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let line = said.lines().find_map(|line| line.split_once("Collected : "));
    match line.and_then(|line| line.1.trim().parse().ok()).filter(|_| output.status.success()) {
        Some(count) => count,
        None => panic_with(&format!("{name} could not be counted ({})\n{said}", output.status)),
    }
}

#[allow(clippy::panic, reason = "without a count there is nothing to compare")]
fn panic_with(what: &str) -> ! {
    panic!("{what}")
}

fn committed_path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/instructions.txt")
}

fn told(counts: &BTreeMap<&str, u64>) -> String {
    counts.iter().fold(String::new(), |mut told, (name, count)| {
        writeln!(told, "{name}: {count}").unwrap();
        told
    })
}

fn compare(counts: &BTreeMap<&str, u64>) -> ExitCode {
    let committed = fs::read_to_string(committed_path()).unwrap_or_default();
    let was = |name: &str| {
        committed.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ")?.trim().parse::<u64>().ok())
    };
    let mut is_worse = false;
    for (name, count) in counts {
        let Some(was) = was(name) else { panic_with(&format!("{name} is not in {}", committed_path().display())) };
        let ratio = *count as f64 / was as f64;
        let verdict = match ratio {
            _ if ratio > ALLOWED => "over a tenth more: find out why, or bless it with the reason",
            _ if ratio < STALE => "much less: bless it, so that it cannot be lost again",
            _ => "",
        };
        is_worse |= ratio > ALLOWED;
        println!("{name:16}{:>8} per offer, {ratio:.3} of {was} in all  {verdict}", count / OFFERS);
    }
    if is_worse { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
