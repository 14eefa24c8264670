//! Values as the cells of a row. Items and rows are parted by code points that Unicode keeps from
//! ever being characters, so that no item is broken by what stands in it.

use super::leaves::{Leaf, rows, text};
use super::plan::{Form, ReadAs};
use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::model::text::shortened;
use crate::source::pieces::Split;
use crate::wire::json::{Json, JsonValue};

/// Between the items of a list.
pub(in crate::source) const ITEM: &str = "\u{FDD0}";
/// Between rows.
pub(in crate::source) const ROW: &str = "\u{FDD1}";
/// Between the fields of a row.
pub(in crate::source) const FIELD: &str = "\u{FDD2}";
/// In front of what has another form than its column, so that the reader of the cell says so.
pub(in crate::source) const OTHER_FORM: &str = "\u{FDD3}";

/// In front of a number of the notation, which has a point, where texts have a comma.
pub(in crate::source) const NUMBER: &str = "\u{FDD4}";

/// More digits than any amount has.
const MOST_DIGITS: i32 = 40;
/// Characters of a value of another form that are kept for messages.
const SHOWN: usize = 60;

/// A text that holds one of our marks: where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marked(pub(super) usize);

/// Spells what stands in a column. `comma` says what stands before the decimals of numbers.
pub(super) fn cell(form: &Form, leaf: Leaf<'_>, comma: bool, into: &mut String) -> Result<(), Marked> {
    match (form, leaf) {
        (_, Leaf::Nothing) => Ok(()),
        (Form::One(read_as), Leaf::One(value) | Leaf::List(&[value])) => one(value, *read_as, comma, into),
        (Form::List(split), Leaf::One(value)) => text_as_items(value, split.as_ref(), into),
        (Form::List(_), Leaf::List(values)) => items(values, into),
        (Form::Rows(keys), Leaf::Rows(value)) => table(keys, value, comma, into),
        (_, Leaf::One(value) | Leaf::Rows(value) | Leaf::Other(value)) => other(&[value], into),
        (_, Leaf::List(values)) => other(values, into),
    }
}

fn one(value: Json<'_>, read_as: ReadAs, comma: bool, into: &mut String) -> Result<(), Marked> {
    let (JsonValue::Number(text), ReadAs::Number | ReadAs::Both) = (value.value, read_as) else {
        return push(value, text(&value).unwrap_or_default(), into);
    };
    let plain = plain_number(text);
    let text = plain.as_deref().unwrap_or(text);
    match read_as {
        _ if !comma || !text.contains('.') => into.push_str(text),
        ReadAs::Number => into.extend([NUMBER, text]),
        _ => into.push_str(&text.replace('.', ",")),
    }
    Ok(())
}

fn push(value: Json<'_>, text: &str, into: &mut String) -> Result<(), Marked> {
    if is_marked(text) {
        return Err(Marked(value.offset));
    }
    into.push_str(text);
    Ok(())
}

/// Whether one of our marks stands in a text.
pub(in crate::source) fn is_marked(text: &str) -> bool {
    static MARK: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new(b"\xEF\xB7"));
    let bytes = text.as_bytes();
    MARK.find_iter(bytes).any(|at| matches!(bytes.get(at + 2), Some(0x90..=0x94)))
}

fn items(values: &[Json<'_>], into: &mut String) -> Result<(), Marked> {
    for (number, value) in values.iter().enumerate() {
        if number > 0 {
            into.push_str(ITEM);
        }
        push(*value, text(value).unwrap_or_default(), into)?;
    }
    Ok(())
}

/// A single text where other objects have a list: it is split as the config says.
fn text_as_items(value: Json<'_>, split: Option<&Split>, into: &mut String) -> Result<(), Marked> {
    let text = text(&value).unwrap_or_default();
    let start = into.len();
    push(value, text, into)?;
    if let Some(split) = split {
        let parts = split.parts(text).join(ITEM);
        into.truncate(start);
        into.push_str(&parts);
    }
    Ok(())
}

fn table(keys: &[(String, ReadAs)], value: Json<'_>, comma: bool, into: &mut String) -> Result<(), Marked> {
    for (number, row) in rows(value).iter().enumerate() {
        if number > 0 {
            into.push_str(ROW);
        }
        for (place, (key, read_as)) in keys.iter().enumerate() {
            if place > 0 {
                into.push_str(FIELD);
            }
            let under = |key: &str| row.iter().find(|(name, _)| name == key);
            // what is said without a language holds in every one
            let base = key.split_once('.').map(|parts| parts.0).filter(|base| matches!(*base, "name" | "value"));
            let Some((_, value)) = under(key).or_else(|| under(base?)) else { continue };
            match value.value {
                JsonValue::List(values) if values.iter().all(|value| text(value).is_some()) => items(values, into)?,
                JsonValue::List(_) | JsonValue::Object(_) => other(&[*value], into)?,
                _ => one(*value, *read_as, comma, into)?,
            }
        }
    }
    Ok(())
}

/// What has another form than its column, as it would be written in JSON; long ones only their beginning.
fn other(values: &[Json<'_>], into: &mut String) -> Result<(), Marked> {
    let mut shown = String::new();
    match values {
        [only] => write(*only, &mut shown),
        several => list(several, &mut shown),
    }
    into.push_str(OTHER_FORM);
    into.push_str(&shortened(&shown, SHOWN));
    Ok(())
}

fn write(value: Json<'_>, into: &mut String) {
    if into.len() > 4 * SHOWN {
        return;
    }
    match value.value {
        JsonValue::Null => into.push_str("null"),
        JsonValue::List(values) => list(values, into),
        JsonValue::Object(members) => {
            into.push('{');
            for (number, member) in members.iter().enumerate() {
                into.push_str(if number > 0 { ", " } else { "" });
                into.extend([member.name, ": "]);
                write(member.value, into);
            }
            into.push('}');
        }
        JsonValue::Text(text) => {
            into.push('"');
            into.extend(text.chars().filter(|letter| !letter.is_control()));
            into.push('"');
        }
        _ => into.push_str(text(&value).unwrap_or_default()),
    }
}

fn list(values: &[Json<'_>], into: &mut String) {
    into.push('[');
    for (number, value) in values.iter().enumerate() {
        into.push_str(if number > 0 { ", " } else { "" });
        write(*value, into);
    }
    into.push(']');
}

/// A number with an exponent, written out exactly; `None` where it has none, or is beyond reason.
fn plain_number(text: &str) -> Option<String> {
    let (mantissa, exponent) = text.split_once(['e', 'E'])?;
    let exponent: i32 = exponent.parse().ok().filter(|exponent: &i32| exponent.abs() <= MOST_DIGITS)?;
    let (sign, unsigned) = mantissa.strip_prefix('-').map_or(("", mantissa), |unsigned| ("-", unsigned));
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let digits = format!("{whole}{fraction}");
    let point = i32::try_from(whole.len()).ok()? + exponent;
    let length = i32::try_from(digits.len()).ok()?;
    let zeros = |count: i32| "0".repeat(usize::try_from(count).unwrap_or(0));
    let plain = if point <= 0 {
        format!("0.{}{digits}", zeros(-point))
    } else if point >= length {
        format!("{digits}{}", zeros(point - length))
    } else {
        let (whole, fraction) = digits.split_at(usize::try_from(point).ok()?);
        format!("{whole}.{fraction}")
    };
    let trimmed = plain.trim_start_matches('0');
    let nought = if trimmed.is_empty() || trimmed.starts_with('.') { "0" } else { "" };
    Some(format!("{sign}{nought}{trimmed}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponents_are_written_out_exactly() {
        for (text, plain) in [
            ("1e3", "1000"),
            ("1.5E-3", "0.0015"),
            ("12e-1", "1.2"),
            ("-1.2990e2", "-129.90"),
            ("1.29990E+3", "1299.90"),
            ("0e5", "0"),
            ("0.00012e4", "1.2"),
        ] {
            assert_eq!(plain_number(text).as_deref(), Some(plain), "{text}");
        }
        assert_eq!(plain_number("1299.90"), None);
        assert_eq!(plain_number("1e400"), None);
    }

    #[test]
    fn only_our_marks_are_marks() {
        assert!(is_marked("a\u{FDD0}b") && is_marked("\u{FDD3}"));
        assert!(!is_marked("ﷲ") && !is_marked("Термокружка") && !is_marked("\u{FDD5}"));
    }
}
