//! What the head of an export says for a master: the tree of categories, and the currency of all
//! amounts where it names one only.

use crate::model::category::{DEEPEST, TreeFault};
use crate::model::text::trimmed;
use crate::model::{Categories, Category, Value};

use super::form::plain_name;
use crate::channel::description::{Description, Field};

/// A category that cannot stand in a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Odd {
    /// What is wrong with it.
    pub what: String,
    /// What to do.
    pub help: &'static str,
}

/// The table of the head that comes from this name, with its rows.
fn table<'d, 'v>(
    description: &'d Description,
    head: &[Value<'v>],
    name: &str,
) -> Option<(&'d Field, &'v [&'v [Value<'v>]])> {
    let (number, field) =
        description.head.iter().enumerate().find(|(_, field)| field.source.as_name() == Some(name))?;
    match head.get(number) {
        Some(Value::Table(rows)) => Some((field, rows)),
        _ => None,
    }
}

/// The currency of all amounts, where the head names one and no other.
pub fn currency(description: &Description, head: &[Value<'_>]) -> Option<String> {
    let (field, rows) = table(description, head, "currencies")?;
    let code = field.fields.iter().position(|inner| plain_name(&inner.source) == Some("code"))?;
    let codes: Vec<&str> = rows.iter().filter_map(|row| row.get(code)?.as_text()).map(trimmed).collect();
    match codes.as_slice() {
        [only] => Some((*only).to_owned()),
        _ => None,
    }
}

/// The tree of categories; `None` where the document has none, or its description does not tell their ids and names.
pub fn categories(description: &Description, head: &[Value<'_>]) -> Result<Option<Categories>, Odd> {
    let Some((field, rows)) = table(description, head, "categories") else { return Ok(None) };
    let place = |names: &[&str]| {
        field.fields.iter().position(|inner| plain_name(&inner.source).is_some_and(|name| names.contains(&name)))
    };
    let (Some(id), parent) = (place(&["id", "category"]), place(&["parent"])) else { return Ok(None) };
    let names: Vec<(usize, &str)> = field.fields.iter().enumerate().filter_map(name_in).collect();
    let mut tree = Categories::default();
    for row in rows {
        let text =
            |number: usize| row.get(number).and_then(Value::as_text).map(trimmed).filter(|text| !text.is_empty());
        let Some(id) = text(id) else {
            return Err(Odd { what: "a category has no id".to_owned(), help: "give it one" });
        };
        let parent = parent.and_then(text).filter(|parent| *parent != "0").map(str::to_owned);
        let names =
            names.iter().filter_map(|(number, language)| Some(((*language).to_owned(), text(*number)?.to_owned())));
        let category = Category { parent, names: names.collect() };
        if tree.by_id.insert(id.to_owned(), category).is_some() {
            let what = format!("the category {id} stands in it twice");
            return Err(Odd { what, help: "give every category an id of its own" });
        }
    }
    sound(&tree)?;
    Ok(Some(tree).filter(|tree| !tree.by_id.is_empty()))
}

/// The language of a sub-field that is a category's name; the empty one is the shop's own.
fn name_in((number, field): (usize, &Field)) -> Option<(usize, &str)> {
    match plain_name(&field.source)? {
        "name" => Some((number, "")),
        name => name.strip_prefix("name.").map(|language| (number, language)),
    }
}

/// Every category has a name, every parent is there, and none lies in itself.
fn sound(tree: &Categories) -> Result<(), Odd> {
    if let Some((id, _)) = tree.by_id.iter().find(|(_, category)| category.names.is_empty()) {
        return Err(Odd { what: format!("the category {id} has no name"), help: "give it one" });
    }
    let Some((id, fault)) = tree.fault() else { return Ok(()) };
    let (what, help) = match fault {
        TreeFault::NoParent(parent) => (
            format!("lies in {parent}, which the document does not have"),
            "add the parent, or take the mention of it away",
        ),
        TreeFault::Ring(_) => ("lies in itself".to_owned(), "correct the parent of one of those that it lies in"),
        TreeFault::TooDeep => (format!("lies deeper than {DEEPEST} levels"), "correct its parent"),
    };
    Err(Odd { what: format!("the category {id} {what}"), help })
}
