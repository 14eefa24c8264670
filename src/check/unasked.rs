//! What is checked of a value although nobody asks: its kind, its words, its places, its currency, and whether it would
//! be read as a whole where it stands.

use super::listing::{Looked, Speaker};
use super::test;
use crate::channel::plan::FieldPlan;
use crate::finding::CodeNo;
use crate::model::text::{short, trimmed};
use crate::model::{Kind, Value};

/// A text that would not be read as a whole where it stands.
fn broken_up(looked: &Looked<'_, '_>, speaker: &mut Speaker<'_, '_, '_>) {
    let Some(how) = looked.how.filter(|_| looked.field.codes.marks != CodeNo::NONE) else { return };
    if let Value::Text(text) = looked.value
        && how.spelling_among(looked.scope).stands_for_nothing(text)
    {
        let message = || format!("«{}» stands for nothing there", short(text));
        return speaker.say(looked.field.codes.marks, true, looked.shown_as, message);
    }
    let Some(marks) = &how.marks else { return };
    let broken = match &looked.value {
        Value::Text(text) => Some(*text).filter(|text| marks.break_up(text)),
        Value::List(items) => items.iter().copied().find(|item| marks.break_up(item)),
        _ => None,
    };
    if let Some(text) = broken {
        speaker.say(looked.field.codes.marks, true, looked.shown_as, || format!("«{}»", short(text)));
    }
}

/// Kind, words, places and currency; `false` where the value is so wrong that rules would only repeat it.
pub(super) fn unasked(looked: &Looked<'_, '_>, speaker: &mut Speaker<'_, '_, '_>) -> bool {
    let Looked { field, shown_as, .. } = *looked;
    broken_up(looked, speaker);
    match &looked.value {
        Value::Bad(text) if field.looked_up => {
            speaker.say(field.codes.lookup, false, shown_as, || format!("«{text}» is not in the lookup table"));
            true
        }
        Value::Bad(text) if field.kind == Kind::Choice => {
            speaker.say(field.codes.choice, true, shown_as, || format!("«{text}» is no word of the channel"));
            false
        }
        Value::Bad(text) => {
            let wanted = field.kind.in_words();
            let message = || match field.spelling.moment_fault(text) {
                Some(fault) => format!("«{text}»: {fault}"),
                None if field.kind == Kind::Table => {
                    format!("«{text}» has more parts than a row of it, or a comma within a number")
                }
                None => format!("«{text}» is not {wanted}"),
            };
            speaker.say(field.codes.kind, true, shown_as, message);
            false
        }
        Value::Text(word) if field.kind == Kind::Choice && field.spelling.word(word).is_none() => {
            let words = field.spelling.words();
            speaker.say(field.codes.choice, true, shown_as, || format!("«{word}»: the channel knows {words}"));
            false
        }
        Value::Text(code) if field.is_currency && !is_taken(code, speaker) => {
            say_currency(field, code, shown_as, speaker);
            true
        }
        Value::Number(number) => {
            if field.kind == Kind::Money && number.unit.is_said() && !is_taken(number.unit.as_str(), speaker) {
                say_currency(field, number.unit.as_str(), shown_as, speaker);
            }
            if let Some(places) = field.spelling.decimals
                && number.amount.normalize().scale() > places
            {
                let message = || format!("{}: at most {places} places", test::quoted(number));
                speaker.say(field.codes.decimals, true, shown_as, message);
            }
            true
        }
        // an item that holds the mark between items will be read as several
        Value::List(items) => {
            if let Some(item) = looked.how.and_then(|how| how.not_one_item(items, looked.scope)) {
                speaker.say(field.codes.join, false, shown_as, || format!("«{}»", short(item)));
            }
            true
        }
        _ => true,
    }
}

fn say_currency(field: &FieldPlan, code: &str, shown_as: &str, speaker: &mut Speaker<'_, '_, '_>) {
    let taken = speaker.context.plan.currencies.join(", ");
    let message = || format!("«{}»: the channel takes {taken}", short(code));
    speaker.say(field.codes.currency, true, shown_as, message);
}

/// Whether the channel takes a currency.
fn is_taken(code: &str, speaker: &Speaker<'_, '_, '_>) -> bool {
    let currencies = &speaker.context.plan.currencies;
    currencies.is_empty() || currencies.iter().any(|one| one == trimmed(code))
}
