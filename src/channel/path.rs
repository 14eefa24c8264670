//! Where a field stands in a document: `shop/currencies/currency`, `@id`, `.`,
//! `value[@lang=uk]`, `param[@paramcode=ratio]`.

/// A path from the listing's node (or the document's root) to a value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Path {
    /// As it was written.
    pub text: String,
    /// Elements or members on the way down.
    pub steps: Vec<Step>,
    /// An attribute of the last step's node; `None` for its own text.
    pub attribute: Option<String>,
}

/// One step down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The element's name.
    pub name: String,
    /// Attributes that tell this node from its brothers: name and value.
    pub told_by: Vec<(String, String)>,
}
