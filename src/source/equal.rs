//! SKUs that stand in more than one record, and SKUs that nobody can tell apart: known
//! only when all have been read.

use super::cell::cell_at;
use super::master::Master;
use super::sku::{SkuMark, look};
use crate::finding::{Found, Known, Refusal, Sink};
use crate::model::shown_of;
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
    number: u64,
}

impl Finder<'_> {
    /// Tells every record of every group; words only those that are kept.
    fn tell(&self, mut groups: Vec<Vec<SkuMark>>, code: Known, sink: &mut Sink) -> Result<(), Refusal> {
        groups.sort_unstable_by_key(|group| group.first().map(|mark| mark.offset));
        let mut worded = 0;
        for group in &groups {
            let message = if sink.wants(worded) { self.message(group, code)? } else { String::new() };
            for mark in group {
                let sku = if sink.wants(worded) { self.sku_at(mark.offset)? } else { String::new() };
                let found = Found { offset: mark.offset, key: sku, field: "sku".to_owned(), message: message.clone() };
                sink.add(code.into(), || found);
                worded += 1;
            }
        }
        Ok(())
    }

    fn message(&self, group: &[SkuMark], code: Known) -> Result<String, Refusal> {
        let shown = shown_of(group.len(), MOST_LINES);
        let offsets: Vec<u64> = group.iter().map(|mark| mark.offset).take(shown).collect();
        let (what, numbers) = self.numbers(&offsets)?;
        let mut resolved = Vec::new();
        for (offset, number) in offsets.iter().zip(numbers) {
            resolved.push(Resolved { sku: self.sku_at(*offset)?, number });
        }
        let more = match group.len() - resolved.len() {
            0 => String::new(),
            more => format!(", {more} more"),
        };
        Ok(match code {
            Known::SkuEqual => {
                let numbers: Vec<String> = resolved.iter().map(|place| place.number.to_string()).collect();
                let sku = resolved.first().map_or("", |place| place.sku.as_str());
                format!("«{sku}» stands in {what}s {}{more}", numbers.join(", "))
            }
            _ => {
                let places: Vec<String> =
                    resolved.iter().map(|place| format!("«{}» in {what} {}", place.sku, place.number)).collect();
                format!("{}{more} differ only in {}", places.join(", "), difference(&resolved))
            }
        })
    }

    /// The lines of records, or, where several objects share one line, their numbers.
    fn numbers(&self, offsets: &[u64]) -> Result<(&'static str, Vec<u64>), Refusal> {
        let lines = self.master.lines(offsets)?;
        match &self.master.laid {
            Some(laid) if lines.windows(2).any(|two| two.first() == two.last()) => {
                Ok(("object", offsets.iter().map(|offset| laid.number(*offset) as u64).collect()))
            }
            _ => Ok(("line", lines)),
        }
    }

    /// The SKU of the record that begins here.
    fn sku_at(&self, offset: u64) -> Result<String, Refusal> {
        let (master, dialect) = (self.master, self.master.dialect);
        let cell = cell_at(master.table(), dialect, offset, master.layout.sku)?;
        Ok(cell.map(|(_, raw)| owned_cell(&raw, dialect)).unwrap_or_default())
    }

    /// Tells what is odd in a file of objects as such: SKUs that are numbers, keys that none of them has, and an end
    /// that may be a cut.
    pub(super) fn tell_of_objects(&self, sink: &mut Sink) -> Result<(), Refusal> {
        let Some(laid) = &self.master.laid else { return Ok(()) };
        for name in &self.master.layout.absent {
            let message = format!("the key «{name}» stands in no object: nothing is said by it");
            sink.add(Known::KeyAbsent.into(), || Found { message, ..Found::default() });
        }
        if laid.open_end {
            let (offset, key) = (laid.last(), self.sku_at(laid.last())?);
            let message = "no line break stands behind the last offer".to_owned();
            sink.add(Known::NoFinalNewline.into(), || Found { offset, key, message, ..Found::default() });
        }
        for (told, offset) in laid.numbered.iter().enumerate() {
            let sku = if sink.wants(told) { self.sku_at(*offset)? } else { String::new() };
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
