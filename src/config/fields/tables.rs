//! Tables of an offer in `fields:`: attributes, options, prices from a quantity on, what delivery costs.

use rust_decimal::Decimal;

use crate::model::offer::SHIPPING_ROW;
use crate::source::{Columns, FieldMapping};
use crate::wire::yaml::{Key, Map, Node, Scalar, Text, nearest};

use super::super::amount;
use super::super::keys;
use super::{Fields, column_name, place_of_column, separator};

impl Fields<'_> {
    pub(super) fn options(&mut self, name: &Text, value: &Node) {
        let Some(map) = value.open_map("options", self.reading.problems) else { return };
        let read = |(axis, node): &(Text, Node)| {
            let what = format!("the column of the axis «{}»", axis.text);
            Some((axis.text.clone(), column_name(node, &what, self.reading)?))
        };
        let axes: Vec<(String, String)> = map.pairs().iter().filter_map(read).collect();
        self.list.push(FieldMapping {
            field: name.text.clone(),
            from: Columns::Options(axes),
            bytes: name.bytes.clone(),
        });
    }

    /// The sources of a table's rows, one or several; each is read by `read` as what `(what, keys)` say.
    pub(super) fn items(
        &mut self,
        name: &Text,
        value: &Node,
        (what, keys): (&str, &[Key]),
        read: impl Fn(&Self, &Map<'_>) -> Option<Columns>,
    ) {
        for item in value.one_or_list() {
            if matches!(item.value, Scalar::Text(_)) {
                self.rows(name, item);
                continue;
            }
            let Some(map) = item.map(what, keys, self.reading.problems) else { continue };
            if let Some(from) = read(self, &map) {
                self.list.push(FieldMapping { field: name.text.clone(), from, bytes: place_of_column(item) });
            }
        }
    }

    /// A column of pairs where `pair` is said, else the column of one attribute.
    pub(super) fn attribute(&self, map: &Map<'_>) -> Option<Columns> {
        let column = self.column_of(map, "an attribute", keys::ATTRIBUTE)?;
        if map.get("pair").is_some() {
            self.without(
                map,
                &["name", "unit", "section"],
                ("pairs", "the names stand in its cells: remove this, or `pair`"),
            )?;
            return self.pairs(map, column, keys::ATTRIBUTE);
        }
        let Some(name) = map.get("name") else {
            return self.missing(
                map,
                keys::ATTRIBUTE,
                "an attribute needs `name`, or `split` and `pair` for a column of pairs",
            );
        };
        let name = name.text("name", self.reading.problems)?.to_owned();
        let split = match map.get("split") {
            Some(node) => Some(separator(node, "split", self.reading)?),
            None => None,
        };
        let (unit, section) = (self.text(map, "unit")?, self.text(map, "section")?);
        Some(Columns::Attribute { name, column, unit, section, split })
    }

    /// A column of pairs where `pair` is said, else the column of one price.
    pub(super) fn tier(&self, map: &Map<'_>) -> Option<Columns> {
        let column = self.column_of(map, "a tier", keys::TIER)?;
        if map.get("pair").is_some() {
            self.without(map, &["quantity"], ("pairs", "the quantities stand in its cells: remove this, or `pair`"))?;
            return self.pairs(map, column, keys::TIER);
        }
        let Some(node) = map.get("quantity") else {
            return self.missing(
                map,
                keys::TIER,
                "a tier needs `quantity`, or `split` and `pair` for a column of pairs",
            );
        };
        self.without(map, &["split"], ("one price", "remove this, or add `pair`"))?;
        let quantity = amount::text(node).and_then(amount::decimal).filter(|quantity| *quantity > Decimal::ZERO);
        if quantity.is_none() {
            let label = "write it like 10 or 2.5";
            self.reading.problem(node.problem("config/value", "`quantity` must be a number above zero", label));
        }
        Some(Columns::Tier { quantity: quantity?, column })
    }

    /// A column of rows where `parts` is said, else the column of one price.
    pub(super) fn shipping(&self, map: &Map<'_>) -> Option<Columns> {
        let what = "what delivery costs";
        let column = self.column_of(map, what, keys::SHIPPING)?;
        if let Some(node) = map.get("parts") {
            let label = "it stands in its cells: remove this, or `parts`";
            self.without(map, &["country", "region", "service"], ("parts", label))?;
            let split = self.reading.required(map, "a column of parts", keys::SHIPPING, "split")?;
            let (split, parts) = (separator(split, "split", self.reading)?, self.parts(node)?);
            return Some(Columns::Parts { column, split, parts });
        }
        if map.get("country").is_none() {
            return self.missing(map, keys::SHIPPING, "what delivery costs needs `country`, or `split` and `parts`");
        }
        self.without(map, &["split"], ("one price", "remove this, or add `parts`"))?;
        let country = self.text(map, "country")??;
        let (region, service) = (self.text(map, "region")?, self.text(map, "service")?);
        Some(Columns::Shipping { country, region, service, column })
    }

    /// The fields of a row in the order of the cell: `country:service:price`.
    fn parts(&self, node: &Node) -> Option<Vec<String>> {
        let problem = |what: String, label: String| {
            self.reading.problem(node.problem("config/value", what, label));
            None
        };
        let parts: Vec<&str> = node.text("parts", self.reading.problems)?.split(':').map(str::trim).collect();
        let names = || SHIPPING_ROW.iter().map(|field| field.name);
        for (number, part) in parts.iter().enumerate() {
            if !names().any(|name| name == *part) {
                let label = match nearest(part, names()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("possible: {}", names().collect::<Vec<_>>().join(", ")),
                };
                return problem(format!("delivery has no part `{part}`"), label);
            }
            if parts.iter().take(number).any(|earlier| earlier == part) {
                return problem(format!("`parts` names `{part}` twice"), "remove one of the two".to_owned());
            }
        }
        if !parts.contains(&"price") {
            return problem("`parts` has no `price`".to_owned(), "add it: `country:service:price`".to_owned());
        }
        Some(parts.into_iter().map(str::to_owned).collect())
    }

    fn pairs(&self, map: &Map<'_>, column: String, keys: &[Key]) -> Option<Columns> {
        let reading = self.reading;
        let split = separator(reading.required(map, "a column of pairs", keys, "split")?, "split", reading)?;
        Some(Columns::Pairs { column, split, pair: separator(map.get("pair")?, "pair", reading)? })
    }

    fn column_of(&self, map: &Map<'_>, what: &str, keys: &[Key]) -> Option<String> {
        let column = self.reading.required(map, what, keys, "column")?;
        column_name(column, &format!("the column of {what}"), self.reading)
    }

    /// The text of a key that may be missing; `None` where it is no text.
    fn text(&self, map: &Map<'_>, key: &str) -> Option<Option<String>> {
        match map.get(key) {
            Some(node) => node.text(key, self.reading.problems).map(|text| Some(text.to_owned())),
            None => Some(None),
        }
    }

    /// Refuses keys that have no meaning in this kind of column.
    fn without(&self, map: &Map<'_>, keys: &[&str], (kind, label): (&str, &str)) -> Option<()> {
        let Some(said) = keys.iter().find_map(|key| map.key_text(key)) else { return Some(()) };
        let what = format!("a column of {kind} has no `{}`", said.text);
        self.reading.problem(map.node.problem_at(said.bytes.clone(), "config/value", what, label));
        None
    }

    /// Says that a key is missing, unless a slip of its name was said already.
    fn missing(&self, map: &Map<'_>, keys: &[Key], what: &str) -> Option<Columns> {
        let is_known = |(name, _): &(Text, Node)| keys.iter().any(|key| key.name == name.text);
        if map.pairs().iter().all(is_known) {
            self.reading.problem(map.node.problem("config/missing-key", what, ""));
        }
        None
    }
}
