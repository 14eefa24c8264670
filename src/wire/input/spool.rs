//! Pipes, packed files and other encodings are written once, as UTF-8, into an
//! anonymous temporary file: so all that comes after knows one kind of text, with places.

use std::io::{self, BufReader, Read, Write};

use encoding_rs::DecoderResult;
use flate2::bufread::MultiGzDecoder;

use super::storage::Storage;
use super::{Input, Kept, Sniff};
use crate::finding::Refusal;

/// Read and written at once.
const PIECE: usize = 256 * 1024;
/// The most that a packed file may unpack to.
const MOST_UNPACKED: u64 = 64 << 30;
/// Unpacked bytes per packed one, once there are more than [`FREE_OF_RATIO`].
const MOST_RATIO: u64 = 200;
/// Below this nothing is said about the ratio: small files of blanks pack well.
const FREE_OF_RATIO: u64 = 64 << 20;

/// Copies a pipe to its end.
pub(super) fn copied(shown_as: &str, reader: &mut dyn Read) -> Result<Storage, Refusal> {
    let mut copy = Copy::begin(shown_as)?;
    let mut piece = vec![0; PIECE];
    loop {
        match reader.read(&mut piece) {
            Ok(0) => return Ok(copy.done()),
            Ok(read) => copy.add(piece.get(..read).unwrap_or_default())?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(super::open::failed(shown_as, &error)),
        }
    }
}

/// Unpacks gzip, all members of it, within the limits.
pub(super) fn unpacked(shown_as: &str, packed: &Storage) -> Result<Storage, Refusal> {
    let mut decoder = MultiGzDecoder::new(BufReader::with_capacity(PIECE, packed.sequential(0)));
    let mut copy = Copy::begin(shown_as)?;
    let mut piece = vec![0; PIECE];
    loop {
        match decoder.read(&mut piece) {
            Ok(0) => return Ok(copy.done()),
            Ok(read) => copy.add(piece.get(..read).unwrap_or_default())?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(damaged(shown_as, &error)),
        }
        within_limits(shown_as, decoder.get_ref().get_ref().at, copy.written)?;
    }
}

fn damaged(shown_as: &str, error: &io::Error) -> Refusal {
    let (what, help) = match error.kind() {
        io::ErrorKind::UnexpectedEof => {
            ("the gzip archive is cut".into(), "fetch it again, or let the program that writes it finish")
        }
        _ => (format!("the gzip archive is damaged: {error}"), "fetch it again, or make it again"),
    };
    Refusal::whole(shown_as, what, help)
}

fn within_limits(shown_as: &str, packed: u64, unpacked: u64) -> Result<(), Refusal> {
    let what = if unpacked > MOST_UNPACKED {
        format!("the gzip archive unpacks to more than {} GiB", MOST_UNPACKED >> 30)
    } else if unpacked > FREE_OF_RATIO && unpacked / packed.max(1) > MOST_RATIO {
        format!("the gzip archive unpacks to more than {MOST_RATIO} times its size")
    } else {
        return Ok(());
    };
    let help = "no feed packs so well: make sure that it is one, and if it is, give it unpacked";
    Err(Refusal::whole(shown_as, what, help))
}

/// Decodes the input's bytes; a sequence that its encoding does not know is a refusal, never a replacement.
pub(super) fn decoded(input: &Input) -> Result<Storage, Refusal> {
    let mut reader = input.text.sequential(input.start);
    let mut decoder = input.encoding.new_decoder_without_bom_handling();
    let mut copy = Copy::begin(&input.shown_as)?;
    let mut piece = vec![0; PIECE];
    let mut text = vec![0; 3 * PIECE + 16];
    loop {
        let left = input.length.saturating_sub(reader.at);
        let wanted = usize::try_from(left).unwrap_or(usize::MAX).min(PIECE);
        let read = reader
            .read(piece.get_mut(..wanted).unwrap_or_default())
            .map_err(|error| super::open::failed(&input.shown_as, &error))?;
        if read == 0 && wanted > 0 {
            return Err(input.became_shorter());
        }
        let mut rest = piece.get(..read).unwrap_or_default();
        let last = read == wanted && left == read as u64;
        loop {
            let (result, taken, written) = decoder.decode_to_utf8_without_replacement(rest, &mut text, last);
            copy.add(text.get(..written).unwrap_or_default())?;
            let (before, after) = rest.split_at(taken);
            match result {
                DecoderResult::InputEmpty => break,
                DecoderResult::OutputFull => rest = after,
                DecoderResult::Malformed(length, beyond) => {
                    let end = before.len().saturating_sub(usize::from(beyond));
                    let bytes = before.get(end.saturating_sub(usize::from(length))..end).unwrap_or_default();
                    return Err(malformed(input, copy, bytes));
                }
            }
        }
        if last {
            return Ok(copy.done());
        }
    }
}

/// Names the place by what was decoded up to there.
fn malformed(input: &Input, copy: Copy<'_>, bytes: &[u8]) -> Refusal {
    let shown: Vec<String> = bytes.iter().map(|byte| format!("0x{byte:02X}")).collect();
    let name = input.encoding.name();
    let what = match shown.as_slice() {
        [] => format!("the text is cut in the middle of a character of {name}"),
        [one] => format!("the byte {one} is no character of {name}"),
        several => format!("the bytes {} are no character of {name}", several.join(" ")),
    };
    let help = if input.guess.is_some() {
        "save it as UTF-8, or name its encoding with `encoding`"
    } else {
        "it is damaged, or its encoding is another one: save it as UTF-8"
    };
    let at = copy.written;
    match Input::of(&input.shown_as, copy.done(), Sniff::Text) {
        Ok(so_far) => so_far.refusal_at(at, what, help),
        Err(_) => Refusal::whole(&input.shown_as, what, help),
    }
}

/// A text that is made of an input, on its way into an anonymous temporary file.
#[derive(Debug)]
pub struct Spool<'s> {
    copy: Copy<'s>,
    piece: Vec<u8>,
}

impl<'s> Spool<'s> {
    /// An empty text; `shown_as` names what it is made of.
    pub fn begin(shown_as: &'s str) -> Result<Self, Refusal> {
        Ok(Spool { copy: Copy::begin(shown_as)?, piece: Vec::with_capacity(PIECE) })
    }

    /// How many bytes it has.
    pub fn len(&self) -> u64 {
        self.copy.written + self.piece.len() as u64
    }

    /// Whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds to it.
    pub fn add(&mut self, text: &str) -> Result<(), Refusal> {
        self.add_bytes(text.as_bytes())
    }

    /// Adds bytes to it, whatever they are.
    pub fn add_bytes(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() < PIECE {
            return Ok(());
        }
        self.copy.add(&self.piece)?;
        self.piece.clear();
        Ok(())
    }

    /// The bytes, to be opened as an input once it is known what they are.
    pub fn kept(mut self) -> Result<Kept, Refusal> {
        self.copy.add(&self.piece)?;
        Ok(Kept::new(self.copy.shown_as, self.copy.file))
    }

    /// The text as an input.
    pub fn done(mut self) -> Result<Input, Refusal> {
        self.copy.add(&self.piece)?;
        let shown_as = self.copy.shown_as;
        Input::of(shown_as, self.copy.done(), Sniff::Text).map_err(|error| super::open::failed(shown_as, &error))
    }
}

/// A temporary file that is being written.
#[derive(Debug)]
struct Copy<'s> {
    shown_as: &'s str,
    file: std::fs::File,
    written: u64,
}

impl<'s> Copy<'s> {
    fn begin(shown_as: &'s str) -> Result<Self, Refusal> {
        let file = tempfile::tempfile().map_err(|error| no_room(shown_as, &error))?;
        Ok(Copy { shown_as, file, written: 0 })
    }

    fn add(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        self.file.write_all(bytes).map_err(|error| no_room(self.shown_as, &error))?;
        self.written += bytes.len() as u64;
        Ok(())
    }

    fn done(self) -> Storage {
        Storage::File(self.file)
    }
}

fn no_room(shown_as: &str, error: &io::Error) -> Refusal {
    let what = format!("its text cannot be kept in the folder for temporary files: {error}");
    Refusal::whole(shown_as, what, "make room there, or let TMPDIR name a folder that has it")
}
