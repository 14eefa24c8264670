//! Reading the lists of categories that settings name: a channel's own list as it publishes it.

use crate::channel::category_list;
use crate::channel::description::Description;
use crate::channel::settings::put_list;
use crate::config::{ChannelConfig, Config, FilePath, SettingGiven, SettingValue, load::text_of, paths::same_file};
use crate::wire::yaml::{Document, Problems};

use super::{channels, request::Stop};

/// The description that a channel of the config goes by, with the lists that the merchant named files of.
pub fn described(config: &Config, channel: &ChannelConfig) -> Result<Description, Stop> {
    let problems = Problems::default();
    let mut description = channels::description(config, &channel.uses, &problems);
    if let Some(description) = &mut description {
        read(config, channel, description, &problems);
    }
    description.filter(|_| problems.is_empty()).ok_or_else(|| Stop::Problems(problems.take()))
}

/// Reads every list that a merchant named a file of, and puts it into the description. What is wrong goes to `problems`.
pub fn read(config: &Config, channel: &ChannelConfig, description: &mut Description, problems: &Problems) {
    let lists: Vec<_> =
        description.settings.iter().filter_map(|setting| Some((setting.name.clone(), setting.list.clone()?))).collect();
    for (name, list) in lists {
        let given = channel.settings.iter().find(|given| given.name.text == name);
        let Some(file) = given.and_then(|given| file(config, given)) else { continue };
        if !is_only_read(config, &file, &name, problems) {
            continue;
        }
        match text_of(&file.path, &file.shown) {
            Ok(text) => {
                let document = Document { name: file.shown, text };
                let entries = category_list::read(document, problems);
                entries.into_iter().for_each(|entries| put_list(description, &name, &list.with(entries)));
            }
            Err(refusal) => problems.add(channels::unreadable(config, &file, &refusal)),
        }
    }
}

/// The file that a setting names; an answer of another kind was complained of.
fn file(config: &Config, given: &SettingGiven) -> Option<FilePath> {
    let SettingValue::Text(shown) = &given.value else { return None };
    Some(FilePath { shown: shown.clone(), path: config.folder.join(shown), bytes: given.bytes.clone() })
}

/// Whether no feed would take the place of the file.
fn is_only_read(config: &Config, file: &FilePath, setting: &str, problems: &Problems) -> bool {
    let is_feed = |other: &&ChannelConfig| other.feed.as_ref().is_some_and(|feed| same_file(&feed.path, &file.path));
    let feed = config.channels.iter().find(is_feed);
    if let Some(other) = feed {
        let what = format!("the setting `{setting}` is the feed of `{}`", other.name.text);
        problems.add(config.problem(file.bytes.clone(), "config/same-file", what, "it would be overwritten"));
    }
    feed.is_none()
}
