//! Wrong descriptions: each says what is wrong, where, and what would be right.

use super::{channel, read};

/// Problems as `line:column what | label`.
pub(super) fn problems(text: &str) -> Vec<String> {
    let (_, problems) = read(text);
    problems
        .iter()
        .map(|problem| {
            let (line, column) = problem.line_and_column();
            format!("{line}:{column} {} | {}", problem.what, problem.label)
        })
        .collect()
}

/// Every text with what is said of it; all that differ are shown at once.
pub(super) fn assert_said(texts: impl Iterator<Item = (String, &'static str)>) {
    let differs = texts.filter_map(|(text, expected)| {
        let said = problems(&text).join("\n");
        (said != expected).then(|| format!("{text}\n     said: {said}\n expected: {expected}\n"))
    });
    let differs: Vec<String> = differs.collect();
    assert!(differs.is_empty(), "\n{}", differs.join("\n"));
}

/// What is wrong with the field in line 6.
const FIELDS: &[(&str, &str)] = &[
    ("  vendor: brnd\n", "6:11 there is no `brnd` here | did you mean `brand`?"),
    ("  vendor: \"titel.uk\"\n", "6:12 there is no `titel.uk` here | did you mean `title.uk`?"),
    (
        "  vendor: {form: brand}\n",
        "6:12 the field `vendor` has no key `form` | did you mean `from`? Possible here: from, when, value, lookup, else, to, 43 more in docs/descriptions.md",
    ),
    (
        "  vendor: {from: brand, form: 1}\n",
        "6:25 the field `vendor` has no key `form` | did you mean `from`? Possible here: from, when, value, lookup, else, to, 43 more in docs/descriptions.md",
    ),
    (
        "  vendor: {from: brand, and: options}\n",
        "6:30 `and` is for tables, this field is text | name a table, `and: options`; conditions are joined within `when`",
    ),
    (
        "  vendor: {from: attributes, and: pictures, fields: {name: name}}\n",
        "6:35 rows come behind from a table | name a table, `and: options`; conditions are joined within `when`",
    ),
    (
        "  vendor: {from: brand, parts: \"a:b\"}\n",
        "6:32 `parts` is for tables, this field is text | remove it, or give the field `fields`",
    ),
    (
        "  vendor: {from: x.vendor, parts: \"a:b:a\", fields: {a: b}}\n",
        "6:35 `a:b:a` does not name each part once | write their names with colons between: country:service:price",
    ),
    (
        "  vendor: {parts: \"a:b\", fields: {a: brand}}\n",
        "6:19 `parts` names the parts of rows that stand in one text | name that text, `from: x.NAME`, and no second table",
    ),
    (
        "  vendor: {from: x.vendor, parts: \"a:b\", fields: {a: a, b: bb}}\n",
        "6:60 there is no `bb` here | did you mean `b`?",
    ),
    (
        "  vendor: {from: attributes, and: optoins, fields: {name: name}}\n",
        "6:35 there is no `optoins` here | did you mean `options`?",
    ),
    (
        "  vendor: {from: brand, kind: txt}\n",
        "6:31 `txt` is no kind | did you mean `text`? Possible: text, html, url, choice, flag, money, quantity, count, number, date, time, interval, list, table",
    ),
    (
        "  vendor: {from: stock > 0}\n",
        "6:18 the source is yes or no, the field is text | add `kind: flag`, or `when:` for a condition",
    ),
    (
        "  vendor: {from: brand, when: stock > 'x'}\n",
        "6:31 `stock` is a number and `'x'` is text: they cannot be compared | ",
    ),
    (
        "  vendor: {from: \"brand == 'X' and brnd\", kind: flag}\n",
        "6:36 there is no `brnd` here | did you mean `brand`?",
    ),
    (
        "  vendor: {from: 'brand == ''X'' and brnd', kind: flag}\n",
        "6:38 there is no `brnd` here | did you mean `brand`?",
    ),
    ("  vendor: \"{{ brnd }} {{ model }}\"\n", "6:15 there is no `brnd` here | did you mean `brand`?"),
    ("  vendor: \"{{ brand }, x\"\n", "6:12 `{{` is never closed | put `}}` behind the name"),
    (
        "  vendor: {from: brand, value: x}\n",
        "6:25 `value` and `from` both say where the value comes from | keep one of them",
    ),
    (
        "  vendor: group.title\n",
        "6:11 there is no `group.title` here | it is known where a listing stands for a product: add `listing: product`",
    ),
    ("  vendor: {lookup: brands.id}\n", "6:20 `lookups` has no table `brands` | nothing is possible here"),
    (
        "  price: {from: price, kind: money, above: prise}\n",
        "6:44 there is no field `prise` here | did you mean `price`? Possible here: id, price",
    ),
    (
        "  price: {from: price, above: 0}\n",
        "6:31 `above` is for numbers, `price` is text | add `kind: money`, count, quantity or number",
    ),
    (
        "  price: {from: price, kind: money, chars: 5}\n",
        "6:44 `chars` is for texts, `price` is an amount of money | remove it, or give the field another `kind`",
    ),
    (
        "  price: {from: price, kind: money, range: 5..1}\n",
        "6:44 `5..1` is no range for a number | the smaller number stands first",
    ),
    ("  name: {from: title, chars: 1.5}\n", "6:30 `1.5` is no range for characters | whole numbers are expected here"),
    (
        "  name: {from: title, chars: many}\n",
        "6:30 `many` is no range for characters | write 255 (at most), 1..15, 0.. or ..15",
    ),
    ("  name: {from: title, pattern: '[a-z'}\n", "6:32 this is no regular expression | unclosed character class"),
    ("  name: {from: title, need: must}\n", "6:29 `must` is no need | possible: required, advised"),
    (
        "  name: {from: title, is: https-url}\n",
        "6:27 `https-url` is no test of `is` | did you mean `https_url`? Possible: gtin, https_url, ascii_url, currency, country, language, integer",
    ),
    (
        "  name: {from: title, chars: 5, rules: [{chars: 9}]}\n",
        "6:42 the code `name-chars` stands for two rules | already in line 6; give one of them a `code`",
    ),
    (
        "  name: {from: title, rules: [{chars: 5, bytes: 9}]}\n",
        "6:42 a rule has one test, this has 2 | possible: need, chars, bytes, items, range, above, below, pattern, forbid, is, unique, declared, requires, distinct, among",
    ),
    (
        "  weight: {from: weight, kind: quantity, unit: [kg, g], rules: [{range: 5, unit: lb}]}\n",
        "6:82 `weight` is never in `lb` | its units: kg, g",
    ),
    (
        "  name: {from: title, rules: [{chars: 5, unit: kg}]}\n",
        "6:48 `name` is never in `kg` | a rule for one unit goes with a field that has `unit: [kg, lb]`",
    ),
    (
        "  plan: {where: brand, fields: {months: x.months, of: brnd}}\n",
        "6:10 `plan` has one row, made of what its fields come from | `when` says when it is there; or name the table of its rows: `from`\n\
         6:55 there is no `brnd` here | did you mean `brand`?",
    ),
    (
        "  plan: {fields: {months: x.months, all: {from: attributes, fields: {n: name}}}}\n",
        "6:10 the one row of `plan` cannot hold a table | give that table a field of its own, or name where rows come from: `from`",
    ),
    ("  name: {from: title, rules: [{chars: 5, when: nam}]}\n", "6:48 there is no `nam` here | did you mean `name`?"),
    (
        "  name: {from: title, rules: [{chars: 5, code: name-twice}]}\n",
        "6:42 the code `name-twice` is one that comes without being asked for | give the rule another `code`",
    ),
    (
        "  name: {from: title, rules: [{chars: 5, severity: eror}]}\n",
        "6:52 `eror` is no severity | did you mean `error`? Possible: error, warning, note",
    ),
    (
        "  name: {from: title, declared: category}\n",
        "6:33 the head has no table `category` with a `key` | nothing is possible here",
    ),
    (
        "  name: {from: title, requires: [nam]}\n",
        "6:34 there is no field `nam` here | did you mean `name`? Possible here: id, name",
    ),
    (
        "  state: {from: condition, kind: choice, values: {used: new}, default: new}\n",
        "6:72 `new` is no word of ours for `state` | possible here: used",
    ),
    (
        "  state: {from: condition, kind: choice, values: {new: a, used: a}}\n",
        "6:65 «a» stands for two words of ours: reading it back could not tell them apart | use `fold` where the channel has fewer words",
    ),
    (
        "  on: {from: in_stock, kind: flag, values: {true: a, false: b}}\n",
        "6:44 the words of a flag are `yes` and `no` | {yes: …, no: …}",
    ),
    (
        "  name: {from: title, values: {a: b}}\n",
        "6:23 `values` is for choices and flags, `name` is text | remove it, or give the field another `kind`",
    ),
    (
        "  name: {from: title, compare: set}\n",
        "6:32 `name` is text: it cannot be compared so | possible: exact, text, html, none",
    ),
    (
        "  size: {from: weight, kind: quantity, unit: pound}\n",
        "6:46 `pound` is no unit of measure | kg, g, cm, mm, l, …",
    ),
    (
        "  size: {from: weight, kind: quantity, unit_at: x}\n",
        "6:40 the field `size` has no key `unit_at` | did you mean `unit`? Possible here: from, when, value, lookup, else, to, 43 more in docs/descriptions.md",
    ),
    (
        "  day: {from: available_on, kind: date, format: \"%Q%\"}\n",
        "6:49 `%Q%` is no format of a date or time | as strftime: %Y-%m-%d %H:%M",
    ),
    (
        "  day: {from: available_on, kind: date, format: yyyy-mm-dd}\n",
        "6:49 `yyyy-mm-dd` is no format of a date or time | as strftime: %Y-%m-%d %H:%M",
    ),
    (
        "  day: {from: available_on, kind: date, format: \"%d.%m.%Q\"}\n",
        "6:49 `%d.%m.%Q` is no format of a date or time | as strftime: %Y-%m-%d %H:%M",
    ),
    (
        "  state: {from: condition, kind: choice, values: {nwe: \"0\"}}\n",
        "6:56 `nwe` is no word that an offer's `condition` has | did you mean `new`? Possible here: new, used, refurbished, discount",
    ),
    (
        "  tags: {from: tags}\n  keys: {from: attributes}\n",
        "7:16 the source is a table, the field is text | add `fields:` for its rows",
    ),
    (
        "  keys: {from: attributes, fields: {name: name, n: nme}}\n",
        "6:52 there is no `nme` here | did you mean `name`?",
    ),
    (
        "  keys: {from: attributes, key: nam, fields: {name: name}}\n",
        "6:33 there is no field `nam` here | did you mean `name`? Possible here: name",
    ),
    (
        "  keys: {from: brand, fields: {name: name}}\n",
        "6:16 the source is text, the field is a table | rows come from a table or a list",
    ),
    (
        "  keys: {from: attributes, fields: {name: {from: name, unique: true}}}\n",
        "6:64 `unique` is for fields of a listing, `name` is text | rows of a table are told apart by its `key`",
    ),
    (
        "  keys: {from: attributes, fields: {a: {from: tags, fields: {b: value}}}}\n",
        "6:53 a row of this table cannot hold a table | only the rows of `offers` can",
    ),
    (
        "  code: {from: x.code, among: tree}\n",
        "6:31 `settings` has no list `tree` | add the setting: `tree: {list: own, about: …}`",
    ),
    (
        "  code: {from: x.code, among: tee}\nsettings: {tree: {list: own}, seller: {}}\n",
        "6:31 `settings` has no list `tee` | did you mean `tree`? Possible here: tree",
    ),
    (
        "  code: {from: x.code, rules: [{chars: 9, within: {field: code, among: tree, under: [Apparel]}}]}\nsettings: {tree: {list: known}}\n",
        "6:86 `tree` has no category «Apparel» | the nearest is 166 «Apparel & Accessories»",
    ),
    (
        "  na-me: title\n",
        "6:3 `na-me` is no name of a field | Latin letters, digits and _, a letter first, and no word of the language: or, and, not, in, …",
    ),
];

#[test]
fn a_wrong_field_is_marked() {
    assert_said(FIELDS.iter().map(|(fields, expected)| (channel(fields, ""), *expected)));
}

/// What is wrong behind the fields, from line 6 on.
const TOP: &[(&str, &str)] = &[
    (
        "titel: x\n",
        "6:1 a channel has no key `titel` | did you mean `title`? Possible here: id, title, checked, key, head, fields, 13 more in docs/descriptions.md",
    ),
    (
        "listing: product\n",
        "6:10 a listing that is a product needs a table of its offers | variants: {from: offers, key: sku, fields: {…}}",
    ),
    ("documents: {stock: {fields: {a: sku}}}\n", "6:20 a channel needs `shapes` | add `shapes`"),
    (
        "documents: {stock: {per: settings.shops, key: [a], fields: {a: sku}, shapes: {feed: {wire: table, at: [a]}}}}\n",
        "6:26 `settings.shops` is no setting that is a table | declare it: settings: {stores: {kind: table}}, and say settings.stores here",
    ),
    (
        "documents: {stock: {where: titel, key: [a], fields: {a: sku}, shapes: {feed: {wire: table, at: [a]}}}}\n",
        "6:28 there is no `titel` here | did you mean `title`?",
    ),
    (
        "documents: {stock: {key: [b], fields: {a: sku}, shapes: {feed: {wire: table, at: [a]}}}}\n",
        "6:27 there is no field `b` here | possible here: a",
    ),
    (
        "per: stock\n",
        "6:6 `stock` is no setting that is a table | declare it: settings: {stores: {kind: table}}, and say settings.stores here",
    ),
    ("title: y\n", "6:1 the key `title` stands twice | already in line 2"),
    ("key: [idd]\n", "6:7 there is no field `idd` here | did you mean `id`? Possible here: id"),
    (
        "absent: gone\n",
        "6:9 `gone` is no fate of a listing that is missing | possible: withdrawn, deleted, kept, unknown",
    ),
    ("refresh: soon\n", "6:10 `soon` is no length of time | write 30m, 20h or 29d"),
    ("currencies: [грн]\n", "6:14 `грн` is no currency's code | ISO 4217: UAH, USD, EUR"),
    ("quarantine: {prce: 0.5..2}\n", "6:14 there is no field `prce` here | possible here: id"),
    (
        "back: {titel.uk: id}\n",
        "6:8 an offer has no field `titel.uk` | did you mean `title`? Possible here: sku, group, group_title, options, gtin, mpn, 50 more in docs/fields.md",
    ),
    ("back: {title.uk: idd}\n", "6:18 there is no `idd` here | did you mean `id`?"),
    ("settings: {a: {list: all}}\n", "6:22 `all` is no list | possible: known, own"),
    (
        "settings: {a: {kind: interval}}\n",
        "6:22 `interval` is not possible yet: no setting spans a time for now | remove it for now",
    ),
    ("lookups: {a: {by: sku, gives: sku}}\n", "6:14 `sku` is both found by and given | "),
    ("rules: [{together: [id], code: x}]\n", "6:20 this is about several fields | name at least two"),
    ("rules: [{assert: idd, code: x, fix: y}]\n", "6:18 there is no `idd` here | did you mean `id`?"),
    ("rules: [{assert: id, fix: y}]\n", "6:9 a rule over several fields needs `code` | add `code`"),
    (
        "head: {t: {from: sku}}\n",
        "6:18 there is no `sku` here | possible here: categories, currencies, now, shop.name, shop.company, shop.url, shop.language, shop.currency",
    ),
    (
        "settings: {firm: {need: required}}\nhead: {t: {from: firm}}\n",
        "7:18 there is no `firm` here | possible here: categories, currencies, settings.firm, now, shop.name, shop.company, shop.url, shop.language, shop.currency",
    ),
    (
        "head: {c: {from: categories, key: id, fields: {id: id, x: {lookup: a.b}}}}\nlookups: {a: {by: brand, gives: b}}\n",
        "6:68 `a` is looked up by `brand`, which is not known here | possible here: id, category, parent, name, path, categories, 7 more in docs/fields.md",
    ),
];

#[test]
fn a_wrong_top_is_marked() {
    assert_said(TOP.iter().map(|(more, expected)| (channel("", more), *expected)));
}

#[test]
fn what_is_missing_is_named() {
    let text = "id: Bazar\nfields: {}\nshapes: {}\n";
    let expected = "1:1 a channel needs `title` | add `title`\n1:1 a channel needs `checked` | add `checked`\n\
         1:5 `Bazar` is no name of a channel | small Latin letters, digits, - and _, a letter first\n\
         3:9 a channel needs a shape | ";
    assert_said([(text.to_owned(), expected)].into_iter());
}

#[test]
fn all_problems_are_told_at_once() {
    let said = problems(&channel("  a: brnd\n  b: {from: modl, chars: x}\n", "absent: gone\n"));
    assert_eq!(said.len(), 4, "{said:?}");
}
