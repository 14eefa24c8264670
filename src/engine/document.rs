//! What a document says of itself: the shop, the clock, the currencies and the
//! categories that its listings use, parents before children.

use bumpalo::Bump;
use hashbrown::HashSet;
use rust_decimal::Decimal;

use crate::channel::project::{Builder, Constant, FieldSaid, Known, KnownName, LookupData, Projection};
use crate::config::Config;
use crate::model::{Categories, Unit, Value};

use super::channels::ChannelSetup;

/// The columns of the table `categories`; `category` is the id once more, for lookups by it.
const CATEGORY_ROW: [&str; 5] = ["id", "parent", "name", "path", "category"];
/// The columns of the table `currencies`.
const CURRENCY_ROW: [&str; 2] = ["code", "rate"];

/// What listings use and the document has to declare.
#[derive(Debug, Clone, Default)]
pub struct Used {
    /// Ids of categories.
    pub categories: HashSet<String>,
    /// Codes of currencies.
    pub currencies: HashSet<String>,
}

/// The names that are known at load, for a channel's listings and for its document.
pub fn known_names(config: &Config, setup: &ChannelSetup<'_>, now: &str) -> Vec<KnownName> {
    let shop = &config.shop;
    let text = |text: &str| match text {
        "" => Constant::Unsaid,
        text => Constant::Text(text.to_owned()),
    };
    let plain = |name: &str, value: Constant| KnownName { name: name.into(), value, rows: Vec::new() };
    let mut names = vec![
        plain("shop.name", text(&shop.name)),
        plain("shop.company", text(&shop.company)),
        plain("shop.url", text(&shop.url)),
        plain("shop.language", text(&shop.language)),
        plain("shop.currency", text(&shop.currency)),
        plain("now", text(now)),
    ];
    names.extend(setup.settings.iter().cloned());
    names
}

/// The document's own fields, ready to be computed; and what anybody says about each.
pub fn projection(
    config: &Config,
    setup: &ChannelSetup<'_>,
    categories: Option<&Categories>,
    used: &Used,
    now: &str,
) -> (Projection, Vec<FieldSaid>) {
    let mut constants = known_names(config, setup, now);
    constants.push(table("categories", &CATEGORY_ROW, category_rows(config, categories, &used.categories)));
    constants.push(table("currencies", &CURRENCY_ROW, currency_rows(config, &used.currencies)));
    let known = Known { said: &[], constants, language: config.shop.language.clone(), categories };
    let mut builder = Builder::new(known);
    let lookups: Vec<Option<LookupData>> = setup.lookups.clone();
    let said = builder.channel(&setup.description.head, &setup.description, lookups, None);
    (builder.finish(), said)
}

/// The values of the document's own fields.
pub fn values<'b>(projection: &'b Projection, arena: &'b Bump) -> &'b [Value<'b>] {
    let mut values = Vec::new();
    projection.values(&[], arena, &mut values);
    match projection.channels.first() {
        Some(selection) => projection.listing(selection, &values, arena),
        None => &[],
    }
}

fn table(name: &str, row: &[&str], rows: Option<Vec<Vec<Constant>>>) -> KnownName {
    let value = rows.map_or(Constant::Unsaid, Constant::Table);
    KnownName { name: name.into(), value, rows: row.iter().map(|&column| column.to_owned()).collect() }
}

/// The categories used and their ancestors, parents first, in the order of the tree; none where there is no tree.
fn category_rows(
    config: &Config,
    categories: Option<&Categories>,
    used: &HashSet<String>,
) -> Option<Vec<Vec<Constant>>> {
    let categories = categories?;
    let mut listed: HashSet<&str> = HashSet::new();
    let mut rows = Vec::new();
    for id in categories.by_id.keys().filter(|id| used.contains(id.as_str())) {
        for id in categories.with_ancestors(id) {
            if listed.insert(id) {
                rows.push(category_row(config, categories, id));
            }
        }
    }
    Some(rows)
}

fn category_row(config: &Config, categories: &Categories, id: &str) -> Vec<Constant> {
    let language = &config.shop.language;
    let or_empty = |text: Option<String>| match text {
        Some(text) if !text.is_empty() => Constant::Text(text),
        _ => Constant::Empty,
    };
    let parent = categories.by_id.get(id).and_then(|category| category.parent.clone());
    vec![
        Constant::Text(id.to_owned()),
        or_empty(parent),
        or_empty(Some(categories.name_of(id, language))),
        or_empty(Some(categories.path_of(id, language))),
        Constant::Text(id.to_owned()),
    ]
}

/// The shop's currency and those used, with what one unit costs in the shop's.
fn currency_rows(config: &Config, used: &HashSet<String>) -> Option<Vec<Vec<Constant>>> {
    let own = config.shop.currency.as_str();
    let mut codes: Vec<&str> = used.iter().map(String::as_str).filter(|code| *code != own).collect();
    codes.sort_unstable();
    if !own.is_empty() {
        codes.insert(0, own);
    }
    let rate = |code: &str| match config.rates.iter().find(|rate| rate.0 == code) {
        _ if code == own => Constant::Number(Decimal::ONE, Unit::NONE),
        Some((_, rate)) => Constant::Number(*rate, Unit::NONE),
        None => Constant::Empty,
    };
    (!codes.is_empty()).then(|| codes.iter().map(|code| vec![Constant::Text((*code).to_owned()), rate(code)]).collect())
}

/// The keys that the tables of a document declare: for each field of the head; `None` where nobody says.
pub fn declared(
    config: &Config,
    setup: &ChannelSetup<'_>,
    categories: Option<&Categories>,
) -> Vec<Option<HashSet<String>>> {
    let of_field = |field: &crate::channel::description::Field| match field.source.as_name()? {
        "categories" => categories.map(|categories| categories.by_id.keys().cloned().collect()),
        "currencies" if !config.shop.currency.is_empty() => {
            let others = config.rates.iter().map(|rate| rate.0.clone());
            Some(others.chain([config.shop.currency.clone()]).collect())
        }
        _ => None,
    };
    setup.description.head.iter().map(of_field).collect()
}
