//! The offer's closed list of fields: the merchant's side of every mapping. The
//! same table checks the config's keys, types expressions and fills the docs.

use super::Kind;

/// What may follow a field's name after a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suffix {
    /// Nothing: `brand`.
    None,
    /// A language by BCP 47, or nothing for the shop's own: `title.uk`.
    Language,
    /// A name of the merchant's choosing, or nothing: `stock.kyiv`, `price.wholesale`.
    Key,
    /// A name, required: `x.docket`, `label.0`, `ids.prom`.
    Required,
}

/// One field that an offer can have.
#[derive(Debug, Clone, Copy)]
pub struct OfferField {
    /// Its name, without suffix.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What may follow the name.
    pub suffix: Suffix,
    /// The fields of a row, where it is a table; those that take a language say so by [`Suffix`].
    pub rows: &'static [OfferField],
    /// For people.
    pub about: &'static str,
}

/// What a master says of each offer: a field with its suffix (`title.uk`), resolved at load.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// The full name, suffix included.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// A table's row fields that are said, in the order in which every row holds them.
    pub rows: Vec<Said>,
}

impl OfferField {
    /// Whether a cell may hold several values of it: it is a list, or what nobody here knows the kind of.
    pub fn may_be_list(&self) -> bool {
        self.kind == Kind::List || self.name == "x"
    }

    /// Whether a text stands between the parts of its cells: a list has items, a place in a tree has levels.
    pub fn may_be_split(&self) -> bool {
        self.may_be_list() || self.name == "category_path"
    }
}

const fn field(name: &'static str, kind: Kind, suffix: Suffix, about: &'static str) -> OfferField {
    OfferField { name, kind, suffix, rows: &[], about }
}

const fn table(name: &'static str, suffix: Suffix, rows: &'static [OfferField], about: &'static str) -> OfferField {
    OfferField { name, kind: Kind::Table, suffix, rows, about }
}

/// The fields of a row of `attributes`.
pub const ATTRIBUTE_ROW: [OfferField; 4] = [
    field("name", Kind::Text, Suffix::Language, "the attribute's name"),
    field("value", Kind::List, Suffix::Language, "its value, or several"),
    field("unit", Kind::Text, Suffix::None, "the unit of its value"),
    field("section", Kind::Text, Suffix::None, "the group of attributes that it belongs to"),
];

/// The fields of a row of `options`.
pub const OPTION_ROW: [OfferField; 2] = [
    field("name", Kind::Text, Suffix::None, "the axis: Colour, Size"),
    field("value", Kind::Text, Suffix::None, "where on the axis this variant stands"),
];

/// The fields of a row of `tiers`.
pub const TIER_ROW: [OfferField; 2] = [
    field("quantity", Kind::Number, Suffix::None, "from this quantity on"),
    field("price", Kind::Money, Suffix::None, "the price of one piece"),
];

/// The fields of a row of `shipping`; the price is the last of them.
pub const SHIPPING_ROW: [OfferField; 11] = [
    field("country", Kind::Text, Suffix::None, "ISO 3166 code"),
    field("region", Kind::Text, Suffix::None, "a part of the country"),
    field("postal_code", Kind::Text, Suffix::None, "a postal code, a beginning of some (`02*`) or a range"),
    field("location_id", Kind::Text, Suffix::None, "the channel's number of a place"),
    field("location_group_name", Kind::Text, Suffix::None, "the channel's name for several places"),
    field("service", Kind::Text, Suffix::None, "the carrier or the kind of delivery"),
    field("min_handling_time", Kind::Count, Suffix::None, "days until it is sent, at least"),
    field("max_handling_time", Kind::Count, Suffix::None, "the same, at most"),
    field("min_transit_time", Kind::Count, Suffix::None, "days on its way, at least"),
    field("max_transit_time", Kind::Count, Suffix::None, "the same, at most"),
    field("price", Kind::Money, Suffix::None, "what delivery costs"),
];

/// Every field that an offer can have, in the order in which the docs list them.
pub const OFFER_FIELDS: &[OfferField] = &[
    field("sku", Kind::Text, Suffix::None, "the key; text, never a number"),
    field("group", Kind::Text, Suffix::None, "offers that share it are variants of one product"),
    field("group_title", Kind::Text, Suffix::Language, "the product's own name, where `title` names the variant"),
    table("options", Suffix::None, &OPTION_ROW, "what tells the variants of a group apart"),
    field("gtin", Kind::Text, Suffix::None, "the barcode's number"),
    field("mpn", Kind::Text, Suffix::None, "the manufacturer's part number"),
    field("brand", Kind::Text, Suffix::None, "who makes it"),
    field("model", Kind::Text, Suffix::None, "the maker's name for it"),
    field("title", Kind::Text, Suffix::Language, "what it is called"),
    field("description", Kind::Html, Suffix::Language, "what it is, as text or markup"),
    field("short_description", Kind::Html, Suffix::Language, "the same in a sentence or two"),
    field("keywords", Kind::List, Suffix::Language, "words that people search for"),
    field("category", Kind::Text, Suffix::None, "its id in the merchant's own tree"),
    field("category_path", Kind::Text, Suffix::None, "its place in the tree, `A > B > C`"),
    field("price", Kind::Money, Suffix::Key, "what the customer pays now; more prices by name"),
    field("old_price", Kind::Money, Suffix::None, "the regular price that it is reduced from"),
    field("promo_price", Kind::Money, Suffix::None, "a price that is to come or runs"),
    field("promo_start", Kind::Time, Suffix::None, "when the promotion begins"),
    field("promo_end", Kind::Time, Suffix::None, "when it ends"),
    field("cost", Kind::Money, Suffix::None, "what it costs the merchant"),
    field("rrp", Kind::Money, Suffix::None, "the maker's recommended price"),
    field("min_price", Kind::Money, Suffix::None, "the lowest price allowed"),
    table("tiers", Suffix::None, &TIER_ROW, "prices from a quantity on"),
    field("currency", Kind::Text, Suffix::None, "ISO 4217 code; else the master's, else the shop's"),
    field("stock", Kind::Count, Suffix::Key, "pieces, in all or by warehouse"),
    field(
        "availability",
        Kind::Choice,
        Suffix::None,
        "in_stock, out_of_stock, on_order, preorder, backorder, discontinued",
    ),
    field("available_on", Kind::Date, Suffix::None, "when it comes"),
    field("lead_days", Kind::Count, Suffix::None, "days until it is sent"),
    field("min_order", Kind::Number, Suffix::None, "the least that can be ordered"),
    field("unit", Kind::Text, Suffix::None, "what one piece is: pcs, kg, m"),
    field("pictures", Kind::List, Suffix::None, "addresses; the first is the main one"),
    field("videos", Kind::List, Suffix::None, "addresses"),
    field("documents", Kind::List, Suffix::None, "addresses"),
    field("url", Kind::Url, Suffix::None, "its page in the merchant's shop"),
    field("handle", Kind::Text, Suffix::None, "the last part of the product's own address"),
    table("attributes", Suffix::Language, &ATTRIBUTE_ROW, "names and values, in order"),
    field("weight", Kind::Quantity, Suffix::None, "with a unit, in the column or in the mapping"),
    field("length", Kind::Quantity, Suffix::None, "with a unit"),
    field("width", Kind::Quantity, Suffix::None, "with a unit"),
    field("height", Kind::Quantity, Suffix::None, "with a unit"),
    field("condition", Kind::Choice, Suffix::None, "new, used, refurbished, discount"),
    field("country", Kind::Text, Suffix::None, "of origin"),
    field("warranty", Kind::Text, Suffix::None, "how long the maker answers for it"),
    field("age_group", Kind::Choice, Suffix::None, "newborn, infant, toddler, kids, adult"),
    field("gender", Kind::Choice, Suffix::None, "male, female, unisex"),
    field("color", Kind::Text, Suffix::None, "its colour"),
    field("size", Kind::Text, Suffix::None, "its size"),
    field("material", Kind::Text, Suffix::None, "what it is made of"),
    field("pattern", Kind::Text, Suffix::None, "its pattern"),
    field("adult", Kind::Flag, Suffix::None, "for adults only"),
    table("shipping", Suffix::None, &SHIPPING_ROW, "what delivery costs, by place"),
    field("tags", Kind::List, Suffix::None, "the merchant's own labels"),
    field("label", Kind::Text, Suffix::Required, "labels for campaigns: label.0, label.1"),
    field("status", Kind::Choice, Suffix::None, "active, draft, archived"),
    field("ids", Kind::Text, Suffix::Required, "the channel's own id, where the merchant knows it: ids.CHANNEL"),
    field(
        "x",
        Kind::Text,
        Suffix::Required,
        "anything else, one value or several, for channels that ask for it: x.NAME",
    ),
];

/// The field that a full name (`title.uk`) belongs to, with its suffix.
pub fn offer_field(full_name: &str) -> Option<(&'static OfferField, Option<&str>)> {
    field_of(OFFER_FIELDS, full_name)
}

/// The same among the fields of a table's rows.
pub fn field_of<'n>(
    fields: &'static [OfferField],
    full_name: &'n str,
) -> Option<(&'static OfferField, Option<&'n str>)> {
    let (name, suffix) = match full_name.split_once('.') {
        Some((name, suffix)) => (name, Some(suffix)),
        None => (full_name, None),
    };
    let field = fields.iter().find(|field| field.name == name)?;
    let fits = match (field.suffix, suffix) {
        (Suffix::None, None) | (Suffix::Language | Suffix::Key, None) => true,
        (Suffix::Language | Suffix::Key | Suffix::Required, Some(suffix)) => !suffix.is_empty(),
        _ => false,
    };
    fits.then_some((field, suffix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_resolve_with_their_suffix() {
        assert_eq!(offer_field("title.uk").map(|found| (found.0.name, found.1)), Some(("title", Some("uk"))));
        assert_eq!(offer_field("stock").map(|found| found.0.kind), Some(Kind::Count));
        assert!(offer_field("brand.uk").is_none());
        assert!(offer_field("x").is_none());
        assert!(offer_field("title.").is_none());
    }
}
