//! Attributes in several languages, prices from a quantity on, what delivery costs.

use super::mapping::problems;
use super::*;
use crate::model::Kind;

fn pairs(field: &str, column: &str) -> FieldMapping {
    mapped(field, Columns::Pairs { column: column.into(), split: "|".into(), pair: "=".into() })
}

fn attribute(field: &str, name: &str, column: &str, unit: Option<&str>) -> FieldMapping {
    let (name, column, unit) = (name.into(), column.into(), unit.map(str::to_owned));
    mapped(field, Columns::Attribute { name, column, unit, section: None, split: None })
}

fn tier(quantity: i64, column: &str) -> FieldMapping {
    mapped("tiers", Columns::Tier { quantity: quantity.into(), column: column.into() })
}

fn delivery(country: &str, service: Option<&str>, column: &str) -> FieldMapping {
    let (country, service, column) = (country.into(), service.map(str::to_owned), column.into());
    mapped("shipping", Columns::Shipping { country, region: None, service, column })
}

fn parts(column: &str, parts: &[&str]) -> FieldMapping {
    let parts = parts.iter().map(|part| (*part).to_owned()).collect();
    mapped("shipping", Columns::Parts { column: column.into(), split: ",".into(), parts })
}

fn rows(master: &Master, field: &str) -> Vec<(String, Kind)> {
    let said = master.said().iter().find(|said| said.name == field).unwrap();
    said.rows.iter().map(|row| (row.name.clone(), row.kind)).collect()
}

/// What a single offer says of the first field that is mapped, and the findings.
fn read(text: &str, fields: Vec<FieldMapping>) -> (Vec<String>, All) {
    let read = all(&master(text, fields), 1).unwrap();
    (read.offers.iter().map(|offer| offer.2[0].clone()).collect(), read)
}

#[test]
fn attributes_in_two_languages_are_rows_of_both() {
    let fields = || {
        vec![
            pairs("attributes.ru", "ru"),
            pairs("attributes", "uk"),
            attribute("attributes.uk", "x", "c", None),
            attribute("attributes.ru", "Длина", "c", None),
        ]
    };
    let text = "sku,uk,ru,c\n1,Колір=синій|Розмір=M,Цвет=синий|Размер=M,2\n";
    assert_eq!(problems(text, fields())[0].2, "the field `attributes` is mapped twice");
    let mut fields = fields();
    fields[2] = attribute("attributes", "Довжина", "c", Some("см"));
    let master = master(text, fields);
    assert_eq!(names(&master), ["attributes", "sku"]);
    assert!(master.unread_columns().is_empty());
    let (text, list) = (Kind::Text, Kind::List);
    let expected = [("name.uk", text), ("value.uk", list), ("unit", text), ("name.ru", text), ("value.ru", list)];
    assert_eq!(rows(&master, "attributes"), expected.map(|(name, kind)| (name.to_owned(), kind)));
    let offers = all(&master, 1).unwrap().offers;
    assert_eq!(
        offers[0].2[0],
        "{Колір: [синій]: -: Цвет: [синий]; Розмір: [M]: -: Размер: [M]; Довжина: [2]: см: Длина: [2]}"
    );
}

#[test]
fn a_language_keeps_its_rows_where_a_value_is_blank() {
    let fields = vec![pairs("attributes", "uk"), pairs("attributes.ru", "ru"), pairs("attributes.pl", "pl")];
    let text = "sku,uk,ru,pl\n1,а=1|б=|в=3|,а1=1|б1=|в1=3,\n2,а=1||в=3,а1=1|б1=|в1=,а2=1|б2=|в2=3|||\n3,,,\n";
    let (values, read) = read(text, fields);
    assert_eq!(
        values,
        ["{а: [1]: а1: [1]: -: -; в: [3]: в1: [3]: -: -}", "{а: [1]: а1: [1]: а2: [1]; в: [3]: -: -: в2: [3]}", "-"]
    );
    assert!(read.findings.is_empty(), "{:?}", read.findings);
}

#[test]
fn attributes_that_do_not_go_together_are_told_and_not_guessed() {
    let fields = vec![
        pairs("attributes", "uk"),
        attribute("attributes", "Колір", "c", None),
        pairs("attributes.ru", "ru"),
        attribute("attributes.ru", "Цвет", "cr", None),
    ];
    let text = "sku,uk,ru,c,cr\n1,а=1|б=2,а1=1,синій,\n2,а=1|б=,а1=1|б1=2,,синий\n3,,а1=1,,\n4,а=1|б=2,б1|а1=1,,\n";
    let (values, read) = read(text, fields);
    assert_eq!(
        values,
        [
            "{а: [1]: -: -; б: [2]: -: -; Колір: [синій]: -: -}",
            "{а: [1]: а1: [1]}",
            "-",
            "{а: [1]: -: -; б: [2]: а1: [1]}"
        ]
    );
    assert_eq!(read.codes(), ["catalog/pair", "catalog/translation"]);
    assert_eq!(
        read.messages("catalog/translation"),
        [
            "attributes («ru») «а1=1» parts into 1, in the shop's language into 2",
            "attributes («ru») «а1=1|б1=2» has one that the shop's language lacks; attributes («cr») «синий» has one \
             that the shop's language lacks",
            "attributes («ru») «а1=1» parts into 1, in the shop's language into 0",
        ]
    );
    assert!(read.offers.iter().all(|offer| !offer.1), "the offers are sound");
}

#[test]
fn languages_that_cannot_be_joined_are_problems() {
    let text = "sku,a,b\n1,2,3\n";
    let said = |fields| -> Vec<(Option<usize>, String)> {
        problems(text, fields).into_iter().map(|problem| (problem.1, problem.2)).collect()
    };
    assert_eq!(said(vec![pairs("attributes.ru", "a")]), [(Some(0), "`attributes.ru` stands alone".into())]);
    assert_eq!(
        said(vec![pairs("attributes", "a"), attribute("attributes.ru", "x", "b", Some("см"))]),
        [(Some(1), "`attributes.ru` has no `unit`".into())]
    );
    assert_eq!(
        said(vec![pairs("attributes", "a"), attribute("attributes.ru", "x", "b", None), pairs("attributes.ru", "b")]),
        [
            (Some(1), "`attributes.ru` has a single attribute where `attributes` has a column of pairs".into()),
            (Some(2), "`attributes.ru` has more columns than `attributes`".into()),
        ]
    );
    // the shop's own language is the bare name; a column that is only called so is left alone
    let own = master("sku,a,attributes.ru\n1,x=2,y=3\n", vec![pairs("attributes.uk", "a")]);
    assert_eq!((names(&own), own.unread_columns()), (vec!["attributes", "sku"], &["attributes.ru".to_owned()][..]));
    assert_eq!(rows(&own, "attributes").len(), 2);
}

#[test]
fn tiers_come_from_pairs_and_from_columns() {
    let text = "sku;price;all;p50\nK1;120,00;10=95,50 | 20 шт = 1 090,00 грн |;80\nK2;5,00;;\nK3;5,00;10=|;\n";
    let fields = || vec![pairs("tiers", "all"), tier(50, "p50")];
    let (values, found) = read(text, fields());
    assert_eq!(values, ["{10: 95.50; 20: 1090.00 UAH; 50: 80}", "-", "-"]);
    assert!(found.findings.is_empty(), "{:?}", found.findings);
    let expected = [("quantity".to_owned(), Kind::Number), ("price".to_owned(), Kind::Money)];
    assert_eq!(rows(&master(text, fields()), "tiers"), expected);
    // a column of one price shows how numbers are written, as any other
    let (values, _) = read("sku;p\nK1;12,50\nK2;1,234\n", vec![tier(5, "p")]);
    assert_eq!(values, ["{5: 12.50}", "{5: bad 1,234}"]);
}

#[test]
fn tiers_that_cannot_be_read_are_never_guessed() {
    let text = "sku;t\nK1;10=дешевше|від 20=80\nK2;10-95|=80|5=4=3\nK3;10=1,234\nK4;10=5 kg\n";
    let (values, read) = read(text, vec![pairs("tiers", "t")]);
    assert_eq!(values, ["{10: bad дешевше; bad від 20: 80}", "-", "{10: bad 1,234}", "{10: bad 5 kg}"]);
    assert_eq!(read.codes(), ["catalog/number", "catalog/number-ambiguous"]);
    assert_eq!(
        read.messages("catalog/number"),
        [
            "tiers («t») «дешевше» is not a number; tiers («t») «від 20» is not a number: «від» is no known currency or \
             unit",
            "tiers («t») «10-95» has not the parts that the config says; tiers («t») «=80» has not the parts that the \
             config says; tiers («t») «5=4=3» has not the parts that the config says",
            "tiers («t») «5 kg» has a unit that does not go with an amount of money",
        ]
    );
    assert!(read.offers.iter().all(|offer| offer.1), "what may cost anything goes nowhere");
}

#[test]
fn delivery_comes_from_columns_and_from_parts() {
    let text = "sku;all;np\nK1;UA::Самовивіз:0,PL:Łódź:Kurier:25.50 PLN;70\nK2;;\nK3;UA::Пошта:;\n";
    let fields = || vec![parts("all", &["country", "region", "service", "price"]), delivery("UA", Some("Пошта"), "np")];
    let (values, found) = read(text, fields());
    assert_eq!(values, ["{UA: -: Самовивіз: 0; PL: Łódź: Kurier: 25.50 PLN; UA: -: Пошта: 70}", "-", "-"]);
    assert!(found.findings.is_empty(), "{:?}", found.findings);
    // what no source says is no field of the rows
    let plain = master(text, vec![delivery("UA", None, "np")]);
    assert_eq!(rows(&plain, "shipping"), [("country".to_owned(), Kind::Text), ("price".to_owned(), Kind::Money)]);
    // without a price a row counts where it says how long it takes
    let (values, found) = read(
        "sku;d\nK1;UA:01*::2,UA:02*::,PL::9:\n",
        vec![parts("d", &["country", "postal_code", "price", "max_transit_time"])],
    );
    assert_eq!(values, ["{UA: 01*: 2: -; PL: -: -: 9}"]);
    assert!(found.findings.is_empty(), "{:?}", found.findings);
    let (values, found) = read("sku;d\nK1;70:UA,5\nK2;x:UA\n", vec![parts("d", &["price", "country"])]);
    assert_eq!(values, ["{UA: 70}", "{UA: bad x}"]);
    assert_eq!(
        found.messages("catalog/number"),
        ["shipping («d») «5» has not the parts that the config says", "shipping («d») «x» is not a number"]
    );
}

#[test]
fn tables_of_prices_are_taken_only_where_they_are_mapped() {
    let master = master("sku,tiers,shipping\n1,10=5,UA:::7\n", Vec::new());
    assert_eq!((names(&master), master.unread_columns().len()), (vec!["sku"], 2));
}
