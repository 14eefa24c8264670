//! How the values of each column are spelled in the rows, by what the layout takes from it.

use std::collections::BTreeSet;

use super::leaves::Tables;
use super::schema::Schema;
use super::spelled::ITEM;
use crate::model::offer::offer_field;
use crate::model::{DecimalStyle, Kind, Marks};
use crate::source::layout::{AttributeTake, Layout, ListTake, RowPart, RowsTake, Take};
use crate::source::pieces::Split;
use crate::source::sample::Sample;
use crate::source::{MappingProblem, MasterOptions};

/// Everything that is needed to lay objects out.
#[derive(Debug)]
pub(super) struct Plan {
    /// The columns' paths and how they are spelled.
    pub(super) columns: Vec<(String, Form)>,
    /// The column of the SKU.
    pub(super) sku: usize,
    /// Whether decimals stand behind a comma.
    pub(super) comma: bool,
    pub(super) tables: Tables,
}

/// How the values of a column are spelled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Form {
    /// One value.
    One(ReadAs),
    /// Items; a single text is split here.
    List(Option<Split>),
    /// Rows with these keys; of each, what its values are read as.
    Rows(Vec<(String, ReadAs)>),
}

/// What the cells of a column are read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReadAs {
    Text,
    Number,
    /// By one field as a text, by another as a number.
    Both,
}

/// The columns that are read.
pub(super) fn used(layout: &Layout, sample: &Sample) -> Vec<usize> {
    let used: BTreeSet<usize> = layout.takes.iter().flat_map(Take::columns).collect();
    (0..sample.names.len()).filter(|column| used.contains(column)).collect()
}

/// Plans the rows; lists are parted in them by what stands in no text.
pub(super) fn plan(
    layout: &mut Layout,
    schema: &Schema,
    options: &MasterOptions,
    marks: Marks,
) -> Result<Plan, Vec<MappingProblem>> {
    let mut planning =
        Planning { schema, names: &layout.columns, forms: vec![None; layout.columns.len()], clash: None };
    for (said, take) in layout.said.iter().zip(&mut layout.takes) {
        planning.take_lists(&said.name, take);
        planning.take(take);
    }
    let (forms, clash) = (planning.forms, planning.clash);
    if let Some(column) = clash {
        let name = layout.columns.get(column).map_or("", String::as_str);
        let what =
            format!("«{name}» of {} holds lists or objects for one field, and one value for another", options.shown_as);
        let label = "map it to one of them".to_owned();
        return Err(vec![MappingProblem { code: "config/value", mapping: None, what, label }]);
    }
    let forms = forms.into_iter().map(|form| form.unwrap_or(Form::One(ReadAs::Text)));
    Ok(Plan {
        columns: layout.columns.iter().cloned().zip(forms).collect(),
        sku: layout.sku,
        comma: matches!(marks, Marks::Declared(DecimalStyle::Comma) | Marks::Seen(DecimalStyle::Comma)),
        tables: Tables::of(options),
    })
}

struct Planning<'p> {
    schema: &'p Schema,
    names: &'p [String],
    forms: Vec<Option<Form>>,
    /// A column that is to be spelled in two ways.
    clash: Option<usize>,
}

impl Planning<'_> {
    /// Takes a list where the file has lists and the field may be one.
    fn take_lists(&self, field: &str, take: &mut Take) {
        let Take::Text(column) = *take else { return };
        let has_lists = self.schema.column(self.name(column)).is_some_and(|column| column.list);
        if has_lists && offer_field(field).is_some_and(|(field, _)| field.may_be_list()) {
            *take = Take::List(ListTake { column, split: None, addresses: false, apart: false });
        }
    }

    fn name(&self, column: usize) -> &str {
        self.names.get(column).map_or("", String::as_str)
    }

    fn take(&mut self, take: &mut Take) {
        let numbers = take.number_columns();
        match take {
            Take::List(list) => {
                let is_split = list.split.is_some();
                list.apart = self.list(list.column, &mut list.split) && !is_split;
            }
            Take::Path(column, split) | Take::CategoryOfPath(column, split) => {
                let mut levels = Some(split.clone());
                if self.list(*column, &mut levels) {
                    *split = levels.unwrap_or(Split::at(ITEM));
                }
            }
            Take::Attributes(takes, _) => takes.iter_mut().for_each(|take| self.attribute(take)),
            Take::Translated(take) => {
                for (own, others) in &mut take.sources {
                    self.attribute(own);
                    others.iter_mut().flatten().for_each(|other| self.attribute(other));
                }
            }
            Take::Rows(rows) => self.rows(rows),
            other => {
                for column in other.columns() {
                    let is_number = numbers.contains(&column);
                    self.form(column, Form::One(if is_number { ReadAs::Number } else { ReadAs::Text }));
                }
            }
        }
    }

    fn attribute(&mut self, take: &mut AttributeTake) {
        match take {
            AttributeTake::Pairs(pairs) => self.form(pairs.column, Form::One(ReadAs::Text)),
            AttributeTake::Rows(rows) => self.rows(rows),
            AttributeTake::One { column, split, .. } => {
                self.list(*column, split);
            }
        }
    }

    /// A column that may hold lists. Where it does, `split` becomes what parts them in the rows.
    fn list(&mut self, column: usize, split: &mut Option<Split>) -> bool {
        let has_lists = self.schema.column(self.name(column)).is_some_and(|column| column.list);
        if !has_lists {
            self.form(column, Form::One(ReadAs::Text));
            return false;
        }
        let of_texts = split.replace(Split::at(ITEM));
        self.form(column, Form::List(of_texts));
        true
    }

    fn rows(&mut self, take: &RowsTake) {
        let read_as = |part: usize| {
            let is_number = |field: &RowPart| field.part == part && matches!(field.kind, Kind::Number | Kind::Money);
            if take.fields.iter().any(is_number) { ReadAs::Number } else { ReadAs::Text }
        };
        let keys = self
            .schema
            .column(self.name(take.column))
            .into_iter()
            .flat_map(|column| column.keys.iter().cloned().enumerate());
        let keys = keys.map(|(part, key)| (key, read_as(part))).collect();
        self.form(take.column, Form::Rows(keys));
    }

    fn form(&mut self, column: usize, form: Form) {
        let Some(known) = self.forms.get_mut(column) else { return };
        match (known, form) {
            (known @ None, form) => *known = Some(form),
            (Some(Form::One(known)), Form::One(also)) if *known != also => *known = ReadAs::Both,
            (Some(known), form) if *known == form => {}
            _ => self.clash = Some(column),
        }
    }
}
