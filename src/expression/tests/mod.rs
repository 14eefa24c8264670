//! The language as a table: what is written, and what comes of it.

use bumpalo::Bump;
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;
use crate::model::{Kind, Number, Unit, Value};

mod keys;
mod lists;
mod printing;
mod settled;

/// One offer: `stock` 3, `price` 1299 UAH, no `old_price`, `cost` unsaid, and so on.
struct Offer;

const NAMES: [(&str, Kind); 18] = [
    ("stock", Kind::Count),
    ("none", Kind::Count),
    ("price", Kind::Money),
    ("old_price", Kind::Money),
    ("cost", Kind::Money),
    ("dollars", Kind::Money),
    ("weight", Kind::Quantity),
    ("length", Kind::Quantity),
    ("brand", Kind::Text),
    ("sku", Kind::Text),
    ("title.uk", Kind::Text),
    ("title.ru", Kind::Text),
    ("condition", Kind::Choice),
    ("adult", Kind::Flag),
    ("pictures", Kind::List),
    ("pictures.first", Kind::Url),
    ("attributes", Kind::Table),
    ("promo_start", Kind::Time),
];

impl Scope for Offer {
    fn kind_of(&self, name: &str) -> Option<Kind> {
        NAMES.iter().find(|entry| entry.0 == name).map(|entry| entry.1)
    }

    fn possible(&self) -> Vec<String> {
        NAMES.iter().map(|entry| entry.0.split('.').next().unwrap().to_owned()).collect()
    }

    fn index_kind(&self, name: &str) -> Option<Kind> {
        match name {
            "stock" => Some(Kind::Count),
            "attributes" => Some(Kind::Text),
            _ => None,
        }
    }

    fn words_of(&self, name: &str) -> Option<Vec<String>> {
        (name == "condition").then(|| vec!["new".into(), "used".into()])
    }
}

fn number(amount: &str, unit: &str) -> Value<'static> {
    let unit = if unit.is_empty() { Unit::NONE } else { Unit::new(unit).unwrap() };
    Value::Number(Box::leak(Box::new(Number { amount: amount.parse().unwrap(), unit, text: "" })))
}

fn value_of(name: &str) -> Value<'static> {
    const COLOURS: &[&str] = &["синій", "білий"];
    const ATTRIBUTES: &[&[Value<'static>]] = &[
        &[Value::Text("Колір"), Value::List(COLOURS), Value::Empty],
        &[Value::Text("Об'єм"), Value::Text("470"), Value::Text("мл")],
    ];
    match name {
        "stock" => number("3", ""),
        "none" => number("0", ""),
        "price" => number("1299.00", "UAH"),
        "old_price" => Value::Empty,
        "dollars" => number("30", "USD"),
        "weight" => number("2.5", "kg"),
        "length" => number("10", "cm"),
        "brand" => Value::Text("Karpaty"),
        "sku" => Value::Text("00123"),
        "title.uk" => Value::Text("Термос Stanley 1 л"),
        "condition" => Value::Text("new"),
        "adult" => Value::Flag(false),
        "pictures" => Value::List(&["https://a.example/1.jpg", "https://a.example/2.jpg"]),
        "attributes[]" => Value::Table(ATTRIBUTES),
        "attributes" => Value::Table(ATTRIBUTES),
        "stock[]" => Value::Table(&[&[Value::Text("kyiv"), Value::Flag(true)]]),
        _ => Value::Unsaid,
    }
}

/// A program and the names of its slots.
fn compiled(text: &str) -> (Program, Vec<String>) {
    let mut slots: Vec<String> = Vec::new();
    let program = parse(text).unwrap().compile(&mut |name| {
        slots.push(name.into());
        slots.len() as u32 - 1
    });
    (program, slots)
}

fn holds(text: &str) -> bool {
    let (program, slots) = compiled(text);
    parse(text).unwrap().check_condition(&Offer).unwrap_or_else(|error| panic!("{text}: {error:?}"));
    program.holds(&|slot: u32| value_of(&slots[slot as usize]))
}

fn shown(text: &str) -> String {
    let (program, slots) = compiled(text);
    parse(text).unwrap().check(&Offer).unwrap_or_else(|error| panic!("{text}: {error:?}"));
    let arena = Bump::new();
    match program.value(&|slot: u32| value_of(&slots[slot as usize]), &arena) {
        Value::Unsaid => "unsaid".into(),
        Value::Empty => "empty".into(),
        Value::Text(text) => format!("'{text}'"),
        Value::Flag(flag) => flag.to_string(),
        Value::Number(number) => format!("{} {}", number.amount.normalize(), number.unit.as_str()).trim().into(),
        other => format!("{other:?}"),
    }
}

const CONDITIONS: [(&str, bool); 61] = [
    ("stock", true),
    ("none", true), // 0 is there
    ("old_price", false),
    ("cost", false),
    ("adult", false), // a flag means its value
    ("not adult", true),
    ("adult == false", true),
    ("true and not false", true),
    ("stock > 0", true),
    ("none > 0", false),
    ("none == 0.00", true),
    ("0 < stock", true),
    ("price == 1299", true),
    ("price >= 1299.01", false),
    ("price != 1299", false),
    ("brand == 'Karpaty'", true),
    ("brand == \"karpaty\"", false),
    ("brand != 'NoName'", true),
    ("brand < 'L'", true),
    ("sku == '00123'", true),
    ("sku == '123'", false),
    // what is not there is neither equal to anything nor above or below it
    ("old_price == 5", false),
    ("old_price != 5", true),
    ("old_price > price", false),
    ("not old_price > price", true),
    ("title.ru not in ['a']", true),
    ("not (title.ru in ['a'])", true),
    ("brand in ['a', 'Karpaty']", true),
    ("brand not in ['a', 'b']", true),
    ("stock in [1, 2, 3]", true),
    ("stock in [price, 3.0]", true),
    ("'https://a.example/2.jpg' in pictures", true),
    ("'x' not in pictures", true),
    ("attributes['Колір'] == 'синій'", true),
    ("attributes[\"Об'єм\"] == '470'", true),
    ("attributes['Розмір']", false),
    ("attributes['Колір'] and stock", true),
    ("count(pictures) == 2", true),
    ("count(attributes) > 2", false),
    ("slug(title.uk) == 'termos-stanley-1-l'", true),
    ("'termos-stanley-1-l' == slug(title.uk)", true),
    ("slug(title.uk) == slug(title.uk)", true),
    ("slug(title.ru) == 'x'", false),
    ("plain('<b>a</b>') == 'a'", true),
    ("'a' == plain('<b>a</b>')", true),
    // or binds looser than and, and looser than not
    ("true or false and false", true),
    ("(true or false) and false", false),
    ("not false and false", false),
    ("not brand == 'X'", true),
    ("not not stock", true),
    ("1 + 2 * 3 == 7", true),
    ("(1 + 2) * 3 == 9", true),
    ("10 - 2 - 3 == 5", true),
    ("16 / 4 / 2 == 2", true),
    ("-stock + 5 == 2", true),
    ("2 - -2 == 4", true),
    // units convert, currencies do not
    ("weight == 2.5", true),
    ("weight > length", false),
    ("price > dollars", false),
    ("not price > dollars", true),
    ("price / price == 1", true),
];

#[test]
fn conditions_hold_or_not() {
    for (text, expected) in CONDITIONS {
        assert_eq!(holds(text), expected, "{text}");
    }
}

#[test]
fn amounts_are_exact() {
    for (text, expected) in [
        ("price", "1299 UAH"),
        ("price * 0.1", "129.9 UAH"),
        ("0.1 + 0.2", "0.3"),
        ("stock / 7 * 7 == 3", "false"), // 28 digits, never quietly more
        ("1 / 3", "0.3333333333333333333333333333"),
        ("price / 0", "empty"),
        ("stock / (stock - 3)", "empty"),
        ("79228162514264337593543950335 + stock", "empty"),
        // a percentage after + or - is of the left side, anywhere else it is a share
        ("price + 5%", "1363.95 UAH"),
        ("price - 10 %", "1169.1 UAH"),
        ("price + -10%", "1169.1 UAH"),
        ("100 + 10% + 10%", "121"),
        ("100 + 10% * 2", "100.2"),
        ("200 * 5%", "10"),
        ("12.5%", "0.125"),
        ("price - cost", "unsaid"),
        ("price - old_price", "empty"),
        ("old_price + 5%", "empty"),
        ("cost + 5%", "unsaid"),
        ("price + 1", "1300 UAH"),
        ("1 + price", "1300 UAH"),
        ("price + dollars", "empty"),
        ("weight + length", "empty"),
        ("price * stock", "3897 UAH"),
        ("2 * price", "2598 UAH"),
        ("price / price", "1"),
        ("-price", "-1299 UAH"),
        ("count(pictures)", "2"),
        ("slug(title.uk)", "'termos-stanley-1-l'"),
        ("slug('!')", "empty"),
        ("plain('<p>a &amp; <b>b</b></p>')", "'a & b'"),
        ("plain('<p> </p>')", "empty"),
        ("attributes['Колір']", "'синій'"),
        ("attributes['Розмір']", "empty"),
        ("'as it is'", "'as it is'"),
        ("stock > 0", "true"),
        ("title.uk and title.ru", "false"),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn what_cannot_be_read_has_a_place() {
    for (text, marked, what) in [
        ("", "", "nothing stands here"),
        ("brand = 'X'", "=", "`=` means nothing here"),
        ("stock && price", "&&", "`&&` means nothing here"),
        ("brand == 'X", "'X", "the text opened by ' is never closed"),
        ("(stock > 0", "(stock > 0", "`)` is missing"),
        ("stock > 0)", ")", "an operator or the end is expected here, this is `)`"),
        ("stock >", "", "a name, a number or a text is expected here, this is the end"),
        ("1 < stock < 5", "<", "comparisons do not chain"),
        ("stock > 1,5", ",", "an operator or the end is expected here, this is `,`"),
        ("stock > 1e5", "1e5", "`1e5` is no number"),
        ("stock > .5", ".5", "`.5` is no number"),
        (
            "stock > 99999999999999999999999999999999",
            "99999999999999999999999999999999",
            "`99999999999999999999999999999999` has too many digits",
        ),
        ("title..uk", "title..uk", "`title..uk` is no name"),
        ("brand in []", "]", "a name, a number or a text is expected here, this is `]`"),
        ("brand in 'X'", "'X'", "a list, `['a', 'b']`, or the name of one, is expected here, this is the text 'X'"),
        ("slig(brand)", "slig", "there is no function `slig`"),
        ("brand == «X»", "«", "`«` means nothing here"),
        ("and stock", "and", "a name, a number or a text is expected here, this is `and`"),
    ] {
        let error = parse(text).unwrap_err();
        assert_eq!(error.what, what, "{text}");
        assert_eq!(text.get(error.bytes.clone()), Some(marked), "{text}");
    }
}

#[test]
fn what_does_not_fit_has_a_place_and_both_types() {
    all_are_refused(&[
        ("brnd == 'X'", "brnd", "there is no `brnd` here", "did you mean `brand`?"),
        ("titel.uk", "titel.uk", "there is no `titel.uk` here", "did you mean `title.uk`?"),
        ("stock > 0 AND brand", "AND", "an operator or the end is expected here, this is `AND`", "write `and`"),
        (
            "sku == 123",
            "sku == 123",
            "`sku` is text and `123` is a number: they cannot be compared",
            "a text stands in quotes: '123'",
        ),
        (
            "price > '5'",
            "price > '5'",
            "`price` is a number and `'5'` is text: they cannot be compared",
            "a number stands without quotes: 5",
        ),
        (
            "brand in ['a', 5]",
            "5",
            "`brand` is text and `5` is a number: they cannot be compared",
            "a text stands in quotes: '5'",
        ),
        ("brand + 1", "brand", "`+` takes a number, `brand` is text", ""),
        (
            "price - 1",
            "price - 1",
            "a condition is expected here, `price - 1` is a number",
            "compare it: `price - 1 > 0`",
        ),
        (
            "pictures == 2",
            "pictures",
            "`==` cannot compare `pictures`: it is a list",
            "compare `count(pictures)`, or ask whether a text is `in` it",
        ),
        (
            "promo_start > promo_start",
            "promo_start",
            "`>` cannot compare `promo_start`: it is a time",
            "times cannot be compared yet",
        ),
        (
            "count(brand) > 1",
            "brand",
            "`count` takes a list or a table, `brand` is text",
            "a name alone says whether it is there",
        ),
        ("stock[5]", "5", "a key in `[…]` takes text, `5` is a number", ""),
        ("condition == 'nwe'", "'nwe'", "`condition` is never 'nwe'", "did you mean `new`? Possible here: new, used"),
        ("brand == ''", "''", "nothing ever equals an empty text", "an empty text is not there: write `not brand`"),
        ("'X'", "'X'", "a condition is expected here, `'X'` is text", "compare it: `'X' == '…'`"),
    ]);
}

/// Each text is refused: its marked part, what is wrong with it, and the help.
fn all_are_refused(texts: &[(&str, &str, &str, &str)]) {
    for (text, marked, what, help) in texts {
        let error = match parse(text) {
            Ok(expression) => expression.check_condition(&Offer).unwrap_err(),
            Err(error) => error,
        };
        assert_eq!((error.what.as_str(), error.help.as_str()), (*what, *help), "{text}");
        assert_eq!(text.get(error.bytes.clone()), Some(*marked), "{text}");
    }
}

#[test]
fn names_are_told_once_and_as_they_are_used() {
    let expression = parse("stock > 0 and (brand or stock[x.key]) and brand").unwrap();
    let names: Vec<_> = expression.names().iter().map(|used| (used.name, used.indexed, used.bytes.clone())).collect();
    assert_eq!(
        names,
        [("stock", false, 0..5), ("brand", false, 15..20), ("stock", true, 24..29), ("x.key", false, 30..35)]
    );
    assert_eq!(parse("title.uk").unwrap().as_name(), Some("title.uk"));
    assert_eq!(parse("not brand").unwrap().as_name(), None);
    let (_, slots) = compiled("stock[x.key] > stock");
    assert_eq!(slots, ["stock[]", "x.key", "stock"]);
}

#[test]
fn names_can_be_replaced_by_what_is_known() {
    let expression = parse("not x.flag and stock > x.limit or brand in [x.name] or stock[x.name] > 0").unwrap();
    let known = |name: &str| match name {
        "x.flag" => Some(What::Flag(true)),
        "x.limit" => Some(What::Number(Decimal::from(5))),
        "x.name" => Some(What::Text("X".into())),
        _ => None,
    };
    let replaced = expression.replaced(&known);
    assert_eq!(replaced.tree.to_string(), "not true and stock > 5 or brand in ['X'] or stock['X'] > 0");
    assert_eq!(replaced.text, expression.text);
}

#[test]
fn hostile_texts_are_refused_not_followed() {
    for text in
        ["(".repeat(100_000), "-".repeat(100_000) + "1", "not ".repeat(100_000) + "stock", "1+".repeat(100_000) + "1"]
    {
        assert!(parse(&text).is_err());
    }
    let long = format!("sku in [{}'']", "'A', ".repeat(10_000));
    assert!(parse(&long).is_ok(), "a long list of values is not deep");
}

#[test]
fn a_program_travels_between_threads() {
    fn travels<T: Send + Sync>() {}
    travels::<Program>();
}

proptest! {
    #[test]
    fn sums_are_those_of_whole_kopecks(left in 0..10_000_000i64, right in 0..10_000_000i64) {
        let text = format!("{} + {}", Decimal::new(left, 2), Decimal::new(right, 2));
        prop_assert_eq!(shown(&text), Decimal::new(left + right, 2).normalize().to_string());
    }
}
