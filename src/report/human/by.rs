//! Changes by brand, category or field, where a person asked for that.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::io;

use rust_decimal::Decimal;

use super::{Out, Parts, Sheet, counted, number, values};
use crate::plan::{Change, sums};
use crate::report::By;
use crate::report::text::{Ink, Line};

/// Changes of one kind by a trait, those with most money first; what is beyond the limit as one line.
pub(super) fn write(sheet: Sheet<'_>, parts: &Parts<'_>, changes: &[&Change], way: By, out: Out<'_>) -> io::Result<()> {
    let groups = grouped(sheet, changes, way);
    let count_cells = parts.count_cells(sheet.look);
    let (shown, beyond) = groups.split_at(groups.len().min(sheet.rows()));
    for (name, group) in shown {
        let line = counted(sheet.look, count_cells, group.len()).say(said(sheet, way, name));
        let line = if way == By::Field { line.say(also(sheet, changes, name, group.len())) } else { line };
        money(sheet, line, group).end(out)?;
    }
    let rest: Vec<&Change> = beyond.iter().flat_map(|group| group.1.iter().copied()).collect();
    if rest.is_empty() {
        return Ok(());
    }
    let (one, many) = match way {
        By::Brand => ("more brand", "more brands"),
        By::Category => ("more category", "more categories"),
        By::Field | By::Cause => ("more field", "more fields"),
    };
    let words = format!("{} (--limit 0)", sheet.look.counted(number(beyond.len()), one, many));
    money(sheet, counted(sheet.look, count_cells, rest.len()).ink(Ink::Dim, words), &rest).end(out)
}

fn grouped<'c>(sheet: Sheet<'_>, changes: &[&'c Change], way: By) -> Vec<(&'c str, Vec<&'c Change>)> {
    let trait_of = |change: &'c Change| match way {
        By::Brand => change.brand.as_str(),
        By::Category => change.category.as_str(),
        By::Field | By::Cause => {
            change.weightiest(|field| sheet.options.takes_field(field)).map_or("", |field| field.name.as_str())
        }
    };
    let mut groups: HashMap<&str, Vec<&Change>> = HashMap::new();
    for change in changes {
        groups.entry(trait_of(change)).or_default().push(change);
    }
    let mut groups: Vec<(&str, Vec<&Change>)> = groups.into_iter().collect();
    groups.sort_by_cached_key(|(name, changes)| {
        let stakes = changes.iter().filter_map(|change| change.at_stake);
        (Reverse(stakes.fold(Decimal::ZERO, Decimal::saturating_add)), Reverse(changes.len()), *name)
    });
    groups
}

fn said(sheet: Sheet<'_>, way: By, name: &str) -> String {
    match way {
        By::Brand if name.is_empty() => "no brand".into(),
        By::Category if name.is_empty() => "no category".into(),
        By::Brand => format!("brand {name}"),
        By::Category => format!("category {name}"),
        By::Field | By::Cause => values::name(name, sheet.look),
    }
}

/// In how many of the other listings a field changes too.
fn also(sheet: Sheet<'_>, changes: &[&Change], name: &str, counted: usize) -> String {
    let with_it = changes.iter().filter(|change| change.fields.iter().any(|field| field.name == name)).count();
    match with_it.saturating_sub(counted) {
        0 => String::new(),
        others => format!(", and in {} of the others", sheet.look.count(number(others))),
    }
}

fn money<'l>(sheet: Sheet<'l>, line: Line<'l>, changes: &[&Change]) -> Line<'l> {
    let sums: Vec<_> = sums(changes.iter().copied()).into_iter().filter(|sum| !sum.1.is_zero()).collect();
    line.right(Ink::Plain, sheet.look.sums(&sums))
}
