//! Names and values in one cell, `Колір=синій|Розмір=M`: what stands between two pairs, and within one.

use super::values::Values;

/// What stands between two pairs, with what then stands within one.
const NOTATIONS: [(&str, &str); 10] = [
    ("|", "="),
    ("|", ":"),
    (";", "="),
    (";", ":"),
    ("\n", ":"),
    ("\n", "="),
    (",", "="),
    (", ", ":"),
    ("||", ":"),
    ("/", ":"),
];

/// The notation in which nearly all cells are pairs, and some hold several.
pub(super) fn notation(values: &Values<'_>) -> Option<(&'static str, &'static str)> {
    NOTATIONS.into_iter().find(|(split, pair)| {
        let is_pair = |part: &str| {
            part.split_once(pair).is_some_and(|(name, value)| {
                !name.trim().is_empty() && !value.trim().is_empty() && !value.starts_with("//") && !value.contains(pair)
            })
        };
        values.mostly(|cell| cell.trim_end_matches(split).split(split).all(is_pair))
            && values.any(|cell| cell.contains(split))
    })
}
