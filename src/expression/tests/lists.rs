//! Lists of which only the first items count.

use bumpalo::Bump;

use super::{Offer, all_are_refused, compiled, holds, parse, value_of};
use crate::expression::Type;
use crate::model::Value;

/// How many items a list has, as it is read and computed.
fn items(text: &str) -> Option<usize> {
    assert_eq!(parse(text).unwrap().check(&Offer), Ok(Type::List), "{text}");
    let (program, slots) = compiled(text);
    let arena = Bump::new();
    match program.value(&|slot| value_of(&slots[slot as usize]), &arena) {
        Value::List(items) => Some(items.len()),
        _ => None,
    }
}

#[test]
fn only_the_first_items_are_left() {
    assert_eq!([items("first(pictures, 1)"), items("first(pictures, 2)")], [Some(1), Some(2)]);
    assert_eq!(items("first( pictures , 10 )"), Some(2), "a shorter list stays as it is");
    assert!(holds("count(first(pictures, 1)) == 1 and count(first(pictures, 1.0)) == 1"));
    assert_eq!(parse("first(pictures, 1.0)").unwrap().tree.to_string(), "first(pictures, 1)");
}

#[test]
fn all_takes_what_a_table_says_under_a_key() {
    let wanted = "write it so: `all(attributes['Колір'])`";
    all_are_refused(&[
        ("all(brand)", "brand", "`all` takes what a table says under a key, not `brand`", wanted),
        (
            "count(all(attributes['a'])) > 1",
            "all(attributes['a'])",
            "`count` takes a list by its name, `all(attributes['a'])` is made",
            "name a list or a table: pictures, attributes",
        ),
    ]);
}

#[test]
fn of_what_first_takes_nothing_is_guessed() {
    let wanted = "say how many: `first(pictures, 10)`";
    let whole = "`first` takes a whole number from 1 on";
    all_are_refused(&[
        ("count(first(pictures)) > 1", ")", "`first` needs a list and a number", wanted),
        ("count(first(pictures, 0)) > 1", "0", whole, wanted),
        ("count(first(pictures, 2.5)) > 1", "2.5", whole, wanted),
        ("count(first(pictures, stock)) > 1", "stock", whole, wanted),
        ("count(first(pictures, 9999999999)) > 1", "9999999999", whole, wanted),
        ("count(first(brand, 2)) > 1", "brand", "`first` takes a list, `brand` is text", "name a list: pictures, tags"),
        (
            "count(first(first(pictures, 3), 2)) > 1",
            "first(pictures, 3)",
            "`first` takes a list by its name, `first(pictures, 3)` is made",
            "name a list: pictures, tags",
        ),
        ("slug(brand, 2) == 'x'", ",", "`)` is expected here, this is `,`", "a decimal is written with a point: 1.5"),
    ]);
}
