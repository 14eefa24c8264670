//! Channels whose documents are tables: a header and rows, lists and groups within a cell.

use offersync::engine::outcome::{ChannelOutcome, FeedFate};

use crate::world::{Asked, World, channel};

const CONFIG: &str = r#"version: 1
shop: {name: Калина, company: ФОП Калина О., url: "https://kalyna.example", language: uk, currency: UAH}
master:
  file: master.csv
  fields:
    pictures: {column: pictures, split: "|"}
    attributes: [{column: attributes, split: "|", pair: "="}]
channels:
  tabs: {use: stall.yaml, feed: out/tabs.tsv, export: now/tabs.tsv}
  commas: {use: stall.yaml, shape: sheet, feed: out/commas.csv, export: now/commas.csv}
"#;

const STALL: &str = r#"id: stall
title: Stall
checked: {on: 2026-11-21, at: nowhere}
fields:
  id: sku
  name: {from: title, need: required}
  text: {from: description.uk}
  price: {from: [old_price, price], kind: money, spell: "{number} {unit}", decimals: 2, above: 0}
  sale: {from: price, when: old_price, kind: money, spell: "{number} {unit}", decimals: 2, below: price}
  stock: {from: quantity, kind: count}
  picture: pictures.first
  more_pictures: {from: pictures.rest, kind: list, of: url}
  detail:
    from: attributes
    key: name
    fields: {section: {value: "Загальне"}, name: {from: name, need: required}, value: {from: value, need: required}}
shapes:
  feed:
    wire: table
    separator: tab
    quoting: value
    lines: space
    loose: true
    prefix: "g:"
    at:
      - id
      - name: title
      - text: description
      - price
      - sale: sale_price
      - stock: {path: quantity, read: [inventory]}
      - picture: image_link
      - more_pictures: additional_image_link
      - detail: {path: "product_detail(section:name:value)", bare: "section:name:value"}
  sheet:
    wire: table
    at:
      - id: Артикул
      - name: Назва
      - text: Опис
      - price: "Ціна (грн)"
      - sale: Акція
      - stock: {path: "Кількість, шт"}
      - picture: Фото
      - more_pictures: {path: Фото ще, join: "; ", escape: '\'}
"#;

const HEADER: &str = "sku,title.uk,description.uk,price,old_price,stock,pictures,attributes";

/// Texts with all that a cell can make of them.
const ROWS: [&str; 4] = [
    "KT1,\"Термос 1 л\",\"Перший рядок\nдругий\tі \"\"лапки\"\"\",1299,1499.50,5,https://k.example/1.jpg|https://k.example/1b.jpg?a=1;2|https://k.example/1c.jpg,Колір=синій|Об'єм=1:2|Склад=\"\"сталь\"\", пластик",
    "KT2,\"Намет \"\"Хвиля\"\"\",,8500,,0,https://k.example/2.jpg,",
    "KT3,Ліхтар,<p>Світить</p>,450.5,,12,,Колір=чорний",
    "KT4,\" Кухоль; 0,5 л \",a\\nb,199,,3,https://k.example/4.jpg|https://k.example/4b.jpg,Колір=",
];

fn shop() -> World {
    let master = format!(
        "{HEADER}\n{}\n",
        ROWS.join("\n").replace(
            "Колір=синій|Об'єм=1:2|Склад=\"\"сталь\"\", пластик",
            "\"Колір=синій|Об'єм=1:2|Склад=\"\"сталь\"\", пластик\""
        )
    );
    World::of(&[("offersync.yaml", CONFIG), ("master.csv", &master), ("stall.yaml", STALL)])
}

/// Renders both feeds and keeps them as what the channels have.
fn published() -> World {
    let world = shop();
    std::fs::create_dir_all(world.path("out")).unwrap();
    let outcome = world.run_first(&Asked::RENDER);
    for (name, file) in [("tabs", "tabs.tsv"), ("commas", "commas.csv")] {
        let seen = channel(&outcome, name);
        assert!(seen.failed.is_none(), "{:?}", seen.failed);
        assert_eq!(seen.feed.as_ref().map(|feed| feed.fate), Some(FeedFate::Written), "{:?}", seen.guards);
        world.write(&format!("now/{file}"), world.read(&format!("out/{file}")));
    }
    world
}

fn differences(world: &World, name: &str) -> (u64, Vec<String>) {
    let outcome = world.run(&Asked::DIFF);
    let seen: &ChannelOutcome = channel(&outcome, name);
    assert!(seen.failed.is_none(), "{:?}", seen.failed);
    let fields = |change: &offersync::plan::Change| {
        change
            .fields
            .iter()
            .map(|one| format!("{} {} {:?} {:?}", change.key, one.name, one.from, one.to))
            .collect::<Vec<_>>()
    };
    (seen.counts.same, seen.changes.iter().flat_map(fields).collect())
}

#[test]
fn a_table_is_written_as_its_shape_says_and_read_back() {
    let world = published();
    let tabs = "id\ttitle\tdescription\tprice\tsale_price\tquantity\timage_link\tadditional_image_link\tproduct_detail(section:name:value)\n\
        KT1\tТермос 1 л\t\"Перший рядок другий і \"\"лапки\"\"\"\t1499.50 UAH\t1299.00 UAH\t5\thttps://k.example/1.jpg\thttps://k.example/1b.jpg?a=1;2,https://k.example/1c.jpg\tЗагальне:Колір:синій,Загальне:Об'єм:\"1:2\",Загальне:Склад:\"\"\"сталь\"\", пластик\"\n\
        KT2\t\"Намет \"\"Хвиля\"\"\"\t\t8500.00 UAH\t\t0\thttps://k.example/2.jpg\t\t\n\
        KT3\tЛіхтар\t<p>Світить</p>\t450.50 UAH\t\t12\t\t\tЗагальне:Колір:чорний\n\
        KT4\t Кухоль; 0,5 л \ta\\nb\t199.00 UAH\t\t3\thttps://k.example/4.jpg\thttps://k.example/4b.jpg\t\n";
    assert_eq!(world.text("out/tabs.tsv"), tabs);
    let commas = "Артикул,Назва,Опис,Ціна (грн),Акція,\"Кількість, шт\",Фото,Фото ще\n\
        KT1,Термос 1 л,\"Перший рядок\nдругий\tі \"\"лапки\"\"\",1499.50 UAH,1299.00 UAH,5,https://k.example/1.jpg,https://k.example/1b.jpg?a=1\\;2; https://k.example/1c.jpg\n\
        KT2,\"Намет \"\"Хвиля\"\"\",,8500.00 UAH,,0,https://k.example/2.jpg,\n\
        KT3,Ліхтар,<p>Світить</p>,450.50 UAH,,12,,\n\
        KT4,\" Кухоль; 0,5 л \",a\\nb,199.00 UAH,,3,https://k.example/4.jpg,https://k.example/4b.jpg\n";
    assert_eq!(world.text("out/commas.csv"), commas);
    for name in ["tabs", "commas"] {
        assert_eq!(differences(&world, name), (4, Vec::new()), "{name}");
    }
}

#[test]
fn a_change_in_a_cell_is_found_alone() {
    for (file, name, from, to, expected) in [
        (
            "tabs.tsv",
            "tabs",
            "1299.00 UAH",
            "1199.00 UAH",
            "KT1 sale_price Some(\"1199.00 UAH\") Some(\"1299.00 UAH\")",
        ),
        ("tabs.tsv", "tabs", "\t5\t", "\t6\t", "KT1 quantity Some(\"6\") Some(\"5\")"),
        ("tabs.tsv", "tabs", "\"1:2\"", "\"1:3\"", "KT1 product_detail[Об'єм]/value Some(\"1:3\") Some(\"1:2\")"),
        (
            "tabs.tsv",
            "tabs",
            "a=1;2,https",
            "a=1;3,https",
            "KT1 additional_image_link Some(\"https://k.example/1b.jpg?a=1;3,https://k.example/1c.jpg\") Some(\"https://k.example/1b.jpg?a=1;2,https://k.example/1c.jpg\")",
        ),
        (
            "commas.csv",
            "commas",
            "\nдругий\t",
            "\nтретій\t",
            "KT1 Опис Some(\"Перший рядок\\nтретій\\tі \\\"лапки\\\"\") Some(\"Перший рядок\\nдругий\\tі \\\"лапки\\\"\")",
        ),
    ] {
        let world = published();
        let text = world.text(&format!("now/{file}"));
        assert!(text.contains(from), "{from:?}");
        world.write(&format!("now/{file}"), text.replacen(from, to, 1));
        assert_eq!(differences(&world, name), (3, vec![expected.to_owned()]));
    }
}

#[test]
fn what_other_programs_write_is_read() {
    let world = published();
    let tabs = world.text("now/tabs.tsv");
    for (what, text) in [
        (
            "headers in other words",
            tabs.replace("image_link", "Image Link")
                .replace("sale_price", "g:Sale-Price")
                .replacen("title", " TITLE", 1),
        ),
        ("a mark and other line ends", format!("\u{FEFF}{}", tabs.replace('\n', "\r\n"))),
        ("columns in another order, and one that nobody knows", {
            let cells = |line: &str| line.split('\t').map(str::to_owned).collect::<Vec<_>>();
            let turned = |line: &str| {
                let mut cells = cells(line);
                cells.reverse();
                cells.insert(2, "щось".into());
                cells.join("\t")
            };
            tabs.lines().map(|line| turned(line) + "\n").collect()
        }),
        (
            "quotes that are letters",
            tabs.replace("\"Перший рядок другий і \"\"лапки\"\"\"", "Перший рядок другий і \"лапки\"")
                .replace("\"Намет \"\"Хвиля\"\"\"", "Намет \"Хвиля\""),
        ),
        ("a header without the parts", tabs.replace("(section:name:value)", "")),
        ("the alias of a column", tabs.replace("quantity", "inventory")),
        (
            "parts in other words",
            tabs.replace("product_detail(section_name", "Product Detail(Section")
                .replace("(section:name:value)", "( Section : NAME:Value)"),
        ),
        (
            "quotes that are letters in two rows, and others around values",
            tabs.replace("\"Намет \"\"Хвиля\"\"\"", "Намет \"Хвиля\""),
        ),
        (
            "a quote in the header",
            tabs.replacen("quantity", "quantity\tекран, \"", 1)
                .replace("\t5\t", "\t5\t12\"\t")
                .replace("\t0\t", "\t0\t\t")
                .replace("\t12\t", "\t12\t6\"\t")
                .replace("\t3\t", "\t3\t\t"),
        ),
        ("lines above the header that explain it", format!("# Required | the key\n\n{tabs}")),
        ("all values between quotes", tabs.replace("450.50 UAH\t\t12", "\"450.50 UAH\"\t\"\"\t\"12\"")),
    ] {
        world.write("now/tabs.tsv", text);
        assert_eq!(differences(&world, "tabs"), (4, Vec::new()), "{what}");
    }
}

#[test]
fn what_is_no_table_of_the_channel_is_refused_with_its_place() {
    let world = published();
    let tabs = world.text("now/tabs.tsv");
    for (text, said) in [
        (
            tabs.replacen("id\t", "код\t", 1),
            "it is no document of Stall: its first line has no column `id`, by which listings are known",
        ),
        (tabs.replace("\t12\t\t", "\t12\t"), "this row has 8 cells, the header has 9"),
        (
            tabs.trim_end_matches(['\n', '\t']).trim_end_matches("https://k.example/4b.jpg").trim_end().to_owned(),
            "the last row has 7 cells, the header has 9: the file is cut",
        ),
        ("<html><body>Error</body></html>".to_owned(), "this is a web page, where a document of Stall is TSV"),
        (
            tabs.split_at(tabs.find(" і \"\"лапки").unwrap()).0.to_owned(),
            "the quote opened before «Перший рядок другий» is never closed",
        ),
        (
            tabs.replacen("Термос 1 л\t\"Перший", "\"Термос 1 л\tПерший", 1).replacen("\"\"лапки\"\"\"", "лапки", 1),
            "text stands behind a closing quote",
        ),
    ] {
        world.write("now/tabs.tsv", text);
        let outcome = world.run(&Asked::DIFF);
        let failed = channel(&outcome, "tabs").failed.as_ref().map(|refusal| refusal.what.clone());
        assert!(failed.as_deref().is_some_and(|failed| failed.starts_with(said)), "{said}: {failed:?}");
    }
}

/// What the guard on prices says once the master's first row has become this one.
fn price_guard(price: &str, old_price: &str) -> (bool, Option<String>) {
    let world = published();
    let master = world.text("master.csv");
    world.write("master.csv", master.replace("1299,1499.50,5", &format!("{price},{old_price},5")));
    let outcome = world.run(&Asked::DIFF);
    let tabs = channel(&outcome, "tabs");
    let stops = tabs.guards.iter().any(|guard| guard.name == "max-price-move" && guard.stops());
    (stops, tabs.changes.first().and_then(|change| change.at_stake).map(|amount| amount.normalize().to_string()))
}

#[test]
fn what_the_customer_pays_is_guarded_whichever_field_says_it() {
    // a sale by 99 %, while the regular price stays
    assert_eq!(price_guard("12", "1499.50"), (true, Some("6435".into())));
    // the regular price goes up, and the customer pays what he paid
    assert_eq!(price_guard("1299", "14990"), (false, None));
    // a sale ends
    assert_eq!(price_guard("1499.50", ""), (false, Some("1002.5".into())));
}
