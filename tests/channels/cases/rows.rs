//! More than one listing for an offer, and fewer: a row for the product beside its variations, a document for each store.

use super::Case;
use crate::world::{Asked, changes_in_words, fields};

#[test]
fn a_product_row_and_rows_for_its_variations_in_one_table() {
    let description = r#"
listing: both
key: [sku]
fields:
  sku: {from: [{from: group, when: role == 'product'}, sku], need: required, unique: true}
  type: {from: role, kind: choice, values: {single: simple, product: variable, variant: variation}, need: required}
  name: {from: group.title, when: role != 'variant'}
  parent: {from: group, when: role == 'variant'}
  price: {from: price, kind: money, when: role != 'product', decimals: 2}
shapes:
  feed: {wire: table, at: [sku, type, name, parent, price]}
"#;
    let master = "sku,group,title,price\nMUG,,Чашка,120.5\nC-M,C,Куртка,1999\nC-L,C,Куртка,2099";
    let case = Case::of(description, master);
    let feed = case.says(&[
        "MUG,simple,Чашка,,120.50\n",
        "C,variable,Куртка,,\n",
        "C-M,variation,,C,1999.00\n",
        "C-L,variation,,C,2099.00\n",
    ]);
    case.reads(&Case::changed(&feed, "C-L,variation,,C,2099.00", "C-L,variation,,C,2199.00"), &[("C-L", &["price"])]);
    case.reads(&Case::changed(&feed, "C,variable,Куртка", "C,variable,Пальто"), &[("C", &["name"])]);
    // a product that has become one of its own on the channel is told by its type
    case.reads(&Case::changed(&feed, "MUG,simple", "MUG,variable"), &[("MUG", &["type"])]);
}

#[test]
fn variants_that_their_product_names_in_one_cell_by_names_that_the_master_has() {
    let description = r#"
listing: both
key: [sku]
fields:
  sku: {from: [{from: group, when: role == 'product'}, sku], need: required, unique: true}
  facts:
    from: attributes
    and: {from: options, when: role != 'product'}
    where: "role != 'product' or not options[name]"
    key: name
    fields: {name: {from: name, need: required}, value: {from: value, kind: list, need: required}}
  variants:
    from: offers
    key: sku
    fields:
      sku: {from: sku, need: required}
      options: {from: options, key: name, fields: {name: {from: name, need: required}, value: {from: value, need: required}}}
shapes:
  feed:
    wire: table
    at:
      sku: sku
      facts: {path: facts, pairs: "=", at: {value: {path: "<name>", join: "|"}}}
      variants: {path: variants, rows: "|", pairs: "=", parts: ",", at: {sku: sku, options: {path: ., at: {value: "<name>"}}}}
"#;
    let master = "sku,group,size,attributes\n\
        MUG,,,\"Склад=глина, глазур|Колір=білий\"\n\
        C-M,C,M,Сезон=зима|Розмір=M\n\
        C-L,C,L,Сезон=зима\n\
        BAD,,,\"Склад=глина, вид=проста\"\n\
        X-1,X,1|2,\nX-2,X,3,";
    let case = Case::of(description, master);
    let config = case.world.text("offersync.yaml");
    let config = config.replace("    attributes:", "    options: {Розмір: size}\n    attributes:");
    case.world.write("offersync.yaml", config);
    // a comma is a part of a value unless a name follows; between the parts of a variant it is none
    assert_eq!(case.codes(), ["own/facts-value-join", "own/facts-value-marks", "own/variants-options-value-marks"]);
    let master = case.world.text("master.csv");
    let fit: Vec<&str> = master.lines().filter(|line| !line.starts_with(['B', 'X'])).collect();
    case.world.write("master.csv", fit.join("\n") + "\n");
    let feed = case.says(&[
        "MUG,\"Склад=глина, глазур,Колір=білий\",\n",
        "C,Сезон=зима,\"sku=C-M,Розмір=M|sku=C-L,Розмір=L\"\n",
        // an option that is an attribute too stands once
        "C-M,\"Сезон=зима,Розмір=M\",\n",
        "C-L,\"Сезон=зима,Розмір=L\",\n",
    ]);
    case.reads(&Case::changed(&feed, "глазур", "лак"), &[("MUG", &["facts[Склад]"])]);
    case.reads(&Case::changed(&feed, "Розмір=M|", "Розмір=S|"), &[("C", &["variants[C-M][Розмір]"])]);
    case.reads(&Case::changed(&feed, "|sku=C-L,Розмір=L", ""), &[("C", &["variants[C-L][Розмір]"])]);
    // an older program's order and blanks
    case.reads(&Case::changed(&feed, "sku=C-M,Розмір=M|", "Розмір = M, SKU= C-M |"), &[]);
}

#[test]
fn several_documents_of_one_channel_the_second_with_a_listing_for_each_store() {
    let description = r#"
settings:
  stores: {kind: table, about: warehouses and the numbers of their stores}
fields:
  id: {from: sku, need: required, unique: true}
  price: {from: price, kind: money, decimals: 2}
shapes:
  feed: {wire: table, at: [id, price]}
documents:
  stores:
    per: settings.stores
    where: "stock[key]"
    key: [[store, id]]
    fields:
      store: {from: value, need: required}
      id: {from: sku, need: required}
      pieces: {from: "stock[key]", kind: count, range: 0..}
    shapes:
      feed: {wire: table, separator: tab, at: [store, id, pieces]}
"#;
    let master = "sku,price,stock.kyiv,stock.lviv\nA,100,5,\nB,50,0,2";
    let more = "settings: {stores: {kyiv: S1, lviv: S2}}, documents: {stores: {feed: out/stores, export: stores}}";
    let case = Case::with(description, master, more, &[]);
    let feed = case.says(&["A,100.00\n", "B,50.00\n"]);
    // nothing for the store of which the master says nothing
    let stores = "store\tid\tpieces\nS1\tA\t5\nS1\tB\t0\nS2\tB\t2\n";
    assert_eq!(case.world.text("out/stores"), stores);

    case.world.write("now", feed);
    case.world.write("stores", Case::changed(stores, "S2\tB\t2", "S2\tB\t3") + "S2\tA\t1\n");
    let outcome = case.world.run(&Asked::DIFF);
    let [products, stores] = outcome.channels.as_slice() else { panic!("{} channels", outcome.channels.len()) };
    assert!(products.changes.is_empty(), "{}", changes_in_words(products));
    let told: Vec<_> = stores.changes.iter().map(|change| (change.kind, change.key.as_str(), fields(change))).collect();
    let expected = [
        (offersync::plan::ChangeKind::Delete, "S2 / A", Vec::new()),
        (offersync::plan::ChangeKind::Update, "S2 / B", vec!["pieces"]),
    ];
    assert_eq!(told, expected, "{}", changes_in_words(stores));
}
