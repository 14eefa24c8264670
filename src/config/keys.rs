//! Every key that a config may have, with what it means: one table for the
//! messages, the docs and the schema that editors use.

use crate::wire::yaml::{Key, key, later};

/// Keys of the whole file.
pub const TOP: &[Key] = &[
    key("version", "the version of this format; the first key of the file").is("`1`").needed().like("version: 1"),
    key("shop", "who sells: what feeds say of the shop itself")
        .is("map")
        .needed()
        .like("shop: {language: uk, currency: UAH}"),
    key("timezone", "the zone of all times without one, written with them")
        .is("name of a zone")
        .usual("the clock is in UTC")
        .like("timezone: Europe/Kyiv"),
    key("rates", "what one unit of another currency costs in the shop's")
        .is("map, currency: number")
        .usual("none")
        .like("rates: {USD: 41.50, EUR: 48}"),
    key("master", "your own file: the truth").is("map").needed().like("master: {file: catalog.csv}"),
    key("channels", "where you sell, by name")
        .is("map, name: channel")
        .needed()
        .like("channels: {bazaar: {use: ./bazaar.yaml, feed: out/bazaar.xml}}"),
    SEVERITY,
    key("network", "what may be read from addresses, and within which bounds")
        .is("map")
        .usual("the bounds below")
        .like("network: {private: true}"),
    later("price", "price rules for every channel come with a later version"),
    later("stock", "stock rules for every channel come with a later version"),
    later("promotions", "promotions come with a later version"),
    later("policies", "policies come with a later version"),
    later("state", "a history of deliveries comes with a later version"),
];

/// Keys of `network`.
pub const NETWORK: &[Key] = &[
    key("private", "whether an address may lead into a private network, or to this machine")
        .is("`true` or `false`")
        .usual("`false`")
        .like("private: true"),
    key("seconds", "how long a document may take, all of it").is("whole number").usual("300").like("seconds: 60"),
    key("megabytes", "how long a document may be, as it is sent")
        .is("whole number")
        .usual("4000")
        .like("megabytes: 200"),
];

/// Keys of `shop`.
pub const SHOP: &[Key] = &[
    key("name", "what the shop is called").is("text").usual("blank").like("name: Калина"),
    key("company", "the seller's legal name").is("text").usual("blank").like("company: ТОВ «Калина»"),
    key("url", "the shop's address, with http:// or https://")
        .is("address")
        .usual("blank")
        .like("url: https://kalyna.example"),
    key("language", "the language of texts that name none").is("language's tag").needed().like("language: uk"),
    key("currency", "the currency of amounts that name none").is("ISO 4217 code").needed().like("currency: UAH"),
];

/// Keys of `master`.
pub const MASTER: &[Key] = &[
    key("file", "its path, relative to this config").is("path").needed().like("file: catalog/master.csv"),
    key("as", "the file is a channel's export: a built-in channel, or `./file.yaml`, one that you described")
        .is("channel or path")
        .usual("a file of your own")
        .like("as: ./bazaar.yaml"),
    key("settings", "what the description behind `as` asks for, where reading needs it: name: value")
        .is("map; only with `as`")
        .usual("none")
        .like("as: ./bazaar.yaml, settings: {stores: {kyiv: PP1}}"),
    key("format", "`csv`, `tsv`, `json`, `jsonl` or `yaml`")
        .is("word")
        .usual("by the file's ending, else a table")
        .like("format: jsonl"),
    key("items", "where the list of offers stands in JSON or YAML that holds several lists")
        .is("keys with `/` between")
        .usual("the only list of objects")
        .like("file: shop.json, items: data/products"),
    key("encoding", "`auto`, or a name like `utf-8` and `windows-1251`; a guess is reported")
        .is("word")
        .usual("`auto`")
        .like("encoding: windows-1251"),
    key("delimiter", "what stands between two cells of a table")
        .is("one character, or `tab`")
        .usual("found out")
        .like("delimiter: \";\""),
    key("quote", "what stands around a cell that holds a delimiter")
        .is("one character, or `none`")
        .usual("`\"`")
        .like("quote: none"),
    key("header", "in which row the names of the columns stand; those above are left aside. Where they stand in several, the first and the last of these; `none` where there are none: columns then go by their numbers")
        .is("number of a row, list of two, or `none`")
        .usual("the first row that is not blank")
        .like("header: 3"),
    key("decimal", "what stands before the fraction of a number: `point` or `comma`")
        .is("word")
        .usual("found out; where that leaves a number open, a finding")
        .like("decimal: comma"),
    key("fields", "field of an offer: column; what is not listed goes by its own or a known name; beside `as`: field: another field that the export gives, or one of its params, `attributes['NAME']`")
        .is("map, field: column")
        .usual("columns by their names")
        .like("fields: {sku: Артикул, title.uk: Назва}"),
    key("categories", "a file with the tree of categories: id, parent, name.LANGUAGE")
        .is("path")
        .usual("none")
        .like("categories: catalog/categories.csv"),
    later("key", "a second master, joined by a key, comes with a later version"),
    later("sheet", "workbooks come with a later version"),
    later("currency", "a currency for the whole master comes with a later version; map a column to `currency`"),
];

const FEED: Key = key("feed", "the file that is rendered, relative to this config")
    .is("path")
    .usual("none: nothing is rendered")
    .like("feed: out/feed.xml");
const EXPORT: Key =
    key("export", "a file or an address with what the channel has now, env:NAME for one that is a secret; without it what stands at `feed`")
        .is("path or address")
        .usual("what stands at `feed`")
        .like("export: exports/now.xml");
const LIMITS: Key = key("guards", "limits that a plan must not pass unasked")
    .is("map")
    .usual("the limits below")
    .like("guards: {max-delete: 10%}");
const SEVERITY: Key = key(
    "severity",
    "codes that are worse or less bad to you: `error`, `warning`, `note`, or `allow` to hear nothing of it",
)
.is("map, code: word")
.usual("each code's own")
.like("severity: {catalog/gtin-check: warning}");
const INVALID: &str = "what becomes of listings that the channel would refuse: leave-out, keep-last or stop";
const SHAPE: Key = key("shape", "the shape of the feed, where the description knows several")
    .is("name of a shape")
    .usual("the description's first")
    .like("shape: feed");

/// Keys of a channel.
pub const CHANNEL: &[Key] = &[
    key("use", "a built-in channel, or `./file.yaml`, one that you described; else the built-in one of this name")
        .is("channel or path")
        .usual("the built-in one of this name")
        .like("use: ./bazaar.yaml"),
    FEED,
    EXPORT,
    key("where", "a condition; an offer for which it fails is left out and names it")
        .is("condition")
        .usual("all offers")
        .like("where: stock > 0 and brand != 'NoName'"),
    key("lookups", "tables that the channel's description asks for: name: file")
        .is("map, name: path")
        .usual("none")
        .like("lookups: {categories: maps/categories.csv}"),
    key("settings", "what the channel's description asks for: name: value")
        .is("map, name: value")
        .usual("those of the description")
        .like("settings: {merchantid: \"30123456\", token: env:API_TOKEN}"),
    LIMITS,
    key("invalid", INVALID).is("word").usual("`leave-out`").like("invalid: keep-last"),
    SHAPE,
    SEVERITY,
    key("documents", "further documents of the channel, by the names that its description has for them")
        .is("map, name: document")
        .usual("none")
        .like("documents: {local_inventory: {feed: out/local.tsv}}"),
    later("deliver", "handing feeds over comes with `push`, in a later version"),
    later("price", "price rules come with a later version"),
    later("stock", "stock rules come with a later version"),
    later("promotions", "promotions come with a later version"),
    later("store", "channels that are written to directly come with a later version"),
    later("unmanaged", "channels that are written to directly come with a later version"),
];

/// Keys of one of a channel's further documents; what they do not say is the channel's.
pub const DOCUMENT: &[Key] = &[
    FEED,
    EXPORT,
    LIMITS,
    key("invalid", INVALID).is("word").usual("the channel's").like("invalid: keep-last"),
    SHAPE,
];

/// Keys of `guards`.
pub const GUARDS: &[Key] = &[
    key("empty", "no listings at all: always refused, cannot be changed").is("cannot be set"),
    key("max-delete", "how many listings may go").is(SHARE).like("max-delete: 10%"),
    key("max-update", "how many listings may change in content, price and stock aside")
        .is(SHARE)
        .like("max-update: 500"),
    key(
        "max-price-move",
        "how far one price may move, and how many offers may pass it; the channel's own quarantine holds beside it",
    )
    .is("percentage, or map")
    .like("max-price-move: {limit: 40%, share: 1%}"),
    key("zero-stock", "how many offers may go out of stock at once").is(SHARE).like("zero-stock: 30%"),
    key(
        "category-gone",
        "whether a category of three listings or more may lose them all: true watches, false does not, \
         a number lets so many categories go",
    )
    .is("`true`, `false` or whole number")
    .like("category-gone: 2"),
    key("shrink", "how small a feed may become, in percent of the last one's bytes")
        .is("percentage")
        .like("shrink: 50%"),
    key("max-invalid", "how many offers may be invalid").is(SHARE).like("max-invalid: 5%"),
    later("foreign-export", "the guard over files that somebody else wrote comes with a later version"),
];

/// A limit, as it is written.
const SHARE: &str = "percentage or whole number";

/// Keys of `max-price-move` written as a map.
pub const PRICE_MOVE: &[Key] = &[
    key("limit", "how far one price may move, in percent of the old one").is("percentage").needed().like("limit: 40%"),
    key("share", "how many offers may move further").is(SHARE).usual("`0`").like("limit: 40%, share: 1%"),
];

/// Keys of a field of the master written as a map.
pub const COLUMN: &[Key] = &[
    NAMED_COLUMN,
    key("unit", "the unit of numbers whose cells say none")
        .is("unit; only of weights and measures")
        .usual("what the cells say")
        .like("column: Вага, unit: kg"),
    key("split", "what stands between the items of a list, or the levels of a category")
        .is("text; only of lists and of `category_path`")
        .usual("the cell is one item; levels have `>` between")
        .like("column: Фото, split: \"|\""),
];

const NAMED_COLUMN: Key = key("column", "the column's name").is("text").needed();

/// Keys of an item of `attributes`.
pub const ATTRIBUTE: &[Key] = &[
    NAMED_COLUMN,
    key("split", "what stands between two pairs, or between several values")
        .is("text")
        .usual("one value")
        .like("column: Колір, name: Колір, split: /"),
    key("pair", "what stands between a name and its value, in a column of pairs")
        .is("text; needs `split`")
        .usual("the column holds values of one attribute")
        .like("column: Характеристики, split: \"|\", pair: \"=\""),
    key("name", "the attribute's name, where the column holds one value")
        .is("text")
        .usual("it stands in the pairs")
        .like("column: Довжина, name: Довжина"),
    key("unit", "the unit of the value").is("text").usual("none").like("column: Довжина, name: Довжина, unit: см"),
    key("section", "the group of attributes that it belongs to")
        .is("text")
        .usual("none")
        .like("column: Колір, name: Колір, section: Вигляд"),
];

/// Keys of an item of `tiers`.
pub const TIER: &[Key] = &[
    NAMED_COLUMN,
    key("split", "what stands between two pairs")
        .is("text; needs `pair`")
        .usual("one price")
        .like("column: Гурт, split: \"|\", pair: \"=\""),
    key("pair", "what stands between a quantity and its price, in a column of pairs")
        .is("text; needs `split`")
        .usual("the column holds one price")
        .like("column: Гурт, split: \"|\", pair: \"=\""),
    key("quantity", "from which quantity on the column's price holds, where it holds one price")
        .is("number")
        .usual("it stands in the pairs")
        .like("column: Ціна від 10, quantity: 10"),
];

/// Keys of an item of `shipping`.
pub const SHIPPING: &[Key] = &[
    NAMED_COLUMN,
    key("split", "what stands between two of them in one cell")
        .is("text; needs `parts`")
        .usual("one price")
        .like("column: Доставка, split: \",\", parts: \"country:service:price\""),
    key("parts", "what stands in each of them, in order, with `:` between")
        .is("names with `:` between")
        .usual("the column holds one price")
        .like("column: Доставка, split: \",\", parts: \"country:service:price\""),
    key("country", "where to, where the column holds one price")
        .is("ISO 3166 code")
        .usual("it stands in the parts")
        .like("column: Доставка НП, country: UA"),
    key("region", "the part of the country")
        .is("text")
        .usual("all of it")
        .like("column: Доставка, country: UA, region: Київ"),
    key("service", "the carrier or the kind of delivery")
        .is("text")
        .usual("any")
        .like("column: Доставка НП, country: UA, service: Нова Пошта"),
];

/// All tables by the path at which their keys stand; `*` is a name of the merchant's choosing.
pub const TABLES: &[(&str, &[Key])] = &[
    ("", TOP),
    ("network", NETWORK),
    ("shop", SHOP),
    ("master", MASTER),
    ("master.fields.*", COLUMN),
    ("master.fields.attributes", ATTRIBUTE),
    ("master.fields.tiers", TIER),
    ("master.fields.shipping", SHIPPING),
    ("channels.*", CHANNEL),
    ("channels.*.documents.*", DOCUMENT),
    ("channels.*.guards", GUARDS),
    ("channels.*.guards.max-price-move", PRICE_MOVE),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_stands_once_and_says_what_it_means() {
        for (path, keys) in TABLES {
            for (number, key) in keys.iter().enumerate() {
                assert!(!key.about.is_empty() && !key.about.ends_with('.'), "{path}.{}", key.name);
                assert!(keys.iter().skip(number + 1).all(|other| other.name != key.name), "{path}.{}", key.name);
            }
        }
    }

    #[test]
    fn every_key_of_today_says_what_it_takes() {
        for (path, keys) in TABLES {
            for key in keys.iter().filter(|key| !key.later) {
                assert!(!key.kind.is_empty(), "{path}.{}", key.name);
                assert!(key.needed == key.usual.is_empty() || path.contains("guards"), "{path}.{}", key.name);
            }
        }
    }

    #[test]
    fn a_later_key_never_stands_before_one_of_today() {
        for (path, keys) in TABLES {
            let first_later = keys.iter().position(|key| key.later).unwrap_or(keys.len());
            assert!(keys.iter().skip(first_later).all(|key| key.later), "{path}");
        }
    }
}
