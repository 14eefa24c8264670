//! What is said of a text that is no JSON: the place, what stands there, what was expected.

use super::Json;
use crate::finding::Refusal;
use crate::wire::input::Input;
use crate::wire::wording::{CUT, shown};

/// Why a text is no JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    /// Where, in bytes from the front of the text; where the text ends too early, what was opened and not closed.
    pub offset: usize,
    /// What is wrong, with what stands there quoted.
    pub what: String,
    /// What to do; may be empty.
    pub help: String,
    /// Whether the text ends too early: more of it may mend that.
    pub cut: bool,
}

/// A fault is rare, a value is not: the reader hands it up in a box.
pub(super) type Wrong = Box<Malformed>;

/// What is open around a place, and where it was opened.
#[derive(Debug, Clone, Copy)]
pub(super) enum Open {
    Nothing,
    List(usize),
    Object(usize),
}

/// What JSON has, for whoever wrote something else.
const VALUES: &str =
    "a value is a text in double quotes, a number, true, false, null, a list in [ ] or an object in { }";

/// Words a refusal. `base` is where the text begins in the input.
pub fn refusal(input: &Input, base: u64, malformed: &Malformed) -> Refusal {
    match input.verify_unchanged() {
        Err(changed) => changed,
        Ok(()) => input.refusal_at(base + malformed.offset as u64, &malformed.what, &malformed.help),
    }
}

#[cold]
fn bad(offset: usize, what: impl Into<String>, help: impl Into<String>) -> Wrong {
    Box::new(Malformed { offset, what: what.into(), help: help.into(), cut: false })
}

#[cold]
fn cut(offset: usize, what: impl Into<String>) -> Wrong {
    Box::new(Malformed { offset, what: what.into(), help: CUT.into(), cut: true })
}

impl Malformed {
    /// Something else than the marks that may stand here.
    #[cold]
    pub(super) fn unexpected(text: &str, at: usize, open: Open, expected: &str) -> Wrong {
        if at >= text.len() {
            return ends_in(open, at, expected);
        }
        let help = match text.as_bytes().get(at) {
            Some(b'/' | b'#') => "JSON has no comments: remove it",
            Some(b'"' | b'{' | b'[') if expected.contains(',') => "is a comma missing before it?",
            _ => "",
        };
        bad(at, format!("{} stands where {expected} was expected", word(text, at)), help)
    }

    /// No value where one must stand.
    #[cold]
    pub(super) fn no_value(text: &str, at: usize, open: Open) -> Wrong {
        let rest = text.get(at..).unwrap_or_default();
        if rest.is_empty() {
            return ends_in(open, at, "a value");
        }
        if ["true", "false", "null"].iter().any(|whole| whole.starts_with(rest)) {
            return cut(at, format!("the text ends in the middle of a word: «{rest}»"));
        }
        if rest.starts_with([',', ']', '}', ':', '/', '#']) {
            let help = match (rest.as_bytes().first(), open) {
                (Some(b']'), Open::List(_)) => "remove the comma before it",
                (Some(b'/' | b'#'), _) => "JSON has no comments: remove it",
                _ => VALUES,
            };
            return bad(at, format!("{} stands where a value was expected", word(text, at)), help);
        }
        let help = match rest.as_bytes().first() {
            Some(b'\'') => "texts stand in double quotes",
            Some(b'+' | b'.') => "write the number without +, and with a digit before the dot",
            _ => VALUES,
        };
        bad(at, format!("{} is no value", word(text, at)), help)
    }

    /// No name where one must stand.
    #[cold]
    pub(super) fn no_name(text: &str, at: usize, open: Open) -> Wrong {
        let mut wrong = Malformed::unexpected(text, at, open, "a key");
        if !wrong.cut && wrong.help.is_empty() {
            let is_end = text.as_bytes().get(at) == Some(&b'}');
            wrong.help =
                if is_end { "remove the comma before it" } else { "keys stand in double quotes: \"price\"" }.into();
        }
        wrong
    }

    /// A key that the object has already.
    #[cold]
    pub(super) fn twice(offset: usize, key: &str) -> Wrong {
        let what = format!("the key «{}» stands twice in one object", shown(key));
        bad(offset, what, "keep one of the two: readers do not agree on which one counts")
    }

    /// A list or object inside of too many others.
    #[cold]
    pub(super) fn too_deep(offset: usize) -> Wrong {
        let what = format!("lists and objects are nested more than {} deep", super::DEEPEST);
        bad(offset, what, "no listing is as deep as that: make the file again")
    }

    /// A value that is whole and no object.
    #[cold]
    pub(super) fn no_object(text: &str, value: Json<'_>, each: &str) -> Malformed {
        let what = format!("{} stands where an object was expected", word(text, value.offset));
        *bad(value.offset, what, format!("{each} is one object: {{\"id\": …}}"))
    }

    /// Something behind the end.
    #[cold]
    pub(super) fn behind(text: &str, at: usize) -> Wrong {
        let what = format!("{} stands behind the end of the document", word(text, at));
        bad(at, what, "a document is one value: remove what follows it, or put all values into one list")
    }

    /// Something behind the object of a line.
    #[cold]
    pub(super) fn behind_line(text: &str, at: usize) -> Malformed {
        let what = format!("{} stands behind the object of this line", word(text, at));
        *bad(at, what, "write each object in a line of its own")
    }

    /// A number that begins with a zero of no use.
    #[cold]
    pub(super) fn leading_zero(text: &str, at: usize) -> Wrong {
        let what = format!("the number {} begins with a zero", word(text, at));
        bad(at, what, "remove the zero; what is no amount but a code stands in double quotes")
    }

    /// A number that begins at `from` and has no digit at `at`.
    #[cold]
    pub(super) fn no_digit(text: &str, from: usize, at: usize, open: Open) -> Wrong {
        let begun = text.get(from..at).unwrap_or_default();
        if at >= text.len() {
            let place = open.place().unwrap_or(from);
            return cut(place, format!("the text ends in the middle of the number «{}»", shown(begun)));
        }
        let what = format!("{} is no number: a digit is missing behind «{}»", word(text, from), shown(begun));
        bad(from, what, "write 0.5 and not .5, 5 and not 5. or +5")
    }

    /// A text that is never closed.
    #[cold]
    pub(super) fn unclosed_text(text: &str, opened: usize) -> Wrong {
        let begun = text.get(opened + 1..).unwrap_or_default();
        cut(opened, format!("the quote opened before «{}» is never closed", shown(begun)))
    }

    /// A character in a text that must be escaped.
    #[cold]
    pub(super) fn control(text: &str, at: usize) -> Wrong {
        let byte = text.as_bytes().get(at).copied().unwrap_or_default();
        let what = format!("the character U+{byte:04X} stands unescaped in a text");
        let help = match byte {
            b'\n' | b'\r' => "write a line break in a text as \\n; is a closing quote missing?".into(),
            b'\t' => "write it as \\t".into(),
            _ => format!("write it as \\u{byte:04x}, or remove it where the file is made"),
        };
        bad(at, what, help)
    }

    /// A backslash that escapes nothing.
    #[cold]
    pub(super) fn no_escape(text: &str, at: usize) -> Wrong {
        let rest = text.get(at..).unwrap_or_default();
        let length = if rest.starts_with("\\u") { 6 } else { 2 };
        let escape: String = rest.chars().take(length).take_while(|character| *character != '"').collect();
        bad(at, format!("«{}» is no escape", shown(&escape)), "write a backslash in a text twice: \\\\")
    }

    /// Half of a pair.
    #[cold]
    pub(super) fn half(text: &str, at: usize) -> Wrong {
        let half = text.get(at..at + 6).unwrap_or_default();
        bad(at, format!("«{half}» is half a character, and its other half is missing"), "make the file again")
    }
}

/// The text ends inside of what is open.
#[cold]
fn ends_in(open: Open, end: usize, expected: &str) -> Wrong {
    match open {
        Open::Nothing => cut(end, format!("the text ends where {expected} was expected")),
        Open::List(at) => cut(at, format!("the list that begins here is never closed: {expected} was expected")),
        Open::Object(at) => cut(at, format!("the object that begins here is never closed: {expected} was expected")),
    }
}

impl Open {
    fn place(self) -> Option<usize> {
        match self {
            Open::Nothing => None,
            Open::List(at) | Open::Object(at) => Some(at),
        }
    }
}

/// What stands at a place, as a message quotes it: a mark, or all up to the next one.
fn word(text: &str, at: usize) -> String {
    let rest = text.get(at..).unwrap_or_default();
    let marks = |character: char| character.is_ascii_whitespace() || ",:[]{}\"".contains(character);
    let end = match rest.strip_prefix('"') {
        Some(inner) => inner.find(['"', '\n']).map_or(rest.len(), |end| end + 1),
        None => rest.find(marks).unwrap_or(rest.len()),
    };
    let first = rest.chars().next().map_or(0, char::len_utf8);
    let quoted = rest.get(..end.max(first)).unwrap_or_default();
    format!("«{}»", shown(quoted.strip_prefix('"').unwrap_or(quoted)))
}
