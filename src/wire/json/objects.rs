//! The objects of a block, all of them read before anybody works on one: what nobody looks at is as
//! strictly read as the rest.

use bumpalo::Bump;
use bumpalo::collections::Vec as ArenaVec;

use super::fault::{Malformed, Open};
use super::reader::Reader;
use super::{Json, JsonValue, lines};
use crate::wire::blocks::Block;
use crate::wire::scan::skip_blanks;

/// The objects of one block.
#[derive(Debug, Clone, Copy)]
pub struct ObjectBlock<'b> {
    /// Its text. The offsets of all values count from its front, so that `block.offset + offset` is a place in the input.
    pub block: Block<'b>,
    /// The objects in their order.
    pub objects: &'b [Json<'b>],
    /// Lives as long as the block.
    pub arena: &'b Bump,
    /// Which of the paths led here; 0 where there are none.
    pub path: usize,
}

/// The objects of a block of lines.
pub type LineBlock<'b> = ObjectBlock<'b>;

/// What helps where an object does not end with its line.
const WHOLE_LINES: &str = "every line holds a whole object; if all lines are one document, say `format: json`";

/// Reads lines that hold an object each; blank ones aside.
pub(super) fn of_lines<'b>(text: &'b str, arena: &'b Bump) -> Result<&'b [Json<'b>], Malformed> {
    let (mut reader, mut objects) = (Reader::new(arena), ArenaVec::new_in(arena));
    for (offset, line) in lines(text) {
        // up to the end of the line, yet with offsets of the whole text
        let line_end = offset + line.len();
        let to_line_end = text.get(..line_end).unwrap_or_default();
        let (object, end) = object(&mut reader, to_line_end, offset, "every line").map_err(|malformed| {
            // a file that is cut ends there; where a line break follows, it is the line that is not whole
            match malformed.cut && line_end < text.len() {
                true => Malformed { help: WHOLE_LINES.into(), ..malformed },
                false => malformed,
            }
        })?;
        let behind = skip_blanks(to_line_end.as_bytes(), end);
        if behind < line_end {
            return Err(Malformed::behind_line(to_line_end, behind));
        }
        objects.push(object);
    }
    Ok(objects.into_bump_slice())
}

/// Reads elements of a list with commas between; one may follow the last.
pub(super) fn of_list<'b>(text: &'b str, arena: &'b Bump) -> Result<&'b [Json<'b>], Malformed> {
    let (mut reader, mut objects) = (Reader::new(arena), ArenaVec::new_in(arena));
    let mut at = skip_blanks(text.as_bytes(), 0);
    while at < text.len() {
        let (object, end) = object(&mut reader, text, at, "every element of this list")?;
        objects.push(object);
        at = skip_blanks(text.as_bytes(), end);
        if at < text.len() {
            if text.as_bytes().get(at) != Some(&b',') {
                return Err(*Malformed::unexpected(text, at, Open::Nothing, "«,» or «]»"));
            }
            at = skip_blanks(text.as_bytes(), at + 1);
        }
    }
    Ok(objects.into_bump_slice())
}

fn object<'b>(reader: &mut Reader<'b>, text: &'b str, from: usize, each: &str) -> Result<(Json<'b>, usize), Malformed> {
    let (json, end) = reader.read(text, from)?;
    match json.value {
        JsonValue::Object(_) => Ok((json, end)),
        _ => Err(Malformed::no_object(text, json, each)),
    }
}
