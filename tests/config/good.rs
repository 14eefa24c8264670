//! Configs that are right, and what they come to.

use std::path::Path;

use offersync::config::{Config, Invalid, Limit, SettingValue, Uses, load};
use offersync::finding::Refusal;
use offersync::source::Columns;
use rust_decimal::Decimal;

use super::{BUILT_IN, Surroundings, config, read};

fn good(name: &str) -> Config {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/config/good").join(name);
    read(&std::fs::read_to_string(path).unwrap()).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn columns<'c>(config: &'c Config, field: &str) -> Vec<&'c Columns> {
    config.master.fields.iter().filter(|mapping| mapping.field == field).map(|mapping| &mapping.from).collect()
}

fn column(name: &str) -> Columns {
    Columns::Column { column: name.into(), unit: None, split: None }
}

#[test]
fn the_smallest_config_has_every_default() {
    let config = good("small.yaml");
    assert_eq!((config.shop.language.as_str(), config.shop.currency.as_str()), ("uk", "UAH"));
    assert_eq!(config.timezone, jiff::tz::TimeZone::UTC);
    assert_eq!(config.master.file.path, Path::new("shop/catalog.csv"));
    let [channel] = config.channels.as_slice() else { panic!("one channel") };
    assert_eq!(channel.uses, Uses::BuiltIn("prom".into()));
    assert_eq!(channel.guards, config::Guards::default());
    assert_eq!(channel.invalid, Invalid::LeaveOut);
    assert!(channel.feed.is_none() && channel.export.is_none() && channel.only.is_none() && channel.shape.is_none());
}

#[test]
fn the_network_has_its_bounds() {
    let network = good("full.yaml").network;
    assert_eq!((network.private, network.seconds, network.most_bytes), (true, 60, 200_000_000));
    let usual = good("small.yaml").network;
    assert_eq!((usual.private, usual.offline, usual.seconds, usual.most_bytes), (false, false, 300, 4_000_000_000));
}

#[test]
fn amounts_stay_exact() {
    let config = good("full.yaml");
    assert_eq!(config.rates.first().map(|rate| (rate.0.as_str(), rate.1.to_string())), Some(("USD", "41.50".into())));
    let guards = config.channel("rozetka").unwrap().guards;
    assert_eq!(guards.max_delete, Limit::Percent(Decimal::new(25, 1)));
    assert_eq!(guards.max_update, Limit::Count(500));
    let prices = guards.max_price_move;
    assert_eq!((prices.limit, prices.share), (Decimal::from(40), Limit::Percent(Decimal::ONE)));
    assert_eq!((guards.category_gone, guards.shrink), (Some(2), Decimal::from(80)));
    assert_eq!(config.channel("kaspi").unwrap().guards.category_gone, None);
}

#[test]
fn every_way_to_map_a_field() {
    let config = good("full.yaml");
    assert_eq!(columns(&config, "title.uk"), [&column("Назва")]);
    assert_eq!(columns(&config, "stock.kyiv"), [&column("Склад Київ")]);
    assert_eq!(columns(&config, "stock.lviv"), [&column("Склад Львів")]);
    assert_eq!(columns(&config, "x.docket"), [&column("Стан: опис")]);
    let split = Columns::Column { column: "Фото".into(), unit: None, split: Some("|".into()) };
    assert_eq!(columns(&config, "pictures"), [&split]);
    let unit = offersync::model::Unit::new("kg");
    assert_eq!(columns(&config, "weight"), [&Columns::Column { column: "Вага".into(), unit, split: None }]);
    let axes = vec![("Колір".to_owned(), "Колір".to_owned()), ("Розмір".to_owned(), "Розмір".to_owned())];
    assert_eq!(columns(&config, "options"), [&Columns::Options(axes)]);
    let pairs = Columns::Pairs { column: "Характеристики".into(), split: "|".into(), pair: "=".into() };
    let color = Columns::Attribute {
        name: "Колір".into(),
        column: "Колір".into(),
        unit: None,
        section: Some("Вигляд".into()),
        split: Some("/".into()),
    };
    assert_eq!(columns(&config, "attributes"), [&pairs, &color]);
    let translated =
        Columns::Pairs { column: "Характеристики рос".into(), split: "|".into(), pair: "=".into() };
    assert_eq!(columns(&config, "attributes.ru"), [&translated]);
    let tiers = Columns::Pairs { column: "Гурт".into(), split: "|".into(), pair: "=".into() };
    let tier = Columns::Tier { quantity: Decimal::new(25, 1), column: "Ціна від 2.5".into() };
    assert_eq!(columns(&config, "tiers"), [&tiers, &tier]);
    let parts = ["country", "service", "price"].map(str::to_owned).to_vec();
    let parts = Columns::Parts { column: "Доставка".into(), split: ",".into(), parts };
    let (country, service) = ("UA".to_owned(), Some("Нова Пошта".to_owned()));
    let delivery = Columns::Shipping { country, region: None, service, column: "Доставка НП".into() };
    assert_eq!(columns(&config, "shipping"), [&parts, &delivery]);
    let standing = |mapping: &offersync::source::FieldMapping| config.document.text[mapping.bytes.clone()].to_owned();
    let places: Vec<String> = config.master.fields.iter().take(3).map(standing).collect();
    assert_eq!(places, ["Артикул", "Назва", "Название"]);
}

#[test]
fn what_a_channel_is_told() {
    let config = good("full.yaml");
    let rozetka = config.channel("rozetka").unwrap();
    assert_eq!(rozetka.feed.as_ref().unwrap().path, Path::new("shop/out/rozetka.xml"));
    assert_eq!(rozetka.only.as_ref().unwrap().text, "stock > 0 and brand != 'NoName'");
    assert_eq!(rozetka.lookups.first().unwrap().1.shown, "maps/rozetka.csv");
    assert_eq!(rozetka.invalid, Invalid::KeepLast);
    let kaspi = config.channel("kaspi").unwrap();
    assert!(matches!(&kaspi.uses, Uses::File(file) if file.path == Path::new("shop/./channels/kaspi.yaml")));
    let [id, token, stores] = kaspi.settings.as_slice() else { panic!("three settings") };
    assert_eq!(id.value, SettingValue::Text("30123456".into()));
    assert!(matches!(&token.value, SettingValue::Secret(secret) if secret.reveal() == "s3cr3t"));
    assert!(!format!("{config:?}").contains("s3cr3t"), "a secret shows itself to nobody");
    let SettingValue::Table(stores) = &stores.value else { panic!("a table") };
    let stores: Vec<(&str, &str)> = stores.iter().map(|(key, value)| (key.text.as_str(), value.as_str())).collect();
    assert_eq!(stores, [("kyiv", "PP1"), ("lviv", "PP2")]);
}

fn load_bytes(bytes: &[u8]) -> Result<Config, Refusal> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("offersync.yaml");
    std::fs::write(&path, bytes).unwrap();
    let surroundings = Surroundings { built_in: &BUILT_IN, env: &|_| None };
    load(&path, "offersync.yaml", surroundings).map_err(|error| match error {
        config::LoadError::Refused(refusal) => refusal,
        config::LoadError::Problems(problems) => panic!("{problems:#?}"),
    })
}

#[test]
fn a_byte_order_mark_and_foreign_line_ends_are_welcome() {
    let text =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/config/good/small.yaml")).unwrap();
    let config = load_bytes(format!("\u{feff}{}", text.replace('\n', "\r\n")).as_bytes()).unwrap();
    assert_eq!(config.shop.language, "uk");
}

#[test]
fn a_config_that_is_no_text_is_refused() {
    let refusal = load_bytes(b"version: 1\nshop: {name: \xca\xe0\xeb\xe8\xed\xe0}\n").unwrap_err();
    assert_eq!(refusal.to_string(), "cannot read offersync.yaml: line 2 is not UTF-8");
    let long = load_bytes(&vec![b'#'; (4 << 20) + 1]).unwrap_err();
    assert_eq!(long.to_string(), "cannot read offersync.yaml: it is longer than 4 MB");
    let surroundings = Surroundings { built_in: &BUILT_IN, env: &|_| None };
    let Err(config::LoadError::Refused(none)) = load(Path::new("/nowhere/x.yaml"), "x.yaml", surroundings) else {
        panic!("it is not there")
    };
    assert_eq!(none.to_string(), "cannot read x.yaml: there is no such file");
}
