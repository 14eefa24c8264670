//! Guards: limits that a plan must not pass unasked. They count offers, say what they
//! measured against which limit, and name the way on.

use hashbrown::HashMap;
use rust_decimal::Decimal;

use crate::channel::plan::ChannelPlan;
use crate::config::guards::{CATEGORY_OF, FEW, Guards, Limit};
use crate::model::figures::{grouped, percent, share};
use crate::model::{Categories, shown_of};

use super::change::{Cause, Change, ChangeKind, FieldSort};
use super::moves::{self, Rates};
use super::tally::Tally;

const MAX_DELETE: &str = "max-delete";
const SHRINK: &str = "shrink";
/// So many keys of a channel that stand in no record, and so small a share of others, in percent, are no chance.
const FEWEST_UNKNOWN: u64 = 3;
const NEARLY_NONE: Decimal = Decimal::TWO;
/// How many keys a verdict names.
const EXAMPLES: usize = 5;
/// How many categories it names: no list of changes has them.
const CATEGORIES: usize = 50;

/// What a guard says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GuardVerdict {
    /// `max-delete`.
    pub name: &'static str,
    /// What was measured, for people: `61 of 974 listings, 6.3 %`.
    pub value: String,
    /// How many listings it counts; what `--allow GUARD=N` must name.
    pub count: u64,
    /// How many another line of the same guard counts: `--allow` must let those pass too.
    pub beside: u64,
    /// The limit, for people: `5.0 %`.
    pub limit: String,
    /// Whether it lets the plan pass.
    pub ok: bool,
    /// Whether `--allow` lets it pass although it says no.
    pub allowed: bool,
    /// What probably happened, where one can tell; may be empty.
    pub likely: String,
    /// Five keys.
    pub examples: Vec<String>,
    /// Whether `--allow` can open it at all.
    pub can_be_allowed: bool,
}

impl GuardVerdict {
    /// Whether it stops the plan.
    pub fn stops(&self) -> bool {
        !self.ok && !self.allowed
    }

    /// What `--allow` must be given to let this pass and not one listing more; `None` where nothing can.
    pub fn allow(&self) -> Option<String> {
        let bare = || self.name.to_owned();
        self.can_be_allowed.then(|| if self.count == 0 { bare() } else { format!("{}={}", self.name, self.to_allow()) })
    }

    /// How many `--allow` must name.
    pub fn to_allow(&self) -> u64 {
        self.count.max(self.beside)
    }
}

/// What guards look at.
#[derive(Debug)]
pub struct Measured<'m> {
    /// The channel.
    pub plan: &'m ChannelPlan,
    /// All listings that change.
    pub tally: &'m Tally,
    /// What currencies are worth on either side.
    pub rates: &'m Rates,
    /// What categories are called.
    pub categories: CategoryNames<'m>,
    /// Whether there is anything to compare with.
    pub has_existing: bool,
    /// Listings that should be there.
    pub desired: u64,
    /// The offers in them.
    pub desired_offers: u64,
    /// Offers that should have been listed but are invalid.
    pub invalid: u64,
    /// The first of them.
    pub invalid_first: &'m [String],
    /// Nothing goes while an offer is invalid (`invalid: stop`).
    pub stops_at_invalid: bool,
}

impl Measured<'_> {
    /// What guards count.
    fn what(&self) -> &'static str {
        if self.plan.variants.is_some() { "offers" } else { "listings" }
    }
}

/// What categories are called: in the master, else in the document that has them now.
#[derive(Debug, Clone, Copy)]
pub struct CategoryNames<'m> {
    /// The master's tree.
    pub tree: Option<&'m Categories>,
    /// The shop's language.
    pub language: &'m str,
    /// Ids and names that the existing document declares.
    pub declared: &'m HashMap<String, String>,
}

impl CategoryNames<'_> {
    /// The path of a category, else its id: a category that is gone altogether stands in no master any more.
    pub fn name(&self, id: &str) -> String {
        let in_tree = self.tree.filter(|tree| tree.by_id.contains_key(id)).map(|tree| tree.path_of(id, self.language));
        let named = in_tree.filter(|path| !path.is_empty()).or_else(|| self.declared.get(id).cloned());
        named.unwrap_or_else(|| format!("category {id}"))
    }
}

/// What a person has allowed for one run: the guard, and how many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowed {
    /// The guard's name.
    pub guard: String,
    /// How many may pass; none for a guard without a figure.
    pub count: Option<u64>,
}

/// The verdicts of all guards, in the order of the docs.
pub fn verdicts(measured: &Measured<'_>, guards: &Guards, allowed: &[Allowed]) -> Vec<GuardVerdict> {
    let mut verdicts = vec![empty(measured)];
    if measured.has_existing {
        verdicts.push(max_delete(measured, guards));
        verdicts.push(max_update(measured, guards));
        verdicts.extend(moves::verdicts(measured, guards));
        verdicts.push(zero_stock(measured, guards));
        verdicts.extend(category_gone(measured, guards));
    }
    verdicts.push(max_invalid(measured, guards));
    verdicts.iter_mut().for_each(|verdict| allow(verdict, allowed));
    verdicts
}

/// Marks a verdict that a person has opened for this run.
fn allow(verdict: &mut GuardVerdict, allowed: &[Allowed]) {
    let passes = |one: &Allowed| one.count.map_or(verdict.name == SHRINK, |count| verdict.to_allow() <= count);
    verdict.allowed = verdict.can_be_allowed && allowed.iter().filter(|one| one.guard == verdict.name).any(passes);
}

/// A verdict on so many of so many.
fn counted(
    name: &'static str,
    count: u64,
    whole: u64,
    what: &str,
    limit: Limit,
    examples: Vec<String>,
) -> GuardVerdict {
    let (ok, limit) = match limit {
        Limit::Usual(_) if whole < FEW => {
            let ok = count * 2 <= whole || count <= 1 && name != MAX_DELETE;
            (ok, format!("half where there are fewer than {FEW}"))
        }
        // a share that is less than one listing would let nothing pass in a small shop
        Limit::Usual(limit) => (count <= 1 || is_within(count, whole, limit), percent(limit)),
        Limit::Percent(limit) => (is_within(count, whole, limit), percent(limit)),
        Limit::Count(limit) => (count <= limit, grouped(limit)),
    };
    GuardVerdict {
        name,
        value: format!("{} of {} {what}, {}", grouped(count), grouped(whole), share(count, whole)),
        count,
        limit,
        ok,
        examples,
        can_be_allowed: true,
        ..GuardVerdict::default()
    }
}

/// Whether so many of so many are no more than a share of them.
pub(super) fn is_within(count: u64, whole: u64, limit: Decimal) -> bool {
    Decimal::from(count) * Decimal::ONE_HUNDRED <= limit * Decimal::from(whole)
}

pub(super) fn keys<'c>(changes: impl Iterator<Item = &'c Change>) -> Vec<String> {
    first(changes.map(|change| &change.key))
}

/// The first examples; a rest of one or two is named too.
fn first<'k>(keys: impl Iterator<Item = &'k String>) -> Vec<String> {
    let mut keys: Vec<String> = keys.take(EXAMPLES + 3).cloned().collect();
    keys.truncate(shown_of(keys.len(), EXAMPLES));
    keys
}

fn of_kind<'m>(measured: &Measured<'m>, kind: ChangeKind) -> impl Iterator<Item = &'m Change> + Clone {
    measured.tally.changes.of_kind(kind)
}

fn empty(measured: &Measured<'_>) -> GuardVerdict {
    GuardVerdict {
        name: "empty",
        value: match measured.desired {
            1 => "1 listing".to_owned(),
            count => format!("{} listings", grouped(count)),
        },
        count: measured.desired,
        limit: "at least 1".into(),
        ok: measured.desired > 0,
        ..GuardVerdict::default()
    }
}

fn max_delete(measured: &Measured<'_>, guards: &Guards) -> GuardVerdict {
    let leaves = |change: &&Change| change.kind == ChangeKind::Delete || change.leaving > 0;
    let leaving = measured.tally.changes.iter().filter(leaves);
    let count = |change: &Change| if change.kind == ChangeKind::Delete { change.offers } else { change.leaving };
    let count = leaving.clone().map(count).sum();
    let verdict = counted(MAX_DELETE, count, measured.tally.offers, measured.what(), guards.max_delete, keys(leaving));
    GuardVerdict { likely: if verdict.ok { String::new() } else { other_keys(measured) }, ..verdict }
}

/// What is likely where hardly any key of the channel stands in the master, and yet there are offers to list.
fn other_keys(measured: &Measured<'_>) -> String {
    let unknown = of_kind(measured, ChangeKind::Delete).filter(|change| change.cause == Some(Cause::NotInMaster));
    let unknown: u64 = unknown.map(|change| change.offers).sum();
    let new = of_kind(measured, ChangeKind::Create).next().is_some();
    match new
        && unknown >= FEWEST_UNKNOWN
        && is_within(measured.tally.offers - unknown.min(measured.tally.offers), measured.tally.offers, NEARLY_NONE)
    {
        true => "the channel knows offers by other keys than the column that is mapped to `sku`".to_owned(),
        false => String::new(),
    }
}

fn max_update(measured: &Measured<'_>, guards: &Guards) -> GuardVerdict {
    let is_content = |sort: FieldSort| matches!(sort, FieldSort::Text | FieldSort::Other);
    let of_content = |change: &&Change| change.fields.iter().any(|field| is_content(field.sort));
    let updates = of_kind(measured, ChangeKind::Update).filter(of_content);
    let count = updates.clone().map(|change| change.offers).sum();
    counted("max-update", count, measured.tally.offers, measured.what(), guards.max_update, keys(updates))
}

fn zero_stock(measured: &Measured<'_>, guards: &Guards) -> GuardVerdict {
    let out = of_kind(measured, ChangeKind::Update).filter(|change| change.sells_out > 0);
    let count = out.clone().map(|change| change.sells_out).sum();
    let what = format!("{} in stock", measured.what());
    counted("zero-stock", count, measured.tally.in_stock, &what, guards.zero_stock, keys(out))
}

fn category_gone(measured: &Measured<'_>, guards: &Guards) -> Option<GuardVerdict> {
    let most = guards.category_gone?;
    let mut leaving: HashMap<&str, u64> = HashMap::new();
    for change in of_kind(measured, ChangeKind::Delete).filter(|change| !change.category.is_empty()) {
        *leaving.entry(change.category.as_str()).or_default() += 1;
    }
    let all_of = |(category, count): (&&str, &u64)| {
        let stood = measured.tally.categories.get(*category).copied().unwrap_or(0);
        (*count >= CATEGORY_OF && *count >= stood).then(|| (*count, measured.categories.name(category)))
    };
    let mut gone: Vec<(u64, String)> = leaving.iter().filter_map(all_of).collect();
    gone.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
    let count = gone.len() as u64;
    let said = |(listings, category): &(u64, String)| format!("{category}: all {} listings leave", grouped(*listings));
    let said: Vec<String> = gone.iter().take(CATEGORIES).map(said).collect();
    let value = match said.split_at(shown_of(gone.len(), 1).min(said.len())) {
        ([], _) => "no category loses all its listings".into(),
        (named, _) if named.len() == gone.len() => named.join(", "),
        (named, _) => format!("{}, and {} more categories", named.join(", "), grouped(count - named.len() as u64)),
    };
    Some(GuardVerdict {
        name: "category-gone",
        value,
        count,
        limit: grouped(most),
        ok: count <= most,
        examples: gone.into_iter().take(CATEGORIES).map(|one| one.1).collect(),
        can_be_allowed: true,
        ..GuardVerdict::default()
    })
}

/// What the document itself breaks stops the whole feed; no listing is to blame, so nothing opens it.
pub fn document(errors: &[String]) -> Option<GuardVerdict> {
    (!errors.is_empty()).then(|| GuardVerdict {
        name: "document",
        value: format!("the document itself breaks {}", errors.join(", ")),
        limit: "no error".into(),
        ..GuardVerdict::default()
    })
}

/// A new feed beside the one that it replaces, in bytes; known only when it has been rendered.
pub fn shrink(was: u64, will: u64, guards: &Guards, allowed: &[Allowed]) -> GuardVerdict {
    let mut verdict = GuardVerdict {
        name: SHRINK,
        value: format!("{} of {} bytes, {}", grouped(will), grouped(was), share(will, was)),
        limit: format!("at least {}", percent(guards.shrink)),
        ok: Decimal::from(will) * Decimal::ONE_HUNDRED >= guards.shrink * Decimal::from(was),
        can_be_allowed: true,
        ..GuardVerdict::default()
    };
    allow(&mut verdict, allowed);
    verdict
}

fn max_invalid(measured: &Measured<'_>, guards: &Guards) -> GuardVerdict {
    let whole = measured.desired_offers + measured.invalid;
    let examples = first(measured.invalid_first.iter());
    let limit = if measured.stops_at_invalid { Limit::Count(0) } else { guards.max_invalid };
    counted("max-invalid", measured.invalid, whole, "offers", limit, examples)
}
