//! Tables among the sources: rows that come from one table or from two, or one row that is made of what an offer says
//! one by one.

use super::super::description::{Description, Field, Otherwise, Source};
use super::super::names::{LIST_ROW, rows_of};
use super::build::{Builder, FieldSaid};
use super::step::{Computed, Constant, RowsStep, Step, ValueNo};
use crate::model::Kind;

/// The names of the rows that are being built from.
#[derive(Debug)]
pub(super) struct RowScope {
    /// What the rows say, in their order, and their position.
    pub(super) names: Vec<String>,
    /// All names that rows of this table may have: they hide the offer's also where these rows are silent.
    pub(super) possible: Vec<String>,
    /// The language of bare names: that of `attributes.ru`, else the shop's.
    pub(super) language: String,
    pub(super) steps: Vec<Step>,
    /// The same as for the offer's steps.
    pub(super) says: Vec<bool>,
}

impl Builder<'_> {
    pub(super) fn table(&mut self, field: &Field, description: &Description) -> (ValueNo, FieldSaid) {
        if field.is_of_offers() {
            return self.offers(field, description);
        }
        if field.is_one_row() {
            return self.one_row(field, description);
        }
        if !field.source.parts.is_empty() {
            return self.in_text(field, description);
        }
        // in the rows of either table the names of both are theirs, and not the offer's
        let sources = [Some(&field.source), field.source.and.as_deref()];
        let possible: Vec<String> = sources.into_iter().flatten().flat_map(|source| self.row_names(source).1).collect();
        let (mut number, mut said) = self.rows_from(field, &field.source, &possible, description);
        if let Some(and) = &field.source.and {
            let (mut second, of_second) = self.rows_from(field, and, &possible, description);
            if let Some(when) = &and.when {
                second = self.only_when(when, second);
            }
            number = match (said.said, of_second.said) {
                (true, true) => self.push(Step::Joined([number, second], field.key.clone())),
                (false, true) => second,
                _ => number,
            };
            said = said.or(&of_second);
        }
        let number = self.settled_rows(number, field);
        said.said &= self.says(number);
        (number, said)
    }

    /// The rows of a table that come from one source; `possible` are the names that hide the offer's in them.
    fn rows_from(
        &mut self,
        field: &Field,
        source: &Source,
        possible: &[String],
        description: &Description,
    ) -> (ValueNo, FieldSaid) {
        let mut rows = self.heart(source, description);
        let in_text = !source.parts.is_empty();
        if in_text {
            rows = self.push(Step::InText(rows, source.parts.len()));
        }
        let (mut names, possible) = (self.row_names(source).0, possible.to_vec());
        names.push("position".into());
        let steps = (0..names.len()).map(|number| Step::Said(number | ValueNo::ROW as usize)).collect();
        let (language, says) = (self.row_language(source), vec![true; names.len()]);
        self.row = Some(RowScope { names, possible, language, steps, says });
        let only = field.only.as_deref().map(|only| self.compute(only));
        let made: Vec<(ValueNo, FieldSaid)> = field.fields.iter().map(|inner| self.field(inner, description)).collect();
        let row = self.row.take();
        let step = RowsStep {
            rows,
            only,
            steps: row.map(|row| row.steps).unwrap_or_default(),
            fields: made.iter().map(|inner| inner.0).collect(),
            key: field.key.clone(),
            in_text,
            picked: None,
            of_row_alone: false,
        }
        .settled();
        let of_row_alone = step.follows_from_rows(|number| self.known_constant(number).is_some());
        let step = RowsStep { of_row_alone, ..step };
        let said = self.says(rows);
        let number = self.push(Step::Rows(Box::new(step)));
        (number, FieldSaid { said, fields: made.into_iter().map(|inner| inner.1).collect() })
    }

    /// A table with the rows that stand in for its own, and with its condition.
    fn settled_rows(&mut self, mut number: ValueNo, field: &Field) -> ValueNo {
        if let Some(Otherwise::Rows(rows)) = &field.source.otherwise {
            let rows = rows.iter().map(|row| constant_row(field, row)).collect();
            let rows = self.constant(Constant::Table(rows));
            number = self.push(Step::Otherwise(number, rows));
        }
        if let Some(when) = &field.source.when {
            number = self.only_when(when, number);
        }
        number
    }

    /// A table whose rows stand in a text. Where nobody ever says that text, it is one row of what is around it.
    fn in_text(&mut self, field: &Field, description: &Description) -> (ValueNo, FieldSaid) {
        let text = self.heart(&field.source, description);
        if self.says(text) {
            let (number, mut said) = self.rows_from(field, &field.source, &field.source.parts, description);
            let number = self.settled_rows(number, field);
            said.said &= self.says(number);
            return (number, said);
        }
        // the names of the parts are the row's all the same, and not the offer's
        let (names, possible, language) = (Vec::new(), field.source.parts.clone(), self.known.language.clone());
        self.row = Some(RowScope { names, possible, language, steps: Vec::new(), says: Vec::new() });
        let only = field.only.as_deref().map(|only| self.compute(only));
        let made = field.fields.iter().map(|part| self.field(part, description)).collect();
        self.row = None;
        self.row_of(made, only, field)
    }

    /// A table of one row, whose parts are the offer's.
    fn one_row(&mut self, field: &Field, description: &Description) -> (ValueNo, FieldSaid) {
        let made = field.fields.iter().map(|part| self.field(part, description)).collect();
        self.row_of(made, None, field)
    }

    /// A table of the one row that these parts make, where its own condition holds.
    fn row_of(
        &mut self,
        made: Vec<(ValueNo, FieldSaid)>,
        only: Option<Computed>,
        field: &Field,
    ) -> (ValueNo, FieldSaid) {
        let number = self.push(Step::OneRow(made.iter().map(|part| part.0).collect()));
        let number = only.map_or(number, |only| self.push(Step::When(only, number)));
        let number = self.settled_rows(number, field);
        let said = self.says(number);
        (number, FieldSaid { said, fields: made.into_iter().map(|part| part.1).collect() })
    }

    /// The names that the rows of a table's source have, and all that such rows may have.
    fn row_names(&self, source: &Source) -> (Vec<String>, Vec<String>) {
        if !source.parts.is_empty() {
            return (source.parts.clone(), source.parts.clone());
        }
        let Some(name) = source.as_name() else { return Default::default() };
        if let Some(known) = self.known.constants.iter().find(|known| known.name == name) {
            return (known.rows.clone(), known.rows.clone());
        }
        let fields = rows_of(name).unwrap_or_default();
        let possible: Vec<String> = fields.iter().map(|field| field.name.to_owned()).collect();
        // the items of a list are rows that every master says alike
        if possible.iter().eq(LIST_ROW.iter().map(|field| field.name)) {
            return (possible.clone(), possible);
        }
        let number = self.said(name).map(|number| number.0 as usize);
        let said = number.and_then(|number| self.known.said.get(number));
        let names = said.map(|said| said.rows.iter().map(|row| row.name.clone()).collect()).unwrap_or_default();
        (names, possible)
    }

    /// The language of a row's bare names.
    fn row_language(&self, source: &Source) -> String {
        let table = source.as_name().and_then(|name| self.table_in_language(name));
        table.map_or_else(|| self.known.language.clone(), |(_, language)| language.to_owned())
    }
}

fn constant_row(field: &Field, row: &[(String, String)]) -> Vec<Constant> {
    let cell = |inner: &Field| {
        let text = row.iter().find(|cell| cell.0 == inner.name).map(|cell| cell.1.clone());
        match (text, inner.kind) {
            (None, _) => Constant::Unsaid,
            (Some(text), Kind::List) => Constant::List(vec![text]),
            (Some(text), _) => Constant::Text(text),
        }
    };
    field.fields.iter().map(cell).collect()
}
