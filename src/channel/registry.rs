//! The built-in channels: the one list of them. Each is a description like any other,
//! embedded as text and read by the same loader as the merchant's own.

/// A built-in channel.
#[derive(Debug, Clone, Copy)]
pub struct BuiltIn {
    /// Its name in configs.
    pub name: &'static str,
    /// Its description.
    pub text: &'static str,
}

/// All of them, in the order in which they are listed.
pub const BUILT_IN: &[BuiltIn] = &[
    BuiltIn { name: "rozetka", text: include_str!("rozetka.yaml") },
    BuiltIn { name: "prom", text: include_str!("prom.yaml") },
    BuiltIn { name: "google", text: include_str!("google.yaml") },
    BuiltIn { name: "meta", text: include_str!("meta.yaml") },
    BuiltIn { name: "shopify", text: include_str!("shopify.yaml") },
];

/// Their names.
pub fn names() -> impl Iterator<Item = &'static str> {
    BUILT_IN.iter().map(|channel| channel.name)
}

/// The description of a name.
pub fn text(name: &str) -> Option<&'static str> {
    BUILT_IN.iter().find(|channel| channel.name == name).map(|channel| channel.text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channel::{codes, load};
    use crate::wire::yaml::{Document, Problems, parse};

    #[test]
    fn every_built_in_description_loads_under_its_own_name() {
        for channel in BUILT_IN {
            let problems = Problems::default();
            let document = Document { name: format!("{}.yaml", channel.name), text: channel.text.into() };
            let description = parse(document, &problems).and_then(|node| load(&node, &problems));
            let found: Vec<String> = problems
                .take()
                .iter()
                .map(|problem| format!("{:?}: {} ({})", problem.line_and_column(), problem.what, problem.label))
                .collect();
            assert!(found.is_empty(), "{}:\n{}", channel.name, found.join("\n"));
            assert_eq!(description.map(|description| description.id).as_deref(), Some(channel.name));
        }
    }

    #[test]
    fn every_code_is_said_once_and_in_words() {
        for channel in BUILT_IN {
            let problems = Problems::default();
            let document = Document { name: channel.name.into(), text: channel.text.into() };
            let node = parse(document, &problems).unwrap();
            let codes = codes::all(&load(&node, &problems).unwrap());
            let mut ids: Vec<&str> = codes.iter().map(|code| code.id.as_str()).collect();
            ids.sort_unstable();
            let before = ids.len();
            ids.dedup();
            assert_eq!(ids.len(), before, "{}", channel.name);
            for code in &codes {
                assert!(!code.what.is_empty() && !code.fix.is_empty() && !code.source.is_empty(), "{code:?}");
                assert!(!code.what.contains("  ") && !code.what.ends_with('.'), "{code:?}");
            }
        }
    }
}
