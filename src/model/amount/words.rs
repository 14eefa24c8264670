//! The words and signs that stand beside numbers: currencies and units in the
//! spellings of the shops that this is for.

use crate::model::Unit;

/// Currency codes with the other ways to write them, in lower case and without a closing point.
const CURRENCIES: &[(&str, &[&str])] = &[
    ("UAH", &["uah", "₴", "грн", "гривень", "гривні", "гривня", "гривна", "гривны", "гривен"]),
    ("USD", &["usd", "$", "us$", "дол", "долл"]),
    ("EUR", &["eur", "€", "євро", "евро"]),
    ("KZT", &["kzt", "₸", "тг", "тенге", "теңге"]),
    ("PLN", &["pln", "zł", "zl"]),
    ("GBP", &["gbp", "£"]),
    ("MDL", &["mdl", "лей", "lei"]),
    ("RON", &["ron"]),
    ("CZK", &["czk", "kč"]),
    ("GEL", &["gel", "₾"]),
    ("AZN", &["azn", "₼"]),
    ("TRY", &["try", "₺"]),
    ("UZS", &["uzs", "сум", "so'm"]),
    ("KGS", &["kgs", "сом"]),
    ("AMD", &["amd", "֏"]),
    ("BYN", &["byn"]),
    ("RUB", &["rub", "₽", "руб"]),
    ("CNY", &["cny"]),
    ("JPY", &["jpy"]),
    ("CHF", &["chf"]),
];

/// Units with the other ways to write them, in lower case and without a closing point.
const UNITS: &[(&str, &[&str])] = &[
    ("mg", &["mg", "мг"]),
    ("g", &["g", "gr", "г", "гр", "грам", "грамм"]),
    ("kg", &["kg", "кг"]),
    ("t", &["t", "т"]),
    ("oz", &["oz"]),
    ("lb", &["lb", "lbs"]),
    ("mm", &["mm", "мм"]),
    ("cm", &["cm", "см"]),
    ("dm", &["dm", "дм"]),
    ("m", &["m", "м"]),
    ("in", &["in", "inch", "дюйм"]),
    ("ft", &["ft"]),
    ("ml", &["ml", "мл"]),
    ("cl", &["cl", "сл"]),
    ("l", &["l", "л"]),
    ("pcs", &["pcs", "pc", "шт", "штук", "дана"]),
];

/// The code of a currency written as a word, a sign or its code.
pub fn currency_word(word: &str) -> Option<Unit> {
    find(CURRENCIES, word)
}

/// The code of a currency or unit written as a word, a sign or its code; pieces are `pcs`.
pub fn unit_word(word: &str) -> Option<Unit> {
    find(UNITS, word).or_else(|| find(CURRENCIES, word))
}

fn find(table: &[(&str, &[&str])], word: &str) -> Option<Unit> {
    let lower = word.trim().to_lowercase();
    let bare = lower.strip_suffix('.').unwrap_or(&lower);
    let entry = table.iter().find(|entry| entry.1.contains(&bare))?;
    Unit::new(entry.0)
}
