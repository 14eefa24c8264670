//! The keys of the top that are no fields, rules or shapes.

use super::formula::not_yet;
use super::scope::ListingScope;
use super::source::Sources;
use super::{Context, range};
use crate::channel::category_list::{CategoryList, Origin};
use crate::channel::description::{Absent, Field, FieldNo, ListingOf, LookupTable, Range, Setting, Source};
use crate::channel::names::SETTINGS;
use crate::model::offer::offer_field;
use crate::model::{Kind, OFFER_FIELDS, suggestion};
use crate::wire::yaml::{Key, Map, Node, Problems, Scalar, Text, key, later};

/// The keys of `checked`.
pub const CHECKED_KEYS: [Key; 2] = [key("on", "the day, 2026-11-21"), key("at", "pages")];

/// The keys of a setting.
pub const SETTING_KEYS: [Key; 6] = [
    key("kind", "text, url, flag, money, count or number"),
    key("need", "required or advised"),
    key("default", "what holds where it is not given"),
    key("about", "for people"),
    key("list", "the answer names a file of categories: known, it adds to the list that is built in; own"),
    later("rules", "rules on settings come with channels that need them"),
];

/// The keys of a lookup.
pub const LOOKUP_KEYS: [Key; 2] =
    [key("by", "names of the offer or of the row that a line is found by"), key("gives", "the columns that it gives")];

/// What a listing stands for.
pub fn listing(map: &Map<'_>) -> ListingOf {
    let words = [("offer", ListingOf::Offer), ("product", ListingOf::Product), ("both", ListingOf::Both)];
    map.get("listing").and_then(|node| node.word("kind of listing", words, map.problems())).unwrap_or_default()
}

/// The setting whose rows each offer has a listing for.
pub fn per(map: &Map<'_>, context: &Context<'_>) -> Option<String> {
    let node = map.get("per")?;
    let text = node.text("`per`", context.problems)?;
    let tables = || context.settings.iter().filter(|setting| setting.kind == Kind::Table);
    let known = text.strip_prefix(SETTINGS).filter(|name| tables().any(|setting| setting.name == *name));
    if known.is_none() {
        let names: Vec<String> = tables().map(|setting| format!("{SETTINGS}{}", setting.name)).collect();
        let what = format!("`{text}` is no setting that is a table");
        let label = match names.as_slice() {
            [] => "declare it: settings: {stores: {kind: table}}, and say settings.stores here".to_owned(),
            names => suggestion(text, names.iter().map(String::as_str), "this file"),
        };
        context.problems.add(node.problem("config/unknown-name", what, label));
    }
    known.map(str::to_owned)
}

/// A product without a table of its offers would say nothing of what can be bought.
pub fn check_offers(map: &Map<'_>, listing: ListingOf, fields: &[Field]) {
    let Some(node) = map.get("listing").filter(|_| listing == ListingOf::Product) else { return };
    if !fields.iter().any(Field::is_of_offers) {
        let what = "a listing that is a product needs a table of its offers";
        map.problems().add(node.problem("config/missing-key", what, "variants: {from: offers, key: sku, fields: {…}}"));
    }
}

/// The channel's name.
pub fn id(map: &Map<'_>) -> String {
    let id = required_text(map, "id");
    let fits = id.starts_with(|one: char| one.is_ascii_lowercase())
        && id.chars().all(|one| one.is_ascii_lowercase() || one.is_ascii_digit() || matches!(one, '_' | '-'));
    if let (false, false, Some(node)) = (fits, id.is_empty(), map.get("id")) {
        let label = "small Latin letters, digits, - and _, a letter first";
        map.problems().add(node.problem("config/value", format!("`{id}` is no name of a channel"), label));
    }
    id
}

/// A text that must be there.
pub fn required_text(map: &Map<'_>, name: &str) -> String {
    let text = map.required("a channel", name).and_then(|node| node.text(&format!("`{name}`"), map.problems()));
    text.unwrap_or_default().to_owned()
}

/// When the facts were read, and where.
pub fn checked(map: &Map<'_>) -> (String, Vec<String>) {
    let problems = map.problems();
    let Some(node) = map.required("a channel", "checked") else { return Default::default() };
    let Some(inner) = node.map("`checked`", &CHECKED_KEYS, problems) else { return Default::default() };
    let on = inner.required("`checked`", "on").and_then(|node| Some((node, node.text("`on`", problems)?)));
    if let Some((node, text)) = on.filter(|on| on.1.parse::<jiff::civil::Date>().is_err()) {
        problems.add(node.problem("config/value", format!("`{text}` is no day"), "write it 2026-11-21"));
    }
    let at = inner.required("`checked`", "at").map(|node| texts(node, "a page", problems));
    (on.map_or_else(String::new, |on| on.1.to_owned()), at.unwrap_or_default())
}

fn texts(node: &Node, what: &str, problems: &Problems) -> Vec<String> {
    node.one_or_list().iter().filter_map(|item| item.text(what, problems)).map(str::to_owned).collect()
}

/// The pairs of an optional map with names of the writer's own choosing.
pub fn open<'n>(map: &Map<'n>, name: &str) -> &'n [(Text, Node)] {
    let found = map.get(name).and_then(|node| node.open_map(&format!("`{name}`"), map.problems()));
    found.map_or(&[], |found| found.pairs())
}

/// What the merchant is asked for.
pub fn settings(map: &Map<'_>) -> Vec<Setting> {
    open(map, "settings").iter().filter_map(|(name, node)| setting(name, node, map.problems())).collect()
}

fn setting(name: &Text, node: &Node, problems: &Problems) -> Option<Setting> {
    let map = node.map(&format!("the setting `{}`", name.text), &SETTING_KEYS, problems)?;
    let kinds = Kind::ALL.iter().map(|entry| (entry.1, entry.0));
    let kind = map.get("kind").and_then(|node| node.word("kind", kinds, problems)).unwrap_or_default();
    if let (Kind::Interval, Some(node)) = (kind, map.get("kind")) {
        let why = "no setting spans a time for now";
        problems.add(not_yet(node.problem("", "", ""), kind.name(), why));
    }
    let need = [("required", true), ("advised", false)];
    let required = map.get("need").and_then(|node| node.word("need", need, problems)).unwrap_or(false);
    let default = map.get("default").and_then(|node| {
        let text = node.text("`default`", problems)?;
        let fits = match kind {
            Kind::Flag => matches!(text, "true" | "false"),
            // one text cannot say it; without an answer it is not there
            Kind::List | Kind::Table => false,
            kind => !kind.is_number() || text.parse::<rust_decimal::Decimal>().is_ok(),
        };
        if !fits {
            problems.add(node.problem("config/value", format!("`{text}` is not {}", kind.in_words()), ""));
        }
        Some(text.to_owned())
    });
    let about = super::rule::words(&map, "about");
    let origin = map.get("list").and_then(|node| node.word("list", Origin::ALL, problems));
    let list = origin.map(|origin| CategoryList::new(origin, Vec::new()));
    if let (Some(_), false, Some(node)) = (&list, kind == Kind::Text, map.get("kind")) {
        problems.add(node.problem("config/value", "a list of categories is the name of a file", "remove `kind`"));
    }
    Some(Setting { name: name.text.clone(), kind, required, default, list, about })
}

/// The tables that the merchant supplies.
pub fn lookups(map: &Map<'_>) -> Vec<LookupTable> {
    open(map, "lookups").iter().filter_map(|(name, node)| lookup(name, node, map.problems())).collect()
}

fn lookup(name: &Text, node: &Node, problems: &Problems) -> Option<LookupTable> {
    let map = node.map(&format!("the lookup `{}`", name.text), &LOOKUP_KEYS, problems)?;
    let list = |key| Some(texts(map.required("a lookup", key)?, "a name", problems));
    let (by, gives) = (list("by")?, list("gives")?);
    if let Some(both) = gives.iter().find(|given| by.contains(given)) {
        problems.add(node.problem("config/value", format!("`{both}` is both found by and given"), ""));
    }
    Some(LookupTable { name: name.text.clone(), by, gives })
}

/// How listings are matched; the first field where nothing says so.
pub fn matched_by(map: &Map<'_>, fields: &[Field], context: &Context<'_>) -> Vec<Vec<FieldNo>> {
    match map.get("key") {
        Some(node) => alternatives(node, fields, context),
        None if fields.is_empty() => Vec::new(),
        None => vec![vec![0]],
    }
}

/// The alternatives of a key: each a field, or several together.
pub fn alternatives(node: &Node, fields: &[Field], context: &Context<'_>) -> Vec<Vec<FieldNo>> {
    let found: Vec<Vec<FieldNo>> = node.one_or_list().iter().map(|item| context.numbers(item, fields)).collect();
    for (number, item) in found.iter().flatten().filter_map(|number| Some((number, fields.get(*number)?))) {
        if matches!(item.kind, Kind::List | Kind::Table | Kind::Html) {
            let name = &fields.get(*number).map_or("", |field| &field.name);
            let what = format!("`{name}` cannot be a key: it is {}", item.kind.in_words());
            context.problems.add(node.problem("config/value", what, "name a text or a number"));
        }
    }
    found
}

/// Whether the channel takes the shop's own currency and no other.
pub fn takes_shop_currency(map: &Map<'_>) -> bool {
    map.get("currencies").is_some_and(|node| node.is_word("shop"))
}

/// The currencies that the channel takes.
pub fn currencies(map: &Map<'_>) -> Vec<String> {
    let node = map.get("currencies").filter(|node| !node.is_word("shop"));
    let Some(list) = node.and_then(|node| node.list("`currencies`", map.problems())) else {
        return Vec::new();
    };
    for item in list {
        let is_code = |text: &str| text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase());
        if let Some(text) = item.text("a currency", map.problems()).filter(|text| !is_code(text)) {
            let what = format!("`{text}` is no currency's code");
            map.problems().add(item.problem("config/value", what, "ISO 4217: UAH, USD, EUR"));
        }
    }
    list.iter().filter_map(|item| item.text("a currency", map.problems())).map(str::to_owned).collect()
}

/// What becomes of a listing that is missing.
pub fn absent(map: &Map<'_>) -> Option<Absent> {
    let words = [
        ("withdrawn", Absent::Withdrawn),
        ("deleted", Absent::Deleted),
        ("kept", Absent::Kept),
        ("unknown", Absent::Unknown),
    ];
    map.get("absent")?.word("fate of a listing that is missing", words, map.problems())
}

/// After how many seconds an unchanged feed is written anew.
pub fn refresh(map: &Map<'_>) -> Option<u64> {
    let node = map.get("refresh")?;
    let text = node.text("`refresh`", map.problems())?;
    let split = text.find(|one: char| !one.is_ascii_digit()).unwrap_or(text.len());
    let (digits, unit) = text.split_at(split);
    let seconds = match unit.trim() {
        "m" | "min" => Some(60),
        "h" => Some(3600),
        "d" => Some(86_400),
        _ => None,
    };
    let found = seconds.and_then(|seconds| digits.parse::<u64>().ok()?.checked_mul(seconds)).filter(|all| *all > 0);
    if found.is_none() {
        let what = format!("`{text}` is no length of time");
        map.problems().add(node.problem("config/value", what, "write 30m, 20h or 29d"));
    }
    found
}

/// The channel's own limits on price moves.
pub fn quarantine(map: &Map<'_>, fields: &[Field], context: &Context<'_>) -> Vec<(FieldNo, Range)> {
    let limits = open(map, "quarantine").iter().filter_map(|(name, node)| {
        let Some(number) = fields.iter().position(|field| field.name == name.text) else {
            let label = suggestion(&name.text, fields.iter().map(|field| field.name.as_str()), "this file");
            let what = format!("there is no field `{}` here", name.text);
            context.problems.add(node.problem_at(name.bytes.clone(), "config/unknown-name", what, label));
            return None;
        };
        if !fields.get(number).is_some_and(|field| field.kind.is_number()) {
            let what = format!("`{}` is no number: it has no moves to limit", name.text);
            context.problems.add(node.problem_at(name.bytes.clone(), "config/value", what, ""));
        }
        Some((number, range::load(node, "new ÷ old", false, context.problems)?))
    });
    limits.collect()
}

/// What an export gives as a master: what its listings say, and under the name of the table of offers what its rows do.
pub fn back(map: &Map<'_>, fields: &[Field], context: &Context<'_>) -> [Vec<(String, Source)>; 2] {
    let pairs = open(map, "back");
    let table = fields.iter().find(|field| field.is_of_offers());
    let is_of_rows = |pair: &&(Text, Node)| table.is_some_and(|table| table.name == pair.0.text);
    let of_rows = pairs
        .iter()
        .filter(is_of_rows)
        .filter_map(|(name, node)| Some((node.open_map(&name.text, context.problems)?, table?)));
    let of_rows = of_rows.flat_map(|(rows, table)| back_of(rows.pairs(), &table.fields, context)).collect();
    let own: Vec<&(Text, Node)> = pairs.iter().filter(|pair| !is_of_rows(pair)).collect();
    [back_of(own, fields, context), of_rows]
}

fn back_of<'n>(
    pairs: impl IntoIterator<Item = &'n (Text, Node)>,
    fields: &[Field],
    context: &Context<'_>,
) -> Vec<(String, Source)> {
    let keys = &super::source::KEYS;
    let scope = ListingScope { fields, settings: &context.settings };
    let back = pairs.into_iter().filter_map(|(name, node)| {
        let Some((found, _)) = offer_field(&name.text) else {
            let base = name.text.split('.').next().unwrap_or_default();
            let label = suggestion(base, OFFER_FIELDS.iter().map(|field| field.name), "docs/fields.md");
            let what = format!("an offer has no field `{}`", name.text);
            context.problems.add(node.problem_at(name.bytes.clone(), "config/unknown-name", what, label));
            return None;
        };
        let sources = Sources {
            scope: &scope,
            lookups: &context.lookups,
            kind: found.kind,
            fields: &[],
            problems: context.problems,
        };
        let source = match node.value {
            Scalar::Map(_) => sources.of_map(&node.map("a source", keys, context.problems)?),
            _ => sources.of_node(node),
        };
        Some((name.text.clone(), source))
    });
    back.collect()
}
