//! Arrows between rooms: every `crate::room` in a file, and every chain of
//! `super` that climbs out of its room, must point down.

use super::tokens::{Token, closing, tokens};

/// The rooms by floor, the ground floor first. A room uses rooms of lower floors and itself.
const FLOORS: [&[&str]; 10] = [
    &["model", "finding"],
    &["wire", "expression"],
    &["source", "rules", "channel"],
    &["config"],
    &["plan", "check", "proposal"],
    &["deliver", "state"],
    &["engine"],
    &["report"],
    &["cli"],
    &["main"],
];

/// What is wrong with the arrows of one file.
pub fn complaints(path: &str, text: &str) -> Vec<String> {
    let Some(room) = room_of(path) else { return Vec::new() };
    let Some(own) = floor_of(room) else {
        return vec![format!("{path}: the room «{room}» stands on no floor; give it one in tests/floors/arrows.rs")];
    };
    let tokens = tokens(text);
    let mut complaints = Vec::new();
    for (used, line) in rooms_used(path, &tokens) {
        match floor_of(&used) {
            None => complaints.push(format!("{path}:{line}: `crate::{used}` is no room of this house")),
            Some(floor) if used != room && floor >= own => complaints.push(format!(
                "{path}:{line}: `{room}` (floor {own}) uses `{used}` (floor {floor}); only lower floors may be used"
            )),
            Some(_) => {}
        }
    }
    complaints
}

/// The room that a file belongs to; `None` for the map of the house.
fn room_of(path: &str) -> Option<&str> {
    let inner = path.strip_prefix("src/")?;
    let room = inner.split('/').next().map(|first| first.trim_end_matches(".rs"))?;
    (room != "lib").then_some(room)
}

fn floor_of(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

/// Every room that is named, with the line.
fn rooms_used(path: &str, tokens: &[Token]) -> Vec<(String, usize)> {
    let file_depth = path.matches('/').count() - usize::from(path.ends_with("/mod.rs"));
    let mut inner_modules: Vec<usize> = Vec::new();
    let mut used = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        inner_modules.retain(|end| *end > at);
        let token = &tokens[at];
        if token.is("mod") && tokens.get(at + 2).is_some_and(|open| open.is_sign('{')) {
            inner_modules.extend(closing(tokens, at + 2));
        }
        if token.is("crate") || token.is("offersync") {
            used.extend(names_after(tokens, at + 1));
        }
        if token.is("super") {
            let (ups, next) = climb(tokens, at);
            if ups == file_depth + inner_modules.len() {
                used.extend(names_after(tokens, next));
            }
            at = next;
        }
        at += 1;
    }
    used
}

/// How many times `super::` stands here, and the place after the last `super`.
fn climb(tokens: &[Token], start: usize) -> (usize, usize) {
    let (mut ups, mut at) = (1, start + 1);
    while is_colons(tokens, at) && tokens.get(at + 2).is_some_and(|next| next.is("super")) {
        (ups, at) = (ups + 1, at + 3);
    }
    (ups, at)
}

/// The first name, or the first names of a group, after the `::` that stands here.
fn names_after(tokens: &[Token], at: usize) -> Vec<(String, usize)> {
    if !is_colons(tokens, at) {
        return Vec::new();
    }
    let Some(first) = tokens.get(at + 2) else { return Vec::new() };
    if let Some(name) = first.name() {
        return vec![(name.to_owned(), first.line)];
    }
    let end = closing(tokens, at + 2).unwrap_or(at + 2);
    let mut names = Vec::new();
    let mut inner = at + 3;
    let mut at_start = true;
    while inner < end {
        let token = &tokens[inner];
        match token.name() {
            Some(name) if at_start => names.push((name.to_owned(), token.line)),
            _ if token.is_sign('{') => inner = closing(tokens, inner).unwrap_or(end),
            _ => {}
        }
        at_start = token.is_sign(',');
        inner += 1;
    }
    names
}

fn is_colons(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|one| one.is_sign(':')) && tokens.get(at + 1).is_some_and(|two| two.is_sign(':'))
}

#[cfg(test)]
mod tests {
    use super::complaints;

    #[test]
    fn an_arrow_up_is_seen_in_every_spelling() {
        for text in [
            "use crate::engine::Outcome;",
            "use crate::{model::Value, engine::{Outcome, walk}};",
            "fn f() -> crate::engine::Outcome { g() }",
            "use super::engine::Outcome;",
            "mod tests { use super::super::engine::Outcome; }",
            "fn f() { offersync::engine::run() }",
        ] {
            let found = complaints("src/plan/mod.rs", text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert!(found[0].contains("`plan` (floor 4) uses `engine` (floor 6)"), "{}", found[0]);
        }
    }

    #[test]
    fn brothers_do_not_meet() {
        assert_eq!(complaints("src/source/csv.rs", "use crate::channel::Description;").len(), 1);
        assert_eq!(complaints("src/wire/xml.rs", "use super::super::expression::parse;").len(), 1);
    }

    #[test]
    fn arrows_down_and_within_are_free() {
        for text in [
            "use crate::model::{Kind, Unit}; use crate::{finding, plan::change};",
            "use self::change::Change; use super::finding::Sink;",
            "pub(crate) fn f() {} // use crate::engine::Outcome;",
            "const A: &str = \"use crate::engine::Outcome;\";",
            "mod tests { use super::*; use super::engine::x; }",
        ] {
            assert_eq!(complaints("src/plan/mod.rs", text), [""; 0], "{text}");
        }
        assert_eq!(complaints("src/plan/guard.rs", "use super::engine::x;"), [""; 0], "a module of the room itself");
    }

    #[test]
    fn a_room_without_a_floor_is_named() {
        assert_eq!(complaints("src/attic/mod.rs", "").len(), 1);
        assert_eq!(complaints("src/plan/mod.rs", "use crate::attic::x;").len(), 1);
    }
}
