//! Values in JSON: the one notation in which rows of rows and texts of any kind stand, for whoever
//! reads the offers.

use bumpalo::Bump;

use crate::model::text::trimmed;
use crate::model::{Kind, Number, Value, amount};
use crate::wire::json::{Json, JsonValue, value, write};

use super::columns::Column;
use super::form::Form;
use crate::channel::description::{BETWEEN_PARTS, FieldNo};
use crate::channel::rows_in_text::as_part;

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
        (Form::Text(parts), Value::Table(rows)) => {
            let rows: Vec<String> = rows.iter().map(|row| row_in_text(parts, row)).collect();
            plain(items(&Value::List(&rows.iter().map(String::as_str).collect::<Vec<_>>()))?)
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

/// A text as it stands between quotes.
pub(super) fn inside_of_text(said: &str) -> String {
    let quoted = text(said);
    quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or_default().to_owned()
}

/// The items of a list that was written, each as JSON.
pub(super) fn items_of(json: &str) -> Vec<String> {
    let arena = Bump::new();
    let Ok((value, _)) = value(json, 0, &arena) else { return Vec::new() };
    match value.value {
        JsonValue::List(values) => values.iter().filter_map(Json::text).map(text).collect(),
        _ => value.text().map(text).into_iter().collect(),
    }
}

/// The rows of a table that was written, each with its name, as JSON.
pub(super) fn rows_of(json: &str) -> Vec<(String, String)> {
    let arena = Bump::new();
    let Ok((table, _)) = value(json, 0, &arena) else { return Vec::new() };
    let rows = table.list().unwrap_or_default();
    // a comma, or what closes the table, stands behind each
    let ends = rows.iter().skip(1).map(|row| row.offset).chain([json.len()]);
    let row = |(row, end): (&Json<'_>, usize)| {
        let mut members = row.members()?.iter().filter(|member| member.name.starts_with("name"));
        let text = json.get(row.offset..end.saturating_sub(1))?;
        Some((trimmed(members.next()?.value.text()?).to_owned(), text.to_owned()))
    };
    rows.iter().zip(ends).filter_map(row).collect()
}

/// Items that are JSON already, as a list; `None` where there are none.
pub(super) fn list_of(items: &[String]) -> Option<String> {
    (!items.is_empty()).then(|| format!("[{}]", items.join(",")))
}

/// A text in its quotes.
pub(super) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    write::text(&mut out, text);
    out
}

/// A value as it is; of a list, its items.
pub(super) fn items(value: &Value<'_>) -> Option<String> {
    let mut out = String::with_capacity(room(value));
    put_items(&mut out, value).then_some(out)
}

/// About how much a value takes, escaped signs aside.
fn room(value: &Value<'_>) -> usize {
    match value {
        Value::Text(said) | Value::Bad(said) => said.len() + 2,
        Value::List(list) => list.iter().map(|item| item.len() + 3).sum::<usize>() + 1,
        _ => 0,
    }
}

/// The same behind what stands there; `false`, and nothing, where it says nothing.
fn put_items(out: &mut String, value: &Value<'_>) -> bool {
    match value {
        Value::Text(said) | Value::Bad(said) => write::text(out, said),
        Value::Flag(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Value::Number(number) => out.push_str(&of_number(Kind::Number, number).json),
        Value::List([]) | Value::Unsaid | Value::Empty | Value::Table(_) => return false,
        Value::List(list) => {
            for (number, item) in list.iter().enumerate() {
                out.push(if number > 0 { ',' } else { '[' });
                write::text(out, item);
            }
            out.push(']');
        }
    }
    true
}

/// A row as it stands in a text.
fn row_in_text(parts: &[Option<FieldNo>], row: &[Value<'_>]) -> String {
    let part = |number: &Option<FieldNo>| match number.and_then(|number| row.get(number)) {
        Some(Value::Text(said) | Value::Bad(said)) => as_part(trimmed(said)).into_owned(),
        Some(Value::List(list)) => as_part(&list.join(", ")).into_owned(),
        Some(Value::Flag(flag)) => if *flag { "yes" } else { "no" }.to_owned(),
        Some(Value::Number(number)) if number.unit.is_said() => {
            format!("{} {}", amount::spell(number.amount), number.unit.as_str())
        }
        Some(Value::Number(number)) => amount::spell(number.amount),
        Some(Value::Unsaid | Value::Empty | Value::Table(_)) | None => String::new(),
    };
    parts.iter().map(part).collect::<Vec<_>>().join(BETWEEN_PARTS)
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

/// The places of a listing in a tree, without those in which another one lies.
pub(super) fn places<'v>(value: &Value<'v>) -> Vec<&'v str> {
    match value {
        Value::List(list) => {
            let is_within = |path: &&str, other: &&str| {
                trimmed(other).strip_prefix(trimmed(path)).is_some_and(|rest| trimmed(rest).starts_with('>'))
            };
            let is_deepest = |path: &&&'v str| !list.iter().any(|other| is_within(path, other));
            list.iter().filter(is_deepest).copied().collect()
        }
        other => other.as_text().into_iter().collect(),
    }
}

/// The levels of a category's path. A channel may have several places for one listing: the first counts.
fn path(value: &Value<'_>) -> Option<String> {
    let path = places(value).first().copied()?;
    // a name may hold the mark itself: what is written with blanks around it is parted nowhere else
    let mark = if path.contains(" > ") { " > " } else { ">" };
    let is_blank = |path: &str| trimmed(path).is_empty();
    let levels: Vec<&str> = match path.split_once(mark) {
        Some((first, rest)) if !is_blank(first) && !is_blank(rest) => path.split(mark).map(trimmed).collect(),
        _ => vec![trimmed(path)],
    };
    let levels: Vec<&str> = levels.into_iter().filter(|level| !level.is_empty()).collect();
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
    let of_row =
        |row: &&[Value<'_>]| keys.iter().filter_map(|key| Some(room(row.get(key.0)?) + key.1.len() + 4)).sum::<usize>();
    let mut out = String::with_capacity(rows.iter().map(|row| of_row(row) + 3).sum::<usize>() + 1);
    for row in rows {
        out.push(if out.is_empty() { '[' } else { ',' });
        put_object(&mut out, keys, row);
    }
    out.push(']');
    (!rows.is_empty()).then_some(out)
}

/// Adds a row as an object.
fn put_object(out: &mut String, keys: &[(FieldNo, String)], row: &[Value<'_>]) {
    out.push('{');
    let start = out.len();
    let mut said: Vec<&str> = Vec::with_capacity(keys.len());
    let mut name = None;
    for (number, key) in keys {
        let value = row.get(*number).filter(|value| value.is_there());
        let Some(value) = value.filter(|_| !said.contains(&key.as_str())) else { continue };
        let before = out.len();
        out.push_str(if before > start { "," } else { "" });
        write::text(out, key);
        out.push(':');
        let at = out.len();
        if !put_items(out, value) {
            out.truncate(before);
            continue;
        }
        if name.is_none() && key.starts_with("name") {
            name = Some(at..out.len());
        }
        said.push(key);
    }
    // a name that is said once holds in every language in which there is a value
    if let Some(name) = name.and_then(|place| out.get(place)).map(str::to_owned) {
        for language in said.iter().filter_map(|key| key.strip_prefix("value.")) {
            if said.iter().all(|key| key.strip_prefix("name.") != Some(language)) {
                out.push(',');
                write::text(out, &format!("name.{language}"));
                out.extend([":", &name]);
            }
        }
    }
    out.push('}');
}
