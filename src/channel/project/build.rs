//! Numbering the sources of all channels: a source that two channels share, or two
//! fields of one, is computed once per offer.

use crate::expression::Expression;
use crate::model::{Categories, Kind};

use super::super::description::{Description, Field, From, Otherwise, Part, Source, Spelling};
use super::super::names::ROLE;
use super::super::spelling::SpellingPlan;
use super::fold::{self, Folded};
use super::step::{Computed, Constant, Piece, Step, ValueNo};
use super::tables::RowScope;
use super::{Known, LookupData, OffersTable, Projection, Selection};

/// Collects the sources of all channels.
#[derive(Debug)]
pub struct Builder<'s> {
    pub(super) known: Known<'s>,
    pub(super) steps: Vec<Step>,
    /// How many of them are what the master and its products say.
    said: usize,
    /// For each step whether anybody can ever say anything under its number.
    says: Vec<bool>,
    pub(super) row: Option<RowScope>,
    pub(super) lookups: Vec<LookupData>,
    /// The number in `lookups` of the merchant's tree of categories, once it was asked for.
    tree: Option<usize>,
    /// Numbers in `lookups` of the tables that the channel at hand was given, by number in its description.
    pub(super) given: Vec<Option<usize>>,
    pub(super) channels: Vec<Selection>,
    /// The tables of a product's offers that the field at hand turned out to be.
    pub(super) offers: Vec<OffersTable>,
    /// What the channels' listings are made of, and the conditions by which offers become listings.
    pub(super) wanted: Vec<ValueNo>,
}

impl<'s> Builder<'s> {
    /// Begins with what the master says.
    pub fn new(known: Known<'s>) -> Self {
        let steps: Vec<Step> = (0..known.said.len()).map(Step::Said).collect();
        let (says, lookups, tree) = (vec![true; steps.len()], Vec::new(), None);
        let (given, channels, offers, wanted) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Builder { said: steps.len(), known, steps, says, row: None, lookups, tree, given, channels, offers, wanted }
    }

    /// Replaces what is known at load, for the next channel: its settings.
    pub fn know(&mut self, known: Known<'s>) {
        self.known = known;
    }

    /// All channels' sources, numbered.
    pub fn finish(mut self) -> Projection {
        fold::forget_unwanted(&mut self.steps, &self.wanted);
        Projection { said: self.said, steps: self.steps, lookups: self.lookups, channels: self.channels }
    }

    pub(super) fn field(&mut self, field: &Field, description: &Description) -> (ValueNo, FieldSaid) {
        if field.kind == Kind::Table {
            return self.table(field, description);
        }
        let mut source = self.source(&field.source, description);
        let says = self.says(source);
        let spelling = SpellingPlan::new(field.kind, &field.spelling, &Spelling::default());
        if field.kind == Kind::Money && (spelling.writes_unit || description.amounts_have_currencies()) {
            let currency = self.name("currency");
            source = self.push(Step::InCurrency { amount: source, currency });
        }
        let number = self.push(Step::Of { value: source, kind: field.kind, spelling: Box::new(spelling) });
        (number, FieldSaid { said: says, fields: Vec::new() })
    }

    pub(super) fn source(&mut self, source: &Source, description: &Description) -> ValueNo {
        let mut number = self.heart(source, description);
        if let Some(to) = &source.to {
            let to = self.source(to, description);
            number = self.push(Step::Interval(number, to));
        }
        if let Some(Otherwise::Text(text)) = &source.otherwise {
            let other = self.constant(Constant::Text(text.clone()));
            number = self.push(Step::Otherwise(number, other));
        }
        // what is not wanted is not wanted by another word either
        if let Some(when) = &source.when {
            number = self.only_when(when, number);
        }
        number
    }

    /// A value under a condition. One that asks for nothing but the role of a listing says whose it is: it is no other's,
    /// and not missing there.
    pub(super) fn only_when(&mut self, when: &Expression, number: ValueNo) -> ValueNo {
        let condition = self.compute(when);
        let names = when.names();
        let is_of_role = !names.is_empty() && names.iter().all(|used| used.name == ROLE);
        self.push(if is_of_role { Step::OfRole(condition, number) } else { Step::When(condition, number) })
    }

    /// What a source is, before its conditions.
    pub(super) fn heart(&mut self, source: &Source, description: &Description) -> ValueNo {
        match &source.from {
            From::Nothing => self.constant(Constant::Unsaid),
            From::Expression(expression) => self.expression(expression),
            From::Template(parts) => self.template(parts),
            From::FirstOf(sources) => {
                let numbers = sources.iter().map(|source| self.source(source, description)).collect();
                self.push(Step::FirstOf(numbers))
            }
            From::Constant(text) => self.constant(Constant::Text(text.clone())),
            From::Lookup { table, column } => self.lookup(*table, *column, description),
        }
    }

    fn expression(&mut self, expression: &Expression) -> ValueNo {
        match expression.as_name() {
            Some(name) => self.resolve(name),
            None => {
                let computed = self.compute(expression);
                self.push(Step::Compute(computed))
            }
        }
    }

    fn template(&mut self, parts: &[Part]) -> ValueNo {
        let pieces = parts
            .iter()
            .map(|part| match part {
                Part::Text(text) => Piece::Text(text.clone()),
                Part::Name(expression) => Piece::Value(self.expression(expression)),
            })
            .collect();
        self.push(Step::Template(pieces))
    }

    fn lookup(&mut self, table: usize, column: usize, description: &Description) -> ValueNo {
        let Some(given) = self.given.get(table).copied().flatten() else {
            return self.constant(Constant::Unsaid);
        };
        let names = description.lookups.get(table).map(|table| table.by.clone()).unwrap_or_default();
        let by = names.iter().map(|name| self.resolve(name)).collect();
        let has_path = self.row.as_ref().is_some_and(|row| row.names.iter().any(|name| name == "path"));
        let path = names.iter().any(|name| name == "category").then(|| match has_path {
            true => self.resolve("path"),
            false => self.name("category_path"),
        });
        self.push(Step::Lookup { table: given, by, column, quotes: true, path })
    }

    /// Compiles an expression over the numbers that its names resolve to.
    pub(super) fn compute(&mut self, expression: &Expression) -> Computed {
        let mut resolved = Vec::new();
        let program = expression.compile(&mut |name| {
            let number = self.resolve(name);
            resolved.push(number);
            number.0
        });
        Computed { text: expression.text.clone(), resolved, program }
    }

    /// A name in the scope at hand: the row's names hide the offer's; `offer.NAME` reaches past.
    fn resolve(&mut self, name: &str) -> ValueNo {
        if let Some(indexed) = name.strip_suffix("[]") {
            return self.keyed(indexed);
        }
        let Some(row) = &self.row else { return self.name(name) };
        if let Some(name) = name.strip_prefix("offer.") {
            return self.name(name);
        }
        let exactly = |name: &str| row.names.iter().position(|row_name| row_name == name);
        if let Some(number) = exactly(name).or_else(|| exactly(&format!("{name}.{}", row.language))) {
            return ValueNo::of_row(number);
        }
        let base = name.split('.').next().unwrap_or(name);
        let hides = row.possible.iter().any(|possible| possible == base || possible == name);
        if hides { self.constant(Constant::Unsaid) } else { self.name(name) }
    }

    /// The number of the table in which a tree of categories is looked up: name and path by id.
    pub(super) fn table_of(&mut self, categories: &Categories) -> usize {
        if let Some(number) = self.tree {
            return number;
        }
        let mut data = LookupData::default();
        for id in categories.by_id.keys() {
            let cells = [categories.name_of(id, &self.known.language), categories.path_of(id, &self.known.language)];
            data.insert(vec![id.clone()], cells.to_vec());
        }
        self.lookups.push(data);
        *self.tree.insert(self.lookups.len() - 1)
    }

    /// The number of a constant.
    pub(super) fn constant(&mut self, constant: Constant) -> ValueNo {
        self.push_to_offer(Step::Constant(constant))
    }

    /// The number of a step: the one that it has already, or a new one.
    pub(super) fn push(&mut self, step: Step) -> ValueNo {
        let says = self.says_of(&step);
        match self.folded(&step) {
            Some(Folded::Constant(Constant::Unsaid)) => self.constant(Constant::Unsaid),
            Some(Folded::Constant(constant)) => self.number(Step::Constant(constant), says),
            Some(Folded::Same(number)) if self.says(number) == says => number,
            _ => self.number(step, says),
        }
    }

    pub(super) fn push_to_offer(&mut self, step: Step) -> ValueNo {
        let says = self.says_of(&step);
        ValueNo::of_offer(place(&mut self.steps, &mut self.says, step, says))
    }

    fn number(&mut self, step: Step, says: bool) -> ValueNo {
        let in_row = self.row.is_some() && step.uses_row();
        match self.row.as_mut().filter(|_| in_row) {
            Some(row) => ValueNo::of_row(place(&mut row.steps, &mut row.says, step, says)),
            None => ValueNo::of_offer(place(&mut self.steps, &mut self.says, step, says)),
        }
    }

    /// What is done for a number.
    pub(super) fn step(&self, number: ValueNo) -> Option<&Step> {
        match number.in_row() {
            Some(at) => self.row.as_ref()?.steps.get(at),
            None => self.steps.get(number.0 as usize),
        }
    }

    /// Whether anybody can ever say anything under a number.
    pub(super) fn says(&self, number: ValueNo) -> bool {
        let says = match number.in_row() {
            Some(at) => self.row.as_ref().and_then(|row| row.says.get(at)),
            None => self.says.get(number.0 as usize),
        };
        says.copied().unwrap_or(false)
    }

    /// Whether anybody can ever say anything by a step.
    fn says_of(&self, step: &Step) -> bool {
        match step {
            Step::Constant(constant) => *constant != Constant::Unsaid,
            Step::Said(_) | Step::Otherwise(..) | Step::ByKey(_) => true,
            Step::FirstOf(numbers) | Step::Sum(numbers) | Step::OneRow(numbers) => {
                numbers.iter().any(|number| self.says(*number))
            }
            Step::When(_, number) | Step::OfRole(_, number) | Step::InCurrency { amount: number, .. } => {
                self.says(*number)
            }
            step => step.inputs().iter().all(|number| self.says(*number)),
        }
    }
}

/// The place of a step among others: the one that it has already, or a new one.
fn place(steps: &mut Vec<Step>, says: &mut Vec<bool>, step: Step, said: bool) -> usize {
    let known = steps.iter().zip(says.iter()).position(|(one, says)| *one == step && *says == said);
    known.unwrap_or_else(|| {
        steps.push(step);
        says.push(said);
        steps.len() - 1
    })
}

/// Whether anybody says anything about a field and, for a table, about its row fields.
#[derive(Debug, Clone, Default)]
pub struct FieldSaid {
    /// Whether anybody says anything.
    pub said: bool,
    /// The same for row fields.
    pub fields: Vec<FieldSaid>,
}

impl FieldSaid {
    /// What anybody says here or there.
    pub(super) fn or(&self, other: &FieldSaid) -> FieldSaid {
        let fields = self.fields.iter().zip(&other.fields).map(|(one, other)| one.or(other)).collect();
        FieldSaid { said: self.said || other.said, fields }
    }
}
