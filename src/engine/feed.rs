//! Writing feeds: one more pass over the master for all channels, in the master's order.
//! What goes where was decided by the survey; here bytes are made, counted and handed
//! to whoever takes them.

use std::fs::File;
use std::io::{BufReader, Read, Write};
use std::path::Path;

use anyhow::{Context, Result};
use bumpalo::Bump;
use hashbrown::HashMap;

use crate::channel::plan::ChannelPlan;
use crate::channel::project::{Projection, Selection};
use crate::channel::write::WritePlan;
use crate::check::settle::settle_next;
use crate::deliver::file::{Draft, Finished};
use crate::model::Value;
use crate::plan::index::{Fate, Index, IndexRow};
use crate::wire::Digest;

use super::rows_before::RowsBefore;

/// One channel that is written.
pub struct Written<'e> {
    /// The channel.
    pub plan: &'e ChannelPlan,
    /// How its documents are written.
    pub write: &'e WritePlan,
    /// Its fields among the numbered values.
    pub selection: &'e Selection,
    /// What becomes of each record.
    pub index: &'e Index,
    /// Listings that are kept although their records are invalid: place of the record, and bytes.
    pub kept: &'e HashMap<u64, Vec<u8>>,
}

/// What one block of the master gave for one channel.
#[derive(Debug, Default)]
pub struct Piece {
    /// The listings' bytes.
    pub bytes: Vec<u8>,
    /// How many listings.
    pub listings: u64,
}

impl Piece {
    /// Nothing yet, with room for so many bytes and a few more.
    pub fn with_room_for(bytes: usize) -> Self {
        Piece { bytes: Vec::with_capacity(bytes + bytes / 16), listings: 0 }
    }
}

/// Where the listings of a block go, on their way into one feed.
pub struct Page<'p, 'b> {
    /// Makes them.
    pub projection: &'b Projection,
    /// What lives as long as the block.
    pub arena: &'b Bump,
    /// The rows of their tables that were settled and written there before.
    pub before: &'p mut RowsBefore<'b>,
    /// Takes their bytes.
    pub piece: &'p mut Piece,
}

impl Written<'_> {
    /// Whether every record has one row in the index, whatever becomes of it.
    pub fn has_a_row_each(&self) -> bool {
        self.selection.per.is_empty() && self.selection.exists.is_none()
    }

    /// Writes the listings of a record that may have several, or none.
    pub fn listings<'b>(&self, offset: u64, values: &[Value<'b>], to: &mut Page<'_, 'b>) {
        for row in self.rows_of(offset) {
            let selection = self.selection.per.get(row.part as usize).unwrap_or(self.selection);
            self.row(row, selection, values, to);
        }
    }

    /// The rows of the record, or of the product whose first record begins here.
    pub fn rows_of(&self, offset: u64) -> impl Iterator<Item = &IndexRow> {
        let from = self.index.first_at(offset);
        let rows = (from..).map_while(|row| self.index.row(u32::try_from(row).ok()?));
        rows.take_while(move |row| row.place.offset == offset)
    }

    /// Where in the index the records of a block begin.
    pub fn first_row(&self, offset: u64) -> usize {
        self.index.first_at(offset)
    }

    /// Writes the record of a row, if it goes.
    pub fn offer<'b>(&self, row: usize, values: &[Value<'b>], to: &mut Page<'_, 'b>) {
        let Some(row) = u32::try_from(row).ok().and_then(|row| self.index.row(row)) else { return };
        self.row(row, self.selection, values, to);
    }

    fn row<'b>(&self, row: &IndexRow, selection: &Selection, values: &[Value<'b>], to: &mut Page<'_, 'b>) {
        match row.fate {
            Fate::Listed => {
                let listing = to.projection.listing(selection, values, to.arena);
                let settled = settle_next(&self.plan.fields, listing, &mut to.before.settled, to.arena);
                self.write.next_listing(settled, &mut to.piece.bytes, &mut to.before.written);
                to.piece.listings += 1;
            }
            Fate::Invalid(_) | Fate::Excluded => self.kept(row, to.piece),
        }
    }

    /// Writes what the channel keeps of an invalid record.
    pub fn kept(&self, row: &IndexRow, piece: &mut Piece) {
        if let Some(bytes) = self.kept_of(row) {
            piece.bytes.extend_from_slice(bytes);
            piece.listings += 1;
        }
    }

    /// The bytes that the channel keeps of an invalid record.
    pub fn kept_of(&self, row: &IndexRow) -> Option<&[u8]> {
        let is_invalid = matches!(row.fate, Fate::Invalid(_));
        is_invalid.then(|| self.kept.get(&row.id())).flatten().map(Vec::as_slice)
    }
}

/// Who takes the bytes of a feed.
#[derive(Debug)]
pub enum Taker {
    /// They become a file.
    Draft(Draft),
    /// They are compared with a file.
    Compare(Comparer),
    /// Nobody.
    Nobody,
}

/// A feed on its way.
#[derive(Debug)]
pub struct FeedOnItsWay {
    taker: Taker,
    /// The feed that is there, where this one may turn out to be the same.
    there: Option<Comparer>,
    /// Why it cannot be written; other feeds go on without it.
    failed: Option<anyhow::Error>,
    /// Bytes so far.
    pub bytes: u64,
    /// Listings so far.
    pub listings: u64,
    /// Of its listings, which are known before what stands around them.
    of_listings: Digest,
    /// Of what stands around them.
    of_envelope: Digest,
    /// What stands at the beginning of every listing but the first.
    between: &'static [u8],
}

/// Bytes of listings without what would stand before the first of all: `so_far` listings stand before these.
pub fn without_first<'b>(between: &[u8], bytes: &'b [u8], so_far: u64, listings: u64) -> &'b [u8] {
    let is_first = so_far == 0 && listings > 0;
    is_first.then(|| bytes.strip_prefix(between)).flatten().unwrap_or(bytes)
}

/// What came of a feed.
#[derive(Debug)]
pub enum Taken {
    /// A file that is not in place yet, and whether the one that is there says the same in the same bytes.
    Finished(Finished, bool),
    /// Whether it is equal to the one that is there.
    Compared(bool),
    /// Nothing.
    Nothing,
}

impl FeedOnItsWay {
    /// Begins with who takes it.
    pub fn new(taker: Taker) -> Self {
        let (of_listings, of_envelope) = Default::default();
        FeedOnItsWay { taker, there: None, failed: None, bytes: 0, listings: 0, of_listings, of_envelope, between: b"" }
    }

    /// The same of a document with something between its listings.
    pub fn with_between(self, between: &'static [u8]) -> Self {
        FeedOnItsWay { between, ..self }
    }

    /// The same beside the feed that is there; `before` are the bytes before the first listing with that one's own
    /// time: what changes with the clock makes no other feed.
    pub fn beside(self, mut there: Comparer, before: &[u8]) -> Result<Self> {
        there.take(before)?;
        Ok(FeedOnItsWay { there: Some(there), ..self })
    }

    /// The bytes before the first listing. `lasting` are the same without what changes with the clock: only
    /// they count in the digest.
    pub fn before(&mut self, bytes: &[u8], lasting: &[u8]) {
        self.of_envelope.update(lasting);
        self.put(bytes);
    }

    /// The bytes after the last listing.
    pub fn after(&mut self, bytes: &[u8]) {
        self.of_envelope.update(bytes);
        self.put_and_compare(bytes);
    }

    /// So many listings, or a part of their bytes.
    pub fn piece(&mut self, bytes: &[u8], listings: u64) {
        let bytes = without_first(self.between, bytes, self.listings, listings);
        self.listings += listings;
        self.of_listings.update(bytes);
        self.put_and_compare(bytes);
    }

    /// All listings, of which nobody takes the bytes: their digest, how long they are and how many.
    pub fn told(&mut self, digest: Digest, bytes: u64, listings: u64) {
        (self.of_listings, self.listings) = (digest, listings);
        self.bytes += bytes;
    }

    /// Notes why it cannot be written. What was written so far is given up at once: on a full disk the other feeds
    /// need the room.
    pub fn fail(&mut self, error: anyhow::Error) {
        self.failed.get_or_insert(error);
        (self.there, self.taker) = (None, Taker::Nobody);
    }

    fn put_and_compare(&mut self, bytes: &[u8]) {
        self.put(bytes);
        if let Some(Err(error)) = self.there.as_mut().map(|there| there.take(bytes)) {
            self.fail(error);
        }
    }

    fn put(&mut self, bytes: &[u8]) {
        self.bytes += bytes.len() as u64;
        if let Err(error) = self.handed_on(bytes) {
            self.fail(error);
        }
    }

    fn handed_on(&mut self, bytes: &[u8]) -> Result<()> {
        match &mut self.taker {
            Taker::Draft(draft) => draft.write_all(bytes).context("cannot write the feed"),
            Taker::Compare(comparer) => comparer.take(bytes),
            Taker::Nobody => Ok(()),
        }
    }

    /// Ends it: what came of it, and its digest.
    pub fn finish(self) -> Result<(Taken, String)> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        let taken = match self.taker {
            Taker::Draft(draft) => {
                let is_the_same = self.there.map_or(Ok(false), Comparer::finish)?;
                Taken::Finished(draft.finish()?, is_the_same)
            }
            Taker::Compare(comparer) => Taken::Compared(comparer.finish()?),
            Taker::Nobody => Taken::Nothing,
        };
        let mut digest = self.of_envelope;
        digest.update(self.of_listings.to_string().as_bytes());
        Ok((taken, digest.to_string()))
    }
}

/// Compares bytes with those of a file, without keeping either.
pub struct Comparer {
    there: Box<dyn Read + Send>,
    equal: bool,
    buffer: Vec<u8>,
}

impl std::fmt::Debug for Comparer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Comparer").field("equal", &self.equal).finish_non_exhaustive()
    }
}

impl Comparer {
    /// Against a file; packed ones are unpacked. One that is not there is equal to nothing.
    pub fn open(path: &Path) -> Result<Comparer> {
        let (there, equal): (Box<dyn Read + Send>, bool) = match File::open(path) {
            Ok(file) if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("gz")) => {
                (Box::new(flate2::read::MultiGzDecoder::new(BufReader::new(file))), true)
            }
            Ok(file) => (Box::new(BufReader::with_capacity(512 * 1024, file)), true),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => (Box::new(std::io::empty()), false),
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
        };
        Ok(Comparer { there, equal, buffer: Vec::new() })
    }

    fn take(&mut self, bytes: &[u8]) -> Result<()> {
        if !self.equal || bytes.is_empty() {
            return Ok(());
        }
        self.buffer.clear();
        self.there
            .by_ref()
            .take(bytes.len() as u64)
            .read_to_end(&mut self.buffer)
            .context("cannot read the feed that is there")?;
        self.equal = self.buffer == bytes;
        Ok(())
    }

    fn finish(mut self) -> Result<bool> {
        let mut one = [0];
        let more = self.equal && self.there.read(&mut one).context("cannot read the feed that is there")? > 0;
        Ok(self.equal && !more)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_that_fails_takes_the_rest_and_says_why_at_its_end() {
        let folder = tempfile::tempdir().unwrap();
        let mut feed = FeedOnItsWay::new(Taker::Compare(Comparer::open(folder.path()).unwrap()));
        feed.before(b"<shop>", b"");
        assert!(matches!(feed.taker, Taker::Nobody), "what was begun is given up at once");
        feed.piece(b"<offer/>", 1);
        let error = feed.finish().unwrap_err();
        assert_eq!(error.to_string(), "cannot read the feed that is there");
    }
}
