//! Which cells of a record make which value: the mapping once it is settled, by
//! numbers of columns.

use rust_decimal::Decimal;

use super::pieces::Split;
use crate::model::{Kind, OfferField, Said, Unit};

/// A master's columns as fields of an offer.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    /// What every offer says, in order.
    pub(super) said: Vec<Said>,
    /// How each of these is taken from a record.
    pub(super) takes: Vec<Take>,
    /// The column of the SKU.
    pub(super) sku: usize,
    /// All columns' names.
    pub(super) columns: Vec<String>,
    /// Columns that nobody reads.
    pub(super) unread: Vec<String>,
    /// Keys that the config names and no object of the file has.
    pub(super) absent: Vec<String>,
    /// Which of these is the path of the offer's category, and which its id, where the id does not follow.
    pub(super) path: Option<PathSaid>,
}

/// How one value is taken from the cells of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Take {
    /// The cell as it stands.
    Text(usize),
    /// The cell without blanks around it.
    Trimmed(usize),
    /// A GTIN, which a spreadsheet may have eaten.
    Gtin(usize),
    /// A currency's code, or a word for it.
    Currency(usize),
    /// A number of any sort.
    Number(NumberTake),
    /// Yes or no.
    Flag(usize),
    /// One of the words of this field.
    Choice(usize, &'static str),
    /// A day or a time; whether it is a property of the goods, and not when a price holds.
    Moment(usize, bool),
    /// Items.
    List(ListTake),
    /// Rows of attributes, from one source after the other.
    Attributes(Vec<AttributeTake>, AttributeShape),
    /// The same in several languages; rare, so its size is not that of all others.
    Translated(Box<TranslatedTake>),
    /// Rows of prices: from a quantity on, or of delivery.
    Prices(PricesTake),
    /// Rows that are objects in the file.
    Rows(Box<RowsTake>),
    /// Rows of options: axis and column.
    Options(Vec<(String, usize)>),
    /// Rows of options, all in one cell.
    OptionPairs(PairsTake),
    /// An id, or a path of names, in the merchant's tree.
    Category(usize),
    /// The id of a path.
    CategoryOfPath(usize, Split),
    /// A path, with ` > ` between its levels.
    Path(usize, Split),
}

/// A number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NumberTake {
    pub(super) column: usize,
    /// Money, quantity, count or a bare number.
    pub(super) kind: Kind,
    /// The unit where the cell says none.
    pub(super) unit: Unit,
    /// Whether it is a property of the goods, and not what they cost or how many there are.
    pub(super) detail: bool,
}

/// A list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ListTake {
    pub(super) column: usize,
    pub(super) split: Option<Split>,
    /// Whether its items are addresses.
    pub(super) addresses: bool,
    /// Whether its items stand in the file one by one.
    pub(super) apart: bool,
}

/// Names and values in one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PairsTake {
    pub(super) column: usize,
    pub(super) split: Split,
    pub(super) pair: Split,
}

/// Rows that are objects in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RowsTake {
    pub(super) column: usize,
    /// Whether a row is a name and what it stands for, and not a price.
    pub(super) pairs: bool,
    /// The fields of a row: of pairs the name and the value first, else the price last.
    pub(super) fields: Vec<RowPart>,
}

/// One field of such a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RowPart {
    pub(super) name: String,
    pub(super) kind: Kind,
    /// The number of its key among all keys that the rows of this column have.
    pub(super) part: usize,
}

/// Where attributes come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum AttributeTake {
    /// Names and values in one cell.
    Pairs(PairsTake),
    /// Names, values, and perhaps units and sections, as objects in the file.
    Rows(RowsTake),
    /// The value of one attribute.
    One { name: String, column: usize, unit: Option<String>, section: Option<String>, split: Option<Split> },
}

/// Which fields beside name and value the rows of attributes have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct AttributeShape {
    pub(super) unit: bool,
    pub(super) section: bool,
}

/// Attributes in several languages: what stands at one place in each of them is one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TranslatedTake {
    /// Each source in the shop's language, and the same in the others, where they have it.
    pub(super) sources: Vec<(AttributeTake, Vec<Option<AttributeTake>>)>,
    /// Of the rows in the shop's language.
    pub(super) shape: AttributeShape,
    /// The shop's language; empty where nobody says.
    pub(super) own: String,
    /// The others, in the order in which every source has them.
    pub(super) others: Vec<String>,
}

/// Rows whose last field is a price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PricesTake {
    /// All fields that a row can have; of each, whether any source says it.
    pub(super) fields: Vec<(RowField, bool)>,
    /// Where the rows come from.
    pub(super) sources: Vec<PriceSource>,
}

/// One field of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RowField {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
}

/// Where rows of prices come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PriceSource {
    /// All in one cell; `parts` are the numbers of the fields in the order of the cell.
    Cell { column: usize, split: Split, pair: Split, parts: Vec<usize> },
    /// The price of one row, whose other fields the config gives.
    One { column: usize, given: Vec<Given> },
}

/// A field of a row that the config gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Given {
    Nothing,
    Text(String),
    Number(Decimal),
}

/// Numbers of what is said about the offer's category.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PathSaid {
    pub(super) path: usize,
    /// The category's own id, where it has one.
    pub(super) id: Option<usize>,
}

impl Take {
    /// The columns it reads.
    pub(super) fn columns(&self) -> Vec<usize> {
        match self {
            Take::Text(column)
            | Take::Trimmed(column)
            | Take::Gtin(column)
            | Take::Currency(column)
            | Take::Flag(column)
            | Take::Choice(column, _)
            | Take::Moment(column, _)
            | Take::Category(column)
            | Take::CategoryOfPath(column, _)
            | Take::Path(column, _) => vec![*column],
            Take::Number(number) => vec![number.column],
            Take::List(list) => vec![list.column],
            Take::OptionPairs(pairs) => vec![pairs.column],
            Take::Rows(rows) => vec![rows.column],
            Take::Options(axes) => axes.iter().map(|axis| axis.1).collect(),
            Take::Attributes(takes, _) => takes.iter().map(AttributeTake::column).collect(),
            Take::Translated(take) => {
                let all =
                    take.sources.iter().flat_map(|(own, others)| std::iter::once(own).chain(others.iter().flatten()));
                all.map(AttributeTake::column).collect()
            }
            Take::Prices(take) => take.sources.iter().map(PriceSource::column).collect(),
        }
    }

    /// The columns whose cells are numbers and nothing else.
    pub(super) fn number_columns(&self) -> Vec<usize> {
        match self {
            Take::Number(number) => vec![number.column],
            Take::Prices(take) => {
                let ones = take.sources.iter().filter(|source| matches!(source, PriceSource::One { .. }));
                ones.map(PriceSource::column).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Adds the rows of a further source of the same table; whether it can be added to this.
    pub(super) fn join(&mut self, more: &mut Take) -> bool {
        match (self, more) {
            (Take::Attributes(takes, shape), Take::Attributes(more, also)) => {
                takes.append(more);
                shape.unit |= also.unit;
                shape.section |= also.section;
                true
            }
            (Take::Prices(take), Take::Prices(more)) => {
                take.sources.append(&mut more.sources);
                take.fields.iter_mut().zip(&more.fields).for_each(|(field, more)| field.1 |= more.1);
                true
            }
            _ => false,
        }
    }
}

impl PriceSource {
    fn column(&self) -> usize {
        match self {
            PriceSource::Cell { column, .. } | PriceSource::One { column, .. } => *column,
        }
    }
}

impl From<&OfferField> for RowField {
    fn from(field: &OfferField) -> Self {
        RowField { name: field.name, kind: field.kind }
    }
}

impl AttributeTake {
    pub(super) fn column(&self) -> usize {
        match self {
            AttributeTake::Pairs(pairs) => pairs.column,
            AttributeTake::Rows(rows) => rows.column,
            AttributeTake::One { column, .. } => *column,
        }
    }
}
