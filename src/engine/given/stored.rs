//! Listings put away in a temporary file, so that each can be read again by its place, whatever kind of document it came
//! from and however many there are.

use bumpalo::Bump;
use rust_decimal::Decimal;

use super::told;
use crate::channel::plan::ShapePlan;
use crate::finding::Refusal;
use crate::model::{Number, Row, Unit, Value};
use crate::plan::diff::Desired;
use crate::plan::index::IndexRow;
use crate::wire::input::Input;

/// Listings by their places; those of a feed, by its shape.
#[derive(Debug)]
pub(super) struct Stored<'s> {
    pub listings: Input,
    /// The shape by whose keys they are known.
    pub shape: &'s ShapePlan,
}

/// Where a listing began in its document stands before it, in so many bytes.
const PLACE: usize = 8;

impl Desired for Stored<'_> {
    fn listing<'b>(&'b self, row: &IndexRow, arena: &'b Bump) -> Result<&'b [Value<'b>], Refusal> {
        let mut bytes = Vec::new();
        self.listings.read_at(row.place.offset, row.place.len as usize, &mut bytes)?;
        let bytes: &'b [u8] = arena.alloc_slice_copy(&bytes);
        let mut rest = Bytes(bytes.get(PLACE..).unwrap_or_default());
        let values = rest.values(arena);
        // nobody else writes to that file
        values.ok_or_else(|| Refusal::whole(self.listings.shown_as(), "what was kept of it is damaged", "try again"))
    }

    fn sku<'b>(&'b self, row: &IndexRow, arena: &'b Bump) -> Result<&'b str, Refusal> {
        Ok(told::key(self.shape, self.listing(row, arena)?, arena).unwrap_or(""))
    }

    fn offset(&self, row: &IndexRow) -> u64 {
        let mut bytes = [0; PLACE];
        // a place that cannot be read shows the beginning of the feed
        let read = self.listings.read_exact_at(row.place.offset, &mut bytes);
        read.map_or(0, |()| u64::from_le_bytes(bytes))
    }
}

/// Puts a listing away that begins at a place of its document.
pub(super) fn put(offset: u64, values: &[Value<'_>], into: &mut Vec<u8>) {
    into.extend(offset.to_le_bytes());
    put_values(values, into);
}

fn put_values(values: &[Value<'_>], into: &mut Vec<u8>) {
    put_count(values.len(), into);
    values.iter().for_each(|value| put_value(value, into));
}

fn put_value(value: &Value<'_>, into: &mut Vec<u8>) {
    match value {
        Value::Unsaid => into.push(b'u'),
        Value::Empty => into.push(b'e'),
        Value::Text(text) => put_text(b't', text, into),
        Value::Bad(text) => put_text(b'b', text, into),
        Value::Flag(flag) => into.push(if *flag { b'y' } else { b'n' }),
        Value::Number(number) => {
            into.push(b'#');
            into.extend(number.amount.serialize());
            put_text(b't', number.unit.as_str(), into);
            put_text(b't', number.text, into);
        }
        Value::List(items) => {
            into.push(b'l');
            put_count(items.len(), into);
            items.iter().for_each(|item| put_text(b't', item, into));
        }
        Value::Table(rows) => {
            into.push(b'r');
            put_count(rows.len(), into);
            rows.iter().for_each(|row| put_values(row, into));
        }
    }
}

fn put_text(mark: u8, text: &str, into: &mut Vec<u8>) {
    into.push(mark);
    put_count(text.len(), into);
    into.extend(text.as_bytes());
}

/// Seven bits a byte, the last one below 128.
fn put_count(mut count: usize, into: &mut Vec<u8>) {
    while count >= 0x80 {
        into.push((count & 0x7F) as u8 | 0x80);
        count >>= 7;
    }
    into.push(count as u8);
}

/// What was put away, read from its front.
struct Bytes<'b>(&'b [u8]);

impl<'b> Bytes<'b> {
    fn values(&mut self, arena: &'b Bump) -> Option<&'b [Value<'b>]> {
        let values: Vec<Value<'b>> = (0..self.count()?).map(|_| self.value(arena)).collect::<Option<_>>()?;
        Some(arena.alloc_slice_copy(&values))
    }

    fn value(&mut self, arena: &'b Bump) -> Option<Value<'b>> {
        Some(match self.byte()? {
            b'u' => Value::Unsaid,
            b'e' => Value::Empty,
            b't' => Value::Text(self.text()?),
            b'b' => Value::Bad(self.text()?),
            b'y' => Value::Flag(true),
            b'n' => Value::Flag(false),
            b'#' => {
                let amount = Decimal::deserialize(self.take(16)?.try_into().ok()?);
                let (unit, text) = (self.marked_text()?, self.marked_text()?);
                let unit = if unit.is_empty() { Unit::NONE } else { Unit::new(unit)? };
                Value::of_number(Number { amount, unit, text }, arena)
            }
            b'l' => {
                let items: Vec<&'b str> = (0..self.count()?).map(|_| self.marked_text()).collect::<Option<_>>()?;
                Value::List(arena.alloc_slice_copy(&items))
            }
            b'r' => {
                let rows: Vec<Row<'b>> = (0..self.count()?).map(|_| self.values(arena)).collect::<Option<_>>()?;
                Value::Table(arena.alloc_slice_copy(&rows))
            }
            _ => return None,
        })
    }

    fn marked_text(&mut self) -> Option<&'b str> {
        (self.byte()? == b't').then(|| self.text()).flatten()
    }

    fn text(&mut self) -> Option<&'b str> {
        let length = self.count()?;
        std::str::from_utf8(self.take(length)?).ok()
    }

    fn count(&mut self) -> Option<usize> {
        let (mut count, mut shift) = (0_usize, 0_u32);
        loop {
            let byte = self.byte()?;
            count |= usize::from(byte & 0x7F).checked_shl(shift)?;
            shift += 7;
            if byte < 0x80 {
                return Some(count);
            }
        }
    }

    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn take(&mut self, length: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_away_comes_back_as_it_was() {
        let arena = Bump::new();
        let number = |text: &str, unit: &str| {
            let unit = Unit::new(unit).unwrap();
            Value::of_number(Number { amount: text.parse().unwrap(), unit, text: "як було" }, &arena)
        };
        let long = "ї".repeat(70_000);
        let row: Row<'_> = arena.alloc_slice_copy(&[Value::Text("Колір"), Value::Empty, number("1299.00", "UAH")]);
        let rows: &[Row<'_>] = arena.alloc_slice_copy(&[row, row]);
        let items: &[&str] = arena.alloc_slice_copy(&["один", "", "три"]);
        let values = [
            Value::Unsaid,
            Value::Empty,
            Value::Text(&long),
            Value::Bad("по запросу"),
            Value::Flag(true),
            Value::Flag(false),
            number("-0.000001", ""),
            Value::List(items),
            Value::Table(rows),
        ];
        let mut bytes = Vec::new();
        put(1 << 40, &values, &mut bytes);
        assert_eq!(bytes[..PLACE], (1_u64 << 40).to_le_bytes());
        let bytes = arena.alloc_slice_copy(&bytes);
        let back = Bytes(&bytes[PLACE..]).values(&arena).unwrap();
        assert_eq!(back, values);
        let Value::Number(back) = back[6] else { panic!("{back:?}") };
        assert_eq!((back.amount.to_string().as_str(), back.unit, back.text), ("-0.000001", Unit::NONE, "як було"));
        for cut in PLACE..bytes.len() {
            assert!(Bytes(&bytes[PLACE..cut]).values(&arena).is_none(), "{cut}");
        }
    }
}
