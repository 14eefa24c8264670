//! From YAML to a description: every key known or refused by name, every name
//! resolved, every expression typed, every problem at its line and column.

mod advice;
mod among;
mod column;
mod demand;
mod field;
mod formula;
mod gather;
mod keys;
mod listing_rule;
mod namespace;
mod order;
mod pairs;
mod path;
mod range;
mod row;
mod rule;
mod scope;
mod shape;
mod source;
mod spelling;
mod step;
mod table;
mod top;

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

pub use self::keys::{KEY_TABLES, KeyTable};
use self::rule::Place;
pub use self::scope::SourceScope;
use super::codes;
use super::description::{Absent, Description, Field, FieldNo, LookupTable, Setting, Shape};
use super::pattern::Pattern;
use super::unasked::Unasked;
use crate::wire::yaml::{Key, Map, Node, Problem, Problems, Scalar, Text, key};

/// The keys of a description.
pub const KEYS: [Key; 19] = [
    key("id", "its name in configs, codes and on the command line"),
    key("title", "its name for people"),
    key("checked", "when its facts were read, and where: {on, at}"),
    key("key", "how listings are matched: the first of these that both sides have; several together in a list"),
    key("head", "the fields of the document"),
    key("fields", "the fields of a listing"),
    key("rules", "rules over several fields"),
    key("shapes", "how documents are spelled; the first is written"),
    key("settings", "what the merchant is asked for"),
    key("lookups", "tables that the merchant supplies: {by, gives}"),
    key("back", "reading an export as a master: offer field ← source over the listing's names"),
    key("currencies", "the currencies that the channel takes; shop: the shop's own and no other"),
    key("absent", "what becomes of a listing that is missing: withdrawn, deleted, kept or unknown"),
    key("refresh", "after this long an unchanged feed is written anew: 20h"),
    key("quarantine", "field → range of new ÷ old: outside of it the channel holds the listing"),
    key(
        "listing",
        "offer: a listing for each offer; product: for each product, with its `offers` as a table; both: for either",
    ),
    key(
        "per",
        "a setting that is a table: a listing for each offer and each of its rows, whose `key` and `value` are names",
    ),
    key("where", "a condition: offers, or rows of `per`, for which it fails are no listings"),
    key("documents", "further documents of the channel, each with a feed of its own, by name"),
];

/// The keys of one of the further documents.
pub const DOCUMENT_KEYS: [&str; 10] =
    ["listing", "per", "where", "key", "head", "fields", "rules", "shapes", "back", "quarantine"];

/// What all parts of one description share while it is read.
pub struct Context<'n> {
    /// Where problems go.
    pub problems: &'n Problems,
    /// What the merchant is asked for.
    pub settings: Vec<Setting>,
    /// The tables that the merchant supplies.
    pub lookups: Vec<LookupTable>,
    codes: RefCell<Vec<(String, Range<usize>)>>,
    /// Patterns that were read already: texts in two languages share theirs.
    patterns: RefCell<HashMap<String, Pattern>>,
}

/// Reads a description. What is wrong with it goes to `problems`, all of it; then there is none.
pub fn load(node: &Node, problems: &Problems) -> Option<Description> {
    let own = Problems::of_keys_in("docs/descriptions.md");
    let description = described(node, &own);
    let found = own.take();
    let clean = found.is_empty();
    found.into_iter().for_each(|problem| problems.add(problem));
    description.filter(|_| clean)
}

fn described(node: &Node, problems: &Problems) -> Option<Description> {
    let map = node.map("a channel", &KEYS, problems)?;
    let settings = top::settings(&map);
    let context = Context {
        problems,
        settings,
        lookups: top::lookups(&map),
        codes: RefCell::default(),
        patterns: RefCell::default(),
    };
    let mut description = document(&map, &context);
    description.id = top::id(&map);
    description.title = top::required_text(&map, "title");
    description.takes_shop_currency = top::takes_shop_currency(&map);
    description.currencies = top::currencies(&map);
    description.absent = top::absent(&map).unwrap_or(Absent::Unknown);
    description.refresh = top::refresh(&map);
    (description.checked_on, description.checked_at) = top::checked(&map);
    check_codes(&description, node, &context);
    let documents = further(&map, &description, &context);
    (description.settings, description.lookups) = (context.settings, context.lookups);
    description.documents = documents
        .into_iter()
        .map(|(name, document)| {
            let (settings, lookups) = (description.settings.clone(), description.lookups.clone());
            (name, Description { settings, lookups, ..document })
        })
        .collect();
    Some(description)
}

/// The further documents of a channel: what is the channel's own is theirs too.
fn further(map: &Map<'_>, channel: &Description, context: &Context<'_>) -> Vec<(String, Description)> {
    let keys: Vec<Key> = KEYS.iter().filter(|key| DOCUMENT_KEYS.contains(&key.name)).copied().collect();
    let one = |(name, node): &(Text, Node)| {
        let inner = node.map(&format!("the document `{}`", name.text), &keys, context.problems)?;
        // codes of one document are no codes of another
        let context = context.with(context.problems);
        let own = document(&inner, &context);
        let described = Description {
            id: format!("{}-{}", channel.id, name.text.replace('_', "-")),
            title: format!("{}, {}", channel.title, name.text),
            checked_on: channel.checked_on.clone(),
            checked_at: channel.checked_at.clone(),
            currencies: channel.currencies.clone(),
            takes_shop_currency: channel.takes_shop_currency,
            absent: channel.absent,
            refresh: channel.refresh,
            ..own
        };
        check_codes(&described, node, &context);
        Some((name.text.clone(), described))
    };
    top::open(map, "documents").iter().filter_map(one).collect()
}

/// What a map says of one document: its fields, its rules and how it is spelled.
fn document(map: &Map<'_>, context: &Context<'_>) -> Description {
    let listing = top::listing(map);
    let per = top::per(map, context);
    let scope = SourceScope {
        in_head: false,
        listing,
        row: None,
        row_too: &[],
        parts: &[],
        per: per.is_some(),
        settings: &context.settings,
    };
    let pairs = |name| pairs_of(map, name);
    let mut head = field::load_list(pairs("head"), SourceScope { in_head: true, per: false, ..scope }, context);
    let listed = pairs("fields");
    let mut fields = field::load_list(listed, scope, context);
    let known_head = head.clone();
    let place = Place { within: codes::HEAD, head: &known_head, of_listing: false };
    rule::load_list(&mut head, pairs("head"), place, context);
    // an offer has several listings there, so that nothing of it can be unique
    let of_listing = per.is_none();
    rule::load_list(&mut fields, listed, Place { within: "", of_listing, ..place }, context);
    top::check_offers(map, listing, &fields);
    let [back, back_of_rows] = top::back(map, &fields, context);
    let key = top::matched_by(map, &fields, context);
    let shapes = shape::load(map, &head, &fields, (&key, listing), context);
    if !shapes.is_empty() {
        nowhere(pairs("head"), &head, &shapes, |shape| &shape.head, context);
        nowhere(listed, &fields, &shapes, |shape| &shape.at, context);
    }
    Description {
        document: map.node.document.clone(),
        id: String::new(),
        title: String::new(),
        checked_on: String::new(),
        checked_at: Vec::new(),
        listing,
        exists: map.get("where").and_then(|node| formula::condition(node, &scope, context.problems)),
        per,
        rules: listing_rule::load(map, &fields, context),
        quarantine: top::quarantine(map, &fields, context),
        back,
        back_of_rows,
        shapes,
        key,
        head,
        fields,
        documents: Vec::new(),
        takes_shop_currency: false,
        currencies: Vec::new(),
        absent: Absent::Unknown,
        refresh: None,
        settings: Vec::new(),
        lookups: Vec::new(),
    }
}

/// The pairs of a map that stands under a key; a list of fields that is no map is a problem.
fn pairs_of<'n>(map: &Map<'n>, name: &str) -> &'n [(Text, Node)] {
    let node = if name == "fields" { map.required("a channel", name) } else { map.get(name) };
    match node.map(|node| &node.value) {
        Some(Scalar::Map(pairs)) => pairs,
        Some(_) => {
            node.and_then(|node| node.open_map(&format!("`{name}`"), map.problems()));
            &[]
        }
        None => &[],
    }
}

/// A field that the channel requires and that no shape has would be demanded of every offer, and never be written.
fn nowhere(
    pairs: &[(Text, Node)],
    fields: &[Field],
    shapes: &[Shape],
    rows: fn(&Shape) -> &row::Standing,
    context: &Context<'_>,
) {
    let stands = |number: FieldNo| shapes.iter().any(|shape| rows(shape).iter().any(|entry| entry.0 == number));
    for (number, (field, (name, node))) in fields.iter().zip(pairs).enumerate() {
        if field.required && !stands(number) {
            let what = format!("the channel requires `{}`, and no shape says where it stands", field.name);
            let label = format!("write it under `at` (or `head`) of a shape: {0}: {0}", field.name);
            context.problems.add(node.problem_at(name.bytes.clone(), "config/missing-key", what, label));
        }
    }
}

/// A code that is given must not be one that comes unasked.
fn check_codes(description: &Description, node: &Node, context: &Context<'_>) {
    let mut unasked = Vec::new();
    collect_unasked(&description.head, codes::HEAD, description, &mut unasked);
    collect_unasked(&description.fields, "", description, &mut unasked);
    for (code, place) in context.codes.borrow().iter().filter(|given| unasked.contains(&given.0)) {
        let what = format!("the code `{code}` is one that comes without being asked for");
        context.problems.add(node.problem_at(
            place.clone(),
            "config/equal-codes",
            what,
            "give the rule another `code`",
        ));
    }
}

fn collect_unasked(fields: &[Field], within: &str, description: &Description, into: &mut Vec<String>) {
    for field in fields {
        let codes = Unasked::of_field(field, description);
        into.extend(codes.map(|unasked| codes::code_of(within, &field.name, unasked.name())));
        collect_unasked(&field.fields, &codes::within(within, &field.name), description, into);
    }
}

impl Context<'_> {
    /// The same with problems that go elsewhere.
    fn with<'p>(&self, problems: &'p Problems) -> Context<'p> {
        let (settings, lookups) = (self.settings.clone(), self.lookups.clone());
        Context { problems, settings, lookups, codes: RefCell::default(), patterns: RefCell::default() }
    }

    /// Notes a code; the same code twice is a problem at the second.
    pub fn code(&self, code: &str, node: &Node, place: &Range<usize>) {
        let mut codes = self.codes.borrow_mut();
        if let Some(first) = codes.iter().find(|known| known.0 == code) {
            let line = node.problem_at(first.1.clone(), "", "", "").line_and_column().0;
            let what = format!("the code `{code}` stands for two rules");
            let label = format!("already in line {line}; give one of them a `code`");
            self.problems.add(node.problem_at(place.clone(), "config/equal-codes", what, label));
        }
        codes.push((code.to_owned(), place.clone()));
    }

    /// A code that a rule gives itself.
    pub fn given_code(&self, node: &Node) -> Option<String> {
        let text = node.text("`code`", self.problems)?;
        let fits = |one: char| one.is_ascii_alphanumeric() || one == '-';
        if !text.is_empty() && text.chars().all(fits) {
            return Some(text.to_owned());
        }
        let what = format!("`{text}` is no code");
        let label = "Latin letters, digits and hyphens; the channel's name comes before it by itself";
        self.problems.add(node.problem("config/value", what, label));
        None
    }

    /// A problem at a key of a map.
    pub fn at_key(&self, map: &Map<'_>, name: &str, what: String, label: &str) {
        let place = map.key_text(name).map_or(map.node.bytes.clone(), |text| text.bytes.clone());
        let problem: Problem = map.node.problem_at(place, "config/value", what, label);
        self.problems.add(problem);
    }

    /// The fields that a node lists by name.
    pub fn numbers(&self, node: &Node, fields: &[Field]) -> Vec<FieldNo> {
        node.one_or_list().iter().filter_map(|item| field::number(item, fields, self)).collect()
    }
}

#[cfg(test)]
mod tests;
