//! The kinds of value that a field can hold; one list for offers, for channel
//! descriptions, for the types of expressions and for the docs.

/// What kind of value a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// Plain text.
    #[default]
    Text,
    /// Markup.
    Html,
    /// An address.
    Url,
    /// One of several words.
    Choice,
    /// Yes or no.
    Flag,
    /// An amount with a currency.
    Money,
    /// An amount with a unit of measure.
    Quantity,
    /// A whole number of things.
    Count,
    /// A bare decimal.
    Number,
    /// A day.
    Date,
    /// An instant.
    Time,
    /// Two instants.
    Interval,
    /// Items in order.
    List,
    /// Rows of fields.
    Table,
}

impl Kind {
    /// Every kind with its name in a description and a word for people.
    pub const ALL: [(Kind, &'static str, &'static str); 14] = [
        (Kind::Text, "text", "text"),
        (Kind::Html, "html", "markup"),
        (Kind::Url, "url", "an address"),
        (Kind::Choice, "choice", "one of several words"),
        (Kind::Flag, "flag", "yes or no"),
        (Kind::Money, "money", "an amount of money"),
        (Kind::Quantity, "quantity", "an amount with a unit"),
        (Kind::Count, "count", "a whole number"),
        (Kind::Number, "number", "a number"),
        (Kind::Date, "date", "a date"),
        (Kind::Time, "time", "a point in time"),
        (Kind::Interval, "interval", "a span of time"),
        (Kind::List, "list", "a list"),
        (Kind::Table, "table", "a table"),
    ];

    /// The kind's name in a description.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|entry| entry.0 == self).map_or("", |entry| entry.1)
    }

    /// The kind in words: `is not a whole number`.
    pub fn in_words(self) -> &'static str {
        Self::ALL.iter().find(|entry| entry.0 == self).map_or("", |entry| entry.2)
    }

    /// The kind of this name.
    pub fn named(name: &str) -> Option<Kind> {
        Self::ALL.iter().find(|entry| entry.1 == name).map(|entry| entry.0)
    }

    /// Whether values of this kind are numbers: compared by amount, never by spelling.
    pub fn is_number(self) -> bool {
        matches!(self, Kind::Money | Kind::Quantity | Kind::Count | Kind::Number)
    }
}
