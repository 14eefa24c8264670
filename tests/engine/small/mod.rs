//! Shops of a few offers, where each thing that can happen to a listing happens alone.

mod causes;
mod guards;
mod head;
mod index;
mod kept;
mod keys;
mod namespaces;
mod strange;
mod table;
mod unsaid;

use crate::world::{Asked, World};

const CONFIG: &str = r#"version: 1
shop: {name: Калина, company: ФОП Калина О., url: "https://kalyna.example", language: uk, currency: UAH}
RATES
master:
  file: master.csv
  categories: categories.csv
  fields:
    sku: sku
    title.uk: title
    title.ru: title_ru
    brand: brand
    mpn: mpn
    category: category
    price: price
    old_price: old_price
    currency: currency
    stock: stock
    pictures: {column: pictures, split: "|"}
    description.uk: description
    description.ru: description_ru
    attributes: [{column: attributes, split: "|", pair: "="}]
    url: url
channels:
CHANNELS
"#;

const HEADER: &str = "sku,title,title_ru,brand,mpn,category,price,old_price,currency,stock,pictures,description,description_ru,attributes,url";

const CATEGORIES: &str = "id,parent,name\n1,,Похід\n2,1,Термоси\n3,1,Намети\n4,,Місто\n";

/// The row of an offer that every channel takes. The number makes it differ from others.
fn row(number: u32) -> String {
    row_of(&format!("KT{number}"), number, "2", "1299.50")
}

/// The same with another SKU, category and price.
fn row_of(sku: &str, number: u32, category: &str, price: &str) -> String {
    format!(
        "{sku},Термос {number},Термос рус {number},Dzherelo,DZ-{number},{category},{price},,UAH,5,\
         https://kalyna.example/{number}.jpg|https://kalyna.example/{number}b.jpg,<p>Опис {number}</p>,\
         <p>Описание {number}</p>,Колір=синій|Об'єм=1 л,https://kalyna.example/p/{number}"
    )
}

/// Eight offers.
fn rows() -> Vec<String> {
    (1..=8).map(row).collect()
}

fn master(rows: &[String]) -> String {
    format!("{HEADER}\n{}\n", rows.join("\n"))
}

/// A shop with these channels, by their lines in the config.
fn shop(channels: &str, rows: &[String]) -> World {
    let config = CONFIG.replace("CHANNELS", channels).replace("RATES\n", "");
    World::of(&[("offersync.yaml", &config), ("master.csv", &master(rows)), ("categories.csv", CATEGORIES)])
}

/// Renders what the shop has now and keeps it as what the channels have: `now/NAME.xml`.
fn publish(world: &World) {
    std::fs::create_dir_all(world.path("out")).unwrap();
    let outcome = world.run_first(&Asked::RENDER);
    for channel in &outcome.channels {
        assert!(channel.failed.is_none() && !channel.is_refused(), "{:?} {:?}", channel.failed, channel.guards);
        world.write(&format!("now/{}.xml", channel.id), world.read(&format!("out/{}.xml", channel.id)));
    }
}

const BOTH: &str =
    "  rozetka: {feed: out/rozetka.xml, export: now/rozetka.xml}\n  prom: {feed: out/prom.xml, export: now/prom.xml}";
