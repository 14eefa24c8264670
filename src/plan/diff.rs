//! One existing listing against the index: the same, changed, or gone. Most are settled
//! by two numbers; only one whose meaning differs has its master record read again.

use bumpalo::Bump;

use crate::channel::description::{Compare, FieldNo};
use crate::channel::plan::{ChannelPlan, Compared, ShapePlan};
use crate::finding::{CodeNo, Codes, Refusal};
use crate::model::text::trimmed;
use crate::model::{Number, Unit, Value};
use crate::source::sku_hash;

use super::change::{Cause, Change, ChangeKind, Exchanged, FieldChange};
use super::compare;
use super::index::{Fate, Index, IndexRow, RowNo};
use super::meaning::{InlineFields, Meaning, MeantRows, key_hash, meaning_of_next, unpack};
use super::sold::amount;

/// Gives desired listings again by the place of their record.
pub trait Desired: Sync {
    /// The listing of a row, settled; lives as long as the arena.
    fn listing<'b>(&'b self, row: &IndexRow, arena: &'b Bump) -> Result<&'b [Value<'b>], Refusal>;

    /// The SKU of a row.
    fn sku<'b>(&'b self, row: &IndexRow, arena: &'b Bump) -> Result<&'b str, Refusal>;

    /// Where the record of a row begins, in bytes.
    fn offset(&self, row: &IndexRow) -> u64 {
        row.place.offset
    }
}

/// Compares a channel's existing listings with the index.
pub struct Differ<'d> {
    /// The channel.
    pub plan: &'d ChannelPlan,
    /// The shape of the existing document.
    pub shape: &'d ShapePlan,
    /// The desired side.
    pub index: &'d Index,
    /// Amounts that the index keeps exactly.
    pub inline: InlineFields,
    /// Reads a desired listing again.
    pub desired: &'d dyn Desired,
    /// The condition that leaves offers out, as written.
    pub condition: &'d str,
    /// For the names of codes.
    pub codes: &'d Codes,
    /// Listings that are invalid keep what the channel has.
    pub keeps_invalid: bool,
    /// Fields that the existing document may have and that a feed leaves out, since nobody says them.
    pub unsaid: Vec<usize>,
}

/// What became of one existing listing.
#[derive(Debug)]
pub enum Met {
    /// It is as it should be.
    Same(RowNo),
    /// Its record is invalid, and what the channel has is kept.
    Kept(RowNo),
    /// It differs.
    Changed(RowNo, Box<Change>),
    /// It should not be there; the row, where the master has its record.
    Gone(Option<RowNo>, Box<Change>),
}

impl Differ<'_> {
    /// Compares one listing, settled. Its key is not there: `None`.
    pub fn meet<'b>(
        &self,
        existing: &'b [Value<'b>],
        known: &mut MeantRows<'b>,
        arena: &'b Bump,
    ) -> Result<Option<Met>, Refusal> {
        let Some((way, hash, key)) = self.first_key(existing, arena) else { return Ok(None) };
        let further = || {
            (way + 1..self.shape.key.len()).find_map(|way| {
                let hash = key_hash(existing, self.shape.key.get(way)?)?;
                self.index.find(way, hash)
            })
        };
        let Some(row_no) = self.index.find(way, hash).or_else(further) else {
            return Ok(Some(Met::Gone(None, Box::new(self.gone(existing, key, Cause::NotInMaster)))));
        };
        let Some(row) = self.index.row(row_no) else { return Ok(None) };
        match row.fate {
            Fate::Listed => {}
            Fate::Invalid(_) if self.keeps_invalid => return Ok(Some(Met::Kept(row_no))),
            fate => {
                let change = self.gone(existing, self.sku(key, row, arena)?, self.cause(fate));
                return Ok(Some(Met::Gone(Some(row_no), Box::new(change))));
            }
        }
        let now = meaning_of_next(existing, &self.shape.compared, &self.inline, false, known);
        if now == row.meaning && self.same_keys(existing, row_no) {
            return Ok(Some(Met::Same(row_no)));
        }
        let sku = self.sku(key, row, arena)?;
        let change = if now.hash == row.meaning.hash && self.same_keys(existing, row_no) {
            self.numbers_changed(existing, sku, now, row, arena)
        } else {
            self.changed(existing, sku, row, arena)?
        };
        Ok(Some(match change {
            Some(change) => Met::Changed(row_no, Box::new(change)),
            None => Met::Same(row_no),
        }))
    }

    /// A record that the channel should have and has not.
    pub fn missing(&self, row: &IndexRow, arena: &Bump) -> Result<Change, Refusal> {
        let desired = self.desired.listing(row, arena)?;
        let key = self.first_key(desired, arena).map_or("", |key| key.2);
        let mut change = self.blank(ChangeKind::Create, self.sku(key, row, arena)?, desired);
        change.at_stake = self.worth(desired);
        change.offers = self.offers(desired).count() as u64;
        change.master_offset = Some(self.desired.offset(row));
        Ok(change)
    }

    /// The SKU of a row: the key, unless listings of this shape go by another. One that several fields make says more.
    fn sku<'b>(&'b self, key: &'b str, row: &IndexRow, arena: &'b Bump) -> Result<&'b str, Refusal> {
        let of_several = self.shape.key.first().is_some_and(|fields| fields.len() > 1);
        if of_several || sku_hash(key) == row.sku { Ok(key) } else { Ok(trimmed(self.desired.sku(row, arena)?)) }
    }

    /// The first way to match that a listing has a key for, the key's hash and the key.
    fn first_key<'b>(&self, values: &[Value<'b>], arena: &'b Bump) -> Option<(usize, u64, &'b str)> {
        self.shape.key.iter().enumerate().find_map(|(way, fields)| {
            let hash = key_hash(values, fields)?;
            let text = |field: &usize| values.get(*field)?.as_text().map(trimmed);
            let key: &'b str = match fields.as_slice() {
                [one] => text(one)?,
                several => arena.alloc_str(&several.iter().filter_map(text).collect::<Vec<_>>().join(" / ")),
            };
            Some((way, hash, key))
        })
    }

    /// Whether the other keys that both sides have are the same too.
    fn same_keys(&self, existing: &[Value<'_>], row: RowNo) -> bool {
        self.shape.key.len() < 2
            || self.shape.key.iter().enumerate().all(|(way, fields)| {
                match (key_hash(existing, fields), self.index.key(way, row)) {
                    (Some(existing), Some(desired)) => existing == desired,
                    _ => true,
                }
            })
    }

    fn cause(&self, fate: Fate) -> Cause {
        match fate {
            Fate::Listed => Cause::NotInMaster,
            Fate::Excluded => Cause::Excluded(self.condition.to_owned()),
            Fate::Invalid(code) => {
                let name = self.codes.get(CodeNo(code)).map(|code| code.id.clone());
                Cause::Invalid(name.into_iter().collect())
            }
        }
    }

    fn gone(&self, existing: &[Value<'_>], key: &str, cause: Cause) -> Change {
        let mut change = self.blank(ChangeKind::Delete, key, existing);
        change.at_stake = self.worth(existing);
        change.offers = self.offers(existing).count() as u64;
        change.cause = Some(cause);
        change
    }

    /// Only amounts differ: the index has them. `None` where the document says nothing about those that do.
    fn numbers_changed<'b>(
        &self,
        existing: &[Value<'b>],
        key: &str,
        now: Meaning,
        row: &IndexRow,
        arena: &'b Bump,
    ) -> Option<Change> {
        let mut desired = existing.to_vec();
        // most that differ, differ in one
        let mut fields = Vec::with_capacity(1);
        let mut moved = InlineFields::default();
        for (place, field) in self.inline.iter().enumerate() {
            let (Some(field), Some(was), Some(wanted)) =
                (*field, now.numbers.get(place), row.meaning.numbers.get(place))
            else {
                continue;
            };
            if was == wanted {
                continue;
            }
            let (Some(how), Some(value)) = (self.shape.compared.get(field), desired.get_mut(field)) else { continue };
            if *value == Value::Unsaid {
                continue;
            }
            let from = compare::shown(value, how);
            let before = value.as_amount();
            *value = unpack(*wanted).map_or(Value::Empty, |amount| {
                Value::of_number(Number { amount, unit: unit_of(value), text: "" }, arena)
            });
            let kind = self.plan.fields.get(field).map(|field| field.kind).unwrap_or_default();
            moved.iter_mut().skip(place).take(1).for_each(|moved| *moved = Some(field));
            fields.push(FieldChange {
                name: how.node.clone(),
                from,
                to: compare::shown(value, how),
                sort: compare::sort(&self.plan.roles, field, kind),
                numbers: before.zip(value.as_amount()),
                items: None,
            });
        }
        fields.sort_by_key(|change| change.sort);
        let same = self.same_fields(&moved, existing);
        (!fields.is_empty()).then(|| self.update(existing, &desired, key, row, fields, same))
    }

    /// Anything may differ: the record is read again. `None` where it only was spelled otherwise.
    fn changed<'b>(
        &self,
        existing: &'b [Value<'b>],
        key: &str,
        row: &IndexRow,
        arena: &'b Bump,
    ) -> Result<Option<Change>, Refusal> {
        let desired = self.desired.listing(row, arena)?;
        let (mut fields, same) = compare::field_changes(self.plan, &self.shape.compared, existing, desired);
        fields.extend(self.key_changes(existing, desired));
        if fields.is_empty() {
            return Ok(None);
        }
        Ok(Some(self.update(existing, desired, key, row, fields, same)))
    }

    /// Keys other than the one that matched, where both sides have them and they differ; a volatile one only matches.
    fn key_changes(&self, existing: &[Value<'_>], desired: &[Value<'_>]) -> Vec<FieldChange> {
        let mut changes = Vec::new();
        let is_said = |field: &&FieldNo| self.plan.fields.get(**field).is_none_or(|plan| !plan.volatile);
        for field in self.shape.key.iter().flatten().filter(is_said) {
            let (Some(how), Some(one), Some(other)) = (
                self.shape.compared.get(*field),
                existing.get(*field).and_then(Value::as_text),
                desired.get(*field).and_then(Value::as_text),
            ) else {
                continue;
            };
            if one.trim() != other.trim() {
                changes.push(FieldChange {
                    name: how.node.clone(),
                    from: Some(one.to_owned()),
                    to: Some(other.to_owned()),
                    ..FieldChange::default()
                });
            }
        }
        changes
    }

    fn update(
        &self,
        existing: &[Value<'_>],
        desired: &[Value<'_>],
        key: &str,
        row: &IndexRow,
        fields: Vec<FieldChange>,
        same: Box<[u16]>,
    ) -> Change {
        let mut change = self.blank(ChangeKind::Update, key, existing);
        let roles = &self.plan.roles;
        change.stock = amount(existing, roles.stock).zip(amount(desired, roles.stock));
        change.exchanged = self.exchanged(existing, desired).map(Box::new);
        change.paid = roles.paid(existing).zip(roles.paid(desired)).filter(|_| roles.sale.is_some());
        // a variant that is new is no offer that changes
        change.offers = self.offers(existing).count() as u64;
        self.weigh(existing, desired, &mut change);
        change.master_offset = Some(self.desired.offset(row));
        change.fields = fields;
        change.same_fields = same;
        change
    }

    /// The price on both sides, where its currency changes.
    fn exchanged(&self, existing: &[Value<'_>], desired: &[Value<'_>]) -> Option<Exchanged> {
        let roles = &self.plan.roles;
        let currency = |values: &[Value<'_>]| Some(trimmed(values.get(roles.currency?)?.as_text()?).to_owned());
        let (from, to) = (currency(existing)?, currency(desired)?);
        if from == to || to.is_empty() {
            return None;
        }
        Some(Exchanged { to, was: roles.paid(existing)?, will: roles.paid(desired)? })
    }

    /// The numbers of the compared fields that are there and not among those that changed.
    fn same_fields(&self, changed: &InlineFields, existing: &[Value<'_>]) -> Box<[u16]> {
        let compared = self.shape.compared.iter().zip(existing).enumerate();
        compared
            .filter(|(_, (how, value))| how.how != Compare::Not && value.is_there())
            .filter(|(number, _)| !changed.contains(&Some(*number)))
            .filter_map(|(number, _)| u16::try_from(number).ok())
            .collect()
    }

    fn blank(&self, kind: ChangeKind, key: &str, values: &[Value<'_>]) -> Change {
        let text = |field: Option<usize>| {
            let text = field.and_then(|field| values.get(field)?.as_text());
            text.map(|text| text.trim().to_owned()).unwrap_or_default()
        };
        let roles = &self.plan.roles;
        Change {
            title: text(roles.title),
            brand: text(roles.brand),
            category: text(roles.category),
            currency: text(roles.currency),
            ..Change::new(kind, key)
        }
    }
}

fn unit_of(value: &Value<'_>) -> Unit {
    match value {
        Value::Number(number) => number.unit,
        _ => Unit::NONE,
    }
}

/// Which amounts of a shape are kept in the index: price, old price and stock, where they are compared.
pub fn inline_fields(plan: &ChannelPlan, compared: &[Compared]) -> InlineFields {
    let roles = &plan.roles;
    [roles.price, roles.old_price, roles.stock]
        .map(|field| field.filter(|field| compared.get(*field).is_some_and(|how| how.how == Compare::Number)))
}
