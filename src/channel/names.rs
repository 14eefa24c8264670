//! The names that a description may speak of beside the offer's own fields: what is
//! derived from an offer, what the document knows, and what a row of each table holds.

use crate::model::{Kind, OfferField, Suffix, offer};

const fn name(name: &'static str, kind: Kind, about: &'static str) -> OfferField {
    OfferField { name, kind, suffix: Suffix::None, rows: &[], about }
}

/// What is derived from an offer.
pub const DERIVED: &[OfferField] = &[
    name("quantity", Kind::Count, "pieces to sell, after the stock rules"),
    name("in_stock", Kind::Flag, "whether it can be bought now"),
    name("role", Kind::Choice, "single, product or variant"),
    name("category.name", Kind::Text, "its category's name"),
    name("category.path", Kind::Text, "the names of its category and of all that it lies in"),
    name("pictures.first", Kind::Url, "the main picture"),
    name("pictures.rest", Kind::List, "the pictures after it"),
];

/// What every source knows.
pub const EVERYWHERE: &[OfferField] = &[
    name("now", Kind::Time, "when the run began"),
    name("shop.name", Kind::Text, "the shop's name"),
    name("shop.company", Kind::Text, "the company's name"),
    name("shop.url", Kind::Url, "the shop's address"),
    name("shop.language", Kind::Text, "the language of bare names"),
    name("shop.currency", Kind::Text, "the currency of bare amounts"),
];

/// What the fields of a document's head know besides.
pub const IN_HEAD: &[OfferField] = &[
    OfferField {
        rows: CATEGORY_ROW,
        ..name("categories", Kind::Table, "the categories of the listings and all that they lie in, parents first")
    },
    OfferField { rows: CURRENCY_ROW, ..name("currencies", Kind::Table, "the currencies of the listings") },
];

/// A row of `categories`. Its id goes by `category` too, which is what an offer calls it:
/// so one lookup table serves both.
pub const CATEGORY_ROW: &[OfferField] = &[
    name("id", Kind::Text, "its id"),
    name("category", Kind::Text, "its id, by the name that offers have for it"),
    name("parent", Kind::Text, "the id of the category that it lies in"),
    OfferField { suffix: Suffix::Language, ..name("name", Kind::Text, "its name") },
    name("path", Kind::Text, "the names of all that it lies in, and its own"),
];

/// A row of `currencies`.
pub const CURRENCY_ROW: &[OfferField] = &[
    name("code", Kind::Text, "ISO 4217 code"),
    name("rate", Kind::Number, "what one unit is worth in the shop's currency"),
];

/// A row made of a list's item.
pub const LIST_ROW: &[OfferField] = &[name("value", Kind::Text, "the item")];

/// A row of a setting that the merchant answers with a table: `stores: {kyiv: PP1}`.
pub const SETTING_ROW: &[OfferField] =
    &[name("key", Kind::Text, "the merchant's own name"), name("value", Kind::Text, "what stands behind it")];

/// The number of the row, in every table.
pub const POSITION: &str = "position";

/// What reaches past a row's names to the offer's.
pub const PAST_THE_ROW: &str = "offer.";

/// What the merchant answered.
pub const SETTINGS: &str = "settings.";

/// The words of the offer's choices.
pub const CHOICE_WORDS: &[(&str, &[&str])] = &[
    ("availability", &["in_stock", "out_of_stock", "on_order", "preorder", "backorder", "discontinued"]),
    ("condition", &["new", "used", "refurbished", "discount"]),
    ("age_group", &["newborn", "infant", "toddler", "kids", "adult"]),
    ("gender", &["male", "female", "unisex"]),
    ("status", &["active", "draft", "archived"]),
    ("role", &["single", "product", "variant"]),
];

/// The offers of one product; in its rows all names are that offer's.
pub const OFFERS: &str = "offers";

/// What the offers of one product say together, for channels whose listings are products.
pub const OF_PRODUCTS: &[OfferField] = &[
    name(OFFERS, Kind::Table, "the offers of the product; in its rows all names are that offer's"),
    name("group.title", Kind::Text, "the product's own name: `group_title`, else the first offer's `title`"),
    OfferField {
        rows: AXIS_ROW,
        ..name(
            GROUP_OPTIONS,
            Kind::Table,
            "what tells variants apart: axes with the values of all offers, of a variant its own",
        )
    },
    name(GROUP_PICTURES, Kind::List, "the pictures of all offers, each once"),
];

/// Whether a listing stands for an offer alone, for a product, or for one of a product's variants.
pub const ROLE: &str = "role";

/// See [`OF_PRODUCTS`].
pub const GROUP_OPTIONS: &str = "group.options";
/// See [`OF_PRODUCTS`].
pub const GROUP_PICTURES: &str = "group.pictures";

/// A row of `group.options`.
pub const AXIS_ROW: &[OfferField] = &[
    name("name", Kind::Text, "the axis: colour, size"),
    name("values", Kind::List, "the values that the offers have, in order of appearance"),
];

/// What a row of this source holds; `None` where it has no rows.
pub fn rows_of(source: &str) -> Option<&'static [OfferField]> {
    if let Some(found) = IN_HEAD.iter().find(|field| field.name == source) {
        return Some(found.rows);
    }
    let field = match DERIVED.iter().chain(OF_PRODUCTS).find(|field| field.name == source) {
        Some(field) => field,
        None => offer::offer_field(source)?.0,
    };
    match field.kind {
        Kind::List => Some(LIST_ROW),
        Kind::Table => Some(field.rows),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::OFFER_FIELDS;

    #[test]
    fn every_table_and_list_of_an_offer_has_rows() {
        for field in OFFER_FIELDS {
            let has_rows = matches!(field.kind, Kind::List | Kind::Table);
            assert_eq!(rows_of(field.name).is_some(), has_rows, "{}", field.name);
        }
        assert_eq!(rows_of("keywords.uk").map(<[_]>::len), Some(1));
        assert_eq!(rows_of("categories").map(<[_]>::len), Some(CATEGORY_ROW.len()));
    }

    #[test]
    fn every_choice_of_an_offer_has_its_words() {
        for field in OFFER_FIELDS.iter().chain(DERIVED).filter(|field| field.kind == Kind::Choice) {
            assert!(CHOICE_WORDS.iter().any(|entry| entry.0 == field.name), "{}", field.name);
        }
    }
}
