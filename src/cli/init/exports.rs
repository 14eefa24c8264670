//! Files beside the master that a channel gave out: none of them is the master, and the config compares with them.

use std::path::Path;

use hashbrown::HashSet;

use crate::channel::Description;
use crate::engine::whose;
use crate::finding::Refusal;
use crate::wire::encoding::{EncodingChoice, Sniff};
use crate::wire::input::Input;

use super::file_path;

/// A folder with more files than this is no shop's own, and is not looked through.
const MOST_FILES: usize = 50;

/// So much of an export shows which keys stand in it.
const MOST_BYTES: usize = 32 * 1024 * 1024;
/// What is longer, in bytes, is no key.
const LONGEST_KEY: usize = 120;

/// A file and the channels whose document it can be, by name.
pub(super) struct Export {
    /// Its name in the folder.
    pub file: String,
    pub channels: Vec<String>,
}

impl Export {
    /// Whether it is this channel's: it can be nobody else's, is called so, as `rozetka_now.xml` is, or of those that
    /// were named it can be nobody else's.
    pub(super) fn is_of(&self, channel: &str, named: &[String]) -> bool {
        let only = |may_be: &dyn Fn(&String) -> bool| {
            let mut found = self.channels.iter().filter(|name| may_be(name));
            found.next().filter(|_| found.next().is_none())
        };
        let file = self.file.to_lowercase();
        let own = only(&|_| true).or_else(|| only(&|name| file.contains(name.as_str())));
        own.or_else(|| only(&|name| named.contains(name))).is_some_and(|own| own == channel)
    }
}

/// The texts that stand in these exports: between tags and signs of tables, not within addresses.
pub(super) fn texts(exports: &[Export], folder: &Path) -> Result<HashSet<String>, Refusal> {
    let mut texts = HashSet::new();
    for export in exports {
        let input = Input::open(&folder.join(&export.file), &export.file, EncodingChoice::Auto, Sniff::Xml)?;
        let mut bytes = Vec::new();
        input.read_at(0, usize::try_from(input.len()).unwrap_or(usize::MAX).min(MOST_BYTES), &mut bytes)?;
        let beginning = String::from_utf8_lossy(&bytes);
        let pieces = beginning.split(['<', '>', '"', '\'', '\t', '\n', '\r', ',', ';', '[', ']']).map(str::trim);
        texts.extend(pieces.filter(|piece| !piece.is_empty() && piece.len() <= LONGEST_KEY).map(str::to_owned));
    }
    Ok(texts)
}

/// Which of these files are documents of these channels.
pub(super) fn among(files: &[String], folder: &Path, described: &[(String, Description)]) -> Vec<Export> {
    let (names, descriptions): (Vec<&String>, Vec<Description>) =
        described.iter().map(|(name, description)| (name, description.clone())).unzip();
    let export = |file: &String| {
        let found = whose::exporters(&descriptions, &file_path(file, &folder.join(file)));
        let channels: Vec<String> =
            found.into_iter().filter_map(|number| Some((*names.get(number)?).clone())).collect();
        (!channels.is_empty()).then(|| Export { file: file.clone(), channels })
    };
    if files.len() > MOST_FILES { Vec::new() } else { files.iter().filter_map(export).collect() }
}
