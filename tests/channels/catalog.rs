//! Catalogs for a channel's shop: offers as columns and cells, named like an offer's fields.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

/// The cells of an offer by column.
pub type Offer = BTreeMap<String, String>;

pub const CATEGORIES: &str =
    "id,parent,name\n1,,Похід\n2,1,\"Термоси & чашки <1 л>\"\n3,1,Намети\n4,,Місто\n5,4,Порожня\n";

/// Between the items of a list, and between the pairs of attributes.
pub const SPLIT: &str = "‖";
/// Between an attribute's name and its value.
pub const PAIR: &str = "≔";

/// A master.
#[derive(Clone)]
pub struct Catalog {
    pub offers: Vec<Offer>,
}

impl Catalog {
    pub fn csv(&self) -> Vec<u8> {
        let columns: BTreeSet<&str> = self.offers.iter().flat_map(|offer| offer.keys().map(String::as_str)).collect();
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&columns).unwrap();
        for offer in &self.offers {
            writer.write_record(columns.iter().map(|column| offer.get(*column).map_or("", String::as_str))).unwrap();
        }
        writer.into_inner().unwrap()
    }

    /// The same offers at prices without decimals, each the next that is not lower.
    pub fn in_whole_amounts(&self) -> Catalog {
        let whole = |(column, cell): (&String, &String)| {
            let amount: Option<Decimal> = cell.parse().ok().filter(|_| column.contains("price"));
            (column.clone(), amount.map_or_else(|| cell.clone(), |amount| amount.ceil().to_string()))
        };
        Catalog { offers: self.offers.iter().map(|offer| offer.iter().map(whole).collect()).collect() }
    }

    /// The same offers in an order that looks like none; but for those of one product, whose first one speaks for it.
    pub fn shuffled(&self) -> Catalog {
        let key = |offer: &Offer| offer.get("group").filter(|group| !group.is_empty()).unwrap_or(&offer["sku"]).clone();
        let place = |offer: &Offer| xxhash_rust::xxh3::xxh3_64(key(offer).as_bytes());
        let mut offers: Vec<(u64, Offer)> = self.offers.iter().map(|offer| (place(offer), offer.clone())).collect();
        offers.sort_by_key(|offer| offer.0);
        Catalog { offers: offers.into_iter().map(|offer| offer.1).collect() }
    }
}

/// An offer that every channel takes. The number makes it differ from others.
pub fn good(number: usize) -> Offer {
    let cells = [
        ("sku", format!("K{number:05}")),
        ("brand", "Dzherelo".into()),
        ("mpn", format!("DZ-{number}")),
        ("title.uk", format!("Термос Джерело {number}")),
        ("title.ru", format!("Термос Источник {number}")),
        ("description.uk", format!("<p>Тримає <b>тепло</b> {number} годин.</p>")),
        ("description.ru", format!("<p>Держит <b>тепло</b> {number} часов.</p>")),
        ("short_description.uk", format!("Термос на {number} годин")),
        ("keywords.uk", "термос‖похід".into()),
        ("keywords.ru", "термос‖поход".into()),
        ("category", "2".into()),
        ("price", "1299.50".into()),
        ("stock.kyiv", "5".into()),
        ("stock.odesa", "2".into()),
        ("pictures", format!("https://kalyna.example/{number}.jpg‖https://kalyna.example/{number}-b.jpg?w=1&h=2")),
        ("url", format!("https://kalyna.example/p/{number}?utm=a&b=c")),
        ("attributes", "Колір≔синій‖Матеріал≔сталь".into()),
        ("volume", "500".into()),
        ("sizes", String::new()),
        ("country", "Україна".into()),
        ("warranty", "12".into()),
        ("colour", String::new()),
    ];
    cells.map(|(column, cell)| (column.to_owned(), cell)).into()
}

/// An offer with other cells.
pub fn with(mut offer: Offer, cells: &[(&str, &str)]) -> Offer {
    offer.extend(cells.iter().map(|(column, cell)| ((*column).to_owned(), (*cell).to_owned())));
    offer
}

/// Offers that between them say everything that a shop commonly says; letters of windows-1251 only.
pub fn common() -> Vec<Offer> {
    let cells: [&[(&str, &str)]; 22] = [
        &[],
        &[("price", "0.01"), ("old_price", "999999999.99")],
        &[("price", "999999999.99")],
        &[("price", "1200"), ("old_price", "1299.90")],
        &[("price", "1200"), ("old_price", "1200")],
        &[("promo_price", "1100")],
        &[("stock.kyiv", "0"), ("stock.odesa", "0")],
        &[("stock.kyiv", "0"), ("stock.odesa", "0"), ("availability", "під замовлення"), ("lead_days", "3")],
        &[("availability", "discontinued"), ("stock.kyiv", "0"), ("stock.odesa", "0")],
        &[("title.ru", ""), ("description.ru", ""), ("keywords.ru", "")],
        &[("description.uk", ""), ("description.ru", "")],
        &[("currency", "USD"), ("price", "31.25")],
        &[("condition", "used")],
        &[("condition", "уцінка"), ("x.docket", "Пошкоджена упаковка"), ("x.docket_ua", "Пошкоджена упаковка")],
        &[("attributes", "Колір≔білий‖Колір≔синій"), ("sizes", "10‖20‖30")],
        &[("attributes", "Матеріал≔сталь"), ("sizes", "S")],
        &[("category", "3"), ("group", "7000000001"), ("colour", "синій")],
        &[("category", "4"), ("group", "7000000001"), ("colour", "білий"), ("min_order", "1.125"), ("unit", "шт.")],
        &[("gtin", "4820000000017"), ("model", "Stan"), ("x.offer_type", "vendor.model")],
        &[("description.uk", "Перший рядок\r\nдругий\rтретій\nчетвертий\tз табуляцією"), ("warranty", "")],
        &[("description.uk", "<ul><li>a &lt; b &amp;nbsp; c</li></ul>\n\n<p class=\"x\">«Ї» – ґ</p>"), ("volume", "")],
        &[("lead_days", "0"), ("country", ""), ("mpn", ""), ("url", "https://kalyna.example/"), ("volume", "1 л")],
    ];
    (1..).zip(cells).map(|(number, cells)| with(good(number), cells)).collect()
}
