//! Paths as programs need them: from where offersync was started, with `/` between, so that a server
//! that has the repository finds the file.

use std::path::{Component, Path};

use crate::engine::outcome::Whereabouts;

/// A path of a report: those that the config names start from its folder, and reports show them so.
pub(super) fn from_here(file: &str, config: &str, whereabouts: &Whereabouts) -> String {
    let path = Path::new(file);
    let starts_here = whereabouts.from_here.iter().any(|known| !known.is_empty() && path.starts_with(known));
    let folder = Path::new(config).parent().filter(|_| !starts_here).unwrap_or(Path::new(""));
    let joined = folder.join(path);
    let here = Path::new(&whereabouts.here);
    let inside = if whereabouts.here.is_empty() { None } else { joined.strip_prefix(here).ok() };
    plain(inside.unwrap_or(&joined))
}

/// Without `.`, and without `..` where something stands before it.
fn plain(path: &Path) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut root = String::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if parts.last().is_some_and(|last| last != "..") => {
                parts.pop();
            }
            Component::ParentDir => parts.push("..".to_owned()),
            Component::Normal(name) => parts.push(name.to_string_lossy().into_owned()),
            Component::Prefix(prefix) => root.push_str(&prefix.as_os_str().to_string_lossy()),
            Component::RootDir => root.push('/'),
        }
    }
    format!("{root}{}", parts.join("/"))
}

/// A path as the reference of a URI: every byte that has a meaning there is written by its number.
pub(super) fn as_uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    if path.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_start_from_where_one_stands() {
        let seen =
            Whereabouts { here: "/home/shop".into(), from_here: vec!["conf/offersync.yaml".into(), "out".into()] };
        let path = |file: &str| from_here(file, "conf/offersync.yaml", &seen);
        assert_eq!(path("catalog/master.csv"), "conf/catalog/master.csv");
        assert_eq!(path("../catalog/./master.csv"), "catalog/master.csv");
        assert_eq!(path("../../elsewhere.csv"), "../elsewhere.csv");
        assert_eq!(path("conf/offersync.yaml"), "conf/offersync.yaml", "the config itself is named from here");
        assert_eq!(path("out/a.xml"), "out/a.xml");
        assert_eq!(path("/home/shop/in/a.csv"), "in/a.csv");
        assert_eq!(path("/srv/a.csv"), "/srv/a.csv");
        assert_eq!(from_here("feed.xml", "", &Whereabouts::default()), "feed.xml");
    }

    #[test]
    fn nothing_in_a_path_means_anything_to_a_uri() {
        assert_eq!(
            as_uri("мій каталог/a b%.csv"),
            "%D0%BC%D1%96%D0%B9%20%D0%BA%D0%B0%D1%82%D0%B0%D0%BB%D0%BE%D0%B3/a%20b%25.csv"
        );
        assert_eq!(as_uri("c:a?b#c\\d"), "c%3Aa%3Fb%23c%5Cd");
        assert_eq!(as_uri("/srv/a.csv"), "file:///srv/a.csv");
    }
}
