//! Reading a tree key by key: a table of the keys that are possible, the nearest
//! one suggested for a key that is not, and wrong kinds named with their place.

use super::{Node, Problem, Problems, Scalar, Text};
use crate::model::{nearest, suggestion};

/// One key that is possible in a map: the table feeds messages, docs and the schema.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What it means, for people.
    pub about: &'static str,
    /// A key that a later version will know: refused until then, by name.
    pub later: bool,
    /// What stands behind it, where the documents tell it: `path`, `list`.
    pub kind: &'static str,
    /// Whether it must be there.
    pub needed: bool,
    /// What holds where nothing is said.
    pub usual: &'static str,
    /// How it is written, with keys that it needs beside it: `column: Вага, unit: kg`.
    pub example: &'static str,
}

/// A key of this version.
pub const fn key(name: &'static str, about: &'static str) -> Key {
    Key { name, about, later: false, kind: "", needed: false, usual: "", example: "" }
}

/// A key that a later version will know.
pub const fn later(name: &'static str, about: &'static str) -> Key {
    Key { later: true, ..key(name, about) }
}

impl Key {
    /// With what stands behind it.
    pub const fn is(self, kind: &'static str) -> Key {
        Key { kind, ..self }
    }

    /// As one that must be there.
    pub const fn needed(self) -> Key {
        Key { needed: true, ..self }
    }

    /// With what holds where nothing is said.
    pub const fn usual(self, usual: &'static str) -> Key {
        Key { usual, ..self }
    }

    /// With how it is written.
    pub const fn like(self, example: &'static str) -> Key {
        Key { example, ..self }
    }
}

/// A map that is being read.
#[derive(Debug, Clone, Copy)]
pub struct Map<'n> {
    /// The node of the map.
    pub node: &'n Node,
    pairs: &'n [(Text, Node)],
    problems: &'n Problems,
}

impl Node {
    /// The node as a map whose keys are `keys`; `what` names it in messages (`a channel`).
    /// Unknown keys and keys of a later version are problems at once.
    pub fn map<'n>(&'n self, what: &str, keys: &[Key], problems: &'n Problems) -> Option<Map<'n>> {
        let map = self.open_map(what, problems)?;
        for (name, _) in map.pairs {
            match keys.iter().find(|key| key.name == name.text) {
                None => map.unknown(what, name, keys.iter().filter(|key| !key.later).map(|key| key.name)),
                Some(key) if key.later => {
                    let what = format!("`{}` is not possible yet: {}", key.name, key.about);
                    problems.add(self.problem_at(name.bytes.clone(), "config/not-yet", what, "remove it for now"));
                }
                Some(_) => {}
            }
        }
        Some(map)
    }

    /// The node as a map with keys of the writer's own choosing.
    pub fn open_map<'n>(&'n self, what: &str, problems: &'n Problems) -> Option<Map<'n>> {
        match &self.value {
            Scalar::Map(pairs) => Some(Map { node: self, pairs, problems }),
            _ => {
                self.wrong_kind(what, "a map", problems);
                None
            }
        }
    }

    /// The node as a list; `what` names it in messages.
    pub fn list<'n>(&'n self, what: &str, problems: &Problems) -> Option<&'n [Node]> {
        match &self.value {
            Scalar::List(items) => Some(items),
            _ => {
                self.wrong_kind(what, "a list", problems);
                None
            }
        }
    }

    /// The node as a list, or as the single item of one.
    pub fn one_or_list(&self) -> &[Node] {
        match &self.value {
            Scalar::List(items) => items,
            _ => std::slice::from_ref(self),
        }
    }

    /// The node as text; a number or a word is text too.
    pub fn text<'n>(&'n self, what: &str, problems: &Problems) -> Option<&'n str> {
        match &self.value {
            Scalar::Text(text) if !self.is_null() => Some(&text.text),
            _ => {
                self.wrong_kind(what, "a text", problems);
                None
            }
        }
    }

    /// Whether it is exactly this text.
    pub fn is_word(&self, word: &str) -> bool {
        matches!(&self.value, Scalar::Text(text) if text.text == word)
    }

    /// The node as `true` or `false`; `yes`, `no`, `on` are words.
    pub fn flag(&self, what: &str, problems: &Problems) -> Option<bool> {
        match &self.value {
            Scalar::Text(text) if text.text == "true" => Some(true),
            Scalar::Text(text) if text.text == "false" => Some(false),
            _ => {
                let wanted = match &self.value {
                    Scalar::Text(text) if is_yes(&text.text) => "true, not a word for it,",
                    Scalar::Text(text) if is_no(&text.text) => "false, not a word for it,",
                    _ => "true or false",
                };
                let label = format!("{wanted} is expected here, this is {}", self.in_words());
                problems.add(self.problem("config/kind", format!("{what} must be true or false"), label));
                None
            }
        }
    }

    /// The node as one of several words; the nearest is suggested.
    pub fn word<'w, T: Copy>(
        &self,
        what: &str,
        words: impl IntoIterator<Item = (&'w str, T)>,
        problems: &Problems,
    ) -> Option<T> {
        let text = self.text(what, problems)?;
        let words: Vec<(&str, T)> = words.into_iter().collect();
        let found = words.iter().find(|word| word.0 == text).map(|word| word.1);
        if found.is_none() {
            let names: Vec<&str> = words.iter().map(|word| word.0).collect();
            let label = match nearest(text, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`? Possible: {}", names.join(", ")),
                None => format!("possible: {}", names.join(", ")),
            };
            problems.add(self.problem("config/value", format!("`{text}` is no {what}"), label));
            // the word that was meant keeps one slip from being said in every place that follows from it
            let near = nearest(text, names.iter().copied());
            return words.iter().find(|word| Some(word.0) == near).map(|word| word.1);
        }
        found
    }

    /// The node parsed by its type's own rules; `wanted` says what is expected (`a whole number`).
    pub fn parsed<T: std::str::FromStr>(&self, what: &str, wanted: &str, problems: &Problems) -> Option<T> {
        let parsed = match &self.value {
            Scalar::Text(text) => text.text.parse().ok(),
            _ => None,
        };
        if parsed.is_none() {
            self.wrong_kind(what, wanted, problems);
        }
        parsed
    }

    fn wrong_kind(&self, what: &str, wanted: &str, problems: &Problems) {
        let label = format!("{wanted} is expected here, this is {}", self.in_words());
        let help = match &self.value {
            Scalar::Text(text) if wanted == "a map" && !text.quoted && is_glued(&text.text) => {
                "put a blank behind the colon: without it this is one text"
            }
            Scalar::List(_) if wanted == "a map" => "write names with a colon, `name: value`, without dashes and [ ]",
            _ => "",
        };
        let problem = self.problem("config/kind", format!("{what} must be {wanted}"), label);
        problems.add(Problem { help: help.to_owned(), ..problem });
    }
}

/// Whether a text is a key and a value with no blank between them; an address is none.
fn is_glued(text: &str) -> bool {
    let name = text.split_once(':').filter(|parts| !parts.1.is_empty() && !parts.1.starts_with("//"));
    name.is_some_and(|(name, _)| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'))
}

/// Words by which older YAML said `true`.
pub fn is_yes(word: &str) -> bool {
    matches!(word.to_ascii_lowercase().as_str(), "yes" | "on" | "y" | "true")
}

/// Words by which older YAML said `false`.
pub fn is_no(word: &str) -> bool {
    matches!(word.to_ascii_lowercase().as_str(), "no" | "off" | "n" | "false")
}

impl<'n> Map<'n> {
    /// The value of a key.
    pub fn get(&self, name: &str) -> Option<&'n Node> {
        self.pairs.iter().find(|pair| pair.0.text == name).map(|pair| &pair.1)
    }

    /// The value of a key that must be there.
    pub fn required(&self, what: &str, name: &str) -> Option<&'n Node> {
        let value = self.get(name);
        if value.is_none() {
            let what = format!("{what} needs `{name}`");
            self.problems.add(self.node.problem("config/missing-key", what, format!("add `{name}`")));
        }
        value
    }

    /// The place of a key's name.
    pub fn key_text(&self, name: &str) -> Option<&'n Text> {
        self.pairs.iter().find(|pair| pair.0.text == name).map(|pair| &pair.0)
    }

    /// Keys and values, in order.
    pub fn pairs(&self) -> &'n [(Text, Node)] {
        self.pairs
    }

    /// Where problems go.
    pub fn problems(&self) -> &'n Problems {
        self.problems
    }

    /// Says that a key is not possible here, and which is nearest.
    pub fn unknown<'k>(&self, what: &str, name: &Text, possible: impl IntoIterator<Item = &'k str>) {
        let message = format!("{what} has no key `{}`", name.text);
        let possible: Vec<&str> = possible.into_iter().collect();
        let is_cyrillic = |letter: char| matches!(letter, '\u{400}'..='\u{52f}');
        let help = match nearest(&name.text, possible.iter().copied()) {
            _ if name.text == "<<" => "merge keys are no YAML 1.2: write out here what the anchor has".to_owned(),
            Some(near) if name.text.contains(is_cyrillic) => {
                format!("some letters here are Cyrillic and only look like Latin ones: type `{near}` anew")
            }
            None if name.text.contains(is_cyrillic) => {
                format!("keys are English words; each is explained in {}", self.problems.told_in())
            }
            None => format!("every key is explained in {}", self.problems.told_in()),
            Some(_) => String::new(),
        };
        let label = suggestion(&name.text, possible, self.problems.told_in());
        let problem = self.node.problem_at(name.bytes.clone(), "config/unknown-key", message, label);
        self.problems.add(Problem { help, ..problem });
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Document, parse};
    use super::*;

    #[test]
    fn an_unknown_key_names_the_nearest() {
        let problems = Problems::default();
        let node = parse(Document { name: "x".into(), text: "stok: 1\n".into() }, &problems).unwrap();
        node.map("a channel", &[key("stock", ""), key("feed", ""), later("deliver", "push")], &problems);
        let list = problems.take();
        assert_eq!(list[0].what, "a channel has no key `stok`");
        assert_eq!(list[0].label, "did you mean `stock`? Possible here: stock, feed");
    }

    #[test]
    fn a_later_key_is_refused_by_name() {
        let problems = Problems::default();
        let node = parse(Document { name: "x".into(), text: "deliver: 1\n".into() }, &problems).unwrap();
        node.map("a channel", &[later("deliver", "handing feeds over comes with push")], &problems);
        assert_eq!(problems.take()[0].what, "`deliver` is not possible yet: handing feeds over comes with push");
    }

    #[test]
    fn yes_is_a_word() {
        let problems = Problems::default();
        let node = parse(Document { name: "x".into(), text: "yes\n".into() }, &problems).unwrap();
        assert_eq!(node.flag("volatile", &problems), None);
        assert_eq!(problems.take()[0].what, "volatile must be true or false");
    }
}
