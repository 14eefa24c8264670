//! `channels NAME --category WORDS`: the categories of a channel's own list that have some words.

use std::io::{self, Write};
use std::path::Path;

use crate::channel::Description;
use crate::channel::category_list::Entry;
use crate::config::paths::same_file;
use crate::config::{ChannelConfig, Config, SettingValue, Uses};
use crate::model::figures::grouped;
use crate::report::Look;
use crate::report::text::{Column, Ink, Line, Row, Table};

use super::trouble::Trouble;

/// The channel of a config that is called so, or the one that goes by this description. Several of them are one as
/// long as they have one list.
pub(super) fn channel_of<'c>(
    config: &'c Config,
    name: &str,
    path: &Path,
) -> Result<Option<&'c ChannelConfig>, Trouble> {
    let own = || config.channels.iter().filter(|channel| channel.part.is_none());
    if let Some(channel) = own().find(|channel| channel.name.text == name) {
        return Ok(Some(channel));
    }
    let goes_by = |channel: &&ChannelConfig| match &channel.uses {
        Uses::BuiltIn(used) => used == name,
        Uses::File(file) => same_file(&file.path, path),
        Uses::Unknown => false,
    };
    let using: Vec<&ChannelConfig> = own().filter(goes_by).collect();
    let answers = |channel: &ChannelConfig| -> Vec<(String, SettingValue)> {
        channel.settings.iter().map(|given| (given.name.text.clone(), given.value.clone())).collect()
    };
    match using.as_slice() {
        [first, others @ ..] if others.iter().any(|other| answers(other) != answers(first)) => {
            let names: Vec<&str> = using.iter().map(|channel| channel.name.text.as_str()).collect();
            let what = format!("several channels of the config go by `{name}`, with settings of their own");
            Err(Trouble::asked(what, format!("name one of them: {}", names.join(", "))))
        }
        using => Ok(using.first().copied()),
    }
}

/// The categories that have all the words; that there are none is said with what comes near.
pub(super) fn search(channel: &Description, words: &str) -> Result<Vec<Entry>, Trouble> {
    let mut lists = channel.settings.iter().filter_map(|setting| Some((setting, setting.list.as_ref()?)));
    let Some((setting, list)) = lists.next() else {
        let help = "its description has no setting with `list`; codes of its categories come from your own `lookups`";
        return Err(Trouble::asked(format!("`{}` has no list of categories", channel.id), help));
    };
    if list.is_empty() {
        let what = format!("the list of categories of `{}` is a file of yours", channel.id);
        return Err(Trouble::asked(what, format!("search the one that `settings: {{{}: …}}` names", setting.name)));
    }
    let found: Vec<Entry> = list.search(words).into_iter().cloned().collect();
    if found.is_empty() {
        let near = list.nearest(words).map(|near| format!("the nearest is {}", near.shown()));
        let what = format!("no category of `{}` has all of these: {words}", channel.id);
        return Err(Trouble::asked(
            what,
            near.unwrap_or_else(|| "try fewer words, in the language of the list".into()),
        ));
    }
    Ok(found)
}

/// The best of them, and how many there are besides.
pub(super) fn write(found: &[Entry], limit: usize, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let shown = if limit == 0 { found.len() } else { limit.min(found.len()) };
    let mut table = Table::new(look, 0, &[Column::right("id", 0), Column::left("category", 2)]).with_heading();
    for entry in found.iter().take(shown) {
        let id = entry.id.map(|id| id.to_string()).unwrap_or_default();
        table.add(Row::new([id.as_str().into(), entry.path.as_str().into()]));
    }
    table.write(out)?;
    match found.len() - shown {
        0 => Ok(()),
        more => Line::new(look).ink(Ink::Dim, format!("{} more: --limit 0", grouped(more as u64))).end(out),
    }
}
