//! Tables that few masters have: attributes in several languages, rows of prices. They stand apart and are
//! never inlined, so that records without them are read as if these were not here.

use bumpalo::Bump;

use super::{Reader, text_or_empty};
use crate::finding::Known;
use crate::model::{Kind, Unit, Value};
use crate::source::layout::{
    AttributeTake, Given, NumberTake, PairsTake, PriceSource, PricesTake, RowField, TranslatedTake,
};
use crate::source::pieces::{Piece, Split};
use crate::source::trouble::Why;
use crate::wire::table::Row;

/// Name and values of the attribute at one place of its source, where one stands there.
type Place<'b> = Option<(&'b str, &'b [&'b str])>;

impl<'m, 'b> Reader<'m, 'b>
where
    'm: 'b,
{
    /// Attributes in several languages.
    #[inline(never)]
    pub(super) fn translated(&mut self, take: &'m TranslatedTake, row: Row<'_, 'b>) -> Value<'b> {
        self.cells.clear();
        let shape = take.shape;
        for (source, others) in &take.sources {
            let own = self.places(source, row);
            let others: Vec<Vec<Place<'b>>> =
                others.iter().map(|other| self.places_beside(&own, other.as_ref(), row)).collect();
            let (unit, section) = match source {
                AttributeTake::One { unit, section, .. } => (unit.as_deref(), section.as_deref()),
                AttributeTake::Pairs(_) | AttributeTake::Rows(_) => (None, None),
            };
            for (number, place) in own.iter().enumerate().filter(|place| place.1.is_some()) {
                self.cells.extend(name_and_value(*place));
                self.cells.extend(shape.unit.then(|| text_or_empty(unit)));
                self.cells.extend(shape.section.then(|| text_or_empty(section)));
                let translated = others.iter().map(|places| places.get(number).copied().flatten());
                self.cells.extend(translated.flat_map(name_and_value));
            }
        }
        self.table(2 * (1 + take.others.len()) + usize::from(shape.unit) + usize::from(shape.section))
    }

    /// What stands in another language at the same places; nothing where the places are not the same ones.
    fn places_beside(
        &mut self,
        own: &[Place<'b>],
        other: Option<&'m AttributeTake>,
        row: Row<'_, 'b>,
    ) -> Vec<Place<'b>> {
        let Some(other) = other else { return Vec::new() };
        let places = self.places(other, row);
        let why = match places.len() == own.len() {
            _ if places.iter().all(Option::is_none) => return Vec::new(),
            false => Why::OtherPlaces(places.len(), own.len()),
            true if own.iter().zip(&places).any(|(own, other)| own.is_none() && other.is_some()) => Why::AlonePlace,
            true => return places,
        };
        let text = self.trimmed(row, other.column()).unwrap_or("");
        let alone = matches!(why, Why::AlonePlace);
        self.trouble(Known::Translation, other.column(), text, why);
        if alone { places } else { Vec::new() }
    }

    /// The attributes of a source, each at its place: one that says nothing keeps the others where they are.
    fn places(&mut self, take: &'m AttributeTake, row: Row<'_, 'b>) -> Vec<Place<'b>> {
        match take {
            AttributeTake::Pairs(pairs) => self.places_of_pairs(pairs, row),
            // refused where columns are arranged: rows say their languages themselves
            AttributeTake::Rows(_) => Vec::new(),
            AttributeTake::One { name, column, split, .. } => {
                let text = self.trimmed(row, *column).unwrap_or("");
                let mut values = split.as_ref().map_or_else(|| vec![text], |split| split.parts(text));
                values.retain(|value| !value.is_empty());
                let values: &'b [&'b str] = self.arena.alloc_slice_copy(&values);
                vec![(!values.is_empty()).then_some((name.as_str(), values))]
            }
        }
    }

    fn places_of_pairs(&mut self, take: &'m PairsTake, row: Row<'_, 'b>) -> Vec<Place<'b>> {
        let mut parts = take.split.parts(self.trimmed(row, take.column).unwrap_or(""));
        // a separator at the end begins no further pair
        while parts.last().is_some_and(|part| part.is_empty()) {
            parts.pop();
        }
        let mut places = Vec::with_capacity(parts.len());
        for part in parts.into_iter() {
            places.push(match take.pair.of(part) {
                _ if part.is_empty() => None,
                Piece::Pair(_, "") => None,
                Piece::Pair(name, value) => Some((name, &*self.arena.alloc_slice_copy(&[value]))),
                Piece::Odd(text) => {
                    self.trouble(Known::Pair, take.column, text, Why::NoPair);
                    None
                }
            });
        }
        places
    }

    /// Rows whose last field is a price; one without its price says nothing.
    #[inline(never)]
    pub(super) fn prices(&mut self, take: &'m PricesTake, row: Row<'_, 'b>) -> Value<'b> {
        self.cells.clear();
        for source in &take.sources {
            match source {
                PriceSource::One { column, given } => {
                    let Some(text) = self.trimmed(row, *column) else { continue };
                    let said = given.iter().zip(&take.fields).filter(|(_, field)| field.1);
                    self.cells.extend(said.map(|(given, _)| given.value(self.arena)));
                    let price = self.amount(Kind::Money, *column, text);
                    self.cells.push(price);
                }
                PriceSource::Cell { column, split, pair, parts } => {
                    let text = self.trimmed(row, *column).unwrap_or("");
                    for text in split.parts(text).into_iter().filter(|text| !text.is_empty()) {
                        self.price_row(&take.fields, *column, pair, parts, text);
                    }
                }
            }
        }
        self.table(take.fields.iter().filter(|field| field.1).count())
    }

    /// A row of prices from its part of a cell.
    fn price_row(
        &mut self,
        fields: &'m [(RowField, bool)],
        column: usize,
        pair: &Split,
        parts: &[usize],
        text: &'b str,
    ) {
        let found = pair.parts(text);
        let part = |number: usize| {
            let (_, text) = parts.iter().zip(&found).find(|part| *part.0 == number)?;
            Some(*text).filter(|text| !text.is_empty())
        };
        let is_whole =
            |(number, (field, _)): (usize, &(RowField, bool))| field.kind != Kind::Number || part(number).is_some();
        if found.len() != parts.len() || !fields.iter().enumerate().all(is_whole) {
            self.trouble(Known::Number, column, text, Why::OtherParts);
            return;
        }
        // one without its price says nothing, unless it says how long it takes
        let says =
            |(number, (field, _)): (usize, &(RowField, bool))| field.kind == Kind::Count && part(number).is_some();
        let is_priced = fields.len().checked_sub(1).and_then(part).is_some();
        if !is_priced && !fields.iter().enumerate().any(says) {
            return;
        }
        for (number, (field, _)) in fields.iter().enumerate().filter(|(_, field)| field.1) {
            let value = match (part(number), field.kind) {
                (None, _) => Value::Empty,
                (Some(text), Kind::Text) => Value::Text(text),
                (Some(text), kind) => self.amount(kind, column, text),
            };
            self.cells.push(value);
        }
    }

    fn amount(&mut self, kind: Kind, column: usize, text: &'b str) -> Value<'b> {
        self.odd_number(&NumberTake { column, kind, unit: Unit::NONE, detail: false }, text)
    }
}

impl Given {
    fn value<'b>(&'b self, arena: &'b Bump) -> Value<'b> {
        match self {
            Given::Nothing => Value::Empty,
            Given::Text(text) => Value::Text(text),
            Given::Number(number) => Value::number(*number, arena),
        }
    }
}

fn name_and_value(place: Place<'_>) -> [Value<'_>; 2] {
    place.map_or([Value::Empty; 2], |(name, values)| [Value::Text(name), Value::List(values)])
}
