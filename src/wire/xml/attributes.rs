//! The attributes of a start tag. The lexer has checked them; they are split again
//! only for who asks.

use super::scan;
use super::token::{Form, RawText};

/// The attributes of a start tag, in their order.
#[derive(Debug, Clone, Copy)]
pub struct Attributes<'b> {
    /// The name of the first and its value as it stands: most tags have no more.
    pub(super) first: Option<(&'b str, &'b str)>,
    /// What stands behind the first.
    pub(super) rest: &'b str,
    /// Whether no value needs unescaping.
    pub(super) plain: bool,
}

/// One attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attribute<'b> {
    /// Its name, with its prefix.
    pub name: &'b str,
    /// Its value.
    pub value: RawText<'b>,
}

impl<'b> Attributes<'b> {
    /// Those of a tag without any.
    pub(super) const NONE: Attributes<'static> = Attributes { first: None, rest: "", plain: true };

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.first.is_none()
    }

    /// The value of the attribute of this name.
    pub fn get(self, name: &str) -> Option<RawText<'b>> {
        self.into_iter().find(|attribute| attribute.name == name).map(|attribute| attribute.value)
    }
}

impl<'b> IntoIterator for Attributes<'b> {
    type Item = Attribute<'b>;
    type IntoIter = Iter<'b>;

    fn into_iter(self) -> Iter<'b> {
        Iter(self)
    }
}

/// Goes through the attributes of a tag.
#[derive(Debug, Clone)]
pub struct Iter<'b>(Attributes<'b>);

impl<'b> Iterator for Iter<'b> {
    type Item = Attribute<'b>;

    #[inline]
    fn next(&mut self) -> Option<Attribute<'b>> {
        match self.0.first.take() {
            Some((name, raw)) => Some(Attribute { name, value: RawText { raw, form: self.0.form() } }),
            None if self.0.rest.is_empty() => None,
            None => self.0.split(),
        }
    }
}

impl<'b> Attributes<'b> {
    fn form(self) -> Form {
        if self.plain { Form::Plain } else { Form::Value }
    }

    /// Splits the first attribute off the rest.
    fn split(&mut self) -> Option<Attribute<'b>> {
        let raw = self.rest;
        let bytes = raw.as_bytes();
        let from = scan::skip_blanks(bytes, 0);
        let equals = from + memchr::memchr(b'=', bytes.get(from..)?)?;
        let quote_at = scan::skip_blanks(bytes, equals + 1);
        let quote = *bytes.get(quote_at)?;
        let end = quote_at + 1 + memchr::memchr(quote, bytes.get(quote_at + 1..)?)?;
        self.rest = raw.get(end + 1..)?;
        let name = raw.get(from..equals)?.trim_ascii_end();
        Some(Attribute { name, value: RawText { raw: raw.get(quote_at + 1..end)?, form: self.form() } })
    }
}
