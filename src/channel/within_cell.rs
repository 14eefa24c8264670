//! A table within one cell: what stands between its rows, between the parts of a row and
//! between a part's name and its value, and which texts would be read as something else there.

use super::description::{Field, FieldNo, Row};
use super::path::Path;
use super::table_form::{BETWEEN_ITEMS, BETWEEN_PARTS};
use crate::model::Kind;

/// How the rows of a table stand within a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithinCell {
    /// Between two rows.
    pub rows: String,
    /// Between two parts of a row.
    pub parts: String,
    /// Between a part's name and its value: `size=XS`. `None` where parts stand in their order, without names.
    pub pairs: Option<String>,
}

/// The parts of a row that have names, by field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NamedParts {
    /// Those whose name the description says.
    pub fixed: Vec<(FieldNo, String)>,
    /// The value whose name another field says, as that and this: `<name>`.
    pub keyed: Option<(FieldNo, FieldNo)>,
    /// A table whose rows are such parts too: it, the field of their names and that of their values.
    pub rows: Option<(FieldNo, FieldNo, FieldNo)>,
}

/// What a text in such a cell may not hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    /// Marks that would end it.
    apart: Vec<String>,
    /// A mark that is a part of it unless a name follows, and what stands behind a name.
    glued: Option<(String, String)>,
    /// Names that mean something else.
    taken: Vec<String>,
}

impl Default for WithinCell {
    fn default() -> Self {
        WithinCell { rows: BETWEEN_ITEMS.to_owned(), parts: BETWEEN_PARTS.to_owned(), pairs: None }
    }
}

/// The field that gives the name of the part that stands at a path: `name` of `<name>`.
pub fn named_by(path: &Path) -> Option<&str> {
    path.text.strip_prefix('<')?.strip_suffix('>')
}

/// The pieces of a text between marks; one without a name belongs to the piece before it, with the mark between.
pub fn pieces<'t>(text: &'t str, mark: &str, pairs: &str) -> Vec<&'t str> {
    let mut pieces = Vec::new();
    let mut begin = 0;
    for (at, found) in text.match_indices(mark) {
        let behind = text.get(at + found.len()..).unwrap_or("");
        if behind.split(mark).next().is_some_and(|piece| piece.contains(pairs)) {
            pieces.extend(text.get(begin..at));
            begin = at + found.len();
        }
    }
    pieces.extend(text.get(begin..));
    pieces
}

impl NamedParts {
    /// The parts of a table's rows; `None` where they have no names.
    pub fn of(row: &Row, fields: &[Field]) -> Option<NamedParts> {
        row.within.pairs.as_ref()?;
        let mut parts = NamedParts::default();
        let keyed = |row: &Row, fields: &[Field]| -> Option<(FieldNo, FieldNo)> {
            let value = row.at.iter().find_map(|(value, rows)| Some((named_by(&rows.first()?.path)?, *value)))?;
            Some((fields.iter().position(|field| field.name == value.0)?, value.1))
        };
        parts.keyed = keyed(row, fields);
        for (number, inner) in row.at.iter().filter_map(|(number, rows)| Some((*number, rows.first()?))) {
            match fields.get(number).filter(|field| field.kind == Kind::Table) {
                Some(table) => {
                    parts.rows = keyed(inner, &table.fields).map(|(key, value)| (number, key, value));
                }
                None if parts.keyed.is_some_and(|(key, value)| number == key || number == value) => {}
                None => parts.fixed.push((number, inner.path.text.clone())),
            }
        }
        Some(parts)
    }

    /// Whether a row is one such pair and nothing else.
    pub fn is_one_pair(&self) -> bool {
        self.fixed.is_empty() && self.rows.is_none()
    }

    /// What the text of a field may not hold, and that of the fields of the table among the parts.
    pub fn marks_of(&self, number: FieldNo, within: &WithinCell) -> Marks {
        let pairs = within.pairs.clone().unwrap_or_default();
        let taken = self.fixed.iter().map(|part| part.1.clone()).collect();
        match self.keyed {
            Some((key, _)) if key == number => Marks { apart: within.marks(), glued: None, taken },
            Some(_) if self.is_one_pair() => {
                Marks { apart: Vec::new(), glued: Some((within.rows.clone(), pairs)), taken: Vec::new() }
            }
            _ => Marks { apart: vec![within.rows.clone(), within.parts.clone()], ..Marks::default() },
        }
    }

    /// The same of a field of the table that is among the parts.
    pub fn marks_within_rows(&self, number: FieldNo, within: &WithinCell) -> Marks {
        match self.rows {
            Some((_, key, _)) if key == number => {
                let taken = self.fixed.iter().map(|part| part.1.clone()).collect();
                Marks { apart: within.marks(), glued: None, taken }
            }
            _ => Marks { apart: vec![within.rows.clone(), within.parts.clone()], ..Marks::default() },
        }
    }
}

impl WithinCell {
    fn marks(&self) -> Vec<String> {
        [Some(&self.rows), Some(&self.parts), self.pairs.as_ref()].into_iter().flatten().cloned().collect()
    }
}

impl Marks {
    /// Whether a text would be read as something else.
    pub fn break_up(&self, text: &str) -> bool {
        self.apart.iter().any(|mark| text.contains(mark.as_str()))
            || self.glued.as_ref().is_some_and(|(mark, pairs)| {
                text.split(mark.as_str()).skip(1).any(|piece| piece.contains(pairs.as_str()))
            })
            || self.taken.iter().any(|name| name.eq_ignore_ascii_case(text.trim()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_without_a_name_belongs_to_the_one_before() {
        assert_eq!(pieces("a=1,b=2, 3,c=", ",", "="), ["a=1", "b=2, 3", "c="]);
        assert_eq!(pieces("x,a=1", ",", "="), ["x", "a=1"]);
        assert_eq!(pieces("", ",", "="), [""]);
    }

    #[test]
    fn a_mark_breaks_a_text_only_where_it_would_be_read_as_one() {
        let glued = Marks { glued: Some((",".into(), "=".into())), ..Marks::default() };
        assert!(!glued.break_up("1,5 л, з кришкою"));
        assert!(!glued.break_up("a=b, c"));
        assert!(glued.break_up("a, b=c"));
        let apart = Marks { apart: vec!["|".into()], taken: vec!["sku".into()], ..Marks::default() };
        assert!(apart.break_up("a|b") && apart.break_up("SKU"));
        assert!(!apart.break_up("a, b"));
    }
}
