//! Lists of categories in rules: the one that a value is of, and the categories for which a rule counts.

use std::sync::Arc;

use super::{Context, field};
use crate::channel::description::{Among, Field, Within};
use crate::model::suggestion;
use crate::wire::yaml::{Key, Node, key};

/// The keys of `within`.
pub const WITHIN_KEYS: [Key; 3] = [
    key("field", "the field that says the category"),
    key("among", "the setting that names the list"),
    key("under", "ids or paths of the categories that it lies in"),
];

/// The list that a node names by its setting.
pub fn list(node: &Node, context: &Context<'_>) -> Option<Among> {
    let name = node.text("`among`", context.problems)?;
    let lists = || context.settings.iter().filter_map(|setting| Some((setting.name.as_str(), setting.list.as_ref()?)));
    let Some((_, list)) = lists().find(|list| list.0 == name) else {
        let what = format!("`settings` has no list `{name}`");
        let label = match lists().next() {
            Some(_) => suggestion(name, lists().map(|list| list.0), "this file"),
            None => format!("add the setting: `{name}: {{list: own, about: …}}`"),
        };
        context.problems.add(node.problem("config/unknown-name", what, label));
        return None;
    };
    Some(Among { setting: name.to_owned(), list: Arc::clone(list) })
}

/// The categories of another field for which a rule counts.
pub fn within(node: &Node, fields: &[Field], context: &Context<'_>) -> Option<Within> {
    let problems = context.problems;
    let map = node.map("`within`", &WITHIN_KEYS, problems)?;
    let needed = |name| map.required("`within`", name);
    let (named, among, under) = (needed("field"), needed("among"), needed("under"));
    let (named, among, under) = (field::number(named?, fields, context), list(among?, context)?, under?);
    let mut outer = Vec::new();
    for item in under.one_or_list() {
        let Some(text) = item.text("a category", problems) else { continue };
        if !among.list.is_empty() && !among.list.has(text) {
            let near = among.list.nearest(text).map(|near| format!("the nearest is {}", near.shown()));
            let what = format!("`{}` has no category «{text}»", among.setting);
            problems.add(item.problem("config/unknown-name", what, near.unwrap_or_default()));
        }
        outer.push(text.to_owned());
    }
    Some(Within { field: named?, among, under: outer })
}
