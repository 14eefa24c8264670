//! Why there is no outcome, in words: each thing that is wrong with its place, the
//! line and what to do.

use std::io;

use super::Out;
use super::snippet::{self, Marked};
use crate::finding::Refusal;
use crate::report::Look;
use crate::report::failure::{Failure, Wrong};
use crate::report::text::{Ink, Line};

pub(super) fn write(failure: &Failure, look: &Look, out: Out<'_>) -> io::Result<()> {
    failure.errors.iter().try_for_each(|wrong| one(wrong, look, out))?;
    let placed = failure.errors.iter().filter(|wrong| !wrong.code.is_empty()).count();
    if placed == 0 {
        return Ok(());
    }
    let errors = look.counted(super::number(failure.errors.len()), "error", "errors");
    let mut files: Vec<&str> = failure.errors.iter().map(|wrong| wrong.file.as_str()).collect();
    files.dedup();
    let place = if let [file] = files.as_slice() { format!(" in {file}") } else { String::new() };
    Line::new(look).ink(Ink::Bold, format!("{errors}{place}")).say("; nothing was read or sent").end(out)
}

fn one(wrong: &Wrong, look: &Look, out: Out<'_>) -> io::Result<()> {
    let code = if wrong.code.is_empty() { String::new() } else { format!("[{}]", wrong.code) };
    let line = Line::new(look).ink(Ink::Red, format!("error{code}")).say(": ");
    line.ink(Ink::Bold, &wrong.message).end(out)?;
    let mut gutter = 2;
    if let Some(number) = wrong.line.filter(|_| !wrong.text.is_empty()) {
        gutter = number.to_string().len();
        let column = wrong.column.unwrap_or(1);
        let line = Line::indented(look, gutter).ink(Ink::Dim, "--> ");
        line.ink(Ink::Cyan, format!("{}:{number}:{column}", wrong.file)).end(out)?;
        let start = byte_of(&wrong.text, usize::try_from(column).unwrap_or(1).saturating_sub(1));
        let rest = wrong.text.get(start..).unwrap_or_default();
        let mark = start..start + byte_of(rest, wrong.marked);
        let marked = Marked { line: number, text: &wrong.text, mark, label: &wrong.label, ink: Ink::Red };
        snippet::write(look, gutter, &marked, out)?;
    }
    if wrong.help.is_empty() {
        return Ok(());
    }
    let line = Line::indented(look, gutter + 1);
    let line = if wrong.code.is_empty() { line } else { line.ink(Ink::Dim, "= ") };
    line.ink(Ink::Bold, "help").say(": ").say(&wrong.help).end(out)
}

/// Why an input was refused, below a line that says so: its line with the place marked, and what to do.
pub(super) fn below(refusal: &Refusal, look: &Look, indent: usize, out: Out<'_>) -> io::Result<()> {
    let wrong = Wrong::from(refusal);
    if let Some(number) = wrong.line.filter(|_| !wrong.text.is_empty()) {
        let start = byte_of(&wrong.text, usize::try_from(wrong.column.unwrap_or(1)).unwrap_or(1).saturating_sub(1));
        let rest = wrong.text.get(start..).unwrap_or_default();
        let mark = start..start + byte_of(rest, wrong.marked);
        let marked = Marked { line: number, text: &wrong.text, mark, label: "", ink: Ink::Red };
        snippet::write(look, indent + number.to_string().len(), &marked, out)?;
    }
    match wrong.help.as_str() {
        "" => Ok(()),
        help => {
            Line::indented(look, indent).ink(Ink::Bold, "help").say(": ").sentence(Ink::Plain, help, indent + 6, out)
        }
    }
}

/// The byte that a character begins with.
fn byte_of(text: &str, characters: usize) -> usize {
    text.char_indices().nth(characters).map_or(text.len(), |(at, _)| at)
}
