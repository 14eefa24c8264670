//! What a finding is known by from one run to the next: its channel, its code, whose
//! it is, its field, and the value that it quotes. Lines and wording are not part of it, so that a
//! row put in above, or a message said better, makes no finding new.

use std::fmt;

use xxhash_rust::xxh3::Xxh3;

use super::Found;

/// Sixty-four bits of a finding, without its code: those are always told under one. Two of a code share theirs
/// by chance once in billions of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(pub u64);

/// What no key, field or value holds.
const BETWEEN: &[u8] = &[0];

impl Fingerprint {
    /// Of something found on a channel; the catalog's findings are of no channel.
    pub fn of(channel: &str, found: &Found) -> Self {
        let mut hash = Xxh3::new();
        for part in [channel, &found.key, &found.field].into_iter().chain(quoted(&found.message)) {
            hash.update(part.as_bytes());
            hash.update(BETWEEN);
        }
        Fingerprint(hash.digest())
    }

    /// The one that is written so.
    pub fn read(text: &str) -> Option<Self> {
        let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        let is_one = text.len() == 16 && text.bytes().all(is_digit);
        is_one.then(|| u64::from_str_radix(text, 16).ok().map(Fingerprint))?
    }
}

/// What a message quotes.
fn quoted(message: &str) -> impl Iterator<Item = &str> {
    message.split('«').skip(1).filter_map(|rest| rest.split_once('»')).map(|parts| parts.0)
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:016x}", self.0)
    }
}

impl serde::Serialize for Fingerprint {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(offset: u64, key: &str, field: &str, message: &str) -> Found {
        Found { offset, key: key.into(), field: field.into(), message: message.into() }
    }

    #[test]
    fn neither_the_line_nor_the_wording_counts() {
        let one = Fingerprint::of("bazaar", &found(14, "KT1", "name", "«Термос» stands in line 3 too"));
        assert_eq!(one, Fingerprint::of("bazaar", &found(99, "KT1", "name", "«Термос» stands in KT7 and 4 more")));
        let others = [
            ("market", "KT1", "name", "«Термос»"),
            ("bazaar", "KT2", "name", "«Термос»"),
            ("bazaar", "KT1", "brand", "«Термос»"),
            ("bazaar", "KT1", "name", "«Термос 1»"),
            ("bazaar", "KT1", "name", "it is blank"),
            ("bazaar", "KT1name", "", "«Термос»"),
        ];
        for (channel, key, field, message) in others {
            assert_ne!(
                one,
                Fingerprint::of(channel, &found(14, key, field, message)),
                "{channel} {key} {field} {message}"
            );
        }
    }

    #[test]
    fn it_is_written_and_read_in_one_way() {
        let print = Fingerprint(0x00c0_ffee);
        assert_eq!(
            (print.to_string().as_str(), Fingerprint::read("0000000000c0ffee")),
            ("0000000000c0ffee", Some(print))
        );
        for wrong in ["", "c0ffee", "0000000000C0FFEE", "+000000000c0ffee", "0000000000c0ffee0"] {
            assert_eq!(Fingerprint::read(wrong), None, "{wrong}");
        }
    }
}
