//! The channel's side: a YML document with what it has of the catalog, in one of
//! several spellings.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::categories::{self, Category};
use super::fate::{Counts, Fate, Found};
use super::listing::ListingWriter;
use super::offer::{Offer, category_of};
use super::random::Shuffle;
use super::{Field, Recipe};

/// Whose words the document uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    Rozetka,
    Prom,
    /// Rozetka's meaning in somebody else's spelling: other names that Rozetka reads too, decimal commas,
    /// children in any order, single quotes, CRLF, comments, a DOCTYPE, elements that nobody knows.
    Foreign,
}

/// How markup stands in the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextStyle {
    CData,
    Escaped,
}

/// In which order the listings stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    Master,
    Shuffled,
}

/// How the document is spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExportStyle {
    pub dialect: Dialect,
    pub text: TextStyle,
    pub order: Order,
}

impl ExportStyle {
    /// A channel's own words, CDATA, the master's order.
    pub fn plain(dialect: Dialect) -> Self {
        ExportStyle { dialect, text: TextStyle::CData, order: Order::Master }
    }
}

impl Dialect {
    /// What the field is called in this document.
    pub fn name_of(self, field: Field) -> &'static str {
        match field {
            Field::Price => "price",
            Field::Description => "description",
            Field::DescriptionUa => "description_ua",
            Field::Available => "available",
            Field::Stock if self == Dialect::Rozetka => "stock_quantity",
            Field::Stock => "quantity_in_stock",
        }
    }
}

impl Recipe {
    /// Writes what the channel has, and says what a diff must find in it.
    pub fn write_export(&self, style: ExportStyle, into: &mut dyn Write) -> io::Result<Counts> {
        let mut counts = Counts::default();
        let mut writer = ListingWriter::new(style, self.seed);
        self.write_head(style, into)?;
        let shuffle = Shuffle::new(self.seed ^ 1, self.offers);
        let mut offer = Offer::default();
        for place in 0..self.offers {
            let index = if style.order == Order::Shuffled { shuffle.at(place) } else { place };
            match self.fate(index) {
                Fate::Removed => counts.add(&Found::Create),
                fate => {
                    offer.become_nth(self.seed, index, 'S');
                    let fields = self.mutate(&mut offer, index, fate);
                    counts.add(&if fields.is_empty() { Found::Same } else { Found::Update(fields) });
                    into.write_all(writer.listing(&offer, index))?;
                }
            }
            if self.is_followed_by_added(index) {
                offer.become_nth(self.seed, self.offers + index, 'Z');
                counts.add(&Found::Delete);
                into.write_all(writer.listing(&offer, self.offers + index))?;
            }
        }
        into.write_all(writer.ended("    </offers>\n  </shop>\n</yml_catalog>\n"))?;
        into.flush()?;
        Ok(counts)
    }

    fn write_head(&self, style: ExportStyle, into: &mut dyn Write) -> io::Result<()> {
        let mut head = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        if style.dialect == Dialect::Foreign {
            head.push_str("<!DOCTYPE yml_catalog SYSTEM \"shops.dtd\">\n<!-- made by nobody's program -->\n");
        }
        head.push_str("<yml_catalog date=\"2026-11-20 06:00\">\n  <shop>\n    <name>Калина</name>\n");
        head.push_str("    <company>ФОП Калина О.</company>\n    <url>https://kalyna.example</url>\n");
        let rate = if style.dialect == Dialect::Foreign { "1.0" } else { "1" };
        head.extend(["    <currencies>\n      <currency id=\"UAH\" rate=\"", rate, "\"/>\n    </currencies>\n"]);
        head.push_str("    <categories>\n");
        let mut used = self.used_categories();
        if style.dialect == Dialect::Foreign {
            used.reverse();
        }
        for category in used {
            let parent = category.parent.map(|id| format!(" parentId=\"{id}\"")).unwrap_or_default();
            let name = category.name[0].replace('&', "&amp;");
            head.push_str(&format!("      <category id=\"{}\"{parent}>{name}</category>\n", category.id));
        }
        head.push_str("    </categories>\n    <offers>\n");
        if style.dialect == Dialect::Foreign {
            head = head.replace('\n', "\r\n");
        }
        into.write_all(head.as_bytes())
    }

    /// The categories that the master's offers are in, with all above them, parents first.
    pub fn used_categories(&self) -> Vec<Category> {
        let tree = categories::tree();
        let mut used = BTreeSet::new();
        for index in 0..self.offers {
            if used.len() == tree.len() {
                break;
            }
            used.extend(categories::with_ancestors(category_of(self.seed, index)));
        }
        tree.into_iter().filter(|category| used.contains(&category.id)).collect()
    }
}
