//! Bytes that wait until it is known whether they go anywhere: few of them in memory, many in a file without a name
//! beside their target, of which nothing is left whatever becomes of the run.

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use tempfile::{SpooledTempFile, spooled_tempfile_in};

/// So many bytes are handed on at a time.
const AT_ONCE: usize = 512 * 1024;

/// Bytes that wait.
#[derive(Debug)]
pub struct Spool {
    file: SpooledTempFile,
    buffer: Vec<u8>,
}

impl Spool {
    /// Nothing yet; what is more than so many bytes waits on the disk of the target. Its folder is not made for that.
    pub fn beside(target: &Path, in_memory: usize) -> Spool {
        Spool { file: spooled_tempfile_in(in_memory, folder_there(target)), buffer: Vec::new() }
    }

    /// Adds bytes; an error where the disk does not take them.
    pub fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)
    }

    /// Goes back to the first byte: nothing is added from here on.
    pub fn rewind(&mut self) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(0)).map(|_| ())
    }

    /// Hands on the next bytes, in as many parts as it takes.
    pub fn hand_on(&mut self, mut len: u64, mut to: impl FnMut(&[u8])) -> io::Result<()> {
        while len > 0 {
            let part = usize::try_from(len).unwrap_or(AT_ONCE).min(AT_ONCE);
            self.buffer.resize(part.max(self.buffer.len()), 0);
            let Some(part) = self.buffer.get_mut(..part) else { break };
            self.file.read_exact(part)?;
            to(part);
            len -= part.len() as u64;
        }
        Ok(())
    }

    /// Leaves the next bytes out.
    pub fn skip(&mut self, len: u64) -> io::Result<()> {
        let len = i64::try_from(len).map_err(|_| io::ErrorKind::InvalidInput)?;
        self.file.seek(SeekFrom::Current(len)).map(|_| ())
    }
}

/// The folder of a target, or the one that it would be made in.
fn folder_there(target: &Path) -> PathBuf {
    let there = target.ancestors().skip(1).find(|folder| folder.is_dir());
    there.map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_comes_back_in_order_from_memory_and_from_disk() {
        let folder = tempfile::tempdir().unwrap();
        let text: Vec<u8> = (0..3 * AT_ONCE).map(|number| (number % 251) as u8).collect();
        for in_memory in [0, 1000, usize::MAX] {
            let mut spool = Spool::beside(&folder.path().join("out/feed.xml"), in_memory);
            text.chunks(70_001).for_each(|part| spool.put(part).unwrap());
            spool.rewind().unwrap();
            let mut back = Vec::new();
            spool.hand_on(5, |part| back.extend_from_slice(part)).unwrap();
            spool.skip(100).unwrap();
            let rest = text.len() as u64 - 105;
            spool.hand_on(rest, |part| back.extend_from_slice(part)).unwrap();
            assert_eq!(back[..5], text[..5]);
            assert_eq!(back[5..], text[105..]);
            assert!(spool.hand_on(1, |_| {}).is_err(), "there is no more");
            assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing has a name, nor a folder");
        }
    }
}
