//! Start tags that stood in the block before: a feed has few different ones, and one that is read letter by letter and
//! found fit once is the same the next time.

use super::machine::Standing;

/// How many are kept; each has one place.
const KEPT: usize = 128;

/// The tags of a block.
#[derive(Debug)]
pub(super) struct Tags<'b>(Vec<Option<KnownTag<'b>>>);

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
    pub(super) standing: Standing,
}

impl<'b> Tags<'b> {
    /// None yet.
    pub(super) fn new() -> Self {
        Tags(vec![None; KEPT])
    }

    /// The tag that is written so.
    #[inline(always)]
    pub(super) fn known(&mut self, raw: &str) -> Option<&mut KnownTag<'b>> {
        self.0.get_mut(place(raw))?.as_mut().filter(|known| known.raw == raw)
    }

    /// Keeps a tag, in the place of another.
    pub(super) fn keep(&mut self, tag: KnownTag<'b>) {
        if let Some(kept) = self.0.get_mut(place(tag.raw)) {
            *kept = Some(tag);
        }
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

    #[test]
    fn a_tag_is_known_by_all_of_its_letters() {
        let tag =
            |raw| KnownTag { raw, name: "a", meant: "a", attributes: &[], empty: false, standing: Standing::default() };
        let mut tags = Tags::new();
        tags.keep(tag("<param name=\"Колір\">"));
        tags.keep(tag("<a>"));
        assert!(tags.known("<a>").is_some() && tags.known("<param name=\"Колір\">").is_some());
        for other in ["<b>", "<a >", "<param nome=\"Колір\">", "", "<param name='Колір'>"] {
            assert!(tags.known(other).is_none(), "{other}");
        }
    }
}
