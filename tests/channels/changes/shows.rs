//! By which fields a channel shows that something has changed: said by hand, from the channel's own words for them.

use super::mutation::What;
use crate::catalog::Offer;

/// The names of the fields, as a shape has them; what a channel does not speak of has none.
#[derive(Debug, Clone, Copy)]
pub struct Shows {
    /// Before each name, in this shape.
    prefix: &'static str,
    price: &'static str,
    /// What the customer pays where a regular price stands beside it.
    sale_price: &'static str,
    stock: &'static str,
    availability: &'static str,
    text: &'static [&'static str],
    /// Where a colour or a size stands, `{}` for its name; further ones only in variants of a product.
    attribute: &'static str,
    option: &'static str,
    /// What stands beside a colour that the merchant's lookup knows.
    looked_up: &'static str,
    /// Only attributes that the lookup knows stand there, and it knows no sizes.
    only_looked_up: bool,
}

const YML: Shows = Shows {
    prefix: "",
    price: "price",
    sale_price: "price",
    stock: "stock_quantity",
    availability: "available",
    text: &["description", "description_ua"],
    attribute: "param[{}]",
    option: "",
    looked_up: "",
    only_looked_up: false,
};

/// What a channel shows in a shape.
pub fn of(channel: &str, shape: &str) -> Shows {
    let goods = Shows {
        sale_price: "sale_price",
        stock: "",
        availability: "availability",
        text: &["description"],
        attribute: "product_detail[{}]/attribute_value",
        option: "variant_option[{}]/value",
        ..YML
    };
    match (channel, shape) {
        ("rozetka", _) => Shows { looked_up: "param[Колір]@valueid", ..YML },
        ("eva", _) => YML,
        ("prom", "feed") => Shows { stock: "quantity_in_stock", ..YML },
        // «Prom XML» has no place for pieces
        ("prom", "items") => Shows { price: "priceuah", sale_price: "priceuah", stock: "", ..YML },
        ("kasta", _) => Shows { text: &["description"], ..YML },
        ("maudau", _) => Shows { stock: "quantity_in_stock", text: &["description_ru", "description_ua"], ..YML },
        ("yandex", _) => Shows { stock: "", text: &["description"], ..YML },
        ("epicentr", _) => Shows {
            stock: "",
            text: &["description[ru]", "description[ua]"],
            looked_up: "param[Колір]@valuecode",
            only_looked_up: true,
            ..YML
        },
        ("hotline", _) => {
            Shows { price: "priceRUAH", sale_price: "priceRUAH", stock: "", availability: "stock", text: &[], ..YML }
        }
        ("kaspi", _) => Shows {
            price: "cityprice[1]",
            sale_price: "cityprice[1]",
            stock: "availability[1]@stockCount",
            availability: "availability[1]@available",
            text: &[],
            attribute: "",
            ..YML
        },
        ("google", "tsv" | "csv") => goods,
        ("google", "rss") => Shows {
            prefix: "g:",
            attribute: "product_detail[{}]/g:attribute_value",
            option: "variant_option[{}]/g:value",
            ..goods
        },
        ("google", "atom") => Shows { text: &["g:description"], ..of(channel, "rss") },
        ("meta", "csv" | "tsv") => Shows {
            stock: "quantity_to_sell_on_facebook",
            text: &["description", "rich_text_description"],
            attribute: "",
            option: "",
            ..goods
        },
        ("meta", "rss") => Shows { prefix: "g:", attribute: "", option: "", ..goods },
        ("meta", "atom") => Shows { text: &["g:description"], ..of(channel, "rss") },
        _ => panic!("say here by which fields `{channel}` shows a change in its shape `{shape}`"),
    }
}

impl Shows {
    /// The fields by which a change of this offer of the master shows.
    pub fn fields(&self, what: What, offer: &Offer) -> Vec<String> {
        let named = |name: &str| if name.is_empty() { Vec::new() } else { vec![format!("{}{name}", self.prefix)] };
        let attribute = |axis: &str| {
            let mut names = named(&self.attribute.replace("{}", axis));
            if !offer["group"].is_empty() {
                names.extend(named(&self.option.replace("{}", axis)));
            }
            names
        };
        match what {
            What::Price if offer["old_price"].is_empty() => named(self.price),
            What::Price => named(self.sale_price),
            What::Stock => named(self.stock),
            What::Sale => named(self.availability),
            What::Text => self.text.iter().map(|name| (*name).to_owned()).collect(),
            What::Colour => {
                let is_known = ["синій", "білий"].contains(&offer["colour"].as_str());
                let mut names = attribute("Колір");
                names.extend(named(if is_known { self.looked_up } else { "" }));
                names
            }
            What::Option if self.only_looked_up => Vec::new(),
            What::Option => attribute("Розмір"),
        }
    }
}
