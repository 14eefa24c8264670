//! Rendering: guards first, then the feeds of all channels that may be written. Most were written along while the
//! master was surveyed, the others take one more pass; each is read back and must mean what was meant before it takes
//! the place of the old one.

use anyhow::{Result, bail};
use bumpalo::Bump;

use crate::channel::description::Wire;
use crate::channel::plan::ChannelPlan;
use crate::channel::project::MadeBefore;
use crate::check::clean;
use crate::check::settle::settle;
use crate::config::FilePath;
use crate::deliver::file::{Draft, Finished};
use crate::deliver::words::in_words;
use crate::finding::Refusal;
use crate::model::Value;
use crate::plan::diff::Differ;
use crate::plan::{FieldChange, compare};
use crate::source::OfferBlock;
use crate::wire::encoding::{EncodingChoice, Sniff};
use crate::wire::input::Input;

use super::along::Along;
use super::assemble;
use super::difference::Again;
use super::document;
use super::existing;
use super::feed::{Comparer, FeedOnItsWay, Page, Piece, Taken, Taker, Written};
use super::outcome::{ChannelOutcome, FeedFate, FeedSeen, Outcome};
use super::pipeline::{Run, Side};
use super::products::{self, Products};
use super::request::{Feeds, Request, Stop};
use super::rows_before::RowsBefore;
use super::surveyed::{self, ChannelSurveyed, Surveyed};
use super::target;
use super::times::{Stage, Watch};

/// One feed on its way.
struct Rendering<'r> {
    number: usize,
    written: Written<'r>,
    feed: FeedOnItsWay,
    after: Vec<u8>,
    target: Option<FilePath>,
}

/// Renders every channel that may be; what became of each stands in the outcome. One that fails stops no other.
pub fn render(run: &Run<'_>, surveyed: &mut Surveyed, outcome: &mut Outcome) -> Result<(), Stop> {
    index_as_written(run, surveyed)?;
    let mut alongs: Vec<Option<Along>> = surveyed.channels.iter_mut().map(|survey| survey.along.take()).collect();
    let mut renderings = Vec::new();
    for (number, survey) in surveyed.channels.iter().enumerate() {
        let Some(seen) = outcome.channels.get_mut(number) else { continue };
        if seen.failed.is_some() {
            continue;
        }
        let target = run.setups.get(number).and_then(|setup| target::target(run.request, setup.config));
        let shown = target.as_ref().map(|target| target.shown.clone()).unwrap_or_default();
        if seen.is_refused() {
            seen.feed = Some(FeedSeen { path: shown, fate: FeedFate::Refused, ..FeedSeen::default() });
            continue;
        }
        let may_stay = !seen.differs() && seen.overdue.is_none();
        match begin(run, survey, number, target, may_stay) {
            Ok(rendering) => renderings.extend(rendering),
            Err(stop) => seen.failed = Some(of_one(stop, &shown)?),
        }
    }
    let mut unwritten = Vec::new();
    for rendering in &mut renderings {
        let along = alongs.get_mut(rendering.number).and_then(Option::take);
        let listed = surveyed.channels.get(rendering.number).map_or(0, |survey| survey.seen.listed);
        match along.filter(|along| along.serves(listed, rendering.written.kept)) {
            Some(along) => hand_on(run, along, rendering)?,
            None => unwritten.push(rendering),
        }
    }
    if !unwritten.is_empty() {
        write_all(run, &surveyed.products, unwritten)?;
    }
    for rendering in renderings {
        run.request.go_on()?;
        let number = rendering.number;
        let Some(survey) = surveyed.channels.get(number) else { continue };
        let Some(seen) = outcome.channels.get_mut(number) else { continue };
        let shown = rendering.target.as_ref().map(|target| target.shown.clone()).unwrap_or_default();
        if let Err(stop) = conclude(run, survey, &surveyed.products, rendering, seen) {
            seen.failed = Some(of_one(stop, &shown)?);
        }
    }
    Ok(())
}

/// Why one feed could not be written, while others can; else the stop of all.
fn of_one(stop: Stop, feed: &str) -> Result<Refusal, Stop> {
    match stop {
        Stop::Refused(refusal) => Ok(refusal),
        Stop::Failed(error) => {
            let (what, help) = in_words(&error);
            Ok(Refusal::unwritten(feed, what, help))
        }
        stop => Err(stop),
    }
}

/// A first feed is compared with an export, which may be of another shape than is written: where it is, the index
/// is made once more for what is written.
fn index_as_written(run: &Run<'_>, surveyed: &mut Surveyed) -> Result<(), Stop> {
    let is_other = |number: &usize| match (run.sides.get(*number), run.setups.get(*number)) {
        (Some(Side::Known(there)), Some(setup)) => there.shape != setup.written,
        _ => false,
    };
    let others: Vec<usize> = (0..run.setups.len()).filter(is_other).collect();
    if others.is_empty() {
        return Ok(());
    }
    let nothing: Vec<Side> = run.setups.iter().map(|_| Side::None).collect();
    let mut again = surveyed::survey_again(&Run { sides: &nothing, ..*run })?;
    for number in others {
        if let (Some(ours), Some(theirs)) = (surveyed.channels.get_mut(number), again.channels.get_mut(number)) {
            ours.index = std::mem::take(&mut theirs.index);
        }
    }
    Ok(())
}

fn begin<'r>(
    run: &'r Run<'_>,
    survey: &'r ChannelSurveyed,
    number: usize,
    target: Option<FilePath>,
    may_stay: bool,
) -> Result<Option<Rendering<'r>>, Stop> {
    let (Some(plan), Some(selection)) = (run.prepared.plans.get(number), run.prepared.projection.channels.get(number))
    else {
        return Ok(None);
    };
    let Some(write) = plan.write() else { return Ok(None) };
    let taker = match (&run.request.feeds, &target) {
        (Feeds::Check, Some(target)) => Taker::Compare(Comparer::open(&target.path)?),
        (Feeds::Write | Feeds::WriteTo(_), Some(target)) => Taker::Draft(Draft::begin(&target.path)?),
        _ => Taker::Nobody,
    };
    let mut feed = FeedOnItsWay::new(taker).with_between(write.between());
    let arena = Bump::new();
    let mut head: Vec<Value<'_>> = Vec::new();
    let (projection, _) = head_projection(run, survey, number);
    head.extend_from_slice(settle(&plan.head, document::values(&projection, &arena), &arena));
    let lasting = without_volatile(plan, &head);
    let checks = run.request.feeds == Feeds::Check;
    let may_stay = may_stay && is_replaced(run, number);
    let mut of_there = head.clone();
    if checks || may_stay {
        take_volatile(run, number, plan, &mut of_there, &arena)?;
    }
    let (before_there, _) = write.envelope(&of_there);
    let (before, after) = write.envelope(&head);
    let (lasting, _) = write.envelope(&lasting);
    match &target {
        _ if checks => feed.before(&before_there, &lasting),
        Some(target) if may_stay => {
            feed = feed.beside(Comparer::open(&target.path)?, &before_there)?;
            feed.before(&before, &lasting);
        }
        _ => feed.before(&before, &lasting),
    }
    let written = Written { plan, write, selection, index: &survey.index, kept: &survey.kept };
    Ok(Some(Rendering { number, written, feed, after, target }))
}

fn head_projection(
    run: &Run<'_>,
    survey: &ChannelSurveyed,
    number: usize,
) -> (crate::channel::project::Projection, Vec<crate::channel::project::FieldSaid>) {
    let used = assemble::used(survey);
    match run.setups.get(number) {
        Some(setup) => document::projection(run.request.config, setup, survey.categories.as_deref(), &used, run.now),
        None => Default::default(),
    }
}

/// What a document says of itself without what changes with the clock.
fn without_volatile<'b>(plan: &ChannelPlan, head: &[Value<'b>]) -> Vec<Value<'b>> {
    let lasting = plan.head.iter().zip(head).map(|(field, value)| if field.volatile { Value::Unsaid } else { *value });
    lasting.collect()
}

/// Whether what the channel has now is the feed that this run replaces.
fn is_replaced(run: &Run<'_>, number: usize) -> bool {
    matches!(run.sides.get(number), Some(Side::Known(there)) if there.is_replaced)
}

/// What changes with the clock is taken from the feed that is there, so that only the rest is compared.
fn take_volatile<'b>(
    run: &Run<'_>,
    number: usize,
    plan: &'b ChannelPlan,
    head: &mut [Value<'b>],
    arena: &'b Bump,
) -> Result<(), Stop> {
    let Some(Side::Known(there)) =
        run.sides.get(number).filter(|side| matches!(side, Side::Known(it) if it.is_replaced))
    else {
        return Ok(());
    };
    let Some(shape) = plan.shapes.get(plan.written) else { return Ok(()) };
    let values = existing::head(&there.input, shape, &plan.title, arena)?;
    for ((field, value), there) in plan.head.iter().zip(head).zip(values) {
        if field.volatile {
            *value = *there;
        }
    }
    Ok(())
}

/// A feed that was written along goes where it belongs.
fn hand_on(run: &Run<'_>, along: Along, rendering: &mut Rendering<'_>) -> Result<(), Stop> {
    let mut watch = Watch::new(run.request.times);
    let Rendering { written, feed, .. } = rendering;
    if let Err(error) = along.hand_on(written, feed) {
        feed.fail(anyhow::Error::new(error).context("cannot read again what was written of the feed"));
    }
    watch.took(Stage::Write);
    run.request.go_on()
}

/// One more pass over the master for the feeds that were not written along.
fn write_all(run: &Run<'_>, products: &Products, renderings: Vec<&mut Rendering<'_>>) -> Result<(), Stop> {
    let projection = &run.prepared.projection;
    let request = run.request;
    request.progress.phase("render", run.master.bytes());
    let all = renderings.into_iter().map(|rendering| (&rendering.written, &mut rendering.feed));
    let (of_products, of_offers): (Vec<_>, Vec<_>) = all.partition(|(written, _)| written.plan.is_of_products());
    if !of_products.is_empty() {
        products::write(run, products, projection, of_products)?;
    }
    if of_offers.is_empty() {
        return Ok(());
    }
    let (written, mut feeds): (Vec<&Written<'_>>, Vec<&mut FeedOnItsWay>) = of_offers.into_iter().unzip();
    let block = |(watch, sizes): &mut (Watch<'_>, Vec<usize>), block: &OfferBlock<'_>| {
        watch.took(Stage::Read);
        // a piece is about as long as the one before
        let piece = |number| Piece::with_room_for(sizes.get(number).copied().unwrap_or_default());
        let mut pieces: Vec<Piece> = (0..written.len()).map(piece).collect();
        let Some(first) = block.offers.first() else { return Ok(pieces) };
        let rows: Vec<usize> = written.iter().map(|written| written.first_row(first.place.offset)).collect();
        let mut values = Vec::new();
        let made_before = MadeBefore::default();
        let mut before: Vec<RowsBefore<'_>> = written.iter().map(|_| RowsBefore::default()).collect();
        for (position, offer) in block.offers.iter().enumerate() {
            let unclean = block.odd || (block.sections && clean::has_sections(offer.values));
            let said = if unclean { clean::cleaned(offer.values, block.arena) } else { offer.values };
            projection.values_of_next(said, block.arena, &made_before, &mut values);
            watch.took(Stage::Project);
            let each = written.iter().zip(&mut pieces).zip(&mut before).zip(&rows);
            for (((written, piece), before), row) in each {
                let mut to = Page { projection, arena: block.arena, before, piece };
                match written.has_a_row_each() {
                    true => written.offer(row + position, &values, &mut to),
                    false => written.listings(offer.place.offset, &values, &mut to),
                }
            }
            watch.took(Stage::Write);
        }
        *sizes = pieces.iter().map(|piece| piece.bytes.len()).collect();
        request.progress.advance(block.bytes());
        Ok::<_, Stop>(pieces)
    };
    run.master.read(
        run.threads(),
        0,
        || (Watch::new(request.times), Vec::new()),
        block,
        |pieces: Vec<Piece>| {
            for (feed, piece) in feeds.iter_mut().zip(&pieces) {
                feed.piece(&piece.bytes, piece.listings);
            }
            request.go_on()
        },
    )?;
    Ok(())
}

/// Ends a feed: read back, guarded against shrinking, put in place.
fn conclude(
    run: &Run<'_>,
    survey: &ChannelSurveyed,
    products: &Products,
    rendering: Rendering<'_>,
    outcome: &mut ChannelOutcome,
) -> Result<(), Stop> {
    let Rendering { number, written, mut feed, after, target } = rendering;
    feed.after(&after);
    let mut seen = FeedSeen {
        path: target.map(|target| target.shown).unwrap_or_default(),
        bytes: feed.bytes,
        listings: feed.listings,
        ..FeedSeen::default()
    };
    let (taken, digest) = feed.finish()?;
    seen.digest = digest;
    let finished = match taken {
        Taken::Nothing => {
            outcome.feed = Some(FeedSeen { fate: FeedFate::Discarded, ..seen });
            return Ok(());
        }
        Taken::Compared(equal) => {
            let fate = if equal { FeedFate::Equal } else { FeedFate::WouldDiffer };
            outcome.feed = Some(FeedSeen { fate, ..seen });
            return Ok(());
        }
        Taken::Finished(_, true) => {
            // byte for byte what was read when it was compared: what there is stays, and so does its time
            let bytes = last_bytes(run, number, outcome).unwrap_or(seen.bytes);
            outcome.feed = Some(FeedSeen { bytes, fate: FeedFate::Equal, ..seen });
            return Ok(());
        }
        Taken::Finished(finished, false) => finished,
    };
    let mut watch = Watch::new(run.request.times);
    read_back(run, survey, products, (number, written.plan), &finished)?;
    watch.took(Stage::ReadBack);
    let bytes = finished.bytes()?;
    let shrink = last_bytes(run, number, outcome).and_then(|was| assemble::shrink(run, number, was, bytes));
    let is_stopped = shrink.as_ref().is_some_and(|verdict| verdict.stops());
    outcome.guards.extend(shrink);
    if is_stopped {
        outcome.feed = Some(FeedSeen { fate: FeedFate::Refused, ..seen });
        return Ok(());
    }
    let placed = finished.put_in_place()?;
    outcome.feed = Some(FeedSeen { bytes, fate: FeedFate::Written, ..seen });
    Ok(placed.make_last()?)
}

/// How long the last feed is; an export may be packed otherwise, or say less.
fn last_bytes(run: &Run<'_>, number: usize, outcome: &ChannelOutcome) -> Option<u64> {
    let is_feed = matches!(run.sides.get(number), Some(Side::Known(there)) if !there.is_export);
    outcome.existing.as_ref().filter(|_| is_feed).map(|existing| existing.bytes)
}

/// The feed through the reader: it must mean exactly what was meant.
fn read_back(
    run: &Run<'_>,
    survey: &ChannelSurveyed,
    products: &Products,
    (number, plan): (usize, &ChannelPlan),
    finished: &Finished,
) -> Result<()> {
    let (Some(shape), Some(again)) = (plan.shapes.get(plan.written), Again::of(run, number, products)) else {
        bail!("the channel was not prepared");
    };
    let (encoding, sniff) = match shape.wire {
        Wire::Xml => (EncodingChoice::Auto, Sniff::Xml),
        Wire::Table(_) | Wire::Json | Wire::JsonLines => (EncodingChoice::Named(encoding_rs::UTF_8), Sniff::Text),
    };
    let input = Input::open(finished.path(), "the rendered feed", encoding, sniff)?;
    let differ = Differ {
        plan,
        shape,
        index: &survey.index,
        inline: crate::plan::diff::inline_fields(plan, &shape.compared),
        desired: &again,
        condition: "",
        codes: &run.prepared.codes,
        keeps_invalid: !survey.kept.is_empty(),
        unsaid: Vec::new(),
    };
    let arena = Bump::new();
    let seen = existing::compare(&input, &differ, &Request { times: None, ..run.request.clone() }, &arena)?;
    let (projection, _) = head_projection(run, survey, number);
    let head = settle(&plan.head, document::values(&projection, &arena), &arena);
    let document = compare::head_changes(plan, &shape.head_compared, settle(&plan.head, seen.head, &arena), head);
    let missing = seen.tally.unseen(&survey.index).count();
    let fields = |fields: &[FieldChange]| {
        let one = |field: &FieldChange| format!("{}: «{}» for «{}»", field.name, shown(&field.from), shown(&field.to));
        fields.iter().take(3).map(one).collect::<Vec<_>>().join(", ")
    };
    let first = seen.tally.changes.first().map(|change| format!("{} {}", change.key, fields(&change.fields)));
    let first = first.or_else(|| document.first().map(|_| fields(&document)));
    let odd = seen.tally.changes.len() + missing + document.len();
    if odd > 0 || seen.tally.odd > 0 {
        let example = first.map(|first| format!("; the first is {first}")).unwrap_or_default();
        let refusal = Refusal::whole(
            "the rendered feed",
            format!("read back it does not mean what was meant: {odd} differences{example}"),
            "this is a fault of offersync: please report it with the master and the config",
        );
        return Err(refusal.into());
    }
    Ok(())
}

/// A value of a difference, cut to what a message can show.
fn shown(value: &Option<String>) -> String {
    value.as_deref().unwrap_or("nothing").chars().take(60).collect()
}
