//! Damage as it happens, and as it does not: deterministic, one seed one document.

/// Pieces that mean something to a reader of XML.
const PIECES: &[&str] = &[
    "<",
    ">",
    "/>",
    "</",
    "&",
    ";",
    "\"",
    "'",
    "=",
    "]]>",
    "]]",
    "<![CDATA[",
    "<!--",
    "-->",
    "--",
    "<?",
    "?>",
    "<?xml ?>",
    "&amp;",
    "&nbsp;",
    "&#0;",
    "&#xD800;",
    "&#65;",
    "&#x;",
    "&lt",
    "<!DOCTYPE a>",
    "<!ENTITY",
    "[",
    "<offer>",
    "</offer>",
    "</offer >",
    "<offer/>",
    "</offers>",
    "<a b='1' b='2'/>",
    "<x:y/>",
    "xmlns:g=''",
    " ",
    "\n",
    "\r",
    "\t",
    "\u{1}",
    "\u{0}",
    "\u{fffe}",
    "\u{85}",
    "\u{b7}",
    "ї",
    "😀",
    "-",
    ":",
    "1",
    "_",
    "<1/>",
    "<a/>",
    "text",
    "\u{feff}",
];

/// Pieces that may stand wherever an element begins or ends.
const HARMLESS: &[&str] = &[
    "text",
    "ї",
    "&amp;",
    "&#x406;",
    "<!-- c -->",
    "<![CDATA[<x> & ]]>",
    "<?p x?>",
    "\r\n",
    " ",
    "<a/>",
    "<a b='&lt;\n'>c</a>",
    "<offer id='9'>q</offer>",
    "<!-- </offer> -->",
    "<![CDATA[</offer>]]>",
    "<offers></offers>",
];

/// Bytes that are no UTF-8.
const BYTES: &[&[u8]] = &[b"\xC3", b"\x80", b"\xED\xA0\x80", b"\xF5\x80\x80\x80", b"\xC0\xAF"];

/// A source of damage.
pub struct Damage(u64);

impl Damage {
    pub fn new(seed: u64) -> Self {
        Damage(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0xD1B5_4A32_D192_ED03)
    }

    /// A number below `limit`.
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % limit.max(1) as u64) as usize
    }

    /// A place, and one behind it that is not far.
    fn range(&mut self, document: &[u8]) -> std::ops::Range<usize> {
        let from = self.below(document.len() + 1);
        let to = (from + self.below(24)).min(document.len());
        from..to
    }

    /// Does one thing to a document.
    pub fn apply(&mut self, document: &mut Vec<u8>) {
        let range = self.range(document);
        match self.below(14) {
            0 => drop(document.drain(range)),
            1 => {
                let copy = document[range.clone()].to_vec();
                let at = self.below(document.len() + 1);
                document.splice(at..at, copy);
            }
            2 => {
                let copy = document[range.clone()].to_vec();
                document.splice(range.end..range.end, copy);
            }
            3 => document.truncate(range.start),
            4 => {
                let bytes = BYTES[self.below(BYTES.len())];
                let at = range.start.max(1).min(document.len());
                document.splice(at..at, bytes.iter().copied());
            }
            5 => {
                if let Some(byte) = document.get_mut(range.start) {
                    *byte ^= 1 << self.below(7);
                }
            }
            6 => {
                let piece = PIECES[self.below(PIECES.len())];
                document.splice(range, piece.bytes());
            }
            7 | 8 => {
                let piece = PIECES[self.below(PIECES.len())];
                document.splice(range.start..range.start, piece.bytes());
            }
            _ => {
                let piece = HARMLESS[self.below(HARMLESS.len())];
                let behind = document[range.start..].iter().position(|byte| *byte == b'>');
                let at = behind.map_or(document.len(), |behind| range.start + behind + 1);
                document.splice(at..at, piece.bytes());
            }
        }
    }
}
