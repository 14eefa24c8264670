//! Documents that mean the same and are spelled otherwise: read without loss, or with just the finding that belongs.

mod places;

use std::io::Write;

use offersync::engine::outcome::FindingGroup;

use crate::catalog::{Catalog, common};
use crate::registered::{Registered, of_nodes};
use crate::tree::{Node, Texts};
use crate::world::{Asked, World, changes_in_words};
use places::{aliases, amounts, ignored, listing_names};

/// A document in another spelling.
struct Spelled {
    what: String,
    bytes: Vec<u8>,
    /// The codes that belong to the spelling.
    findings: Vec<String>,
}

impl Spelled {
    fn new(what: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Spelled { what: what.into(), bytes: bytes.into(), findings: Vec::new() }
    }

    fn with(self, code: impl Into<String>) -> Self {
        Spelled { findings: vec![code.into()], ..self }
    }
}

/// A shop whose feed has been rendered; the feed.
fn rendered(channel: &Registered) -> (World, String) {
    let world = channel.shop(&Catalog { offers: common() });
    let outcome = world.run_first(&Asked::RENDER);
    assert_eq!(outcome.channels[0].failed, None);
    let feed = world.text("out/feed.xml");
    (world, feed)
}

/// Reads a document as the export: all listings are the same, and what is found is what belongs.
fn read_without_loss(channel: &Registered, world: &World, listings: u64, spelled: &Spelled) {
    let what = format!("{}: {}", channel.id(), spelled.what);
    world.write("now.xml", &spelled.bytes);
    for threads in [1, 2] {
        let outcome = world.run(&Asked { threads, ..Asked::DIFF });
        let found = &outcome.channels[0];
        assert_eq!(found.failed, None, "{what}");
        assert!(!found.differs(), "{what}: {}", changes_in_words(found));
        assert_eq!(found.counts.same, listings, "{what}");
        let of_the_export: Vec<&FindingGroup> = found.findings.iter().filter(|group| group.file == "now.xml").collect();
        let codes: Vec<String> = of_the_export.iter().map(|group| group.code.clone()).collect();
        assert_eq!(codes, spelled.findings, "{what}: {of_the_export:?}");
    }
}

fn listings(channel: &Registered, feed: &str) -> u64 {
    Node::parse(feed).at(&listing_names(channel)[1..]).len() as u64
}

/// Does something to every listing.
fn each_listing(channel: &Registered, tree: &Node, change: impl Fn(&mut Node)) -> Node {
    let mut tree = tree.clone();
    let names = listing_names(channel);
    let (last, holder) = names[1..].split_last().unwrap();
    let holder = tree.open(holder);
    holder.children.iter_mut().filter(|child| child.name == *last).for_each(change);
    tree
}

#[test]
fn encodings_and_line_ends() {
    for channel in of_nodes() {
        let (world, feed) = rendered(&channel);
        let declared = |name: &str| feed.replacen("UTF-8", name, 1);
        let of_1251 = declared("windows-1251");
        let (of_1251, _, lost) = encoding_rs::WINDOWS_1251.encode(&of_1251);
        assert!(!lost, "the catalog is one of windows-1251");
        let wide = |unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
            let text = format!("\u{feff}{}", declared("UTF-16"));
            text.encode_utf16().flat_map(unit).collect()
        };
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(feed.as_bytes()).unwrap();
        for spelled in [
            Spelled::new("as it is", feed.clone()),
            Spelled::new("a byte order mark", format!("\u{feff}{feed}")),
            Spelled::new("windows-1251", of_1251),
            Spelled::new("UTF-16, little end first", wide(u16::to_le_bytes)),
            Spelled::new("UTF-16, big end first", wide(u16::to_be_bytes)),
            Spelled::new("CR alone", feed.replace("\r\n", "\n").replace('\n', "\r")),
            Spelled::new("CRLF", feed.replace("\r\n", "\n").replace('\n', "\r\n")),
            Spelled::new("packed", packed.finish().unwrap()),
            Spelled::new("no last line end", feed.trim_end()),
            Spelled::new("a DOCTYPE of old", feed.replacen("?>", "?>\n<!DOCTYPE x SYSTEM \"shops.dtd\">", 1)),
        ] {
            read_without_loss(&channel, &world, listings(&channel, &feed), &spelled);
        }
    }
}

#[test]
fn texts_in_every_form() {
    for channel in of_nodes() {
        let (world, feed) = rendered(&channel);
        let tree = Node::parse(&feed);
        let count = listings(&channel, &feed);
        for texts in [Texts::Escaped, Texts::CData, Texts::WithComments, Texts::References] {
            let spelled = Spelled::new(format!("{texts:?}"), tree.document(texts));
            read_without_loss(&channel, &world, count, &spelled);
        }
        let spelled = Spelled::new("escaped sections", tree.document(Texts::EscapedCData));
        read_without_loss(&channel, &world, count, &spelled.with("export/cdata-escaped"));
    }
}

#[test]
fn order_unknown_nodes_and_decimal_commas() {
    for channel in of_nodes() {
        let (world, feed) = rendered(&channel);
        let tree = Node::parse(&feed);
        let names = listing_names(&channel);
        let mut reversed = tree.clone();
        reversed.open(&names[1..names.len() - 1]).children.reverse();
        let turned = each_listing(&channel, &tree, |listing| {
            listing.attributes.reverse();
            // what stands several times keeps its order
            listing.children.sort_by(|one, other| other.name.cmp(&one.name));
        });
        let mut unknown = each_listing(&channel, &tree, |listing| {
            let inner = Node { name: "price".into(), text: "1".into(), ..Node::default() };
            let attributes = vec![("name".to_owned(), "Колір".to_owned())];
            let strange =
                Node { name: "невідомо".into(), attributes, children: vec![inner], ..Node::default() };
            listing.children.insert(0, strange.clone());
            listing.children.push(Node { name: "x-y.z_1".into(), text: "щось".into(), ..Node::default() });
            listing.attributes.push(("zzz".into(), "<&>".into()));
        });
        unknown.attributes.push(("version".into(), "7".into()));
        unknown.children.insert(0, Node { name: "platform".into(), text: "Калина".into(), ..Node::default() });
        let mut commas = tree.clone();
        // 1,125 may be more than a thousand: nobody can know, so it counts as different
        let is_ambiguous = |text: &str| text.split_once('.').is_some_and(|(_, places)| places.len() == 3);
        amounts(&channel, &mut commas, |text| if is_ambiguous(text) { text.into() } else { text.replace('.', ",") });
        let is_whole = channel.price_places() == Some(0);
        assert!(is_whole || commas != tree, "{}: there is an amount with decimals", channel.id());
        let mut padded = tree.clone();
        amounts(&channel, &mut padded, |text| {
            let zeros = if text.contains('.') { "0" } else { ".00" };
            if text.is_empty() { text.to_owned() } else { format!("\n  {text}{zeros} ") }
        });
        for (what, tree) in [
            ("listings in another order", reversed),
            ("nodes in another order", turned),
            ("decimal commas", commas),
            ("zeros and blanks", padded),
        ] {
            let spelled = Spelled::new(what, tree.document(Texts::Escaped));
            read_without_loss(&channel, &world, listings(&channel, &feed), &spelled);
        }
        let spelled = Spelled::new("nodes that nobody knows", unknown.document(Texts::Escaped));
        let spelled = spelled.with("export/unknown-nodes");
        read_without_loss(&channel, &world, listings(&channel, &feed), &spelled);
    }
}

#[test]
fn every_alias_is_read() {
    for channel in of_nodes() {
        let (world, feed) = rendered(&channel);
        let tree = Node::parse(&feed);
        for (path, alias) in aliases(&channel) {
            let other = each_listing(&channel, &tree, |listing| {
                let values = listing.take(&path);
                listing.put(&alias, values);
            });
            assert_ne!(other, tree, "{}: something stands at {}", channel.id(), path.text);
            let spelled = Spelled::new(format!("{} for {}", alias.text, path.text), other.document(Texts::Escaped));
            read_without_loss(&channel, &world, listings(&channel, &feed), &spelled);
        }
    }
}

#[test]
fn places_that_only_look_right_are_named() {
    for channel in of_nodes() {
        let (world, feed) = rendered(&channel);
        let tree = Node::parse(&feed);
        for (place, code) in ignored(&channel) {
            let other = each_listing(&channel, &tree, |listing| listing.put(&place, vec!["7".into()]));
            let spelled = Spelled::new(format!("{} is not read", place.text), other.document(Texts::Escaped));
            read_without_loss(&channel, &world, listings(&channel, &feed), &spelled.with(code));
        }
        for place in &channel.description.shapes[0].listings.refused {
            let names = listing_names(&channel);
            let mut other = tree.clone();
            let moved = std::mem::take(&mut other.open(&names[1..names.len() - 1]).children);
            let steps: Vec<&str> = place.steps.iter().map(|step| step.name.as_str()).collect();
            other.open(&steps[1..steps.len() - 1]).children.extend(moved);
            let spelled = Spelled::new("listings at another place", other.document(Texts::Escaped));
            read_without_loss(&channel, &world, listings(&channel, &feed), &spelled.with("export/listing-place"));
        }
    }
}
