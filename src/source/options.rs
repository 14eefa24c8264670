//! What the config says about a master: the file, how it is written, and which of
//! its columns hold what; and what is said back where columns and config disagree.

use std::path::PathBuf;

use super::FieldMapping;
use crate::finding::Refusal;
use crate::model::DecimalStyle;
use crate::wire::encoding::EncodingChoice;

/// A master as the config describes it.
#[derive(Debug, Clone)]
pub struct MasterOptions {
    /// The file.
    pub path: PathBuf,
    /// Its name in messages.
    pub shown_as: String,
    /// What it is written in.
    pub notation: Notation,
    /// Where in the document the list of offers stands: `data/products`; `None` to find out.
    pub items: Option<String>,
    /// What stands between two cells; `None` to find out.
    pub delimiter: Option<u8>,
    /// What stands around a cell that holds a delimiter; `None` where nothing does.
    pub quote: Option<u8>,
    /// Its encoding.
    pub encoding: EncodingChoice,
    /// In which rows of a table the names of its columns stand.
    pub header: HeaderRows,
    /// What stands before the decimals of a number; `None` to find out.
    pub decimal: Option<DecimalStyle>,
    /// The language of texts that name none; empty where nobody says.
    pub language: String,
    /// Fields and their columns, in the order of the config.
    pub fields: Vec<FieldMapping>,
    /// The merchant's tree of categories.
    pub categories: Option<CategoriesFile>,
}

/// Where the names of a table's columns stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HeaderRows {
    /// In the first row that is not blank.
    #[default]
    First,
    /// In these rows, counted from 1; those above are left aside. Of several, each column's cells make its name together.
    Rows(usize, usize),
    /// Nowhere: columns go by their numbers, from 1.
    None,
}

/// What a master is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// A row of cells for every offer.
    Table,
    /// One document with a list of objects.
    Json,
    /// An object in every line.
    JsonLines,
    /// One document with a list of objects.
    Yaml,
}

/// A table with the merchant's tree of categories: `id`, `parent`, `name` or `name.LANGUAGE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoriesFile {
    /// The file.
    pub path: PathBuf,
    /// Its name in messages.
    pub shown_as: String,
}

impl MasterOptions {
    /// A file of which nothing more is known.
    pub fn new(path: impl Into<PathBuf>, shown_as: impl Into<String>) -> Self {
        MasterOptions {
            path: path.into(),
            shown_as: shown_as.into(),
            notation: Notation::Table,
            items: None,
            delimiter: None,
            quote: Some(b'"'),
            encoding: EncodingChoice::Auto,
            header: HeaderRows::First,
            decimal: None,
            language: String::new(),
            fields: Vec::new(),
            categories: None,
        }
    }
}

/// Why a master could not be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpenError {
    /// The file cannot be trusted.
    Refused(Refusal),
    /// The file is sound, but the config maps columns that it does not have, or the like.
    Mapping(Vec<MappingProblem>),
}

impl From<Refusal> for OpenError {
    fn from(refusal: Refusal) -> Self {
        OpenError::Refused(refusal)
    }
}

/// Where columns and config disagree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappingProblem {
    /// Its code, of the config's kind: `config/unknown-column`.
    pub code: &'static str,
    /// The number of the mapping among [`MasterOptions::fields`]; `None` where no mapping is to blame.
    pub mapping: Option<usize>,
    /// What is wrong: ``catalog.csv has no column «Ціна»``.
    pub what: String,
    /// What helps, to stand at the marked place: `nearest: «Ціна, грн» (1 043,00 · 12 990,00)`.
    pub label: String,
}
