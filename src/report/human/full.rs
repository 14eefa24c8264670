//! Every listing with all that changes, texts in full.

use std::io;

use super::{Out, Parts, Sheet, deletions, keys, mark, number, rows, section, values};
use crate::plan::{Change, ChangeKind, FieldChange, FieldSort};
use crate::report::Look;
use crate::report::text::{Cell, Ink, Row, Spans, Table};
use crate::report::words::{Part, Piece, WordDiff, paragraph_diff};

pub(super) fn write(sheet: Sheet<'_>, parts: &Parts<'_>, out: Out<'_>) -> io::Result<()> {
    let limit = sheet.options.limit.filter(|limit| *limit > 0).unwrap_or(usize::MAX);
    let mut left = 0;
    for list in [&parts.deletes, &parts.updates, &parts.creates] {
        let shown = list.get(..limit).unwrap_or(list);
        left += list.len() - shown.len();
        shown.iter().try_for_each(|change| listing(sheet, &parts.channel.field_names, change, out))?;
    }
    rows::rest(sheet, 2, left, out)?;
    section::document(sheet, parts.channel, out)
}

fn listing(sheet: Sheet<'_>, names: &[String], change: &Change, out: Out<'_>) -> io::Result<()> {
    let look = sheet.look;
    let (sign, ink) = mark(change.kind);
    let place = place(sheet, change);
    let line = sheet.line().ink(ink, sign).gap(1).ink(Ink::Bold, keys::key(&change.key, look));
    let line = if change.title.is_empty() { line } else { line.gap(2) };
    let room = line.room().saturating_sub(place.chars().count() + 2);
    line.text(&rows::title(sheet, change), room).right(Ink::Cyan, place).end(out)?;
    match change.kind {
        ChangeKind::Update => fields(sheet, names, change, out),
        ChangeKind::Delete => whole(sheet, change, &deletions::words(sheet, change.cause.as_ref()), out),
        ChangeKind::Create => whole(sheet, change, "new", out),
    }
}

/// Where its record stands in the master.
fn place(sheet: Sheet<'_>, change: &Change) -> String {
    change.master_line.map_or(String::new(), |line| format!("{}:{line}", sheet.outcome.master.path))
}

fn whole(sheet: Sheet<'_>, change: &Change, words: &str, out: Out<'_>) -> io::Result<()> {
    let stake = change.at_stake.map_or(String::new(), |amount| sheet.look.money(amount, &change.currency));
    sheet.indented(4).say(words).right(Ink::Plain, stake).end(out)
}

fn fields(sheet: Sheet<'_>, names: &[String], change: &Change, out: Out<'_>) -> io::Result<()> {
    let look = sheet.look;
    let mut table = Table::new(look, 4, &rows::FIELD_COLUMNS);
    for field in &change.fields {
        table.add(field_row(sheet, change, field));
    }
    table.write(out)?;
    if change.same_fields.is_empty() {
        return Ok(());
    }
    let same = look.counted(number(change.same_fields.len()), "field", "fields");
    let names = change.same_fields.iter().filter_map(|number| names.get(usize::from(*number)));
    let names: Vec<String> = names.map(|name| values::name(name, look)).collect();
    sheet.indented(4).sentence(Ink::Dim, &format!("{same} the same: {}", names.join(", ")), 6, out)
}

fn field_row(sheet: Sheet<'_>, change: &Change, field: &FieldChange) -> Row {
    let look = sheet.look;
    let name = Cell::from(values::name(&field.name, look));
    if let Some((from, to)) = values::short(field, look) {
        let note = if field.sort == FieldSort::Price { at_stake(look, change) } else { String::new() };
        let far = rows::how_far(sheet, field);
        return Row::new([name, from.into(), look.arrow().into(), to.into(), far, note.into()]);
    }
    let text = |text: String| -> Spans { vec![(Ink::Plain, text)] };
    match values::many(field) {
        Some(items) => {
            let changed = |mark: &str, ink, items: Vec<(usize, &String)>| -> Vec<Spans> {
                items.into_iter().map(|(_, item)| vec![(ink, format!("{mark} {item}"))]).collect()
            };
            let gone = changed("-", Ink::Gone, values::missing(&items.from, &items.to));
            let come = changed("+", Ink::Come, values::missing(&items.to, &items.from));
            // a single one is named in the line itself
            let below = if gone.len().max(come.len()) > 1 { [gone, come].concat() } else { Vec::new() };
            Row::new([name]).with_below(below).with_text(text(values::list(items, look)))
        }
        None => Row::new([name]).with_text(text(lengths(field, look))).with_below(paragraphs(field, look)),
    }
}

/// `1 820 UAH, 14 in stock`.
fn at_stake(look: &Look, change: &Change) -> String {
    let money = change.at_stake.map(|amount| look.money(amount, &change.currency));
    let stock = change.stock.map(|(_, after)| format!("{} in stock", look.amount(after)));
    money.into_iter().chain(stock).collect::<Vec<_>>().join(", ")
}

fn lengths(field: &FieldChange, look: &Look) -> String {
    let length = |text: &Option<String>| {
        text.as_deref().map_or_else(|| "none".to_owned(), |text| look.count(number(text.chars().count())))
    };
    format!("{} {} {} characters", length(&field.from), look.arrow(), length(&field.to))
}

/// A text's paragraphs that differ, whole; how many stay the same between them.
fn paragraphs(field: &FieldChange, look: &Look) -> Vec<Spans> {
    let (from, to) = (field.from.as_deref().unwrap_or(""), field.to.as_deref().unwrap_or(""));
    let mut lines = Vec::new();
    for part in paragraph_diff(from, to) {
        match part {
            Part::Same(count) => {
                let same = look.counted(number(count), "paragraph", "paragraphs");
                lines.push(vec![(Ink::Dim, format!("{} {same} the same", look.ellipsis()))]);
            }
            Part::Changed(diff) if diff.fits_one_line() => lines.push(spans(&diff, look, |_| true)),
            Part::Changed(diff) => {
                let side = |mark: &str, ink, spans: Spans| [vec![(ink, format!("{mark} "))], spans].concat();
                lines.push(side("-", Ink::Red, spans(&diff, look, |piece| !matches!(piece, Piece::Come(_)))));
                lines.push(side("+", Ink::Green, spans(&diff, look, |piece| !matches!(piece, Piece::Gone(_)))));
            }
        }
    }
    lines
}

fn spans(diff: &WordDiff<'_>, look: &Look, taken: impl Fn(&Piece<'_>) -> bool) -> Spans {
    let mut spans: Spans =
        diff.pieces().iter().filter(|piece| taken(piece)).map(|piece| values::span(piece, look)).collect();
    // the end of a paragraph that stays is no news
    if let Some((Ink::Plain, last)) = spans.last_mut() {
        last.truncate(last.trim_end().len());
    }
    spans
}
