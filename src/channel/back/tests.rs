//! Listings of a described channel, back as offers.

use bumpalo::Bump;
use rust_decimal::Decimal;

use super::{Back, Returned, categories, currency};
use crate::channel::description::Description;
use crate::channel::load;
use crate::model::{Number, Unit, Value};
use crate::wire::yaml::{Document, Problems, parse};

fn described(text: &str) -> Description {
    let problems = Problems::default();
    let node = parse(Document { name: "bazar.yaml".into(), text: text.into() }, &problems).unwrap();
    load(&node, &problems).unwrap_or_else(|| panic!("{:?}", problems.take()))
}

/// The lines of the offers of a listing; its fields in the order of the description.
fn lines(description: &Description, language: &str, values: &[Value<'static>]) -> Vec<String> {
    let arena = Bump::new();
    let back = Back::new(description, &description.shapes[0], language, &[]);
    let Returned::Offers(offers) = back.returned(values, "KEY", &arena) else { panic!("a product") };
    let line = |offer: &super::Said<'_>| {
        let mut line = String::new();
        offer.line(&mut line);
        line.trim_end().to_owned()
    };
    offers.iter().map(line).collect()
}

const PLAIN: &str = "
id: bazar
title: Bazar
checked: {on: 2026-11-21, at: [a page]}
fields:
  id: sku
  name: title
  alive: {from: in_stock, kind: flag}
  price: {from: [{from: old_price, when: old_price > price}, price], kind: money}
  sale: {from: price, when: old_price > price, kind: money}
  main: {from: pictures.first, kind: url}
  others: {from: pictures.rest, kind: list, of: url}
  span: {from: promo_start, to: promo_end, kind: interval}
  made: '{{ brand }} {{ model }}'
  param: {from: attributes, kind: table, fields: {name: name, unit: unit, value: {from: value, kind: list}}}
  left: {from: title.uk}
rules: []
back:
  price: [sale, price]
  old_price: {from: price, when: sale}
  status: {value: active, when: alive}
shapes:
  feed: {wire: xml, listings: a/b, at: {id: id, name: name, alive: alive, price: price, sale: sale, main: main,
         others: others, span: span, made: made, param: param}}
";

fn leaked(rows: Vec<Vec<Value<'static>>>) -> Value<'static> {
    let rows: Vec<&'static [Value<'static>]> = rows.into_iter().map(|row| &*row.leak()).collect();
    Value::Table(rows.leak())
}

fn money(amount: i64, unit: &str) -> Value<'static> {
    let unit = Unit::new(unit).unwrap_or(Unit::NONE);
    Value::Number(Box::leak(Box::new(Number { amount: Decimal::new(amount, 2), unit, text: "" })))
}

#[test]
fn fields_go_back_to_the_names_that_they_come_from() {
    let param = vec![Value::Text("Вага"), Value::Text("кг"), Value::List(&["1", "2"])];
    let values = [
        Value::Text("K1"),
        Value::Text("a \"b\""),
        Value::Flag(true),
        money(20000, "UAH"),
        money(15050, "UAH"),
        Value::Text("https://s/1"),
        Value::List(&["https://s/2"]),
        Value::Text("2026-12-01/2026-12-10"),
        Value::Text("Acme 3"),
        leaked(vec![param]),
        Value::Text("not carried"),
    ];
    let expected = concat!(
        r#"{"price":"150.5 UAH","old_price":"200 UAH","status":"active","sku":"K1","title.uk":"a \"b\"","#,
        r#""availability":"in_stock","pictures":["https://s/1","https://s/2"],"#,
        r#""promo_start":"2026-12-01","promo_end":"2026-12-10","#,
        r#""attributes":[{"name.uk":"Вага","unit":"кг","value.uk":["1","2"]}],"currency":"UAH"}"#
    );
    assert_eq!(lines(&described(PLAIN), "uk", &values), [expected]);
}

#[test]
fn what_is_not_there_says_nothing() {
    let mut values = [Value::Empty; 11];
    (values[0], values[2], values[3]) = (Value::Text("K1"), Value::Flag(false), money(9900, ""));
    let expected = r#"{"price":99,"sku":"K1","availability":"out_of_stock"}"#;
    assert_eq!(lines(&described(PLAIN), "", &values), [expected]);
}

const PRODUCTS: &str = "
id: bazar
title: Bazar
checked: {on: 2026-11-21, at: [a page]}
listing: product
fields:
  id: {from: [group, sku], need: required, unique: true}
  brand: brand
  offers:
    from: offers
    kind: table
    fields:
      sku: sku
      options: {from: options, kind: table, else: [{name: Title, value: Only}], fields: {name: name, value: value}}
shapes:
  feed: {wire: xml, listings: a/b, at: {id: id, brand: brand, offers: {path: o, at: {sku: sku, options: {path: p, at: {name: '@n', value: .}}}}}}
";

#[test]
fn a_product_comes_back_as_its_offers() {
    let option = |name, value| leaked(vec![vec![Value::Text(name), Value::Text(value)]]);
    let offers =
        leaked(vec![vec![Value::Text("K1"), option("Size", "S")], vec![Value::Text("K2"), option("Size", "M")]]);
    let description = described(PRODUCTS);
    let values = [Value::Text("G1"), Value::Text("Acme"), offers];
    let expected = [
        r#"{"sku":"K1","options":[{"name":"Size","value":"S"}],"brand":"Acme","group":"G1"}"#,
        r#"{"sku":"K2","options":[{"name":"Size","value":"M"}],"brand":"Acme","group":"G1"}"#,
    ];
    assert_eq!(lines(&description, "uk", &values), expected);
    let alone = [Value::Text("K1"), Value::Empty, leaked(vec![vec![Value::Empty, option("Title", "Only")]])];
    assert_eq!(lines(&description, "uk", &alone), [r#"{"sku":"K1"}"#], "what stands in for options is none");
}

const HEAD: &str = "
id: bazar
title: Bazar
checked: {on: 2026-11-21, at: [a page]}
head:
  currency: {from: currencies, key: id, fields: {id: code}}
  category: {from: categories, key: id, fields: {id: id, parent: parent, name: name, name_ru: name.ru}}
fields: {id: sku}
shapes:
  feed: {wire: xml, listings: a/b, head: {currency: {path: c, at: {id: '@id'}}, category: {path: d, at: {id: '@id', parent: '@p', name: ., name_ru: '@ru'}}}, at: {id: id}}
";

/// A tree of these categories, each with its parent, or why there is none.
fn tree(rows: &[(&'static str, &'static str)]) -> Result<Vec<String>, String> {
    let text = |text: &'static str| Value::of_text(text);
    let row = |row: &(&'static str, &'static str)| vec![text(row.0), text(row.1), Value::Text("Name"), Value::Empty];
    let currencies = leaked(vec![vec![Value::Text("UAH")]]);
    let head = [currencies, leaked(rows.iter().map(row).collect())];
    let description = described(HEAD);
    assert_eq!(currency(&description, &head).as_deref(), Some("UAH"));
    let found = categories(&description, &head).map_err(|odd| odd.what)?.unwrap();
    Ok(found.by_id.iter().map(|(id, category)| format!("{id}<{}", category.parent.as_deref().unwrap_or(""))).collect())
}

#[test]
fn the_head_tells_the_tree() {
    assert_eq!(tree(&[("2", "1"), ("1", "0"), ("3", "")]).unwrap(), ["2<1", "1<", "3<"]);
    for (rows, what) in [
        (&[("1", "7")][..], "the category 1 lies in 7, which the document does not have"),
        (&[("1", "2"), ("2", "1")], "the category 1 lies in itself"),
        (&[("3", "1"), ("1", "1")], "the category 3 lies in itself"),
        (&[("1", ""), ("1", "")], "the category 1 stands in it twice"),
        (&[("", "")], "a category has no id"),
    ] {
        assert_eq!(tree(rows).unwrap_err(), what);
    }
}
