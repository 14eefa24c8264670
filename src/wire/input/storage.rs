//! Where the bytes lie: a file, or memory. Both are read by place, so that two
//! readers of one input never disturb each other.

use std::fs::File;
use std::io::{self, Read};

/// Bytes that can be read by place.
#[derive(Debug)]
pub(super) enum Storage {
    /// A file of the person's, or an anonymous temporary one.
    File(File),
    /// Bytes that somebody already had.
    Memory(Vec<u8>),
}

impl Storage {
    /// How many there are now.
    pub(super) fn size(&self) -> io::Result<u64> {
        match self {
            Storage::File(file) => Ok(file.metadata()?.len()),
            Storage::Memory(bytes) => Ok(bytes.len() as u64),
        }
    }

    /// Reads some bytes from this place on; 0 behind the end.
    pub(super) fn read_at(&self, offset: u64, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Storage::File(file) => loop {
                match read_file_at(file, offset, into) {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    other => return other,
                }
            },
            Storage::Memory(bytes) => {
                let from = usize::try_from(offset).unwrap_or(usize::MAX).min(bytes.len());
                bytes.get(from..).unwrap_or_default().read(into)
            }
        }
    }

    /// Reads up to so many bytes from the front.
    pub(super) fn head(&self, most: usize) -> io::Result<Vec<u8>> {
        let size = usize::try_from(self.size()?).unwrap_or(usize::MAX);
        let mut head = vec![0; size.min(most)];
        let mut filled = 0;
        while let Some(rest) = head.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match self.read_at(filled as u64, rest)? {
                0 => break,
                read => filled += read,
            }
        }
        head.truncate(filled);
        Ok(head)
    }

    /// A reader that goes through the bytes from this place on.
    pub(super) fn sequential(&self, from: u64) -> Sequential<'_> {
        Sequential { storage: self, at: from }
    }
}

/// Goes through a storage from front to end.
#[derive(Debug)]
pub(super) struct Sequential<'s> {
    storage: &'s Storage,
    /// How far it is.
    pub(super) at: u64,
}

impl Read for Sequential<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.storage.read_at(self.at, into)?;
        self.at += read as u64;
        Ok(read)
    }
}

#[cfg(unix)]
fn read_file_at(file: &File, offset: u64, into: &mut [u8]) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, into, offset)
}

#[cfg(windows)]
fn read_file_at(file: &File, offset: u64, into: &mut [u8]) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, into, offset)
}
