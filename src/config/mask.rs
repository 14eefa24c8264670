//! Masking: a line that holds a secret is shown without it, whatever else is
//! wrong in that line.

use std::ops::Range;
use std::sync::Arc;

use crate::wire::yaml::{Document, Problem};

use super::secret::{is_reference, is_secret_name, password_in_url};

/// What stands in the place of a secret, whatever its length.
pub const MASK: &str = "●●●●";

/// Secrets shorter than this are not sought in the rest of the document: half of it would be masked.
const SHORTEST_TO_SEEK: usize = 4;

/// The same problems over a config of this name in which the secrets are masked. Where the tree does not hold all
/// of the text (no YAML, a key twice), places that look like secrets are masked too.
pub(super) fn mask(problems: Vec<Problem>, config: &str, mut secrets: Vec<Range<usize>>) -> Vec<Problem> {
    let is_of_config = |problem: &Problem| problem.document.name == config;
    let document = problems.iter().find(|problem| is_of_config(problem)).map(|problem| problem.document.clone());
    let Some(document) = document else { return problems };
    if problems
        .iter()
        .any(|problem| is_of_config(problem) && matches!(problem.code, "config/yaml" | "config/equal-keys"))
    {
        secrets
            .extend(document.text.split_inclusive('\n').flat_map(|line| probable(line, offset(&document.text, line))));
    }
    also_elsewhere(&document.text, &mut secrets);
    let texts = secrets.iter().filter_map(|place| document.text.get(place.clone())).map(unquoted);
    let texts: Vec<&str> = texts.filter(|text| text.len() >= SHORTEST_TO_SEEK).collect();
    let hide = |said: &str| texts.iter().fold(said.to_owned(), |said, text| said.replace(text, MASK));
    let masked = Arc::new(Document { name: document.name.clone(), text: masked_text(&document.text, &secrets) });
    let moved = |problem: Problem| {
        let (what, label, help) = (hide(&problem.what), hide(&problem.label), hide(&problem.help));
        if !is_of_config(&problem) {
            return Problem { what, label, help, ..problem };
        }
        let bytes = new_place(problem.bytes.start, &secrets)..new_place(problem.bytes.end, &secrets);
        Problem { what, label, help, bytes, document: masked.clone(), ..problem }
    };
    problems.into_iter().map(moved).collect()
}

/// Where a slice of a text begins in it.
fn offset(text: &str, slice: &str) -> usize {
    slice.as_ptr().addr().saturating_sub(text.as_ptr().addr())
}

/// What follows the name of a secret and a colon in a line, and passwords of addresses.
fn probable(line: &str, line_start: usize) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    // what stands within a value that is masked already is not looked at again: a long line is read once
    let mut done = 0;
    for (colon, _) in line.match_indices(':') {
        let (before, after) = (line.get(..colon).unwrap_or(""), line.get(colon + 1..).unwrap_or(""));
        let name = before.trim_end_matches(['"', '\'']);
        let name = name.rsplit(|c: char| !c.is_alphanumeric() && !"_-".contains(c)).next().unwrap_or("");
        if colon < done || !is_secret_name(name) {
            continue;
        }
        let value = after.split([',', '}', '#', '\n', '\r']).next().unwrap_or("");
        done = colon + 1 + value.len();
        let value = value.trim();
        if !value.is_empty() && !is_reference(unquoted(value)) {
            places.push(value);
        }
    }
    places.extend(line.split([' ', '"', '\'']).filter_map(password_in_url));
    let place = |part: &str| line_start + offset(line, part)..line_start + offset(line, part) + part.len();
    places.into_iter().map(place).collect()
}

fn masked_text(text: &str, secrets: &[Range<usize>]) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut done = 0;
    for secret in secrets {
        masked.push_str(text.get(done..secret.start).unwrap_or(""));
        masked.push_str(MASK);
        done = secret.end;
    }
    masked.push_str(text.get(done..).unwrap_or(""));
    masked
}

/// Where a place of the document is once the secrets before it are masked.
fn new_place(place: usize, secrets: &[Range<usize>]) -> usize {
    let mut moved = place;
    for secret in secrets.iter().filter(|secret| secret.start < place) {
        let behind = place.min(secret.end);
        moved = moved + MASK.len() - (behind - secret.start);
    }
    moved
}

/// A secret may stand in the document a second time, where no key tells: those places are masked too.
fn also_elsewhere(text: &str, found: &mut Vec<Range<usize>>) {
    let secrets: Vec<&str> = found.iter().filter_map(|place| text.get(place.clone())).map(unquoted).collect();
    for secret in secrets.into_iter().filter(|secret| secret.len() >= SHORTEST_TO_SEEK) {
        found.extend(text.match_indices(secret).map(|(at, _)| at..at + secret.len()));
    }
    found.sort_by_key(|place| (place.start, std::cmp::Reverse(place.end)));
    let mut end = 0;
    found.retain(|place| {
        let apart = place.start >= end;
        end = end.max(place.end);
        apart
    });
}

fn unquoted(text: &str) -> &str {
    text.trim_matches(['"', '\''])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_sought_everywhere_and_places_stay_apart() {
        let text = "token: \"abcd\"\nother: xabcdabcd\n";
        let mut found: Vec<Range<usize>> = std::iter::once(7..13).collect();
        also_elsewhere(text, &mut found);
        assert_eq!(found, [7..13, 22..26, 26..30]);
    }

    #[test]
    fn what_looks_like_a_secret_is_found_without_a_tree() {
        let line = "  deliver: {api_token: \"abc\", url: ftp://a:b@c, password: env:X, tokens: 1}\n";
        let found: Vec<_> =
            probable(line, 100).into_iter().map(|place| &line[place.start - 100..place.end - 100]).collect();
        assert_eq!(found, ["\"abc\"", "b"]);
    }

    #[test]
    fn places_move_with_the_masks() {
        let text = "a: secret-one, b: x";
        let secrets: Vec<Range<usize>> = std::iter::once(3..13).collect();
        let masked = masked_text(text, &secrets);
        assert_eq!(masked, "a: ●●●●, b: x");
        assert_eq!(masked.get(new_place(15, &secrets)..), Some("b: x"));
        assert_eq!(new_place(3, &secrets), 3);
        assert_eq!(masked.get(..new_place(13, &secrets)), Some("a: ●●●●"));
    }
}
