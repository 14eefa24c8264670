//! What the offers of one product say together, and the listing that they make: the
//! product's own fields are the first offer's, each offer is a row of a table.

use bumpalo::Bump;

use super::super::names::{AXIS_ROW, GROUP_OPTIONS, GROUP_PICTURES, ROLE};
use super::{Projection, Selection};
use crate::expression::Program;
use crate::model::{Kind, Row, Said, Value};

/// What products say beside what their offers' records say.
pub fn said() -> Vec<Said> {
    let one = |name: &str, kind, rows| Said { name: name.to_owned(), kind, rows };
    let axis = AXIS_ROW.iter().map(|field| one(field.name, field.kind, Vec::new())).collect();
    vec![
        one(GROUP_OPTIONS, Kind::Table, axis),
        one(GROUP_PICTURES, Kind::List, Vec::new()),
        one(ROLE, Kind::Choice, Vec::new()),
    ]
}

/// What a listing stands for, among those of a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// An offer that is a product by itself.
    Single,
    /// A product of several offers.
    Product,
    /// One of them.
    Variant,
}

impl Role {
    /// The word that descriptions have for it.
    fn word(self) -> &'static str {
        match self {
            Role::Single => "single",
            Role::Product => "product",
            Role::Variant => "variant",
        }
    }
}

/// Where the records say what products gather.
#[derive(Debug, Clone, Copy)]
pub struct Gathers {
    /// The table of an offer's options, with the columns of axis and value.
    options: Option<(usize, usize, usize)>,
    pictures: Option<usize>,
}

impl Gathers {
    /// Finds it among what records say; the options' names and values in a language where they have several.
    pub fn of(said: &[Said], language: &str) -> Self {
        let place = |name: &str| said.iter().position(|said| said.name == name);
        let options = place("options").and_then(|table| {
            let rows = &said.get(table)?.rows;
            let column = |name: &str| {
                let in_language = format!("{name}.{language}");
                rows.iter().position(|row| row.name == name || row.name == in_language)
            };
            Some((table, column("name")?, column("value")?))
        });
        Gathers { options, pictures: place("pictures") }
    }

    /// What offers with these records say together, in the order of [`said`].
    pub fn values<'b>(&self, offers: &[&'b [Value<'b>]], role: Role, arena: &'b Bump) -> [Value<'b>; 3] {
        [self.options(offers, arena), self.pictures(offers, arena), Value::Text(role.word())]
    }

    fn options<'b>(&self, offers: &[&'b [Value<'b>]], arena: &'b Bump) -> Value<'b> {
        let Some((table, name, value)) = self.options else { return Value::Unsaid };
        let mut axes: Vec<(&'b str, Vec<&'b str>)> = Vec::new();
        for row in offers.iter().filter_map(|offer| offer.get(table)).flat_map(rows_of) {
            let (Some(name), Some(value)) = (text(row.get(name)), text(row.get(value))) else { continue };
            let place = axes.iter().position(|axis| axis.0 == name).unwrap_or_else(|| {
                axes.push((name, Vec::new()));
                axes.len() - 1
            });
            if let Some((_, values)) = axes.get_mut(place).filter(|axis| !axis.1.contains(&value)) {
                values.push(value);
            }
        }
        if axes.is_empty() {
            return Value::Empty;
        }
        let row = |(name, values): (&'b str, Vec<&'b str>)| -> Row<'b> {
            arena.alloc_slice_copy(&[Value::Text(name), Value::List(arena.alloc_slice_copy(&values))])
        };
        Value::Table(arena.alloc_slice_fill_iter(axes.into_iter().map(row)))
    }

    fn pictures<'b>(&self, offers: &[&'b [Value<'b>]], arena: &'b Bump) -> Value<'b> {
        let Some(place) = self.pictures else { return Value::Unsaid };
        let mut pictures: Vec<&'b str> = Vec::new();
        for value in offers.iter().filter_map(|offer| offer.get(place)) {
            let Value::List(items) = value else { continue };
            for item in *items {
                if !pictures.contains(item) {
                    pictures.push(item);
                }
            }
        }
        if pictures.is_empty() { Value::Empty } else { Value::List(arena.alloc_slice_copy(&pictures)) }
    }
}

/// A product's listing, and which of its offers the rows of its first table of offers are.
#[derive(Debug, Clone, Copy)]
pub struct ProductListing<'b> {
    /// Its values, in the order of the fields.
    pub values: &'b [Value<'b>],
    /// The number of the offer that each row of that table is.
    pub rows: &'b [usize],
}

impl Projection {
    /// The listing that offers with these values make.
    pub fn product<'b>(
        &self,
        selection: &Selection,
        offers: &[&'b [Value<'b>]],
        arena: &'b Bump,
    ) -> ProductListing<'b> {
        let first = offers.first().copied().unwrap_or(&[]);
        let values = arena.alloc_slice_copy(self.listing(selection, first, arena));
        let mut rows: &'b [usize] = &[];
        for (number, table) in selection.offers.iter().enumerate() {
            let has_row = |values: &[Value<'b>]| table.only.as_ref().is_none_or(|only| holds(only, values));
            let of: Vec<usize> =
                (0..offers.len()).filter(|at| offers.get(*at).is_some_and(|one| has_row(one))).collect();
            let row = |at: &usize| -> Row<'b> {
                let values = offers.get(*at).copied().unwrap_or(&[]);
                let of = |number: &super::ValueNo| values.get(number.0 as usize).copied().unwrap_or_default();
                arena.alloc_slice_fill_iter(table.fields.iter().map(of))
            };
            if let Some(place) = values.get_mut(table.field) {
                *place = match of.is_empty() {
                    true => Value::Empty,
                    false => Value::Table(arena.alloc_slice_fill_iter(of.iter().map(row))),
                };
            }
            if number == 0 {
                rows = arena.alloc_slice_copy(&of);
            }
        }
        ProductListing { values, rows }
    }
}

fn holds(program: &Program, values: &[Value<'_>]) -> bool {
    program.holds(&|number| values.get(number as usize).copied().unwrap_or_default())
}

fn rows_of<'v, 'b>(value: &'v Value<'b>) -> &'v [Row<'b>] {
    match value {
        Value::Table(rows) => rows,
        _ => &[],
    }
}

/// The text of a cell; a list of one item is that item.
fn text<'b>(value: Option<&Value<'b>>) -> Option<&'b str> {
    match value? {
        Value::Text(text) | Value::List([text]) => Some(text.trim()).filter(|text| !text.is_empty()),
        _ => None,
    }
}
