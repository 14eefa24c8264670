//! Masters of objects: JSON, JSON Lines and YAML. A first pass finds the list of offers and what
//! their keys are; then the objects are laid out once as rows of a table in a temporary file, so that all that
//! comes after is the same for every notation. Places lead back to the objects.

mod choose;
mod lay;
mod leaves;
mod places;
mod plan;
mod schema;
mod spelled;

use super::arrange::arrange;
use super::layout::Layout;
use super::sample::{FETCH_AGAIN, Sample, is_page};
use super::{MasterOptions, Notation, OpenError};
use crate::finding::Refusal;
use crate::model::{DecimalStyle, Marks};
use crate::wire::Digest;
use crate::wire::input::Input;
use crate::wire::json::walk::{self, Visit};
use crate::wire::table::Dialect;
use crate::wire::yaml;
use schema::Schema;

pub(super) use places::Laid;
pub(super) use spelled::{FIELD, ITEM, NUMBER, OTHER_FORM, ROW, is_marked};

/// How the rows are spelled: tabs stand in few texts, so that few cells need quotes.
pub(super) const DIALECT: Dialect = Dialect::new(b'\t', Some(b'"'));
/// A YAML document is held as a whole, in about nine times its own size, so there is a bound.
const LONGEST_YAML: u64 = 128 << 20;

/// A master of objects, laid out.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) layout: Layout,
    pub(super) laid: Laid,
    pub(super) marks: Marks,
    /// Where texts show both decimal marks, the rarer one.
    pub(super) rarer: Option<DecimalStyle>,
    /// Whether the decimal mark was guessed from texts.
    pub(super) guessed: bool,
}

/// Finds the offers and lays them out. `seen` says which decimal marks the texts of a sample show; `known` is the print of
/// the text that they were made of, where it is not this one.
pub(super) fn open(
    input: &Input,
    options: &MasterOptions,
    tree: bool,
    seen: impl Fn(&Sample, &Layout) -> (Marks, Option<DecimalStyle>),
    known: Option<Digest>,
) -> Result<Opened, OpenError> {
    if input.is_empty() {
        return Err(Refusal::whole(input.shown_as(), "the file is empty", "export the catalog again").into());
    }
    let mut head = Vec::new();
    input.read_at(0, usize::try_from(input.len().min(256)).unwrap_or(0), &mut head)?;
    if is_page(&String::from_utf8_lossy(&head)) {
        return Err(input.refusal_at(0, "it is a web page, not a catalog", FETCH_AGAIN).into());
    }
    let (path, schema) = choose::offers(input, options)?;
    let whole = schema.sample();
    let unread = arrange(&whole, options, tree).map_err(OpenError::Mapping)?;
    // keys that nobody reads have no place in the rows
    let columns = plan::used(&unread, &whole);
    let sample = whole.only(&columns);
    let mut layout = arrange(&sample, options, tree).map_err(OpenError::Mapping)?;
    layout.unread = unread.unread;
    let (marks, rarer, guessed) = marks(&schema, options, || seen(&sample, &layout));
    let plan = plan::plan(&mut layout, &schema, options, marks).map_err(OpenError::Mapping)?;
    let laid = lay::lay(input, options, &path, &plan, known)?;
    Ok(Opened { layout, laid, marks, rarer, guessed })
}

/// The keys of the offers and their first values, before anybody has mapped them; and which list they stand in, where
/// there are several.
pub(super) fn sample(
    input: &Input,
    options: &MasterOptions,
    is_name: &dyn Fn(&str) -> bool,
) -> Result<(Sample, Option<String>), Refusal> {
    if input.is_empty() {
        return Err(Refusal::whole(input.shown_as(), "the file is empty", "export the catalog again"));
    }
    let (items, schema) = choose::likeliest(input, options, is_name)?;
    Ok((schema.sample(), items))
}

/// What stands before the decimals of texts. Numbers of the notation itself always have a point.
fn marks(
    schema: &Schema,
    options: &MasterOptions,
    seen: impl Fn() -> (Marks, Option<DecimalStyle>),
) -> (Marks, Option<DecimalStyle>, bool) {
    match (options.decimal, seen()) {
        (Some(style), _) => (Marks::Declared(style), None, false),
        (None, (Marks::Seen(style), rarer)) => {
            let known = style == DecimalStyle::Point && schema.has_numbers();
            (Marks::Seen(style), rarer, !known)
        }
        (None, _) if schema.has_numbers() => (Marks::Seen(DecimalStyle::Point), None, false),
        (None, (marks, rarer)) => (marks, rarer, true),
    }
}

/// Walks the values of all lists of a document, or those of its lines.
fn walk(input: &Input, notation: Notation, visit: Visit<'_>) -> Result<(), Refusal> {
    match notation {
        Notation::Table => Ok(()),
        Notation::Json => walk::document(input, visit),
        Notation::JsonLines => walk::lines(input, visit),
        Notation::Yaml => {
            if input.len() > LONGEST_YAML {
                let what = format!("it is YAML of more than {} MiB, which is read as a whole", LONGEST_YAML >> 20);
                return Err(Refusal::whole(input.shown_as(), what, "export it as JSON, or as JSON Lines"));
            }
            let text = input.text()?;
            let arena = bumpalo::Bump::new();
            let root = yaml::values(&text, &arena)
                .map_err(|broken| input.refusal_at(broken.at as u64, broken.what, broken.help))?;
            walk::tree(root, &mut String::new(), visit)
        }
    }
}
