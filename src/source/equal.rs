//! SKUs that stand in more than one record, and SKUs that nobody can tell apart: known
//! only when all have been read.

use super::cell::cell_at;
use super::master::Master;
use super::sku::{SkuMark, look};
use crate::finding::{Found, Known, Refusal, Sink};
use crate::wire::table::owned_cell;

/// Lines that a message names.
const MOST_LINES: usize = 5;

/// The SKUs that stand in more than one record of a master, by hash: none of those records can be
/// the one that is meant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EqualSkus {
    hashes: Vec<u64>,
}

impl EqualSkus {
    /// Whether a SKU of this [`super::sku_hash`] stands in more than one record.
    pub fn contains(&self, hash: u64) -> bool {
        self.hashes.binary_search(&hash).is_ok()
    }

    /// How many SKUs do.
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Whether none does.
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }
}

/// Where SKUs stand, for messages.
pub(super) struct Finder<'m> {
    pub(super) master: &'m Master,
}

/// Compares all SKUs, and tells which are equal and which look it.
pub(super) fn compare(mut marks: Vec<SkuMark>, finder: &Finder<'_>, sink: &mut Sink) -> Result<EqualSkus, Refusal> {
    // by one number only: nearly all are alone, and the few others are sorted among themselves
    marks.sort_unstable_by_key(|mark| mark.look);
    let (mut equal, mut like) = (Vec::new(), Vec::new());
    for alike in marks.chunk_by_mut(|one, other| one.look == other.look).filter(|alike| alike.len() > 1) {
        alike.sort_unstable();
        let mut same = alike.chunk_by(|one, other| one.exact == other.exact);
        equal.extend(same.clone().filter(|same| same.len() > 1).map(<[SkuMark]>::to_vec));
        if same.nth(1).is_some() {
            let mut group = alike.to_vec();
            group.sort_unstable_by_key(|mark| mark.offset);
            like.push(group);
        }
    }
    let mut hashes: Vec<u64> = equal.iter().filter_map(|group| group.first()).map(|mark| mark.exact).collect();
    hashes.sort_unstable();
    finder.tell(equal, Known::SkuEqual, sink)?;
    finder.tell(like, Known::SkuLike, sink)?;
    Ok(EqualSkus { hashes })
}

/// A record of a group, resolved.
struct Resolved {
    sku: String,
    line: u64,
}

impl Finder<'_> {
    /// Tells every record of every group; words only those that are kept.
    fn tell(&self, mut groups: Vec<Vec<SkuMark>>, code: Known, sink: &mut Sink) -> Result<(), Refusal> {
        groups.sort_unstable_by_key(|group| group.first().map(|mark| mark.offset));
        let mut worded = 0;
        for group in &groups {
            let message = if worded < sink.keep() { self.message(group, code)? } else { String::new() };
            for mark in group {
                let sku = if worded < sink.keep() { self.sku_at(mark.offset)? } else { String::new() };
                let found = Found { offset: mark.offset, key: sku, field: "sku".to_owned(), message: message.clone() };
                sink.add(code.into(), || found);
                worded += 1;
            }
        }
        Ok(())
    }

    fn message(&self, group: &[SkuMark], code: Known) -> Result<String, Refusal> {
        let offsets: Vec<u64> = group.iter().map(|mark| mark.offset).take(MOST_LINES).collect();
        let lines = self.master.lines(&offsets)?;
        let mut resolved = Vec::new();
        for (offset, line) in offsets.iter().zip(lines) {
            resolved.push(Resolved { sku: self.sku_at(*offset)?, line });
        }
        let more = match group.len() - resolved.len() {
            0 => String::new(),
            more => format!(", {more} more"),
        };
        Ok(match code {
            Known::SkuEqual => {
                let lines: Vec<String> = resolved.iter().map(|place| place.line.to_string()).collect();
                let sku = resolved.first().map_or("", |place| place.sku.as_str());
                format!("«{sku}» stands in lines {}{more}", lines.join(", "))
            }
            _ => {
                let places: Vec<String> =
                    resolved.iter().map(|place| format!("«{}» in line {}", place.sku, place.line)).collect();
                format!("{}{more} differ only in {}", places.join(", "), difference(&resolved))
            }
        })
    }

    /// The SKU of the record that begins here.
    fn sku_at(&self, offset: u64) -> Result<String, Refusal> {
        let (master, dialect) = (self.master, self.master.dialect);
        let cell = cell_at(master.table(), dialect, offset, master.layout.sku)?;
        Ok(cell.map(|(_, raw)| owned_cell(&raw, dialect)).unwrap_or_default())
    }

    /// Tells which SKUs are numbers in a file of objects.
    pub(super) fn tell_numbers(&self, sink: &mut Sink) -> Result<(), Refusal> {
        for (told, offset) in self.master.laid.iter().flat_map(|laid| &laid.numbered).enumerate() {
            let sku = if told < sink.keep() { self.sku_at(*offset)? } else { String::new() };
            let message = format!("sku «{sku}» stands there without quotes");
            sink.add(Known::SkuNumber.into(), || Found { offset: *offset, key: sku, field: "sku".to_owned(), message });
        }
        Ok(())
    }
}

/// In what the SKUs of a group differ, that a person hardly sees.
fn difference(group: &[Resolved]) -> &'static str {
    let differ = |fold: &dyn Fn(&str) -> String| {
        let mut folded = group.iter().map(|place| fold(&place.sku));
        let first = folded.next();
        folded.any(|other| Some(&other) != first.as_ref())
    };
    let without_blanks = |sku: &str| sku.split_whitespace().collect::<String>();
    if !differ(&|sku| sku.to_lowercase()) {
        "case"
    } else if !differ(&without_blanks) {
        "blanks"
    } else if !differ(&|sku| without_blanks(sku).to_lowercase()) {
        "case and blanks"
    } else if !differ(&look) {
        "letters that look alike"
    } else {
        "what nobody sees"
    }
}
