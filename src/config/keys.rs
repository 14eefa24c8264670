//! Every key that a config may have, with what it means: one table for the
//! messages, the docs and the schema that editors use.

use crate::wire::yaml::{Key, key, later};

/// Keys of the whole file.
pub const TOP: &[Key] = &[
    key("version", "the version of this format, 1; the first key of the file"),
    key("shop", "who sells: what feeds say of the shop itself"),
    key(
        "timezone",
        "the zone of all times without one, `Europe/Kyiv`, written with them; the clock is in UTC where nothing is said",
    ),
    key("rates", "what one unit of another currency costs in the shop's: `{USD: 41.50}`"),
    key("master", "your own file: the truth"),
    key("channels", "where you sell, by name"),
    later("price", "price rules for every channel come with a later version"),
    later("stock", "stock rules for every channel come with a later version"),
    later("promotions", "promotions come with a later version"),
    later("policies", "policies come with a later version"),
    later("network", "reading from the network comes with a later version"),
    later("state", "a history of deliveries comes with a later version"),
    later("severity", "other severities for codes come with a later version"),
];

/// Keys of `shop`.
pub const SHOP: &[Key] = &[
    key("name", "what the shop is called"),
    key("company", "the seller's legal name"),
    key("url", "the shop's address, with http:// or https://"),
    key("language", "the language of texts that name none: `uk`"),
    key("currency", "the currency of amounts that name none: `UAH`"),
];

/// Keys of `master`.
pub const MASTER: &[Key] = &[
    key("file", "its path, relative to this config"),
    key("as", "the file is a channel's export: a built-in channel, or `./file.yaml`, one that you described"),
    key("settings", "what the description behind `as` asks for, where reading needs it: name: value"),
    key("format", "`csv`, `tsv`, `json`, `jsonl` or `yaml`; by the file's ending where nothing is said, else a table"),
    key("items", "where the list of offers stands in JSON or YAML that holds several lists: `data/products`"),
    key("encoding", "`auto`, or a name like `utf-8` and `windows-1251`; a guess is reported"),
    key("delimiter", "what stands between two cells: one character or `tab`; found out where nothing is said"),
    key(
        "quote",
        "what stands around a cell that holds a delimiter: one character or `none`; `\"` where nothing is said",
    ),
    key("decimal", "what stands before the fraction: `point` or `comma`; found out where nothing is said"),
    key(
        "fields",
        "field of an offer: column; what is not listed goes by its own or a known name; beside `as`: field: another \
         field that the export gives, or one of its params, `attributes['NAME']`",
    ),
    key("categories", "a file with the tree of categories: id, parent, name.LANGUAGE"),
    later("key", "a second master, joined by a key, comes with a later version"),
    later("sheet", "workbooks come with a later version"),
    later("currency", "a currency for the whole master comes with a later version; map a column to `currency`"),
];

/// Keys of a channel.
pub const CHANNEL: &[Key] = &[
    key("use", "a built-in channel, or `./file.yaml`, one that you described; else the built-in one of this name"),
    key("feed", "the file that is rendered, relative to this config"),
    key("export", "a file with what the channel has now; without it what stands at `feed`"),
    key("where", "a condition; an offer for which it fails is left out and names it"),
    key("lookups", "tables that the channel's description asks for: name: file"),
    key("settings", "what the channel's description asks for: name: value"),
    key("guards", "limits that a plan must not pass unasked"),
    key("invalid", "what becomes of listings that the channel would refuse: leave-out, keep-last or stop"),
    key("shape", "the shape of the feed, where the description knows several"),
    key("documents", "further documents of the channel, by the names that its description has for them"),
    later("deliver", "handing feeds over comes with `push`, in a later version"),
    later("price", "price rules come with a later version"),
    later("stock", "stock rules come with a later version"),
    later("promotions", "promotions come with a later version"),
    later("store", "channels that are written to directly come with a later version"),
    later("severity", "other severities for codes come with a later version"),
    later("unmanaged", "channels that are written to directly come with a later version"),
];

/// Keys of one of a channel's further documents; what they do not say is the channel's.
pub const DOCUMENT: &[Key] = &[
    key("feed", "the file that is rendered, relative to this config"),
    key("export", "a file with what the channel has now; without it what stands at `feed`"),
    key("guards", "limits that a plan must not pass unasked"),
    key("invalid", "what becomes of listings that the channel would refuse: leave-out, keep-last or stop"),
    key("shape", "the shape of the feed, where the description knows several"),
];

/// Keys of `guards`.
pub const GUARDS: &[Key] = &[
    key("empty", "no listings at all: always refused, cannot be changed"),
    key("max-delete", "how many listings may go: `20%` or a whole number"),
    key("max-update", "how many listings may change in content, price and stock aside: `50%` or a whole number"),
    key(
        "max-price-move",
        "how far one price may move: `40%`, or `{limit: 40%, share: 1%}` of offers that may pass it; \
         the channel's own quarantine holds beside it",
    ),
    key("zero-stock", "how many offers may go out of stock at once: `30%` or a whole number"),
    key(
        "category-gone",
        "whether a category of three listings or more may lose them all: true watches, false does not, \
         a number lets so many categories go",
    ),
    key("shrink", "how small a feed may become, in percent of the last one's bytes: `70%`"),
    key("max-invalid", "how many offers may be invalid: `2%` or a whole number"),
    later("foreign-export", "the guard over files that somebody else wrote comes with a later version"),
];

/// Keys of `max-price-move` written as a map.
pub const PRICE_MOVE: &[Key] = &[
    key("limit", "how far one price may move: `40%`"),
    key("share", "how many offers may move further: `1%` or a whole number"),
];

/// Keys of a field of the master written as a map.
pub const COLUMN: &[Key] = &[
    key("column", "the column's name"),
    key("unit", "the unit of numbers whose cells say none: `kg`"),
    key("split", "what stands between the items of a list: `|`"),
];

/// Keys of an item of `attributes`.
pub const ATTRIBUTE: &[Key] = &[
    key("column", "the column's name"),
    key("split", "what stands between two pairs, or between several values"),
    key("pair", "what stands between a name and its value, in a column of pairs: `=`"),
    key("name", "the attribute's name, where the column holds one value"),
    key("unit", "the unit of the value"),
    key("section", "the group of attributes that it belongs to"),
];

/// Keys of an item of `tiers`.
pub const TIER: &[Key] = &[
    key("column", "the column's name"),
    key("split", "what stands between two pairs: `|`"),
    key("pair", "what stands between a quantity and its price, in a column of pairs: `=`"),
    key("quantity", "from which quantity on the column's price holds, where it holds one price"),
];

/// Keys of an item of `shipping`.
pub const SHIPPING: &[Key] = &[
    key("column", "the column's name"),
    key("split", "what stands between two of them in one cell: `,`"),
    key("parts", "what stands in each of them, in order, with `:` between: `country:service:price`"),
    key("country", "where to, as ISO 3166 code, where the column holds one price"),
    key("region", "the part of the country"),
    key("service", "the carrier or the kind of delivery"),
];

/// All tables by the path at which their keys stand; `*` is a name of the merchant's choosing.
pub const TABLES: &[(&str, &[Key])] = &[
    ("", TOP),
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
    fn a_later_key_never_stands_before_one_of_today() {
        for (path, keys) in TABLES {
            let first_later = keys.iter().position(|key| key.later).unwrap_or(keys.len());
            assert!(keys.iter().skip(first_later).all(|key| key.later), "{path}");
        }
    }
}
