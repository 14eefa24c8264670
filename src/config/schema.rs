//! A config after reading: everything that is known before the master is opened,
//! each part with its place for messages that can only be worded later.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::tz::TimeZone;
use rust_decimal::Decimal;

use crate::finding::Level;
use crate::model::DecimalStyle;
use crate::source::{FieldMapping, HeaderRows, Notation};
use crate::wire::fetch::Network;
use crate::wire::yaml::{Document, Problem, problem_at};

use super::guards::Guards;
use super::paths::{Export, FilePath};
use super::secret::Secret;

/// A whole config.
#[derive(Debug, Clone)]
pub struct Config {
    /// The document it was read from; its name is the path as it is shown.
    pub document: Arc<Document>,
    /// Its own path.
    pub path: PathBuf,
    /// The folder that its paths start from.
    pub folder: PathBuf,
    /// Who sells.
    pub shop: Shop,
    /// The zone of times that name none.
    pub timezone: TimeZone,
    /// Whether the config names it; UTC stands for one that nobody names.
    pub timezone_is_said: bool,
    /// What one unit of another currency costs in the shop's.
    pub rates: Vec<(String, Decimal)>,
    /// What may be read from addresses.
    pub network: Network,
    /// The master.
    pub master: MasterConfig,
    /// The channels, in the order of the file.
    pub channels: Vec<ChannelConfig>,
    /// Codes that are made something else wherever they are found.
    pub severity: Vec<SeveritySet>,
}

/// Who sells; what is not said is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shop {
    /// What the shop is called.
    pub name: String,
    /// The seller's legal name.
    pub company: String,
    /// The shop's address.
    pub url: String,
    /// The language of texts that name none.
    pub language: String,
    /// The currency of amounts that name none.
    pub currency: String,
}

/// Where the master is and how it is read.
#[derive(Debug, Clone)]
pub struct MasterConfig {
    /// The file.
    pub file: FilePath,
    /// The channel whose export it is; `None` for a file of one's own.
    pub exported_by: Option<Uses>,
    /// What the description of that channel asks for.
    pub settings: Vec<SettingGiven>,
    /// What it is written in, where that is said.
    pub format: Option<Format>,
    /// Where in the document the list of offers stands; `None` to find out.
    pub items: Option<String>,
    /// Its encoding; `None` to find out.
    pub encoding: Option<&'static encoding_rs::Encoding>,
    /// What stands between two cells; `None` to find out.
    pub delimiter: Option<u8>,
    /// What stands around a cell.
    pub quote: Quote,
    /// In which rows of a table the names of its columns stand.
    pub header: HeaderRows,
    /// What stands before the fraction of a number; `None` to find out.
    pub decimal: Option<DecimalStyle>,
    /// Fields and their columns, in the order of the file.
    pub fields: Vec<FieldMapping>,
    /// The tree of categories.
    pub categories: Option<FilePath>,
}

/// What a master is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A table; its delimiter is found out.
    Csv,
    /// A table parted by tabs.
    Tsv,
    /// One document.
    Json,
    /// An object in every line.
    JsonLines,
    /// One document.
    Yaml,
}

/// The formats by name.
pub const FORMATS: [(&str, Format); 5] = [
    ("csv", Format::Csv),
    ("tsv", Format::Tsv),
    ("json", Format::Json),
    ("jsonl", Format::JsonLines),
    ("yaml", Format::Yaml),
];

impl Format {
    /// How it is read.
    pub fn notation(self) -> Notation {
        match self {
            Format::Csv | Format::Tsv => Notation::Table,
            Format::Json => Notation::Json,
            Format::JsonLines => Notation::JsonLines,
            Format::Yaml => Notation::Yaml,
        }
    }

    /// Its name in configs.
    pub fn name(self) -> &'static str {
        FORMATS.iter().find(|format| format.1 == self).map_or("csv", |format| format.0)
    }

    /// Its name, for people.
    pub fn in_words(self) -> &'static str {
        match self {
            Format::Csv => "CSV",
            Format::Tsv => "TSV",
            Format::Json => "JSON",
            Format::JsonLines => "JSON Lines",
            Format::Yaml => "YAML",
        }
    }

    /// The format that a file's ending names; a table where it names none.
    pub fn by_ending(path: &Path) -> Format {
        match ending(path).as_str() {
            "json" => Format::Json,
            "jsonl" | "ndjson" => Format::JsonLines,
            "yaml" | "yml" => Format::Yaml,
            _ => Format::Csv,
        }
    }
}

/// The ending of a file's name in lower case, that of packing aside.
pub(super) fn ending(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    name.rsplit_once('.').map_or_else(String::new, |parts| parts.1.to_owned())
}

impl MasterConfig {
    /// A master of which nothing is known, so that the rest of a config can be judged: only in one with problems.
    pub(super) fn unknown() -> MasterConfig {
        MasterConfig {
            file: FilePath { shown: String::new(), path: PathBuf::new(), bytes: 0..0 },
            exported_by: None,
            settings: Vec::new(),
            format: None,
            items: None,
            encoding: None,
            delimiter: None,
            quote: Quote::Mark(b'"'),
            decimal: None,
            fields: Vec::new(),
            categories: None,
            header: HeaderRows::default(),
        }
    }

    /// Whether nothing is known of it.
    pub fn is_unknown(&self) -> bool {
        self.file.shown.is_empty()
    }

    /// What a file is written in, that is read as this master.
    pub fn format_of(&self, path: &Path) -> Format {
        self.format.unwrap_or_else(|| Format::by_ending(path))
    }
}

/// What stands around a cell that holds a delimiter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quote {
    /// This character.
    Mark(u8),
    /// Nothing: every character stands for itself.
    None,
}

/// A channel as the merchant set it up.
#[derive(Debug, Clone)]
pub struct ChannelConfig {
    /// Its name, with its place.
    pub name: Written,
    /// Its description.
    pub uses: Uses,
    /// Which of the channel's further documents it is; `None` for its own.
    pub part: Option<Written>,
    /// The file that is rendered.
    pub feed: Option<FilePath>,
    /// A file or an address with what the channel has now; without it what stands at `feed`.
    pub export: Option<Export>,
    /// An offer for which this condition fails is left out.
    pub only: Option<Written>,
    /// Tables that its description asks for.
    pub lookups: Vec<(Written, FilePath)>,
    /// What its description asks for.
    pub settings: Vec<SettingGiven>,
    /// Limits that a plan must not pass unasked.
    pub guards: Guards,
    /// What becomes of listings that the channel would refuse.
    pub invalid: Invalid,
    /// The shape of the feed; the description's first where nothing is said.
    pub shape: Option<Written>,
    /// Codes that are made something else on this channel.
    pub severity: Vec<SeveritySet>,
}

/// A code that is made something else than it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeveritySet {
    /// The code.
    pub code: Written,
    /// What it is made.
    pub level: Level,
}

/// A text of the config with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The text.
    pub text: String,
    /// Where it stands, quotes included.
    pub bytes: Range<usize>,
}

/// Which description a channel goes by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Uses {
    /// A built-in one, by its name.
    BuiltIn(String),
    /// One that the merchant wrote.
    File(FilePath),
    /// Nobody can tell which: only in a config with problems, of which this is one.
    Unknown,
}

/// What becomes of listings that the channel would refuse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Invalid {
    /// The rest goes.
    #[default]
    LeaveOut,
    /// The channel keeps what it has.
    KeepLast,
    /// Nothing goes.
    Stop,
}

/// The ways with invalid listings, by name.
pub const INVALID_WORDS: [(&str, Invalid); 3] =
    [("leave-out", Invalid::LeaveOut), ("keep-last", Invalid::KeepLast), ("stop", Invalid::Stop)];

/// A setting that the merchant gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingGiven {
    /// Its name.
    pub name: Written,
    /// Its value.
    pub value: SettingValue,
    /// Where the value stands.
    pub bytes: Range<usize>,
}

/// What a setting holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingValue {
    /// A text, a number, a word.
    Text(String),
    /// A text that no message may show.
    Secret(Secret),
    /// Items in order.
    List(Vec<String>),
    /// Keys and values, in order.
    Table(Vec<(Written, String)>),
}

impl Config {
    /// What stands for a config where none is needed: nobody says anything.
    pub fn none() -> Config {
        Config {
            document: Arc::new(Document { name: String::new(), text: String::new() }),
            path: PathBuf::new(),
            folder: PathBuf::new(),
            shop: Shop::default(),
            timezone: TimeZone::UTC,
            timezone_is_said: false,
            rates: Vec::new(),
            network: Network::default(),
            master: MasterConfig::unknown(),
            channels: Vec::new(),
            severity: Vec::new(),
        }
    }

    /// The channel of this name.
    pub fn channel(&self, name: &str) -> Option<&ChannelConfig> {
        self.channels.iter().find(|channel| channel.name.text == name)
    }

    /// A problem at a place of this config: for what only the master or a description can tell.
    pub fn problem(
        &self,
        bytes: Range<usize>,
        code: &'static str,
        what: impl Into<String>,
        label: impl Into<String>,
    ) -> Problem {
        problem_at(&self.document, bytes, code, what, label)
    }
}

impl Written {
    /// The place of a part of the text in the document: exact where the text stands there as it is,
    /// else the whole of it.
    pub fn part(&self, document: &Document, part: Range<usize>) -> Range<usize> {
        let standing = document.text.get(self.bytes.clone()).unwrap_or("");
        match standing.find(&self.text) {
            Some(at) => {
                let start = self.bytes.start + at;
                start + part.start..start + part.end
            }
            // folded over several lines, or escaped: the part alone may still stand there once
            None => self.alone(standing, part).unwrap_or(self.bytes.clone()),
        }
    }

    fn alone(&self, standing: &str, part: Range<usize>) -> Option<Range<usize>> {
        let wanted = self.text.get(part).filter(|wanted| !wanted.is_empty())?;
        let mut places = standing.match_indices(wanted);
        let (at, _) = places.next()?;
        let start = self.bytes.start + at;
        places.next().is_none().then(|| start..start + wanted.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_quoted_text_has_its_own_place() {
        let document = Document { name: "x".into(), text: "where: \"stock > 0\"\nother: 'it''s'\n".into() };
        let plain = Written { text: "stock > 0".into(), bytes: 7..18 };
        assert_eq!(document.text.get(plain.part(&document, 0..5)), Some("stock"));
        let escaped = Written { text: "it's".into(), bytes: 26..33 };
        assert_eq!(document.text.get(escaped.part(&document, 0..2)), Some("it"), "the part stands there once");
        assert_eq!(escaped.part(&document, 0..4), 26..33, "written otherwise than it reads: the whole text is marked");
    }
}
