//! What a document does not say differs from nothing.

use super::{publish, rows, shop};
use crate::world::{Asked, changes_in_words, fields};

/// A channel whose export leaves out what it likes.
const SPARSE: &str = r#"
id: sparse
title: Sparse
checked: {on: 2026-11-21, at: [nowhere]}
fields:
  id: {from: sku, need: required, unique: true}
  price: {from: price, kind: money}
  old: {from: old_price, kind: money}
  stock: {from: quantity, kind: count}
  name: title.uk
  picture: {from: pictures, kind: list}
  param: {from: attributes, key: name, fields: {name: {from: name, need: required}, value: {from: value, kind: list, join: "; "}}}
shapes:
  feed:
    wire: xml
    missing: unsaid
    listings: a/b
    at: {id: "@id", price: price, old: old, stock: stock, name: name, picture: picture, param: {path: param, at: {name: "@name", value: .}}}
"#;

#[test]
fn a_node_that_is_not_there_says_nothing_where_the_shape_has_it_so() {
    let world = shop("  sparse: {use: ./sparse.yaml, feed: out/sparse.xml, export: now/sparse.xml}", &rows());
    world.write("sparse.yaml", SPARSE);
    publish(&world);
    let whole = world.text("now/sparse.xml");
    let without = |node: &str| -> String {
        whole.lines().filter(|line| !line.contains(&format!("<{node}"))).map(|line| format!("{line}\n")).collect()
    };
    for node in ["price", "stock", "name", "picture", "param"] {
        let sparse = without(node);
        assert!(sparse.len() < whole.len() - 50, "{node}");
        world.write("now/sparse.xml", &sparse);
        let outcome = world.run(&Asked::DIFF);
        let found = &outcome.channels[0];
        assert_eq!((found.counts.same, found.changes.len()), (8, 0), "{node}: {}", changes_in_words(found));
        // what it does say is compared all the same
        let other = if node == "price" { ("<stock>5", "<stock>6", "stock") } else { ("1299.50", "1", "price") };
        world.write("now/sparse.xml", sparse.replacen(other.0, other.1, 1));
        let outcome = world.run(&Asked::DIFF);
        let found = &outcome.channels[0];
        assert_eq!(found.changes.len(), 1, "{node}: {}", changes_in_words(found));
        assert_eq!(fields(found.changes.first().unwrap()), [other.2], "{node}");
    }
}
