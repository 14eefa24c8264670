//! The first pass over the master: every offer becomes a listing on every channel, is
//! checked, and leaves one row in each channel's index. One parse serves all channels,
//! and nothing of the text is kept.

use bumpalo::Bump;
use hashbrown::HashSet;

use crate::channel::plan::{ChannelPlan, ShapePlan};
use crate::channel::project::{Projection, Selection};
use crate::channel::write::{WritePlan, WrittenRows};
use crate::check::catalog::{CatalogRules, Offered};
use crate::check::listing::{Context, check};
use crate::check::settle::settle_next;
use crate::check::unique::UniqueSets;
use crate::check::verdicts::Verdicts;
use crate::finding::{CodeNo, Found, Keep, Known, Sink};
use crate::model::Value;
use crate::model::text::trimmed;
use crate::plan::index::{Fate, IndexRow, IndexRows};
use crate::plan::meaning::{InlineFields, Meaning, key_hash, meaning_of_next};
use crate::source::{Expected, RecordPlace, sku_hash};

use super::along::AlongPiece;
use super::products::Grouped;
use super::rows_before::RowsBefore;
use super::times::{Stage, Watch};

/// How many SKUs are named for a reason to leave offers out.
const FIRST: usize = 50;

/// One channel, as the survey needs it.
#[derive(Debug)]
pub struct SurveyedChannel<'e> {
    /// The channel.
    pub plan: &'e ChannelPlan,
    /// The shape whose comparison counts: of the export, or of the feed that is written.
    pub shape: &'e ShapePlan,
    /// Its fields among the numbered values.
    pub selection: &'e Selection,
    /// Keys that tables of the head declare; `None` where nobody says.
    pub declared: Vec<Option<HashSet<String>>>,
    /// Amounts that the index keeps exactly.
    pub inline: InlineFields,
    /// Whether the index needs what listings mean: there is something to compare with.
    pub compares: bool,
    /// How many places of each code are kept.
    pub keep: Keep,
    /// How its listings are written along; `None` where they are not.
    pub writes: Option<&'e WritePlan>,
}

/// What every pass over the master shares.
#[derive(Debug)]
pub struct Survey<'e> {
    /// The sources of all channels.
    pub projection: &'e Projection,
    /// All channels that are looked at.
    pub channels: Vec<SurveyedChannel<'e>>,
    /// The catalog's own rules.
    pub catalog: CatalogRules,
    /// How many places of each code are kept.
    pub keep: Keep,
    /// Whether some channel lists products, and where offers say theirs.
    pub groups: Option<Groups>,
}

/// Where offers say to which product they belong.
#[derive(Debug, Clone, Copy)]
pub struct Groups {
    /// The number of `group` among what the master says.
    pub said: Option<usize>,
}

impl Groups {
    /// The hash of an offer's group; `None` for an offer that is a product by itself.
    pub fn of(self, said: &[Value<'_>]) -> Option<u64> {
        let group = trimmed(said.get(self.said?)?.as_text()?);
        (!group.is_empty()).then(|| sku_hash(group))
    }
}

/// Offers that do not go, for one reason.
#[derive(Debug, Clone, Default)]
pub struct Left {
    /// How many.
    pub count: u64,
    /// The first SKUs.
    pub first: Vec<String>,
}

impl Left {
    pub(super) fn add(&mut self, sku: &str) {
        self.count += 1;
        if self.first.len() < FIRST {
            self.first.push(sku.to_owned());
        }
    }

    /// Takes over what a later block left out.
    pub fn merge(&mut self, later: Left) {
        self.count += later.count;
        let room = FIRST.saturating_sub(self.first.len());
        self.first.extend(later.first.into_iter().take(room));
    }
}

/// What one block gave for one channel; merged in order it is what all of them gave.
#[derive(Debug)]
pub struct ChannelSurvey {
    /// Rows for the index.
    pub rows: IndexRows,
    /// What the channel's rules found.
    pub sink: Sink,
    /// Values that may stand in one listing only.
    pub uniques: UniqueSets,
    /// Its listings, where they are written along.
    pub along: AlongPiece,
    /// Listings.
    pub listed: u64,
    /// The offers in them.
    pub offers: u64,
    /// Offers that the condition leaves out.
    pub excluded: Left,
    /// Offers that break rules, by their weightiest code.
    pub invalid: Vec<(CodeNo, Left)>,
    /// Categories of listings.
    pub categories: HashSet<String>,
    /// Currencies of listings.
    pub currencies: HashSet<String>,
}

/// What one block gave.
#[derive(Debug)]
pub struct BlockSurvey {
    /// By channel.
    pub channels: Vec<ChannelSurvey>,
    /// What the catalog's own rules found.
    pub sink: Sink,
    /// Its records by their groups, where a channel lists products.
    pub grouped: Vec<Grouped>,
}

/// One offer on its way.
#[derive(Debug, Clone, Copy)]
pub struct OfferAt<'o> {
    /// Its SKU.
    pub sku: &'o str,
    /// Where its record stands.
    pub place: RecordPlace,
    /// The hash of its SKU.
    pub sku_hash: u64,
    /// Why it goes nowhere, where its record is as wrong as that.
    pub fault: Option<Known>,
    /// Its texts may hold line ends other than LF.
    pub returns: bool,
}

impl Survey<'_> {
    /// A block that has seen nothing yet.
    pub fn block(&self) -> BlockSurvey {
        let channel = |channel: &SurveyedChannel<'_>| ChannelSurvey {
            rows: IndexRows::new(channel.shape.key.len()),
            sink: Sink::new(channel.keep.clone()),
            uniques: UniqueSets::new(channel.plan.unique_sets),
            along: AlongPiece::default(),
            listed: 0,
            offers: 0,
            excluded: Left::default(),
            invalid: Vec::new(),
            categories: HashSet::new(),
            currencies: HashSet::new(),
        };
        let channels = self.channels.iter().map(channel).collect();
        BlockSurvey { channels, sink: Sink::new(self.keep.clone()), grouped: Vec::new() }
    }

    /// Takes one offer; `values` are those of the projection.
    pub fn offer<'b>(&'b self, offer: OfferAt<'b>, values: &[Value<'b>], before: &mut [Before<'b>]) {
        // products are surveyed once all their offers are known
        let channels = self.channels.iter().zip(before).filter(|one| !one.0.plan.is_of_products());
        channels.for_each(|(channel, before)| channel.offer(self.projection, offer, values, before));
    }

    /// Takes the listings that wait on any channel.
    pub fn take_waiting<'b>(&'b self, before: &mut [Before<'b>], block: &mut BlockSurvey, watch: &mut Watch<'_>) {
        for ((channel, before), seen) in self.channels.iter().zip(before).zip(&mut block.channels) {
            channel.take_waiting(before, seen, watch);
        }
    }
}

/// What was found of the listings of a block before, on one channel.
#[derive(Debug)]
pub struct Before<'b> {
    arena: &'b Bump,
    /// By its rules.
    pub verdicts: Verdicts<'b>,
    rows: RowsBefore<'b>,
    /// Its listings of the offers at work.
    waiting: Vec<Waiting<'b>>,
}

/// A listing on its way.
#[derive(Debug, Clone, Copy)]
struct Waiting<'b> {
    listing: &'b [Value<'b>],
    offer: OfferAt<'b>,
    part: u32,
    fate: Fate,
    /// As it is compared and written.
    settled: &'b [Value<'b>],
    meaning: Meaning,
}

/// Writes a listing that goes, or notes that there is none.
fn write_along<'b>(one: &Waiting<'b>, write: &WritePlan, known: &mut WrittenRows<'b>, along: &mut AlongPiece) {
    if one.fate != Fate::Listed {
        return along.left_out();
    }
    let before = along.piece.bytes.len();
    write.next_listing(one.settled, &mut along.piece.bytes, known);
    along.listed(before);
}

impl<'b> Before<'b> {
    /// Nothing yet, of a block whose listings lie there.
    pub fn new(arena: &'b Bump) -> Self {
        Before { arena, verdicts: Verdicts::of_a_block(), rows: RowsBefore::default(), waiting: Vec::new() }
    }
}

impl SurveyedChannel<'_> {
    /// Takes one offer for this channel.
    fn offer<'b>(&self, projection: &'b Projection, offer: OfferAt<'b>, values: &[Value<'b>], before: &mut Before<'b>) {
        if self.selection.per.is_empty() {
            return self.listing(projection, (self.selection, 0), offer, values, before);
        }
        for (part, selection) in (0..).zip(&self.selection.per) {
            self.listing(projection, (selection, part), offer, values, before);
        }
    }

    /// Makes one listing of an offer; it waits for its turn.
    fn listing<'b>(
        &self,
        projection: &'b Projection,
        (selection, part): (&Selection, u32),
        offer: OfferAt<'b>,
        values: &[Value<'b>],
        before: &mut Before<'b>,
    ) {
        if projection.exists(selection, values) {
            let listing = projection.listing(selection, values, before.arena);
            let fate = match projection.is_included(selection, values) {
                true => Fate::Listed,
                false => Fate::Excluded,
            };
            before.waiting.push(Waiting { listing, offer, part, fate, settled: listing, meaning: Meaning::default() });
        }
    }

    /// Checks the listings that wait, finds out what they mean and notes what becomes of them: one step for all of them,
    /// then the next.
    fn take_waiting<'b>(&'b self, before: &mut Before<'b>, seen: &mut ChannelSurvey, watch: &mut Watch<'_>) {
        let Before { arena, verdicts, rows, waiting } = before;
        for one in waiting.iter_mut().filter(|one| one.fate == Fate::Listed) {
            if let Some(code) = self.errors(one.offer, one.listing, verdicts, seen) {
                one.fate = Fate::Invalid(code.0);
            }
        }
        watch.took(Stage::Check);
        let goes_on = self.compares || self.writes.is_some();
        for one in waiting.iter_mut().filter(|one| goes_on && one.fate == Fate::Listed) {
            one.settled = settle_next(&self.plan.fields, one.listing, &mut rows.settled, arena);
        }
        for one in waiting.iter_mut().filter(|one| self.compares && one.fate == Fate::Listed) {
            let compared = &self.shape.compared;
            one.meaning = meaning_of_next(one.settled, compared, &self.inline, one.offer.returns, &mut rows.meant);
        }
        watch.took(Stage::Diff);
        if let Some(write) = self.writes {
            waiting.iter().for_each(|one| write_along(one, write, &mut rows.written, &mut seen.along));
            watch.took(Stage::Write);
        }
        for one in waiting.drain(..) {
            self.note(&one, seen);
        }
        watch.took(Stage::Project);
    }

    /// Notes what becomes of a listing.
    fn note(&self, one: &Waiting<'_>, seen: &mut ChannelSurvey) {
        let Waiting { listing, offer, part, fate, meaning, .. } = *one;
        match fate {
            Fate::Excluded => seen.excluded.add(offer.sku),
            Fate::Invalid(code) => seen.leave_invalid(CodeNo(code), offer.sku),
            Fate::Listed => {
                seen.listed += 1;
                seen.offers += 1;
                self.note_used(listing, seen);
            }
        }
        let row = IndexRow { meaning, place: offer.place, sku: offer.sku_hash, fate, part };
        seen.rows.push(row, |way| key_hash(listing, self.shape.key.get(way)?));
    }

    /// Why a listing does not go: what is wrong with the record itself, else the first rule that it breaks.
    fn errors<'b>(
        &'b self,
        offer: OfferAt<'b>,
        listing: &[Value<'b>],
        verdicts: &mut Verdicts<'b>,
        seen: &mut ChannelSurvey,
    ) -> Option<CodeNo> {
        let context = Context {
            plan: self.plan,
            declared: &self.declared,
            offset: offer.place.offset,
            id: offer.place.offset,
            key: offer.sku,
            carried: &self.written().carried,
            is_faulty: offer.fault.is_some(),
            offers: &[],
        };
        let marks = seen.uniques.marks();
        let checked = check(&context, listing, &mut seen.uniques, verdicts, &mut seen.sink);
        let code = offer.fault.map(CodeNo::from).or(checked.errors.first().copied());
        if code == Some(Known::Faulty.into()) {
            let (offset, key) = (offer.place.offset, offer.sku.to_owned());
            seen.sink.add(Known::Faulty.into(), || Found { offset, key, ..Found::default() });
        }
        if code.is_some() {
            seen.uniques.back_to(&marks);
        }
        code
    }

    /// The shape that is written.
    pub(super) fn written(&self) -> &ShapePlan {
        self.plan.shapes.get(self.plan.written).unwrap_or(self.shape)
    }

    /// Notes which categories and currencies the document has to declare.
    pub(super) fn note_used(&self, listing: &[Value<'_>], seen: &mut ChannelSurvey) {
        let text = |field: Option<usize>| field.and_then(|field| listing.get(field)?.as_text()).map(trimmed);
        let note = |set: &mut HashSet<String>, text: Option<&str>| {
            if let Some(text) = text.filter(|text| !text.is_empty() && !set.contains(*text)) {
                set.insert(text.to_owned());
            }
        };
        note(&mut seen.categories, text(self.plan.roles.category));
        note(&mut seen.currencies, text(self.plan.roles.currency));
    }
}

impl ChannelSurvey {
    /// Notes an offer that breaks rules, under its weightiest code.
    pub fn leave_invalid(&mut self, code: CodeNo, sku: &str) {
        let position = self.invalid.iter().position(|left| left.0 == code).unwrap_or_else(|| {
            self.invalid.push((code, Left::default()));
            self.invalid.len() - 1
        });
        if let Some((_, left)) = self.invalid.get_mut(position) {
            left.add(sku);
        }
    }

    /// Takes over what a later block gave, all but its rows: those go to the index.
    pub fn merge(&mut self, later: ChannelSurvey, expected: Expected) {
        self.sink.merge(later.sink);
        self.uniques.merge(later.uniques, expected);
        self.listed += later.listed;
        self.offers += later.offers;
        self.excluded.merge(later.excluded);
        for (code, left) in later.invalid {
            match self.invalid.iter_mut().find(|ours| ours.0 == code) {
                Some(ours) => ours.1.merge(left),
                None => self.invalid.push((code, left)),
            }
        }
        self.categories.extend(later.categories);
        self.currencies.extend(later.currencies);
    }
}

/// The offer as the catalog's rules see it.
pub fn offered<'o>(offer: &OfferAt<'o>) -> Offered<'o> {
    Offered { offset: offer.place.offset, sku: offer.sku }
}
