//! The catalog's own rules: what is wrong with an offer on any channel. GTIN digits,
//! amounts that cannot be meant, addresses, and characters that no feed may carry.

use bumpalo::Bump;
use rust_decimal::Decimal;

use crate::finding::{Found, Known, Sink};
use crate::model::address::is_web_address;
use crate::model::gtin::{self, GtinFault};
use crate::model::text::{short, trimmed};
use crate::model::{Kind, Number, Said, Value};

use super::clean::Cleaner;
use super::test::quoted;

/// More than anything a shop sells costs, in any currency: a sign of a lost decimal point.
const ABSURD: i64 = 1_000_000_000;

/// What of an offer the catalog's rules look at, by number among what the master says.
#[derive(Debug, Default)]
pub struct CatalogRules {
    gtin: Option<usize>,
    currency: Option<usize>,
    /// The currency of offers that name none.
    shop_currency: String,
    old_price: Option<(usize, String)>,
    /// Amounts of money, with their names.
    money: Vec<(usize, String)>,
    /// Tables with an amount of money in every row, with their names and where in a row it stands.
    priced: Vec<(usize, String, usize)>,
    /// Stocks, of all places and of single ones, with their names.
    stocks: Vec<(usize, String)>,
    /// Addresses and lists of them, with their names.
    addresses: Vec<(usize, String)>,
    /// Everything with its name.
    names: Vec<String>,
}

/// One offer, for messages.
#[derive(Debug, Clone, Copy)]
pub struct Offered<'o> {
    /// Where its record begins.
    pub offset: u64,
    /// Its SKU.
    pub sku: &'o str,
}

impl CatalogRules {
    /// The rules for what a master says.
    pub fn new(said: &[Said], shop_currency: &str) -> Self {
        let number = |name: &str| said.iter().position(|said| said.name == name);
        let of = |wanted: &dyn Fn(&Said) -> bool| -> Vec<(usize, String)> {
            said.iter().enumerate().filter(|(_, said)| wanted(said)).map(|(n, said)| (n, said.name.clone())).collect()
        };
        let lists_of_addresses = ["pictures", "videos", "documents"];
        CatalogRules {
            gtin: number("gtin"),
            currency: number("currency"),
            shop_currency: shop_currency.to_owned(),
            old_price: of(&|said| said.name == "old_price").pop(),
            money: of(&|said| said.kind == Kind::Money),
            priced: said.iter().enumerate().filter_map(priced).collect(),
            stocks: of(&|said| said.name == "stock" || said.name.starts_with("stock.")),
            addresses: of(&|said| said.kind == Kind::Url || lists_of_addresses.contains(&said.name.as_str())),
            names: said.iter().map(|said| said.name.clone()).collect(),
        }
    }

    /// Checks one offer; the code of what keeps it from every channel.
    pub fn check(&self, offer: &Offered<'_>, values: &[Value<'_>], sink: &mut Sink) -> Option<Known> {
        let mut say = |code: Known, field: &str, message: String| {
            let place = || Found { offset: offer.offset, key: offer.sku.to_owned(), field: field.to_owned(), message };
            sink.add(code.into(), place);
        };
        if let Some(Value::Text(text)) = self.gtin.and_then(|number| values.get(number)) {
            for gtin in text.split([',', ';', ' ']).filter(|part| !part.is_empty()) {
                if let Err(fault) = gtin::check(gtin) {
                    let (code, message) = gtin_message(gtin, fault);
                    say(code, "gtin", message);
                }
            }
        }
        for (number, name) in self.stocks.iter().filter_map(|stock| number_of(values, stock)) {
            if number.amount < Decimal::ZERO {
                say(Known::StockNegative, name, format!("{name} {} is below zero", quoted(number)));
            }
        }
        self.addresses(values, &mut say);
        let fault = self.money(values, &mut say).or(self.currencies(values, &mut say));
        if self.priced.is_empty() { fault } else { fault.or(self.rows(values, &mut say)) }
    }

    /// The currency of an offer's prices.
    fn currency<'v>(&'v self, values: &[Value<'v>]) -> &'v str {
        let named = self.currency.and_then(|number| values.get(number)?.as_text()).map(trimmed);
        named.filter(|named| !named.is_empty()).unwrap_or(&self.shop_currency)
    }

    /// Amounts in the rows of tables that cannot be meant, and prices there in another currency than the offer's;
    /// of each table the first.
    fn rows(&self, values: &[Value<'_>], say: &mut dyn FnMut(Known, &str, String)) -> Option<Known> {
        let (currency, mut fault) = (self.currency(values), None);
        for (table, name, at) in &self.priced {
            let Some(Value::Table(rows)) = values.get(*table) else { continue };
            let numbers = rows.iter().filter_map(|row| match row.get(*at) {
                Some(Value::Number(number)) => Some(number),
                _ => None,
            });
            let is_price = name == "tiers";
            let mut wrong =
                numbers.filter_map(|number| wrong_in_row(number, is_price, currency).map(|why| (number, why)));
            if let Some((number, (code, words))) = wrong.next() {
                say(code, name, format!("{name} {} {words}", quoted(number)));
                fault = if is_price { Some(code) } else { fault };
            }
        }
        fault
    }

    /// Prices that name another currency than the offer does.
    fn currencies(&self, values: &[Value<'_>], say: &mut dyn FnMut(Known, &str, String)) -> Option<Known> {
        const PRICES: [&str; 3] = ["price", "old_price", "promo_price"];
        let (currency, mut fault) = (self.currency(values), None);
        for (number, name) in self.money.iter().filter_map(|money| number_of(values, money)) {
            let said = number.unit.as_str();
            if number.unit.is_said() && said != currency && PRICES.contains(&name) && !currency.is_empty() {
                let message = format!("{name} {} is in {said}, the offer in {currency}", quoted(number));
                say(Known::Currency, name, message);
                fault = Some(Known::Currency);
            }
        }
        fault
    }

    /// Amounts that cannot be meant; of the price itself nothing else is said then.
    fn money(&self, values: &[Value<'_>], say: &mut dyn FnMut(Known, &str, String)) -> Option<Known> {
        let (mut price, mut fault) = (None, None);
        for (number, name) in self.money.iter().filter_map(|money| number_of(values, money)) {
            let code = match number.amount {
                amount if amount > Decimal::from(ABSURD) => Known::PriceAbsurd,
                amount if name == "price" && amount <= Decimal::ZERO => Known::PriceZero,
                amount if amount < Decimal::ZERO => Known::PriceAbsurd,
                _ => {
                    price = if name == "price" { Some(number) } else { price };
                    continue;
                }
            };
            let words = match code {
                Known::PriceZero if number.amount.is_zero() => "is nothing",
                _ if number.amount < Decimal::ZERO => "is below zero",
                _ => "is beyond reason",
            };
            say(code, name, format!("{name} {} {words}", quoted(number)));
            fault = if name == "price" { Some(code) } else { fault };
        }
        if let (Some(price), Some((old, name))) =
            (price, self.old_price.as_ref().and_then(|old| number_of(values, old)))
            && old.amount <= price.amount
        {
            say(Known::OldPrice, name, format!("{name} {} beside price {}", quoted(old), quoted(price)));
        }
        fault
    }

    fn addresses(&self, values: &[Value<'_>], say: &mut dyn FnMut(Known, &str, String)) {
        for (number, name) in &self.addresses {
            let bad = match values.get(*number) {
                Some(Value::Text(text)) => Some(*text).filter(|text| !is_web_address(text)),
                Some(Value::List(items)) => items.iter().copied().find(|text| !is_web_address(text)),
                _ => None,
            };
            if let Some(text) = bad {
                say(Known::Address, name, format!("«{}»", short(text)));
            }
        }
    }

    /// Takes out what no feed may carry, and says so.
    pub fn clean<'b>(&self, offer: &Offered<'_>, values: &mut [Value<'b>], arena: &'b Bump, sink: &mut Sink) {
        for (value, name) in values.iter_mut().zip(&self.names) {
            let mut cleaner = Cleaner::new(arena);
            cleaner.value(value);
            let mut say = |code: Known, message: String| {
                let place = || Found { offset: offer.offset, key: offer.sku.to_owned(), field: name.clone(), message };
                sink.add(code.into(), place);
            };
            if let Some(message) = cleaner.message(name) {
                say(Known::Unwritable, message);
            }
            if let Some(first) = cleaner.unwrapped {
                say(Known::SectionAsText, format!("{name} «{}»", short(first)));
            }
        }
    }
}

/// What is wrong with an amount in a row: a price of the offer, or what its delivery costs, which may be nothing
/// and in the money of another country.
fn wrong_in_row(number: &Number<'_>, is_price: bool, currency: &str) -> Option<(Known, String)> {
    let said = number.unit.as_str();
    match number.amount {
        _ if is_price && number.unit.is_said() && said != currency && !currency.is_empty() => {
            Some((Known::Currency, format!("is in {said}, the offer in {currency}")))
        }
        amount if amount > Decimal::from(ABSURD) => Some((Known::PriceAbsurd, "is beyond reason".into())),
        amount if is_price && amount.is_zero() => Some((Known::PriceZero, "is nothing".into())),
        amount if is_price && amount < Decimal::ZERO => Some((Known::PriceZero, "is below zero".into())),
        amount if amount < Decimal::ZERO => Some((Known::PriceAbsurd, "is below zero".into())),
        _ => None,
    }
}

/// The table of this number, where its rows hold an amount of money.
fn priced((number, said): (usize, &Said)) -> Option<(usize, String, usize)> {
    let at = said.rows.iter().position(|row| row.kind == Kind::Money)?;
    Some((number, said.name.clone(), at))
}

/// The number that is said under this name, where there is one.
fn number_of<'v, 'b>(values: &'v [Value<'b>], named: &'v (usize, String)) -> Option<(&'v Number<'b>, &'v str)> {
    match values.get(named.0)? {
        Value::Number(number) => Some((number, &named.1)),
        _ => None,
    }
}

fn gtin_message(gtin: &str, fault: GtinFault) -> (Known, String) {
    let gtin = short(gtin);
    match fault {
        GtinFault::NotDigits => (Known::GtinLength, format!("«{gtin}» is not digits only")),
        GtinFault::Length(length) => (Known::GtinLength, format!("«{gtin}» has {length} digits")),
        GtinFault::CheckDigit(digit) => (Known::GtinCheck, format!("«{gtin}» should end in {digit}")),
        GtinFault::Restricted => (Known::GtinRestricted, format!("«{gtin}» is from a range for a shop's own use")),
    }
}
