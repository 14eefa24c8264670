//! Every file that a config names, with its role: what no report and no feed of
//! another channel may take the place of.

use std::path::Path;

use super::schema::{ChannelConfig, Config, Uses};

impl Config {
    /// All files, each with its role: `the feed of …`.
    pub fn files(&self) -> Vec<(String, &Path)> {
        let mut files = vec![("this config".to_owned(), self.path.as_path())];
        files.push(("the master".into(), &self.master.file.path));
        files.extend(self.master.categories.iter().map(|file| ("the file of categories".into(), file.path.as_path())));
        self.channels.iter().for_each(|channel| channel.add_files(&mut files));
        files
    }
}

impl ChannelConfig {
    fn add_files<'c>(&'c self, files: &mut Vec<(String, &'c Path)>) {
        let name = &self.name.text;
        files.extend(self.feed.iter().map(|file| (format!("the feed of `{name}`"), file.path.as_path())));
        files.extend(self.export.iter().map(|file| (format!("the export of `{name}`"), file.path.as_path())));
        files.extend(
            self.lookups
                .iter()
                .map(|(table, file)| (format!("the lookup `{}` of `{name}`", table.text), file.path.as_path())),
        );
        if let Uses::File(file) = &self.uses {
            files.push((format!("the description of `{name}`"), &file.path));
        }
    }
}
