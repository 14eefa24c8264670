//! Changes that are known beforehand: a catalog against what a channel has made of it, in the form of each complete
//! shape that the channel is read in. All of them are found, and nothing beside them.

mod both;
mod mutation;
mod named;
mod offers;
mod products;
mod shows;

use std::collections::{BTreeMap, BTreeSet};

use offersync::engine::Outcome;
use offersync::engine::outcome::ChannelOutcome;
use offersync::plan::ChangeKind;

use crate::catalog::Catalog;
use crate::generated;
use crate::registered::Registered;
use crate::world::{Asked, changes_in_words, fields, keys};

/// Catalogs that each channel and shape is tried with.
const SEEDS: std::ops::RangeInclusive<u64> = 1..=10;

/// What has to be found: keys of creates and deletes, and the fields of each update.
#[derive(Debug, Default, PartialEq, Eq)]
struct Truth {
    create: Vec<String>,
    delete: Vec<String>,
    update: BTreeMap<String, Vec<String>>,
}

impl Truth {
    /// What a diff found.
    fn found(found: &ChannelOutcome) -> Truth {
        let updates = found.changes.iter().filter(|change| change.kind == ChangeKind::Update);
        let names = |change| fields(change).into_iter().map(str::to_owned).collect();
        Truth {
            create: keys(found, ChangeKind::Create),
            delete: keys(found, ChangeKind::Delete),
            update: updates.map(|change| (change.key.clone(), names(change))).collect(),
        }
    }

    /// With the fields of updates in other words, each once.
    fn in_words(self, word: impl Fn(&str) -> String) -> Truth {
        let words = |names: Vec<String>| names.iter().map(|name| word(name)).collect::<BTreeSet<String>>();
        let update = self.update.into_iter().map(|(key, names)| (key, words(names).into_iter().collect())).collect();
        Truth { update, ..self }
    }
}

/// What has to be found between rows by key, each with what it says. What only products say, or only variants, is not
/// looked for where a row is of the other sort now.
fn rows_truth(
    desired: &BTreeMap<String, BTreeMap<String, String>>,
    existing: &BTreeMap<String, BTreeMap<String, String>>,
) -> Truth {
    let mut truth = Truth {
        create: desired.keys().filter(|key| !existing.contains_key(*key)).cloned().collect(),
        delete: existing.keys().filter(|key| !desired.contains_key(*key)).cloned().collect(),
        update: BTreeMap::new(),
    };
    for (key, row) in desired {
        let Some(there) = existing.get(key) else { continue };
        let words: BTreeSet<&String> = row.keys().chain(there.keys()).collect();
        let is_said = |word: &String| row.contains_key(word) || !OF_ONE_ROLE.contains(&word.as_str());
        let differing = words.into_iter().filter(|word| is_said(word) && row.get(*word) != there.get(*word)).cloned();
        let differing: Vec<String> = differing.collect();
        if !differing.is_empty() {
            truth.update.insert(key.clone(), differing);
        }
    }
    truth
}

/// Words of rows that are a product's, or its variants'.
const OF_ONE_ROLE: [&str; 8] = ["name", "text", "kind", "price", "stock", "sale", "Parent", "url_key"];

/// A document of a catalog in a shape, with all of its offers.
fn written(channel: &Registered, shape: &str, catalog: &Catalog) -> Vec<u8> {
    let (document, outcome) = written_in(channel, shape, catalog);
    let found = &outcome.channels[0];
    assert!(found.invalid.is_empty(), "{} {shape}: {:?}", channel.id(), found.invalid);
    document
}

/// A document of a catalog in a shape, whether or not the channel lets anybody write it.
pub fn written_in(channel: &Registered, shape: &str, catalog: &Catalog) -> (Vec<u8>, Outcome) {
    let world = generated::shop(channel, catalog);
    let config = world.text("offersync.yaml").replace("    feed:", &format!("    shape: {shape}\n    feed:"));
    world.write("offersync.yaml", config);
    let name = format!("{}.yaml", channel.id());
    world.write(&name, writable(&world.text(&name), shape));
    let outcome = world.run_first(&Asked::RENDER);
    assert_eq!(outcome.channels[0].failed, None, "{} {shape}", channel.id());
    (world.read("out/feed.xml"), outcome)
}

/// A description in which a shape, and the one that it is like, may be written.
fn writable(description: &str, shape: &str) -> String {
    let (before, shapes) = description.split_at(description.find("\nshapes:").unwrap());
    let (others, own) = shapes.split_at(shapes.find(&format!("\n  {shape}:")).unwrap());
    // its keys stand four deep, up to the next one
    let end = own[1..].match_indices("\n  ").map(|found| found.0 + 1).find(|at| !own[at + 3..].starts_with(' '));
    let (own, behind) = own.split_at(end.unwrap_or(own.len()));
    let text = format!("{before}{others}{}{behind}", own.replace("    read_only: true\n", ""));
    match own.lines().find_map(|line| line.strip_prefix("    like: ")) {
        Some(like) => writable(&text, like),
        None => text,
    }
}

/// What is found in a document; `told` puts it into the words of the truth.
fn finds(
    (channel, shape): (&Registered, &str),
    master: &Catalog,
    export: &[u8],
    truth: &Truth,
    told: impl Fn(Truth) -> Truth,
    seed: u64,
) {
    let world = generated::shop(channel, master);
    world.write("now.xml", export);
    let outcome = world.run(&Asked { threads: 1 + usize::try_from(seed).unwrap() % 2, ..Asked::DIFF });
    let found = &outcome.channels[0];
    let what = format!("{} {shape}, seed {seed}", channel.id());
    assert_eq!(found.failed, None, "{what}");
    assert!(found.invalid.is_empty(), "{what}: {:?}", found.invalid);
    assert_eq!(found.existing.as_ref().map(|existing| existing.shape.as_str()), Some(shape), "{what}");
    assert_eq!(&told(Truth::found(found)), truth, "{what}\n{}", changes_in_words(found));
    // the head speaks of categories that only one side uses
    let of_the_head = found.document.iter().find(|field| !field.name.contains("ategory["));
    assert!(of_the_head.is_none(), "{what}: {of_the_head:?}");
}
