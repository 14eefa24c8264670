//! How long `diff` and `render` take, against what reading the same bytes takes
//! alone: `cargo bench --bench diff_and_render -- --offers 700000 --runs 5`.
//!
//! The yardstick reads the master with csv's `ByteRecord` and the export with quick-xml, keeps nothing and decides
//! nothing. Only ratios of one run travel from machine to machine. What `diff` finds is held against the truth that
//! the generator knows; a wrong answer ends the bench.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a program for a person at a terminal")]

#[path = "../tests/generator/mod.rs"]
mod generator;
#[path = "measure/mod.rs"]
mod measure;

use std::fs::{self, File};
use std::io::BufReader;
use std::path::Path;
use std::process::Command;

use generator::shop::Shop;
use generator::{Counts, Dialect, ExportStyle, MasterStyle, Mutation, Order, Recipe, TextStyle};
use measure::{Taken, of_a_closure, of_a_program};

const PROGRAM: &str = env!("CARGO_BIN_EXE_offersync");

struct Wishes {
    offers: u64,
    runs: usize,
    threads: usize,
}

fn main() {
    let wishes = wishes();
    let folder = tempfile::tempdir().unwrap();
    let recipe = Recipe::new(1, wishes.offers).mutated(Mutation::NIGHT);
    let plain = ExportStyle::plain(Dialect::Rozetka);
    let shops = [
        ("master's order", plain),
        ("shuffled", ExportStyle { order: Order::Shuffled, ..plain }),
        ("somebody else's bytes", ExportStyle { dialect: Dialect::Foreign, ..plain }),
        ("escaped markup", ExportStyle { text: TextStyle::Escaped, ..plain }),
    ];
    println!(
        "{} offers, {} runs, medians; {} threads where two lines stand",
        wishes.offers, wishes.runs, wishes.threads
    );
    for (name, style) in shops {
        let shop = Shop { recipe, master: MasterStyle::PLAIN, exports: vec![style] };
        let truth = shop.lay_out(folder.path()).unwrap();
        bench(name, folder.path(), truth[0], &wishes);
    }
}

fn wishes() -> Wishes {
    let mut wishes = Wishes { offers: 20_000, runs: 3, threads: 2 };
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    while let Some(name) = arguments.next() {
        let number = arguments.next().and_then(|number| number.parse::<u64>().ok());
        match (name.as_str(), number) {
            ("--offers", Some(offers)) => wishes.offers = offers,
            ("--runs", Some(runs)) => wishes.runs = runs.max(1) as usize,
            ("--threads", Some(threads)) => wishes.threads = threads.max(1) as usize,
            _ => panic_with(&format!("`{name}` is not understood; --offers N --runs N --threads N")),
        }
    }
    wishes
}

#[allow(clippy::panic, reason = "a wrong answer must end the bench")]
fn panic_with(what: &str) -> ! {
    panic!("{what}")
}

fn bench(name: &str, folder: &Path, truth: Counts, wishes: &Wishes) {
    let bytes = |file: &str| fs::metadata(folder.join(file)).unwrap().len();
    let (master, export) = (bytes("catalog/master.csv"), bytes("exports/rozetka.xml"));
    println!("\n{name}: master {} MB, export {} MB", master / 1_000_000, export / 1_000_000);
    println!("{:34}{:>9}{:>9}{:>9}{:>9}{:>11}", "", "CPU s", "wall s", "MB/s", "ratio", "peak MB");
    check(folder, truth);
    let one = ["-j", "1"];
    let many = ["-j".to_owned(), wishes.threads.to_string()];
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let (mut bare, mut diffs, mut parallel, mut renders) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    // taken in turns, so that a busy minute of the machine hits all of them
    for _ in 0..wishes.runs {
        bare.push(of_a_closure(|| read_bare(folder)));
        diffs.push(of_a_program(&mut offersync(folder, &["diff", "--stat", "--exit-zero"], &one)));
        parallel.push(of_a_program(&mut offersync(folder, &["diff", "--stat", "--exit-zero"], &many)));
        renders.push(of_a_program(&mut offersync(folder, &["render", "--discard", "-q"], &one)));
    }
    let bare = Taken::median(bare);
    line("read both, nothing else", &bare, &bare, master + export);
    line("diff, 1 thread", &Taken::median(diffs), &bare, master + export);
    line("diff, all threads", &Taken::median(parallel), &bare, master + export);
    line("render --discard, 1 thread", &Taken::median(renders), &bare, master + export);
}

fn offersync(folder: &Path, arguments: &[&str], threads: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).args(threads).current_dir(folder);
    command
}

fn line(name: &str, taken: &Taken, bare: &Taken, bytes: u64) {
    let rate = bytes as f64 / 1e6 / taken.wall;
    let ratio = taken.cpu / bare.cpu;
    println!("{name:34}{:9.2}{:9.2}{rate:9.0}{ratio:9.2}{:11.0}", taken.cpu, taken.wall, taken.peak_bytes as f64 / 1e6);
}

/// The yardstick.
fn read_bare(folder: &Path) {
    let mut reader = csv::Reader::from_path(folder.join("catalog/master.csv")).unwrap();
    let mut record = csv::ByteRecord::new();
    let mut rows = 0_u64;
    while reader.read_byte_record(&mut record).unwrap() {
        rows += 1;
    }
    let export = BufReader::with_capacity(1 << 18, File::open(folder.join("exports/rozetka.xml")).unwrap());
    let mut reader = quick_xml::Reader::from_reader(export);
    let mut buffer = Vec::new();
    let mut events = 0_u64;
    while !matches!(reader.read_event_into(&mut buffer).unwrap(), quick_xml::events::Event::Eof) {
        events += 1;
        buffer.clear();
    }
    std::hint::black_box((rows, events));
}

/// Holds what `diff` finds against the truth.
fn check(folder: &Path, truth: Counts) {
    let output = offersync(folder, &["diff", "--exit-zero", "--format", "json"], &[]).output().unwrap();
    let report: Option<serde_json::Value> = serde_json::from_slice(&output.stdout).ok();
    let counts = report.as_ref().and_then(|report| report.pointer("/channels/0/counts"));
    let count = |name: &str| counts.and_then(|counts| counts.get(name)).and_then(serde_json::Value::as_u64);
    let found = ["create", "delete", "update", "same"].map(count);
    let wanted = [truth.create, truth.delete, truth.update, truth.same].map(Some);
    if found != wanted {
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        panic_with(&format!("diff found {found:?}, true is {wanted:?}\n{told}"));
    }
}
