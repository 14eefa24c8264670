//! Reading a path: `shop/currencies/currency`, `@id`, `.`, `value[@lang=uk]`; of members also
//! `../name`, `values[]/name`, `customId{key=offer_id}/value`.

use std::ops::Range;

use super::step;
use crate::channel::path::Path;
use crate::wire::yaml::{Node, Problems};

/// What a path leads through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grammar {
    /// Elements and attributes.
    Nodes,
    /// Members and items of JSON.
    Members,
}

/// What is wrong with a path.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PathError {
    pub bytes: Range<usize>,
    pub what: String,
    pub label: &'static str,
}

/// The path at a node, from byte `start` of its text.
pub fn load(node: &Node, start: usize, grammar: Grammar, problems: &Problems) -> Option<Path> {
    let text = node.text("a path", problems)?;
    match read(text.get(start..).unwrap_or(""), grammar) {
        Ok(path) => Some(path),
        Err(error) => {
            let bytes = start + error.bytes.start..start + error.bytes.end;
            problems.add(node.problem_inside(bytes, "config/path", error.what, error.label));
            None
        }
    }
}

fn read(text: &str, grammar: Grammar) -> Result<Path, PathError> {
    let mut path = Path { text: text.to_owned(), ..Path::default() };
    if text == "." {
        return Ok(path);
    }
    let mut at = 0;
    for piece in pieces(text) {
        let bytes = at..at + piece.len();
        at = bytes.end + 1;
        if path.attribute.is_some() {
            return Err(error(bytes, "nothing stands below an attribute", "an attribute ends the path"));
        }
        match piece.strip_prefix('@').filter(|_| grammar == Grammar::Nodes) {
            Some(name) => {
                step::check_name(name, bytes.start + 1, grammar)?;
                path.attribute = Some(name.to_owned());
            }
            None if piece == ".." && path.steps.is_empty() && grammar == Grammar::Members => path.out += 1,
            None => path.steps.push(step::read(piece, bytes.start, grammar)?),
        }
    }
    Ok(path)
}

/// The parts between slashes; a slash within brackets parts nothing.
fn pieces(text: &str) -> Vec<&str> {
    let mut depth = 0usize;
    text.split(|one: char| {
        match one {
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        one == '/' && depth == 0
    })
    .collect()
}

pub(super) fn error(bytes: Range<usize>, what: &str, label: &'static str) -> PathError {
    PathError { bytes, what: what.to_owned(), label }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, grammar: Grammar) -> String {
        let path = read(text, grammar).unwrap();
        let step = |step: &crate::channel::path::Step| {
            let marks = [(step.is_single, "{}"), (step.repeats, "[]")];
            let marks: String = marks.iter().filter(|mark| mark.0).map(|mark| mark.1).collect();
            let item = step.item.map(|item| format!("{item:?}")).unwrap_or_default();
            format!("{}{:?}{marks}{item}", step.name, step.told_by)
        };
        let steps: Vec<_> = path.steps.iter().map(step).collect();
        format!("{}{} @{}", "^".repeat(path.out), steps.join(" "), path.attribute.unwrap_or_default())
    }

    #[test]
    fn paths_through_nodes_are_read() {
        for (text, path) in [
            (".", " @"),
            ("@id", " @id"),
            ("shop/name", "shop[] name[] @"),
            ("guarantee/@type", "guarantee[] @type"),
            ("value[@lang=uk]", "value[(\"lang\", \"uk\")] @"),
            ("a[@x=b/c, @y=1]/z", "a[(\"x\", \"b/c\"), (\"y\", \"1\")] z[] @"),
            ("g:shipping/@xsi:type", "g:shipping[] @xsi:type"),
            ("@аvailable", " @аvailable"),
        ] {
            assert_eq!(shown(text, Grammar::Nodes), path, "{text}");
        }
    }

    #[test]
    fn paths_through_members_are_read() {
        for (text, path) in [
            (".", " @"),
            ("input/title", "input[] title[] @"),
            ("../../options[<n>]/name", "^^options[]OfRow name[] @"),
            ("option<n>", "option<n>[] @"),
            ("values[]/name", "values[][] name[] @"),
            ("a[2]", "a[]Fixed(2) @"),
            ("customId{key=x, of=y}/value", "customId[(\"key\", \"x\"), (\"of\", \"y\")]{} value[] @"),
            ("a[type=id]/__b", "a[(\"type\", \"id\")] __b[] @"),
        ] {
            assert_eq!(shown(text, Grammar::Members), path, "{text}");
        }
    }

    #[test]
    fn what_is_no_path_has_a_place() {
        for (text, bytes, what) in [
            ("", 0..0, "a step without a name"),
            ("shop//name", 5..5, "a step without a name"),
            ("shop/na me", 5..10, "`na me` is no name of a node"),
            ("@id/x", 4..5, "nothing stands below an attribute"),
            ("value[@lang=uk", 5..14, "`[` is never closed"),
            ("value[@lang]", 5..12, "this does not tell one node from others"),
            ("1st", 0..3, "`1st` is no name of a node"),
            ("g:", 0..2, "`g:` is no name of a node"),
            ("a:b:c", 0..5, "`a:b:c` is no name of a node"),
            ("..", 0..2, "`..` is for JSON, and for tables in which several rows make a listing"),
            ("options[<n>]/name", 7..12, "`<n>` is for JSON, and for tables in which several rows make a listing"),
            ("option<n>", 0..9, "`option<n>` is no name of a node"),
            ("values[]/name", 6..8, "`[]` is for JSON"),
            ("a{key=x}/value", 1..8, "`{…}` is for JSON"),
            ("a[2]", 1..4, "`[2]` is for JSON"),
            ("a[type=id]", 1..10, "an attribute tells nodes apart: `@type`"),
            ("shipping(country:service)", 0..25, "`shipping(country:service)` is no name of a node"),
        ] {
            let error = read(text, Grammar::Nodes).unwrap_err();
            assert_eq!((error.bytes, error.what.as_str()), (bytes, what), "{text}");
        }
        for (text, bytes, what) in [
            ("a[@type=id]", 1..11, "JSON has no attributes: `type`"),
            ("@id", 0..3, "`@id` is no name of a member"),
            ("a/..", 2..4, "`..` stands at the beginning of a path"),
            ("a[0]", 1..4, "items are counted from 1"),
            ("a{key=x", 1..7, "`{` is never closed"),
            ("a[<m>]", 1..6, "this does not tell one node from others"),
        ] {
            let error = read(text, Grammar::Members).unwrap_err();
            assert_eq!((error.bytes, error.what.as_str()), (bytes, what), "{text}");
        }
    }
}
