//! Values that may stand in one listing only, and keys: which stand twice is known at the end of the feed, and what is
//! said of them takes a second look at those listings alone.

use bumpalo::Bump;
use hashbrown::HashMap;

use super::common::TRAITS;
use super::judge::{Judged, Judging};
use super::told;
use crate::channel::plan::{ChannelPlan, ShapePlan, TestPlan};
use crate::check::unique::UniqueSets;
use crate::engine::existing::{self, Existing, Listing, Taker};
use crate::engine::outcome::Checked;
use crate::engine::rows_before::RowsBefore;
use crate::finding::{CodeNo, Found, Known, Refusal, Severity, Sink};
use crate::model::Value;

/// Characters of a value that a message shows.
const SHOWN: usize = 60;
/// So many of the others are named.
const NAMED: usize = 2;

/// A demand that something stands in one listing only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Demand {
    /// The field; `None` for the key.
    field: Option<usize>,
    /// Its name, for messages.
    name: String,
    code: CodeNo,
    /// The number of its set.
    set: usize,
}

/// All of them: the channel's own, and that of keys where the channel has none for its key.
pub(super) fn demands(plan: &ChannelPlan, shape: &ShapePlan) -> Vec<Demand> {
    let mut demands = Vec::new();
    for (number, field) in plan.fields.iter().enumerate() {
        for rule in &field.rules {
            if let TestPlan::Unique { set, .. } = rule.test {
                demands.push(Demand { field: Some(number), name: field.name.clone(), code: rule.code, set });
            }
        }
    }
    let is_key = |demand: &Demand| {
        shape.key.first().is_some_and(|fields| demand.field == fields.first().copied() && fields.len() == 1)
    };
    if !demands.iter().any(is_key) {
        let name = shape.key.first().and_then(|fields| plan.fields.get(*fields.first()?));
        let name = name.map_or(String::new(), |field| field.name.clone());
        demands.push(Demand { field: None, name, code: Known::KeyEqual.into(), set: plan.unique_sets });
    }
    demands
}

/// Says what stands twice.
pub(super) fn find(judging: &Judging<'_>, existing: &Existing, sum: &mut Judged) -> Result<(), Refusal> {
    let mut wanted: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut groups: Vec<Group> = Vec::new();
    for (number, demand) in judging.demands.iter().enumerate() {
        for (first, later) in sum.uniques.equal(demand.set) {
            let mut members: Vec<u64> = std::iter::once(first).chain(later).collect();
            members.sort_unstable();
            members.dedup();
            members.iter().for_each(|offset| wanted.entry(*offset).or_default().push(groups.len()));
            groups.push(Group { demand: number, members });
        }
    }
    if groups.is_empty() {
        return Ok(());
    }
    let looking = Looking { judging, wanted: &wanted };
    let seen = existing::stream(&existing.input, &looking, judging.request, &Bump::new())?.sum;
    say(judging, &groups, &wanted, seen, sum);
    Ok(())
}

/// Listings that have something in common which only one may have.
struct Group {
    demand: usize,
    /// Where they begin.
    members: Vec<u64>,
}

/// A listing of a group.
#[derive(Debug)]
struct Member {
    key: String,
    /// What it has of each demand.
    values: Vec<String>,
    /// What was found in it apart from this.
    worst: Option<Severity>,
    /// Its traits.
    has: [Option<(u64, String)>; TRAITS],
}

/// Looks at the listings of groups once more.
struct Looking<'l, 'j> {
    judging: &'l Judging<'j>,
    wanted: &'l HashMap<u64, Vec<usize>>,
}

/// What a block has of them, by where they begin.
type Members = Vec<(u64, Member)>;

impl Taker for Looking<'_, '_> {
    type Block = (Members, Sink);
    type Sum = HashMap<u64, Member>;

    fn plan(&self) -> &ChannelPlan {
        self.judging.plan
    }

    fn shape(&self) -> &ShapePlan {
        self.judging.shape
    }

    fn block(&self) -> Self::Block {
        (Vec::new(), Sink::new(0))
    }

    fn sink<'s>(&self, block: &'s mut Self::Block) -> &'s mut Sink {
        // all that is said of a document on the way was said when it was read first
        &mut block.1
    }

    fn listing<'b>(
        &self,
        listing: Listing<'_, 'b>,
        _: &mut RowsBefore<'b>,
        block: &mut Self::Block,
    ) -> Result<(), Refusal> {
        if !self.wanted.contains_key(&listing.offset) {
            return Ok(());
        }
        let judging = self.judging;
        let (mut sink, mut uniques) = (Sink::new(0), UniqueSets::new(judging.plan.unique_sets + 1));
        judging.check(listing, &mut uniques, &mut sink);
        let key = told::key(judging.shape, listing.values, listing.arena).unwrap_or("");
        let value = |demand: &super::equal::Demand| match demand.field {
            Some(field) => listing.values.get(field).and_then(Value::as_text).unwrap_or("").trim(),
            None => key,
        };
        let values = judging.demands.iter().map(|demand| value(demand).chars().take(SHOWN).collect()).collect();
        let has = judging.traits.has(listing.values).map(|has| has.map(|(hash, text)| (hash, text.to_owned())));
        let member = Member { key: key.to_owned(), values, worst: judging.worst(&sink, &[]), has };
        block.0.push((listing.offset, member));
        Ok(())
    }

    fn sum(&self) -> Result<Self::Sum, Refusal> {
        Ok(HashMap::new())
    }

    fn add(&self, block: Self::Block, sum: &mut Self::Sum) -> Result<(), Refusal> {
        sum.extend(block.0);
        Ok(())
    }
}

fn say(
    judging: &Judging<'_>,
    groups: &[Group],
    wanted: &HashMap<u64, Vec<usize>>,
    seen: HashMap<u64, Member>,
    sum: &mut Judged,
) {
    let mut places: Vec<(&u64, &Vec<usize>)> = wanted.iter().collect();
    places.sort_unstable();
    for (offset, of) in places {
        let mut worst: Option<Severity> = None;
        for group in of.iter().filter_map(|number| groups.get(*number)) {
            let Some(demand) = judging.demands.get(group.demand) else { continue };
            worst = worst.max(judging.terms.severity(demand.code));
            sum.sink.add(demand.code, || found(*offset, group, demand, &seen));
            if let Some(member) = seen.get(offset) {
                let has = member.has.each_ref().map(|has| has.as_ref().map(|(hash, text)| (*hash, text.as_str())));
                sum.counted.fault(demand.code, &has);
            }
        }
        if let Some(member) = seen.get(offset) {
            recount(&mut sum.checked, member.worst, worst);
        }
    }
}

/// A listing of which something worse is known now than before.
fn recount(checked: &mut Checked, before: Option<Severity>, more: Option<Severity>) {
    match (before, more) {
        (Some(Severity::Error), _) => {}
        (Some(Severity::Warning), Some(Severity::Error)) => {
            checked.with_warnings -= 1;
            checked.with_errors += 1;
        }
        (_, Some(Severity::Error)) => checked.with_errors += 1,
        (None | Some(Severity::Note), Some(Severity::Warning)) => checked.with_warnings += 1,
        _ => {}
    }
}

fn found(offset: u64, group: &Group, demand: &Demand, seen: &HashMap<u64, Member>) -> Found {
    let at = |offset: u64| seen.get(&offset);
    let value = at(offset).and_then(|member| member.values.get(group.demand)).map_or("", String::as_str);
    let key = at(offset).map_or("", |member| member.key.as_str());
    let others = group.members.iter().filter(|other| **other != offset);
    let mut named: Vec<&str> = others.clone().take(NAMED).filter_map(|other| Some(at(*other)?.key.as_str())).collect();
    // what goes by the value itself is told apart by its place alone
    named.retain(|other| *other != value);
    let more = others.count() - named.len();
    let message = match (named.is_empty(), more) {
        (true, 0) => "the same stands in it twice".to_owned(),
        (true, 1) => format!("«{value}» stands in another listing too"),
        (true, more) => format!("«{value}» stands in {more} other listings too"),
        (false, 0) => format!("«{value}» stands in {} too", named.join(", ")),
        (false, more) => format!("«{value}» stands in {} and {more} more too", named.join(", ")),
    };
    Found { offset, key: key.to_owned(), field: demand.name.clone(), message }
}
