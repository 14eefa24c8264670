//! Secrets: named in the config, never written there. A literal is refused and
//! masked before anybody sees the line that it stands in.

use std::fmt;
use std::ops::Range;
use std::path::Path;

use crate::wire::yaml::{Node, Problem, Problems, Scalar, Text};

use super::load::Reading;
use super::mask::MASK;

/// Keys whose values are secrets: these, and those that end with one of these.
const NAMES: [&str; 10] = [
    "token",
    "password",
    "passwd",
    "secret",
    "api-key",
    "apikey",
    "access-key",
    "private-key",
    "credentials",
    "authorization",
];

/// A text that no message may show.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The text itself; for whoever sends it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(MASK)
    }
}

/// Whether a key's value is a secret, by its name.
pub(super) fn is_secret_name(name: &str) -> bool {
    let name = name.to_lowercase().replace(['_', ' '], "-");
    NAMES.iter().any(|ending| name == *ending || name.strip_suffix(ending).is_some_and(|rest| rest.ends_with('-')))
}

/// Whether a text names a secret instead of being one: `env:NAME`, `file:/run/secrets/x`.
pub fn is_reference(text: &str) -> bool {
    text.strip_prefix("env:").is_some_and(is_variable)
        || text.strip_prefix("file:").is_some_and(|path| !path.is_empty())
}

fn is_variable(name: &str) -> bool {
    let starts = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    starts && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// The secret that a text names; what is wrong with it is a problem at `node`.
pub(super) fn resolve(text: &str, node: &Node, reading: &Reading<'_>) -> Option<Secret> {
    let found = match text.strip_prefix("env:") {
        Some(name) => (reading.env)(name).ok_or_else(|| format!("the environment has no `{name}`")),
        None => {
            let path = text.strip_prefix("file:").unwrap_or(text);
            let read = std::fs::read_to_string(reading.folder.join(path));
            read.map_err(|error| format!("cannot read the secret in {path}: {}", super::paths::in_words(&error)))
        }
    };
    match found.map(|secret| secret.trim_end_matches(['\r', '\n']).to_owned()) {
        Ok(secret) if secret.is_empty() => {
            reading.problem(node.problem("config/secret-missing", "the secret is empty", ""));
            None
        }
        Ok(secret) => Some(Secret(secret)),
        Err(what) => {
            let label = match text.starts_with("env:") {
                true => "set it where offersync is started",
                false => "write the secret into that file, or correct its path",
            };
            reading.problem(node.problem("config/secret-missing", what, label));
            None
        }
    }
}

/// Says of every secret that a description holds as text that it does: passwords of addresses, what looks like a token,
/// and answers that stand there for a setting that is a secret. Gives the problems with all secrets masked.
pub fn in_description(root: &Node, problems: Vec<Problem>) -> Vec<Problem> {
    let own = Problems::default();
    let reading = Reading { problems: &own, folder: Path::new(""), built_in: &[], env: &|_| None };
    let mut found = Vec::new();
    walk_description(root, &mut Vec::new(), &reading, &mut found);
    let mut all = own.take();
    all.extend(problems);
    super::mask::mask(all, &root.document.name, found)
}

fn walk_description<'n>(node: &'n Node, path: &mut Vec<&'n str>, reading: &Reading<'_>, found: &mut Vec<Range<usize>>) {
    match &node.value {
        Scalar::Text(text) => {
            let key = match path.as_slice() {
                ["settings", name, "default"] => *name,
                _ => "",
            };
            found.extend(literal(node, text, &[key], reading));
        }
        Scalar::List(items) => items.iter().for_each(|item| walk_description(item, path, reading, found)),
        Scalar::Map(pairs) => {
            for (name, value) in pairs {
                path.push(&name.text);
                walk_description(value, path, reading, found);
                path.pop();
            }
        }
    }
}

/// Finds every secret that stands in the tree as text: each is a problem, and its place is returned.
pub(super) fn literals(root: &Node, reading: &Reading<'_>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    walk(root, &mut Vec::new(), reading, &mut found);
    found
}

fn walk<'n>(node: &'n Node, path: &mut Vec<&'n str>, reading: &Reading<'_>, found: &mut Vec<Range<usize>>) {
    match &node.value {
        Scalar::Text(text) => found.extend(literal(node, text, path, reading)),
        Scalar::List(items) => items.iter().for_each(|item| walk(item, path, reading, found)),
        Scalar::Map(pairs) => {
            for (name, value) in pairs {
                path.push(&name.text);
                walk(value, path, reading, found);
                path.pop();
            }
        }
    }
}

/// Parts of the config whose keys are names of fields or tables: nothing there is a secret for its key.
fn names_columns_or_files(path: &[&str]) -> bool {
    matches!(path, ["master", "fields", ..] | ["channels", _, "lookups", ..])
}

/// The key that makes a secret of what stands there: its own, or one around it; names of channels are the merchant's.
fn secret_key<'p>(path: &[&'p str]) -> Option<&'p str> {
    let names = path.iter().enumerate().filter(|(depth, _)| *depth != 1 || path.first() != Some(&"channels"));
    names.map(|name| *name.1).rfind(|name| is_secret_name(name))
}

/// Whether a text is a token by its look, whatever its key: services begin theirs by letters of their own.
fn looks_like_a_token(text: &str) -> bool {
    let is_long =
        |rest: &str| rest.len() >= 16 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    let begins = TOKENS.iter().any(|prefix| text.strip_prefix(prefix).is_some_and(is_long));
    begins || text.starts_with("Bearer ") || text.starts_with("Basic ") || text.contains("-----BEGIN ")
}

/// How tokens of services begin.
const TOKENS: [&str; 9] = ["shpat_", "shpca_", "shpss_", "shppa_", "ghp_", "github_pat_", "glpat-", "ya29.", "AIza"];

fn literal(node: &Node, text: &Text, path: &[&str], reading: &Reading<'_>) -> Option<Range<usize>> {
    if let Some(password) = password_in_url(&text.text) {
        let place = within(node, password);
        let problem = node.problem_at(
            place.clone(),
            "config/url-password",
            "a password stands in an address",
            "write the address without user and password",
        );
        reading.problem(Problem { help: RENEW.into(), ..problem });
        return Some(place);
    }
    if let Some(key) = key_in_url(&text.text) {
        let place = of_part(node, key);
        let label = match path.last() {
            Some(&"export") => "name the whole address: export: env:EXPORT_URL",
            _ => "write the address without it",
        };
        let problem = node.problem_at(
            place.clone(),
            "config/secret-literal",
            "a secret stands in the query of an address",
            label,
        );
        reading.problem(Problem { help: RENEW.into(), ..problem });
        return Some(place);
    }
    let by_key = secret_key(path).filter(|_| !names_columns_or_files(path));
    if node.is_null() || is_reference(&text.text) || (by_key.is_none() && !looks_like_a_token(&text.text)) {
        return None;
    }
    let name = by_key.or(path.last().copied()).unwrap_or("");
    let variable: String =
        name.to_uppercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let label = format!("write env:{variable} or file:/run/secrets/{}", name.to_lowercase());
    let problem = node.problem("config/secret-literal", "a secret stands in the config as text", label);
    reading.problem(Problem { help: RENEW.into(), ..problem });
    Some(node.bytes.clone())
}

const RENEW: &str = "git or a backup may hold it already: renew it, then use the new one";

/// The password of an address, as it stands between the user's name and the `@`; the name, where that is all: tokens
/// stand there too.
pub(super) fn password_in_url(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let (user, _) = authority.rsplit_once('@')?;
    let password = user.split_once(':').map(|pair| pair.1).filter(|password| !password.is_empty());
    password.or(Some(user)).filter(|secret| !secret.is_empty())
}

/// The key to a private document in the query of an address: `hash_tag=…`, `token=…`.
pub(super) fn key_in_url(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("://")?;
    let query = rest.split_once('?')?.1.split('#').next()?;
    let is_key = |name: &str| is_secret_name(name) || KEYS_OF_QUERIES.contains(&name.to_lowercase().as_str());
    let parts = query.split('&').filter_map(|part| part.split_once('='));
    parts.into_iter().find(|(name, value)| !value.is_empty() && is_key(name)).map(|part| part.1)
}

/// What else keys are called in the queries of addresses.
const KEYS_OF_QUERIES: [&str; 8] = ["key", "hash", "hash_tag", "hashtag", "sig", "signature", "auth", "pwd"];

/// The place of a key within a node's text; the whole node where it is written otherwise than it reads.
fn of_part(node: &Node, part: &str) -> Range<usize> {
    let standing = node.document.text.get(node.bytes.clone()).unwrap_or("");
    let at = standing.find(&format!("={part}")).map(|at| at + 1);
    at.map_or(node.bytes.clone(), |at| node.bytes.start + at..node.bytes.start + at + part.len())
}

/// The place of a part of a node's text; the whole node where it is written otherwise than it reads.
fn within(node: &Node, part: &str) -> Range<usize> {
    let standing = node.document.text.get(node.bytes.clone()).unwrap_or("");
    // the last one: a user may be called as the password is
    let at = standing.rfind(&format!("{part}@"));
    at.map_or(node.bytes.clone(), |at| node.bytes.start + at..node.bytes.start + at + part.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets() {
        for name in ["token", "API_TOKEN", "api-key", "shop_password", "client_secret"] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in ["tokens", "tokenizer", "secretary", "compass", "merchantid"] {
            assert!(!is_secret_name(name), "{name}");
        }
    }

    #[test]
    fn references_are_not_secrets() {
        assert!(is_reference("env:SHOP_TOKEN") && is_reference("file:/run/secrets/x"));
        assert!(!is_reference("env:") && !is_reference("env:a b") && !is_reference("file:") && !is_reference("abc"));
    }

    #[test]
    fn passwords_in_addresses() {
        assert_eq!(password_in_url("https://user:pa:ss@example.com/a"), Some("pa:ss"));
        assert_eq!(password_in_url("https://token@example.com/a:b@c"), Some("token"));
        assert_eq!(key_in_url("https://example.com/a?page=2&hash_tag=ab&x=#y"), Some("ab"));
        assert_eq!(key_in_url("https://example.com/token=ab?sort_key=price&keyword=x&token="), None);
        assert_eq!(password_in_url("https://example.com/?q=a:b@c"), None);
        assert_eq!(password_in_url("Колір: a:b@c"), None);
    }

    #[test]
    fn a_secret_does_not_show_itself() {
        assert_eq!(format!("{:?}", Secret("abc".into())), "●●●●");
    }
}
