//! Why a column is not used: a merchant who looks for it must not have to guess.

use super::choose::Claim;
use super::column::Column;
use super::words::NOTHING;

/// The reason, for people.
pub(super) fn unused(column: &Column<'_>, chosen: &[Claim], columns: &[Column<'_>]) -> String {
    if column.values.is_blank() {
        return "blank".to_owned();
    }
    let Some(meaning) = column.heading.meaning.filter(|_| !column.is_unknown()) else {
        return "nothing says what it is; a property goes to `attributes`".to_owned();
    };
    let (role, field) = match meaning.strip_prefix('@') {
        None => ("", meaning),
        Some("publish") => return "is it published? its cells do not all say yes or no".to_owned(),
        Some(role) => role.split_once('.').map_or(("", role), |(role, _)| match role {
            "key" => ("", "sku"),
            "price" => ("", "price"),
            "stock" => ("", "stock"),
            role => (role, ""),
        }),
    };
    if meaning == NOTHING {
        return "no field of an offer".to_owned();
    }
    if role == "unit" {
        return "the unit of another column".to_owned();
    }
    let is_it = |claim: &&Claim| claim.field == field || claim.field.split('.').next() == Some(field);
    match chosen.iter().find(is_it).and_then(|claim| columns.get(claim.column)) {
        Some(other) => format!("«{}» is `{field}` already", other.looked.name),
        None => format!("called like `{field}`; its cells say something else"),
    }
}
