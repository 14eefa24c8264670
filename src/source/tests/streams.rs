use std::io::Write;

use bumpalo::Bump;
use proptest::prelude::*;

use super::*;
use crate::wire::Digest;

fn catalog(offers: usize) -> String {
    let mut text = String::from("sku;title;price;stock\n");
    for number in 0..offers {
        text.push_str(&format!("K{number};\"Термос \"\"{number}\"\"\nкраще; є\";{}.90;{}\n", number * 10, number % 7));
    }
    text
}

#[test]
fn threads_and_blocks_change_nothing() {
    let mut text = catalog(300);
    text.push_str("K1;again;1.00;1\nK999;x;по запросу;\n;y;1;1\n");
    let whole = all(&master(&text, Vec::new()), 1).unwrap();
    assert_eq!(whole.offers.len(), 303);
    assert_eq!(whole.digest, Digest::of(text.as_bytes()).to_string());
    for (block, threads) in [(1, 1), (50, 2), (300, 1), (1000, 2), (4096, 3)] {
        let again = all(&master(&text, Vec::new()).in_blocks_of(block), threads).unwrap();
        assert_eq!(again, whole, "blocks of {block} on {threads} threads");
    }
}

#[test]
fn a_quote_in_an_unquoted_cell_far_behind_is_read_exactly() {
    let mut text = catalog(200);
    text.push_str("L1;Екран 6,7\" IPS;5;1\n");
    text.push_str("L2;\"quoted; \"\"well\"\"\";6;2\n");
    for number in 0..200 {
        text.push_str(&format!("M{number};27\" або 32\";{number};1\n"));
    }
    let whole = all(&master(&text, Vec::new()), 1).unwrap();
    assert_eq!(whole.offers.len(), 402);
    assert_eq!(whole.offers[200].2[1], "Екран 6,7\" IPS");
    assert_eq!(whole.offers[201].2[1], "quoted; \"well\"");
    assert_eq!(whole.offers[401].2[1], "27\" або 32\"");
    assert_eq!(whole.digest, Digest::of(text.as_bytes()).to_string());
    assert!(whole.findings.is_empty(), "{:?}", whole.findings);
    for (block, threads) in [(64, 1), (512, 2), (4096, 2)] {
        let again = all(&master(&text, Vec::new()).in_blocks_of(block), threads).unwrap();
        assert_eq!(again, whole, "blocks of {block} on {threads} threads");
    }
}

#[test]
fn broken_masters_are_refused_with_their_line_on_any_number_of_threads() {
    for (tail, said) in [
        ("L1;\"Термос;5;1\nL2;x;6;2\n", "line 602, column 4: the quote opened before «Термос;5;1» is never closed"),
        ("L1;\"a\"b;5;1\nL2;x;6;2\n", "line 602, column 7: text stands behind a closing quote: «b;5;1»"),
        (
            "L1;a;b;5;1\nL2;x;6;2\n",
            "line 602, column 1: this row has 5 cells, the header has 4: «;» stands inside of a cell",
        ),
        ("L1;a\nb;5;1\nL2;x;6;2\n", "line 602, column 1: this row has 2 cells, the header has 4"),
        ("L1;a;5;1\nL2;x;6", "line 603, column 1: the last row has 3 cells, the header has 4: the file is cut"),
    ] {
        let text = format!("{}{tail}", catalog(300));
        for (block, threads) in [(100_000, 1), (700, 1), (700, 2), (64, 2)] {
            let refusal = all(&master(&text, Vec::new()).in_blocks_of(block), threads).unwrap_err();
            let refused = refusal.to_string();
            assert!(refused.starts_with(&format!("cannot read m.csv: {said}")), "{refused} in blocks of {block}");
        }
    }
}

#[test]
fn what_is_no_table_is_refused() {
    for (text, said) in [
        ("", "the file is empty"),
        ("\n \n", "the file is blank"),
        ("sku;price\n", "it has a header and no record"),
        ("sku;price\n;\n\n", "it has a header and no record"),
        ("<!DOCTYPE html>\n<html></html>", "line 1, column 1: it is a web page, not a table"),
        ("<?xml version=\"1.0\"?><a/>", "line 1, column 1: it is XML, not a table"),
        ("[{\"sku\": 1}]", "line 1, column 1: it is JSON, not a table"),
        (
            "Каталог магазину\n\nsku;price\n1;2\n3;4\n",
            "line 1, column 1: no delimiter parts the header and the rows into equally many cells",
        ),
    ] {
        assert_eq!(refused(text, Vec::new()), format!("cannot read m.csv: {said}"), "{text:?}");
    }
}

#[test]
fn masters_of_any_encoding_read_alike() {
    let text = "sku;title;price\r\nКТ1;Термос «Їжак» ґ;1299,90\r\n";
    let expected = all(&master(text, Vec::new()), 1).unwrap();
    assert_eq!(expected.offers[0].2, ["КТ1", "Термос «Їжак» ґ", "1299.90"]);
    let utf16: Vec<u8> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let mut marked = b"\xEF\xBB\xBF".to_vec();
    marked.extend_from_slice(text.as_bytes());
    let plain = text.as_bytes().to_vec();
    let cyrillic = encoding_rs::WINDOWS_1251.encode(text).0.into_owned();
    for (name, bytes) in [("UTF-16", utf16), ("BOM", marked), ("plain", plain)] {
        let master = Master::of(input(&bytes), &options(Vec::new())).unwrap();
        assert_eq!(all(&master, 1).unwrap(), expected, "{name}");
    }
    let named = EncodingChoice::Named(encoding_rs::WINDOWS_1251);
    let decoded = Input::from_bytes("m.csv", cyrillic, named, Sniff::Text).unwrap();
    assert_eq!(all(&Master::of(decoded, &options(Vec::new())).unwrap(), 1).unwrap(), expected);
}

#[test]
fn bytes_that_are_no_text_are_refused_with_their_place() {
    let utf8 = EncodingChoice::Named(encoding_rs::UTF_8);
    let far = format!("sku;title\n{}", "K1;x\n".repeat(200_000));
    for (before, line) in [("sku;title\nK1;", 2), ("sku;tit", 1), (far.as_str(), 200_002)] {
        let mut bytes = before.as_bytes().to_vec();
        bytes.extend_from_slice(b"\xD2\xE5\xF0\xEC\xEE\xF1\n");
        let input = Input::from_bytes("m.csv", bytes, utf8, Sniff::Text).unwrap();
        let refusal = match Master::of(input, &options(Vec::new())) {
            Err(OpenError::Refused(refusal)) => refusal,
            Err(OpenError::Mapping(problems)) => panic!("{problems:?}"),
            Ok(master) => all(&master, 2).unwrap_err(),
        };
        assert_eq!(refusal.line, Some(line), "{refusal}");
        assert!(refusal.what.contains("0xD2"), "{refusal}");
    }
}

#[test]
fn an_export_of_a_bookkeeping_program_reads() {
    let text = "Артикул;Найменування;Ціна, грн;Залишок;Вага, кг\r\n\
        00-001;\"Чайник \"\"Мрія\"\"; 1,7 л\";1\u{a0}299,00;12,000;0,850\r\n\
        00-002;Термос;12\u{a0}990,50;-3,000;1,250\r\n;;;;\r\n";
    let fields = || {
        vec![
            from("sku", "Артикул"),
            from("title", "Найменування"),
            from("price", "Ціна, грн"),
            from("stock", "Залишок"),
            from("weight", "Вага, кг"),
        ]
    };
    let silent = all(&master(text, fields()), 1).unwrap();
    assert_eq!(silent.codes(), ["catalog/number-ambiguous"], "12,000 and 1,250 may be thousands");
    let declared = MasterOptions { decimal: Some(crate::model::DecimalStyle::Comma), ..options(fields()) };
    let master = open(text, &declared).unwrap();
    let read = all(&master, 1).unwrap();
    assert_eq!(read.offers[0].2, ["00-001", "Чайник \"Мрія\"; 1,7 л", "1299.00", "12.000", "0.850"]);
    assert_eq!(read.offers[1].2, ["00-002", "Термос", "12990.50", "-3.000", "1.250"]);
    assert_eq!(read.offers.len(), 2);
    assert!(read.findings.is_empty());
}

#[test]
fn a_line_for_spreadsheets_tells_the_delimiter() {
    let text = "sep=;\r\nsku;price, uah\r\nK1;12,50\r\nK2;x\r\n";
    let master = master(text, vec![from("price", "price, uah")]);
    assert!(master.guesses().iter().all(|guess| !guess.starts_with("delimiter")));
    let read = all(&master, 1).unwrap();
    assert_eq!(read.offers[0].2, ["12.50", "K1"]);
    assert_eq!(read.digest, Digest::of(text.as_bytes()).to_string());
    let place = read.findings[0].2[0].offset;
    assert_eq!(input(text.as_bytes()).places(&[place]).unwrap()[0].line, 4);
}

/// A cut file is refused, or told of by a finding; only a cut exactly behind a record leaves
/// no trace in the file itself, and then the offers are fewer: what guards are for.
#[test]
fn every_cut_is_refused_or_told_or_leaves_fewer_offers() {
    for text in [
        "sku;title;price\nK1;\"a;\nb\";12.50\nK2;\"c \"\"d\"\"\";13.00\n",
        "sku;title;price\r\nK1;a;12.50\r\nK2;;13.00\r\n",
        "sku;title;price\rK1;a;12.50\rK2;;13.00\r",
    ] {
        let whole = all(&master(text, Vec::new()), 1).unwrap();
        assert!(whole.findings.is_empty());
        let (mut refusals, mut told, mut fewer) = (0, 0, 0);
        for cut in 0..text.len() {
            let Some(part) = text.get(..cut) else { continue };
            let read = match open(part, &options(Vec::new())) {
                Ok(master) => all(&master, 1),
                Err(_) => {
                    refusals += 1;
                    continue;
                }
            };
            match read {
                Err(_) => refusals += 1,
                Ok(read) if read.codes().contains(&"catalog/no-final-newline") => told += 1,
                Ok(read) if read.offers.len() < whole.offers.len() => {
                    assert_eq!(read.offers, whole.offers[..read.offers.len()], "{part:?}");
                    assert!(part.ends_with(['\n', '\r']), "{part:?}");
                    fewer += 1;
                }
                // CRLF without its LF is a line break all the same
                Ok(read) => assert!(read == All { digest: read.digest.clone(), ..whole_again(text) }, "{part:?}"),
            }
        }
        assert!(refusals > 20 && told >= 2 && (1..=2).contains(&fewer), "{refusals} {told} {fewer}");
    }
}

fn whole_again(text: &str) -> All {
    all(&master(text, Vec::new()), 1).unwrap()
}

#[test]
fn records_are_read_again_by_their_place() {
    let text = catalog(20);
    let master = master(&text, Vec::new());
    let mut places = Vec::new();
    let seen = |offer: &Offer<'_>| (offer.place, offer.sku_hash, plain(offer));
    master
        .read(
            1,
            1,
            || (),
            |(), block| Ok::<_, Refusal>(block.offers.iter().map(seen).collect::<Vec<_>>()),
            |mut block| {
                places.append(&mut block);
                Ok(())
            },
        )
        .unwrap();
    let mut records = master.records();
    let arena = Bump::new();
    let again: Vec<_> =
        places.iter().rev().map(|(place, hash, _)| records.offer_at(*place, *hash, &arena).unwrap()).collect();
    for (offer, (_, _, expected)) in again.iter().zip(places.iter().rev()) {
        assert_eq!(plain(offer), *expected);
    }
    let (place, hash, _) = places[3];
    let refused = records.offer_at(place, hash ^ 1, &arena).unwrap_err().to_string();
    assert_eq!(refused, "cannot read m.csv: it was written to while it was read");
    let inside = RecordPlace { offset: place.offset + 1, ..place };
    assert!(records.offer_at(inside, hash, &arena).is_err());
}

#[test]
fn a_file_that_changes_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("m.csv");
    std::fs::write(&path, catalog(50)).unwrap();
    let opened = Master::open(&MasterOptions { path: path.clone(), ..options(Vec::new()) }).unwrap();
    assert_eq!(all(&opened, 1).unwrap().offers.len(), 50);
    let mut file = std::fs::OpenOptions::new().append(true).open(&path).unwrap();
    file.write_all(b"K99;x;1;1\n").unwrap();
    let refused = all(&opened, 1).unwrap_err().to_string();
    assert!(refused.contains("it changed while it was read"), "{refused}");
    assert!(Master::open(&MasterOptions { path: folder.path().join("none.csv"), ..options(Vec::new()) }).is_err());
}

#[test]
fn the_callers_own_errors_end_the_reading() {
    #[derive(Debug, PartialEq)]
    enum Mine {
        Enough,
        Refused,
    }
    impl From<Refusal> for Mine {
        fn from(_: Refusal) -> Self {
            Mine::Refused
        }
    }
    let master = master(&catalog(300), Vec::new()).in_blocks_of(500);
    for threads in [1, 2] {
        let mut merged = 0;
        let stopped = master.read(
            threads,
            1,
            || (),
            |(), _| Ok(()),
            |()| {
                merged += 1;
                if merged == 3 { Err(Mine::Enough) } else { Ok(()) }
            },
        );
        assert_eq!(stopped.unwrap_err(), Mine::Enough);
        assert_eq!(merged, 3);
    }
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![3 => "[a-zA-Zа-яіїєґ0-9 .]{0,12}", 2 => "[\",;\t|\r\n'é=]{0,6}", 1 => "[a-z\"\n;]{60,140}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn random_tables_come_back_as_they_were_meant(
        rows in proptest::collection::vec((cell(), cell(), cell()), 1..12),
        dialect in 0usize..4, quoting in 0usize..2, ends in 0usize..3, block in 1usize..400, threads in 1usize..3,
    ) {
        let delimiter = [b',', b';', b'\t', b'|'][dialect];
        let style = [csv::QuoteStyle::Necessary, csv::QuoteStyle::Always][quoting];
        let terminator = [csv::Terminator::CRLF, csv::Terminator::Any(b'\n'), csv::Terminator::Any(b'\r')][ends];
        let mut writer = csv::WriterBuilder::new()
            .delimiter(delimiter).quote_style(style).terminator(terminator).from_writer(Vec::new());
        writer.write_record(["title.uk", "sku", "x.a", "x.b"]).unwrap();
        for (number, (title, one, other)) in rows.iter().enumerate() {
            writer.write_record([title, &format!("K{number}"), one, other]).unwrap();
        }
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let given = MasterOptions { delimiter: Some(delimiter), ..options(Vec::new()) };
        let read = all(&open(&text, &given).unwrap().in_blocks_of(block), threads).unwrap();
        let said = |text: &str| if text.trim().is_empty() { "-".to_owned() } else { text.to_owned() };
        let expected: Vec<Plain> = rows.iter().enumerate().map(|(number, (title, one, other))| {
            let sku = format!("K{number}");
            (sku.clone(), false, vec![said(title), sku, said(one), said(other)])
        }).collect();
        prop_assert_eq!(read.offers, expected);
        prop_assert_eq!(read.digest, Digest::of(text.as_bytes()).to_string());
        prop_assert!(read.findings.is_empty());
    }
}
