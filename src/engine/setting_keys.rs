//! Settings that are tables by the names of the master: `stores: {kyiv: PP1}` beside `stock[key]`. A name that the master
//! does not have would be a warehouse that is always empty.

use crate::channel::description::{Field, From, Part, Source};
use crate::channel::names::SETTINGS;
use crate::config::{Config, SettingValue, Written};
use crate::expression::Expression;
use crate::model::{Said, nearest, suggestion};
use crate::wire::yaml::Problems;

use super::channels::ChannelSetup;

/// A field of the offer whose value goes by the keys of a setting.
#[derive(Debug, PartialEq)]
struct Use<'d> {
    /// `stock`, `price`.
    name: &'d str,
    /// Something else stands in where it is not there, so that not every key needs one.
    is_replaced: bool,
}

/// Checks the keys of every setting that a channel's rows are made from.
pub fn check(config: &Config, setup: &ChannelSetup<'_>, said: &[Said], problems: &Problems) {
    for field in &setup.description.fields {
        let Some(setting) = field.source.as_name().and_then(|name| name.strip_prefix(SETTINGS)) else { continue };
        let Some(keys) = keys_given(setup, setting) else { continue };
        uses(field).iter().for_each(|one| check_use(config, one, &keys, said, problems));
    }
    check_listings(config, setup, said, problems);
}

/// The same where each row of a setting is a listing of every offer.
fn check_listings(config: &Config, setup: &ChannelSetup<'_>, said: &[Said], problems: &Problems) {
    let Some(setting) = &setup.description.per else { return };
    let Some(keys) = keys_given(setup, setting) else { return };
    let exists = setup.description.exists.iter().flat_map(|exists| by_key(exists));
    for name in exists {
        check_use(config, &Use { name, is_replaced: false }, &keys, said, problems);
    }
}

/// The keys of a setting that is a table; `None` where it was not given.
fn keys_given<'s>(setup: &'s ChannelSetup<'_>, setting: &str) -> Option<Vec<&'s Written>> {
    match &setup.config.settings.iter().find(|given| given.name.text == setting)?.value {
        SettingValue::Table(pairs) => Some(pairs.iter().map(|pair| &pair.0).collect()),
        _ => None,
    }
}

fn check_use(config: &Config, one: &Use<'_>, keys: &[&Written], said: &[Said], problems: &Problems) {
    let of_name =
        |said: &'_ Said| -> Option<String> { said.name.strip_prefix(one.name)?.strip_prefix('.').map(str::to_owned) };
    let known: Vec<String> = said.iter().filter_map(of_name).collect();
    let names = || known.iter().map(String::as_str);
    let is_free = |name: &&str| !keys.iter().any(|key| key.text == **name);
    for key in keys.iter().filter(|key| !names().any(|name| name == key.text)) {
        // a city without a price of its own has the price of all, unless its name was misspelled
        if one.is_replaced && nearest(&key.text, names().filter(is_free)).is_none() {
            continue;
        }
        let what = format!("the master has no `{}.{}`", one.name, key.text);
        let label = match known.is_empty() {
            true if config.master.exported_by.is_some() => {
                "the master is an export that says nothing of the kind: take one that does, or leave this out"
                    .to_owned()
            }
            true => format!("map a column to it: {}: {{{}: …}}", one.name, key.text),
            false => suggestion(&key.text, names(), "its description"),
        };
        problems.add(config.problem(key.bytes.clone(), "config/setting-key", what, label));
    }
}

/// What the rows of a table take by their key, each field once.
fn uses(table: &Field) -> Vec<Use<'_>> {
    let mut found: Vec<Use<'_>> = Vec::new();
    let mut take = |expression, is_replaced| {
        for name in by_key(expression) {
            match found.iter_mut().find(|known| known.name == name) {
                Some(known) => known.is_replaced &= is_replaced,
                None => found.push(Use { name, is_replaced }),
            }
        }
    };
    if let Some(only) = &table.only {
        take(only, false);
    }
    table.fields.iter().for_each(|field| each_expression(&field.source, false, &mut take));
    found
}

/// Every expression of a source, and whether something stands in for it.
fn each_expression<'d>(source: &'d Source, is_replaced: bool, take: &mut dyn FnMut(&'d Expression, bool)) {
    let is_replaced = is_replaced || source.otherwise.is_some();
    if let Some(when) = &source.when {
        take(when, is_replaced);
    }
    match &source.from {
        From::Expression(expression) => take(expression, is_replaced),
        From::Template(parts) => parts.iter().for_each(|part| {
            if let Part::Name(name) = part {
                take(name, is_replaced);
            }
        }),
        From::FirstOf(members) => members.iter().enumerate().for_each(|(number, member)| {
            each_expression(member, is_replaced || number + 1 < members.len(), take);
        }),
        From::Nothing | From::Constant(_) | From::Lookup { .. } => {}
    }
    if let Some(to) = &source.to {
        each_expression(to, is_replaced, take);
    }
}

/// The fields of the offer that an expression takes by the key of its row: `stock[key]`.
fn by_key(expression: &Expression) -> impl Iterator<Item = &str> {
    let names = expression.names();
    let speaks_of_key = names.iter().any(|used| used.name == "key" && !used.indexed);
    let indexed = names.into_iter().filter(move |used| used.indexed && speaks_of_key);
    indexed.map(|used| used.name.strip_prefix("offer.").unwrap_or(used.name)).filter(|name| {
        // attributes and options are told by what stands in the offers
        matches!(*name, "stock" | "price")
    })
}
