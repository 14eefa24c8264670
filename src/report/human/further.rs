//! A listing stands under the field that weighs most; what else differs in it must not go unsaid.

use std::cmp::Reverse;
use std::io;

use super::{Out, Sheet, number};
use crate::model::listed;
use crate::plan::{Change, FieldChange, FieldSort};
use crate::report::text::Ink;

/// Fields in the line.
const NAMES: usize = 4;

/// A line that says in how many listings further fields differ, and which.
pub(super) fn write(sheet: Sheet<'_>, updates: &[&Change], out: Out<'_>) -> io::Result<()> {
    // who asked for some fields has been told of them
    if !sheet.options.only.is_empty() {
        return Ok(());
    }
    let mut fields: Vec<Further<'_>> = Vec::new();
    let mut listings = 0;
    for change in updates {
        let mut of_this: Vec<(&str, FieldSort)> = further(change).map(|field| (base(field), field.sort)).collect();
        of_this.sort_unstable();
        of_this.dedup_by_key(|field| field.0);
        listings += usize::from(!of_this.is_empty());
        for (name, sort) in of_this {
            match fields.iter_mut().find(|field| field.name == name) {
                Some(field) => field.listings += 1,
                None => fields.push(Further { name, sort, listings: 1 }),
            }
        }
    }
    if listings == 0 {
        return Ok(());
    }
    fields.sort_by(|one, other| one.place().cmp(&other.place()));
    let look = sheet.look;
    let names: Vec<String> = fields.iter().map(|field| field.named(listings, sheet)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let of =
        if listings == updates.len() { String::new() } else { format!("{} of them ", look.count(number(listings))) };
    let line =
        sheet.indented(4).ink(Ink::Dim, format!("{} {of}also in {}", look.left_out(), listed(&names, NAMES, "")));
    line.ink(Ink::Dim, " (--full)").end(out)
}

/// A field that differs beside others.
struct Further<'c> {
    name: &'c str,
    sort: FieldSort,
    listings: usize,
}

impl Further<'_> {
    /// Where it is named: whether it can be bought and what it costs before how it is called, and that before the rest;
    /// of equal weight what differs in more listings comes first.
    fn place(&self) -> (u8, Reverse<usize>, &str) {
        let weight = match self.sort {
            FieldSort::Availability => 0,
            FieldSort::Stock => 1,
            FieldSort::Price => 2,
            FieldSort::Text => 3,
            FieldSort::Money => 4,
            FieldSort::Other => 5,
        };
        (weight, Reverse(self.listings), self.name)
    }

    /// Its name, and in how many listings it differs where that is not in all of these.
    fn named(&self, of: usize, sheet: Sheet<'_>) -> String {
        match self.listings == of {
            true => self.name.to_owned(),
            false => format!("{} ({})", self.name, sheet.look.count(number(self.listings))),
        }
    }
}

/// What differs beside the weightiest field. How many there are and whether it can be bought change together.
fn further(change: &Change) -> impl Iterator<Item = &FieldChange> {
    let is_stock = |field: &FieldChange| matches!(field.sort, FieldSort::Stock | FieldSort::Availability);
    let first = change.weightiest(|_| true);
    change.fields.iter().filter(move |field| {
        first.is_some_and(|first| !(std::ptr::eq(*field, first) || is_stock(first) && is_stock(field)))
    })
}

/// A field without the row of it that differs: `param[Колір]` is `param`.
fn base(field: &FieldChange) -> &str {
    field.name.split(['[', '@']).next().filter(|name| !name.is_empty()).unwrap_or(&field.name)
}
