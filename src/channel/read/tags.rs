//! Start tags that stood in the block before: a feed has few different ones, and one that is read letter by letter and
//! found fit once is the same the next time.

use super::machine::Standing;
use crate::wire::xml::Lexer;

/// How many are kept; each has one place.
const KEPT: usize = 128;

/// The tags of a block.
#[derive(Debug)]
pub(super) struct Tags<'b> {
    kept: Vec<Option<KnownTag<'b>>>,
    /// For each place, that of the tag which came behind the one there: listings resemble each other.
    behind: Vec<usize>,
    /// The place of the tag before; one more than there are where a listing begins.
    before: usize,
}

/// A start tag that was read.
#[derive(Debug, Clone, Copy)]
pub(super) struct KnownTag<'b> {
    /// From its `<` to its `>`.
    pub(super) raw: &'b str,
    /// The element's name as it stands.
    pub(super) name: &'b str,
    /// Its name as the shape writes it.
    pub(super) meant: &'b str,
    /// Its attributes, by the names that the shape has.
    pub(super) attributes: &'b [(&'b str, &'b str)],
    /// Whether it is closed at once.
    pub(super) empty: bool,
    /// Where it stood the last time.
    pub(super) standing: Standing<'b>,
}

impl<'b> Tags<'b> {
    /// None yet.
    pub(super) fn new() -> Self {
        Tags { kept: vec![None; KEPT], behind: vec![0; KEPT + 1], before: KEPT }
    }

    /// A listing begins.
    pub(super) fn begin(&mut self) {
        self.before = KEPT;
    }

    /// The tag that is written here, and where the lexer found its end that is not known: as far as its first `>`.
    #[inline(always)]
    pub(super) fn known(&mut self, lexer: &Lexer<'b>) -> (Option<&mut KnownTag<'b>>, Option<&'b str>) {
        let expected = self.behind.get(self.before).copied().unwrap_or(0);
        let is_expected = |tag: &&KnownTag<'b>| lexer.begins_with(tag.raw);
        if self.kept.get(expected).and_then(Option::as_ref).filter(is_expected).is_some() {
            self.before = expected;
            return (self.kept.get_mut(expected).and_then(Option::as_mut), None);
        }
        let Some(raw) = lexer.tag() else { return (None, None) };
        self.comes(place(raw));
        let tag = self.kept.get_mut(self.before).and_then(Option::as_mut);
        (tag.filter(|known| known.raw == raw), Some(raw))
    }

    /// Keeps a tag, in the place of another.
    pub(super) fn keep(&mut self, tag: KnownTag<'b>) {
        if let Some(kept) = self.kept.get_mut(place(tag.raw)) {
            *kept = Some(tag);
        }
    }

    /// Notes that the tag of this place comes behind the one before.
    #[inline(always)]
    fn comes(&mut self, place: usize) {
        if let Some(behind) = self.behind.get_mut(self.before) {
            *behind = place;
        }
        self.before = place;
    }
}

/// The place of a tag, by its length and its last letters: what begins alike mostly ends otherwise.
#[inline(always)]
fn place(raw: &str) -> usize {
    let bytes = raw.as_bytes();
    let end = match bytes.last_chunk::<8>() {
        Some(last) => u64::from_le_bytes(*last),
        None => bytes.iter().fold(0, |end, byte| end << 8 | u64::from(*byte)),
    };
    let mixed = (end ^ bytes.len() as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    // the upper bits are the mixed ones
    (mixed >> 57) as usize % KEPT
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::xml::Namespaces;

    #[test]
    fn a_tag_is_known_by_all_of_its_letters() {
        let tag =
            |raw| KnownTag { raw, name: "a", meant: "a", attributes: &[], empty: false, standing: Standing::default() };
        // what is looked at far ahead needs something to stand there
        let followed = |text: &str| format!("{text}{}", "-".repeat(80));
        let (param, a) = (followed("<param name=\"Колір\">"), followed("<a>"));
        let others = ["<b>", "<a >", "<param nome=\"Колір\">", "", "<param name='Колір'>", "<a", "a>"].map(followed);
        let lexer = |text| Lexer::new(text, 0, 1, Namespaces::default()).unwrap();
        let mut tags = Tags::new();
        for text in [&param, &a] {
            let raw = text.trim_end_matches('-');
            assert_eq!(tags.known(&lexer(text)).1, Some(raw), "is not known, and ends here");
            tags.keep(tag(raw));
        }
        for _ in 0..2 {
            // by its place at first, and then because it came behind the other
            tags.begin();
            for text in [&param, &a] {
                assert!(tags.known(&lexer(text)).0.is_some(), "{text}");
            }
        }
        for other in &others {
            assert!(tags.known(&lexer(other)).0.is_none(), "{other}");
        }
    }
}
