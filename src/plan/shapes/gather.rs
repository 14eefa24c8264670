//! Gathers like updates in one pass, before it is decided which of them are
//! worth a line.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::word_bag::{WordBag, WordMove};
use crate::plan::change::{Change, FieldChange, FieldSort};

/// Where a change belongs before shapes are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Kin {
    Over(&'static str),
    Move { tenths: i64, falls: bool },
    Appears,
    Vanishes,
    Words(WordMove),
    Pieces,
    Mixed,
}

/// Like changes, as they are gathered.
#[derive(Debug, Clone)]
pub(super) struct Gathered<'c> {
    pub(super) field: &'c str,
    pub(super) sort: FieldSort,
    pub(super) kin: Kin,
    pub(super) changes: Vec<&'c Change>,
    pub(super) uniform: bool,
    pub(super) money: Decimal,
    /// The first of the keys, which decides where all else is equal.
    pub(super) first_key: &'c str,
}

/// What is like what, in the order of the updates.
pub(super) fn gather<'c>(
    updates: impl IntoIterator<Item = &'c Change>,
    considered: impl Fn(&FieldChange) -> bool,
) -> Vec<Gathered<'c>> {
    let mut gathered: Vec<Gathered<'c>> = Vec::new();
    let mut known: HashMap<(&str, Kin), usize> = HashMap::new();
    let mut words = WordBag::default();
    for change in updates {
        let field = change.weightiest(&considered);
        let (name, sort) = field.map_or(("", FieldSort::Other), |field| (field.name.as_str(), field.sort));
        let kin = field.map_or(Kin::Mixed, |field| kin(change, field, &mut words));
        let at = *known.entry((name, kin)).or_insert_with(|| {
            gathered.push(Gathered {
                field: name,
                sort,
                kin,
                changes: vec![],
                uniform: true,
                money: Decimal::ZERO,
                first_key: &change.key,
            });
            gathered.len() - 1
        });
        if let Some(group) = gathered.get_mut(at) {
            group.add(change, field);
        }
    }
    gathered
}

fn kin(change: &Change, field: &FieldChange, words: &mut WordBag) -> Kin {
    if let Some(guard) = change.over.filter(|_| field.sort == FieldSort::Price) {
        return Kin::Over(guard);
    }
    match field.sort {
        FieldSort::Stock => return Kin::Pieces,
        FieldSort::Price | FieldSort::Money => match (&field.from, &field.to, field.tenths()) {
            (_, _, Some(tenths)) => return Kin::Move { tenths, falls: falls(field) },
            (None, Some(_), _) => return Kin::Appears,
            (Some(_), None, _) => return Kin::Vanishes,
            _ => {}
        },
        _ => {}
    }
    Kin::Words(words.compare(field.from.as_deref(), field.to.as_deref()))
}

fn falls(field: &FieldChange) -> bool {
    field.numbers.is_some_and(|(from, to)| to < from)
}

impl<'c> Gathered<'c> {
    fn add(&mut self, change: &'c Change, field: Option<&'c FieldChange>) {
        let example = self.changes.first().and_then(|first| first.fields.iter().find(|one| one.name == self.field));
        if let (Some(example), Some(field)) = (example, field) {
            self.uniform &= example.from == field.from && example.to == field.to;
        }
        self.money = self.money.saturating_add(change.at_stake.unwrap_or_default());
        self.first_key = self.first_key.min(&change.key);
        self.changes.push(change);
    }

    pub(super) fn merge(&mut self, other: Gathered<'c>) {
        self.money = self.money.saturating_add(other.money);
        self.changes.extend(other.changes);
        self.first_key = self.first_key.min(other.first_key);
        self.kin = Kin::Mixed;
        self.uniform = false;
    }

    pub(super) fn is_over(&self) -> bool {
        matches!(self.kin, Kin::Over(_))
    }
}
