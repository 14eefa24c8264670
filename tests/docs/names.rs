//! docs/fields.md names every word that a mapping and a source can speak of, with its kind and what it holds: made from
//! the tables that the program itself goes by.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use offersync::channel::names::{
    CHOICE_WORDS, DERIVED, EVERYWHERE, IN_HEAD, LIST_ROW, OF_PRODUCTS, PAST_THE_ROW, POSITION, SETTING_ROW, SETTINGS,
};
use offersync::expression::{Function, parse};
use offersync::model::{Kind, OFFER_FIELDS, OfferField, Suffix};

use super::table;

/// How a name is written, with what may follow it.
fn spelled(field: &OfferField) -> String {
    let name = field.name;
    match field.suffix {
        Suffix::None => format!("`{name}`"),
        Suffix::Language => format!("`{name}`, `{name}.LANG`"),
        Suffix::Key => format!("`{name}`, `{name}.NAME`"),
        Suffix::Required => format!("`{name}.NAME`"),
    }
}

fn add(table: &mut String, cells: &[String]) {
    let _ = writeln!(table, "| {} |", cells.join(" | "));
}

fn offer_fields() -> String {
    let mut table = "| field | kind | what it holds |\n|---|---|---|\n".to_owned();
    for field in OFFER_FIELDS {
        add(&mut table, &[spelled(field), field.kind.name().to_owned(), field.about.to_owned()]);
    }
    table
}

fn words() -> String {
    let mut table = "| of | words |\n|---|---|\n".to_owned();
    for (name, words) in CHOICE_WORDS {
        let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        add(&mut table, &[format!("`{name}`"), words.join(", ")]);
    }
    table
}

fn derived() -> String {
    let mut table = "| name | kind | what it holds | where |\n|---|---|---|---|\n".to_owned();
    let groups = [
        (DERIVED, "beside a field"),
        (EVERYWHERE, "everywhere"),
        (OF_PRODUCTS, "beside a field, with `listing: product` or `both`"),
        (IN_HEAD, "in `head`"),
    ];
    for (fields, place) in groups {
        for field in fields {
            add(&mut table, &[spelled(field), field.kind.name().into(), field.about.into(), place.into()]);
        }
    }
    add(
        &mut table,
        &[
            format!("`{SETTINGS}NAME`"),
            "its own".into(),
            "what you answered".into(),
            "everywhere, rules and rows of shapes too".into(),
        ],
    );
    let number = ("the number of the row, the first is 1", "in a table's rows");
    add(&mut table, &[format!("`{POSITION}`"), Kind::Count.name().into(), number.0.into(), number.1.into()]);
    let past = "the offer's own, where the row has one of the same name";
    add(&mut table, &[format!("`{PAST_THE_ROW}NAME`"), "its own".into(), past.into(), number.1.into()]);
    table
}

/// What a row of each table holds, tables with the same rows together.
fn rows() -> String {
    let mut table = "| in a row of | name | kind | what it holds |\n|---|---|---|---|\n".to_owned();
    let tables = OFFER_FIELDS.iter().chain(OF_PRODUCTS).chain(IN_HEAD).filter(|field| !field.rows.is_empty());
    let tables = tables.map(|field| (format!("`{}`", field.name), field.rows));
    let others = [
        ("a list".to_owned(), LIST_ROW),
        ("a setting with `kind: table`, and beside a field with `per`".to_owned(), SETTING_ROW),
    ];
    for (of, rows) in tables.chain(others) {
        for field in rows {
            add(&mut table, &[of.clone(), spelled(field), field.kind.name().into(), field.about.into()]);
        }
    }
    table
}

/// What an expression can compute with a name.
fn functions() -> String {
    let mut table = "| function | gives |\n|---|---|\n".to_owned();
    for one in Function::ALL {
        assert!(parse(one.example).is_ok() && one.example.starts_with(one.name), "{}", one.example);
        add(&mut table, &[format!("`{}`", one.example), one.about.to_owned()]);
    }
    table
}

#[test]
fn the_functions_of_the_document_are_those_of_the_program() {
    table::keep("docs/descriptions.md", &[("functions", functions())]);
}

#[test]
fn the_names_of_the_document_are_those_of_the_program() {
    let tables = [("fields", offer_fields()), ("words", words()), ("derived", derived()), ("rows", rows())];
    table::keep("docs/fields.md", &tables);
}

#[test]
fn no_name_goes_without_what_it_means() {
    let rows = OFFER_FIELDS.iter().chain(OF_PRODUCTS).chain(IN_HEAD).flat_map(|field| field.rows);
    let all = [OFFER_FIELDS, DERIVED, EVERYWHERE, OF_PRODUCTS, IN_HEAD, LIST_ROW, SETTING_ROW].into_iter().flatten();
    let silent: Vec<&str> = all.chain(rows).filter(|field| field.about.is_empty()).map(|field| field.name).collect();
    assert!(silent.is_empty(), "nothing is said of {}", silent.join(", "));
}

#[test]
fn the_words_of_a_choice_are_those_that_its_field_tells() {
    for field in OFFER_FIELDS.iter().filter(|field| field.kind == Kind::Choice) {
        let (_, words) = CHOICE_WORDS.iter().find(|entry| entry.0 == field.name).expect("a choice has words");
        let told: BTreeSet<&str> = field.about.split(", ").collect();
        assert_eq!(told, words.iter().copied().collect(), "{}", field.name);
    }
}
