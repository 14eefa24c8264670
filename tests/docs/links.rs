//! Links between files of the repository.

use std::path::Path;

/// The relative links of a document that lead nowhere.
pub fn dead(markdown: &str, folder: &Path) -> Vec<String> {
    let targets = markdown.match_indices("](").filter_map(|(at, open)| {
        let rest = &markdown[at + open.len()..];
        rest.find(')').map(|end| &rest[..end])
    });
    let local = targets.filter(|target| !target.contains("://") && !target.starts_with('#'));
    let path = |target: &str| target.split('#').next().unwrap_or("").to_owned();
    local.map(path).filter(|target| !folder.join(target).exists()).collect()
}

#[test]
fn a_dead_link_is_seen() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = "[a](Cargo.toml) [b](https://x.example/y) [c](#here) [d](src/#top) [e](nowhere.md#x)";
    assert_eq!(dead(text, root), ["nowhere.md"]);
}
