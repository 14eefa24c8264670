//! An example for every code, wrong → right, made of the field's own name, what it holds and the figures of its test:
//! what a page of `explain` shows where a description gives none.

use rust_decimal::Decimal;

use super::description::{Field, FieldNo, Forbidden, Is, Limit, ListingTest, Range, Test};
use super::texts::Among;
use super::unasked::Unasked;
use crate::model::Kind;

/// What fields of an offer hold in a shop of thermoses, by their names.
const SAMPLES: [(&str, &str); 34] = [
    ("sku", "KT1182"),
    ("group", "KT118"),
    ("gtin", "4820000000017"),
    ("mpn", "10-08266-001"),
    ("brand", "Stanley"),
    ("model", "Classic 1 л"),
    ("title", "Термос Stanley Classic 1 л, зелений"),
    ("group_title", "Термос Stanley Classic"),
    ("description", "Термос зі сталі, тримає тепло 24 години."),
    ("short_description", "Термос на 1 літр."),
    ("keywords", "термос, сталь"),
    ("category", "1201"),
    ("category_path", "Посуд > Термоси"),
    ("price", "1299.00"),
    ("old_price", "1499.00"),
    ("promo_price", "1199.00"),
    ("sale_price", "1199.00"),
    ("cost", "812.50"),
    ("currency", "UAH"),
    ("stock", "14"),
    ("quantity", "14"),
    ("availability", "in_stock"),
    ("condition", "new"),
    ("url", "https://kalyna.example/kt1182"),
    ("pictures", "https://kalyna.example/img/kt1182.jpg"),
    ("videos", "https://kalyna.example/kt1182.mp4"),
    ("color", "зелений"),
    ("size", "M"),
    ("weight", "0.9 kg"),
    ("country", "UA"),
    ("now", "2026-11-21 10:00"),
    ("id", "1201"),
    ("code", "UAH"),
    ("language", "uk"),
];

/// A value that the field may hold.
pub fn sample(field: &Field) -> String {
    let source = field.source.as_name().or_else(|| field.source.names().first().copied()).unwrap_or(&field.name);
    let base = source.split(['.', '[']).next().unwrap_or(source);
    let named = |name: &str| SAMPLES.iter().find(|sample| sample.0 == name).map(|sample| sample.1.to_owned());
    let kind = if field.kind == Kind::List { field.of } else { field.kind };
    match kind {
        Kind::Choice | Kind::Flag => {
            return field.spelling.values.first().map_or("yes".to_owned(), |word| word.1.clone());
        }
        Kind::Table => return in_rows(field),
        _ => {}
    }
    named(&field.name).or_else(|| named(base)).unwrap_or_else(|| of_kind(kind, field).to_owned())
}

/// A row of a table: what its first fields hold.
fn in_rows(field: &Field) -> String {
    let parts: Vec<String> =
        field.fields.iter().take(3).map(|inner| format!("{} {}", inner.name, sample(inner))).collect();
    if parts.is_empty() { "one row".to_owned() } else { format!("a row with {}", parts.join(", ")) }
}

fn of_kind(kind: Kind, field: &Field) -> &str {
    match kind {
        Kind::Url => "https://kalyna.example/kt1182",
        Kind::Money => "1299.00",
        Kind::Quantity => "0.9 kg",
        Kind::Count => "14",
        Kind::Number => "2.5",
        Kind::Date => "2026-11-21",
        Kind::Time => "2026-11-21T10:00:00+02:00",
        Kind::Interval => "2026-11-27T00:00+02:00/2026-11-30T23:59+02:00",
        // what a text is nobody knows but whoever described it
        _ if field.about.is_empty() => "a text",
        _ => &field.about,
    }
}

/// The example of a test on a field.
pub(super) fn of_test(test: &Test, field: &Field, among: &Among<'_>) -> String {
    let (name, value) = (&field.name, sample(field));
    let names = |numbers: &[FieldNo]| named(numbers, among.fields, " and ");
    match test {
        Test::Need => format!("no {name}  →  {name}: {value}"),
        Test::Chars(range) => of_length(name, range, "characters"),
        Test::Bytes(range) => of_length(name, range, "bytes"),
        Test::Items(range) => of_length(name, range, if field.kind == Kind::Table { "rows" } else { "items" }),
        Test::Range(range) => {
            let (wrong, right) = outside_and_inside(range);
            format!("{name} {wrong}  →  {name} {right}")
        }
        Test::Above(limit) => of_order(name, limit, Decimal::ONE, among),
        Test::Below(limit) => of_order(name, limit, Decimal::NEGATIVE_ONE, among),
        Test::Pattern(pattern) => format!("{name} «?»  →  {name} of the form {}", Test::written(pattern)),
        Test::Forbid(forbidden) => of_forbidden(name, forbidden),
        Test::Is(is) => {
            let (wrong, right) = of_is(*is);
            format!("{name} {wrong}  →  {name} {right}")
        }
        Test::Unique { .. } => format!("{name} {value} in two listings  →  in one of them alone"),
        Test::Declared(table) => {
            let table = among.head.get(*table).map_or("", |table| &table.name);
            format!("{name} {value}, {table} without {value}  →  {table} with {value}")
        }
        Test::Requires(numbers) => format!("{name} {value} alone  →  {name} {value}, with {}", names(numbers)),
        Test::Distinct(number) => {
            let inner = field.fields.get(*number);
            let (inner, same) = inner.map_or(("", String::new()), |inner| (inner.name.as_str(), sample(inner)));
            format!("two rows of {name} with {inner} {same}  →  one row of {name} with {inner} {same}")
        }
        Test::Among(among) => {
            format!("{name} «Термоси»  →  {name} with an id or a full path of the list `{}`", among.setting)
        }
    }
}

/// The example of a test over several fields.
pub(super) fn of_listing_test(test: &ListingTest, fields: &[Field]) -> String {
    let names = |numbers: &[FieldNo], between: &str| named(numbers, fields, between);
    let first = |numbers: &[FieldNo]| names(numbers.get(..1).unwrap_or_default(), "");
    match test {
        ListingTest::Together(list) => format!("{} alone  →  {}", first(list), names(list, " and ")),
        ListingTest::AnyOf(list) => format!("none of {}  →  {}", names(list, ", "), first(list)),
        ListingTest::OneOf(list) => format!("{}  →  {} alone", names(list, " and "), first(list)),
        ListingTest::Assert(holds) => format!("a listing for which `{}` fails  →  one for which it holds", holds.text),
    }
}

/// The example of what is found without being asked for.
pub(super) fn of_unasked(unasked: Unasked, field: &Field, currencies: &[String]) -> String {
    let (name, value) = (&field.name, sample(field));
    let currency = currencies.first().map_or("UAH", String::as_str);
    match unasked {
        Unasked::Kind => format!("{name} «за домовленістю»  →  {name} {value}"),
        Unasked::Choice => format!("{name} «open box»  →  {name} {value}"),
        Unasked::Decimals => {
            let places = field.spelling.decimals.unwrap_or(0);
            let right = Decimal::from(1299);
            format!("{name} 1299.{}9  →  {name} {right:.1$}", "0".repeat(places as usize), places as usize)
        }
        Unasked::Currency => format!("{name} in PLN  →  {name} in {currency}"),
        Unasked::Join => {
            let mark = field.spelling.join.as_deref().unwrap_or(",");
            format!("{name} with the item «чорний{mark}матовий»  →  {name} with the item «чорний матовий»")
        }
        Unasked::Marks => format!("{name} «чорний|матовий»  →  {name} «чорний матовий»"),
        Unasked::Lookup => format!("«Термоси» in no line of the table  →  the line Термоси with its {name}"),
        Unasked::Key => {
            let key = field.key.first().and_then(|number| field.fields.get(*number));
            let (key, same) = key.map_or(("key", "A".to_owned()), |key| (key.name.as_str(), sample(key)));
            format!("two rows of {name} with {key} {same}  →  one row of {name} with {key} {same}")
        }
        Unasked::Varies => {
            format!("{name} {value} in one variant, other in the next  →  {name} {value} in all of them")
        }
        Unasked::Ignored => {
            format!("{name} {value} at a place that is not read  →  {name} {value} where the feed has it")
        }
        Unasked::Refused => {
            format!("{name} {value} at a place of another field  →  {name} {value} where the feed has it")
        }
        Unasked::Twice => format!("{name} {value}, and {name} once more  →  {name} {value}, once"),
    }
}

fn of_length(name: &str, range: &Range, of: &str) -> String {
    let (wrong, right) = outside_and_inside(range);
    format!("{name} of {wrong} {of}  →  {name} of {right} {of}")
}

/// The nearest number outside of a range, and the one at its border.
fn outside_and_inside(range: &Range) -> (Decimal, Decimal) {
    match (range.from, range.to) {
        (_, Some(to)) => (to + Decimal::ONE, to),
        (Some(from), None) => (from - Decimal::ONE, from),
        (None, None) => (Decimal::ZERO, Decimal::ONE),
    }
}

fn of_order(name: &str, limit: &Limit, step: Decimal, among: &Among<'_>) -> String {
    match limit {
        Limit::Number(number) => format!("{name} {number}  →  {name} {}", number + step),
        Limit::Field(field) => {
            let other = among.fields.get(*field).map_or("", |field| &field.name);
            let (from, to) = (Decimal::from(1200), Decimal::from(1200) + step * Decimal::from(200));
            format!("{name} {from}, {other} {from}  →  {name} {to}, {other} {from}")
        }
    }
}

fn of_forbidden(name: &str, forbidden: &Forbidden) -> String {
    match forbidden {
        Forbidden::Pattern(pattern) => format!("{name} with {}  →  {name} without it", pattern.as_str()),
        Forbidden::Html => format!("{name} «Термос <b>Stanley</b>»  →  {name} «Термос Stanley»"),
        Forbidden::Url => format!("{name} «Термос, більше на kalyna.example»  →  {name} «Термос»"),
        Forbidden::Capitals => format!("{name} «ТЕРМОС СИНІЙ»  →  {name} «Термос синій»"),
    }
}

fn of_is(is: Is) -> (&'static str, &'static str) {
    match is {
        Is::Gtin => ("4820000000018", "4820000000017"),
        Is::HttpsUrl => ("http://kalyna.example/1.jpg", "https://kalyna.example/1.jpg"),
        Is::AsciiUrl => ("https://kalyna.example/фото.jpg", "https://kalyna.example/%D1%84%D0%BE%D1%82%D0%BE.jpg"),
        Is::Currency => ("грн", "UAH"),
        Is::Country => ("Україна", "UA"),
        Is::Language => ("ua", "uk"),
        Is::Integer => ("3.5", "3"),
    }
}

fn named(numbers: &[FieldNo], fields: &[Field], between: &str) -> String {
    let names = numbers.iter().filter_map(|number| fields.get(*number)).map(|field| field.name.as_str());
    names.collect::<Vec<_>>().join(between)
}
