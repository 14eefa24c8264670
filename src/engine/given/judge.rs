//! One feed against a channel's rules: a pass over its listings, and a second one only where values stand twice that
//! may stand once.

use bumpalo::Bump;
use hashbrown::HashSet;

use super::beside::Beside;
use super::channel::Channel;
use super::common::{Counted, Traits};
use super::equal::{self, Demand};
use super::{told, which};
use crate::channel::plan::{ChannelPlan, ShapePlan};
use crate::check::listing::{Context, check};
use crate::check::unique::UniqueSets;
use crate::check::verdicts::Verdicts;
use crate::engine::difference;
use crate::engine::existing::{self, Existing, Listing, Streamed, Taker};
use crate::engine::found::Terms;
use crate::engine::origin::Origin;
use crate::engine::outcome::{ChannelOutcome, Checked};
use crate::engine::request::{Request, Stop};
use crate::engine::rows_before::RowsBefore;
use crate::engine::severities;
use crate::finding::{Codes, Found, Keep, Known, Refusal, Severity, Sink};
use crate::model::Value;
use crate::source::Expected;

/// Judges one feed.
pub(super) fn judged(
    request: &Request<'_>,
    channels: &[Channel],
    feed: &Origin,
    beside: &mut Beside,
) -> Result<ChannelOutcome, Stop> {
    let come = super::come(request, feed)?;
    let which::Recognised { channel, existing, why } = which::recognised(request, channels, &come)?;
    let mut codes = Codes::new();
    let mut plan = channel.plan(existing.shape, &mut codes)?;
    let levels = beside.levels(request, &codes, (channels, channel))?;
    severities::apply(&mut plan, &levels.catalog);
    let Some(shape) = plan.shapes.get(existing.shape) else { return Ok(ChannelOutcome::default()) };
    let (arena, input) = (Bump::new(), &existing.input);
    let head = existing::head(input, shape, &plan.title, &arena)?;
    let judging = Judging {
        plan: &plan,
        shape,
        terms: Terms { codes: &codes, levels: &levels.catalog },
        keep: request.keep_of(&channel.id),
        declared: told::declared(&plan, head),
        traits: Traits::of(&plan),
        demands: equal::demands(&plan, shape),
        request,
    };
    request.progress.phase(input.shown_as(), input.len());
    let Streamed { mut sum, of_head, head, digest, .. } = existing::stream(input, &judging, request, &arena)?;
    told::refuse_empty(&existing, sum.taken)?;
    equal::find(&judging, &existing, &mut sum)?;
    sum.sink.merge(of_head);
    told::check_document(&plan, shape, head, &mut sum.sink);
    let mut outcome = ChannelOutcome {
        id: channel.id.clone(),
        title: plan.title.clone(),
        checked_on: channel.description.checked_on.clone(),
        absent: Some(plan.absent),
        existing: Some(told::seen(&existing, shape, sum.taken, digest.to_string())),
        recognised: why,
        checked: Some(sum.checked),
        ..ChannelOutcome::default()
    };
    outcome.findings = findings(&judging, &existing, sum)?;
    beside.take(&levels, codes);
    Ok(outcome)
}

/// The findings, each with what its listings have in common.
fn findings(
    judging: &Judging<'_>,
    existing: &Existing,
    sum: Judged,
) -> Result<Vec<crate::engine::outcome::FindingGroup>, Refusal> {
    let mut groups = told::groups(sum.sink, judging.terms, existing, judging.plan)?;
    for group in &mut groups {
        let code = judging.terms.codes.number(&group.code);
        let shared = code.and_then(|code| sum.counted.in_common(code, judging.traits, judging.shape));
        group.in_common = shared.unwrap_or_default();
    }
    Ok(groups)
}

/// Judges each listing.
pub(super) struct Judging<'j> {
    pub plan: &'j ChannelPlan,
    pub shape: &'j ShapePlan,
    pub terms: Terms<'j>,
    /// What is kept of findings.
    keep: Keep,
    pub declared: Vec<Option<HashSet<String>>>,
    pub traits: Traits,
    /// What may stand in one listing only.
    pub demands: Vec<Demand>,
    pub request: &'j Request<'j>,
}

/// What was found in some listings, or in all of them.
#[derive(Debug)]
pub(super) struct Judged {
    pub sink: Sink,
    pub uniques: UniqueSets,
    pub counted: Counted,
    pub checked: Checked,
    /// Listings that stand there, whether they were asked for or not.
    pub taken: u64,
    marks: Vec<u64>,
}

impl Judging<'_> {
    fn nothing(&self) -> Judged {
        // the last set is that of keys
        let uniques = UniqueSets::new(self.plan.unique_sets + 1);
        let (counted, checked) = (Counted::default(), Checked::default());
        Judged { sink: Sink::new(self.keep.clone()), uniques, counted, checked, taken: 0, marks: Vec::new() }
    }

    /// The rules over one listing.
    pub fn check<'b>(&self, listing: Listing<'_, 'b>, uniques: &mut UniqueSets, sink: &mut Sink) {
        let Listing { offset, values, noticed, arena } = listing;
        let key = told::key(self.shape, values, arena).unwrap_or("");
        for remark in noticed {
            difference::say_of(&self.plan.fields, &self.shape.compared, remark, offset, key, sink);
        }
        let offers = self.offers(offset, values, arena);
        let context = Context {
            plan: self.plan,
            declared: &self.declared,
            offset,
            id: offset,
            key,
            carried: &self.shape.carried,
            is_faulty: false,
            offers,
        };
        check(&context, values, uniques, &mut Verdicts::default(), sink);
        match key {
            "" => {
                let field = self.key_name().to_owned();
                let message = format!("nothing stands in {field}");
                sink.add(Known::KeyMissing.into(), || Found { offset, key: String::new(), field, message });
            }
            key => uniques.add(self.plan.unique_sets, key, None, false, offset),
        }
    }

    /// The offers of a product, by the rows of its listing.
    fn offers<'b>(&self, offset: u64, values: &[Value<'b>], arena: &'b Bump) -> &'b [(u64, &'b str)] {
        let Some(variants) = self.plan.variants else { return &[] };
        let Some(Value::Table(rows)) = values.get(variants.field) else { return &[] };
        let sku = self.plan.fields.get(variants.field).and_then(|field| field.key.first().copied());
        let of = |row: &&'b [Value<'b>]| (offset, sku.and_then(|sku| row.get(sku)?.as_text()).unwrap_or(""));
        arena.alloc_slice_fill_iter(rows.iter().map(of))
    }

    pub fn key_name(&self) -> &str {
        let first = self.shape.key.first().and_then(|fields| fields.first());
        first.and_then(|field| self.shape.compared.get(*field)).map_or("", |how| how.node.as_str())
    }

    /// The worst of what was found since the marks were taken.
    pub fn worst(&self, sink: &Sink, marks: &[u64]) -> Option<Severity> {
        sink.found_since(marks).filter_map(|code| self.terms.severity(code)).max()
    }
}

impl Taker for Judging<'_> {
    type Block = Judged;
    type Sum = Judged;

    fn plan(&self) -> &ChannelPlan {
        self.plan
    }

    fn shape(&self) -> &ShapePlan {
        self.shape
    }

    fn block(&self) -> Judged {
        self.nothing()
    }

    fn sink<'s>(&self, block: &'s mut Judged) -> &'s mut Sink {
        &mut block.sink
    }

    fn listing<'b>(&self, listing: Listing<'_, 'b>, _: &mut RowsBefore<'b>, block: &mut Judged) -> Result<(), Refusal> {
        block.taken += 1;
        if !self.request.looks_at(told::key(self.shape, listing.values, listing.arena).unwrap_or("")) {
            return Ok(());
        }
        let Judged { sink, uniques, counted, checked, marks, .. } = block;
        sink.marks(marks);
        self.check(listing, uniques, sink);
        let has = self.traits.has(listing.values);
        counted.listing(&has);
        sink.found_since(marks).for_each(|code| counted.fault(code, &has));
        checked.listings += 1;
        match self.worst(sink, marks) {
            Some(Severity::Error) => checked.with_errors += 1,
            Some(Severity::Warning) => checked.with_warnings += 1,
            _ => {}
        }
        Ok(())
    }

    fn sum(&self) -> Result<Judged, Refusal> {
        Ok(self.nothing())
    }

    fn add(&self, block: Judged, sum: &mut Judged) -> Result<(), Refusal> {
        sum.sink.merge(block.sink);
        sum.uniques.merge(block.uniques, Expected::default());
        sum.counted.merge(block.counted);
        sum.taken += block.taken;
        let Checked { listings, with_errors, with_warnings } = block.checked;
        sum.checked.listings += listings;
        sum.checked.with_errors += with_errors;
        sum.checked.with_warnings += with_warnings;
        Ok(())
    }
}
