//! The existing side: what kind of document an export is, and streaming it against the
//! index. A document of the wrong kind is refused by name before anything is compared.

mod gather;
mod members;
mod nodes;
mod recognise;
mod table;

use bumpalo::Bump;
use hashbrown::HashMap;

use crate::channel::description::{Description, Wire};
use crate::channel::plan::ShapePlan;
use crate::config::FilePath;
use crate::finding::{Found, Known, Refusal, Sink};
use crate::model::Value;
use crate::plan::diff::Differ;
use crate::plan::tally::{Tally, Twice};
use crate::wire::input::Input;

use super::difference::{BlockSeen, Kept};
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
    let input = recognise::open(file, description.shapes.iter().map(|shape| shape.wire))?;
    let shape = recognise::shape(description, &input, written)?;
    Ok(Existing { input, shape, is_export: false, is_replaced: false })
}

/// What a document says of itself, read as far as its first listing; a table and JSON say nothing.
pub fn head<'b>(input: &Input, shape: &'b ShapePlan, title: &str, arena: &'b Bump) -> Result<&'b [Value<'b>], Refusal> {
    match shape.wire {
        Wire::Table(_) | Wire::Json | Wire::JsonLines => Ok(&[]),
        Wire::Xml => nodes::head(input, &shape.read, title, arena),
    }
}

/// What the key is called in the document.
pub fn key_name<'d>(differ: &'d Differ<'_>) -> &'d str {
    let first = differ.shape.key.first().and_then(|fields| fields.first());
    first.and_then(|field| differ.shape.compared.get(*field)).map_or("", |how| how.node.as_str())
}

/// Streams an export against the index.
pub fn compare<'b>(
    input: &Input,
    differ: &Differ<'_>,
    request: &Request<'_>,
    arena: &'b Bump,
) -> Result<Compared<'b>, Refusal> {
    let read = &differ.shape.read;
    match (&differ.shape.gather, &read.members, &read.table) {
        (Some(gather), Some(members), _) => gather::compare(input, gather, members, differ, request),
        (None, Some(members), _) => members::compare(input, members, differ, request),
        (_, _, Some(table)) => table::compare(input, table, differ, request),
        _ => nodes::compare(input, differ, request, arena),
    }
}

/// What blocks of an export gave, put together in their order.
struct Sum {
    tally: Tally,
    sink: Sink,
    kept: HashMap<u64, Kept>,
}

impl Sum {
    fn new(differ: &Differ<'_>, request: &Request<'_>) -> Self {
        Sum { tally: Tally::new(differ.index.len()), sink: Sink::new(request.places), kept: HashMap::new() }
    }

    fn take(&mut self, block: BlockSeen, differ: &Differ<'_>) {
        self.sink.merge(block.sink);
        for listing in block.kept {
            if let Some(row) = differ.index.row(listing.row) {
                self.kept.entry(row.id()).or_insert(listing);
            }
        }
        self.tally.take(block.met);
    }
}

impl Sum {
    /// What came of all blocks of a document that says nothing of itself.
    fn without_head<'b>(mut self, differ: &Differ<'_>, digest: String) -> Result<Compared<'b>, Refusal> {
        say_twice(differ, std::mem::take(&mut self.tally.twice), &mut self.sink)?;
        let Sum { tally, sink, kept } = self;
        Ok(Compared { tally, sink, kept, head: &[], digest })
    }
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
