//! Listings below a group: key, what moves and how far, the money, and the title last.

use std::io;

use super::{Out, Sheet, keys, number, values};
use crate::plan::{Change, FieldChange, FieldSort};
use crate::report::text::{Cell, Column, Ink, Row, Spans, Table};

/// From this width on, brand and category join the title.
const WIDE: usize = 120;

const UPDATE_COLUMNS: [Column; 7] = [
    Column::left("", 0),
    Column::left("", 2),
    Column::right("", 2),
    Column::left("", 1),
    Column::left("", 1),
    Column::right("", 2),
    Column::right("", 2),
];

/// Name, was, arrow, will be, how far.
pub(super) const FIELD_COLUMNS: [Column; 6] = [
    Column::left("", 0),
    Column::right("", 2),
    Column::left("", 1),
    Column::left("", 1),
    Column::right("", 2),
    Column::left("", 2),
];

/// How many listings are left out, and what shows them.
pub(super) fn rest(sheet: Sheet<'_>, indent: usize, more: usize, out: Out<'_>) -> io::Result<()> {
    if more == 0 {
        return Ok(());
    }
    let said = format!("{} more (--limit 0 shows all)", sheet.look.count(number(more)));
    sheet.indented(indent).ink(Ink::Dim, said).end(out)
}

/// Updated listings, each with the field that `field_of` picks.
pub(super) fn updates<'c>(
    sheet: Sheet<'_>,
    indent: usize,
    changes: &[&'c Change],
    field_of: impl Fn(&'c Change) -> Option<&'c FieldChange>,
    out: Out<'_>,
) -> io::Result<()> {
    let mut table = Table::new(sheet.look, indent, &UPDATE_COLUMNS);
    for change in changes {
        table.add(update_row(sheet, change, field_of(change)));
    }
    table.write(out)
}

fn update_row(sheet: Sheet<'_>, change: &Change, field: Option<&FieldChange>) -> Row {
    let look = sheet.look;
    let key = Cell::from(keys::key(&change.key, look));
    let Some(field) = field else { return Row::new([key]).with_text(title(sheet, change)) };
    let name = Cell::from(values::name(&field.name, look));
    match values::short(field, look) {
        Some((from, to)) => {
            let stake = change.at_stake.filter(|amount| !amount.is_zero());
            let stake = stake.map_or(String::new(), |amount| look.money(amount, &change.currency));
            let cells =
                [key, name, from.into(), look.arrow().into(), to.into(), how_far(sheet, field), Cell::from(stake)];
            Row::new(cells).with_text(title(sheet, change))
        }
        // a text is told by its words; its title would only take their room
        None if field.sort == FieldSort::Text => Row::new([key]).with_text(values::excerpt(field, look)),
        None => Row::new([key, name]).with_text(values::excerpt(field, look)),
    }
}

/// Listings that leave or come.
pub(super) fn whole(sheet: Sheet<'_>, indent: usize, changes: &[&Change], out: Out<'_>) -> io::Result<()> {
    let look = sheet.look;
    let mut table = Table::new(look, indent, &[Column::left("", 0), Column::right("", 2)]);
    for change in changes {
        let stake = change.at_stake.map_or(String::new(), |amount| look.money(amount, &change.currency));
        let cells = [Cell::from(keys::key(&change.key, look)), stake.into()];
        table.add(Row::new(cells).with_text(title(sheet, change)));
    }
    table.write(out)
}

/// One field: name, both sides, how far it moves; a long text by its words.
pub(super) fn field_row(sheet: Sheet<'_>, field: &FieldChange) -> Row {
    let look = sheet.look;
    let name = Cell::from(values::name(&field.name, look));
    match values::short(field, look) {
        Some((from, to)) => Row::new([name, from.into(), look.arrow().into(), to.into(), how_far(sheet, field)]),
        None => Row::new([name]).with_text(values::excerpt(field, look)),
    }
}

/// Percent of an amount, pieces of a stock.
pub(super) fn how_far(sheet: Sheet<'_>, field: &FieldChange) -> Cell {
    let Some((from, to)) = field.numbers else { return Cell::default() };
    match (field.sort, field.tenths()) {
        (FieldSort::Stock, _) => {
            let moved = to.saturating_sub(from);
            let sign = if moved.is_sign_negative() { "" } else { "+" };
            Cell::from(format!("{sign}{}", sheet.look.amount(moved)))
        }
        (FieldSort::Price | FieldSort::Money, Some(tenths)) => sheet.look.percent(tenths, to < from).into(),
        _ => Cell::default(),
    }
}

/// A listing's title; brand and category too, where there is room for them.
pub(super) fn title(sheet: Sheet<'_>, change: &Change) -> Spans {
    let look = sheet.look;
    let mut title = change.title.clone();
    if look.width >= WIDE {
        for more in [&change.brand, &change.category] {
            if !more.is_empty() {
                title.push_str(&format!(" {} {more}", look.left_out()));
            }
        }
    }
    if title.is_empty() { Spans::new() } else { vec![(Ink::Plain, title)] }
}
