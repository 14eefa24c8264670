//! `fields:` of the master: which column says which field of an offer. Maps of
//! maps become full names (`stock: {kyiv: …}` is `stock.kyiv`).

mod tables;

use std::ops::Range;

use crate::model::offer::{OFFER_FIELDS, OfferField, Suffix, offer_field};
use crate::model::{Kind, Unit};
use crate::source::{Columns, FieldMapping};
use crate::wire::yaml::{Node, Scalar, Text, nearest};

use super::keys;
use super::language;
use super::load::Reading;

/// All mappings, in the order of the file.
pub(super) fn read(node: &Node, reading: &Reading<'_>) -> Vec<FieldMapping> {
    let mut fields = Fields { reading, list: Vec::new(), names: Vec::new() };
    if let Some(map) = node.open_map("fields", reading.problems) {
        for (name, value) in map.pairs() {
            fields.one(name, value);
        }
    }
    fields.list
}

struct Fields<'a> {
    reading: &'a Reading<'a>,
    list: Vec<FieldMapping>,
    /// Names already mapped, with their place.
    names: Vec<(String, Range<usize>)>,
}

impl Fields<'_> {
    fn one(&mut self, name: &Text, value: &Node) {
        let base = name.text.split_once('.').map_or(name.text.as_str(), |parts| parts.0);
        let known = OFFER_FIELDS.iter().find(|field| field.name == base);
        match (known, &value.value) {
            (Some(field), Scalar::Map(pairs)) if is_map_of_suffixes(field, name, pairs) => {
                for (suffix, value) in pairs {
                    let name = Text { text: format!("{}.{}", name.text, suffix.text), ..suffix.clone() };
                    self.one(&name, value);
                }
            }
            _ => match offer_field(&name.text) {
                Some((field, suffix)) => self.known(field, suffix, name, value),
                None => self.unknown(known, name, value),
            },
        }
    }

    fn known(&mut self, field: &OfferField, suffix: Option<&str>, name: &Text, value: &Node) {
        if let Some(wrong) = suffix.filter(|_| field.suffix == Suffix::Language).and_then(language::problem) {
            let what = format!("`{}` is no language", suffix.unwrap_or_default());
            self.reading.problem(value.problem_at(name.bytes.clone(), "config/value", what, wrong));
            return;
        }
        if let Some((_, first)) = self.names.iter().find(|known| known.0 == name.text) {
            let line = self.line(value, first.start);
            let what = format!("the field `{}` is mapped twice", name.text);
            let label = format!("already in line {line}");
            self.reading.problem(value.problem_at(name.bytes.clone(), "config/equal-keys", what, label));
            return;
        }
        self.names.push((name.text.clone(), name.bytes.clone()));
        match field.name {
            "options" | "attributes" | "tiers" | "shipping" if matches!(value.value, Scalar::Text(_)) => {
                self.rows(name, value);
            }
            "options" => self.options(name, value),
            "attributes" => self.items(name, value, ("an attribute", keys::ATTRIBUTE), Self::attribute),
            "tiers" => self.items(name, value, ("a tier", keys::TIER), Self::tier),
            "shipping" => self.items(name, value, ("what delivery costs", keys::SHIPPING), Self::shipping),
            _ => self.column(field, name, value),
        }
    }

    /// A field that no offer has: the nearest one, and where anything else goes.
    fn unknown(&self, known: Option<&OfferField>, name: &Text, value: &Node) {
        let suffix = name.text.split_once('.').map(|parts| parts.1).filter(|suffix| !suffix.is_empty());
        let base = name.text.split('.').next().unwrap_or("");
        let label = match known.map(|field| field.suffix) {
            None if is_field(value) => "the field stands before the colon, the column behind it".to_owned(),
            Some(Suffix::Required) => format!("write what follows the point: `{base}.NAME`"),
            Some(Suffix::None) => format!("`{base}` has no parts: write `{base}`"),
            Some(_) => format!("write `{base}`, or what follows the point"),
            None => match nearest(base, OFFER_FIELDS.iter().map(|field| field.name)) {
                Some(near) => format!("did you mean `{}`?", with_suffix(near, suffix)),
                None => format!("what no field fits goes to `x.{base}`"),
            },
        };
        let what = format!("an offer has no field `{}`", name.text);
        self.reading.problem(value.problem_at(name.bytes.clone(), "config/unknown-field", what, label));
    }

    /// A table whose rows are objects in the file: the key that they stand under.
    fn rows(&mut self, name: &Text, value: &Node) {
        if let Some(column) = column_name(value, &format!("the column of `{}`", name.text), self.reading) {
            let bytes = value.bytes.clone();
            self.list.push(FieldMapping { field: name.text.clone(), from: Columns::Rows(column), bytes });
        }
    }

    fn column(&mut self, field: &OfferField, name: &Text, value: &Node) {
        let from =
            if matches!(value.value, Scalar::Map(_)) {
                self.long_column(field, name, value)
            } else {
                column_name(value, &format!("the column of `{}`", name.text), self.reading)
                    .map(|column| Columns::Column { column, unit: None, split: None })
            };
        if let Some(from) = from {
            let bytes = place_of_column(value);
            self.list.push(FieldMapping { field: name.text.clone(), from, bytes });
        }
    }

    fn long_column(&self, field: &OfferField, name: &Text, value: &Node) -> Option<Columns> {
        let what = format!("the column of `{}`", name.text);
        let reading = self.reading;
        let map = value.map(&what, keys::COLUMN, reading.problems)?;
        let column =
            reading.required(&map, &what, keys::COLUMN, "column").and_then(|node| column_name(node, &what, reading));
        let unit = match map.get("unit") {
            Some(node) if field.kind == Kind::Quantity => Some(unit(node, self.reading)?),
            Some(node) => {
                let label = match field.kind {
                    Kind::Money => "the currency of amounts is the field `currency`",
                    _ => "units are for weight, length, width and height",
                };
                self.reading.problem(node.problem("config/value", format!("`{}` has no unit", name.text), label));
                return None;
            }
            None => None,
        };
        let split = match map.get("split") {
            Some(node) if field.may_be_split() => Some(separator(node, "split", self.reading)?),
            Some(node) => {
                let (what, label) = (
                    format!("`{}` is no list", name.text),
                    "split is for lists, and for the levels of `category_path`",
                );
                self.reading.problem(node.problem("config/value", what, label));
                return None;
            }
            None => None,
        };
        Some(Columns::Column { column: column?, unit, split })
    }

    fn line(&self, node: &Node, at: usize) -> usize {
        node.problem_at(at..at, "", "", "").line_and_column().0
    }
}

/// Whether a field of an offer stands where its column belongs.
fn is_field(value: &Node) -> bool {
    matches!(&value.value, Scalar::Text(text) if offer_field(&text.text).is_some())
}

/// `stock: {kyiv: …}` and `title: {uk: …}`, but not `pictures: {column: …}`.
fn is_map_of_suffixes(field: &OfferField, name: &Text, pairs: &[(Text, Node)]) -> bool {
    let takes = field.suffix != Suffix::None && !name.text.contains('.');
    // a table's own keys hold texts, even where `column` was forgotten
    let is_inner = |pair: &(Text, Node)| field.kind != Kind::Table || !matches!(pair.1.value, Scalar::Text(_));
    takes && pairs.iter().all(|pair| pair.0.text != "column" && is_inner(pair))
}

fn with_suffix(name: &str, suffix: Option<&str>) -> String {
    match suffix {
        Some(suffix) => format!("{name}.{suffix}"),
        None => name.to_owned(),
    }
}

fn column_name(node: &Node, what: &str, reading: &Reading<'_>) -> Option<String> {
    let name = node.text(what, reading.problems)?;
    if name.trim().is_empty() {
        reading.problem(node.problem("config/value", format!("{what} must have a name"), "this is blank"));
        return None;
    }
    Some(name.to_owned())
}

/// The place of `column:` of the long form, else of the whole value.
fn place_of_column(node: &Node) -> Range<usize> {
    let column = match &node.value {
        Scalar::Map(pairs) => pairs.iter().find(|pair| pair.0.text == "column").map(|pair| &pair.1),
        _ => None,
    };
    column.unwrap_or(node).bytes.clone()
}

fn separator(node: &Node, what: &str, reading: &Reading<'_>) -> Option<String> {
    let text = node.text(what, reading.problems)?;
    if text.is_empty() {
        reading.problem(node.problem("config/value", format!("{what} cannot be empty"), "write what stands between"));
        return None;
    }
    Some(text.to_owned())
}

fn unit(node: &Node, reading: &Reading<'_>) -> Option<Unit> {
    let text = node.text("unit", reading.problems)?;
    let unit = Unit::new(text).filter(|unit| unit.is_of_measure());
    if unit.is_none() {
        let label = "possible: mg, g, kg, t, oz, lb, mm, cm, dm, m, in, ft";
        reading.problem(node.problem("config/value", format!("`{text}` is no unit of weight or length"), label));
    }
    unit
}
