//! One column by itself: what its header says that it is, where the values fit; what its values say, where the header
//! says nothing.

use hashbrown::HashSet;

use crate::model::Kind;
use crate::model::amount::{currency_word, unit_word};
use crate::model::moment::moment;
use crate::model::offer::offer_field;

use super::choose::{Claim, TEXTS};
use super::column::Column;
use super::language::{Tally, name};
use super::values::Values;
use super::words::NOTHING;
use super::{Certainty, attributes};

/// Roles of columns that are called like keys.
const KEYS: &str = "@key.";

/// What its header says that it is, where the values fit.
pub(super) fn by_name(number: usize, columns: &[Column<'_>]) -> Option<Claim> {
    let column = columns.get(number)?;
    let meaning = column.heading.meaning.filter(|meaning| *meaning != NOTHING && !meaning.starts_with('@'))?;
    let (field, _) = offer_field(meaning)?;
    let values = &column.values;
    if values.is_blank() || matches!(meaning, "sku" | "stock" | "availability") || field.kind == Kind::Money {
        return None;
    }
    let exact = column.heading.is_exact();
    let certainty = if exact { Certainty::Sure } else { Certainty::Guess };
    let claim = |why: &str| Claim::new(number, meaning, certainty, why);
    let found = match (meaning, field.kind) {
        ("gtin", _) => gtin(number, values, certainty)?,
        ("pictures" | "videos", _) => pictures(number, meaning, values, certainty, column.looked.keys.is_none())?,
        ("category" | "category_path", _) => category(number, values, certainty),
        ("currency", _) if values.mostly(|cell| currency_word(cell).is_some()) => claim("currencies"),
        ("currency", _) => return None,
        ("group", _) if values.unfit_for_a_key() == values.cells.len() - values.filled.len() => return None,
        (_, Kind::Quantity) => quantity(claim("amounts"), column, columns)?,
        (_, Kind::Count | Kind::Number) => values.are_amounts().then(|| claim("amounts"))?,
        (_, Kind::Choice) => values.are_words_of(meaning).then(|| claim("words for it"))?,
        (_, Kind::Table) => pairs(number, meaning, column, certainty)?,
        (_, Kind::Url) => values.are_addresses().then(|| claim("addresses"))?,
        ("keywords" | "tags", _) => listed(claim("words"), values),
        (_, Kind::Date | Kind::Time) => values.mostly(|cell| moment(cell).is_some()).then(|| claim("days"))?,
        _ if TEXTS.contains(&meaning) => claim(&why_of_text(column)),
        _ => claim("called so"),
    };
    // what is called by the field's own name goes before what is called otherwise
    let found = Claim { rank: found.rank + usize::from(column.looked.title.to_lowercase() == meaning), ..found };
    Some(if exact { found } else { found.marked("its header says more than the name of the field") })
}

fn why_of_text(column: &Column<'_>) -> String {
    let seen = Tally::of(column.values.filled.iter().copied()).most();
    match (seen, column.values.any(|cell| cell.contains("</"))) {
        (_, true) => "markup".to_owned(),
        (Some((language, true)), _) => format!("{} letters, and others", name(language)),
        (Some((language, false)), _) => format!("{} letters", name(language)),
        (None, _) => "called so".to_owned(),
    }
}

fn gtin(number: usize, values: &Values<'_>, certainty: Certainty) -> Option<Claim> {
    let (good, all) = (values.good_gtins(), values.filled.len());
    let why = match all - good {
        0 => "numbers with a right check digit".to_owned(),
        bad => format!("digits; {bad} of them bad"),
    };
    values.are_gtins().then(|| match good * 2 > all {
        true => Claim::new(number, "gtin", certainty, why),
        false => Claim::new(number, "gtin", Certainty::Guess, why).marked("most of its check digits are wrong"),
    })
}

/// Pictures need addresses; a file's name on somebody's disk is none.
fn pictures(number: usize, field: &str, values: &Values<'_>, certainty: Certainty, may_split: bool) -> Option<Claim> {
    if !values.are_addresses() {
        return None;
    }
    let claim = Claim::new(number, field, certainty, "addresses");
    let has_several = values.any(|cell| cell.matches("://").count() > 1);
    let between = ["|", ";", "\n", ", ", ",", " "];
    let found = between.into_iter().find(|between| {
        let is_address =
            |part: &str| part.trim().is_empty() || part.trim().contains("://") && part.matches("://").count() == 1;
        values.mostly(|cell| cell.split(between).all(is_address))
    });
    Some(match found.filter(|_| has_several && may_split) {
        Some(", ") => claim.with("split", ","),
        Some(between) => claim.with("split", between),
        None => claim,
    })
}

/// An id in a tree, or names that lead to a place in one.
fn category(number: usize, values: &Values<'_>, certainty: Certainty) -> Claim {
    if values.mostly(|cell| cell.bytes().all(|byte| byte.is_ascii_digit())) {
        return Claim::new(number, "category", certainty, "numbers of categories");
    }
    let claim = Claim::new(number, "category_path", certainty, "names of categories");
    let levels = ['>', '/', '|'];
    // a further place in the tree begins where the first one does
    let are_several = |cell: &str| {
        let root = cell.split([',', '>', '/', '|']).next().unwrap_or("").trim();
        !root.is_empty() && cell.split(',').skip(1).any(|other| other.trim().starts_with(root))
    };
    if values.any(are_several) {
        return claim.at_most(Certainty::Guess, "").left_out("several categories stand in one cell");
    }
    let claim = Claim { rank: usize::from(values.any(|cell| cell.contains(levels))), ..claim };
    match values.split_by(&[" > ", ">", " / ", "|", "///", "/"]) {
        None | Some(" > " | ">") => claim,
        Some("/") if is_tree(values, '/') => {
            claim.at_most(Certainty::Guess, "are «/» between levels of a tree, or parts of names?").with("split", "/")
        }
        // «Кабелі/адаптери» is one name
        Some("/") => claim,
        Some(between) => claim.with("split", between),
    }
}

/// Whether nearly all cells have levels, and what stands first goes on in several ways.
fn is_tree(values: &Values<'_>, between: char) -> bool {
    let firsts: HashSet<&str> = values.filled.iter().filter_map(|cell| cell.split(between).next()).collect();
    let wholes: HashSet<&str> = values.filled.iter().copied().collect();
    values.mostly(|cell| cell.contains(between)) && firsts.len() * 2 <= wholes.len()
}

fn quantity(claim: Claim, column: &Column<'_>, columns: &[Column<'_>]) -> Option<Claim> {
    if !column.values.are_amounts() {
        return None;
    }
    let beside = if claim.field == "weight" { "@unit.weight" } else { "@unit.length" };
    let of_all = |column: &Column<'_>| {
        let first = column.values.filled.first()?;
        column.values.filled.iter().all(|cell| cell == first).then(|| unit_word(first)).flatten()
    };
    let unit = column.heading.unit.or_else(|| columns.iter().find(|other| other.means(beside)).and_then(of_all));
    match (column.values.units().is_empty(), unit) {
        (false, _) => Some(claim),
        (true, Some(unit)) => Some(claim.with("unit", unit.as_str())),
        (true, None) => {
            let unit = if claim.field == "weight" { "kg" } else { "cm" };
            Some(claim.at_most(Certainty::Guess, "").left_out("nothing says the unit").with("unit", unit))
        }
    }
}

fn listed(claim: Claim, values: &Values<'_>) -> Claim {
    match values.split_by(&["|", ";", ","]) {
        Some(between) => claim.with("split", between),
        None => claim,
    }
}

fn pairs(number: usize, field: &str, column: &Column<'_>, certainty: Certainty) -> Option<Claim> {
    if column.looked.keys.is_some() {
        return Some(Claim::new(number, field, certainty, "objects"));
    }
    let (split, pair) = attributes::notation(&column.values)?;
    Some(Claim::new(number, field, certainty, "names and values").with("split", split).with("pair", pair))
}

/// What its values say that it is, where its header says nothing.
pub(super) fn by_values(number: usize, column: &Column<'_>) -> Option<Claim> {
    let values = &column.values;
    // «Ссылка» is a reference in some programs, and an address in others
    let may_say = |meaning: &str| meaning.starts_with(KEYS) && values.are_addresses();
    if !column.heading.meaning.is_none_or(may_say) || values.is_blank() || column.looked.keys.is_some() {
        return None;
    }
    let is_text =
        || values.mostly(|cell| cell.chars().filter(|letter| letter.is_alphabetic()).count() > 3 && cell.contains(' '));
    if values.are_gtins() && values.good_gtins() * 10 >= values.filled.len() * 9 {
        return gtin(number, values, Certainty::Likely);
    }
    if values.are_pictures() {
        return pictures(number, "pictures", values, Certainty::Likely, true);
    }
    let check = "nothing says so but its values";
    if values.are_addresses() {
        return Some(Claim::new(number, "url", Certainty::Guess, "addresses").marked(check));
    }
    if !column.looked.title.is_empty() {
        return None;
    }
    if values.are_counts() && !values.have_fractions() && !values.are_row_numbers() {
        return Some(Claim::new(number, "stock", Certainty::Guess, "whole numbers").marked(check));
    }
    is_text().then(|| Claim::new(number, "title", Certainty::Guess, why_of_text(column)).marked(check))
}
