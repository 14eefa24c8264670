//! What a person asked to see.

use crate::engine::outcome::ChannelOutcome;
use crate::plan::{Change, ChangeKind, FieldChange, FieldSort};

/// Rows of a group where several channels are shown.
const ROWS_OF_SEVERAL: usize = 3;
/// Rows of a group where one channel is shown.
const ROWS_OF_ONE: usize = 20;

/// What was asked of a report.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// How much of a diff.
    pub view: View,
    /// Only these; all where empty. Counts of the whole plan are shown all the same.
    pub only: Vec<Only>,
    /// How changes are grouped; by what they are like where nothing is said.
    pub by: Option<By>,
    /// Listings per group; 0 for all.
    pub limit: Option<usize>,
    /// Only what was refused or failed, and errors in the data.
    pub quiet: bool,
    /// Leaves out how long it took, so that two reports of the same can be compared.
    pub without_elapsed: bool,
    /// The time now, for the age of exports; not shown where nobody says.
    pub now: Option<jiff::Timestamp>,
    /// The code that the program will end with; for formats that carry it.
    pub exit: u8,
}

/// How much of a diff is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// Groups of like changes.
    #[default]
    Groups,
    /// One line per channel.
    Stat,
    /// Channel, kind and key with tabs between, one listing per line.
    NameOnly,
    /// Every listing with all that changes, texts in full.
    Full,
}

/// A part of the changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Only {
    /// Changes of a kind.
    Kind(ChangeKind),
    /// Updates of a field: `price`, `param` for every `param[…]`.
    Field(String),
}

/// How changes are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// By maker.
    Brand,
    /// By category.
    Category,
    /// Updates by their weightiest field.
    Field,
    /// Deletions by cause.
    Cause,
}

impl By {
    /// Every way with its name on the command line.
    pub const ALL: [(&'static str, By); 4] =
        [("brand", By::Brand), ("category", By::Category), ("field", By::Field), ("cause", By::Cause)];

    /// The way of this name.
    pub fn named(name: &str) -> Option<By> {
        By::ALL.iter().find(|entry| entry.0 == name).map(|entry| entry.1)
    }
}

impl Only {
    /// The kind or field of this name.
    pub fn named(name: &str) -> Only {
        let kind = ChangeKind::ALL.into_iter().find(|kind| kind.name() == name);
        kind.map_or_else(|| Only::Field(name.to_owned()), Only::Kind)
    }

    fn takes_field(&self, field: &FieldChange) -> bool {
        let Only::Field(name) = self else { return false };
        let base = field.name.split(['[', '@', '.']).next().unwrap_or("");
        field.name == *name || base == name || sort_named(name) == Some(field.sort)
    }
}

/// Fields by what they are to a merchant, whatever a channel calls them.
pub(super) const SORTS: [(&str, FieldSort); 3] =
    [("price", FieldSort::Price), ("stock", FieldSort::Stock), ("availability", FieldSort::Availability)];

fn sort_named(name: &str) -> Option<FieldSort> {
    SORTS.into_iter().find(|entry| entry.0 == name).map(|entry| entry.1)
}

impl Options {
    /// Whether a change is to be shown.
    pub fn takes(&self, change: &Change) -> bool {
        self.takes_kind(change.kind)
            || change.kind == ChangeKind::Update && change.fields.iter().any(|field| self.names_field(field))
    }

    /// Whether a changed field counts for where its listing is shown.
    pub fn takes_field(&self, field: &FieldChange) -> bool {
        self.takes_kind(ChangeKind::Update) || self.names_field(field)
    }

    /// Whether a changed field was asked for by name.
    pub fn names_field(&self, field: &FieldChange) -> bool {
        self.only.iter().any(|only| only.takes_field(field))
    }

    /// Whether all changes of a kind are to be shown.
    pub fn takes_kind(&self, kind: ChangeKind) -> bool {
        self.only.is_empty() || self.names_kind(kind)
    }

    /// Whether a kind was asked for by name.
    pub fn names_kind(&self, kind: ChangeKind) -> bool {
        self.only.contains(&Only::Kind(kind))
    }

    /// Listings per group, where so many channels are shown.
    pub fn rows(&self, channels: &[ChannelOutcome]) -> usize {
        match self.limit {
            Some(0) => usize::MAX,
            Some(limit) => limit,
            None if channels.len() == 1 => ROWS_OF_ONE,
            None => ROWS_OF_SEVERAL,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn update(names: &[(&str, FieldSort)]) -> Change {
        let field =
            |entry: &(&str, FieldSort)| FieldChange { name: entry.0.into(), sort: entry.1, ..Default::default() };
        Change { fields: names.iter().map(field).collect(), ..Change::new(ChangeKind::Update, "K") }
    }

    #[test]
    fn only_takes_kinds_and_fields_together() {
        let asked = |names: &[&str]| Options {
            only: names.iter().map(|name| Only::named(name)).collect(),
            ..Options::default()
        };
        let priced = update(&[("cost", FieldSort::Price), ("param[Колір]", FieldSort::Other)]);
        let gone = Change::new(ChangeKind::Delete, "K");
        assert!(asked(&[]).takes(&priced) && asked(&[]).takes(&gone));
        assert!(
            asked(&["price"]).takes(&priced) && asked(&["cost"]).takes(&priced) && asked(&["param"]).takes(&priced)
        );
        assert!(!asked(&["price"]).takes(&gone) && asked(&["price", "delete"]).takes(&gone));
        assert!(!asked(&["stock"]).takes(&priced) && !asked(&["delete"]).takes(&priced));
        let taken: Vec<bool> = priced.fields.iter().map(|field| asked(&["param"]).takes_field(field)).collect();
        assert_eq!(taken, [false, true]);
        assert!(priced.fields.iter().all(|field| asked(&["update", "param"]).takes_field(field)));
    }

    #[test]
    fn limits_depend_on_how_much_is_shown() {
        let channels = [ChannelOutcome::default(), ChannelOutcome::default()];
        let limited = |limit| Options { limit, ..Options::default() };
        assert_eq!((limited(None).rows(&channels), limited(None).rows(&channels[..1])), (3, 20));
        assert_eq!((limited(Some(7)).rows(&channels), limited(Some(0)).rows(&channels)), (7, usize::MAX));
    }
}
