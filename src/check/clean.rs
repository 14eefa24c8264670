//! Taking out of an offer what no feed may carry: characters that break a document or turn its
//! reading around, and the marks of a CDATA section that was cut out of a feed together with its text.

use bumpalo::Bump;

use crate::model::Value;
use crate::model::text::{carries_unwritable, held, inside_of_section, trimmed, without_unwritable};

/// Whether a text stands there as a CDATA section, markup and all. Characters that no feed may carry are seen while
/// the master is read; these are not.
pub fn has_sections(values: &[Value<'_>]) -> bool {
    values.iter().any(|value| match value {
        Value::Text(text) => inside_of_section(text).is_some(),
        Value::List(items) => items.iter().any(|item| inside_of_section(item).is_some()),
        Value::Table(rows) => rows.iter().any(|row| has_sections(row)),
        _ => false,
    })
}

/// Takes out what no feed may carry, for a pass after the one that said it.
pub fn cleaned<'b>(values: &[Value<'b>], arena: &'b Bump) -> &'b [Value<'b>] {
    let cleaned = arena.alloc_slice_copy(values);
    cleaned.iter_mut().for_each(|value| Cleaner::new(arena).value(value));
    cleaned
}

/// Takes out of values what no feed may carry.
pub(super) struct Cleaner<'b> {
    arena: &'b Bump,
    /// The characters that were taken out.
    removed: Vec<char>,
    /// The first text that held one.
    held: Option<&'b str>,
    /// The first text that was a CDATA section.
    pub unwrapped: Option<&'b str>,
}

impl<'b> Cleaner<'b> {
    pub fn new(arena: &'b Bump) -> Self {
        Cleaner { arena, removed: Vec::new(), held: None, unwrapped: None }
    }

    /// What is said of the characters that were taken out; nothing where there are none.
    pub fn message(&self, field: &str) -> Option<String> {
        let text = self.held.filter(|_| !self.removed.is_empty())?;
        Some(format!("{field} {}", held(text, &self.removed)))
    }

    /// Cleans a value. What nothing remains of is empty.
    pub fn value(&mut self, value: &mut Value<'b>) {
        match *value {
            Value::Text(text) => {
                let clean = self.text(text);
                if clean.len() < text.len() {
                    *value = if trimmed(clean).is_empty() { Value::Empty } else { Value::Text(clean) };
                }
            }
            Value::Bad(text) => *value = Value::Bad(self.text(text)),
            Value::List(items)
                if items.iter().any(|item| carries_unwritable(item) || inside_of_section(item).is_some()) =>
            {
                let clean: Vec<&'b str> = items.iter().map(|item| self.text(item)).collect();
                let clean: Vec<&'b str> = clean.into_iter().filter(|item| !trimmed(item).is_empty()).collect();
                let arena = self.arena;
                *value = if clean.is_empty() { Value::Empty } else { Value::List(arena.alloc_slice_copy(&clean)) };
            }
            Value::Table(rows) => {
                let arena = self.arena;
                let mut clean: Vec<&'b [Value<'b>]> = Vec::with_capacity(rows.len());
                for row in rows {
                    let row = arena.alloc_slice_copy(row);
                    row.iter_mut().for_each(|value| self.value(value));
                    clean.push(row);
                }
                *value = Value::Table(arena.alloc_slice_copy(&clean));
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &'b str) -> &'b str {
        let mut text = text;
        if carries_unwritable(text) {
            self.held = self.held.or(Some(text));
            text = self.arena.alloc_str(&without_unwritable(text, &mut self.removed));
        }
        while let Some(inner) = inside_of_section(text) {
            self.unwrapped = self.unwrapped.or(Some(text));
            text = inner;
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_removed_is_named_where_it_stood() {
        let arena = Bump::new();
        let mut value = Value::List(arena.alloc_slice_copy(&["ок", "Лійка\u{1f} садова\u{202e}"]));
        let mut cleaner = Cleaner::new(&arena);
        cleaner.value(&mut value);
        assert_eq!(value, Value::List(&["ок", "Лійка садова"]));
        let message = "title «Лійка\u{1f} садова\u{202e}» holds 2 of them, the first is U+001F";
        assert_eq!(cleaner.message("title").as_deref(), Some(message));
        assert_eq!(Cleaner::new(&arena).message("title"), None);
    }
}
