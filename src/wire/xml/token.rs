//! What the lexer hands out. Everything is a slice of the text it reads.

use super::attributes::Attributes;

/// One token. Comments and processing instructions are checked and skipped.
#[derive(Debug, Clone, Copy)]
pub enum Token<'b> {
    /// A start tag, or an empty element; that one has no [`Token::End`].
    Start(Start<'b>),
    /// The end tag of the element that is open.
    End,
    /// Text between tags, as it stands; an element may have several pieces of it.
    Text(RawText<'b>),
    /// The inside of a CDATA section.
    CData(RawText<'b>),
    /// The text of the lexer ends, and nothing is open.
    Finish,
}

/// A start tag.
#[derive(Debug, Clone, Copy)]
pub struct Start<'b> {
    /// The element's name, with its prefix.
    pub name: &'b str,
    /// Its attributes, checked.
    pub attributes: Attributes<'b>,
    /// Whether it is closed at once.
    pub empty: bool,
    /// Where its `<` stands in the lexer's text.
    pub offset: usize,
}

/// Text as it stands in the document; [`unescape`](super::unescape) gives what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RawText<'b> {
    pub(super) raw: &'b str,
    pub(super) form: Form,
}

/// What there is to do before a raw text can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Nothing.
    Plain,
    /// Line ends are to be made alike.
    LineEnds,
    /// References, and line ends.
    Escaped,
    /// An attribute's value: references, and white space becomes blanks.
    Value,
}

impl<'b> RawText<'b> {
    /// The text, where it means what it says.
    pub fn plain(self) -> Option<&'b str> {
        (self.form == Form::Plain).then_some(self.raw)
    }

    /// As it stands in the document.
    pub fn raw(self) -> &'b str {
        self.raw
    }

    /// Whether it is white space only, as it stands.
    pub fn is_blank(self) -> bool {
        self.raw.bytes().all(super::scan::is_blank)
    }
}
