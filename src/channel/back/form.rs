//! What becomes of a field's value on its way back to an offer.

use crate::channel::description::{Field, FieldNo, Otherwise, Source};
use crate::model::Kind;
use crate::model::offer::{OfferField, Suffix, field_of, offer_field};

/// How a value goes back.
#[derive(Debug, Clone)]
pub(super) enum Form {
    /// As it is.
    Value,
    /// Whether it can be bought, as the word of `availability`.
    InStock,
    /// Rows: sub-field and the key that it goes to. Rows that only stand in for a source that is not there say nothing.
    Rows { keys: Vec<(FieldNo, String)>, instead: Vec<Vec<(FieldNo, String)>> },
    /// Rows in a text: for each of their parts the sub-field that holds it.
    Text(Vec<Option<FieldNo>>),
    /// The items that a table's rows hold in this sub-field.
    Items(FieldNo),
    /// The beginning of an interval.
    Start,
    /// Its end.
    End,
    /// A path of categories, `A > B > C`.
    Path,
    /// The name of a category, which is a path of one level.
    Level,
}

/// The first plain name of a source, conditions aside.
pub(super) fn plain_name(source: &Source) -> Option<&str> {
    use crate::channel::description::From;
    match &source.from {
        From::FirstOf(members) => members.iter().find_map(plain_name),
        _ => source.as_name(),
    }
}

/// Where a name leads: the offer's field by its full name, and whether it is only part of the list.
pub(super) struct Target {
    pub(super) name: String,
    pub(super) field: &'static OfferField,
    pub(super) form: Form,
    /// It is a part of the field's list: the first, or the rest.
    pub(super) part: bool,
}

/// Where the value of a field goes that comes from this name; `None` where nothing of an offer is meant.
pub(super) fn target(name: &str, field: &Field, language: &str) -> Option<Target> {
    let to = |name: &str, form: Form, part: bool| {
        let (field, suffix) = offer_field(name)?;
        Some(Target { name: full_name(field, suffix, language), field, form, part })
    };
    match name {
        "quantity" => to("stock", Form::Value, false),
        "in_stock" => to("availability", Form::InStock, false),
        "pictures.first" | "pictures.rest" => to("pictures", Form::Value, true),
        "group.pictures" => to("pictures", form_of(field, offer_field("pictures")?.0, language)?, false),
        "group.title" => to("group_title", Form::Value, false),
        "category.path" => to("category_path", Form::Path, false),
        "category.name" => to("category_path", Form::Level, false),
        name => to(name, form_of(field, offer_field(name)?.0, language)?, false),
    }
}

/// The full name of a field: texts that name no language are in the shop's.
pub(super) fn full_name(field: &OfferField, suffix: Option<&str>, language: &str) -> String {
    match suffix {
        Some(suffix) => format!("{}.{suffix}", field.name),
        None if field.suffix == Suffix::Language && field.kind != Kind::Table && !language.is_empty() => {
            format!("{}.{language}", field.name)
        }
        None => field.name.to_owned(),
    }
}

/// How the value of a field goes back to one of an offer; `None` where the two do not go together.
pub(super) fn form_of(field: &Field, target: &'static OfferField, language: &str) -> Option<Form> {
    match (field.kind, target.kind) {
        (Kind::Table, Kind::Text) if !field.source.parts.is_empty() => {
            let holds =
                |part: &String| field.fields.iter().position(|inner| plain_name(&inner.source) == Some(part.as_str()));
            Some(Form::Text(field.source.parts.iter().map(holds).collect()))
        }
        (Kind::Table, Kind::Table) => {
            let keys: Vec<(FieldNo, String)> = field
                .fields
                .iter()
                .enumerate()
                .filter_map(|(number, inner)| Some((number, key(plain_name(&inner.source)?, target, language)?)))
                .collect();
            let instead = instead(field);
            (!keys.is_empty()).then_some(Form::Rows { keys, instead })
        }
        (Kind::Table, Kind::List) => {
            let item = |inner: &Field| plain_name(&inner.source) == Some("value");
            field.fields.iter().position(item).map(Form::Items)
        }
        (Kind::Table, _) | (_, Kind::Table) => None,
        _ if target.name == "category_path" => Some(Form::Path),
        (Kind::Interval, Kind::Time | Kind::Date) => Some(Form::Start),
        _ => Some(Form::Value),
    }
}

/// The key of a row that a sub-field goes to.
fn key(name: &str, target: &'static OfferField, language: &str) -> Option<String> {
    // the axes of a product list all values of its offers, those of a variant its own
    let name = if name == "values" { "value" } else { name };
    let (field, suffix) = field_of(target.rows, name)?;
    Some(match suffix {
        None if field.suffix == Suffix::Language && !language.is_empty() => format!("{}.{language}", field.name),
        _ => name.to_owned(),
    })
}

/// The rows that stand in for a source that is not there.
fn instead(field: &Field) -> Vec<Vec<(FieldNo, String)>> {
    let Some(Otherwise::Rows(rows)) = &field.source.otherwise else { return Vec::new() };
    let cell = |(name, text): &(String, String)| {
        Some((field.fields.iter().position(|inner| inner.name == *name)?, text.clone()))
    };
    rows.iter().map(|row| row.iter().filter_map(cell).collect()).collect()
}
