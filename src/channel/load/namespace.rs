//! Prefixes of names and the addresses that they stand for: a document may use other
//! prefixes, the addresses count.

use super::Context;
use crate::channel::description::{FieldNo, Row, Shape};
use crate::channel::path::Path;
use crate::model::suggestion;
use crate::wire::yaml::{Map, Node, Problems};

/// Reads `namespaces` into a shape; gives the prefix of fields that give no path.
pub fn load(map: &Map<'_>, shape: &mut Shape, context: &Context<'_>) -> String {
    if let Some(node) = map.get("namespaces") {
        shape.namespaces = namespaces(node, context);
    }
    // a table has a prefix of another sort
    let Some(node) = map.get("prefix").filter(|_| shape.wire.table().is_none()) else { return String::new() };
    let prefix = node.text("`prefix`", context.problems).unwrap_or_default();
    let known = prefix.strip_suffix(':').is_some_and(|prefix| is_declared(shape, prefix));
    if !known {
        let what = format!("the prefix `{prefix}` stands for nothing");
        let label = "give it an address in `namespaces`, and end it with a colon: \"g:\"";
        context.problems.add(node.problem("config/value", what, label));
    }
    prefix.to_owned()
}

fn namespaces(node: &Node, context: &Context<'_>) -> Vec<(String, Vec<String>)> {
    let Some(map) = node.open_map("`namespaces`", context.problems) else { return Vec::new() };
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    for (prefix, addresses) in map.pairs() {
        let texts = addresses.one_or_list().iter();
        let addresses: Vec<String> = texts
            .filter_map(|node| Some((node, node.text("an address", context.problems)?)))
            .filter_map(|(node, text)| {
                let is_known = found.iter().any(|other| other.1.iter().any(|address| address == text));
                if text.is_empty() || text.contains("{{") || is_known {
                    let what = format!("`{text}` is no address of a namespace of its own");
                    context.problems.add(node.problem("config/value", what, "write the address as documents have it"));
                    return None;
                }
                Some(text.to_owned())
            })
            .collect();
        let is_name = prefix.text.is_empty() || prefix.text.chars().all(|one| one.is_ascii_alphanumeric());
        if !is_name || prefix.text.starts_with("xml") {
            let what = format!("`{}` is no prefix", prefix.text);
            context.problems.add(node.problem_at(
                prefix.bytes.clone(),
                "config/value",
                what,
                "Latin letters and digits",
            ));
        }
        found.push((prefix.text.clone(), addresses));
    }
    found
}

fn is_declared(shape: &Shape, prefix: &str) -> bool {
    shape.namespaces.iter().any(|known| known.0 == prefix)
}

/// Refuses names whose prefix stands for nothing.
pub fn check(shape: &Shape, node: &Node, problems: &Problems) {
    let tell = |path: &Path, row: &Row| {
        let steps = path.steps.iter().map(|step| step.name.as_str());
        let told = path.steps.iter().flat_map(|step| step.told_by.iter().map(|told| told.0.as_str()));
        for name in steps.chain(told).chain(path.attribute.as_deref()) {
            let Some((prefix, _)) = name.split_once(':').filter(|parts| !is_declared(shape, parts.0)) else { continue };
            let label = match shape.namespaces.is_empty() {
                true => format!("give the shape `namespaces: {{{prefix}: its address}}`"),
                false => suggestion(prefix, shape.namespaces.iter().map(|known| known.0.as_str()), "this file"),
            };
            let what = format!("the prefix of `{name}` stands for nothing: it has no address in `namespaces`");
            problems.add(node.problem_at(row.bytes.clone(), "config/path", what, label));
        }
    };
    if shape.wire.table().is_none() {
        each_path(&shape.listings, &tell);
        shape.head.iter().chain(&shape.at).for_each(|entry| each_row(entry, &tell));
    }
}

fn each_row(entry: &(FieldNo, Vec<Row>), tell: &dyn Fn(&Path, &Row)) {
    for row in &entry.1 {
        each_path(row, tell);
        row.at.iter().for_each(|inner| each_row(inner, tell));
    }
}

fn each_path(row: &Row, tell: &dyn Fn(&Path, &Row)) {
    row.paths().for_each(|path| tell(path, row));
}
