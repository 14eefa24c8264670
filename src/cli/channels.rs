//! `channels`: what can be sold through, and what each field of a channel needs,
//! where it comes from and what limits it.

use std::io::{self, Write};
use std::path::Path;

use crate::channel::description::{Absent, Description, Field, Wire};
use crate::channel::{load, registry};
use crate::config::load::text_of;
use crate::engine::Stop;
use crate::model::suggestion;
use crate::report::Look;
use crate::report::text::{Column, Ink, Line, Row, Table};
use crate::wire::yaml::{Document, Problems, parse};

use super::args::Channels;
use super::categories;
use super::exit::Exit;
use super::limits;
use super::trouble::Trouble;
use super::voice::Voice;

/// How many fields or categories are shown where nobody asks for more.
const ROWS: usize = 20;

/// Names of the built-in channels.
pub(super) fn built_in() -> Vec<&'static str> {
    registry::names().collect()
}

/// Lists the channels, or shows one.
pub(super) fn run(asked: &Channels, here: &Path, voice: &mut Voice<'_>) -> Exit {
    let look = voice.look();
    let told = match &asked.name {
        None => all().and_then(|all| voice.data(|out| list(&all, &look, out))),
        Some(name) => document(name, here).and_then(|document| match asked.yaml {
            true => voice.data(|out| out.write_all(document.text.as_bytes())),
            false => description(document).and_then(|channel| {
                let limit = asked.limit.unwrap_or(ROWS);
                match asked.category.join(" ") {
                    words if words.is_empty() => voice.data(|out| show(&channel, limit, &look, out)),
                    words => {
                        let found = categories::search(&channel, &words)?;
                        voice.data(|out| categories::write(&found, limit, &look, out))
                    }
                }
            }),
        }),
    };
    match told {
        Ok(()) => Exit::Clean,
        Err(trouble) => {
            let text = trouble.text(voice.message_look());
            voice.say(&text);
            trouble.exit()
        }
    }
}

fn all() -> Result<Vec<Description>, Trouble> {
    let of = |channel: &registry::BuiltIn| description(built_in_document(channel.name, channel.text));
    registry::BUILT_IN.iter().map(of).collect()
}

fn built_in_document(name: &str, text: &str) -> Document {
    Document { name: format!("{name}.yaml"), text: text.to_owned() }
}

/// A built-in channel's document, or the merchant's own.
fn document(name: &str, here: &Path) -> Result<Document, Trouble> {
    if let Some(text) = registry::text(name) {
        return Ok(built_in_document(name, text));
    }
    if name.contains('/') || name.ends_with(".yaml") || name.ends_with(".yml") {
        return Ok(Document { name: name.to_owned(), text: text_of(&here.join(name), name)? });
    }
    let help = format!("{}; or name the file of your own: ./{name}.yaml", suggestion(name, registry::names()));
    Err(Trouble::asked(format!("there is no built-in channel `{name}`"), help))
}

fn description(document: Document) -> Result<Description, Trouble> {
    let problems = Problems::default();
    let description = parse(document, &problems).and_then(|node| load(&node, &problems));
    description.ok_or_else(|| Trouble::from(Stop::Problems(problems.take())))
}

fn list(channels: &[Description], look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let columns = [Column::left("channel", 0), Column::left("for people", 2), Column::left("facts checked", 2)];
    let mut table = Table::new(look, 0, &columns).with_heading();
    for channel in channels {
        let cells = [&channel.id, &channel.title, &channel.checked_on];
        table.add(Row::new(cells.map(|cell| cell.as_str().into())));
    }
    table.write(out)
}

fn show(channel: &Description, limit: usize, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let heading = format!("{}, {}: {}", channel.id, channel.title, manners(channel));
    Line::new(look).ink(Ink::Bold, heading).end(out)?;
    let mut rows = Vec::new();
    add_rows(&channel.fields, "", &channel.fields, channel, &mut rows);
    let shown = if limit == 0 { rows.len() } else { limit.min(rows.len()) };
    let columns =
        [Column::left("field", 0), Column::left("need", 2), Column::left("from", 2), Column::left("limit", 2)];
    let mut table = Table::new(look, 2, &columns).with_heading();
    for row in rows.iter().take(shown) {
        table.add(Row::new(row.iter().map(|cell| cell.as_str().into())));
    }
    table.write(out)?;
    let more = match rows.len() - shown {
        0 => String::new(),
        more => format!("{more} more: --limit 0. "),
    };
    let checked = channel.checked_at.first().map(|at| format!(", {at}")).unwrap_or_default();
    let last = format!("{more}To start your own: --yaml. Checked {}{checked}", channel.checked_on);
    Line::new(look).ink(Ink::Dim, last).end(out)
}

/// Notation, and what becomes of a listing that is missing or old.
fn manners(channel: &Description) -> String {
    let wire = channel.shapes.first().map(|shape| match shape.wire {
        Wire::Xml => "XML",
        Wire::Table(form) if form.separator == b'\t' => "TSV",
        Wire::Table(_) => "CSV",
        Wire::Json => "JSON",
        Wire::JsonLines => "JSON Lines",
    });
    let absent = match channel.absent {
        Absent::Withdrawn => "taken off sale",
        Absent::Deleted => "removed",
        Absent::Kept => "stays as it is",
        Absent::Unknown => "not known",
    };
    let refresh =
        channel.refresh.map(|seconds| format!("; an unchanged feed is written anew after {}", duration(seconds)));
    format!("{}; missing from the feed: {absent}{}", wire.unwrap_or(""), refresh.unwrap_or_default())
}

/// A row for each field, and for each field of its rows.
fn add_rows(fields: &[Field], within: &str, among: &[Field], channel: &Description, rows: &mut Vec<[String; 4]>) {
    for field in fields {
        let name = format!("{within}{}", field.name);
        let words = limits::Words { field, among, head: &channel.head, lookups: &channel.lookups };
        rows.push([name.clone(), words.need(), words.from(), words.limit()]);
        add_rows(&field.fields, &format!("{name}."), &field.fields, channel, rows);
    }
}

/// A duration in days, where it is whole days, else in hours.
fn duration(seconds: u64) -> String {
    match seconds % 86_400 {
        0 => format!("{} d", seconds / 86_400),
        _ => format!("{} h", seconds / 3_600),
    }
}
