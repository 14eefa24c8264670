//! What a run that was killed has left beside its target: files under a name of ours that no run holds any more.

use std::fs::{self, File};
use std::path::Path;
use std::time::Duration;

/// How the name of a file begins that is being written.
pub const PREFIX: &str = ".offersync-";
/// How it ends.
pub const SUFFIX: &str = ".part";

/// A file that nobody holds may have been made a moment ago, and will be held in the next.
const A_MOMENT: Duration = Duration::from_secs(60);
/// Where files cannot be held, nobody writes to one for so long.
const A_DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Shows other runs that a file is being written, until it is closed. Not every file system can.
pub fn hold(file: &File) {
    // on other systems nobody could read a file that is held
    if cfg!(unix) {
        let _ = file.try_lock();
    }
}

/// Removes what killed runs have left in a folder. What cannot be removed stays: it harms nobody.
pub fn remove_stale(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let is_ours = name.to_str().is_some_and(|name| name.starts_with(PREFIX) && name.ends_with(SUFFIX));
        if is_ours && is_stale(&entry) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Whether a file is left over; a link or a folder of that name is none of ours.
fn is_stale(entry: &fs::DirEntry) -> bool {
    let Ok(seen) = entry.metadata() else { return false };
    let age = seen.modified().ok().and_then(|modified| modified.elapsed().ok()).unwrap_or_default();
    if !seen.is_file() || age < A_MOMENT {
        return false;
    }
    let Ok(file) = File::open(entry.path()) else { return false };
    if !cfg!(unix) {
        return age >= A_DAY;
    }
    match file.try_lock() {
        Ok(()) => true,
        Err(fs::TryLockError::WouldBlock) => false,
        Err(fs::TryLockError::Error(_)) => age >= A_DAY,
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;

    #[test]
    fn only_what_nobody_holds_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let made = |name: &str, age: Duration| {
            let file = File::create(folder.path().join(name)).unwrap();
            file.set_modified(SystemTime::now() - age).unwrap();
            file
        };
        let hours = Duration::from_secs(2 * A_DAY.as_secs());
        drop(made(".offersync-left.part", hours));
        drop(made(".offersync-new.part", Duration::ZERO));
        drop(made(".offersync-other.xml", hours));
        drop(made("feed.part", hours));
        let held = made(".offersync-held.part", Duration::from_secs(3600));
        hold(&held);
        fs::create_dir(folder.path().join(".offersync-folder.part")).unwrap();
        remove_stale(folder.path());
        let names = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        assert_eq!(
            names,
            [
                ".offersync-folder.part",
                ".offersync-held.part",
                ".offersync-new.part",
                ".offersync-other.xml",
                "feed.part"
            ]
        );
    }
}
