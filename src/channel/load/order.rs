//! The order of writing: a node is opened once, its attributes stand in its start
//! tag, and no two fields stand at one place.

use super::row::Standing;
use crate::channel::description::{Field, Row, Shape};
use crate::channel::path::{Path, Step};
use crate::model::Kind;
use crate::wire::yaml::{Node, Problem, Problems};

/// Refuses two fields at one place, wherever each is written or read.
pub fn check_places(standing: &Standing, fields: &[Field], node: &Node, problems: &Problems) {
    let mut taken: Vec<(&Path, &Field)> = Vec::new();
    for (number, rows) in standing {
        let Some(field) = fields.get(*number) else { continue };
        for row in rows {
            let paths = row.paths();
            for path in paths {
                let other = taken.iter().find(|taken| same(taken.0, path) && taken.1.name != field.name);
                if let Some((_, other)) = other {
                    let what = format!("`{}` and `{}` both stand at {}", other.name, field.name, path.text);
                    let label = "give each a place of its own";
                    problems.add(node.problem_at(row.bytes.clone(), "config/order", what, label));
                }
                taken.push((path, field));
            }
            check_places(&row.at, &field.fields, node, problems);
        }
    }
}

fn same(one: &Path, other: &Path) -> bool {
    one.steps == other.steps && one.attribute == other.attribute
}

/// Puts the attributes of every node first, and refuses rows that would open a node twice.
pub fn arrange(shape: &mut Shape, head: &[Field], fields: &[Field], node: &Node, problems: &Problems) {
    let tell = |row: &Row, step: &Step| {
        let what = format!("`{}` is opened a second time here", step.name);
        let label = format!("put this row beside the others inside of `{}`", step.name);
        problems.add(Problem { label, ..node.problem_at(row.bytes.clone(), "config/order", what, "") });
    };
    arrange_list(&mut shape.head, 0, &tell);
    arrange_list(&mut shape.at, 0, &tell);
    for (standing, fields) in [(&mut shape.head, head), (&mut shape.at, fields)] {
        for (number, rows) in standing {
            let is_table = fields.get(*number).is_some_and(|field| field.kind == Kind::Table);
            rows.iter_mut().filter(|_| is_table).for_each(|row| arrange_list(&mut row.at, 0, &tell));
        }
    }
    check_listings_last(shape, &tell);
}

/// Sorts the rows below one node, `depth` steps down: attributes first, the rest as it stands.
fn arrange_list(standing: &mut [(usize, Vec<Row>)], depth: usize, tell: &impl Fn(&Row, &Step)) {
    standing.sort_by_key(|entry| first_path(entry).is_none_or(|path| !is_attribute_at(path, depth)));
    let mut opened: Vec<Step> = Vec::new();
    let mut at = 0;
    while let Some(entry) = standing.get(at) {
        let Some(step) = first_path(entry).and_then(|path| path.steps.get(depth)).cloned() else {
            at += 1;
            continue;
        };
        let inside =
            |entry: &(usize, Vec<Row>)| first_path(entry).and_then(|path| path.steps.get(depth)) == Some(&step);
        let length = standing.iter().skip(at).take_while(|entry| inside(entry)).count();
        if opened.contains(&step) {
            entry.1.first().into_iter().for_each(|row| tell(row, &step));
        }
        if let Some(group) = standing.get_mut(at..at + length) {
            arrange_list(group, depth + 1, tell);
        }
        opened.push(step);
        at += length.max(1);
    }
}

fn first_path(entry: &(usize, Vec<Row>)) -> Option<&Path> {
    entry.1.first().map(|row| &row.path)
}

fn is_attribute_at(path: &Path, depth: usize) -> bool {
    path.attribute.is_some() && path.steps.len() == depth
}

/// Listings follow after the head: what stands in a node that they open is written just before them.
fn check_listings_last(shape: &Shape, tell: &impl Fn(&Row, &Step)) {
    let way: Vec<&Step> = shape.listings.path.steps.iter().skip(1).collect();
    let shared = |path: &Path| path.steps.iter().zip(&way).take_while(|(one, other)| one == *other).count();
    let mut deepest = 0;
    for (_, rows) in &shape.head {
        for row in rows {
            let with = shared(&row.path);
            // leaving a node on the way to the listings: they would open it again
            if let (true, Some(step)) = (with < deepest && row.path.steps.len() > with, way.get(with)) {
                tell(row, step);
            }
            deepest = deepest.max(with);
        }
    }
}
