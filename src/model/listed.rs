//! Lists in messages that are cut: how many of their names are shown, and what is said of the rest. A rest of one or
//! two is shown: the words that leave it out would be longer.

/// A rest of so many is shown.
const REST: usize = 2;

/// How many of a list are shown, of which `most` are named.
pub fn shown_of(total: usize, most: usize) -> usize {
    if total <= most + REST { total } else { most }
}

/// The first names with commas between, and how many more there are `beyond`: ` in the file`, ` (--limit 0)`.
pub fn listed<S: AsRef<str>>(names: &[S], most: usize, beyond: &str) -> String {
    let (shown, rest) = names.split_at(shown_of(names.len(), most));
    let shown = shown.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join(", ");
    if rest.is_empty() { shown } else { format!("{shown}, {} more{beyond}", rest.len()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_rest_is_shown() {
        assert_eq!(listed(&["a", "b", "c", "d"], 2, ""), "a, b, c, d");
        assert_eq!(listed(&["a", "b", "c", "d", "e"], 2, " in the file"), "a, b, 3 more in the file");
        assert_eq!(listed::<&str>(&[], 2, ""), "");
    }
}
