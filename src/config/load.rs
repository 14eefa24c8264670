//! From the file to a [`Config`], or to all that is wrong with it at once.

use std::path::Path;
use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::finding::Refusal;
use crate::wire::yaml::{self, Document, Key, Map, Node, Problem, Problems, Scalar, Text, nearest};

use super::draft::Draft;
use super::schema::{Config, MasterConfig, Shop};
use super::{channels, keys, master, network, paths, secret, severity, shop};

/// A config longer than this is none.
const MOST_BYTES: u64 = 4 << 20;

/// What to do about another encoding.
const SAVE: &str = "save it as UTF-8; in Notepad: Save As, and below Encoding: UTF-8";

/// What a config may refer to outside of itself.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    /// Names of the built-in channels.
    pub built_in: &'a [&'a str],
    /// The environment, for secrets.
    pub env: &'a dyn Fn(&str) -> Option<String>,
}

/// Why there is no config.
#[derive(Debug, Clone)]
pub enum LoadError {
    /// The file cannot be read at all.
    Refused(Refusal),
    /// It can be read, and this is wrong with it.
    Problems(Vec<Problem>),
}

impl From<Refusal> for LoadError {
    fn from(refusal: Refusal) -> Self {
        LoadError::Refused(refusal)
    }
}

/// What every part of the reading needs.
pub(super) struct Reading<'a> {
    pub problems: &'a Problems,
    pub folder: &'a Path,
    pub built_in: &'a [&'a str],
    pub env: &'a dyn Fn(&str) -> Option<String>,
}

impl Reading<'_> {
    pub fn problem(&self, problem: Problem) {
        self.problems.add(problem);
    }

    /// The value of a key that must be there; where a key beside it is a slip of its name, that was said already.
    pub fn required<'n>(&self, map: &Map<'n>, what: &str, keys: &[Key], name: &str) -> Option<&'n Node> {
        let value = map.get(name);
        let is_known = |key: &str| keys.iter().any(|known| known.name == key);
        let names = || keys.iter().filter(|key| !key.later).map(|key| key.name);
        let is_slip = |(key, _): &(Text, Node)| !is_known(&key.text) && nearest(&key.text, names()) == Some(name);
        if value.is_none() && !map.pairs().iter().any(is_slip) {
            let label = keys.iter().find(|key| key.name == name).map_or(String::new(), in_words);
            self.problem(map.node.problem("config/missing-key", format!("{what} needs `{name}`"), label));
        }
        value
    }
}

/// What to add: a key, what it means, and how it is written.
fn in_words(key: &Key) -> String {
    let example = if key.example.is_empty() { String::new() } else { format!(" (`{}`)", key.example) };
    format!("add `{}`, {}{example}", key.name, key.about)
}

/// Reads the config at `path`; `shown_as` is its name in messages.
pub fn load(path: &Path, shown_as: &str, surroundings: Surroundings<'_>) -> Result<Config, LoadError> {
    draft(path, shown_as, surroundings)?.finished().map_err(LoadError::Problems)
}

/// Reads what can be read of the config at `path`; what is wrong with it waits for what else is.
pub fn draft(path: &Path, shown_as: &str, surroundings: Surroundings<'_>) -> Result<Draft, Refusal> {
    let text = text_of(path, shown_as)?;
    Ok(draft_of(Document { name: shown_as.to_owned(), text }, path, surroundings))
}

/// The text of a document that people write, without its byte order mark.
pub fn text_of(path: &Path, shown_as: &str) -> Result<String, Refusal> {
    let refuse = |what: String, help: &str| Refusal::whole(shown_as, what, help);
    let length = std::fs::metadata(path).map(|about| about.len());
    if length.is_ok_and(|length| length > MOST_BYTES) {
        return Err(refuse("it is longer than 4 MB".into(), "name the YAML file, not the catalog"));
    }
    let bytes = std::fs::read(path).map_err(|error| {
        let help = match error.kind() {
            std::io::ErrorKind::IsADirectory => "name the file in it",
            std::io::ErrorKind::PermissionDenied => "give the user that runs offersync the right to read it",
            _ => "check the path and its spelling",
        };
        refuse(paths::in_words(&error), help)
    })?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let line = error
            .as_bytes()
            .get(..error.utf8_error().valid_up_to())
            .map_or(1, |good| bytecount::count(good, b'\n') + 1);
        match error.as_bytes() {
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => refuse("it is UTF-16".into(), SAVE),
            _ => refuse(format!("line {line} is not UTF-8"), SAVE),
        }
    })?;
    if text.contains('\0') {
        return Err(refuse("it is no text, or UTF-16".into(), SAVE));
    }
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// Reads a config from its text; `path` is where it would be.
pub fn read(document: Document, path: &Path, surroundings: Surroundings<'_>) -> Result<Config, Vec<Problem>> {
    draft_of(document, path, surroundings).finished()
}

/// Reads what can be read of a config.
pub fn draft_of(document: Document, path: &Path, surroundings: Surroundings<'_>) -> Draft {
    let problems = Problems::of_keys_in("docs/config.md");
    let Some(root) = yaml::parse(document, &problems) else { return Draft::of_no_tree(problems.take()) };
    let folder = path.parent().unwrap_or(Path::new("")).to_owned();
    let Surroundings { built_in, env } = surroundings;
    let reading = Reading { problems: &problems, folder: &folder, built_in, env };
    let secrets = secret::literals(&root, &reading);
    let config = config(&root, path, &reading);
    let master = match &root.value {
        Scalar::Map(pairs) => pairs.iter().find(|pair| pair.0.text == "master").map(|pair| pair.1.bytes.clone()),
        _ => None,
    };
    Draft { config, master, problems: problems.take(), secrets }
}

fn config(root: &Node, path: &Path, reading: &Reading<'_>) -> Option<Config> {
    version(root, reading)?;
    let map = root.map("the config", keys::TOP, reading.problems)?;
    let required = |name: &str| reading.required(&map, "the config", keys::TOP, name);
    let shop = required("shop").map_or_else(Shop::default, |node| shop::shop(node, reading));
    let timezone = map.get("timezone").and_then(|node| shop::timezone(node, reading));
    let rates = map.get("rates").map(|node| shop::rates(node, &shop.currency, reading)).unwrap_or_default();
    let master = required("master").and_then(|node| master::read(node, reading));
    let channels = required("channels").map(|node| channels::read(node, reading)).unwrap_or_default();
    let severity = map.get("severity").map(|node| severity::read(node, reading));
    let network = map.get("network").map(|node| network::read(node, reading)).unwrap_or_default();
    let mut inputs = vec![("this config", path)];
    let master = master.unwrap_or_else(MasterConfig::unknown);
    if !master.is_unknown() {
        inputs.push(("the master", &master.file.path));
        inputs.extend(master.categories.as_ref().map(|file| ("the file of categories", file.path.as_path())));
    }
    channels::check_feeds(&channels, root, &inputs, reading);
    let (document, folder) = (Arc::clone(&root.document), reading.folder.to_owned());
    Some(Config {
        document,
        path: path.to_owned(),
        folder,
        shop,
        timezone: timezone.unwrap_or(TimeZone::UTC),
        timezone_is_said: map.get("timezone").is_some(),
        rates,
        network,
        master,
        channels,
        severity: severity.unwrap_or_default(),
    })
}

/// The version stands first, so that a file of a later format is told apart before anything else is judged.
fn version(root: &Node, reading: &Reading<'_>) -> Option<()> {
    let Scalar::Map(pairs) = &root.value else {
        let label = "a config begins with `version: 1`";
        reading.problem(root.problem("config/kind", "the config must be a map", label));
        return None;
    };
    let Some(at) = pairs.iter().position(|pair| pair.0.text == "version") else {
        let first = pairs.first().map_or(root.bytes.clone(), |pair| pair.0.bytes.clone());
        let label = "write `version: 1` before it";
        reading.problem(root.problem_at(first, "config/version", "the config does not say its version", label));
        return Some(());
    };
    let (key, value) = pairs.get(at)?;
    match super::amount::text(value) {
        Some("1") => {}
        Some(text) if super::amount::whole(text).is_some_and(|version| version > 1) => {
            let what = format!("this config is of version {text}; this program reads version 1");
            reading.problem(value.problem("config/version", what, "a later offersync can read it"));
            return None;
        }
        _ => {
            reading.problem(value.problem("config/version", "`version` must be 1", "write `version: 1`"));
        }
    }
    if at > 0 {
        let label = "move it to the first line";
        reading.problem(root.problem_at(key.bytes.clone(), "config/version", "`version` must stand first", label));
    }
    Some(())
}
