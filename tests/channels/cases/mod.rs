//! The hard cases of real channels, each said in a description of a few lines: it is written, it comes back without a
//! difference, and a changed value is found by its name. Whoever changes the language sees here what it has to say.

mod amounts;
mod documents;
mod rows;
mod texts;
mod times;

use offersync::engine::outcome::FeedFate;
use offersync::plan::ChangeKind;

use crate::world::{Asked, World, changes_in_words, fields};

/// A shop with one channel of its own.
struct Case {
    world: World,
}

const CONFIG: &str = r#"version: 1
shop: {name: Калина, company: ФОП Калина О., url: "https://kalyna.example", language: uk, currency: UAH}
timezone: Europe/Kyiv
master:
  file: master.csv
  CATEGORIES
  fields:
    pictures: {column: pictures, split: "|"}
    attributes: [{column: attributes, split: "|", pair: "="}]
channels:
  own: {use: ./own.yaml, feed: out/feed, export: now, guards: {max-delete: 100%, max-update: 100%, category-gone: false}, MORE}
"#;

impl Case {
    /// A description without its head, and a master; the first line of the master names its columns.
    fn of(description: &str, master: &str) -> Case {
        Case::with(description, master, "", &[])
    }

    /// The same with answers to the channel (`settings: {…}`) and further files; `categories.csv` is the tree.
    fn with(description: &str, master: &str, more: &str, files: &[(&str, &str)]) -> Case {
        let world = World::of(files);
        let head = "id: own\ntitle: Own\nchecked: {on: 2026-11-21, at: [these tests]}\n";
        world.write("own.yaml", format!("{head}{description}"));
        let categories =
            if files.iter().any(|file| file.0 == "categories.csv") { "categories: categories.csv" } else { "" };
        let mut config = CONFIG.replace("CATEGORIES", categories).replace("MORE", more);
        for column in ["pictures", "attributes"] {
            if !master.lines().next().unwrap().split(',').any(|one| one == column) {
                let line = config.lines().find(|line| line.trim_start().starts_with(column)).unwrap().to_owned();
                config = config.replace(&format!("{line}\n"), "");
            }
        }
        let config = if config.contains("    pictures") || config.contains("    attributes") {
            config
        } else {
            config.replace("  fields:\n", "")
        };
        world.write("offersync.yaml", config);
        world.write("master.csv", format!("{master}\n"));
        std::fs::create_dir_all(world.path("out")).unwrap();
        Case { world }
    }

    /// The feed, which says all of this and differs in nothing from the master when it is read.
    fn says(&self, wanted: &[&str]) -> String {
        let outcome = self.world.run_first(&Asked::RENDER);
        let found = &outcome.channels[0];
        assert_eq!(found.failed, None);
        assert!(found.invalid.is_empty(), "{:?} {:?}", found.invalid, found.findings);
        assert_eq!(found.feed.as_ref().map(|feed| feed.fate), Some(FeedFate::Written), "{:?}", found.guards);
        let feed = self.world.text("out/feed");
        for text in wanted {
            assert!(feed.contains(text), "{text}\nis not in\n{feed}");
        }
        self.reads(&feed, &[]);
        feed
    }

    /// An export shows exactly these updates: keys with the names of fields, in order.
    fn reads(&self, export: &str, updates: &[(&str, &[&str])]) {
        self.world.write("now", export);
        let outcome = self.world.run(&Asked::DIFF);
        let found = &outcome.channels[0];
        assert_eq!(found.failed, None, "{export}");
        let words = changes_in_words(found);
        let mut told: Vec<(&str, Vec<&str>)> =
            found.changes.iter().map(|change| (change.key.as_str(), fields(change))).collect();
        told.sort();
        assert!(found.changes.iter().all(|change| change.kind == ChangeKind::Update), "{words}\n{export}");
        let updates: Vec<(&str, Vec<&str>)> = updates.iter().map(|(key, names)| (*key, names.to_vec())).collect();
        assert_eq!(told, updates, "{words}\n{export}");
        assert!(found.document.is_empty(), "{words}");
    }

    /// The feed with another text in the place of one; it has to stand there.
    fn changed(feed: &str, from: &str, to: &str) -> String {
        assert!(feed.contains(from), "{from}\nis not in\n{feed}");
        feed.replacen(from, to, 1)
    }

    /// What is found, a line for each place, sorted.
    fn told(&self) -> Vec<String> {
        let outcome = self.world.run_first(&Asked::VALIDATE);
        let places = outcome.channels[0].findings.iter().flat_map(|group| &group.places);
        let mut told: Vec<String> = places.map(|place| place.found.message.clone()).collect();
        told.sort();
        told
    }

    /// The codes of what is found, sorted; offers that are left out included.
    fn codes(&self) -> Vec<String> {
        let outcome = self.world.run_first(&Asked::VALIDATE);
        let mut codes: Vec<String> = outcome.channels[0].findings.iter().map(|group| group.code.clone()).collect();
        codes.sort();
        codes
    }
}
