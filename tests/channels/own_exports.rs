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
