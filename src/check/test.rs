//! Single tests of a value: what they find wrong, in words, with the value quoted.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::channel::category_list::CategoryList;
use crate::channel::description::{Is, Limit, Range};
use crate::channel::plan::{Matcher, TestPlan};
use crate::model::address::{SCHEMES, is_address};
use crate::model::figures::grouped;
use crate::model::gtin::{self, GtinFault};
use crate::model::text::{short, trimmed};
use crate::model::{Number, Value, amount};

/// How the items of a list become one text.
pub(super) type Join<'j> = &'j dyn for<'i> Fn(&[&'i str]) -> Cow<'i, str>;

/// What a test finds wrong with a value that is there. Of a list each item is tested, or all of them `joined`.
pub(super) fn fault(
    test: &TestPlan,
    joined: Option<Join<'_>>,
    value: &Value<'_>,
    scope: &[Value<'_>],
) -> Option<String> {
    match test {
        // one item joined is itself, or at most each of its characters protected and quotes around it
        TestPlan::Chars { surely: Some(most), .. } if matches!(value, Value::List([only]) if 2 * only.len() + 2 <= *most) => {
            None
        }
        TestPlan::Items(range) => items(value, range),
        TestPlan::Range(range) => out_of_range(value, range),
        TestPlan::Above(limit) => beside(value, limit, scope, |amount, limit| amount > limit, "is not above"),
        TestPlan::Below(limit) => beside(value, limit, scope, |amount, limit| amount < limit, "is not below"),
        _ => match value {
            Value::List(items) => match joined {
                Some(joined) => of_text(test, &joined(items)),
                None => items.iter().find_map(|item| of_text(test, item)),
            },
            Value::Text(text) => of_text(test, text),
            Value::Number(number) => of_text(test, &amount::spell(number.amount)),
            _ => None,
        },
    }
}

/// The first text of a value that is not in a list of categories. A list that nobody gave demands nothing.
pub(super) fn not_among<'v>(list: &CategoryList, value: &'v Value<'_>) -> Option<&'v str> {
    let is_strange = |text: &&str| !list.is_empty() && !list.has(text);
    match value {
        Value::Text(text) => Some(*text).filter(is_strange),
        Value::List(items) => items.iter().copied().find(is_strange),
        _ => None,
    }
}

/// A text that is not in a list of categories, with the entry that was most likely meant.
pub(super) fn nearest_among(list: &CategoryList, text: &str) -> String {
    let near = list.nearest(text).map(|near| format!("; the nearest is {}", near.shown()));
    format!("«{}»{}", short(text.trim()), near.unwrap_or_default())
}

fn items(value: &Value<'_>, range: &Range) -> Option<String> {
    let count = match value {
        Value::List(items) => items.len(),
        Value::Table(rows) => rows.len(),
        _ => 1,
    };
    let limit = passed(Decimal::from(count), range)?;
    Some(format!("{} of them, {limit}", grouped(count as u64)))
}

fn out_of_range(value: &Value<'_>, range: &Range) -> Option<String> {
    let Value::Number(number) = value else { return None };
    let limit = passed(number.amount, range)?;
    Some(format!("{}, {limit}", quoted(number)))
}

/// Which end of a range an amount is beyond: `at most 255`.
fn passed(amount: Decimal, range: &Range) -> Option<String> {
    match range {
        Range { from: Some(from), .. } if amount < *from => Some(format!("at least {}", amount::spell(*from))),
        Range { to: Some(to), .. } if amount > *to => Some(format!("at most {}", amount::spell(*to))),
        _ => None,
    }
}

/// An amount as it stands in the file; one that was computed, as it would be written.
pub(super) fn quoted(number: &Number<'_>) -> String {
    match number.text.trim() {
        "" => amount::spell(number.amount),
        text => format!("«{}»", short(text)),
    }
}

fn beside(
    value: &Value<'_>,
    limit: &Limit,
    scope: &[Value<'_>],
    holds: fn(Decimal, Decimal) -> bool,
    words: &str,
) -> Option<String> {
    let Value::Number(number) = value else { return None };
    let (limit, spelled) = match limit {
        Limit::Number(limit) => (*limit, None),
        Limit::Field(field) => match scope.get(*field)? {
            Value::Number(limit) => (limit.amount, Some(*limit)),
            _ => return None,
        },
    };
    let fault = || format!("{} {words} {}", quoted(number), spelled.map_or_else(|| amount::spell(limit), quoted));
    (!holds(number.amount, limit)).then(fault)
}

fn of_text(test: &TestPlan, text: &str) -> Option<String> {
    match test {
        // a text of fewer bytes than characters are allowed needs no counting
        TestPlan::Chars { surely: Some(most), .. } if text.len() <= *most => None,
        TestPlan::Chars { range, .. } => too_long(text, range),
        TestPlan::Bytes(range) => {
            passed(Decimal::from(text.len()), range).map(|limit| length(text.len(), "bytes", &limit, text))
        }
        TestPlan::Pattern(matcher) => (!matches(matcher, text)).then(|| format!("«{}»", short(text))),
        TestPlan::Forbid(matcher) => first_match(matcher, text).map(|found| held(text, found)),
        TestPlan::ForbidCapitals => shouts(text).then(|| format!("«{}»", short(text))),
        TestPlan::Is(is) => is_not(*is, text),
        _ => None,
    }
}

fn too_long(text: &str, range: &Range) -> Option<String> {
    let chars = bytecount::num_chars(text.as_bytes());
    passed(Decimal::from(chars), range).map(|limit| length(chars, "characters", &limit, text))
}

/// Characters of a text that a message about its length shows.
const BEGINNING: usize = 30;

fn length(count: usize, of: &str, limit: &str, text: &str) -> String {
    let beginning: String = text.trim().chars().take(BEGINNING).collect();
    format!("{} {of}, {limit}: «{beginning}…»", grouped(count as u64))
}

/// A text and what it must not hold, which may be hard to see.
pub(super) fn held(text: &str, found: &str) -> String {
    match found.trim() {
        "" => format!("«{}» holds a blank", short(text)),
        found if found == text.trim() => format!("«{}»", short(found)),
        found => format!("«{}» holds «{}»", short(text.trim()), short(found)),
    }
}

fn matches(matcher: &Matcher, text: &str) -> bool {
    match matcher {
        Matcher::Bytes(class) => !text.is_empty() && text.bytes().all(|byte| class[usize::from(byte)]),
        Matcher::Pattern(pattern) => pattern.is_match(text),
    }
}

/// What a text must not hold, where it first stands.
pub(super) fn first_match<'t>(matcher: &Matcher, text: &'t str) -> Option<&'t str> {
    match matcher {
        Matcher::Bytes(class) => {
            let at = text.bytes().position(|byte| class[usize::from(byte)])?;
            text.get(at..).and_then(|rest| rest.chars().next().and_then(|first| rest.get(..first.len_utf8())))
        }
        Matcher::Pattern(pattern) => pattern.find(text),
    }
}

/// Whether a text shouts: more than half of its letters are capitals, and it is long enough to be no abbreviation.
fn shouts(text: &str) -> bool {
    let (mut letters, mut capitals) = (0, 0);
    for character in text.chars() {
        let (is_letter, is_capital) = match character {
            'a'..='z' | 'а'..='я' | 'ѐ'..='џ' => (true, false),
            'A'..='Z' | 'А'..='Я' | 'Ѐ'..='Џ' => (true, true),
            '\0'..='\x7F' => (false, false),
            // the rest is looked up in tables
            other => (other.is_alphabetic(), other.is_uppercase()),
        };
        letters += u32::from(is_letter);
        capitals += u32::from(is_capital);
    }
    letters >= 12 && capitals * 2 > letters
}

fn is_not(is: Is, text: &str) -> Option<String> {
    let text = trimmed(text);
    let quoted = || format!("«{}»", short(text));
    match is {
        Is::Gtin => gtin::check(text).err().map(|fault| match fault {
            GtinFault::NotDigits => format!("{} is not digits only", quoted()),
            GtinFault::Length(length) => format!("{} has {length} digits; 8, 12, 13 or 14 are possible", quoted()),
            GtinFault::CheckDigit(digit) => format!("{} should end in {digit}", quoted()),
            GtinFault::Restricted => format!("{} is from a range for a shop's own use", quoted()),
        }),
        Is::HttpsUrl => (!is_address(text, &SCHEMES[..1])).then(|| address_fault(text, &SCHEMES[..1])),
        Is::AsciiUrl => (!is_address(text, &SCHEMES) || !text.is_ascii()).then(|| address_fault(text, &SCHEMES)),
        Is::Currency => (text.len() != 3 || !text.bytes().all(|byte| byte.is_ascii_uppercase())).then(quoted),
        Is::Country => (text.len() != 2 || !text.bytes().all(|byte| byte.is_ascii_uppercase())).then(quoted),
        Is::Language => (!is_language(text)).then(quoted),
        Is::Integer => text.parse::<i64>().is_err().then(quoted),
    }
}

/// What of an address is wrong: its beginning, a blank in it, its host, or a letter that it has to encode.
#[cold]
fn address_fault(text: &str, schemes: &[&str]) -> String {
    let begins = |scheme: &&str| text.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme));
    if !schemes.iter().any(begins) {
        return format!("«{}» does not begin with {}", short(text), schemes.join(" or "));
    }
    let first = |is_it: fn(char) -> bool| {
        text.find(is_it).and_then(|at| text.get(at..)?.get(..text.get(at..)?.chars().next()?.len_utf8()))
    };
    match first(|letter| letter.is_whitespace() || letter.is_control()) {
        Some(blank) => held(text, blank),
        None if !is_address(text, schemes) => format!("«{}» names no host", short(text)),
        None => {
            first(|letter| !letter.is_ascii()).map_or_else(|| format!("«{}»", short(text)), |letter| held(text, letter))
        }
    }
}

fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let first =
        parts.next().is_some_and(|part| (2..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_lowercase()));
    first && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}
