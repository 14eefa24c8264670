//! `channels NAME --category WORDS`: the categories of a channel's own list that have some words.

use std::io::{self, Write};

use crate::channel::Description;
use crate::channel::category_list::Entry;
use crate::model::figures::grouped;
use crate::report::Look;
use crate::report::text::{Column, Ink, Line, Row, Table};

use super::trouble::Trouble;

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
