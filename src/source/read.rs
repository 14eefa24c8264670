//! A master as a stream of offers: in blocks, on any number of threads, merged in order.

use bumpalo::Bump;

use super::categories::{NewPath, Paths, SeenPaths};
use super::equal::{EqualSkus, Finder, compare};
use super::layout::PathSaid;
use super::offer::{Offer, OfferBlock, RecordPlace};
use super::record::Reader;
use super::sku::SkuMark;
use super::trouble::{Why, fault_of, tell};
use super::{Expected, Master, sku};
use crate::finding::{Found, Keep, Known, Refusal, Sink};
use crate::model::text::SECTION_OPENS;
use crate::model::{Categories, Value};
use crate::wire::Digest;
use crate::wire::table::{RecordBlock, Row, Table};

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

/// What a thread keeps from block to block.
struct Worker<S> {
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
    expected: Expected,
}

impl Master {
    /// Streams all offers. `start` makes a thread's own state, `work` turns a block into a result, `merge`
    /// is called with the results in the order of the file. `keep` is how many places of each code are kept.
    pub fn read<S, R, E>(
        &self,
        threads: usize,
        keep: impl Into<Keep>,
        start: impl Fn() -> S + Sync,
        work: impl Fn(&mut S, &OfferBlock<'_>) -> Result<R, E> + Sync,
        mut merge: impl FnMut(R) -> Result<(), E> + Send,
    ) -> Result<Read, E>
    where
        R: Send,
        E: From<Refusal> + Send,
    {
        let (paths, expected, keep) = (Paths::default(), self.expected(), keep.into());
        let mut sum = Sum { sink: Sink::new(keep.clone()), marks: Vec::new(), offers: 0, paths, expected };
        let table = Table {
            input: self.table(),
            dialect: self.dialect,
            columns: self.layout.columns.len(),
            body: self.body,
            threads,
            block: self.block,
        };
        let digest = table.read(
            || Worker { arena: Bump::new(), paths: SeenPaths::default(), state: start() },
            |worker, block| self.block(worker, block, &keep, &work),
            |(part, result)| {
                sum.add(part);
                merge(result)
            },
        )?;
        self.finish(sum, digest).map_err(E::from)
    }

    fn block<S, R, E>(
        &self,
        worker: &mut Worker<S>,
        RecordBlock { block, rows, odd }: RecordBlock<'_>,
        keep: &Keep,
        work: impl Fn(&mut S, &OfferBlock<'_>) -> Result<R, E>,
    ) -> Result<(Part, R), E> {
        worker.arena.reset();
        let arena = &worker.arena;
        let part = Part { sink: Sink::new(keep.clone()), marks: Vec::new(), offers: 0, paths: Vec::new() };
        let returns = memchr::memchr(b'\r', block.text.as_bytes()).is_some();
        let sections = memchr::memmem::find(block.text.as_bytes(), SECTION_OPENS.as_bytes()).is_some();
        let (reader, unclean) = (Reader::new(self.ground(), arena, odd), odd || sections);
        let (paths, offset) = (&mut worker.paths, block.offset);
        let mut taking = Taking { master: self, reader, part, paths, offset, odd, unclean };
        let mut offers = Vec::with_capacity(rows.len());
        offers.extend(rows.iter(block.text).filter_map(|row| taking.offer(row)));
        let mut part = taking.part;
        part.offers = offers.len() as u64;
        if rows.open_end()
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
        let result = work(&mut worker.state, &offers)?;
        Ok((part, result))
    }

    fn finish(&self, sum: Sum, digest: Digest) -> Result<Read, Refusal> {
        self.input.verify_unchanged()?;
        if sum.offers == 0 {
            let what = if self.laid.is_some() { "no offer stands in it" } else { "it has a header and no record" };
            return Err(Refusal::whole(self.input.shown_as(), what, "export the catalog again"));
        }
        let Sum { mut sink, marks, offers, paths, .. } = sum;
        let finder = Finder { master: self };
        let equal = compare(marks, &finder, &mut sink)?;
        finder.tell_of_objects(&mut sink)?;
        let categories = match &self.tree {
            Some(tree) => tree.categories.clone(),
            None => paths.into_categories(self.input.shown_as(), &mut sink)?,
        };
        let digest = self.laid.as_ref().map_or(digest, |laid| laid.digest.clone());
        Ok(Read { offers, digest, sink, equal, categories })
    }
}

impl Sum {
    fn add(&mut self, mut part: Part) {
        self.sink.merge(part.sink);
        self.expected.reserve(&mut self.marks, part.marks.len());
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
