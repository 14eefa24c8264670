//! Addresses of documents: http and https only, and never with a password in them.

use std::fmt;

use reqwest::Url;

/// What stands in the place of what is secret.
const MASK: &str = "●●●●";
/// A part of a query is a key to a private feed where its name holds one of these, as `hash_tag` of a shop's own export.
const SECRET: [&str; 8] = ["hash", "token", "key", "secret", "pass", "pwd", "auth", "sig"];

/// An address that may be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    url: Url,
    shown: String,
}

/// Why a text is no address to read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongAddress {
    /// The address as it may be shown: without what is secret in it.
    pub shown: String,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub help: String,
}

/// Whether a text is an address, of any scheme, and not the path of a file.
pub fn is_address(text: &str) -> bool {
    text.split_once("://").is_some_and(|(scheme, _)| {
        !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    })
}

impl Address {
    /// Reads an address.
    pub fn read(text: &str) -> Result<Address, WrongAddress> {
        let url = Url::parse(text).map_err(|error| WrongAddress {
            shown: masked(text),
            what: format!("it is no address: {error}"),
            help: "write it as a browser shows it, from https:// on".into(),
        })?;
        may_be_asked(&url).map_err(|(what, help)| WrongAddress { shown: masked(text), what, help })?;
        Ok(Address { url, shown: masked(text) })
    }

    /// Reads an address that messages call by another name: all of it is a secret.
    pub fn called(text: &str, name: &str) -> Result<Address, WrongAddress> {
        let shown = || name.to_owned();
        let address = Address::read(text).map_err(|wrong| WrongAddress { shown: shown(), ..wrong })?;
        Ok(Address { shown: shown(), ..address })
    }

    /// As the person wrote it, without what opens a private feed: reports stand where others read them.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    pub(super) fn url(&self) -> &Url {
        &self.url
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.shown)
    }
}

/// Whether an address, the person's or one that a server sends us on to, is of a kind that is read.
pub(super) fn may_be_asked(url: &Url) -> Result<(), (String, String)> {
    if !matches!(url.scheme(), "http" | "https") {
        let what = format!("`{}:` is not read; only http: and https: are", url.scheme());
        return Err((what, "save the document, and give the file".into()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        let help = "write it without them: lists of processes and logs show an address to others";
        return Err(("a user or a password stands in the address".into(), help.into()));
    }
    match url.host() {
        Some(_) => Ok(()),
        None => Err(("no server stands in the address".into(), "write it as a browser shows it".into())),
    }
}

/// An address without the user and the password in it, and without the keys in its query.
pub(super) fn masked(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else { return text.to_owned() };
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let (authority, behind) = rest.split_at(end);
    let behind = without_keys(behind);
    match authority.rsplit_once('@') {
        Some((_, host)) => format!("{scheme}://{MASK}@{host}{behind}"),
        None => format!("{scheme}://{authority}{behind}"),
    }
}

fn without_keys(path: &str) -> String {
    let Some((path, query)) = path.split_once('?') else { return path.to_owned() };
    let (query, fragment) = query.find('#').map_or((query, ""), |at| query.split_at(at));
    let shown = |part: &str| match part.split_once('=') {
        Some((name, value)) if !value.is_empty() && SECRET.iter().any(|word| name.to_lowercase().contains(word)) => {
            format!("{name}={MASK}")
        }
        _ => part.to_owned(),
    };
    let query: Vec<String> = query.split('&').map(shown).collect();
    format!("{path}?{}{fragment}", query.join("&"))
}
