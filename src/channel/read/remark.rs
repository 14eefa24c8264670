//! What matters about a listing beside its values.

use crate::channel::description::FieldNo;

/// Something about a listing that matters although it could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remark {
    /// A value at a place that the channel does not read.
    Ignored,
    /// A value where it may not stand.
    Refused,
    /// A single node that stands twice.
    Twice,
    /// The CDATA section itself was escaped and stands there as text.
    EscapedCData,
    /// A row of a table whose key is blank.
    BlankKey,
    /// An element where a text belongs.
    Markup,
    /// A name that only looks like one that the channel knows.
    LooksAlike,
}

/// A remark with its field and what stands there.
#[derive(Debug, Clone, Copy)]
pub struct Noticed<'b> {
    /// What is to be said.
    pub remark: Remark,
    /// The table whose row it is about, where it is about a row's field.
    pub table: Option<FieldNo>,
    /// The field; for [`Remark::LooksAlike`] none.
    pub field: Option<FieldNo>,
    /// What stands there.
    pub text: &'b str,
}
