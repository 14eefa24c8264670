//! What was probably meant: the nearest of the names that are possible, and the
//! sentence that says so under a marked place.

/// How many names a suggestion lists at most.
const LISTED: usize = 6;

/// The name nearest to `name` among those possible, if one is near enough to be what was meant.
pub fn nearest<'c>(name: &str, possible: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let distance = |one: &str| strsim::damerau_levenshtein(&one.to_lowercase(), &name.to_lowercase());
    let best = possible.into_iter().min_by_key(|one| distance(one))?;
    let (far, longest) = (distance(best), best.chars().count().max(name.chars().count()));
    // a name of which no letter is right was not what was meant
    (far <= 1 + longest / 3 && far < longest.max(1)).then_some(best)
}

/// ``did you mean `stock`? Possible here: stock, feed``; without a near one only the second half.
pub fn suggestion<'c>(name: &str, possible: impl IntoIterator<Item = &'c str>) -> String {
    let names: Vec<&str> = possible.into_iter().collect();
    let mut listed = names.iter().take(LISTED).copied().collect::<Vec<_>>().join(", ");
    if names.len() > LISTED {
        listed.push_str(&format!(", {} more", names.len() - LISTED));
    }
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
        let names = ["a1", "b1", "c1", "d1", "e1", "f1", "g1", "h1"];
        assert_eq!(suggestion("zzzzzz", names), "possible here: a1, b1, c1, d1, e1, f1, 2 more");
        assert_eq!(suggestion("x", []), "nothing is possible here");
    }
}
