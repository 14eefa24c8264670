use proptest::prelude::*;

use super::*;

/// Spelling → declared point, declared comma, nothing known, point seen.
/// `x` no number, `!` against the style, `?` ambiguous, `e` exponent, `b` blank, `w` unknown word, `l` too long.
const TABLE: &[(&str, &str, &str, &str, &str)] = &[
    // whole numbers
    ("0", "0", "0", "0", "0"),
    ("7", "7", "7", "7", "7"),
    ("00123", "123", "123", "123", "123"),
    ("1299", "1299", "1299", "1299", "1299"),
    ("1234567", "1234567", "1234567", "1234567", "1234567"),
    (" 1299 ", "1299", "1299", "1299", "1299"),
    ("\u{a0}1299\u{a0}", "1299", "1299", "1299", "1299"),
    ("+5", "5", "5", "5", "5"),
    ("-5", "-5", "-5", "-5", "-5"),
    ("\u{2212}5", "-5", "-5", "-5", "-5"),
    ("- 5", "-5", "-5", "-5", "-5"),
    ("-0", "0", "0", "0", "0"),
    ("-0.00", "0.00", "!", "0.00", "0.00"),
    // one mark, not three digits behind it
    ("1299.90", "1299.90", "!", "1299.90", "1299.90"),
    ("1299,90", "!", "1299.90", "1299.90", "1299.90"),
    ("1.5", "1.5", "!", "1.5", "1.5"),
    ("1,5", "!", "1.5", "1.5", "1.5"),
    ("12.3456", "12.3456", "!", "12.3456", "12.3456"),
    ("12,3456", "!", "12.3456", "12.3456", "12.3456"),
    ("19.990000000000000001", "19.990000000000000001", "!", "19.990000000000000001", "19.990000000000000001"),
    (".5", "0.5", "!", "0.5", "0.5"),
    (",5", "!", "0.5", "0.5", "0.5"),
    (".500", "0.500", "!", "0.500", "0.500"),
    (",500", "!", "0.500", "0.500", "0.500"),
    ("-.5", "-0.5", "!", "-0.5", "-0.5"),
    ("-,5", "!", "-0.5", "-0.5", "-0.5"),
    // one mark, three digits behind it
    ("1.234", "1.234", "1234", "?", "1.234"),
    ("12.345", "12.345", "12345", "?", "12.345"),
    ("123.456", "123.456", "123456", "?", "123.456"),
    ("1,234", "1234", "1.234", "?", "?"),
    ("12,345", "12345", "12.345", "?", "?"),
    ("123,456", "123456", "123.456", "?", "?"),
    ("-1,234", "-1234", "-1.234", "?", "?"),
    ("-1.234", "-1.234", "-1234", "?", "-1.234"),
    ("1.000", "1.000", "1000", "?", "1.000"),
    ("1,000", "1000", "1.000", "?", "?"),
    ("1234.567", "1234.567", "!", "1234.567", "1234.567"),
    ("1234,567", "!", "1234.567", "1234.567", "1234.567"),
    ("0.123", "0.123", "!", "0.123", "0.123"),
    ("0,123", "!", "0.123", "0.123", "0.123"),
    ("0.000", "0.000", "!", "0.000", "0.000"),
    ("00.123", "0.123", "!", "0.123", "0.123"),
    ("012,345", "!", "12.345", "12.345", "12.345"),
    // several marks
    ("1.234.567", "!", "1234567", "1234567", "1234567"),
    ("1,234,567", "1234567", "!", "1234567", "1234567"),
    ("1.234.567,89", "!", "1234567.89", "1234567.89", "1234567.89"),
    ("1,234,567.89", "1234567.89", "!", "1234567.89", "1234567.89"),
    ("1,234.50", "1234.50", "!", "1234.50", "1234.50"),
    ("1.234,50", "!", "1234.50", "1234.50", "1234.50"),
    ("1,234.567", "1234.567", "!", "1234.567", "1234.567"),
    ("1.234,567", "!", "1234.567", "1234.567", "1234.567"),
    ("12,345.6", "12345.6", "!", "12345.6", "12345.6"),
    ("1,23,456.00", "!", "!", "x", "x"),
    ("1.2.3", "!", "!", "x", "x"),
    ("1,2,3", "!", "!", "x", "x"),
    ("1.234.56", "!", "!", "x", "x"),
    ("1,234,56", "!", "!", "x", "x"),
    ("1234.567.890", "!", "!", "x", "x"),
    ("1.234,567.89", "!", "!", "x", "x"),
    ("1,234.567,8", "!", "!", "x", "x"),
    ("0,123.45", "!", "!", "x", "x"),
    ("1..5", "!", "!", "x", "x"),
    ("1.,5", "!", "!", "x", "x"),
    ("1,.5", "!", "!", "x", "x"),
    // blanks and apostrophes
    ("1 299", "1299", "1299", "1299", "1299"),
    ("1\u{a0}299", "1299", "1299", "1299", "1299"),
    ("1\u{202f}299", "1299", "1299", "1299", "1299"),
    ("1\u{2009}299", "1299", "1299", "1299", "1299"),
    ("1'299", "1299", "1299", "1299", "1299"),
    ("1\u{2019}299", "1299", "1299", "1299", "1299"),
    ("12 345 678", "12345678", "12345678", "12345678", "12345678"),
    ("1 299,90", "!", "1299.90", "1299.90", "1299.90"),
    ("1 299.90", "1299.90", "!", "1299.90", "1299.90"),
    ("1\u{a0}299,90", "!", "1299.90", "1299.90", "1299.90"),
    ("1\u{202f}043,00", "!", "1043.00", "1043.00", "1043.00"),
    ("1'299.90", "1299.90", "!", "1299.90", "1299.90"),
    ("1'234'567.5", "1234567.5", "!", "1234567.5", "1234567.5"),
    ("1 234,567", "!", "1234.567", "1234.567", "1234.567"),
    ("1 234.567", "1234.567", "!", "1234.567", "1234.567"),
    ("12 34", "x", "x", "x", "x"),
    ("1  299", "x", "x", "x", "x"),
    ("1 2990", "x", "x", "x", "x"),
    ("1234 567", "x", "x", "x", "x"),
    ("1 234'567", "x", "x", "x", "x"),
    ("1.234 567", "!", "!", "x", "x"),
    ("1 234,567.8", "!", "!", "x", "x"),
    ("0 299", "x", "x", "x", "x"),
    ("1 299 ,90", "!", "x", "x", "x"),
    // words and signs
    ("1 299,90 грн", "!", "1299.90 UAH", "1299.90 UAH", "1299.90 UAH"),
    ("1299.90грн.", "1299.90 UAH", "!", "1299.90 UAH", "1299.90 UAH"),
    ("UAH 12.50", "12.50 UAH", "!", "12.50 UAH", "12.50 UAH"),
    ("12.50 uah", "12.50 UAH", "!", "12.50 UAH", "12.50 UAH"),
    ("₴12", "12 UAH", "12 UAH", "12 UAH", "12 UAH"),
    ("12₴", "12 UAH", "12 UAH", "12 UAH", "12 UAH"),
    ("$5", "5 USD", "5 USD", "5 USD", "5 USD"),
    ("-$5", "-5 USD", "-5 USD", "-5 USD", "-5 USD"),
    ("$-5", "-5 USD", "-5 USD", "-5 USD", "-5 USD"),
    ("US$ 5", "5 USD", "5 USD", "5 USD", "5 USD"),
    ("5 €", "5 EUR", "5 EUR", "5 EUR", "5 EUR"),
    ("€5,5", "!", "5.5 EUR", "5.5 EUR", "5.5 EUR"),
    ("45 900 ₸", "45900 KZT", "45900 KZT", "45900 KZT", "45900 KZT"),
    ("45900 тг.", "45900 KZT", "45900 KZT", "45900 KZT", "45900 KZT"),
    ("45900 теңге", "45900 KZT", "45900 KZT", "45900 KZT", "45900 KZT"),
    ("2.5 kg", "2.5 kg", "!", "2.5 kg", "2.5 kg"),
    ("2,5 кг", "!", "2.5 kg", "2.5 kg", "2.5 kg"),
    ("500 гр.", "500 g", "500 g", "500 g", "500 g"),
    ("30см", "30 cm", "30 cm", "30 cm", "30 cm"),
    ("5 шт.", "5 pcs", "5 pcs", "5 pcs", "5 pcs"),
    ("грн.5", "5 UAH", "5 UAH", "5 UAH", "5 UAH"),
    ("грн .5", "0.5 UAH", "!", "0.5 UAH", "0.5 UAH"),
    ("1,234 грн", "1234 UAH", "1.234 UAH", "?", "?"),
    ("UAH 5 грн", "x", "x", "x", "x"),
    ("5 штуковин", "w", "w", "w", "w"),
    ("від 100", "w", "w", "w", "w"),
    // no numbers
    ("", "b", "b", "b", "b"),
    ("   ", "b", "b", "b", "b"),
    ("\u{a0}", "b", "b", "b", "b"),
    ("по запросу", "x", "x", "x", "x"),
    ("NaN", "x", "x", "x", "x"),
    ("inf", "x", "x", "x", "x"),
    ("-", "x", "x", "x", "x"),
    (".", "x", "x", "x", "x"),
    (",", "x", "x", "x", "x"),
    ("грн", "x", "x", "x", "x"),
    ("12.", "x", "x", "x", "x"),
    ("12,", "x", "x", "x", "x"),
    ("1299.-", "x", "x", "x", "x"),
    ("--5", "x", "x", "x", "x"),
    ("+-5", "x", "x", "x", "x"),
    ("5-", "x", "x", "x", "x"),
    ("(5)", "x", "x", "x", "x"),
    ("5%", "x", "x", "x", "x"),
    (">10", "x", "x", "x", "x"),
    ("10+", "x", "x", "x", "x"),
    ("130-150", "x", "x", "x", "x"),
    ("130 - 150", "x", "x", "x", "x"),
    ("12:30", "x", "x", "x", "x"),
    ("1/2", "x", "x", "x", "x"),
    ("0x10", "x", "x", "x", "x"),
    ("1_000", "x", "x", "x", "x"),
    ("１２", "x", "x", "x", "x"),
    ("٣", "x", "x", "x", "x"),
    ("1\n299", "x", "x", "x", "x"),
    ("1\t299", "x", "x", "x", "x"),
    // eaten by a spreadsheet
    ("1.2E+11", "e", "e", "e", "e"),
    ("1,2E+11", "e", "e", "e", "e"),
    ("1e400", "e", "e", "e", "e"),
    ("5E-05", "e", "e", "e", "e"),
    ("-1.5e3", "e", "e", "e", "e"),
    // more than can be held
    (
        "9999999999999999999999999999",
        "9999999999999999999999999999",
        "9999999999999999999999999999",
        "9999999999999999999999999999",
        "9999999999999999999999999999",
    ),
    ("12345678901234567890123456789", "l", "l", "l", "l"),
    ("0.00000000000000000000000000001", "l", "l", "l", "l"),
];

fn shown(result: &Result<Amount, NotAnAmount>) -> String {
    match result {
        Ok(amount) if amount.unit.is_said() => format!("{} {}", amount.value, amount.unit.as_str()),
        Ok(amount) => amount.value.to_string(),
        Err(NotAnAmount::Blank) => "b".into(),
        Err(NotAnAmount::NoNumber) => "x".into(),
        Err(NotAnAmount::Exponent) => "e".into(),
        Err(NotAnAmount::Ambiguous { .. }) => "?".into(),
        Err(NotAnAmount::AgainstStyle(_)) => "!".into(),
        Err(NotAnAmount::UnknownWord(_)) => "w".into(),
        Err(NotAnAmount::TooLong) => "l".into(),
    }
}

#[test]
fn the_table_of_spellings() {
    assert!(TABLE.len() >= 100);
    let styles = [
        Marks::Declared(DecimalStyle::Point),
        Marks::Declared(DecimalStyle::Comma),
        Marks::Unknown,
        Marks::Seen(DecimalStyle::Point),
    ];
    for &(text, point, comma, unknown, seen) in TABLE {
        for (marks, expected) in styles.into_iter().zip([point, comma, unknown, seen]) {
            assert_eq!(shown(&read(text, marks)), expected, "«{text}» as {marks:?}");
        }
        // what a file has shown of the comma changes nothing
        let comma_seen = read(text, Marks::Seen(DecimalStyle::Comma));
        assert_eq!(shown(&comma_seen), unknown, "«{text}»");
    }
}

#[test]
fn both_readings_are_said() {
    let error = read("1,234", Marks::Unknown).unwrap_err();
    assert_eq!(error.to_string(), "is 1.234 with `decimal: comma`, 1234 with `decimal: point`");
    let error = read("1.234", Marks::Seen(DecimalStyle::Comma)).unwrap_err();
    let said = "is 1.234 with `decimal: point`, 1234 with `decimal: comma`, where other numbers of the file have a decimal comma";
    assert_eq!(error.to_string(), said);
}

#[test]
fn spellings_prove_their_style() {
    let proves = |text| read(text, Marks::Unknown).unwrap().proves;
    assert_eq!(proves("1299.90"), Some(DecimalStyle::Point));
    assert_eq!(proves("1,234,567"), Some(DecimalStyle::Point));
    assert_eq!(proves("1299,90"), Some(DecimalStyle::Comma));
    assert_eq!(proves("1.234.567"), Some(DecimalStyle::Comma));
    assert_eq!(proves("1 299"), None);
    assert_eq!(proves("1299"), None);
}

#[test]
fn money_has_no_places_or_two_or_all() {
    for (text, money) in
        [("1299.00", "1299"), ("1299.5", "1299.50"), ("0.955", "0.955"), ("0", "0"), ("-3.10", "-3.10")]
    {
        assert_eq!(spell_money(read(text, Marks::Declared(DecimalStyle::Point)).unwrap().value), money);
    }
    assert_eq!(spell(Decimal::new(1_299_500, 3)), "1299.5");
    assert_eq!(spell(Decimal::new(0, 5)), "0");
}

#[test]
fn words_know_their_code() {
    assert_eq!(currency_word("ГРН.").map(|unit| unit.as_str().to_owned()).as_deref(), Some("UAH"));
    assert_eq!(currency_word("kg"), None);
    assert_eq!(unit_word("Кг").map(|unit| unit.as_str().to_owned()).as_deref(), Some("kg"));
    assert_eq!(unit_word("€"), Unit::new("EUR"));
}

#[test]
fn eaten_numbers_are_told_from_codes() {
    assert!(looks_eaten("4.82E+12"));
    assert!(looks_eaten("4,82E+12"));
    assert!(!looks_eaten("4E10"), "this may be somebody's code");
    assert!(!looks_eaten("A1.2E+11"));
}

proptest! {
    #[test]
    fn text_to_decimal_to_text(mantissa in -999_999_999_999_999_999i64..=999_999_999_999_999_999, scale in 0u32..=18) {
        let value = Decimal::new(mantissa, scale);
        let text = spell(value);
        let again = read(&text, Marks::Declared(DecimalStyle::Point)).unwrap();
        prop_assert_eq!(again.value, value);
        prop_assert_eq!(spell(again.value), text.clone());
        prop_assert!(!text.contains(['e', 'E']));
        prop_assert_eq!(read(&spell_money(value), Marks::Declared(DecimalStyle::Point)).unwrap().value, value);
        let comma = text.replace('.', ",");
        prop_assert_eq!(read(&comma, Marks::Declared(DecimalStyle::Comma)).unwrap().value, value);
    }

    #[test]
    fn grouped_spellings_are_the_plain_ones(whole in 1000u64..999_999_999_999, places in 0u32..=9_999, mark in 0usize..4) {
        let mark = [" ", "\u{a0}", "'", "."][mark];
        let digits = whole.to_string();
        let mut grouped = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at) % 3 == 0 {
                grouped.push_str(mark);
            }
            grouped.push(digit);
        }
        let text = format!("{grouped},{places:04}");
        let expected: Decimal = format!("{whole}.{places:04}").parse().unwrap();
        prop_assert_eq!(read(&text, Marks::Unknown).unwrap().value, expected);
        prop_assert_eq!(read(&text, Marks::Declared(DecimalStyle::Comma)).unwrap().value, expected);
    }

    #[test]
    fn the_fast_way_agrees_with_the_careful_one(text in "[0-9]{0,6}[.,]?[0-9]{0,5}") {
        for (mark, style) in [(b'.', DecimalStyle::Point), (b',', DecimalStyle::Comma)] {
            let Some((value, only)) = plain(&text, mark) else { continue };
            prop_assert_eq!(read(&text, Marks::Declared(style)).map(|amount| amount.value), Ok(value));
            let alone = read(&text, Marks::Unknown);
            prop_assert_eq!(alone.is_ok(), only, "{}", text);
            if only { prop_assert_eq!(alone.map(|amount| amount.value), Ok(value)); }
        }
    }

    #[test]
    fn no_text_panics_or_passes_as_a_number(text in "\\PC{0,12}") {
        for marks in [Marks::Unknown, Marks::Declared(DecimalStyle::Comma)] {
            if let Ok(amount) = read(&text, marks) {
                prop_assert!(text.bytes().any(|byte| byte.is_ascii_digit()));
                prop_assert!(amount.value.scale() <= 28);
            }
        }
    }
}

proptest! {
    /// The fast way and the exact one are of one mind wherever the point is the decimal mark.
    #[test]
    fn plain_is_what_read_says(text in "[0-9]{0,12}[.]?[0-9]{0,8}") {
        let marks = Marks::Seen(DecimalStyle::Point);
        if let Some((amount, _)) = plain(&text, b'.') {
            let closely = reading::read_closely(&text, marks).unwrap();
            prop_assert_eq!(closely.value, amount);
            prop_assert_eq!(closely.value.scale(), amount.scale());
            prop_assert!(!closely.unit.is_said());
            let read = read(&text, marks).unwrap();
            prop_assert_eq!((read.value, read.unit, read.proves), (closely.value, closely.unit, closely.proves));
        }
    }
}
