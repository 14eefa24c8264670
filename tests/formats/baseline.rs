//! Known findings and changed severities, from the command line to the exit code.

use crate::catalogs::{HEADER, Shop};

const PICTURE: &str = "https://svitanok.example/a.jpg";

fn rows(rows: &[&str]) -> String {
    format!("{HEADER}{}\n", rows.join("\n"))
}

fn json(shop: &Shop, file: &str) -> serde_json::Value {
    serde_json::from_str(&shop.read(file)).unwrap()
}

#[test]
fn only_what_is_new_fails() {
    let (one, other) = ("A1;Лійка;R;M1;4820000510012;349,00;5;", "A2;Шланг;R;M2;4820000510012;349,00;5;");
    let before = format!("A0;Сапка;R;M0;;349,00;5;{PICTURE}");
    let shop = Shop::new(&rows(&[&format!("{one}{PICTURE}"), &before]));
    assert_eq!(shop.run(&["validate", "-o", "json=old.json"]).code, 1);
    let known = shop.run(&["validate", "--baseline", "old.json"]);
    assert_eq!(known.code, 0, "{}", known.stdout);
    assert!(known.stdout.contains("put aside (old.json)"), "{}", known.stdout);

    // in another line it is no other finding
    shop.write("мій каталог/master, 1.csv", &rows(&[&before, &format!("{one}{PICTURE}")]));
    assert_eq!(shop.run(&["validate", "--baseline", "old.json"]).code, 0);

    shop.write(
        "мій каталог/master, 1.csv",
        &rows(&[&format!("{other}{PICTURE}"), &before, &format!("{one}{PICTURE}")]),
    );
    let new = shop.run(&["validate", "--baseline", "old.json", "-o", "json=new.json"]);
    assert_eq!(new.code, 1);
    assert!(new.stdout.contains("A2") && !new.stdout.contains("A1"), "{}", new.stdout);
    assert_eq!(json(&shop, "new.json")["findings"][0]["count"], 1);
    // what was put aside stands in the new report too, so it can be the next baseline
    assert_eq!(shop.run(&["validate", "--baseline", "new.json"]).code, 0);

    shop.write("мій каталог/master, 1.csv", &rows(&[&before]));
    let mended = shop.run(&["validate", "--baseline", "new.json", "-o", "json=none.json"]);
    assert_eq!(mended.code, 0);
    assert!(json(&shop, "none.json")["baseline"]["gone"].as_u64() >= Some(2), "{}", mended.stdout);
}

#[test]
fn a_baseline_holds_for_feeds_by_themselves_too() {
    let feed = |prices: &[&str]| {
        let offer = |(number, price): (usize, &&str)| {
            format!("<offer id=\"A{number}\" available=\"true\"><price>{price}</price></offer>")
        };
        let offers: String = prices.iter().enumerate().map(offer).collect();
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><yml_catalog date=\"2026-11-19 09:00\"><shop><currencies>\
             <currency id=\"UAH\" rate=\"1\"/></currencies><offers>{offers}</offers></shop></yml_catalog>"
        )
    };
    let shop = Shop::new(HEADER);
    shop.write("one.xml", &feed(&["10", "0"]));
    shop.write("two.xml", &feed(&["0", "20"]));
    assert_eq!(shop.run(&["validate", "--as", "rozetka", "one.xml", "-o", "json=old.json"]).code, 1);
    let known = shop.run(&["validate", "--as", "rozetka", "one.xml", "--baseline", "old.json", "-o", "json=new.json"]);
    assert_eq!(known.code, 0, "{}", known.stdout);
    assert_eq!(json(&shop, "new.json")["baseline"]["gone"], 0);
    // what stands there once more is new
    shop.write("one.xml", &feed(&["10", "0", "0"]));
    let more = shop.run(&["validate", "--as", "rozetka", "one.xml", "--baseline", "old.json"]);
    assert!(more.code == 1 && more.stdout.contains("A2") && !more.stdout.contains("A1"), "{}", more.stdout);
    // each of several feeds, also of several channels, has codes of its own
    shop.write("one.xml", &feed(&["10", "0"]));
    for channel in ["prom", "rozetka"] {
        shop.run(&["validate", "--as", channel, "one.xml", "two.xml", "-o", "json=old.json"]);
        let both = shop.run(&["validate", "--as", channel, "one.xml", "two.xml", "--baseline", "old.json"]);
        assert_eq!(both.code, 0, "{}", both.stdout);
    }
    // of a channel that nobody looks at nothing is gone
    let other = shop.run(&["validate", "--as", "prom", "one.xml", "--baseline", "old.json", "-o", "json=new.json"]);
    assert_eq!((other.code, &json(&shop, "new.json")["baseline"]["gone"]), (1, &serde_json::json!(0)));
}

#[test]
fn a_baseline_is_the_same_on_any_number_of_threads() {
    let row = |number: usize| format!("A{number};Лійка {number};R;M{number};4820000510012;349,00;5;\n");
    let all: String = (0..4_000).map(row).collect();
    let shop = Shop::new(&format!("{HEADER}{all}"));
    shop.run(&["validate", "-o", "json=old.json"]);
    let more: String = (3_990..4_010).map(row).collect();
    shop.write("мій каталог/master, 1.csv", &format!("{HEADER}{all}{more}"));
    let report = |threads: &str| {
        shop.run(&["validate", "--baseline", "old.json", "-j", threads, "-o", &format!("json={threads}.json")]);
        shop.read(&format!("{threads}.json"))
    };
    let first = report("1");
    assert_eq!(first, report("2"));
    assert_eq!(first, report("7"));
}

#[test]
fn a_baseline_that_is_none_is_refused_and_never_written_over() {
    let shop = Shop::new(&rows(&[&format!("A1;Лійка;R;M1;;349,00;5;{PICTURE}")]));
    assert_eq!(shop.run(&["validate", "--baseline", "nowhere.json"]).code, 2);
    shop.run(&["validate", "-o", "json=old.json"]);
    let old = shop.read("old.json");
    let over = shop.run(&["validate", "--baseline", "old.json", "-o", "json=old.json"]);
    assert!(over.code == 2 && over.stderr.contains("is the baseline"), "{}", over.stderr);
    shop.write("offersync.yaml", "version: 1\n");
    shop.run(&["validate", "--baseline", "old.json", "-o", "json=old.json"]);
    assert_eq!(shop.read("old.json"), old, "not even by the report of a failure");
    shop.write("old.json", &old[..old.len() / 2]);
    assert_eq!(shop.run(&["validate", "--baseline", "old.json"]).code, 2);
}

#[test]
fn severities_decide_what_fails_and_what_goes() {
    let shop = Shop::new(&rows(&["A1;Лійка;R;M1;;349,00;5;"]));
    let offers = |report: &serde_json::Value| report["channels"][0]["offers"].as_u64().unwrap();
    let run = |arguments: &[&str]| shop.run(&[&["validate", "rozetka", "-o", "json=r.json"], arguments].concat());
    assert_eq!(run(&[]).code, 1);
    let errors: Vec<String> = json(&shop, "r.json")["channels"][0]["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|group| group["severity"] == "error")
        .map(|group| group["code"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(offers(&json(&shop, "r.json")), 0);
    // offers without a category need none in the document, until they go
    let errors: Vec<String> = errors.into_iter().chain(["rozetka/head-category-need".to_owned()]).collect();
    let warned: Vec<&str> = errors.iter().flat_map(|code| ["-W", code]).collect();
    assert_eq!(run(&warned).code, 0, "warnings alone fail nothing");
    assert_eq!(offers(&json(&shop, "r.json")), 1, "and keep nothing back");
    assert_eq!(run(&[&warned[..], &["--deny", "warnings"]].concat()).code, 1, "one that nobody named is left");
    assert_eq!(offers(&json(&shop, "r.json")), 0, "and keeps the offer back as any error does");
    let spared = [&warned[..], &["-W", "rozetka/description-need", "-D", "warnings"]].concat();
    assert_eq!((run(&spared).code, offers(&json(&shop, "r.json"))), (0, 1), "what is called a warning here stays one");
    let allowed = run(&["-A", &errors.join(",")]);
    assert!(errors.iter().all(|code| !allowed.stdout.contains(code.as_str())), "{}", allowed.stdout);
    assert_eq!(offers(&json(&shop, "r.json")), 1);
}

#[test]
fn an_unknown_code_is_a_slip_and_an_unused_one_is_told() {
    let shop = Shop::new(&rows(&[&format!("A1;Лійка;R;M1;;349,00;5;{PICTURE}")]));
    let slip = shop.run(&["validate", "-A", "catalog/gtin-chek"]);
    assert!(slip.code == 2 && slip.stderr.contains("did you mean `catalog/gtin-check`?"), "{}", slip.stderr);
    let twice = shop.run(&["validate", "-A", "catalog/gtin-check", "-D", "catalog/gtin-check"]);
    assert!(twice.code == 2 && twice.stderr.contains("stands behind -A and behind -D"), "{}", twice.stderr);
    let unused = shop.run(&["validate", "-W", "catalog/gtin-check", "-o", "json=r.json"]);
    assert!(unused.stderr.contains("nothing was found under -W catalog/gtin-check"), "{}", unused.stderr);
    assert_eq!(json(&shop, "r.json")["unused_severities"][0], "-W catalog/gtin-check");
    let config = shop
        .read("offersync.yaml")
        .replace("{feed: out/rozetka.xml}", "{feed: out/rozetka.xml, severity: {rozetka/nam-need: note}}");
    shop.write("offersync.yaml", &config);
    let of_config = shop.run(&["validate"]);
    assert!(of_config.code == 2 && of_config.stderr.contains("config/unknown-code"), "{}", of_config.stderr);
}
