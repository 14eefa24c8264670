//! Pieces: in all, by warehouse, or as a word that says whether there are any.

use rust_decimal::Decimal;

use super::Certainty;
use super::choose::Claim;
use super::column::Column;
use crate::expression::slug;

/// The columns of stock and availability.
pub(super) fn claims(columns: &[Column<'_>]) -> Vec<Claim> {
    let mut claims = Vec::new();
    let (mut totals, mut places) = (Vec::new(), Vec::new());
    for (number, column) in columns.iter().enumerate() {
        let is_stock = column.means("stock") || column.means("@stock.total") || column.means("availability");
        if !is_stock || column.values.is_blank() {
            continue;
        }
        let is_place = column.means("stock") && !column.heading.rest.is_empty();
        let is_flag =
            column.means("availability") && !column.values.any(|cell| cell.parse::<u32>().is_ok_and(|count| count > 1));
        if column.values.are_words_of("availability") && (is_flag || !column.values.are_counts()) {
            let certainty = if column.heading.is_exact() { Certainty::Sure } else { Certainty::Likely };
            claims.push(Claim::new(number, "availability", certainty, "words for it"));
        } else if column.values.are_counts() {
            if is_place { places.push(number) } else { totals.push(number) }
        }
    }
    let sums = sums(columns, &places);
    for number in &places {
        let place: String =
            columns.get(*number).map(|column| slug(&column.heading.rest.join(" ")).collect()).unwrap_or_default();
        if !place.is_empty() {
            claims.push(Claim::new(*number, format!("stock.{place}"), Certainty::Likely, "whole numbers, a place"));
        }
    }
    let is_sum = |number: &usize| columns.get(*number).is_some_and(|column| column.values.amounts() == sums);
    match totals.as_slice() {
        [] => {}
        // a total that is not the sum of its parts holds something else
        [only] if !places.is_empty() && !is_sum(only) => {}
        [only] => claims.push(total(*only, columns)),
        [first, ..] => {
            let claim = total(*first, columns).at_most(Certainty::Likely, "two columns are called so");
            claims.push(claim);
        }
    }
    claims
}

fn total(number: usize, columns: &[Column<'_>]) -> Claim {
    let is_exact = columns.get(number).is_some_and(|column| column.heading.is_exact());
    let certainty = if is_exact { Certainty::Sure } else { Certainty::Likely };
    Claim::new(number, "stock", certainty, "whole numbers")
}

/// What the places have together, row by row.
fn sums(columns: &[Column<'_>], places: &[usize]) -> Vec<Option<Decimal>> {
    let of_places: Vec<Vec<Option<Decimal>>> =
        places.iter().filter_map(|place| columns.get(*place)).map(|column| column.values.amounts()).collect();
    let rows = of_places.first().map_or(0, Vec::len);
    (0..rows).map(|row| Some(of_places.iter().filter_map(|place| place.get(row).copied().flatten()).sum())).collect()
}
