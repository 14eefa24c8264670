//! Whose export a file is, by what the descriptions of channels say of their documents and by nothing else.

use crate::channel::Description;
use crate::config::FilePath;

use super::existing::known_columns;

/// The channels whose document a file can be, by number; the one that knows most of its columns first.
pub fn exporters(descriptions: &[Description], file: &FilePath) -> Vec<usize> {
    // what a channel's reader refuses is no document of that channel
    let known = |description| known_columns(description, file).ok().flatten();
    let mut found: Vec<(usize, usize)> = descriptions
        .iter()
        .enumerate()
        .filter_map(|(number, description)| Some((number, known(description)?)))
        .collect();
    found.sort_by_key(|found| std::cmp::Reverse(found.1));
    found.into_iter().map(|found| found.0).collect()
}
