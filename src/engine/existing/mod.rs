//! The existing side: what kind of document an export is, and streaming it against the
//! index. A document of the wrong kind is refused by name before anything is compared.

mod comparing;
mod gather;
mod looks;
mod members;
mod nodes;
mod recognise;
mod strange;
mod table;
mod taker;
mod whose;

use bumpalo::Bump;
use hashbrown::HashMap;

use crate::channel::description::{Description, Wire};
use crate::channel::plan::ShapePlan;
use crate::channel::read::TableRead;
use crate::finding::{Refusal, Sink};
use crate::model::Value;
use crate::plan::diff::Differ;
use crate::plan::tally::Tally;
use crate::wire::input::Input;

use super::difference::Kept;
use super::origin::Origin;

pub use comparing::compare;
pub use taker::{Listing, Streamed, Taker, stream};
pub use whose::known_columns;

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

/// What is said of a web page in the place of an export, at the beginning.
pub const THIS_IS_A_PAGE: &str = "this is a web page";

/// The cells of a table's first line; none where the text does not begin with a line.
pub fn header(input: &Input, read: &TableRead) -> Result<Option<Vec<String>>, Refusal> {
    Ok(table::header(input, read)?.map(|header| header.cells))
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
pub fn open(description: &Description, origin: &Origin, written: Option<usize>) -> Result<Existing, Refusal> {
    let input = recognise::open(origin, description.shapes.iter().map(|shape| shape.wire))?;
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
