//! A listing stands under the field that weighs most; what else differs in it must not go unsaid.

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
    let mut names: Vec<(&str, usize)> = Vec::new();
    let mut listings = 0;
    for change in updates {
        let mut of_this: Vec<&str> = further(change).map(base).collect();
        of_this.sort_unstable();
        of_this.dedup();
        listings += usize::from(!of_this.is_empty());
        for name in of_this {
            match names.iter_mut().find(|entry| entry.0 == name) {
                Some(entry) => entry.1 += 1,
                None => names.push((name, 1)),
            }
        }
    }
    if listings == 0 {
        return Ok(());
    }
    names.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(other.0)));
    let look = sheet.look;
    let names: Vec<&str> = names.iter().map(|entry| entry.0).collect();
    let of =
        if listings == updates.len() { String::new() } else { format!("{} of them ", look.count(number(listings))) };
    let line =
        sheet.indented(4).ink(Ink::Dim, format!("{} {of}also in {}", look.left_out(), listed(&names, NAMES, "")));
    line.ink(Ink::Dim, " (--full)").end(out)
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
