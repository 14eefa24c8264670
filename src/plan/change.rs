//! A change: one listing that a channel has and should not, should have and has
//! not, or has otherwise than it should.

use std::cmp::Ordering;

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

/// What happens to a listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// The channel has it and should not.
    Delete,
    /// The channel should have it and has not.
    Create,
    /// The channel has it otherwise.
    Update,
}

/// Why a listing leaves.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// Its SKU stands in no record of the master.
    NotInMaster,
    /// A condition of the config leaves it out: the condition as written.
    Excluded(String),
    /// It breaks a rule: the codes, the weightiest first.
    Invalid(Vec<String>),
}

/// One field that differs.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FieldChange {
    /// Its name in the document that was read: `price`, `param[Колір]`.
    pub name: String,
    /// What is there now, as it stands in the file; `None` for nothing.
    pub from: Option<String>,
    /// What will be there; `None` for nothing.
    pub to: Option<String>,
    /// What it is, for the order of weight and the look of a report.
    pub sort: FieldSort,
    /// Both sides as numbers, where they are numbers.
    pub numbers: Option<(Decimal, Decimal)>,
    /// Both sides item by item, where it is a list; `from` and `to` are then the items joined.
    pub items: Option<Box<Items>>,
}

/// Both sides of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Items {
    /// What is there now.
    pub from: Vec<String>,
    /// What will be there.
    pub to: Vec<String>,
}

/// What a field is to a merchant, the weightiest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum FieldSort {
    /// What the customer pays.
    Price,
    /// Another amount of money.
    Money,
    /// A text that people read.
    Text,
    /// Anything else.
    #[default]
    Other,
    /// Pieces in stock.
    Stock,
    /// A word or flag that says whether it can be bought.
    Availability,
}

/// A price that changes its currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchanged {
    /// The currency that it will be in.
    pub to: String,
    /// The amount, in the currency that it is in.
    pub was: Decimal,
    /// The amount, in the currency that it will be in.
    pub will: Decimal,
}

/// One listing that changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What happens to it.
    pub kind: ChangeKind,
    /// Its key: the SKU, or the channel's own id where only that is known.
    pub key: String,
    /// What it is called; empty where the document does not say.
    pub title: String,
    /// Its maker; empty where nobody says.
    pub brand: String,
    /// Its category's name or id; empty where nobody says.
    pub category: String,
    /// Why it leaves, for a delete.
    pub cause: Option<Cause>,
    /// Money: |price move| × stock after (at least 1) for updates, price × stock otherwise.
    pub at_stake: Option<Decimal>,
    /// What the customer pays before and after, where that is not simply the price: in a sale it is another field.
    pub paid: Option<(Decimal, Decimal)>,
    /// Pieces before and after, where both are known.
    pub stock: Option<(Decimal, Decimal)>,
    /// How many offers it stands for: one, or the variants of a product; of an update, those that are there already.
    pub offers: u64,
    /// How many offers leave with it although the listing stays: variants that a product will not have any more.
    pub leaving: u64,
    /// How many offers were for sale, and go out of stock or are no longer available.
    pub sells_out: u64,
    /// The currency of its price, as it is now; empty where nobody says.
    pub currency: String,
    /// Where the currency changes: what the price was and will be, each in its own.
    pub exchanged: Option<Box<Exchanged>>,
    /// The guard whose limit this very listing is over: `max-price-move`.
    pub over: Option<&'static str>,
    /// Where its record begins in the master, in bytes; `None` for a delete.
    pub master_offset: Option<u64>,
    /// The line of that place from 1, where it was asked for.
    pub master_line: Option<u64>,
    /// What differs, the weightiest first; empty but for an update.
    pub fields: Vec<FieldChange>,
    /// The compared fields that are the same, by their numbers in the outcome's list of names: most changes
    /// have the same ones, and names would be most of what a change weighs.
    pub same_fields: Box<[u16]>,
}

impl ChangeKind {
    /// Every kind, in the order in which reports show them.
    pub const ALL: [ChangeKind; 3] = [ChangeKind::Delete, ChangeKind::Update, ChangeKind::Create];

    /// Its name in reports and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            ChangeKind::Delete => "delete",
            ChangeKind::Create => "create",
            ChangeKind::Update => "update",
        }
    }
}

impl FieldChange {
    /// How a number moves, in tenths of a percent of what it was, half away from zero; `None` where
    /// it is no number or was none before.
    pub fn tenths(&self) -> Option<i64> {
        let (from, to) = self.numbers?;
        // of a price of nothing or less no share can be taken
        if from <= Decimal::ZERO {
            return None;
        }
        let moved = to.checked_sub(from)?.checked_mul(Decimal::ONE_THOUSAND)?.checked_div(from.abs())?;
        moved.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).to_i64()
    }
}

impl Change {
    /// A change of which no more is known than what happens to whom.
    pub fn new(kind: ChangeKind, key: impl Into<String>) -> Self {
        Change {
            kind,
            key: key.into(),
            title: String::new(),
            brand: String::new(),
            category: String::new(),
            cause: None,
            at_stake: None,
            paid: None,
            stock: None,
            offers: 1,
            leaving: 0,
            sells_out: 0,
            currency: String::new(),
            exchanged: None,
            over: None,
            master_offset: None,
            master_line: None,
            fields: Vec::new(),
            same_fields: Box::default(),
        }
    }

    /// The changed field that weighs most among those considered; of equals the first.
    pub fn weightiest(&self, considered: impl Fn(&FieldChange) -> bool) -> Option<&FieldChange> {
        self.fields.iter().filter(|field| considered(field)).min_by_key(|field| field.sort)
    }

    /// Which of two comes first wherever changes are listed: the one with more money at stake, then by key.
    pub fn by_stake(&self, other: &Change) -> Ordering {
        other.at_stake.cmp(&self.at_stake).then_with(|| self.key.cmp(&other.key))
    }
}

/// What is at stake in some changes, by currency; never summed over currencies.
pub fn sums<'c>(changes: impl IntoIterator<Item = &'c Change>) -> Vec<(String, Decimal)> {
    let mut sums: Vec<(String, Decimal)> = Vec::new();
    for change in changes {
        let Some(amount) = change.at_stake else { continue };
        match sums.iter_mut().find(|sum| sum.0 == change.currency) {
            Some(sum) => sum.1 = sum.1.saturating_add(amount),
            None => sums.push((change.currency.clone(), amount)),
        }
    }
    sums.sort_by(|one, other| one.0.cmp(&other.0));
    sums
}

/// Deletions by cause, the most frequent first. Listings that break several
/// rules stand under the weightiest, and those of which nobody says why stand together.
pub fn causes<'c>(deletions: impl IntoIterator<Item = &'c Change>) -> Vec<(Option<&'c Cause>, Vec<&'c Change>)> {
    let mut causes: Vec<(Option<&Cause>, Vec<&Change>)> = Vec::new();
    for change in deletions {
        let cause = change.cause.as_ref();
        match causes.iter_mut().find(|group| are_alike(group.0, cause)) {
            Some(group) => group.1.push(change),
            None => causes.push((cause, vec![change])),
        }
    }
    causes.iter_mut().for_each(|group| group.1.sort_by(|one, other| one.by_stake(other)));
    causes.sort_by(|one, other| other.1.len().cmp(&one.1.len()).then_with(|| one.0.cmp(&other.0)));
    causes
}

impl Cause {
    /// The weightiest code of an invalid listing.
    pub fn code(&self) -> Option<&str> {
        match self {
            Cause::Invalid(codes) => codes.first().map(String::as_str),
            _ => None,
        }
    }
}

fn are_alike(one: Option<&Cause>, other: Option<&Cause>) -> bool {
    match (one, other) {
        (Some(Cause::Invalid(_)), Some(Cause::Invalid(_))) => one.and_then(Cause::code) == other.and_then(Cause::code),
        _ => one == other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn priced(from: &str, to: &str) -> FieldChange {
        let numbers = Some((from.parse().unwrap(), to.parse().unwrap()));
        FieldChange { name: "price".into(), sort: FieldSort::Price, numbers, ..FieldChange::default() }
    }

    #[test]
    fn moves_are_tenths_of_a_percent_rounded_half_away_from_zero() {
        assert_eq!(priced("12999", "1299").tenths(), Some(-900));
        assert_eq!(priced("1899", "2999").tenths(), Some(579));
        assert_eq!(priced("1000", "1000.50").tenths(), Some(1));
        assert_eq!(priced("1000", "999.50").tenths(), Some(-1));
        assert_eq!(priced("0", "5").tenths(), None);
        assert_eq!(priced("0.0000000000000000000000000001", "79228162514264337593543950335").tenths(), None);
    }

    #[test]
    fn causes_group_by_the_weightiest_code_and_sums_keep_currencies_apart() {
        let gone = |key: &str, cause, amount: i64, currency: &str| Change {
            cause: Some(cause),
            at_stake: Some(Decimal::from(amount)),
            currency: currency.into(),
            ..Change::new(ChangeKind::Delete, key)
        };
        let both = Cause::Invalid(vec!["a/one".into(), "a/two".into()]);
        let changes = [
            gone("C", Cause::NotInMaster, 5, "USD"),
            gone("B", both, 1, "UAH"),
            gone("A", Cause::Invalid(vec!["a/one".into()]), 7, "UAH"),
        ];
        let causes = causes(&changes);
        let keys: Vec<Vec<&str>> = causes.iter().map(|c| c.1.iter().map(|c| c.key.as_str()).collect()).collect();
        assert_eq!(keys, [vec!["A", "B"], vec!["C"]]);
        assert_eq!(sums(&changes), [("UAH".into(), Decimal::from(8)), ("USD".into(), Decimal::from(5))]);
    }
}
