//! Paths of the config: relative to its folder, shown as they are written, and
//! never one file in two roles that cannot go together.

use std::ops::Range;
use std::path::{Component, Path, PathBuf};

use crate::wire::fetch::{Address, is_address};
use crate::wire::yaml::{Node, nearest};

use super::load::Reading;
use super::secret::{self, is_reference, password_in_url};

/// A file that the config names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilePath {
    /// As it is written there.
    pub shown: String,
    /// Where it is.
    pub path: PathBuf,
    /// Where it stands in the config.
    pub bytes: Range<usize>,
}

/// What shows what a channel has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Export {
    /// A file.
    File(FilePath),
    /// A document at an address.
    Address(Address),
}

impl Export {
    /// The file, where it is one.
    pub fn file(&self) -> Option<&FilePath> {
        match self {
            Export::File(file) => Some(file),
            Export::Address(_) => None,
        }
    }
}

/// The node as the path of a file, or as an address.
pub(super) fn file_or_address(node: &Node, what: &str, reading: &Reading<'_>) -> Option<Export> {
    let shown = node.text(what, reading.problems)?;
    if shown.starts_with("env:") && is_reference(shown) {
        return named_address(node, shown, reading);
    }
    if !is_address(shown) {
        return file(node, what, reading).map(Export::File);
    }
    match Address::read(shown) {
        Ok(address) => Some(Export::Address(address)),
        Err(wrong) => {
            // a password in it is told where secrets are looked for
            if password_in_url(shown).is_none() {
                reading.problem(node.problem("config/value", format!("{what}: {}", wrong.what), wrong.help));
            }
            None
        }
    }
}

/// An address that only the environment knows; messages call it as the config does.
fn named_address(node: &Node, name: &str, reading: &Reading<'_>) -> Option<Export> {
    let secret = secret::resolve(name, node, reading)?;
    match Address::called(secret.reveal(), name) {
        Ok(address) => Some(Export::Address(address)),
        Err(wrong) => {
            reading.problem(node.problem("config/value", format!("what `{name}` holds: {}", wrong.what), wrong.help));
            None
        }
    }
}

/// The node as the path of a file; `what` names it in messages (`the feed`).
pub(super) fn file(node: &Node, what: &str, reading: &Reading<'_>) -> Option<FilePath> {
    let shown = node.text(what, reading.problems)?;
    let wrong = |label: &str| {
        let message = format!("{what} must be the path of a file");
        reading.problem(node.problem("config/path", message, label));
        None
    };
    if is_address(shown) {
        reading.problem(node.problem(
            "config/not-yet",
            format!("{what} cannot be an address yet: only an export is read from the network today"),
            "name a file",
        ));
        return None;
    }
    match shown {
        "" => return wrong("a path is expected here"),
        path if path.starts_with("~/") => return wrong("`~` is not your home here: write the whole path"),
        path if path.ends_with('/') => return wrong("this is a folder"),
        path if path.contains(char::is_control) => {
            return wrong("in double quotes `\\` begins a sign like a line break: write the path with /");
        }
        _ => {}
    }
    Some(FilePath { shown: shown.to_owned(), path: reading.folder.join(shown), bytes: node.bytes.clone() })
}

/// What was probably meant by the path of a file that is not there, in the words of whoever wrote it.
pub fn near(path: &Path, shown: &str) -> Option<String> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let (written, name) = shown.rsplit_once('/').map_or(("", shown), |(written, name)| (written, name));
    let Ok(entries) = folder.read_dir() else {
        return (!folder.exists()).then(|| format!("there is no folder `{written}` either"));
    };
    let mut names: Vec<String> =
        entries.take(MOST_ENTRIES).filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    names.sort_unstable();
    let near = nearest(name, names.iter().map(String::as_str))?;
    let between = if written.is_empty() { "" } else { "/" };
    Some(format!("did you mean `{written}{between}{near}`?"))
}

/// So many entries of a folder are looked through for what was meant.
const MOST_ENTRIES: usize = 10_000;

/// Whether two paths lead to one file: by their spelling, or by where they really lead.
pub fn same_file(one: &Path, other: &Path) -> bool {
    let same_place = || Some(real(one)? == real(other)?);
    plain(one) == plain(other) || same_place().unwrap_or(false)
}

/// A path without `.` and without `..` where they can be taken away.
pub fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if matches!(plain.components().next_back(), Some(Component::Normal(_))) => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

/// Where a path really leads; for a file that is not there yet, by its folder.
fn real(path: &Path) -> Option<PathBuf> {
    if let Ok(real) = path.canonicalize() {
        return Some(real);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Some(folder.canonicalize().ok()?.join(path.file_name()?))
}

/// Why a file could not be opened, in words of our own and without numbers.
pub(crate) fn in_words(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".into(),
        std::io::ErrorKind::PermissionDenied => "you have no right to read it".into(),
        std::io::ErrorKind::IsADirectory => "it is a folder".into(),
        std::io::ErrorKind::NotADirectory => "a part of its path is no folder".into(),
        std::io::ErrorKind::InvalidData => "it is not UTF-8".into(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_file_in_two_spellings() {
        assert!(same_file(Path::new("out/./a.xml"), Path::new("out/b/../a.xml")));
        assert!(!same_file(Path::new("out/a.xml"), Path::new("out/b.xml")));
        assert!(!same_file(Path::new("../a.xml"), Path::new("a.xml")));
    }

    #[cfg(unix)]
    #[test]
    fn one_file_behind_a_link() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("real")).unwrap();
        std::os::unix::fs::symlink(folder.path().join("real"), folder.path().join("link")).unwrap();
        assert!(same_file(&folder.path().join("real/new.xml"), &folder.path().join("link/new.xml")));
    }
}
