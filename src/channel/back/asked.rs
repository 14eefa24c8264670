//! Single params of an export as columns of their own, which a config can name beside `as`: `attributes['Розмір']` is
//! the value of the attribute that is called so.

use std::collections::BTreeSet;

use bumpalo::Bump;

use crate::model::text::trimmed;
use crate::wire::json::{Json, JsonValue, value};

use super::offers::Said;
use super::written::{inside_of_text, list_of, text};

/// Tables whose rows have a name and a value.
const TABLES: [&str; 2] = ["attributes", "options"];

/// One such param.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Param {
    /// How the config writes it.
    pub column: String,
    /// The table of an offer in whose rows it is.
    pub table: &'static str,
    /// What it is called there.
    pub name: String,
}

impl Param {
    /// What a config writes, where it is of this form: `attributes['NAME']`, the quotes may be missing. A form that does
    /// not end is an error.
    pub fn of(column: &str) -> Option<Result<Param, &'static str>> {
        let (table, rest) =
            TABLES.iter().find_map(|table| Some((*table, trimmed(column).strip_prefix(table)?.strip_prefix('[')?)))?;
        let Some(inside) = rest.strip_suffix(']').map(trimmed) else { return Some(Err(table)) };
        let unquoted = ['\'', '"'].iter().find_map(|mark| inside.strip_prefix(*mark)?.strip_suffix(*mark));
        let name = trimmed(unquoted.unwrap_or(inside)).to_owned();
        Some(if name.is_empty() { Err(table) } else { Ok(Param { column: trimmed(column).to_owned(), table, name }) })
    }
}

impl Said<'_> {
    /// Says each of these params under its column. All names that the tables hold go to `seen`, with their table.
    pub fn ask(&mut self, params: &[Param], seen: &mut BTreeSet<(&'static str, String)>) {
        for table in TABLES.iter().copied().filter(|table| params.iter().any(|param| param.table == *table)) {
            let Some(json) = self.get(table).map(str::to_owned) else { continue };
            let arena = Bump::new();
            let Ok((rows, _)) = value(&json, 0, &arena) else { continue };
            let rows = rows.list().unwrap_or_default();
            for name in rows.iter().flat_map(names).map(|(_, name)| name) {
                if !seen.contains(&(table, name.to_owned())) {
                    seen.insert((table, name.to_owned()));
                }
            }
            for param in params.iter().filter(|param| param.table == table) {
                let items: Vec<String> = rows.iter().flat_map(|row| values(row, &param.name)).collect();
                let json = if items.len() < 2 { items.into_iter().next() } else { list_of(&items) };
                if let Some(json) = json {
                    self.put(inside_of_text(&param.column), json);
                }
            }
        }
    }
}

/// What a row is called, each with what stands behind `name` in the key: a language, or nothing.
fn names<'b>(row: &Json<'b>) -> impl Iterator<Item = (&'b str, &'b str)> {
    let members = row.members().unwrap_or_default().iter();
    members.filter_map(|member| Some((member.name.strip_prefix("name")?, trimmed(member.value.text()?))))
}

/// The values of a row of this name, as JSON: in the language in which the name is, else in the first.
fn values(row: &Json<'_>, name: &str) -> Vec<String> {
    let Some((language, _)) = names(row).find(|said| said.1 == name) else { return Vec::new() };
    let mut members = row.members().unwrap_or_default().iter().filter(|member| member.name.starts_with("value"));
    let first = members.clone().next();
    let Some(member) = members.find(|member| member.name.strip_prefix("value") == Some(language)).or(first) else {
        return Vec::new();
    };
    let unit = row.member("unit").and_then(|unit| unit.text()).map(trimmed).unwrap_or_default();
    let one = |value: &Json<'_>| match value.value {
        JsonValue::Text(said) | JsonValue::Number(said) => Some(text(trimmed(&format!("{said} {unit}")))),
        _ => None,
    };
    match member.value.list() {
        Some(items) => items.iter().filter_map(one).collect(),
        None => one(&member.value).into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn param(column: &str) -> Param {
        Param::of(column).unwrap().unwrap()
    }

    #[test]
    fn a_param_is_written_with_its_table() {
        for column in ["attributes['Розмір']", "attributes[\"Розмір\"]", "attributes[Розмір]", " attributes[ Розмір ]"]
        {
            let found = param(column);
            assert_eq!((found.table, found.name.as_str()), ("attributes", "Розмір"), "{column}");
        }
        assert_eq!(param("options['Об'єм']").name, "Об'єм");
        assert_eq!(Param::of("attributes['Розмір'"), Some(Err("attributes")));
        assert_eq!(Param::of("options[]"), Some(Err("options")));
        assert_eq!(Param::of("color"), None);
    }

    #[test]
    fn its_value_is_that_of_the_row_which_is_called_so() {
        let rows = r#"[{"name.uk":"Вага","value.uk":2,"unit":"кг"},{"name.uk":"Колір","value.uk":["a","b"]},
            {"name.uk":"Матеріал","value.uk":"x"},{"name.uk":"Матеріал","value.uk":"y"},{"name":"Роз\"мір","value":"M"}]"#;
        let columns = [
            "attributes['Вага']",
            "attributes[Колір]",
            "attributes[Матеріал]",
            "attributes['Роз\"мір']",
            "attributes[Сезон]",
        ];
        let mut said = Said::default();
        said.put("attributes".to_owned(), rows.to_owned());
        let mut seen = BTreeSet::new();
        said.ask(&columns.map(param), &mut seen);
        let of = |column: &str| said.get(&inside_of_text(column));
        let expected = [Some(r#""2 кг""#), Some(r#"["a","b"]"#), Some(r#"["x","y"]"#), Some(r#""M""#), None];
        assert_eq!(columns.map(of), expected);
        let names: Vec<&str> = seen.iter().map(|seen| seen.1.as_str()).collect();
        assert_eq!(names, ["Вага", "Колір", "Матеріал", "Роз\"мір"]);
    }
}
