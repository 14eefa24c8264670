//! How a value stands in a document, and back: words of a choice, decimals, units,
//! joined lists. Writing and reading use one table, so they cannot drift apart.

use std::borrow::Cow;

use bumpalo::Bump;
use jiff::tz::TimeZone;
use rust_decimal::Decimal;

use crate::model::amount::{self, DecimalStyle, Marks};
use crate::model::text::trimmed;
use crate::model::{Kind, Number, Unit, Value};

use super::description::{EmptyAs, Form, Spelling};
use super::join::{self, Escape};

/// How a field's values stand in one shape, compiled from its spelling.
#[derive(Debug, Clone, Default)]
pub struct SpellingPlan {
    /// What the field holds.
    pub kind: Kind,
    /// Our word → the channel's; empty where any word goes.
    pub values: Vec<(String, String)>,
    /// Our word → our word, when writing.
    pub fold: Vec<(String, String)>,
    /// Their words → ours, when reading: `values` backwards and `also`, blanks and case aside.
    backwards: Vec<(String, String)>,
    /// A value that is not written; nothing written means it.
    pub default: Option<String>,
    /// The text that an empty value stands as; `None` for none.
    pub empty: Option<String>,
    /// How an empty value stands, as far as anybody says.
    pub empty_as: Option<EmptyAs>,
    /// A word in a number's place by which nothing is said.
    unsaid: Option<String>,
    /// Exactly so many places.
    pub decimals: Option<u32>,
    /// The units that are written; the first unless the value's own is among them.
    pub unit: Vec<Unit>,
    /// A unit's name → the channel's word for it, where units stand by themselves.
    pub(super) units: Vec<(String, String)>,
    /// `{number} {unit}`; `None` for the number alone.
    pub spell: Option<String>,
    /// Whether the unit stands beside the amount.
    pub writes_unit: bool,
    /// What stands before a text in the document.
    pub before: Option<String>,
    /// strftime.
    pub format: Option<String>,
    /// The zone of times that name none; `None` where nobody says it.
    pub zone: Option<TimeZone>,
    /// A list in one node.
    pub join: Option<String>,
    /// The same without blanks: where a list is split. `None` where nothing is joined.
    separator: Option<String>,
    /// At which mark one node is several items, when reading.
    divide: Option<String>,
    /// How a separator inside of an item is told from one between two.
    pub escape: Option<Escape>,
    /// As it was asked for; `None` for the kind's own.
    pub form: Option<Form>,
}

impl SpellingPlan {
    /// Compiles a field's spelling with what one shape's row says otherwise.
    pub fn new(kind: Kind, field: &Spelling, row: &Spelling) -> Self {
        let either = |of_row: &Vec<(String, String)>, of_field: &Vec<(String, String)>| {
            if of_row.is_empty() { of_field.clone() } else { of_row.clone() }
        };
        let values = either(&row.values, &field.values);
        let also = either(&row.also, &field.also);
        let mut backwards: Vec<(String, String)> =
            values.iter().map(|(ours, theirs)| (loose(theirs).into_owned(), ours.clone())).collect();
        backwards.extend(also.iter().map(|(theirs, ours)| (loose(theirs).into_owned(), ours.clone())));
        let empty_as = row.empty.clone().or_else(|| field.empty.clone());
        let empty = match &empty_as {
            Some(EmptyAs::Text(text)) => Some(text.clone()),
            _ => None,
        };
        SpellingPlan {
            kind,
            values,
            fold: either(&row.fold, &field.fold),
            backwards,
            default: row.default.clone().or_else(|| field.default.clone()),
            empty,
            empty_as,
            unsaid: row.unsaid.clone().or_else(|| field.unsaid.clone()),
            decimals: row.decimals.or(field.decimals),
            unit: if row.unit.is_empty() { field.unit.clone() } else { row.unit.clone() },
            units: either(&row.units, &field.units),
            spell: row.spell.clone().or_else(|| field.spell.clone()),
            writes_unit: if row.spell.is_some() { row.writes_unit() } else { field.writes_unit() },
            before: row.before.clone().or_else(|| field.before.clone()),
            format: row.format.clone().or_else(|| field.format.clone()),
            zone: row.zone.clone().or_else(|| field.zone.clone()),
            // what one node may be divided at tells items apart wherever they are compared
            separator: (row.join.as_ref().or(field.join.as_ref()))
                .or(row.divide.as_ref().or(field.divide.as_ref()))
                .map(|join| join::separator(join).to_owned()),
            divide: row.divide.clone().or_else(|| field.divide.clone()),
            join: row.join.clone().or_else(|| field.join.clone()),
            escape: row.escape.as_deref().or(field.escape.as_deref()).and_then(Escape::named),
            form: row.form.or(field.form),
        }
    }

    /// The channel's word for one of ours; `None` where it has none.
    pub fn word<'s>(&'s self, ours: &'s str) -> Option<&'s str> {
        if self.values.is_empty() {
            return Some(ours);
        }
        self.values.iter().find(|value| value.0 == ours).map(|value| value.1.as_str())
    }

    /// The words that the channel knows, for messages.
    pub fn words(&self) -> String {
        self.values.iter().map(|value| value.0.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// Our word after folding.
    pub fn folded<'b>(&self, ours: &'b str, arena: &'b Bump) -> &'b str {
        match self.fold.iter().find(|fold| fold.0 == ours) {
            Some(fold) => arena.alloc_str(&fold.1),
            None => ours,
        }
    }

    /// The text of a single value as it stands in the document; `None` where nothing stands there.
    /// Lists and tables are spelled by whoever writes their nodes.
    pub fn text<'v>(&'v self, value: &Value<'v>) -> Option<Cow<'v, str>> {
        let text: Cow<'v, str> = match *value {
            Value::Unsaid | Value::Table(_) => return None,
            Value::Empty => return self.empty.as_deref().map(Cow::Borrowed),
            Value::Bad(text) => Cow::Borrowed(text),
            Value::Text(text) if self.kind == Kind::Choice => Cow::Borrowed(self.word(text).unwrap_or(text)),
            Value::Text(text) if self.before.is_some() => {
                Cow::Owned(format!("{}{text}", self.before.as_deref().unwrap_or("")))
            }
            Value::Text(text) if self.format.is_some() => self.moment_text(text),
            Value::Text(text) => Cow::Borrowed(text),
            Value::Flag(flag) => Cow::Borrowed(self.flag_word(flag)?),
            Value::Number(number) => Cow::Owned(self.number_text(number)),
            Value::List(items) => self.joined_text(items),
        };
        if self.default.is_some() && self.is_default(value, &text) {
            return None;
        }
        Some(text)
    }

    /// Whether a document says a value by saying nothing.
    pub fn goes_without_saying(&self, value: &Value<'_>) -> bool {
        self.is_default(value, "")
    }

    /// Whether a value is the default, which is not written.
    fn is_default(&self, value: &Value<'_>, spelled: &str) -> bool {
        let Some(default) = &self.default else { return false };
        match value {
            Value::Text(ours) => ours == default,
            Value::Flag(flag) => flag_name(*flag) == default,
            Value::Number(number) => Decimal::from_str_exact(default).is_ok_and(|amount| amount == number.amount),
            _ => spelled == default,
        }
    }

    fn flag_word(&self, flag: bool) -> Option<&str> {
        if self.values.is_empty() {
            return Some(if flag { "true" } else { "false" });
        }
        self.values.iter().find(|value| value.0 == flag_name(flag)).map(|value| value.1.as_str())
    }

    /// Whether two units make two amounts: money is in the offer's currency, unless its own stands beside it.
    pub fn compares_units(&self) -> bool {
        self.kind == Kind::Quantity || self.writes_unit
    }

    /// A list in one text.
    pub fn joined(&self, items: &[&str]) -> String {
        join::joined(items, self.join.as_deref().unwrap_or(", "), self.escape)
    }

    /// The same; one item that nothing has to protect is not copied.
    pub fn joined_text<'i>(&self, items: &[&'i str]) -> Cow<'i, str> {
        match items {
            [only] if self.escape.is_none() => Cow::Borrowed(only),
            _ => Cow::Owned(self.joined(items)),
        }
    }

    /// The same without a separator: items are compared whole, since where they stand decides what joins them.
    pub fn of_whole_items(self) -> Self {
        SpellingPlan { separator: None, ..self }
    }

    /// Whether a list is joined so that it cannot be split again without doubt.
    pub fn joins_with_doubt(&self) -> bool {
        self.separator.is_some() && self.escape.is_none()
    }

    /// Whether the mark between items stands in an item, and nothing protects it.
    pub fn would_split(&self, item: &str) -> bool {
        self.escape.is_none() && self.join.as_deref().is_some_and(|mark| !mark.is_empty() && item.contains(mark))
    }

    /// The mark at which one node is several items, when reading.
    pub fn divide(&self) -> Option<&str> {
        self.divide.as_deref()
    }

    /// Whether an item is one however often the list is joined and split again.
    pub fn is_one_item(&self, item: &str) -> bool {
        self.escape.is_some() || self.separator.as_deref().is_none_or(|mark| !join::holds(item, mark))
    }

    /// Whether anybody who reads the joined list would take an item for one: as before, and where a blank follows
    /// each mark, nobody takes a decimal comma for one.
    pub fn reads_as_one(&self, item: &str) -> bool {
        self.is_one_item(item) || self.separator.as_deref().is_some_and(|mark| self.is_in_numbers(item, mark))
    }

    /// Whether a mark that blanks would follow between items stands in a text only within numbers.
    fn is_in_numbers(&self, text: &str, mark: &str) -> bool {
        self.join.as_deref().is_some_and(|join| join != mark) && join::stands_in_numbers(text, mark)
    }

    /// Whether a text of the document in which no separator stands is a list of that one item.
    pub fn leaves_one_item(&self) -> bool {
        self.separator.is_some() && self.escape.is_none() && self.empty.is_none() && self.default.is_none()
    }

    /// The items of a list as they are compared. A list that is joined without escape cannot be split again
    /// without doubt, so its joined text counts, blanks beside the separators aside.
    pub fn compared_items<'i>(&'i self, items: &'i [&'i str]) -> impl Iterator<Item = &'i str> {
        let separator = self.separator.as_deref().filter(|_| self.escape.is_none());
        items.iter().flat_map(move |item| {
            let (whole, parts) = match separator {
                Some(mark) if join::holds(item, mark) => (None, Some(item.split(mark))),
                _ => (Some(*item), None),
            };
            whole.into_iter().chain(parts.into_iter().flatten()).map(trimmed)
        })
    }

    /// A value of the document back to ours. `text` is unescaped already.
    #[inline]
    pub fn read<'b>(&self, text: &'b str, arena: &'b Bump) -> Value<'b> {
        if matches!(self.kind, Kind::Text | Kind::Html) && self.empty.is_none() {
            return Value::of_text(self.without_before(text));
        }
        self.read_other(text, arena)
    }

    /// Whether a text means what stands there, and nothing there means nothing.
    pub fn reads_as_it_stands(&self) -> bool {
        self.empty.is_none() && self.default.is_none() && self.before.is_none()
    }

    /// A text without what stands before it in the document.
    #[inline]
    pub fn without_before<'t>(&self, text: &'t str) -> &'t str {
        self.before.as_deref().and_then(|before| text.strip_prefix(before)).unwrap_or(text)
    }

    /// Whether a text is how an empty value stands.
    pub fn stands_for_nothing(&self, text: &str) -> bool {
        self.empty.as_deref().is_some_and(|empty| same_empty(empty, text))
    }

    /// Everything but plain text.
    fn read_other<'b>(&self, text: &'b str, arena: &'b Bump) -> Value<'b> {
        if self.stands_for_nothing(text) {
            return Value::Empty;
        }
        let trimmed = trimmed(text);
        match self.kind {
            Kind::Choice => self.read_word(trimmed, arena),
            Kind::Flag => self.read_flag(trimmed),
            _ if trimmed.is_empty() => Value::Empty,
            kind if kind.is_number() => self.read_number(trimmed, arena),
            Kind::List => Value::List(self.split(trimmed, arena)),
            Kind::Url => Value::Text(trimmed),
            Kind::Date | Kind::Time | Kind::Interval => self.read_moment(text, arena),
            _ => Value::Text(self.without_before(text)),
        }
    }

    /// The value that is meant where nothing is written.
    pub fn of_default<'b>(&self, default: &str, arena: &'b Bump) -> Value<'b> {
        match self.kind {
            Kind::Choice | Kind::Text | Kind::Html | Kind::Url => Value::Text(arena.alloc_str(default)),
            Kind::Flag => Value::Flag(default == flag_name(true)),
            _ => self.read(arena.alloc_str(default), arena),
        }
    }

    fn read_word<'b>(&self, text: &'b str, arena: &'b Bump) -> Value<'b> {
        if self.backwards.is_empty() {
            return if text.is_empty() { Value::Empty } else { Value::Text(text) };
        }
        let wanted = loose(text);
        match self.backwards.iter().find(|word| word.0 == wanted) {
            Some(word) => Value::Text(arena.alloc_str(&word.1)),
            None if text.is_empty() => Value::Empty,
            None => Value::Bad(text),
        }
    }

    fn read_flag<'b>(&self, text: &'b str) -> Value<'b> {
        let wanted = loose(text);
        let ours = if self.backwards.is_empty() {
            match wanted.as_ref() {
                "true" => Some("yes"),
                "false" => Some("no"),
                _ => None,
            }
        } else {
            self.backwards.iter().find(|word| word.0 == wanted).map(|word| word.1.as_str())
        };
        match ours {
            Some("yes") => Value::Flag(true),
            Some("no") => Value::Flag(false),
            _ if text.is_empty() => Value::Empty,
            _ => Value::Bad(text),
        }
    }

    fn read_number<'b>(&self, text: &'b str, arena: &'b Bump) -> Value<'b> {
        match amount::read(text, Marks::Seen(DecimalStyle::Point)) {
            Ok(read) => {
                // a bare number is in the unit that the document is written in
                let unit =
                    if read.unit.is_said() { read.unit } else { self.unit.first().copied().unwrap_or(Unit::NONE) };
                Value::of_number(Number { amount: read.value, unit, text }, arena)
            }
            Err(_) if self.unsaid.as_deref().is_some_and(|word| word.eq_ignore_ascii_case(text)) => Value::Unsaid,
            Err(_) => Value::Bad(text),
        }
    }

    /// A joined list back to its items.
    pub fn split<'b>(&self, text: &'b str, arena: &'b Bump) -> &'b [&'b str] {
        match self.separator.as_deref() {
            // where a blank follows each mark, a decimal comma is none
            Some(separator) if self.escape.is_none() && self.is_in_numbers(text, separator) => {
                arena.alloc_slice_copy(&[text])
            }
            Some(separator) if self.escape.is_some() || join::holds(text, separator) => {
                arena.alloc_slice_copy(&join::split(text, separator, self.escape, arena))
            }
            _ => arena.alloc_slice_copy(&[text]),
        }
    }
}

/// Our word for a flag, as `values` and `default` have it.
fn flag_name(flag: bool) -> &'static str {
    if flag { "yes" } else { "no" }
}

/// A word with case, blanks and underscores aside.
fn loose(word: &str) -> Cow<'_, str> {
    let plain = word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    if plain { Cow::Borrowed(word) } else { Cow::Owned(word.trim().to_lowercase().replace(['_', '-'], " ")) }
}

/// Whether a text is how empty stands; a number also in other spellings (`0` as `0.00`).
fn same_empty(empty: &str, text: &str) -> bool {
    let number = |text: &str| Decimal::from_str_exact(text.trim()).ok();
    empty == text || (number(empty).is_some() && number(empty) == number(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn badge() -> SpellingPlan {
        let words = [("yes", "true"), ("no", "false")].map(|(ours, theirs)| (ours.to_owned(), theirs.to_owned()));
        let spelling = Spelling { values: words.to_vec(), default: Some("no".into()), ..Spelling::default() };
        SpellingPlan::new(Kind::Flag, &spelling, &Spelling::default())
    }

    #[test]
    fn the_default_of_a_flag_is_our_word_and_is_not_written() {
        let arena = Bump::new();
        assert_eq!(badge().text(&Value::Flag(true)).as_deref(), Some("true"));
        assert_eq!(badge().text(&Value::Flag(false)), None);
        assert_eq!(badge().of_default("no", &arena), Value::Flag(false));
        assert_eq!(badge().read("false", &arena), Value::Flag(false), "another program may write it");
    }
}
