//! Reading a path: `shop/currencies/currency`, `@id`, `.`, `value[@lang=uk]`.

use std::ops::Range;

use super::formula::not_yet;
use crate::channel::path::{Path, Step};
use crate::wire::yaml::{Node, Problems};

/// What is wrong with a path.
#[derive(Debug, PartialEq, Eq)]
struct PathError {
    bytes: Range<usize>,
    what: String,
    label: &'static str,
    /// The part of the grammar that comes later, and with what.
    later: Option<(&'static str, &'static str)>,
}

/// Signs of the grammar that come with other wires.
const LATER: [(&str, &str); 4] = [
    ("<n>", "numbered nodes come with table and JSON shapes"),
    ("{", "members told apart by constants come with JSON shapes"),
    ("[]", "lists within come with JSON shapes"),
    ("(", "groups in one cell come with table shapes"),
];

/// The path at a node, from byte `start` of its text.
pub fn load(node: &Node, start: usize, problems: &Problems) -> Option<Path> {
    let text = node.text("a path", problems)?;
    match read(text.get(start..).unwrap_or("")) {
        Ok(path) => Some(path),
        Err(error) => {
            let at = node.problem_inside(
                start + error.bytes.start..start + error.bytes.end,
                "config/path",
                error.what,
                error.label,
            );
            problems.add(match error.later {
                Some((name, why)) => not_yet(at, name, why),
                None => at,
            });
            None
        }
    }
}

/// The path to a node of this name.
pub fn of_name(name: &str) -> Path {
    Path { text: name.to_owned(), steps: vec![Step { name: name.to_owned(), told_by: Vec::new() }], attribute: None }
}

fn read(text: &str) -> Result<Path, PathError> {
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
        match piece.strip_prefix('@') {
            Some(name) => {
                check_name(name, bytes.start + 1)?;
                path.attribute = Some(name.to_owned());
            }
            None => path.steps.push(step(piece, bytes.start)?),
        }
    }
    Ok(path)
}

/// The parts between slashes; a slash within brackets parts nothing.
fn pieces(text: &str) -> Vec<&str> {
    let mut depth = 0usize;
    text.split(|one: char| {
        match one {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        one == '/' && depth == 0
    })
    .collect()
}

fn step(piece: &str, start: usize) -> Result<Step, PathError> {
    if piece == ".." {
        return Err(later(start..start + 2, ("..", "a way out of the row comes with JSON and table shapes")));
    }
    let Some((name, rest)) = piece.split_once('[') else {
        check_name(piece, start)?;
        return Ok(Step { name: piece.to_owned(), told_by: Vec::new() });
    };
    check_name(name, start)?;
    let within = start + name.len();
    let bytes = within..start + piece.len();
    if let Some(found) = LATER.iter().find(|sign| format!("[{rest}").contains(sign.0)) {
        return Err(later(bytes, *found));
    }
    let Some(inside) = rest.strip_suffix(']') else {
        return Err(error(bytes, "`[` is never closed", "put `]` behind it"));
    };
    if inside.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(later(bytes, ("[2]", "nodes by their number come with table and JSON shapes")));
    }
    let told_by = inside.split(',').map(|pair| told(pair.trim(), bytes.clone())).collect::<Result<_, _>>()?;
    Ok(Step { name: name.to_owned(), told_by })
}

fn told(pair: &str, bytes: Range<usize>) -> Result<(String, String), PathError> {
    match pair.split_once('=') {
        Some((name, value)) if !value.is_empty() => match name.strip_prefix('@') {
            Some(name) => {
                check_name(name, bytes.start)?;
                Ok((name.to_owned(), value.to_owned()))
            }
            None => Err(later(bytes, ("a[name=value]", "members that tell nodes apart come with JSON shapes"))),
        },
        _ => Err(error(bytes, "this does not tell one node from others", "write it as value[@lang=uk]")),
    }
}

fn check_name(name: &str, start: usize) -> Result<(), PathError> {
    let bytes = start..start + name.len();
    if let Some(found) = LATER.iter().find(|sign| name.contains(sign.0)) {
        return Err(later(bytes, *found));
    }
    let is_name = |part: &str| {
        part.starts_with(|one: char| one.is_alphabetic() || one == '_')
            && part.chars().all(|one| one.is_alphanumeric() || matches!(one, '_' | '-' | '.'))
    };
    let (prefix, local) = name.split_once(':').unwrap_or(("a", name));
    if is_name(prefix) && is_name(local) {
        return Ok(());
    }
    let what = if name.is_empty() { "a step without a name".into() } else { format!("`{name}` is no name of a node") };
    Err(PathError { what, ..error(bytes, "", "steps are parted by single slashes: shop/offers/offer") })
}

fn error(bytes: Range<usize>, what: &str, label: &'static str) -> PathError {
    PathError { bytes, what: what.to_owned(), label, later: None }
}

fn later(bytes: Range<usize>, of: (&'static str, &'static str)) -> PathError {
    PathError { later: Some(of), ..error(bytes, "", "") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_read() {
        let shown = |text: &str| {
            let path = read(text).unwrap();
            let steps: Vec<_> = path.steps.iter().map(|step| format!("{}{:?}", step.name, step.told_by)).collect();
            format!("{} @{}", steps.join(" "), path.attribute.unwrap_or_default())
        };
        assert_eq!(shown("."), " @");
        assert_eq!(shown("@id"), " @id");
        assert_eq!(shown("shop/name"), "shop[] name[] @");
        assert_eq!(shown("guarantee/@type"), "guarantee[] @type");
        assert_eq!(shown("value[@lang=uk]"), "value[(\"lang\", \"uk\")] @");
        assert_eq!(shown("a[@x=b/c, @y=1]/z"), "a[(\"x\", \"b/c\"), (\"y\", \"1\")] z[] @");
        assert_eq!(shown("g:shipping/@xsi:type"), "g:shipping[] @xsi:type");
        assert_eq!(shown("@аvailable"), " @аvailable", "a Cyrillic letter is a letter");
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
        ] {
            let error = read(text).unwrap_err();
            assert_eq!((error.bytes, error.what.as_str(), error.later), (bytes, what, None), "{text}");
        }
    }

    #[test]
    fn paths_of_other_wires_come_later() {
        for (text, bytes, name) in [
            ("..", 0..2, ".."),
            ("../../options[<n>]/name", 0..2, ".."),
            ("options[<n>]/name", 7..12, "<n>"),
            ("option<n>", 0..9, "<n>"),
            ("values[]/name", 6..8, "[]"),
            ("a{key=x}/value", 0..8, "{"),
            ("a[2]", 1..4, "[2]"),
            ("a[type=id]", 1..10, "a[name=value]"),
            ("shipping(country:service)", 0..25, "("),
        ] {
            let error = read(text).unwrap_err();
            assert_eq!((error.bytes, error.later.map(|later| later.0)), (bytes, Some(name)), "{text}");
        }
    }
}
