//! What shops hand out themselves, as their exporters write it: against a master that says the same, and as the master.

use offersync::engine::Outcome;

use crate::world::{Asked, World, changes_in_words};

/// A shop with one channel, a description that lies in the examples, and these files.
fn world(channel: &str, master: &str, lookups: &str, files: &[(&str, &str)]) -> World {
    let world = World::of(files);
    let description =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("examples/channels/{channel}.yaml"));
    world.write(&format!("{channel}.yaml"), std::fs::read(description).unwrap());
    let config = format!(
        "version: 1\nshop: {{name: Хвиля, company: Хвиля, url: \"https://h.example\", language: uk, currency: UAH}}\n\
         timezone: Europe/Kyiv\nmaster: {master}\nchannels:\n  shop: {{use: ./{channel}.yaml, feed: out.csv, \
         export: export.csv{lookups}}}\n"
    );
    world.write("offersync.yaml", config);
    world
}

/// What was found, by code, with how often.
fn codes(outcome: &Outcome) -> Vec<(&str, u64)> {
    let groups = outcome.findings.iter().chain(&outcome.channels[0].findings);
    groups.map(|group| (group.code.as_str(), group.count)).collect()
}

const MAGENTO: &str = "\
sku,store_view_code,attribute_set_code,product_type,categories,product_websites,name,description,product_online,\
tax_class_name,visibility,price,url_key,base_image,created_at,updated_at,additional_attributes,qty,\
allow_backorders,is_in_stock,configurable_variations,configurable_variation_labels
TS-S,,Default,simple,Default Category/Men,base,Tee,<p>Nice</p>,1,Taxable Goods,Not Visible Individually,390.000000,\
tee-s,/t/s/1.jpg,\"11/20/26, 8:00 AM\",,\"has_options=0,quantity_and_stock_status=In Stock,required_options=0,size=S\",\
4.0000,0,1,,
TS-S,en,Default,simple,,,Tee in English,,,,,,,,\"11/20/26, 8:00 AM\",,,,,,,
TS-M,,Default,simple,Default Category/Men,base,Tee,<p>Nice</p>,1,Taxable Goods,Not Visible Individually,390.000000,\
tee-m,/t/s/1.jpg,\"11/20/26, 8:00 AM\",,\"has_options=0,size=M\",4.0000,0,1,,
TS,,Default,configurable,Default Category/Men,base,Tee,<p>Nice</p>,1,Taxable Goods,\"Catalog, Search\",,\
tee,/t/s/1.jpg,\"11/20/26, 8:00 AM\",,has_options=1,0.0000,0,1,\"sku=TS-S,size=S|sku=TS-M,size=M\",size=Size
";

#[test]
fn store_views_and_bookkeeping_of_magento_are_no_differences() {
    let master = "sku,group,title,description,size,price,stock,pictures,category,handle\n\
        TS-S,TS,Tee,<p>Nice</p>,S,390.00,4,https://h.example/1.jpg,1,tee\n\
        TS-M,TS,Tee,<p>Nice</p>,M,390.00,4,https://h.example/1.jpg,1,tee\n";
    let files = [
        ("master.csv", master),
        ("export.csv", MAGENTO),
        ("paths.csv", "category,paths\n1,Default Category/Men\n"),
        ("codes.csv", "name,attribute_code\nSize,size\n"),
    ];
    let lookups = ", lookups: {categories: paths.csv, attributes: codes.csv}";
    let world = world("magento", "{file: master.csv, fields: {options: {Size: size}}}", lookups, &files);
    let outcome = world.run_first(&Asked::DIFF);
    let found = &outcome.channels[0];
    assert_eq!(found.counts.same, 3, "{}", changes_in_words(found));
    // of all columns only this one is no field of ours
    assert_eq!(codes(&outcome), [("export/row-aside", 1), ("export/unknown-nodes", 1)]);
    let strange = &found.findings.iter().find(|group| group.code == "export/unknown-nodes").unwrap().places[0];
    assert_eq!(strange.found.message, "`updated_at`");
}

#[test]
fn an_export_of_magento_is_a_master_without_its_store_views() {
    let lookups = ", lookups: {categories: paths.csv, attributes: codes.csv}";
    let files = [
        ("export.csv", MAGENTO),
        ("paths.csv", "category,paths\nDefault Category/Men,Default Category/Men\n"),
        ("codes.csv", "name,attribute_code\nSize,size\n"),
    ];
    let world = world("magento", "{file: export.csv, as: ./magento.yaml}", lookups, &files);
    let outcome = world.run_first(&Asked::VALIDATE);
    assert_eq!(outcome.master.offers, 2);
    let codes = codes(&outcome);
    assert!(codes.contains(&("export/row-aside", 1)), "{codes:?}");
    assert!(!codes.iter().any(|(code, _)| ["catalog/sku-equal", "export/key-equal"].contains(code)), "{codes:?}");
}

/// Magento's own export, of goods of every kind of stock and price.
const GOODS: &str = "\
sku,attribute_set_code,product_type,product_websites,name,product_online,tax_class_name,visibility,price,special_price,\
special_price_from_date,special_price_to_date,url_key,base_image,created_at,qty,allow_backorders,use_config_backorders,\
is_in_stock,additional_attributes,configurable_variations,configurable_variation_labels
ON,Default,simple,base,Here and to order,1,Taxable Goods,\"Catalog, Search\",34.0000,,,,on,/m/b/on.jpg,\"11/30/26, 8:00 AM\",5.0000,1,0,1,,,
TO,Default,simple,base,To order alone,1,Taxable Goods,\"Catalog, Search\",34.0000,,,,to,/m/b/to.jpg,\"11/30/26, 8:00 AM\",0.0000,1,0,1,,,
NO,Default,simple,base,Gone,1,Taxable Goods,\"Catalog, Search\",34.0000,,,,no,https://h.example/no.jpg,\"11/30/26, 8:00 AM\",0.0000,1,1,0,,,
PAST,Default,simple,base,Sale of long ago,1,Taxable Goods,\"Catalog, Search\",34.0000,20.0000,1/1/25,1/31/25,past,/m/b/p.jpg,\"11/30/26, 8:00 AM\",5.0000,0,1,1,,,
SALE,Default,simple,base,Sale without end,1,Taxable Goods,\"Catalog, Search\",34.0000,20.0000,,,sale,/m/b/s.jpg,\"11/30/26, 8:00 AM\",5.0000,0,1,1,,,
TS-S,Default,simple,base,Tee S,1,Taxable Goods,Not Visible Individually,39.0000,,,,tee-s,/m/b/t.jpg,\"11/30/26, 8:00 AM\",5.0000,0,1,1,size=S,,
TS-M,Default,simple,base,Tee M,1,Taxable Goods,Not Visible Individually,39.0000,,,,tee-m,/m/b/t.jpg,\"11/30/26, 8:00 AM\",5.0000,0,1,1,size=M,,
TS,Default,configurable,base,Tee,1,Taxable Goods,\"Catalog, Search\",,,,,tee,/m/b/t.jpg,\"11/30/26, 8:00 AM\",0.0000,0,1,1,,\"sku=TS-S,size=S|sku=TS-M,size=M\",size=size
";

#[test]
fn an_export_of_magento_is_no_difference_as_its_own_master() {
    let world = world("magento", "{file: export.csv, as: ./magento.yaml}", "", &[("export.csv", GOODS)]);
    let outcome = world.run_first(&Asked::DIFF);
    let found = &outcome.channels[0];
    assert_eq!(outcome.master.offers, 7);
    assert_eq!(found.counts.same, 8, "{}", changes_in_words(found));
    let codes = codes(&outcome);
    assert!(!codes.iter().any(|(code, _)| code.starts_with("magento/")), "{codes:?}");
}

#[test]
fn stock_and_prices_of_magento_are_those_of_today() {
    let world = world("magento", "{file: export.csv, as: ./magento.yaml}", "", &[("export.csv", GOODS)]);
    let description = "id: shop\ntitle: Shop\nchecked: {on: 2026-11-01, at: [a page]}\nfields:\n  sku: {from: sku, need: required}\n  \
        there: {from: availability}\n  price: {from: price, kind: money}\n  was: {from: old_price, kind: money}\n  \
        promo: {from: promo_price, kind: money}\n  span: {from: promo_start, to: promo_end, kind: interval}\n  \
        handle: handle\nshapes:\n  feed: {wire: table, at: {sku: sku, there: there, price: price, was: was, promo: promo, \
        span: span, handle: handle}}\n";
    world.write("shop.yaml", description);
    let config = world.text("offersync.yaml").replace("./magento.yaml, feed", "./shop.yaml, feed");
    world.write("offersync.yaml", config.replace(", export: export.csv", ""));
    let outcome = world.run_first(&Asked::RENDER);
    assert_eq!(outcome.channels[0].failed, None);
    let expected = [
        "sku,there,price,was,promo,span,handle",
        "ON,in_stock,34,,,,on",
        "TO,backorder,34,,,,to",
        "NO,out_of_stock,34,,,,no",
        "PAST,in_stock,34,,20,2025-01-01/2025-01-31,past",
        "SALE,in_stock,20,34,,,sale",
        "TS-S,in_stock,39,,,,tee",
        "TS-M,in_stock,39,,,,tee",
    ];
    assert_eq!(world.text("out.csv").lines().collect::<Vec<_>>(), expected);
}

#[test]
fn pictures_of_magento_are_addresses_or_paths() {
    let master =
        "sku,title,price,pictures\nA,Cup,5,http://h.example/1.jpg\nB,Cup,5,/c/u/1.jpg\nC,Cup,5,ftp://h.example/1.jpg\n";
    let world = world("magento", "{file: master.csv}", "", &[("master.csv", master), ("export.csv", GOODS)]);
    let outcome = world.run_first(&Asked::VALIDATE);
    let invalid: Vec<_> =
        outcome.channels[0].findings.iter().filter(|one| one.code == "magento/image-pattern").collect();
    assert_eq!(invalid.iter().map(|group| group.count).sum::<u64>(), 1);
    assert_eq!(invalid[0].places[0].found.key, "C");
}

#[test]
fn colour_and_size_of_kasta_come_from_options_too() {
    let master = "sku,title,description,brand,price,stock,category,pictures,colour,size,about\n\
        A,Tee,Nice,Br,5,1,1,https://h.example/1.jpg,red,S,\nB,Cup,Nice,Br,5,1,1,https://h.example/1.jpg,,,\n\
        C,Scarf,Nice,Br,5,1,1,https://h.example/1.jpg,,,Колір=blue|Колір=white\n";
    let categories = "id,name\n1,Tees\n";
    let files = [("master.csv", master), ("c.csv", categories), ("export.csv", "")];
    let of_master = "{file: master.csv, categories: c.csv, fields: {options: {Колір: colour, Розмір: size}, \
        attributes: [{column: about, split: \"|\", pair: \"=\"}]}}";
    let world = world("kasta", of_master, "", &files);
    let config = world.text("offersync.yaml").replace(", export: export.csv", "");
    world.write("offersync.yaml", config);
    let outcome = world.run_first(&Asked::RENDER);
    assert_eq!(outcome.channels[0].failed, None);
    let feed = world.text("out.csv");
    let params: Vec<&str> = feed.lines().map(str::trim).filter(|line| line.starts_with("<param")).collect();
    let expected = [
        "<param name=\"Колір\">red</param>",
        "<param name=\"Розмір\">S</param>",
        "<param name=\"Колір\">-</param>",
        "<param name=\"Розмір\">-</param>",
        "<param name=\"Колір\">blue, white</param>",
        "<param name=\"Розмір\">-</param>",
    ];
    assert_eq!(params, expected);
}

const WOOCOMMERCE: &str = "\
ID,Type,SKU,Name,Published,\"In stock?\",Stock,\"Backorders allowed?\",\"Weight (kg)\",\"Regular price\",Categories,Images,Parent,\
\"Attribute 1 name\",\"Attribute 1 value(s)\",\"Attribute 1 visible\",\"Attribute 1 global\",\
\"Attribute 2 name\",\"Attribute 2 value(s)\",\"Attribute 2 visible\",\"Attribute 2 global\"
1,variable,TS,Tee,1,1,7,0,0.2,,\"Clothing, Clothing > Tees, Sale\",https://h.example/ts.jpg,,Size,\"S, M\",1,1,Fabric,Cotton,1,0
2,variation,TS-S,Tee - S,1,1,parent,0,,390,,,TS,Size,S,,1,,,,
3,variation,TS-M,Tee - M,1,1,3,0,0.3,390,,https://h.example/m.jpg,TS,Size,M,,1,,,,
4,\"simple, downloadable, virtual\",BK,Book,1,1,5,0,,120,Books,https://h.example/b.jpg,,Cover,\"Hard, Soft\",1,0,,,,
5,external,EX,Elsewhere,1,1,,0,,99,Books,https://h.example/e.jpg,,,,,,,,,
6,grouped,GR,Set,1,1,,0,,,Books,https://h.example/g.jpg,,,,,,,,,
";

#[test]
fn an_export_of_woocommerce_loses_nothing_as_its_own_master() {
    let world = world("woocommerce", "{file: export.csv, as: ./woocommerce.yaml}", "", &[("export.csv", WOOCOMMERCE)]);
    let outcome = world.run_first(&Asked::DIFF);
    let found = &outcome.channels[0];
    assert_eq!(outcome.master.offers, 3);
    // what a variation has from its product is not written as its own
    assert_eq!((found.counts.same, found.counts.update), (4, 0), "{}", changes_in_words(found));
    assert_eq!(codes(&outcome), [("export/row-aside", 2), ("export/further-categories", 1), ("export/row-aside", 2)]);
}

#[test]
fn offers_of_woocommerce_have_from_their_product_what_only_it_says() {
    let world = world("woocommerce", "{file: export.csv, as: ./woocommerce.yaml}", "", &[("export.csv", WOOCOMMERCE)]);
    let description = "id: shop\ntitle: Shop\nchecked: {on: 2026-11-01, at: [a page]}\nfields:\n  sku: {from: sku, need: required}\n  \
        path: category.path\n  stock: {from: quantity, kind: count}\n  weight: {from: weight, kind: quantity, unit: kg}\n  \
        options: {from: options, key: name, fields: {name: name, value: value}}\n  \
        attributes: {from: attributes, key: name, fields: {name: name, value: {from: value, kind: list, join: \" + \"}}}\nshapes:\n  \
        feed: {wire: jsonl, at: [sku, path, stock, weight, options, attributes]}\n";
    world.write("shop.yaml", description);
    let config = world.text("offersync.yaml").replace("./woocommerce.yaml, feed", "./shop.yaml, feed");
    world.write("offersync.yaml", config.replace(", export: export.csv", ""));
    let outcome = world.run_first(&Asked::RENDER);
    assert_eq!(outcome.channels[0].failed, None);
    let expected = [
        r#"{"sku":"TS-S","path":"Clothing > Tees","stock":7,"weight":0.2,"options":[{"name":"Size","value":"S"}],"attributes":[{"name":"Size","value":"S"},{"name":"Fabric","value":"Cotton"}]}"#,
        r#"{"sku":"TS-M","path":"Clothing > Tees","stock":3,"weight":0.3,"options":[{"name":"Size","value":"M"}],"attributes":[{"name":"Size","value":"M"},{"name":"Fabric","value":"Cotton"}]}"#,
        r#"{"sku":"BK","path":"Books","stock":5,"weight":null,"options":[],"attributes":[{"name":"Cover","value":"Hard + Soft"}]}"#,
    ];
    assert_eq!(world.text("out.csv").lines().collect::<Vec<_>>(), expected);
}

/// What a channel that tells all of an offer's prices gets from this export of WooCommerce as the master.
fn from_woocommerce(export: &str, fields: &str, at: &str) -> (World, Vec<String>) {
    let world = world("woocommerce", "{file: export.csv, as: ./woocommerce.yaml}", "", &[("export.csv", export)]);
    let description = format!(
        "id: shop\ntitle: Shop\nchecked: {{on: 2026-11-01, at: [a page]}}\nfields:\n  \
         sku: {{from: sku, need: required}}\n{fields}shapes:\n  feed: {{wire: jsonl, at: [sku, {at}]}}\n"
    );
    world.write("shop.yaml", description);
    let own = world.text("offersync.yaml");
    let config = own.replace("./woocommerce.yaml, feed", "./shop.yaml, feed").replace(", export: export.csv", "");
    world.write("offersync.yaml", config);
    let outcome = world.run_first(&Asked::RENDER);
    assert_eq!(outcome.channels[0].failed, None);
    let lines = world.text("out.csv").lines().map(str::to_owned).collect();
    world.write("offersync.yaml", own);
    (world, lines)
}

#[test]
fn a_sale_of_woocommerce_with_its_days_is_no_price_of_today() {
    let export = "\
ID,Type,SKU,Name,Published,\"Date sale price starts\",\"Date sale price ends\",\"In stock?\",Stock,\"Backorders allowed?\",\"Sale price\",\"Regular price\",Categories,Images
1,simple,OVER,Over,1,\"2025-01-01 0:00:00\",\"2025-01-31 23:59:59\",1,5,0,80,100,Books,https://h.example/1.jpg
2,simple,COMING,Coming,1,2027-01-01,,1,5,0,70,100,Books,https://h.example/2.jpg
3,simple,ENDS,Ends,1,,\"2027-01-31 23:59:59\",1,5,0,60,100,Books,https://h.example/3.jpg
4,simple,SALE,Sale,1,,,1,5,0,50,100,Books,https://h.example/4.jpg
5,simple,PLAIN,Plain,1,,,1,5,0,,100,Books,https://h.example/5.jpg
";
    let fields = "  price: {from: price, kind: money}\n  old: {from: old_price, kind: money}\n  \
        promo: {from: promo_price, kind: money}\n  from: {from: promo_start, kind: time}\n  to: {from: promo_end, kind: time}\n";
    let (world, lines) = from_woocommerce(export, fields, "price, old, promo, from, to");
    let expected = [
        r#"{"sku":"OVER","price":"100","old":null,"promo":"80","from":"2025-01-01T00:00:00+02:00","to":"2025-01-31T23:59:59+02:00"}"#,
        r#"{"sku":"COMING","price":"100","old":null,"promo":"70","from":"2027-01-01","to":null}"#,
        r#"{"sku":"ENDS","price":"100","old":null,"promo":"60","from":null,"to":"2027-01-31T23:59:59+02:00"}"#,
        r#"{"sku":"SALE","price":"50","old":"100","promo":null,"from":null,"to":null}"#,
        r#"{"sku":"PLAIN","price":"100","old":null,"promo":null,"from":null,"to":null}"#,
    ];
    assert_eq!(lines, expected);
    // and WooCommerce gets it back as it had it, with its days
    let outcome = world.run_first(&Asked::DIFF);
    let found = &outcome.channels[0];
    assert_eq!(found.counts.same, 5, "{}", changes_in_words(found));
    world.write("offersync.yaml", world.text("offersync.yaml").replace("out.csv, export: export.csv", "woo.csv"));
    world.run_first(&Asked::RENDER);
    let feed = world.text("woo.csv");
    assert!(feed.contains("2025-01-01T00:00:00+02:00,2025-01-31T23:59:59+02:00,80,100"), "{feed}");
    assert!(feed.contains("2027-01-01,,70,100"), "{feed}");
}

#[test]
fn backorders_of_woocommerce_stay_as_they_are() {
    let export = "\
ID,Type,SKU,Name,Published,\"In stock?\",Stock,\"Backorders allowed?\",\"Regular price\",Categories,Images
1,simple,HERE,Here,1,1,5,0,100,Books,https://h.example/1.jpg
2,simple,MORE,More,1,1,5,1,100,Books,https://h.example/2.jpg
3,simple,TOLD,Told,1,1,5,notify,100,Books,https://h.example/3.jpg
4,simple,LATER,Later,1,backorder,0,1,100,Books,https://h.example/4.jpg
5,simple,BARE,Bare,1,backorder,,notify,100,Books,https://h.example/5.jpg
6,simple,GONE,Gone,1,0,0,0,100,Books,https://h.example/6.jpg
7,simple,SHUT,Shut,1,0,,1,100,Books,https://h.example/7.jpg
";
    let (world, lines) = from_woocommerce(export, "  state: availability\n", "state");
    let state = |line: &String| line.split('"').nth(7).map(str::to_owned);
    let found: Vec<String> = lines.iter().filter_map(state).collect();
    assert_eq!(
        found,
        ["in_stock", "in_stock", "in_stock", "backorder", "backorder", "out_of_stock", "out_of_stock"],
        "{lines:?}"
    );
    let outcome = world.run_first(&Asked::DIFF);
    let found = &outcome.channels[0];
    assert_eq!(found.counts.same, 7, "{}", changes_in_words(found));
}

#[test]
fn variations_of_woocommerce_without_pictures_have_those_of_their_product_once() {
    let export = "\
ID,Type,SKU,Name,Published,\"In stock?\",Stock,\"Regular price\",Categories,Images,Parent,\"Attribute 1 name\",\"Attribute 1 value(s)\"
1,variable,TS,Tee,1,1,,,Tees,\"https://h.example/a.jpg, https://h.example/b.jpg\",,Size,\"S, M\"
2,variation,TS-S,Tee - S,1,1,3,390,,,TS,Size,S
3,variation,TS-M,Tee - M,1,1,3,390,,https://h.example/m.jpg,TS,Size,M
";
    let fields = "  pictures: {from: pictures, kind: list, of: url}\n";
    let (_, lines) = from_woocommerce(export, fields, "pictures");
    let expected = [
        r#"{"sku":"TS-S","pictures":["https://h.example/a.jpg","https://h.example/b.jpg"]}"#,
        r#"{"sku":"TS-M","pictures":["https://h.example/m.jpg","https://h.example/a.jpg","https://h.example/b.jpg"]}"#,
    ];
    assert_eq!(lines, expected);
}

#[test]
fn a_product_of_woocommerce_without_sku_is_known_by_its_number() {
    let export = "\
ID,Type,SKU,Name,Published,\"In stock?\",Stock,\"Backorders allowed?\",\"Regular price\",Categories,Images,Parent,\"Attribute 1 name\",\"Attribute 1 value(s)\"
11,variable,,Hat,1,1,,0,,Hats,https://h.example/h.jpg,,Size,\"S, M\"
12,variable,,Tee,1,1,,0,,Tees,https://h.example/t.jpg,,Size,\"S, M\"
13,variation,TS-S,Tee - S,1,1,3,0,390,,,id:12,Size,S
14,variation,HT-S,Hat - S,1,1,3,0,190,,,id:11,Size,S
15,variation,TS-M,Tee - M,1,1,3,0,390,,,id:12,Size,M
16,variation,HT-M,Hat - M,1,1,3,0,190,,,id:11,Size,M
";
    let fields = "  title: group_title\n  path: category.path\n";
    let (world, lines) = from_woocommerce(export, fields, "title, path");
    let expected = [
        r#"{"sku":"TS-S","title":"Tee","path":"Tees"}"#,
        r#"{"sku":"HT-S","title":"Hat","path":"Hats"}"#,
        r#"{"sku":"TS-M","title":"Tee","path":"Tees"}"#,
        r#"{"sku":"HT-M","title":"Hat","path":"Hats"}"#,
    ];
    assert_eq!(lines, expected);
    // WooCommerce itself would make another product of it: that it has no SKU is told, and nothing else is asked for
    let outcome = world.run_first(&Asked::VALIDATE);
    let codes = codes(&outcome);
    assert!(codes.contains(&("woocommerce/product-without-sku", 2)), "{codes:?}");
    assert!(!codes.iter().any(|(code, _)| *code == "woocommerce/name-need"), "{codes:?}");
}
