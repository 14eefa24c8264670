//! The generator's offers as the suite's shops keep them, and a shop around them.

use crate::catalog::{Catalog, Offer, PAIR, SPLIT, good, with};
use crate::generator::further;
use crate::generator::offer::Offer as Generated;
use crate::registered::Registered;
use crate::world::World;

/// The column of the second option: one that no field is named after.
pub const SIZE: &str = "Розмір";

/// So many offers of a seed, in products of one to twelve variants.
pub fn catalog(seed: u64, offers: u64) -> Catalog {
    Catalog { offers: (0..offers).map(|number| offer(seed, number, 'S')).collect() }
}

/// The offer of a number; the letter begins its SKU.
pub fn offer(seed: u64, number: u64, letter: char) -> Offer {
    let mut made = Generated::default();
    made.become_nth(seed, number, letter);
    let attribute = |name: &str| made.attributes.iter().find(|one| one.0 == name).map(|one| one.1.clone());
    let pairs: Vec<String> = made
        .attributes
        .iter()
        .filter(|one| one.0 != "Об'єм")
        .map(|(name, value, _)| format!("{name}{PAIR}{value}"))
        .collect();
    let [title_uk, title_ru, _] = &made.title;
    let [description_uk, description_ru, _] = &made.description;
    let cells: [(&str, String); 21] = [
        ("sku", made.sku.clone()),
        ("group", made.group.clone()),
        ("gtin", made.gtin.clone()),
        ("brand", made.brand.to_owned()),
        ("mpn", made.mpn.clone()),
        ("title.uk", title_uk.clone()),
        ("title.ru", title_ru.clone()),
        ("description.uk", description_uk.clone()),
        ("description.ru", description_ru.clone()),
        ("category", (1 + made.category % 3).to_string()),
        ("price", money(made.price)),
        ("old_price", made.old_price.map(money).unwrap_or_default()),
        ("stock.kyiv", made.stock[0].to_string()),
        ("stock.odesa", made.stock[2].to_string()),
        ("pictures", made.pictures.join(SPLIT)),
        ("url", made.url.clone()),
        ("attributes", pairs.join(SPLIT)),
        ("volume", attribute("Об'єм").unwrap_or_default()),
        ("colour", made.colour.to_owned()),
        (SIZE, made.size.to_owned()),
        ("weight", format!("{} g", made.grams)),
    ];
    let cells: Vec<(&str, &str)> = cells.iter().map(|(column, cell)| (*column, cell.as_str())).collect();
    with(good(usize::try_from(number).unwrap()), &cells)
}

/// The same offers with all that only some channels ask for.
pub fn further(catalog: Catalog) -> Catalog {
    let further = |(number, offer): (u64, Offer)| {
        let cells: Vec<(&str, String)> = further::cells(number).collect();
        with(offer, &cells.iter().map(|(column, cell)| (*column, cell.as_str())).collect::<Vec<_>>())
    };
    Catalog { offers: (0..).zip(catalog.offers).map(further).collect() }
}

fn money(kopecks: u64) -> String {
    format!("{}.{:02}", kopecks / 100, kopecks % 100)
}

/// A shop with this channel alone whose offers have two options and labels.
pub fn shop(channel: &Registered, catalog: &Catalog) -> World {
    let world = channel.shop(catalog);
    let mut options = format!("options: {{Колір: colour, {SIZE}: {SIZE}}}");
    if catalog.offers.iter().any(|offer| offer.contains_key("tags")) {
        options.push_str(&format!("\n    tags: {{column: tags, split: \"{SPLIT}\"}}"));
    }
    let mut config = world.text("offersync.yaml").replace("options: {Колір: colour}", &options);
    if catalog.offers.iter().any(|offer| further::LISTS.iter().any(|list| offer.contains_key(*list))) {
        config = config.replace("channels:\n", &format!("{}channels:\n", further::mapping()));
    }
    world.write("offersync.yaml", config);
    world
}
