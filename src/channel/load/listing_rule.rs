//! Rules over several fields of a listing.

use super::rule::{MANNERS, severity_of};
use super::scope::ListingScope;
use super::{Context, formula};
use crate::channel::description::{Field, ListingRule, ListingTest, Words};
use crate::finding::Severity;
use crate::wire::yaml::{Key, Map, Node, Text, key};

/// The tests over several fields.
pub const TESTS: [Key; 4] = [
    key("together", "all of them or none"),
    key("any_of", "at least one"),
    key("one_of", "exactly one"),
    key("assert", "this holds"),
];

/// The rules of the top.
pub fn load(map: &Map<'_>, fields: &[Field], context: &Context<'_>) -> Vec<ListingRule> {
    let list = map.get("rules").and_then(|node| node.list("`rules`", context.problems));
    list.unwrap_or_default().iter().filter_map(|node| rule(node, fields, context)).collect()
}

fn rule(node: &Node, fields: &[Field], context: &Context<'_>) -> Option<ListingRule> {
    let problems = context.problems;
    let manners: Vec<Key> = MANNERS.into_iter().filter(|manner| manner.name != "whole").collect();
    let map = node.map("a rule", &[&TESTS[..], &manners].concat(), problems)?;
    let tests: Vec<&(Text, Node)> =
        map.pairs().iter().filter(|pair| TESTS.iter().any(|test| test.name == pair.0.text)).collect();
    let [(name, value)] = tests.as_slice() else {
        let what = format!("a rule has one test, this has {}", tests.len());
        let bytes = tests.get(1).map_or(node.bytes.clone(), |test| test.0.bytes.clone());
        problems.add(node.problem_at(bytes, "config/value", what, "possible: together, any_of, one_of, assert"));
        return None;
    };
    let scope = ListingScope { fields, settings: &context.settings };
    let code = map.required("a rule over several fields", "code").and_then(|node| context.given_code(node));
    if let (Some(code), Some(at)) = (&code, map.get("code")) {
        context.code(code, at, &at.bytes);
    }
    let test = match name.text.as_str() {
        "assert" => {
            map.required("`assert`", "fix");
            ListingTest::Assert(formula::condition(value, &scope, problems)?)
        }
        "together" => ListingTest::Together(several(value, fields, context)),
        "any_of" => ListingTest::AnyOf(several(value, fields, context)),
        _ => ListingTest::OneOf(several(value, fields, context)),
    };
    Some(ListingRule {
        test,
        code: code?,
        severity: severity_of(&map).unwrap_or(Severity::Error),
        when: map.get("when").and_then(|node| formula::condition(node, &scope, problems)),
        words: Words::of(&map),
    })
}

fn several(node: &Node, fields: &[Field], context: &Context<'_>) -> Vec<usize> {
    if node.one_or_list().len() < 2 {
        context.problems.add(node.problem("config/value", "this is about several fields", "name at least two"));
    }
    context.numbers(node, fields)
}
