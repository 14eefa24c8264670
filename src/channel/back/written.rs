//! Values in JSON: the one notation in which rows of rows and texts of any kind stand, for whoever
//! reads the offers.

use crate::model::text::trimmed;
use crate::model::{Kind, Number, Value, amount};
use crate::wire::json::write;

use super::columns::Column;
use super::form::Form;
use crate::channel::description::FieldNo;

/// A value in JSON, and the currency that it told.
pub(super) struct Written {
    pub(super) json: String,
    pub(super) currency: Option<String>,
}

/// The value of a column; `None` where it says nothing.
pub(super) fn written(column: &Column, value: &Value<'_>, form: &Form) -> Option<Written> {
    let plain = |json: String| Some(Written { json, currency: None });
    match (form, value) {
        (Form::InStock, Value::Flag(true)) => plain(text("in_stock")),
        (Form::InStock, Value::Flag(false)) => plain(text("out_of_stock")),
        (Form::Rows { keys, instead }, Value::Table(rows)) => {
            // a variant stands at one place of each axis: what has several values tells none apart
            let is_axis =
                |row: &&&[Value<'_>]| !row.iter().any(|value| matches!(value, Value::List(values) if values.len() > 1));
            let rows: Vec<&[Value<'_>]> =
                rows.iter().filter(|row| column.name != "options" || is_axis(row)).copied().collect();
            plain(table(keys, instead, &rows)?)
        }
        (Form::Items(number), Value::Table(rows)) => {
            let all: Vec<&str> = rows.iter().filter_map(|row| row.get(*number)?.as_text()).collect();
            plain(items(&Value::List(&all))?)
        }
        (Form::Start, Value::Text(interval)) => plain(text(trimmed(interval.split('/').next()?))),
        (Form::End, Value::Text(interval)) => plain(text(trimmed(interval.split_once('/')?.1))),
        (Form::Path, value) => plain(path(value)?),
        (Form::Level, value) => plain(items(&Value::List(&[value.as_text()?]))?),
        (_, Value::Number(number)) => Some(of_number(column.kind, number)),
        (_, value) => plain(items(value)?),
    }
}

/// A text in its quotes.
fn text(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len() + 2);
    write::text(&mut out, text);
    // it puts marks of ASCII in front of marks of ASCII, so that a text stays one
    String::from_utf8(out).unwrap_or_default()
}

/// A value as it is; of a list, its items.
pub(super) fn items(value: &Value<'_>) -> Option<String> {
    match value {
        Value::Text(said) | Value::Bad(said) => Some(text(said)),
        Value::Flag(flag) => Some(flag.to_string()),
        Value::Number(number) => Some(of_number(Kind::Number, number).json),
        Value::List([]) | Value::Unsaid | Value::Empty | Value::Table(_) => None,
        Value::List(list) => Some(format!("[{}]", list.iter().map(|item| text(item)).collect::<Vec<_>>().join(","))),
    }
}

/// A number; with its unit it is a text, and so it is where the offer's field holds texts.
fn of_number(kind: Kind, number: &Number<'_>) -> Written {
    let digits = amount::spell(number.amount);
    let unit = number.unit;
    let json = match (kind.is_number(), unit.is_said()) {
        (true, false) => digits,
        (_, true) => text(&format!("{digits} {}", unit.as_str())),
        (false, false) => text(&digits),
    };
    let is_currency = kind == Kind::Money && unit.is_said() && !unit.is_of_measure();
    Written { json, currency: is_currency.then(|| text(unit.as_str())) }
}

/// The levels of a category's path. A channel may have several places for one listing: the first counts.
fn path(value: &Value<'_>) -> Option<String> {
    let path = match value {
        Value::List(list) => list.first().copied()?,
        other => other.as_text()?,
    };
    let levels: Vec<&str> = path.split('>').map(trimmed).filter(|level| !level.is_empty()).collect();
    items(&Value::List(&levels))
}

/// Rows as objects; those that only stand in for others are none.
fn table(keys: &[(FieldNo, String)], instead: &[Vec<(FieldNo, String)>], rows: &[&[Value<'_>]]) -> Option<String> {
    let stands_in = |(row, cells): (&&[Value<'_>], &Vec<(FieldNo, String)>)| {
        cells.iter().all(|(number, cell)| row.get(*number).and_then(Value::as_text) == Some(cell.as_str()))
    };
    if !instead.is_empty() && rows.len() == instead.len() && rows.iter().zip(instead).all(stands_in) {
        return None;
    }
    let rows: Vec<String> = rows.iter().map(|row| object(keys, row)).collect();
    (!rows.is_empty()).then(|| format!("[{}]", rows.join(",")))
}

fn object(keys: &[(FieldNo, String)], row: &[Value<'_>]) -> String {
    let mut said: Vec<(&str, String)> = Vec::new();
    for (number, key) in keys {
        let json = row.get(*number).filter(|value| value.is_there()).and_then(items);
        if let Some(json) = json.filter(|_| said.iter().all(|known| known.0 != key)) {
            said.push((key, json));
        }
    }
    // a name that is said once holds in every language in which there is a value
    let name = said.iter().find(|(key, _)| key.starts_with("name")).map(|name| name.1.clone());
    let languages: Vec<String> = said
        .iter()
        .filter_map(|(key, _)| key.strip_prefix("value."))
        .map(|language| format!("name.{language}"))
        .filter(|key| said.iter().all(|known| known.0 != key))
        .collect();
    let names = languages.iter().zip(std::iter::repeat(name)).filter_map(|(key, name)| Some((key.as_str(), name?)));
    let all: Vec<(&str, String)> = said.iter().map(|(key, json)| (*key, json.clone())).chain(names).collect();
    let pairs: Vec<String> = all.iter().map(|(key, json)| format!("{}:{json}", text(key))).collect();
    format!("{{{}}}", pairs.join(","))
}
