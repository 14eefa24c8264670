//! Reading one step of a path, with what tells its node from others.

use std::ops::Range;

use super::path::{Grammar, PathError, error};
use crate::channel::path::{ItemNo, ROW_NUMBER, Step};

/// Which wires a sign is for, where it is not for this one.
const FOR_JSON: &str = "is for JSON";
const FOR_ROWS: &str = "is for JSON, and for tables in which several rows make a listing";

/// The step that a piece of a path says; the piece begins at byte `start`.
pub(super) fn read(piece: &str, start: usize, grammar: Grammar) -> Result<Step, PathError> {
    if piece == ".." {
        let bytes = start..start + piece.len();
        return Err(match grammar {
            Grammar::Nodes => not_here(bytes, "..", FOR_ROWS),
            Grammar::Members => error(bytes, "`..` stands at the beginning of a path", "write it first: ../name"),
        });
    }
    let Some(at) = piece.find(['[', '{']) else {
        check_name(piece, start, grammar)?;
        return Ok(Step::of_name(piece));
    };
    let (name, brackets) = piece.split_at(at);
    check_name(name, start, grammar)?;
    let bytes = start + at..start + piece.len();
    if let Some(rest) = brackets.strip_prefix('{') {
        if grammar == Grammar::Nodes {
            return Err(not_here(bytes, "{…}", FOR_JSON));
        }
        let inside = rest.strip_suffix('}').ok_or_else(|| unclosed(bytes.clone(), "`{` is never closed"))?;
        return Ok(Step { told_by: told_by(inside, &bytes, grammar)?, is_single: true, ..Step::of_name(name) });
    }
    let inside = brackets.get(1..).and_then(|rest| rest.strip_suffix(']'));
    let inside = inside.ok_or_else(|| unclosed(bytes.clone(), "`[` is never closed"))?;
    in_list(name, inside, bytes, grammar)
}

/// A step to one or several of a list.
fn in_list(name: &str, inside: &str, bytes: Range<usize>, grammar: Grammar) -> Result<Step, PathError> {
    let step = Step::of_name(name);
    let number = inside.parse::<usize>().ok();
    match (grammar, inside, number) {
        (Grammar::Nodes, ROW_NUMBER, _) => Err(not_here(bytes, ROW_NUMBER, FOR_ROWS)),
        (Grammar::Nodes, "", _) | (Grammar::Nodes, _, Some(_)) => {
            Err(not_here(bytes, &format!("[{inside}]"), FOR_JSON))
        }
        (_, ROW_NUMBER, _) => Ok(Step { item: Some(ItemNo::OfRow), ..step }),
        (_, "", _) => Ok(Step { repeats: true, ..step }),
        (_, _, Some(0)) => Err(error(bytes, "items are counted from 1", "write [1] for the first")),
        (_, _, Some(number)) => Ok(Step { item: Some(ItemNo::Fixed(number)), ..step }),
        _ => Ok(Step { told_by: told_by(inside, &bytes, grammar)?, ..step }),
    }
}

fn told_by(inside: &str, bytes: &Range<usize>, grammar: Grammar) -> Result<Vec<(String, String)>, PathError> {
    inside.split(',').map(|pair| told(pair.trim(), bytes.clone(), grammar)).collect()
}

fn told(pair: &str, bytes: Range<usize>, grammar: Grammar) -> Result<(String, String), PathError> {
    let Some((name, value)) = pair.split_once('=').filter(|(_, value)| !value.is_empty()) else {
        let label = match grammar {
            Grammar::Nodes => "write it as value[@lang=uk]",
            Grammar::Members => "write it as metafields[key=offer_id]",
        };
        return Err(error(bytes, "this does not tell one node from others", label));
    };
    let (plain, is_attribute) = name.strip_prefix('@').map_or((name, false), |name| (name, true));
    if is_attribute != (grammar == Grammar::Nodes) {
        let what = match grammar {
            Grammar::Nodes => format!("an attribute tells nodes apart: `@{plain}`"),
            Grammar::Members => format!("JSON has no attributes: `{plain}`"),
        };
        return Err(PathError { what, ..error(bytes, "", "a member stands there without @, an attribute with it") });
    }
    check_name(plain, bytes.start, grammar)?;
    Ok((plain.to_owned(), value.to_owned()))
}

/// Whether a name can be one of an element, an attribute or a member.
pub(super) fn check_name(name: &str, start: usize, grammar: Grammar) -> Result<(), PathError> {
    let bytes = start..start + name.len();
    let is_name = |part: &str| {
        part.starts_with(|one: char| one.is_alphabetic() || one == '_')
            && part.chars().all(|one| one.is_alphanumeric() || matches!(one, '_' | '-' | '.'))
    };
    let fits = match grammar {
        Grammar::Nodes => {
            let (prefix, local) = name.split_once(':').unwrap_or(("a", name));
            is_name(prefix) && is_name(local)
        }
        Grammar::Members => is_name(&name.replacen(ROW_NUMBER, "1", 1)),
    };
    if fits {
        return Ok(());
    }
    let what = match (name.is_empty(), grammar) {
        (true, _) => "a step without a name".to_owned(),
        (false, Grammar::Nodes) => format!("`{name}` is no name of a node"),
        (false, Grammar::Members) => format!("`{name}` is no name of a member"),
    };
    Err(PathError { what, ..error(bytes, "", "steps are parted by single slashes: shop/offers/offer") })
}

fn not_here(bytes: Range<usize>, sign: &str, whom: &str) -> PathError {
    PathError {
        what: format!("`{sign}` {whom}"),
        ..error(bytes, "", "elements are told apart by attributes: value[@lang=uk]")
    }
}

fn unclosed(bytes: Range<usize>, what: &str) -> PathError {
    error(bytes, what, "close the bracket behind it")
}
