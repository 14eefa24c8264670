//! How documents of a channel are spelled.

use super::path::Grammar;
use super::row::{Notation, Standing, load_all, one_path, paths};
use super::{Context, advice, gather, namespace, order, path, table, top};
use crate::channel::description::{Field, FieldNo, Gather, ListingOf, Row, Rule, Shape, Test, Wire};
use crate::channel::path::{Path, Step};
use crate::finding::Severity;
use crate::model::suggestion;
use crate::wire::yaml::{Key, Map, Node, Scalar, Text, key, later};

/// The keys of a shape.
pub const KEYS: [Key; 22] = [
    key("wire", "xml, table, json, or jsonl: JSON in lines"),
    key("like", "another shape's keys and rows; what is given here replaces them"),
    key("without", "fields of the other shape that are not in this one"),
    key("read_only", "never written"),
    key("complete", "false: a listing that is missing here is not missing on the channel"),
    key("detect", "paths that must be there, \"!path\" must not be"),
    key("key", "how listings of this shape are matched"),
    key("missing", "unsaid: a node that is not there says nothing; empty: that there is none"),
    key("listings", "the path from the root to the repeating node"),
    key("head", "where the document's fields stand, in the order of writing"),
    key("at", "where the listing's fields stand, in the order of writing"),
    key("indent", "blanks per level; none for everything in one line"),
    key("prefix", "what stands before the names of fields that give no path: \"g:\""),
    key("namespaces", "prefixes with their addresses; \"\" for names without one"),
    key("loose", "names of columns are alike without case and prefix, and with _, - and blanks alike"),
    key(
        "gather",
        "of what one listing is made: rows of a table with one text in this column; row: one, with numbered columns; or lines: {id, parent, into}",
    ),
    key("strip", "a mark before texts that look like numbers or formulas; taken off when reading"),
    key("separator", "of a table: comma, semicolon, tab or pipe"),
    key("quoting", "of a table: cell, quotes stand around cells; value, around single values of a cell"),
    key("lines", "of a table: what becomes of line ends in a cell: quoted, space or backslash"),
    later("encoding", "feeds are written in UTF-8 for now"),
    later("bytes", "limits on a document's size come later"),
];

/// Further ones.
pub const MORE_KEYS: [Key; 3] = [advice::KEY, gather::ASIDE, later("line_bytes", "limits on a line's size come later")];

/// The keys of `listings`, where it is more than a path.
pub const LISTINGS_KEYS: [Key; 4] = [
    key("path", "the path from the root to the repeating node"),
    key("read", "other places that the channel reads"),
    key("ignored", "places that look alike, but that the channel does not read"),
    key("refused", "places that are read so that the rest can be checked"),
];

/// What the shapes of a channel have in common.
pub struct Common<'c> {
    /// The document's fields.
    pub head: &'c [Field],
    /// The listing's fields.
    pub fields: &'c [Field],
    /// How listings are matched.
    pub key: &'c [Vec<FieldNo>],
    /// For what a listing stands.
    pub listing: ListingOf,
    /// The description that is read.
    pub context: &'c Context<'c>,
}

/// All shapes, in order.
pub fn load(
    map: &Map<'_>,
    head: &[Field],
    fields: &[Field],
    (key, listing): (&[Vec<FieldNo>], ListingOf),
    context: &Context<'_>,
) -> Vec<Shape> {
    let common = Common { head, fields, key, listing, context };
    let Some(node) = map.required("a channel", "shapes") else { return Vec::new() };
    let Some(list) = node.open_map("`shapes`", context.problems) else { return Vec::new() };
    let mut shapes: Vec<Shape> = Vec::new();
    for (name, node) in list.pairs() {
        if let Some(shape) = common.shape(name, node, &shapes) {
            shapes.push(shape);
        }
    }
    match (list.pairs(), shapes.first()) {
        ([], _) => context.problems.add(node.problem("config/missing-key", "a channel needs a shape", "")),
        ([(name, _), ..], Some(first)) if first.read_only && first.name == name.text => {
            let what = format!("the first shape is the one that is written, `{}` is read only", name.text);
            let label = "put the shape that is written first";
            context.problems.add(node.problem_at(name.bytes.clone(), "config/value", what, label));
        }
        _ => {}
    }
    shapes
}

impl Common<'_> {
    fn shape(&self, name: &Text, node: &Node, before: &[Shape]) -> Option<Shape> {
        let problems = self.context.problems;
        let what = format!("the shape `{}`", name.text);
        let map = node.map(&what, &[&KEYS[..], &MORE_KEYS].concat(), problems)?;
        let mut shape = match map.get("like") {
            Some(node) => self.like(node, before)?,
            None => blank(),
        };
        shape.name = name.text.clone();
        self.without(&map, &mut shape);
        shape.advice = map.get(advice::KEY.name).and_then(|node| advice::load(node, self.context));
        let is_own = map.get("like").is_none();
        if is_own {
            map.required(&what, "wire");
            map.required(&what, "at");
        }
        shape.wire = table::wire(&map, shape.wire, self.context);
        if is_own && map.get("wire").is_some_and(|wire| wire.is_word("xml")) {
            map.required(&what, "listings");
        }
        shape.gather = gather::load(&map, &shape, self.context).or(shape.gather);
        shape.strip = gather::strip(&map, &shape, self.context).or(shape.strip);
        shape.aside = gather::aside(&map, &shape, self.context).unwrap_or(shape.aside);
        let prefix = namespace::load(&map, &mut shape, self.context);
        let notation = match shape.wire {
            Wire::Xml => Notation::Nodes(&prefix),
            Wire::Table(_) if shape.gather.is_some() => Notation::SeveralRows,
            Wire::Table(_) => Notation::Columns,
            Wire::Json | Wire::JsonLines => Notation::Members,
        };
        self.keys(&map, notation, &mut shape);
        self.indent(&map, &mut shape);
        replace(&mut shape.head, map.get("head").map(|node| load_all(node, self.head, notation, self.context)));
        replace(&mut shape.at, map.get("at").map(|node| load_all(node, self.fields, notation, self.context)));
        if let (Wire::Table(form), None | Some(Gather::Row)) = (shape.wire, &shape.gather) {
            table::within_cells(&mut shape.at, self.fields, form);
        }
        if let (Wire::Table(form), None) = (shape.wire, &shape.gather) {
            table::check(&shape.at, self.fields, form, node, self.context);
        }
        let of_document = matches!(shape.wire, Wire::Xml | Wire::Json);
        if let Some(listings) =
            map.get("listings").filter(|_| of_document).and_then(|node| self.listings(node, notation))
        {
            shape.listings = listings;
        }
        self.check_wrapped(&map, &shape);
        if shape.gather == Some(Gather::Row) && !shape.read_only {
            gather::check(&shape.at, self.fields, node, self.context);
        }
        self.check_key(&map, name, &shape);
        namespace::check(&shape, node, problems);
        order::check_places(&shape.head, self.head, node, problems);
        order::check_places(&shape.at, self.fields, node, problems);
        if !shape.read_only && shape.wire == Wire::Xml {
            order::arrange(&mut shape, self.head, self.fields, node, problems);
        }
        Some(shape)
    }

    fn like(&self, node: &Node, before: &[Shape]) -> Option<Shape> {
        let name = node.text("`like`", self.context.problems)?;
        let found = before.iter().find(|shape| shape.name == name);
        if found.is_none() {
            let label = suggestion(name, before.iter().map(|shape| shape.name.as_str()), "this file");
            let what = format!("no shape `{name}` stands before this one");
            self.context.problems.add(node.problem("config/unknown-name", what, label));
        }
        found.cloned()
    }

    /// Takes rows away; only those of a shape that this one is like can be.
    fn without(&self, map: &Map<'_>, shape: &mut Shape) {
        let Some(node) = map.get("without") else { return };
        if map.get("like").is_none() {
            let label = "leave the rows out, or add `like`";
            self.context.at_key(map, "without", "`without` takes rows from the shape that `like` names".into(), label);
        }
        for item in node.one_or_list() {
            let Some(name) = item.text("a field's name", self.context.problems) else { continue };
            if !(take(&mut shape.at, self.fields, name) || take(&mut shape.head, self.head, name)) {
                let standing = shape.at.iter().filter_map(|row| self.fields.get(row.0));
                let label = suggestion(name, standing.map(|field| field.name.as_str()), "this file");
                let what = format!("the other shape has no row of `{name}`");
                self.context.problems.add(item.problem("config/unknown-name", what, label));
            }
        }
    }

    fn keys(&self, map: &Map<'_>, notation: Notation<'_>, shape: &mut Shape) {
        let problems = self.context.problems;
        let flag = |name: &str| map.get(name).and_then(|node| node.flag(&format!("`{name}`"), problems));
        shape.read_only = flag("read_only").unwrap_or(shape.read_only);
        shape.complete = flag("complete").unwrap_or(shape.complete);
        let missing = map
            .get("missing")
            .and_then(|node| node.word("meaning of a missing node", [("unsaid", true), ("empty", false)], problems));
        shape.missing_is_unsaid = missing.unwrap_or(shape.missing_is_unsaid);
        if let Some(node) = map.get("key") {
            shape.key = Some(top::alternatives(node, self.fields, self.context));
        }
        if let Some(node) = map.get("detect") {
            shape.detect = node.one_or_list().iter().filter_map(|item| self.detected(item, notation)).collect();
        }
    }

    fn detected(&self, node: &Node, notation: Notation<'_>) -> Option<(bool, Path)> {
        let problems = self.context.problems;
        let text = node.text("a path", problems)?;
        let there = !text.starts_with('!');
        let path = match notation {
            Notation::Nodes(_) => path::load(node, usize::from(!there), Grammar::Nodes, problems)?,
            Notation::Members => path::load(node, usize::from(!there), Grammar::Members, problems)?,
            Notation::Columns | Notation::SeveralRows => Path::of_name(text.trim_start_matches('!').trim()),
        };
        Some((there, path))
    }

    fn indent(&self, map: &Map<'_>, shape: &mut Shape) {
        let Some(node) = map.get("indent") else { return };
        if node.is_word("none") {
            shape.indent = None;
            return;
        }
        match node.parsed::<usize>("`indent`", "a number of blanks, or none", self.context.problems) {
            Some(blanks) if blanks > 8 => {
                let what = format!("{blanks} blanks per level are too many");
                self.context.problems.add(node.problem("config/value", what, "at most 8"));
            }
            blanks => shape.indent = blanks.or(shape.indent),
        }
    }

    fn listings(&self, node: &Node, notation: Notation<'_>) -> Option<Row> {
        let problems = self.context.problems;
        let mut row = Row { bytes: node.bytes.clone(), ..Row::default() };
        let mut place = node;
        if let Scalar::Map(_) = node.value {
            let map = node.map("`listings`", &LISTINGS_KEYS, problems)?;
            place = map.required("`listings`", "path")?;
            row.read = paths(&map, "read", notation, self.context);
            row.ignored = paths(&map, "ignored", notation, self.context);
            row.refused = paths(&map, "refused", notation, self.context);
        }
        row.path = one_path(place, notation, self.context)?;
        // JSON may be nothing but its listings
        let fewest = if notation == Notation::Members { 0 } else { 2 };
        let is_plain = |path: &Path| {
            path.steps.iter().all(|step| Step { repeats: false, ..step.clone() } == Step::of_name(&step.name))
                && path.out == 0
        };
        for path in row
            .paths()
            .filter(|path| path.attribute.is_some() || path.steps.len() < fewest || (fewest == 0 && !is_plain(path)))
        {
            let what = format!("`{}` is no path to the listings", path.text);
            let label = "it leads from the root to a node that repeats: yml_catalog/shop/offers/offer";
            problems.add(place.problem("config/path", what, label));
        }
        Some(row)
    }

    /// Listings that stand each in an element of its own, `edges[]/node`, are found there, and not put there.
    fn check_wrapped(&self, map: &Map<'_>, shape: &Shape) {
        let within = shape.listings.path.steps.split_last().map_or(&[][..], |(_, before)| before);
        if !shape.read_only && shape.wire == Wire::Json && within.iter().any(|step| step.repeats) {
            let what = format!("listings that stand at `{}` are only read for now", shape.listings.path.text);
            self.context.at_key(map, "listings", what, "add `read_only: true`");
        }
    }

    /// A shape that is written holds every field of the key, one that is read those of one alternative.
    fn check_key(&self, map: &Map<'_>, name: &Text, shape: &Shape) {
        let key = shape.key.as_deref().unwrap_or(self.key);
        let stands = |number: &FieldNo| shape.at.iter().any(|row| row.0 == *number);
        let missing = match shape.read_only {
            true if key.iter().any(|alternative| alternative.iter().all(stands)) => None,
            _ => key.iter().flatten().find(|number| !stands(number)),
        };
        if let Some(field) = missing.and_then(|number| self.fields.get(*number)) {
            let what = format!("listings are matched by `{}`, which has no row in `{}`", field.name, name.text);
            let place = map.key_text("key").unwrap_or(name);
            let label = "give it a row, or the shape a `key` of its own";
            self.context.problems.add(map.node.problem_at(place.bytes.clone(), "config/value", what, label));
        }
        if let (false, Some([number])) = (shape.read_only, key.first().map(Vec::as_slice)) {
            self.check_sure(map, name, *number);
        }
    }

    /// The key of listings that are written must be there, and stand once; the SKU does so by itself, where no product
    /// has a listing beside its offers'.
    fn check_sure(&self, map: &Map<'_>, name: &Text, number: FieldNo) {
        let Some(field) = self.fields.get(number) else { return };
        let is_sku = field.source.as_name() == Some("sku") && self.listing != ListingOf::Both;
        let demands = |wanted: fn(&Test) -> bool| {
            let sure = |rule: &&Rule| rule.severity == Severity::Error && rule.when.is_none();
            field.rules.iter().filter(sure).any(|rule| wanted(&rule.test))
        };
        let is_there = demands(|test| matches!(test, Test::Need));
        let is_once = demands(|test| matches!(test, Test::Unique { without: None, .. }));
        let is_sure = is_sku || (is_there && is_once);
        if !is_sure {
            let what = format!("listings are matched by `{}`, which may be missing or stand twice", field.name);
            let label = "give the field `need: required` and `unique: true`";
            let place = map.key_text("key").unwrap_or(name);
            self.context.problems.add(map.node.problem_at(place.bytes.clone(), "config/value", what, label));
        }
    }
}

fn blank() -> Shape {
    Shape {
        name: String::new(),
        wire: Wire::Xml,
        read_only: false,
        advice: None,
        complete: true,
        detect: Vec::new(),
        key: None,
        missing_is_unsaid: false,
        listings: Row::default(),
        head: Vec::new(),
        at: Vec::new(),
        indent: Some(2),
        namespaces: Vec::new(),
        gather: None,
        strip: None,
        aside: Vec::new(),
    }
}

/// Rows given anew replace whole, in their old place; others follow.
fn replace(standing: &mut Standing, given: Option<Standing>) {
    for (number, rows) in given.unwrap_or_default() {
        match standing.iter_mut().find(|known| known.0 == number) {
            Some(known) => known.1 = rows,
            None => standing.push((number, rows)),
        }
    }
}

fn take(standing: &mut Standing, fields: &[Field], name: &str) -> bool {
    let before = standing.len();
    standing.retain(|row| fields.get(row.0).is_none_or(|field| field.name != name));
    standing.len() < before
}
