//! A description by itself: it explains what it asks for, and can say what it demands.

use std::collections::HashSet;

use offersync::channel::codes;
use offersync::channel::description::{Description, Field, From, Shape, Test};
use offersync::finding::Severity;

use crate::registered;

fn descriptions() -> Vec<Description> {
    registered::all().into_iter().map(|one| one.description).collect()
}

/// Every field with its full name, those of rows included.
fn each_field<'d>(fields: &'d [Field], within: &str, told: &mut dyn FnMut(String, &'d Field)) {
    for field in fields {
        let name = format!("{within}{}", field.name);
        each_field(&field.fields, &format!("{name}."), told);
        told(name, field);
    }
}

fn all_fields(description: &Description) -> Vec<(String, &Field)> {
    let mut all = Vec::new();
    each_field(&description.head, "head.", &mut |name, field| all.push((name, field)));
    each_field(&description.fields, "", &mut |name, field| all.push((name, field)));
    all
}

#[test]
fn descriptions_load_and_say_where_their_facts_come_from() {
    for description in descriptions() {
        assert_eq!(description.checked_on.len(), "2026-11-21".len(), "{}", description.id);
        assert!(!description.checked_at.is_empty(), "{}", description.id);
        let first = description.shapes.first().unwrap();
        assert!(!first.read_only, "{}: the first shape is the feed", description.id);
    }
}

#[test]
fn every_field_is_explained() {
    for description in descriptions() {
        for (name, field) in all_fields(&description) {
            assert!(!field.about.is_empty(), "{}: `{name}` has no `about`", description.id);
        }
    }
}

#[test]
fn every_rule_says_what_to_do() {
    for description in descriptions() {
        for code in codes::all(&description) {
            assert!(!code.what.is_empty() && !code.fix.is_empty(), "{code:?}");
        }
        for rule in &description.rules {
            assert!(!rule.words.why.is_empty(), "{}/{} has no `why`", description.id, rule.code);
        }
    }
}

#[test]
fn codes_are_unique() {
    for description in descriptions() {
        let mut seen = HashSet::new();
        for code in codes::all(&description) {
            assert!(seen.insert(code.id.clone()), "{} stands twice", code.id);
        }
    }
}

/// A shape that is written must be able to say everything that an error asks for.
#[test]
fn what_is_required_is_in_the_feed() {
    for description in descriptions() {
        let feed = description.shapes.first().unwrap();
        for (number, field) in description.fields.iter().enumerate() {
            let mut rules = field.rules.iter();
            let asked = rules.any(|rule| matches!(rule.test, Test::Need) && rule.severity == Severity::Error);
            let stands = |shape: &Shape| shape.at.iter().any(|row| row.0 == number);
            // what another shape is found by is asked for where that one is written
            let by_another = description.shapes.iter().filter(|shape| !shape.read_only).any(|shape| {
                shape.key.as_ref().is_some_and(|key| key.iter().flatten().any(|key| *key == number)) && stands(shape)
            });
            assert!(
                !asked || stands(feed) || by_another,
                "{}: `{}` is required and has no row",
                description.id,
                field.name
            );
        }
    }
}

/// A field is written from something, or it is only read and then never compared with what nobody says.
#[test]
fn a_row_that_is_written_has_a_source_or_is_only_read() {
    for description in descriptions() {
        let fields = all_fields(&description);
        // a table of one row has its sources in its parts
        let has_none = |field: &Field| matches!(field.source.from, From::Nothing) && !field.is_one_row();
        for (name, field) in fields.iter().filter(|entry| has_none(entry.1)) {
            let told = field.about.contains("nly read") || field.about.contains("not read");
            assert!(told, "{}: `{name}` comes from nowhere, and its `about` does not say so", description.id);
        }
    }
}

#[test]
fn the_example_of_an_own_channel_says_how_long_it_lasts_and_what_it_needs() {
    let hotline = descriptions().into_iter().find(|description| description.id == "hotline");
    // one channel may be looked at alone
    let Some(description) = hotline else { return };
    assert_eq!(description.refresh, Some(6 * 86_400));
    assert_eq!(description.settings.first().map(|setting| setting.required), Some(true));
}
