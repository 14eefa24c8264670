//! Documents of any size, from front to back: the values of their lists are handed out one by
//! one, each with its place, and no more than one of them is held.

use bumpalo::Bump;
use hashbrown::HashSet;

use super::fault::Open;
use super::{DEEPEST, Json, JsonValue, Malformed, parse, refusal, value};
use crate::finding::Refusal;
use crate::wire::blocks::LONGEST_RECORD;
use crate::wire::input::Input;
use crate::wire::scan::skip_blanks;
use crate::wire::wording::CUT;

/// Read at once.
const PIECE: usize = 1 << 20;

/// Takes one value of a list: the list's path in the document (`data/products`), where in the input the text begins
/// that the value's places count from, and the value.
pub type Visit<'v> = &'v mut dyn FnMut(&str, u64, Json<'_>) -> Result<(), Refusal>;

/// One document: every value of every list that stands in no other list.
pub fn document(input: &Input, visit: Visit<'_>) -> Result<(), Refusal> {
    document_in(input, PIECE, visit)
}

fn document_in(input: &Input, piece: usize, visit: Visit<'_>) -> Result<(), Refusal> {
    let mut walk = Walk::new(input, piece);
    let mut path = String::new();
    walk.value(&mut path, 0, visit)?;
    match walk.next()? {
        None => Ok(()),
        Some(_) => {
            let mut behind = Malformed::behind(&walk.text, walk.at);
            if walk.text.as_bytes().get(walk.at) == Some(&b'{') {
                behind.help =
                    "where every line holds an object, say `format: jsonl`; else put all into one list".into();
            }
            Err(walk.refusal(&behind))
        }
    }
}

/// A value in every line; blank lines are none.
pub fn lines(input: &Input, visit: Visit<'_>) -> Result<(), Refusal> {
    lines_in(input, PIECE, visit)
}

fn lines_in(input: &Input, piece: usize, visit: Visit<'_>) -> Result<(), Refusal> {
    let mut walk = Walk::new(input, piece);
    loop {
        let rest = walk.text.as_bytes().get(walk.at..).unwrap_or_default();
        let (length, is_last) = match memchr::memchr(b'\n', rest) {
            Some(length) => (length, false),
            None if walk.more()? => continue,
            None => (walk.text.len() - walk.at, true),
        };
        walk.line(length, is_last, visit)?;
        if is_last {
            return Ok(());
        }
        walk.at += length + 1;
    }
}

/// A document on its way: a window of its text, and the place in it.
struct Walk<'i> {
    input: &'i Input,
    /// Read at once, at least.
    piece: usize,
    text: String,
    /// Where the window begins in the input.
    base: u64,
    /// How far the walk is in it.
    at: usize,
    /// Bytes behind the window that begin a character.
    begun: Vec<u8>,
    arena: Bump,
}

impl<'i> Walk<'i> {
    fn new(input: &'i Input, piece: usize) -> Self {
        Walk { input, piece, text: String::new(), base: 0, at: 0, begun: Vec::new(), arena: Bump::new() }
    }

    /// Reads on; whether there was more.
    fn more(&mut self) -> Result<bool, Refusal> {
        let from = self.base + (self.text.len() + self.begun.len()) as u64;
        let left = usize::try_from(self.input.len().saturating_sub(from)).unwrap_or(usize::MAX);
        if left == 0 && self.begun.is_empty() {
            return Ok(false);
        }
        self.text.drain(..self.at);
        (self.base, self.at) = (self.base + self.at as u64, 0);
        if self.text.len() > LONGEST_RECORD {
            let what = format!("what begins here is longer than {} MiB", LONGEST_RECORD >> 20);
            let help = "no offer is as long: look there for a bracket or a quote that is never closed";
            return Err(self.input.refusal_at(self.base, what, help));
        }
        // as much again as could not be read to its end, so that a long value is not begun over and over
        let (mut bytes, old) = (Vec::new(), self.begun.len());
        self.input.read_at(from, left.min(self.piece.max(self.text.len())), &mut bytes)?;
        let is_end = bytes.len() == left;
        bytes.splice(0..0, self.begun.drain(..));
        let valid = match simdutf8::compat::from_utf8(&bytes) {
            Ok(_) => bytes.len(),
            Err(error) if error.error_len().is_none() && !is_end => error.valid_up_to(),
            Err(error) => return Err(self.input.not_utf8(from - old as u64 + error.valid_up_to() as u64)),
        };
        self.begun = bytes.split_off(valid);
        self.text.push_str(std::str::from_utf8(&bytes).unwrap_or_default());
        Ok(true)
    }

    fn at_end(&self) -> bool {
        self.begun.is_empty() && self.base + self.text.len() as u64 >= self.input.len()
    }

    fn refusal(&self, malformed: &Malformed) -> Refusal {
        refusal(self.input, self.base, malformed)
    }

    /// The byte of the mark that comes next; `None` at the end.
    fn next(&mut self) -> Result<Option<u8>, Refusal> {
        loop {
            self.at = skip_blanks(self.text.as_bytes(), self.at);
            let byte = self.text.as_bytes().get(self.at).copied();
            if byte.is_some() || !self.more()? {
                return Ok(byte);
            }
        }
    }

    /// Lists and objects are walked through, everything else is read and let go.
    fn value(&mut self, path: &mut String, depth: usize, visit: Visit<'_>) -> Result<(), Refusal> {
        match self.next()? {
            Some(b'{') if depth < DEEPEST => self.object(path, depth, visit),
            Some(b'[') => self.list(path, visit),
            _ => self.one(|_, _| Ok(())),
        }
    }

    fn object(&mut self, path: &mut String, depth: usize, visit: Visit<'_>) -> Result<(), Refusal> {
        let opened = self.open();
        let mut keys: HashSet<String> = HashSet::new();
        let mut is_first = true;
        loop {
            match self.next()? {
                Some(b'}') if is_first => break,
                Some(b'"') => {}
                None => return Err(self.unclosed("object", opened, "a key")),
                _ => return Err(self.refusal(&Malformed::no_name(&self.text, self.at, Open::Object(self.at)))),
            }
            is_first = false;
            let key = self.key(&mut keys)?;
            self.mark(b":", opened, "object")?;
            let before = path.len();
            if before > 0 {
                path.push('/');
            }
            path.push_str(&key);
            self.value(path, depth + 1, visit)?;
            path.truncate(before);
            if self.mark(b",}", opened, "object")? == b'}' {
                return Ok(());
            }
        }
        self.at += 1;
        Ok(())
    }

    fn list(&mut self, path: &str, visit: Visit<'_>) -> Result<(), Refusal> {
        let opened = self.open();
        if self.next()? == Some(b']') {
            self.at += 1;
            return Ok(());
        }
        loop {
            match self.next()? {
                None => return Err(self.unclosed("list", opened, "a value")),
                Some(b']' | b'}' | b',' | b':') => {
                    return Err(self.refusal(&Malformed::no_value(&self.text, self.at, Open::List(self.at))));
                }
                Some(_) => self.one(|base, value| visit(path, base, value))?,
            }
            if self.mark(b",]", opened, "list")? == b']' {
                return Ok(());
            }
        }
    }

    /// Passes the bracket that stands here, and says where in the input that was.
    fn open(&mut self) -> u64 {
        self.at += 1;
        self.base + self.at as u64 - 1
    }

    fn key(&mut self, keys: &mut HashSet<String>) -> Result<String, Refusal> {
        let (mut name, mut offset) = (String::new(), 0);
        self.one(|base, value| {
            offset = base + value.offset as u64;
            name.push_str(value.text().unwrap_or_default());
            Ok(())
        })?;
        if !keys.insert(name.clone()) {
            let offset = usize::try_from(offset - self.base.min(offset)).unwrap_or(0);
            return Err(self.refusal(&Malformed::twice(offset, &name)));
        }
        Ok(name)
    }

    /// Passes one of these marks; what stands around it was opened at a place of the input.
    fn mark(&mut self, wanted: &'static [u8], opened: u64, what: &str) -> Result<u8, Refusal> {
        let expected = match wanted {
            b":" => "«:»",
            b",}" => "«,» or «}»",
            _ => "«,» or «]»",
        };
        match self.next()? {
            Some(mark) if wanted.contains(&mark) => {
                self.at += 1;
                Ok(mark)
            }
            Some(_) => Err(self.refusal(&Malformed::unexpected(&self.text, self.at, Open::Nothing, expected))),
            None => Err(self.unclosed(what, opened, expected)),
        }
    }

    fn unclosed(&self, what: &str, opened: u64, expected: &str) -> Refusal {
        let what = format!("the {what} that begins here is never closed: {expected} was expected at the end");
        match self.input.verify_unchanged() {
            Err(changed) => changed,
            Ok(()) => self.input.refusal_at(opened, what, CUT),
        }
    }

    /// Reads the value that comes, however long it is, and passes it.
    fn one(&mut self, take: impl FnOnce(u64, Json<'_>) -> Result<(), Refusal>) -> Result<(), Refusal> {
        loop {
            self.arena.reset();
            match value(&self.text, self.at, &self.arena) {
                // a number that ends with the window may go on behind it
                Ok((value, end)) if end < self.text.len() || self.at_end() => {
                    take(self.base, value)?;
                    self.at = end;
                    return Ok(());
                }
                Err(malformed) if !malformed.cut || self.at_end() => return Err(self.refusal(&malformed)),
                _ => self.more()?,
            };
        }
    }

    /// Takes the line of so many bytes.
    fn line(&mut self, length: usize, is_last: bool, visit: Visit<'_>) -> Result<(), Refusal> {
        let line = self.text.get(self.at..self.at + length).unwrap_or_default();
        if line.trim_ascii().is_empty() {
            return Ok(());
        }
        self.arena.reset();
        let base = self.base + self.at as u64;
        let value = parse(line, &self.arena).map_err(|mut malformed| {
            if malformed.cut && !is_last {
                malformed.help =
                    "every line holds a whole object; if all lines are one document, say `format: json`".into();
            }
            refusal(self.input, base, &malformed)
        })?;
        visit("", base, value)
    }
}

/// Walks a tree that is held as [`document`] walks its text.
pub fn tree(root: Json<'_>, path: &mut String, visit: Visit<'_>) -> Result<(), Refusal> {
    match root.value {
        JsonValue::List(values) => values.iter().try_for_each(|value| visit(path, 0, *value)),
        JsonValue::Object(members) => members.iter().try_for_each(|member| {
            let before = path.len();
            if before > 0 {
                path.push('/');
            }
            path.push_str(member.name);
            tree(member.value, path, visit)?;
            path.truncate(before);
            Ok(())
        }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
            let text: String = values.iter().map(|value| value.replace('\n', " ") + "\r\n\n").collect();
            let found = walked(&text, |input, visit| lines_in(input, piece, visit)).unwrap();
            prop_assert_eq!(found.len(), values.len());
            prop_assert_eq!(without_offsets(Ok(found)), without_offsets(walked(&text, lines)));
        }
    }
}
