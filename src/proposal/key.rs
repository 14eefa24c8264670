//! Which column is the SKU: the one that is called so, if it differs in every row; else another one that does. Where
//! two could be the key, only the merchant knows which of them the channels know.

use hashbrown::HashSet;

use super::Certainty;
use super::choose::Claim;
use super::column::Column;

/// Up to one in so many rows may lack a key or have another one's: that is a slip in the data.
const SLIPS: usize = 50;

/// The column of the SKU; where channels' exports are there, the one whose values stand in them.
pub(super) fn claim(columns: &[Column<'_>], in_exports: &HashSet<String>) -> Option<Claim> {
    let of = |meanings: &[&str]| -> Vec<usize> {
        let is_it = |column: &Column<'_>| meanings.iter().any(|meaning| column.means(meaning));
        (0..)
            .zip(columns)
            .filter(|(_, column)| is_it(column) && !column.values.is_blank() && !column.values.are_addresses())
            .map(|found| found.0)
            .collect()
    };
    let mut named = of(&["sku"]);
    named.sort_by_key(|number| columns.get(*number).is_some_and(|column| !column.heading.is_exact()));
    let (codes, ids, others) = (of(&["@key.code"]), of(&["@key.id"]), of(&["model", "mpn"]));
    let keys: Vec<usize> = named.iter().chain(&codes).chain(&ids).chain(&others).copied().collect();
    if let Some(number) = exported(columns, &keys, in_exports) {
        return Some(known(number, columns.get(number)?));
    }
    let good = |number: &&usize| columns.get(**number).is_some_and(is_key);
    if let Some(number) = keys.iter().find(good) {
        let column = columns.get(*number)?;
        return Some(among(*number, column, columns, (&named, &codes, &ids)));
    }
    if let Some(number) = keys.iter().find(|number| columns.get(**number).is_some_and(is_nearly_key)) {
        let values = &columns.get(*number)?.values;
        let why = format!("differs in all rows but {}", values.unfit_for_a_key());
        return Some(Claim::new(*number, "sku", Certainty::Likely, why).marked(values.why_no_key()));
    }
    unnamed(columns, &keys)
}

/// The only one of these columns whose cells mostly stand in the exports.
fn exported(columns: &[Column<'_>], keys: &[usize], in_exports: &HashSet<String>) -> Option<usize> {
    let stands = |number: &&usize| {
        let filled = columns.get(**number).map_or(&[][..], |column| &column.values.filled);
        let known = filled.iter().filter(|cell| in_exports.contains(**cell)).count();
        known > 0 && known * 2 >= filled.len()
    };
    let mut known = keys.iter().filter(stands);
    known.next().filter(|_| known.next().is_none()).copied()
}

/// The column that the channels know offers by.
fn known(number: usize, column: &Column<'_>) -> Claim {
    let claim = |certainty| Claim::new(number, "sku", certainty, "the exports beside the master know offers by it");
    if is_key(column) { claim(Certainty::Sure) } else { claim(Certainty::Likely).marked(column.values.why_no_key()) }
}

fn among(
    number: usize,
    column: &Column<'_>,
    columns: &[Column<'_>],
    (named, codes, ids): (&[usize], &[usize], &[usize]),
) -> Claim {
    let zeros =
        column.values.any(|cell| cell.len() > 1 && cell.starts_with('0') && cell.bytes().all(|b| b.is_ascii_digit()));
    let why = if zeros { "all differ; zeros kept" } else { "all differ" };
    let title = |number: &usize| columns.get(*number).map_or("", |column| column.looked.name.as_str());
    let rival = named.iter().chain(codes).chain(ids).find(|other| {
        let is_other = |other: &Column<'_>| {
            is_key(other) && other.looked.cells != column.looked.cells && !other.values.are_row_numbers()
        };
        **other != number && columns.get(**other).is_some_and(is_other)
    });
    let broken = named.iter().filter(|other| **other != number).find_map(|other| columns.get(*other));
    let is_named = named.contains(&number) || (named.is_empty() && codes.contains(&number));
    match (rival, broken) {
        (Some(rival), _) => {
            let check =
                format!("«{}» differs in every row too; the key is the one that the channels know", title(rival));
            Claim::new(number, "sku", Certainty::Likely, why).marked(check)
        }
        (None, Some(broken)) => {
            let check = format!("in «{}» {}", broken.looked.name, broken.values.why_no_key());
            Claim::new(number, "sku", Certainty::Likely, why).marked(check)
        }
        _ if is_named
            && column.heading.is_exact()
            && columns.first().is_some_and(|first| first.values.cells.len() > 1) =>
        {
            Claim::new(number, "sku", Certainty::Sure, why)
        }
        _ => Claim::new(number, "sku", Certainty::Likely, why).marked("is it what the channels know the offer by?"),
    }
}

/// Without a name that tells: a column of codes that differ, or the one that is called a key and is none.
fn unnamed(columns: &[Column<'_>], keys: &[usize]) -> Option<Claim> {
    let is_code = |cell: &str| {
        cell.chars().count() <= 32 && !cell.contains(' ') && cell.bytes().any(|byte| byte.is_ascii_digit())
    };
    let is_free = |column: &Column<'_>| column.heading.meaning.is_none() || column.means("gtin");
    let may_be = |column: &Column<'_>| {
        let values = &column.values;
        is_free(column)
            && is_key(column)
            && values.mostly(is_code)
            && !values.are_addresses()
            && !values.have_fractions()
    };
    let found: Vec<usize> = (0..).zip(columns).filter(|(_, column)| may_be(column)).map(|found| found.0).collect();
    // a shop's own codes before barcodes and the numbers of rows
    let is_own = |column: &Column<'_>| !column.values.are_gtins() && !column.values.are_row_numbers();
    let own = found.iter().find(|number| columns.get(**number).is_some_and(is_own));
    if let Some(number) = own.or(found.first()) {
        let why = "codes, all differ";
        return Some(Claim::new(*number, "sku", Certainty::Guess, why).marked("nothing says that it is the SKU"));
    }
    let number = *keys.first()?;
    let values = &columns.get(number)?.values;
    let check = format!("{}; every offer needs a key of its own", values.why_no_key());
    Some(Claim::new(number, "sku", Certainty::Guess, "called so").marked(check))
}

fn is_key(column: &Column<'_>) -> bool {
    column.values.is_complete() && column.values.unfit_for_a_key() == 0
}

fn is_nearly_key(column: &Column<'_>) -> bool {
    column.values.unfit_for_a_key() * SLIPS <= column.values.cells.len()
}
