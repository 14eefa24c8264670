//! The README's table of channels: made from the descriptions themselves.

use std::fmt::Write as _;
use std::path::Path;

use offersync::channel::description::{Field, Wire};
use offersync::channel::{Absent, Description, load, registry};
use offersync::wire::yaml::{Document, Problems, parse};

const BEGIN: &str = "<!-- channels:begin";
const END: &str = "<!-- channels:end -->";
const HEADING: &str = "\
| name | channel | what is written | listings are known by | a listing missing from the feed | fields | rules | facts checked |
|---|---|---|---|---|---|---|---|
";

/// The README with the table as the program has it.
fn with_table(readme: &str) -> String {
    let begin = readme.find(BEGIN).expect("the README says where the table begins");
    let first = begin + readme[begin..].find('\n').expect("the table begins in the next line") + 1;
    let end = first + readme[first..].find(END).expect("the README says where the table ends");
    format!("{}{}{}", &readme[..first], table(), &readme[end..])
}

fn table() -> String {
    let mut table = HEADING.to_owned();
    for channel in registry::BUILT_IN {
        let description = description(channel);
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

fn description(channel: &registry::BuiltIn) -> Description {
    let problems = Problems::default();
    let document = Document { name: format!("{}.yaml", channel.name), text: channel.text.into() };
    let read = parse(document, &problems).and_then(|node| load(&node, &problems));
    read.unwrap_or_else(|| panic!("{}: {:?}", channel.name, problems.take()))
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
fn the_table_of_channels_is_that_of_the_program() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(&path).unwrap();
    let wanted = with_table(&readme);
    let bless = std::env::var_os("OFFERSYNC_BLESS").is_some_and(|value| value == "1");
    if bless && std::env::var_os("CI").is_none() {
        std::fs::write(&path, &wanted).unwrap();
        return;
    }
    assert!(readme == wanted, "write the table anew: OFFERSYNC_BLESS=1 cargo test --test docs\n{}", table());
}
