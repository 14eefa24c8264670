//! What a document is made of: its head, its names, its rows, several spellings of one catalog.

use super::Case;

const TREE: &str = "id,parent,name\n1,,Похід\n2,1,Термоси\n3,,Порожня\n";

#[test]
fn attributes_in_groups_in_one_cell_quoted_value_by_value() {
    let case = Case::of(
        r#"
fields:
  id: {from: sku, need: required, unique: true}
  detail: {from: attributes, key: name, fields: {section: {value: Загальне}, name: {from: name, need: required}, value: {from: value, need: required}}}
  picture: {from: pictures, kind: list, of: url}
shapes:
  feed:
    wire: table
    separator: tab
    quoting: value
    lines: space
    loose: true
    at: [id, {detail: {path: "product_detail(section:name:value)", bare: "section:name:value"}}, picture]
"#,
        "sku,attributes,pictures\nA,\"Колір=синій|Склад=сталь, пластик|Діаметр=1:2\",\"https://a.ua/1.jpg|https://a.ua/2,3.jpg\"",
    );
    let feed = case.says(&[
        "id\tproduct_detail(section:name:value)\tpicture\n",
        "\"сталь, пластик\"",
        "\"1:2\"",
        "https://a.ua/1.jpg,\"https://a.ua/2,3.jpg\"",
    ]);
    case.reads(&Case::changed(&feed, "product_detail(section:name:value)", "Product Detail"), &[]);
    case.reads(&Case::changed(&feed, "синій", "білий"), &[("A", &["product_detail[Колір]/value"])]);
}

#[test]
fn the_same_fields_with_prefixed_names_some_of_them_with_and_without() {
    let case = Case::of(
        r#"
fields:
  id: {from: sku, need: required, unique: true}
  title: title.uk
  price: {from: price, kind: money, spell: "{number} {unit}"}
  shipping: {from: attributes, key: name, fields: {name: {from: name, need: required}, value: value}}
shapes:
  feed:
    wire: xml
    prefix: "g:"
    namespaces: {g: "http://base.google.com/ns/1.0"}
    listings: "rss[@version=2.0]/channel/item"
    at: [id, {title: {path: title, read: ["g:title"]}}, price, shipping]
"#,
        "sku,title.uk,price,attributes\nA,Чашка,120,UA=50",
    );
    let feed =
        case.says(&["<g:id>A</g:id>", "<title>Чашка</title>", "<g:price>120 UAH</g:price>", "<g:name>UA</g:name>"]);
    let prefixed = feed.replace("<title>Чашка</title>", "<g:title>Чашка</g:title>");
    case.reads(&prefixed, &[]);
    let renamed = prefixed.replace("g:", "x:").replace("xmlns:g", "xmlns:x");
    case.reads(&renamed, &[]);
    case.reads(&Case::changed(&renamed, "120 UAH", "121 UAH"), &[("A", &["g:price"])]);
}

const PRODUCTS: &str = r#"
listing: product
absent: kept
key: [id, handle]
fields:
  id: {from: [group, sku], need: required, unique: true}
  handle: handle
  title: {from: group.title, kind: text}
  options:
    from: group.options
    key: name
    else: [{name: Title, values: Default Title}]
    fields: {name: {from: name, need: required}, values: {from: values, kind: list, compare: set, need: required}}
  variants:
    from: offers
    key: [sku]
    fields:
      sku: sku
      price: {from: price, kind: money, decimals: 2}
      options:
        from: options
        key: name
        else: [{name: Title, value: Default Title}]
        fields: {name: {from: name, need: required}, value: {from: value, need: required}}
shapes:
  feed:
    wire: jsonl
    missing: unsaid
    key: id
    detect: [input]
    at:
      id: "identifier{key=offer_id}/value"
      title: input/title
      options: {path: input/options, at: {name: name, values: "values[]/name"}}
      variants: {path: input/variants, at: {sku: sku, price: price, options: {path: optionValues, at: {name: optionName, value: name}}}}
  rest:
    wire: json
    read_only: true
    key: handle
    listings: {path: products, read: [product, .]}
    detect: [variants, "!variants/available"]
    at:
      handle: handle
      title: title
      options: {path: options, at: {name: name, values: values}}
      variants: {path: variants, at: {sku: sku, price: price, options: {path: "option<n>", at: {name: "../../options[<n>]/name", value: .}}}}
  storefront:
    like: rest
    complete: false
    read_only: true
    key: handle
    detect: [variants/available]
  bulk:
    wire: jsonl
    read_only: true
    key: handle
    gather: {id: id, parent: __parentId, into: children}
    detect: [handle]
    at:
      handle: handle
      title: title
      variants: {path: children, at: {sku: sku, price: price, options: {path: selectedOptions, at: {name: name, value: value}}}}
  csv:
    wire: table
    read_only: true
    loose: true
    key: handle
    gather: [Handle]
    strip: "'"
    at:
      handle: Handle
      title: Title
      variants: {path: ., at: {sku: SKU, price: Price, options: {path: ., at: {name: "../Option<n> Name", value: "Option<n> Value"}}}}
"#;

/// A cup without options, and a coat with two variants; the second SKU looks like a number.
fn products() -> Case {
    let case = Case::of(
        PRODUCTS,
        "sku,group,group_title,title,handle,price,size\nMUG,,,Чашка,mug,120.5,\nC-M,C,Куртка,Куртка M,coat,1999,M\n007,C,Куртка,Куртка L,coat,1999,L",
    );
    let config = case.world.text("offersync.yaml");
    case.world.write(
        "offersync.yaml",
        config.replace("file: master.csv", "file: master.csv\n  fields: {options: {Розмір: size}}"),
    );
    case
}

#[test]
fn one_listing_for_a_product_with_options_gathered_from_its_variants_or_none() {
    let case = products();
    let feed = case.says(&[
        r#"{"identifier":{"key":"offer_id","value":"MUG"}"#,
        r#""options":[{"name":"Title","values":[{"name":"Default Title"}]}]"#,
        r#""options":[{"name":"Розмір","values":[{"name":"M"},{"name":"L"}]}]"#,
        r#"{"sku":"007","price":"1999.00","optionValues":[{"optionName":"Розмір","name":"L"}]}"#,
    ]);
    // a list replaces what is there: a variant that the master lacks is a change of its product
    let variant = r#"{"sku":"C-S","price":"1.00","optionValues":[{"optionName":"Розмір","name":"S"}]},{"sku":"C-M""#;
    let more = Case::changed(&feed, r#"{"sku":"C-M""#, variant);
    case.reads(&more, &[("C", &["variants[C-S]/optionValues[Розмір]/name", "variants[C-S]/price"])]);
}

#[test]
fn five_spellings_of_one_catalog_are_read() {
    let case = products();
    let mug = r#""handle":"mug","title":"Чашка","options":[{"name":"Title","values":["Default Title"]}]"#;
    let coat = r#""handle":"coat","title":"Куртка","options":[{"name":"Розмір","values":["L","M"]}]"#;
    let rest = |more: &str| {
        format!(
            r#"{{"products":[{{{mug},"variants":[{{"sku":"MUG","price":"120.50","option1":"Default Title","option2":null{more}}}]}},
            {{{coat},"variants":[{{"sku":"C-M","price":"1999.00","option1":"M"{more}}},{{"sku":"007","price":"1999","option1":"L"{more}}}]}}]}}"#
        )
    };
    let variant = |parent: u8, sku: &str, price: &str, name: &str, value: &str| {
        format!(
            r#"{{"__parentId":"{parent}","sku":"{sku}","price":"{price}","selectedOptions":[{{"name":"{name}","value":"{value}"}}]}}"#
        )
    };
    let bulk = [
        variant(2, "C-M", "1999.00", "Розмір", "M"),
        r#"{"id":"1","handle":"mug","title":"Чашка"}"#.to_owned(),
        r#"{"id":"2","handle":"coat","title":"Куртка"}"#.to_owned(),
        variant(1, "MUG", "120.50", "Title", "Default Title"),
        variant(2, "007", "1999.00", "Розмір", "L"),
    ]
    .join("\n");
    let csv = "Handle,Title,Option1 Name,Option1 Value,SKU,Price\ncoat,Куртка,Розмір,M,C-M,1999.00\n\
               mug,Чашка,Title,Default Title,MUG,120.50\ncoat,,,L,'007,1999.00\n";
    for document in [case.says(&[]), rest(""), rest(r#","available":true"#), bulk.clone(), csv.to_owned()] {
        case.reads(&document, &[]);
    }
    case.reads(&Case::changed(&rest(""), "120.50", "121"), &[("MUG", &["variants[MUG]/price"])]);
    case.reads(&Case::changed(&bulk, "120.50", "121"), &[("MUG", &["children[MUG]/price"])]);
    case.reads(&Case::changed(csv, "120.50", "121"), &[("MUG", &["variants[MUG]/Price"])]);
}

#[test]
fn categories_as_attributes_or_as_children_only_those_used_parents_first_with_a_code_from_a_lookup() {
    let head = r#"
lookups: {codes: {by: category, gives: [code]}}
head:
  category:
    from: categories
    key: id
    fields: {id: {from: id, need: required}, parent: parent, name: {from: name, need: required}, code: {lookup: codes.code}}
fields:
  id: {from: sku, need: required, unique: true}
  category: {from: category, declared: category}
  code: {lookup: codes.code}
shapes:
  feed:
    wire: xml
    listings: shop/offers/offer
    head: {category: {path: categories/category, at: WORDS}}
    at: {id: "@id", category: categoryId, code: category/@code}
"#;
    let shop = |words: &str| {
        let files = [("categories.csv", TREE), ("codes.csv", "category,code\n1,C1\n2,C2\n")];
        Case::with(&head.replace("WORDS", words), "sku,category\nA,2", "lookups: {codes: codes.csv}", &files)
    };
    let attributes = shop(r#"{id: "@id", parent: "@parentId", code: "@code", name: .}"#);
    let feed = attributes.says(&[
        r#"<category id="1" code="C1">Похід</category>"#,
        r#"<category id="2" parentId="1" code="C2">Термоси</category>"#,
        r#"<category code="C2"/>"#,
    ]);
    assert!(!feed.contains("Порожня") && feed.find("Похід") < feed.find("Термоси"), "{feed}");
    let children = shop("{id: id, parent: parentId, code: code, name: name}");
    let feed = children.says(&["<parentId>1</parentId>", "<name>Термоси</name>"]);
    children.reads(&Case::changed(&feed, r#"code="C2""#, r#"code="C9""#), &[("A", &["category/@code"])]);
}

#[test]
fn no_shop_around_the_offers_and_a_namespace_that_differs_between_merchants() {
    let case = Case::of(
        r#"
fields:
  id: {from: sku, need: required, unique: true}
  price: {from: price, kind: money}
shapes:
  feed:
    wire: xml
    namespaces: {"": [firstName, "http://second.example/name"]}
    listings: catalog/offer
    at: {id: "@id", price: price}
"#,
        "sku,price\nA,120",
    );
    let feed = case.says(&[r#"<catalog xmlns="firstName">"#]);
    let second = Case::changed(&feed, "firstName", "http://second.example/name");
    case.reads(&second, &[]);
    case.reads(&Case::changed(&second, "120", "121"), &[("A", &["price"])]);
}

#[test]
fn fields_of_the_head_that_the_merchant_is_asked_for() {
    let description = r#"
settings: {firm: {need: required, about: the number of the firm}}
head:
  firm: {from: settings.firm, need: required}
fields:
  id: {from: sku, need: required, unique: true}
shapes:
  feed: {wire: xml, listings: shop/offer, head: {firm: firmId}, at: {id: "@id"}}
"#;
    let case = Case::with(description, "sku\nA", "settings: {firm: \"40127\"}", &[]);
    case.says(&["<firmId>40127</firmId>"]);
    let unasked = Case::of(description, "sku\nA");
    assert!(unasked.world.try_to(&crate::world::Asked::VALIDATE).is_err(), "the answer is required");
}
