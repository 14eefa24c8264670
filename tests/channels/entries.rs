//! Feeds in Atom as others write them: what an entry says by Atom's own names is read where the channel's own are
//! not there, and gives way where they are.

use offersync::engine::outcome::FindingGroup;

use crate::catalog::{Catalog, good};
use crate::registered::{Registered, all};
use crate::world::{Asked, World, changes_in_words};

/// A shop whose feed was rendered as RSS.
fn shop(channel: &Registered) -> World {
    let world = channel.shop(&Catalog { offers: (0..3).map(good).collect() });
    let config = world.text("offersync.yaml").replace("    feed:", "    shape: rss\n    feed:");
    world.write("offersync.yaml", config);
    world.run_first(&Asked::RENDER);
    world
}

/// The text between two marks that both stand in a line.
fn between<'l>(line: &'l str, open: &str, close: &str) -> Option<&'l str> {
    line.trim().strip_prefix(open)?.strip_suffix(close)
}

/// The items of a feed as entries of Atom, each line of them as `told` puts it.
fn entries(feed: &str, told: impl Fn(&str) -> String) -> String {
    let (_, items) = feed.split_once("<item>").unwrap();
    let items = format!("<item>{items}").replace("</channel>", "").replace("</rss>", "");
    let lines: String = items.replace("<item>", "<entry>").replace("</item>", "</entry>").lines().map(told).collect();
    format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:g=\"http://base.google.com/ns/1.0\"><title>Калина &amp; Ко</title>\
         <link href=\"https://kalyna.example/?a=1&amp;b=2\"/><subtitle>ФОП «Калина»</subtitle>{lines}</feed>"
    )
}

/// A line by Atom's own names.
fn by_names_of_atom(line: &str) -> String {
    if let Some(id) = between(line, "<g:id>", "</g:id>") {
        return format!("<id>{id}</id>");
    }
    if let Some(address) = between(line, "<link>", "</link>") {
        let other = "<link rel=\"self\" href=\"https://kalyna.example/entry\"/>";
        return format!("{other}<link rel=\"alternate\" href=\"{address}\"/>");
    }
    match between(line, "<description>", "</description>") {
        Some(text) => format!("<summary>{text}</summary><updated>2026-11-20T06:00:00Z</updated>"),
        None => line.to_owned(),
    }
}

/// A line by both names, those of Atom in front and with something else in them.
fn by_both(line: &str) -> String {
    let both = |atom: &str, name: &str, text: &str| format!("{atom}<g:{name}>{text}</g:{name}>");
    if let Some(id) = between(line, "<g:id>", "</g:id>") {
        return both("<id>tag:kalyna.example,2026:7</id>", "id", id);
    }
    for (name, atom) in [
        ("title", "<title>Дуже коротко</title>"),
        ("description", "<summary>Коротко</summary><content>Довго</content>"),
        ("link", "<link href=\"https://kalyna.example/entry\"/>"),
    ] {
        if let Some(text) = between(line, &format!("<{name}>"), &format!("</{name}>")) {
            return both(atom, name, text);
        }
    }
    line.to_owned()
}

#[test]
fn entries_are_read_by_their_own_names_and_by_those_of_the_channel() {
    for channel in all().into_iter().filter(|channel| channel.id() == "google") {
        let world = shop(&channel);
        let feed = world.text("out/feed.xml");
        for told in [by_names_of_atom, by_both] {
            world.write("now.xml", entries(&feed, told));
            let outcome = world.run(&Asked::DIFF);
            let found = &outcome.channels[0];
            assert_eq!(found.failed, None);
            assert!(!found.differs(), "{}", changes_in_words(found));
            assert_eq!(found.counts.same, 3);
            // that of Atom which no channel reads is noted
            let is_wrong = |group: &&FindingGroup| group.file == "now.xml" && group.code != "export/unknown-nodes";
            let of_the_export: Vec<_> = found.findings.iter().filter(is_wrong).collect();
            assert!(of_the_export.is_empty(), "{of_the_export:?}");
        }
    }
}
