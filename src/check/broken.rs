//! Whether a single rule is broken by a value, what is wrong then, and what that takes:
//! the values beside it, the head of the document, all other listings.

use hashbrown::HashSet;

use crate::channel::plan::{RulePlan, TestPlan};
use crate::model::Value;
use crate::model::text::{short, trimmed};

use super::listing::{Looked, Speaker};
use super::test;
use super::unique::UniqueSets;

/// Whether a rule is broken; then it was said.
pub(super) fn broken(
    rule: &RulePlan,
    looked: &Looked<'_, '_>,
    speaker: &mut Speaker<'_, '_, '_>,
    uniques: &mut UniqueSets,
) -> bool {
    let Looked { value, scope, shown_as, .. } = looked;
    if let TestPlan::Among(list) = &rule.test {
        let Some(text) = test::not_among(list, value) else { return false };
        // what is nearest is only looked for where it is shown
        speaker.say(rule.code, rule.is_error, shown_as, || test::nearest_among(list, text));
        return true;
    }
    // what nobody may want to read is not put into words
    if let (TestPlan::Forbid(matcher), Value::Text(text)) = (&rule.test, value) {
        let Some(found) = test::first_match(matcher, text) else { return false };
        speaker.say(rule.code, rule.is_error, shown_as, || test::held(text, found));
        return true;
    }
    let fault = match &rule.test {
        TestPlan::Need => match value {
            Value::Unsaid => Some("nothing says it".to_owned()),
            Value::Empty => Some("it is blank".to_owned()),
            _ => None,
        },
        TestPlan::Unique { set, without, fold } => {
            if let Some(text) = value.as_text() {
                uniques.add(*set, text, without.as_ref(), *fold, speaker.context.id);
            }
            None
        }
        TestPlan::Declared(table) => match speaker.context.declared.get(*table) {
            Some(Some(keys)) => value
                .as_text()
                .filter(|text| !keys.contains(trimmed(text)))
                .map(|text| format!("«{}» is not declared", short(text))),
            _ => None,
        },
        TestPlan::Requires(fields) => {
            let missing = fields.iter().find(|number| !scope.get(**number).is_some_and(Value::is_there));
            missing.map(|number| {
                let plan = &speaker.context.plan.fields;
                format!("{} is not there", plan.get(*number).map_or("another field", |field| field.name.as_str()))
            })
        }
        TestPlan::Distinct(number) => match value {
            Value::Table(rows) => alike(rows, *number),
            _ => None,
        },
        _ => fault(rule, looked),
    };
    let Some(fault) = fault else { return false };
    speaker.say(rule.code, rule.is_error, shown_as, || fault);
    true
}

/// What a rule finds wrong with a value and those beside it.
pub(super) fn fault(rule: &RulePlan, looked: &Looked<'_, '_>) -> Option<String> {
    let spelling = || looked.how.map_or(&looked.field.spelling, |how| how.spelling_among(looked.scope));
    test::fault(&rule.test, rule.whole.then_some(&|items| spelling().joined_text(items)), &looked.value, looked.scope)
}

/// What two rows of a table have alike, by its texts.
fn alike(rows: &[&[Value<'_>]], number: usize) -> Option<String> {
    let texts = |row: &&[Value<'_>]| row.get(number).map(words_of).unwrap_or_default();
    let mut seen: HashSet<String> = HashSet::with_capacity(rows.len());
    let twice = rows.iter().map(texts).find(|texts| !seen.insert(texts.clone()))?;
    Some(format!("«{}» stands in two rows", short(&twice)))
}

/// A value in words: a row's axis and value as `Колір=синій`.
fn words_of(value: &Value<'_>) -> String {
    match value {
        Value::Table(rows) => {
            rows.iter().map(|row| row.iter().map(words_of).collect::<Vec<_>>().join("=")).collect::<Vec<_>>().join(", ")
        }
        Value::List(items) => items.join(", "),
        value => value.as_text().map(|text| trimmed(text).to_owned()).unwrap_or_default(),
    }
}
