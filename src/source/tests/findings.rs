use super::*;

fn found(text: &str, fields: Vec<FieldMapping>) -> All {
    all(&master(text, fields), 1).unwrap()
}

#[test]
fn one_finding_for_each_code_and_offer_with_the_cell_and_its_column() {
    let text = "sku;Ціна;cost;stock\nK1;1,234;12.345;5\nK2;по запросу;x;багато\nK3;5;6;7\n";
    let read = found(text, vec![from("price", "Ціна")]);
    assert_eq!(read.codes(), ["catalog/number", "catalog/number-ambiguous"]);
    assert_eq!(
        read.messages("catalog/number-ambiguous"),
        ["price («Ціна») «1,234» is 1.234 with `decimal: comma`, 1234 with `decimal: point`; \
          cost «12.345» is 12.345 with `decimal: point`, 12345 with `decimal: comma`"]
    );
    assert_eq!(
        read.messages("catalog/number"),
        ["price («Ціна») «по запросу» is not a number; cost «x» is not a number; stock «багато» is not a number"]
    );
    let faulty: Vec<bool> = read.offers.iter().map(|offer| offer.1).collect();
    assert_eq!(faulty, [true, true, false]);
    let place = &read.findings[0].2[0];
    assert_eq!((place.key.as_str(), place.field.as_str()), ("K2", "price"));
    let line = input(text.as_bytes()).places(&[place.offset]).unwrap().remove(0);
    assert_eq!((line.line, line.column), (3, 4));
}

#[test]
fn details_of_the_goods_leave_the_offer_sound() {
    let read = found("sku;weight;gender\nK1;около 2;чужа\n", Vec::new());
    assert_eq!(
        read.messages("catalog/detail"),
        ["weight «около 2» is not a number: «около» is no known currency or unit; gender «чужа» is none of the words \
          of this field: male, female, unisex"]
    );
    assert!(!read.offers[0].1);
    assert_eq!(read.offers[0].2[1], "-", "it is left out");
}

#[test]
fn spreadsheets_eat_numbers() {
    let read = found("sku;price;gtin\n1.2E+11;5;4.82E+12\nK2;1.2E+05;\n", Vec::new());
    assert_eq!(read.codes(), ["catalog/sku-eaten", "catalog/number-eaten", "catalog/gtin-eaten"]);
    assert_eq!(read.messages("catalog/sku-eaten"), ["sku «1.2E+11» is what a spreadsheet left of a longer number"]);
    assert_eq!(read.offers.iter().map(|offer| offer.1).collect::<Vec<_>>(), [true, true]);
}

#[test]
fn mixed_marks_are_read_where_they_can_be_and_told() {
    let read = found("sku;price\nK1;12.50\nK2;13.50\nK3;14\n", Vec::new());
    assert!(read.findings.is_empty());
    // the sample shows both marks: nothing is taken for granted
    let both = found("sku;price\nK1;12.50\nK2;13,50\nK3;1.234\n", Vec::new());
    assert_eq!(both.codes(), ["catalog/number-ambiguous", "catalog/number-mixed"]);
    // behind the sample the other mark comes up
    let mut text = String::from("sku;price\n");
    for number in 0..2100 {
        text.push_str(&format!("K{number};12.50\n"));
    }
    text.push_str("L1;1299,90\nL2;1,234\nL3;1.234\n");
    let read = found(&text, Vec::new());
    assert_eq!(read.codes(), ["catalog/number-ambiguous", "catalog/number-mixed"]);
    assert_eq!(
        read.messages("catalog/number-mixed"),
        ["price «1299,90» has another decimal mark than the numbers around it"]
    );
    let last: Vec<&str> = read.offers.iter().rev().take(3).map(|offer| offer.2[1].as_str()).collect();
    assert_eq!(last, ["1.234", "bad 1,234", "1299.90"]);
}

#[test]
fn skus_that_are_none() {
    let read = found("sku;title\n;a\n \u{a0};b\n;\nK\u{7}1;c\nK2 ;d\nKТ3;e\n\"\";\"\"\n", Vec::new());
    assert_eq!(read.offers.len(), 5, "a row that is blank all through is no offer");
    assert_eq!(read.codes(), ["catalog/sku-blank", "catalog/sku-control", "catalog/sku-blanks", "catalog/sku-letters"]);
    assert_eq!(read.messages("catalog/sku-blank"), ["the cell of «sku» is blank", "the cell of «sku» is blank"]);
    assert_eq!(read.offers.iter().map(|offer| offer.1).collect::<Vec<_>>(), [true, true, true, false, false]);
    assert_eq!(read.offers[3].0, "K2 ", "a SKU is never altered");
}

#[test]
fn equal_skus_name_all_their_lines() {
    let read = found("sku;price\nK1;1\nK2;2\nK1;3\nK3;4\nK1;5\nK3;6\n", Vec::new());
    assert_eq!(read.codes(), ["catalog/sku-equal"]);
    let (_, count, places) = &read.findings[0];
    assert_eq!(*count, 5);
    let said: Vec<_> = places.iter().map(|place| (place.key.as_str(), place.message.as_str())).collect();
    let (one, three) = ("«K1» stands in lines 2, 4, 6", "«K3» stands in lines 5, 7");
    assert_eq!(said, [("K1", one), ("K1", one), ("K1", one), ("K3", three), ("K3", three)]);
    assert!(read.equal.contains(sku_hash("K1")) && read.equal.contains(sku_hash("K3")));
    assert!(!read.equal.contains(sku_hash("K2")));
    assert_eq!(read.equal.len(), 2);
}

#[test]
fn skus_that_look_alike_name_their_difference() {
    let text = "title;sku\na;KT1\na;\"KТ2\"\na;kt1\na;KT2\na;KT 3\na;KT3\na;A\na;а\n";
    let read = found(text, Vec::new());
    assert_eq!(
        read.messages("catalog/sku-like"),
        [
            "«KT1» in line 2, «kt1» in line 4 differ only in case",
            "«KT1» in line 2, «kt1» in line 4 differ only in case",
            "«KТ2» in line 3, «KT2» in line 5 differ only in letters that look alike",
            "«KТ2» in line 3, «KT2» in line 5 differ only in letters that look alike",
            "«KT 3» in line 6, «KT3» in line 7 differ only in blanks",
            "«KT 3» in line 6, «KT3» in line 7 differ only in blanks",
            "«A» in line 8, «а» in line 9 differ only in letters that look alike",
            "«A» in line 8, «а» in line 9 differ only in letters that look alike",
        ]
    );
    assert!(read.equal.is_empty());
    assert!(read.offers.iter().all(|offer| !offer.1));
}

#[test]
fn equal_and_alike_at_once() {
    let read = found("sku\nk1\nK1\nk1\n", Vec::new());
    assert_eq!(read.codes(), ["catalog/sku-equal", "catalog/sku-like"]);
    assert_eq!(read.messages("catalog/sku-equal")[0], "«k1» stands in lines 2, 4");
    assert_eq!(
        read.messages("catalog/sku-like")[0],
        "«k1» in line 2, «K1» in line 3, «k1» in line 4 differ only in case"
    );
    assert!(read.equal.contains(sku_hash("k1")) && !read.equal.contains(sku_hash("K1")));
}

#[test]
fn lesser_findings() {
    let read = found("sku;stock\nK1;12.5\n", Vec::new());
    assert_eq!(read.messages("catalog/count-fraction"), ["stock «12.5» is not a whole number"]);
    assert_eq!(read.offers[0].2[1], "12.5");
    let pairs = Columns::Pairs { column: "p".into(), split: "|".into(), pair: "=".into() };
    let read = found("sku;p\nK1;a=1|XS|=2\n", vec![mapped("attributes", pairs)]);
    assert_eq!(
        read.messages("catalog/pair"),
        ["attributes («p») «XS» has no name before its value; attributes («p») «=2» has no name before its value"]
    );
    let pairs = Columns::Pairs { column: "p".into(), split: "|".into(), pair: "=".into() };
    let read = found("sku;p\nK1;a=1|Колір=\n", vec![mapped("attributes", pairs)]);
    assert_eq!(read.messages("catalog/pair-blank"), ["attributes («p») «Колір» has no value behind its name"]);
    let read = found("sku;pictures\nK1;https://a.ua/1.jpg,https://a.ua/2.jpg\n", Vec::new());
    assert_eq!(read.codes(), ["catalog/list-unsplit"]);
    let read = found("sku;title\nK1;Терм\u{fffd}с\n", Vec::new());
    assert_eq!(read.messages("catalog/replacement"), ["title.uk («title») «Терм\u{fffd}с» has lost letters"]);
    let read = found("sku;promo_end;availability\nK1;03/04/2027;колись\n", Vec::new());
    assert_eq!(read.codes(), ["catalog/date", "catalog/choice"]);
    let words = "in_stock, out_of_stock, on_order, preorder, backorder, discontinued";
    assert!(read.messages("catalog/choice")[0].ends_with(words), "{:?}", read.messages("catalog/choice"));
    assert!(read.offers[0].1);
    let read = found("sku;price\nK1;1\nK2;12", Vec::new());
    assert_eq!(read.codes(), ["catalog/no-final-newline"]);
    assert_eq!(read.findings[0].2[0].key, "K2");
}
