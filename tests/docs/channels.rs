//! The tables of channels, of those that are built in and of those to take: made from the descriptions themselves.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use offersync::channel::description::{Field, Wire};
use offersync::channel::{Absent, Description, load, registry};
use offersync::wire::yaml::{Document, Problems, parse};

use super::table;

const HEADING: &str = "\
| name | channel | what is written | listings are known by | a listing missing from the feed | fields | rules | facts checked |
|---|---|---|---|---|---|---|---|
";

const EXAMPLES_HEADING: &str = "\
| file | channel | what is written | fields | rules | asks for | facts rest on |
|---|---|---|---|---|---|---|
";

/// Those that are described in examples/channels, by their names.
fn examples() -> String {
    let folder = super::root().join("examples/channels");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "yaml"));
    files.sort();
    let mut table = EXAMPLES_HEADING.to_owned();
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let description = described(name.clone(), fs::read_to_string(&file).unwrap());
        let cells = [
            format!("[`{name}`]({name})"),
            description.title.clone(),
            written(&description),
            fields(&description.head, &description.fields).to_string(),
            rules(&description).to_string(),
            asks_for(&description),
            format!("{} ({})", description.checked_at.join(", "), description.checked_on),
        ];
        let _ = writeln!(table, "| {} |", cells.join(" | "));
    }
    table
}

fn asks_for(description: &Description) -> String {
    let settings = description.settings.iter().map(|setting| format!("`settings.{}`", setting.name));
    let lookups = description.lookups.iter().map(|table| format!("`lookups.{}`", table.name));
    settings.chain(lookups).collect::<Vec<_>>().join(", ")
}

fn built_in() -> String {
    let mut table = HEADING.to_owned();
    for channel in registry::BUILT_IN {
        let description = described(format!("{}.yaml", channel.name), channel.text.into());
        let cells = [
            format!("`{}`", description.id),
            description.title.clone(),
            written(&description),
            key(&description),
            absent(description.absent).to_owned(),
            fields(&description.head, &description.fields).to_string(),
            rules(&description).to_string(),
            description.checked_on.clone(),
        ];
        let _ = writeln!(table, "| {} |", cells.join(" | "));
    }
    table
}

fn described(name: String, text: String) -> Description {
    let problems = Problems::default();
    let read = parse(Document { name: name.clone(), text }, &problems).and_then(|node| load(&node, &problems));
    read.unwrap_or_else(|| panic!("{name}: {:?}", problems.take()))
}

fn written(description: &Description) -> String {
    let shape = description.shapes.iter().find(|shape| !shape.read_only).expect("a channel writes something");
    let wire = match shape.wire {
        Wire::Xml => return format!("XML, `{}`", shape.listings.path.text),
        Wire::Table(form) if form.separator == b'\t' => "TSV",
        Wire::Table(_) => "CSV",
        Wire::Json => "JSON",
        Wire::JsonLines => "JSON Lines, a product each",
    };
    wire.to_owned()
}

fn key(description: &Description) -> String {
    let shape = description.shapes.iter().find(|shape| !shape.read_only);
    let key = shape.and_then(|shape| shape.key.as_deref()).unwrap_or(&description.key);
    let names = |numbers: &Vec<usize>| {
        let names = numbers.iter().map(|number| format!("`{}`", description.fields[*number].name));
        names.collect::<Vec<_>>().join(" and ")
    };
    key.iter().map(names).collect::<Vec<_>>().join(", else ")
}

fn absent(absent: Absent) -> &'static str {
    match absent {
        Absent::Withdrawn => "is taken off sale",
        Absent::Deleted => "is removed",
        Absent::Kept => "stays as it is",
        Absent::Unknown => "is not documented",
    }
}

fn fields(head: &[Field], fields: &[Field]) -> usize {
    let all = head.iter().chain(fields);
    all.map(|field| 1 + self::fields(&[], &field.fields)).sum()
}

fn rules(description: &Description) -> usize {
    fn of(fields: &[Field]) -> usize {
        fields.iter().map(|field| field.rules.len() + of(&field.fields)).sum()
    }
    of(&description.head) + of(&description.fields) + description.rules.len()
}

#[test]
fn the_tables_of_channels_are_those_of_the_program() {
    for (document, table) in [("README.md", built_in()), ("examples/channels/README.md", examples())] {
        table::keep(document, &[("channels", table)]);
    }
}
