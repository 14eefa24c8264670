//! A channel compiled: names are numbers, expressions are programs, every demand
//! has its code. It can be shared by threads and is never changed after loading.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::expression::Program;
use crate::finding::{CodeNo, Levels};
use crate::model::{Kind, Unit, Value};

use super::category_list::CategoryList;
pub use super::compared::Compared;
use super::demand::Within;
use super::description::{Absent, Compare, FieldNo, Gather, Is, Limit, ListingOf, Range, Wire};
use super::pattern::Pattern;
use super::read::ReadPlan;
use super::screen::Screen;
use super::spelling::SpellingPlan;
use super::write::WritePlan;

/// A channel, ready to be worked with.
#[derive(Debug)]
pub struct ChannelPlan {
    /// Its name in the config: two channels of one description differ in it.
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// Fields of a listing.
    pub fields: Vec<FieldPlan>,
    /// Fields of the document.
    pub head: Vec<FieldPlan>,
    /// Demands over several fields.
    pub rules: Vec<ListingRulePlan>,
    /// What a listing stands for.
    pub listing: ListingOf,
    /// Which fields are what a report and a guard ask for.
    pub roles: Roles,
    /// The table of a product's offers, where listings are products.
    pub variants: Option<Variants>,
    /// The listing of a product names its offers, in a table of theirs.
    pub names_offers: bool,
    /// How documents of the channel are spelled; the first that is not read-only is written.
    pub shapes: Vec<ShapePlan>,
    /// Number of the shape that is written.
    pub written: usize,
    /// What becomes of a listing that is missing from the feed.
    pub absent: Absent,
    /// Price limits of the channel's own: field, and new ÷ old.
    pub quarantine: Vec<(FieldNo, Range)>,
    /// Currencies that the channel takes; empty for any.
    pub currencies: Vec<String>,
    /// How many sets of values there are that may stand in one listing only.
    pub unique_sets: usize,
    /// Codes that the merchant made something else than they are.
    pub levels: Levels,
}

/// The offers of a product in its listing.
#[derive(Debug, Clone, Copy)]
pub struct Variants {
    /// The table whose rows they are.
    pub field: FieldNo,
    /// Which fields of a row are what a report and a guard ask for.
    pub roles: Roles,
}

impl ChannelPlan {
    /// Whether its listings are made of products, which takes all of their offers.
    pub fn is_of_products(&self) -> bool {
        self.listing != ListingOf::Offer
    }

    /// How its feed is written; `None` where it cannot be.
    pub fn write(&self) -> Option<&WritePlan> {
        self.shapes.get(self.written)?.write.as_ref()
    }

    /// Fields that a document may have which compares them so, and that a feed leaves out since nobody says them; none
    /// where what a feed leaves out stays on the channel.
    pub fn left_out_of_feeds(&self, there: &[Compared], of: fn(&ShapePlan) -> &[Compared]) -> Vec<FieldNo> {
        let takes_all = |shape: &&ShapePlan| shape.write.is_some() && !shape.missing_is_unsaid;
        let Some(feed) = self.shapes.get(self.written).filter(takes_all).map(of) else { return Vec::new() };
        let both = there.iter().zip(feed).enumerate().filter(|(_, (there, feed))| there.is_unsaid && feed.is_unsaid);
        both.map(|found| found.0).collect()
    }
}

/// One field of a listing, of the document or of a table's row.
#[derive(Debug, Clone)]
pub struct FieldPlan {
    /// Its name in the description.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// How two values are compared.
    pub compare: Compare,
    /// In no comparison and no digest.
    pub volatile: bool,
    /// A table's row without it is not written.
    pub required: bool,
    /// Whether the master, the config or the description itself says anything about it.
    pub said: bool,
    /// Its value is a cell of a lookup table: a bad one is a key that the table does not have.
    pub looked_up: bool,
    /// Each offer of a product says it, and the first one's counts.
    pub of_first_offer: bool,
    /// It is the currency of the listing's prices.
    pub is_currency: bool,
    /// How it is spelled where a shape does not say otherwise.
    pub spelling: SpellingPlan,
    /// Codes of what is checked without being asked.
    pub codes: FieldCodes,
    /// What the channel demands.
    pub rules: Vec<RulePlan>,
    /// The fields of a table's rows.
    pub fields: Vec<FieldPlan>,
    /// The row fields that rows are matched by; the first that is there counts. Empty: in order.
    pub key: Vec<FieldNo>,
    /// What shows at a glance that its rules have nothing to say; `None` where more than they look at a value.
    pub screen: Option<Screen>,
    /// Whether no rule asks for it where it is missing.
    pub may_be_missing: bool,
    /// Whether what its rules say follows from its text alone: the same text is the same verdict.
    pub judged_by_text: bool,
    /// Whether a value of its rows may stand only once, in all listings together.
    pub holds_unique: bool,
    /// The row fields that a row may not be able to do without.
    pub needed: Vec<FieldNo>,
    /// The row fields whose values are cells of lookup tables.
    pub looking_up: Vec<FieldNo>,
    /// The row fields that are tables themselves.
    pub tables: Vec<FieldNo>,
}

/// Codes of what is checked without being asked.
#[derive(Debug, Clone, Copy)]
pub struct FieldCodes {
    /// A text that is not of the kind.
    pub kind: CodeNo,
    /// A word that the channel does not know.
    pub choice: CodeNo,
    /// More places than the channel takes.
    pub decimals: CodeNo,
    /// A currency that the channel does not take.
    pub currency: CodeNo,
    /// An item that holds the separator.
    pub join: CodeNo,
    /// A text that holds a mark which would end it.
    pub marks: CodeNo,
    /// A key that a lookup table does not have.
    pub lookup: CodeNo,
    /// Two rows with one key.
    pub key: CodeNo,
    /// The offers of one product disagree.
    pub varies: CodeNo,
    /// A place that the channel does not read.
    pub ignored: CodeNo,
    /// A place where it may not stand.
    pub refused: CodeNo,
    /// A single node that stands twice.
    pub twice: CodeNo,
}

/// A demand on one field.
#[derive(Debug, Clone)]
pub struct RulePlan {
    /// What is demanded.
    pub test: TestPlan,
    /// Its code.
    pub code: CodeNo,
    /// Whether breaking it makes the listing invalid.
    pub is_error: bool,
    /// Whether nobody is told where it is broken, so that it keeps no other rule from speaking.
    pub is_allowed: bool,
    /// Only where this holds; over the listing's fields, in a row over the row's first.
    pub when: Option<Program>,
    /// Only where the category of another field lies in one of these.
    pub within: Option<Within>,
    /// Looks at the joined text, not each item.
    pub whole: bool,
    /// Only of amounts in this unit.
    pub unit: Option<Unit>,
    /// Rules of one test share a family: of each only the first that fails speaks.
    pub family: u8,
}

impl RulePlan {
    /// Whether a listing or row without the field is wrong, always or under a condition.
    pub fn is_demand(&self) -> bool {
        self.is_error && matches!(self.test, TestPlan::Need)
    }

    /// Whether its verdict on a text that is there follows from the text alone.
    pub fn is_of_text(&self) -> bool {
        let is_of_text = match &self.test {
            TestPlan::Need
            | TestPlan::Chars { .. }
            | TestPlan::Bytes(_)
            | TestPlan::Pattern(_)
            | TestPlan::Forbid(_)
            | TestPlan::ForbidCapitals
            | TestPlan::Is(_) => true,
            TestPlan::Items(_)
            | TestPlan::Range(_)
            | TestPlan::Above(_)
            | TestPlan::Below(_)
            | TestPlan::Unique { .. }
            | TestPlan::Declared(_)
            | TestPlan::Requires(_)
            | TestPlan::Distinct(_)
            | TestPlan::Among(_) => false,
        };
        is_of_text && self.when.is_none() && self.within.is_none()
    }

    /// Whether the rule may have anything to say of a value that is there, or of one that is not.
    #[inline]
    pub fn may_speak(&self, value: &Value<'_>) -> bool {
        let is_in = |unit: Unit| matches!(value, Value::Number(number) if number.unit == unit);
        value.is_there() != matches!(self.test, TestPlan::Need) && self.unit.is_none_or(is_in)
    }
}

/// What a rule demands, with everything resolved.
#[derive(Debug, Clone)]
pub enum TestPlan {
    /// It is there.
    Need,
    /// So many characters.
    Chars {
        /// So many.
        range: Range,
        /// A text of at most so many bytes is surely within; `None` where none is.
        surely: Option<usize>,
    },
    /// So many bytes.
    Bytes(Range),
    /// So many items or rows.
    Items(Range),
    /// A number within.
    Range(Range),
    /// Strictly above.
    Above(Limit),
    /// Strictly below.
    Below(Limit),
    /// The whole text matches.
    Pattern(Matcher),
    /// Nothing in the text matches.
    Forbid(Matcher),
    /// More capitals than a name needs.
    ForbidCapitals,
    /// A check that needs more than a pattern.
    Is(Is),
    /// No other listing has it; the number of its set among the channel's.
    Unique {
        /// Number of the set.
        set: usize,
        /// Taken away before comparing.
        without: Option<Pattern>,
        /// Case aside.
        fold: bool,
    },
    /// The value is a key of that table of the head.
    Declared(FieldNo),
    /// These fields are there too.
    Requires(Vec<FieldNo>),
    /// No two rows have the same in this field of theirs.
    Distinct(FieldNo),
    /// The value is an id or a full path of this list.
    Among(Arc<CategoryList>),
}

/// A pattern, as a table of bytes where it is one class of ASCII characters.
#[derive(Debug, Clone)]
pub enum Matcher {
    /// Every byte is of the class (for a pattern), or no byte is (for a forbidden one).
    Bytes(Box<[bool; 256]>),
    /// Anything else.
    Pattern(Pattern),
}

/// A demand over several fields.
#[derive(Debug, Clone)]
pub struct ListingRulePlan {
    /// What is demanded.
    pub test: ListingTestPlan,
    /// Its code.
    pub code: CodeNo,
    /// Whether breaking it makes the listing invalid.
    pub is_error: bool,
    /// Only where this holds.
    pub when: Option<Program>,
    /// The field that messages name.
    pub field: Option<FieldNo>,
}

/// What a rule over several fields demands.
#[derive(Debug, Clone)]
pub enum ListingTestPlan {
    /// All of them or none.
    Together(Vec<FieldNo>),
    /// At least one.
    AnyOf(Vec<FieldNo>),
    /// Exactly one.
    OneOf(Vec<FieldNo>),
    /// This holds.
    Assert(Program),
}

/// Which fields are what a report and a guard ask for, found by where they come from.
#[derive(Debug, Clone, Copy, Default)]
pub struct Roles {
    /// What the customer pays; where there is a price for sales, what is paid without one.
    pub price: Option<FieldNo>,
    /// What the customer pays in a sale, where a field of its own says it.
    pub sale: Option<FieldNo>,
    /// The regular price.
    pub old_price: Option<FieldNo>,
    /// Pieces.
    pub stock: Option<FieldNo>,
    /// A word or flag that says whether it can be bought.
    pub availability: Option<FieldNo>,
    /// What it is called.
    pub title: Option<FieldNo>,
    /// Its maker.
    pub brand: Option<FieldNo>,
    /// Its category.
    pub category: Option<FieldNo>,
    /// The currency of its prices.
    pub currency: Option<FieldNo>,
}

impl Roles {
    /// What the customer pays for a listing with these values.
    pub fn paid(&self, values: &[Value<'_>]) -> Option<Decimal> {
        let amount = |field: Option<FieldNo>| values.get(field?)?.as_amount();
        amount(self.sale).or_else(|| amount(self.price))
    }
}

/// One kind of document of the channel.
#[derive(Debug)]
pub struct ShapePlan {
    /// Its name.
    pub name: String,
    /// Its notation.
    pub wire: Wire,
    /// Never written.
    pub read_only: bool,
    /// What is found where it is written: the code, and why.
    pub advice: Option<(CodeNo, String)>,
    /// Whether a listing that is missing here is missing on the channel.
    pub complete: bool,
    /// A node that is not there says nothing: what a document leaves out stays on the channel.
    pub missing_is_unsaid: bool,
    /// Of what one listing is made, where it is more than one row or line.
    pub gather: Option<Gather>,
    /// How listings are matched.
    pub key: Vec<Vec<FieldNo>>,
    /// How it is read.
    pub read: ReadPlan,
    /// How it is written; `None` for a read-only shape.
    pub write: Option<WritePlan>,
    /// Which fields of a listing the shape carries.
    pub carried: Vec<bool>,
    /// For each field of a listing, how it takes part in comparisons.
    pub compared: Vec<Compared>,
    /// The same for the fields of the document.
    pub head_compared: Vec<Compared>,
}
