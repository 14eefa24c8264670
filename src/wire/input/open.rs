//! Opening: what kind of file it is, packed or not, in which encoding, and a plain
//! word for everything that can stand in the way.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use encoding_rs::{Encoding, UTF_8};

use super::storage::Storage;
use super::{Input, Likeness, Watched, encoding, spool};
use crate::finding::Refusal;
use crate::wire::encoding::{EncodingChoice, Head, Sniff};

/// Enough for any XML declaration.
const HEAD: usize = 64 * 1024;
/// So much is looked at to tell UTF-8 from others, from the first character that is not ASCII on.
const SAMPLE: usize = 1024 * 1024;
/// So much before the first character that is not ASCII, and as much behind, is looked at to tell units of 16 bits: an
/// even number, so that they stay whole.
const AROUND: u64 = 2048;
/// Looked at together, where a look is enough.
const PIECE: usize = 64 * 1024;
/// So much is looked at to guess an encoding.
const GUESSED_FROM: usize = 256 * 1024;

impl Input {
    /// Opens a file. Packed files and other encodings are decoded once into an anonymous temporary file.
    pub fn open(path: &Path, shown_as: &str, choice: EncodingChoice, sniff: Sniff) -> Result<Input, Refusal> {
        let refused = |error: io::Error| failed(shown_as, &error);
        // asked first, so that a folder is named as such where opening it fails
        let kind = std::fs::metadata(path).map_err(refused)?;
        if kind.is_dir() {
            return Err(Refusal::whole(shown_as, "it is a folder, not a file", "name a file in it"));
        }
        // a pipe ends, a device need not: reading one could fill the disk
        if is_device(kind.file_type()) {
            return Err(Refusal::whole(shown_as, "it is a device, not a file", "name a file, or give a pipe"));
        }
        let mut file = File::open(path).map_err(refused)?;
        let seen = file.metadata().map_err(refused)?;
        if !seen.is_file() {
            return Input::from_reader(shown_as, &mut file, choice, sniff);
        }
        let watched =
            Watched { file: file.try_clone().map_err(refused)?, size: seen.len(), modified: seen.modified().ok() };
        let mut input = Input::of(shown_as, Storage::File(file), sniff).map_err(refused)?;
        // the size that was noted is the one that holds: what is appended from now on is found at the end
        input.length = seen.len();
        input.file_bytes = seen.len();
        input.watched = Some(watched);
        input.prepared(choice)
    }

    /// An input from bytes in memory.
    pub fn from_bytes(shown_as: &str, bytes: Vec<u8>, choice: EncodingChoice, sniff: Sniff) -> Result<Input, Refusal> {
        let mut input = Input::of(shown_as, Storage::Memory(bytes), sniff).map_err(|error| failed(shown_as, &error))?;
        input.file_bytes = input.length;
        input.prepared(choice)
    }

    /// An input from a pipe, read to its end into an anonymous temporary file.
    pub fn from_reader(
        shown_as: &str,
        reader: &mut dyn Read,
        choice: EncodingChoice,
        sniff: Sniff,
    ) -> Result<Input, Refusal> {
        let text = spool::copied(shown_as, reader)?;
        let mut input = Input::of(shown_as, text, sniff).map_err(|error| failed(shown_as, &error))?;
        input.file_bytes = input.length;
        input.prepared(choice)
    }

    /// Unpacks and decodes as needed.
    pub(super) fn prepared(mut self, choice: EncodingChoice) -> Result<Input, Refusal> {
        let mut head = self.head()?;
        if head.starts_with(&[0x1F, 0x8B]) {
            let unpacked = spool::unpacked(&self.shown_as, &self.text)?;
            self.replace(unpacked)?;
            head = self.head()?;
        }
        if let Some(kind) = encoding::foreign(&head) {
            let help = match kind.contains("workbook") {
                true => "save it as CSV in UTF-8 from the program that made it, and give that file",
                false => "give the catalog or feed itself, as text: CSV, XML or the like, in UTF-8",
            };
            return Err(Refusal::whole(&self.shown_as, format!("it is {kind}"), help));
        }
        self.settle(choice, &head)?;
        if encoding::is_utf8(self.encoding) {
            self.length -= self.start.min(self.length);
        } else {
            let decoded = spool::decoded(&self)?;
            self.start = 0;
            self.replace(decoded)?;
        }
        Ok(self)
    }

    fn head(&self) -> Result<Vec<u8>, Refusal> {
        self.text.head(HEAD).map_err(|error| failed(&self.shown_as, &error))
    }

    fn replace(&mut self, text: Storage) -> Result<(), Refusal> {
        self.length = text.size().map_err(|error| failed(&self.shown_as, &error))?;
        self.text = text;
        Ok(())
    }

    /// Decides on the encoding.
    fn settle(&mut self, choice: EncodingChoice, head: &[u8]) -> Result<(), Refusal> {
        let seen = encoding::look(head, self.sniff);
        match (seen, choice) {
            (Head::Marked(encoding, mark), _) => {
                self.encoding = encoding;
                self.start = mark as u64;
                Ok(())
            }
            (_, EncodingChoice::Named(encoding)) => self.believe(encoding, "`encoding` says"),
            (Head::Wide(encoding), _) => self.believe(encoding, ""),
            (Head::Declared(encoding), _) => self.believe(encoding, "the XML declaration says"),
            (Head::Unknown(label), _) => {
                let what = format!("its XML declaration names an encoding that nobody knows: «{label}»");
                Err(self.refusal_at(0, what, "write encoding=\"UTF-8\", or what it really is"))
            }
            (Head::Contradicted(label), _) => {
                let what = format!("its XML declaration says «{label}», yet it is not written in units of 16 bits");
                Err(self.refusal_at(0, what, "write encoding=\"UTF-8\", or what it really is"))
            }
            (Head::Silent, _) if self.sniff == Sniff::Text => self.find_out(),
            (Head::Silent, _) => Ok(()),
        }
    }

    /// Takes an encoding that somebody named, unless the text is plainly UTF-8: decoding that would
    /// make nonsense of every letter.
    fn believe(&mut self, named: &'static Encoding, who: &str) -> Result<(), Refusal> {
        self.encoding = named;
        if encoding::is_utf8(named) || !named.is_ascii_compatible() {
            return Ok(());
        }
        let (sample, _, _) = self.sample()?;
        if Likeness::of(&sample).is_surely_utf8() {
            let what = format!("{who} {}, yet its letters are written in UTF-8", named.name());
            return Err(Refusal::whole(&self.shown_as, what, "correct the name of the encoding to UTF-8"));
        }
        Ok(())
    }

    /// Tells the encoding of a text that says nothing about it.
    fn find_out(&mut self) -> Result<(), Refusal> {
        if self.is_plainly_utf8()? {
            self.encoding = UTF_8;
            return Ok(());
        }
        let (sample, from, whole) = self.sample()?;
        if let Some(zero) = memchr::memchr(0, &sample) {
            let mut around = Vec::new();
            let begin = from - from.min(AROUND);
            let length = usize::try_from((self.length - begin).min(2 * AROUND)).unwrap_or(0);
            self.read_at(begin, length, &mut around)?;
            let Some(found) = encoding::wide(&around) else {
                let what = "a zero byte stands here: the file is damaged, or it is no text";
                let help = "make the file again; give the catalog itself, as text: CSV, XML or the like, in UTF-8";
                return Err(self.refusal_at(from + zero as u64, what, help));
            };
            return self.guessed(found);
        }
        if Likeness::of(&sample).is_utf8() {
            self.encoding = UTF_8;
            return Ok(());
        }
        let seen = sample.get(..GUESSED_FROM).unwrap_or(&sample);
        let found = encoding::guess(seen, whole && seen.len() == sample.len());
        self.refuse_mixed(found, from)?;
        self.guessed(found)
    }

    /// Whether the sample is nothing but UTF-8, as nearly every one is. Seen piece by piece: all of it in memory would
    /// cost a small shop more than the rest of opening its files.
    fn is_plainly_utf8(&self) -> Result<bool, Refusal> {
        let mut piece = vec![0; PIECE.min(usize::try_from(self.length).unwrap_or(PIECE))];
        let (mut at, mut end, mut is_ascii) = (0, self.length, true);
        while at < end {
            let wanted = usize::try_from(end - at).unwrap_or(usize::MAX).min(piece.len());
            let Some(window) = piece.get_mut(..wanted) else { break };
            self.read_exact_at(at, window)?;
            let plain = Encoding::ascii_valid_up_to(window);
            if is_ascii && plain < wanted {
                is_ascii = false;
                end = end.min(at + (plain as u64 & !1) + SAMPLE as u64);
            }
            let valid = match simdutf8::compat::from_utf8(window) {
                Ok(_) => wanted,
                // a sequence that the piece's end cuts begins the next one
                Err(cut) if cut.error_len().is_none() => cut.valid_up_to(),
                Err(_) => 0,
            };
            if valid == 0 || memchr::memchr(0, window).is_some() {
                return Ok(false);
            }
            if at + wanted as u64 >= end {
                break;
            }
            at += valid as u64;
        }
        Ok(true)
    }

    /// Refuses a text of which a part is UTF-8 and the rest is not: whichever was taken, customers would read nonsense.
    fn refuse_mixed(&self, guess: &'static Encoding, from: u64) -> Result<(), Refusal> {
        let mut piece = Vec::new();
        let (mut at, mut first_wrong) = (from, None);
        while at < self.length {
            let wanted = usize::try_from(self.length - at).unwrap_or(usize::MAX).min(SAMPLE);
            self.read_at(at, wanted, &mut piece)?;
            if first_wrong.is_none() {
                let wrong = std::str::from_utf8(&piece).err().map(|error| error.valid_up_to());
                first_wrong = wrong.map(|wrong| at + wrong as u64);
            }
            if Likeness::of(&piece).is_mixed(guess) {
                return Err(self.mixed(first_wrong.unwrap_or(at), guess));
            }
            at += wanted as u64;
        }
        Ok(())
    }

    fn guessed(&mut self, found: &'static Encoding) -> Result<(), Refusal> {
        self.encoding = found;
        self.guess = Some(format!("{} (guessed)", found.name()));
        Ok(())
    }

    /// Text from the first byte on that is not plain ASCII, where it begins, and whether it is all the rest.
    fn sample(&self) -> Result<(Vec<u8>, u64, bool), Refusal> {
        let mut piece = vec![0; GUESSED_FROM];
        let mut from = 0;
        while from < self.length {
            let wanted = usize::try_from(self.length - from).unwrap_or(usize::MAX).min(piece.len());
            let Some(window) = piece.get_mut(..wanted) else { break };
            self.read_exact_at(from, window)?;
            let ascii = Encoding::ascii_valid_up_to(window);
            let plain = memchr::memchr(0, window).map_or(ascii, |zero| zero.min(ascii));
            if plain < window.len() {
                // an even place, so that units of 16 bits stay whole
                from += plain as u64 & !1;
                break;
            }
            from += wanted as u64;
        }
        let rest = self.length - from.min(self.length);
        let wanted = usize::try_from(rest).unwrap_or(usize::MAX).min(SAMPLE);
        self.read_at(from, wanted, &mut piece)?;
        Ok((piece, from, wanted as u64 == rest))
    }
}

#[cfg(unix)]
fn is_device(kind: std::fs::FileType) -> bool {
    use std::os::unix::fs::FileTypeExt;
    kind.is_char_device() || kind.is_block_device()
}

#[cfg(not(unix))]
fn is_device(_: std::fs::FileType) -> bool {
    false
}

/// A refusal for what the system says about a file.
pub(super) fn failed(shown_as: &str, error: &io::Error) -> Refusal {
    let (what, help) = match error.kind() {
        io::ErrorKind::NotFound => ("there is no such file".into(), "check the path and its spelling"),
        io::ErrorKind::PermissionDenied => {
            ("reading it is not permitted".into(), "give the user that runs offersync the right to read it")
        }
        io::ErrorKind::IsADirectory => ("it is a folder, not a file".into(), "name a file in it"),
        io::ErrorKind::NotADirectory => ("a part of its path is no folder".into(), "check the path and its spelling"),
        _ => (error.to_string(), ""),
    };
    Refusal::whole(shown_as, what, help)
}
