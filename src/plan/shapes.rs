//! Shapes: like updates put together, so that seven hundred thousand offers make
//! the same screen as seven hundred. A listing is counted once, under its
//! weightiest changed field; the shapes of a channel are a partition of its updates.

use std::cmp::Reverse;
use std::collections::HashMap;

use rust_decimal::Decimal;

use super::change::{Change, FieldChange, FieldSort, sums};
use super::traits::{Traits, traits};

mod gather;
#[cfg(test)]
mod tests;
mod word_bag;

use gather::{Gathered, Kin, gather};
use word_bag::WordMove;

/// How many shapes and fields may stand by themselves; what is beyond is put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caps {
    /// How many like changes are worth a line of their own.
    pub worth_a_line: usize,
    /// Shapes of one field.
    pub of_a_field: usize,
    /// Shapes of all fields.
    pub in_all: usize,
    /// Fields.
    pub fields: usize,
}

impl Caps {
    /// How many like changes are worth a line of their own, where nothing else is said.
    pub const WORTH_A_LINE: usize = 20;
}

/// What the changes of a shape are like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Like {
    /// All are over this guard's limit.
    Over(&'static str),
    /// All move by so many tenths of a percent; down where `falls`, which counts for a move that rounds to nothing.
    Move {
        /// Tenths of a percent.
        tenths: i64,
        /// Whether the number falls.
        falls: bool,
    },
    /// A value where there was none.
    Appears,
    /// No value where there was one.
    Vanishes,
    /// The same words go and the same words come.
    Words,
    /// The same words in another order.
    Order,
    /// Nothing but blanks differs.
    Blanks,
    /// Pieces in stock, whichever way they move.
    Pieces,
    /// Different; the lowest and the highest move in tenths of a percent, where any is known.
    Mixed(Option<(i64, i64)>),
    /// Changes of these fields, each of which is too small a matter for a line.
    Fields(Vec<String>),
}

/// Updates that are alike.
#[derive(Debug, Clone)]
pub struct Shape<'c> {
    /// The field that they are counted under; empty where it is several.
    pub field: &'c str,
    /// What that field is.
    pub sort: FieldSort,
    /// What they have in common.
    pub like: Like,
    /// The updates, by what is at stake, then by key.
    pub changes: Vec<&'c Change>,
    /// What is at stake in them, by currency.
    pub at_stake: Vec<(String, Decimal)>,
    /// Whose they are.
    pub traits: Traits<'c>,
    /// Whether the field goes from one value to one other in all of them.
    pub uniform: bool,
    /// How many of them change other fields too.
    pub with_others: usize,
}

impl<'c> Shape<'c> {
    /// The changed field of one of the updates that the shape counts it under.
    pub fn field_of(&self, change: &'c Change) -> Option<&'c FieldChange> {
        change.fields.iter().find(|field| field.name == self.field)
    }

    /// Pieces before and after, over those updates of which both are known.
    pub fn pieces(&self) -> Option<(Decimal, Decimal)> {
        let known = |change: &&'c Change| change.stock.or_else(|| self.field_of(change)?.numbers);
        self.changes.iter().filter_map(known).fold(None, |sum: Option<(Decimal, Decimal)>, pieces| {
            let (before, after) = sum.unwrap_or_default();
            Some((before.saturating_add(pieces.0), after.saturating_add(pieces.1)))
        })
    }
}

/// The partition of some updates: by field, the weightiest first, then by what is at stake;
/// what merges stands last in its field.
pub fn shapes<'c>(
    updates: impl IntoIterator<Item = &'c Change>,
    considered: impl Fn(&FieldChange) -> bool,
    caps: Caps,
) -> Vec<Shape<'c>> {
    let mut gathered = gather(updates, considered);
    gathered.sort_by(|one, other| rank(one).cmp(&rank(other)));
    let chosen = choose(&gathered, caps);
    let mut texts = 0;
    let (own, others): (Vec<_>, Vec<_>) = by_field(gathered, &chosen).into_iter().partition(|list| {
        // only texts and attributes can be any number; the others a channel has a few of
        let is_text = list.first().is_some_and(|group| matches!(group.sort, FieldSort::Text | FieldSort::Other));
        texts += usize::from(is_text);
        !is_text || texts <= caps.fields
    });
    let mut shapes: Vec<Shape<'c>> = own.into_iter().flatten().map(finish).collect();
    shapes.extend(together(others));
    shapes.sort_by_key(|shape| shape.sort);
    shapes
}

/// The order of shapes within their field: those over a guard, then by money, then by number.
fn rank<'g>(one: &'g Gathered<'_>) -> impl Ord + use<'g> {
    (!one.is_over(), Reverse(one.money), Reverse(one.changes.len()), one.first_key, one.kin)
}

/// Which of the gathered (in the order of [`rank`]) keep a line of their own.
fn choose(gathered: &[Gathered<'_>], caps: Caps) -> Vec<bool> {
    let mut in_field: HashMap<&str, (usize, usize)> = HashMap::new();
    let mut worthy: Vec<(usize, usize)> = Vec::new();
    for (at, group) in gathered.iter().enumerate() {
        let entry = in_field.entry(group.field).or_default();
        entry.1 += 1;
        if group.changes.len() >= caps.worth_a_line && !group.is_over() && entry.0 < caps.of_a_field {
            worthy.push((entry.0, at));
            entry.0 += 1;
        }
    }
    // the first of every field before the second of any: no field may push the others out
    worthy.sort_unstable();
    let mut chosen: Vec<bool> = gathered.iter().map(Gathered::is_over).collect();
    for (_, at) in worthy.into_iter().take(caps.in_all) {
        chosen.get_mut(at).into_iter().for_each(|keep| *keep = true);
    }
    chosen
}

/// Fields, the weightiest first; in each what was chosen, then what is left, merged.
fn by_field<'c>(gathered: Vec<Gathered<'c>>, chosen: &[bool]) -> Vec<Vec<Gathered<'c>>> {
    let mut lists: Vec<(Vec<Gathered<'c>>, Option<Gathered<'c>>)> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for (group, keep) in gathered.into_iter().zip(chosen) {
        let at = *known.entry(group.field).or_insert_with(|| {
            lists.push((Vec::new(), None));
            lists.len() - 1
        });
        let Some((kept, rest)) = lists.get_mut(at) else { continue };
        match rest {
            _ if *keep => kept.push(group),
            Some(rest) => rest.merge(group),
            None => *rest = Some(group),
        }
    }
    let joined = lists.into_iter().map(|(mut kept, rest)| {
        kept.extend(rest);
        kept
    });
    let mut lists: Vec<Vec<Gathered<'c>>> = joined.collect();
    lists.sort_by_cached_key(|list| {
        let money: Decimal = list.iter().map(|group| group.money).fold(Decimal::ZERO, Decimal::saturating_add);
        let count: usize = list.iter().map(|group| group.changes.len()).sum();
        let first = list.first();
        (first.map(|group| group.sort), Reverse(money), Reverse(count), first.map_or("", |group| group.field))
    });
    lists
}

/// A shape as it is shown.
fn finish(group: Gathered<'_>) -> Shape<'_> {
    let Gathered { field, sort, kin, mut changes, uniform, .. } = group;
    changes.sort_by(|one, other| one.by_stake(other));
    let like = match kin {
        Kin::Over(guard) => Like::Over(guard),
        Kin::Move { tenths, falls } => Like::Move { tenths, falls },
        Kin::Appears => Like::Appears,
        Kin::Vanishes => Like::Vanishes,
        Kin::Words(WordMove::Words(..)) => Like::Words,
        Kin::Words(WordMove::Order) => Like::Order,
        Kin::Words(WordMove::Blanks) => Like::Blanks,
        Kin::Pieces => Like::Pieces,
        Kin::Mixed => Like::Mixed(range(&changes, field)),
    };
    let with_others = changes.iter().filter(|change| change.fields.len() > 1).count();
    let (at_stake, traits) = (sums(changes.iter().copied()), traits(&changes));
    Shape { field, sort, like, changes, at_stake, traits, uniform, with_others }
}

/// The lowest and the highest move.
fn range(changes: &[&Change], name: &str) -> Option<(i64, i64)> {
    let moves = changes.iter().filter_map(|change| change.fields.iter().find(|field| field.name == name)?.tenths());
    moves.fold(None, |range: Option<(i64, i64)>, tenths| {
        let (low, high) = range.unwrap_or((tenths, tenths));
        Some((low.min(tenths), high.max(tenths)))
    })
}

/// Fields that are too many to stand by themselves, as one shape; one alone stays as it is.
fn together(mut lists: Vec<Vec<Gathered<'_>>>) -> Vec<Shape<'_>> {
    if lists.len() <= 1 {
        return lists.pop().into_iter().flatten().map(finish).collect();
    }
    let names = lists.iter().filter_map(|list| list.first()).map(|group| group.field.to_owned()).collect();
    let merged = lists.into_iter().flatten().reduce(|mut one, other| {
        one.merge(other);
        one
    });
    let shape = merged.map(|mut merged| {
        merged.field = "";
        merged.sort = FieldSort::Other;
        Shape { like: Like::Fields(names), ..finish(merged) }
    });
    shape.into_iter().collect()
}
