//! `--print-config`: the config as it is understood, every value with where it comes from: a line of the file, a flag, or
//! what holds where nothing is said. It can be read as a config again. A secret shows its name and never its value.

use std::fmt::Write as _;

use crate::config::guards::usual;
use crate::config::keys::TABLES;
use crate::config::{Config, Uses, discover, mask::MASK, secret};
use crate::report::text::cells;
use crate::wire::yaml::{Key, Node, Problems, Scalar, Text, parse};

use super::args::Common;
use super::channels::Place;
use super::setup;
use super::trouble::Trouble;
use super::voice::Voice;

/// The column of the remarks.
const REMARKS: usize = 48;

/// Prints the effective config.
pub(super) fn run(common: &Common, place: Place<'_>, voice: &mut Voice<'_>) -> Result<(), Trouble> {
    let named = setup::named(common, place.env);
    let path = discover::find(named.as_deref(), place.here)?;
    let config = setup::load(&path, place.here, place.env)?;
    // it was read before, without problems
    let Some(root) = parse((*config.document).clone(), &Problems::default()) else { return Ok(()) };
    let by = match (&common.config, named.is_some()) {
        (Some(_), _) => "named by --config",
        (None, true) => "named by OFFERSYNC_CONFIG",
        (None, false) => "the nearest one, here or above",
    };
    let mut sheet = Sheet { config: &config, master: common.master.as_deref(), text: String::new() };
    let _ = writeln!(sheet.text, "# {}, {by}; secrets are named and not shown", config.document.name);
    sheet.table("", 0, Some(&root));
    voice.data(|out| out.write_all(sheet.text.as_bytes()))
}

struct Sheet<'c> {
    config: &'c Config,
    /// The master that the command line names.
    master: Option<&'c std::path::Path>,
    text: String,
}

impl Sheet<'_> {
    /// A map whose keys are in a table: those that are said, and what holds for the others.
    fn table(&mut self, path: &str, depth: usize, node: Option<&Node>) {
        let Some((_, keys)) = TABLES.iter().find(|table| table.0 == path) else { return };
        let pairs = node.map_or(&[][..], pairs_of);
        for key in keys.iter().filter(|key| !key.later && key.name != "empty") {
            let inner = if path.is_empty() { key.name.to_owned() } else { format!("{path}.{}", key.name) };
            match pairs.iter().find(|pair| pair.0.text == key.name) {
                Some((_, value)) => self.said(&inner, depth, key.name, value),
                None => self.unsaid(&inner, depth, key),
            }
        }
    }

    /// A value that stands in the config.
    fn said(&mut self, path: &str, depth: usize, name: &str, node: &Node) {
        if let (Some(master), "master.file") = (self.master, path) {
            return self.line(depth, name, &quoted(&master.display().to_string()), "--master");
        }
        let node = match (&node.value, path) {
            // a list with one master is that master
            (Scalar::List(items), "master") => items.first().unwrap_or(node),
            _ => node,
        };
        match &node.value {
            Scalar::Map(pairs) if !is_flow(path) => {
                self.line(depth, name, "", "");
                match path {
                    "channels" => pairs.iter().for_each(|(name, node)| self.channel(depth + 1, name, node)),
                    "channels.*.documents" => pairs.iter().for_each(|(name, node)| {
                        self.line(depth + 1, &name.text, "", "");
                        self.table("channels.*.documents.*", depth + 2, Some(node));
                    }),
                    _ if TABLES.iter().any(|table| table.0 == path) => self.table(path, depth + 1, Some(node)),
                    _ if path.ends_with("guards") => self.table("channels.*.guards", depth + 1, Some(node)),
                    _ => pairs.iter().for_each(|(name, node)| {
                        self.said(&format!("{path}.*"), depth + 1, &quoted(&name.text), node);
                    }),
                }
            }
            _ => {
                let remark = match &node.value {
                    Scalar::Text(text) if secret::is_reference(&text.text) && path.contains("settings") => {
                        format!("{}; its value is {MASK}", self.place(node))
                    }
                    _ => self.place(node),
                };
                self.line(depth, name, &flow(node), &remark);
            }
        }
    }

    /// A channel with all that holds for it.
    fn channel(&mut self, depth: usize, name: &Text, node: &Node) {
        self.line(depth, &name.text, "", "");
        if !pairs_of(node).iter().any(|pair| pair.0.text == "use") {
            let uses = self.config.channel(&name.text).map(|channel| &channel.uses);
            if let Some(Uses::BuiltIn(uses)) = uses {
                self.line(depth + 1, "use", uses, "default: the built-in one of this name");
            }
        }
        self.table("channels.*", depth + 1, Some(node));
    }

    /// What holds where a key is not there.
    fn unsaid(&mut self, path: &str, depth: usize, key: &Key) {
        match path {
            "channels.*.use" => return,
            // what a guard goes by unasked gives way in small shops, and would not if it stood there
            "channels.*.guards" => {
                self.remark(depth, "guards are not said:");
                return self.table(path, depth, None);
            }
            "master.format" if self.config.master.exported_by.is_none() => {
                let format = self.config.master.format_of(&self.config.master.file.path);
                let name =
                    crate::config::schema::FORMATS.iter().find(|known| known.1 == format).map_or("", |known| known.0);
                return self.line(depth, key.name, name, "default: by the file's ending");
            }
            _ => {}
        }
        let of_guard = path.strip_prefix("channels.*.guards.").and_then(usual);
        let literal = key.usual.strip_prefix('`').and_then(|usual| usual.strip_suffix('`'));
        match (of_guard, literal) {
            (Some(usual), _) => self.remark(depth, &format!("  {}: {usual} by default", key.name)),
            (None, Some(usual)) if !path.starts_with("master.") || self.config.master.exported_by.is_none() => {
                self.line(depth, key.name, &quoted(usual), "default");
            }
            _ => self.remark(depth, &format!("{} is not said: {}", key.name, key.usual)),
        }
    }

    /// The line of the file that a value stands in.
    fn place(&self, node: &Node) -> String {
        let line = node.problem("", "", "").line_and_column().0;
        format!("{}:{line}", self.config.document.name)
    }

    fn line(&mut self, depth: usize, name: &str, value: &str, remark: &str) {
        let between = if value.is_empty() { "" } else { " " };
        self.put(depth, &format!("{name}:{between}{value}"), remark);
    }

    fn put(&mut self, depth: usize, left: &str, remark: &str) {
        let left = format!("{}{left}", "  ".repeat(depth));
        if remark.is_empty() {
            let _ = writeln!(self.text, "{left}");
            return;
        }
        let gap = " ".repeat(REMARKS.saturating_sub(cells(&left)).max(2));
        let _ = writeln!(self.text, "{left}{gap}# {remark}");
    }

    /// A line that is only said to the reader.
    fn remark(&mut self, depth: usize, text: &str) {
        let _ = writeln!(self.text, "{}# {text}", "  ".repeat(depth));
    }
}

/// Maps that are shown in one line: they say one thing.
fn is_flow(path: &str) -> bool {
    path.starts_with("master.fields.")
}

fn pairs_of(node: &Node) -> &[(Text, Node)] {
    match &node.value {
        Scalar::Map(pairs) => pairs,
        _ => &[],
    }
}

/// A value in one line, as YAML in flow.
fn flow(node: &Node) -> String {
    match &node.value {
        Scalar::Text(_) if node.is_null() => String::new(),
        Scalar::Text(text) => quoted(&text.text),
        Scalar::List(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Scalar::Map(pairs) => {
            let pairs = pairs.iter().map(|(name, node)| format!("{}: {}", quoted(&name.text), flow(node)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
        }
    }
}

/// A text as it may stand anywhere in YAML: bare where that is surely the same.
fn quoted(text: &str) -> String {
    let plain = |one: char| one.is_alphanumeric() || "_-./% ".contains(one);
    let begins = text.starts_with(|one: char| one.is_alphanumeric() || one == '.' || one == '/');
    let is_bare = begins && text.chars().all(plain) && text.trim() == text && !matches!(text, "null" | "~");
    // JSON's text is YAML's, in double quotes
    if is_bare { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::guards::{Allowing, GUARD_NAMES};

    #[test]
    fn every_guard_shows_its_default() {
        for (name, allowing) in GUARD_NAMES {
            assert_eq!(usual(name).is_none(), allowing == Allowing::Never, "{name}");
        }
    }

    #[test]
    fn what_yaml_would_read_otherwise_stands_in_quotes() {
        assert_eq!(quoted("out/bazaar.xml"), "out/bazaar.xml");
        assert_eq!(quoted("Ціна, грн"), "\"Ціна, грн\"");
        assert_eq!(quoted("a: b"), "\"a: b\"");
        assert_eq!(quoted(" x"), "\" x\"");
        assert_eq!(quoted("./own.yaml"), "./own.yaml");
        assert_eq!(quoted(""), "\"\"");
    }
}
