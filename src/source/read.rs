//! A master as a stream of offers: in blocks, on any number of threads, merged in order.
//! Blocks are split the fast way; from the first one that it is not sure of, the exact way goes on.

use bumpalo::Bump;

use super::categories::{NewPath, Paths, SeenPaths};
use super::equal::{EqualSkus, Finder, compare};
use super::layout::PathSaid;
use super::offer::{Offer, OfferBlock, RecordPlace};
use super::record::Reader;
use super::sku::SkuMark;
use super::trouble::{Why, fault_of, tell};
use super::{Master, sku};
use crate::finding::{Found, Known, Refusal, Sink};
use crate::model::text::SECTION_OPENS;
use crate::model::{Categories, Value};
use crate::wire::Digest;
use crate::wire::blocks::{Block, Cut, Reading, in_blocks};
use crate::wire::table::{ExactCut, FastCut, Row, Rows, refusal};

/// What a whole master turned out to be.
#[derive(Debug)]
pub struct Read {
    /// How many offers it has.
    pub offers: u64,
    /// The print of its text.
    pub digest: Digest,
    /// What was found in it.
    pub sink: Sink,
    /// The SKUs that stand in more than one record: offers with them are not to go anywhere.
    pub equal: EqualSkus,
    /// The tree that the offers' paths make; the file's, where there is one.
    pub categories: Categories,
}

/// Why a pass over the blocks ended early.
enum Stop<E> {
    /// The block that begins here cannot be split the fast way.
    Doubt(u64),
    Failed(E),
}

impl<E: From<Refusal>> From<Refusal> for Stop<E> {
    fn from(refusal: Refusal) -> Self {
        Stop::Failed(refusal.into())
    }
}

/// What a thread keeps from block to block.
struct Worker<S> {
    rows: Rows,
    arena: Bump,
    paths: SeenPaths,
    state: S,
}

/// What one block gives beside the caller's result.
struct Part {
    sink: Sink,
    marks: Vec<SkuMark>,
    offers: u64,
    paths: Vec<NewPath>,
}

/// What all blocks gave.
struct Sum {
    sink: Sink,
    marks: Vec<SkuMark>,
    offers: u64,
    paths: Paths,
    /// How many blocks there will be, about.
    blocks: usize,
}

impl Master {
    /// Streams all offers. `start` makes a thread's own state, `work` turns a block into a result, `merge`
    /// is called with the results in the order of the file. `keep` is how many places of each code are kept.
    pub fn read<S, R, E>(
        &self,
        threads: usize,
        keep: usize,
        start: impl Fn() -> S + Sync,
        work: impl Fn(&mut S, &OfferBlock<'_>) -> Result<R, E> + Sync,
        mut merge: impl FnMut(R) -> Result<(), E> + Send,
    ) -> Result<Read, E>
    where
        R: Send,
        E: From<Refusal> + Send,
    {
        let mut digest = self.digest_to(self.body)?;
        let (paths, blocks) = (Paths::default(), self.expected_blocks());
        let mut sum = Sum { sink: Sink::new(keep), marks: Vec::new(), offers: 0, paths, blocks };
        let mut from = self.body;
        let mut exact = false;
        loop {
            let reading = Reading { threads, block: self.block, ..Reading::of(&self.input, threads).from(from) };
            let mut fast_cut = FastCut::new(self.dialect);
            let mut exact_cut = ExactCut::new(self.dialect);
            let cut: &mut (dyn Cut + Send) = if exact { &mut exact_cut } else { &mut fast_cut };
            let pass = in_blocks(
                &reading,
                cut,
                &mut digest,
                || self.worker(start()),
                |worker, block| self.block(worker, block, keep, exact, &work),
                |(part, result)| {
                    sum.add(part);
                    merge(result).map_err(Stop::Failed)
                },
            );
            match pass {
                Ok(_) => break,
                Err(Stop::Failed(error)) => return Err(error),
                // all blocks before this one were sure, so this one begins where a record does
                Err(Stop::Doubt(offset)) => {
                    (from, exact) = (offset, true);
                    digest = self.digest_to(offset)?;
                }
            }
        }
        self.finish(sum, digest).map_err(E::from)
    }

    fn worker<S>(&self, state: S) -> Worker<S> {
        let rows = Rows::new(self.layout.columns.len());
        Worker { rows, arena: Bump::new(), paths: SeenPaths::default(), state }
    }

    fn block<S, R, E: From<Refusal>>(
        &self,
        worker: &mut Worker<S>,
        block: Block<'_>,
        keep: usize,
        exact: bool,
        work: impl Fn(&mut S, &OfferBlock<'_>) -> Result<R, E>,
    ) -> Result<(Part, R), Stop<E>> {
        worker.arena.reset();
        let odd = self.split(&mut worker.rows, block, exact)?;
        let arena = &worker.arena;
        let part = Part { sink: Sink::new(keep), marks: Vec::new(), offers: 0, paths: Vec::new() };
        let returns = memchr::memchr(b'\r', block.text.as_bytes()).is_some();
        let sections = memchr::memmem::find(block.text.as_bytes(), SECTION_OPENS.as_bytes()).is_some();
        let (reader, unclean) = (Reader::new(self.ground(), arena, odd), odd || sections);
        let (paths, offset) = (&mut worker.paths, block.offset);
        let mut taking = Taking { master: self, reader, part, paths, offset, odd, unclean };
        let mut offers = Vec::with_capacity(worker.rows.len());
        offers.extend(worker.rows.iter(block.text).filter_map(|row| taking.offer(row)));
        let mut part = taking.part;
        part.offers = offers.len() as u64;
        if worker.rows.open_end()
            && let Some(last) = offers.last()
        {
            part.sink.add(Known::NoFinalNewline.into(), || Found {
                offset: last.place.offset,
                key: last.sku.to_owned(),
                field: String::new(),
                message: "no line break stands behind the last record".to_owned(),
            });
        }
        let offers = OfferBlock { offers: &offers, arena, odd, returns, sections };
        let result = work(&mut worker.state, &offers).map_err(Stop::Failed)?;
        Ok((part, result))
    }

    /// Splits a block; says whether odd characters stand in it.
    fn split<E: From<Refusal>>(&self, rows: &mut Rows, block: Block<'_>, exact: bool) -> Result<bool, Stop<E>> {
        let scanned = rows.scan(block.text, self.dialect);
        if exact {
            let columns = self.layout.columns.len();
            rows.split(block.text, self.dialect)
                .map_err(|broken| refusal(&self.input, block.offset, broken, self.dialect, columns))?;
        } else if !scanned.sure {
            return Err(Stop::Doubt(block.offset));
        }
        Ok(scanned.odd)
    }

    /// The digest of the text up to here.
    fn digest_to(&self, end: u64) -> Result<Digest, Refusal> {
        let (mut digest, mut at, mut piece) = (Digest::new(), 0, Vec::new());
        while at < end {
            let length = (end - at).min(1 << 20);
            self.input.read_at(at, usize::try_from(length).unwrap_or(0), &mut piece)?;
            digest.update(&piece);
            at += length;
        }
        Ok(digest)
    }

    fn finish(&self, sum: Sum, digest: Digest) -> Result<Read, Refusal> {
        self.input.verify_unchanged()?;
        if sum.offers == 0 {
            let what = "it has a header and no record";
            return Err(Refusal::whole(self.input.shown_as(), what, "export the catalog again"));
        }
        let Sum { mut sink, marks, offers, paths, .. } = sum;
        let finder = Finder { input: &self.input, layout: &self.layout, dialect: self.dialect };
        let equal = compare(marks, &finder, &mut sink)?;
        let categories = match &self.tree {
            Some(tree) => tree.categories.clone(),
            None => paths.into_categories(self.input.shown_as(), &mut sink)?,
        };
        Ok(Read { offers, digest, sink, equal, categories })
    }
}

impl Sum {
    fn add(&mut self, mut part: Part) {
        self.sink.merge(part.sink);
        if self.marks.capacity() == 0 {
            // all blocks are about alike: room for all at once, and none to spare
            self.marks.reserve(part.marks.len().saturating_mul(self.blocks));
        }
        self.marks.append(&mut part.marks);
        self.offers += part.offers;
        self.paths.add(part.paths);
    }
}

/// Takes the offers of one block.
struct Taking<'m, 'b> {
    master: &'m Master,
    reader: Reader<'m, 'b>,
    part: Part,
    paths: &'m mut SeenPaths,
    /// Where the block begins in the file.
    offset: u64,
    odd: bool,
    /// Whether there are odd characters or CDATA sections in it.
    unclean: bool,
}

impl<'m: 'b, 'b> Taking<'m, 'b> {
    /// The offer of a record; `None` where all of its cells are blank.
    fn offer(&mut self, row: Row<'_, 'b>) -> Option<Offer<'b>> {
        let (offset, len) = (self.offset + u64::from(row.start()), row.end() - row.start());
        let place = RecordPlace { offset, len, unclean: self.unclean };
        let offer = self.reader.offer(row, place)?;
        if !offer.sku.is_empty() {
            self.part.marks.push(SkuMark::new(offer.sku, offer.sku_hash, place.offset));
        }
        if self.odd {
            self.reader.lost_letters(row);
        }
        if !self.reader.troubles.is_empty() {
            let cell_at = |column| self.offset + u64::from(row.cell_start(column));
            let layout = self.reader.ground.layout;
            tell(&mut self.reader.troubles, place, offer.sku, layout, cell_at, &mut self.part.sink);
            self.reader.troubles.clear();
        }
        if let Some(PathSaid { path, id }) = self.reader.ground.layout.path
            && self.master.tree.is_none()
            && let Some(Value::Text(path)) = offer.values.get(path)
        {
            let id = id.and_then(|id| offer.values.get(id)?.as_text()).map(str::trim);
            if self.paths.is_new(path, id) {
                let (path, id, sku) = ((*path).to_owned(), id.map(str::to_owned), offer.sku.to_owned());
                self.part.paths.push(NewPath { path, id, offset: place.offset, sku });
            }
        }
        Some(offer)
    }
}

impl<'m: 'b, 'b> Reader<'m, 'b> {
    /// A record as an offer; `None` where all of its cells are blank. What is wrong with it is in
    /// `troubles` then.
    pub(super) fn offer(&mut self, row: Row<'_, 'b>, place: RecordPlace) -> Option<Offer<'b>> {
        let column = self.ground.layout.sku;
        let sku = self.cell(row, column);
        let is_blank = sku.trim().is_empty();
        if is_blank && row.is_blank(self.ground.dialect) {
            return None;
        }
        let values = self.values(row);
        if is_blank {
            self.sku_trouble(Known::SkuBlank, column, "", Why::BlankSku);
        } else {
            sku::troubles(sku, |code, why| self.sku_trouble(code, column, sku, why));
        }
        let sku = if is_blank { "" } else { sku };
        let fault = fault_of(&self.troubles);
        Some(Offer { place, sku, sku_hash: super::sku_hash(sku), values, fault })
    }
}
