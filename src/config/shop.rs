//! `shop`, `timezone` and `rates`: who sells, and what holds for all channels.

use jiff::tz::{TimeZone, TimeZoneDatabase};
use rust_decimal::Decimal;

use crate::wire::yaml::{Map, Node, nearest};

use super::amount;
use super::keys;
use super::language;
use super::load::Reading;
use super::schema::Shop;

pub(super) fn shop(node: &Node, reading: &Reading<'_>) -> Shop {
    let Some(map) = node.map("`shop`", keys::SHOP, reading.problems) else { return Shop::default() };
    let text = |key: &str| map.get(key).and_then(|node| node.text(&format!("shop.{key}"), reading.problems));
    Shop {
        name: text("name").unwrap_or_default().to_owned(),
        company: text("company").unwrap_or_default().to_owned(),
        url: text("url").map(|url| web_address(url, &map, reading)).unwrap_or_default(),
        language: required(&map, "language", reading, |node, text| {
            if let Some(wrong) = language::problem(text) {
                reading.problem(node.problem("config/value", format!("`{text}` is no language"), wrong));
            }
        }),
        currency: required(&map, "currency", reading, |node, text| currency(node, text, reading)),
    }
}

fn required(map: &Map<'_>, key: &str, reading: &Reading<'_>, check: impl FnOnce(&Node, &str)) -> String {
    let node = reading.required(map, "`shop`", keys::SHOP, key);
    let text = node.and_then(|node| node.text(&format!("shop.{key}"), reading.problems));
    if let (Some(node), Some(text)) = (node, text) {
        check(node, text);
    }
    text.unwrap_or_default().to_owned()
}

fn web_address(url: &str, map: &Map<'_>, reading: &Reading<'_>) -> String {
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let is_one = host.is_some_and(|host| !host.is_empty() && !host.contains([' ', '\n', '\t']));
    if let Some(node) = map.get("url").filter(|_| !is_one) {
        let label = "write it with http:// or https://";
        reading.problem(node.problem("config/value", "shop.url must be a web address", label));
    }
    url.to_owned()
}

fn currency(node: &Node, code: &str, reading: &Reading<'_>) {
    if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
        let label = "write the three capital letters of ISO 4217: UAH, KZT, USD";
        reading.problem(node.problem("config/value", format!("`{code}` is no currency"), label));
    }
}

/// What one unit of another currency costs in the shop's.
pub(super) fn rates(node: &Node, shop_currency: &str, reading: &Reading<'_>) -> Vec<(String, Decimal)> {
    if amount::text(node).is_some() {
        let what = "`rates` from a file are not possible yet";
        reading.problem(node.problem("config/not-yet", what, "write them here: {USD: 41.50}"));
        return Vec::new();
    }
    let Some(map) = node.open_map("rates", reading.problems) else { return Vec::new() };
    let mut rates = Vec::new();
    let mut before: Option<&str> = None;
    for (code, value) in map.pairs() {
        let whole = before.replace(amount::text(value).unwrap_or(""));
        // `{USD: 41,50}` is a rate of 41 and a key 50 without a value
        if let Some(whole) = whole.filter(|whole| value.is_null() && both_are_digits(whole, &code.text)) {
            let what =
                format!("a decimal comma in braces ends the value: this reads {whole}, and then a key `{}`", code.text);
            let label = format!("write {whole}.{} with a point", code.text);
            reading.problem(value.problem_at(code.bytes.clone(), "config/value", what, label));
            continue;
        }
        let key =
            Node { value: crate::wire::yaml::Scalar::Text(code.clone()), bytes: code.bytes.clone(), ..value.clone() };
        currency(&key, &code.text, reading);
        let rate = amount::text(value).and_then(amount::decimal).filter(|rate| *rate > Decimal::ZERO);
        match rate {
            None => {
                let label = "a number above zero with a point, like 41.50, is expected here";
                reading.problem(value.problem(
                    "config/value",
                    format!("the rate of {} is no amount", code.text),
                    label,
                ));
            }
            Some(rate) if code.text == shop_currency && rate != Decimal::ONE => {
                let what = format!("{shop_currency} is the shop's own currency: its rate is 1");
                reading.problem(value.problem(
                    "config/value",
                    what,
                    "rates say what one unit costs in the shop's currency",
                ));
            }
            Some(rate) => rates.push((code.text.clone(), rate)),
        }
    }
    rates
}

fn both_are_digits(one: &str, other: &str) -> bool {
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    are_digits(one) && are_digits(other)
}

/// The zone of this name; names come with the program, so that they do not depend on the machine.
pub(super) fn timezone(node: &Node, reading: &Reading<'_>) -> Option<TimeZone> {
    let name = node.text("timezone", reading.problems)?;
    let zones = TimeZoneDatabase::bundled();
    let zone = zones.get(name).ok();
    if zone.is_none() {
        let names: Vec<String> =
            zones.available().map(|zone| zone.to_string()).filter(|zone| zone != "Europe/Kiev").collect();
        let city =
            names.iter().find(|zone| zone.rsplit('/').next().is_some_and(|city| city.eq_ignore_ascii_case(name)));
        // every way to write the capital's name means the zone that is called so today
        let is_kyiv = ["kiew", "kijev", "kyjiv", "kiyv", "kijiv"]
            .contains(&name.rsplit('/').next().unwrap_or("").to_lowercase().as_str());
        let near = city.map(String::as_str).or(is_kyiv.then_some("Europe/Kyiv"));
        let near = near.or_else(|| nearest(name, names.iter().map(String::as_str)));
        let label = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "write it like `Europe/Kyiv`".to_owned(),
        };
        reading.problem(node.problem("config/value", format!("`{name}` is no time zone"), label));
    }
    zone
}
