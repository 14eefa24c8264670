//! The names of a table's columns: in one row, in several that are read together, or in none.

use super::HeaderRows;
use super::sample::is_margin;

impl HeaderRows {
    /// How many rows hold names.
    pub(super) fn count(self) -> usize {
        match self {
            HeaderRows::Rows(first, last) => last - first + 1,
            HeaderRows::First => 1,
            HeaderRows::None => 0,
        }
    }
}

/// How many bytes stand above the first row of names.
pub(super) fn above(text: &str, rows: HeaderRows) -> usize {
    let HeaderRows::Rows(first, _) = rows else { return 0 };
    let mut at = 0;
    for _ in 1..first {
        let rest = text.get(at..).unwrap_or("");
        let Some(end) = rest.find(['\n', '\r']) else { return text.len() };
        at += end + if rest.get(end..).is_some_and(|rest| rest.starts_with("\r\n")) { 2 } else { 1 };
    }
    at
}

/// The names that rows of cells make.
pub(super) fn names(records: &[Vec<String>], rows: HeaderRows) -> Vec<String> {
    let columns = records.iter().map(Vec::len).max().unwrap_or(0);
    if rows == HeaderRows::None {
        return (1..=columns).map(|number| number.to_string()).collect();
    }
    let mut names = vec![String::new(); columns];
    for (number, record) in records.iter().enumerate() {
        let mut spans = "";
        for (column, name) in names.iter_mut().enumerate() {
            let own = record.get(column).map_or("", |cell| cell.trim_matches(is_margin));
            // a name over several columns stands in the first of them
            let cell = if own.is_empty() && number + 1 < records.len() { spans } else { own };
            spans = cell;
            if !cell.is_empty() && name != cell {
                name.push_str(if name.is_empty() { "" } else { " " });
                name.push_str(cell);
            }
        }
    }
    names
}

/// The column that `NAME #2` means: the second of this name.
pub(super) fn numbered(names: &[String], name: &str) -> Option<usize> {
    let (base, number) = name.rsplit_once(" #")?;
    let number: usize = number.parse().ok()?;
    let mut same = names.iter().enumerate().filter(|column| column.1 == base).map(|column| column.0);
    same.nth(number.checked_sub(1)?)
}

/// By what name each column can be mapped: its own, with its number among those of the same name.
pub(super) fn addresses(names: &[String]) -> Vec<String> {
    let count = |names: &[String], name: &String| names.iter().filter(|other| *other == name).count();
    let before = |column: usize| names.get(..column).unwrap_or(&[]);
    let address = |(column, name): (usize, &String)| match count(names, name) {
        1 => name.clone(),
        _ => format!("{name} #{}", count(before(column), name) + 1),
    };
    names.iter().enumerate().map(address).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rows: &[&str]) -> Vec<String> {
        let records: Vec<Vec<String>> = rows.iter().map(|row| row.split(';').map(str::to_owned).collect()).collect();
        names(&records, HeaderRows::Rows(1, rows.len()))
    }

    #[test]
    fn names_of_two_rows_are_read_together() {
        assert_eq!(
            of(&["Товар;;Ціни;", "Артикул;Назва;Опт;Роздріб"]),
            ["Товар Артикул", "Товар Назва", "Ціни Опт", "Ціни Роздріб"]
        );
        assert_eq!(of(&["Артикул;Ціна;;Код", ";опт;роздріб;"]), ["Артикул", "Ціна опт", "Ціна роздріб", "Код"]);
        assert_eq!(of(&["a;a", "a;b"]), ["a", "a b"]);
    }

    #[test]
    fn what_stands_above_is_counted_in_lines_of_any_kind() {
        assert_eq!(above("x\r\ny\nz", HeaderRows::Rows(3, 3)), 5);
        assert_eq!(above("x\ry", HeaderRows::Rows(2, 2)), 2);
        assert_eq!(above("x", HeaderRows::Rows(2, 2)), 1);
    }

    #[test]
    fn columns_of_one_name_are_told_by_their_number() {
        let names: Vec<String> = ["a", "Фото", "Фото"].map(str::to_owned).to_vec();
        assert_eq!(addresses(&names), ["a", "Фото #1", "Фото #2"]);
        assert_eq!(numbered(&names, "Фото #2"), Some(2));
        assert_eq!(numbered(&names, "Фото #3"), None);
        assert_eq!(numbered(&names, "Фото #0"), None);
    }
}
