//! Finding the config: where one is named, else in this folder or in one above
//! it, but not past the repository's root or into somebody else's folder.

use std::path::{Path, PathBuf};

use crate::finding::Refusal;

/// The config's name.
pub const FILE_NAME: &str = "offersync.yaml";

/// The config that was named (`-c`, else `OFFERSYNC_CONFIG`), or the nearest one from `here` upwards.
pub fn find(named: Option<&Path>, here: &Path) -> Result<PathBuf, Refusal> {
    if let Some(named) = named {
        return Ok(named.to_owned());
    }
    let mut folder = here;
    let mut shown = PathBuf::new();
    loop {
        if folder.join(FILE_NAME).is_file() {
            return Ok(shown.join(FILE_NAME));
        }
        let above = folder.parent().filter(|above| !is_repository(folder) && have_one_owner(here, above));
        let Some(above) = above else { return Err(not_found(here, folder)) };
        shown.push("..");
        folder = above;
    }
}

fn not_found(here: &Path, last: &Path) -> Refusal {
    let places =
        if here == last { "in this folder".into() } else { format!("from this folder up to {}", last.display()) };
    Refusal::whole(
        FILE_NAME,
        format!("there is none {places}"),
        "propose one with `offersync init MASTER`, or name it: -c FILE",
    )
}

/// A repository's root: a folder `.git`, or the file that a worktree has in its place.
fn is_repository(folder: &Path) -> bool {
    folder.join(".git").exists()
}

#[cfg(unix)]
fn have_one_owner(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let owner = |path: &Path| path.metadata().map(|about| about.uid()).ok();
    owner(one).is_some() && owner(one) == owner(other)
}

#[cfg(not(unix))]
fn have_one_owner(_: &Path, _: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder_with(paths: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for path in paths {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        folder
    }

    #[test]
    fn the_nearest_one_is_found_and_named_from_here() {
        let folder = folder_with(&["offersync.yaml", "a/b/x"]);
        assert_eq!(find(None, folder.path()).unwrap(), Path::new("offersync.yaml"));
        assert_eq!(find(None, &folder.path().join("a/b")).unwrap(), Path::new("../../offersync.yaml"));
    }

    #[test]
    fn nothing_is_sought_past_the_repository() {
        let folder = folder_with(&["offersync.yaml", "repo/.git/HEAD", "repo/a/x"]);
        let refusal = find(None, &folder.path().join("repo/a")).unwrap_err();
        assert!(refusal.what.ends_with("repo"), "{}", refusal.what);
    }

    #[test]
    fn the_one_that_was_named_is_taken_as_it_is() {
        assert_eq!(find(Some(Path::new("x.yaml")), Path::new("/")).unwrap(), Path::new("x.yaml"));
    }
}
