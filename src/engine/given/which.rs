//! Which channel's document a feed is, and of which shape. Several channels may read one kind of document: then the
//! names in it decide, and where they do not, nobody is picked.

use bumpalo::Bump;
use hashbrown::HashSet;

use super::channel::Channel;
use super::told;
use crate::channel::description::{Shape, Wire};
use crate::channel::plan::{ChannelPlan, ShapePlan};
use crate::channel::read::Remark;
use crate::engine::existing::{self, Existing, Listing, Taker};
use crate::engine::origin::Origin;
use crate::engine::request::{Request, Stop};
use crate::engine::rows_before::RowsBefore;
use crate::finding::{Codes, Refusal, Sink};
use crate::model::listed;

/// So many names are said.
const NAMED: usize = 4;

/// A feed that was recognised.
#[derive(Debug)]
pub(super) struct Recognised<'c> {
    pub channel: &'c Channel,
    pub existing: Existing,
    /// Why it is taken for that; empty where the channel was named.
    pub why: String,
}

/// Finds out whose document a feed is, among these channels.
pub(super) fn recognised<'c>(
    request: &Request<'_>,
    channels: &'c [Channel],
    feed: &Origin,
) -> Result<Recognised<'c>, Stop> {
    if let [channel] = channels {
        let existing = existing::open(&channel.description, feed, None)?;
        return Ok(Recognised { channel, existing, why: String::new() });
    }
    let mut fitting = Vec::new();
    let mut refusals = Vec::new();
    for channel in channels {
        match existing::open(&channel.description, feed, None) {
            Ok(existing) => fitting.push((channel, existing)),
            Err(refusal) => refusals.push(refusal),
        }
    }
    match fitting.len() {
        0 => Err(nobodys(channels, feed, refusals).into()),
        1 => {
            let found = fitting.pop();
            let Some((channel, existing)) = found else { return Err(Stop::Problems(Vec::new())) };
            let why =
                format!("{}; of the channels known here only this one has such documents", marks(channel, &existing));
            Ok(Recognised { channel, existing, why })
        }
        _ => by_names(request, feed, fitting),
    }
}

/// What a document shows of its kind.
fn marks(channel: &Channel, existing: &Existing) -> String {
    let Some(shape) = channel.description.shapes.get(existing.shape) else { return String::new() };
    let mut marks: Vec<&str> = vec![];
    marks.extend(shape.detect.iter().filter(|mark| mark.0).map(|mark| mark.1.text.as_str()));
    let place = match shape.wire {
        Wire::Xml => format!("its listings stand at {}", shape.listings.path.text),
        Wire::Json => format!("its listings stand in `{}`", shape.listings.path.text),
        Wire::JsonLines => "each line of it is an object".to_owned(),
        Wire::Table(_) => format!("its first line names {}", key(channel, shape)),
    };
    if marks.is_empty() { place } else { format!("{place}, and {} is there", listed(&marks, NAMED, "")) }
}

fn key(channel: &Channel, shape: &Shape) -> String {
    let key = shape.key.as_deref().unwrap_or(&channel.description.key);
    let column = |number: &usize| {
        let rows = shape.at.iter().find(|row| row.0 == *number)?;
        Some(format!("`{}`", rows.1.first()?.path.text))
    };
    key.first().into_iter().flatten().filter_map(column).collect::<Vec<_>>().join(" and ")
}

/// Why a feed is nobody's document.
fn nobodys(channels: &[Channel], feed: &Origin, refusals: Vec<Refusal>) -> Refusal {
    let first = refusals.first();
    let all_say_the_same = refusals.windows(2).all(|pair| matches!(pair, [one, other] if one.what == other.what));
    let page = refusals.iter().find(|refusal| refusal.what.starts_with(existing::THIS_IS_A_PAGE));
    match (page, first) {
        (Some(page), _) => Refusal { what: existing::THIS_IS_A_PAGE.into(), text: String::new(), ..page.clone() },
        (None, Some(first)) if all_say_the_same => first.clone(),
        _ => {
            let names: Vec<&str> = channels.iter().map(|channel| channel.id.as_str()).collect();
            let what = format!("it looks like no document of the channels known here: {}", names.join(", "));
            let help = "name the channel, and it says what does not fit; one of your own is named by its file: --as ./channel.yaml";
            Refusal::whole(feed.shown(), what, help)
        }
    }
}

/// What in a document a channel has no use for.
struct Unused<'c> {
    channel: &'c Channel,
    existing: Existing,
    names: Vec<String>,
}

/// Of channels that have documents of this kind the one that has a use for the most names in it.
fn by_names<'c>(
    request: &Request<'_>,
    feed: &Origin,
    fitting: Vec<(&'c Channel, Existing)>,
) -> Result<Recognised<'c>, Stop> {
    let mut all: Vec<Unused<'c>> = Vec::new();
    for (channel, existing) in fitting {
        request.go_on()?;
        let names = unused(request, channel, &existing)?;
        all.push(Unused { channel, existing, names });
    }
    all.sort_by_key(|one| one.names.len());
    let least = all.first().map_or(0, |one| one.names.len());
    let equal = all.iter().filter(|one| one.names.len() == least).count();
    if equal > 1 {
        let fit = |one: &Unused<'_>| format!("{} (shape {})", one.channel.id, shape_name(one));
        let names: Vec<String> = all.iter().take(equal).map(fit).collect();
        let what = format!("it may be a document of {}: nothing in it tells which", names.join(" or of "));
        let help = all.first().map_or(String::new(), |one| format!("say which: --as {}", one.channel.id));
        return Err(Refusal::whole(feed.shown(), what, help).into());
    }
    let others = all.split_off(1);
    let Some(Unused { channel, existing, names }) = all.pop() else { return Err(Stop::Problems(Vec::new())) };
    let knows = match names.len() {
        0 => format!("{} has a use for all that stands in it", channel.id),
        1 => format!("{} has a use for all of it but {}", channel.id, listed(&names, NAMED, "")),
        count => format!("{} has no use for {count} names in it ({})", channel.id, listed(&names, NAMED, "")),
    };
    let of = |one: &Unused<'_>| {
        format!("{} would have none for {} ({})", one.channel.id, one.names.len(), listed(&one.names, NAMED, ""))
    };
    let others: Vec<String> = others.iter().map(of).collect();
    let why = format!("{}; {knows}, {}", marks(channel, &existing), others.join(", "));
    Ok(Recognised { channel, existing, why })
}

fn shape_name<'u>(one: &'u Unused<'_>) -> &'u str {
    one.channel.description.shapes.get(one.existing.shape).map_or("", |shape| shape.name.as_str())
}

/// The names in a document that a channel does not know, or does not read there.
fn unused(request: &Request<'_>, channel: &Channel, existing: &Existing) -> Result<Vec<String>, Stop> {
    let plan = channel.plan(existing.shape, &mut Codes::new())?;
    let Some(shape) = plan.shapes.get(existing.shape) else { return Ok(Vec::new()) };
    let looking = Looking { plan: &plan, shape };
    let arena = Bump::new();
    let streamed = existing::stream(&existing.input, &looking, request, &arena)?;
    told::refuse_empty(existing, streamed.sum.listings)?;
    let mut names = streamed.strange;
    let mut ignored: Vec<usize> = streamed.sum.ignored.into_iter().collect();
    ignored.sort_unstable();
    names.extend(ignored.iter().filter_map(|field| plan.fields.get(*field)).map(|field| field.name.clone()));
    Ok(names)
}

/// Notes the fields that stand where the channel does not read them.
struct Looking<'l> {
    plan: &'l ChannelPlan,
    shape: &'l ShapePlan,
}

struct Seen {
    sink: Sink,
    listings: u64,
    ignored: HashSet<usize>,
}

impl Taker for Looking<'_> {
    type Block = Seen;
    type Sum = Seen;

    fn plan(&self) -> &ChannelPlan {
        self.plan
    }

    fn shape(&self) -> &ShapePlan {
        self.shape
    }

    fn block(&self) -> Seen {
        Seen { sink: Sink::new(0), listings: 0, ignored: HashSet::new() }
    }

    fn sink<'s>(&self, block: &'s mut Seen) -> &'s mut Sink {
        &mut block.sink
    }

    fn listing<'b>(&self, listing: Listing<'_, 'b>, _: &mut RowsBefore<'b>, block: &mut Seen) -> Result<(), Refusal> {
        block.listings += 1;
        let is_unused = |remark| matches!(remark, Remark::Ignored | Remark::Refused);
        let noticed = listing.noticed.iter().filter(|one| is_unused(one.remark));
        block.ignored.extend(noticed.filter_map(|one| one.table.or(one.field)));
        Ok(())
    }

    fn sum(&self) -> Result<Seen, Refusal> {
        Ok(self.block())
    }

    fn add(&self, block: Seen, sum: &mut Seen) -> Result<(), Refusal> {
        sum.listings += block.listings;
        sum.ignored.extend(block.ignored);
        Ok(())
    }
}
