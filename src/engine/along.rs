//! Feeds that are written along while the master is surveyed, before anybody knows whether they may go: one pass over
//! the master instead of two. What guards then refuse is thrown away, and a listing that turned out to be invalid is left out.

use hashbrown::HashMap;

use crate::deliver::spool::Spool;
use crate::plan::index::Fate;
use crate::wire::Digest;

use super::feed::{FeedOnItsWay, Piece, Written, without_first};

/// The listings of one feed.
#[derive(Debug)]
pub struct Along {
    held: Held,
    listings: u64,
    /// What stands at the beginning of every listing but the first.
    between: &'static [u8],
}

#[derive(Debug)]
enum Held {
    /// Their bytes, and how many of them are of each row of the index.
    Bytes(Box<Spool>, Vec<u32>),
    /// Nobody takes them: only what is told of them.
    Told(Digest, u64),
    /// The disk did not take them: they are written later, straight to where they go.
    GivenUp,
}

/// The listings of a block, as they are written along.
#[derive(Debug, Default)]
pub struct AlongPiece {
    /// The listings' bytes.
    pub piece: Piece,
    /// How many are of each row.
    pub rows: Vec<u32>,
}

impl AlongPiece {
    /// Notes that what was written since `before` is the listing of the next row.
    pub fn listed(&mut self, before: usize) {
        self.piece.listings += 1;
        self.rows.push(u32::try_from(self.piece.bytes.len() - before).unwrap_or(u32::MAX));
    }

    /// Notes that the next row has no listing.
    pub fn left_out(&mut self) {
        self.rows.push(0);
    }
}

impl Along {
    /// Bytes that wait there, for a document with this between its listings.
    pub fn waiting(spool: Spool, between: &'static [u8]) -> Along {
        Along { held: Held::Bytes(Box::new(spool), Vec::new()), listings: 0, between }
    }

    /// Bytes that nobody takes.
    pub fn told(between: &'static [u8]) -> Along {
        Along { held: Held::Told(Digest::new(), 0), listings: 0, between }
    }

    /// Takes the listings of the next block.
    pub fn take(&mut self, AlongPiece { piece, mut rows }: AlongPiece) {
        let is_taken = match &mut self.held {
            Held::Bytes(spool, all) => {
                all.append(&mut rows);
                spool.put(&piece.bytes).is_ok()
            }
            Held::Told(digest, len) => {
                let bytes = without_first(self.between, &piece.bytes, self.listings, piece.listings);
                digest.update(bytes);
                *len += bytes.len() as u64;
                true
            }
            Held::GivenUp => true,
        };
        self.listings += piece.listings;
        if !is_taken {
            // the room may be needed by other feeds
            self.held = Held::GivenUp;
        }
    }

    /// Whether the feed can be made of it, with these rows and these listings that are kept.
    pub fn serves(&self, listed: u64, kept: &HashMap<u64, Vec<u8>>) -> bool {
        match &self.held {
            Held::Bytes(..) => true,
            Held::Told(..) => self.listings == listed && kept.is_empty(),
            Held::GivenUp => false,
        }
    }

    /// Hands its listings on: those whose rows are listed still, and in the places of others what is kept of them.
    pub fn hand_on(self, written: &Written<'_>, feed: &mut FeedOnItsWay) -> std::io::Result<()> {
        match self.held {
            Held::Told(digest, bytes) => feed.told(digest, bytes, self.listings),
            Held::Bytes(mut spool, rows) => {
                spool.rewind()?;
                let mut run = Run::default();
                for ((_, row), len) in written.index.rows().zip(rows) {
                    if row.fate == Fate::Listed {
                        run.add(len);
                        continue;
                    }
                    std::mem::take(&mut run).hand_on(&mut spool, feed)?;
                    spool.skip(u64::from(len))?;
                    if let Some(bytes) = written.kept_of(row) {
                        feed.piece(bytes, 1);
                    }
                }
                run.hand_on(&mut spool, feed)?;
            }
            Held::GivenUp => {}
        }
        Ok(())
    }
}

/// Listings that go, one behind the other.
#[derive(Debug, Default)]
struct Run {
    bytes: u64,
    listings: u64,
}

impl Run {
    fn add(&mut self, len: u32) {
        self.bytes += u64::from(len);
        self.listings += 1;
    }

    fn hand_on(mut self, spool: &mut Spool, feed: &mut FeedOnItsWay) -> std::io::Result<()> {
        spool.hand_on(self.bytes, |part| feed.piece(part, std::mem::take(&mut self.listings)))
    }
}
