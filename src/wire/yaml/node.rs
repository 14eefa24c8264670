//! The tree of a YAML document. Scalars stay text: whoever reads them knows which
//! kind is wanted, so `1.10` stays `1.10` and `NO` stays a country.

use std::ops::Range;
use std::sync::Arc;

use granit_parser::{Event, Parser, ScalarStyle};

use super::{Document, Problem, Problems};

/// How many nodes a document may have once its aliases are written out: a bound for hostile files.
const MOST_NODES: usize = 200_000;
/// How deep nodes may nest.
const DEEPEST: usize = 64;

/// A key or value with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The text, unescaped.
    pub text: String,
    /// Where it stands, quotes included.
    pub bytes: Range<usize>,
    /// Whether it stood in quotes.
    pub quoted: bool,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scalar {
    /// Text, a number, a word.
    Text(Text),
    /// A list.
    List(Vec<Node>),
    /// Keys with values, in order; no key stands twice.
    Map(Vec<(Text, Node)>),
}

/// A node of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub value: Scalar,
    /// Where it stands.
    pub bytes: Range<usize>,
    /// The document it stands in.
    pub document: Arc<Document>,
}

impl Node {
    /// Whether it is a plain `null`, `~` or nothing.
    pub fn is_null(&self) -> bool {
        matches!(&self.value, Scalar::Text(text) if !text.quoted && matches!(text.text.as_str(), "" | "~" | "null"))
    }

    /// A problem at this node.
    pub fn problem(&self, code: &'static str, what: impl Into<String>, label: impl Into<String>) -> Problem {
        problem_at(&self.document, self.bytes.clone(), code, what, label)
    }

    /// A problem at a key or text of this node's document.
    pub fn problem_at(
        &self,
        bytes: Range<usize>,
        code: &'static str,
        what: impl Into<String>,
        label: impl Into<String>,
    ) -> Problem {
        problem_at(&self.document, bytes, code, what, label)
    }

    /// Its kind in words, for messages.
    pub fn in_words(&self) -> &'static str {
        match self.value {
            Scalar::Text(_) if self.is_null() => "nothing",
            Scalar::Text(_) => "a text",
            Scalar::List(_) => "a list",
            Scalar::Map(_) => "a map",
        }
    }
}

/// A problem at a place of a document.
pub fn problem_at(
    document: &Arc<Document>,
    bytes: Range<usize>,
    code: &'static str,
    what: impl Into<String>,
    label: impl Into<String>,
) -> Problem {
    Problem { code, what: what.into(), label: label.into(), help: String::new(), document: document.clone(), bytes }
}

/// Reads one document. What is wrong with it goes to `problems`; `None` where no tree came of it.
pub fn parse(document: Document, problems: &Problems) -> Option<Node> {
    let document = Arc::new(document);
    let text = document.text.clone();
    let mut builder =
        Builder { document: document.clone(), problems, open: Vec::new(), anchors: Vec::new(), root: None, nodes: 0 };
    for event in Parser::new_from_str(&text) {
        match event {
            Ok((event, span)) => {
                let range = span.byte_range().unwrap_or(0..0);
                builder.event(event, range)?;
            }
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(0).min(text.len());
                let (what, label) = in_plain_words(&error.info());
                builder.refuse(at..(at + 1).min(text.len()), &what, label);
                return None;
            }
        }
    }
    if builder.root.is_none() {
        builder.refuse(0..0, "the file is empty", "");
    }
    builder.root
}

/// A list or map that is not closed yet.
struct Open {
    anchor: Option<usize>,
    start: usize,
    items: Vec<Node>,
    /// `Some` for a map; keys waiting for their value stand last in `items`.
    pairs: Option<Vec<(Text, Node)>>,
}

struct Builder<'p> {
    document: Arc<Document>,
    problems: &'p Problems,
    open: Vec<Open>,
    anchors: Vec<(usize, Node)>,
    root: Option<Node>,
    nodes: usize,
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) -> Option<()> {
        let anchor = event.anchor_id();
        match event {
            Event::Scalar(text, style, ..) => {
                let quoted = !matches!(style, ScalarStyle::Plain);
                let value = Scalar::Text(Text { text: text.into_owned(), bytes: range.clone(), quoted });
                self.close(anchor, value, range)
            }
            Event::SequenceStart(..) => self.begin(anchor, range.start, None),
            Event::MappingStart(..) => self.begin(anchor, range.start, Some(Vec::new())),
            Event::SequenceEnd | Event::MappingEnd => {
                let open = self.open.pop()?;
                let bytes = open.start..range.end.max(open.start);
                let value = match open.pairs {
                    Some(pairs) => Scalar::Map(pairs),
                    None => Scalar::List(open.items),
                };
                self.close(open.anchor, value, bytes)
            }
            Event::Alias(id) => {
                let Some(node) = self.anchors.iter().find(|anchor| anchor.0 == id).map(|anchor| anchor.1.clone())
                else {
                    self.refuse(range, "an alias to something that is not complete yet", "");
                    return None;
                };
                self.nodes += size(&node);
                self.close(None, node.value, range)
            }
            Event::DocumentStart(..) if self.root.is_some() => {
                self.refuse(range, "a second document begins here; one is expected", "");
                None
            }
            _ => Some(()),
        }
    }

    fn begin(&mut self, anchor: Option<usize>, start: usize, pairs: Option<Vec<(Text, Node)>>) -> Option<()> {
        if self.open.len() >= DEEPEST {
            self.refuse(start..start, "nested too deep", "");
            return None;
        }
        self.open.push(Open { anchor, start, items: Vec::new(), pairs });
        Some(())
    }

    fn close(&mut self, anchor: Option<usize>, value: Scalar, bytes: Range<usize>) -> Option<()> {
        self.nodes += 1;
        if self.nodes > MOST_NODES {
            self.refuse(bytes, "too many nodes", "");
            return None;
        }
        let node = Node { value, bytes, document: self.document.clone() };
        if let Some(id) = anchor {
            self.anchors.push((id, node.clone()));
        }
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return Some(());
        };
        open.items.push(node);
        self.pair()
    }

    /// Joins a key and its value once both are there.
    fn pair(&mut self) -> Option<()> {
        let Some(open) = self.open.last_mut() else { return Some(()) };
        let Some(pairs) = &mut open.pairs else { return Some(()) };
        if open.items.len() < 2 {
            return Some(());
        }
        let (value, key) = (open.items.pop()?, open.items.pop()?);
        let Scalar::Text(key_text) = key.value else {
            self.refuse(key.bytes, "a key must be a text", "");
            return None;
        };
        if let Some(first) = pairs.iter().find(|pair| pair.0.text == key_text.text) {
            let line = Problem { bytes: first.0.bytes.clone(), ..value.problem("", "", "") }.line_and_column().0;
            let what = format!("the key `{}` stands twice", key_text.text);
            self.problems.add(value.problem_at(
                key_text.bytes,
                "config/equal-keys",
                what,
                format!("already in line {line}"),
            ));
            return Some(());
        }
        pairs.push((key_text, value));
        Some(())
    }

    fn refuse(&self, bytes: Range<usize>, what: &str, label: &str) {
        self.problems.add(problem_at(&self.document, bytes, "config/yaml", what, label));
    }
}

/// What the parser found wrong, for people who indent by eye; and what to look at.
pub(super) fn in_plain_words(said: &str) -> (String, &'static str) {
    if said.contains("mapping values are not allowed") {
        let label = "indent it like the keys beside it; a text that holds `: ` stands in quotes";
        return ("no key can stand here".to_owned(), label);
    }
    if said.contains("tabs disallowed") {
        return ("a tab stands before this key".to_owned(), "indent it with blanks");
    }
    if said.contains("recursion limit") {
        return ("this nests too deep".to_owned(), "no file needs so many levels: write it flatter");
    }
    if said.contains("unknown anchor") {
        let label = "`*name` needs an anchor `&name` before it; a text that begins with `*` stands in quotes";
        return ("nothing is anchored by this name".to_owned(), label);
    }
    if said.contains("unexpected character") {
        return ("a bare text cannot begin with this sign".to_owned(), "put the text in quotes");
    }
    if said.contains("unclosed quote") {
        return ("this quote is never closed".to_owned(), "close it: all that follows is inside of it");
    }
    if said.contains("did not find expected key") {
        let label = "indent it like the lines that it belongs to, and close what is open before it";
        return ("this belongs to nothing before it".to_owned(), label);
    }
    (format!("this is not YAML: {said}"), "look at the indentation and the quotes, here and in the line before")
}

fn size(node: &Node) -> usize {
    match &node.value {
        Scalar::Text(_) => 1,
        Scalar::List(items) => 1 + items.iter().map(size).sum::<usize>(),
        Scalar::Map(pairs) => 1 + pairs.iter().map(|pair| size(&pair.1)).sum::<usize>(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Option<Node>, Vec<Problem>) {
        let problems = Problems::default();
        let node = parse(Document { name: "x.yaml".into(), text: text.into() }, &problems);
        (node, problems.take())
    }

    #[test]
    fn scalars_stay_text_and_know_their_place() {
        let (node, problems) = read("a: 1.10\nб: [NO, \"x\"]\n");
        assert!(problems.is_empty(), "{problems:?}");
        let Scalar::Map(pairs) = node.unwrap().value else { panic!() };
        assert_eq!(pairs[0].1.value, Scalar::Text(Text { text: "1.10".into(), bytes: 3..7, quoted: false }));
        assert_eq!(pairs[1].0.text, "б");
        assert_eq!(pairs[1].0.bytes, 8..10);
    }

    #[test]
    fn equal_keys_name_the_first_line() {
        let (_, problems) = read("a: 1\nb: 2\na: 3\n");
        assert_eq!(problems[0].code, "config/equal-keys");
        assert_eq!(problems[0].label, "already in line 1");
        assert_eq!(problems[0].line_and_column(), (3, 1));
    }

    #[test]
    fn a_bomb_of_aliases_is_refused() {
        let mut text = String::from("a: &a [x,x,x,x,x,x,x,x,x]\n");
        for (name, before) in ["b", "c", "d", "e", "f", "g", "h"].iter().zip(["a", "b", "c", "d", "e", "f", "g"]) {
            text.push_str(&format!("{name}: &{name} [{}]\n", vec![format!("*{before}"); 9].join(",")));
        }
        let (node, problems) = read(&text);
        assert!(node.is_none());
        assert_eq!(problems[0].what, "too many nodes");
    }

    #[test]
    fn broken_yaml_has_a_place() {
        let (node, problems) = read("a: [1, 2\nb: 3\n");
        assert!(node.is_none());
        assert!(problems[0].line_and_column().0 >= 1);
    }
}
