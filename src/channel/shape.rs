//! How one kind of document of a channel spells its fields: its notation, and where each
//! field stands in it.

use std::ops::Range as Bytes;
use std::sync::Arc;

use crate::expression::Expression;

use super::description::{Advice, Compare, FieldNo, Spelling};
use super::path::Path;
use super::table_form::TableForm;
use super::within_cell::{Marks, WithinCell};

/// The notation of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wire {
    /// Elements and attributes.
    Xml,
    /// A header and rows of cells.
    Table(TableForm),
    /// One JSON document with a list of listings in it.
    Json,
    /// JSON Lines: a listing in each line.
    JsonLines,
}

impl Wire {
    /// Its name in descriptions.
    pub fn name(self) -> &'static str {
        match self {
            Wire::Xml => "xml",
            Wire::Table(_) => "table",
            Wire::Json => "json",
            Wire::JsonLines => "jsonl",
        }
    }

    /// Its name for people.
    pub fn in_words(self) -> &'static str {
        match self {
            Wire::Xml => "XML",
            Wire::Table(form) if form.separator == b'\t' => "TSV",
            Wire::Table(_) => "CSV",
            Wire::Json => "JSON",
            Wire::JsonLines => "JSON Lines",
        }
    }

    /// The usual ending of a file's name.
    pub fn ending(self) -> &'static str {
        match self {
            Wire::Xml => "xml",
            Wire::Table(form) if form.separator == b'\t' => "tsv",
            Wire::Table(_) => "csv",
            Wire::Json => "json",
            Wire::JsonLines => "jsonl",
        }
    }

    /// How its cells stand, where it is a table.
    pub fn table(self) -> Option<TableForm> {
        match self {
            Wire::Table(form) => Some(form),
            Wire::Xml | Wire::Json | Wire::JsonLines => None,
        }
    }

    /// Whether its listings are members within members.
    pub fn is_json(self) -> bool {
        matches!(self, Wire::Json | Wire::JsonLines)
    }
}

/// How one kind of document spells the fields.
#[derive(Debug, Clone)]
pub struct Shape {
    /// Its name.
    pub name: String,
    /// Its notation.
    pub wire: Wire,
    /// Never written.
    pub read_only: bool,
    /// What is said to whoever has it written.
    pub advice: Option<Advice>,
    /// Whether a listing that is missing here is missing on the channel.
    pub complete: bool,
    /// Paths that must be there (`true`) or not be there, for a document to be of this shape.
    pub detect: Vec<(bool, Path)>,
    /// How listings of this shape are matched, where it differs from the channel's.
    pub key: Option<Vec<Vec<FieldNo>>>,
    /// A node that is missing says nothing, rather than that there is none.
    pub missing_is_unsaid: bool,
    /// The path from the root to the repeating node, and others that are read or refused.
    pub listings: Row,
    /// Fields of the document, in the order of writing.
    pub head: Vec<(FieldNo, Vec<Row>)>,
    /// Fields of a listing, in the order of writing.
    pub at: Vec<(FieldNo, Vec<Row>)>,
    /// Blanks per level; `None` for everything in one line.
    pub indent: Option<usize>,
    /// Prefixes of names, `""` for none, with the addresses that they stand for: the first is written, all are read.
    pub namespaces: Vec<(String, Vec<String>)>,
    /// One listing is made of several rows or lines.
    pub gather: Option<Gather>,
    /// A mark that stands before a text that could be taken for a number or a formula; taken off when reading.
    pub strip: Option<char>,
    /// Columns of a table: a row in which one of these words stands there is no listing; without words, anything.
    pub aside: Vec<(String, Vec<String>)>,
}

/// How one listing is made of several rows or lines, wherever in the file they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gather {
    /// Rows of a table with the same text in this column, whichever of these names it has; what only some of them
    /// say is the listing's.
    Rows(Vec<String>),
    /// One row of a table, whose columns can be numbered: `Attribute 1 name`, `Attribute 2 name`.
    Row,
    /// Objects, those with a parent in a list of the one that has this id.
    Lines {
        /// The member that holds an object's id.
        id: String,
        /// The member that holds its parent's.
        parent: String,
        /// The list of the parent that they come into.
        into: String,
    },
}

/// Where and how a field stands in a shape: one of several alternatives.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// Where it is written and read.
    pub path: Path,
    /// Other places that the channel reads.
    pub read: Vec<Path>,
    /// Places that are read where nothing stands at those, the first before the next.
    pub instead: Vec<Path>,
    /// Places that look alike but that the channel does not read: a finding.
    pub ignored: Vec<Path>,
    /// Places that are read so that the rest can be checked, and a finding.
    pub refused: Vec<Path>,
    /// The fields of a table's row, from its node.
    pub at: Vec<(FieldNo, Vec<Row>)>,
    /// It is a part that a header names only where anybody says anything of it.
    pub may_go: bool,
    /// A column that holds a table: what its parts are where its header does not name them.
    pub bare: Vec<String>,
    /// A column that holds a table whose parts have names: what stands between them, and between its rows.
    pub within: Option<WithinCell>,
    /// It is a part of such a row: what its text may not hold.
    pub marks: Option<Marks>,
    /// Listing's names; of several alternatives the first whose condition holds is written and read.
    pub when: Option<Arc<Expression>>,
    /// Where the unit of an amount stands by itself.
    pub unit_at: Option<Path>,
    /// What differs from the field's own spelling.
    pub spelling: Spelling,
    /// What differs from the field's own comparison.
    pub compare: Option<Compare>,
    /// Where it stands in the description, for messages.
    pub bytes: Bytes<usize>,
}

impl Shape {
    /// Whether some row of it spells units beside amounts.
    pub fn writes_units(&self) -> bool {
        self.at.iter().chain(&self.head).any(|(_, rows)| rows.iter().any(Row::writes_units))
    }
}

impl Row {
    /// All places that it speaks of: where it is written, read, read past and refused.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        [&self.path].into_iter().chain(&self.read).chain(&self.instead).chain(&self.ignored).chain(&self.refused)
    }

    fn writes_units(&self) -> bool {
        self.spelling.writes_unit() || self.at.iter().any(|(_, rows)| rows.iter().any(Row::writes_units))
    }
}
