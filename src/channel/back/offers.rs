//! A listing as one offer, or, where it is a product, as its offers.

use std::borrow::Cow;

use bumpalo::Bump;
use hashbrown::HashSet;

use crate::model::text::trimmed;
use crate::model::{Kind, Value};

use super::columns::Column;
use super::written::{Written, items, items_of, list_of, rows_of, written};
use super::{Back, Rows};

/// What is said of an offer: its fields by name, each as JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said<'p>(Vec<(Cow<'p, str>, String)>);

/// What a listing becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Returned<'p> {
    /// Offers, each by itself.
    Offers(Vec<Said<'p>>),
    /// A product, which is no offer: what its variants do not say, it says for them. Where it names them, with what it
    /// says of each.
    Product(Said<'p>, Vec<Said<'p>>),
}

impl<'p> Said<'p> {
    /// What stands under a name, as JSON.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|said| said.0 == name).map(|said| said.1.as_str())
    }

    /// Takes over what its product says of it: its group, and what tells it apart.
    pub fn named_by(&mut self, group: &str, variant: &Said<'p>) {
        if self.get("group").is_none() {
            self.0.push((Cow::Borrowed("group"), group.to_owned()));
        }
        self.complete(variant, |_| true);
    }

    /// Says something else under a name, where there is anything.
    fn replace(&mut self, name: &str, json: Option<String>) {
        if let Some(json) = json {
            self.0.retain(|said| said.0 != name);
            self.0.push((Cow::Owned(name.to_owned()), json));
        }
    }

    /// Takes over what only the other says.
    fn complete(&mut self, other: &Said<'p>, is_meant: impl Fn(&str) -> bool) {
        for (name, json) in &other.0 {
            if is_meant(name) && self.get(name).is_none() {
                self.0.push((name.clone(), json.clone()));
            }
        }
    }

    /// Says what is JSON already, under a name as it stands between quotes there.
    pub(super) fn put(&mut self, name: String, json: String) {
        self.0.push((Cow::Owned(name), json));
    }

    /// Says a field under a name of its own, as it stands between quotes in JSON; where it is said, it stays.
    pub(super) fn add(&mut self, name: String, written: Written) {
        if self.get(&name).is_none() {
            self.0.push((Cow::Owned(name), written.json));
        }
        self.in_currency_of(written.currency);
    }

    fn in_currency_of(&mut self, told: Option<String>) {
        if let Some(told) = told.filter(|_| self.get("currency").is_none()) {
            self.0.push((Cow::Borrowed("currency"), told));
        }
    }

    /// Says in which currency its amounts are, where they do not.
    pub fn in_currency(&mut self, code: Option<&str>) {
        let json = code.and_then(|code| items(&Value::of_text(code)));
        self.in_currency_of(json);
    }

    /// The offer as a line of JSON.
    pub fn line(&self, line: &mut String) {
        line.push('{');
        for (number, (name, json)) in self.0.iter().enumerate() {
            line.push_str(if number > 0 { "," } else { "" });
            line.extend(["\"", name, "\":", json]);
        }
        line.push_str("}\n");
    }
}

impl Back {
    /// Completes an offer with what its product says for all of its variants. Lists that go on there have behind the
    /// offer's own items those that are no single variant's: `of_variants` are the items that are.
    pub fn complete<'p>(&self, offer: &mut Said<'p>, product: &Said<'p>, of_variants: &HashSet<String>) {
        let is_of_product = |name: &str| {
            let is_meant = |column: &&Column| column.of_product || (column.inherits && column.kind != Kind::Table);
            self.columns.iter().filter(is_meant).any(|column| column.name == name)
        };
        // only a product says what it is called itself
        offer.complete(product, |name| is_of_product(name) || name.starts_with("group_title"));
        for column in self.columns.iter().filter(|column| column.inherits && column.kind == Kind::Table) {
            let rows = |said: &Said<'p>| said.get(&column.name).map(rows_of).unwrap_or_default();
            let own: Vec<String> = rows(offer).into_iter().map(|row| row.1).collect();
            let is_own = |name: &String| of_variants.contains(&of_row(&column.name, name));
            let further = rows(product).into_iter().filter(|row| !is_own(&row.0)).map(|row| row.1);
            let all: Vec<String> = own.into_iter().chain(further).collect();
            offer.replace(&column.name, list_of(&all));
        }
        for column in self.shared() {
            let mut all = offer.get(&column.name).map(items_of).unwrap_or_default();
            let of_product = product.get(&column.name).map(items_of).unwrap_or_default();
            // a list that it says nothing of itself is the product's already
            let further = |item: &String| !of_variants.contains(item) && !all.contains(item);
            let further: Vec<String> = of_product.into_iter().filter(further).collect();
            all.extend(further);
            offer.replace(&column.name, list_of(&all));
        }
    }

    /// The items that an offer says itself of lists that go on in its product's listing, and the names of its rows of
    /// tables that do.
    pub fn shared_items(&self, offer: &Said<'_>) -> Vec<String> {
        let items = self.shared().filter_map(|column| offer.get(&column.name)).flat_map(items_of);
        let tables = self.columns.iter().filter(|column| column.inherits && column.kind == Kind::Table);
        let said = tables.filter_map(|column| Some((column, offer.get(&column.name)?)));
        let rows = said.flat_map(|(column, json)| rows_of(json).into_iter().map(|row| of_row(&column.name, &row.0)));
        items.chain(rows).collect()
    }

    /// What is told of a listing that stands at several places of the tree, of which an offer has the first.
    pub fn further_places(&self, values: &[Value<'_>]) -> Option<(&str, String)> {
        self.columns.iter().find_map(|column| {
            let mut found = column.ways.iter().filter_map(|way| way.places(values));
            let places = found.find(|places| places.len() > 1)?;
            let (first, others) = places.split_first()?;
            let others: Vec<String> = others.iter().map(|other| format!("«{other}»")).collect();
            Some((column.name.as_str(), format!("«{first}» is taken, not {}", others.join(", "))))
        })
    }

    fn shared(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| column.is_shared)
    }

    /// What a product's listing says of the variants that it names, which have listings of their own.
    fn named_variants<'p, 'v>(&'p self, values: &[Value<'v>], arena: &'v Bump) -> Vec<Said<'p>> {
        let Some(Rows { table, columns, .. }) = &self.rows else { return Vec::new() };
        match values.get(*table) {
            Some(Value::Table(rows)) => rows.iter().map(|row| said(columns, row, arena)).collect(),
            _ => Vec::new(),
        }
    }

    /// What a listing says in an offer's words. `key` is what its channel knows it by: the group of a product that
    /// names none.
    pub fn returned<'p, 'v>(&'p self, values: &[Value<'v>], key: &str, arena: &'v Bump) -> Returned<'p> {
        let mut own = said(&self.columns, values, arena);
        self.named.iter().for_each(|named| named.say(values, &mut own));
        let is_product =
            |role: &usize| values.get(*role).and_then(Value::as_text).is_some_and(|role| trimmed(role) == "product");
        if self.role.as_ref().is_some_and(is_product) {
            let variants = self.named_variants(values, arena);
            return Returned::Product(own, variants);
        }
        let Some(Rows { table, columns, needed }) = &self.rows else { return Returned::Offers(vec![own]) };
        let rows = match values.get(*table) {
            Some(Value::Table(rows)) => *rows,
            _ => return Returned::Offers(vec![own]),
        };
        let is_whole = |row: &&&[Value<'v>]| needed.iter().all(|number| row.get(*number).is_some_and(Value::is_there));
        let whole: Vec<&[Value<'v>]> = rows.iter().filter(is_whole).copied().collect();
        // where none is, what they lack has to be told
        let rows = if whole.is_empty() { rows } else { whole.as_slice() };
        let is_single = rows.len() == 1;
        let offer = |row: &&[Value<'v>]| {
            let mut offer = said(columns, row, arena);
            offer.complete(&own, |name| match name {
                "sku" => is_single,
                "group" => false,
                _ => true,
            });
            offer.grouped(&own, key, is_single);
            offer
        };
        Returned::Offers(rows.iter().map(offer).collect())
    }
}

impl<'p> Said<'p> {
    /// Says the group of one offer of several. An offer that is a product by itself has none; where its row does not
    /// say its SKU, that is what the product goes by instead.
    fn grouped(&mut self, product: &Said<'p>, key: &str, is_single: bool) {
        let own = product.get("group").map(str::to_owned);
        let (name, said) = match is_single {
            true => ("sku", own),
            false => ("group", own.or_else(|| items(&Value::of_text(key)))),
        };
        if let Some(said) = said.filter(|_| self.get(name).is_none()) {
            self.0.push((Cow::Borrowed(name), said));
        }
    }
}

/// What stands for a row of a table among shared items.
fn of_row(table: &str, name: &str) -> String {
    format!("{table}[{name}]")
}

/// What a listing or a row says of each field.
fn said<'p, 'v>(columns: &'p [Column], values: &[Value<'v>], arena: &'v Bump) -> Said<'p> {
    let mut said = Vec::with_capacity(columns.len() + 1);
    let mut currency = None;
    for column in columns {
        let found = column.ways.iter().find_map(|way| way.value(values, arena));
        let json = match found {
            Some((value, form)) => written(column, &value, form),
            None => parts(column, values).map(|json| Written { json, currency: None }),
        };
        let Some(Written { json, currency: told }) = json else { continue };
        currency = currency.or(told);
        said.push((Cow::Borrowed(column.name.as_str()), json));
    }
    let mut said = Said(said);
    said.in_currency_of(currency);
    said
}

/// A list put together from its parts, in the order of the description.
fn parts(column: &Column, values: &[Value<'_>]) -> Option<String> {
    let parts = column.parts.iter().filter_map(|number| values.get(*number));
    let mut all: Vec<&str> = Vec::new();
    for part in parts {
        match part {
            Value::Text(text) | Value::Bad(text) => all.push(trimmed(text)),
            Value::List(list) => all.extend(list.iter().copied()),
            _ => {}
        }
    }
    items(&Value::List(&all))
}
