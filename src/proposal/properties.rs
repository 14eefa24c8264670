//! Columns that are properties of the goods, each under its own name: what one channel has a field for, as the colour,
//! another takes among its attributes only.

use hashbrown::HashSet;

use super::choose::Claim;
use super::column::Column;
use super::language::of_text;

/// Fields that are properties as well.
const BOTH: [&str; 4] = ["color", "size", "material", "pattern"];
/// A property is short, and so many goods at least have the same one.
const LONGEST: usize = 40;
const ALIKE: usize = 2;

/// A column that may be an item of `attributes`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Property {
    /// The name by which the config maps it.
    pub column: String,
    /// What the property is called.
    pub name: String,
    /// What a person should look at; empty where nothing speaks against it.
    pub check: String,
    /// It is written into the config behind a `#`.
    pub is_left_out: bool,
}

/// The properties; none where a column holds all of them.
pub(super) fn properties(chosen: &[Claim], columns: &[Column<'_>], language: &str) -> Vec<Property> {
    if chosen.iter().any(|claim| claim.field.starts_with("attributes") && !claim.is_left_out) {
        return Vec::new();
    }
    let property = |(number, column): (usize, &Column<'_>)| {
        let claim = chosen.iter().find(|claim| claim.column == number);
        let is_both = claim.is_some_and(|claim| BOTH.contains(&claim.field.as_str()) && !claim.is_left_out);
        let may_be = claim.is_none() && may_be_property(column);
        let title = &column.looked.title;
        if title.is_empty() || column.looked.keys.is_some() || !(is_both || may_be) {
            return None;
        }
        let check = match of_text(title) {
            Some(other) if is_both && other != language => "its name goes out as it stands here".to_owned(),
            _ if is_both => String::new(),
            _ => "is it a property of the goods?".to_owned(),
        };
        let (column, name) = (column.looked.name.clone(), title.clone());
        Some(Property { column, name, check, is_left_out: !is_both })
    };
    columns.iter().enumerate().filter_map(property).collect()
}

fn may_be_property(column: &Column<'_>) -> bool {
    let values = &column.values;
    let distinct: HashSet<&str> = values.filled.iter().copied().collect();
    column.is_unknown()
        && !values.is_blank()
        && values.mostly(|cell| cell.chars().count() <= LONGEST)
        && !values.are_addresses()
        && distinct.len() * ALIKE <= values.filled.len()
}
