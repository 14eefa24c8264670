//! The reader: one value after the other by the grammar, each list and object put into the arena when it ends.

use bumpalo::Bump;

use super::fault::{Malformed, Open, Wrong};
use super::keys::Keys;
use super::{Json, JsonValue, Member};
use crate::wire::scan::skip_blanks;

/// How deep lists and objects may nest.
pub const DEEPEST: usize = 128;

/// Reads values from a text.
pub(super) struct Reader<'b> {
    pub(super) text: &'b str,
    pub(super) at: usize,
    pub(super) arena: &'b Bump,
    /// The list or object that is open.
    pub(super) open: Open,
    depth: usize,
    /// Values of the lists that are open, and members of the objects: one stack for all of them.
    values: Vec<Json<'b>>,
    members: Vec<Member<'b>>,
}

impl<'b> Reader<'b> {
    /// A reader that has nothing to read yet. Who reads many values keeps it: its stack need not grow again.
    pub(super) fn new(arena: &'b Bump) -> Self {
        Reader { text: "", at: 0, arena, open: Open::Nothing, depth: 0, values: Vec::new(), members: Vec::new() }
    }

    /// Reads one value of a text from this place on, and says where it ended. Behind a fault nothing more can be read.
    pub(super) fn read(&mut self, text: &'b str, from: usize) -> Result<(Json<'b>, usize), Malformed> {
        (self.text, self.at) = (text, from);
        match self.value() {
            Ok(json) => Ok((json, self.at)),
            Err(wrong) => Err(*wrong),
        }
    }

    /// The next byte that is not blank; `None` at the end of the text.
    #[inline(always)]
    fn next(&mut self) -> Option<u8> {
        self.at = skip_blanks(self.text.as_bytes(), self.at);
        self.text.as_bytes().get(self.at).copied()
    }

    /// The value that comes next.
    #[inline(always)]
    fn value(&mut self) -> Result<Json<'b>, Wrong> {
        let first = self.next();
        let offset = self.at;
        let value = match first {
            Some(b'"') => JsonValue::Text(self.string()?),
            Some(b'{') => self.nested(Open::Object(offset), Self::object)?,
            Some(b'[') => self.nested(Open::List(offset), Self::list)?,
            Some(b'-' | b'0'..=b'9') => JsonValue::Number(self.number()?),
            _ => self.literal()?,
        };
        Ok(Json { offset, value })
    }

    fn literal(&mut self) -> Result<JsonValue<'b>, Wrong> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let end = rest.bytes().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let value = match rest.get(..end).unwrap_or_default() {
            "true" => JsonValue::Flag(true),
            "false" => JsonValue::Flag(false),
            "null" => JsonValue::Null,
            _ => return Err(Malformed::no_value(self.text, self.at, self.open)),
        };
        self.at += end;
        Ok(value)
    }

    /// Reads what is between the brackets of a list or an object.
    fn nested(
        &mut self,
        open: Open,
        inside: impl FnOnce(&mut Self) -> Result<JsonValue<'b>, Wrong>,
    ) -> Result<JsonValue<'b>, Wrong> {
        if self.depth == DEEPEST {
            return Err(Malformed::too_deep(self.at));
        }
        let outer = std::mem::replace(&mut self.open, open);
        self.depth += 1;
        self.at += 1;
        let value = inside(self)?;
        self.depth -= 1;
        self.open = outer;
        Ok(value)
    }

    fn list(&mut self) -> Result<JsonValue<'b>, Wrong> {
        let begin = self.values.len();
        if self.next() == Some(b']') {
            self.at += 1;
            return Ok(JsonValue::List(&[]));
        }
        loop {
            let value = self.value()?;
            self.values.push(value);
            if self.goes_on(b']')? {
                continue;
            }
            let values = self.arena.alloc_slice_copy(self.values.get(begin..).unwrap_or_default());
            self.values.truncate(begin);
            return Ok(JsonValue::List(values));
        }
    }

    fn object(&mut self) -> Result<JsonValue<'b>, Wrong> {
        let begin = self.members.len();
        if self.next() == Some(b'}') {
            self.at += 1;
            return Ok(JsonValue::Object(&[]));
        }
        let mut keys = Keys::default();
        loop {
            let name = self.name()?;
            if keys.stands(name.1, self.members.get(begin..).unwrap_or_default()) {
                return Err(Malformed::twice(name.0, name.1));
            }
            let value = self.value()?;
            self.members.push(Member { name: name.1, value });
            if self.goes_on(b'}')? {
                continue;
            }
            let members = self.arena.alloc_slice_copy(self.members.get(begin..).unwrap_or_default());
            self.members.truncate(begin);
            return Ok(JsonValue::Object(members));
        }
    }

    /// The name of a member with the colon behind it, and where it stands.
    #[inline(always)]
    fn name(&mut self) -> Result<(usize, &'b str), Wrong> {
        if self.next() != Some(b'"') {
            return Err(Malformed::no_name(self.text, self.at, self.open));
        }
        let offset = self.at;
        let name = self.string()?;
        if self.next() != Some(b':') {
            return Err(Malformed::unexpected(self.text, self.at, self.open, "«:»"));
        }
        self.at += 1;
        Ok((offset, name))
    }

    /// Goes past the comma or the closing bracket that must stand here; says whether it was the comma.
    #[inline(always)]
    fn goes_on(&mut self, close: u8) -> Result<bool, Wrong> {
        let next = self.next();
        if next == Some(b',') || next == Some(close) {
            self.at += 1;
            return Ok(next == Some(b','));
        }
        let expected = if close == b']' { "«,» or «]»" } else { "«,» or «}»" };
        Err(Malformed::unexpected(self.text, self.at, self.open, expected))
    }
}
