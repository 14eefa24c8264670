//! The findings that nobody asks for: what can go wrong with a field although its
//! description demands nothing.

use super::description::{Description, EmptyAs, Field, From, Row, Source, Spelling};
use super::examples;
use super::texts::Texts;
use crate::expression::Type;
use crate::finding::Severity;
use crate::model::Kind;

/// One of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unasked {
    /// The value is not of the field's kind.
    Kind,
    /// The channel has no such word.
    Choice,
    /// More places than the channel takes.
    Decimals,
    /// A currency that the channel does not take.
    Currency,
    /// An item holds the mark that joins items.
    Join,
    /// It holds a mark that would end it in its cell.
    Marks,
    /// The merchant's table has no line for it.
    Lookup,
    /// Two rows with one key.
    Key,
    /// The offers of one product disagree.
    Varies,
    /// It stands where the channel does not look.
    Ignored,
    /// It stands where the channel does not allow it.
    Refused,
    /// A node that is single stands twice.
    Twice,
}

/// Name, severity, what (after the field), why and fix of each.
type Line = (Unasked, &'static str, Severity, &'static str, &'static str, &'static str);

const TABLE: [Line; 12] = [
    (
        Unasked::Kind,
        "kind",
        Severity::Error,
        "does not hold what it should",
        "A value of another kind would be refused, or taken for something else.",
        "correct the value in the master",
    ),
    (
        Unasked::Choice,
        "choice",
        Severity::Error,
        "holds a word that the channel does not have",
        "The channel knows only its own words; any other it refuses or passes over.",
        "use a word in the master that the channel has",
    ),
    (
        Unasked::Decimals,
        "decimals",
        Severity::Error,
        "has more decimal places than the channel takes",
        "Rounding changes a price; it is never done unasked.",
        "round it in the master",
    ),
    (
        Unasked::Currency,
        "currency",
        Severity::Error,
        "is in a currency that the channel does not take",
        "The channel would refuse the price, or take it for another currency's.",
        "convert it to a currency that the channel takes",
    ),
    (
        Unasked::Join,
        "join",
        Severity::Warning,
        "has an item that holds the mark between items",
        "The channel will read one item as two.",
        "write the item without the mark",
    ),
    (
        Unasked::Marks,
        "marks",
        Severity::Error,
        "would be read as something else where it stands",
        "A mark in it would end it in its cell, or it is the word for nothing.",
        "write it in other words, without the mark",
    ),
    (
        Unasked::Lookup,
        "lookup",
        Severity::Warning,
        "is in no line of the table that it is looked up in",
        "Without the channel's own number the listing is found by fewer people, or not at all.",
        "add a line to the table",
    ),
    (
        Unasked::Key,
        "key",
        Severity::Warning,
        "has two rows with one key",
        "Which of them the channel shows cannot be known.",
        "join them into one",
    ),
    (
        Unasked::Varies,
        "varies",
        Severity::Warning,
        "differs between the variants of one product",
        "The product has one value; that of the first variant is taken.",
        "make it the same in all variants",
    ),
    (
        Unasked::Ignored,
        "ignored",
        Severity::Warning,
        "stands in a place that the channel does not read",
        "It looks alike, but for the channel it is not there.",
        "move it to the place that the channel reads",
    ),
    (
        Unasked::Refused,
        "refused",
        Severity::Error,
        "stands in a place that the channel does not allow",
        "It is read here so that the rest can be checked; the channel passes over it or refuses the file.",
        "move it to the place that the channel reads",
    ),
    (
        Unasked::Twice,
        "twice",
        Severity::Error,
        "stands twice where one is expected",
        "Which of the two the channel takes cannot be known.",
        "remove one of them",
    ),
];

impl Unasked {
    fn line(self) -> Option<&'static Line> {
        TABLE.iter().find(|line| line.0 == self)
    }

    /// Every one of them.
    pub fn all() -> impl Iterator<Item = Unasked> {
        TABLE.iter().map(|line| line.0)
    }

    /// The end of its codes: `price-kind`.
    pub fn name(self) -> &'static str {
        self.line().map_or("", |line| line.1)
    }

    /// How bad it is unless the config says otherwise.
    pub fn severity(self) -> Severity {
        self.line().map_or(Severity::Error, |line| line.2)
    }

    /// Its texts for a field.
    pub fn texts(self, whose: &str) -> Texts {
        self.line().map_or_else(Texts::default, |line| Texts {
            what: format!("{whose} {}", line.3),
            why: line.4.into(),
            fix: line.5.into(),
            example: String::new(),
        })
    }

    /// The same for a field of which more is known: an example of its own, and of rows in a text how they are written.
    pub fn texts_of(self, field: &Field, currencies: &[String]) -> Texts {
        let texts = self.texts(&format!("`{}`", field.name));
        let example = examples::of_unasked(self, field, currencies);
        let parts = field.source.parts.join(":");
        match self {
            Unasked::Kind if !parts.is_empty() => Texts {
                fix: format!(
                    "write its rows as `{parts}`, with commas between them and quotes around a text that holds one of these marks"
                ),
                example,
                ..texts
            },
            _ => Texts { example, ..texts },
        }
    }

    /// Those that a field of the head, of a listing or of a row can have.
    pub fn of_field(field: &Field, description: &Description) -> impl Iterator<Item = Unasked> {
        let spelled = rows_of(field, description);
        Self::all().filter(move |unasked| unasked.can_have(field, &spelled, description))
    }

    fn can_have(self, field: &Field, spelled: &[&Row], description: &Description) -> bool {
        let in_a_row = |says: fn(&Row) -> bool| spelled.iter().any(|row| says(row));
        let is_joined = field.spelling.join.is_some() || in_a_row(|row| row.spelling.join.is_some());
        match self {
            Unasked::Kind => can_be_of_another_kind(field),
            Unasked::Choice => field.kind == Kind::Choice,
            Unasked::Decimals => field.spelling.decimals.is_some() || in_a_row(|row| row.spelling.decimals.is_some()),
            Unasked::Currency => {
                (description.takes_shop_currency || !description.currencies.is_empty()) && holds_currency(field)
            }
            Unasked::Join => field.kind == Kind::List && is_joined,
            Unasked::Marks => stands_with_marks(field, spelled),
            Unasked::Lookup => looks_up(&field.source),
            Unasked::Key => field.kind == Kind::Table && !field.key.is_empty(),
            Unasked::Varies => {
                let is_outermost = description.fields.iter().any(|outer| std::ptr::eq(outer, field));
                is_outermost && field.is_of_first_offer(description.listing)
            }
            Unasked::Ignored => in_a_row(|row| !row.ignored.is_empty()),
            Unasked::Refused => in_a_row(|row| !row.refused.is_empty()),
            Unasked::Twice if field.kind == Kind::Table => field.is_one_row(),
            Unasked::Twice => field.kind != Kind::List || is_joined,
        }
    }
}

/// Whether a text may be read as something else where it stands: a mark in a cell would end it, or it is the word for
/// nothing.
fn stands_with_marks(field: &Field, spelled: &[&Row]) -> bool {
    let is_text = matches!(field.kind, Kind::Text | Kind::Html | Kind::Url);
    let says_nothing = |spelling: &Spelling| is_text && matches!(spelling.empty, Some(EmptyAs::Text(_)));
    says_nothing(&field.spelling) || spelled.iter().any(|row| row.marks.is_some() || says_nothing(&row.spelling))
}

/// Numbers, times and flags can be misspelled; a text only where it is made of what can be.
fn can_be_of_another_kind(field: &Field) -> bool {
    match field.kind {
        Kind::Choice => false, // it has its own finding
        Kind::Table => !field.source.parts.is_empty(),
        Kind::Text | Kind::Html | Kind::Url | Kind::List => is_made_of_more(&field.source),
        _ => true,
    }
}

fn is_made_of_more(source: &Source) -> bool {
    match &source.from {
        From::Nothing | From::Constant(_) | From::Lookup { .. } => false,
        From::Template(_) => true,
        From::Expression(_) => source.gives != Some(Type::Text),
        From::FirstOf(members) => members.iter().any(is_made_of_more),
    }
}

/// Whether what is wrong with its value is a key that a lookup lacks.
pub fn is_looked_up(field: &Field) -> bool {
    matches!(field.source.from, From::Lookup { .. }) || (looks_up(&field.source) && !can_be_of_another_kind(field))
}

/// Whether it is an amount with a currency, or a currency's code.
fn holds_currency(field: &Field) -> bool {
    field.kind == Kind::Money || field.source.as_name() == Some("currency")
}

fn looks_up(source: &Source) -> bool {
    match &source.from {
        From::Lookup { .. } => true,
        From::FirstOf(members) => members.iter().any(looks_up),
        _ => false,
    }
}

/// The rows of a field in all shapes, wherever its list stands.
fn rows_of<'d>(field: &Field, description: &'d Description) -> Vec<&'d Row> {
    let mut found = Vec::new();
    for shape in &description.shapes {
        collect(field, &description.head, &shape.head, &mut found);
        collect(field, &description.fields, &shape.at, &mut found);
    }
    found
}

fn collect<'d>(field: &Field, fields: &'d [Field], at: &'d [(usize, Vec<Row>)], found: &mut Vec<&'d Row>) {
    for (number, rows) in at {
        let Some(here) = fields.get(*number) else { continue };
        if std::ptr::eq(here, field) {
            found.extend(rows);
        }
        for row in rows {
            collect(field, &here.fields, &row.at, found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_one_has_its_texts() {
        for unasked in Unasked::all() {
            let texts = unasked.texts("`price`");
            assert!(!unasked.name().is_empty() && !texts.why.is_empty() && !texts.fix.is_empty(), "{unasked:?}");
            assert!(texts.what.starts_with("`price` "), "{unasked:?}");
        }
        let mut names: Vec<_> = Unasked::all().map(Unasked::name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), TABLE.len());
    }
}
