//! What was noticed of a document and its head, as a report shows it.

use bumpalo::Bump;
use hashbrown::HashSet;

use super::spots;
use crate::channel::plan::{ChannelPlan, FieldPlan, ShapePlan};
use crate::check::listing::{Context, check_head};
use crate::engine::assemble::rfc3339;
use crate::engine::existing::Existing;
use crate::engine::found::{self, Terms};
use crate::engine::outcome::{ExistingSeen, FindingGroup};
use crate::finding::{Refusal, Sink};
use crate::model::Value;
use crate::model::text::trimmed;

/// For each field of the document's head that is a table, the keys that it declares.
pub(super) fn declared(plan: &ChannelPlan, head: &[Value<'_>]) -> Vec<Option<HashSet<String>>> {
    let of_field = |(number, field): (usize, &FieldPlan)| {
        let Some(Value::Table(rows)) = head.get(number) else { return None };
        let key = |row: &&[Value<'_>]| {
            let text = field.key.iter().find_map(|number| row.get(*number).and_then(Value::as_text));
            text.map(|text| trimmed(text).to_owned())
        };
        Some(rows.iter().filter_map(key).collect())
    };
    plan.head.iter().enumerate().map(of_field).collect()
}

/// The document's own fields against the channel's rules, as far as its shape has them.
pub(super) fn check_document(plan: &ChannelPlan, shape: &ShapePlan, head: &[Value<'_>], sink: &mut Sink) {
    if head.is_empty() {
        return;
    }
    let carried: Vec<bool> = shape.head_compared.iter().map(|how| !how.node.is_empty()).collect();
    let context =
        Context { plan, declared: &[], offset: 0, id: 0, key: "", carried: &carried, is_faulty: false, offers: &[] };
    check_head(&context, head, &|_| None, sink);
}

/// What was found, with the places at which it stands.
pub(super) fn groups(
    sink: Sink,
    terms: Terms<'_>,
    existing: &Existing,
    plan: &ChannelPlan,
) -> Result<Vec<FindingGroup>, Refusal> {
    let Some(shape) = plan.shapes.get(existing.shape) else { return Ok(Vec::new()) };
    let spot = spots::of(&existing.input, plan, shape);
    found::groups(sink, terms, &existing.input, &spot)
}

/// The document as it was read.
pub(super) fn seen(existing: &Existing, shape: &ShapePlan, listings: u64, digest: String) -> ExistingSeen {
    let modified = existing.input.modified().and_then(|time| jiff::Timestamp::try_from(time).ok());
    ExistingSeen {
        path: existing.input.shown_as().to_owned(),
        shape: shape.name.clone(),
        listings,
        bytes: existing.input.file_bytes(),
        complete: shape.complete,
        modified: modified.map(|time| rfc3339(time, &jiff::tz::TimeZone::UTC)).unwrap_or_default(),
        digest,
        is_replaced: false,
    }
}

/// Refuses a document in which nothing stands.
pub(super) fn refuse_empty(existing: &Existing, listings: u64) -> Result<(), Refusal> {
    if listings > 0 {
        return Ok(());
    }
    let what = "there is not a single listing in it";
    Err(Refusal::whole(existing.input.shown_as(), what, "check that it is the right document, and whole"))
}

/// A listing's first key that is there; one of several fields is all of them.
pub(super) fn key<'b>(shape: &ShapePlan, values: &[Value<'b>], arena: &'b Bump) -> Option<&'b str> {
    shape.key.iter().find_map(|fields| {
        let texts =
            fields.iter().map(|field| values.get(*field)?.as_text().map(trimmed).filter(|text| !text.is_empty()));
        let texts: Vec<&'b str> = texts.collect::<Option<_>>()?;
        match texts.as_slice() {
            [] => None,
            [one] => Some(*one),
            several => Some(arena.alloc_str(&several.join(" / ")) as &str),
        }
    })
}
