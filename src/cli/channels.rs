//! `channels`: what can be sold through, and what each field of a channel needs,
//! where it comes from and what limits it.

use std::io::{self, Write};
use std::path::Path;

use crate::channel::{Description, load, registry};
use crate::config::{discover, load::text_of};
use crate::engine::{Stop, category_lists};
use crate::model::suggestion;
use crate::report::Look;
use crate::report::text::{Column, Row, Table};
use crate::wire::yaml::{Document, Problems, parse};

use super::args::{Channels, Common};
use super::surroundings::Env;
use super::trouble::Trouble;
use super::voice::Voice;
use super::{categories, described, setup};

/// How many fields or categories are shown where nobody asks for more.
const ROWS: usize = 20;

/// Names of the built-in channels.
pub(super) fn built_in() -> Vec<&'static str> {
    registry::names().collect()
}

/// Where the program was started, and in what environment.
#[derive(Clone, Copy)]
pub(super) struct Place<'p> {
    pub here: &'p Path,
    pub env: Env<'p>,
}

/// Lists the channels, or shows one.
pub(super) fn run(asked: &Channels, common: &Common, place: Place<'_>, voice: &mut Voice<'_>) -> Result<(), Trouble> {
    let look = voice.look();
    let (limit, words) = (asked.limit.unwrap_or(ROWS), asked.category.join(" "));
    match &asked.name {
        None if asked.configured => {
            let names = configured(common, place);
            voice.data(|out| names.iter().try_for_each(|name| writeln!(out, "{name}")))
        }
        None => all().and_then(|all| voice.data(|out| list(&all, &look, out))),
        Some(name) if !words.is_empty() => {
            let found = listed(name, common, place).and_then(|channel| categories::search(&channel, &words));
            found.and_then(|found| voice.data(|out| categories::write(&found, limit, &look, out)))
        }
        Some(name) => document(name, place.here).and_then(|document| match asked.yaml {
            true => voice.data(|out| out.write_all(document.text.as_bytes())),
            false => description(document)
                .and_then(|channel| voice.data(|out| described::write(&channel, limit, &look, out))),
        }),
    }
}

/// Names of the config's channels, for a shell that completes a line: where there is no config, there are none.
fn configured(common: &Common, place: Place<'_>) -> Vec<String> {
    let path = discover::find(setup::named(common, place.env).as_deref(), place.here).ok();
    let config = path.and_then(|path| setup::read(&path, place.here, place.env).ok()?.config);
    config.map_or(Vec::new(), |config| config.channels.into_iter().map(|channel| channel.name.text).collect())
}

/// A channel with its list of categories: with what the config names for it, where there is a config that has it.
fn listed(name: &str, common: &Common, place: Place<'_>) -> Result<Description, Trouble> {
    let named = setup::named(common, place.env);
    // without a config there is what is built in, and what a description says by itself
    let path = match discover::find(named.as_deref(), place.here) {
        Ok(path) => path,
        Err(_) => return description(document(name, place.here)?),
    };
    let config = setup::load(&path, place.here, place.env)?;
    match categories::channel_of(&config, name, &place.here.join(name))? {
        Some(channel) => Ok(category_lists::described(&config, channel)?),
        None => description(document(name, place.here)?),
    }
}

/// The built-in channels, described.
pub(super) fn all() -> Result<Vec<Description>, Trouble> {
    let of = |channel: &registry::BuiltIn| description(built_in_document(channel.name, channel.text));
    registry::BUILT_IN.iter().map(of).collect()
}

fn built_in_document(name: &str, text: &str) -> Document {
    Document { name: format!("{name}.yaml"), text: text.to_owned() }
}

/// A built-in channel's document, or the merchant's own.
pub(super) fn document(name: &str, here: &Path) -> Result<Document, Trouble> {
    if let Some(text) = registry::text(name) {
        return Ok(built_in_document(name, text));
    }
    if name.contains('/') || name.ends_with(".yaml") || name.ends_with(".yml") {
        return Ok(Document { name: name.to_owned(), text: text_of(&here.join(name), name)? });
    }
    let help = format!(
        "{}; or name the file of your own: ./{name}.yaml",
        suggestion(name, registry::names(), "`offersync channels`")
    );
    Err(Trouble::asked(format!("there is no built-in channel `{name}`"), help))
}

pub(super) fn description(document: Document) -> Result<Description, Trouble> {
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
