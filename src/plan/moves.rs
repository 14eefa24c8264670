//! How far prices move: measured in one currency, against the shop's own limit and the channel's quarantine.

use hashbrown::HashMap;
use rust_decimal::Decimal;

use crate::channel::plan::ChannelPlan;
use crate::config::guards::{Guards, Limit};
use crate::model::figures::{grouped, percent};

use super::change::{Change, ChangeKind, FieldSort};
use super::changes::Changes;
use super::guard::{GuardVerdict, Measured, is_within, keys};

const MAX_PRICE_MOVE: &str = "max-price-move";

/// What one unit of each currency is worth, as the existing document and the new one declare it.
#[derive(Debug, Default)]
pub struct Rates {
    now: HashMap<String, Decimal>,
    will: HashMap<String, Decimal>,
}

impl Rates {
    /// What the document declares now, and what it will declare. Both must count in one currency, the one that is
    /// worth 1: else they say nothing of each other.
    pub fn new(now: HashMap<String, Decimal>, will: HashMap<String, Decimal>) -> Self {
        let is_one = |rate: Option<&Decimal>| rate == Some(&Decimal::ONE);
        if now.iter().any(|(code, rate)| is_one(Some(rate)) && is_one(will.get(code))) {
            return Rates { now, will };
        }
        Rates::default()
    }

    /// What the price of a change was, in units of what it will be; `None` where that cannot be known.
    fn converted(&self, was: Decimal, from: &str, to: &str) -> Option<Decimal> {
        let (now, will) = (self.now.get(from), self.will.get(to));
        match (now, will) {
            (Some(now), Some(will)) if now == will => Some(was),
            (Some(now), Some(will)) => was.checked_mul(*now)?.checked_div(*will),
            _ => (from == to).then_some(was),
        }
    }

    /// Whether a currency is worth the same on both sides, as far as both say.
    fn stays(&self, currency: &str) -> bool {
        match (self.now.get(currency), self.will.get(currency)) {
            (Some(now), Some(will)) => now == will,
            _ => true,
        }
    }

    /// Currencies whose worth changes, with what one unit was and will be worth.
    fn moved(&self) -> impl Iterator<Item = (&str, Decimal, Decimal)> {
        let will = |currency: &String| self.will.get(currency).copied();
        let both = self.now.iter().filter_map(move |(currency, now)| Some((currency.as_str(), *now, will(currency)?)));
        both.filter(|(_, now, will)| now != will)
    }
}

/// How far a price may move.
#[derive(Debug, Clone, Copy)]
enum MoveLimit {
    /// Up or down by so many percent.
    Percent(Decimal),
    /// New ÷ old; the channel's own limits. At the lower one it is held already.
    Ratio(Option<Decimal>, Option<Decimal>),
}

/// The limits of a channel, each with how many may move further: the shop's, and the channel's own quarantine.
fn limits(plan: &ChannelPlan, guards: &Guards) -> Vec<(MoveLimit, Limit)> {
    let own = plan.quarantine.iter().filter(|limit| Some(limit.0) == plan.roles.price);
    let own = own.map(|(_, range)| (MoveLimit::Ratio(range.from, range.to), Limit::Count(0)));
    let shop = guards.max_price_move;
    std::iter::once((MoveLimit::Percent(shop.limit), shop.share)).chain(own).collect()
}

/// Marks the listings whose price moves further than it may.
pub fn mark(plan: &ChannelPlan, guards: &Guards, rates: &Rates, changes: &mut Changes) {
    let limits = limits(plan, guards);
    for change in changes.iter_mut().filter(|change| change.kind == ChangeKind::Update) {
        if limits.iter().any(|limit| limit.0.passed_by(change, rates) > 0) {
            change.over = Some(MAX_PRICE_MOVE);
        }
    }
}

/// A verdict for each limit.
pub(super) fn verdicts(measured: &Measured<'_>, guards: &Guards) -> Vec<GuardVerdict> {
    let limits = limits(measured.plan, guards);
    let mut verdicts: Vec<GuardVerdict> =
        limits.into_iter().map(|(limit, share)| verdict(measured, limit, share)).collect();
    let most = verdicts.iter().filter(|verdict| !verdict.ok).map(|verdict| verdict.count).max().unwrap_or(0);
    verdicts.iter_mut().for_each(|verdict| verdict.beside = most);
    verdicts
}

fn verdict(measured: &Measured<'_>, limit: MoveLimit, share: Limit) -> GuardVerdict {
    // hardly any change is over a limit: only the marked ones are measured once more
    let marked = measured.tally.changes.iter().filter(|change| change.over == Some(MAX_PRICE_MOVE));
    let passed = |change: &Change| limit.passed_by(change, measured.rates);
    let over = marked.filter(|change| passed(change) > 0);
    let count = over.clone().map(passed).sum::<u64>() + by_rate_alone(measured, limit);
    let ok = match share {
        Limit::Percent(share) | Limit::Usual(share) => is_within(count, measured.tally.offers, share),
        Limit::Count(most) => count <= most,
    };
    let share = match share {
        Limit::Percent(share) | Limit::Usual(share) => percent(share),
        Limit::Count(most) => grouped(most),
    };
    GuardVerdict {
        name: MAX_PRICE_MOVE,
        value: limit.in_words(count, &measured.plan.title),
        count,
        limit: share,
        ok,
        examples: keys(over),
        can_be_allowed: true,
        ..GuardVerdict::default()
    }
}

/// Listings whose own price stays, while their currency is worth something else: they cost something else too.
fn by_rate_alone(measured: &Measured<'_>, limit: MoveLimit) -> u64 {
    let mut count = 0;
    for (currency, now, will) in measured.rates.moved() {
        if limit.is_passed(now, will) {
            let all = measured.tally.currencies.get(currency).copied().unwrap_or(0);
            let is_told = |change: &&Change| change.currency == currency && is_told_by_itself(change);
            let told = measured.tally.changes.iter().filter(is_told).count() as u64;
            count += all.saturating_sub(told);
        }
    }
    count
}

/// Whether a change of a listing that is there now says by itself how its price moves, or that it leaves.
fn is_told_by_itself(change: &Change) -> bool {
    match change.kind {
        ChangeKind::Create => false,
        ChangeKind::Delete => true,
        ChangeKind::Update => change.exchanged.is_some() || prices(change).next().is_some(),
    }
}

/// How what the customer pays moves, of each offer; nothing where it stays.
fn prices(change: &Change) -> impl Iterator<Item = (Decimal, Decimal)> {
    let paid = change.paid.filter(|(was, will)| was != will);
    let in_fields = change.fields.iter().filter(|field| change.paid.is_none() && field.sort == FieldSort::Price);
    paid.into_iter().chain(in_fields.filter_map(|field| field.numbers))
}

impl MoveLimit {
    /// How many offers of a change are over it.
    fn passed_by(self, change: &Change, rates: &Rates) -> u64 {
        if let Some(exchanged) = &change.exchanged {
            let was = rates.converted(exchanged.was, &change.currency, &exchanged.to);
            // what cannot be compared may be anything
            return u64::from(was.is_none_or(|was| self.is_passed(was, exchanged.will)));
        }
        let is_passed = |(was, will): &(Decimal, Decimal)| {
            if rates.stays(&change.currency) {
                return self.is_passed(*was, *will);
            }
            rates.converted(*was, &change.currency, &change.currency).is_none_or(|was| self.is_passed(was, *will))
        };
        prices(change).filter(is_passed).count() as u64
    }

    fn is_passed(self, was: Decimal, will: Decimal) -> bool {
        // what cannot be meant says nothing of how far it moves
        if was <= Decimal::ZERO {
            return false;
        }
        match self {
            MoveLimit::Percent(limit) => {
                will.saturating_sub(was).abs().saturating_mul(Decimal::ONE_HUNDRED) > limit.saturating_mul(was)
            }
            MoveLimit::Ratio(from, to) => {
                from.is_some_and(|from| will <= from.saturating_mul(was))
                    || to.is_some_and(|to| will > to.saturating_mul(was))
            }
        }
    }

    fn in_words(self, count: u64, channel: &str) -> String {
        let (listings, move_by) = match count {
            1 => ("1 listing".to_owned(), "moves by"),
            count => (format!("{} listings", grouped(count)), "move by"),
        };
        let times = |ratio: Decimal| (ratio * Decimal::ONE_HUNDRED).normalize();
        let place = match self {
            MoveLimit::Percent(limit) => return format!("{listings} {move_by} more than {}", percent(limit)),
            MoveLimit::Ratio(Some(from), Some(to)) => format!("outside {} to {} %", times(from), times(to)),
            MoveLimit::Ratio(Some(from), None) => format!("at or below {} %", times(from)),
            MoveLimit::Ratio(None, to) => format!("above {} %", times(to.unwrap_or_default())),
        };
        format!("{listings} would be quarantined by {channel}, {place} of the old price")
    }
}
