//! `channels`: what can be sold through, and what each field of a channel needs,
//! where it comes from and what limits it.

use std::io::{self, Write};
use std::path::Path;

use crate::channel::{Description, load, registry};
use crate::config::load::text_of;
use crate::engine::Stop;
use crate::model::suggestion;
use crate::report::Look;
use crate::report::text::{Column, Row, Table};
use crate::wire::yaml::{Document, Problems, parse};

use super::args::Channels;
use super::categories;
use super::described;
use super::exit::Exit;
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
                    words if words.is_empty() => voice.data(|out| described::write(&channel, limit, &look, out)),
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
