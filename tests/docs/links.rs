//! Links between files of the repository, and to the headings in them.

use std::fs;
use std::path::Path;

/// The relative links of a document that lead nowhere.
pub fn dead(markdown: &str, folder: &Path) -> Vec<String> {
    let targets = markdown.match_indices("](").filter_map(|(at, open)| {
        let rest = &markdown[at + open.len()..];
        rest.find(')').map(|end| &rest[..end])
    });
    let local = targets.filter(|target| !target.contains("://"));
    local.filter(|target| !leads_somewhere(target, markdown, folder)).map(str::to_owned).collect()
}

fn leads_somewhere(target: &str, markdown: &str, folder: &Path) -> bool {
    let (file, heading) = target.split_once('#').map_or((target, None), |(file, heading)| (file, Some(heading)));
    let path = folder.join(file);
    let has = |text: &str| heading.is_none_or(|heading| anchors(text).any(|anchor| anchor == heading));
    match file {
        "" => has(markdown),
        _ if file.ends_with(".md") => fs::read_to_string(path).is_ok_and(|text| has(&text)),
        _ => path.exists(),
    }
}

/// The headings of a document, as links spell them.
fn anchors(markdown: &str) -> impl Iterator<Item = String> {
    let mut in_block = false;
    let headings = markdown.lines().filter(move |line| {
        in_block ^= line.starts_with("```");
        !in_block && line.starts_with('#')
    });
    headings.map(|line| {
        let plain = line.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
        plain.chars().filter(|one| one.is_alphanumeric() || matches!(one, '-' | '_')).collect()
    })
}

#[test]
fn a_dead_link_is_seen() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = "# Here, now\n```sh\n# there\n```\n[a](Cargo.toml) [b](https://x.example/y) [c](#here-now) [d](src/#top) \
                [e](nowhere.md#x) [f](#there) [g](README.md#install) [h](README.md#instal)";
    assert_eq!(dead(text, root), ["nowhere.md#x", "#there", "README.md#instal"]);
}
