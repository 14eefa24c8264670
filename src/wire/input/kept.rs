//! What came through a pipe or from an address: it comes once, so all of it is kept in an anonymous temporary file, and
//! opened as often as somebody has to look at it.

use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;
use std::time::SystemTime;

use super::storage::Storage;
use super::{EncodingChoice, Input, Sniff, open, spool};
use crate::finding::Refusal;

/// The bytes of a document that was not a file.
#[derive(Debug, Clone)]
pub struct Kept {
    shown_as: String,
    file: Arc<File>,
    modified: Option<SystemTime>,
}

impl Kept {
    pub(super) fn new(shown_as: &str, file: File) -> Kept {
        Kept { shown_as: shown_as.to_owned(), file: Arc::new(file), modified: None }
    }

    /// A pipe, read to its end.
    pub fn of_pipe(shown_as: &str, reader: &mut dyn Read) -> Result<Kept, Refusal> {
        let mut kept = spool::Spool::begin(shown_as)?;
        let mut piece = vec![0; 64 * 1024];
        loop {
            match reader.read(&mut piece) {
                Ok(0) => return kept.kept(),
                Ok(read) => kept.add_bytes(piece.get(..read).unwrap_or_default())?,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(open::failed(shown_as, &error)),
            }
        }
    }

    /// The same, last written at that time.
    #[must_use]
    pub fn of(self, modified: Option<SystemTime>) -> Kept {
        Kept { modified, ..self }
    }

    /// Its name, as the person gave it.
    pub fn shown_as(&self) -> &str {
        &self.shown_as
    }

    /// The same without the gzip around it.
    pub fn unpacked(self) -> Result<Kept, Refusal> {
        let Kept { shown_as, file, modified } = self;
        let packed = file.try_clone().map_err(|error| open::failed(&shown_as, &error))?;
        match spool::unpacked(&shown_as, &Storage::File(packed))? {
            Storage::File(file) => Ok(Kept { modified, ..Kept::new(&shown_as, file) }),
            Storage::Memory(_) => Err(Refusal::whole(&shown_as, "it could not be unpacked", "")),
        }
    }

    /// Opens it. Packed ones and other encodings are decoded as those of a file are.
    pub fn open(&self, choice: EncodingChoice, sniff: Sniff) -> Result<Input, Refusal> {
        let refused = |error: io::Error| open::failed(&self.shown_as, &error);
        let file = self.file.try_clone().map_err(refused)?;
        let mut input = Input::of(&self.shown_as, Storage::File(file), sniff).map_err(refused)?;
        input.file_bytes = input.length;
        input.said = self.modified;
        input.prepared(choice)
    }
}
