//! Exports of nodes: what a document says of itself, and its listings in blocks.

use bumpalo::Bump;

use crate::channel::path::Step;
use crate::channel::read::{Machine, ReadPlan, Strange, Walk};
use crate::finding::{Found, Known, Refusal, Sink};
use crate::model::Value;
use crate::wire::blocks::Reading;
use crate::wire::input::Input;
use crate::wire::xml::Stop;
use crate::wire::xml::document::{self, Element, Envelope, ListingWork, Listings, Mode, Objection, Outcome};

use super::super::difference;
use super::super::request::Request;
use super::super::rows_before::RowsBefore;
use super::super::times::{Stage, Watch};
use super::strange::AllStrange;
use super::taker::{Listing, Streamed, Taker};

/// How a web page comes to stand where an export should.
pub(super) const A_WEB_PAGE: &str = "a server's error or log-in page was probably saved in place of the export";

pub(super) fn refuse_root(root: &str, roots: &[&str], title: &str) -> Result<(), Objection> {
    if roots.contains(&root) {
        return Ok(());
    }
    let expected = roots.iter().map(|root| format!("<{root}>")).collect::<Vec<_>>().join(" or ");
    let (what, help) = match root.eq_ignore_ascii_case("html") {
        true => (format!("{}, not a document of {title}", super::THIS_IS_A_PAGE), A_WEB_PAGE.to_owned()),
        false => (
            format!("the document begins with <{root}>, where a document of {title} begins with {expected}"),
            "check that the file belongs to this channel".to_owned(),
        ),
    };
    Err(Objection { what, help })
}

/// The number of the place at which an element stands, among those of listings.
pub(super) fn kind_of<'s>(places: impl IntoIterator<Item = &'s [Step]>, path: &[String], name: &str) -> Option<u32> {
    let here = |steps: &[Step]| {
        let names = steps.iter().map(|step| step.name.as_str());
        names.eq(path.iter().map(String::as_str).chain([name]))
    };
    let number = places.into_iter().position(here)?;
    u32::try_from(number).ok()
}

/// Works on no listing.
pub(super) struct Nothing;

impl ListingWork for Nothing {
    type State = ();
    type Out = ();

    fn state(&self) {}

    fn block<'b>(&self, (): &mut (), _: &mut Listings<'b>, _: &'b Bump) -> Result<(), Stop> {
        Ok(())
    }
}

/// Reads what the document says of itself.
struct Head<'p, 'b> {
    plan: &'p ReadPlan,
    title: &'p str,
    machine: Machine<'p, 'b>,
    arena: &'b Bump,
}

impl Envelope for Head<'_, '_> {
    fn listing(&self, path: &[String], name: &str) -> Option<u32> {
        let others = self.plan.other_listings.iter().map(|other| other.0.as_slice());
        kind_of([self.plan.listings.as_slice()].into_iter().chain(others), path, name)
    }

    fn start(&mut self, element: Element<'_>) -> Result<(), Objection> {
        let arena = self.arena;
        let copied = |text: &str| -> &str { arena.alloc_str(text) };
        let (prefixes, namespaces) = (&self.plan.prefixes, element.namespaces);
        let attribute =
            |(name, value): &(&str, &str)| (prefixes.attribute(copied(name), namespaces, arena), copied(value));
        let attributes: Vec<(&str, &str)> = element.attributes.iter().map(attribute).collect();
        match element.path {
            [root] => {
                let expected = self.plan.listings.first().map_or("", |step| step.name.as_str());
                refuse_root(root, &[expected], self.title)?;
                self.machine.begin(&attributes);
            }
            [.., name] => self.machine.start(prefixes.element(copied(name), namespaces, arena), &attributes),
            [] => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        self.machine.text(self.arena.alloc_str(text));
    }

    fn end(&mut self) {
        self.machine.end();
    }
}

/// What a document says of itself, read as far as its first listing.
pub fn head<'b>(input: &Input, read: &'b ReadPlan, title: &str, arena: &'b Bump) -> Result<&'b [Value<'b>], Refusal> {
    let mut head = Head { plan: read, title, machine: Machine::new(&read.document, arena), arena };
    document::read_head(input, &mut head, &Nothing)?;
    Ok(head.machine.finish())
}

/// Where listings of a kind stand, and where they should.
fn standing(read: &ReadPlan, kind: usize) -> String {
    let path = |steps: &[Step]| steps.iter().map(|step| step.name.as_str()).collect::<Vec<_>>().join("/");
    let here = read.other_listings.get(kind.saturating_sub(1)).map_or(String::new(), |other| path(&other.0));
    format!("it stands in {here}, the channel looks in {}", path(&read.listings))
}

/// Hands over the listings of a block.
struct Work<'w, T> {
    taker: &'w T,
    request: &'w Request<'w>,
}

/// So many listings are read before they are handed over: the code of each of both stays at hand in the processor
/// meanwhile.
const TOGETHER: usize = 16;

impl<T: Taker> Work<'_, T> {
    /// Tells of a listing that stands where listings of another kind do.
    fn say_misplaced(&self, listing: &Listing<'_, '_>, kind: usize, taken: &mut T::Block) {
        let key = difference::key_text(self.taker.shape(), listing.values);
        self.taker.sink(taken).add(Known::ListingPlace.into(), || {
            let message = standing(&self.taker.shape().read, kind);
            Found { offset: listing.offset, key: key.to_owned(), field: String::new(), message }
        });
    }
}

impl<'w, T: Taker> ListingWork for Work<'w, T> {
    type State = Watch<'w>;
    type Out = Result<(T::Block, Vec<Strange>), Refusal>;

    fn state(&self) -> Watch<'w> {
        Watch::new(self.request.times)
    }

    fn block<'b>(
        &self,
        watch: &mut Watch<'w>,
        listings: &mut Listings<'b>,
        arena: &'b Bump,
    ) -> Result<Self::Out, Stop> {
        let shape = self.taker.shape();
        let read = &shape.read;
        let mut taken = self.taker.block();
        let mut machine = Machine::new(&read.listing, arena);
        let mut walk = Walk::new(&read.prefixes);
        let mut before = RowsBefore::default();
        let number = listings.kind() as usize;
        let misplaced = number > 0 && read.other_listings.get(number - 1).is_some_and(|other| !other.1);
        let mut waiting = Vec::with_capacity(TOGETHER);
        loop {
            while let Some(start) = listings.next_listing()? {
                let lexer = listings.lexer();
                let offset = lexer.place(start.offset);
                machine.stands_at(offset);
                let values = walk.listing(&mut machine, lexer, start, arena)?;
                let noticed = arena.alloc_slice_copy(machine.noticed());
                waiting.push(Listing { offset, values, noticed, arena });
                if waiting.len() == TOGETHER {
                    break;
                }
            }
            watch.took(Stage::Read);
            if waiting.is_empty() {
                break;
            }
            for listing in waiting.drain(..) {
                if misplaced {
                    self.say_misplaced(&listing, number, &mut taken);
                }
                if let Err(refusal) = self.taker.listing(listing, &mut before, &mut taken) {
                    return Ok(Err(refusal));
                }
            }
            watch.took(Stage::Diff);
        }
        self.request.progress.advance(listings.lexer().offset() as u64);
        Ok(Ok((taken, machine.strange())))
    }
}

/// Streams such an export. In blocks first; at the first doubt once more, strictly in order.
pub(super) fn stream<'b, T: Taker>(
    input: &Input,
    taker: &T,
    request: &Request<'_>,
    arena: &'b Bump,
) -> Result<Streamed<'b, T::Sum>, Refusal> {
    let reading = Reading::of(input, request.threads.of(input.len(), 1));
    let (plan, shape) = (taker.plan(), taker.shape());
    let read = &shape.read;
    let work = Work { taker, request };
    for mode in [Mode::Blocks, Mode::Strict] {
        let machine = Machine::new(&read.document, arena);
        let mut head = Head { plan: read, title: &plan.title, machine, arena };
        let (mut sum, mut strange) = (taker.sum()?, AllStrange::default());
        let outcome = document::read(&reading, mode, &mut head, &work, |block: <Work<'_, T> as ListingWork>::Out| {
            let (block, of_block) = block?;
            strange.add(of_block);
            taker.add(block, &mut sum)
        })?;
        if let Outcome::Whole(digest) = outcome {
            let values = head.machine.finish();
            let mut of_head = Sink::new(request.keep_of(&plan.name));
            for noticed in head.machine.noticed() {
                difference::say_of(&plan.head, &shape.head_compared, noticed, 0, "", &mut of_head);
            }
            let strange = strange.tell(shape, plan, &mut of_head);
            return Ok(Streamed { sum, head: values, of_head, strange, digest });
        }
    }
    // the strict pass leaves no doubt
    Err(Refusal::whole(input.shown_as(), "it could not be read", ""))
}
