//! What each code of a config's error means, for `explain`: the message itself says what is wrong at
//! its place; a page says why it is refused, and what to do.

/// A code of an error in a config, in a description or in a file that they name.
#[derive(Debug, Clone, Copy)]
pub struct ConfigCode {
    /// `config/unknown-key`.
    pub id: &'static str,
    /// What is wrong.
    pub what: &'static str,
    /// Why it is refused.
    pub why: &'static str,
    /// Wrong → right.
    pub example: &'static str,
    /// What to do.
    pub fix: &'static str,
}

const fn code(
    id: &'static str,
    what: &'static str,
    why: &'static str,
    example: &'static str,
    fix: &'static str,
) -> ConfigCode {
    ConfigCode { id, what, why, example, fix }
}

/// All of them, by name.
pub const CONFIG_CODES: [ConfigCode; 30] = [
    code(
        "channel/path",
        "a field of the description cannot be written where its path leads",
        "Two fields would write the same node, or one would lie inside of the text of another.",
        "at: {name: name, brand: name}  →  at: {name: name, brand: vendor}",
        "give the field a node of its own under `at`",
    ),
    code(
        "config/category-list",
        "a file that should be a list of categories is none",
        "From a list that is cut or of another kind nobody can tell which categories a channel has.",
        "Apparel;Clothing  →  1604 - Apparel & Accessories > Clothing",
        "download the list again, one category in each line",
    ),
    code(
        "config/column-twice",
        "the header of the master names a column twice",
        "Which of the two is meant cannot be known: prices of one would be sold as those of the other.",
        "SKU;Ціна;Ціна  →  SKU;Ціна;Ціна опт",
        "give one of the two columns another name in the file",
    ),
    code(
        "config/equal-codes",
        "two rules of a description have one code",
        "Findings are counted, explained and allowed by their codes: two rules with one could not be told apart.",
        "name: {chars: 255, rules: [{chars: 60}]}  →  rules: [{chars: 60, code: name-advised}]",
        "give one of the rules a `code` of its own",
    ),
    code(
        "config/equal-keys",
        "a key, or a field, stands twice",
        "Readers of YAML do not agree on which of two equal keys counts; one of them would be passed over in silence.",
        "feed: a.xml, feed: b.xml  →  feed: b.xml",
        "keep one of the two",
    ),
    code(
        "config/expression",
        "a condition or an amount cannot be understood",
        "Nothing is guessed: a condition that is read otherwise than it was meant would take goods off sale.",
        "where: stock = 0  →  where: stock == 0",
        "correct it at the mark; docs/descriptions.md has all that can be said",
    ),
    code(
        "config/kind",
        "a value of another kind stands here",
        "A list where a text belongs, or nothing at all, has no meaning that could be taken for granted.",
        "feed: [out/a.xml]  →  feed: out/a.xml",
        "write what the message asks for",
    ),
    code(
        "config/missing-key",
        "something is missing that has no default",
        "What cannot be taken for granted must be said: who sells, in which currency, from which file.",
        "shop: {language: uk}  →  shop: {language: uk, currency: UAH}",
        "add the key, as the message shows it",
    ),
    code(
        "config/missing-setting",
        "a channel asks for a setting that is not given",
        "Its description cannot write the feed without it: a seller's number, the names of its stores.",
        "bazaar: {use: ./bazaar.yaml}  →  bazaar: {use: ./bazaar.yaml, settings: {merchantid: \"30123456\"}}",
        "add it under `settings`; `offersync channels NAME` lists them",
    ),
    code(
        "config/not-yet",
        "this comes with a later version",
        "A key that was passed over in silence would look as if it worked.",
        "export: api  →  export: exports/now.xml",
        "remove it for now, or use what the message names instead",
    ),
    code(
        "config/order",
        "fields of a description stand in another order than the channel wants",
        "Some channels read the elements of a listing in one order only.",
        "at: {price: price, name: name}  →  at: {name: name, price: price}",
        "move the field, as the message says",
    ),
    code(
        "config/path",
        "a file cannot be read, or this is no path of a file",
        "Paths start from the folder of the file that names them, and nothing is made up for one that is not there.",
        "file: catalog/mater.csv  →  file: catalog/master.csv",
        "correct the path, or put the file there",
    ),
    code(
        "config/same-file",
        "a feed would overwrite something that is read, or another feed",
        "After the first run the master, an export or the other channel's feed would be gone.",
        "feed: catalog/master.csv  →  feed: out/bazaar.xml",
        "name another file for the feed",
    ),
    code(
        "config/secret-literal",
        "a secret stands in the config as text",
        "Configs are kept in git, in backups and in chats; a secret that stands there is known to all who see them.",
        "token: shpat_1a2b  →  token: env:SHOP_TOKEN",
        "renew the secret, and name it: env:NAME or file:/run/secrets/NAME",
    ),
    code(
        "config/secret-missing",
        "a secret that the config names is not there",
        "Without it the channel cannot be asked or told anything.",
        "token: env:SHOP_TOKN  →  token: env:SHOP_TOKEN",
        "set the variable where offersync is started, or write the file",
    ),
    code(
        "config/setting-key",
        "a key of a setting is not known to the master",
        "It names a warehouse, a city or a price that no column is mapped to: it would be empty for every offer.",
        "stores: {kiev: PP1}  →  stores: {kyiv: PP1}",
        "use the name that stands behind the point in `fields`: stock.kyiv",
    ),
    code(
        "config/unknown-channel",
        "there is no built-in channel of this name",
        "Without `use` a channel is the built-in one that it is called after.",
        "bazaar: {feed: out/b.xml}  →  bazaar: {use: ./bazaar.yaml, feed: out/b.xml}",
        "correct the name, or say `use: ./FILE.yaml` for one that you described",
    ),
    code(
        "config/unknown-code",
        "nothing is ever found under this code",
        "What is said of a code that does not exist would count for nothing, and nobody would know.",
        "severity: {catalog/gtin-chek: warning}  →  severity: {catalog/gtin-check: warning}",
        "correct the code; it stands in brackets behind `error` or `warning`, and `offersync explain` lists all of them",
    ),
    code(
        "config/unknown-column",
        "the master has no column of this name",
        "A field that is mapped to nothing would be empty for every offer.",
        "price: Ціна  →  price: \"Ціна, грн\"",
        "write the column as it stands in the header of the file",
    ),
    code(
        "config/unknown-document",
        "the channel has no further document of this name",
        "Further documents have the names that the channel's description gives them.",
        "documents: {inventory: {feed: i.tsv}}  →  documents: {local_inventory: {feed: i.tsv}}",
        "use a name that the message lists",
    ),
    code(
        "config/unknown-field",
        "an offer has no field of this name",
        "The fields of an offer are a closed list, so that all channels mean the same by each.",
        "prise: Ціна  →  price: Ціна",
        "correct the name; what no field fits goes to x.NAME",
    ),
    code(
        "config/unknown-key",
        "a key is not possible here",
        "A key that nobody reads is a slip more often than not, and what it was to say would not happen.",
        "where_: stock > 0  →  where: stock > 0",
        "correct the key; docs/config.md and docs/descriptions.md have all of them",
    ),
    code(
        "config/unknown-lookup",
        "the channel asks for no table of this name",
        "Tables have the names that the channel's description gives them.",
        "lookups: {category: maps/c.csv}  →  lookups: {categories: maps/c.csv}",
        "use a name that the message lists",
    ),
    code(
        "config/unknown-name",
        "a description speaks of a field or name that is not there",
        "Every name of a description is looked up before the first offer, so that none is empty by a slip.",
        "at: {nme: name}  →  at: {name: name}",
        "correct the name, or describe the field",
    ),
    code(
        "config/unknown-setting",
        "the channel asks for no setting of this name",
        "A setting that nobody reads does nothing, and the one that was meant is missing.",
        "settings: {merchant_id: \"3\"}  →  settings: {merchantid: \"3\"}",
        "use a name that the message lists",
    ),
    code(
        "config/unknown-shape",
        "the channel writes no document of this shape",
        "Shapes have the names that the channel's description gives them; some are only read.",
        "shape: atom  →  shape: rss",
        "use a name that the message lists, or leave `shape` out",
    ),
    code(
        "config/url-password",
        "a password stands in an address",
        "Addresses are shown in reports and kept in logs, and the password with them.",
        "https://kalyna:secret@shop.example/feed.xml  →  https://shop.example/feed.xml",
        "renew the password, and write the address without it",
    ),
    code(
        "config/value",
        "this value is not possible here",
        "A value that was taken for something near it would do what nobody asked for.",
        "max-delete: 0.1  →  max-delete: 10%",
        "write what the message asks for",
    ),
    code(
        "config/version",
        "the config does not say the version of its format, or another one",
        "The version tells what a key means: a file of a later format must not be half understood.",
        "shop: …  →  version: 1, and then shop: …",
        "let the file begin with `version: 1`",
    ),
    code(
        "config/yaml",
        "the file is no YAML",
        "Indentation and quotes say what belongs to what; where they do not fit nobody can tell.",
        "name: Термос: сталь  →  name: \"Термос: сталь\"",
        "look at the mark and at the line before it",
    ),
];
