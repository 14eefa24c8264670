//! A document as a tree, by a reader that is not ours; and back to text in every spelling that means the same.

use offersync::channel::path::Path;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// An element.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Node {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
    /// Its own text; empty where elements stand inside.
    pub text: String,
}

/// How a tree is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Texts {
    Escaped,
    CData,
    /// The section itself is escaped, as careless programs do.
    EscapedCData,
    /// Comments stand inside of texts and between elements.
    WithComments,
    /// Letters as numbers.
    References,
}

impl Node {
    /// The root of a document.
    pub fn parse(document: &str) -> Node {
        let mut reader = Reader::from_str(document);
        let mut open: Vec<Node> = vec![Node::default()];
        loop {
            match reader.read_event().unwrap_or_else(|error| panic!("{error} at {}", reader.buffer_position())) {
                Event::Start(tag) => open.push(element(&tag)),
                Event::Empty(tag) => open.last_mut().unwrap().children.push(element(&tag)),
                Event::End(_) => {
                    let mut node = open.pop().unwrap();
                    if !node.children.is_empty() && node.text.trim().is_empty() {
                        node.text.clear();
                    }
                    open.last_mut().unwrap().children.push(node);
                }
                Event::Text(text) => open.last_mut().unwrap().text.push_str(&line_ends(&text)),
                Event::CData(text) => open.last_mut().unwrap().text.push_str(&line_ends(&text)),
                Event::GeneralRef(name) => {
                    let text = quick_xml::escape::unescape(&format!("&{};", &*name)).unwrap().into_owned();
                    open.last_mut().unwrap().text.push_str(&text);
                }
                Event::Eof => break,
                _ => {}
            }
        }
        open.pop().unwrap().children.pop().unwrap()
    }

    /// A JSON object: its members are elements, and so is each item of a list.
    pub fn parse_json(line: &str) -> Node {
        node_of(String::new(), &serde_json::from_str(line).unwrap())
    }

    /// The document, one element a line.
    pub fn document(&self, texts: Texts) -> String {
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        self.write(texts, &mut out);
        out
    }

    fn write(&self, texts: Texts, out: &mut String) {
        out.push_str(&format!("<{}", self.name));
        for (name, value) in &self.attributes {
            out.push_str(&format!(" {name}=\"{}\"", escaped(value).replace('\n', "&#10;").replace('\t', "&#9;")));
        }
        out.push('>');
        write_text(&self.text, texts, out);
        for child in &self.children {
            out.push('\n');
            if texts == Texts::WithComments {
                out.push_str("<!-- <offer id=\"0\"> & -->");
            }
            child.write(texts, out);
        }
        out.push_str(if self.children.is_empty() { "" } else { "\n" });
        out.push_str(&format!("</{}>", self.name));
    }

    /// The elements at the end of some names, from below this one.
    pub fn at<'n>(&'n self, names: &[&str]) -> Vec<&'n Node> {
        let Some((first, rest)) = names.split_first() else { return vec![self] };
        self.children.iter().filter(|child| child.name == *first).flat_map(|child| child.at(rest)).collect()
    }

    /// The one element at the end of some names, made where it is not there.
    pub fn open<'n>(&'n mut self, names: &[&str]) -> &'n mut Node {
        let Some((first, rest)) = names.split_first() else { return self };
        let at = self.children.iter().position(|child| child.name == *first).unwrap_or_else(|| {
            self.children.push(Node { name: (*first).to_owned(), ..Node::default() });
            self.children.len() - 1
        });
        self.children[at].open(rest)
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|attribute| attribute.0 == name).map(|attribute| attribute.1.as_str())
    }

    /// Every text and every attribute's value in it.
    pub fn all_texts(&self) -> Vec<&str> {
        let own = self.attributes.iter().map(|attribute| attribute.1.as_str()).chain([self.text.as_str()]);
        own.chain(self.children.iter().flat_map(Node::all_texts)).collect()
    }

    /// Takes away what stands at a path of at most one step; the values.
    pub fn take(&mut self, path: &Path) -> Vec<String> {
        match (path.steps.as_slice(), &path.attribute) {
            ([], Some(name)) => {
                let (gone, kept) = self.attributes.drain(..).partition(|attribute| attribute.0 == *name);
                self.attributes = kept;
                let gone: Vec<(String, String)> = gone;
                gone.into_iter().map(|attribute| attribute.1).collect()
            }
            ([step], None) if step.told_by.is_empty() => {
                let (gone, kept) = self.children.drain(..).partition(|child| child.name == step.name);
                self.children = kept;
                let gone: Vec<Node> = gone;
                gone.into_iter().map(|child| child.text).collect()
            }
            _ => panic!("`{}`: paths of this sort are not moved yet", path.text),
        }
    }

    /// Puts values to a path of at most one step.
    pub fn put(&mut self, path: &Path, values: Vec<String>) {
        for value in values {
            match (path.steps.as_slice(), &path.attribute) {
                ([], Some(name)) => self.attributes.push((name.clone(), value)),
                ([step], None) => {
                    self.children.push(Node { name: step.name.clone(), text: value, ..Node::default() });
                }
                _ => panic!("`{}`: paths of this sort are not moved yet", path.text),
            }
        }
    }
}

fn node_of(name: String, json: &serde_json::Value) -> Node {
    let mut node = Node { name, ..Node::default() };
    match json {
        serde_json::Value::Object(members) => {
            for (name, member) in members {
                let items = member.as_array().map_or(std::slice::from_ref(member), Vec::as_slice);
                node.children.extend(items.iter().map(|item| node_of(name.clone(), item)));
            }
        }
        serde_json::Value::String(text) => node.text.clone_from(text),
        serde_json::Value::Null => {}
        other => node.text = other.to_string(),
    }
    node
}

fn element(tag: &BytesStart<'_>) -> Node {
    let attribute = |one: quick_xml::events::attributes::Attribute<'_>| {
        (one.key.as_ref().to_string(), quick_xml::escape::unescape(&one.value).unwrap().into_owned())
    };
    let attributes = tag.attributes().map(|one| attribute(one.unwrap())).collect();
    Node { name: tag.name().as_ref().to_string(), attributes, ..Node::default() }
}

fn line_ends(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\r', "&#13;")
}

fn write_text(text: &str, texts: Texts, out: &mut String) {
    if text.is_empty() {
        return;
    }
    match texts {
        Texts::Escaped => out.push_str(&escaped(text)),
        Texts::CData => {
            out.push_str(&format!("<![CDATA[{}]]>", text.replace("]]>", "]]]]><![CDATA[>")));
        }
        Texts::EscapedCData => out.push_str(&escaped(&format!("<![CDATA[{text}]]>"))),
        Texts::WithComments => {
            let half = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
            let (before, behind) = text.split_at(half);
            out.push_str(&format!("<!-- ]]> -->{}<!-- <b> -->{}<?pi ?>", escaped(before), escaped(behind)));
        }
        Texts::References => text.chars().for_each(|letter| out.push_str(&format!("&#x{:X};", u32::from(letter)))),
    }
}
