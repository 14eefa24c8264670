//! What an expression may speak of: sources the offer's words, rules and shapes the
//! listing's. In a table's row the row's names hide the offer's.

use crate::channel::description::{Description, Field, ListingOf, Setting};
use crate::channel::names::{
    CHOICE_WORDS, DERIVED, EVERYWHERE, IN_HEAD, LIST_ROW, OF_PRODUCTS, OFFERS, PAST_THE_ROW, POSITION, SETTING_ROW,
    SETTINGS, rows_of,
};
use crate::expression::Scope;
use crate::model::offer::{field_of, offer_field};
use crate::model::{Kind, OFFER_FIELDS, OfferField, Suffix};

/// The words of a source: those of an offer, or in the head those of the document.
#[derive(Debug, Clone, Copy)]
pub struct SourceScope<'l> {
    /// Whether it stands in the head, where there is no offer.
    pub in_head: bool,
    /// What a listing stands for: what a product says there is only where listings are products.
    pub listing: ListingOf,
    /// What the row holds, in a table.
    pub row: Option<&'static [OfferField]>,
    /// What rows from a second table hold beside that: each name is silent in the rows that have not got it.
    pub row_too: &'static [OfferField],
    /// What the parts of the row are called, where it stands in a text.
    pub parts: &'l [String],
    /// Whether there is a listing for each row of a setting, whose `key` and `value` are known.
    pub per: bool,
    /// What the merchant is asked for.
    pub settings: &'l [Setting],
}

/// The words of rules and shapes: the fields of one list.
#[derive(Debug, Clone, Copy)]
pub struct ListingScope<'l> {
    /// The fields.
    pub fields: &'l [Field],
    /// What the merchant is asked for.
    pub settings: &'l [Setting],
}

fn exact(fields: &[OfferField], name: &str) -> Option<Kind> {
    fields.iter().find(|field| field.name == name).map(|field| field.kind)
}

fn setting(settings: &[Setting], name: &str) -> Option<Kind> {
    let name = name.strip_prefix(SETTINGS)?;
    settings.iter().find(|setting| setting.name == name).map(|setting| setting.kind)
}

/// What is suggested; a family that needs a suffix of the merchant's choosing has no name to suggest.
fn shown<'f>(fields: impl IntoIterator<Item = &'f OfferField>) -> impl Iterator<Item = String> {
    fields.into_iter().filter(|field| field.suffix != Suffix::Required).map(|field| field.name.to_owned())
}

impl<'l> SourceScope<'l> {
    /// The words of conditions on offers, outside of any field.
    pub fn of_offers(description: &'l Description) -> Self {
        SourceScope {
            in_head: false,
            listing: ListingOf::Offer,
            row: None,
            row_too: &[],
            parts: &[],
            per: false,
            settings: &description.settings,
        }
    }

    /// The same within the rows of a table or list.
    pub fn with_rows_of(self, source: &str) -> Option<Self> {
        if source == OFFERS && self.row.is_none() && self.listing != ListingOf::Offer {
            // an offer knows its own words, and not those of its product's other offers
            return Some(SourceScope { listing: ListingOf::Offer, ..self });
        }
        let row = match self.row {
            Some(_) => return None,
            None if source.starts_with(SETTINGS) => match setting(self.settings, source)? {
                Kind::Table => Some(SETTING_ROW),
                Kind::List => Some(LIST_ROW),
                _ => None,
            },
            None if self.in_head => IN_HEAD.iter().find(|field| field.name == source).map(|field| field.rows),
            None => rows_of(source).filter(|_| exact(IN_HEAD, source).is_none() && self.of_products(source)),
        };
        Some(SourceScope { row: Some(row?), ..self })
    }

    /// The same where a second table's rows come behind.
    pub fn with_rows_of_both(self, source: &str, second: &str) -> Option<Self> {
        let too = self.with_rows_of(second)?.row?;
        let first = self.with_rows_of(source)?;
        first.row.map(|_| SourceScope { row_too: too, ..first })
    }

    /// What the rows hold.
    fn row_fields(&self) -> impl Iterator<Item = &'static OfferField> {
        self.row.unwrap_or_default().iter().chain(self.row_too)
    }

    fn outside_rows(&self, name: &str) -> Option<Kind> {
        if let Some(kind) = exact(EVERYWHERE, name).or_else(|| setting(self.settings, name)) {
            return Some(kind);
        }
        if self.in_head {
            return exact(IN_HEAD, name);
        }
        if let Some(kind) = exact(SETTING_ROW, name).filter(|_| self.per) {
            return Some(kind);
        }
        let of_product = || exact(OF_PRODUCTS, name).filter(|_| self.listing != ListingOf::Offer);
        exact(DERIVED, name).or_else(of_product).or_else(|| offer_field(name).map(|found| found.0.kind))
    }

    /// Whether a name may be used here, as far as it is one of what products say.
    fn of_products(&self, name: &str) -> bool {
        self.listing != ListingOf::Offer || exact(OF_PRODUCTS, name).is_none()
    }

    /// Whether the row has this name, silent or not.
    fn is_hidden(&self, name: &str) -> bool {
        let family = name.split('.').next().unwrap_or(name);
        self.row_fields().any(|field| field.name == family) || self.parts.iter().any(|part| part == family)
    }
}

impl Scope for SourceScope<'_> {
    fn kind_of(&self, name: &str) -> Option<Kind> {
        let Some(row) = self.row else { return self.outside_rows(name) };
        let in_rows = || field_of(row, name).or_else(|| field_of(self.row_too, name));
        match name.strip_prefix(PAST_THE_ROW) {
            Some(name) => self.outside_rows(name),
            None if name == POSITION => Some(Kind::Count),
            None if self.parts.iter().any(|part| part == name) => Some(Kind::Text),
            None if self.is_hidden(name) => in_rows().map(|found| found.0.kind),
            None => self.outside_rows(name),
        }
    }

    fn possible(&self) -> Vec<String> {
        let offers: Vec<&OfferField> = match self.in_head {
            true => IN_HEAD.iter().collect(),
            false if self.listing == ListingOf::Offer => OFFER_FIELDS.iter().chain(DERIVED).collect(),
            false => OFFER_FIELDS.iter().chain(DERIVED).chain(OF_PRODUCTS).collect(),
        };
        let settings = self.settings.iter().map(|setting| format!("{SETTINGS}{}", setting.name));
        let of_row = if self.per { SETTING_ROW } else { &[] };
        shown(self.row_fields())
            .chain(self.parts.iter().cloned())
            .chain(shown(of_row))
            .chain(shown(offers))
            .chain(settings)
            .chain(shown(EVERYWHERE))
            .collect()
    }

    fn index_kind(&self, name: &str) -> Option<Kind> {
        if self.in_head || self.is_hidden(name) {
            return None;
        }
        let (field, suffix) = offer_field(name.strip_prefix(PAST_THE_ROW).unwrap_or(name))?;
        match (field.suffix, field.name) {
            _ if suffix.is_some() => None,
            (Suffix::Key, _) => Some(field.kind),
            (_, "attributes" | "options") => Some(Kind::Text),
            _ => None,
        }
    }

    fn words_of(&self, name: &str) -> Option<Vec<String>> {
        let words = CHOICE_WORDS.iter().find(|entry| entry.0 == name).filter(|_| !self.is_hidden(name))?;
        Some(words.1.iter().map(|word| (*word).to_owned()).collect())
    }
}

impl Scope for ListingScope<'_> {
    fn kind_of(&self, name: &str) -> Option<Kind> {
        let field = self.fields.iter().find(|field| field.name == name);
        field.map(|field| field.kind).or_else(|| setting(self.settings, name))
    }

    fn possible(&self) -> Vec<String> {
        let settings = self.settings.iter().map(|setting| format!("{SETTINGS}{}", setting.name));
        self.fields.iter().map(|field| field.name.clone()).chain(settings).collect()
    }

    fn index_kind(&self, _name: &str) -> Option<Kind> {
        None
    }

    fn words_of(&self, name: &str) -> Option<Vec<String>> {
        let field = self.fields.iter().find(|field| field.name == name && field.kind == Kind::Choice)?;
        let words: Vec<String> = field.spelling.values.iter().map(|pair| pair.0.clone()).collect();
        (!words.is_empty()).then_some(words)
    }
}
