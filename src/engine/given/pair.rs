//! Two feeds of one channel: the newer one is what is wanted, the older one streams against it, as an export does against
//! a master.

use bumpalo::Bump;
use hashbrown::HashSet;

use super::beside::Beside;
use super::channel::Channel;
use super::stored::{self, Stored};
use super::told;
use super::which::{self, Recognised};
use crate::channel::description::Compare;
use crate::channel::plan::{ChannelPlan, ShapePlan};
use crate::check::settle::{settle, settle_next};
use crate::engine::difference;
use crate::engine::existing::{self, Compared, Existing, Listing, Taker};
use crate::engine::found::Terms;
use crate::engine::origin::Origin;
use crate::engine::outcome::{ChannelOutcome, Counts, MasterSeen, Outcome};
use crate::engine::request::{Request, Stop};
use crate::engine::rows_before::RowsBefore;
use crate::engine::severities;
use crate::finding::{Codes, Found, Known, Refusal, Sink};
use crate::plan::diff::{Differ, inline_fields};
use crate::plan::index::{Fate, Index, IndexRow, IndexRows};
use crate::plan::meaning::{InlineFields, Meaning, key_hash, meaning_of_next};
use crate::plan::tally::Tally;
use crate::plan::{ChangeKind, Changes, compare};
use crate::source::{Expected, RecordPlace, sku_hash};
use crate::wire::input::Spool;

/// Of so many changes the lines are found.
const MOST_LINES: usize = 2_000;

/// Compares an older feed with a newer one.
pub(super) fn compared(
    request: &Request<'_>,
    channels: &[Channel],
    old: &Origin,
    new: &Origin,
) -> Result<Outcome, Stop> {
    let (old, new) = (super::come(request, old)?, super::come(request, new)?);
    let was = which::recognised(request, channels, &old)?;
    refuse_another(request, channels, &was, &new)?;
    // what the older one is, the newer one has to be
    let is = which::recognised(request, std::slice::from_ref(was.channel), &new)?;
    let mut codes = Codes::new();
    let mut plan = was.channel.plan(was.existing.shape, &mut codes)?;
    let mut beside = Beside::default();
    let levels = beside.levels(request, &codes, (channels, was.channel))?;
    severities::apply(&mut plan, &levels.catalog);
    as_both_say(&mut plan, was.existing.shape, is.existing.shape);
    let (Some(old_shape), Some(new_shape)) = (plan.shapes.get(was.existing.shape), plan.shapes.get(is.existing.shape))
    else {
        return Ok(Outcome::default());
    };
    let terms = Terms { codes: &codes, levels: &levels.catalog };
    let pair = Pair { request, plan: &plan, terms, old: &was.existing, new: &is.existing, old_shape, new_shape };
    let mut outcome = pair.outcome(&was)?;
    beside.take(&levels, codes);
    beside.tell(request, &mut outcome);
    Ok(outcome)
}

/// Refuses a newer feed that is plainly of another channel than the older one: read as that one's it would differ in all.
fn refuse_another(request: &Request<'_>, channels: &[Channel], was: &Recognised<'_>, new: &Origin) -> Result<(), Stop> {
    // where nothing tells whose it is, it is read as the older one's
    let Ok(is) = which::recognised(request, channels, new) else { return Ok(()) };
    if is.channel.id == was.channel.id {
        return Ok(());
    }
    let (old, other) = (&was.channel.id, &is.channel.id);
    let what = format!("it looks like a document of {other}, and the older one like one of {old}");
    let help = format!("compare two feeds of one channel; if they are, say which: --as {old}");
    Err(Refusal::whole(new.shown(), what, help).into())
}

/// Of fields that one of the two shapes does not carry nothing can be compared.
fn as_both_say(plan: &mut ChannelPlan, old: usize, new: usize) {
    if old == new {
        return;
    }
    let carried = plan.shapes.get(new).map(|shape| shape.carried.clone()).unwrap_or_default();
    let Some(shape) = plan.shapes.get_mut(old) else { return };
    for (how, carried) in shape.compared.iter_mut().zip(carried) {
        if !carried {
            how.how = Compare::Not;
        }
    }
    shape.head_compared.iter_mut().for_each(|how| how.how = Compare::Not);
}

/// Two feeds, opened and recognised.
struct Pair<'p> {
    request: &'p Request<'p>,
    plan: &'p ChannelPlan,
    terms: Terms<'p>,
    old: &'p Existing,
    new: &'p Existing,
    old_shape: &'p ShapePlan,
    new_shape: &'p ShapePlan,
}

impl Pair<'_> {
    fn outcome(&self, was: &Recognised<'_>) -> Result<Outcome, Stop> {
        let (request, arena) = (self.request, Bump::new());
        let wanting = Wanting {
            plan: self.plan,
            shape: self.new_shape,
            by: self.old_shape,
            inline: inline_fields(self.plan, &self.old_shape.compared),
            request,
            shown_as: self.new.input.shown_as(),
        };
        request.progress.phase(self.new.input.shown_as(), self.new.input.len());
        let new = existing::stream(&self.new.input, &wanting, request, &arena)?;
        let Wanted { mut index, listings, mut sink, taken, .. } = new.sum;
        told::refuse_empty(self.new, taken)?;
        sink.merge(new.of_head);
        index.seal();
        let stored = Stored { listings: listings.done()?, shape: self.old_shape };
        let differ = Differ {
            plan: self.plan,
            shape: self.old_shape,
            index: &index,
            inline: wanting.inline,
            desired: &stored,
            condition: "",
            codes: self.terms.codes,
            keeps_invalid: false,
            unsaid: Vec::new(),
        };
        request.go_on()?;
        request.progress.phase(self.old.input.shown_as(), self.old.input.len());
        let old_arena = Bump::new();
        let Compared { mut tally, sink: of_old, head, digest, .. } =
            existing::compare(&self.old.input, &differ, request, &old_arena)?;
        // of a part of the listings the older one may have none
        if request.only.is_empty() {
            told::refuse_empty(self.old, tally.existing)?;
        }
        self.add_missing(&differ, &mut tally)?;
        self.find_lines(&mut tally.changes)?;
        let mut outcome = self.channel(was, &mut tally, index.len() as u64);
        outcome.existing = Some(told::seen(self.old, self.old_shape, tally.existing, digest));
        if request.only.is_empty() {
            let fields = &self.plan.head;
            let (was, is) = (settle(fields, head, &old_arena), settle(fields, new.head, &arena));
            outcome.document = compare::head_changes(self.plan, &self.old_shape.head_compared, was, is);
        }
        outcome.findings = told::groups(of_old, self.terms, self.old, self.plan)?;
        let findings = told::groups(sink, self.terms, self.new, self.plan)?;
        let master = MasterSeen {
            path: self.new.input.shown_as().to_owned(),
            digest: new.digest.to_string(),
            offers: taken,
            guesses: Vec::new(),
        };
        Ok(Outcome { master, channels: vec![outcome], findings, ..Outcome::default() })
    }

    /// What became of the listings of both.
    fn channel(&self, was: &Recognised<'_>, tally: &mut Tally, desired: u64) -> ChannelOutcome {
        ChannelOutcome {
            id: self.plan.name.clone(),
            title: self.plan.title.clone(),
            absent: Some(self.plan.absent),
            recognised: was.why.clone(),
            checked_on: was.channel.description.checked_on.clone(),
            desired,
            offers: desired,
            counts: counts(tally),
            field_names: self.old_shape.compared.iter().map(|how| how.node.clone()).collect(),
            changes: std::mem::take(&mut tally.changes),
            ..ChannelOutcome::default()
        }
    }

    /// Listings of the newer feed that the older one has not.
    fn add_missing(&self, differ: &Differ<'_>, tally: &mut Tally) -> Result<(), Stop> {
        let mut arena = Bump::new();
        for row in tally.unseen(differ.index).collect::<Vec<_>>() {
            self.request.go_on()?;
            arena.reset();
            if let Some(row) = differ.index.row(row) {
                tally.changes.push(differ.missing(row, &arena)?);
            }
        }
        tally.changes.sort();
        Ok(())
    }

    /// The lines of the newer feed, where there are few enough for anybody to look at them one by one.
    fn find_lines(&self, changes: &mut Changes) -> Result<(), Refusal> {
        if changes.len() > MOST_LINES {
            return Ok(());
        }
        let offsets: Vec<u64> = changes.iter().filter_map(|change| change.master_offset).collect();
        let lines = self.new.input.lines(&offsets)?;
        let with_place = changes.iter_mut().filter(|change| change.master_offset.is_some());
        with_place.zip(lines).for_each(|(change, line)| change.master_line = Some(line));
        Ok(())
    }
}

fn counts(tally: &Tally) -> Counts {
    Counts {
        create: tally.changes.of_kind(ChangeKind::Create).count() as u64,
        update: tally.changes.of_kind(ChangeKind::Update).count() as u64,
        delete: tally.changes.of_kind(ChangeKind::Delete).count() as u64,
        same: tally.same,
    }
}

/// Makes the wanted side of the newer feed.
struct Wanting<'w> {
    plan: &'w ChannelPlan,
    /// Its own shape.
    shape: &'w ShapePlan,
    /// The shape of the older feed, by which both are compared.
    by: &'w ShapePlan,
    inline: InlineFields,
    request: &'w Request<'w>,
    shown_as: &'w str,
}

/// A listing of the newer feed, for the index.
struct WantedRow {
    offset: u64,
    key: String,
    keys: Vec<Option<u64>>,
    meaning: Meaning,
    /// How many bytes of the block are the listing.
    length: u32,
}

struct Block {
    rows: Vec<WantedRow>,
    listings: Vec<u8>,
    sink: Sink,
    taken: u64,
}

struct Wanted<'w> {
    index: Index,
    listings: Spool<'w>,
    /// The keys that were there, by the way to match.
    keys: HashSet<(usize, u64)>,
    sink: Sink,
    taken: u64,
}

impl<'w> Taker for Wanting<'w> {
    type Block = Block;
    type Sum = Wanted<'w>;

    fn plan(&self) -> &ChannelPlan {
        self.plan
    }

    fn shape(&self) -> &ShapePlan {
        self.shape
    }

    fn block(&self) -> Block {
        Block { rows: Vec::new(), listings: Vec::new(), sink: Sink::new(self.request.places), taken: 0 }
    }

    fn sink<'s>(&self, block: &'s mut Block) -> &'s mut Sink {
        &mut block.sink
    }

    fn listing<'b>(
        &self,
        listing: Listing<'_, 'b>,
        before: &mut RowsBefore<'b>,
        block: &mut Block,
    ) -> Result<(), Refusal> {
        let Listing { offset, values, noticed, arena } = listing;
        block.taken += 1;
        let key = told::key(self.by, values, arena).unwrap_or("");
        if !self.request.looks_at(key) {
            return Ok(());
        }
        for remark in noticed {
            difference::say_of(&self.plan.fields, &self.shape.compared, remark, offset, key, &mut block.sink);
        }
        let values = settle_next(&self.plan.fields, values, &mut before.settled, arena);
        let begin = block.listings.len();
        stored::put(offset, values, &mut block.listings);
        let Ok(length) = u32::try_from(block.listings.len() - begin) else {
            return Err(Refusal::whole(self.shown_as, format!("the listing «{key}» is too long"), ""));
        };
        block.rows.push(WantedRow {
            offset,
            key: key.to_owned(),
            keys: self.by.key.iter().map(|fields| key_hash(values, fields)).collect(),
            meaning: meaning_of_next(values, &self.by.compared, &self.inline, false, &mut before.meant),
            length,
        });
        Ok(())
    }

    fn sum(&self) -> Result<Wanted<'w>, Refusal> {
        Ok(Wanted {
            index: Index::default(),
            listings: Spool::begin(self.shown_as)?,
            keys: HashSet::new(),
            sink: Sink::new(self.request.places),
            taken: 0,
        })
    }

    fn add(&self, block: Block, sum: &mut Wanted<'w>) -> Result<(), Refusal> {
        sum.sink.merge(block.sink);
        sum.taken += block.taken;
        let mut place = sum.listings.len();
        sum.listings.add_bytes(&block.listings)?;
        let mut rows = IndexRows::new(self.by.key.len());
        for row in block.rows {
            let at = RecordPlace { offset: place, len: row.length, unclean: false };
            place += u64::from(row.length);
            if let Some(code) = sum.odd(&row) {
                let (offset, key) = (row.offset, row.key);
                let message = match code {
                    Known::KeyEqual => format!("«{key}» stands in a listing before this one"),
                    _ => "nothing stands in its key".to_owned(),
                };
                sum.sink.add(code.into(), || Found { offset, key, field: String::new(), message });
                continue;
            }
            let index_row =
                IndexRow { meaning: row.meaning, place: at, sku: sku_hash(&row.key), fate: Fate::Listed, part: 0 };
            rows.push(index_row, |way| row.keys.get(way).copied().flatten());
        }
        sum.index.append(rows, Expected::default());
        Ok(())
    }
}

impl Wanted<'_> {
    /// Why a listing cannot be matched: it has no key, or one that another had before.
    fn odd(&mut self, row: &WantedRow) -> Option<Known> {
        let first = row.keys.iter().enumerate().find_map(|(way, key)| Some((way, (*key)?)));
        match first {
            None => Some(Known::KeyMissing),
            Some(key) => (!self.keys.insert(key)).then_some(Known::KeyEqual),
        }
    }
}
