//! The channels: those that were named, those that a person chooses, else one that takes most offers as they are.

use std::path::Path;

use crate::channel::{Description, registry};
use crate::config::paths;
use crate::proposal::Sold;

use super::super::channels::{description, document};
use super::super::trouble::Trouble;

/// A channel that the config is to have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    /// Its name in the config.
    pub name: String,
    /// Its description, where it is not a built-in one: the path from the config's folder.
    pub uses: Option<String>,
    /// What its feed is called.
    pub feed: String,
    /// What it has now, where that lies beside the master: the path from the config's folder.
    pub export: Option<String>,
    /// The currencies that it deals in; empty where it names none.
    pub currencies: Vec<String>,
    /// Settings that it cannot do without and that only the merchant knows, each with what it is.
    pub asks: Vec<(String, String)>,
}

impl Wanted {
    /// As it stands in the config.
    pub(super) fn sold(&self) -> Sold {
        let Wanted { name, uses, feed, export, asks, .. } = self.clone();
        Sold { name, uses, feed, export, asks }
    }
}

/// The channels that were named, each once; what is no channel is refused.
pub(super) fn wanted(names: &[String], here: &Path, config: &Path) -> Result<Vec<Wanted>, Trouble> {
    let mut wanted: Vec<Wanted> = Vec::new();
    for name in names.iter().flat_map(|names| names.split(',')).map(str::trim).filter(|name| !name.is_empty()) {
        let description = description(document(name, here)?)?;
        let is_built_in = registry::text(name).is_some();
        let own = if is_built_in { name.to_owned() } else { description.id.clone() };
        let uses = (!is_built_in).then(|| from_folder_of(config, &here.join(name)));
        if wanted.iter().all(|other| other.name != own) {
            let ending =
                description.shapes.iter().find(|shape| !shape.read_only).map_or("xml", |shape| shape.wire.ending());
            let (feed, currencies) = (format!("out/{own}.{ending}"), description.currencies);
            let asks = description.settings.into_iter().filter(|setting| setting.required && setting.default.is_none());
            let asks = asks.map(|setting| (setting.name, setting.about)).collect();
            wanted.push(Wanted { name: own, uses, feed, export: None, currencies, asks });
        }
    }
    Ok(wanted)
}

/// All built-in channels.
pub(super) fn built_in(here: &Path, config: &Path) -> Result<Vec<Wanted>, Trouble> {
    wanted(&registry::names().map(str::to_owned).collect::<Vec<_>>(), here, config)
}

/// The descriptions of all built-in channels, by name.
pub(super) fn built_in_descriptions() -> Result<Vec<(String, Description)>, Trouble> {
    let named = |name: &str| Ok((name.to_owned(), description(document(name, Path::new(""))?)?));
    registry::names().map(named).collect()
}

/// A path as the config names it: from its own folder, where that is on the way; descriptions begin with `./`.
pub(super) fn from_folder_of(config: &Path, file: &Path) -> String {
    let relative = relative(config, file);
    if relative.starts_with("../") || relative.starts_with('/') { relative } else { format!("./{relative}") }
}

/// A path from the folder of a config.
pub(super) fn relative(config: &Path, file: &Path) -> String {
    let (config, file) = (paths::plain(config), paths::plain(file));
    let folder = config.parent().unwrap_or(Path::new(""));
    let shared = folder.components().zip(file.components()).take_while(|(one, other)| one == other).count();
    let up = folder.components().count() - shared;
    let mut path = std::path::PathBuf::new();
    (0..up).for_each(|_| path.push(".."));
    file.components().skip(shared).for_each(|part| path.push(part));
    path.display().to_string().replace('\\', "/")
}
