//! Where a field stands in a document: `shop/currencies/currency`, `@id`, `.`,
//! `value[@lang=uk]`, `param[@paramcode=ratio]`, `customId{key=offer_id}/value`, `../options[<n>]/name`.

/// What stands in a name, or between brackets, for the number of the table's row.
pub const ROW_NUMBER: &str = "<n>";

/// A path from the listing's node (or the document's root) to a value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Path {
    /// As it was written.
    pub text: String,
    /// How many levels out of the row it begins.
    pub out: usize,
    /// Elements or members on the way down.
    pub steps: Vec<Step>,
    /// An attribute of the last step's node; `None` for its own text.
    pub attribute: Option<String>,
}

/// One step down.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Step {
    /// The element's name.
    pub name: String,
    /// Attributes or members that tell this node from its brothers: name and value.
    pub told_by: Vec<(String, String)>,
    /// It is told apart although it is the only one of its name: it stands in no list.
    pub is_single: bool,
    /// The list of a list's items repeats here, and not at the last step.
    pub repeats: bool,
    /// Which item of a list it is.
    pub item: Option<ItemNo>,
}

/// The number of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemNo {
    /// This one, from 1.
    Fixed(usize),
    /// The one that the table's row at hand has.
    OfRow,
}

impl Path {
    /// The path to a node of this name.
    pub fn of_name(name: &str) -> Path {
        Path { text: name.to_owned(), steps: vec![Step::of_name(name)], ..Path::default() }
    }

    /// Whether it leads to another place in each row of its table.
    pub fn is_numbered(&self) -> bool {
        self.steps.iter().any(|step| step.item == Some(ItemNo::OfRow) || step.name.contains(ROW_NUMBER))
    }
}

impl Step {
    /// A step to the only node of a name.
    pub fn of_name(name: &str) -> Step {
        Step { name: name.to_owned(), ..Step::default() }
    }
}
