//! What is new on a channel: a line, and the listings where they were asked for.

use std::io;

use super::{Out, Parts, Sheet, by, heading, keys, number, row_indent, rows};
use crate::model::shown_of;
use crate::plan::{ChangeKind, Traits, sums, traits};
use crate::report::By;
use crate::report::text::{Ink, cells};

/// The SKUs of new listings begin in this column where the words before leave room.
const KEYS_FROM: usize = 44;
/// SKUs in a line.
const KEYS: usize = 3;

pub(super) fn write(sheet: Sheet<'_>, parts: &Parts<'_>, out: Out<'_>) -> io::Result<()> {
    let creates = &parts.creates;
    if creates.is_empty() {
        return Ok(());
    }
    let look = sheet.look;
    let money = look.sums(&sums(creates.iter().copied()));
    let line = heading(look, ChangeKind::Create, creates.len(), parts.channel.counts.create)
        .say(whose(sheet, &traits(creates)));
    if let Some(way @ (By::Brand | By::Category)) = sheet.options.by {
        line.right(Ink::Plain, money).end(out)?;
        return by::write(sheet, parts, creates, way, out);
    }
    let listed = sheet.options.names_kind(ChangeKind::Create) || sheet.options.limit.is_some();
    if listed {
        line.right(Ink::Plain, money).end(out)?;
        let shown = creates.get(..sheet.rows()).unwrap_or(creates);
        let indent = row_indent(parts.count_cells(look));
        rows::whole(sheet, indent, shown, out)?;
        return rows::rest(sheet, indent, creates.len() - shown.len(), out);
    }
    let line = line.to(KEYS_FROM);
    let room = line.room().saturating_sub(cells(&money) + 2);
    let some = creates.get(..shown_of(creates.len(), KEYS)).unwrap_or(creates);
    let keys = keys::fitting(&keys::shown(some, look), number(creates.len()), room, look);
    let line = if cells(&keys) <= room { line.say(keys) } else { line };
    line.right(Ink::Plain, money).end(out)
}

/// Whose the new listings are: all of one brand or category, or most of them.
fn whose(sheet: Sheet<'_>, traits: &Traits<'_>) -> String {
    let look = sheet.look;
    if let Some((name, value)) = traits.cover().filter(|_| traits.count > 1) {
        return format!(", {name} {value}");
    }
    let most = traits.brand.top_count * 2 > traits.count && traits.count > 2;
    let brand = if most {
        format!(", {} of them brand {}", look.count(number(traits.brand.top_count)), traits.brand.top)
    } else {
        String::new()
    };
    match traits.category.distinct {
        distinct if distinct > 3 => format!("{brand}, {} categories", look.count(number(distinct))),
        _ => brand,
    }
}
