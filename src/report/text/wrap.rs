//! Sentences over several lines, broken between words; for terminals only, so that
//! a pipe gets every sentence in one line.

use super::cells;

/// A text in lines: the first of so many cells, the others of so many. A word that is longer stays whole.
pub fn wrap(text: &str, first: usize, others: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split(' ') {
        let room = if lines.is_empty() { first } else { others };
        if !line.is_empty() && cells(&line) + 1 + cells(word) > room {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_never_at_a_no_break_space() {
        assert_eq!(wrap("one two three four", 7, 10), ["one two", "three four"]);
        assert_eq!(wrap("12\u{a0}340 offers", 6, 6), ["12\u{a0}340", "offers"]);
        assert_eq!(wrap("a extraordinarily b", 4, 4), ["a", "extraordinarily", "b"]);
        assert_eq!(wrap("", 4, 4), [""]);
    }
}
