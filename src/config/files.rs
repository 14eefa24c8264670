//! Every file that a config names, with its role: what no report and no feed of
//! another channel may take the place of.

use std::borrow::Cow;
use std::path::Path;

use super::paths::Export;
use super::schema::{ChannelConfig, Config, SettingValue, Uses};

/// A file with its role.
type InRole<'c> = (String, Cow<'c, Path>);

impl Config {
    /// All files, each with its role: `the feed of …`.
    pub fn files(&self) -> Vec<(String, Cow<'_, Path>)> {
        let mut files: Vec<InRole<'_>> = vec![("this config".to_owned(), Cow::Borrowed(self.path.as_path()))];
        files.push(("the master".into(), Cow::Borrowed(self.master.file.path.as_path())));
        if let Some(Uses::File(file)) = &self.master.exported_by {
            files.push(("the description of the master".into(), Cow::Borrowed(file.path.as_path())));
        }
        let categories = self.master.categories.iter();
        files.extend(categories.map(|file| ("the file of categories".into(), Cow::Borrowed(file.path.as_path()))));
        for channel in &self.channels {
            channel.add_files(&mut files);
            channel.add_settings(&self.folder, &mut files);
        }
        files
    }
}

impl ChannelConfig {
    fn add_files<'c>(&'c self, files: &mut Vec<InRole<'c>>) {
        let name = &self.name.text;
        let feed = self.feed.iter().map(|file| (format!("the feed of `{name}`"), file));
        let export = self.export.iter().filter_map(Export::file).map(|file| (format!("the export of `{name}`"), file));
        let lookups =
            self.lookups.iter().map(|(table, file)| (format!("the lookup `{}` of `{name}`", table.text), file));
        let description = match &self.uses {
            Uses::File(file) => Some((format!("the description of `{name}`"), file)),
            Uses::BuiltIn(_) | Uses::Unknown => None,
        };
        let all = feed.chain(export).chain(lookups).chain(description);
        files.extend(all.map(|(role, file)| (role, Cow::Borrowed(file.path.as_path()))));
    }

    /// Which settings name files, only a description says; one that leads to a file is taken for its name.
    fn add_settings<'c>(&'c self, folder: &Path, files: &mut Vec<InRole<'c>>) {
        for given in &self.settings {
            let SettingValue::Text(text) = &given.value else { continue };
            let path = folder.join(text);
            if path.is_file() {
                let role = format!("the setting `{}` of `{}`", given.name.text, self.name.text);
                files.push((role, Cow::Owned(path)));
            }
        }
    }
}
