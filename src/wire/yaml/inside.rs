//! Places inside of a text: a name in an expression, a step of a path. The text was
//! unescaped when it was read, so its bytes are counted back to those of the document.

use std::ops::Range;

use super::{Node, Problem, Scalar, Text};

impl Node {
    /// Where these bytes of the node's text stand in the document: for an alias, at its anchor.
    /// A text that is folded over several lines is marked as a whole.
    pub fn inside(&self, bytes: Range<usize>) -> Range<usize> {
        let Scalar::Text(text) = &self.value else { return self.bytes.clone() };
        let source = self.document.text.get(text.bytes.clone()).unwrap_or("");
        let Some(places) = places(text, source) else { return self.bytes.clone() };
        let place = |at: usize| places.iter().find(|place| place.0 >= at).or(places.last()).map_or(0, |place| place.1);
        let start = text.bytes.start;
        start + place(bytes.start)..start + place(bytes.end.max(bytes.start))
    }

    /// A problem at a part of the node's text.
    pub fn problem_inside(
        &self,
        bytes: Range<usize>,
        code: &'static str,
        what: impl Into<String>,
        label: impl Into<String>,
    ) -> Problem {
        self.problem_at(self.inside(bytes), code, what, label)
    }
}

/// Offsets of the text with those of its source, one for each character and one for the end;
/// `None` where the source is not simply the text in its quotes.
fn places(text: &Text, source: &str) -> Option<Vec<(usize, usize)>> {
    let mark = source.chars().next().filter(|mark| text.quoted && matches!(mark, '\'' | '"'));
    let mut at = mark.map_or(0, char::len_utf8);
    let mut places = Vec::new();
    for (offset, one) in text.text.char_indices() {
        places.push((offset, at));
        let rest = source.get(at..)?;
        at += match mark {
            Some('\'') if one == '\'' => rest.starts_with("''").then_some(2)?,
            Some('"') if rest.starts_with('\\') => escape(rest)?,
            _ => rest.starts_with(one).then(|| one.len_utf8())?,
        };
    }
    places.push((text.text.len(), at));
    let end = at + mark.map_or(0, char::len_utf8);
    (end == source.len()).then_some(places)
}

/// How long the escape is that a text in double quotes has here.
fn escape(rest: &str) -> Option<usize> {
    let kind = rest.chars().nth(1)?;
    match kind {
        '\n' | '\r' => None,
        'x' => Some(4),
        'u' => Some(6),
        'U' => Some(10),
        _ => Some(1 + kind.len_utf8()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Document, Problems, parse};
    use super::*;

    /// What is marked when these bytes of the first value are to be.
    fn marked(yaml: &str, bytes: Range<usize>) -> String {
        let node = parse(Document { name: "x".into(), text: yaml.into() }, &Problems::default()).unwrap();
        let Scalar::Map(pairs) = &node.value else { panic!("a map") };
        let place = pairs.last().unwrap().1.inside(bytes);
        yaml.get(place).unwrap().to_owned()
    }

    #[test]
    fn a_part_of_a_text_is_found_behind_its_quotes() {
        assert_eq!(marked("a: stock > 0\n", 6..7), ">");
        assert_eq!(marked("a: 'stock > 0'\n", 6..7), ">");
        assert_eq!(marked("a: 'b == ''X'' or c'\n", 12..13), "c");
        assert_eq!(marked("a: \"назва\\t\\u0031 c\"\n", 13..14), "c");
        assert_eq!(marked("a: \"x == 'ї'\"\n", 5..9), "'ї'");
    }

    #[test]
    fn the_end_can_be_marked_too() {
        assert_eq!(marked("a: stock >\n", 10..10), "");
        assert_eq!(marked("a: 'stock >'\n", 0..7), "stock >");
    }

    #[test]
    fn folded_texts_are_marked_whole_and_aliases_at_their_anchor() {
        assert_eq!(marked("a: 'stock\n  > 0'\n", 6..7), "'stock\n  > 0'");
        assert_eq!(marked("a: &x stock > 0\nb: *x\n", 6..7), ">");
        assert_eq!(marked("a: \"b \\\n  c\"\n", 2..3), "\"b \\\n  c\"");
    }
}
