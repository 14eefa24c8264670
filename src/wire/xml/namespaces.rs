//! Namespaces in scope. Only tags with a colon or a declaration pay for them.

use super::attributes::Attributes;
use super::fault::{Stop, shown};

/// What the prefix `xml` always means.
const OF_XML: &str = "http://www.w3.org/XML/1998/namespace";
/// What the prefix `xmlns` always means.
const OF_XMLNS: &str = "http://www.w3.org/2000/xmlns/";

/// The namespaces in scope, by prefix.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Namespaces {
    /// How deep the element stands that declares it, the prefix, the address.
    declared: Vec<(usize, String, String)>,
}

impl Namespaces {
    /// The address that a prefix stands for; `""` is the default namespace, of elements without prefix.
    pub fn address(&self, prefix: &str) -> Option<&str> {
        if prefix == "xml" {
            return Some(OF_XML);
        }
        let found = self.declared.iter().rev().find(|declared| declared.1 == prefix)?;
        Some(found.2.as_str()).filter(|address| !address.is_empty())
    }

    /// How deep the innermost element stands that declares one; 0 for none.
    pub(super) fn deepest(&self) -> usize {
        self.declared.last().map_or(0, |last| last.0)
    }

    /// Those that are declared no deeper than this.
    pub(super) fn within(&self, depth: usize) -> Namespaces {
        let mut outer = self.clone();
        outer.leave(depth);
        outer
    }

    /// Forgets what elements deeper than this declared.
    pub(super) fn leave(&mut self, depth: usize) {
        while self.deepest() > depth {
            self.declared.pop();
        }
    }

    /// Takes the declarations of a tag at this depth and checks all prefixes of the tag. `at` is its place.
    #[cold]
    pub(super) fn enter(
        &mut self,
        at: usize,
        depth: usize,
        name: &str,
        attributes: Attributes<'_>,
    ) -> Result<(), Stop> {
        for attribute in attributes {
            let prefix = match attribute.name.split_once(':') {
                Some(("xmlns", prefix)) => prefix,
                None if attribute.name == "xmlns" => "",
                _ => continue,
            };
            let address = attribute.value.raw();
            check_declaration(at, prefix, address)?;
            self.declared.push((depth, prefix.into(), address.into()));
        }
        self.check_prefix(at, name)?;
        let mut seen: Vec<(&str, &str)> = Vec::new();
        for attribute in attributes {
            let Some((prefix, local)) = attribute.name.split_once(':').filter(|parts| parts.0 != "xmlns") else {
                continue;
            };
            let address = self.check_prefix(at, attribute.name)?;
            if seen.contains(&(address, local)) {
                let what = format!("the attribute «{prefix}:{local}» stands twice in <{}>", shown(name));
                return Err(Stop::bad(at, what, "two of its prefixes mean the same namespace"));
            }
            seen.push((address, local));
        }
        Ok(())
    }

    fn check_prefix(&self, at: usize, name: &str) -> Result<&str, Stop> {
        let Some((prefix, _)) = name.split_once(':') else { return Ok("") };
        self.address(prefix).ok_or_else(|| {
            let what = format!("the prefix of «{}» is declared nowhere", shown(name));
            Stop::bad(at, what, format!("declare it in the root: xmlns:{prefix}=\"…\""))
        })
    }
}

fn check_declaration(at: usize, prefix: &str, address: &str) -> Result<(), Stop> {
    let of_xml = (prefix == "xml") == (address == OF_XML);
    if of_xml && prefix != "xmlns" && address != OF_XMLNS && (prefix.is_empty() || !address.is_empty()) {
        return Ok(());
    }
    let what = format!("the prefix «{}» cannot stand for the namespace «{}»", shown(prefix), shown(address));
    Err(Stop::bad(at, what, ""))
}
