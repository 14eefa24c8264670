//! Wrong shapes: each says what is wrong, where, and what would be right.

use super::wrong::assert_said;

/// Shapes of a channel with the fields `id`, `a`, `t` (a table of `n` and `v`), in line 6.
const SHAPES: &[(&str, &str)] = &[
    (
        "{wire: xml, listings: x/y, at: [id, {a: \"g:a\"}]}",
        "6:49 the prefix of `g:a` stands for nothing: it has no address in `namespaces` | give the shape `namespaces: {g: its address}`",
    ),
    (
        "{wire: xml, listings: x/y, prefix: \"g\", namespaces: {g: urn:g}, at: [id]}",
        "6:44 the prefix `g` stands for nothing | give it an address in `namespaces`, and end it with a colon: \"g:\"",
    ),
    (
        "{wire: table, listings: x/y, at: {id: id}}",
        "6:23 `listings` is for documents of nodes | remove it, or give the shape another `wire`",
    ),
    (
        "{wire: xml, listings: x/y, at: {id: id}, separator: tab}",
        "6:50 `separator` is for tables | remove it, or give the shape another `wire`",
    ),
    (
        "{wire: xml, listings: x/y, at: {id: id}, aside: [a]}",
        "6:50 `aside` is for tables in which each row is a listing | remove it",
    ),
    (
        "{wire: json, head: {}, at: {id: id}}",
        "6:22 `head` is for documents of nodes | remove it, or give the shape another `wire`",
    ),
    (
        "{wire: jsonl, listings: a, at: {id: id}}",
        "6:23 `listings` is for documents; in JSON Lines each line is a listing | remove it, or give the shape another `wire`",
    ),
    (
        "{wire: table, gather: Handle, at: {id: id, a: a}}",
        "6:23 a listing that is made of several rows is only read for now | add `read_only: true`",
    ),
    (
        "{wire: jsonl, gather: id, read_only: true, at: {id: id, a: a}}",
        "6:3 the first shape is the one that is written, `feed` is read only | put the shape that is written first\n\
         6:23 lines are gathered by their parents | {id: id, parent: __parentId, into: children}",
    ),
    (
        "{wire: table, strip: x, at: {id: id, a: a}}",
        "6:23 `x` is no mark before the texts of a table whose rows are gathered | write a single letter, and `gather` the column of the listing",
    ),
    (
        "{wire: jsonl, at: {id: id, a: {path: b, unit_at: c}}}",
        "6:49 `unit_at` is for quantities in JSON | write the unit beside the number: spell: \"{number} {unit}\"",
    ),
    (
        "{wire: table, at: [id], advise: {code: x, severity: error}}",
        "6:41 `advise` needs `why` | add `why`\n6:41 `advise` needs `fix` | add `fix`\n6:61 `error` is no severity | possible: warning, note",
    ),
    (
        "{wire: json, listings: \"a/edges[]/node\", at: [id]}",
        "6:22 listings that stand at `a/edges[]/node` are only read for now | add `read_only: true`",
    ),
    (
        "{wire: tsv, at: [id]}",
        "6:16 tables are one wire, whatever parts their cells | write `wire: table` and `separator: tab`",
    ),
    ("{wire: table, separator: dot, at: [id]}", "6:34 `dot` is no separator | possible: comma, semicolon, tab, pipe"),
    ("{wire: table, at: [id, {t: \"t(n:w)\"}]}", "6:36 `t` has no field `w` | possible here: n, v"),
    ("{wire: table, at: [id, {t: \"t(n:n)\"}]}", "6:36 `n` stands twice in t(n:n) | name each part once"),
    (
        "{wire: table, at: [id, {a: \" \"}]}",
        "6:36 `` is no header of a column | write it as it stands in the first line of the table",
    ),
    (
        "{wire: table, at: [id, {a: {path: a, pairs: \"=\"}}]}",
        "6:46 `pairs` is for columns that hold a table | remove it",
    ),
    (
        "{wire: table, at: [id, {t: {path: t, rows: \"|\"}}]}",
        "6:46 `rows` goes with `pairs` | add what stands between name and value: pairs: \"=\"",
    ),
    (
        "{wire: table, at: [id, {t: {path: t, pairs: \" \"}}]}",
        "6:53 nothing between them: they could not be told apart | a mark, as = or |",
    ),
    (
        "{wire: table, at: [id, {t: {path: t, pairs: \"=\", at: {v: \"<m>\"}}}]}",
        "6:66 there is no field `m` here to say the name | possible here: n, v",
    ),
    (
        "{wire: table, at: [id, {t: {path: t, pairs: \"=\", at: {v: \"<n>\", n: \"<v>\"}}}]}",
        "6:58 two values have names of their own: which name is whose could not be told | keep one of them",
    ),
    (
        "{wire: table, at: [id, {a: {path: a, bare: \"x:y\"}}]}",
        "6:46 `bare` is for columns that hold a table | remove it",
    ),
    (
        "{wire: table, at: [id, {a: SKU}, {t: SKU}]}",
        "6:46 `a` and `t` both stand at SKU | give each a place of its own",
    ),
    (
        "{wire: xml, listings: x/y, at: {id: id, t: {path: t, instead: u, at: {n: n}}}}",
        "6:62 `instead` is for single values in nodes | write `read`",
    ),
    (
        "{wire: table, at: [id, {a: {path: a, instead: b}}]}",
        "6:46 `instead` is for single values in nodes | write `read`",
    ),
    ("{wire: xml, listings: x/y, at: {id: id, b: b}}", "6:49 there is no field `b` here | possible here: id, a, t"),
    (
        "{wire: xml, listings: x/y, at: {a: a}}",
        "6:3 listings are matched by `id`, which has no row in `feed` | give it a row, or the shape a `key` of its own",
    ),
    (
        "{wire: xml, listings: y, at: {id: id}}",
        "6:31 `y` is no path to the listings | it leads from the root to a node that repeats: yml_catalog/shop/offers/offer",
    ),
    (
        "{wire: xml, listings: x/y, at: {id: id, a: id}}",
        "6:52 `id` and `a` both stand at id | give each a place of its own",
    ),
    (
        "{wire: xml, listings: x/y, at: {id: id, a: {path: b, read: id}}}",
        "6:59 `id` and `a` both stand at id | give each a place of its own",
    ),
    (
        "{wire: xml, listings: x/y, at: {id: id, a: \"b//c\"}}",
        "6:55 a step without a name | steps are parted by single slashes: shop/offers/offer",
    ),
    (
        "{wire: xml, listings: x/y, at: {id: id, a: '../b'}}",
        "6:53 `..` is for JSON, and for tables in which several rows make a listing | elements are told apart by attributes: value[@lang=uk]",
    ),
    (
        "{wire: xml, listings: x/y, at: {id: p/id, a: a, t: {path: p/t}}}",
        "6:67 `p` is opened a second time here | put this row beside the others inside of `p`",
    ),
    (
        "{wire: xml, listings: x/s/y, head: {h: s/h, g: g}, at: {id: id}}",
        "6:56 `s` is opened a second time here | put this row beside the others inside of `s`",
    ),
    (
        "{wire: xml, listings: x/y, at: {id: id, a: {path: a, at: {n: n}}}}",
        "6:62 `at` is for tables, `a` is text | write the path alone",
    ),
    (
        "{wire: xml, listings: x/y, at: {id: id, a: [{path: b}, {path: c}]}}",
        "6:64 this row of `a` is never reached | the row before it has no `when`",
    ),
    (
        "{wire: xml, listings: x/y, at: {id: id, a: {path: b, when: c}}}",
        "6:68 there is no `c` here | possible here: id, a, t",
    ),
    (
        "{wire: xml, listings: x/y, at: {id: id, a: {path: b, as: number}}}",
        "6:66 `a` is text: it is no number | remove it",
    ),
    (
        "{wire: xml, listings: x/y, at: {id: id}, read_only: true}",
        "6:3 the first shape is the one that is written, `feed` is read only | put the shape that is written first",
    ),
    (
        "{wire: xml, listings: x/y, at: {id: id}, missing: unknown}",
        "6:59 `unknown` is no meaning of a missing node | possible: unsaid, empty",
    ),
    ("{like: fed, at: {id: id}}", "6:16 no shape `fed` stands before this one | nothing is possible here"),
    (
        "{wire: xml, listings: x/y, without: [a], at: {id: id}}",
        "6:36 `without` takes rows from the shape that `like` names | leave the rows out, or add `like`\n6:46 the other shape has no row of `a` | nothing is possible here",
    ),
    ("{listings: x/y, at: {id: id}}", "6:9 the shape `feed` needs `wire` | add `wire`"),
];

#[test]
fn a_wrong_shape_is_marked() {
    let around = |shape: &str| {
        format!(
            "id: bazar\ntitle: Bazar\nchecked: {{on: 2026-11-21, at: a page}}\n\
             fields: {{id: sku, a: brand, t: {{from: attributes, fields: {{n: name, v: value}}}}}}\n\
             shapes:\n  feed: {shape}\nhead: {{h: shop.name, g: shop.url}}\n"
        )
    };
    assert_said(SHAPES.iter().map(|(shape, expected)| (around(shape), *expected)));
}
