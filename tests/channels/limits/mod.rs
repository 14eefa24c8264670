//! Every limit of every channel, at the last value that it allows and at the first that it does not.

mod made;

use offersync::channel::compile::compile;
use offersync::channel::description::{Description, Field, From, ListingOf, Rule, Source, Test};
use offersync::finding::{Codes, Sink};
use offersync::model::{Kind, Value};

use bumpalo::Bump;

use crate::catalog::{Catalog, SPLIT, good, with};
use crate::registered::{Registered, all};
use crate::world::{Asked, codes_of};
use made::{Pair, condition, pairs};

/// Where a field stands.
#[derive(Clone, Copy)]
enum Place {
    Listing(usize),
    Head(usize),
    Row(usize, usize),
    HeadRow(usize, usize),
}

/// Every rule with the fields beside its own.
fn each_rule<'d>(description: &'d Description, told: &mut dyn FnMut(Place, &'d [Field], &'d Field, &'d Rule)) {
    for (number, field) in description.fields.iter().enumerate() {
        field.rules.iter().for_each(|rule| told(Place::Listing(number), &description.fields, field, rule));
        for (inner_number, inner) in field.fields.iter().enumerate() {
            inner.rules.iter().for_each(|rule| told(Place::Row(number, inner_number), &field.fields, inner, rule));
        }
    }
    for (number, field) in description.head.iter().enumerate() {
        field.rules.iter().for_each(|rule| told(Place::Head(number), &description.head, field, rule));
        for (inner_number, inner) in field.fields.iter().enumerate() {
            inner.rules.iter().for_each(|rule| told(Place::HeadRow(number, inner_number), &field.fields, inner, rule));
        }
    }
}

fn is_limit(test: &Test) -> bool {
    matches!(test, Test::Chars(_) | Test::Bytes(_) | Test::Items(_) | Test::Range(_) | Test::Above(_) | Test::Below(_))
}

/// The codes that are found where these values stand beside one another.
fn found(description: &Description, place: Place, values: Vec<Value<'_>>) -> Vec<String> {
    use offersync::check::listing::{Context, check, check_head};
    use offersync::check::verdicts::Verdicts;
    let mut codes = Codes::new();
    let plan = compile(&description.id, description, &[], &[], 0, &mut codes).unwrap();
    let context =
        Context { plan: &plan, declared: &[], offset: 0, id: 0, key: "", carried: &[], is_faulty: false, offers: &[] };
    let (fields, table) = match place {
        Place::Listing(_) | Place::Row(..) => (description.fields.len(), matches!(place, Place::Row(..))),
        Place::Head(_) | Place::HeadRow(..) => (description.head.len(), matches!(place, Place::HeadRow(..))),
    };
    let row: &[Value<'_>] = &values;
    let rows = [row];
    let mut all = vec![Value::Unsaid; fields];
    match place {
        Place::Row(number, _) | Place::HeadRow(number, _) => all[number] = Value::Table(&rows),
        _ => {
            assert!(!table);
            all = values.clone();
        }
    }
    let mut sink = Sink::new(1);
    match place {
        Place::Listing(_) | Place::Row(..) => {
            let mut uniques = offersync::check::UniqueSets::new(plan.unique_sets);
            check(&context, &all, &mut uniques, &mut Verdicts::default(), &mut sink);
        }
        Place::Head(_) | Place::HeadRow(..) => {
            check_head(&context, &all, &|_| None, &mut sink);
        }
    }
    sink.into_groups().into_iter().filter_map(|(code, _)| Some(codes.get(code)?.id.clone())).collect()
}

#[test]
fn a_finding_appears_at_the_first_value_beyond() {
    for channel in all() {
        let description = &channel.description;
        let mut limits = 0;
        each_rule(description, &mut |place, beside, field, rule| {
            if !is_limit(&rule.test) {
                return;
            }
            let own = match place {
                Place::Listing(number) | Place::Head(number) => number,
                Place::Row(_, number) | Place::HeadRow(_, number) => number,
            };
            let arena = Bump::new();
            let code = format!("{}/{}", description.id, rule.code);
            let base =
                condition(rule, beside, own, &arena).unwrap_or_else(|| panic!("{code}: its condition never holds"));
            let pairs = pairs(rule, field, beside, &arena);
            assert!(!pairs.is_empty(), "{code} has a limit that is none");
            for Pair { within, beyond, others } in pairs {
                let values = |own_value: Value<'_>| -> Vec<Value<'_>> {
                    let mut values: Vec<Value<'_>> = base.iter().map(|value| made::lent(value, &arena)).collect();
                    others.iter().for_each(|(number, value)| values[*number] = *value);
                    values[own] = made::lent(&own_value, &arena);
                    values
                };
                let at = found(description, place, values(within));
                assert!(!at.contains(&code), "{code} at its limit: {within:.60?}");
                let behind = found(description, place, values(beyond));
                assert!(behind.contains(&code), "{code} beyond its limit: {beyond:.60?}, {behind:?}");
                limits += 1;
            }
        });
        println!("{}: {limits} limits", channel.id());
    }
}

/// The column whose cell becomes a field as it is.
fn column(source: &Source) -> Option<String> {
    let name = match &source.from {
        From::Expression(expression) => expression.as_name()?,
        From::FirstOf(members) => return column(members.first().filter(|first| first.when.is_none())?),
        _ => return None,
    };
    Some(match name {
        "title" | "description" | "keywords" => format!("{name}.uk"),
        "quantity" => "stock.kyiv".to_owned(),
        "pictures.first" => "pictures".to_owned(),
        "group_title" | "group.title" => "group_title.uk".to_owned(),
        // no cell by itself
        "pictures.rest" | "category.path" | "category.name" => return None,
        // the shop of this suite splits no others
        "documents" | "videos" | "tags" => return None,
        name => name.to_owned(),
    })
}

/// Cells at a limit and beyond it.
fn cells(field: &Field, rule: &Rule) -> Vec<(String, String)> {
    let text = |count: usize| "ї".repeat(count);
    let items = |count: usize| (0..count).map(|n| format!("https://x.example/{n}")).collect::<Vec<_>>().join(SPLIT);
    let size = |limit: &Option<rust_decimal::Decimal>| limit.map(|limit| limit.to_string().parse::<usize>().unwrap());
    match &rule.test {
        Test::Chars(range) if rule.whole => {
            let of = |count| made::whole(field, count).join(SPLIT);
            size(&range.to).map(|to| (of(to), of(to + 1))).into_iter().collect()
        }
        Test::Chars(range) => size(&range.to).map(|to| (text(to), text(to + 1))).into_iter().collect(),
        Test::Items(range) => size(&range.to).map(|to| (items(to), items(to + 1))).into_iter().collect(),
        Test::Range(range) => {
            let unit = rule.unit.map(|unit| format!(" {}", unit.as_str())).unwrap_or_default();
            let cell = |amount: rust_decimal::Decimal| format!("{amount}{unit}");
            let below = range.from.map(|from| (cell(from), cell(from - rust_decimal::Decimal::ONE)));
            let above = range.to.map(|to| (cell(to), cell(to + rust_decimal::Decimal::ONE)));
            below.into_iter().chain(above).collect()
        }
        _ => Vec::new(),
    }
}

/// The same through the whole engine, for limits on what a cell says as it is.
#[test]
fn cells_of_the_master_meet_the_limits_too() {
    for channel in all() {
        let mut offers = Vec::new();
        let mut expected = Vec::new();
        each_rule(&channel.description, &mut |place, _, field, rule| {
            let Place::Listing(number) = place else { return };
            let is_carried = channel.description.shapes[0].at.iter().any(|row| row.0 == number);
            // rows of a table are no cells
            let is_met = is_carried && rule.when.is_none() && field.source.when.is_none() && field.kind != Kind::Table;
            // nor are lists of what the shop of this suite does not split
            let is_split = |column: &String| field.kind != Kind::List || !column.starts_with("x.");
            let Some(column) = column(&field.source).filter(|column| is_met && is_split(column)) else { return };
            for (within, beyond) in cells(field, rule) {
                for (cell, is_beyond) in [(within, false), (beyond, true)] {
                    let mut offer = with(good(offers.len()), &[("stock.odesa", ""), (column.as_str(), cell.as_str())]);
                    if column == "sku" {
                        offer.insert("sku".into(), cell.replace('ї', "k"));
                    }
                    // a product goes by its group
                    let is_group = column == "group" && channel.description.listing == ListingOf::Product;
                    let key = if is_group { cell.clone() } else { offer["sku"].clone() };
                    expected.push((key, format!("{}/{}", channel.id(), rule.code), is_beyond));
                    offers.push(offer);
                }
            }
        });
        // a channel may have no limit that a cell meets by itself
        if !expected.is_empty() {
            check(&channel, offers, &expected);
        }
    }
}

fn check(channel: &Registered, offers: Vec<crate::catalog::Offer>, expected: &[(String, String, bool)]) {
    let outcome = channel.shop(&Catalog { offers }).run(&Asked::VALIDATE);
    for (sku, code, is_beyond) in expected {
        let codes = codes_of(&outcome.channels[0].findings, sku);
        assert_eq!(codes.contains(code), *is_beyond, "{code} of {sku:.40}: {codes:?}");
    }
}
