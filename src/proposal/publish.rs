//! A column that says yes or no to each offer: what the merchant means to sell. Channels get a `where` by it, so that
//! goods that were held back do not go out with the first feed.

use super::Certainty;
use super::choose::Claim;
use super::column::Column;

/// What it is in the config; no channel asks for it.
pub(super) const FIELD: &str = "x.publish";
const ROLE: &str = "@publish";
/// Words that say yes, in small letters.
const YES: [&str; 16] =
    ["да", "так", "иә", "ия", "yes", "true", "1", "y", "+", "✓", "v", "д", "on", "active", "активний", "активный"];
/// Words that say no. Nothing at all says no as well, as in a column where a `+` is set.
const NO: [&str; 16] =
    ["нет", "ні", "жоқ", "no", "false", "0", "-1", "n", "-", "–", "н", "off", "draft", "архив", "архів", "inactive"];

/// The condition that a channel's `where` can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The condition, as the config has it.
    pub condition: String,
    /// What it leaves out, of what was looked at.
    pub why: String,
}

/// The column that says it.
pub(super) fn claim(columns: &[Column<'_>]) -> Option<Claim> {
    let says_it = |column: &Column<'_>| {
        let values = &column.values;
        let is_either = |cell: &str| is_of(&YES, cell) || is_of(&NO, cell);
        column.means(ROLE) && column.heading.is_exact() && !values.is_blank() && !values.any(|cell| !is_either(cell))
    };
    let number = columns.iter().position(says_it)?;
    let column = columns.get(number)?;
    column.values.any(|cell| is_of(&YES, cell)).then(|| Claim::new(number, FIELD, Certainty::Likely, "yes or no"))
}

/// What channels may go by, where a column was taken for that.
pub(super) fn published(chosen: &[Claim], columns: &[Column<'_>]) -> Option<Published> {
    let column = columns.get(chosen.iter().find(|claim| claim.field == FIELD)?.column)?;
    let mut yes: Vec<&str> = column.values.filled.iter().copied().filter(|cell| is_of(&YES, cell)).collect();
    let (others, all) = (column.values.cells.len() - yes.len(), column.values.cells.len());
    yes.sort_unstable();
    yes.dedup();
    let condition = match yes.as_slice() {
        [only] => format!("{FIELD} == '{only}'"),
        several => format!("{FIELD} in ['{}']", several.join("', '")),
    };
    let why = format!("«{}» keeps back {others} of the first {all} offers", column.looked.name);
    Some(Published { condition, why })
}

fn is_of(words: &[&str], cell: &str) -> bool {
    words.contains(&cell.to_lowercase().as_str())
}
