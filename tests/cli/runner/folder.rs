//! The folder that a case runs in: laid out fresh, and looked at before and after.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::case::{Case, FileSection};
use super::escape::{Piece, pieces};

/// When all files of a case were last changed: 2026-11-20T06:00:00Z.
const MODIFIED: u64 = 1_795_154_400;

/// A folder of its own.
pub struct Folder {
    inner: tempfile::TempDir,
}

/// What is in a folder: files with bytes and time of change; folders with neither.
pub type Seen = BTreeMap<String, Option<(Vec<u8>, SystemTime)>>;

impl Folder {
    /// Puts everything there that the case begins with.
    pub fn lay_out(case: &Case, shared: &Path) -> Result<Folder, String> {
        let inner = tempfile::tempdir().map_err(|error| error.to_string())?;
        let folder = Folder { inner };
        for name in &case.shared {
            folder.copy(&shared.join(name), &shared.join(name))?;
        }
        for name in &case.without {
            fs::remove_file(folder.path().join(name)).map_err(|error| format!("--- without: {name}: {error}"))?;
        }
        for file in &case.files {
            folder.write(&file.name, &file_bytes(file).map_err(|why| format!("{}: {why}", file.name))?)?;
        }
        Ok(folder)
    }

    pub fn path(&self) -> &Path {
        self.inner.path()
    }

    fn copy(&self, root: &Path, from: &Path) -> Result<(), String> {
        let entries = fs::read_dir(from).map_err(|error| format!("shared {}: {error}", from.display()))?;
        for entry in entries.flatten() {
            let path = entry.path();
            if path.is_dir() {
                self.copy(root, &path)?;
            } else {
                let name = path.strip_prefix(root).map_err(|error| error.to_string())?;
                self.write(&name.to_string_lossy(), &fs::read(&path).map_err(|error| error.to_string())?)?;
            }
        }
        Ok(())
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), String> {
        let path: PathBuf = self.path().join(name);
        let write = || {
            fs::create_dir_all(path.parent().unwrap_or(&path))?;
            let mut file = File::create(&path)?;
            file.write_all(bytes)?;
            file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(MODIFIED))
        };
        write().map_err(|error| format!("{name}: {error}"))
    }

    /// Everything that is there now.
    pub fn look(&self) -> Seen {
        let mut seen = Seen::new();
        look_into(self.path(), self.path(), &mut seen);
        seen
    }
}

fn look_into(root: &Path, folder: &Path, seen: &mut Seen) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        if path.is_dir() && !path.is_symlink() {
            seen.insert(format!("{name}/"), None);
            look_into(root, &path, seen);
        } else {
            let modified = entry.metadata().and_then(|metadata| metadata.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
            seen.insert(name, Some((fs::read(&path).unwrap_or_default(), modified)));
        }
    }
}

/// The bytes of a file as its attributes ask for them.
pub fn file_bytes(file: &FileSection) -> Result<Vec<u8>, String> {
    let label = file.value("encoding").unwrap_or("utf-8");
    let mut bytes = Vec::new();
    if file.has("bom") {
        encode("\u{feff}", label, &mut bytes)?;
    }
    for piece in pieces(file.content())? {
        match piece {
            Piece::Byte(byte) => bytes.push(byte),
            Piece::Text(text) if file.has("crlf") => encode(&text.replace('\n', "\r\n"), label, &mut bytes)?,
            Piece::Text(text) if file.has("cr") => encode(&text.replace('\n', "\r"), label, &mut bytes)?,
            Piece::Text(text) => encode(&text, label, &mut bytes)?,
        }
    }
    if file.has("gz") {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        bytes = packer.write_all(&bytes).and_then(|()| packer.finish()).map_err(|error| error.to_string())?;
    }
    if let Some(cut) = file.value("cut") {
        let cut: usize = cut.parse().map_err(|_| format!("cut={cut} is no number of bytes"))?;
        bytes.truncate(bytes.len().saturating_sub(cut));
    }
    if let Some(keep) = file.value("keep") {
        let keep: usize = keep.parse().map_err(|_| format!("keep={keep} is no number of bytes"))?;
        bytes.truncate(keep);
    }
    Ok(bytes)
}

fn encode(text: &str, label: &str, bytes: &mut Vec<u8>) -> Result<(), String> {
    match label {
        "utf-8" => bytes.extend(text.bytes()),
        "utf-16le" => text.encode_utf16().for_each(|unit| bytes.extend(unit.to_le_bytes())),
        "utf-16be" => text.encode_utf16().for_each(|unit| bytes.extend(unit.to_be_bytes())),
        _ => {
            let encoding = encoding_rs::Encoding::for_label(label.as_bytes());
            let encoding = encoding.ok_or_else(|| format!("no encoding is called {label}"))?;
            let (encoded, _, lossy) = encoding.encode(text);
            if lossy {
                return Err(format!("{label} has not every letter of the text"));
            }
            bytes.extend(encoded.iter());
        }
    }
    Ok(())
}
