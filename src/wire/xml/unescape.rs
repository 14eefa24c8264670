//! From text as it stands to text as it is meant.

use bumpalo::Bump;
use bumpalo::collections::String as ArenaString;

use super::references;
use super::token::{Form, RawText};

/// What a raw text means: references resolved, line ends made LF, an attribute's white space made blanks.
/// Text that means what it says is not copied.
#[inline]
pub fn unescape<'b>(text: RawText<'b>, arena: &'b Bump) -> &'b str {
    if text.form == Form::Plain { text.raw } else { meant(text, arena) }
}

/// The same for a text in which there may be something to do.
fn meant<'b>(text: RawText<'b>, arena: &'b Bump) -> &'b str {
    let raw = text.raw;
    let mark = |from: usize| next_mark(raw.as_bytes(), from, text.form);
    let Some(first) = mark(0) else { return raw };
    let mut meant = ArenaString::with_capacity_in(raw.len(), arena);
    let mut done = 0;
    let mut next = Some(first);
    while let Some(at) = next {
        meant.push_str(raw.get(done..at).unwrap_or_default());
        done = match raw.as_bytes().get(at) {
            Some(b'&') => resolve(raw, at, &mut meant),
            Some(b'\r') => {
                meant.push(if text.form == Form::Value { ' ' } else { '\n' });
                at + 1 + usize::from(raw.as_bytes().get(at + 1) == Some(&b'\n'))
            }
            _ => {
                meant.push(' ');
                at + 1
            }
        };
        next = mark(done);
    }
    meant.push_str(raw.get(done..).unwrap_or_default());
    meant.into_bump_str()
}

/// The next byte that does not stand for itself.
fn next_mark(bytes: &[u8], from: usize, form: Form) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let found = match form {
        Form::Plain => None,
        Form::LineEnds => memchr::memchr(b'\r', rest),
        Form::Escaped => memchr::memchr2(b'&', b'\r', rest),
        Form::Value => rest.iter().position(|byte| matches!(byte, b'&' | b'\t' | b'\n' | b'\r')),
    };
    found.map(|found| from + found)
}

/// Adds the character of the reference at `at`; the lexer has checked it. Gives the place behind it.
fn resolve(raw: &str, at: usize, meant: &mut ArenaString<'_>) -> usize {
    match references::reference(raw, at) {
        Ok((character, end)) => {
            meant.push(character);
            end
        }
        Err(_) => {
            meant.push('&');
            at + 1
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(raw: &str, form: Form) -> String {
        unescape(RawText { raw, form }, &Bump::new()).into()
    }

    #[test]
    fn line_ends_are_one_and_references_stay_what_they_are() {
        assert_eq!(meant("a\r\nb\rc\nd", Form::Escaped), "a\nb\nc\nd");
        assert_eq!(meant("a\r\nb &amp;", Form::LineEnds), "a\nb &amp;");
        assert_eq!(meant("&lt;b&gt;&#13;\r\n&#x406;&amp;lt;", Form::Escaped), "<b>\r\nІ&lt;");
        assert_eq!(meant("a\tb\r\nc\n&#9;&#10;d", Form::Value), "a b c \t\nd");
        assert_eq!(meant("\r", Form::LineEnds), "\n");
    }

    #[test]
    fn plain_text_is_not_copied() {
        let arena = Bump::new();
        let raw = "Термокружка & all";
        assert_eq!(unescape(RawText { raw, form: Form::Plain }, &arena).as_ptr(), raw.as_ptr());
        let raw = "nothing to do";
        assert_eq!(unescape(RawText { raw, form: Form::Value }, &arena).as_ptr(), raw.as_ptr());
        assert_eq!(arena.allocated_bytes(), 0);
    }
}
