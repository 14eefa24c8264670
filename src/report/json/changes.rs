//! Changes as JSON, one by one and in groups of like ones.

use std::slice::Iter;

use rust_decimal::Decimal;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::Each;
use crate::plan::{
    Caps, Cause, Change, ChangeKind, Changes, FieldChange, Like, Shape, Traits, causes, shapes, sums, traits,
};

/// No shape of twenty or more is merged away from a program.
const UNBOUNDED: Caps =
    Caps { worth_a_line: Caps::WORTH_A_LINE, of_a_field: usize::MAX, in_all: usize::MAX, fields: usize::MAX };

#[derive(Serialize)]
pub(super) struct ChangeView<'o> {
    kind: ChangeKind,
    key: &'o str,
    title: &'o str,
    #[serde(skip_serializing_if = "str::is_empty")]
    brand: &'o str,
    #[serde(skip_serializing_if = "str::is_empty")]
    category: &'o str,
    cause: Option<CauseView<'o>>,
    at_stake: Option<Decimal>,
    currency: &'o str,
    #[serde(skip_serializing_if = "Option::is_none")]
    stock: Option<[Decimal; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    over: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    fields: Each<Iter<'o, FieldChange>, FieldView<'o>>,
}

impl<'o> From<&'o Change> for ChangeView<'o> {
    fn from(change: &'o Change) -> Self {
        ChangeView {
            kind: change.kind,
            key: &change.key,
            title: &change.title,
            brand: &change.brand,
            category: &change.category,
            cause: change.cause.as_ref().map(CauseView::from),
            at_stake: change.at_stake,
            currency: &change.currency,
            stock: change.stock.map(|(before, after)| [before, after]),
            over: change.over,
            line: change.master_line,
            fields: Each(change.fields.iter(), FieldView),
        }
    }
}

#[derive(Serialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
pub(super) enum CauseView<'o> {
    NotInMaster,
    Excluded { rule: &'o str },
    Invalid { codes: &'o [String] },
}

impl<'o> From<&'o Cause> for CauseView<'o> {
    fn from(cause: &'o Cause) -> Self {
        match cause {
            Cause::NotInMaster => CauseView::NotInMaster,
            Cause::Excluded(rule) => CauseView::Excluded { rule },
            Cause::Invalid(codes) => CauseView::Invalid { codes },
        }
    }
}

/// A changed field: texts as they stand in the files, lists item by item.
pub(super) struct FieldView<'o>(pub(super) &'o FieldChange);

impl Serialize for FieldView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("name", &self.0.name)?;
        match &self.0.items {
            Some(items) => {
                map.serialize_entry("from", &items.from)?;
                map.serialize_entry("to", &items.to)?;
            }
            None => {
                map.serialize_entry("from", &self.0.from)?;
                map.serialize_entry("to", &self.0.to)?;
            }
        }
        map.end()
    }
}

/// Like changes.
#[derive(Serialize)]
pub(super) struct GroupView<'o> {
    kind: ChangeKind,
    fields: Vec<String>,
    like: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    percent: Option<Vec<Decimal>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<CauseView<'o>>,
    r#trait: Option<TraitView<'o>>,
    count: usize,
    at_stake: Vec<SumView>,
}

#[derive(Serialize)]
struct TraitView<'o> {
    name: &'static str,
    value: &'o str,
}

#[derive(Serialize)]
struct SumView {
    amount: Decimal,
    currency: String,
}

/// A partition of all changes: deletions by cause, updates by shape, creations together.
pub(super) fn groups(changes: &Changes) -> Vec<GroupView<'_>> {
    let of_kind = |kind| changes.of_kind(kind);
    let deletes = causes(of_kind(ChangeKind::Delete)).into_iter().map(|(cause, changes)| GroupView {
        cause: cause.map(CauseView::from),
        ..group(ChangeKind::Delete, "cause", &changes)
    });
    let updates = shapes(of_kind(ChangeKind::Update), |_| true, UNBOUNDED).into_iter().map(shape_group);
    let creates: Vec<&Change> = of_kind(ChangeKind::Create).collect();
    let creates = (!creates.is_empty()).then(|| group(ChangeKind::Create, "new", &creates));
    deletes.chain(updates).chain(creates).collect()
}

fn group<'o>(kind: ChangeKind, like: &'static str, changes: &[&'o Change]) -> GroupView<'o> {
    let at_stake = sum_views(sums(changes.iter().copied()));
    let count = changes.len();
    GroupView {
        kind,
        fields: vec![],
        like,
        percent: None,
        cause: None,
        r#trait: cover(&traits(changes)),
        count,
        at_stake,
    }
}

fn shape_group(shape: Shape<'_>) -> GroupView<'_> {
    let percent = match shape.like {
        Like::Move { tenths, .. } => Some(vec![Decimal::new(tenths, 1)]),
        Like::Mixed(Some((low, high))) => Some(vec![Decimal::new(low, 1), Decimal::new(high, 1)]),
        _ => None,
    };
    let like = match &shape.like {
        Like::Over(_) => "over",
        Like::Move { .. } => "move",
        Like::Appears => "appears",
        Like::Vanishes => "vanishes",
        Like::Words => "words",
        Like::Order => "order",
        Like::Blanks => "blanks",
        Like::Pieces => "pieces",
        Like::Mixed(_) => "mixed",
        Like::Fields(_) => "fields",
    };
    let fields = match shape.like {
        Like::Fields(names) => names,
        _ => vec![shape.field.to_owned()],
    };
    let at_stake = sum_views(shape.at_stake);
    let (r#trait, count) = (cover(&shape.traits), shape.changes.len());
    GroupView { kind: ChangeKind::Update, fields, like, percent, cause: None, r#trait, count, at_stake }
}

fn cover<'o>(traits: &Traits<'o>) -> Option<TraitView<'o>> {
    traits.cover().map(|(name, value)| TraitView { name, value })
}

fn sum_views(sums: Vec<(String, Decimal)>) -> Vec<SumView> {
    sums.into_iter().map(|(currency, amount)| SumView { amount, currency }).collect()
}
