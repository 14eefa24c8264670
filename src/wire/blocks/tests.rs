use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;

use super::*;
use crate::wire::input::{EncodingChoice, Sniff};

/// Records are lines.
struct Lines;

impl Cut for Lines {
    fn cut(&mut self, bytes: &[u8], at_end: bool) -> Option<usize> {
        memchr::memrchr(b'\n', bytes).map(|at| at + 1).or(at_end.then_some(bytes.len()))
    }
}

/// The same, but what follows the last line end is left to the caller.
struct WholeLines;

impl Cut for WholeLines {
    fn cut(&mut self, bytes: &[u8], _: bool) -> Option<usize> {
        memchr::memrchr(b'\n', bytes).map(|at| at + 1)
    }
}

#[derive(Debug, PartialEq)]
enum Failure {
    Refused(Refusal),
    Line(String),
    Merging(usize),
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Failure::Refused(refusal)
    }
}

fn input(text: impl Into<Vec<u8>>) -> Input {
    Input::from_bytes("x", text.into(), EncodingChoice::Named(encoding_rs::UTF_8), Sniff::Text).unwrap()
}

/// All lines with their places, and the digest; lines that hold `!` are errors.
fn lines(input: &Input, threads: usize, block: usize) -> Result<(Vec<(u64, String)>, String), Failure> {
    let mut all = Vec::new();
    let mut digest = Digest::new();
    let reading = Reading { block, ..Reading::of(input, threads) };
    let work = |_: &mut (), block: Block<'_>| {
        let mut found = Vec::new();
        let mut at = block.offset;
        for line in block.text.split_inclusive('\n') {
            if line.contains('!') {
                return Err(Failure::Line(line.into()));
            }
            found.push((at, line.to_string()));
            at += line.len() as u64;
        }
        Ok(found)
    };
    let merge = |mut found| {
        all.append(&mut found);
        Ok(())
    };
    let end = in_blocks(&reading, &mut Lines, &mut digest, || (), work, merge)?;
    assert_eq!(end, input.len());
    Ok((all, digest.to_string()))
}

proptest! {
    #[test]
    fn every_number_of_threads_and_every_size_gives_the_same(
        parts in proptest::collection::vec("[aї€😀]{0,9}\n?", 0..30), block in 1usize..40, threads in 1usize..5,
    ) {
        let text = parts.concat();
        let (found, digest) = lines(&input(text.clone()), threads, block).unwrap();
        let mut at = 0;
        let expected: Vec<_> = text.split_inclusive('\n').map(|line| {
            at += line.len() as u64;
            (at - line.len() as u64, line.to_string())
        }).collect();
        prop_assert_eq!(found, expected);
        prop_assert_eq!(digest, Digest::of(text.as_bytes()).to_string());
    }

    #[test]
    fn the_first_error_wins(bad in proptest::collection::vec(0usize..60, 1..5), threads in 1usize..5) {
        let text: String = (0..60).map(|number| {
            if bad.contains(&number) { format!("{number}!\n") } else { format!("{number}\n") }
        }).collect();
        let first = bad.iter().min().unwrap();
        prop_assert_eq!(lines(&input(text), threads, 7), Err(Failure::Line(format!("{first}!\n"))));
    }
}

#[test]
fn an_error_of_merging_stops_the_work() {
    let text = "line\n".repeat(10_000);
    let worked = AtomicUsize::new(0);
    let mut merged = 0;
    let reading_input = input(text);
    let reading = Reading { block: 50, ..Reading::of(&reading_input, 3) };
    let work = |_: &mut (), _: Block<'_>| {
        worked.fetch_add(1, Ordering::Relaxed);
        Ok(())
    };
    let merge = |()| {
        merged += 1;
        if merged == 5 { Err(Failure::Merging(merged)) } else { Ok(()) }
    };
    let outcome = in_blocks(&reading, &mut Lines, &mut Digest::new(), || (), work, merge);
    assert_eq!(outcome, Err(Failure::Merging(5)));
    assert!(worked.load(Ordering::Relaxed) <= 5 + 3, "nobody runs far ahead of the merging");
}

#[test]
fn a_panic_of_a_worker_comes_through() {
    for threads in [1, 4] {
        let text = "line\n".repeat(1000);
        let caught = std::panic::catch_unwind(|| {
            let input = input(text.clone());
            let reading = Reading { block: 20, ..Reading::of(&input, threads) };
            let work = |_: &mut (), block: Block<'_>| {
                assert!(block.number < 17, "as asked");
                Ok::<_, Failure>(())
            };
            in_blocks(&reading, &mut Lines, &mut Digest::new(), || (), work, |()| Ok(()))
        });
        assert!(caught.is_err());
    }
}

#[test]
fn what_the_cut_leaves_over_is_the_callers() {
    let input = input("skip\none\ntwo\nrest");
    let reading = Reading { block: 3, ..Reading::of(&input, 2) }.from(5);
    let mut digest = Digest::new();
    let mut all = String::new();
    let work = |_: &mut (), block: Block<'_>| Ok::<_, Failure>(block.text.to_string());
    let merge = |text: String| {
        all.push_str(&text);
        Ok(())
    };
    let end = in_blocks(&reading, &mut WholeLines, &mut digest, || (), work, merge).unwrap();
    assert_eq!((end, all.as_str()), (13, "one\ntwo\n"));
    assert_eq!(digest.to_string(), Digest::of(b"one\ntwo\n").to_string());
}

/// Records are lines up to one that is a dot; remembers the most that it was shown.
struct UntilDot {
    dot: bool,
    most: usize,
}

impl Cut for UntilDot {
    fn cut(&mut self, bytes: &[u8], _: bool) -> Option<usize> {
        self.most = self.most.max(bytes.len());
        let dot = memchr::memmem::find(bytes, b"\n.\n").map(|at| at + 1);
        self.dot |= dot.is_some() || bytes.starts_with(b".\n");
        if self.dot { dot } else { memchr::memrchr(b'\n', bytes).map(|at| at + 1) }
    }

    fn is_done(&self) -> bool {
        self.dot
    }
}

#[test]
fn what_follows_the_last_record_is_not_read() {
    let input = input("one\ntwo\n.\n".to_owned() + &"rest ".repeat(1000));
    for threads in [1, 2] {
        let mut cut = UntilDot { dot: false, most: 0 };
        let reading = Reading { block: 5, ..Reading::of(&input, threads) };
        let mut all = String::new();
        let work = |_: &mut (), block: Block<'_>| Ok::<_, Failure>(block.text.to_string());
        let merge = |text: String| {
            all.push_str(&text);
            Ok(())
        };
        let end = in_blocks(&reading, &mut cut, &mut Digest::new(), || (), work, merge).unwrap();
        assert_eq!((end, all.as_str()), (8, "one\ntwo\n"));
        assert!(cut.most < 30, "{}", cut.most);
    }
}

#[test]
fn text_that_is_not_utf8_is_refused_in_its_place() {
    let mut bytes = "перший\nдругий\nтретій\n".repeat(20).into_bytes();
    let at = bytes.len() - 4;
    bytes[at] = 0xFF;
    for threads in [1, 3] {
        let Err(Failure::Refused(refusal)) = lines(&input(bytes.clone()), threads, 30) else { panic!() };
        assert_eq!((refusal.line, refusal.column), (Some(60), Some(5)));
    }
}

#[test]
fn a_record_without_end_is_refused() {
    let mut text = "first\n".to_string();
    text.push_str(&"x".repeat(LONGEST_RECORD + 10));
    let Err(Failure::Refused(refusal)) = lines(&input(text), 2, BLOCK) else { panic!() };
    assert_eq!((refusal.line, refusal.column), (Some(2), Some(1)));
    assert!(refusal.what.contains("64 MiB"));
}

#[test]
fn a_file_cut_while_it_is_read_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("m.csv");
    let mut file = std::fs::File::create(&path).unwrap();
    file.write_all("line\n".repeat(1000).as_bytes()).unwrap();
    let input = Input::open(&path, "m.csv", EncodingChoice::Auto, Sniff::Text).unwrap();
    file.set_len(600).unwrap();
    let Err(Failure::Refused(refusal)) = lines(&input, 2, 100) else { panic!() };
    assert!(refusal.what.contains("became shorter"));
}
