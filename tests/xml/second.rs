//! The second reader: quick-xml, with the checks added that it leaves to others.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// What a document means, written down: tags with their attributes, and text that is more than blanks.
#[derive(Debug, Default)]
pub struct Meaning {
    words: String,
    text: String,
    open: Vec<String>,
}

impl Meaning {
    pub fn start(&mut self, name: &str, attributes: impl Iterator<Item = (String, String)>) {
        self.settle();
        self.words.push_str(&format!("<{name}"));
        for (name, value) in attributes {
            self.words.push_str(&format!(" {name}={value:?}"));
        }
        self.words.push_str(">\n");
        self.open.push(name.to_string());
    }

    pub fn text(&mut self, text: &str) {
        self.text.push_str(text);
    }

    pub fn end(&mut self) {
        self.settle();
        self.words.push_str("</>\n");
        self.open.pop();
    }

    pub fn join(&mut self, later: Meaning) {
        self.settle();
        self.words.push_str(&later.into_words());
    }

    pub fn into_words(mut self) -> String {
        self.settle();
        self.words
    }

    fn settle(&mut self) {
        if self.open.last().is_some_and(|open| open == "offers") {
            // blanks among listings are nobody's, whatever else stands there
            self.text.retain(|one| !matches!(one, ' ' | '\t' | '\r' | '\n'));
        }
        // blanks between elements mean nothing
        if !self.text.trim_matches([' ', '\t', '\r', '\n']).is_empty() {
            self.words.push_str(&format!("{:?}\n", self.text));
        }
        self.text.clear();
    }
}

/// What the document means, or why it is not well-formed.
pub fn read(document: &[u8]) -> Result<String, String> {
    let text = std::str::from_utf8(document).map_err(|error| error.to_string())?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.starts_with('\u{feff}') {
        return Err("a second mark".into());
    }
    legal(text)?;
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_comments = true;
    let mut walk = Walk { meaning: Meaning::default(), depth: 0, roots: 0, doctype: false };
    loop {
        let at = reader.buffer_position();
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Eof => break,
            event => walk.event(event, at, text)?,
        }
    }
    match (walk.depth, walk.roots) {
        (0, 1) => Ok(walk.meaning.into_words()),
        (0, roots) => Err(format!("{roots} roots")),
        (depth, _) => Err(format!("{depth} elements are open")),
    }
}

struct Walk {
    meaning: Meaning,
    depth: usize,
    roots: usize,
    doctype: bool,
}

impl Walk {
    fn event(&mut self, event: Event<'_>, at: u64, whole: &str) -> Result<(), String> {
        match event {
            Event::Start(start) => {
                self.start(&start)?;
                self.depth += 1;
            }
            Event::Empty(start) => {
                self.start(&start)?;
                self.meaning.end();
            }
            Event::End(end) => {
                // quick-xml trims the end tag's name at the end only
                name(end.name().0)?;
                self.depth -= 1;
                self.meaning.end();
            }
            Event::Text(text) => self.text(&text)?,
            Event::CData(text) => {
                self.inside("a section")?;
                self.meaning.text(&text.xml10_content());
            }
            Event::GeneralRef(reference) => {
                self.inside("a reference")?;
                self.meaning.text(&character(&reference)?.to_string());
            }
            Event::Comment(text) if text.ends_with('-') => return Err("a comment that ends with a hyphen".into()),
            Event::Comment(_) => {}
            Event::PI(instruction) => {
                let (target, content) = (instruction.target(), instruction.content());
                plain_name(target)?;
                if target.eq_ignore_ascii_case("xml") || target.contains(':') {
                    return Err("an instruction of that name".into());
                }
                if !content.is_empty() && !content.starts_with([' ', '\t', '\r', '\n']) {
                    return Err("no blank behind the target".into());
                }
            }
            Event::Decl(declaration) => {
                if at != 0 {
                    return Err("a declaration that is not first".into());
                }
                check_declaration(&declaration)?;
            }
            Event::DocType(doctype) => self.doctype(&doctype, at, whole)?,
            Event::Eof => {}
        }
        Ok(())
    }

    fn inside(&self, what: &str) -> Result<(), String> {
        if self.depth == 0 { Err(format!("{what} outside of the root")) } else { Ok(()) }
    }

    fn start(&mut self, start: &BytesStart<'_>) -> Result<(), String> {
        self.roots += usize::from(self.depth == 0);
        name(start.name().0)?;
        let raw = start.attributes_raw();
        let mut attributes = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| error.to_string())?;
            name(attribute.key.0)?;
            if attribute.value.contains('<') {
                return Err("< in a value".into());
            }
            references(&attribute.value)?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| error.to_string())?;
            attributes.push((attribute.key.0.to_string(), value.into_owned()));
        }
        apart(raw)?;
        self.meaning.start(start.name().0, attributes.into_iter());
        Ok(())
    }

    fn text(&mut self, text: &quick_xml::events::BytesText<'_>) -> Result<(), String> {
        if text.contains("]]>") {
            return Err("]]> in text".into());
        }
        if self.depth == 0 && !text.trim_matches([' ', '\t', '\r', '\n']).is_empty() {
            return Err("text outside of the root".into());
        }
        self.meaning.text(&text.xml10_content());
        Ok(())
    }

    fn doctype(&mut self, doctype: &str, at: u64, whole: &str) -> Result<(), String> {
        if self.doctype || self.roots > 0 {
            return Err("a DOCTYPE in this place".into());
        }
        self.doctype = true;
        let written = whole.get(at as usize..).unwrap_or_default();
        if !written.starts_with("<!DOCTYPE") {
            return Err("doctype in small letters".into());
        }
        if !written["<!DOCTYPE".len()..].starts_with([' ', '\t', '\r', '\n']) {
            return Err("no blank behind DOCTYPE".into());
        }
        check_doctype(doctype)
    }
}

fn legal(text: &str) -> Result<(), String> {
    let bad = |one: char| (one < ' ' && !matches!(one, '\t' | '\n' | '\r')) || matches!(one, '\u{fffe}' | '\u{ffff}');
    if text.contains(bad) { Err("an illegal character".into()) } else { Ok(()) }
}

/// Attributes stand apart from one another.
fn apart(raw: &str) -> Result<(), String> {
    let mut quote = None;
    let mut closed = false;
    for one in raw.chars() {
        if closed && !one.is_whitespace() {
            return Err("attributes that touch".into());
        }
        closed = false;
        match quote {
            Some(open) if open == one => {
                quote = None;
                closed = true;
            }
            None if matches!(one, '"' | '\'') => quote = Some(one),
            _ => {}
        }
    }
    Ok(())
}

fn references(value: &str) -> Result<(), String> {
    for part in value.split('&').skip(1) {
        let (body, _) = part.split_once(';').ok_or("a reference without end")?;
        character(body)?;
    }
    Ok(())
}

fn character(body: &str) -> Result<char, String> {
    let number = match body.strip_prefix('#') {
        None => {
            let five = [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\'')];
            return five.iter().find(|one| one.0 == body).map(|one| one.1).ok_or(format!("entity {body}"));
        }
        Some(number) => number,
    };
    let parsed = match number.strip_prefix('x') {
        Some(digits) if digits.bytes().all(|digit| digit.is_ascii_hexdigit()) => u32::from_str_radix(digits, 16).ok(),
        None if number.bytes().all(|digit| digit.is_ascii_digit()) => number.parse().ok(),
        _ => None,
    };
    let found = parsed.and_then(char::from_u32).ok_or(format!("character {body}"))?;
    legal(&found.to_string()).map(|()| found)
}

/// A name with at most one colon, inside.
fn name(name: &str) -> Result<(), String> {
    let parts: Vec<&str> = name.split(':').collect();
    if parts.len() > 2 {
        return Err(format!("name {name}"));
    }
    parts.iter().try_for_each(|part| plain_name(part))
}

fn plain_name(name: &str) -> Result<(), String> {
    let starts = |one: char| {
        matches!(u32::from(one), 0x41..=0x5A | 0x5F | 0x61..=0x7A | 0xC0..=0xD6 | 0xD8..=0xF6 | 0xF8..=0x2FF
            | 0x370..=0x37D | 0x37F..=0x1FFF | 0x200C..=0x200D | 0x2070..=0x218F | 0x2C00..=0x2FEF
            | 0x3001..=0xD7FF | 0xF900..=0xFDCF | 0xFDF0..=0xFFFD | 0x10000..=0xEFFFF)
    };
    let goes_on = |one: char| {
        starts(one) || matches!(u32::from(one), 0x2D..=0x2E | 0x30..=0x39 | 0xB7 | 0x300..=0x36F | 0x203F..=0x2040)
    };
    let mut characters = name.chars();
    if characters.next().is_some_and(starts) && characters.all(goes_on) { Ok(()) } else { Err(format!("name {name}")) }
}

/// The words of a text outside of quotes, with quoted ones as `"`; blanks and `=` as themselves.
fn parts(text: &str) -> Result<Vec<String>, String> {
    let mut parts = vec![];
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' | '\'' => rest[1..].find(first).ok_or("an open quote")? + 2,
            ' ' | '\t' | '\r' | '\n' => rest.find(|one| !matches!(one, ' ' | '\t' | '\r' | '\n')).unwrap_or(rest.len()),
            '=' | '[' | ']' => 1,
            _ => rest.find([' ', '\t', '\r', '\n', '=', '"', '\'', '[', ']']).unwrap_or(rest.len()),
        };
        let blank = matches!(first, ' ' | '\t' | '\r' | '\n');
        parts.push(if blank { " ".into() } else { rest[..length].to_string() });
        rest = &rest[length..];
    }
    Ok(parts)
}

fn unquoted(part: &str) -> Option<&str> {
    ['"', '\''].iter().find_map(|quote| part.strip_prefix(*quote)?.strip_suffix(*quote))
}

fn check_declaration(declaration: &str) -> Result<(), String> {
    let body = declaration.strip_prefix("xml").ok_or("no declaration")?;
    let words = parts(body)?;
    let mut seen = Vec::new();
    let mut at = 0;
    let skip = |at: &mut usize| {
        let blank = words.get(*at).is_some_and(|word| word == " ");
        *at += usize::from(blank);
        blank
    };
    while at < words.len() {
        let blank = skip(&mut at);
        let Some(key) = words.get(at) else { break };
        if !blank {
            return Err("no blank in the declaration".into());
        }
        at += 1;
        skip(&mut at);
        if words.get(at).is_none_or(|word| word != "=") {
            return Err("no = in the declaration".into());
        }
        at += 1;
        skip(&mut at);
        let value = words.get(at).and_then(|word| unquoted(word)).ok_or("no value in the declaration")?;
        at += 1;
        seen.push((key.as_str(), value));
    }
    let keys: Vec<&str> = seen.iter().map(|one| one.0).collect();
    let orders: [&[&str]; 4] =
        [&["version"], &["version", "encoding"], &["version", "standalone"], &["version", "encoding", "standalone"]];
    let fits = seen.iter().all(|(key, value)| match *key {
        "version" => value.len() > 2 && value.starts_with("1.") && value[2..].bytes().all(|one| one.is_ascii_digit()),
        "encoding" => {
            value.starts_with(|one: char| one.is_ascii_alphabetic())
                && value.chars().all(|one| one.is_ascii_alphanumeric() || "._-".contains(one))
        }
        _ => matches!(*value, "yes" | "no"),
    });
    if orders.contains(&keys.as_slice()) && fits { Ok(()) } else { Err("the declaration is not in order".into()) }
}

fn check_doctype(doctype: &str) -> Result<(), String> {
    let words = parts(doctype)?;
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let words = words.strip_prefix(&[" "]).unwrap_or(&words);
    let (root, rest) = words.split_first().ok_or("no root in the DOCTYPE")?;
    name(root)?;
    let quoted = |word: &&str| unquoted(word).is_some();
    let public = |word: &str| {
        let inside = unquoted(word).unwrap_or_default();
        inside.chars().all(|one| one.is_ascii_alphanumeric() || " \r\n-'()+,./:=?;!*#@$_%".contains(one))
    };
    let rest = match rest {
        [" ", "SYSTEM", " ", system, rest @ ..] if quoted(system) => rest,
        [" ", "PUBLIC", " ", id, " ", system, rest @ ..] if quoted(id) && quoted(system) && public(id) => rest,
        rest => rest,
    };
    let rest: Vec<&str> = rest.iter().copied().filter(|word| *word != " ").collect();
    if matches!(rest.as_slice(), [] | ["[", "]"]) { Ok(()) } else { Err("the DOCTYPE is not in order".into()) }
}
