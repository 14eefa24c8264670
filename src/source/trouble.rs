//! What is wrong with the cells of one record, on its way to becoming findings: one
//! finding per code and offer, whatever number of cells it is about.

use std::fmt;

use super::layout::Layout;
use super::offer::RecordPlace;
use super::words;
use crate::finding::{Found, Known, Sink};
use crate::model::text::{held, name_without_unwritable, shortened};
use crate::model::{Kind, NotAnAmount};

/// Something wrong with one cell.
#[derive(Debug, Clone)]
pub(super) struct Trouble<'b> {
    pub(super) code: Known,
    /// The number of what is said.
    pub(super) field: usize,
    /// The cell's column.
    pub(super) column: usize,
    /// What stands there.
    pub(super) text: &'b str,
    pub(super) why: Why,
}

/// Why it is wrong, to stand behind the quoted text.
#[derive(Debug, Clone)]
pub(super) enum Why {
    Amount(NotAnAmount),
    /// The amount has a unit that does not go with this kind.
    WrongUnit(Kind),
    NotWhole,
    OtherMark,
    NoDate,
    /// It is none of the words of this field of the offer.
    NoWord(&'static str),
    NotYesOrNo,
    Eaten,
    BecameDate,
    SheetError,
    NoPair,
    /// So many attributes stand there, and so many in the shop's language.
    OtherPlaces(usize, usize),
    AlonePlace,
    OtherParts,
    NoQuantity,
    OtherForm,
    NoValue,
    SeveralAddresses,
    NoCategory,
    Lost,
    /// It holds characters that no feed may carry; the message says which.
    Unwritable,
    BlankSku,
    ControlInSku,
    BlanksInSku,
    MixedSku,
}

impl fmt::Display for Why {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Why::Amount(not) => return not.fmt(formatter),
            Why::WrongUnit(kind) => {
                return write!(formatter, "has a unit that does not go with {}", kind.in_words());
            }
            Why::OtherPlaces(these, own) => {
                return write!(formatter, "parts into {these}, in the shop's language into {own}");
            }
            Why::AlonePlace => "has one that the shop's language lacks",
            Why::OtherParts => "has not the parts that the config says",
            Why::NoQuantity => "has no quantity beside it",
            Why::OtherForm => "is not one value",
            Why::NotWhole => "is not a whole number",
            Why::OtherMark => "has another decimal mark than the numbers around it",
            Why::NoDate => "is not a date that can be read in one way only",
            Why::NoWord(field) => {
                let ours: Vec<&str> = words::words_of(field).iter().map(|word| word.0).collect();
                return write!(formatter, "is none of the words of this field: {}", ours.join(", "));
            }
            Why::NotYesOrNo => "is neither yes nor no",
            Why::Eaten => "is what a spreadsheet left of a longer number",
            Why::BecameDate => "is the date that a spreadsheet has made of it",
            Why::SheetError => "is what a spreadsheet writes where it could not compute",
            Why::NoPair => "has no name before its value",
            Why::NoValue => "has no value behind its name",
            Why::SeveralAddresses => "is several addresses in one",
            Why::NoCategory => "is not in the tree of categories",
            Why::Lost => "has lost letters",
            Why::Unwritable => "holds what no feed may carry",
            Why::BlankSku => "is blank",
            Why::ControlInSku => "holds a control character",
            Why::BlanksInSku => "begins or ends with a blank",
            Why::MixedSku => "mixes Latin letters with Cyrillic ones that look alike",
        };
        formatter.write_str(text)
    }
}

impl Known {
    /// Whether an offer with this trouble may go nowhere.
    fn makes_faulty(self) -> bool {
        matches!(
            self,
            Known::SkuBlank
                | Known::SkuEaten
                | Known::SkuControl
                | Known::Number
                | Known::NumberAmbiguous
                | Known::NumberEaten
                | Known::Date
                | Known::Choice
                | Known::Form
                | Known::CategoryUnknown
        )
    }
}

/// The first of these troubles that keeps an offer from every channel.
pub(super) fn fault_of(troubles: &[Trouble<'_>]) -> Option<Known> {
    troubles.iter().map(|trouble| trouble.code).find(|code| code.makes_faulty())
}

/// Tells the troubles of one offer. `cell_at` says where in the file a column's cell begins.
pub(super) fn tell(
    troubles: &mut [Trouble<'_>],
    place: RecordPlace,
    sku: &str,
    layout: &Layout,
    cell_at: impl Fn(usize) -> u64,
    sink: &mut Sink,
) {
    troubles.sort_by_key(|trouble| trouble.code as u16);
    for same in troubles.chunk_by(|one, other| one.code == other.code) {
        let Some(first) = same.first() else { continue };
        let at_record = matches!(first.why, Why::BlankSku);
        sink.add(first.code.into(), || Found {
            offset: if at_record { place.offset } else { cell_at(first.column) },
            key: sku.to_owned(),
            field: layout.said.get(first.field).map(|said| said.name.clone()).unwrap_or_default(),
            message: same.iter().map(|trouble| message(trouble, layout)).collect::<Vec<_>>().join("; "),
        });
    }
}

/// ``price «по запросу» is not a number``, with the column where it is called otherwise.
fn message(trouble: &Trouble<'_>, layout: &Layout) -> String {
    let field = layout.said.get(trouble.field).map_or("", |said| said.name.as_str());
    let column = layout.columns.get(trouble.column).map_or("", String::as_str);
    if matches!(trouble.why, Why::BlankSku) {
        return format!("the cell of «{column}» is blank");
    }
    let named = if column == field || column.is_empty() { field.to_owned() } else { format!("{field} («{column}»)") };
    if matches!(trouble.why, Why::Unwritable) {
        let mut removed = Vec::new();
        name_without_unwritable(trouble.text, &mut removed);
        return format!("{named} {}", held(trouble.text, &removed));
    }
    format!("{named} «{}» {}", shortened(trouble.text, 40), trouble.why)
}
