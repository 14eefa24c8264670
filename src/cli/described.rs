//! One channel for whoever sells through it: what it asks for, and of each field what it needs, where it comes from, at
//! which node it stands and what limits it. Further documents come behind, each by the same tables.

use std::io::{self, Write};

use crate::channel::description::{Absent, Description, Field, FieldNo, LookupTable, Row as Place, Setting, Shape};
use crate::report::Look;
use crate::report::text::{Cell, Column, Ink, Line, Row, Table};

use super::limits::Words;

/// Where fields stand: the rows of a shape, or of a table within it.
type Places<'d> = &'d [(FieldNo, Vec<Place>)];

/// Which rows of a shape: those of the document, or those of a listing.
type PlacesOf = fn(&Shape) -> Places<'_>;

/// Shows a channel, at most so many fields of each table; 0 for all.
pub(super) fn write(channel: &Description, limit: usize, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let heading = format!("{}, {}: {}", channel.id, channel.title, manners(channel, look));
    Line::new(look).ink(Ink::Bold, heading).end(out)?;
    asks(channel, look, out)?;
    let mut more = document(channel, limit, look, out)?;
    for (name, inner) in &channel.documents {
        Line::new(look).ink(Ink::Bold, format!("{}.{name}: {}", channel.id, listings(inner))).end(out)?;
        more += document(inner, limit, look, out)?;
    }
    let more = if more == 0 { String::new() } else { format!("{more} more: --limit 0. ") };
    let checked = channel.checked_at.first().map(|at| format!(", {at}")).unwrap_or_default();
    let last = format!("{more}To start your own: --yaml. Checked {}{checked}", channel.checked_on);
    Line::new(look).ink(Ink::Dim, last).end(out)
}

/// Notation, and what becomes of a listing that is missing or old.
fn manners(channel: &Description, look: &Look) -> String {
    let absent = match channel.absent {
        Absent::Withdrawn => "taken off sale",
        Absent::Deleted => "removed",
        Absent::Kept => "stays as it is",
        Absent::Unknown => "not known",
    };
    let refresh =
        channel.refresh.map(|seconds| format!("; an unchanged feed is written anew after {}", look.span(seconds)));
    format!("{}; missing from the feed: {absent}{}", notation(channel), refresh.unwrap_or_default())
}

/// Notation, and for what a further document has listings.
fn listings(document: &Description) -> String {
    let per = document.per.as_ref().map(|setting| format!("; a listing for each offer and row of settings.{setting}"));
    let exists = document.exists.as_ref().map(|exists| format!(", where {}", exists.text));
    format!("{}{}{}", notation(document), per.unwrap_or_default(), exists.unwrap_or_default())
}

fn notation(channel: &Description) -> &'static str {
    channel.shapes.first().map_or("", |shape| shape.wire.in_words())
}

/// What the merchant is asked for in the config: settings and tables.
fn asks(channel: &Description, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let rows: Vec<_> = channel.settings.iter().map(setting).chain(channel.lookups.iter().map(lookup)).collect();
    table(["asks for", "need", "kind", "what"], rows, look, out)
}

fn setting(setting: &Setting) -> [String; 4] {
    let need = match &setting.default {
        Some(default) => format!("else «{default}»"),
        None if setting.required => "required".to_owned(),
        None => String::new(),
    };
    let kind = if setting.list.is_some() { "file" } else { setting.kind.name() };
    [format!("settings.{}", setting.name), need, kind.to_owned(), setting.about.clone()]
}

fn lookup(lookup: &LookupTable) -> [String; 4] {
    let what = format!("{} by {}", lookup.gives.join(", "), lookup.by.join(", "));
    [format!("lookups.{}", lookup.name), String::new(), "file".to_owned(), what]
}

/// The fields of one document; how many of them are not shown.
fn document(described: &Description, limit: usize, look: &Look, out: &mut dyn Write) -> io::Result<usize> {
    let mut more = 0;
    let lists: [(_, _, PlacesOf); 2] =
        [("head", &described.head, |shape| &shape.head), ("field", &described.fields, |shape| &shape.at)];
    for (name, fields, places) in lists {
        let mut rows = Vec::new();
        let written: Vec<Places<'_>> =
            described.shapes.iter().find(|shape| !shape.read_only).map(places).into_iter().collect();
        add_rows(&Brothers { within: "", fields, described, places }, &written, &mut rows);
        let shown = if limit == 0 { rows.len() } else { limit.min(rows.len()) };
        more += rows.len() - shown;
        rows.truncate(shown);
        table([name, "need", "from", "at", "limit"], rows, look, out)?;
    }
    Ok(more)
}

/// Fields of one list.
struct Brothers<'d> {
    /// What their names begin with, in a table.
    within: &'d str,
    fields: &'d [Field],
    described: &'d Description,
    /// The rows of a shape in which the list, or the table that it belongs to, stands.
    places: PlacesOf,
}

/// A row for each field, and for each field of its rows.
fn add_rows(brothers: &Brothers<'_>, at: &[Places<'_>], rows: &mut Vec<[String; 5]>) {
    let described = brothers.described;
    for (number, field) in brothers.fields.iter().enumerate() {
        let name = format!("{}{}", brothers.within, field.name);
        let words = Words { field, among: brothers.fields, head: &described.head, lookups: &described.lookups };
        let places: Vec<&Place> = at.iter().flat_map(|list| of_field(list, number)).collect();
        rows.push([name.clone(), words.need(), words.from(), node(brothers, number, &places), words.limit()]);
        let inner: Vec<Places<'_>> = places.iter().map(|place| place.at.as_slice()).collect();
        let within = format!("{name}.");
        add_rows(&Brothers { within: &within, fields: &field.fields, ..*brothers }, &inner, rows);
    }
}

fn of_field(list: Places<'_>, number: FieldNo) -> impl Iterator<Item = &Place> {
    list.iter().filter(move |entry| entry.0 == number).flat_map(|entry| &entry.1)
}

/// The nodes that a field is written to; of one that is not written, in which shapes it stands.
fn node(brothers: &Brothers<'_>, number: FieldNo, places: &[&Place]) -> String {
    let mut nodes: Vec<&str> = places.iter().map(|place| place.path.text.as_str()).collect();
    nodes.dedup();
    if !nodes.is_empty() || !brothers.within.is_empty() {
        return nodes.join(" | ");
    }
    let has = |shape: &&Shape| of_field((brothers.places)(shape), number).next().is_some();
    let others: Vec<&str> = brothers.described.shapes.iter().filter(has).map(|shape| shape.name.as_str()).collect();
    if others.is_empty() { "in no shape".to_owned() } else { format!("only in {}", others.join(", ")) }
}

/// A table of texts, where there are any.
fn table<const N: usize>(
    names: [&'static str; N],
    rows: Vec<[String; N]>,
    look: &Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let columns: Vec<Column> =
        names.iter().enumerate().map(|(at, name)| Column::left(name, if at == 0 { 0 } else { 2 })).collect();
    let mut table = Table::new(look, 2, &columns).with_heading();
    rows.into_iter().for_each(|row| table.add(Row::new(row.map(Cell::from))));
    table.write(out)
}
