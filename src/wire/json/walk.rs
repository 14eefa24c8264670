//! Documents of any size, from front to back, whatever is in them: the values of all their lists are handed
//! out one by one, each with its place, and no more than one of them is held.

use std::sync::{Mutex, PoisonError};

use super::fault::Open;
use super::window::Window;
use super::{Json, JsonValue, Lines, Malformed};
use crate::finding::Refusal;
use crate::wire::blocks::BLOCK;
use crate::wire::input::Input;

/// Takes one value of a list: the list's path in the document (`data/products`), where in the input the text begins
/// that the value's places count from, and the value.
pub type Visit<'v> = &'v mut (dyn FnMut(&str, u64, Json<'_>) -> Result<(), Refusal> + Send);

/// One document: every value of every list that stands in no other list.
pub fn document(input: &Input, visit: Visit<'_>) -> Result<(), Refusal> {
    document_in(input, BLOCK, visit)
}

fn document_in(input: &Input, block: usize, visit: Visit<'_>) -> Result<(), Refusal> {
    let mut window = Window::new(input, block);
    value(&mut window, &mut String::new(), visit)?;
    match window.peek()? {
        Some(b'{') => Err(window.wrong(|text, at| {
            let help = "where every line holds an object, say `format: jsonl`; else put all into one list";
            Malformed { help: help.into(), ..*Malformed::behind(text, at) }.into()
        })),
        _ => window.finish(),
    }
}

/// An object in every line; blank lines are none.
pub fn lines(input: &Input, visit: Visit<'_>) -> Result<(), Refusal> {
    lines_in(input, BLOCK, visit)
}

fn lines_in(input: &Input, block: usize, visit: Visit<'_>) -> Result<(), Refusal> {
    // one thread only, in the order of the file; the lock is there for the compiler
    let visit = Mutex::new(visit);
    let lines = Lines { input, threads: 1, block };
    let work = |(): &mut (), block: super::LineBlock<'_>| {
        let mut visit = visit.lock().unwrap_or_else(PoisonError::into_inner);
        block.objects.iter().try_for_each(|object| visit("", block.block.offset, *object))
    };
    lines.read(|| (), work, |()| Ok(())).map(|_| ())
}

/// Lists and objects are walked through, everything else is read and let go.
fn value(window: &mut Window<'_>, path: &mut String, visit: Visit<'_>) -> Result<(), Refusal> {
    match window.peek()? {
        Some(b'{') => window.members(|window, name| under(path, &name, |path| value(window, path, visit))),
        Some(b'[') => list(window, path, visit),
        _ => window.value(|_| ()),
    }
}

fn list(window: &mut Window<'_>, path: &str, visit: Visit<'_>) -> Result<(), Refusal> {
    let open = Open::List(window.opened());
    window.step();
    if window.peek()? == Some(b']') {
        window.step();
        return Ok(());
    }
    loop {
        if matches!(window.peek()?, None | Some(b']' | b'}' | b',' | b':')) {
            return Err(window.wrong(|text, at| Malformed::no_value(text, at, open)));
        }
        window.value(|seen| visit(path, seen.base, seen.json))??;
        if !window.goes_on(open)? {
            return Ok(());
        }
    }
}

/// What is done one name further down.
fn under<T>(path: &mut String, name: &str, work: impl FnOnce(&mut String) -> T) -> T {
    let before = path.len();
    if before > 0 {
        path.push('/');
    }
    path.push_str(name);
    let done = work(path);
    path.truncate(before);
    done
}

/// Walks a tree that is held as [`document`] walks its text.
pub fn tree(root: Json<'_>, path: &mut String, visit: Visit<'_>) -> Result<(), Refusal> {
    match root.value {
        JsonValue::List(values) => values.iter().try_for_each(|value| visit(path, 0, *value)),
        JsonValue::Object(members) => {
            members.iter().try_for_each(|member| under(path, member.name, |path| tree(member.value, path, visit)))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use bumpalo::Bump;

    use super::super::parse;
    use super::*;
    use crate::wire::encoding::{EncodingChoice, Sniff};

    /// What a walk hands out: path, place and value, or what it refuses.
    fn walked(text: &str, walk: impl FnOnce(&Input, Visit<'_>) -> Result<(), Refusal>) -> Result<Vec<String>, String> {
        let input =
            Input::from_bytes("x", text.into(), EncodingChoice::Named(encoding_rs::UTF_8), Sniff::Text).unwrap();
        let mut found = Vec::new();
        let walk = walk(&input, &mut |path, base, value| {
            let place = usize::try_from(base).unwrap() + value.offset;
            assert!(text.is_char_boundary(place));
            found.push(format!("{path} {place} {:?}", value.value));
            Ok(())
        });
        walk.map(|()| found).map_err(|refusal| refusal.to_string())
    }

    /// The places within a value count from its window: only its own place is the input's.
    fn without_offsets(found: Result<Vec<String>, String>) -> Result<Vec<String>, String> {
        let offsets = regex::Regex::new("offset: [0-9]+").unwrap();
        found.map(|found| found.iter().map(|one| offsets.replace_all(one, "").into_owned()).collect())
    }

    fn value() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![
            Just("null".to_owned()),
            Just("true".to_owned()),
            "-?(0|[1-9][0-9]{0,3})(\\.[0-9]{1,3})?(e[0-9])?",
            "[a-zа-яї \u{1F525}]{0,8}".prop_map(|text| format!("\"{text}\"")),
        ];
        leaf.prop_recursive(4, 40, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(|items| format!("[{}]", items.join(" ,\n"))),
                prop::collection::vec(inner, 0..5).prop_map(|items| {
                    let members = items.iter().enumerate().map(|(number, item)| format!("\"ключ{number}\": {item}"));
                    format!("{{{}}}", members.collect::<Vec<_>>().join(","))
                }),
            ]
        })
    }

    proptest! {
        #[test]
        fn windows_of_any_size_show_the_same(text in value(), piece in 1..40_usize, cut in 0..60_usize) {
            let whole = walked(&text, document);
            prop_assert!(whole.is_ok(), "{whole:?}");
            let small = walked(&text, |input, visit| document_in(input, piece, visit));
            prop_assert_eq!(without_offsets(small), without_offsets(whole));
            let end = text.floor_char_boundary(text.len().saturating_sub(cut));
            let cut = &text[..end];
            let small = walked(cut, |input, visit| document_in(input, piece, visit));
            prop_assert_eq!(without_offsets(small), without_offsets(walked(cut, document)));
        }

        #[test]
        fn a_walk_shows_what_a_tree_has(text in value()) {
            let arena = Bump::new();
            let root = parse(&text, &arena).unwrap();
            let of_tree = walked(&text, |_, visit| tree(root, &mut String::new(), visit));
            prop_assert_eq!(without_offsets(walked(&text, document)), without_offsets(of_tree));
        }

        #[test]
        fn lines_are_those_of_the_text(values in prop::collection::vec(value(), 1..6), piece in 1..40_usize) {
            let text: String = values.iter().map(|value| format!("{{\"a\": {}}}\r\n\n", value.replace('\n', " "))).collect();
            let found = walked(&text, |input, visit| lines_in(input, piece, visit)).unwrap();
            prop_assert_eq!(found.len(), values.len());
            prop_assert_eq!(without_offsets(Ok(found)), without_offsets(walked(&text, lines)));
        }
    }
}
