//! A master, opened: its header is read and mapped, its records are still to come.

use bumpalo::Bump;

use super::arrange::arrange;
use super::categories::Tree;
use super::layout::{Layout, Take};
use super::objects::{self, Laid};
use super::record::{Ground, Reader};
use super::sample::Sample;
use super::{MasterOptions, Notation, Offer, OpenError, RecordPlace};
use crate::finding::{Found, Refusal};
use crate::model::{Categories, DecimalStyle, Marks, Said, amount};
use crate::wire::encoding::Sniff;
use crate::wire::input::Input;
use crate::wire::table::{Dialect, Rows};

/// Bytes of a block: what is made of it is twice as much, and all of it should stay in the cache.
const BLOCK: usize = 64 * 1024;

/// Bytes of a record, at least, when room is made for all of them: a first block of very short ones must not ask for
/// room that nobody needs.
const SHORTEST_RECORD: usize = 256;

/// How much of something a whole master will give; by default nobody knows.
#[derive(Debug, Clone, Copy, Default)]
pub struct Expected {
    blocks: usize,
    most: usize,
}

impl Expected {
    /// Makes room in an empty list for what all blocks will give, if they are like the first.
    pub fn reserve<T>(self, list: &mut Vec<T>, first: usize) {
        if list.capacity() == 0 {
            list.reserve(first.saturating_mul(self.blocks).min(self.most.max(first)));
        }
    }
}

/// The merchant's own file.
#[derive(Debug)]
pub struct Master {
    pub(super) input: Input,
    /// The rows of a file of objects.
    pub(super) laid: Option<Laid>,
    pub(super) dialect: Dialect,
    pub(super) layout: Layout,
    pub(super) marks: Marks,
    /// Where both decimal marks were seen, the rarer one.
    pub(super) rarer: Option<DecimalStyle>,
    pub(super) tree: Option<Tree>,
    /// Where the records begin.
    pub(super) body: u64,
    /// Bytes of a block.
    pub(super) block: usize,
    guesses: Vec<String>,
}

impl Master {
    /// Opens a master: reads its header and finds the columns that the config maps.
    pub fn open(options: &MasterOptions) -> Result<Master, OpenError> {
        let input = Input::open(&options.path, &options.shown_as, options.encoding, Sniff::Text)?;
        Master::of(input, options)
    }

    /// A master of an input that is open already.
    pub fn of(input: Input, options: &MasterOptions) -> Result<Master, OpenError> {
        let tree = options.categories.as_ref().map(Tree::open).transpose()?;
        if options.notation != Notation::Table {
            return Master::of_objects(input, options, tree);
        }
        let sample = Sample::of(&input, options)?;
        let layout = arrange(&sample, options, tree.is_some()).map_err(OpenError::Mapping)?;
        let (marks, rarer) = match options.decimal {
            Some(style) => (Marks::Declared(style), None),
            None => seen_marks(&sample, &layout),
        };
        let guesses = guesses(&input, &sample, marks);
        Ok(Master {
            dialect: sample.dialect,
            body: sample.body,
            input,
            laid: None,
            layout,
            marks,
            rarer,
            tree,
            block: BLOCK,
            guesses,
        })
    }

    /// A master of objects, which become rows.
    fn of_objects(input: Input, options: &MasterOptions, tree: Option<Tree>) -> Result<Master, OpenError> {
        let opened = objects::open(&input, options, tree.is_some(), seen_marks, None)?;
        let decimal = match (opened.marks, opened.guessed) {
            (Marks::Seen(style), true) => Some(format!("decimal {}", style.name())),
            _ => None,
        };
        let mut master = Master::of_laid(input, opened, tree);
        master.guesses.extend(decimal);
        Ok(master)
    }

    /// A master whose offers are laid out as rows; of its numbers nothing was guessed.
    pub(super) fn of_laid(input: Input, opened: objects::Opened, tree: Option<Tree>) -> Master {
        Master {
            guesses: input.guess().map(|guess| format!("encoding {guess}")).into_iter().collect(),
            input,
            laid: Some(opened.laid),
            dialect: objects::DIALECT,
            layout: opened.layout,
            marks: opened.marks,
            rarer: opened.rarer,
            tree,
            body: 0,
            block: BLOCK,
        }
    }

    /// The table that is read: the file, or the rows that its objects were laid out as.
    pub(super) fn table(&self) -> &Input {
        self.laid.as_ref().map_or(&self.input, |laid| &laid.rows)
    }

    /// How many bytes are read in all, for whoever shows how far it is.
    pub fn bytes(&self) -> u64 {
        self.table().len()
    }

    /// The lines in the file of these places of records, in their order.
    pub fn lines(&self, offsets: &[u64]) -> Result<Vec<u64>, Refusal> {
        match &self.laid {
            None => self.input.lines(offsets),
            Some(laid) => {
                let objects: Vec<u64> = offsets.iter().map(|offset| laid.object(*offset)).collect();
                self.input.lines(&objects)
            }
        }
    }

    /// The same master, read in blocks of about so many bytes.
    pub fn in_blocks_of(self, block: usize) -> Master {
        Master { block, ..self }
    }

    /// How much there will be, by how much the first block holds.
    pub fn expected(&self) -> Expected {
        let bytes = usize::try_from(self.bytes()).unwrap_or(0);
        Expected { blocks: bytes / self.block.max(1) + 1, most: bytes / SHORTEST_RECORD + 1 }
    }

    /// What every offer says, in the order of [`Offer::values`].
    pub fn said(&self) -> &[Said] {
        &self.layout.said
    }

    /// What was found out about the file and not said by the config: `delimiter ;`, `decimal comma`.
    pub fn guesses(&self) -> &[String] {
        &self.guesses
    }

    /// Columns of the file that no field is taken from.
    pub fn unread_columns(&self) -> &[String] {
        &self.layout.unread
    }

    /// The tree of the file of categories, where there is one. The tree that paths make is known only
    /// when all is read: [`super::Read::categories`].
    pub fn categories(&self) -> Option<&Categories> {
        self.tree.as_ref().map(|tree| &tree.categories)
    }

    /// The file of categories, and what was taken out of it: characters that no feed may carry.
    pub fn unwritable_categories(&self) -> Option<(&Input, &[Found])> {
        let tree = self.tree.as_ref()?;
        Some((tree.input.as_ref()?, tree.unwritable.as_slice())).filter(|(_, unwritable)| !unwritable.is_empty())
    }

    /// Whether there is a tree of categories: of a file, or one that paths make.
    pub fn has_tree(&self) -> bool {
        self.tree.is_some() || self.layout.path.is_some()
    }

    /// The file.
    pub fn input(&self) -> &Input {
        &self.input
    }

    /// Reads single records again.
    pub fn records(&self) -> RecordsAgain<'_> {
        let rows = Rows::new(self.layout.columns.len());
        RecordsAgain { master: self, rows, buffer: Vec::new() }
    }

    pub(super) fn ground(&self) -> Ground<'_> {
        Ground {
            layout: &self.layout,
            dialect: self.dialect,
            marks: self.marks,
            rarer: self.rarer,
            tree: self.tree.as_ref(),
            objects: self.laid.is_some(),
        }
    }
}

/// Reads single records of a master again by their places, with room that is kept from one to the next.
#[derive(Debug)]
pub struct RecordsAgain<'m> {
    master: &'m Master,
    rows: Rows,
    buffer: Vec<u8>,
}

impl<'m> RecordsAgain<'m> {
    /// The offer that was read from this place before. `sku_hash` is the one that it had then: another
    /// one means that the file has changed.
    pub fn offer_at<'b>(&mut self, place: RecordPlace, sku_hash: u64, arena: &'b Bump) -> Result<Offer<'b>, Refusal>
    where
        'm: 'b,
    {
        let master = self.master;
        master.table().read_at(place.offset, place.len as usize, &mut self.buffer)?;
        let Ok(text) = simdutf8::basic::from_utf8(&self.buffer) else { return Err(changed(&master.input)) };
        let text: &'b str = arena.alloc_str(text);
        if self.rows.split(text, master.dialect).is_err() {
            return Err(changed(&master.input));
        }
        let mut reader = Reader::new(master.ground(), arena, place.unclean);
        let offer = self.rows.iter(text).next().and_then(|row| reader.offer(row, place));
        offer.filter(|offer| offer.sku_hash == sku_hash).ok_or_else(|| changed(&master.input))
    }
}

fn changed(input: &Input) -> Refusal {
    let help = "let the program that writes it finish, then run again";
    Refusal::whole(input.shown_as(), "it was written to while it was read", help)
}

/// The decimal style that the first records' numbers show, if they agree; if not, the one that fewer show.
fn seen_marks(sample: &Sample, layout: &Layout) -> (Marks, Option<DecimalStyle>) {
    let columns: Vec<usize> = layout.takes.iter().flat_map(Take::number_columns).collect();
    let (mut points, mut commas) = (0_usize, 0_usize);
    for cell in sample.records.iter().flat_map(|record| columns.iter().filter_map(|column| record.get(*column))) {
        match amount::read(cell, Marks::Unknown).ok().and_then(|amount| amount.proves) {
            Some(DecimalStyle::Point) => points += 1,
            Some(DecimalStyle::Comma) => commas += 1,
            None => {}
        }
    }
    match (points, commas) {
        (0, 0) => (Marks::Unknown, None),
        (_, 0) => (Marks::Seen(DecimalStyle::Point), None),
        (0, _) => (Marks::Seen(DecimalStyle::Comma), None),
        (points, commas) if points > commas => (Marks::Unknown, Some(DecimalStyle::Comma)),
        _ => (Marks::Unknown, Some(DecimalStyle::Point)),
    }
}

fn guesses(input: &Input, sample: &Sample, marks: Marks) -> Vec<String> {
    let mut guesses: Vec<String> = input.guess().map(|guess| format!("encoding {guess}")).into_iter().collect();
    if sample.delimiter_guessed && sample.names.len() > 1 {
        guesses.push(match sample.dialect.delimiter {
            b'\t' => "delimiter TAB".to_owned(),
            delimiter => format!("delimiter {}", char::from(delimiter)),
        });
    }
    if let Marks::Seen(style) = marks {
        guesses.push(format!("decimal {}", style.name()));
    }
    guesses
}
