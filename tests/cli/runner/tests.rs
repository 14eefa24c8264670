//! The runner against cases that are right, wrong, and not yet looked at. A shell
//! plays the program.

use std::fs;
use std::path::Path;

use super::case::Case;
use super::folder::file_bytes;
use super::{Ending, Settings, compare, escape, run_all, run_text};

fn shell(bless: bool) -> Settings {
    Settings { program: "/bin/sh".into(), bless, in_ci: false, only: String::new() }
}

fn ending(text: &str) -> Ending {
    run_text(Path::new("/nowhere"), text, &shell(false)).map_or_else(Ending::Otherwise, |(ending, _)| ending)
}

fn why(text: &str) -> String {
    match ending(text) {
        Ending::Otherwise(why) => why,
        other => panic!("{other:?}: {text}"),
    }
}

const GOOD: &str = "A shell says what it is told.

--- file: a.txt
one
$ offersync -c 'cat a.txt; echo two >&2; exit 3'
--- exit: 3
--- stdout
one
--- stderr
two
--- unchanged
";

#[test]
fn a_case_that_is_right_passes() {
    assert_eq!(ending(GOOD), Ending::AsItSays);
    assert_eq!(ending(&GOOD.replace("\none\n--- stderr", "\n[..]e\n--- stderr")), Ending::AsItSays);
}

#[test]
fn every_single_expectation_is_held() {
    assert!(why(&GOOD.replace("--- exit: 3", "--- exit: 2")).contains("exit 3, should be 2"));
    assert!(why(&GOOD.replace("\none\n--- stderr", "\nnone\n--- stderr")).contains("- none\n+ one"));
    assert!(why(&GOOD.replace("--- stderr\ntwo\n", "")).contains("+ two"));
    assert!(why(&GOOD.replace("--- stdout\none", "--- stdout no-final-newline\none")).contains("stdout"));
    assert!(why(&GOOD.replace("--- unchanged\n", "")).contains("says neither"));
    assert!(why(&GOOD.replace("--- exit: 3\n", "")).contains("nobody has said yet"));
}

#[test]
fn whatever_is_written_must_be_listed() {
    let write = "Writes.\n\n--- file: old\nx\n$ offersync -c 'echo hi > new; mkdir empty; rm old'\n--- exit: 0\n";
    let told = why(&format!("{write}--- unchanged\n"));
    assert!(
        told.contains("new was written") && told.contains("empty/ was written") && told.contains("old is gone"),
        "{told}"
    );
    assert_eq!(ending(&format!("{write}--- after: empty/\n--- after: new\nhi\n--- gone: old\n")), Ending::AsItSays);
    assert!(why(&format!("{write}--- after: empty/\n--- after: new\nho\n--- gone: old\n")).contains("- ho\n+ hi"));
    let same_bytes = "Writes the same.\n\n--- file: a\nx\n$ offersync -c 'echo x > a'\n--- exit: 0\n--- unchanged\n";
    assert!(why(same_bytes).contains("a was written"));
    let not = "Does not write.\n\n$ offersync -c ''\n--- exit: 0\n--- after: a\nx\n--- gone: b\n";
    assert!(why(not).contains("a was not written") && why(not).contains("b is still there"));
}

#[test]
fn the_environment_is_clean_and_the_input_is_what_the_case_says() {
    let case = "Tells its surroundings.

--- stdin no-final-newline
from \\x{68}ere
$ A=b\u{e9} offersync -c 'cat; echo; echo $A $COLUMNS $LC_ALL ${NO_COLOR-none} ${CI-none}; pwd'
--- exit: 0
--- stdout
from here
b\u{e9} 100 C.UTF-8 none none
[DIR]
--- unchanged
";
    assert_eq!(ending(case), Ending::AsItSays);
}

#[test]
fn a_blessed_case_passes_and_keeps_its_wildcards() {
    let bare = GOOD.split("--- exit").next().unwrap();
    let blessed = run_text(Path::new("/nowhere"), bare, &shell(true)).unwrap();
    assert_eq!(blessed.0, Ending::Blessed);
    assert_eq!(blessed.1, GOOD);
    let wild = GOOD.replace("\none\n--- stderr", "\no[..]\n--- stderr").replace("--- exit: 3", "--- exit: 1");
    let blessed = run_text(Path::new("/nowhere"), &wild, &shell(true)).unwrap().1;
    assert!(blessed.contains("\no[..]\n") && blessed.contains("--- exit: 3"), "{blessed}");
    let moment = "Times.\n\n$ offersync -c 'echo \"done (24 ms)\"; printf \"--- x\\r\\033[0m\\x24 y\" > f'\n";
    let blessed = run_text(Path::new("/nowhere"), moment, &shell(true)).unwrap().1;
    assert!(blessed.contains("done ([..])\n"), "{blessed}");
    assert_eq!(ending(&blessed), Ending::AsItSays, "{blessed}");
}

#[test]
fn nothing_is_blessed_on_a_build_machine() {
    let settings = Settings { in_ci: true, ..shell(true) };
    assert!(run_all(Path::new("/nowhere"), &settings).is_err());
}

#[test]
fn cases_are_found_run_and_written_back() {
    let folder = tempfile::tempdir().unwrap();
    let (good, bare) = (folder.path().join("a/good.case"), folder.path().join("bare.case"));
    fs::create_dir(folder.path().join("a")).unwrap();
    fs::write(&good, GOOD).unwrap();
    fs::write(&bare, GOOD.split("--- exit").next().unwrap()).unwrap();
    let report = run_all(folder.path(), &shell(false)).unwrap();
    assert_eq!((report.run, report.failures.len()), (2, 1));
    assert!(report.failures[0].starts_with("== bare.case\n"));
    assert_eq!(run_all(folder.path(), &shell(true)).unwrap().blessed, 1);
    assert_eq!(fs::read_to_string(&bare).unwrap(), GOOD);
    assert!(run_all(folder.path(), &shell(false)).unwrap().failures.is_empty());
    assert!(run_all(folder.path(), &Settings { only: "nothing".into(), ..shell(false) }).is_err());
}

#[test]
fn shared_files_are_there_unless_they_are_not_wanted() {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir_all(root.path().join("shared/shop/sub")).unwrap();
    for name in ["a", "sub/b", "c"] {
        fs::write(root.path().join("shared/shop").join(name), name).unwrap();
    }
    let case = "Lists.\n\n--- shared: shop\n--- without: c\n--- file: a\nother\n$ offersync -c 'find . -type f | sort; cat a sub/b'\n--- exit: 0\n--- stdout no-final-newline\n./a\n./sub/b\nother\nsub/b\n--- unchanged\n";
    let (ending, _) = run_text(root.path(), case, &shell(false)).unwrap();
    assert_eq!(ending, Ending::AsItSays);
}

#[test]
fn files_hold_the_bytes_that_they_say() {
    let bytes = |section: &str| {
        let case = Case::read(&format!("x\n\n--- file: {section}\n$ offersync\n")).unwrap();
        file_bytes(&case.files[0])
    };
    assert_eq!(bytes("a\nї\\x{1F}\\u{202E}").unwrap(), "ї\x1f\u{202e}\n".as_bytes());
    assert_eq!(bytes("a encoding=windows-1251 no-final-newline\nЇжак").unwrap(), [0xaf, 0xe6, 0xe0, 0xea]);
    assert_eq!(bytes("a encoding=utf-16le bom no-final-newline\nї").unwrap(), [0xff, 0xfe, 0x57, 0x04]);
    assert_eq!(bytes("a bom crlf\nx").unwrap(), b"\xef\xbb\xbfx\r\n");
    assert_eq!(bytes("a cr cut=1\nx\ny").unwrap(), b"x\ry");
    assert_eq!(bytes("a keep=2\nxyz").unwrap(), b"xy");
    assert_eq!(bytes("a no-final-newline\n\\times{3}{<n>;}").unwrap(), b"1;2;3;");
    assert_eq!(bytes("a no-final-newline\nC:\\temp \\n").unwrap(), b"C:\\temp \\n");
    assert_eq!(bytes("a gz\nx").unwrap()[..2], [0x1f, 0x8b]);
    assert!(bytes("a encoding=windows-1251\nқ").is_err(), "windows-1251 has no Kazakh letters");
    assert!(bytes("a encoding=klingon\nx").is_err());
    assert!(bytes("a\n\\x{100}").is_err());
}

#[test]
fn a_case_that_cannot_be_meant_is_refused() {
    for (text, says) in [
        ("", "says what it is about"),
        ("x\n", "no command"),
        ("x\n--- exit: 0\n$ offersync\n", "before any command"),
        ("x\n$ offersync\nstray\n", "belongs to no section"),
        ("x\n--- file: a encodings=b\n$ offersync\n", "no attribute"),
        ("x\n$ offersync\n--- unchanged\n--- gone: a\n", "unchanged"),
        ("x\n$ offersync 'a\n--- exit: 0\n", "never closed"),
    ] {
        assert!(why(text).contains(says), "{text}: {}", why(text));
    }
}

#[test]
fn lines_of_dashes_and_money_in_files_stay_in_them() {
    let case = Case::read("x\n\n--- file: a.yaml\n---\na: 1\n--- b\n$ 5\n$ offersync diff\n").unwrap();
    assert_eq!(case.files[0].text, "---\na: 1\n--- b\n$ 5\n");
    assert_eq!(case.steps[0].command, "offersync diff");
}

#[test]
fn patterns() {
    for (pattern, text, is) in [
        ("a[..]c", "abbc", true),
        ("a[..]c", "ac", true),
        ("a[..]c", "abbcd", false),
        ("[..]b[..]b[..]", "ab b", true),
        ("[..]b[..]b[..]", "ab", false),
        ("a", "a\nb", false),
        ("a\n[...]\nd", "a\nb\nc\nd", true),
        ("a\n[...]\nd", "a\nd", true),
        ("a\n[...]\nd", "a\nb", false),
        ("[...]", "", true),
        ("a[..]", "b", false),
    ] {
        assert_eq!(compare::matches(pattern, text), is, "{pattern:?} {text:?}");
    }
}

#[test]
fn any_bytes_come_back_from_their_text() {
    let all: Vec<u8> = (0..=255).collect();
    for bytes in
        [&all[..], b"--- file: a\n$ offersync\n trailing \n", "\\x{41}\\times{2}{a}\\u{41} \u{202e}ї\u{a0}".as_bytes()]
    {
        let text = escape::text(bytes);
        assert_eq!(escape::bytes(&text).unwrap(), bytes, "{text}");
        assert!(!text.contains("\n--- ") && !text.starts_with("--- ") && !text.contains("\n$ "), "{text}");
    }
}

#[test]
fn words_as_in_a_shell() {
    assert_eq!(compare::words("offersync  -c 'a b' \"c'd\" e'f'").unwrap(), ["offersync", "-c", "a b", "c'd", "ef"]);
    assert_eq!(compare::words("a ''").unwrap(), ["a", ""]);
}
