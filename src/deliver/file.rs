//! A feed as a file: written beside its target, made durable, and renamed into place.
//! Whoever reads the target sees the old feed or the new one, never half of one; on any
//! failure the old feed stays and nothing else is left behind.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;
use tempfile::NamedTempFile;

use super::parts;

/// How many bytes are collected before they are written.
const BUFFER: usize = 512 * 1024;

/// A feed that is being written beside its target.
#[derive(Debug)]
pub struct Draft {
    target: PathBuf,
    to: Compressor,
}

#[derive(Debug)]
enum Compressor {
    Plain(BufWriter<NamedTempFile>),
    Gzip(Box<GzEncoder<BufWriter<NamedTempFile>>>),
}

/// A feed that is complete and closed, but not in place yet.
#[derive(Debug)]
pub struct Finished {
    target: PathBuf,
    file: NamedTempFile,
}

impl Draft {
    /// Begins a feed beside its target; `.gz` is compressed. Refuses a target that is not a regular file.
    pub fn begin(target: &Path) -> Result<Draft> {
        let target = resolved(target)?;
        let folder = folder_of(&target);
        parts::remove_stale(folder);
        let file = tempfile::Builder::new()
            .prefix(parts::PREFIX)
            .suffix(parts::SUFFIX)
            .tempfile_in(folder)
            .with_context(|| format!("cannot write in the folder {}", folder.display()))?;
        parts::hold(file.as_file());
        let buffered = BufWriter::with_capacity(BUFFER, file);
        let gzip = target.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("gz"));
        let to = match gzip {
            true => Compressor::Gzip(Box::new(GzEncoder::new(buffered, Compression::fast()))),
            false => Compressor::Plain(buffered),
        };
        Ok(Draft { target, to })
    }

    /// Ends the feed: everything is on its way to the disk, and the file can be read back.
    pub fn finish(self) -> Result<Finished> {
        let buffered = match self.to {
            Compressor::Plain(buffered) => buffered,
            Compressor::Gzip(gzip) => gzip.finish().context("cannot finish the compressed feed")?,
        };
        let file = buffered.into_inner().map_err(io::IntoInnerError::into_error).context("cannot write the feed")?;
        Ok(Finished { target: self.target, file })
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.to {
            Compressor::Plain(to) => to.write(bytes),
            Compressor::Gzip(to) => to.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.to {
            Compressor::Plain(to) => to.flush(),
            Compressor::Gzip(to) => to.flush(),
        }
    }
}

impl Finished {
    /// Where it can be read before it is in place.
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// How long it is, as it lies on the disk.
    pub fn bytes(&self) -> Result<u64> {
        Ok(self.file.as_file().metadata().context("cannot look at the new feed")?.len())
    }

    /// Puts it in the place of the old one: file to the disk, then the rename.
    pub fn put_in_place(self) -> Result<Placed> {
        let target = self.target.as_path();
        let shown = target.display();
        keep_permissions(target, self.file.as_file())?;
        self.file.as_file().sync_all().with_context(|| format!("cannot make the new feed for {shown} durable"))?;
        // the target may have become something else while the feed was made
        refuse_odd(target)?;
        let placed = self.file.persist(target).map_err(|error| error.error);
        placed.with_context(|| format!("cannot put the new file in the place of {shown}"))?;
        Ok(Placed { target: self.target })
    }
}

impl Finished {
    /// Puts it where nothing stands yet, and only there: something that appeared meanwhile stays. The file to the
    /// disk, then the rename.
    pub fn put_where_nothing_is(self) -> Result<Placed> {
        let target = self.target.as_path();
        keep_permissions(target, self.file.as_file())?;
        self.file.as_file().sync_all().with_context(|| format!("cannot make {} durable", target.display()))?;
        match self.file.persist_noclobber(target) {
            Ok(_) => Ok(Placed { target: self.target }),
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {
                bail!("{} is there by now: it is never overwritten", target.display())
            }
            Err(error) => Err(error.error).with_context(|| format!("cannot write {}", target.display())),
        }
    }
}

/// A feed that is in place; the folder that says so is not on the disk yet.
#[derive(Debug)]
#[must_use = "what is in place must be made to last"]
pub struct Placed {
    target: PathBuf,
}

impl Placed {
    /// The folder to the disk, so that the feed is still in place after a power cut.
    pub fn make_last(self) -> Result<()> {
        let folder = folder_of(&self.target);
        let durable = File::open(folder).and_then(|folder| folder.sync_all());
        durable.with_context(|| format!("the new feed is in place, but {} cannot be synced", folder.display()))
    }
}

/// The target with the links of its folder followed, so that the draft lies on the same disk.
fn resolved(target: &Path) -> Result<PathBuf> {
    refuse_odd(target)?;
    let folder = folder_of(target);
    // one level is made, as `out/` in a fresh clone; more would turn a slip in a path into a tree of folders
    let made = fs::create_dir(folder);
    let there = made.is_ok() || made.is_err_and(|error| error.kind() == io::ErrorKind::AlreadyExists);
    let folder = match there {
        true => fs::canonicalize(folder).with_context(|| format!("cannot use the folder {}", folder.display()))?,
        false => bail!("there is no folder {}, nor one to make it in", folder.display()),
    };
    let Some(name) = target.file_name() else { bail!("{} is no name of a file", target.display()) };
    Ok(folder.join(name))
}

/// Never over anything but a regular file: not over a folder, a device, a pipe or a link.
fn refuse_odd(target: &Path) -> Result<()> {
    let shown = target.display();
    if let Err(what) = replaceable(target) {
        bail!("{shown} is {what}: only a regular file is ever replaced");
    }
    match fs::symlink_metadata(target) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot look at {shown}"))
        }
        _ => Ok(()),
    }
}

/// Whether a feed may be written there: over a regular file, or where nothing is yet. Else what stands there.
/// Nothing is opened to find out.
pub fn replaceable(target: &Path) -> Result<(), String> {
    match fs::symlink_metadata(target) {
        Ok(found) if !found.is_file() => Err(kind_in_words(found.file_type()).to_owned()),
        // what cannot be looked at is told by whoever writes there
        _ => Ok(()),
    }
}

#[cfg(unix)]
fn kind_in_words(kind: fs::FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    match kind {
        kind if kind.is_fifo() => "a pipe",
        kind if kind.is_socket() => "a socket",
        kind if kind.is_block_device() || kind.is_char_device() => "a device",
        kind => plain_kind(kind),
    }
}

#[cfg(not(unix))]
fn kind_in_words(kind: fs::FileType) -> &'static str {
    plain_kind(kind)
}

fn plain_kind(kind: fs::FileType) -> &'static str {
    if kind.is_dir() {
        "a folder"
    } else if kind.is_symlink() {
        "a link"
    } else {
        "no regular file"
    }
}

fn folder_of(target: &Path) -> &Path {
    match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// The new feed can be read by whoever could read the old one; a first one by everybody, as files are.
fn keep_permissions(target: &Path, file: &File) -> Result<()> {
    let permissions = match fs::metadata(target) {
        Ok(old) => {
            keep_owner(&old, file)?;
            old.permissions()
        }
        Err(_) => default_permissions(file)?,
    };
    file.set_permissions(permissions).with_context(|| format!("cannot give {} its permissions", target.display()))
}

/// The new feed belongs to whom the old one belonged, where that can be: only root can give files away, others may
/// at least keep the group.
#[cfg(unix)]
fn keep_owner(old: &fs::Metadata, file: &File) -> Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let new = file.metadata().context("cannot look at the new feed")?;
    if (new.uid(), new.gid()) != (old.uid(), old.gid()) {
        // a feed of another owner is better than none
        let _ = fchown(file, Some(old.uid()), Some(old.gid())).or_else(|_| fchown(file, None, Some(old.gid())));
    }
    Ok(())
}

#[cfg(not(unix))]
fn keep_owner(_: &fs::Metadata, _: &File) -> Result<()> {
    Ok(())
}

#[cfg(unix)]
fn default_permissions(_: &File) -> Result<fs::Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Ok(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn default_permissions(file: &File) -> Result<fs::Permissions> {
    Ok(file.metadata().context("cannot look at the new feed")?.permissions())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn the_old_feed_stays_until_the_new_one_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("feed.xml");
        fs::write(&target, "old").unwrap();
        let mut draft = Draft::begin(&target).unwrap();
        draft.write_all(b"new").unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"old");
        let finished = draft.finish().unwrap();
        assert_eq!(fs::read(finished.path()).unwrap(), b"new");
        assert_eq!(fs::read(&target).unwrap(), b"old");
        finished.put_in_place().unwrap().make_last().unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"new");
        assert_eq!(names(folder.path()), ["feed.xml"]);
    }

    #[test]
    fn a_draft_that_is_given_up_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("feed.xml");
        fs::write(&target, "old").unwrap();
        let mut draft = Draft::begin(&target).unwrap();
        draft.write_all(b"half").unwrap();
        drop(draft);
        assert_eq!(fs::read(&target).unwrap(), b"old");
        assert_eq!(names(folder.path()), ["feed.xml"]);
    }

    #[test]
    fn gz_is_compressed() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("feed.xml.gz");
        let mut draft = Draft::begin(&target).unwrap();
        draft.write_all(b"new").unwrap();
        draft.finish().unwrap().put_in_place().unwrap().make_last().unwrap();
        let mut text = String::new();
        io::Read::read_to_string(&mut flate2::read::GzDecoder::new(File::open(&target).unwrap()), &mut text).unwrap();
        assert_eq!(text, "new");
    }

    #[cfg(unix)]
    #[test]
    fn the_new_feed_keeps_mode_and_owner() {
        use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("feed.xml");
        fs::write(&target, "old").unwrap();
        // only root can give a file away
        let _ = chown(&target, Some(12_345), Some(12_345));
        fs::set_permissions(&target, fs::Permissions::from_mode(0o640)).unwrap();
        let old = fs::metadata(&target).unwrap();
        Draft::begin(&target).unwrap().finish().unwrap().put_in_place().unwrap().make_last().unwrap();
        let new = fs::metadata(&target).unwrap();
        assert_eq!((new.uid(), new.gid(), new.mode()), (old.uid(), old.gid(), old.mode()));
        assert_eq!(new.len(), 0);
    }

    #[cfg(unix)]
    #[test]
    fn only_a_regular_file_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let real = folder.path().join("real.xml");
        let link = folder.path().join("link.xml");
        fs::write(&real, "old").unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        assert!(Draft::begin(&link).unwrap_err().to_string().contains("a link"));
        assert!(Draft::begin(folder.path()).unwrap_err().to_string().contains("a folder"));
        assert!(
            Draft::begin(&folder.path().join("no/no/feed.xml")).unwrap_err().to_string().contains("there is no folder")
        );
        assert!(Draft::begin(&folder.path().join("new/feed.xml")).is_ok(), "one level is made");
        assert_eq!(fs::read(&real).unwrap(), b"old");
    }
}
