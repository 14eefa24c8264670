//! What changes on a channel: one line per shape of like updates, and the
//! listings themselves where a line does not tell enough.

use std::io;

use rust_decimal::Decimal;

use super::{Out, Parts, Sheet, by, counted, further, heading, like, number, row_indent, rows};
use crate::plan::{Caps, Change, ChangeKind, FieldChange, FieldSort, Like, Shape, shapes, sums};
use crate::report::By;
use crate::report::text::{Ink, Line, Spans, cells};

/// Beyond so many updates the listings with most money stand together, not under their groups.
const LARGE: usize = 1_000;
/// A shape of one in so many is noticed.
const NOTICED: usize = 200;
/// How many those are, where nobody says.
const MOST_MONEY: usize = 3;
/// A title beside an example has at least so many cells, or is left away.
const TITLE_CELLS: usize = 12;

pub(super) fn write(sheet: Sheet<'_>, parts: &Parts<'_>, out: Out<'_>) -> io::Result<()> {
    if parts.updates.is_empty() {
        return Ok(());
    }
    update_heading(sheet, parts).end(out)?;
    if let Some(way) = sheet.options.by.filter(|way| *way != By::Cause) {
        return by::write(sheet, parts, &parts.updates, way, out);
    }
    let is_large = parts.updates.len() > LARGE && sheet.options.limit.is_none() && sheet.options.only.is_empty();
    let groups = shapes(
        parts.updates.iter().copied(),
        |field| sheet.options.takes_field(field),
        caps(sheet, parts.updates.len()),
    );
    let count_cells = parts.count_cells(sheet.look);
    for shape in &groups {
        let shown = shown(sheet, shape, is_large).min(shape.changes.len());
        write_shape(sheet, shape, shown, count_cells, out)?;
    }
    further::write(sheet, &parts.updates, out)?;
    if is_large { most_money(sheet, &groups, count_cells, out) } else { Ok(()) }
}

fn update_heading<'l>(sheet: Sheet<'l>, parts: &Parts<'_>) -> Line<'l> {
    let money: Vec<_> = sums(parts.updates.iter().copied()).into_iter().filter(|sum| !sum.1.is_zero()).collect();
    heading(sheet.look, ChangeKind::Update, parts.updates.len(), parts.channel.counts.update)
        .right(Ink::Plain, sheet.look.sums(&money))
}

/// How many shapes have a line: a screen of them, or all where all were asked for. In a large plan a shape
/// must be a part of it that one would notice.
fn caps(sheet: Sheet<'_>, updates: usize) -> Caps {
    let (of_a_field, in_all, fields) = if sheet.is_of_one() { (5, 12, 8) } else { (3, 6, 4) };
    let at_least = sheet.options.limit.map_or(0, |_| sheet.rows());
    let worth_a_line = match sheet.options.limit {
        Some(0) => Caps::WORTH_A_LINE,
        _ => Caps::WORTH_A_LINE.max(updates / NOTICED),
    };
    let [of_a_field, in_all, fields] = [of_a_field, in_all, fields].map(|cap: usize| cap.max(at_least));
    Caps { worth_a_line, of_a_field, in_all, fields }
}

/// How many of a shape's listings follow its line.
fn shown(sheet: Sheet<'_>, shape: &Shape<'_>, is_large: bool) -> usize {
    let named = shape.changes.iter().any(|change| change.fields.iter().any(|field| sheet.options.names_field(field)));
    let wanted = match &shape.like {
        _ if sheet.options.limit == Some(0) || named => true,
        Like::Over(_) => true,
        Like::Mixed(_) | Like::Fields(_) | Like::Blanks | Like::Order => !is_large,
        // one text is best told by its words
        Like::Words => shape.changes.len() == 1 && !like::is_short(sheet, shape),
        _ => false,
    };
    if wanted { sheet.rows() } else { 0 }
}

fn write_shape(sheet: Sheet<'_>, shape: &Shape<'_>, shown: usize, count_cells: usize, out: Out<'_>) -> io::Result<()> {
    let money: Vec<_> = shape.at_stake.iter().filter(|sum| !sum.1.is_zero()).cloned().collect();
    let money = sheet.look.sums(&money);
    let saying = |with_trait| like::Saying { sheet, shape, shown, with_trait };
    let begun = || counted(sheet.look, count_cells, shape.changes.len());
    let full = saying(true).say(begun());
    // where the money would not fit any more, the brand or category is what can be missed
    let fits = !sheet.look.is_terminal || full.room() >= cells(&money) + 2;
    let line = if fits { full } else { saying(false).say(begun()) };
    let line = beside(line, &saying(true).title(), cells(&money), sheet);
    line.right(Ink::Plain, money).end(out)?;
    let listings = shape.changes.get(..shown).unwrap_or(&shape.changes);
    let taken = |field: &FieldChange| sheet.options.takes_field(field);
    match &shape.like {
        Like::Fields(_) => {
            rows::updates(sheet, row_indent(count_cells), listings, |change| change.weightiest(taken), out)
        }
        _ => rows::updates(sheet, row_indent(count_cells), listings, |change| shape.field_of(change), out),
    }
}

/// Adds a title where there is room for it before the money.
fn beside<'l>(line: Line<'l>, title: &Spans, money_cells: usize, sheet: Sheet<'_>) -> Line<'l> {
    let room = line.room().saturating_sub(money_cells + 3);
    if title.is_empty() || sheet.look.is_terminal && room < TITLE_CELLS {
        return line;
    }
    let limit = if sheet.look.width < 100 { TITLE_CELLS } else { room };
    line.gap(1).text(title, limit)
}

/// The few price moves that carry most of the money.
fn most_money(sheet: Sheet<'_>, groups: &[Shape<'_>], count_cells: usize, out: Out<'_>) -> io::Result<()> {
    let prices =
        || groups.iter().filter(|shape| shape.sort == FieldSort::Price && !matches!(shape.like, Like::Over(_)));
    let moves: usize = prices().map(|shape| shape.changes.len()).sum();
    let mut most: Vec<&Change> = prices()
        .flat_map(|shape| shape.changes.iter().take(MOST_MONEY))
        .copied()
        .filter(|change| change.at_stake.is_some())
        .collect();
    most.sort_by(|one, other| one.by_stake(other));
    most.truncate(MOST_MONEY);
    if most.is_empty() {
        return Ok(());
    }
    let look = sheet.look;
    let of = format!("{} of {}", most.len(), look.counted(number(moves), "price move", "price moves"));
    let share = share(&most, prices().flat_map(|shape| &shape.at_stake));
    let share = share.filter(|share| !share.is_zero()).map_or(String::new(), |share| format!(" carry {share} % of it"));
    let line = sheet.indented(5).say("most money: ").say(of).say(share);
    line.end(out)?;
    let is_price = |field: &FieldChange| field.sort == FieldSort::Price;
    rows::updates(sheet, row_indent(count_cells), &most, |change| change.weightiest(is_price), out)
}

/// What share of all money some changes carry, in percent with one decimal; not over several currencies.
fn share<'s>(some: &[&Change], all: impl Iterator<Item = &'s (String, Decimal)>) -> Option<Decimal> {
    let some = sums(some.iter().copied());
    let [(currency, part)] = some.as_slice() else { return None };
    let mut whole = Decimal::ZERO;
    for (other, amount) in all {
        if other != currency {
            return None;
        }
        whole = whole.checked_add(*amount)?;
    }
    let share = part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)?;
    Some(share.round_dp_with_strategy(1, rust_decimal::RoundingStrategy::MidpointAwayFromZero))
}
