//! Which column is what the customer pays. A wrong price is the dearest mistake of all: with one price whose header
//! says it exactly it is sure, with several their names and their order in every row decide, else a person does.

use super::Certainty;
use super::choose::Claim;
use super::column::Column;
use super::money::Against;

/// What a column of amounts is called, and the field that it is beside the price.
const BESIDE: [(&str, &str); 7] = [
    ("old_price", "old_price"),
    ("promo_price", "promo_price"),
    ("cost", "cost"),
    ("@price.wholesale", "price.wholesale"),
    ("@price.drop", "price.drop"),
    ("rrp", "rrp"),
    ("min_price", "min_price"),
];
/// What is paid may be called so.
const PAID: [&str; 3] = ["price", "@price.retail", "@price.regular"];

/// Why no column becomes `cost` by itself.
const TOLD: &str = "channels that take it are told what goods cost you";

/// The columns of prices.
pub(super) fn claims(columns: &[Column<'_>]) -> Vec<Claim> {
    let is_money = |column: &Column<'_>| column.values.are_amounts();
    let called = |meaning: &str, exactly: bool| -> Vec<usize> {
        let is_it =
            |column: &Column<'_>| column.means(meaning) && column.heading.is_exact() == exactly && is_money(column);
        (0..).zip(columns).filter(|(_, column)| is_it(column)).map(|found| found.0).collect()
    };
    let paid: Vec<usize> = PAID.iter().flat_map(|meaning| called(meaning, true)).collect();
    let unclear: Vec<usize> = PAID.iter().flat_map(|meaning| called(meaning, false)).collect();
    let mut claims: Vec<Claim> = BESIDE
        .iter()
        .filter_map(|(meaning, field)| {
            let number = called(meaning, true).into_iter().chain(called(meaning, false)).next()?;
            let is_exact = columns.get(number)?.heading.is_exact();
            let certainty = if is_exact { Certainty::Sure } else { Certainty::Likely };
            let claim = amounts(number, field, certainty, columns);
            // what goods cost the shop is nobody's business unless the merchant says so
            Some(if *field == "cost" { claim.left_out(TOLD) } else { claim })
        })
        .collect();
    let net = called("@price.net", true);
    match price(columns, &paid, &unclear, &net) {
        Some(price) => {
            let price = set_against(columns, price, &mut claims, &unclear);
            claims.push(price);
        }
        None => claims.extend(paid.iter().chain(&unclear).chain(&net).map(|number| undecided(*number))),
    }
    claims
}

/// A field of money, less sure where some of its cells are none.
fn amounts(number: usize, field: &str, certainty: Certainty, columns: &[Column<'_>]) -> Claim {
    match columns.get(number).and_then(|column| column.values.unread()) {
        None => Claim::new(number, field, certainty, "all amounts"),
        Some((count, first)) => {
            let cells = if count == 1 { "1 cell is none".to_owned() } else { format!("{count} cells are none") };
            Claim::new(number, field, certainty, "amounts").at_most(Certainty::Likely, format!("{cells}: «{first}»"))
        }
    }
}

/// A price of which nothing says whether it is the one that is paid.
fn undecided(number: usize) -> Claim {
    Claim::new(number, "price", Certainty::Guess, "amounts; which price, nothing says")
        .left_out("is it what the customer pays?")
}

/// What the customer pays, by the names alone.
fn price(columns: &[Column<'_>], paid: &[usize], unclear: &[usize], net: &[usize]) -> Option<Claim> {
    match (paid, unclear) {
        ([only], _) => Some(amounts(*only, "price", Certainty::Sure, columns)),
        ([], [only]) if net.is_empty() => {
            let check = "its header says more than «price»";
            Some(Claim::new(*only, "price", Certainty::Guess, "the only price").marked(check))
        }
        ([], []) => match net {
            [only] => {
                let check = "it is called a price without tax, and the customer pays with it";
                Some(Claim::new(*only, "price", Certainty::Guess, "the only price").marked(check))
            }
            _ => unnamed(columns),
        },
        ([], _) => None,
        ([first, rest @ ..], _) => several(columns, *first, rest),
    }
}

/// Several columns that are called what is paid: the same in all rows, or a retail price that is never below the other.
fn several(columns: &[Column<'_>], first: usize, rest: &[usize]) -> Option<Claim> {
    let all = || std::iter::once(&first).chain(rest);
    let against = |one: usize, other: usize| Some(Against::of(columns.get(one)?, columns.get(other)?));
    if rest.iter().all(|other| against(first, *other).is_some_and(Against::is_equal)) {
        let why = "all amounts; another column says the same";
        return Some(Claim::new(first, "price", Certainty::Likely, why).marked("two columns are called so"));
    }
    let retail = *all().find(|number| columns.get(**number).is_some_and(|column| column.means("@price.retail")))?;
    let is_highest = all().all(|other| against(retail, *other).is_some_and(|against| against.below == 0));
    let check = "another column is called a price too";
    is_highest.then(|| Claim::new(retail, "price", Certainty::Likely, "called retail, and never below").marked(check))
}

/// Without any name: the only column of amounts with fractions.
fn unnamed(columns: &[Column<'_>]) -> Option<Claim> {
    let mut found = (0..).zip(columns).filter(|(_, column)| {
        column.looked.title.is_empty() && column.values.have_fractions() && !column.values.are_gtins()
    });
    match (found.next(), found.next()) {
        (Some((number, _)), None) => {
            let why = "the only amounts with fractions";
            Some(Claim::new(number, "price", Certainty::Guess, why).marked("nothing says that it is the price"))
        }
        _ => None,
    }
}

fn rows(count: usize) -> String {
    if count == 1 { "1 row".to_owned() } else { format!("{count} rows") }
}

/// The price, less sure beside a column of like amounts that nothing explains.
fn beside_unknown(columns: &[Column<'_>], paid: &Column<'_>, price: Claim) -> Claim {
    let may_be_paid = |column: &&Column<'_>| {
        let (values, is_named) = (&column.values, !column.looked.title.is_empty() && column.is_unknown());
        let is_other = || !values.are_gtins() && !values.are_row_numbers() && Against::is_alike(column, paid);
        is_named && values.are_amounts() && is_other()
    };
    match columns.iter().find(may_be_paid) {
        Some(other) => {
            let check = format!("«{}» holds such amounts too: which one is paid?", other.looked.name);
            price.at_most(Certainty::Likely, check)
        }
        None => price,
    }
}

/// What speaks against the price, and against the others beside it.
fn set_against(columns: &[Column<'_>], mut price: Claim, others: &mut [Claim], unclear: &[usize]) -> Claim {
    let Some(paid) = columns.get(price.column) else { return price };
    for other in others.iter_mut() {
        let Some(column) = columns.get(other.column) else { continue };
        let (against, name) = (Against::of(column, paid), column.looked.name.clone());
        match other.field.as_str() {
            // a few slips in it are told by `validate`, and take those offers only
            "old_price" if against.below > 0 && !against.is_often_below() && against.above > 0 => {
                *other =
                    other.clone().at_most(Certainty::Likely, format!("below the price in {}", rows(against.below)));
                price = price.at_most(Certainty::Likely, format!("«{name}» is below it in {}", rows(against.below)));
            }
            "old_price" if against.below > 0 => {
                *other = Claim::new(
                    other.column,
                    "old_price",
                    Certainty::Guess,
                    format!("below the price in {}", rows(against.below)),
                )
                .left_out("an old price is above the price");
                price = price.at_most(Certainty::Likely, format!("«{name}» is below it in {}", rows(against.below)));
            }
            "old_price" if against.is_above() => other.why = "above the price wherever it differs".to_owned(),
            "old_price" => *other = other.clone().at_most(Certainty::Likely, "it is nowhere above the price"),
            "promo_price" => {
                *other = other.clone().at_most(Certainty::Likely, "is it paid at present?");
                let days = columns.iter().any(|column| column.means("promo_start") && !column.values.is_blank());
                if !days {
                    price =
                        price.at_most(Certainty::Likely, format!("where «{name}» is filled in, is that what is paid?"));
                }
            }
            "cost" | "price.wholesale" | "price.drop" if Against::of(paid, column).is_often_below() => {
                price = price.at_most(Certainty::Likely, format!("it is often below «{name}»"));
                *other = other.clone().at_most(Certainty::Likely, "it is often above the price");
            }
            _ => {}
        }
    }
    let differs = |number: &&usize| {
        columns.get(**number).is_some_and(|column| **number != price.column && !Against::of(column, paid).is_equal())
    };
    if let Some(name) =
        unclear.iter().find(differs).and_then(|number| columns.get(*number)).map(|column| &column.looked.name)
    {
        price = price.at_most(Certainty::Likely, format!("«{name}» may be the one that is paid"));
    }
    price = beside_unknown(columns, paid, price);
    let unpaid = paid.values.amounts().iter().filter(|amount| amount.is_none_or(|amount| amount.is_zero())).count();
    if unpaid * 10 > paid.values.cells.len() {
        price = price.at_most(Certainty::Likely, format!("nothing stands in {}", rows(unpaid)));
    }
    price
}
