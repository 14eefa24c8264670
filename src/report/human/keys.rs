//! Lists of SKUs: as many as there is room for, and how many more there are.

use crate::plan::Change;
use crate::report::Look;
use crate::report::text::{blanks_shown, cells, strangers_shown, visible};

use super::number;

/// Between two keys.
const GAP: &str = "  ";

/// More than so many fit into no line.
const IN_A_LINE: usize = 50;

/// As many keys as fit into so many cells, at least one, and how many of `total` are left away.
pub(super) fn fitting(keys: &[String], total: u64, room: usize, look: &Look) -> String {
    let first = |count: usize| {
        let shown = keys.get(..count).unwrap_or_default();
        format!("{}{}", shown.join(GAP), more(total, number(count), look))
    };
    let counts = (1..=keys.len().min(IN_A_LINE)).rev();
    counts.map(first).find(|line| cells(line) <= room).unwrap_or_else(|| first(1.min(keys.len())))
}

/// All of the keys, in lines of so many cells, and how many of `total` are left away.
pub(super) fn wrapped(keys: &[String], total: u64, room: usize, look: &Look) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for key in keys {
        if !line.is_empty() && cells(&line) + GAP.len() + cells(key) > room {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push_str(GAP);
        }
        line.push_str(key);
    }
    line.push_str(&more(total, number(keys.len()), look));
    lines.push(line);
    lines
}

/// The keys of some changes, safe to show.
pub(super) fn shown(changes: &[&Change], look: &Look) -> Vec<String> {
    changes.iter().map(|change| key(&change.key, look)).collect()
}

/// A key, safe to show, with letters of another script shown that look as if they belonged to it.
pub(super) fn key(key: &str, look: &Look) -> String {
    let shown = strangers_shown(key, look.unicode);
    // a blank at an end is not to be seen otherwise
    let has_edges = key.trim() != key;
    if has_edges { blanks_shown(&shown, look.unicode) } else { visible(&shown, look.unicode).into_owned() }
}

fn more(total: u64, shown: u64, look: &Look) -> String {
    match total.saturating_sub(shown) {
        0 => String::new(),
        more => format!(", {} more", look.count(more)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(count: usize) -> Vec<String> {
        (0..count).map(|number| format!("K{number:04}")).collect()
    }

    #[test]
    fn as_many_as_fit_are_shown_and_the_others_counted() {
        let look = Look::PLAIN;
        assert_eq!(fitting(&keys(3), 3, 19, &look), "K0000  K0001  K0002");
        assert_eq!(fitting(&keys(3), 3, 18, &look), "K0000, 2 more");
        assert_eq!(fitting(&keys(4), 17, 21, &look), "K0000  K0001, 15 more");
        assert_eq!(fitting(&keys(2), 2, 1, &look), "K0000, 1 more", "one is always shown");
        assert_eq!(fitting(&[], 0, 9, &look), "");
    }

    #[test]
    fn all_of_them_wrap() {
        let lines = wrapped(&keys(5), 5, 13, &Look::PLAIN);
        assert_eq!(lines, ["K0000  K0001", "K0002  K0003", "K0004"]);
        let more = wrapped(&keys(4), 9, 13, &Look::PLAIN);
        assert_eq!(more, ["K0000  K0001", "K0002  K0003, 5 more"]);
    }
}
