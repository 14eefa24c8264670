//! All descriptions that there are, each with a shop around it that gives it whatever it asks for.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use offersync::channel::description::{Description, Field, From, ListingOf, Part, Setting, Source, Wire};
use offersync::channel::load;
use offersync::model::Kind;
use offersync::wire::yaml::{Document, Problems, parse};

use crate::catalog::{CATEGORIES, Catalog};
use crate::world::World;

/// A description that is registered or lies in an example.
pub struct Registered {
    pub path: PathBuf,
    pub description: Description,
}

/// All of them; of a single one while it is being written, `OFFERSYNC_CHANNEL=kaspi cargo test --test channels`.
pub fn all() -> Vec<Registered> {
    let only = std::env::var("OFFERSYNC_CHANNEL").ok();
    let wanted = |channel: &Registered| only.as_deref().is_none_or(|only| only == channel.id());
    let all = paths().into_iter().map(|path| Registered { description: described(&path), path });
    let all: Vec<Registered> = all.filter(wanted).collect();
    assert!(!all.is_empty(), "no description is of the channel {only:?}");
    all
}

/// Those whose first document has nodes.
pub fn of_nodes() -> Vec<Registered> {
    all().into_iter().filter(|channel| channel.description.shapes[0].wire == Wire::Xml).collect()
}

/// The built-in descriptions, and those of the examples.
fn paths() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let examples = fs::read_dir(root.join("examples")).unwrap().map(|entry| entry.unwrap().path());
    let folders = examples.chain([root.join("src/channel")]);
    let files = folders.flat_map(|folder| fs::read_dir(folder).unwrap()).map(|entry| entry.unwrap().path());
    // configs of other programs begin with a point
    let is_hidden = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    let is_yaml = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "yaml");
    let is_description = |path: &PathBuf| is_yaml(path) && !path.ends_with("offersync.yaml") && !is_hidden(path);
    let mut paths: Vec<PathBuf> = files.filter(is_description).collect();
    paths.sort();
    assert!(paths.len() >= 3, "descriptions are where they are expected: {paths:?}");
    paths
}

fn described(path: &Path) -> Description {
    let problems = Problems::default();
    let document = Document { name: path.display().to_string(), text: fs::read_to_string(path).unwrap() };
    let description = parse(document, &problems).and_then(|node| load(&node, &problems));
    let found: Vec<String> = problems
        .take()
        .iter()
        .map(|problem| {
            let (line, column) = problem.line_and_column();
            format!("{}:{line}:{column}: {}: {} ({})", path.display(), problem.code, problem.what, problem.label)
        })
        .collect();
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
    description.unwrap()
}

const CONFIG: &str = r#"version: 1
shop: {name: "Калина & Ко", company: "ФОП «Калина»", url: "https://kalyna.example/?a=1&b=2", language: uk, currency: UAH}
timezone: Europe/Kyiv
rates: {USD: 41.505, EUR: 45.1}
master:
  file: master.csv
  categories: categories.csv
  fields:
    pictures: {column: pictures, split: "‖"}
    keywords.uk: {column: keywords.uk, split: "‖"}
    keywords.ru: {column: keywords.ru, split: "‖"}
    attributes:
      - {column: attributes, split: "‖", pair: "≔"}
      - {name: "Об'єм", column: volume, unit: мл}
      - {name: Розміри, column: sizes, split: "‖"}
    options: {Колір: colour}
channels:
"#;

/// Everything open but what nothing opens.
const GUARDS: &str = "{max-delete: 100%, max-update: 100%, max-invalid: 100%, zero-stock: 100%, category-gone: false, \
     shrink: 0%, max-price-move: {limit: 1000000%, share: 100%}}";

impl Registered {
    pub fn id(&self) -> &str {
        &self.description.id
    }

    /// A shop with this channel alone: feed at `out/feed.xml`, export at `now.xml`. Prices are whole where it asks for
    /// whole ones.
    pub fn shop(&self, catalog: &Catalog) -> World {
        self.shop_as_it_is(&self.priced(catalog))
    }

    /// A catalog at prices that it takes.
    pub fn priced(&self, catalog: &Catalog) -> Catalog {
        if self.price_places() == Some(0) { catalog.in_whole_amounts() } else { catalog.clone() }
    }

    /// The same with the prices as they are.
    pub fn shop_as_it_is(&self, catalog: &Catalog) -> World {
        let world = World::new();
        let mut channel = format!(
            "  {0}:\n    use: ./{0}.yaml\n    feed: out/feed.xml\n    export: now.xml\n    guards: {GUARDS}\n",
            self.id()
        );
        // a list that is built in needs no file
        let asked = self.description.settings.iter().filter(|setting| setting.list.is_none());
        let settings: Vec<String> = asked.map(answer).collect();
        if !settings.is_empty() {
            channel.push_str(&format!("    settings: {{{}}}\n", settings.join(", ")));
        }
        let mut lookups = Vec::new();
        for table in &self.description.lookups {
            let file = format!("lookups/{}.csv", table.name);
            world.write(&file, lookup(&table.by, &table.gives));
            lookups.push(format!("{}: {file}", table.name));
        }
        if !lookups.is_empty() {
            channel.push_str(&format!("    lookups: {{{}}}\n", lookups.join(", ")));
        }
        let own = match self.description.currencies.iter().any(|one| one == "UAH") {
            true => "UAH",
            false => self.description.currencies.first().map_or("UAH", String::as_str),
        };
        let config = CONFIG.replace("currency: UAH", &format!("currency: {own}"));
        world.write("offersync.yaml", format!("{config}{channel}"));
        world.write(&format!("{}.yaml", self.id()), fs::read(&self.path).unwrap());
        world.write("master.csv", catalog.csv());
        world.write("categories.csv", CATEGORIES);
        fs::create_dir(world.path("out")).unwrap();
        world
    }

    /// Whether its listings are products, and offers their rows.
    pub fn lists_products(&self) -> bool {
        self.description.listing == ListingOf::Product
    }

    /// Whether a product has a listing of its own beside those of its variations.
    pub fn lists_variations_beside_products(&self) -> bool {
        self.description.listing == ListingOf::Both
    }

    /// Whether backslashes stand before commas within an item of a list.
    pub fn escapes_items(&self) -> bool {
        fn any(rows: &[(usize, Vec<offersync::channel::description::Row>)]) -> bool {
            let escapes = |row: &offersync::channel::description::Row| {
                row.spelling.escape.as_deref() == Some("\\") || any(&row.at)
            };
            rows.iter().any(|(_, rows)| rows.iter().any(escapes))
        }
        any(&self.description.shapes[0].at)
    }

    /// Whether it takes texts without their markup.
    pub fn takes_plain_text(&self) -> bool {
        let is_plain = |field: &Field| match &field.source.from {
            From::Expression(expression) => expression.text.starts_with("plain("),
            _ => false,
        };
        self.description.fields.iter().any(is_plain)
    }

    /// How many places its prices have, where it asks for so many and no others.
    pub fn price_places(&self) -> Option<u32> {
        let of_offers = self.description.fields.iter().filter(|field| field.is_of_offers());
        let mut fields = self.description.fields.iter().chain(of_offers.flat_map(|field| &field.fields));
        let price = fields.find(|field| field.name == "price");
        price.and_then(|field| field.spelling.decimals)
    }

    /// The names of the offer that its sources speak of.
    pub fn names(&self) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        self.description.fields.iter().for_each(|field| names_in(field, &mut names));
        names
    }
}

/// What the merchant answers.
fn answer(setting: &Setting) -> String {
    let value = match setting.kind {
        Kind::Flag => "true",
        Kind::Table => "{kyiv: \"1\"}",
        Kind::List => "[a, b]",
        kind if kind.is_number() => "5",
        _ => "\"40127\"",
    };
    format!("{}: {value}", setting.name)
}

/// A table for every category and attribute that a good offer has.
fn lookup(by: &[String], gives: &[String]) -> String {
    let values = |name: &str| -> &[&str] {
        match name {
            "category" => &["1", "2", "3"],
            // a table of codes for attributes has those of options too
            "name" if gives == ["attribute_code"] => &["Колір", "Матеріал", "Розмір"],
            "name" => &["Колір", "Матеріал"],
            "value" => &["синій", "білий", "сталь"],
            _ => &["1"],
        }
    };
    let mut keys: Vec<Vec<&str>> = vec![Vec::new()];
    for name in by {
        let longer = |key: &Vec<&'static str>| {
            let key = key.clone();
            values(name).iter().map(move |value| [key.clone(), vec![*value]].concat())
        };
        keys = keys.iter().flat_map(longer).collect();
    }
    let mut table = format!("{},{}\n", by.join(","), gives.join(","));
    for (number, key) in keys.iter().enumerate() {
        // codes of attributes begin with a letter
        let cell = |gives: &String| format!("{}{}", if gives == "attribute_code" { "a" } else { "" }, 1_000 + number);
        let cells = gives.iter().map(cell).collect::<Vec<_>>();
        table.push_str(&format!("{},{}\n", key.join(","), cells.join(",")));
    }
    table
}

fn names_in(field: &Field, names: &mut BTreeSet<String>) {
    names_of(&field.source, names);
    let parts = &field.source.parts;
    // the rows of a table speak of names of their own, but for those that are offers, or made of what an offer says too
    if field.kind != Kind::Table || field.is_of_offers() || field.is_one_row() || !parts.is_empty() {
        let mut inside = BTreeSet::new();
        field.fields.iter().for_each(|inner| names_in(inner, &mut inside));
        names.extend(inside.into_iter().filter(|name| !parts.contains(name)));
    }
}

fn names_of(source: &Source, names: &mut BTreeSet<String>) {
    let mut expression = |expression: &offersync::expression::Expression| {
        names.extend(expression.names().iter().map(|used| used.name.to_owned()));
    };
    if let Some(when) = &source.when {
        expression(when);
    }
    match &source.from {
        From::Expression(from) => expression(from),
        From::Template(parts) => parts.iter().for_each(|part| {
            if let Part::Name(name) = part {
                expression(name);
            }
        }),
        From::FirstOf(members) => members.iter().for_each(|member| names_of(member, names)),
        From::Nothing | From::Constant(_) | From::Lookup { .. } => {}
    }
}
