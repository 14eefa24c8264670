//! Which shape a document has: by its root and marks where it has nodes, by its header
//! where it is a table.

use crate::channel::description::{Description, Gather, Shape, Wire};
use crate::channel::path::Path;
use crate::channel::read::TableRead;
use crate::finding::Refusal;
use crate::wire::encoding::Sniff;
use crate::wire::input::Input;
use crate::wire::xml::document::{self, Element, Envelope, Objection};

use super::super::origin::Origin;
use super::nodes::{Nothing, kind_of, refuse_root};
use super::{looks, members, table};

/// Opens a document of one of these notations.
pub fn open(origin: &Origin, wires: impl Iterator<Item = Wire>) -> Result<Input, Refusal> {
    let wires: Vec<Wire> = wires.collect();
    let open = |sniff| origin.open(sniff);
    let may_be = |is: fn(&Wire) -> bool| wires.iter().any(is);
    let input = open(if may_be(|wire| *wire == Wire::Xml) { Sniff::Xml } else { Sniff::Text })?;
    // a table declares no encoding, and neither does JSON: one that is no XML is looked at again
    if may_be(|wire| *wire == Wire::Xml) && may_be(|wire| *wire != Wire::Xml) && !begins_as_xml(&input)? {
        return open(Sniff::Text);
    }
    Ok(input)
}

fn begins_as_xml(input: &Input) -> Result<bool, Refusal> {
    Ok(first_byte(input)? == Some(b'<'))
}

/// The first byte that is no blank.
fn first_byte(input: &Input) -> Result<Option<u8>, Refusal> {
    let mut bytes = Vec::new();
    input.read_at(0, usize::try_from(input.len()).unwrap_or(usize::MAX).min(1024), &mut bytes)?;
    Ok(bytes.trim_ascii_start().first().copied())
}

/// The shape of a document: the one that is written at its place, where it fits, since a feed may bear the marks of
/// another; then those with marks of their own, then the others.
pub fn shape(description: &Description, input: &Input, written: Option<usize>) -> Result<usize, Refusal> {
    looks::refuse_others(description, input)?;
    let shapes = &description.shapes;
    let notation = notation(description, input)?;
    let fits: Vec<bool> = match notation {
        Notation::Table => {
            shapes.iter().map(|shape| fits_table(description, shape, input)).collect::<Result<_, _>>()?
        }
        Notation::Json => members::fits(shapes, input)?,
        Notation::Nodes => {
            let mut witness = Witness { shapes, title: &description.title, seen: Vec::new() };
            document::read_head(input, &mut witness, &Nothing)?;
            shapes.iter().map(|shape| shape.wire == Wire::Xml && witness.fits(shape)).collect()
        }
    };
    let numbered: Vec<(usize, &Shape)> = description.shapes.iter().enumerate().collect();
    let does_fit = |shape: &&(usize, &Shape)| fits.get(shape.0).copied().unwrap_or(false);
    let ours = numbered.iter().filter(|shape| Some(shape.0) == written).find(does_fit);
    let with_marks = |wanted: bool| move |shape: &&(usize, &Shape)| shape.1.detect.is_empty() != wanted;
    let marked = || numbered.iter().filter(with_marks(true)).find(does_fit);
    let found = ours.or_else(marked).or_else(|| numbered.iter().filter(with_marks(false)).find(does_fit));
    match notation {
        Notation::Table if found.is_none() => return Err(no_table(description, input)?),
        Notation::Json if found.is_none() => members::readable(shapes, input)?,
        _ => {}
    }
    found.map(|shape| shape.0).ok_or_else(|| {
        let names: Vec<&str> = description.shapes.iter().map(|shape| shape.name.as_str()).collect();
        let what =
            format!("it is no document of {}: none of its shapes fits ({})", description.title, names.join(", "));
        Refusal::whole(input.shown_as(), what, "check that the file belongs to this channel")
    })
}

/// What a document is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Notation {
    Nodes,
    Table,
    Json,
}

/// The notation in which a document is read: the one that it begins as, where the channel has documents of it, else
/// one that the channel has, so that it says what is wrong.
fn notation(description: &Description, input: &Input) -> Result<Notation, Refusal> {
    let has = |is: fn(Wire) -> bool| description.shapes.iter().any(|shape| is(shape.wire));
    let (nodes, table, json) = (has(|wire| wire == Wire::Xml), has(|wire| wire.table().is_some()), has(Wire::is_json));
    let begins = match first_byte(input)? {
        Some(b'<') => Notation::Nodes,
        Some(b'{' | b'[') => Notation::Json,
        _ => Notation::Table,
    };
    Ok(match begins {
        Notation::Nodes if nodes => Notation::Nodes,
        Notation::Json if json => Notation::Json,
        _ if table => Notation::Table,
        _ if nodes => Notation::Nodes,
        _ => Notation::Json,
    })
}

/// Why a table is none of a channel's: it is empty, or what its first line lacks.
fn no_table(description: &Description, input: &Input) -> Result<Refusal, Refusal> {
    let title = &description.title;
    if first_byte(input)?.is_none() {
        return Ok(Refusal::whole(input.shown_as(), "the file is empty", "export it again"));
    }
    let shape = description.shapes.iter().find(|shape| shape.wire.table().is_some());
    let key = shape.and_then(|shape| shape.key.as_deref()).unwrap_or(&description.key);
    let header = |number: &usize| {
        let rows = shape.and_then(|shape| shape.at.iter().find(|row| row.0 == *number));
        rows.and_then(|(_, rows)| rows.first()).map(|row| format!("`{}`", row.path.text))
    };
    let columns: Vec<String> = key.first().into_iter().flatten().filter_map(header).collect();
    let what = format!(
        "it is no document of {title}: its first line has no column {}, by which listings are known",
        columns.join(" and ")
    );
    Ok(input.refusal_at(
        0,
        what,
        "check that the file belongs to this channel, and that its first line names the columns",
    ))
}

/// Whether a table's header has the columns by which its listings are matched, and the marks of a shape.
fn fits_table(description: &Description, shape: &Shape, input: &Input) -> Result<bool, Refusal> {
    let Wire::Table(form) = shape.wire else { return Ok(false) };
    let read = TableRead::new(shape, form, &description.fields);
    let Some(header) = table::header(input, &read)? else { return Ok(false) };
    let has = |path: &Path| path.steps.first().is_some_and(|column| read.has(&header.cells, &column.name));
    let stands = |number: &usize| {
        let rows = shape.at.iter().filter(|row| row.0 == *number).flat_map(|row| &row.1);
        rows.flat_map(|row| [&row.path].into_iter().chain(&row.read)).any(has)
    };
    let is_gathered = match &shape.gather {
        Some(Gather::Rows(names)) => names.iter().any(|name| has(&Path::of_name(name))),
        _ => true,
    };
    let key = shape.key.as_deref().unwrap_or(&description.key);
    Ok(is_gathered
        && key.iter().any(|fields| fields.iter().all(stands))
        && shape.detect.iter().all(|(wanted, path)| has(path) == *wanted))
}

/// An element of a head: the names from below the root on, and its attributes.
type Seen = (Vec<String>, Vec<(String, String)>);

/// Notes what stands in the head of a document, as far as a shape asks for it.
struct Witness<'d> {
    shapes: &'d [Shape],
    title: &'d str,
    seen: Vec<Seen>,
}

impl Witness<'_> {
    fn fits(&self, shape: &Shape) -> bool {
        let root = shape.listings.path.steps.first();
        let same_root =
            root.is_some_and(|root| self.seen.first().is_some_and(|seen| seen.0.last() == Some(&root.name)));
        same_root && shape.detect.iter().all(|(wanted, path)| self.has(path) == *wanted)
    }

    fn has(&self, path: &Path) -> bool {
        let told_by = path.steps.last().map(|step| step.told_by.as_slice()).unwrap_or(&[]);
        self.seen.iter().any(|(seen, attributes)| {
            let has = |name: &str| attributes.iter().any(|attribute| attribute.0 == name);
            is_at(seen, path)
                && told_by.iter().all(|told| attributes.contains(told))
                && path.attribute.as_deref().is_none_or(has)
        })
    }
}

/// Whether an element stands at a path from below the root on.
fn is_at(element: &[String], path: &Path) -> bool {
    let below_root = element.get(1..).unwrap_or(&[]).iter().map(String::as_str);
    below_root.eq(path.steps.iter().map(|step| step.name.as_str()))
}

impl Envelope for Witness<'_> {
    fn listing(&self, path: &[String], name: &str) -> Option<u32> {
        self.shapes.iter().find_map(|shape| {
            let row = &shape.listings;
            let places = [&row.path].into_iter().chain(&row.read).chain(&row.refused);
            kind_of(places.map(|place| place.steps.as_slice()), path, name)
        })
    }

    fn start(&mut self, element: Element<'_>) -> Result<(), Objection> {
        if let [root] = element.path {
            let mut roots: Vec<&str> =
                self.shapes.iter().filter_map(|shape| Some(shape.listings.path.steps.first()?.name.as_str())).collect();
            roots.dedup();
            refuse_root(root, &roots, self.title)?;
        }
        let mut asked = self.shapes.iter().flat_map(|shape| &shape.detect);
        if element.path.len() > 1 && !asked.any(|asked| is_at(element.path, &asked.1)) {
            return Ok(());
        }
        let owned = |attribute: &(&str, &str)| (attribute.0.to_owned(), attribute.1.to_owned());
        self.seen.push((element.path.to_vec(), element.attributes.iter().map(owned).collect()));
        Ok(())
    }

    fn text(&mut self, _: &str) {}

    fn end(&mut self) {}
}
