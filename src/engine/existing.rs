//! The existing side: what kind of document an export is, and streaming it against the
//! index. A document of the wrong kind is refused by name before anything is compared.

use bumpalo::Bump;
use hashbrown::HashMap;

use crate::channel::description::{Description, Shape};
use crate::channel::path::{Path, Step};
use crate::channel::read::{Machine, ReadPlan, Walk};
use crate::config::FilePath;
use crate::finding::{Found, Known, Refusal, Sink};
use crate::model::Value;
use crate::plan::diff::Differ;
use crate::plan::tally::{Tally, Twice};
use crate::wire::blocks::Reading;
use crate::wire::encoding::{EncodingChoice, Sniff};
use crate::wire::input::Input;
use crate::wire::xml::Stop;
use crate::wire::xml::document::{self, Element, Envelope, ListingWork, Listings, Mode, Objection, Outcome};

use super::difference::{self, BlockSeen, Kept};
use super::request::Request;

/// An export, opened and recognised.
#[derive(Debug)]
pub struct Existing {
    /// Its text.
    pub input: Input,
    /// Number of its shape in the description.
    pub shape: usize,
    /// It is an export, and not the channel's own feed.
    pub is_export: bool,
    /// It is the feed that this run replaces.
    pub is_replaced: bool,
}

/// What came of comparing an export with the index.
#[derive(Debug)]
pub struct Compared<'b> {
    /// All its listings together.
    pub tally: Tally,
    /// What was noticed.
    pub sink: Sink,
    /// Listings that are kept, by the place of their record.
    pub kept: HashMap<u64, Kept>,
    /// What the document says of itself.
    pub head: &'b [Value<'b>],
    /// The digest of its text.
    pub digest: String,
}

/// The same of a feed of one's own, which nobody fetches.
pub fn of_own_feed(refusal: Refusal) -> Refusal {
    let own = "put a whole copy of it back (without one move it away and render it anew)";
    Refusal { help: refusal.help.replace("fetch it again", own), ..refusal }
}

/// Opens an export and finds out its shape; `written` is the shape of a file that we write ourselves.
pub fn open(description: &Description, file: &FilePath, written: Option<usize>) -> Result<Existing, Refusal> {
    let input = Input::open(&file.path, &file.shown, EncodingChoice::Auto, Sniff::Xml)?;
    let shape = recognise(description, &input, written)?;
    Ok(Existing { input, shape, is_export: false, is_replaced: false })
}

/// The shape of a document: the one that is written at its place, where it fits, since a feed may bear the marks of
/// another; then those with marks of their own, then the others.
fn recognise(description: &Description, input: &Input, written: Option<usize>) -> Result<usize, Refusal> {
    let mut witness = Witness { shapes: &description.shapes, title: &description.title, seen: Vec::new() };
    document::read_head(input, &mut witness, &Nothing)?;
    let fits = |shape: &&(usize, &Shape)| witness.fits(shape.1);
    let numbered: Vec<(usize, &Shape)> = description.shapes.iter().enumerate().collect();
    let ours = numbered.iter().filter(|shape| Some(shape.0) == written).find(fits);
    let marked = || numbered.iter().filter(|shape| !shape.1.detect.is_empty()).find(fits);
    let found = ours.or_else(marked).or_else(|| numbered.iter().filter(|shape| shape.1.detect.is_empty()).find(fits));
    found.map(|shape| shape.0).ok_or_else(|| {
        let names: Vec<&str> = description.shapes.iter().map(|shape| shape.name.as_str()).collect();
        let what =
            format!("it is no document of {}: none of its shapes fits ({})", description.title, names.join(", "));
        Refusal::whole(input.shown_as(), what, "check that the file belongs to this channel")
    })
}

/// An element of a head: the names from below the root on, and its attributes.
type Seen = (Vec<String>, Vec<(String, String)>);

/// Notes what stands in the head of a document.
struct Witness<'d> {
    shapes: &'d [Shape],
    title: &'d str,
    seen: Vec<Seen>,
}

impl Witness<'_> {
    fn fits(&self, shape: &Shape) -> bool {
        let root = shape.listings.path.steps.first();
        let same_root =
            root.is_some_and(|root| self.seen.first().is_some_and(|seen| seen.0.last() == Some(&root.name)));
        same_root && shape.detect.iter().all(|(wanted, path)| self.has(path) == *wanted)
    }

    fn has(&self, path: &Path) -> bool {
        let names: Vec<&str> = path.steps.iter().map(|step| step.name.as_str()).collect();
        let told_by = path.steps.last().map(|step| step.told_by.as_slice()).unwrap_or(&[]);
        self.seen.iter().any(|(seen, attributes)| {
            let below_root = seen.get(1..).unwrap_or(&[]);
            let same_place = below_root.iter().map(String::as_str).eq(names.iter().copied());
            let has = |name: &str| attributes.iter().any(|attribute| attribute.0 == name);
            same_place
                && told_by.iter().all(|told| attributes.contains(told))
                && path.attribute.as_deref().is_none_or(has)
        })
    }
}

impl Envelope for Witness<'_> {
    fn listing(&self, path: &[String], name: &str) -> Option<u32> {
        self.shapes.iter().find_map(|shape| kind_of(&places(shape), path, name))
    }

    fn start(&mut self, element: Element<'_>) -> Result<(), Objection> {
        if let [root] = element.path {
            let mut roots: Vec<&str> =
                self.shapes.iter().filter_map(|shape| Some(shape.listings.path.steps.first()?.name.as_str())).collect();
            roots.dedup();
            refuse_root(root, &roots, self.title)?;
        }
        let owned = |attribute: &(&str, &str)| (attribute.0.to_owned(), attribute.1.to_owned());
        self.seen.push((element.path.to_vec(), element.attributes.iter().map(owned).collect()));
        Ok(())
    }

    fn text(&mut self, _: &str) {}

    fn end(&mut self) {}
}

fn refuse_root(root: &str, roots: &[&str], title: &str) -> Result<(), Objection> {
    if roots.contains(&root) {
        return Ok(());
    }
    let expected = roots.iter().map(|root| format!("<{root}>")).collect::<Vec<_>>().join(" or ");
    let (what, help) = match root.eq_ignore_ascii_case("html") {
        true => (
            format!("this is a web page, not a document of {title}"),
            "a server's error or log-in page was probably saved in place of the export".to_owned(),
        ),
        false => (
            format!("the document begins with <{root}>, where a document of {title} begins with {expected}"),
            "check that the file belongs to this channel".to_owned(),
        ),
    };
    Err(Objection { what, help })
}

/// Where listings of a shape stand, and whether they may stand there.
fn places(shape: &Shape) -> Vec<(&[Step], bool)> {
    let row = &shape.listings;
    std::iter::once((row.path.steps.as_slice(), true))
        .chain(row.read.iter().map(|path| (path.steps.as_slice(), true)))
        .chain(row.refused.iter().map(|path| (path.steps.as_slice(), false)))
        .collect()
}

fn kind_of(places: &[(&[Step], bool)], path: &[String], name: &str) -> Option<u32> {
    let here = |steps: &[Step]| {
        let names = steps.iter().map(|step| step.name.as_str());
        names.eq(path.iter().map(String::as_str).chain([name]))
    };
    let number = places.iter().position(|place| here(place.0))?;
    u32::try_from(number).ok()
}

/// Works on no listing.
struct Nothing;

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
        let places: Vec<(&[Step], bool)> = std::iter::once((self.plan.listings.as_slice(), true))
            .chain(self.plan.other_listings.iter().map(|other| (other.0.as_slice(), other.1)))
            .collect();
        kind_of(&places, path, name)
    }

    fn start(&mut self, element: Element<'_>) -> Result<(), Objection> {
        let arena = self.arena;
        let copied = |text: &str| -> &str { arena.alloc_str(text) };
        let attributes: Vec<(&str, &str)> =
            element.attributes.iter().map(|(name, value)| (copied(name), copied(value))).collect();
        match element.path {
            [root] => {
                let expected = self.plan.listings.first().map_or("", |step| step.name.as_str());
                refuse_root(root, &[expected], self.title)?;
                self.machine.begin(&attributes);
            }
            [.., name] => self.machine.start(copied(name), &attributes),
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

/// What the key is called in the document.
pub fn key_name<'d>(differ: &'d Differ<'_>) -> &'d str {
    let first = differ.shape.key.first().and_then(|fields| fields.first());
    first.and_then(|field| differ.shape.compared.get(*field)).map_or("", |how| how.node.as_str())
}

/// Compares the listings of a block.
struct Work<'w, 'd> {
    differ: &'w Differ<'d>,
    request: &'w Request<'w>,
}

impl ListingWork for Work<'_, '_> {
    type State = ();
    type Out = Result<BlockSeen, Refusal>;

    fn state(&self) {}

    fn block<'b>(&self, (): &mut (), listings: &mut Listings<'b>, arena: &'b Bump) -> Result<Self::Out, Stop> {
        let read = &self.differ.shape.read;
        let mut seen = BlockSeen::new(self.request.places);
        let mut machine = Machine::new(&read.listing, arena);
        let mut walk = Walk::default();
        let number = listings.kind() as usize;
        let misplaced = number > 0 && read.other_listings.get(number - 1).is_some_and(|other| !other.1);
        while let Some(start) = listings.next_listing()? {
            let lexer = listings.lexer();
            let place = lexer.place(start.offset);
            let values = walk.listing(&mut machine, lexer, start, arena)?;
            if misplaced {
                let key = difference::key_text(self.differ.shape, values);
                seen.sink.add(Known::ListingPlace.into(), || {
                    let message = standing(read, number);
                    Found { offset: place, key: key.to_owned(), field: String::new(), message }
                });
            }
            let looks_at = |key: &str| self.request.looks_at(key);
            let noticed = machine.noticed();
            let taken = difference::listing(self.differ, &looks_at, place, values, noticed, arena, &mut seen);
            if let Err(refusal) = taken {
                return Ok(Err(refusal));
            }
        }
        self.request.progress.advance(listings.lexer().offset() as u64);
        Ok(Ok(seen))
    }
}

/// Streams an export against the index. In blocks first; at the first doubt once more, strictly in order.
pub fn compare<'b>(
    input: &Input,
    differ: &Differ<'_>,
    request: &Request<'_>,
    arena: &'b Bump,
) -> Result<Compared<'b>, Refusal> {
    let reading = Reading::of(input, request.threads.get());
    let read = &differ.shape.read;
    let keep = request.places;
    let work = Work { differ, request };
    for mode in [Mode::Blocks, Mode::Strict] {
        let machine = Machine::new(&read.document, arena);
        let mut head = Head { plan: read, title: &differ.plan.title, machine, arena };
        let mut tally = Tally::new(differ.index.len());
        let mut sink = Sink::new(keep);
        let mut kept = HashMap::new();
        let outcome = document::read(&reading, mode, &mut head, &work, |block: Result<BlockSeen, Refusal>| {
            let block = block?;
            sink.merge(block.sink);
            for listing in block.kept {
                if let Some(row) = differ.index.row(listing.row) {
                    kept.entry(row.place.offset).or_insert(listing);
                }
            }
            tally.take(block.met);
            Ok::<(), Refusal>(())
        })?;
        if let Outcome::Whole(digest) = outcome {
            say_twice(differ, std::mem::take(&mut tally.twice), &mut sink)?;
            let values = head.machine.finish();
            for noticed in head.machine.noticed() {
                difference::say_of(&differ.plan.head, &differ.shape.head_compared, noticed, 0, "", &mut sink);
            }
            return Ok(Compared { tally, sink, kept, head: values, digest: digest.to_string() });
        }
    }
    // the strict pass leaves no doubt
    Err(Refusal::whole(input.shown_as(), "it could not be read", ""))
}

/// Tells of listings whose key another one had before.
fn say_twice(differ: &Differ<'_>, twice: Vec<(u64, Twice)>, sink: &mut Sink) -> Result<(), Refusal> {
    let mut failed = None;
    for (offset, twice) in twice {
        sink.add(Known::KeyEqual.into(), || {
            let sku = |row| {
                let arena = Bump::new();
                let Some(row) = differ.index.row(row) else { return Ok(String::new()) };
                Ok(differ.desired.sku(row, &arena)?.to_owned())
            };
            let key = match twice {
                Twice::Unknown(key) => key,
                Twice::Row(row) => sku(row).unwrap_or_else(|refusal| {
                    failed = Some(refusal);
                    String::new()
                }),
            };
            let message = format!("«{key}» stands in a listing before this one");
            Found { offset, key, field: key_name(differ).to_owned(), message }
        });
    }
    failed.map_or(Ok(()), Err)
}
