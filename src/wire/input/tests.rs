use std::io::Write;

use std::path::Path;

use encoding_rs::{Encoding, WINDOWS_1251, WINDOWS_1253};
use flate2::{Compression, write::GzEncoder};
use proptest::prelude::*;

use super::*;

const TEXT: &str = "артикул;назва\nKT1;Термокружка «Їжак» 470 мл\n";

fn text(bytes: impl Into<Vec<u8>>) -> Result<Input, Refusal> {
    Input::from_bytes("x.csv", bytes.into(), EncodingChoice::Auto, Sniff::Text)
}

fn xml(bytes: impl Into<Vec<u8>>) -> Result<Input, Refusal> {
    Input::from_bytes("x.xml", bytes.into(), EncodingChoice::Auto, Sniff::Xml)
}

fn content(input: &Input) -> String {
    let mut bytes = Vec::new();
    input.read_at(0, input.len() as usize, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    encoding.encode(text).0.into_owned()
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

#[test]
fn every_encoding_gives_the_same_text() {
    let marked = format!("\u{feff}{TEXT}");
    for bytes in [
        TEXT.as_bytes().to_vec(),
        marked.as_bytes().to_vec(),
        utf16(&marked, u16::to_le_bytes),
        utf16(&marked, u16::to_be_bytes),
        utf16(TEXT, u16::to_le_bytes),
        utf16(TEXT, u16::to_be_bytes),
        encoded(TEXT, WINDOWS_1251),
        packed(TEXT.as_bytes()),
        packed(marked.as_bytes()),
        packed(&encoded(TEXT, WINDOWS_1251)),
        [packed(&TEXT.as_bytes()[..30]), packed(&TEXT.as_bytes()[30..])].concat(),
    ] {
        let input = text(bytes.clone()).unwrap();
        assert_eq!(content(&input), TEXT);
        assert_eq!(input.len(), TEXT.len() as u64);
        assert_eq!(input.file_bytes(), bytes.len() as u64);
    }
}

#[test]
fn only_guesses_are_reported() {
    assert_eq!(text(TEXT).unwrap().guess(), None);
    assert_eq!(text("sku;price\n").unwrap().guess(), None);
    let guessed = text(encoded(TEXT, WINDOWS_1251)).unwrap();
    assert_eq!(guessed.guess(), Some("windows-1251 (guessed)"));
    assert_eq!(guessed.encoding(), "windows-1251");
    let named = EncodingChoice::Named(WINDOWS_1251);
    let named = Input::from_bytes("x.csv", encoded(TEXT, WINDOWS_1251), named, Sniff::Text).unwrap();
    assert_eq!((content(&named).as_str(), named.guess()), (TEXT, None));
    assert_eq!(text(utf16(TEXT, u16::to_le_bytes)).unwrap().guess(), Some("UTF-16LE (guessed)"));
}

#[test]
fn letters_that_come_late_are_still_found() {
    let mut bytes = "KT1;mug\n".repeat(100_000).into_bytes();
    bytes.extend(encoded(TEXT, WINDOWS_1251));
    let input = text(bytes).unwrap();
    assert_eq!(input.encoding(), "windows-1251");
    assert!(content(&input).ends_with(TEXT));
}

#[test]
fn the_xml_label_counts_unless_a_mark_overrules_it() {
    let feed = |label: &str| format!("<?xml version=\"1.0\" encoding=\"{label}\"?><name>Їжак у мішку</name>");
    let input = xml(encoded(&feed("windows-1251"), WINDOWS_1251)).unwrap();
    assert_eq!(content(&input), feed("windows-1251"));
    let input = xml(format!("\u{feff}{}", feed("windows-1251"))).unwrap();
    assert_eq!(content(&input), feed("windows-1251"));
    let input = xml(utf16(&format!("\u{feff}{}", feed("utf-16")), u16::to_be_bytes)).unwrap();
    assert_eq!(content(&input), feed("utf-16"));
    let input = xml(utf16(&feed("utf-16"), u16::to_le_bytes)).unwrap();
    assert_eq!(content(&input), feed("utf-16"));
}

#[test]
fn labels_that_cannot_be_true_are_refused_by_name() {
    let feed = |label: &str| format!("<?xml version=\"1.0\" encoding=\"{label}\"?><name>Їжак у мішку</name>");
    let refused = |label: &str| xml(feed(label)).unwrap_err().what;
    assert!(refused("utf-9").contains("«utf-9»"));
    assert!(refused("utf-16").contains("«utf-16»"));
    assert!(refused("windows-1251").contains("letters are written in UTF-8"), "{}", refused("windows-1251"));
    let named = EncodingChoice::Named(encoding_rs::UTF_8);
    let input = Input::from_bytes("x.xml", feed("utf-16").into_bytes(), named, Sniff::Xml).unwrap();
    assert_eq!(content(&input), feed("utf-16"), "naming the encoding is the way out");
}

#[test]
fn bytes_that_are_not_utf8_say_what_they_probably_are() {
    let feed = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<a><name>Кружка для чаю</name></a>";
    let input = xml(encoded(feed, WINDOWS_1251)).unwrap();
    let at = feed.find('К').unwrap() as u64;
    let refusal = input.not_utf8(at);
    assert_eq!((refusal.line, refusal.column), (Some(2), Some(10)));
    assert_eq!(refusal.what, "the byte 0xCA does not belong in UTF-8; the text looks like windows-1251");
    assert!(refusal.help.contains("encoding=\"windows-1251\""));
    let mut damaged = TEXT.as_bytes().to_vec();
    damaged.insert(30, 0xFF);
    let refusal = text(damaged).unwrap().not_utf8(30);
    assert!(refusal.what.contains("damaged here"), "{}", refusal.what);
}

#[test]
fn a_text_in_two_encodings_is_refused_at_its_first_line_in_the_other() {
    let old = encoded(&"KT2;Ґудзик український\n".repeat(50), WINDOWS_1251);
    for lines in [3, 100] {
        let new = TEXT.repeat(lines).into_bytes();
        let refusal = text([new, old.clone()].concat()).unwrap_err();
        assert_eq!(refusal.line, Some(2 * lines as u64 + 1));
        assert!(refusal.what.contains("this one looks like windows-1251"), "{}", refusal.what);
        assert_eq!(refusal.text, "KT2;Ґудзик український");
    }
    let late = [encoded(&"KT2;Ґудзик український\n".repeat(60_000), WINDOWS_1251), TEXT.into()].concat();
    assert_eq!(text(late).unwrap_err().line, Some(1), "wherever the UTF-8 stands");
    let named = EncodingChoice::Named(WINDOWS_1251);
    let both = [TEXT.as_bytes(), &old].concat();
    assert!(Input::from_bytes("x.csv", both, named, Sniff::Text).is_ok(), "who names it is believed");
}

#[test]
fn a_zero_byte_in_a_text_is_no_sign_of_16_bits() {
    for zero in ["KT1;a\0b\n", "KT1;аб\0в\n"] {
        for lines in [1, 500] {
            let refusal = text(format!("{}{zero}", TEXT.repeat(lines))).unwrap_err();
            assert!(refusal.what.contains("zero byte"), "{}", refusal.what);
            assert_eq!(refusal.line, Some(2 * lines as u64 + 1));
        }
    }
    assert!(text("sku;price\nKT1;a\0b\n").unwrap_err().what.contains("zero byte"));
}

#[test]
fn a_sequence_that_the_encoding_does_not_know_is_refused_with_its_place() {
    let named = |bytes: Vec<u8>, encoding| {
        Input::from_bytes("x.csv", bytes, EncodingChoice::Named(encoding), Sniff::Text).unwrap_err()
    };
    let mut bytes = encoded("Αθήνα\nκαφές", WINDOWS_1253);
    bytes.insert(8, 0xD2);
    let refusal = named(bytes, WINDOWS_1253);
    assert_eq!((refusal.line, refusal.column), (Some(2), Some(3)));
    assert_eq!((refusal.what.as_str(), refusal.text.as_str()), ("the byte 0xD2 is no character of windows-1253", "κα"));
    let mut bytes = utf16("\u{feff}ab", u16::to_le_bytes);
    bytes.extend([0x00, 0xD8, b'c', 0]);
    assert!(named(bytes, encoding_rs::UTF_16LE).what.contains("no character of UTF-16LE"));
    let mut bytes = utf16("\u{feff}ab", u16::to_le_bytes);
    bytes.pop();
    assert!(named(bytes, encoding_rs::UTF_16LE).what.contains("UTF-16LE"));
}

#[test]
fn a_cut_or_damaged_archive_is_refused_wherever_it_is_cut() {
    let whole = packed(TEXT.repeat(50).as_bytes());
    for length in 2..whole.len() {
        let refusal = text(&whole[..length]).unwrap_err();
        assert!(refusal.what.contains("gzip archive"), "{length}: {}", refusal.what);
    }
    for at in [20, whole.len() / 2, whole.len() - 6, whole.len() - 1] {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x55;
        assert!(text(damaged).unwrap_err().what.contains("gzip archive"), "{at}");
    }
    assert!(text([whole.clone(), b"rubbish".to_vec()].concat()).is_err());
    assert!(text(packed(&whole)).unwrap_err().what.contains("inside of another"));
}

#[test]
fn an_archive_that_unpacks_without_end_is_refused() {
    let bomb = packed(&vec![b' '; 80 << 20]);
    assert!(text(bomb).unwrap_err().what.contains("more than 200 times"));
    let small = packed(&vec![b' '; 1 << 20]);
    assert_eq!(text(small).unwrap().len(), 1 << 20, "small files of blanks are left alone");
}

#[test]
fn what_is_no_text_is_named() {
    assert!(text(b"PK\x03\x04....".to_vec()).unwrap_err().what.contains("Excel"));
    assert!(xml(b"%PDF-1.7".to_vec()).unwrap_err().what.contains("PDF"));
    assert!(text(b"\x01\0\0\0\x07\0abc".to_vec()).unwrap_err().what.contains("zero byte"));
    assert!(text(b"\xFF\xFE\0\0a\0\0\0".to_vec()).unwrap_err().what.contains("UTF-32"));
}

#[test]
fn what_cannot_be_opened_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let open = |path: &Path| Input::open(path, "x", EncodingChoice::Auto, Sniff::Text).unwrap_err();
    assert_eq!(open(folder.path()).what, "it is a folder, not a file");
    assert_eq!(open(&folder.path().join("none.csv")).to_string(), "cannot read x: there is no such file");
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    assert!(open(&file.join("below")).what.contains("no folder"));
    assert!(Input::open(&file, "x", EncodingChoice::Auto, Sniff::Text).unwrap().is_empty());
}

#[test]
fn a_file_that_changes_under_us_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("m.csv");
    let opened = || {
        std::fs::write(&path, TEXT).unwrap();
        Input::open(&path, "m.csv", EncodingChoice::Auto, Sniff::Text).unwrap()
    };
    let append = |bytes: &[u8]| {
        std::fs::OpenOptions::new().append(true).open(&path).unwrap().write_all(bytes).unwrap();
    };
    let input = opened();
    assert!(input.verify_unchanged().is_ok() && input.modified().is_some());
    append(b"KT2;");
    assert_eq!(content(&input), TEXT, "what was there at opening is what is read");
    assert!(input.verify_unchanged().unwrap_err().what.contains("it changed while it was read"));

    let input = opened();
    std::fs::write(&path, &TEXT[..8]).unwrap();
    let mut bytes = Vec::new();
    let refusal = input.read_at(0, TEXT.len(), &mut bytes).unwrap_err();
    assert!(refusal.what.contains("became shorter"));
    assert!(input.verify_unchanged().is_err());

    let input = opened();
    let file = std::fs::OpenOptions::new().write(true).open(&path).unwrap();
    let later = input.modified().unwrap() + std::time::Duration::from_secs(1);
    file.set_modified(later).unwrap();
    assert!(input.verify_unchanged().unwrap_err().what.contains("written to"));

    let input = opened();
    let other = folder.path().join("new.csv");
    std::fs::write(&other, "something else").unwrap();
    std::fs::rename(&other, &path).unwrap();
    assert!(input.verify_unchanged().is_ok(), "a file renamed over it is harmless");
    assert_eq!(content(&input), TEXT);
}

#[test]
fn a_pipe_is_read_to_its_end() {
    let mut pipe = std::io::Cursor::new(packed(&encoded(TEXT, WINDOWS_1251)));
    let input = Input::from_reader("-", &mut pipe, EncodingChoice::Auto, Sniff::Text).unwrap();
    assert_eq!(content(&input), TEXT);
    assert_eq!(input.modified(), None);
    assert!(input.verify_unchanged().is_ok());
}

#[test]
fn places_count_characters_and_every_line_end() {
    let input = text("аб\r\nвг;д\rе\n\nж").unwrap();
    let whole = content(&input);
    let offset = |what: &str| whole.find(what).unwrap() as u64;
    let asked = [offset("ж"), offset("а"), offset("д"), offset("е"), whole.len() as u64];
    let found: Vec<_> =
        input.places(&asked).unwrap().into_iter().map(|line| (line.line, line.column, line.text, line.mark)).collect();
    let expected = [(5, 1, "ж", 1), (1, 1, "аб", 1), (2, 4, "вг;д", 4), (3, 1, "е", 1), (5, 2, "ж", 2)];
    let expected: Vec<_> = expected.map(|(line, column, text, mark)| (line, column, text.to_string(), mark)).into();
    assert_eq!(found, expected);
}

#[test]
fn a_long_line_is_cut_around_the_place() {
    let line = "ї".repeat(700_000) + "X" + &"ґ".repeat(700_000);
    let input = text(format!("one\n{line}\nthree")).unwrap();
    let at = 4 + 2 * 700_000;
    let place = input.places(&[at]).unwrap().remove(0);
    assert_eq!((place.line, place.column, place.mark), (2, 700_001, 121));
    assert_eq!(place.text.chars().count(), 201);
    assert!(place.text.ends_with('…'));
    assert_eq!(place.text.chars().nth(120), Some('X'));
}

proptest! {
    #[test]
    fn places_agree_with_counting_by_hand(
        lines in proptest::collection::vec("[aїЖ😀\r]{0,12}", 1..20),
        asked in proptest::collection::vec(any::<prop::sample::Index>(), 1..6),
    ) {
        let whole = lines.join("\n");
        let input = text(whole.clone()).unwrap();
        let starts: Vec<usize> = whole.char_indices().map(|(at, _)| at).chain([whole.len()]).collect();
        let offsets: Vec<u64> = asked.iter().map(|index| starts[index.index(starts.len())] as u64).collect();
        let lines: Vec<u64> = input.places(&offsets).unwrap().iter().map(|place| place.line).collect();
        prop_assert_eq!(input.lines(&offsets).unwrap(), lines);
        for (offset, place) in offsets.iter().zip(input.places(&offsets).unwrap()) {
            let before = whole[..*offset as usize].replace("\r\n", "\n\u{0}").replace('\r', "\n");
            let line = before.matches('\n').count() as u64 + 1;
            let last = before.rsplit('\n').next().unwrap().trim_start_matches('\u{0}');
            prop_assert_eq!((place.line, place.column), (line, last.chars().count() as u64 + 1));
        }
    }

    #[test]
    fn no_bytes_panic_and_none_are_replaced(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        for sniff in [Sniff::Text, Sniff::Xml] {
            if let Ok(input) = Input::from_bytes("x", bytes.clone(), EncodingChoice::Auto, sniff) {
                let mut text = Vec::new();
                input.read_at(0, input.len() as usize, &mut text).unwrap();
                if input.encoding() != "UTF-8" {
                    let decoded = String::from_utf8(text).unwrap();
                    // UTF-16 and GB18030 can spell that character themselves
                    let spelled = input.encoding().starts_with("UTF-16") || input.encoding().starts_with("gb");
                    let replaced = decoded.contains(char::REPLACEMENT_CHARACTER) && !spelled;
                    prop_assert!(!replaced);
                }
                let _ = input.not_utf8(input.len() / 2);
            }
        }
    }
}
