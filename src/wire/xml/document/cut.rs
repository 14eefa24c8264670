//! Where a block of listings may be cut: behind the last end tag of a listing. The cut is
//! a guess, since such a tag may stand in a comment; the block then does not lex, and that is noticed.

use memchr::memmem::FinderRev;

use super::super::scan;
use crate::wire::blocks::Cut;

/// Cuts behind `</name>`.
pub(super) struct ListingCut {
    /// `</name`
    tag: FinderRev<'static>,
}

impl ListingCut {
    pub(super) fn new(name: &str) -> Self {
        ListingCut { tag: FinderRev::new(format!("</{name}").as_bytes()).into_owned() }
    }
}

impl Cut for ListingCut {
    fn cut(&mut self, bytes: &[u8], _: bool) -> Option<usize> {
        let mut searched = bytes;
        loop {
            let at = self.tag.rfind(searched)?;
            let close = scan::skip_blanks(bytes, at + self.tag.needle().len());
            if bytes.get(close) == Some(&b'>') {
                return Some(close + 1);
            }
            searched = bytes.get(..at)?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cut_falls_behind_the_last_listing() {
        fn cut(text: &str) -> Option<&str> {
            ListingCut::new("offer").cut(text.as_bytes(), false).map(|at| &text[at..])
        }
        assert_eq!(cut("<offer>1</offer>\n<offer>2</offer>\n<offer>"), Some("\n<offer>"));
        assert_eq!(cut("<offer>1</offer >\n</offers>"), Some("\n</offers>"));
        assert_eq!(cut("<offer>1</offer>\n<offer>2</offer"), Some("\n<offer>2</offer"));
        assert_eq!(cut("<offer/></offers>"), None);
        assert_eq!(cut(""), None);
    }
}
