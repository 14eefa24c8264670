//! What each channel's feed looks like, byte by byte.

use offersync::channel::description::Wire;

use crate::catalog::{Catalog, common};
use crate::hostile::{self, TEXTS};
use crate::registered::{Registered, all};
use crate::world::{Asked, World};

/// Common offers, and each hostile text in the fields that people write.
fn master(channel: &Registered) -> Catalog {
    let mut offers = common();
    let columns = hostile::columns(channel);
    for (number, (what, text)) in TEXTS.iter().enumerate() {
        let column = &columns[number % columns.len()];
        offers.push(hostile::of(column, what, text, number).offer);
        let mut odd = hostile::of("attributes.value", what, text, 1_000 + number).offer;
        for column in ["description.uk", "short_description.uk", "brand", "country"] {
            odd.insert(column.into(), (*text).to_owned());
        }
        offers.push(odd);
    }
    Catalog { offers }
}

/// What was left out and what was found, a line each.
fn verdicts(world: &World) -> String {
    let outcome = world.run(&Asked::VALIDATE);
    let channel = &outcome.channels[0];
    let groups = outcome.findings.iter().chain(&channel.findings);
    let mut lines: Vec<String> =
        groups.map(|group| format!("{} {} {}\n", group.severity.name(), group.code, group.count)).collect();
    lines.sort();
    let left = channel
        .invalid
        .iter()
        .map(|left| format!("left out {} {}\n", left.reason, left.first.join(" ").escape_debug()));
    lines.into_iter().chain(left).collect()
}

#[test]
fn golden_feeds_are_equal_byte_by_byte() {
    let mut complaints = Vec::new();
    for channel in all() {
        let world = channel.shop(&master(&channel));
        let outcome = world.run_first(&Asked::RENDER);
        assert_eq!(outcome.channels[0].failed, None, "{}", channel.id());
        let folder = World::fixtures().join("channel").join(channel.id());
        let feed = match channel.description.shapes[0].wire.table() {
            Some(form) if form.separator == b'\t' => "feed.tsv",
            Some(_) => "feed.csv",
            None if channel.description.shapes[0].wire == Wire::JsonLines => "feed.jsonl",
            None => "feed.xml",
        };
        for (name, made) in [(feed, world.read("out/feed.xml")), ("verdicts.txt", verdicts(&world).into_bytes())] {
            let path = folder.join(name);
            if std::env::var_os("OFFERSYNC_BLESS").is_some() {
                std::fs::create_dir_all(&folder).unwrap();
                std::fs::write(&path, &made).unwrap();
            }
            let golden = std::fs::read(&path).unwrap_or_default();
            if golden != made {
                let (golden, made) = (String::from_utf8_lossy(&golden), String::from_utf8_lossy(&made));
                let diff = similar::TextDiff::from_lines(golden.as_ref(), made.as_ref());
                complaints.push(format!("{}:\n{}", path.display(), diff.unified_diff().context_radius(2)));
            }
        }
    }
    assert!(
        complaints.is_empty(),
        "\n{}\nwrite them anew with OFFERSYNC_BLESS=1, and read the change",
        complaints.join("\n")
    );
}
