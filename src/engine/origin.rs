//! Where a document comes from: a file, a pipe, or an address. What comes only once is kept, since it is looked at
//! several times: to see what it is, to read it, and to show the places of what was found.

use std::fs::File;

use super::request::Request;
use crate::config::{Export, FilePath};
use crate::finding::Refusal;
use crate::wire::encoding::{EncodingChoice, Sniff};
use crate::wire::fetch::{Address, fetch};
use crate::wire::input::{Input, Kept};

/// A document that is to be read.
#[derive(Debug, Clone)]
pub enum Origin {
    /// A file.
    File(FilePath),
    /// What stands at an address; it has to come first.
    Address(Address),
    /// What came.
    Kept(Kept),
}

impl From<Export> for Origin {
    fn from(export: Export) -> Origin {
        match export {
            Export::File(file) => Origin::File(file),
            Export::Address(address) => Origin::Address(address),
        }
    }
}

impl Origin {
    /// Its name, as the person gave it.
    pub fn shown(&self) -> &str {
        match self {
            Origin::File(file) => &file.shown,
            Origin::Address(address) => address.shown(),
            Origin::Kept(kept) => kept.shown_as(),
        }
    }

    /// The same, come from where it is: from its server, or to the end of its pipe.
    pub fn come(&self, request: &Request<'_>) -> Result<Origin, Refusal> {
        match self {
            Origin::Address(address) => {
                request.progress.phase(address.shown(), 0);
                let advance = |bytes| request.progress.advance(bytes);
                fetch(address, request.network, request.interrupted, &advance).map(Origin::Kept)
            }
            Origin::File(file) if is_pipe(file) => {
                let refused = |error: std::io::Error| Refusal::whole(&file.shown, error.to_string(), "");
                let mut pipe = File::open(&file.path).map_err(refused)?;
                Kept::of_pipe(&file.shown, &mut pipe).map(Origin::Kept)
            }
            other => Ok(other.clone()),
        }
    }

    /// Opens it; it has to have come.
    pub fn open(&self, sniff: Sniff) -> Result<Input, Refusal> {
        match self {
            Origin::File(file) => Input::open(&file.path, &file.shown, EncodingChoice::Auto, sniff),
            Origin::Kept(kept) => kept.open(EncodingChoice::Auto, sniff),
            Origin::Address(address) => Err(Refusal::whole(address.shown(), "it was not fetched", "")),
        }
    }

    /// Whether it is a file that is not there.
    pub fn is_missing(&self) -> bool {
        matches!(self, Origin::File(file) if !file.path.exists())
    }
}

/// Whether a file gives what it has only once. What a folder or a device is, is told by whoever opens it.
fn is_pipe(file: &FilePath) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        std::fs::metadata(&file.path).is_ok_and(|about| about.file_type().is_fifo())
    }
    #[cfg(not(unix))]
    {
        let _ = file;
        false
    }
}
