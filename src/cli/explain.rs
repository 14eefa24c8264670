//! `explain`: what a finding means, why it matters, and what to do. Every code has a page: those of
//! the catalog, those of a config, those of every channel, and of the channels that a config describes.

mod guards;

use std::io::{self, Write};

use clap::CommandFactory;

use crate::channel::{Description, codes};
use crate::config::codes::CONFIG_CODES;
use crate::config::{Uses, discover};
use crate::engine::{Stop, described};
use crate::finding::{Code, Codes, Severity};
use crate::model::{OFFER_FIELDS, nearest};
use crate::report::Look;
use crate::report::text::{Column, Ink, Line, Row, Table};
use crate::wire::yaml::Problems;

use super::args::{Common, Explain, Invocation};
use super::channels::{self, Place};
use super::setup;
use super::trouble::Trouble;
use super::voice::Voice;

/// Where the text of a page begins.
const TEXT: usize = 11;

/// Explains a code, or lists all of them.
pub(super) fn run(asked: &Explain, common: &Common, place: Place<'_>, voice: &mut Voice<'_>) -> Result<(), Trouble> {
    let (all, unread) = all(common, place)?;
    let look = voice.look();
    let Some(wanted) = &asked.code else { return voice.data(|out| list(&all, &look, out)) };
    match all.iter().find(|code| code.id == *wanted) {
        Some(code) => voice.data(|out| page(code, &look, out)),
        None if guards::is_guard(wanted) => voice.data(|out| guards::page(wanted, &look, out)),
        None => Err(unknown(wanted, &all, unread)),
    }
}

/// Every code that can be met here, and whether a config that was found could not be read.
fn all(common: &Common, place: Place<'_>) -> Result<(Vec<Code>, bool), Trouble> {
    let ours = Codes::new();
    let of_field = |code: &Code| Code { field: field_of(&code.id).to_owned(), ..code.clone() };
    let mut all: Vec<Code> = ours.iter().map(|code| of_field(code.1)).collect();
    all.extend(CONFIG_CODES.iter().map(|code| Code {
        id: code.id.to_owned(),
        severity: Severity::Error,
        what: code.what.to_owned(),
        why: code.why.to_owned(),
        example: code.example.to_owned(),
        fix: code.fix.to_owned(),
        source: String::new(),
        field: String::new(),
    }));
    channels::all()?.iter().for_each(|channel| add(channel, &mut all));
    let named = setup::named(common, place.env);
    let own = match discover::find(named.as_deref(), place.here) {
        Ok(path) => own(&path, place),
        Err(_) if named.is_none() => return Ok((all, false)),
        Err(refusal) => Err(refusal.into()),
    };
    match own {
        Ok(own) => own.iter().for_each(|channel| add(channel, &mut all)),
        // whoever names a config wants to know; one that lies about is no reason to explain nothing
        Err(trouble) if named.is_some() => return Err(trouble),
        Err(_) => return Ok((all, true)),
    }
    Ok((all, false))
}

/// The offer's field by whose name a code of our own begins: `catalog/old-price` speaks of `old_price`.
fn field_of(id: &str) -> &'static str {
    let about = id.split_once('/').map_or(id, |parts| parts.1).replace('-', "_");
    let begins =
        |name: &&'static str| about.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'));
    OFFER_FIELDS.iter().map(|field| field.name).filter(begins).max_by_key(|name| name.len()).unwrap_or("")
}

/// The descriptions of the merchant's own that a config names.
fn own(path: &std::path::Path, place: Place<'_>) -> Result<Vec<Description>, Trouble> {
    let config = setup::load(path, place.here, place.env)?;
    let uses = config.channels.iter().map(|channel| &channel.uses).chain(&config.master.exported_by);
    let problems = Problems::default();
    let files = uses.filter(|uses| matches!(uses, Uses::File(_)));
    let found = files.filter_map(|uses| described(&config, uses, &problems)).collect();
    if problems.is_empty() { Ok(found) } else { Err(Stop::Problems(problems.take()).into()) }
}

fn add(channel: &Description, all: &mut Vec<Code>) {
    let documents = channel.documents.iter().map(|document| &document.1);
    for code in std::iter::once(channel).chain(documents).flat_map(codes::all) {
        if !all.iter().any(|known| known.id == code.id) {
            all.push(code);
        }
    }
}

/// That there is no such code, and which may have been meant.
fn unknown(wanted: &str, all: &[Code], unread: bool) -> Trouble {
    let same_end = |code: &&Code| code.id.rsplit('/').next() == Some(wanted.rsplit('/').next().unwrap_or(wanted));
    let mut near: Vec<&str> = all.iter().filter(same_end).map(|code| code.id.as_str()).take(5).collect();
    if near.is_empty() {
        let group = wanted.split_once('/').map(|parts| parts.0);
        let of_group = || all.iter().map(|code| code.id.as_str()).filter(|id| id.split('/').next() == group);
        near.extend(nearest(wanted, of_group()).or_else(|| nearest(wanted, all.iter().map(|code| code.id.as_str()))));
    }
    let meant = match near.as_slice() {
        [] => "`offersync explain` lists all of them".to_owned(),
        near => format!("did you mean {}?", near.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ")),
    };
    let own = if unread { "; the config here has errors, so that codes of its own channels are not known" } else { "" };
    Trouble::asked(format!("there is no code `{wanted}`"), format!("{meant}{own}"))
}

/// All codes, by what they speak of.
fn list(all: &[Code], look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let group = |code: &Code| code.id.split('/').next().unwrap_or("").to_owned();
    let mut groups: Vec<String> = Vec::new();
    for code in all {
        if !groups.contains(&group(code)) {
            groups.push(group(code));
        }
    }
    for name in groups {
        let codes: Vec<&Code> = all.iter().filter(|code| group(code) == name).collect();
        Line::new(look).ink(Ink::Bold, &name).ink(Ink::Dim, format!(", {} codes", codes.len())).end(out)?;
        let columns = [Column::left("code", 0), Column::left("severity", 2), Column::left("what", 2)];
        let mut table = Table::new(look, 2, &columns);
        for code in codes {
            table.add(Row::new([code.id.as_str(), code.severity.name(), code.what.as_str()].map(Into::into)));
        }
        table.write(out)?;
    }
    Ok(())
}

/// The page of one code.
fn page(code: &Code, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let ink = match code.severity {
        Severity::Error => Ink::Red,
        Severity::Warning => Ink::Yellow,
        Severity::Note => Ink::Plain,
    };
    let group = code.id.split('/').next().unwrap_or("");
    let whose = match (code.field.as_str(), group) {
        ("", "config" | "channel") => ", in a config or a description".to_owned(),
        ("", group) => format!(" of {}", owner(group)),
        (field, group) => format!(", field {field} of {}", owner(group)),
    };
    let article = if code.severity == Severity::Error { "an" } else { "a" };
    let heading = Line::new(look).ink(Ink::Bold, &code.id).say(format!(": {article} "));
    heading.ink(ink, code.severity.name()).say(whose).end(out)?;
    let parts = [
        ("What", code.what.as_str()),
        ("Why", &code.why),
        ("Example", &code.example),
        ("Fix", &code.fix),
        ("Milder", &milder(code)),
        ("Source", &code.source),
    ];
    for (name, text) in parts.into_iter().filter(|part| !part.1.is_empty()) {
        Line::indented(look, 2).ink(Ink::Dim, name).to(TEXT).sentence(Ink::Plain, text, TEXT, out)?;
    }
    Ok(())
}

fn owner(group: &str) -> &str {
    match group {
        "catalog" => "the master",
        "export" => "an export",
        group => group,
    }
}

/// How a code is made milder, where this version can: by a flag of the commands that check.
fn milder(code: &Code) -> String {
    let command = Invocation::command();
    let has = |short| {
        let validate = command.find_subcommand("validate");
        validate.is_some_and(|validate| validate.get_arguments().any(|argument| argument.get_short() == Some(short)))
    };
    match code.severity {
        _ if matches!(code.id.split('/').next(), Some("config" | "channel")) => String::new(),
        Severity::Error if has('W') => format!("-W {0} (a warning), -A {0} (nothing)", code.id),
        Severity::Warning if has('A') => format!("-A {} (nothing)", code.id),
        _ => String::new(),
    }
}
