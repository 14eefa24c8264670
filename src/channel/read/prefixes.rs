//! Names of a document in the prefixes of its shape: what counts is the address that a
//! prefix stands for, whatever the document calls it.

use bumpalo::Bump;

use crate::wire::xml::Namespaces;

/// The prefixes of a shape, with the addresses that are read as theirs.
#[derive(Debug, Default)]
pub struct Prefixes(pub(super) Vec<(String, Vec<String>)>);

impl Prefixes {
    /// Whether the shape has none: names are as they stand in the document.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// An element's name as the shape writes it.
    pub fn element<'b>(&self, name: &'b str, namespaces: &Namespaces, arena: &'b Bump) -> &'b str {
        if self.is_empty() {
            return name;
        }
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let ours = namespaces.address(prefix).and_then(|address| self.prefix_of(address));
        match ours {
            Some(ours) if ours == prefix => name,
            Some("") => local,
            Some(ours) => arena.alloc_str(&format!("{ours}:{local}")),
            // one that looks like a prefix of ours and means something else is not ours
            None if !prefix.is_empty() && self.0.iter().any(|known| known.0 == prefix) => {
                arena.alloc_str(&format!("{{{prefix}}}:{local}"))
            }
            None => name,
        }
    }

    /// The same of an attribute: without a prefix it belongs to no namespace.
    pub fn attribute<'b>(&self, name: &'b str, namespaces: &Namespaces, arena: &'b Bump) -> &'b str {
        if self.is_empty() || !name.contains(':') { name } else { self.element(name, namespaces, arena) }
    }

    fn prefix_of(&self, address: &str) -> Option<&str> {
        let known = self.0.iter().find(|known| known.1.iter().any(|one| one == address))?;
        Some(known.0.as_str())
    }
}
