//! Where a description's fields stand in its feed, and where else they may.

use offersync::channel::description::{Field, FieldNo, Row};
use offersync::channel::path::{Path, Step};

use crate::registered::Registered;
use crate::tree::Node;

/// The names from the root to a listing.
pub fn listing_names(channel: &Registered) -> Vec<&str> {
    channel.description.shapes[0].listings.path.steps.iter().map(|step| step.name.as_str()).collect()
}

/// Places at which a field of the listing is read too, each with the one at which it is written.
pub fn aliases(channel: &Registered) -> Vec<(Path, Path)> {
    let rows = channel.description.shapes[0].at.iter().flat_map(|field| &field.1);
    rows.flat_map(|row| row.read.iter().map(|alias| (row.path.clone(), alias.clone()))).collect()
}

/// Places that are not read although they look so, each with the code that says it.
pub fn ignored(channel: &Registered) -> Vec<(Path, String)> {
    let description = &channel.description;
    let code = |number: FieldNo| {
        let name = description.fields[number].name.replace('_', "-");
        format!("{}/{name}-ignored", description.id)
    };
    let rows = description.shapes[0].at.iter().flat_map(|field| field.1.iter().map(move |row| (field.0, row)));
    rows.flat_map(|(number, row)| row.ignored.iter().map(move |path| (path.clone(), code(number)))).collect()
}

/// Changes every amount of a feed, of its listings and of its head.
pub fn amounts(channel: &Registered, tree: &mut Node, change: impl Fn(&str) -> String) {
    let description = &channel.description;
    let shape = &description.shapes[0];
    let names = listing_names(channel);
    in_rows(tree, &description.head, &shape.head, &change);
    let (last, holder) = names[1..].split_last().unwrap();
    for listing in tree.open(holder).children.iter_mut().filter(|child| child.name == *last) {
        in_rows(listing, &description.fields, &shape.at, &change);
    }
}

fn in_rows(node: &mut Node, fields: &[Field], rows: &[(FieldNo, Vec<Row>)], change: &dyn Fn(&str) -> String) {
    for (number, rows) in rows {
        let field = &fields[*number];
        for row in rows {
            for_each_at(node, &row.path.steps, &mut |node| {
                if !field.fields.is_empty() {
                    in_rows(node, &field.fields, &row.at, change);
                } else if field.kind.is_number() {
                    match &row.path.attribute {
                        Some(name) => node
                            .attributes
                            .iter_mut()
                            .filter(|attribute| attribute.0 == *name)
                            .for_each(|attribute| attribute.1 = change(&attribute.1)),
                        None => node.text = change(&node.text),
                    }
                }
            });
        }
    }
}

fn for_each_at(node: &mut Node, steps: &[Step], told: &mut dyn FnMut(&mut Node)) {
    match steps.split_first() {
        None => told(node),
        Some((first, rest)) => {
            let is_it = |child: &&mut Node| {
                child.name == first.name && first.told_by.iter().all(|told| child.attributes.contains(told))
            };
            let children = node.children.iter_mut().filter(is_it);
            children.for_each(|child| for_each_at(child, rest, told));
        }
    }
}
