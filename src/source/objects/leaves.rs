//! An object as columns: values within objects go by their path (`stock.kyiv`), lists of texts
//! are lists, lists of objects are rows.

use std::borrow::Cow;

use hashbrown::HashSet;

use crate::source::{Columns, MasterOptions};
use crate::wire::json::{Json, JsonValue, Member};

/// What stands in one column of an object.
#[derive(Debug, Clone, Copy)]
pub(super) enum Leaf<'n> {
    /// `null`, an empty list, an empty object.
    Nothing,
    /// A text, a number, true or false.
    One(Json<'n>),
    /// Several of these.
    List(&'n [Json<'n>]),
    /// Objects, or one object whose keys are names.
    Rows(Json<'n>),
    /// Anything else: lists within lists, objects beside texts.
    Other(Json<'n>),
}

/// What the config says of objects: which of them are rows, and which of their keys are columns all the same.
#[derive(Debug, Clone, Default)]
pub(super) struct Tables {
    rows: HashSet<String>,
    columns: HashSet<String>,
}

impl Tables {
    /// What the mapping says. Objects called `attributes` and `options` are rows in any case.
    pub(super) fn of(options: &MasterOptions) -> Tables {
        let mut tables = Tables::default();
        tables.rows.extend(["attributes", "options"].map(str::to_owned));
        for mapping in &options.fields {
            let columns = mapping.from.columns().into_iter().map(|column| column.trim().to_owned());
            match &mapping.from {
                Columns::Rows(_) => tables.rows.extend(columns),
                _ => tables.columns.extend(columns),
            }
        }
        tables
    }

    fn is_rows(&self, path: &str) -> bool {
        self.rows.contains(path)
    }
}

/// Takes one column: its path, the value's own place, and what stands there.
pub(super) type Take<'l, 'n, E> = &'l mut dyn FnMut(&str, Json<'n>, Leaf<'n>) -> Result<(), E>;

/// The columns of an object, in the order of its keys.
pub(super) fn leaves<'n, E>(
    members: &'n [Member<'n>],
    tables: &Tables,
    path: &mut String,
    take: Take<'_, 'n, E>,
) -> Result<(), E> {
    for member in members {
        let before = path.len();
        if before > 0 {
            path.push('.');
        }
        path.push_str(member.name.trim());
        value(member.value, tables, path, take)?;
        path.truncate(before);
    }
    Ok(())
}

fn value<'n, E>(value: Json<'n>, tables: &Tables, path: &mut String, take: Take<'_, 'n, E>) -> Result<(), E> {
    match value.value {
        JsonValue::Object([]) => take(path, value, Leaf::Nothing),
        JsonValue::Object(members) if tables.is_rows(path) => {
            take(path, value, Leaf::Rows(value))?;
            let mut named = |path: &str, value: Json<'n>, leaf: Leaf<'n>| match tables.columns.contains(path) {
                true => take(path, value, leaf),
                false => Ok(()),
            };
            leaves(members, tables, path, &mut named)
        }
        JsonValue::Object(members) => leaves(members, tables, path, take),
        JsonValue::List(values) => take(path, value, list(value, values)),
        JsonValue::Null => take(path, value, Leaf::Nothing),
        _ => take(path, value, Leaf::One(value)),
    }
}

fn list<'n>(value: Json<'n>, values: &'n [Json<'n>]) -> Leaf<'n> {
    let is_one = |value: &Json<'_>| !matches!(value.value, JsonValue::List(_) | JsonValue::Object(_));
    let is_object = |value: &Json<'_>| matches!(value.value, JsonValue::Object(_));
    match values {
        [] => Leaf::Nothing,
        values if values.iter().all(is_one) => Leaf::List(values),
        values if values.iter().all(is_object) => Leaf::Rows(value),
        _ => Leaf::Other(value),
    }
}

/// A text of a value that is one: words and numbers as they are written.
pub(super) fn text<'n>(value: &Json<'n>) -> Option<&'n str> {
    match value.value {
        JsonValue::Text(text) | JsonValue::Number(text) => Some(text),
        JsonValue::Flag(true) => Some("true"),
        JsonValue::Flag(false) => Some("false"),
        JsonValue::Null | JsonValue::List(_) | JsonValue::Object(_) => None,
    }
}

/// One row: keys and what stands under them.
pub(super) type RowOf<'n> = Vec<(Cow<'n, str>, Json<'n>)>;

/// The rows of [`Leaf::Rows`]: objects one by one, or the members of one object as `name` and `value`.
pub(super) fn rows<'n>(value: Json<'n>) -> Vec<RowOf<'n>> {
    match value.value {
        JsonValue::List(objects) => objects
            .iter()
            .map(|object| {
                let mut row = Vec::new();
                flatten(object.members().unwrap_or_default(), "", &mut row);
                row
            })
            .collect(),
        JsonValue::Object(members) => members.iter().map(named).collect(),
        _ => Vec::new(),
    }
}

/// `{"Колір": "синій"}`, and `{"Вага": {"value": 5, "unit": "кг"}}`.
fn named<'n>(member: &'n Member<'n>) -> RowOf<'n> {
    let name = Json { value: JsonValue::Text(member.name), ..member.value };
    let mut row = vec![(Cow::Borrowed("name"), name)];
    match member.value.value {
        JsonValue::Object(members) => flatten(members, "", &mut row),
        _ => row.push((Cow::Borrowed("value"), member.value)),
    }
    row
}

fn flatten<'n>(members: &'n [Member<'n>], before: &str, row: &mut RowOf<'n>) {
    for member in members {
        let name = member.name.trim();
        let path = if before.is_empty() { Cow::Borrowed(name) } else { Cow::Owned(format!("{before}.{name}")) };
        match member.value.value {
            JsonValue::Object(inner) => flatten(inner, &path, row),
            _ => row.push((path, member.value)),
        }
    }
}
