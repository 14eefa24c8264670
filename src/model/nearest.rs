//! What was probably meant: the nearest of the names that are possible, and the
//! sentence that says so under a marked place.

use super::listed::listed;

/// How many names a suggestion lists of many; a dozen is listed as a whole.
const LISTED: usize = 6;
/// So many are listed as a whole.
const DOZEN: usize = 12;

/// The name nearest to `name` among those possible, if one is near enough to be what was meant.
pub fn nearest<'c>(name: &str, possible: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let distance = |one: &str| strsim::damerau_levenshtein(&one.to_lowercase(), &name.to_lowercase());
    let best = possible.into_iter().min_by_key(|one| distance(one))?;
    let (far, longest) = (distance(best), best.chars().count().max(name.chars().count()));
    // a name of which no letter is right was not what was meant
    (far <= 1 + longest / 3 && far < longest.max(1)).then_some(best)
}

/// ``did you mean `stock`? Possible here: stock, feed``; without a near one only the second half. Of many names only
/// the first are listed, and `place` has all of them: `docs/fields.md`.
pub fn suggestion<'c>(name: &str, possible: impl IntoIterator<Item = &'c str>, place: &str) -> String {
    let names: Vec<&str> = possible.into_iter().collect();
    let most = if names.len() > DOZEN { LISTED } else { DOZEN };
    let listed = listed(&names, most, &format!(" in {place}"));
    match nearest(name, names.iter().copied()) {
        _ if names.is_empty() => "nothing is possible here".into(),
        Some(near) => format!("did you mean `{near}`? Possible here: {listed}"),
        None => format!("possible here: {listed}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_near_name_is_suggested() {
        assert_eq!(nearest("brnd", ["brand", "price"]), Some("brand"));
        assert_eq!(nearest("Brand", ["brand", "price"]), Some("brand"));
        assert_eq!(nearest("completely_else", ["brand", "price"]), None);
        assert_eq!(nearest("b", ["a"]), None);
        assert_eq!(nearest("idd", ["id"]), Some("id"));
    }

    #[test]
    fn a_long_list_is_cut() {
        let names: Vec<String> = (1..14).map(|number| format!("a{number}")).collect();
        let said = suggestion("zzzzzz", names.iter().map(String::as_str), "the file");
        assert_eq!(said, "possible here: a1, a2, a3, a4, a5, a6, 7 more in the file");
        let said = suggestion("zzzzzz", names.iter().take(12).map(String::as_str), "the file");
        assert_eq!(said, "possible here: a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12");
        assert_eq!(suggestion("x", [], "the file"), "nothing is possible here");
    }
}
