//! A table within one cell: what stands between its rows, between the parts of a row and
//! between a part's name and its value, and which texts would be read as something else there.

use super::description::{Field, FieldNo, Row};
use super::path::Path;
use crate::model::Kind;

/// How the rows of a table stand within a cell where their parts have names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithinCell {
    /// Between two rows.
    pub rows: String,
    /// Between two parts of a row.
    pub parts: String,
    /// Between a part's name and its value: `size=XS`.
    pub pairs: String,
    /// Names of parts that are passed over.
    pub ignored: Vec<String>,
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

/// The field that gives the name of the part that stands at a path: `name` of `<name>`.
pub fn named_by(path: &Path) -> Option<&str> {
    path.text.strip_prefix('<')?.strip_suffix('>')
}

impl NamedParts {
    /// The parts of the rows of a table that stands so.
    pub fn of(row: &Row, fields: &[Field]) -> NamedParts {
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
        parts
    }

    /// Whether a row is one such pair and nothing else.
    pub fn is_one_pair(&self) -> bool {
        self.fixed.is_empty() && self.rows.is_none()
    }

    /// What the text of a field may not hold.
    pub fn marks_of(&self, number: FieldNo, within: &WithinCell) -> Marks {
        match self.keyed {
            Some((key, _)) if key == number => self.marks_of_name(within),
            Some(_) if self.is_one_pair() => {
                Marks { glued: Some((within.rows.clone(), within.pairs.clone())), ..Marks::default() }
            }
            _ => within.marks_of_value(),
        }
    }

    /// The same of a field of the table that is among the parts.
    pub fn marks_within_rows(&self, number: FieldNo, within: &WithinCell) -> Marks {
        match self.rows {
            Some((_, key, _)) if key == number => self.marks_of_name(within),
            _ => within.marks_of_value(),
        }
    }

    fn marks_of_name(&self, within: &WithinCell) -> Marks {
        let mut marks = within.marks_of_value();
        marks.apart.push(within.pairs.clone());
        marks.taken = self.fixed.iter().map(|part| part.1.clone()).collect();
        marks
    }
}

impl WithinCell {
    /// Whether parts of this name are passed over.
    pub fn ignores(&self, name: &str) -> bool {
        self.ignored.iter().any(|ignored| ignored.eq_ignore_ascii_case(name))
    }

    /// The pieces of a text between marks; one without a name belongs to the piece before it, with the mark between.
    pub fn pieces<'t>(&self, text: &'t str, mark: &str) -> Vec<&'t str> {
        let mut pieces = Vec::new();
        let mut begin = 0;
        for (at, found) in text.match_indices(mark) {
            let behind = text.get(at + found.len()..).unwrap_or("");
            if behind.split(mark).next().is_some_and(|piece| piece.contains(self.pairs.as_str())) {
                pieces.extend(text.get(begin..at));
                begin = at + found.len();
            }
        }
        pieces.extend(text.get(begin..));
        pieces
    }

    fn marks_of_value(&self) -> Marks {
        Marks { apart: vec![self.rows.clone(), self.parts.clone()], ..Marks::default() }
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
        let within = WithinCell { rows: "|".into(), parts: ",".into(), pairs: "=".into(), ignored: Vec::new() };
        assert_eq!(within.pieces("a=1,b=2, 3,c=", ","), ["a=1", "b=2, 3", "c="]);
        assert_eq!(within.pieces("x,a=1", ","), ["x", "a=1"]);
        assert_eq!(within.pieces("", ","), [""]);
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
