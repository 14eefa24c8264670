//! One channel's selection among the numbered sources: its fields, its conditions, and where an
//! offer has several listings or a product's offers are rows, those of each.

use crate::expression::Expression;

use super::super::description::{Description, Field};
use super::build::{Builder, FieldSaid};
use super::step::{Constant, ValueNo};
use super::{KnownName, LookupData, OffersTable, Selection};

impl Builder<'_> {
    /// Adds a channel whose offers have a listing for each row of a table: its key and value are names there.
    pub fn channel_per(
        &mut self,
        rows: &[(Constant, Constant)],
        fields: &[Field],
        description: &Description,
        lookups: &[Option<LookupData>],
        only: Option<&Expression>,
    ) -> Vec<FieldSaid> {
        let known = self.known.clone();
        let mut said = Vec::new();
        let mut per = Vec::new();
        for (key, value) in rows {
            let row = [("key", key), ("value", value)];
            let named = |(name, value): (&str, &Constant)| KnownName {
                name: name.to_owned(),
                value: value.clone(),
                rows: Vec::new(),
            };
            self.known.constants.extend(row.map(named));
            said = self.channel(fields, description, lookups.to_vec(), only);
            per.extend(self.channels.pop());
            self.known = known.clone();
        }
        self.channels.push(Selection { per, ..Selection::default() });
        said
    }

    /// Adds a channel's fields. `lookups` are the tables it was given, by number in its description; `only` is the
    /// condition of the config. Gives for each field whether anybody says anything about it.
    pub fn channel(
        &mut self,
        fields: &[Field],
        description: &Description,
        lookups: Vec<Option<LookupData>>,
        only: Option<&Expression>,
    ) -> Vec<FieldSaid> {
        self.given.clear();
        for data in lookups {
            let number = data.map(|data| {
                self.lookups.push(data);
                self.lookups.len() - 1
            });
            self.given.push(number);
        }
        let mut said = Vec::with_capacity(fields.len());
        let mut numbers = Vec::with_capacity(fields.len());
        let mut offers: Vec<OffersTable> = Vec::new();
        for (position, field) in fields.iter().enumerate() {
            let (number, field_said) = self.field(field, description);
            offers.extend(self.offers.drain(..).map(|table| OffersTable { field: position, ..table }));
            numbers.push(number);
            said.push(field_said);
        }
        let only = only.map(|only| self.compute(only));
        let exists = description.exists.as_deref().filter(|_| std::ptr::eq(fields, description.fields.as_slice()));
        let exists = exists.map(|exists| self.compute(exists));
        self.wanted.extend(exists.iter().flat_map(|exists| &exists.resolved));
        self.wanted.extend(numbers.iter().chain(only.iter().flat_map(|only| &only.resolved)));
        self.wanted.extend(offers.iter().flat_map(|table| &table.fields));
        let exists = exists.map(|exists| exists.program);
        self.channels.push(Selection {
            fields: numbers,
            only: only.map(|only| only.program),
            exists,
            per: Vec::new(),
            offers,
        });
        said
    }

    /// The rows of a product's offers: their fields are values of each offer.
    pub(super) fn offers(&mut self, field: &Field, description: &Description) -> (ValueNo, FieldSaid) {
        let made: Vec<(ValueNo, FieldSaid)> = field.fields.iter().map(|inner| self.field(inner, description)).collect();
        let only = field.only.as_deref().map(|only| self.compute(only));
        self.wanted.extend(only.iter().flat_map(|only| &only.resolved));
        let fields = made.iter().map(|inner| inner.0).collect();
        self.offers.push(OffersTable { field: 0, only: only.map(|only| only.program), fields });
        let fields = made.into_iter().map(|inner| inner.1).collect();
        (self.constant(Constant::Unsaid), FieldSaid { said: true, fields })
    }
}
