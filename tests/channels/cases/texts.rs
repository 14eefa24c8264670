//! Words, texts in languages, lists, attributes.

use super::Case;

#[test]
fn an_availability_of_three_words_one_of_them_no_word_at_all() {
    let case = Case::of(
        r#"
fields:
  id: {from: sku, need: required, unique: true}
  available:
    from: availability
    kind: choice
    values: {in_stock: "true", on_order: "false", out_of_stock: ""}
    fold: {backorder: on_order, preorder: on_order, discontinued: out_of_stock}
shapes:
  feed: {wire: xml, listings: shop/offer, at: {id: "@id", available: "@available"}}
"#,
        "sku,availability\nA,in_stock\nB,preorder\nC,discontinued",
    );
    let feed = case.says(&[
        r#"<offer id="A" available="true"/>"#,
        r#"<offer id="B" available="false"/>"#,
        r#"<offer id="C" available=""/>"#,
    ]);
    case.reads(&Case::changed(&feed, r#""false""#, r#""""#), &[("B", &["available"])]);
}

#[test]
fn attributes_and_values_by_lookups_in_a_category_with_several_ids_joined() {
    let case = Case::with(
        r#"
lookups:
  attributes: {by: [category, name], gives: [code]}
  values: {by: [category, name, value], gives: [code]}
fields:
  id: {from: sku, need: required, unique: true}
  param:
    from: attributes
    key: name
    fields:
      name: {from: name, need: required}
      code: {lookup: attributes.code}
      values: {lookup: values.code, kind: list, join: ", "}
      value: {from: value, kind: list, join: "; "}
shapes:
  feed:
    wire: xml
    listings: shop/offer
    at: {id: "@id", param: {path: param, at: {name: "@name", code: "@paramid", values: "@valueid", value: .}}}
"#,
        "sku,category,attributes\nA,1,синій|білий\nB,2,синій",
        "lookups: {attributes: attributes.csv, values: values.csv}",
        &[
            ("attributes.csv", "category,name,code\n1,Колір,10\n2,Колір,20\n"),
            ("values.csv", "category,name,value,code\n1,Колір,синій,100\n1,Колір,білий,101\n2,Колір,синій,200\n"),
            ("categories.csv", "id,name\n1,Посуд\n2,Намети\n"),
        ],
    );
    let config = case.world.text("offersync.yaml");
    let column = r#"{name: Колір, column: attributes, split: "|"}"#;
    case.world.write("offersync.yaml", config.replace(r#"{column: attributes, split: "|", pair: "="}"#, column));
    let feed = case.says(&[
        r#"<param name="Колір" paramid="10" valueid="100, 101">синій; білий</param>"#,
        r#"<param name="Колір" paramid="20" valueid="200">синій</param>"#,
    ]);
    case.reads(&Case::changed(&feed, "100, 101", "101"), &[("A", &["param[Колір]@valueid"])]);
}

#[test]
fn two_languages_within_one_node_and_by_nodes_told_apart_by_an_attribute() {
    let case = Case::of(
        r#"
fields:
  id: {from: sku, need: required, unique: true}
  name_ua: title.uk
  name_ru: title.ru
  color_uk: x.color_uk
  color_ru: x.color_ru
shapes:
  feed:
    wire: xml
    listings: shop/offer
    at: {id: "@id", name_ua: "name[@lang=ua]", name_ru: "name[@lang=ru]", color_uk: "color/value[@lang=uk]", color_ru: "color/value[@lang=ru]"}
"#,
        "sku,title.uk,title.ru,x.color_uk,x.color_ru\nA,Чашка,Кружка,синій,синий",
    );
    let feed = case.says(&[
        r#"<name lang="ua">Чашка</name>"#,
        r#"<name lang="ru">Кружка</name>"#,
        r#"<value lang="uk">синій</value>"#,
    ]);
    case.reads(&Case::changed(&feed, ">Кружка<", ">Чашка<"), &[("A", &["name[ru]"])]);
    case.reads(&Case::changed(&feed, ">синий<", ">синій<"), &[("A", &["value[ru]"])]);
}

#[test]
fn two_fields_together_or_neither_and_one_that_needs_others() {
    let description = r#"
fields:
  id: {from: sku, need: required, unique: true}
  name_ua: title.uk
  text_ua: description.uk
  keywords_ua: {from: keywords.uk, kind: list, join: ", ", requires: [name_ua, text_ua]}
rules: [{together: [name_ua, text_ua], code: pair, why: "One without the other is not shown.", fix: "give both"}]
shapes:
  feed: {wire: xml, listings: shop/offer, at: {id: "@id", name_ua: name_ua, text_ua: description_ua, keywords_ua: keywords_ua}}
"#;
    let header = "sku,title.uk,description.uk,keywords.uk";
    let both = Case::of(description, &format!("{header}\nA,Чашка,Для чаю,чай\nB,,,"));
    let feed = both.says(&["<keywords_ua>чай</keywords_ua>"]);
    both.reads(&Case::changed(&feed, "Для чаю", "Для кави"), &[("A", &["description_ua"])]);
    assert_eq!(Case::of(description, &format!("{header}\nA,Чашка,,")).codes(), ["own/pair"]);
    assert_eq!(Case::of(description, &format!("{header}\nA,,,чай")).codes(), ["own/keywords-ua-requires"]);
}

#[test]
fn an_export_knows_its_listings_by_ids_of_its_own_or_else_by_the_article() {
    let case = Case::of(
        r#"
fields:
  id: {from: sku, need: required, unique: true}
  their_id: ids.own
  article: {from: sku, chars: 25}
  name: title.uk
shapes:
  feed: {wire: xml, listings: shop/offer, at: {id: "@id", article: article, name: name}}
  export: {like: feed, read_only: true, complete: false, key: [their_id, article], detect: ["@origin"], without: [id], at: {their_id: "@id"}}
"#,
        "sku,ids.own,title.uk\nA,9001,Чашка\nB,,Намет",
    );
    case.says(&[r#"<offer id="A">"#]);
    let theirs = |a: &str, b: &str| {
        format!(
            "<shop origin=\"own\"><offer id=\"9001\"><name>{a}</name></offer><offer id=\"9002\"><article>B</article><name>{b}</name></offer></shop>"
        )
    };
    case.reads(&theirs("Чашка", "Намет"), &[]);
    case.reads(&theirs("Кухоль", "Палатка"), &[("A", &["name"]), ("B", &["name"])]);
}

#[test]
fn a_list_split_over_two_fields() {
    let case = Case::of(
        r#"
fields:
  id: {from: sku, need: required, unique: true}
  picture: {from: pictures.first, kind: url}
  more: {from: pictures.rest, kind: list, of: url, items: 0..10}
shapes:
  feed: {wire: xml, listings: shop/offer, at: {id: "@id", picture: image, more: more}}
"#,
        "sku,pictures\nA,https://a.ua/1.jpg|https://a.ua/2.jpg|https://a.ua/3.jpg",
    );
    let feed = case.says(&["<image>https://a.ua/1.jpg</image>", "<more>https://a.ua/2.jpg</more>"]);
    case.reads(&Case::changed(&feed, "<more>https://a.ua/3.jpg</more>", ""), &[("A", &["more"])]);
}

#[test]
fn constants_beside_the_rows_of_a_table_under_the_same_name() {
    let case = Case::of(
        r#"
fields:
  id: {from: sku, need: required, unique: true}
  measure: {value: шт.}
  ratio: {value: "1"}
  param: {from: attributes, key: name, fields: {name: {from: name, need: required}, value: value}}
shapes:
  feed:
    wire: xml
    listings: shop/offer
    at: {id: "@id", measure: "param[@code=measure]", ratio: "param[@code=ratio]", param: {path: param, at: {name: "@name", value: .}}}
"#,
        "sku,attributes\nA,Колір=синій",
    );
    let feed = case.says(&[
        r#"<param code="measure">шт.</param>"#,
        r#"<param code="ratio">1</param>"#,
        r#"<param name="Колір">синій</param>"#,
    ]);
    case.reads(&Case::changed(&feed, ">1<", ">10<"), &[("A", &["param[ratio]"])]);
    case.reads(&Case::changed(&feed, ">синій<", ">білий<"), &[("A", &["param[Колір]"])]);
}

/// A field for each sort of demand.
const DEMANDS: &str = r#"
head:
  category: {from: categories, key: id, fields: {id: {from: id, need: required}, name: name}}
fields:
  id: {from: sku, need: required, unique: true}
  name: {from: title.uk, need: required, chars: 12, forbid: html, unique: {without: '\s*\([^)]*\)$', fold: true}}
  code: {from: mpn, pattern: '[A-Z]+', bytes: 4}
  price: {from: price, kind: money, above: 3, range: 0..1000}
  old: {from: old_price, kind: money, rules: [{above: price, severity: warning, code: old-low, why: "It is no sale.", fix: "clear it"}]}
  gtin: {from: x.gtin, is: gtin}
  url: {from: url, kind: url, is: ascii_url}
  condition: {from: condition, kind: choice, values: {new: new}}
  category: {from: x.category, declared: category}
  picture: {from: pictures, kind: list, of: url, items: 1..2}
rules: [{assert: not (price == 5 and code), code: five, severity: note, why: "Five is odd.", fix: "ask for six"}]
shapes:
  feed:
    wire: xml
    listings: shop/offer
    head: {category: {path: categories/category, at: {id: "@id", name: .}}}
    at: {id: "@id", name: name, code: code, price: price, old: old, gtin: gtin, url: url, condition: condition, category: category, picture: picture}
"#;

#[test]
fn demands_of_every_sort_have_a_code_each() {
    let good = ["A", "Чашка", "AB", "6", "", "4820000000017", "https://a.ua/1", "new", "1", "1", "https://a.ua/1.jpg"];
    let columns = [
        "sku",
        "title.uk",
        "mpn",
        "price",
        "old_price",
        "x.gtin",
        "url",
        "condition",
        "category",
        "x.category",
        "pictures",
    ];
    let of = |changes: &[(&str, &str)], sku: &str| {
        let cell = |(column, cell): (&&str, &&str)| match *column {
            "sku" => sku.to_owned(),
            column => changes.iter().find(|one| one.0 == column).map_or(*cell, |one| one.1).to_owned(),
        };
        columns.iter().zip(&good).map(cell).collect::<Vec<String>>().join(",")
    };
    let codes = |rows: &[String]| {
        let master = format!("{}\n{}", columns.join(","), rows.join("\n"));
        Case::with(DEMANDS, &master, "", &[("categories.csv", "id,name\n1,Посуд\n")]).codes()
    };
    assert!(codes(&[of(&[], "A")]).is_empty());
    let alike = [of(&[], "A"), of(&[("title.uk", "чашка (синя)")], "B")];
    assert_eq!(codes(&alike), ["own/name-unique"]);
    let faults = [
        ("title.uk", "", "name-need"),
        ("title.uk", "Чашка для чаю", "name-chars"),
        ("title.uk", "<b>Ч</b>", "name-forbid"),
        ("mpn", "ab", "code-pattern"),
        ("mpn", "ABCDE", "code-bytes"),
        ("price", "3", "price-above"),
        ("price", "1001", "price-range"),
        ("old_price", "6", "old-low"),
        ("x.gtin", "4820000000018", "gtin-is"),
        ("url", "https://a.ua/ї", "url-is"),
        ("condition", "used", "condition-choice"),
        ("x.category", "9", "category-declared"),
        ("pictures", "https://a.ua/1.jpg|https://a.ua/2.jpg|https://a.ua/3.jpg", "picture-items"),
        ("price", "5", "five"),
    ];
    for (column, cell, code) in faults {
        assert_eq!(codes(&[of(&[(column, cell)], "A")]), [format!("own/{code}")], "{column} {cell}");
    }
}

#[test]
fn a_lookup_is_read_whatever_parts_its_cells_and_however_its_letters_are_written() {
    let description = r#"
lookups:
  codes: {by: category, gives: [code]}
fields:
  id: {from: sku, need: required, unique: true}
  code: {lookup: codes.code}
shapes:
  feed: {wire: xml, listings: shop/offer, at: {id: "@id", code: code}}
"#;
    let case = Case::with(description, "sku,category\nA,Посуд\nB,Намети", "lookups: {codes: codes.csv}", &[]);
    let table = "category;code\nПосуд; Чашки, миски\n;\n\nНамети ;\"Намети; тенти\"\n";
    let (ansi, ..) = encoding_rs::WINDOWS_1251.encode(table);
    let written = [table.as_bytes().to_vec(), format!("\u{FEFF}{table}").into_bytes(), ansi.into_owned()];
    for bytes in written {
        case.world.write("codes.csv", bytes);
        let _ = std::fs::remove_file(case.world.path("now"));
        let _ = std::fs::remove_file(case.world.path("out/feed"));
        case.says(&["<code>Чашки, миски</code>", "<code>Намети; тенти</code>"]);
    }
}
