//! What a listing means in one number: equal numbers, equal listings. Hashes are
//! xxh3 of 64 bits over canonical forms; prices and stock are kept beside them and
//! compared exactly. Two listings that differ but hash alike would be missed once in
//! 2⁶⁴ comparisons; two that are the same but hash apart are compared field by field.

use std::borrow::Cow;

use jiff::tz::TimeZone;
use rust_decimal::Decimal;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use crate::channel::description::Compare;
use crate::channel::plan::Compared;
use crate::channel::spelling::SpellingPlan;
use crate::model::moment::moment;
use crate::model::text::trimmed;
use crate::model::words::in_single_blanks;
use crate::model::{Remembered, Row, RowPlace, Unit, Value};

/// How many numbers are kept beside the hash.
pub const INLINE: usize = 3;

/// What is left out of the hash of one field that is kept beside it.
const NOTHING: u64 = 0;

/// What the hash of a list in order begins with.
const ORDERED: u64 = 5;

/// What a listing means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Meaning {
    /// A hash of every compared field but those kept beside it.
    pub hash: u64,
    /// Amounts that are compared exactly: price, old price, stock.
    pub numbers: [u64; INLINE],
}

/// The hashes of rows, by the number of their table.
pub type MeantRows<'b> = Remembered<RowPlace<'b>, u64>;

/// Which fields are kept beside the hash.
pub type InlineFields = [Option<usize>; INLINE];

/// The meaning of a listing. `returns` says whether its texts may hold line ends other than LF.
pub fn meaning(values: &[Value<'_>], compared: &[Compared], inline: &InlineFields, returns: bool) -> Meaning {
    meaning_by(values, compared, inline, |_, value, how| of_value(value, how, returns))
}

/// The same where many listings of a block follow each other.
pub fn meaning_of_next<'b>(
    values: &[Value<'b>],
    compared: &[Compared],
    inline: &InlineFields,
    returns: bool,
    known: &mut MeantRows<'b>,
) -> Meaning {
    meaning_by(values, compared, inline, |number, value, how| match value {
        Value::Table(rows) => of_rows(rows, how, |row| {
            let place = RowPlace::of(number, row);
            known.get(&place).unwrap_or_else(|| {
                let hash = of_row(row, how, returns);
                known.keep(place, hash);
                hash
            })
        }),
        value => of_value(value, how, returns),
    })
}

#[inline(always)]
fn meaning_by<'b>(
    values: &[Value<'b>],
    compared: &[Compared],
    inline: &InlineFields,
    mut of_value: impl FnMut(usize, &Value<'b>, &Compared) -> u64,
) -> Meaning {
    let mut meaning = Meaning::default();
    for (number, (value, how)) in values.iter().zip(compared).enumerate() {
        if how.how == Compare::Not {
            continue;
        }
        let place = inline.iter().position(|field| *field == Some(number));
        let packed = place.and_then(|place| Some((meaning.numbers.get_mut(place)?, pack(value)?)));
        let is_beside = packed.is_some();
        if let Some((place, packed)) = packed {
            *place = packed;
        }
        // beside the hash there is room for the amount only
        if !is_beside || how.spelling.writes_unit {
            meaning.hash = mixed(meaning.hash, number, of_value(number, value, how));
        }
    }
    meaning
}

/// The hash of one key: one field's value or several together; `None` where one of them is not there.
pub fn key_hash(values: &[Value<'_>], fields: &[usize]) -> Option<u64> {
    let mut hash = NOTHING;
    for (position, field) in fields.iter().enumerate() {
        let text = trimmed(values.get(*field)?.as_text()?);
        if text.is_empty() {
            return None;
        }
        hash = if position == 0 { xxh3_64(text.as_bytes()) } else { xxh3_64_with_seed(text.as_bytes(), hash) };
    }
    Some(hash)
}

/// Takes a value's hash into a listing's, by its number: a multiplication of 64 by 64 bits folded into 64, so that
/// every bit of both sides counts.
#[inline]
fn mixed(hash: u64, number: usize, value: u64) -> u64 {
    if value == NOTHING {
        return hash;
    }
    const ONE: u64 = 0x9E37_79B9_7F4A_7C15;
    const OTHER: u64 = 0xD6E8_FEB8_6659_FD93;
    let place = (number as u64).wrapping_add(1).wrapping_mul(ONE);
    let wide = u128::from(hash ^ place ^ OTHER) * u128::from(value.rotate_left(32) ^ ONE);
    // the product of a side that is nought would forget the other one
    (wide as u64) ^ (wide >> 64) as u64 ^ hash.rotate_left(23) ^ value
}

/// Whether two values mean the same, however they are spelled.
pub fn same_meaning(one: &Value<'_>, other: &Value<'_>, how: &Compared) -> bool {
    of_value(one, how, true) == of_value(other, how, true)
}

/// The hash of one value; nothing for what is not there.
#[inline(always)]
fn of_value(value: &Value<'_>, how: &Compared, returns: bool) -> u64 {
    match value {
        Value::Unsaid | Value::Empty => NOTHING,
        Value::Text(text) if !returns && !how.is_looked_into() => of_text(trimmed(text)),
        other => of_other(other, how, returns),
    }
}

fn of_other(value: &Value<'_>, how: &Compared, returns: bool) -> u64 {
    match value {
        Value::Unsaid | Value::Empty => NOTHING,
        Value::Text(text) if how.how == Compare::Exact => xxh3_64(text.as_bytes()),
        Value::Text(text) if how.how == Compare::Instant => of_text(&instants(text, &how.spelling)),
        Value::Text(text) if how.folds_blanks => of_text(&canonical_text(text, true)),
        Value::Text(text) if returns => of_text(&canonical_text(text, false)),
        Value::Text(text) => of_text(trimmed(text)),
        Value::Bad(text) => xxh3_64_with_seed(text.trim().as_bytes(), 1),
        Value::Flag(flag) => 2 + u64::from(*flag),
        Value::Number(number) => {
            let (amount, unit) = match how.spelling.compares_units() {
                true => number.unit.in_base(number.amount),
                false => (number.amount, Unit::NONE),
            };
            xxh3_64_with_seed(&amount.normalize().serialize(), xxh3_64(unit.as_str().as_bytes()))
        }
        Value::List(items) => of_list(items, how),
        Value::Table(rows) => of_rows(rows, how, |row| of_row(row, how, returns)),
    }
}

#[inline]
fn of_text(text: &str) -> u64 {
    if text.is_empty() { NOTHING } else { xxh3_64(text.as_bytes()) }
}

fn of_list(items: &[&str], how: &Compared) -> u64 {
    let of_item = |item: &str| match how.folds_blanks {
        true => xxh3_64(canonical_text(item, true).as_bytes()),
        false => xxh3_64(trimmed(item).as_bytes()),
    };
    match (how.how, items) {
        (Compare::Count, items) => mixed(3, items.len(), 1),
        (Compare::Set, items) => how.spelling.compared_items(items).map(of_item).fold(4, u64::wrapping_add),
        // one item that holds no separator is what most lists within tables are
        (_, [item]) if how.spelling.is_one_item(item) => mixed(ORDERED, 0, of_item(item)),
        (_, items) if how.spelling.join.is_none() => {
            let mut hash = ORDERED;
            for (position, item) in items.iter().enumerate() {
                hash = mixed(hash, position, of_item(item));
            }
            hash
        }
        (_, items) => {
            let hashes = how.spelling.compared_items(items).map(of_item);
            hashes.enumerate().fold(ORDERED, |hash, (position, item)| mixed(hash, position, item))
        }
    }
}

fn of_rows<'b>(rows: &[Row<'b>], how: &Compared, mut of_row: impl FnMut(Row<'b>) -> u64) -> u64 {
    if how.how == Compare::Count {
        return mixed(3, rows.len(), 1);
    }
    let mut all = if how.how == Compare::Ordered { 7 } else { 8 };
    for (position, row) in rows.iter().enumerate() {
        let hash = of_row(row);
        // rows that are matched by their key may stand in any order
        all = if how.how == Compare::Ordered { mixed(all, position, hash) } else { all.wrapping_add(hash) };
    }
    all
}

fn of_row(row: &[Value<'_>], how: &Compared, returns: bool) -> u64 {
    let mut hash = 6;
    for (number, (value, how)) in row.iter().zip(&how.fields).enumerate() {
        if how.how != Compare::Not {
            hash = mixed(hash, number, of_value(value, how, returns));
        }
    }
    hash
}

/// The instants that a text names, each in one spelling whatever its zone: a day, a time, or two of them with `/` in
/// between. What is none of them stays as it is. Of a time counts what the spelling writes of it, and one without a
/// zone is in the spelling's.
pub fn instants(text: &str, spelling: &SpellingPlan) -> String {
    let text = spelling.held(text);
    let mut depth = 0_i32;
    let parts = text.split(|letter: char| {
        depth += i32::from(letter == '[') - i32::from(letter == ']');
        // a zone's name holds a slash too
        letter == '/' && depth == 0
    });
    parts.map(|part| instant(part, spelling.zone.as_ref())).collect::<Vec<_>>().join("/")
}

fn instant(part: &str, zone: Option<&TimeZone>) -> String {
    let part = part.trim();
    let in_zone = part.parse::<jiff::Timestamp>().ok().or_else(|| Some(part.parse::<jiff::Zoned>().ok()?.timestamp()));
    if let Some(instant) = in_zone {
        return instant.to_string();
    }
    match (part.parse::<jiff::civil::DateTime>(), part.parse::<jiff::civil::Date>()) {
        // a day alone is no time of it
        (Ok(time), _) if part.contains(':') => match zone.and_then(|zone| time.to_zoned(zone.clone()).ok()) {
            Some(there) => there.timestamp().to_string(),
            None => time.to_string(),
        },
        (_, Ok(day)) => day.to_string(),
        // a shop's own spelling, as `0:00:00`; what comes of it is ISO 8601 and ends above
        _ => match moment(part).filter(|spelled| spelled != part) {
            Some(spelled) => instant(&spelled, zone),
            None => part.to_owned(),
        },
    }
}

/// A text trimmed, with its line ends alike; or where blanks are `folded`, with each run of them and of line ends as
/// one blank.
pub fn canonical_text(text: &str, folded: bool) -> Cow<'_, str> {
    let trimmed = trimmed(text);
    if folded {
        return in_single_blanks(trimmed);
    }
    if memchr::memchr(b'\r', trimmed.as_bytes()).is_none() {
        return Cow::Borrowed(trimmed);
    }
    Cow::Owned(trimmed.replace("\r\n", "\n").replace('\r', "\n"))
}

/// An amount in 64 bits: mantissa, scale and a mark that it is there; 0 for none. `None` for one that does not fit.
fn pack(value: &Value<'_>) -> Option<u64> {
    match value {
        Value::Unsaid | Value::Empty => Some(NOTHING),
        Value::Number(number) => {
            let amount = number.amount.normalize();
            let mantissa = i64::try_from(amount.mantissa()).ok().filter(|m| m.unsigned_abs() < 1 << 56)?;
            let scale = u64::from(amount.scale());
            let sign = u64::from(mantissa < 0);
            Some(mantissa.unsigned_abs() << 7 | sign << 6 | scale << 1 | 1)
        }
        _ => None,
    }
}

/// The amount that was packed; `None` for none.
pub fn unpack(packed: u64) -> Option<Decimal> {
    if packed == NOTHING {
        return None;
    }
    let mantissa = i64::try_from(packed >> 7).ok()?;
    let amount = Decimal::new(mantissa, u32::try_from(packed >> 1 & 31).ok()?);
    Some(if packed >> 6 & 1 == 1 { -amount } else { amount })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Number;

    #[test]
    fn amounts_come_back_from_64_bits() {
        for text in ["0", "1299", "1299.90", "-5.25", "0.0001", "99999999999.99"] {
            let amount = Decimal::from_str_exact(text).unwrap();
            let value = Value::Number(&Number { amount, unit: Unit::NONE, text });
            assert_eq!(unpack(pack(&value).unwrap()), Some(amount), "{text}");
        }
        assert_eq!(unpack(pack(&Value::Empty).unwrap()), None);
        assert_eq!(pack(&Value::number(Decimal::MAX, &bumpalo::Bump::new())), None);
    }

    #[test]
    fn instants_are_the_same_in_every_zone() {
        let bare = SpellingPlan::default();
        let instants = |text: &str| instants(text, &bare);
        let there = "2026-12-01T10:00:00+02:00/2026-12-24";
        for text in
            ["2026-12-01T08:00:00Z / 2026-12-24", "2026-12-01T08:00Z/2026-12-24", "2026-12-01T10:00:00+0200/2026-12-24"]
        {
            assert_eq!(instants(text), instants(there), "{text}");
        }
        assert_eq!(instants("2026-12-01T10:00:00+02:00[Europe/Kyiv]/2026-12-24"), instants(there));
        assert_eq!(instants("2026-12-01 10:00/2026-12-24"), instants("2026-12-01T10:00:00/2026-12-24"));
        assert_ne!(instants("2026-12-01"), instants("2026-12-01T00:00:00"));
        assert_eq!(instants("2026-12-01 0:00:00/24.12.2026"), instants("2026-12-01T00:00:00/2026-12-24"));
        assert_eq!(instants("завтра"), "завтра");
        assert_ne!(instants("2026-12-01T10:00:00"), instants("2026-12-01T10:00:00Z"), "nobody knows its zone");
    }

    #[test]
    fn line_ends_and_outer_blanks_do_not_count() {
        assert_eq!(canonical_text(" a\r\nb\rc \n", false), "a\nb\nc");
        for (text, folded) in [("a b", "a b"), (" a \r\n\tb", "a b"), ("а  б\u{A0}в", "а б в"), ("a\nb", "a b")] {
            assert_eq!(canonical_text(text, true), folded);
        }
    }
}
