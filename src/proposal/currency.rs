//! The shop's currency: what stands beside prices, in their header, or in a column of its own. What is only usual
//! where a language is spoken is a guess.

use crate::model::Unit;
use crate::model::amount::currency_word;

use super::choose::Claim;
use super::column::Column;

/// The currency that the columns name, and what there is to check about it.
pub(super) fn of_columns(chosen: &[Claim], columns: &[Column<'_>], language: &str) -> (String, String) {
    let of_field =
        |field: &str| chosen.iter().find(|claim| claim.field == field).and_then(|claim| columns.get(claim.column));
    let said = of_field("currency").and_then(|column| currency_word(column.values.filled.first()?));
    let price = of_field("price");
    let beside = price.and_then(|column| column.values.units().first().copied());
    let mut others =
        columns.iter().filter(|column| column.values.are_amounts()).filter_map(|column| column.heading.currency);
    let other = others.next();
    let named = price.and_then(|column| column.heading.currency).or(other);
    if price.is_none() && others.any(|another| Some(another) != other) {
        let (usual, _) = or_usual(other, language);
        return (usual, "several currencies stand in the header".to_owned());
    }
    or_usual(said.or(beside).or(named), language)
}

/// The currency whose code stands most often in a text.
pub(super) fn of_text(text: &str, language: &str) -> (String, String) {
    let is_code = |word: &&str| word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(is_code).filter_map(currency_word);
    let mut counts: Vec<(Unit, usize)> = Vec::new();
    for unit in words {
        match counts.iter_mut().find(|count| count.0 == unit) {
            Some(count) => count.1 += 1,
            None => counts.push((unit, 1)),
        }
    }
    or_usual(counts.into_iter().max_by_key(|count| count.1).map(|count| count.0), language)
}

fn or_usual(found: Option<Unit>, language: &str) -> (String, String) {
    let usual = match language {
        "uk" | "ru" => "UAH",
        "kk" => "KZT",
        _ => "USD",
    };
    match found {
        Some(unit) => (unit.as_str().to_owned(), String::new()),
        None => (usual.to_owned(), "nothing in the file names a currency".to_owned()),
    }
}
