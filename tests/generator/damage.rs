//! Damage to XML documents: what disks, networks, editors and careless programs
//! do to a feed. For differential tests of readers: whatever comes out, two strict
//! readers must agree on it, and none may panic.

use std::ops::Range;

use super::random::Random;
use super::topic;

type Way = fn(&mut Vec<u8>, &mut Random);

/// Ways to damage a document.
const WAYS: [(&str, Way); 14] = [
    ("a bit flipped", flip_bit),
    ("a byte replaced", replace_byte),
    ("bytes deleted", delete_span),
    ("bytes doubled", double_span),
    ("cut", truncate),
    ("the front lost", lose_front),
    ("two tags swapped", swap_tags),
    ("a tag deleted", delete_tag),
    ("a tag doubled", double_tag),
    ("an entity damaged", damage_entity),
    ("an entity inserted", insert_entity),
    ("a control character inserted", insert_control),
    ("markup inserted", insert_markup),
    ("a letter cut in two", cut_letter),
];

/// The document with one to four kinds of damage, and their names. The same seed does the same damage.
pub fn damage(document: &[u8], seed: u64) -> (Vec<u8>, Vec<&'static str>) {
    let mut random = Random::of(seed, topic::DAMAGE, 0);
    let mut bytes = document.to_vec();
    let times = random.pick(&[1, 1, 1, 2, 2, 3, 4]);
    let mut names = Vec::with_capacity(times);
    for _ in 0..times {
        if bytes.is_empty() {
            break;
        }
        let (name, way) = random.pick(&WAYS);
        way(&mut bytes, &mut random);
        names.push(name);
    }
    (bytes, names)
}

#[allow(clippy::ptr_arg, reason = "one signature for all ways")]
fn flip_bit(bytes: &mut Vec<u8>, random: &mut Random) {
    let at = random.place(bytes.len());
    bytes[at] ^= 1 << random.below(8);
}

#[allow(clippy::ptr_arg, reason = "one signature for all ways")]
fn replace_byte(bytes: &mut Vec<u8>, random: &mut Random) {
    let at = random.place(bytes.len());
    bytes[at] = random.pick(b"<>&;\"'=/!?-[] \t\r\n\0a0\xff\xc3\xef");
}

/// Up to 64 bytes anywhere.
fn span(bytes: &[u8], random: &mut Random) -> Range<usize> {
    let start = random.place(bytes.len());
    start..(start + 1 + random.place(64)).min(bytes.len())
}

fn delete_span(bytes: &mut Vec<u8>, random: &mut Random) {
    let span = span(bytes, random);
    bytes.drain(span);
}

fn double_span(bytes: &mut Vec<u8>, random: &mut Random) {
    let span = span(bytes, random);
    let (end, copy) = (span.end, bytes[span].to_vec());
    bytes.splice(end..end, copy);
}

fn truncate(bytes: &mut Vec<u8>, random: &mut Random) {
    let len = random.place(bytes.len());
    bytes.truncate(len);
}

fn lose_front(bytes: &mut Vec<u8>, random: &mut Random) {
    let len = 1 + random.place(bytes.len().min(200));
    bytes.drain(..len);
}

/// Everything between a `<` and the next `>`, both included.
fn tags(bytes: &[u8]) -> Vec<Range<usize>> {
    let mut tags = Vec::new();
    let mut open = None;
    for (at, byte) in bytes.iter().enumerate() {
        match (byte, open) {
            (b'<', _) => open = Some(at),
            (b'>', Some(start)) => {
                tags.push(start..at + 1);
                open = None;
            }
            _ => {}
        }
    }
    tags
}

fn swap_tags(bytes: &mut Vec<u8>, random: &mut Random) {
    let tags = tags(bytes);
    if tags.len() < 2 {
        return;
    }
    let (one, other) = (random.place(tags.len()), random.place(tags.len()));
    let (first, second) = (tags[one.min(other)].clone(), tags[one.max(other)].clone());
    if first == second {
        return;
    }
    let (early, late) = (bytes[first.clone()].to_vec(), bytes[second.clone()].to_vec());
    bytes.splice(second, early);
    bytes.splice(first, late);
}

fn delete_tag(bytes: &mut Vec<u8>, random: &mut Random) {
    let tags = tags(bytes);
    if !tags.is_empty() {
        bytes.drain(tags[random.place(tags.len())].clone());
    }
}

fn double_tag(bytes: &mut Vec<u8>, random: &mut Random) {
    let tags = tags(bytes);
    if !tags.is_empty() {
        let tag = tags[random.place(tags.len())].clone();
        let copy = bytes[tag.clone()].to_vec();
        bytes.splice(tag.end..tag.end, copy);
    }
}

fn damage_entity(bytes: &mut Vec<u8>, random: &mut Random) {
    let places: Vec<usize> = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'&').map(|(at, _)| at).collect();
    if places.is_empty() {
        return insert_entity(bytes, random);
    }
    let start = random.pick(&places);
    let end = bytes[start..].iter().position(|byte| *byte == b';').map_or(bytes.len(), |len| start + len + 1);
    match random.below(4) {
        0 => drop(bytes.remove(start)),
        1 => drop(bytes.remove(end - 1)),
        2 => bytes[start..end].make_ascii_uppercase(),
        _ => drop(bytes.splice(start..end, wrong_entity(random).bytes())),
    }
}

fn insert_entity(bytes: &mut Vec<u8>, random: &mut Random) {
    let at = random.place(bytes.len());
    let entity = wrong_entity(random);
    bytes.splice(at..at, entity.bytes());
}

fn wrong_entity(random: &mut Random) -> &'static str {
    random.pick(&[
        "&nbsp;",
        "&",
        "&;",
        "&#;",
        "&#0;",
        "&#x;",
        "&#31;",
        "&#xD800;",
        "&#xFFFE;",
        "&#99999999999;",
        "&#12a;",
        "&amp",
        "& amp;",
        "&AMP;",
        "&#x1F600;",
        "&#10;",
        "&lol9;",
        "&#38;",
        "&#60;",
        "&amp;",
    ])
}

fn insert_control(bytes: &mut Vec<u8>, random: &mut Random) {
    let at = random.place(bytes.len());
    let control =
        random.pick(&["\0", "\x01", "\x08", "\x0b", "\x0c", "\x1b", "\x1f", "\x7f", "\u{85}", "\u{fffe}", "\u{ffff}"]);
    bytes.splice(at..at, control.bytes());
}

fn insert_markup(bytes: &mut Vec<u8>, random: &mut Random) {
    let at = random.place(bytes.len());
    let markup = random.pick(&[
        "]]>",
        "<![CDATA[",
        "<![CDATA[]]>",
        "<!--",
        "-->",
        "<!-- -- -->",
        "<!-- a -->",
        "<?xml version=\"1.0\"?>",
        "<?pi ?>",
        "<?",
        "?>",
        "<",
        ">",
        "</",
        "/>",
        "<a>",
        "</a>",
        "<a/>",
        "<!DOCTYPE a>",
        "<!DOCTYPE a [<!ENTITY b \"c\">]>",
        "<!",
        "xmlns:a=\"b\"",
        " id=\"1\"",
        " id=1",
        " id",
        "\u{feff}",
        "<a:b/>",
        "<1/>",
        "<-a/>",
    ]);
    bytes.splice(at..at, markup.bytes());
}

/// Removes one byte of a letter of several.
fn cut_letter(bytes: &mut Vec<u8>, random: &mut Random) {
    let places: Vec<usize> = bytes.iter().enumerate().filter(|(_, byte)| !byte.is_ascii()).map(|(at, _)| at).collect();
    if !places.is_empty() {
        bytes.remove(random.pick(&places));
    }
}
