//! Which list of a document holds the offers: the only one of objects, or the one that the config names.

use indexmap::IndexMap;

use super::leaves::Tables;
use super::schema::Schema;
use crate::finding::Refusal;
use crate::model::{listed as cut, nearest};
use crate::source::{MasterOptions, Notation};
use crate::wire::input::Input;
use crate::wire::json::JsonValue;

/// What is told of a document that holds no offers.
const NO_CATALOG: &str =
    "a catalog is a list of objects, or an object with such a list in it: {\"products\": [{…}, {…}]}";

/// The path of the list of offers, and what keys they have.
pub(super) fn offers(input: &Input, options: &MasterOptions) -> Result<(String, Schema), Refusal> {
    of_lists(input, options, lists(input, options)?)
}

/// The same, where of several lists the one may be meant whose keys are most often what columns are called; its path
/// is given where it had to be chosen.
pub(super) fn likeliest(
    input: &Input,
    options: &MasterOptions,
    is_name: &dyn Fn(&str) -> bool,
) -> Result<(Option<String>, Schema), Refusal> {
    let lists = lists(input, options)?;
    let known = |schema: &Schema| schema.sample().names.iter().filter(|name| is_name(name)).count();
    let mut counts: Vec<(usize, String)> = lists.iter().map(|(path, schema)| (known(schema), path.clone())).collect();
    counts.sort_unstable();
    let best = match counts.as_slice() {
        [.., (less, _), (most, path)] if most > less && options.items.is_none() => Some(path.clone()),
        _ => None,
    };
    let options = MasterOptions { items: best.clone().or_else(|| options.items.clone()), ..options.clone() };
    Ok((best.filter(|_| of_objects(&lists).count() > 1), of_lists(input, &options, lists)?.1))
}

fn lists(input: &Input, options: &MasterOptions) -> Result<IndexMap<String, Schema>, Refusal> {
    let tables = Tables::of(options);
    let mut lists: IndexMap<String, Schema> = IndexMap::new();
    super::walk(input, options.notation, &mut |path, base, value| {
        let list = match lists.get_mut(path) {
            Some(list) => list,
            None => lists.entry(path.to_owned()).or_default(),
        };
        let at = base + value.offset as u64;
        match value.value {
            JsonValue::Object(members) if list.other.is_none() => list.add(members, &tables, (input, base, at)),
            JsonValue::Object(_) => Ok(()),
            other => {
                list.other.get_or_insert((at, other.kind()));
                Ok(())
            }
        }
    })?;
    input.verify_unchanged()?;
    Ok(lists)
}

fn of_lists(
    input: &Input,
    options: &MasterOptions,
    mut lists: IndexMap<String, Schema>,
) -> Result<(String, Schema), Refusal> {
    let path = match &options.items {
        Some(items) => named(input, items, &lists)?,
        None => only(input, options.notation, &lists)?,
    };
    let schema = lists.swap_remove(&path).unwrap_or_default();
    if let Some((at, kind)) = schema.other {
        let what = format!("{kind} stands where the object of an offer was expected");
        let help = match options.notation {
            Notation::JsonLines => "every line holds one object",
            _ => "every item of the list must be an object, with the SKU and all that belongs to it",
        };
        return Err(input.refusal_at(at, what, help));
    }
    Ok((path, schema))
}

fn named(input: &Input, items: &str, lists: &IndexMap<String, Schema>) -> Result<String, Refusal> {
    let path = items.trim_matches('/');
    if lists.contains_key(path) {
        return Ok(path.to_owned());
    }
    let what = format!("it has no list of objects at «{items}», as `items` says");
    let names: Vec<&str> = of_objects(lists).collect();
    let help = match nearest(path, names.iter().copied()) {
        _ if names.is_empty() => NO_CATALOG.to_owned(),
        Some(near) => format!("did you mean `items: {near}`?"),
        None if names == [""] => "the document itself is the list: leave `items` out".to_owned(),
        None => format!("possible: {}", listed(&names)),
    };
    Err(Refusal::whole(input.shown_as(), what, help))
}

fn only(input: &Input, notation: Notation, lists: &IndexMap<String, Schema>) -> Result<String, Refusal> {
    let names: Vec<&str> = of_objects(lists).collect();
    match names.as_slice() {
        [only] => Ok((*only).to_owned()),
        [] if notation == Notation::JsonLines && lists.is_empty() => {
            Err(Refusal::whole(input.shown_as(), "the file is blank", "export the catalog again"))
        }
        [] => match lists.first() {
            Some((path, Schema { other: Some(_), .. })) if path.is_empty() => Ok(String::new()),
            _ => Err(Refusal::whole(input.shown_as(), "no list of objects stands in it", NO_CATALOG)),
        },
        several => {
            let what = format!("several lists of objects stand in it: {}", listed(several));
            let longest = lists.iter().max_by_key(|list| list.1.objects).map_or("", |list| list.0.as_str());
            let help = format!(
                "say which of them holds the offers with `items` of the master in the config, like `items: {longest}`"
            );
            Err(Refusal::whole(input.shown_as(), what, help))
        }
    }
}

/// The lists that hold objects.
fn of_objects(lists: &IndexMap<String, Schema>) -> impl Iterator<Item = &str> {
    lists.iter().filter(|list| list.1.objects > 0).map(|list| list.0.as_str())
}

fn listed(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("«{name}»")).collect();
    cut(&names, 20, " in the file")
}
