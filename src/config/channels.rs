//! `channels`: where the merchant sells, what is rendered for each, and what it
//! is compared with.

use std::path::Path;

use crate::wire::yaml::{Map, Node, Problem, Scalar, Text, nearest};

use super::guards::{self, Guards};
use super::keys;
use super::load::Reading;
use super::paths::{self, Export, FilePath};
use super::schema::{ChannelConfig, INVALID_WORDS, Invalid, SettingGiven, SettingValue, Uses, Written};
use super::{secret, severity};

/// All channels, in the order of the file.
pub(super) fn read(node: &Node, reading: &Reading<'_>) -> Vec<ChannelConfig> {
    let Some(map) = node.open_map("channels", reading.problems) else { return Vec::new() };
    if map.pairs().is_empty() {
        let first = reading.built_in.first().copied().unwrap_or("shop");
        let label = format!("name one, like `{first}: {{feed: out/{first}.xml}}`");
        reading.problem(node.problem("config/missing-key", "`channels` names no channel", label));
    }
    map.pairs().iter().flat_map(|(name, node)| with_documents(name, node, reading)).collect()
}

/// A channel, and its further documents behind it: each is worked on like a channel.
fn with_documents(name: &Text, node: &Node, reading: &Reading<'_>) -> Vec<ChannelConfig> {
    let Some(channel) = one(name, node, reading) else { return Vec::new() };
    let quiet = crate::wire::yaml::Problems::default();
    let map = node.open_map("a channel", &quiet);
    let documents = map.and_then(|map| map.get("documents")?.open_map("documents", reading.problems));
    let further = documents.map_or(&[][..], |documents| documents.pairs());
    let further: Vec<ChannelConfig> =
        further.iter().filter_map(|(name, node)| document(&channel, name, node, reading)).collect();
    std::iter::once(channel).chain(further).collect()
}

fn document(channel: &ChannelConfig, name: &Text, node: &Node, reading: &Reading<'_>) -> Option<ChannelConfig> {
    let map = node.map("a document", keys::DOCUMENT, reading.problems)?;
    let file = |key: &str, what: &str| map.get(key).and_then(|node| paths::file(node, what, reading));
    Some(ChannelConfig {
        name: Written { text: format!("{}.{}", channel.name.text, name.text), bytes: name.bytes.clone() },
        part: Some(written(name)),
        feed: file("feed", "the feed"),
        export: map.get("export").and_then(|node| export(node, reading)),
        guards: map.get("guards").and_then(|node| guards::read(node, reading)).unwrap_or_else(Guards::default),
        invalid: map.get("invalid").and_then(|node| invalid(node, reading)).unwrap_or(channel.invalid),
        shape: map.get("shape").and_then(|node| word_with_place(node, "shape", reading)),
        ..channel.clone()
    })
}

fn one(name: &Text, node: &Node, reading: &Reading<'_>) -> Option<ChannelConfig> {
    if !is_name(&name.text) {
        let what = format!("«{}» cannot be the name of a channel", name.text);
        let label = "small letters, digits, `-` and `_`: it stands in codes, paths and commands";
        reading.problem(node.problem_at(name.bytes.clone(), "config/value", what, label));
    }
    // `rozetka:` with nothing behind it is a channel without wishes
    let empty = Node { value: Scalar::Map(Vec::new()), ..node.clone() };
    let node = if node.is_null() { &empty } else { node };
    let map = node.map("a channel", keys::CHANNEL, reading.problems)?;
    let file = |key: &str, what: &str| map.get(key).and_then(|node| paths::file(node, what, reading));
    Some(ChannelConfig {
        uses: uses(name, &map, reading).unwrap_or(Uses::Unknown),
        part: None,
        name: written(name),
        feed: file("feed", "the feed"),
        export: map.get("export").and_then(|node| export(node, reading)),
        only: map.get("where").and_then(|node| condition(node, reading)),
        lookups: map.get("lookups").map(|node| lookups(node, reading)).unwrap_or_default(),
        settings: map.get("settings").map(|node| settings(node, reading)).unwrap_or_default(),
        guards: map.get("guards").and_then(|node| guards::read(node, reading)).unwrap_or_else(Guards::default),
        invalid: map.get("invalid").and_then(|node| invalid(node, reading)).unwrap_or_default(),
        shape: map.get("shape").and_then(|node| word_with_place(node, "shape", reading)),
        severity: map.get("severity").map(|node| severity::read(node, reading)).unwrap_or_default(),
    })
}

fn is_name(name: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte);
    name.bytes().all(fits) && name.starts_with(|first: char| first.is_ascii_alphanumeric())
}

fn written(text: &Text) -> Written {
    Written { text: text.text.clone(), bytes: text.bytes.clone() }
}

fn word_with_place(node: &Node, what: &str, reading: &Reading<'_>) -> Option<Written> {
    node.text(what, reading.problems).map(|text| Written { text: text.to_owned(), bytes: node.bytes.clone() })
}

/// The description: a built-in one by name, or a file; without `use` the built-in one of the channel's name.
fn uses(name: &Text, map: &Map<'_>, reading: &Reading<'_>) -> Option<Uses> {
    let known = |text: &str| reading.built_in.contains(&text);
    let list = || reading.built_in.join(", ");
    let Some(node) = map.get("use") else {
        if known(&name.text) {
            return Some(Uses::BuiltIn(name.text.clone()));
        }
        let label = match nearest(&name.text, reading.built_in.iter().copied()) {
            Some(near) => format!("did you mean `{near}`? Built in: {}", list()),
            None => format!("built in: {}", list()),
        };
        let what = format!("there is no built-in channel `{}`", name.text);
        let problem = map.node.problem_at(name.bytes.clone(), "config/unknown-channel", what, label);
        reading.problem(Problem { help: format!("for one of your own say `use: ./{}.yaml`", name.text), ..problem });
        return None;
    };
    uses_of(node, "use", reading)
}

/// The description that a node names: a built-in one, or a file.
pub(super) fn uses_of(node: &Node, what: &str, reading: &Reading<'_>) -> Option<Uses> {
    let known = |text: &str| reading.built_in.contains(&text);
    let list = || reading.built_in.join(", ");
    let text = node.text(what, reading.problems)?;
    if text.contains('/') || text.ends_with(".yaml") || text.ends_with(".yml") {
        return paths::file(node, "the description", reading).map(Uses::File);
    }
    if known(text) {
        return Some(Uses::BuiltIn(text.to_owned()));
    }
    let label = match nearest(text, reading.built_in.iter().copied()) {
        Some(near) => format!("did you mean `{near}`? Built in: {}", list()),
        None => format!("built in: {}; a file needs its ending, `./{text}.yaml`", list()),
    };
    let what = format!("there is no built-in channel `{text}`");
    reading.problem(node.problem("config/unknown-channel", what, label));
    None
}

fn export(node: &Node, reading: &Reading<'_>) -> Option<Export> {
    if let Scalar::Text(text) = &node.value
        && let "api" | "last" = text.text.as_str()
    {
        let what = format!("`export: {}` comes with a later version", text.text);
        let label = "name a file or an address, or remove it: then the feed's is compared";
        reading.problem(node.problem("config/not-yet", what, label));
        return None;
    }
    paths::file_or_address(node, "the export", reading)
}

fn condition(node: &Node, reading: &Reading<'_>) -> Option<Written> {
    if let Scalar::List(_) = node.value {
        let label = "join them into one: `stock > 0 and price > 100`";
        reading.problem(node.problem("config/kind", "`where` is one condition, not a list", label));
        return None;
    }
    let condition = word_with_place(node, "where", reading)?;
    if condition.text.trim().is_empty() {
        reading.problem(node.problem("config/value", "`where` is blank", "write a condition, or remove it"));
        return None;
    }
    Some(condition)
}

fn lookups(node: &Node, reading: &Reading<'_>) -> Vec<(Written, FilePath)> {
    let Some(map) = node.open_map("lookups", reading.problems) else { return Vec::new() };
    let file = |(name, node): &(Text, Node)| {
        Some((written(name), paths::file(node, &format!("the lookup `{}`", name.text), reading)?))
    };
    map.pairs().iter().filter_map(file).collect()
}

fn invalid(node: &Node, reading: &Reading<'_>) -> Option<Invalid> {
    node.word("way with invalid listings", INVALID_WORDS, reading.problems)
}

/// What a description asks for.
pub(super) fn settings(node: &Node, reading: &Reading<'_>) -> Vec<SettingGiven> {
    let Some(map) = node.open_map("settings", reading.problems) else { return Vec::new() };
    let given = |(name, node): &(Text, Node)| {
        let value = setting(name, node, reading)?;
        Some(SettingGiven { name: written(name), value, bytes: node.bytes.clone() })
    };
    map.pairs().iter().filter_map(given).collect()
}

fn setting(name: &Text, node: &Node, reading: &Reading<'_>) -> Option<SettingValue> {
    let what = format!("the setting `{}`", name.text);
    match &node.value {
        Scalar::Text(text) if secret::is_reference(&text.text) => {
            secret::resolve(&text.text, node, reading).map(SettingValue::Secret)
        }
        Scalar::Text(_) => node.text(&what, reading.problems).map(|text| SettingValue::Text(text.to_owned())),
        Scalar::List(items) => {
            let texts = items.iter().map(|item| item.text(&what, reading.problems).map(str::to_owned));
            texts.collect::<Option<Vec<_>>>().map(SettingValue::List)
        }
        Scalar::Map(pairs) => {
            let row = |(key, node): &(Text, Node)| Some((written(key), node.text(&what, reading.problems)?.to_owned()));
            pairs.iter().map(row).collect::<Option<Vec<_>>>().map(SettingValue::Table)
        }
    }
}

/// Refuses a feed that would overwrite something that is read, or another feed.
pub(super) fn check_feeds(channels: &[ChannelConfig], root: &Node, read: &[(&str, &Path)], reading: &Reading<'_>) {
    for (number, channel) in channels.iter().enumerate() {
        let Some(feed) = &channel.feed else { continue };
        let refuse = |what: String| {
            let label = "it would be overwritten: name another file";
            reading.problem(root.problem_at(feed.bytes.clone(), "config/same-file", what, label));
        };
        if let Some((role, _)) = read.iter().find(|(_, path)| paths::same_file(&feed.path, path)) {
            refuse(format!("the feed of `{}` is {role}", channel.name.text));
        }
        for (other_number, other) in channels.iter().enumerate() {
            let is =
                |file: &Option<FilePath>| file.as_ref().is_some_and(|file| paths::same_file(&feed.path, &file.path));
            if other_number < number && is(&other.feed) {
                refuse(format!("`{}` and `{}` have one feed", other.name.text, channel.name.text));
            }
            if other_number != number && is(&other.export.as_ref().and_then(Export::file).cloned()) {
                refuse(format!("the feed of `{}` is the export of `{}`", channel.name.text, other.name.text));
            }
            let tables = other.lookups.iter().find(|table| paths::same_file(&feed.path, &table.1.path));
            if let Some((table, _)) = tables {
                refuse(format!("the feed of `{}` is the lookup `{}`", channel.name.text, table.text));
            }
            if matches!(&other.uses, Uses::File(file) if paths::same_file(&feed.path, &file.path)) {
                refuse(format!("the feed of `{}` is the description of `{}`", channel.name.text, other.name.text));
            }
        }
    }
}
