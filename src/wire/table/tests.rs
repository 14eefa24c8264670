use bumpalo::Bump;
use proptest::prelude::*;

use super::*;
use crate::finding::Refusal;
use crate::wire::Digest;
use crate::wire::blocks::{Cut, Reading, in_blocks};
use crate::wire::input::{EncodingChoice, Input, Sniff};

const COMMA: Dialect = Dialect::new(b',', Some(b'"'));

fn cells(rows: &Rows, text: &str, dialect: Dialect) -> Vec<Vec<String>> {
    let arena = Bump::new();
    let cell = |raw| unquoted(raw, dialect.quote, &arena).to_owned();
    rows.iter(text).map(|row| (0..row.len()).map(|column| cell(row.raw(column))).collect()).collect()
}

fn exact(text: &str, columns: usize, dialect: Dialect) -> Result<Vec<Vec<String>>, Broken> {
    let mut rows = Rows::new(columns);
    rows.split(text, dialect)?;
    Ok(cells(&rows, text, dialect))
}

fn fast(text: &str, columns: usize, dialect: Dialect) -> Option<Vec<Vec<String>>> {
    let mut rows = Rows::new(columns);
    let scanned = rows.scan(text, dialect);
    scanned.sure.then(|| cells(&rows, text, dialect))
}

fn input(text: &str) -> Input {
    Input::from_bytes("m.csv", text.as_bytes().to_vec(), EncodingChoice::Auto, Sniff::Text).unwrap()
}

#[test]
fn both_ways_split_alike() {
    let long = "x".repeat(200);
    let texts = [
        "a,b\nc,d\n".to_owned(),
        "a,b\r\nc,d\r\n".into(),
        "a,b\rc,d\r".into(),
        "a,b\r\nc,d\n\ne,f\r\r\n\n  \ng,h".into(),
        "\"a,\"\"b\",\"c\nd\"\r\n,\n\"\",\"\"\n\"\"\"\",\"x\"\"\"\n".into(),
        format!("\"{long}\",{long}\n{long},\"{long}\"\"\n{long}\"\n"),
        format!("{long}{long},\"\r\n\"\r\n,\"{}\"\n", "\"\"".repeat(70)),
        "a,\n,b\n,,\n,\n".into(),
        String::new(),
        "\n\n".into(),
        "a,b\r".into(),
    ];
    for text in texts {
        let careful = exact(&text, 2, COMMA);
        assert_eq!(fast(&text, 2, COMMA), careful.clone().ok(), "{text:?}: {careful:?}");
    }
}

#[test]
fn cells_come_back_as_they_were_meant() {
    let text = "\"a,\"\"b\"\"\",\"c\r\nd\"\r\n\"\",é\n";
    assert_eq!(exact(text, 2, COMMA).unwrap(), [["a,\"b\"", "c\r\nd"], ["", "é"]]);
}

#[test]
fn a_quote_inside_of_an_unquoted_cell_is_text_and_the_fast_way_says_that_it_is_not_sure() {
    for text in ["6,7\" screen\n", "a\"b\",c\n", "a,b\"\"c\n", " \"a\",b\n"] {
        assert_eq!(fast(text, 2, COMMA), None, "{text:?}");
    }
    assert_eq!(
        exact("6,7\" screen\n5,\"6\"\" screen\"\n", 2, COMMA).unwrap(),
        [["6", "7\" screen"], ["5", "6\" screen"]]
    );
    assert_eq!(exact(" \"a\",b\n", 2, COMMA).unwrap(), [[" \"a\"", "b"]]);
}

/// The cells as they stand there: what is a value of them depends on what they are.
fn raw(rows: &Rows, text: &str) -> Vec<Vec<String>> {
    rows.iter(text).map(|row| (0..row.len()).map(|column| row.raw(column).to_owned()).collect()).collect()
}

const VALUES: Dialect = Dialect { delimiter: b'\t', quote: Some(b'"'), quoting: Quoting::Value };

#[test]
fn quotes_around_values_open_where_a_value_begins() {
    for (text, cells) in [
        ("A,\"B, C\"\tx\n", vec!["A,\"B, C\"", "x"]),
        ("\"A\", \"B:C\"\tx\n", vec!["\"A\", \"B:C\"", "x"]),
        ("Size:\"2.5\"\"\"\t\"a\tb\nc\"\n", vec!["Size:\"2.5\"\"\"", "\"a\tb\nc\""]),
        ("12\" pan\tx\n", vec!["12\" pan", "x"]),
        ("12\"\tx\"\n", vec!["12\"", "x\""]),
        ("\"Wave\" tent\tName: \"Wave\" 2\n", vec!["\"Wave\" tent", "Name: \"Wave\" 2"]),
        ("tent, \"Wave\tx\n", vec!["tent, \"Wave", "x"]),
    ] {
        let mut rows = Rows::new(2);
        assert!(!rows.scan(text, VALUES).sure, "{text:?}");
        rows.split(text, VALUES).unwrap();
        assert_eq!(raw(&rows, text), [cells], "{text:?}");
    }
    let mut rows = Rows::new(2);
    assert!(rows.scan("a\tb\n", VALUES).sure);
    let broken = |text: &str| Rows::new(2).split(text, VALUES).unwrap_err();
    assert!(matches!(broken("\"a\tb\nc\td\n"), Broken::Malformed(Malformed::Unclosed { opened: 0 })));
    assert!(matches!(broken("\"a\tb\n\"c\td\n"), Broken::Malformed(Malformed::BehindQuote { opened: 0, at: 6 })));
}

#[test]
fn a_row_of_delimiters_that_ends_with_the_file_is_a_row() {
    let mut rows = Rows::new(3);
    for (text, count) in [("a,b,c\n,,\n", 1), ("a,b,c\n,,", 2)] {
        assert!(rows.scan(text, COMMA).sure);
        assert_eq!((rows.len(), rows.open_end()), (count, count == 2), "{text:?}");
        rows.split(text, COMMA).unwrap();
        assert_eq!((rows.len(), rows.open_end()), (count, count == 2), "{text:?}");
    }
}

#[test]
fn without_a_quote_character_quotes_are_text() {
    let tabs = Dialect::new(b'\t', None);
    let text = "\"6\t7\" screen\n";
    assert_eq!(fast(text, 2, tabs).unwrap(), [["\"6", "7\" screen"]]);
    assert_eq!(exact(text, 2, tabs).unwrap(), [["\"6", "7\" screen"]]);
}

#[test]
fn broken_texts_are_refused_with_their_place() {
    let said = |text: &str| {
        let broken = exact(text, 2, COMMA).unwrap_err();
        assert_eq!(fast(text, 2, COMMA), None, "{text:?}");
        refusal(&input(text), 0, broken, COMMA, 2).to_string()
    };
    assert_eq!(
        said("a,b\nc,\"Термос Stan\nd,e\n"),
        "cannot read m.csv: line 2, column 3: the quote opened before «Термос Stan» is never closed"
    );
    assert_eq!(said("a,\"b\"c\nd,e\n"), "cannot read m.csv: line 1, column 6: text stands behind a closing quote: «c»");
    assert_eq!(
        said("a,b\nc,d,e\nf,g\n"),
        "cannot read m.csv: line 2, column 1: this row has 3 cells, the header has 2: «,» stands inside of a cell"
    );
    assert_eq!(
        said("a,b\nc,d\ne"),
        "cannot read m.csv: line 3, column 1: the last row has 1 cell, the header has 2: the file is cut"
    );
    assert_eq!(
        said("a,b\nc\nd,e\n"),
        "cannot read m.csv: line 2, column 1: this row has 1 cell, the header has 2: \
        a line break stands inside of a cell without quotes"
    );
    assert_eq!(said("a,b\nc\n"), "cannot read m.csv: line 2, column 1: this row has 1 cell, the header has 2");
}

#[test]
fn a_row_without_line_break_is_told() {
    let mut rows = Rows::new(2);
    for (text, open) in
        [("a,b\nc,d", true), ("a,b\nc,d\n", false), ("a,b\n ", false), ("a,b\r", false), ("a,\"b\"", true)]
    {
        assert!(rows.scan(text, COMMA).sure);
        assert_eq!(rows.open_end(), open, "{text:?}");
        rows.split(text, COMMA).unwrap();
        assert_eq!(rows.open_end(), open, "{text:?}");
    }
}

#[test]
fn odd_characters_are_noticed() {
    let mut rows = Rows::new(2);
    let far = format!("{}\u{202e}x,y\n", "—".repeat(40));
    for (text, odd) in [
        ("a,б\tв — «г’» ☂\r\n", false),
        ("a,\u{7}\n", true),
        ("a,\u{7f}\n", true),
        ("a,\u{fffd}\n", true),
        ("a\u{0},b\n", true),
        ("a,\u{202a}\n", true),
        ("a,\u{2069}\n", true),
        ("a,\u{80}\n", true),
        ("a\u{9f},b\n", true),
        ("№\u{a0}°,«\u{c0}\n", false),
        (&far, true),
    ] {
        assert_eq!(rows.scan(text, COMMA).odd, odd, "{text:?}");
    }
}

#[test]
fn cuts_end_where_records_end() {
    let text = "a,\"b\nc\"\r\nd,e\r\nf,\"g\n\n\n";
    for cut in [&mut FastCut::new(COMMA) as &mut dyn Cut, &mut ExactCut::new(COMMA)] {
        assert_eq!(cut.cut(text.as_bytes(), false), Some(14));
        assert_eq!(cut.cut(&text.as_bytes()[..12], false), Some(9));
        assert_eq!(cut.cut(&text.as_bytes()[..8], false), None, "half a line break");
        assert_eq!(cut.cut(&text.as_bytes()[..7], false), None);
        assert_eq!(cut.cut(text.as_bytes(), true), Some(text.len()));
        assert_eq!(cut.cut(b"a,b\rc,d\re,f\r", false), Some(8), "the last CR may be half of CRLF");
    }
    assert_eq!(ExactCut::new(COMMA).cut(b"6,7\" screen\n8,9\n\"", false), Some(16));
}

#[test]
fn a_record_without_end_does_not_swallow_the_memory() {
    let mut endless = vec![b'x'; 33 << 20];
    endless[2] = b'"';
    endless[1] = b',';
    for cut in [&mut FastCut::new(COMMA) as &mut dyn Cut, &mut ExactCut::new(COMMA)] {
        assert_eq!(cut.cut(&endless, false), Some(endless.len()));
        assert_eq!(cut.cut(&endless[..1 << 20], false), None);
    }
}

#[test]
fn delimiters_are_found_by_even_rows() {
    let quote = Some(b'"');
    let none = |_: Dialect| 0;
    let sniffed = |text: &str| sniff(text, true, quote, none);
    assert_eq!(sniffed("sku,title\n1,a\n2,\"b;c\"\n"), Sniffed::Delimiter(b','));
    assert_eq!(sniffed("sku;price\n1;12,50\n2;13,50\n"), Sniffed::Delimiter(b';'));
    assert_eq!(sniffed("sku\tprice\n1\t12,50\n"), Sniffed::Delimiter(b'\t'));
    assert_eq!(sniffed("sku|title\n1|a\n"), Sniffed::Delimiter(b'|'));
    assert_eq!(sniffed("\"sku\";\"title, long\"\n\"1\";\"a, b\"\n"), Sniffed::Delimiter(b';'));
    assert_eq!(sniffed("sku\n1\n2\n"), Sniffed::OneColumn);
    assert_eq!(sniffed("sku;price, uah\n1;12,50\n2;13,50\n"), Sniffed::Either(b',', b';'));
    assert_eq!(sniffed("sku;a;b\n1;2;3\n1;2\n1;2;3\n"), Sniffed::Delimiter(b';'), "one broken row hides nothing");
    assert_eq!(sniffed("a,b;c\n1\n2\n3;4;5\n"), Sniffed::None);
    assert_eq!(sniffed("a,b\n1,2,3\n"), Sniffed::Delimiter(b','), "the only one that the header has");
    assert_eq!(sniffed("Catalog of the shop\n\nsku;title\n1;a\n2;b\n"), Sniffed::None, "a title above the header");
    assert_eq!(
        sniff("a;b\n1;2\n3;\"4\n", false, quote, none),
        Sniffed::Delimiter(b';'),
        "the sample may end in a cell"
    );
    let knows = |dialect: Dialect| usize::from(dialect.delimiter == b';');
    assert_eq!(sniff("sku;price, uah\n1;12,50\n", true, quote, knows), Sniffed::Delimiter(b';'));
}

/// What `in_blocks` makes of a text, in blocks of this size.
fn through_blocks(text: &str, columns: usize, dialect: Dialect, block: usize, threads: usize) -> Vec<Vec<String>> {
    let input = input(text);
    let reading = Reading { block, ..Reading::of(&input, threads) };
    let mut all = Vec::new();
    let mut fast_way = FastCut::new(dialect);
    let mut exact_way = ExactCut::new(dialect);
    for cut in [&mut fast_way as &mut (dyn Cut + Send), &mut exact_way] {
        let mut merged = Vec::new();
        let result: Result<u64, Refusal> = in_blocks(
            &reading,
            cut,
            &mut Digest::new(),
            || Rows::new(columns),
            |rows, block| {
                let sure = rows.scan(block.text, dialect).sure;
                assert!(sure, "{:?}", block.text);
                let fast = cells(rows, block.text, dialect);
                rows.split(block.text, dialect).unwrap();
                assert_eq!(fast, cells(rows, block.text, dialect));
                Ok(fast)
            },
            |mut block| {
                merged.append(&mut block);
                Ok(())
            },
        );
        assert_eq!(result.unwrap(), input.len());
        all.push(merged);
    }
    assert_eq!(all[0], all[1]);
    all.swap_remove(0)
}

fn a_table() -> impl Strategy<Value = Vec<Vec<String>>> {
    let cell = prop_oneof![
        4 => "[a-zA-Zа-яіїєґ0-9 .]{0,12}",
        2 => "[\",;\t|\r\n'\u{a0}é]{0,6}",
        1 => "[a-z\"\n,;]{60,140}",
    ];
    (1usize..5).prop_flat_map(move |columns| {
        proptest::collection::vec(proptest::collection::vec(cell.clone(), columns), 1..12)
    })
}

fn is_blank(row: &[String]) -> bool {
    row.iter().all(|cell| cell.is_empty()) || (row.len() == 1 && row[0].trim().is_empty())
}

proptest! {
    #[test]
    fn tables_of_another_writer_read_back_equal(
        table in a_table(), dialect in 0usize..5, ends in 0usize..3, quoting in 0usize..2, block in 1usize..300, threads in 1usize..3,
    ) {
        let (delimiter, quote) = [(b',', b'"'), (b';', b'"'), (b'\t', b'"'), (b'|', b'\''), (b';', b'\'')][dialect];
        let terminator = [csv::Terminator::CRLF, csv::Terminator::Any(b'\n'), csv::Terminator::Any(b'\r')][ends];
        let style = [csv::QuoteStyle::Necessary, csv::QuoteStyle::Always][quoting];
        let mut writer = csv::WriterBuilder::new()
            .delimiter(delimiter).quote(quote).terminator(terminator).quote_style(style).from_writer(Vec::new());
        for row in &table {
            writer.write_record(row).unwrap();
        }
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let dialect = Dialect::new(delimiter, Some(quote));
        let mut read = through_blocks(&text, table[0].len(), dialect, block, threads);
        let mut meant = table.clone();
        meant.retain(|row| !is_blank(row));
        read.retain(|row| !is_blank(row));
        prop_assert_eq!(read, meant);
    }

    #[test]
    fn where_the_fast_way_is_sure_it_is_right(text in "[ab\",\n\r]{0,90}", columns in 1usize..4) {
        if let Some(rows) = fast(&text, columns, COMMA) {
            prop_assert_eq!(exact(&text, columns, COMMA).unwrap(), rows);
        }
    }

    #[test]
    fn quotes_around_values_are_read_alike_both_ways(text in "[ab\",\n\r\t]{0,90}", columns in 1usize..4) {
        let mut rows = Rows::new(columns);
        if rows.scan(&text, VALUES).sure {
            let fast = raw(&rows, &text);
            prop_assert!(rows.split(&text, VALUES).is_ok());
            prop_assert_eq!(raw(&rows, &text), fast);
        }
    }

    #[test]
    fn what_is_accepted_another_reader_reads_alike(text in "[ab\",\n\r]{0,40}", columns in 1usize..4) {
        if let Ok(rows) = exact(&text, columns, COMMA) {
            let mut other = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
            let records = other.records().map(|record| record.unwrap().iter().map(str::to_owned).collect());
            let mut records: Vec<Vec<String>> = records.collect();
            records.retain(|row: &Vec<String>| !is_blank(row));
            let rows: Vec<Vec<String>> = rows.into_iter().filter(|row| !is_blank(row)).collect();
            prop_assert_eq!(rows, records);
        }
    }

    #[test]
    fn the_exact_cut_ends_at_records_and_takes_all_that_is_there(text in "[ab\",\n\r]{0,60}", size in 1usize..20) {
        let ends = |text: &str| {
            let (mut records, mut ends) = (Records::new(text, COMMA), vec![0]);
            while let Ok(Some(record)) = records.read(|_| ()) {
                ends.push(record.next);
            }
            ends
        };
        let size = size.min(text.len());
        if let Some(at) = ExactCut::new(COMMA).cut(&text.as_bytes()[..size], false) {
            let broken = Records::new(&text[..size], COMMA);
            let mut broken_at = broken.clone();
            let malformed = loop {
                match broken_at.read(|_| ()) {
                    Ok(Some(_)) => {}
                    Ok(None) => break false,
                    Err(error) => break matches!(error, Malformed::BehindQuote { .. }),
                }
            };
            prop_assert!(malformed || ends(&text).contains(&at), "{:?} at {}", text, at);
        }
    }
}
