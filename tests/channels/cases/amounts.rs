//! Prices, sales, weights, stores and cities.

use super::Case;

#[test]
fn the_price_now_with_the_regular_one_beside_it_either_way_round_and_a_sale_with_its_span() {
    let case = Case::of(
        r#"
fields:
  id: {from: sku, need: required, unique: true}
  price: {from: price, kind: money, need: required}
  old: {from: old_price, kind: money}
  regular: {from: [old_price, price], kind: money, spell: "{number} {unit}", decimals: 2}
  sale: {from: [promo_price, {from: price, when: old_price}], kind: money, spell: "{number} {unit}", decimals: 2, below: regular}
  span: {from: promo_start, to: promo_end, when: promo_price, kind: interval}
shapes:
  feed: {wire: xml, listings: shop/offer, at: {id: "@id", price: price, old: oldprice, regular: regular, sale: sale, span: span}}
"#,
        "sku,price,old_price,promo_price,promo_start,promo_end\nA,100,120,,,\nB,100,,80,2026-12-01 10:00+02:00,2026-12-05 10:00+02:00\nC,100,,,,",
    );
    let feed = case.says(&[
        "<oldprice>120</oldprice>",
        "<regular>120.00 UAH</regular>",
        "<sale>100.00 UAH</sale>",
        "<sale>80.00 UAH</sale>",
        "<span>2026-12-01T10:00",
    ]);
    assert_eq!(feed.matches("<sale>").count(), 2, "{feed}");
    case.reads(&Case::changed(&feed, "80.00", "90.00"), &[("B", &["sale"])]);
    case.reads(&Case::changed(&feed, "2026-12-05T10", "2026-12-05T11"), &[("B", &["span"])]);
    // the same instant in another zone is the same
    case.reads(&Case::changed(&feed, "2026-12-05T10:00:00+02:00", "2026-12-05T08:00:00Z"), &[]);
}

#[test]
fn a_node_for_each_store_and_either_one_price_or_prices_by_city() {
    let description = r#"
settings:
  stores: {kind: table, need: required, about: points of issue}
  cities: {kind: table, about: cities}
fields:
  id: {from: sku, need: required, unique: true}
  store:
    from: settings.stores
    key: id
    fields: {id: {from: value, need: required}, pieces: {from: "stock[key]", kind: count}, open: {from: "stock[key] > 0", kind: flag, values: {yes: "yes", no: "no"}}}
  price: {from: price, when: not settings.cities, kind: money, decimals: 0}
  city: {from: settings.cities, key: id, fields: {id: {from: value, need: required}, price: {from: ["price[key]", offer.price], kind: money, decimals: 0, need: required}}}
rules: [{one_of: [price, city], code: price-or-cities, why: "One of them.", fix: "leave one out"}]
shapes:
  feed:
    wire: xml
    listings: shop/offer
    at: {id: "@id", store: {path: stores/store, at: {id: "@id", pieces: "@pieces", open: "@open"}}, price: price, city: {path: cities/city, at: {id: "@id", price: .}}}
"#;
    let master = "sku,price,price.astana,stock.kyiv,stock.lviv\nA,100,90,5,0";
    let one = Case::with(description, master, "settings: {stores: {kyiv: PP1, lviv: PP2}}", &[]);
    let feed = one.says(&[
        r#"<store id="PP1" pieces="5" open="yes"/>"#,
        r#"<store id="PP2" pieces="0" open="no"/>"#,
        "<price>100</price>",
    ]);
    one.reads(&Case::changed(&feed, r#"pieces="5""#, r#"pieces="4""#), &[("A", &["store[PP1]@pieces"])]);
    let settings = r#"settings: {stores: {kyiv: PP1}, cities: {astana: "710000000"}}"#;
    let feed = Case::with(description, master, settings, &[]).says(&[r#"<city id="710000000">90</city>"#]);
    assert!(!feed.contains("<price>"), "{feed}");
}

#[test]
fn units_are_converted_and_written_attached_or_apart() {
    let case = Case::of(
        r#"
fields:
  id: {from: sku, need: required, unique: true}
  weight: {from: weight, kind: quantity, unit: [kg, g], spell: "{number} {unit}"}
  grams: {from: weight, kind: quantity, unit: g}
  height: {from: height, kind: quantity, unit: mm}
shapes:
  feed: {wire: xml, listings: shop/offer, at: {id: "@id", weight: weight, grams: grams, height: height}}
  lines:
    wire: jsonl
    at:
      id: id
      weight: {path: weight/value, unit_at: weight/unit, units: {kg: KILOGRAMS, g: GRAMS}}
      height: height
"#,
        "sku,weight,height\nA,2.5 kg,12 cm\nB,900 g,0.5 m",
    );
    let feed = case.says(&[
        "<weight>2.5 kg</weight>",
        "<grams>2500</grams>",
        "<height>120</height>",
        "<weight>900 g</weight>",
        "<height>500</height>",
    ]);
    case.reads(&Case::changed(&feed, "2.5 kg", "2500 g"), &[]);
    case.reads(&Case::changed(&feed, "2.5 kg", "2.5 g"), &[("A", &["weight"])]);
    let config = case.world.text("offersync.yaml").replace("own: {", "own: {shape: lines, ");
    case.world.write("offersync.yaml", config);
    std::fs::remove_file(case.world.path("now")).unwrap();
    std::fs::remove_file(case.world.path("out/feed")).unwrap();
    let lines =
        case.says(&[r#""weight":{"unit":"KILOGRAMS","value":2.5}"#, r#""weight":{"unit":"GRAMS","value":900}"#]);
    let in_grams = Case::changed(&lines, r#""KILOGRAMS","value":2.5"#, r#""GRAMS","value":2500"#);
    case.reads(&in_grams, &[]);
    case.reads(&Case::changed(&lines, "900", "901"), &[("B", &["value"])]);
}
